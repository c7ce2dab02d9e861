# SPDX-License-Identifier: Apache-2.0
"""The switching rules as a state machine: how severely the next lot is inspected after what was found so far, and why.

A lot is judged on the plan it was inspected by; the state after it holds from the next lot. Nothing is looked up and no
clock is read: production, approval and corrective action are arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from qcdesk.statistics.sampling_stages import PLAN_TYPES, PlanType
from qcdesk.statistics.sampling_tables import SINGLE_PLANS

Edition = Literal["iso2859-1:1999", "z1.4", "mil-std-105e"]
State = Literal["normal", "tightened", "reduced", "discontinued"]
Outcome = Literal["A", "R", "A*"]
"""Accepted, not accepted, accepted with a count between Ac and Re (reduced inspection of Z1.4)."""
Discontinue = Literal["five_not_accepted", "ten_lots"]
Because = Literal[
    "start",
    "two_of_five",
    "five_accepted",
    "five_not_accepted",
    "ten_on_tightened",
    "score",
    "ten_accepted",
    "not_accepted",
    "between",
    "irregular",
    "not_approved",
    "corrective_action",
    "decided",
]
Wanted = Literal["steady", "approved"]

EDITIONS: tuple[Edition, ...] = ("iso2859-1:1999", "z1.4", "mil-std-105e")
DISCONTINUE: tuple[Discontinue, ...] = ("five_not_accepted", "ten_lots")
WINDOW = 5
"""Consecutive lots in which two that are not accepted tighten, and that bring tightened inspection to an end."""
STOPS_AT = 5
"""Lots not accepted on tightened inspection, in all, that discontinue."""
LONGEST_TIGHTENED = 10
"""Lots that remain on tightened inspection and so discontinue, by MIL-STD-105E."""
SCORE_FOR_REDUCED = 30
ACCEPTED_FOR_REDUCED = 10
ACCEPTED_BY = {"double": 1, "multiple": 3}
"""The sample by which a lot must be accepted to raise the switching score."""


class BadLot(ValueError):
    """What was said of a lot cannot be judged.

    Args:
        code: ``unknown_edition``, ``unknown_type``, ``unknown_discontinue`` (facts ``value``, ``known``); ``no_sample``,
            ``negative``, ``ac_above_re`` (Re not above Ac), ``found_after_end`` (``sample``: the one that decided),
            ``undecided``, ``between_needs_reduced``, ``ac_not_tabled`` (``value``, ``known``), ``limit_missing``.
        facts: see there.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


@dataclass(frozen=True)
class Rules:
    """Whose rules are followed, for which type of plan.

    ``discontinue``: after five lots not accepted on tightened inspection in all, or once ten lots remain on it.
    ``limit_numbers``: to reduced inspection only where the last ten lots together hold no more than a limit number (table
    VIII of MIL-STD-105E; optional in Z1.4), which each lot then brings along.
    """

    edition: Edition
    plan_type: PlanType = "single"
    discontinue: Discontinue = "five_not_accepted"
    limit_numbers: bool = False

    @property
    def scores(self) -> bool:
        """Whether a switching score is kept (ISO 2859-1:1999)."""
        return self.edition == "iso2859-1:1999"

    @property
    def knows_between(self) -> bool:
        """Whether reduced inspection has counts between Ac and Re, which accept and end it."""
        return self.edition != "iso2859-1:1999"


@dataclass(frozen=True)
class Taken:
    """One sample of the plan: Ac (None: no acceptance yet) and Re against all found so far, and what it held itself.

    ``found`` is None where the sample was not taken, because the lot was decided before.
    """

    ac: int | None
    re: int
    found: int | None


@dataclass(frozen=True)
class Lot:
    """A lot on original inspection, and what was found in the samples of its plan.

    ``name`` stands in the facts of a change. ``resubmitted``: inspected again after it was not accepted; it counts for
    nothing. ``limit``: the limit number for the units of the last ten lots, where the rules go by it.
    """

    samples: tuple[Taken, ...]
    name: str = ""
    resubmitted: bool = False
    limit: int | None = None

    @property
    def found(self) -> int:
        """Return what was found in all samples that were taken."""
        return sum(one.found or 0 for one in self.samples)


