# SPDX-License-Identifier: Apache-2.0
"""Charts of counts: p, np, c, u, Laney's p′ and u′, and g for what seldom happens."""

from __future__ import annotations

import math
from typing import Any, Literal, Unpack

from qcdesk.statistics.chart_constants import d2
from qcdesk.statistics.control_charts import ALL, WIDTH, Base, Chart, Frozen, Options, track, width_of
from qcdesk.statistics.readings import BadReadings, Readings, numbers
from qcdesk.statistics.run_rules import rule_set

LEAST_POINTS = 2
_AlikeP = Literal["p", "np", "laney-p"]
_AlikeU = Literal["c", "u", "laney-u"]


def p_chart(nonconforming: Readings, sizes: Readings | float, **options: Unpack[Options]) -> Chart:
    """Chart the share of nonconforming units.

    Args: nonconforming: units in each sample. sizes: units inspected in each, or in every sample. frozen: ``center``,
        the share that the process runs at, for phase II. base, rules, width: see ``Options``.
    Returns: shares, their centre line, and limits for each sample's size, cut at 0 and 1; ``sigma`` is that of one
        unit, sqrt(p (1 - p)).
    Raises: BadReadings: ``too_few``, ``negative``, ``not_whole``, ``above_size``, ``size_zero``, ``same_length``,
        ``constant`` (none or all nonconforming), ``outside``.
    Source: Montgomery (2013), section 7.2.
    """
    return _p_like("p", nonconforming, sizes, **options)


def np_chart(nonconforming: Readings, sizes: Readings | float, **options: Unpack[Options]) -> Chart:
    """Chart the number of nonconforming units; as ``p_chart``, times each sample's size; ``frozen.center`` is a share."""
    return _p_like("np", nonconforming, sizes, **options)


def laney_p(nonconforming: Readings, sizes: Readings | float, **options: Unpack[Options]) -> Chart:
    """Chart shares of large samples, whose level itself wanders: Laney's p′.

    Args: as for ``p_chart``; ``frozen.sigma`` is σz.
    Returns: as ``p_chart``, with limits σz times as wide; ``ratio`` is σz, from the moving ranges of the standardised
        shares over d2. Above 1 the samples vary more than units drawn at random would.
    Raises: BadReadings: as ``p_chart``.
    Source: Laney, Quality Engineering 14 (2002) 531-537.
    """
    return _p_like("laney-p", nonconforming, sizes, **options)


def c_chart(counts: Readings, **options: Unpack[Options]) -> Chart:
    """Chart the number of defects in samples of one size.

    Args: counts: defects. frozen: ``center``, defects in a sample. base, rules, width: see ``Options``.
    Raises: BadReadings: ``too_few``, ``negative``, ``constant`` (no defect at all), ``outside``.
    Source: Montgomery (2013), section 7.3.1.
    """
    return _u_like("c", counts, 1.0, **options)


def u_chart(counts: Readings, sizes: Readings | float, **options: Unpack[Options]) -> Chart:
    """Chart defects per unit.

    Args: counts: defects in each sample. sizes: units (metres, square metres …) in each, whole or not. frozen:
        ``center``, defects per unit.
    Raises: BadReadings: ``too_few``, ``negative``, ``size_zero``, ``same_length``, ``constant``, ``outside``.
    Source: Montgomery (2013), section 7.3.2.
    """
    return _u_like("u", counts, sizes, **options)


def laney_u(counts: Readings, sizes: Readings | float, **options: Unpack[Options]) -> Chart:
    """Chart defects per unit of large samples, whose level itself wanders: Laney's u′; see ``laney_p``."""
    return _u_like("laney-u", counts, sizes, **options)


def g_chart(
    between: Readings,
    *,
    event_counted: bool = False,
    frozen: Frozen | None = None,
    base: Base = ALL,
    rules: str = "nelson",
    width: float = WIDTH,
) -> Chart:
    """Chart the units between two events that seldom happen.

    Args: between: units from one event to the next. event_counted: whether the event's own unit is counted, so that
        the least is 1, else 0. frozen: ``center``, the mean number between.
    Returns: limits from the geometric distribution's standard deviation, the lower cut at the least possible.
    Raises: BadReadings: ``too_few``, ``negative``, ``size_zero`` (a 0 where the event is counted), ``constant``.
    Source: Kaminsky, Benneyan, Davis and Burke, Journal of Quality Technology 24 (1992) 63-69.
    """
    width_of(width)
    frozen = frozen or Frozen()
    column = numbers(between, least=LEAST_POINTS if frozen.center is None else 1, of="points")
    least = 1 if event_counted else 0
    _counts(column, least, "size_zero" if event_counted else "negative")
    center, used = _center(column, 1.0, frozen, base)
    variance = center * (center - 1 if event_counted else center + 1)
    if not variance > 0:
        raise BadReadings("constant")
    sigma = math.sqrt(variance)
    main = track("between", column, center, sigma, rule_set(rules), low=float(least), width=width)
    return Chart("g", main, None, center, sigma, "geometric", frozen.phase, used)


