# SPDX-License-Identifier: Apache-2.0
"""Process capability: indices with confidence intervals, what falls outside the limits, how normal the readings are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from qcdesk.statistics.distributions import chi_square_quantile, normal_below, normal_quantile
from qcdesk.statistics.histograms import Histogram, histogram
from qcdesk.statistics.johnson import Johnson, fit_johnson
from qcdesk.statistics.normality import Normality, NormalScores, anderson_darling, normal_scores
from qcdesk.statistics.readings import BadReadings, Readings, numbers
from qcdesk.statistics.subgroups import Subgroups, WithinSigma, single_sigma, within_sigma

LEAST = 15  # readings: with fewer an index of 1.33 may as well be one of 0.9
FEW = 50  # readings: below it the intervals are wide, which whoever shows them says
LEAST_PERCENTILE = 1_000  # readings: the 0.135 % point of fewer is hardly more than the least of them
Shape = Literal["johnson", "percentile"]
_LOW, _HIGH = 0.001349898031630095, 0.9986501019683699  # shares below -3 and +3 standard deviations


@dataclass(frozen=True)
class Limits:
    """Specification limits and target in the unit of the readings; a limit that there is not is None."""

    lower: float | None = None
    upper: float | None = None
    target: float | None = None

    def checked(self) -> Limits:
        """Return these limits.

        Raises: BadReadings: ``no_limit``, ``limits_crossed``, ``not_finite`` (``what``), ``outside``: the target.
        """
        for what in ("lower", "upper", "target"):
            value = getattr(self, what)
            if value is not None and not math.isfinite(value):
                raise BadReadings("not_finite", what=what)
        if self.lower is None and self.upper is None:
            raise BadReadings("no_limit")
        low = -math.inf if self.lower is None else self.lower
        high = math.inf if self.upper is None else self.upper
        if not low < high:
            raise BadReadings("limits_crossed", lower=low, upper=high)
        if self.target is not None and not low <= self.target <= high:
            raise BadReadings("outside", what="target", value=self.target, low=low, high=high)
        return self


@dataclass(frozen=True)
class IndexValue:
    """A capability index with its confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """Indices by one standard deviation: ``both`` sides' width (Cp or Pp; None with one limit), each side, the worse.

    ``ppm_lower``, ``ppm_upper``: expected beyond each limit among a million normal readings.
    """

    sigma: float
    df: float
    both: IndexValue | None
    lower: IndexValue | None
    upper: IndexValue | None
    worse: IndexValue
    ppm_lower: float
    ppm_upper: float

    @property
    def ppm(self) -> float:
        """Expected beyond either limit, in a million."""
        return self.ppm_lower + self.ppm_upper


@dataclass(frozen=True)
class NonNormal:
    """Indices from percentiles (0.135, 50 and 99.865 %) instead of standard deviations.

    ``method``: a Johnson ``curve``, or the readings' own percentiles (``curve`` None). ``p``: of the scores being
    normal after the curve, None without one.
    """

    method: Shape
    curve: Johnson | None
    p: float | None
    low: float
    median: float
    high: float
    pp: float | None
    ppl: float | None
    ppu: float | None
    ppk: float
    ppm: float


@dataclass(frozen=True)
class Capability:
    """What a process can do against its limits.

    ``within``: by the deviation within subgroups, or of neighbours (``estimator``): Cp, Cpk. ``overall``: by that of
    all readings (n - 1): Pp, Ppk. ``cpm``: against ``target``, which is the middle where none was given; None with one
    limit. ``ppm_observed``: outside among the readings, in a million. ``normality``: of the readings; ``scores``: where
    normal ones would lie.
    """

    n: int
    mean: float
    limits: Limits
    target: float | None
    estimator: str
    within: Spread
    overall: Spread
    cpm: IndexValue | None
    ppm_observed: float
    normality: Normality
    scores: NormalScores
    bins: Histogram
    confidence: float

    @property
    def few(self) -> bool:
        """Whether there are so few readings that the intervals are wide."""
        return self.n < FEW


def capability(
    readings: Readings | Subgroups,
    limits: Limits,
    *,
    estimator: str | None = None,
    confidence: float = 0.95,
) -> Capability:
    """Compare readings with their limits.

    Args: readings: 15 or more in their order, or subgroups. limits: lower, upper or both, target. estimator: of the
        deviation within, see ``within_sigma`` and ``single_sigma``; None: mean ranges, or moving ranges. confidence:
        of the intervals.
    Returns: indices with intervals: Cp and Pp by chi-square with the degrees of freedom of their deviation; one-sided
        ones and the worse side by Bissell; Cpm by Boyles.
    Raises: BadReadings: ``too_few``, ``constant``, ``not_finite``, ``no_limit``, ``limits_crossed``, ``outside``.
    Source: Montgomery, Introduction to Statistical Quality Control (2013), section 8.3; Bissell, Applied Statistics 39
        (1990) 331-340; Boyles, Journal of Quality Technology 23 (1991) 17-26.
    """
    limits = limits.checked()
    if not 0.5 <= confidence < 1:
        raise BadReadings("outside", what="confidence", value=confidence, low=0.5, high=1)
    grouped = readings if isinstance(readings, Subgroups) else None
    column = numbers(readings if grouped is None else grouped.readings, least=LEAST)
    if column.min() == column.max():
        raise BadReadings("constant")
    inside = _within(grouped, column, estimator)
    n, mean, sd = int(column.size), float(column.mean()), float(column.std(ddof=1))
    target = limits.target
    if target is None and limits.lower is not None and limits.upper is not None:
        target = (limits.lower + limits.upper) / 2
    return Capability(
        n=n,
        mean=mean,
        limits=limits,
        target=target,
        estimator=inside.estimator,
        within=_spread(mean, inside.sigma, inside.df, n, limits, confidence),
        overall=_spread(mean, sd, n - 1, n, limits, confidence),
        cpm=_cpm(mean, sd, n, limits, target, confidence),
        ppm_observed=1e6 * _outside(column, limits) / n,
        normality=anderson_darling(column),
        scores=normal_scores(column),
        bins=histogram(column, upper=limits.upper),
        confidence=confidence,
    )


