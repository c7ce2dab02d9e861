# SPDX-License-Identifier: Apache-2.0
"""Charts of measured values: means with ranges or deviations, and single values with moving ranges."""

from __future__ import annotations

import math
from typing import Any, Literal, Unpack

from qcdesk.statistics.chart_constants import c4, d2, d3
from qcdesk.statistics.control_charts import ALL, WIDTH, Base, Chart, Frozen, Options, track, width_of
from qcdesk.statistics.readings import BadReadings, Readings, numbers
from qcdesk.statistics.run_rules import rule_set
from qcdesk.statistics.subgroups import Figures, Subgroups, figures, of_sizes, single_sigma, within_sigma

LEAST_SUBGROUPS = 2
LEAST_VALUES = 2


def xbar_r(groups: Subgroups, *, estimator: str = "mean_range", **options: Unpack[Options]) -> Chart:
    """Chart the means and ranges of subgroups.

    Args: groups: 2 or more subgroups of 2 or more readings, of one size or several. estimator: of the standard
        deviation within subgroups, see ``within_sigma``. frozen: the process's mean and the standard deviation within
        its subgroups, for phase II. base: the subgroups the limits rest on. rules: shewhart, we, nelson. width: of the
        limits, in standard deviations.
    Returns: main row means, beside it ranges with d2 σ as their centre line; limits follow each subgroup's size. The
        centre is the mean of all readings of the base.
    Raises: BadReadings: ``too_few``, ``constant``, ``unknown``, ``outside``.
    Source: Montgomery, Introduction to Statistical Quality Control (2013), sections 6.2-6.3.
    """
    return _means(groups, "xbar-r", estimator, **options)


def xbar_s(groups: Subgroups, *, estimator: str = "mean_sd", **options: Unpack[Options]) -> Chart:
    """Chart the means and standard deviations of subgroups; arguments, results and source as for ``xbar_r``."""
    return _means(groups, "xbar-s", estimator, **options)


def i_mr(
    values: Readings,
    *,
    estimator: str = "moving_range",
    frozen: Frozen | None = None,
    base: Base = ALL,
    rules: str = "nelson",
    width: float = WIDTH,
) -> Chart:
    """Chart single values and the ranges of neighbours.

    Args: values: 2 or more in their order. estimator: ``moving_range``, ``median_moving_range`` or ``overall_sd``.
        frozen: mean and standard deviation of the process. base, rules, width: as for ``xbar_r``; moving ranges share
        readings, so on them only limits count.
    Returns: main row values, beside it moving ranges, whose first stands at point 2.
    Raises: BadReadings: ``too_few``, ``constant``, ``not_finite``, ``unknown``, ``outside``.
    Source: Montgomery (2013), section 6.4.
    """
    import numpy as np

    width_of(width)
    column = numbers(values, least=LEAST_VALUES, of="points")
    frozen = frozen or Frozen()
    mask = None if frozen.whole else base.mask(column.size, least=LEAST_VALUES)
    used = column if mask is None else column[mask]
    center = float(used.mean()) if frozen.center is None else frozen.center
    given = frozen.known_sigma()
    sigma, estimator = (single_sigma(used, estimator).sigma, estimator) if given is None else (given, "given")
    main = track("value", column, center, sigma, rule_set(rules), width=width)
    moves = np.abs(np.diff(column))
    only_limits = rule_set(rules, zones=False, runs=False)
    beside = track(
        "moving_range", moves, d2(2) * sigma, d3(2) * sigma, only_limits, low=0.0, width=width, first=2
    )
    return Chart(
        "i-mr", main, beside, center, sigma, estimator, frozen.phase, 0 if frozen.whole else int(used.size)
    )


def _means(
    groups: Subgroups,
    kind: Literal["xbar-r", "xbar-s"],
    estimator: str,
    frozen: Frozen | None = None,
    base: Base = ALL,
    rules: str = "nelson",
    width: float = WIDTH,
) -> Chart:
    import numpy as np

    width_of(width)
    frozen = frozen or Frozen()
    by_range = kind == "xbar-r"
    if groups.count < (1 if frozen.whole else LEAST_SUBGROUPS):
        raise BadReadings("too_few", n=groups.count, least=LEAST_SUBGROUPS, of="subgroups")
    found = figures(groups, ranges=by_range or "range" in estimator, sds=not by_range or "sd" in estimator)
    mask = None if frozen.whole else base.mask(groups.count, least=LEAST_SUBGROUPS)
    used, of_used = (groups, found) if mask is None else _only(groups, found, mask)
    mean = float((of_used.means * used.sizes).sum() / used.sizes.sum())
    center = mean if frozen.center is None else frozen.center
    given = frozen.known_sigma()
    sigma, estimator = (
        (within_sigma(used, estimator, of_used).sigma, estimator) if given is None else (given, "given")
    )
    root = math.sqrt(groups.even) if groups.even else np.sqrt(groups.sizes)
    main = track("mean", found.means, center, sigma / root, rule_set(rules), width=width)
    spread_rules = rule_set(rules, zones=False)
    if by_range:
        middle = of_sizes(d2, groups.sizes, groups.even) * sigma
        spread = of_sizes(d3, groups.sizes, groups.even) * sigma
        beside = track("range", found.ranges, middle, spread, spread_rules, low=0.0, width=width)
    else:
        unbiased = np.asarray(of_sizes(c4, groups.sizes, groups.even))
        spread = np.sqrt(1 - unbiased**2) * sigma
        beside = track("sd", found.sds, unbiased * sigma, spread, spread_rules, low=0.0, width=width)
    return Chart(
        kind, main, beside, center, sigma, estimator, frozen.phase, 0 if frozen.whole else used.count
    )


def _only(groups: Subgroups, found: Figures, mask: Any) -> tuple[Subgroups, Figures]:  # noqa: ANN401
    import numpy as np

    used = Subgroups(groups.readings[np.repeat(mask, groups.sizes)], groups.sizes[mask], groups.even)
    parts = [None if one is None else one[mask] for one in (found.means, found.ranges, found.sds)]
    return used, Figures(*parts)
