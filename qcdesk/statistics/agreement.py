# SPDX-License-Identifier: Apache-2.0
"""Agreement of two people who judged the same units: Cohen's kappa, and the plain share with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import Literal

from qcdesk.statistics.proportions import exact_interval

KappaReason = Literal["no_units", "no_variation"]


@dataclass(frozen=True)
class Agreement:
    """How far two people agree on ``n`` units.

    ``share`` agreed, with its exact interval ``share_low`` … ``share_high``, all fractions 0 … 1. ``kappa``
    is exact; ``se`` its large-sample standard error and ``low`` … ``high`` the normal interval from it, cut
    at -1 and 1. What does not exist is None and ``reason`` says why: ``no_units``, or ``no_variation`` when
    both put every unit into the same one category, so that agreement beyond chance has no meaning.
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


def agreement(table: Sequence[Sequence[int]], confidence: float = 0.95) -> Agreement:
    """Return Cohen's kappa (unweighted) and percent agreement.

    Args: table: square, one row and one column per category in the same order, every category that could
        have been used, also an unused one: ``table[i][j]`` units that the first put into i and the second
        into j.
    Raises: ValueError: not square, or a negative count.
    Source: Cohen, Educational and Psychological Measurement 20 (1960) 37-46; standard error: Fleiss, Cohen
        and Everitt, Psychological Bulletin 72 (1969) 323-327; share: Clopper and Pearson (1934). When one
        person uses one category only, kappa is 0 however often they agree: read the share beside it.
    """
    size = len(table)
    if any(len(row) != size for row in table) or any(count < 0 for row in table for count in row):
        raise ValueError("the table of agreement is square and counts units")
    n = sum(map(sum, table))
    agreed = sum(table[i][i] for i in range(size))
    if n == 0:
        return Agreement(0, 0, None, None, None, None, None, None, None, "no_units")
    share = Fraction(agreed, n)
    share_low, share_high = exact_interval(agreed, n, confidence)
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in range(size)]
    chance = Fraction(sum(r * c for r, c in zip(rows, columns, strict=True)), n * n)
    if chance == 1:
        return Agreement(n, agreed, share, share_low, share_high, None, None, None, None, "no_variation")
    kappa = (share - chance) / (1 - chance)
    se = _standard_error(table, rows, columns, float(kappa), float(chance))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * se
    low, high = max(-1.0, float(kappa) - reach), min(1.0, float(kappa) + reach)
    return Agreement(n, agreed, share, share_low, share_high, kappa, se, low, high, None)


def agreement_on_units(both: int, first_only: int, second_only: int, neither: int) -> Agreement:
    """Return the agreement of two people who called each unit good or nonconforming.

    Args: units called nonconforming by both, by one only, by neither.
    Raises: ValueError: a negative count.
    Source: see ``agreement``; the categories are always both, good and nonconforming.
    """
    return agreement(((both, first_only), (second_only, neither)))


def _standard_error(
    table: Sequence[Sequence[int]], rows: list[int], columns: list[int], kappa: float, chance: float
) -> float:
    n = sum(rows)
    spread = 0.0
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            if i == j:
                spread += count / n * (1 - (rows[i] + columns[i]) / n * (1 - kappa)) ** 2
            else:
                spread += count / n * ((columns[i] + rows[j]) / n * (1 - kappa)) ** 2
    spread -= (kappa - chance * (1 - kappa)) ** 2
    return math.sqrt(max(spread, 0.0) / n) / (1 - chance)
