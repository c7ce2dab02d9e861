# SPDX-License-Identifier: Apache-2.0
"""Whether readings look normal: Anderson and Darling's test, and where normal ones would lie, to draw them against."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qcdesk.statistics.distributions import log_normal_below, normal_quantiles
from qcdesk.statistics.readings import BadReadings, Column, Readings, kept, numbers

LEAST = 8  # below it the test sees next to nothing and its p is not tabled
_BEYOND = 13.0  # there p is below every float that matters, and the last parabola would turn upwards again


@dataclass(frozen=True)
class Normality:
    """The test's result on ``n`` readings.

    ``statistic`` is A², ``adjusted`` A² for the number of readings, ``p`` the probability of so much or more where
    the readings are normal.
    """

    n: int
    statistic: float
    adjusted: float
    p: float

    def doubtful(self, alpha: float = 0.05) -> bool:
        """Whether normal readings would look like this less often than ``alpha``."""
        return self.p < alpha


@dataclass(frozen=True)
class NormalScores:
    """Readings from the least to the greatest, each with its ``scores``: where it would lie in a standard normal."""

    readings: Column
    scores: Column


def normal_scores(readings: Readings) -> NormalScores:
    """Return where each reading would lie, in standard deviations from the mean, were they normally distributed.

    Those lie along a straight line whose middle is their mean and whose slope their standard deviation.
    Args: readings: one or more, in any unit and order.
    Returns: the normal quantiles of Filliben's medians of uniform order statistics: the least at 1 - 0.5^(1/n), the
        i-th at (i - 0.3175)/(n + 0.365), the greatest at 0.5^(1/n).
    Raises: BadReadings: ``too_few``, ``not_finite``.
    Source: Filliben, Technometrics 17 (1975) 111-117; NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.3.21.
    """
    import numpy as np

    ordered = np.sort(numbers(readings))
    n = ordered.size
    medians = (np.arange(1, n + 1) - 0.3175) / (n + 0.365)
    medians[0], medians[-1] = 1 - 0.5 ** (1 / n), 0.5 ** (1 / n)
    return NormalScores(kept(ordered), kept(normal_quantiles(medians)))


def anderson_darling(readings: Readings) -> Normality:
    """Test whether readings can come from a normal distribution of any mean and standard deviation.

    Args: readings: 8 or more, in any unit and order.
    Returns: A², its adjustment 1 + 0.75/n + 2.25/n², and p. Rounded readings repeat themselves and look less normal
        than they are, the more so the more there are.
    Raises: BadReadings: ``too_few``, ``not_finite``, ``constant``.
    Source: Stephens, in D'Agostino and Stephens (eds.), Goodness-of-Fit Techniques (1986), section 4.8, tables 4.7
        (A² 0.631, 0.752, 0.873, 1.035 at 10, 5, 2.5 and 1 %) and 4.9.
    """
    import numpy as np

    ordered = np.sort(numbers(readings, least=LEAST))
    n = ordered.size
    if ordered[0] == ordered[-1]:
        raise BadReadings("constant")
    # Taken from the middle and to a width of one first: huge and tiny readings keep their digits.
    moved = (ordered - ordered[n // 2]) / (ordered[-1] - ordered[0])
    z = (moved - moved.mean()) / moved.std(ddof=1)
    weights = np.arange(1, 2 * n, 2, dtype=np.float64)
    both = log_normal_below(z) + log_normal_below(-z)[::-1]
    statistic = float(-n - np.dot(weights, both) / n)
    adjusted = statistic * (1 + 0.75 / n + 2.25 / n**2)
    return Normality(int(n), statistic, adjusted, p_of(adjusted))


def p_of(adjusted: float) -> float:
    """Return the probability of so large an adjusted A², or larger.

    Source: Stephens (1986), table 4.9, case of both parameters estimated.
    """
    a = adjusted
    if a >= _BEYOND:
        return 0.0
    if a >= 0.6:
        return math.exp(1.2937 - 5.709 * a + 0.0186 * a * a)
    if a > 0.34:
        return math.exp(0.9177 - 4.279 * a - 1.38 * a * a)
    if a > 0.2:
        return 1 - math.exp(-8.318 + 42.796 * a - 59.938 * a * a)
    return 1 - math.exp(-13.436 + 101.14 * a - 223.73 * a * a)
