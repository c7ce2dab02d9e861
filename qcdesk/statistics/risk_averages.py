# SPDX-License-Identifier: Apache-2.0
"""What a plan costs and lets through on average: outgoing quality and its limit, units inspected, curtailed or not."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from qcdesk.statistics.proportions import at_least, at_most
from qcdesk.statistics.risk import Stages, acceptance, continuing, counted, outcome
from qcdesk.statistics.risk_models import BadPlan, Lot, Model, PerItem, Stream

Curtailment = Literal["none", "later", "rejection", "both"]
CURTAILMENTS: Final[tuple[Curtailment, ...]] = ("none", "later", "rejection", "both")
"""When the inspection of a sample stops before its end: never; only in the second and later samples, once rejection is
sure; in every sample, once rejection is sure; or once either decision is sure."""

_STEPS = 120  # qualities looked at before the top is narrowed down
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class OutgoingLimit:
    """The worst average outgoing quality (``aoql``) and the incoming quality at which it comes (``p``)."""

    aoql: float
    p: float


def outgoing_quality(plan: Stages, p: float, lot_size: int | None = None, *, per_item: bool = False) -> float:
    """Return the average outgoing quality (AOQ) when rejected lots are sorted and every bad unit found is replaced.

    Args: p: quality of the process that the lots come from, as for ``acceptance``. lot_size: units; None for lots
        so large that the sample does not matter. per_item: nonconformities, by Poisson.
    Raises: BadPlan: ``share_outside``, ``rate_outside``, ``sample_above_lot``, those of ``Lot``.
    Source: Pa p (N - n) / N, each stage of several with the units drawn by then (Montgomery, Introduction to Statistical
        Quality Control, chapter on lot-by-lot acceptance sampling); Pa of lots from a process is binomial.
    """
    model = _process(plan, lot_size, per_item)
    if lot_size is None:
        return acceptance(plan, model, p) * p
    shares = zip(outcome(plan, model, p).accepts, plan.cumulative, strict=True)
    return p * math.fsum(pa * (lot_size - n) / lot_size for pa, n in shares)


def outgoing_limit(plan: Stages, lot_size: int | None = None, *, per_item: bool = False) -> OutgoingLimit:
    """Return the average outgoing quality limit (AOQL): the largest AOQ at any quality; see ``outgoing_quality``.

    Raises: BadPlan: as there.
    """
    most = 1.0 if not per_item else (plan.re[-1] + 10 * math.sqrt(plan.re[-1]) + 10) / min(plan.n)

    def at(p: float) -> float:
        return outgoing_quality(plan, p, lot_size, per_item=per_item)

    least = 1e-3 / plan.total * min(1.0, most)
    ratio = (most / least) ** (1 / _STEPS)
    grid = [least * ratio**step for step in range(_STEPS)] + [most]
    top = max(range(len(grid)), key=lambda i: at(grid[i]))
    p = _highest(at, grid[max(0, top - 1)], grid[min(top + 1, len(grid) - 1)])
    return OutgoingLimit(at(p), p)


def total_inspected(plan: Stages, p: float, lot_size: int, *, per_item: bool = False) -> float:
    """Return the average total inspection (ATI) in units per lot, rejected lots being inspected whole.

    Args: p: as in ``outgoing_quality``. lot_size: units.
    Raises: BadPlan: as there.
    Source: n + (1 - Pa)(N - n) for a single plan (Montgomery, as above), stage by stage for others.
    """
    found = outcome(plan, _process(plan, lot_size, per_item), p)
    accepted = math.fsum(pa * n for pa, n in zip(found.accepts, plan.cumulative, strict=True))
    return accepted + (1 - math.fsum(found.accepts)) * lot_size


def average_sample(plan: Stages, model: Model, p: float, curtailment: Curtailment = "none") -> float:
    """Return the average sample number (ASN) in units: what is inspected before the decision.

    Curtailment stops when the decision cannot change any more, so that it changes this number and never the decision.
    Where a unit can have several nonconformities, acceptance is never sure before the last unit.

    Raises: BadPlan: ``share_outside``, ``rate_outside``, ``sample_above_lot``.
    Source: computed from its definition; for one curtailed second sample it is Montgomery's formula (as above).
    """
    model.require(plan.total, p)
    between = model.whole_below(p)
    if between is not None:
        below, above, weight = between
        ends = [average_sample(plan, model, end, curtailment) for end in (below, above)]
        return (1 - weight) * ends[0] + weight * ends[1]
    if curtailment == "none":
        return math.fsum(n * r for n, r in zip(plan.n, outcome(plan, model, p).reached, strict=True))
    inspected = []
    for stage, n in enumerate(plan.n):
        whole = stage == 0 and curtailment == "later"
        starts = [(0, 1.0)] if stage == 0 else list(continuing(plan, model, p, stage - 1))
        before = plan.cumulative[stage] - n
        for count, share in starts:
            r = plan.re[stage] - count
            units = float(n) if whole else _until(model, p, before, count, n, r)
            accepts = plan.accepts_to(stage) - count
            if curtailment == "both" and not model.several and accepts >= 0:
                # Both together: r bad ones and n - accepts good ones cannot both be missing at the end.
                units += _until_good(model, p, before, count, n, n - accepts) - n
            inspected.append(share * units)
    return math.fsum(inspected)


def _until(model: Model, p: float, before: int, found: int, n: int, r: int) -> float:
    """Return how many of n units are inspected on average when the r-th bad one stops it."""
    if isinstance(model, PerItem):
        return math.fsum(_poisson_below(r, p * drawn) for drawn in range(n))
    if isinstance(model, Lot):
        return _until_in_lot(model.size - before, model.bad(p) - found, n, r)
    return _until_in_stream(p, n, r)


def _until_good(model: Model, p: float, before: int, found: int, n: int, r: int) -> float:
    """Return how many of n units are inspected on average when the r-th good one stops it."""
    if r <= 0 or r > n:
        return 0.0 if r <= 0 else float(n)
    if isinstance(model, Lot):
        rest = model.size - before
        return _until_in_lot(rest, rest - (model.bad(p) - found), n, r)
    return _until_in_stream(1 - p, n, r)


def _until_in_stream(p: float, n: int, r: int) -> float:
    if p * n < 1e-16 or r > n:
        return float(n)
    stream = Stream()
    # The small chance is summed of itself: one minus the large one has no digits of it.
    return n * counted(stream, p, n, 0, r - 1) + r / p * counted(stream, p, n + 1, r + 1, n + 1)


def _until_in_lot(size: int, bad: int, n: int, r: int) -> float:
    if bad < r or r > n:
        return float(n)
    short = at_most(r - 1, size, bad, n)
    return n * short + r * (size + 1) / (bad + 1) * at_least(r + 1, size + 1, bad + 1, n + 1)


def _poisson_below(r: int, mean: float) -> float:
    if mean == 0:
        return 1.0
    term = total = math.exp(-mean)
    if total == 0.0:  # so many on average that fewer than r are out of the question, or counted in logarithms
        logs = (count * math.log(mean) - mean - math.lgamma(count + 1) for count in range(r))
        return math.fsum(map(math.exp, logs))
    for count in range(1, r):
        term *= mean / count
        total += term
    return min(total, 1.0)


def _process(plan: Stages, lot_size: int | None, per_item: bool) -> Model:
    """Return the model of lots that come from a process; the lot's own size limits the sample only."""
    if lot_size is not None and plan.total > Lot(lot_size).size:
        raise BadPlan("sample_above_lot", sample=plan.total, lot=lot_size)
    return PerItem() if per_item else Stream()


def _highest(at: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one top in low … high has it."""
    one, other = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_one, at_other = at(one), at(other)
    for _ in range(60):
        if at_one < at_other:
            low, one, at_one = one, other, at_other
            other = low + _GOLDEN * (high - low)
            at_other = at(other)
        else:
            high, other, at_other = other, one, at_one
            one = high - _GOLDEN * (high - low)
            at_one = at(one)
    return (low + high) / 2
