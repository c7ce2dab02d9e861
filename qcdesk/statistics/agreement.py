# SPDX-License-Identifier: Apache-2.0
"""Agreement of two people who judged the same units: Cohen's kappa, and the plain share with its interval.

Several people: ``qcdesk.statistics.fleiss``. Against a known truth: ``qcdesk.statistics.misses``.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import Literal

from qcdesk.statistics.proportions import exact_interval

KappaReason = Literal["no_units", "no_variation"]
Weights = Literal["unweighted", "linear", "quadratic"]
WEIGHTS: tuple[Weights, ...] = ("unweighted", "linear", "quadratic")


class BadRatings(ValueError):
    """Ratings that no agreement can be counted from.

    Args:
        code: ``not_square`` (or a count below 0), ``too_few_categories`` (fewer than 2), ``lengths_differ``,
            ``unknown_category``, ``category_twice``, ``raters_differ`` (not every unit has been judged by as many
            people), ``too_few_raters`` (fewer than 2).
        facts: what is concerned: ``value``, ``unit`` (1-based), ``has``, ``wants``.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


@dataclass(frozen=True)
class Agreement:
    """How far two people agree on ``n`` units.

    ``share`` agreed, with its exact interval ``share_low`` … ``share_high``, all fractions 0 … 1. ``kappa``
    is exact; ``se`` its large-sample standard error and ``low`` … ``high`` the normal interval from it, cut
    at -1 and 1. ``se_chance`` is the standard error were there no agreement beyond chance: kappa over it is the
    z of a test of that. What does not exist is None and ``reason`` says why: ``no_units``, or ``no_variation``
    when both put every unit into the same one category, so that agreement beyond chance has no meaning.
    ``constant``: one person (or both) used one category only, so that kappa cannot rise above 0 however often
    they agree: read the share.
    """

    n: int
    agreed: int
    share: Fraction | None
    share_low: float | None
    share_high: float | None
    kappa: Fraction | None
    se: float | None
    low: float | None
    high: float | None
    reason: KappaReason | None
    se_chance: float | None = None
    constant: bool = False


def agreement(
    table: Sequence[Sequence[int]], confidence: float = 0.95, weights: Weights = "unweighted"
) -> Agreement:
    """Return Cohen's kappa and percent agreement.

    Args: table: square, one row and one column per category in the same order, every category that could
        have been used, also an unused one: ``table[i][j]`` units that the first put into i and the second
        into j. weights: for ordered categories, how far apart two of them count as half agreed: by steps
        (linear), or by their square; the share is always of equal ones.
    Raises: BadRatings: not square, or a negative count.
    Source: Cohen, Educational and Psychological Measurement 20 (1960) 37-46; weighted: Cohen, Psychological
        Bulletin 70 (1968) 213-220; standard errors: Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969)
        323-327; share: Clopper and Pearson (1934).
    """
    size = len(table)
    if any(len(row) != size for row in table) or any(count < 0 for row in table for count in row):
        raise BadRatings("not_square", has=[len(row) for row in table], wants=size)
    n = sum(map(sum, table))
    agreed = sum(table[i][i] for i in range(size))
    if n == 0:
        return Agreement(0, 0, None, None, None, None, None, None, None, "no_units")
    share = Fraction(agreed, n)
    share_low, share_high = exact_interval(agreed, n, confidence)
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in range(size)]
    weight = _weights(size, weights)
    cells = [(i, j) for i in range(size) for j in range(size)]
    near = sum((weight[i][j] * table[i][j] for i, j in cells), Fraction()) / n
    chance = sum((weight[i][j] * rows[i] * columns[j] for i, j in cells), Fraction()) / (n * n)
    constant = max(rows) == n or max(columns) == n
    if chance == 1:
        return Agreement(
            n, agreed, share, share_low, share_high, None, None, None, None, "no_variation", None, constant
        )
    kappa = (near - chance) / (1 - chance)
    se, se_chance = _standard_errors(table, weight, float(kappa), float(chance))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * se
    low, high = max(-1.0, float(kappa) - reach), min(1.0, float(kappa) + reach)
    return Agreement(n, agreed, share, share_low, share_high, kappa, se, low, high, None, se_chance, constant)


def agreement_on_units(both: int, first_only: int, second_only: int, neither: int) -> Agreement:
    """Return the agreement of two people who called each unit good or nonconforming.

    Args: units called nonconforming by both, by one only, by neither.
    Raises: ValueError: a negative count.
    Source: see ``agreement``; the categories are always both, good and nonconforming.
    """
    return agreement(((both, first_only), (second_only, neither)))


def crossed(
    first: Sequence[Hashable], second: Sequence[Hashable], categories: Sequence[Hashable]
) -> tuple[tuple[int, ...], ...]:
    """Return the table that ``agreement`` takes, from what two people said of the same units in the same order.

    Args: categories: every one that could have been used, in order.
    Raises: BadRatings.
    """
    if len(first) != len(second):
        raise BadRatings("lengths_differ", has=len(second), wants=len(first))
    place = places_of(categories)
    counts = [[0] * len(categories) for _ in categories]
    for unit, pair in enumerate(zip(first, second, strict=True), start=1):
        for said in pair:
            if said not in place:
                raise BadRatings("unknown_category", value=said, unit=unit)
        counts[place[pair[0]]][place[pair[1]]] += 1
    return tuple(map(tuple, counts))


def places_of(categories: Sequence[Hashable]) -> dict[Hashable, int]:
    """Return the place of each category. Raises: BadRatings: fewer than two, or one twice."""
    place = {category: i for i, category in enumerate(categories)}
    if len(place) < len(categories):
        raise BadRatings("category_twice", value=next(c for i, c in enumerate(categories) if place[c] != i))
    if len(place) < 2:
        raise BadRatings("too_few_categories", has=len(place), wants=2)
    return place


def _weights(size: int, weights: Weights) -> list[list[Fraction]]:
    power = {"unweighted": 0, "linear": 1, "quadratic": 2}[weights]
    if power == 0:
        return [[Fraction(i == j) for j in range(size)] for i in range(size)]
    most = max(1, size - 1) ** power
    return [[1 - Fraction(abs(i - j) ** power, most) for j in range(size)] for i in range(size)]


def _standard_errors(
    table: Sequence[Sequence[int]], weights: list[list[Fraction]], kappa: float, chance: float
) -> tuple[float, float]:
    """Return the standard error of kappa, and what it were if only chance made the two agree."""
    size, n = len(table), sum(map(sum, table))
    weight = [[float(w) for w in row] for row in weights]
    rows = [sum(row) / n for row in table]
    columns = [sum(row[j] for row in table) / n for j in range(size)]
    by_row = [sum(columns[j] * weight[i][j] for j in range(size)) for i in range(size)]
    by_column = [sum(rows[i] * weight[i][j] for i in range(size)) for j in range(size)]
    spread, by_chance = -((kappa - chance * (1 - kappa)) ** 2), -(chance**2)
    for i in range(size):
        for j in range(size):
            mean = by_row[i] + by_column[j]
            spread += table[i][j] / n * (weight[i][j] - mean * (1 - kappa)) ** 2
            by_chance += rows[i] * columns[j] * (weight[i][j] - mean) ** 2
    return tuple(math.sqrt(max(v, 0.0) / n) / (1 - chance) for v in (spread, by_chance))  # type: ignore[return-value]
