# SPDX-License-Identifier: Apache-2.0
"""Promises: what a supplier said will be so, and the test by which later lots, or a document, decide whether it was.

Nobody types in whether a promise was kept. A lot is a delivery: a batch with all its parts. The lots that decide are the
first ones registered after the promise, in the order in which they were registered, and one that is not decided yet keeps
the promise open, however many later ones were inspected. Of a lot counts its first verdict as it stands now: a signature
taken back, or a release withdrawn, takes it back, until the lot is inspected anew; what follows a rejection by rework or
sorting replaces nothing. A later inspection of the lot, or of a part of it, never makes it better, but makes it worse: it
is rejected once one rejects, and shows whatever one found. A lot that was cut into parts before it had a verdict is
decided by its parts. A verdict that was taken back, and that none can follow, counts as rejected.

Passed over, and deciding nothing, is what never had a verdict and can have none any more, and what was inspected by a
procedure that does not look for what was promised. A lot is never passed over where it shows that all the same: a signed
check of goods that went away before two had judged them, a report or a complaint may say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import DefectClass, Verdict

TestKind = Literal["rate", "certificate", "accepted"]
TEST_KINDS: tuple[TestKind, ...] = ("rate", "certificate", "accepted")
PromiseState = Literal["kept", "late", "broken", "open"]
"""``late``: passed, but after its date. ``open``: not yet testable."""
PASSED: tuple[PromiseState, ...] = ("kept", "late")
MOST_LOTS = 100
_OF_FINDING = re.compile(r"A-\d+/")


@dataclass(frozen=True)
class PromiseTest:
    """How a promise is decided.

    ``rate``: units with the defect ``code``, or with any defect of ``defect_class``, are at most ``percent`` of the units
    inspected in the next ``lots`` lots together. ``certificate``: the document ``document`` is there by the date.
    ``accepted``: the next lot of ``product`` (a code; empty: whatever the action is about) is accepted, and
    shows none of the codes of the action.
    """

    kind: TestKind
    code: str = ""
    defect_class: DefectClass | None = None
    percent: Decimal | None = None
    lots: int = 0
    product: str = ""
    document: str = ""

    @property
    def needs(self) -> int:
        """How many lots decide it."""
        return {"rate": self.lots, "certificate": 0, "accepted": 1}[self.kind]


HappenedKind = Literal["opened", "judged", "taken_back", "withdrawn", "again"]


@dataclass(frozen=True)
class Happened:
    """What happened to a batch: a round was opened, judged or done again, a signature taken back, a release withdrawn.

    ``round``: empty: the one that is the last.
    """

    seq: int
    at: int
    kind: HappenedKind
    round: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Judged:
    """A verdict by a round of a batch."""

    batch: str
    round: str
    verdict: Verdict
    seq: int
    at: int


@dataclass(frozen=True)
class History:
    """Of one batch: its first verdict as it stands, the one that was taken back last, and what came after the first.

    ``unjudged``: the rounds that never came to a verdict; ``again``: those that both did again, whose findings stand.
    """

    stands: Judged | None = None
    lost: Judged | None = None
    later: tuple[Judged, ...] = ()
    unjudged: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """What stands of a lot: its verdict (None: not decided yet) by these rounds, or that none can come any more.

    ``later``: verdicts after those, on it or on its parts. ``lost``: those that were taken back where parts decide.
    ``unjudged``: of each batch of it of which no check can be signed any more, the rounds that came to no verdict.
    ``again``: rounds that both did again before the verdict; what either found there it shows as well.
    """

    verdict: Verdict | None = None
    rounds: tuple[Judged, ...] = ()
    over: bool = False
    later: tuple[Judged, ...] = ()
    lost: tuple[Judged, ...] = ()
    unjudged: tuple[tuple[str, ...], ...] = ()
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class LotFound:
    """What the standing verdict on a lot says: how many units were inspected, and how many had each code and class.

    ``verdict`` None: it is not decided yet; ``over``: why it is passed over (empty: it is not): how its goods went away
    unjudged, or ``unsought``. ``seq``: the event that registered it. ``rounds``: those that say so. ``told``: codes that
    were found in it otherwise, by a later inspection, a check of goods that went away unjudged, a complaint judged an
    escape or a report: it shows them too, on one unit where the first inspection found none. ``sought``: the codes, and
    ``classes_sought`` the classes, that every procedure looks for by which it was inspected. ``state``: where its batch
    is now; ``came``: the day on which it was registered.
    """

    batch: str
    number: str
    product: str
    on: date
    verdict: Verdict | None
    units: int
    codes: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    class_of: Mapping[str, DefectClass] = field(default_factory=dict)
    seq: int = 0
    over: str = ""
    rounds: tuple[Judged, ...] = ()
    told: Mapping[str, DefectClass] = field(default_factory=dict)
    sought: frozenset[str] = frozenset()
    classes_sought: frozenset[DefectClass] = frozenset()
    state: str = ""
    came: date | None = None

    def shows(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return which of some codes it shows."""
        return tuple(sorted(code for code in codes if self.codes.get(code) or code in self.told))

    def class_in(self, code: str) -> DefectClass:
        """Return the class of a code that it shows."""
        return self.class_of[code] if code in self.class_of else self.told[code]


