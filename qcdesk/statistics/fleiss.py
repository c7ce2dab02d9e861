# SPDX-License-Identifier: Apache-2.0
"""Agreement of several people who each judged the same units: Fleiss' kappa, whole and per category."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from qcdesk.statistics.agreement import BadRatings, KappaReason, places_of
from qcdesk.statistics.proportions import exact_interval


@dataclass(frozen=True)
class CategoryAgreement:
    """Agreement on one category against all others. ``kappa`` is None where everybody or nobody used it.

    ``used``: share of all judgements. ``se_chance``: as of ``SeveralAgreement``.
    """

    used: Fraction
    kappa: Fraction | None
    se_chance: float


@dataclass(frozen=True)
class SeveralAgreement:
    """How far ``raters`` people agree on ``n`` units.

    ``all_agreed`` units on which all said the same, ``share`` of them with its exact interval, fractions 0 … 1.
    ``kappa`` is exact; ``se`` its large-sample standard error over units, with the normal interval ``low`` …
    ``high``, cut at -1 and 1 (None for fewer than 2 units). ``se_chance`` is the standard error were there no
    agreement beyond chance, ``z`` = kappa over it; ``chance_low`` … ``chance_high`` is the interval from it that much
    software prints: it answers whether there is any agreement, not how much. What does not exist is None and
    ``reason`` says why: ``no_units``, or ``no_variation`` when every judgement is the same.
    """

    n: int
    raters: int
    all_agreed: int
    reason: KappaReason | None
    categories: tuple[CategoryAgreement, ...] = ()
    share: Fraction | None = None
    share_low: float | None = None
    share_high: float | None = None
    kappa: Fraction | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    se_chance: float | None = None
    z: float | None = None
    chance_low: float | None = None
    chance_high: float | None = None


def counted(
    ratings: Sequence[Sequence[Hashable]], categories: Sequence[Hashable]
) -> tuple[tuple[int, ...], ...]:
    """Return the table that ``several_agreement`` takes, from one row per unit with what each person said of it.

    Raises: BadRatings: a category that is not among the given ones.
    """
    place = places_of(categories)
    rows = []
    for unit, said in enumerate(ratings, start=1):
        counts = [0] * len(categories)
        for category in said:
            if category not in place:
                raise BadRatings("unknown_category", value=category, unit=unit)
            counts[place[category]] += 1
        rows.append(tuple(counts))
    return tuple(rows)


def several_agreement(
    table: Sequence[Sequence[int]], confidence: float = 0.95, times: Sequence[int] | None = None
) -> SeveralAgreement:
    """Return Fleiss' kappa.

    Args: table: one row per unit, one column per category that could have been used: how many people put the unit
        into it. Every unit has as many judgements, 2 or more. times: how many units each row stands for, where many
        were judged alike; 1 each unless given.
    Raises: BadRatings: units with different numbers of judgements, fewer than 2 people or categories, counts below 0.
    Source: Fleiss, Psychological Bulletin 76 (1971) 378-382 (its 30 patients, 6 raters, 5 categories give 0.430);
        standard error without agreement, and per category: Fleiss, Nee and Landis, Psychological Bulletin 86 (1979)
        974-977; standard error with agreement: the delta method over units (Gwet, British Journal of Mathematical and
        Statistical Psychology 61 (2008) 29-48).
    """
    if not table:
        return SeveralAgreement(0, 0, 0, "no_units")
    raters, size = sum(table[0]), len(table[0])
    if size < 2:
        raise BadRatings("too_few_categories", has=size, wants=2)
    for unit, row in enumerate(table, start=1):
        if len(row) != size or min(row) < 0:
            raise BadRatings("not_square", unit=unit, has=len(row), wants=size)
        if sum(row) != raters:
            raise BadRatings("raters_differ", unit=unit, has=sum(row), wants=raters)
    if raters < 2:
        raise BadRatings("too_few_raters", has=raters, wants=2)
    alike = [1] * len(table) if times is None else list(times)
    n = sum(alike)
    if len(alike) != len(table) or n < 1 or min(alike) < 0:
        raise BadRatings("lengths_differ", has=len(alike), wants=len(table))
    used = [
        Fraction(sum(t * row[j] for t, row in zip(alike, table, strict=True)), n * raters)
        for j in range(size)
    ]
    each = [Fraction(sum(c * c for c in row) - raters, raters * (raters - 1)) for row in table]
    near = sum((t * e for t, e in zip(alike, each, strict=True)), Fraction()) / n
    chance = sum(p * p for p in used)
    all_agreed = sum(t for t, row in zip(alike, table, strict=True) if max(row) == raters)
    share, (share_low, share_high) = Fraction(all_agreed, n), exact_interval(all_agreed, n, confidence)
    one_category = math.sqrt(2 / (n * raters * (raters - 1)))
    categories = tuple(_category(table, alike, j, used[j], raters, one_category) for j in range(size))
    if chance == 1:
        return SeveralAgreement(
            n, raters, all_agreed, "no_variation", categories, share, share_low, share_high
        )
    kappa = (near - chance) / (1 - chance)
    quantile = NormalDist().inv_cdf((1 + confidence) / 2)
    se_chance = _error_by_chance(used, one_category)
    se = _error_over_units(table, alike, each, used, raters) if n > 1 else None
    low, high = _reach(float(kappa), quantile * se) if se is not None else (None, None)
    chance_low, chance_high = _reach(float(kappa), quantile * se_chance)
    return SeveralAgreement(
        n=n,
        raters=raters,
        all_agreed=all_agreed,
        reason=None,
        categories=categories,
        share=share,
        share_low=share_low,
        share_high=share_high,
        kappa=kappa,
        se=se,
        low=low,
        high=high,
        se_chance=se_chance,
        z=float(kappa) / se_chance,
        chance_low=chance_low,
        chance_high=chance_high,
    )


def _reach(kappa: float, reach: float) -> tuple[float, float]:
    return max(-1.0, kappa - reach), min(1.0, kappa + reach)


def _category(
    table: Sequence[Sequence[int]], alike: Sequence[int], j: int, used: Fraction, raters: int, se: float
) -> CategoryAgreement:
    if used in (0, 1):
        return CategoryAgreement(used, None, se)
    apart = sum(t * row[j] * (raters - row[j]) for t, row in zip(alike, table, strict=True))
    kappa = 1 - Fraction(apart, sum(alike) * raters * (raters - 1)) / (used * (1 - used))
    return CategoryAgreement(used, kappa, se)


def _error_by_chance(used: Sequence[Fraction], one_category: float) -> float:
    spread = sum(p * (1 - p) for p in used)
    skew = sum(p * (1 - p) * (1 - 2 * p) for p in used)
    return one_category * math.sqrt(max(0.0, float(spread * spread - skew))) / float(spread)


def _error_over_units(
    table: Sequence[Sequence[int]],
    alike: Sequence[int],
    each: Sequence[Fraction],
    used: Sequence[Fraction],
    raters: int,
) -> float:
    """Return how much kappa moves from unit to unit, what each unit does to the chance counted in."""
    n, shares = sum(alike), [float(p) for p in used]
    chance = sum(p * p for p in shares)
    kappa = (sum(t * float(e) for t, e in zip(alike, each, strict=True)) / n - chance) / (1 - chance)
    square = 0.0
    for t, row, agreed in zip(alike, table, each, strict=True):
        own = sum(p * c for p, c in zip(shares, row, strict=True)) / raters
        moved = (float(agreed) - chance) / (1 - chance) - 2 * (1 - kappa) * (own - chance) / (1 - chance)
        square += t * (moved - kappa) ** 2
    return math.sqrt(square / (n * (n - 1)))
