# SPDX-License-Identifier: Apache-2.0
"""Constants that make ranges and standard deviations unbiased, computed by their definition for any subgroup size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from qcdesk.statistics.readings import BadReadings

LARGEST_SUBGROUP = 1_000_000
_SERIES_FROM = 400  # there the series has lost less than the difference of two logarithms
_STEP = 0.05  # of the trapezoid rule, exact to the last digits on bell-shaped functions
_REACH = 9.5  # standard deviations: outside lies less than a float's last bit, for the largest subgroup too
_WIDEST = 20.0  # a range of more is as good as never seen


@lru_cache(maxsize=4096)
def c4(n: int) -> float:
    """Return the mean of a sample's standard deviation, in standard deviations of the process.

    Args: n: readings in the sample, 2 or more.
    Raises: BadReadings: ``outside``.
    Source: c4 = sqrt(2 / (n - 1)) Γ(n / 2) / Γ((n - 1) / 2): Montgomery, Introduction to Statistical Quality
        Control (2013), section 4.2; for large n the ratio's expansion, NIST DLMF 5.11.13.
    """
    if n < 2:
        raise BadReadings("outside", what="subgroup_size", value=n, low=2, high=math.inf)
    m = n - 1
    if n >= _SERIES_FROM:
        return 1 - 1 / (4 * m) + 1 / (32 * m**2) + 5 / (128 * m**3) - 21 / (2048 * m**4)
    return math.sqrt(2 / m) * math.exp(math.lgamma(n / 2) - math.lgamma(m / 2))


@lru_cache(maxsize=4096)
def d2(n: int) -> float:
    """Return the mean range of a normal sample, in standard deviations.

    Args: n: readings in the sample, 2 or more.
    Raises: BadReadings: ``outside``.
    Source: d2 = ∫ 1 - (1 - Φ(x))^n - Φ(x)^n dx: Tippett, Biometrika 17 (1925) 364-387; integrated here.
    """
    _known(n)
    total = (1 - 2 * 0.5**n) / 2
    for step in range(1, int(_REACH / _STEP) + 1):
        above = math.erfc(step * _STEP / math.sqrt(2)) / 2
        total += -math.expm1(n * math.log1p(-above)) - above**n
    return 2 * _STEP * total


@lru_cache(maxsize=4096)
def d3(n: int) -> float:
    """Return the standard deviation of the range of a normal sample, in standard deviations.

    Args: n: readings in the sample, 2 or more.
    Raises: BadReadings: ``outside``.
    Source: the range's distribution n ∫ φ(x) (Φ(x + w) - Φ(x))^(n - 1) dx: Tippett (1925); integrated here.
    """
    import numpy as np

    _known(n)
    density, within, widths, weights = _plane()
    below = n * _STEP * np.sum(density * within ** (n - 1), axis=0)
    second = 2 * float(np.sum(weights * widths * (1 - below)))
    return math.sqrt(second - d2(n) ** 2)


@dataclass(frozen=True)
class LimitFactors:
    """What a mean range or a mean deviation is multiplied by to have limits three standard deviations wide.

    ``a2``, ``a3``: to both sides of the mean, of the mean range or deviation. ``d_3``, ``d_4``: limits of ranges.
    ``b3``, ``b4``: limits of deviations.
    """

    a2: float
    a3: float
    d_3: float
    d_4: float
    b3: float
    b4: float


def limit_factors(n: int) -> LimitFactors:
    """Return the factors of printed tables, for any subgroup size.

    Args: n: readings in the subgroup, 2 or more.
    Raises: BadReadings: ``outside``.
    Source: Montgomery (2013), appendix VI, computed from c4, d2 and d3.
    """
    mean, spread, unbiased = d2(n), d3(n), c4(n)
    wide = 3 * math.sqrt(1 - unbiased**2) / unbiased
    return LimitFactors(
        a2=3 / (mean * math.sqrt(n)),
        a3=3 / (unbiased * math.sqrt(n)),
        d_3=max(0.0, 1 - 3 * spread / mean),
        d_4=1 + 3 * spread / mean,
        b3=max(0.0, 1 - wide),
        b4=1 + wide,
    )


@cache
def _plane() -> tuple[Any, Any, Any, Any]:
    """Return φ at the least and Φ between the least and the largest, over places and ranges; the ranges, weights."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(32)
    panels = np.linspace(0.0, _WIDEST, 9)
    half = (panels[1] - panels[0]) / 2
    widths = np.concatenate([half * (nodes + 1) + start for start in panels[:-1]])
    low = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)[:, None]
    density = np.exp(-(low**2) / 2) / math.sqrt(2 * math.pi)
    return density, _below(low + widths) - _below(low), widths, np.tile(half * weights, 8)


def _below(z: Any) -> Any:  # noqa: ANN401 - NumPy stays inside
    import numpy as np

    root = math.sqrt(2)
    flat = np.fromiter((math.erfc(-one / root) / 2 for one in z.ravel()), dtype=np.float64, count=z.size)
    return flat.reshape(z.shape)


def _known(n: int) -> int:
    if not 2 <= n <= LARGEST_SUBGROUP:
        raise BadReadings("outside", what="subgroup_size", value=n, low=2, high=LARGEST_SUBGROUP)
    return n