@dataclass(frozen=True)
class Decision:
    """Where a promise stands: since which day (None: not yet testable), by which lots, and the figures of a rate.

    ``counted``: these lots and those that keep it open, not being decided yet, in the order of their registration;
    ``passed_over``: lots among them that decide nothing.
    """

    state: PromiseState
    on: date | None = None
    lots: tuple[str, ...] = ()
    bad: int = 0
    units: int = 0
    counted: tuple[LotFound, ...] = field(default=(), compare=False)
    passed_over: tuple[LotFound, ...] = field(default=(), compare=False)


def history_of(batch: str, happened: Iterable[Happened]) -> History:
    """Return the verdicts on a batch: the first one as it stands, and those after it."""
    stands: Judged | None = None
    lost: Judged | None = None
    later: list[Judged] = []
    unjudged: dict[str, None] = {}
    again: dict[str, None] = {}
    last = ""
    for one in happened:
        if one.kind == "opened":
            last = one.round
            unjudged[last] = None
        elif one.kind == "again":
            again[one.round] = None
        elif one.kind == "judged":
            if one.verdict is not None:
                unjudged.pop(one.round, None)
                judged = Judged(batch, one.round, one.verdict, one.seq, one.at)
                if stands is None:
                    stands = judged
                else:
                    later.append(judged)
        else:
            if one.kind == "taken_back":
                later = [each for each in later if each.round != (one.round or last)]
                if not one.round:  # of that round a line does not hold
                    unjudged.pop(last, None)
                    again.pop(last, None)
            if stands is not None:
                of_it = (one.round or last) == stands.round
                if one.kind == "withdrawn":
                    of_it = stands.verdict == "accepted"
                if of_it:
                    stands, lost = None, stands
    return History(stands, lost, tuple(later), tuple(unjudged), tuple(again))


def standing_of(history: History, parts: Iterable[Standing], *, inspectable: bool, closed: bool) -> Standing:
    """Return what stands of a batch: by its own verdict, else by its parts; a later one only makes it worse.

    Args: inspectable: it can be inspected as it is, under its own number. closed: nobody can begin or sign a check of it
        any more, so that what the first one found may be known.
    """
    below = tuple(parts)
    again = (*(history.again if history.stands is not None else ()), *(r for one in below for r in one.again))
    return replace(_standing(history, below, inspectable=inspectable, closed=closed), again=again)


def _standing(history: History, below: tuple[Standing, ...], *, inspectable: bool, closed: bool) -> Standing:
    stands, lost = history.stands, history.lost
    later = (*history.later, *(each for one in below for each in one.later))
    gone = tuple(each for one in below for each in one.lost)
    unjudged = tuple(each for one in below for each in one.unjudged)
    if stands is not None:
        later = (*later, *(each for one in below for each in one.rounds))
        worse = any(each.verdict == "rejected" for each in later)
        return Standing(
            "rejected" if worse else stands.verdict, (stands,), later=later, lost=gone, unjudged=unjudged
        )
    if inspectable:
        return Standing(later=later)
    unjudged = (history.unjudged, *unjudged) if history.unjudged and closed else unjudged
    decided = tuple(one for one in below if one.verdict is not None)
    waiting = any(one.verdict is None and not one.over for one in below)
    if lost is not None and (decided or waiting):
        gone = (lost, *gone)
    if waiting:
        return Standing(later=later, lost=gone, unjudged=unjudged)
    if decided:
        bad = "rejected" in {*(one.verdict for one in decided), *(one.verdict for one in later)}
        rounds = tuple(each for one in decided for each in one.rounds)
        return Standing("rejected" if bad else "accepted", rounds, later=later, lost=gone, unjudged=unjudged)
    if lost is not None:
        lost = replace(lost, verdict="rejected")
        return Standing("rejected", (lost,), later=later, lost=gone, unjudged=unjudged)
    return Standing(over=True, later=later, lost=gone, unjudged=unjudged)


