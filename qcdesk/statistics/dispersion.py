# SPDX-License-Identifier: Apache-2.0
"""Whether counts vary from sample to sample more than chance alone would have them."""

from __future__ import annotations

from qcdesk.statistics.distributions import chi_square_above
from qcdesk.statistics.readings import Readings, numbers

LEAST_EXPECTED = 1.0  # counted in a sample on the mean: below it chi-square is no guide


def by_chance(counts: Readings, sizes: Readings, *, of_units: bool) -> float:
    """Return how likely chance alone spreads counts at least as far: small, where their level itself wanders.

    Args: counts: in each sample; sizes: units in each, above 0. of_units: whether each unit counts once at most, so that
        counts are binomial; else Poisson.
    Returns: the share of chi-square above the sum of squared deviations over their expected variance, with samples - 1
        degrees of freedom; 1.0 where less than one is counted in a sample on the mean, where all or nothing is, or of a
        single sample: nothing speaks against chance there.
    Source: computed from its definition, Fisher's index of dispersion.
    """
    counted, units = numbers(counts), numbers(sizes)
    rate = float(counted.sum() / units.sum())
    if counted.size < 2 or counted.mean() < LEAST_EXPECTED or (of_units and rate >= 1):
        return 1.0
    variance = units * (rate * (1 - rate) if of_units else rate)
    return chi_square_above(float(((counted - units * rate) ** 2 / variance).sum()), counted.size - 1)
