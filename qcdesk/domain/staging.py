# SPDX-License-Identifier: Apache-2.0
"""How far a check goes: which units it asks for by what was found in it, and when it is decided.

A class of a double or multiple plan asks for its next sample only when the one before decides nothing. The samples of a
class are the beginning of the drawn order, so that a check asks for the units up to the farthest sample that any class
needs. Each check goes by its own findings alone. Where the procedure lets a check end as soon as it must reject
(curtailment), nothing more is asked for then; its verdict is the one that going on would have come to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from qcdesk.domain.events import Place, RoundOpened
from qcdesk.domain.modes import rank, units_for
from qcdesk.domain.reviewing import claims_by_review
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import Claimed, ClassState, ClassVerdict, SamplingPlan, judge, overall


def claims_of(opened: RoundOpened, work: Work) -> tuple[Claimed, ...]:
    """Return what a check claims: findings that stand, readings out of limits, what it agrees with in review."""
    content = opened.procedure.content
    found = tuple(Claimed(f.unit, f.code, f.defect_class, f.count) for f in work.standing_findings())
    outside = tuple(
        Claimed(m.unit, m.characteristic, content.class_of(m.characteristic))
        for m in work.standing_readings()
        if not m.inside
    )
    return (*found, *outside, *claims_by_review(opened, work))


def judge_check(
    opened: RoundOpened, work: Work, place: Place = "first"
) -> tuple[tuple[ClassVerdict, ...], ClassState]:
    """Return the verdict per class of one check, and of the whole; live while it runs."""
    classes = judge_claims(
        opened, claims_of(opened, work), left_out_of(work), looked_at(opened, work), second=place == "second"
    )
    return classes, overall(classes)


def left_out_of(work: Work) -> frozenset[int]:
    """Return the sample numbers that a check left out, with a reason."""
    return frozenset(r.unit for r in work.results if r.not_done is not None)


def judge_claims(
    opened: RoundOpened,
    claims: Iterable[Claimed],
    left_out: Collection[int],
    looked: Collection[int] | None = None,
    *,
    second: bool = False,
) -> tuple[ClassVerdict, ...]:
    """Return the verdict per class of some claims in the first person's sample, or in the second's; see ``judge``."""
    if not second or not opened.fresh:
        return judge(opened.plan, claims, left_out=left_out, looked=looked)
    return judge(opened.plan, claims, lambda unit: rank(opened, unit), left_out, looked)


def goes_by_findings(opened: RoundOpened) -> bool:
    """Tell whether it depends on what a check finds how many units it asks for."""
    return opened.procedure.content.curtail or any(one.stages for one in opened.plan.classes)


def looked_at(opened: RoundOpened, work: Work) -> frozenset[int] | None:
    """Return the sample numbers that a check went through so far; None where it must go through all of them anyway."""
    return frozenset(work.done_units()) if goes_by_findings(opened) else None


def asked_of(opened: RoundOpened, work: Work, place: Place = "first") -> tuple[int, ...]:
    """Return the units that a check asks for by what is on record in it: no sample before it is needed."""
    units = units_for(opened, place)
    if place == "third" or not any(one.stages for one in opened.plan.classes):
        return units
    farthest = max(
        one.n for one in judge_check(opened, work, place)[0] if opened.plan.of(one.defect_class) is not None
    )
    return tuple(unit for unit in units if unit <= farthest or unit > opened.plan.n)


def may_end(opened: RoundOpened, work: Work, place: Place = "first") -> bool:
    """Tell whether a check may end before its last unit: the procedure allows it and it rejects for certain."""
    return opened.procedure.content.curtail and judge_check(opened, work, place)[1] == "rejected"


def must_have(opened: RoundOpened, work: Work, place: Place = "first") -> tuple[int, ...]:
    """Return the units that need a result before a check is signed; where it may end, those that were begun."""
    asked = asked_of(opened, work, place)
    if not may_end(opened, work, place):
        return asked
    begun = {c.unit for c in work.standing_findings()} | {m.unit for m in work.standing_readings()}
    return tuple(unit for unit in asked if unit in begun or unit in work.done_units())


def further(
    plan: SamplingPlan, classes: Iterable[ClassVerdict], undone: Iterable[int], begun: Collection[int]
) -> tuple[int, ...]:
    """Return the units of a further sample that was just asked for; none while others are open, or once it is begun.

    Args: undone: sample numbers that are asked for and have no result. begun: those on which anything is on record.
    """
    ends = []
    asking = False
    for one in classes:
        of = plan.of(one.defect_class)
        goes_on = one.verdict == "undecided" and one.stage > 1
        if of is not None:
            ends.append(of.samples()[one.stage - 2].cumulative_n if goes_on else one.n)
        asking |= goes_on
    before, left = max(ends, default=0), tuple(undone)
    if not asking or any(unit <= before or unit > plan.n for unit in left):
        return ()
    return left if not any(before < unit <= plan.n for unit in begun) else ()


def to_gather(opened: RoundOpened, work: Work, place: Place = "first") -> tuple[int, ...]:
    """Return the units to gather for a check now: those of a further sample just asked for, else all asked for so far.

    Args: work: of the check; an empty one before it begins, and for whoever may not know how far it went.
    """
    asked, done = asked_of(opened, work, place), work.done_units()
    begun = {f.unit for f in work.standing_findings() if f.unit is not None}
    begun |= {m.unit for m in work.standing_readings()} | done
    undone = (unit for unit in asked if unit not in done)
    return further(opened.plan, judge_check(opened, work, place)[0], undone, begun) or asked
