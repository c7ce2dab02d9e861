# SPDX-License-Identifier: Apache-2.0
"""Corrective actions: what a supplier is asked to put right, in eight disciplines, and what it promised.

Fix first, announce after: an action is closed, and a paper says "fixed", only once the tests of its promises passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import PASSED, Decision, LotFound, PromiseTest, of_finding
from qcdesk.domain.refusals import ActionIsClosed, NotFixed, OwnPaper
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.switching import Tightens

Step = Literal["D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"]
STEPS: tuple[Step, ...] = ("D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8")
ActionState = Literal["open", "reopened", "closed"]


@dataclass(frozen=True)
class StepSaid:
    """What is said of a discipline now, when it is due, who sees to it, and whether it is done."""

    step: Step
    text: str = ""
    due: date | None = None
    person: str | None = None
    done: bool = False
    attachments: tuple[Attachment, ...] = ()
    at: int = 0


@dataclass(frozen=True)
class Told:
    """A mail to the supplier, or a reply from it."""

    kind: Literal["sent", "replied"]
    at: int
    person: str
    who: str
    text: str
    on: date
    attachments: tuple[Attachment, ...] = ()
    promise: str | None = None


@dataclass(frozen=True)
class Promise:
    """A promise with its test, and where it stands. ``replaced``: another one stands for it, because it was broken.

    ``brought``: the event that put its paper down. ``untrue``: the day on which an audit found it again (``again``: under
    which code) all the same.
    """

    id: str
    no: int
    words: str
    due: date
    test: PromiseTest
    seq: int
    at: int
    decision: Decision
    replaces: str | None = None
    replaced: bool = False
    received: date | None = None
    brought: int = 0
    untrue: date | None = None
    again: str = ""

    def overdue(self, today: date) -> bool:
        """Tell whether its date went by without its test having passed."""
        return self.decision.state not in PASSED and not self.replaced and self.due < today


@dataclass(frozen=True)
class Stop:
    """No batch of this supplier and product is released while it stands. ``seq``: the event that laid it.

    ``lot``, ``number``: the batch that showed it; none and empty, where a report from outside named none.
    """

    seq: int
    supplier: str
    product: str
    code: str
    action: str
    lot: str | None
    number: str
    decided: int | None = None
    defect_class: DefectClass = "major"
    tightens: Tightens = ""

    def tightens_rounds(self, *, switches: bool) -> bool:
        """Tell whether rounds are tightened as a whole by what came again: those whose procedure switches no severity.

        Where it began to switch only later, nothing was switched by this defect, and they are tightened still.
        """
        return self.tightens == "rounds" or (self.tightens == "class" and not switches)


@dataclass(frozen=True)
class CorrectiveAction:
    """A corrective action as the log says it is now. ``product``: a code; empty: all that the supplier sends."""

    id: str
    number: int
    supplier: str
    product: str
    codes: tuple[str, ...]
    title: str
    person: str
    at: int
    seq: int
    state: ActionState = "open"
    since: int = 0
    """The event that reopened it last (else that opened it): a promise made before it closes nothing any more."""
    attachments: tuple[Attachment, ...] = ()
    steps: tuple[StepSaid, ...] = ()
    told: tuple[Told, ...] = ()
    promises: tuple[Promise, ...] = ()
    stops: tuple[Stop, ...] = ()
    closed_at: int | None = None
    finding: str = ""

    @property
    def name(self) -> str:
        """Its number as people write it: ``CA-7``."""
        return name_of(self.number)

    @property
    def fixed(self) -> bool:
        """Whether every promise that counts has passed, one was made since it was opened again, and no stop stands.

        What is about defects of goods is fixed only once lots have shown it: a paper shows nothing of goods.
        """
        return (
            not self.open_promises()
            and self._made_since()
            and not self._standing()
            and not (self.about_goods and self._unseen())
            and not self.beside()
            and not self.rejected()
        )

    def beside(self) -> tuple[str, ...]:
        """Return its codes that lots show which a rate was held against, and for which no rate is promised."""
        rates = [p for p in self.promises if p.test.kind == "rate" and not p.replaced]
        codes, classes = {p.test.code for p in rates}, {p.test.defect_class for p in rates}
        shown = {
            code
            for p in rates
            for lot in (*p.decision.counted, *p.decision.passed_over)
            for code in lot.shows(self.codes)
            if code not in codes and lot.class_in(code) not in classes
        }
        return tuple(sorted(shown))

    def rejected(self) -> str:
        """Return the number of the last lot that counted, where it was rejected and shows what the action is about.

        However much a promise allows: nobody says "fixed" over goods that were just rejected for it.
        """
        counted = {lot.seq: lot for p in self.promises if not p.replaced for lot in p.decision.counted}
        last = counted[max(counted)] if counted else None
        bad = last is not None and last.verdict == "rejected" and bool(last.shows(self.codes))
        return last.number if last is not None and bad else ""

    @property
    def about_goods(self) -> bool:
        """Whether one of its codes is a defect that goods have, and not a finding of an audit."""
        return any(not of_finding(code) for code in self.codes)

    @property
    def owner(self) -> str:
        """Whoever leads the work (named at D1), else whoever opened it."""
        leads = next((one.person for one in self.steps if one.step == "D1"), None)
        return leads or self.person

    def files(self) -> tuple[Attachment, ...]:
        """Return every file that stands beside it, each once: with what was found, the steps, mail and answers."""
        said = [one for step in self.steps for one in step.attachments]
        told = [one for each in self.told for one in each.attachments]
        return tuple(dict.fromkeys((*self.attachments, *said, *told)))

    def overdue_steps(self, today: date) -> tuple[StepSaid, ...]:
        """Return the steps whose day went by without their being done; of what is closed none."""
        if self.state == "closed":
            return ()
        return tuple(one for one in self.steps if one.due is not None and one.due < today and not one.done)

    def overdue_promises(self, today: date) -> tuple[Promise, ...]:
        """Return the promises whose day went by without their test having passed; of what is closed none."""
        return () if self.state == "closed" else tuple(p for p in self.promises if p.overdue(today))

    def open_promises(self) -> tuple[Promise, ...]:
        """Return the promises that keep it open."""
        return tuple(p for p in self.promises if not p.replaced and p.decision.state not in PASSED)

    def papers_before(self, seq: int) -> tuple[Promise, ...]:
        """Return the promises that count and that a paper decided before an event, and nothing since."""
        return tuple(p for p in self.promises if 0 < p.brought < seq and p.untrue is None and not p.replaced)

    def _made_since(self) -> bool:
        return any(p.seq > self.since for p in self.promises)

    def _unseen(self) -> bool:
        return not any(p.test.product in ("", self.product) for p in self._decided_by_lots())

    def _decided_by_lots(self) -> tuple[Promise, ...]:
        return tuple(p for p in self.promises if p.test.needs and not p.replaced and p.seq > self.since)

    def _standing(self) -> bool:
        return any(stop.decided is None for stop in self.stops)

    def lots(self) -> tuple[tuple[Promise, LotFound], ...]:
        """Return the lots that its promises are held against and those passed over, in the order that counts."""
        held = ((p, lot) for p in self.promises for lot in (*p.decision.counted, *p.decision.passed_over))
        return tuple(sorted(held, key=lambda one: (one[0].no, one[1].seq)))

    def require_open(self) -> None:
        """Refuse changes of what is closed. Raises: ActionIsClosed."""
        if self.state == "closed":
            raise ActionIsClosed(self.name)

    def require_fixed(self) -> None:
        """Refuse to close, or to say that it is fixed, before the tests of its promises passed. Raises: NotFixed."""
        if self.fixed:
            return
        still = tuple(p.words for p in self.open_promises())
        raise NotFixed(
            self.name,
            still,
            none_made=not self._made_since(),
            stopped=self._standing(),
            beside=self.beside(),
            rejected=self.rejected(),
            narrow=self.about_goods and self._unseen() and bool(self._decided_by_lots()),
        )

    def require_test(self, test: PromiseTest) -> None:
        """Refuse to let lots decide what only audits found: no lot shows anything of it. Raises: BadInput."""
        if test.needs and not self.about_goods:
            raise BadInput("promise_of_audit", facts={"action": self.name}, where={"field": "test"})

    def require_closer(self, person: str) -> None:
        """Refuse whoever put down a promised document alone: somebody else has looked at it. Raises: OwnPaper."""
        for one in self.promises:
            brought = next((told.person for told in self.told if told.promise == one.id), None)
            if not one.replaced and brought == person:
                raise OwnPaper(self.name, one.test.document)

    def promise(self, no: int) -> Promise:
        """Return one of its promises by its number in it. Raises: BadInput ``unknown_promise``."""
        found = next((p for p in self.promises if p.no == no), None)
        if found is None:
            raise BadInput(
                "unknown_promise", facts={"no": no, "action": self.name}, where={"field": "promise"}
            )
        return found


@dataclass(frozen=True)
class Repeat:
    """A defect that came again: of which action, in which lot."""

    action: str
    code: str
    defect_class: DefectClass
    lot: LotFound


def repeats(
    action: CorrectiveAction,
    before: CorrectiveAction,
    shown: Iterable[tuple[LotFound, Iterable[str]]] = (),
) -> tuple[Repeat, ...]:
    """Return the codes of an action that came again by an event.

    It is closed, or stood as fixed and nobody had closed it yet, and a lot shows them; or it was opened again, and
    another lot is rejected and shows them; or a promise of an open one broke. Each code is said of the lot that the event
    is about, else of the latest one that shows it; none for which a stop stands.

    Args: before: it and its promises as they stood before the event. shown: the lots that the event is about, in the
        order in which they were registered, each with the codes that it shows anew.
    """
    found: dict[str, LotFound] = {}
    if action.state != "closed":
        broke = [
            p.decision
            for p, was in zip(action.promises, (p.decision for p in before.promises), strict=True)
            if p.decision.state == "broken" and was.state != "broken" and p.test.kind != "certificate"
        ]
        for lot in sorted((one for each in broke for one in each.counted), key=lambda one: one.seq):
            found |= dict.fromkeys(lot.shows(action.codes), lot)
    was_fixed = action.state == "closed" or before.fixed
    if was_fixed or action.state == "reopened":
        for lot, codes in shown:
            if action.product in ("", lot.product) and (was_fixed or lot.verdict == "rejected"):
                found |= dict.fromkeys(set(codes) & set(action.codes), lot)
    stopped = {(s.code, s.product) for s in action.stops if s.decided is None}
    return tuple(
        Repeat(action.id, code, lot.class_in(code), lot)
        for code, lot in sorted(found.items())
        if (code, lot.product) not in stopped
    )


def code_of_finding(audit: str, question: str) -> str:
    """Return the code under which an action names what an audit found: no defect of a lot has it."""
    return f"{audit}/{question}"


def about_audit(actions: Iterable[CorrectiveAction], audit: str) -> tuple[CorrectiveAction, ...]:
    """Return the actions that were opened about what an audit (``A-7``) found."""
    begins = code_of_finding(audit, "")
    return tuple(one for one in actions if any(code.startswith(begins) for code in one.codes))


def require_not_asked(actions: Iterable[CorrectiveAction], codes: Iterable[str]) -> None:
    """Refuse what an audit found where an action that is not closed asks for it already.

    Raises: BadInput ``finding_asked``.
    """
    asked = {code: one for one in actions if one.state != "closed" for code in one.codes if of_finding(code)}
    for code in codes:
        if code in asked:
            raise BadInput(
                "finding_asked",
                facts={"value": code, "action": asked[code].name},
                where={"field": "codes"},
            )


def name_of(number: int) -> str:
    """Return the number of an action as people write it."""
    return f"CA-{number}"


def number_of(name: str) -> int:
    """Return the number of ``CA-7`` (or ``7``). Raises: BadInput ``unknown_action``."""
    digits = name.strip().upper().removeprefix("CA-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise BadInput("unknown_action", facts={"value": name}, where={"field": "action"})
    return int(digits)


def step_of(typed: str) -> Step:
    """Return a discipline by its name. Raises: BadInput ``unknown_step``."""
    found = next((step for step in STEPS if step == typed.strip().upper()), None)
    if found is None:
        raise BadInput("unknown_step", facts={"value": typed, "known": STEPS}, where={"field": "step"})
    return found