def non_normal(readings: Readings, limits: Limits, method: Shape = "johnson") -> NonNormal:
    """Return indices for readings that are not normal, from percentiles that hold as many as ±3 standard deviations do.

    Args: readings: 30 or more for a Johnson curve, 1,000 or more for their own percentiles.
    Raises: BadReadings: ``too_few``, ``constant``, ``no_curve``, and those of the limits.
    Source: ISO 22514-2:2017, general geometric method M1,5 (percentiles); curve: see ``fit_johnson``.
    """
    import numpy as np

    limits = limits.checked()
    column = numbers(readings)
    curve: Johnson | None = None
    p = None
    if method == "johnson":
        fit = fit_johnson(column)
        curve, p = fit.curve, fit.p
        low, median, high = (curve.quantile(share) for share in (_LOW, 0.5, _HIGH))
        below = curve.below(limits.lower) if limits.lower is not None else 0.0
        above = 1 - curve.below(limits.upper) if limits.upper is not None else 0.0
        ppm = 1e6 * (below + above)
    elif method == "percentile":
        numbers(column, least=LEAST_PERCENTILE)
        low, median, high = (float(q) for q in np.quantile(column, (_LOW, 0.5, _HIGH)))
        ppm = 1e6 * _outside(column, limits) / column.size
    else:
        raise BadReadings("unknown", what="method", value=method, known=("johnson", "percentile"))
    if not low < median < high:
        raise BadReadings("constant")
    ppl = None if limits.lower is None else (median - limits.lower) / (median - low)
    ppu = None if limits.upper is None else (limits.upper - median) / (high - median)
    pp = None
    if limits.lower is not None and limits.upper is not None:
        pp = (limits.upper - limits.lower) / (high - low)
    worse = min(one for one in (ppl, ppu) if one is not None)
    return NonNormal(method, curve, p, low, median, high, pp, ppl, ppu, worse, ppm)


def _within(groups: Subgroups | None, column: Any, estimator: str | None) -> WithinSigma:  # noqa: ANN401
    if groups is None or groups.even == 1:
        return single_sigma(column, estimator or "moving_range")
    return within_sigma(groups, estimator or "mean_range")


def _spread(mean: float, sigma: float, df: float, n: int, limits: Limits, confidence: float) -> Spread:
    def one(distance: float) -> IndexValue:
        value = distance / (3 * sigma)
        error = math.sqrt(1 / (9 * n) + value * value / (2 * df))
        reach = normal_quantile((1 + confidence) / 2) * error
        return IndexValue(value, value - reach, value + reach)

    lower = None if limits.lower is None else one(mean - limits.lower)
    upper = None if limits.upper is None else one(limits.upper - mean)
    both = None
    if limits.lower is not None and limits.upper is not None:
        width = (limits.upper - limits.lower) / (6 * sigma)
        both = _by_chi_square(width, df, confidence)
    worse = min((side for side in (lower, upper) if side is not None), key=lambda side: side.value)
    ppm_lower = 0.0 if lower is None else 1e6 * normal_below(-3 * lower.value)
    ppm_upper = 0.0 if upper is None else 1e6 * normal_below(-3 * upper.value)
    return Spread(sigma, df, both, lower, upper, worse, ppm_lower, ppm_upper)


def _by_chi_square(value: float, df: float, confidence: float) -> IndexValue:
    tail = (1 - confidence) / 2
    low = math.sqrt(chi_square_quantile(tail, df) / df)
    return IndexValue(value, value * low, value * math.sqrt(chi_square_quantile(1 - tail, df) / df))


def _cpm(
    mean: float, sd: float, n: int, limits: Limits, target: float | None, confidence: float
) -> IndexValue | None:
    if limits.lower is None or limits.upper is None or target is None:
        return None
    off = ((mean - target) / sd) ** 2
    value = (limits.upper - limits.lower) / (6 * sd * math.sqrt(1 + off))
    return _by_chi_square(value, n * (1 + off) ** 2 / (1 + 2 * off), confidence)


def _outside(column: Any, limits: Limits) -> int:  # noqa: ANN401 - NumPy stays inside
    below = 0 if limits.lower is None else int((column < limits.lower).sum())
    return below + (0 if limits.upper is None else int((column > limits.upper).sum()))