def require_decidable(test: PromiseTest) -> None:
    """Refuse a test that the lots, or a document, could not decide.

    Raises: BadInput: ``promise_test`` (``kind`` and what is missing or beside the point).
    """

    def refuse(what: str, where: str) -> BadInput:
        return BadInput("promise_test", facts={"what": what}, where={"field": where})

    if test.kind not in TEST_KINDS:
        raise refuse("kind", "test")
    if test.kind == "rate":
        if bool(test.code) == (test.defect_class is not None):
            raise refuse("code_or_class", "code")
        if test.percent is None or not 0 <= test.percent < 100:
            raise refuse("percent", "percent")
        if not 1 <= test.lots <= MOST_LOTS:
            raise refuse("lots", "lots")
        if test.document or test.product:
            raise refuse("too_much", "test")
        return
    if test.code or test.defect_class is not None or test.percent is not None or test.lots:
        raise refuse("too_much", "test")
    if test.kind == "certificate" and (not test.document.strip() or test.product):
        raise refuse("document", "document")
    if test.kind == "accepted" and test.document:
        raise refuse("too_much", "test")


def decide(
    test: PromiseTest,
    due: date,
    lots: Iterable[LotFound],
    received: date | None,
    today: date,
    codes: Sequence[str] = (),
    untrue: date | None = None,
) -> Decision:
    """Return where a promise stands.

    Args: lots: of its supplier and product, registered after it, in the order in which they were registered; more than it
        needs do no harm. received: when the document came. today: by which a document that is not there breaks the
        promise. codes: what its action is about: a lot that shows one of them is not accepted as promised.
        untrue: the day on which an audit found again what the document says is put right.
    """
    if untrue is not None:
        return Decision("broken", untrue)
    if test.kind == "certificate":
        if received is not None:
            return Decision("kept" if received <= due else "late", received)
        return Decision("broken", due) if today > due else Decision("open")
    counted: list[LotFound] = []
    over: list[LotFound] = []
    for each in lots:
        if len(counted) < test.needs and test.product in ("", each.product):
            one = as_counted(test, each, codes)
            (over if one.over else counted).append(one)
    numbers = tuple(one.number for one in counted if one.verdict is not None)
    bad = sum(bad_units(test, one) for one in counted if one.verdict is not None)
    units = sum(one.units for one in counted if one.verdict is not None and _looked_for(test, one, codes))
    lists = tuple(counted), tuple(over)
    if len(counted) < test.needs or any(one.verdict is None for one in counted):
        return Decision("open", None, numbers, bad, units, *lists)
    last = max(one.on for one in counted)
    if test.kind == "accepted":
        passed = counted[-1].verdict == "accepted" and not counted[-1].shows(codes)
    else:
        assert test.percent is not None, "a rate has its limit"
        passed = units > 0 and Fraction(bad, units) <= Fraction(test.percent) / 100
    state: PromiseState = ("kept" if last <= due else "late") if passed else "broken"
    return Decision(state, last, numbers, bad, units, *lists)


def as_counted(test: PromiseTest, lot: LotFound, codes: Sequence[str]) -> LotFound:
    """Return a lot as it counts for a test: passed over where it cannot tell, unless it shows what was promised away.

    It cannot tell where goods went away unjudged, or where nobody looked for it; what is rejected was not accepted,
    whatever was looked for.
    Args: codes: what its action is about.
    """
    if lot.verdict is None and not lot.over:
        return lot
    shows = bad_units(test, lot) > 0 if test.kind == "rate" else bool(lot.shows(codes))
    if lot.over:
        return replace(lot, verdict="rejected", over="") if shows else lot
    rejected = test.kind == "accepted" and lot.verdict == "rejected"
    return lot if shows or rejected or _looked_for(test, lot, codes) else replace(lot, over="unsought")


def _looked_for(test: PromiseTest, lot: LotFound, codes: Sequence[str]) -> bool:
    if test.kind == "accepted":
        return all(code in lot.sought for code in codes if not of_finding(code))
    return test.code in lot.sought if test.defect_class is None else test.defect_class in lot.classes_sought


def of_finding(code: str) -> bool:
    """Tell whether a code of an action names what an audit found."""
    return _OF_FINDING.match(code) is not None


def require_no_finding(code: str, field: str) -> None:
    """Refuse a code of a defect that reads like what an audit found. Raises: BadInput ``code_of_audit``."""
    if of_finding(code.strip().upper()):
        raise BadInput("code_of_audit", facts={"value": code}, where={"field": field})


def bad_units(test: PromiseTest, lot: LotFound) -> int:
    """Return how many units of a lot count against a rate."""
    told = {code: name for code, name in lot.told.items() if not lot.codes.get(code)}
    if test.defect_class is not None:
        return lot.classes.get(test.defect_class, 0) + list(told.values()).count(test.defect_class)
    return lot.codes.get(test.code, 0) + (test.code in told)