@dataclass(frozen=True)
class Conditions:
    """What people say beside the lots: production is steady; the authority wants or approves reduced inspection."""

    steady: bool = True
    approved: bool = True


@dataclass(frozen=True)
class Reason:
    """Why a state stands: a code, and its facts (``lots`` that brought it, and figures)."""

    because: Because = "start"
    lots: tuple[str, ...] = ()
    figures: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where inspection stands before the next lot.

    ``recent``: the last five lots since the state began (name, accepted); ``in_a_row``: accepted in a row; ``failed``:
    lots not accepted on tightened inspection; ``lots``: how many counted since then; ``totals``: found in each of the
    last ten; ``score``: the switching score, on normal inspection where the rules keep one, else None. ``waits``: what
    reduced inspection wants beside the lots, which have earned it.
    """

    state: State = "normal"
    reason: Reason = field(default_factory=Reason)
    recent: tuple[tuple[str, bool], ...] = ()
    in_a_row: int = 0
    failed: tuple[str, ...] = ()
    lots: int = 0
    totals: tuple[int, ...] = ()
    score: int | None = None
    waits: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Step:
    """What a lot came to: ``score`` is the switching score after it (None where none is kept), ``changed`` a new state.

    ``decided_at``: the sample, 1-based, that decided. ``counted``: not so for a resubmitted lot, and while discontinued.
    """

    before: State
    outcome: Outcome
    decided_at: int
    counted: bool
    score: int | None
    after: Standing
    changed: bool


def rules_of(
    edition: str, plan_type: str = "single", discontinue: str | None = None, *, limit_numbers: bool = False
) -> Rules:
    """Return the rules of an edition.

    Args: edition: iso2859-1:1999, z1.4 or mil-std-105e. plan_type: single, double or multiple. discontinue:
        five_not_accepted or ten_lots; without it the edition's own, ten lots in MIL-STD-105E.
    Raises: BadLot: ``unknown_edition``, ``unknown_type``, ``unknown_discontinue``.
    Source: ISO 2859-1:1999, 9.3 and 9.4; ANSI/ASQ Z1.4; MIL-STD-105E.
    """
    which = next((one for one in EDITIONS if one == edition), None)
    if which is None:
        raise BadLot("unknown_edition", value=edition, known=EDITIONS)
    kind = next((one for one in PLAN_TYPES if one == plan_type), None)
    if kind is None:
        raise BadLot("unknown_type", value=plan_type, known=PLAN_TYPES)
    own: Discontinue = "ten_lots" if which == "mil-std-105e" else "five_not_accepted"
    stops = own if discontinue is None else next((one for one in DISCONTINUE if one == discontinue), None)
    if stops is None:
        raise BadLot("unknown_discontinue", value=discontinue, known=DISCONTINUE)
    return Rules(which, kind, stops, limit_numbers)


def start(rules: Rules) -> Standing:
    """Return where inspection begins: normal, with a score of 0 where one is kept."""
    return _begun("normal", Reason(), rules)


def judge(lot: Lot, rules: Rules, state: State) -> tuple[Outcome, int]:
    """Return what a lot's samples decide, and which of them, 1-based.

    Args: state: the severity that it was inspected with.
    Raises: BadLot: figures that cannot be, or that decide nothing.
    """
    if not lot.samples or lot.samples[0].found is None:
        raise BadLot("no_sample")
    so_far = 0
    for number, one in enumerate(lot.samples, 1):
        if one.found is None:
            raise BadLot("undecided", found=so_far, sample=number - 1)
        if one.found < 0 or one.re < 0 or (one.ac or 0) < 0:
            raise BadLot("negative")
        if one.ac is not None and one.re <= one.ac:
            raise BadLot("ac_above_re", ac=one.ac, re=one.re)
        so_far += one.found
        outcome: Outcome | None = None
        if one.ac is not None and so_far <= one.ac:
            outcome = "A"
        elif so_far >= one.re:
            outcome = "R"
        elif number == len(lot.samples):
            if state != "reduced" or not rules.knows_between:
                code = "undecided" if rules.plan_type != "single" else "between_needs_reduced"
                raise BadLot(code, found=so_far, sample=number)
            outcome = "A*"
        if outcome is not None:
            if any(later.found is not None for later in lot.samples[number:]):
                raise BadLot("found_after_end", sample=number)
            return outcome, number
    raise BadLot("no_sample")


def observe(standing: Standing, lot: Lot, rules: Rules, conditions: Conditions = Conditions()) -> Step:
    """Return what a lot comes to, and where inspection stands for the next one.

    Raises: BadLot: figures that cannot be; ``ac_not_tabled``, ``limit_missing``.
    Source: ISO 2859-1:1999, 9.3 and 9.4, with its switching score; ANSI/ASQ Z1.4 and MIL-STD-105E.
    """
    before = standing.state
    outcome, decided_at = judge(lot, rules, before)
    if lot.resubmitted or before == "discontinued":
        return Step(before, outcome, decided_at, False, standing.score, standing, False)
    accepted = outcome != "R"
    on = replace(
        standing,
        recent=(*standing.recent, (lot.name, accepted))[-WINDOW:],
        in_a_row=standing.in_a_row + 1 if accepted else 0,
        failed=standing.failed if accepted or before != "tightened" else (*standing.failed, lot.name),
        lots=standing.lots + 1,
        totals=(*standing.totals, lot.found)[-ACCEPTED_FOR_REDUCED:],
        score=_score(standing.score, lot, outcome, decided_at, rules),
        waits=(),
    )
    after = {"normal": _after_normal, "tightened": _after_tightened, "reduced": _after_reduced}[before](
        on, lot, outcome, rules, conditions
    )
    return Step(before, outcome, decided_at, True, on.score, after, after.state != before)


def review(standing: Standing, rules: Rules, conditions: Conditions) -> Standing:
    """Return where inspection stands when the conditions change between two lots.

    Irregular production, or approval withdrawn, ends reduced inspection; what was waited for begins it.
    """
    if standing.state == "reduced":
        return _left_reduced(standing, rules, conditions) or standing
    if standing.waits:
        return _reduced_or_waits(standing, rules, conditions)
    return standing


def resume(standing: Standing, rules: Rules) -> Standing:
    """Return where inspection goes on after corrective action: tightened, whatever it was before it was discontinued.

    Raises: ValueError: it is not discontinued.
    """
    if standing.state != "discontinued":
        raise ValueError(f"{standing.state} inspection is not discontinued")
    return _begun("tightened", Reason("corrective_action"), rules)


def decided(standing: Standing, state: State, rules: Rules) -> Standing:
    """Return where inspection stands when those who may have decided it; what was counted so far counts no more.

    Raises: ValueError: from discontinued to anything but tightened.
    """
    if standing.state == "discontinued" and state != "tightened":
        raise ValueError(f"from discontinued to {state}")
    return _begun(state, Reason("decided"), rules)


def run(lots: Sequence[Lot], rules: Rules, conditions: Conditions = Conditions()) -> tuple[Step, ...]:
    """Return what each lot of a history comes to, from the start, under conditions that stay."""
    standing, steps = start(rules), []
    for lot in lots:
        steps.append(observe(standing, lot, rules, conditions))
        standing = steps[-1].after
    return tuple(steps)


def tighter_ac(ac: int) -> int:
    """Return the acceptance number that a single plan of normal inspection has with the AQL one step tighter.

    Args: ac: 2 or more.
    Raises: BadLot: ``ac_not_tabled``.
    Source: table 2-A of ISO 2859-1:1999, read along the row of the plan's own letter, where n stays the same.
    """
    known = _tighter()
    if ac not in known:
        raise BadLot("ac_not_tabled", value=ac, known=(0, 1, *known))
    return known[ac]


@cache
def _tighter() -> dict[int, int]:
    found: dict[int, int] = {}
    for letter, row in SINGLE_PLANS["iso2859-1:1999", "normal"].items():
        cells = row.split()
        for left, cell in pairwise(cells):
            if left[0] == cell[0] == letter and int(cell[1:]) >= 2:
                found[int(cell[1:])] = int(left[1:])
    return dict(sorted(found.items()))


def _score(score: int | None, lot: Lot, outcome: Outcome, decided_at: int, rules: Rules) -> int | None:
    if score is None:
        return None
    first = lot.samples[0]
    one_sample = len(lot.samples) == 1 and first.ac is not None and first.re == first.ac + 1
    if rules.plan_type != "single" and not one_sample:
        good, more = outcome == "A" and decided_at <= ACCEPTED_BY[rules.plan_type], 3
    elif first.ac is not None and first.ac >= 2:
        good, more = lot.found <= tighter_ac(first.ac), 3
    else:
        good, more = outcome == "A", 2
    return score + more if good else 0


def _after_normal(on: Standing, lot: Lot, outcome: Outcome, rules: Rules, conditions: Conditions) -> Standing:
    bad = [place for place, (_, accepted) in enumerate(on.recent) if not accepted]
    if outcome == "R":
        if len(bad) < 2:
            return on
        first = bad[-2]
        of = len(on.recent) - first
        names = (on.recent[first][0], lot.name)
        return _begun("tightened", Reason("two_of_five", names, (("of", of),)), rules)
    if rules.scores:
        earned = (on.score or 0) >= SCORE_FOR_REDUCED
    else:
        earned = on.in_a_row >= ACCEPTED_FOR_REDUCED
        if earned and rules.limit_numbers:
            if lot.limit is None:
                raise BadLot("limit_missing")
            earned = sum(on.totals) <= lot.limit
    return _reduced_or_waits(on, rules, conditions) if earned else on


def _reduced_or_waits(on: Standing, rules: Rules, conditions: Conditions) -> Standing:
    """Return reduced inspection, which the lots have earned, or what it still waits for."""
    waits: list[Wanted] = []
    if not conditions.steady:
        waits.append("steady")
    if not conditions.approved:
        waits.append("approved")
    if waits:
        return replace(on, waits=tuple(waits))
    last = (on.recent[-1][0],)
    if rules.scores:
        reason = Reason("score", last, (("score", on.score or 0),))
    else:
        reason = Reason("ten_accepted", last, (("lots", on.in_a_row), ("found", sum(on.totals))))
    return _begun("reduced", reason, rules)


def _after_tightened(
    on: Standing, lot: Lot, outcome: Outcome, rules: Rules, conditions: Conditions
) -> Standing:
    if on.in_a_row >= WINDOW:
        return _begun("normal", Reason("five_accepted", tuple(name for name, _ in on.recent)), rules)
    if rules.discontinue == "five_not_accepted" and len(on.failed) >= STOPS_AT:
        return _begun("discontinued", Reason("five_not_accepted", on.failed), rules)
    if rules.discontinue == "ten_lots" and on.lots >= LONGEST_TIGHTENED:
        return _begun("discontinued", Reason("ten_on_tightened", (lot.name,), (("lots", on.lots),)), rules)
    return on


def _after_reduced(
    on: Standing, lot: Lot, outcome: Outcome, rules: Rules, conditions: Conditions
) -> Standing:
    if outcome == "R":
        return _begun("normal", Reason("not_accepted", (lot.name,)), rules)
    if outcome == "A*":
        return _begun("normal", Reason("between", (lot.name,), (("found", lot.found),)), rules)
    return _left_reduced(on, rules, conditions) or on


def _left_reduced(on: Standing, rules: Rules, conditions: Conditions) -> Standing | None:
    if not conditions.steady:
        return _begun("normal", Reason("irregular"), rules)
    if not conditions.approved:
        return _begun("normal", Reason("not_approved"), rules)
    return None


def _begun(state: State, reason: Reason, rules: Rules) -> Standing:
    """Return a state that begins now: every count starts anew."""
    return Standing(state, reason, score=0 if rules.scores and state == "normal" else None)
