# SPDX-License-Identifier: Apache-2.0
"""Proportions: the exact interval for a share of units, and the tails of drawing without replacement."""

from __future__ import annotations

import math
from functools import lru_cache

_STEPS = 100  # halvings of [0, 1]: past the last bit of a float


@lru_cache(maxsize=1024)  # a comparison asks for the same few shares again and again
def exact_interval(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Clopper–Pearson) interval for a proportion.

    Args: successes: 0 … n. n: trials, 1 or more. confidence: between 0 and 1.
    Returns: lower and upper end as fractions, 0 … 1.
    Raises: ValueError: counts or confidence out of range.
    Source: Clopper and Pearson, Biometrika 26 (1934) 404-413; 81 of 263 gives 0.2527 … 0.3676 (Newcombe,
        Statistics in Medicine 17 (1998) 857-872, table I).
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError(f"{successes} of {n}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence}")
    tail = (1 - confidence) / 2
    low = 0.0 if successes == 0 else _beta_quantile(tail, successes, n - successes + 1)
    high = 1.0 if successes == n else 1 - _beta_quantile(tail, n - successes, successes + 1)
    return low, high


def at_most(k: int, population: int, marked: int, drawn: int) -> float:
    """Return P(X <= k), X the marked items among ``drawn`` from ``population`` without replacement.

    Raises: ValueError: more marked or drawn than there are.
    Source: hypergeometric distribution, summed from the tail's thick end.
    """
    least, most = _support(population, marked, drawn)
    if k < least:
        return 0.0
    if k >= most:
        return 1.0
    # Only a tail is summed: beyond the mode a sum could begin with a term that is 0 in floats.
    if k >= (marked + 1) * (drawn + 1) // (population + 2):
        return 1 - _lower_tail(marked - k - 1, population, marked, population - drawn)
    return _lower_tail(k, population, marked, drawn)


def at_least(k: int, population: int, marked: int, drawn: int) -> float:
    """Return P(X >= k); see ``at_most``. A small tail is summed of itself, so it loses no digits."""
    # An item not drawn is drawn by the complement: X marked are drawn where marked - X are left behind.
    return at_most(marked - k, population, marked, population - drawn)


def binomial_at_least(k: int, n: int, p: float) -> float:
    """Return P(X >= k), X the hits in n independent trials of probability p.

    Raises: ValueError: p or n out of range.
    Source: binomial distribution through the incomplete beta function (DLMF 8.17.5).
    """
    if n < 0 or not 0 <= p <= 1:
        raise ValueError(f"{n} trials of {p}")
    if k <= 0:
        return 1.0
    return 0.0 if k > n else _beta_cdf(p, k, n - k + 1)


def _lower_tail(k: int, population: int, marked: int, drawn: int) -> float:
    least, _ = _support(population, marked, drawn)
    term = total = math.exp(_log_pmf(k, population, marked, drawn))
    for x in range(k, least, -1):
        term *= x * (population - marked - drawn + x) / ((marked - x + 1) * (drawn - x + 1))
        total += term
        if term < total * 1e-18:
            break
    return min(total, 1.0)


def _support(population: int, marked: int, drawn: int) -> tuple[int, int]:
    if not (0 <= marked <= population and 0 <= drawn <= population):
        raise ValueError(f"{marked} marked, {drawn} drawn of {population}")
    return max(0, marked + drawn - population), min(marked, drawn)


def _log_pmf(x: int, population: int, marked: int, drawn: int) -> float:
    return (
        _log_choose(marked, x) + _log_choose(population - marked, drawn - x) - _log_choose(population, drawn)
    )


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _beta_quantile(p: float, a: int, b: int) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _beta_cdf(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_cdf(x: float, a: int, b: int) -> float:
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    # The fraction converges fast only on this side of the mean.
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_cdf(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    return front * _beta_fraction(x, a, b) / a


def _beta_fraction(x: float, a: int, b: int) -> float:
    """Continued fraction of the incomplete beta function (DLMF 8.17.22), evaluated by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    value = d
    m = 0
    while True:
        m += 1
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + numerator / c
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            return value
