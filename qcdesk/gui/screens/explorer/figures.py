# SPDX-License-Identifier: Apache-2.0
"""What a plan does in figures, and what the last real lots were like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qcdesk.domain.sampling import DefectClass
from qcdesk.gui.screens.explorer.plans import Looked
from qcdesk.services.lot_rows import LotRow
from qcdesk.statistics.distributions import chi_square_quantile
from qcdesk.statistics.proportions import exact_interval
from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_averages import OutgoingLimit, average_sample, outgoing_limit
from qcdesk.statistics.risk_models import model_for
from qcdesk.statistics.risk_points import RiskPoint, consumers_point, curve, producers_point
from qcdesk.statistics.sampling import Basis

POINTS = 201
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Figures:
    """``good`` passes 95 times in 100, ``bad`` 10 times; ``outgoing``: its worst average after sorting (AOQL).

    ``most`` and ``usual``: units looked at at most, and on average where goods are ``good``.
    """

    good: RiskPoint
    bad: RiskPoint
    outgoing: OutgoingLimit
    most: int
    usual: float


@dataclass(frozen=True, slots=True)
class Real:
    """What the last lots were like: ``counted`` in ``units`` units of ``lots`` lots; the 95 % interval is exact.

    ``seconds`` for one unit of one check, None where no check has told.
    """

    lots: int
    counted: int
    units: int
    basis: Basis
    rate: float
    low: float
    high: float


@lru_cache(maxsize=128)
def figures_of(stages: Stages, lot: int | None, basis: Basis) -> Figures:
    """Return the figures of a plan. Raises: BadPlan: as ``qcdesk.statistics.risk_points``."""
    per_item = basis == "per_100"
    model = model_for(lot, per_item=per_item)
    good = producers_point(stages, model)
    return Figures(
        good,
        consumers_point(stages, model),
        outgoing_limit(stages, lot, per_item=per_item),
        stages.total,
        average_sample(stages, model, good.p),
    )


@lru_cache(maxsize=128)
def curve_of(stages: Stages, lot: int | None, basis: Basis, most: float) -> tuple[RiskPoint, ...]:
    """Return the curve of a plan from no bad ones to a quality."""
    model = model_for(lot, per_item=basis == "per_100")
    return curve(stages, model, POINTS, most)


def passes(looked: Looked, p: float) -> float:
    """Return how often goods of a quality pass a plan."""
    return acceptance(looked.stages, looked.model, p)


def units_at(looked: Looked, p: float) -> float:
    """Return how many units are looked at on average, at a quality."""
    return average_sample(looked.stages, looked.model, p)


def real_of(lots: Sequence[LotRow], defect_class: DefectClass, basis: Basis) -> Real | None:
    """Return what the lots were like in a class; None where none was inspected for it, or counted otherwise."""
    found = [one for lot in lots if (one := lot.of(defect_class)) is not None and one.basis == basis]
    units = sum(one.n for one in found)
    if not units:
        return None
    counted = sum(one.counted for one in found)
    if basis == "percent":
        counted = min(counted, units)
        low, high = exact_interval(counted, units)
    else:
        low = chi_square_quantile(_TAIL, 2 * counted) / 2 / units if counted else 0.0
        high = chi_square_quantile(1 - _TAIL, 2 * counted + 2) / 2 / units
    return Real(len(found), counted, units, basis, counted / units, low, high)


def seconds_a_unit(lots: Sequence[LotRow]) -> float | None:
    """Return how long a unit took in the last checks; None where none has told."""
    units = sum(lot.units for lot in lots if lot.seconds > 0)
    return sum(lot.seconds for lot in lots) / units if units else None
