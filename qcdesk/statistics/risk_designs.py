# SPDX-License-Identifier: Apache-2.0
"""From risks to plans: the cheapest single, double and zero-acceptance plan, limiting quality, and a share of the lot.

All of them are computed from their definitions; none stands in a published table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from qcdesk.statistics.risk import LARGEST_SAMPLE, Stages, acceptance
from qcdesk.statistics.risk_averages import average_sample
from qcdesk.statistics.risk_doubles import Points, cheapest_double
from qcdesk.statistics.risk_models import BadPlan, Lot, Model, model_for

LOTS_TO_COMPARE = (50, 200, 1000, 5000)
_MOST_AC = 100_000
_FEW = 30  # from here on, one more accepted only makes it easier to keep both risks
_MOST_AC_OF_DOUBLE = 60  # above it trying them all takes longer than anybody waits
_BEYOND = 4  # acceptance numbers above the single plan's that a double plan is tried with
_ROUNDING = 1e-6  # of a unit: 0.1 of 150 units is 15, whatever its float says


@dataclass(frozen=True)
class Design:
    """A plan and what it does at the two points: ``producer_risk`` rejects at p1, ``consumer_risk`` passes at p2.

    ``average`` is its average sample number at p1, in units. ``meets`` says whether both risks are kept.
    """

    plan: Stages
    producer_risk: float
    consumer_risk: float
    average: float
    meets: bool


@dataclass(frozen=True)
class Designs:
    """The cheapest plans for two risk points.

    ``double_of_all`` says whether ``double`` is the cheapest of all double plans or, where there are too many to
    search, of a kind; ``double`` is None where none of that kind keeps both risks, or where the single plan accepts so
    many (above 60) that trying even these would take too long. ``p1`` and ``p2`` are the qualities that were computed
    with: in a lot those of whole units.
    """

    single: Design
    double: Design | None
    double_of_all: bool
    zero: Design
    p1: float
    p2: float


@dataclass(frozen=True)
class ShareOfLot:
    """What a fixed share means in a lot of one size: ``n`` units, and how often goods pass (``pa``)."""

    lot_size: int
    n: int
    pa: float


def design(
    p1: float, alpha: float, p2: float, beta: float, lot_size: int | None = None, *, per_item: bool = False
) -> Designs:
    """Return the cheapest plans that reject p1 at most alpha and pass p2 at most beta of the time.

    Single: the smallest n. Double: the smallest average sample number at p1 of all double plans (``cheapest_double``),
    or, where these are too many, of those whose second sample is as large as the first or twice that, with one
    rejection number for both. Zero acceptance: the smallest n that keeps beta; alpha it can hardly keep.

    Args: p1, p2: good and bad quality as for ``acceptance``; in a lot they are rounded to whole units, p1 down and p2 up.
        alpha, beta: risks between 0 and 1. lot_size: None for a stream. per_item: nonconformities per item.
    Raises: BadPlan: ``points_crossed`` (p1 not below p2), ``risk_outside``, ``risks_crossed``, ``share_outside``,
        ``no_plan`` (no sample is large enough), those of ``Lot``.
    Source: computed from its definition.
    """
    model = model_for(lot_size, per_item=per_item)
    for risk in (alpha, beta):
        if not 0 < risk < 1:
            raise BadPlan("risk_outside", value=risk)
    if 1 - alpha <= beta:
        raise BadPlan("risks_crossed", alpha=alpha, beta=beta)
    good, bad = _good(model, p1), _bad(model, p2)
    if not good < bad:
        raise BadPlan("points_crossed", p1=p1, p2=p2)

    def judged(plan: Stages) -> Design:
        producer = 1 - acceptance(plan, model, good)
        consumer = acceptance(plan, model, bad)
        average = average_sample(plan, model, good)
        return Design(plan, producer, consumer, average, producer <= alpha and consumer <= beta)

    def of(ac: int) -> Design:
        return judged(_smallest(model, bad, beta, ac))

    zero = of(0)
    few = (found for found in map(of, range(_FEW)) if found.meets)
    single = next(few, None) or of(_first_that(lambda ac: of(ac).meets, _FEW, _MOST_AC))
    of_kind = _double(model, bad, beta, single, judged)
    points = Points(model, good, alpha, bad, beta)
    of_all = None if of_kind is None else cheapest_double(points, of_kind.plan)
    double = of_kind if of_all is None else judged(of_all)
    return Designs(single, double, of_all is not None, zero, good, bad)


def zero_acceptance(limiting_quality: float, beta: float = 0.1, lot_size: int | None = None) -> Stages:
    """Return the smallest sample that passes a lot of limiting quality at most beta of the time, accepting no bad unit.

    Args: limiting_quality: share of bad units; in a lot rounded up to whole ones. lot_size: None for a stream.
    Raises: BadPlan: ``share_outside``, ``risk_outside``, those of ``Lot``.
    Source: computed from its definition, hypergeometric in a lot; 500 units at 1 % and 10 % take 184.
    """
    return limiting_quality_plan(limiting_quality, beta, 0, lot_size)


def limiting_quality_plan(
    limiting_quality: float,
    beta: float = 0.1,
    ac: int = 0,
    lot_size: int | None = None,
    *,
    per_item: bool = False,
) -> Stages:
    """Return the single plan for an isolated lot: the smallest sample that passes the limiting quality at most beta.

    Computed from the definition of limiting quality; the tables of ISO 2859-2 were not at hand and are not claimed.

    Args: ac: how many bad units the sample may hold. Others as in ``zero_acceptance``.
    Raises: BadPlan: ``share_outside``, ``risk_outside``, ``ac_reaches_limit`` (the lot at its limiting quality
        holds no more bad units than ``ac``, facts ``ac``, ``bad``), ``ac_below_zero``, ``no_plan``.
    """
    model = model_for(lot_size, per_item=per_item)
    if not 0 < beta < 1:
        raise BadPlan("risk_outside", value=beta)
    if not limiting_quality > 0:
        raise BadPlan("share_outside", value=limiting_quality)
    model.require(1, limiting_quality)
    bad = _bad(model, limiting_quality)
    if isinstance(model, Lot) and model.bad(bad) <= ac:
        raise BadPlan("ac_reaches_limit", ac=ac, bad=model.bad(bad))
    return _smallest(model, bad, beta, ac)


def share_of_lot(lot_size: int, percent: float, ac: int = 0) -> Stages:
    """Return the plan that takes so many percent of the lot, rounded up to a unit.

    Raises: BadPlan: ``percent_outside``, those of ``Lot``.
    """
    if not 0 < percent <= 100:
        raise BadPlan("percent_outside", value=percent)
    lot = Lot(lot_size)
    return Stages.single(min(lot.size, max(1, math.ceil(lot.size * percent / 100 - _ROUNDING))), ac)


def share_compared(
    percent: float, p: float, lot_sizes: tuple[int, ...] = LOTS_TO_COMPARE, ac: int = 0
) -> tuple[ShareOfLot, ...]:
    """Return why a share of the lot is a bad plan: how differently it passes the same goods in lots of other sizes.

    Raises: BadPlan: ``percent_outside``, ``share_outside``, those of ``Lot``.
    """
    rows = []
    for size in lot_sizes:
        plan = share_of_lot(size, percent, ac)
        rows.append(ShareOfLot(size, plan.n[0], acceptance(plan, Lot(size), p)))
    return tuple(rows)


def _good(model: Model, p: float) -> float:
    model.require(1, p)
    return math.floor(p * model.size + _ROUNDING) / model.size if isinstance(model, Lot) else p


def _bad(model: Model, p: float) -> float:
    model.require(1, p)
    return min(1.0, math.ceil(p * model.size - _ROUNDING) / model.size) if isinstance(model, Lot) else p


def _largest(model: Model) -> int:
    return model.size if isinstance(model, Lot) else LARGEST_SAMPLE


def _smallest(model: Model, bad: float, beta: float, ac: int, least: int = 1) -> Stages:
    """Return the single plan with the smallest sample that passes the bad quality at most beta of the time."""

    def fits(n: int) -> bool:
        return acceptance(Stages.single(n, ac), model, bad) <= beta

    return Stages.single(_first_that(fits, least, _largest(model)), ac)


def _first_that(fits: Callable[[int], bool], least: int, most: int) -> int:
    """Return the smallest number that fits, all larger ones fitting too.

    Raises: BadPlan: ``no_plan``.
    """
    low, high = least, max(1, least)
    while not fits(high):
        if high >= most:
            raise BadPlan("no_plan")
        low, high = high + 1, min(high * 2, most)
    while low < high:
        middle = (low + high) // 2
        if fits(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _double(
    model: Model, bad: float, beta: float, single: Design, judged: Callable[[Stages], Design]
) -> Design | None:
    best: Design | None = None
    ac = single.plan.ac[0] or 0
    if ac > _MOST_AC_OF_DOUBLE:
        return None
    for first in range(ac + 1):
        # The first sample alone must keep beta at its acceptance number.
        least = _smallest(model, bad, beta, first).n[0]
        if best is not None and least >= best.average:
            break
        for last in range(max(first + 1, ac - _BEYOND), ac + _BEYOND + 1):
            for times in (1, 2):

                def plan(n: int, first: int = first, last: int = last, times: int = times) -> Stages:
                    return Stages((n, times * n), (first, last), (last + 1, last + 1))

                def fits(n: int, plan: Callable[[int], Stages] = plan) -> bool:
                    return acceptance(plan(n), model, bad) <= beta

                try:
                    found = judged(plan(_first_that(fits, least, _largest(model) // (times + 1))))
                except BadPlan:
                    continue
                if found.meets and (best is None or found.average < best.average):
                    best = found
    return best
