# SPDX-License-Identifier: Apache-2.0
"""Charts that remember: EWMA with limits that open with time, and the tabular CUSUM."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from qcdesk.statistics.control_charts import ALL, Base, Chart, Frozen, Track, track, width_of
from qcdesk.statistics.readings import BadReadings, Readings, numbers
from qcdesk.statistics.run_rules import rule_set
from qcdesk.statistics.subgroups import Subgroups, figures, single_sigma, within_sigma

LEAST_POINTS = 2


@dataclass(frozen=True)
class Cusum:
    """How a CUSUM is set, in standard deviations of a plotted point.

    ``shift`` to catch soon (half of it is the slack k), ``interval`` the decision interval h, ``start`` the head start
    from which both sums begin.
    """

    shift: float = 1.0
    interval: float = 5.0
    start: float = 0.0


def ewma(
    values: Readings | Subgroups,
    *,
    weight: float = 0.2,
    width: float = 3.0,
    estimator: str | None = None,
    frozen: Frozen | None = None,
    base: Base = ALL,
) -> Chart:
    """Chart the exponentially weighted moving average, which begins at the centre.

    Args: values: single values in their order, or subgroups, whose means are weighed. weight: λ of the newest value,
        above 0 up to 1. width: of the limits, L standard deviations. estimator: of the standard deviation, as for
        ``i_mr`` or ``within_sigma``; None: from moving ranges, or mean ranges. frozen: mean (the target) and
        standard deviation of single values. base: the points that limits rest on.
    Returns: limits at point i: L σ / √n sqrt(λ / (2 - λ) (1 - (1 - λ)^(2i))). Only limits count: neighbours share
        readings. With subgroups of several sizes the variance is summed term by term.
    Raises: BadReadings: ``outside``, ``too_few``, ``constant``, ``not_finite``, ``unknown``.
    Source: Montgomery (2013), section 9.2; NIST/SEMATECH e-Handbook, section 6.3.2.4.
    """
    import numpy as np

    width_of(width)
    if not 0 < weight <= 1:
        raise BadReadings("outside", what="weight", value=weight, low=0, high=1)
    means, roots, center, sigma, named, used = _process(values, estimator, frozen, base)
    average = np.empty_like(means)
    now, rest = center, 1 - weight
    for i, value in enumerate(means.tolist()):
        now = weight * value + rest * now
        average[i] = now
    if np.ndim(roots):
        variance, spread = 0.0, []
        for root in roots.tolist():
            variance = rest * rest * variance + (weight / root) ** 2
            spread.append(math.sqrt(variance))
        se = sigma * np.array(spread)
    else:
        opened = 1 - rest ** (2.0 * np.arange(1, means.size + 1))
        se = sigma / roots * np.sqrt(weight / (2 - weight) * opened)
    main = track("ewma", average, center, se, rule_set("shewhart"), width=width)
    return Chart("ewma", main, None, center, sigma, named, (frozen or Frozen()).phase, used)


def cusum(
    values: Readings | Subgroups,
    *,
    setting: Cusum | None = None,
    estimator: str | None = None,
    frozen: Frozen | None = None,
    base: Base = ALL,
) -> Chart:
    """Chart the tabular cumulative sums of both sides, in standard deviations of a plotted point.

    Args: values, estimator, frozen, base: as for ``ewma``; the target is the centre. setting: shift, decision interval
        and head start.
    Returns: main row the upper sums (0 or more, limit h), beside it the lower ones (0 or less, limit -h), which go on
        after a signal. A signal is a sum beyond its limit.
    Raises: BadReadings: as ``ewma``.
    Source: Montgomery (2013), section 9.1; NIST/SEMATECH e-Handbook, section 6.3.2.3.
    """
    import numpy as np

    setting = setting or Cusum()
    for what, value, low in (("shift", setting.shift, 0.0), ("interval", setting.interval, 0.0)):
        if not low < value < math.inf:
            raise BadReadings("outside", what=what, value=value, low=low, high=math.inf)
    if not 0 <= setting.start < setting.interval:
        raise BadReadings("outside", what="start", value=setting.start, low=0, high=setting.interval)
    means, roots, center, sigma, named, used = _process(values, estimator, frozen, base)
    slack = setting.shift / 2
    up, down = setting.start, -setting.start
    upper, lower = np.empty_like(means), np.empty_like(means)
    for i, z in enumerate(((means - center) * roots / sigma).tolist()):
        up = max(0.0, up + z - slack)
        down = min(0.0, down + z + slack)
        upper[i], lower[i] = up, down
    tracks: list[Track] = []
    sides: tuple[tuple[Literal["upper", "lower"], Any], ...] = (("upper", upper), ("lower", lower))
    for name, sums in sides:
        tracks.append(track(name, sums, 0.0, 1.0, rule_set("shewhart"), reach=setting.interval))
    return Chart("cusum", tracks[0], tracks[1], center, sigma, named, (frozen or Frozen()).phase, used)


def _process(
    values: Readings | Subgroups, estimator: str | None, frozen: Frozen | None, base: Base
) -> tuple[Any, Any, float, float, str, int]:
    """Return the plotted means, root of their sizes, centre, standard deviation, its estimator, points used."""
    import numpy as np

    frozen = frozen or Frozen()
    given = frozen.known_sigma()
    if not isinstance(values, Subgroups):
        column = numbers(values, least=1 if frozen.whole else LEAST_POINTS, of="points")
        mask = None if frozen.whole else base.mask(column.size, least=LEAST_POINTS)
        used = column if mask is None else column[mask]
        center = float(used.mean()) if frozen.center is None else frozen.center
        named = estimator or "moving_range"
        sigma = single_sigma(used, named).sigma if given is None else given
        return column, 1.0, center, sigma, named if given is None else "given", _from(frozen, used.size)
    if values.count < (1 if frozen.whole else LEAST_POINTS):
        raise BadReadings("too_few", n=values.count, least=LEAST_POINTS, of="subgroups")
    means = figures(values).means
    mask = None if frozen.whole else base.mask(values.count, least=LEAST_POINTS)
    part = values
    if mask is not None:
        part = Subgroups(values.readings[np.repeat(mask, values.sizes)], values.sizes[mask], values.even)
    center = float(part.readings.mean()) if frozen.center is None else frozen.center
    named = estimator or "mean_range"
    sigma = within_sigma(part, named).sigma if given is None else given
    roots = math.sqrt(values.even) if values.even else np.sqrt(values.sizes)
    return means, roots, center, sigma, named if given is None else "given", _from(frozen, part.count)


def _from(frozen: Frozen, count: int) -> int:
    return 0 if frozen.whole else int(count)
