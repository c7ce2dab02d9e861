# SPDX-License-Identifier: Apache-2.0
"""Readings in subgroups: their means, ranges and deviations, and the standard deviation within them, estimator named."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qcdesk.statistics.chart_constants import c4, d2, d3
from qcdesk.statistics.readings import BadReadings, Readings, numbers

ESTIMATORS: Final = ("mean_range", "weighted_range", "mean_sd", "weighted_sd", "pooled_sd")
SINGLE_ESTIMATORS: Final = ("moving_range", "median_moving_range", "overall_sd")


@dataclass(frozen=True, eq=False)
class Subgroups:
    """Readings, subgroup after subgroup, as NumPy arrays: ``readings``, and how many each subgroup has in ``sizes``.

    ``even`` is the size where all are the same, else 0. ``names``, as many as subgroups, are for people; empty where
    the subgroups are only counted.
    """

    readings: Any
    sizes: Any
    even: int
    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many subgroups."""
        return int(self.sizes.size)


@dataclass(frozen=True, eq=False)
class Figures:
    """Mean, range and standard deviation (n - 1) of each subgroup, NumPy arrays; what was not asked for is None."""

    means: Any
    ranges: Any
    sds: Any


@dataclass(frozen=True)
class WithinSigma:
    """The standard deviation within subgroups: ``sigma``, by which ``estimator``, with ``df`` degrees of freedom.

    ``df`` is that of the chi distribution with the same relative spread (Patnaik); for pooled deviations it is the
    number of readings less the subgroups.
    """

    sigma: float
    estimator: str
    df: float


