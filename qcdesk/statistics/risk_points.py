# SPDX-License-Identifier: Apache-2.0
"""Read an operating characteristic the other way: the quality that passes so often, and the curve to draw."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_models import BadPlan, Lot, Model

PRODUCER, INDIFFERENT, CONSUMER = 0.95, 0.5, 0.1
_END_OF_CURVE = 0.002
_HALVINGS = 60
_ROUGHLY = 16  # halvings: where a curve ends need not be exact


@dataclass(frozen=True)
class RiskPoint:
    """A quality ``p`` and how often it passes, ``pa``; ``bad``: the units of a lot that it means, else None."""

    p: float
    pa: float
    bad: int | None = None


def quality_at(plan: Stages, model: Model, pa: float, *, halvings: int = _HALVINGS) -> float:
    """Return the quality that the plan passes so often.

    Args: pa: between 0 and 1, both excluded. halvings: of the interval that holds it, for less than all digits.
    Returns: p as for ``acceptance``; in a lot it may lie between two that can be; 1 where even all bad passes more often.
    Raises: BadPlan: ``chance_outside`` (``value``), ``sample_above_lot``.
    """
    if not 0 < pa < 1:
        raise BadPlan("chance_outside", value=pa)
    low, high = 0.0, 1.0
    if model.several:
        high = plan.re[-1] / plan.total
        while acceptance(plan, model, high) > pa:
            high *= 2
    elif acceptance(plan, model, 1.0) > pa:
        return 1.0
    for _ in range(halvings):
        middle = (low + high) / 2
        if acceptance(plan, model, middle) >= pa:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def producers_point(plan: Stages, model: Model, pa: float = PRODUCER) -> RiskPoint:
    """Return the worst quality that still passes at least so often: in a lot a whole number of bad units.

    Raises: BadPlan: as ``quality_at``.
    """
    return _point(plan, model, pa, at_least=True)


def consumers_point(plan: Stages, model: Model, pa: float = CONSUMER) -> RiskPoint:
    """Return the best quality that passes at most so often: in a lot a whole number of bad units.

    Raises: BadPlan: as ``quality_at``.
    """
    return _point(plan, model, pa, at_least=False)


def _point(plan: Stages, model: Model, pa: float, *, at_least: bool) -> RiskPoint:
    p = quality_at(plan, model, pa)
    if not isinstance(model, Lot):
        return RiskPoint(p, acceptance(plan, model, p))
    bad = min(model.size, math.floor(p * model.size + 1e-6))
    if not at_least and acceptance(plan, model, bad / model.size) > pa and bad < model.size:
        bad += 1
    return RiskPoint(bad / model.size, acceptance(plan, model, bad / model.size), bad)


def curve(plan: Stages, model: Model, points: int = 200, most: float | None = None) -> tuple[RiskPoint, ...]:
    """Return the operating characteristic from no bad ones to where hardly anything passes.

    Args: points: 2 or more; fewer come where the lot has fewer shares. most: the quality at which it ends.
    Raises: BadPlan: ``sample_above_lot``, ``share_outside``, ``too_few_points``.
    """
    if points < 2:
        raise BadPlan("too_few_points", value=points, least=2)
    end = most if most is not None else quality_at(plan, model, _END_OF_CURVE, halvings=_ROUGHLY)
    if isinstance(model, Lot):
        last = min(model.size, max(1, math.ceil(end * model.size - 1e-6)))
        counts = sorted({round(step * last / (points - 1)) for step in range(points)})
        return tuple(RiskPoint(d / model.size, acceptance(plan, model, d / model.size), d) for d in counts)
    qualities = [step * end / (points - 1) for step in range(points)]
    return tuple(RiskPoint(p, acceptance(plan, model, p)) for p in qualities)