def _p_like(
    kind: _AlikeP,
    nonconforming: Readings,
    sizes: Readings | float,
    frozen: Frozen | None = None,
    base: Base = ALL,
    rules: str = "nelson",
    width: float = WIDTH,
) -> Chart:
    import numpy as np

    frozen = frozen or Frozen()
    counts, units = _pair(nonconforming, sizes, frozen, width)
    if (counts > units).any():
        raise BadReadings("above_size", row=int(np.argmax(counts > units)) + 1)
    center, used = _center(counts, units, frozen, base)
    if not 0 < center < 1:
        if frozen.center is not None:
            raise BadReadings("outside", what="center", value=center, low=0, high=1)
        raise BadReadings("constant")
    sigma = math.sqrt(center * (1 - center))
    se = sigma / np.sqrt(units)
    if kind == "np":
        limits = rule_set(rules)
        main = track("count", counts, center * units, se * units, limits, low=0.0, high=units, width=width)
        return Chart("np", main, None, center, sigma, "binomial", frozen.phase, used)
    shares = counts / units
    ratio = None
    if kind == "laney-p":
        ratio = _laney(shares, center, se, frozen, base)
        se = se * ratio
    main = track("proportion", shares, center, se, rule_set(rules), low=0.0, high=1.0, width=width)
    return Chart(kind, main, None, center, sigma, "binomial", frozen.phase, used, ratio)


def _u_like(
    kind: _AlikeU,
    counts: Readings,
    sizes: Readings | float,
    frozen: Frozen | None = None,
    base: Base = ALL,
    rules: str = "nelson",
    width: float = WIDTH,
) -> Chart:
    import numpy as np

    frozen = frozen or Frozen()
    defects, units = _pair(counts, sizes, frozen, width)
    center, used = _center(defects, units, frozen, base)
    if not center > 0:
        raise BadReadings("constant")
    sigma = math.sqrt(center)
    se = sigma / np.sqrt(units)
    rates = defects / units
    ratio = None
    if kind == "laney-u":
        ratio = _laney(rates, center, se, frozen, base)
        se = se * ratio
    name: Literal["count", "rate"] = "count" if kind == "c" else "rate"
    main = track(name, rates, center, se, rule_set(rules), low=0.0, width=width)
    return Chart(kind, main, None, center, sigma, "poisson", frozen.phase, used, ratio)


def _pair(counts: Readings, sizes: Readings | float, frozen: Frozen, width: float) -> tuple[Any, Any]:
    import numpy as np

    width_of(width)
    counted = numbers(counts, least=LEAST_POINTS if frozen.center is None else 1, of="points")
    _counts(counted, 0, "negative")
    if isinstance(sizes, int | float):
        if not 0 < sizes < math.inf:
            raise BadReadings("size_zero", row=1)
        return counted, float(sizes)
    units = numbers(sizes)
    if units.size != counted.size:
        raise BadReadings("same_length", one=int(counted.size), other=int(units.size))
    if not (units > 0).all():
        raise BadReadings("size_zero", row=int(np.argmin(units > 0)) + 1)
    return counted, units


def _counts(column: Any, least: int, code: str) -> None:  # noqa: ANN401 - NumPy stays inside
    import numpy as np

    if not (column >= least).all():
        raise BadReadings(code, row=int(np.argmin(column >= least)) + 1)
    if not (whole := column == np.floor(column)).all():
        raise BadReadings("not_whole", row=int(np.argmin(whole)) + 1)


def _center(counts: Any, units: Any, frozen: Frozen, base: Base) -> tuple[float, int]:  # noqa: ANN401
    import numpy as np

    if frozen.center is not None:
        return frozen.center, 0
    mask = base.mask(counts.size, least=LEAST_POINTS)
    used = counts if mask is None else counts[mask]
    of_used = units if mask is None or not np.ndim(units) else units[mask]
    over = float(of_used.sum()) if np.ndim(of_used) else of_used * used.size
    return float(used.sum()) / over, int(used.size)


def _laney(rates: Any, center: float, se: Any, frozen: Frozen, base: Base) -> float:  # noqa: ANN401
    """Return σz: how much more the rates vary from one to the next than chance alone would let them."""
    import numpy as np

    if (given := frozen.known_sigma()) is not None:
        return given
    mask = base.mask(rates.size, least=LEAST_POINTS)
    z = (rates - center) / se
    z = z if mask is None else z[mask]
    ratio = float(np.abs(np.diff(z)).mean()) / d2(2)
    if not ratio > 0:
        raise BadReadings("constant")
    return ratio
