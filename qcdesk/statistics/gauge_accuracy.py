# SPDX-License-Identifier: Apache-2.0
"""Whether a gauge reads true: bias at one reference, linearity over several, stability over time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qcdesk.statistics.control_charts import Chart
from qcdesk.statistics.distributions import t_below, t_quantile
from qcdesk.statistics.readings import BadReadings, Readings, numbers
from qcdesk.statistics.subgroups import Subgroups
from qcdesk.statistics.variables_charts import i_mr, xbar_r

LEAST_READINGS = 10
LEAST_REFERENCES = 3
LEAST_IN_TIME = 10


@dataclass(frozen=True)
class Bias:
    """The mean of ``n`` readings less their ``reference``.

    ``sd`` of the readings (n - 1), ``se`` of their mean, ``t`` and two-sided ``p`` of no bias, ``low`` … ``high`` the
    interval of the bias; all but t and p in the unit of the readings.
    """

    n: int
    reference: float
    mean: float
    bias: float
    sd: float
    se: float
    t: float
    p: float
    low: float
    high: float

    @property
    def shown(self) -> bool:
        """Whether the interval leaves 0 out."""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True)
class Coefficient:
    """Slope or intercept with standard error, t and two-sided p of being 0, and interval."""

    value: float
    se: float
    t: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Linearity:
    """How the bias changes over the range: bias = intercept + slope × reference.

    ``sd`` of what the line leaves over (n - 2), ``r_squared`` 0 … 1, ``biases`` at each reference in order of it.
    ``zero_inside``: whether bias 0 lies in the line's confidence band at every reference, the mark of a linear gauge.
    """

    n: int
    slope: Coefficient
    intercept: Coefficient
    sd: float
    r_squared: float
    biases: tuple[Bias, ...]
    zero_inside: bool


def bias_study(readings: Readings, reference: float, *, confidence: float = 0.95) -> Bias:
    """Compare readings of one master with its reference value.

    Args: readings: 10 or more. reference: in their unit.
    Raises: BadReadings: ``too_few``, ``constant``, ``not_finite``.
    Source: AIAG, Measurement Systems Analysis (2010), chapter III, section B, bias: independent sample method.
    """
    column = numbers(readings, least=LEAST_READINGS)
    return _bias(column.tolist(), _finite(reference), _sure(confidence))


def linearity_study(readings: Readings, references: Readings, *, confidence: float = 0.95) -> Linearity:
    """Fit the bias of readings over the range of their references.

    Args: readings, references: of one length, 3 or more different references with 2 or more readings each.
    Raises: BadReadings: ``too_few`` references or readings, ``constant``, ``same_length``, ``not_finite``.
    Source: AIAG (2010), chapter III, section B, linearity.
    """
    column, known = numbers(readings), numbers(references)
    if column.size != known.size:
        raise BadReadings("same_length", one=int(column.size), other=int(known.size))
    _sure(confidence)
    by_reference: dict[float, list[float]] = {}
    for value, reference in zip(column.tolist(), known.tolist(), strict=True):
        by_reference.setdefault(reference, []).append(value)
    if len(by_reference) < LEAST_REFERENCES:
        raise BadReadings("too_few", n=len(by_reference), least=LEAST_REFERENCES, of="references")
    if (fewest := min(map(len, by_reference.values()))) < 2:
        raise BadReadings("too_few", n=fewest, least=2, of="readings")
    pairs = [(x, value - x) for x, values in by_reference.items() for value in values]
    n = len(pairs)
    mean_x = math.fsum(x for x, _ in pairs) / n
    mean_y = math.fsum(y for _, y in pairs) / n
    sxx = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    sxy = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs)
    syy = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    slope = sxy / sxx
    intercept = mean_y - slope * mean_x
    left = math.fsum((y - intercept - slope * x) ** 2 for x, y in pairs)
    if left <= 1e-24 * max(syy, sxx):
        raise BadReadings("constant")
    sd = math.sqrt(left / (n - 2))
    quantile = t_quantile((1 + confidence) / 2, n - 2)

    def coefficient(value: float, se: float) -> Coefficient:
        t = value / se
        return Coefficient(
            value, se, t, 2 * t_below(-abs(t), n - 2), value - quantile * se, value + quantile * se
        )

    inside = all(
        abs(intercept + slope * x) <= quantile * sd * math.sqrt(1 / n + (x - mean_x) ** 2 / sxx)
        for x in by_reference
    )
    return Linearity(
        n=n,
        slope=coefficient(slope, sd / math.sqrt(sxx)),
        intercept=coefficient(intercept, sd * math.sqrt(1 / n + mean_x**2 / sxx)),
        sd=sd,
        r_squared=1 - left / syy if syy > 0 else 0.0,
        biases=tuple(_bias(values, x, confidence) for x, values in sorted(by_reference.items())),
        zero_inside=inside,
    )


def stability_study(readings: Readings | Subgroups, *, rules: str = "nelson") -> Chart:
    """Chart readings of one master over time; a gauge is stable where nothing on the chart breaks a rule.

    Args: readings: 10 or more single ones, or 10 or more subgroups.
    Raises: BadReadings: ``too_few``, and those of the charts.
    Source: AIAG (2010), chapter III, section B, stability.
    """
    if isinstance(readings, Subgroups):
        if readings.count < LEAST_IN_TIME:
            raise BadReadings("too_few", n=readings.count, least=LEAST_IN_TIME, of="subgroups")
        return xbar_r(readings, rules=rules)
    return i_mr(numbers(readings, least=LEAST_IN_TIME), rules=rules)


def _bias(values: list[float], reference: float, confidence: float) -> Bias:
    n = len(values)
    mean = math.fsum(values) / n
    sd = math.sqrt(math.fsum((x - mean) ** 2 for x in values) / (n - 1))
    se, bias = sd / math.sqrt(n), mean - reference
    if min(values) == max(values):
        bias = values[0] - reference
        t = 0.0 if bias == 0 else math.copysign(math.inf, bias)
        return Bias(n, reference, mean, bias, 0.0, 0.0, t, float(bias == 0), bias, bias)
    reach = t_quantile((1 + confidence) / 2, n - 1) * se
    t = bias / se
    return Bias(n, reference, mean, bias, sd, se, t, 2 * t_below(-abs(t), n - 1), bias - reach, bias + reach)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise BadReadings("not_finite", what="reference")
    return value


def _sure(confidence: float) -> float:
    if not 0.5 <= confidence < 1:
        raise BadReadings("outside", what="confidence", value=confidence, low=0.5, high=1)
    return confidence
