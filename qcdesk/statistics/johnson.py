# SPDX-License-Identifier: Apache-2.0
"""Johnson's curves: a distribution for readings that are not normal, fitted by four of their quantiles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

from qcdesk.statistics.distributions import normal_below, normal_quantile
from qcdesk.statistics.normality import anderson_darling
from qcdesk.statistics.readings import BadReadings, Readings, numbers

Family = Literal["bounded", "unbounded", "lognormal"]
LEAST = 30  # readings: four quantiles of fewer say little of tails
_SPACINGS: Final = tuple(
    round(0.25 + 0.02 * i, 2) for i in range(51)
)  # z of the inner quantiles, 0.25 … 1.25
_STEEPEST = 300.0  # beyond it the curve's ends leave the range of floats
_CONDENSED = 2_000  # quantiles that stand for a long column while a curve is chosen


@dataclass(frozen=True)
class Johnson:
    """A curve: ``gamma + eta f((x - epsilon) / scale)`` is standard normal.

    f is arsinh (unbounded), the logit (bounded, between epsilon and epsilon + scale) or the logarithm (lognormal,
    above epsilon, scale 1 or, mirrored below it, -1). ``epsilon`` and ``scale`` are in the unit of the readings.
    """

    family: Family
    gamma: float
    eta: float
    epsilon: float
    scale: float

    def score(self, value: float) -> float:
        """Return the standard normal value of a reading; infinite beyond the ends of a bounded curve."""
        y = (value - self.epsilon) / self.scale
        if self.family == "unbounded":
            return self.gamma + self.eta * math.asinh(y)
        if y <= 0:
            return math.copysign(math.inf, -self.scale)
        if self.family == "bounded":
            return math.inf if y >= 1 else self.gamma + self.eta * math.log(y / (1 - y))
        return math.copysign(1, self.scale) * (self.gamma + self.eta * math.log(y))

    def below(self, value: float) -> float:
        """Return the share of readings below a value."""
        return normal_below(self.score(value))

    def quantile(self, share: float) -> float:
        """Return the reading below which a share (0 … 1) lies."""
        z = normal_quantile(share)
        if self.family == "lognormal":
            z *= math.copysign(1, self.scale)
        bent = (z - self.gamma) / self.eta
        if self.family == "unbounded":
            return self.epsilon + self.scale * math.sinh(bent)
        if self.family == "bounded":
            return self.epsilon + self.scale / (1 + math.exp(-bent))
        return self.epsilon + self.scale * math.exp(bent)


@dataclass(frozen=True)
class JohnsonFit:
    """The curve that fits best, the ``spacing`` z it was found at, and the p of normal scores after it."""

    curve: Johnson
    spacing: float
    p: float


def fit_johnson(readings: Readings) -> JohnsonFit:
    """Fit a Johnson curve to readings.

    Args: readings: 30 or more, not all alike.
    Returns: of the curves through the quantiles at -3z, -z, z, 3z, z 0.25 to 1.25, the one whose scores look most
        normal by Anderson and Darling.
    Raises: BadReadings: ``too_few``, ``constant``, ``no_curve``: no curve holds all readings, ``not_finite``.
    Source: Slifker and Shapiro, Technometrics 22 (1980) 239-246; choice of z: Chou, Polansky and Mason, Journal of
        Quality Technology 30 (1998) 133-141.
    """
    import numpy as np

    ordered = np.sort(numbers(readings, least=LEAST))
    if ordered[0] == ordered[-1]:
        raise BadReadings("constant")
    sample = ordered
    if ordered.size > _CONDENSED:
        places = (np.arange(_CONDENSED) + 0.5) / _CONDENSED
        sample = np.concatenate((ordered[:1], np.quantile(ordered, places), ordered[-1:]))
    best: JohnsonFit | None = None
    for z in _SPACINGS:
        shares = [normal_below(k * z) for k in (-3, -1, 1, 3)]
        curve = through([float(q) for q in np.quantile(sample, shares, method="hazen")], z)
        if curve is None or (abs(curve.gamma) + 6) / curve.eta > _STEEPEST:
            continue
        scores = _scores(curve, sample)
        if not np.isfinite(scores).all() or scores.min() == scores.max():
            continue
        p = anderson_darling(scores).p
        if best is None or p > best.p:
            best = JohnsonFit(curve, z, p)
    if best is None:
        raise BadReadings("no_curve")
    return best


def through(quantiles: list[float], z: float) -> Johnson | None:
    """Return the curve whose quantiles at -3z, -z, z and 3z (standard normal) are these; None where two coincide.

    Source: Slifker and Shapiro (1980), equations 5 to 18.
    """
    lowest, low, high, highest = quantiles
    m, n, p = highest - high, low - lowest, high - low
    if not min(m, n, p) > 1e-9 * max(m, n, p):
        return None
    ratio, middle = m * n / p**2, (high + low) / 2
    if abs(ratio - 1) < 1e-9:
        if abs(m / p - 1) < 1e-9:  # straight: a normal curve, which the bounded family nears as it widens
            return None
        sign = 1 if m > p else -1
        grown = max(m / p, n / p)
        eta = 2 * z / math.log(grown)
        gamma = eta * math.log((grown - 1) / (p * math.sqrt(grown)))
        epsilon = middle - sign * p / 2 * (grown + 1) / (grown - 1)
        return Johnson("lognormal", gamma, eta, epsilon, float(sign))
    if ratio > 1:
        a, b = m / p, n / p
        eta = 2 * z / math.acosh((a + b) / 2)
        gamma = eta * math.asinh((b - a) / (2 * math.sqrt(ratio - 1)))
        scale = 2 * p * math.sqrt(ratio - 1) / ((a + b - 2) * math.sqrt(a + b + 2))
        epsilon = middle + p * (b - a) / (2 * (a + b - 2))
        return Johnson("unbounded", gamma, eta, epsilon, scale)
    a, b = p / m, p / n
    both = (1 + a) * (1 + b)
    eta = z / math.acosh(math.sqrt(both) / 2)
    gamma = eta * math.asinh((b - a) * math.sqrt(both - 4) / (2 * (a * b - 1)))
    scale = p * math.sqrt((both - 2) ** 2 - 4) / (a * b - 1)
    epsilon = middle - scale / 2 + p * (b - a) / (2 * (a * b - 1))
    return Johnson("bounded", gamma, eta, epsilon, scale)


def _scores(curve: Johnson, readings: Any) -> Any:  # noqa: ANN401 - NumPy stays inside
    import numpy as np

    y = (readings - curve.epsilon) / curve.scale
    with np.errstate(divide="ignore", invalid="ignore"):
        if curve.family == "unbounded":
            return curve.gamma + curve.eta * np.arcsinh(y)
        if curve.family == "bounded":
            return curve.gamma + curve.eta * np.log(y / (1 - y))
        return math.copysign(1, curve.scale) * (curve.gamma + curve.eta * np.log(y))