def even_subgroups(readings: Readings, size: int) -> Subgroups:
    """Cut a column into subgroups of ``size`` in the order of the readings; a two-dimensional array has its rows.

    Raises: BadReadings: ``too_few`` subgroups, ``not_finite``, ``uneven`` (``n``, ``size``: some are left over).
    """
    import numpy as np

    column = numbers(readings)
    if size < 1 or column.size % size:
        raise BadReadings("uneven", n=int(column.size), size=size)
    return Subgroups(column, np.full(column.size // size, size, dtype=np.int64), size)


def named_subgroups(readings: Readings, names: Sequence[Hashable]) -> Subgroups:
    """Put readings of the same name together; subgroups stand in the order in which their names first appear.

    Raises: BadReadings: ``same_length``, ``not_finite``.
    """
    import numpy as np

    column = numbers(readings)
    if len(names) != column.size:
        raise BadReadings("same_length", one=int(column.size), other=len(names))
    places: dict[Hashable, int] = {}
    belongs = np.fromiter(
        (places.setdefault(name, len(places)) for name in names), dtype=np.int64, count=column.size
    )
    sizes = np.bincount(belongs, minlength=len(places))
    ordered = column[np.argsort(belongs, kind="stable")]
    even = int(sizes[0]) if sizes.size and (sizes == sizes[0]).all() else 0
    return Subgroups(ordered, sizes, even, tuple(map(str, places)))


def listed_subgroups(lists: Sequence[Readings]) -> Subgroups:
    """Take subgroups as they are listed.

    Raises: BadReadings: ``not_finite`` (``row`` counts through), ``too_few``: an empty one.
    """
    import numpy as np

    sizes = np.array([len(one) for one in lists], dtype=np.int64)
    if not sizes.size or not sizes.all():
        raise BadReadings("too_few", n=0, least=1, of="readings")
    column = numbers(np.concatenate([np.asarray(one, dtype=np.float64) for one in lists]))
    return Subgroups(column, sizes, int(sizes[0]) if (sizes == sizes[0]).all() else 0)


def sized_subgroups(readings: Readings, sizes: Readings) -> Subgroups:
    """Cut a column into subgroups of these sizes, in the order of the readings.

    Raises: BadReadings: ``too_few``, ``not_finite``; ``same_length``: the sizes do not add up to the readings.
    """
    import numpy as np

    column, each = numbers(readings), np.asarray(sizes, dtype=np.int64)
    if int(each.sum()) != column.size or int(each.min(initial=1)) < 1:
        raise BadReadings("same_length", one=int(column.size), other=int(each.sum()))
    return Subgroups(column, each, int(each[0]) if (each == each[0]).all() else 0)


def figures(groups: Subgroups, *, ranges: bool = False, sds: bool = False) -> Figures:
    """Return the mean of each subgroup and, where asked for, range and standard deviation.

    Raises: BadReadings: ``too_few`` readings in a subgroup that is to have a range or a deviation.
    """
    import numpy as np

    if (ranges or sds) and int(groups.sizes.min(initial=2)) < 2:
        raise BadReadings("too_few", n=1, least=2, of="subgroup")
    spans = deviations = None
    if groups.even:
        # One pass per place in the subgroup beats NumPy's reduction over short rows several times.
        table = np.ascontiguousarray(groups.readings.reshape(-1, groups.even).T)
        means = np.add.reduce(table, axis=0) / groups.even
        if ranges:
            spans = np.maximum.reduce(table, axis=0) - np.minimum.reduce(table, axis=0)
        if sds:
            table -= means
            deviations = np.sqrt(np.add.reduce(table * table, axis=0) / (groups.even - 1))
        return Figures(means, spans, deviations)
    starts = np.concatenate(([0], np.cumsum(groups.sizes)[:-1]))
    means = np.add.reduceat(groups.readings, starts) / groups.sizes
    if ranges:
        spans = np.maximum.reduceat(groups.readings, starts) - np.minimum.reduceat(groups.readings, starts)
    if sds:
        away = groups.readings - np.repeat(means, groups.sizes)
        deviations = np.sqrt(np.add.reduceat(away * away, starts) / (groups.sizes - 1))
    return Figures(means, spans, deviations)


def of_sizes(constant: Any, sizes: Any, even: int) -> Any:  # noqa: ANN401 - NumPy stays inside
    """Return a constant such as d2 for every subgroup: one number where all are of one size."""
    import numpy as np

    if even:
        return constant(even)
    known, place = np.unique(sizes, return_inverse=True)
    return np.array([constant(int(size)) for size in known])[place]


def within_sigma(groups: Subgroups, estimator: str, given: Figures | None = None) -> WithinSigma:
    """Estimate the standard deviation within subgroups.

    Args: estimator: ``mean_range``, mean of R/d2; ``weighted_range``, the same weighted by (d2/d3)²; ``mean_sd``, mean
        of s/c4; ``weighted_sd``, weighted by c4²/(1 - c4²); ``pooled_sd``, the root of the pooled variance over
        c4 (degrees of freedom + 1). given: figures already computed that hold what the estimator needs.
    Raises: BadReadings: ``unknown``, ``too_few``, ``constant``.
    Source: Burr, Statistical Quality Control Methods (1976), sections 3.2-3.3; degrees of freedom: Patnaik,
        Biometrika 37 (1950) 78-87.
    """
    import numpy as np

    if estimator not in ESTIMATORS:
        raise BadReadings("unknown", what="estimator", value=estimator, known=ESTIMATORS)
    by_range = estimator.endswith("range")
    found = given or figures(groups, ranges=by_range, sds=not by_range)
    count = groups.count
    if estimator == "pooled_sd":
        over = groups.sizes - 1
        df = float(over.sum())
        root = math.sqrt(float((found.sds**2 * over).sum()) / df)
        sigma = root / c4(int(df) + 1)
    else:
        mean = of_sizes(d2 if by_range else c4, groups.sizes, groups.even)
        of_sds = np.sqrt(np.maximum(0.0, 1 - np.asarray(mean) ** 2))
        spread = of_sizes(d3, groups.sizes, groups.even) if by_range else of_sds
        relative = (spread / mean) ** 2  # variance of one subgroup's estimate, in sigma²
        each = (found.ranges if by_range else found.sds) / mean
        if groups.even:
            sigma, variance = float(each.mean()), float(relative) / count
        elif estimator.startswith("weighted"):
            weights = 1 / relative
            sigma, variance = float((each * weights).sum() / weights.sum()), 1 / float(weights.sum())
        else:
            sigma, variance = float(each.mean()), float(relative.sum()) / count**2
        df = chi_df(variance)
    _refuse_constant(sigma, groups.readings)
    return WithinSigma(sigma, estimator, df)


def single_sigma(readings: Any, estimator: str) -> WithinSigma:  # noqa: ANN401 - NumPy stays inside
    """Estimate the standard deviation of single readings in their order.

    Args: readings: 2 or more, a NumPy array. estimator: ``moving_range``, mean of the ranges of neighbours over d2;
        ``median_moving_range``, their median over the normal's; ``overall_sd``, s over c4.
    Raises: BadReadings: ``unknown``, ``constant``.
    Source: Montgomery (2013), section 6.4; the variance of a mean of moving ranges follows from the correlation -1/2
        of neighbouring differences.
    """
    import numpy as np

    if estimator not in SINGLE_ESTIMATORS:
        raise BadReadings("unknown", what="estimator", value=estimator, known=SINGLE_ESTIMATORS)
    n = int(readings.size)
    if estimator == "overall_sd":
        sigma, df = float(readings.std(ddof=1)) / c4(n), float(n - 1)
    else:
        moves = np.abs(np.diff(readings))
        m = n - 1
        alone, shared = 2 - 4 / math.pi, 4 / math.pi * (math.sqrt(3) / 2 + math.pi / 12) - 4 / math.pi
        variance = (m * alone + 2 * (m - 1) * shared) / m**2 / d2(2) ** 2
        if estimator == "moving_range":
            sigma = float(moves.mean()) / d2(2)
        else:
            sigma = float(np.median(moves)) / (math.sqrt(2) * _UPPER_QUARTILE)
            variance *= _MEDIAN_LOSES
        df = chi_df(variance)
    _refuse_constant(sigma, readings)
    return WithinSigma(sigma, estimator, df)


def chi_df(variance: float) -> float:
    """Return the degrees of freedom at which s/c4 has this variance, in sigma²; 0 < variance.

    Source: Patnaik (1950): the range of a normal sample is close to a multiple of chi.
    """
    low, high = 1e-3, 1e15
    for _ in range(200):
        middle = math.sqrt(low * high)
        if _relative_variance(middle) > variance:
            low = middle
        else:
            high = middle
        if high - low < 1e-12 * high:
            break
    return math.sqrt(low * high)


def _refuse_constant(sigma: float, readings: Any) -> None:  # noqa: ANN401 - NumPy stays inside
    """Refuse what varies by no more than its own rounding: three times 0.1 has a mean that is not 0.1."""
    if not sigma > 1e-13 * max(abs(float(readings.min())), abs(float(readings.max()))):
        raise BadReadings("constant")


def _relative_variance(df: float) -> float:
    if df > 1000:
        return 1 / (2 * df) + 1 / (8 * df**2)
    mean = math.sqrt(2 / df) * math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2))
    return 1 / mean**2 - 1


_UPPER_QUARTILE = 0.6744897501960817  # of the standard normal: the median of |X1 - X2| is √2 times that
_MEDIAN_LOSES = 2.0  # times the variance: half of the moves say nothing of the tails (simulated)
