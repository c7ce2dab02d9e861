# SPDX-License-Identifier: Apache-2.0
"""One's own check, unit by unit or by tally. Reads one's own check and nothing else; says "saved" after the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, Protocol

from qcdesk.domain.batches import HOLD_KINDS
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.procedures import Characteristic, ProcedureDefect
from qcdesk.domain.refusals import SittingOver
from qcdesk.domain.sampling import ClassVerdict, DefectClass
from qcdesk.domain.switching import SwitchState
from qcdesk.gui.asking import Ask, Asking, Question, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.runner.review import review_acts
from qcdesk.gui.screens.runner.reviewing import Reviewing
from qcdesk.gui.screens.runner.rows import (
    ActsRow,
    ClassRow,
    HeadRow,
    KeyRow,
    LastRow,
    MeasureRow,
    ReviewRow,
    StepRow,
    UnitsRow,
    VerdictRow,
)
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.charts import Limits
from qcdesk.gui.widgets.strips import CellState, Judgement, UnitCell
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.ports import KeptPhoto
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.rows import FindingRow, MeasuredRow, OwnCheckPage, ReviewClaimRow, UnitRow
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, modes, samples, severities, states
from qcdesk.wording.readings import between, outside_by
from qcdesk.wording.spelling import in_a_row, numbers

KEYS_BY_CLASSES: Final = {1: 12, 2: 8, 3: 4}
"""How many keys a class may have before the rest stands behind one more: the page never scrolls."""
RUN_LENGTH: Final = 25
LISTED: Final = 50
"""Units of a further sample that are named one by one."""
NOT_DONE_REASONS: Final = (
    mark("Missing from the sample"),
    mark("Damaged in handling"),
    mark("Cannot be reached or opened"),
    mark("Another reason"),
)
SLIP: Final = "slip"
_THIRDS_ACROSS: Final = (mark("left"), mark("middle"), mark("right"))
_THIRDS_DOWN: Final = (
    mark("top", context="height on a photo"),
    mark("centre", context="height on a photo"),
    mark("bottom", context="height on a photo"),
)


class RunnerView(Protocol):
    """The runner."""

    def show_head(self, head: HeadRow) -> None: ...
    def show_saved(self, words: str, *, trouble: bool = False) -> None: ...
    def show_units(self, units: UnitsRow) -> None: ...
    def show_tally(self, title: str, of: str, done: str) -> None: ...
    def show_classes(self, classes: Sequence[ClassRow]) -> None: ...
    def show_step(self, step: StepRow, *, before: bool, after: bool) -> None: ...
    def show_measure(self, measure: MeasureRow | None) -> None: ...
    def show_verdict(self, verdict: VerdictRow) -> None: ...
    def show_acts(self, acts: ActsRow) -> None: ...
    def show_stickers(self, offered: bool) -> None: ...
    def show_last(self, last: LastRow | None) -> None: ...
    def show_review(self, review: ReviewRow | None) -> None: ...
    def ask_photo(self, name: str) -> None: ...
    def show_pending(self, place: tuple[float, float] | None, words: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...
    def clear_problem(self) -> None: ...


@dataclass(frozen=True)
class RunnerWays:
    """Where the runner leads. ``told`` shows one line at the foot of the window."""

    leave: Callable[[str], None]
    sign: Callable[[str, Callable[[int], None]], None]
    stickers: Callable[[str, str], None]
    told: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Did:
    """Something that undo takes back: a finding, or going on from a unit."""

    what: Literal["found", "went"]
    finding: str = ""
    name: str = ""
    unit: int = 0


class RunnerPresenter:
    """The check that is open in the window."""

    def __init__(
        self,
        view: RunnerView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ask: Ask,
        changes: Changes,
        who: WhoNow,
        ways: RunnerWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._ask = ask
        self._changes = changes
        self._who = who
        self._ways = ways
        self._check = ""
        self._review = Reviewing(self, use, tasks, words, problems, ask)
        self._forget()

    def _forget(self) -> None:
        self._review.forget()
        self._page: OwnCheckPage | None = None
        self._here = 0
        self._measuring: str | None = None
        self._again = False
        self._did: list[_Did] = []
        self._waiting: set[int] = set()
        self._place: tuple[float, float] | None = None
        self._photo: KeptPhoto | None = None
        self._for_photo = ""  # the code of a defect that waits for its photo
        self._step = 0
        self._pictures: dict[str, bytes] = {}
        self._instruments: dict[str, str] = {}
        self._failed: tuple[Entries, Callable[[], None]] | None = None
        self._last = False
        self._ended = False  # that the check may end here was said once
        self._unwanted = 0

    # opening ----------------------------------------------------------------------------------------------------

    def open(self, check: str) -> None:
        """Load one's own check and show it where it was left."""
        self._check = check
        self._forget()
        person = self._who().person

        def begin(page: OwnCheckPage) -> None:
            self._page = page
            self._here = self._left_at(page)
            self._choose_instruments(page)
            self._show_head(page)
            self._show_saved(page)
            if self._review.needed(page) and all(unit.done for unit in page.units):
                self._begin_review()
                return
            self._last = bool(page.further)
            self._show()
            self._show_step()

        self._tasks.run(
            lambda: self._use.own.own_check(check, person), begin, self._problems.show, latest="runner"
        )

    def _left_at(self, page: OwnCheckPage) -> int:
        """Return where the check was left: the unit touched last, unless it is done; else the next open one."""
        done = {u.unit for u in page.units if u.done}
        touched = [(f.at, f.unit) for f in page.findings if f.unit is not None] + [
            (m.at, m.unit) for m in page.measured
        ]
        if touched:
            unit = max(touched)[1]
            if unit not in done:
                return _index_of(page, unit)
        return next((i for i, u in enumerate(page.units) if u.unit not in done), max(0, len(page.units) - 1))

    def _choose_instruments(self, page: OwnCheckPage) -> None:
        today = self._use.clock.today()
        used = {m.characteristic: m.instrument for m in page.measured if m.instrument}
        for c in page.procedure.content.variables():
            good = [
                i.number
                for i in page.instruments
                if c.measured_with(i.kind)
                and not i.blocked
                and i.calibrated_until is not None
                and i.calibrated_until >= today
            ]
            last = used.get(c.code)
            if last:
                self._instruments[c.code] = last
            elif len(good) == 1 and c.instrument_type:
                self._instruments[c.code] = good[0]

    @property
    def page(self) -> OwnCheckPage | None:
        """The check as it was read last."""
        return self._page

    @property
    def unit_in_hand(self) -> int | None:
        """The sample number one is at; None on the last page, in a review, in a tally, and while nothing is open."""
        page = self._page
        if page is None or self._last or page.tally or self._review.active:
            return None
        return self._unit(page).unit

    @property
    def measuring(self) -> str | None:
        """The characteristic whose reading is still missing on the unit in hand."""
        page, unit = self._page, self.unit_in_hand
        return None if page is None or unit is None else self._next_characteristic(page, unit)

    # recording --------------------------------------------------------------------------------------------------

    def _record(
        self, entries: Entries, done: Callable[[OwnCheckPage, OwnCheckPage], None] | None = None
    ) -> None:
        """Put entries on record; the page is read again after the commit, and only then "saved" is shown."""
        sitting, person = self._who().sitting, self._who().person
        before = self._page
        check = self._check
        reviewing = self._review.active

        def work() -> tuple[OwnCheckPage, tuple[ReviewClaimRow, ...]]:
            self._use.record(sitting, entries)
            claims = self._use.review.claims(check, person) if reviewing else ()
            return self._use.own.own_check(check, person), claims

        def saved(read: tuple[OwnCheckPage, tuple[ReviewClaimRow, ...]]) -> None:
            if check != self._check or before is None:
                return
            page, claims = read
            if reviewing:
                self._review.review = self._review.review.again(claims)
            old, self._page = self._page, page
            if old is not None and old.units and len(old.units) != len(page.units):
                self._here = _index_of(
                    page, self._here_unit(old)
                )  # a further sample stands before what joined
            if page.may_end and entries.results and not self._ended and not self._waiting - _done(page):
                self._ended = self._last = True
            self._waiting -= {u.unit for u in page.units if u.done}
            if entries.results and _by_findings(page) and not self._waiting:
                self._last |= bool(page.further) or all(unit.done for unit in page.units)
            self._failed = None
            self._view.clear_problem()
            self._show_saved(page)
            if done is not None and old is not None:
                done(old, page)
            self._show()

        def failed(cause: Exception) -> None:
            self._waiting -= {r.unit for r in entries.results}
            for result in entries.results:
                self._here = _index_of(self._page, result.unit)
                self._last = False
            self._show()
            if isinstance(cause, Trouble | SittingOver):  # nothing is wrong with what was entered
                self._failed = (entries, lambda: self._record(entries, done))
                self._view.show_saved(self._words.say("Not saved"), trouble=True)
            self._problems.show(cause)

        self._tasks.run(work, saved, failed)

    def record_reviewed(self, entries: Entries, done: Callable[[], None]) -> None:
        """Put on record what is said or measured again in a review."""
        self._record(entries, lambda _old, _new: done())

    def instrument_for(self, code: str) -> str | None:
        """Return the instrument that one measures with."""
        return self._instruments.get(code)

    def show_again(self) -> None:
        """Show the page as it is now, under its own head."""
        if self._page is not None:
            self._show_head(self._page)
        self._show()

    def _begin_review(self, unit: int = 0) -> None:
        """After the last unit, what the first person found of what cannot be inspected twice is opened."""
        self._did.clear()
        self._measuring, self._again, self._last = None, False, False
        self._review.begin(self._check, self._who().person, unit=unit)

    def review_done(self) -> None:
        """Everything is opened: the last page."""
        self._last = True
        self._show()

    def review_left(self) -> None:
        """Go back to the units."""
        if self._page is not None and self._page.units:
            self._review.active = False
            self.show_again()
            self._show_step()

    def told(self, line: str) -> None:
        """Say something at the foot of the window."""
        self._ways.told(line)

    def open_claim(self, index: int) -> None:
        """Open the claim that was tapped in the list of a review."""
        self._review.choose(index)

    def another_unit(self) -> None:
        """Measure or find again on a unit on which the first person found nothing."""
        self._review.another_unit()

    def try_again(self) -> None:
        """Record once more what trouble kept from being saved."""
        failed, self._failed = self._failed, None
        self._view.clear_problem()
        if failed is not None:
            failed[1]()

    # acts -------------------------------------------------------------------------------------------------------

    def found(self, code: str) -> None:
        """A defect on the unit in hand; the place tapped and the photo taken before go with it."""
        page = self._page
        if page is None or self._last or self._review.active:
            return
        content = page.procedure.content
        if self._photo is None and not self._for_photo and content.class_of(code) in content.photo_classes:
            self._for_photo = code
            self._view.ask_photo(content.names_by_code()[code])
            return
        if code == self._for_photo:
            self._for_photo = ""
        unit = None if page.tally else self._unit(page).unit
        photo = self._photo
        finding = NewFinding(
            unit,
            code,
            place=self._place_words(),
            photo=photo.copy if photo else None,
            photo_original=photo.original if photo else None,
        )
        self._place, self._photo = None, None
        self._view.show_pending(None, "")

        def note(old: OwnCheckPage, new: OwnCheckPage) -> None:
            known = {f.id for f in old.findings}
            for made in new.findings:
                if made.id not in known and made.code == code:
                    self._did.append(_Did("found", made.id, made.name, made.unit or 0))

        self._record(Entries(self._check, findings=(finding,)), note)

    def more_codes(self, defect_class: str) -> None:
        """Choose among the codes that have no key of their own."""
        page = self._page
        if page is None:
            return
        keys = _keys_of(page, defect_class)
        shown = {key.code for key in keys[: self._most(page) - 1]}
        rest = tuple((key.code, key.name) for key in keys if key.code not in shown)
        say = self._words.say
        asking = Asking(
            say("Another defect"),
            states.defect_class(defect_class, self._words),
            say("Put it on record"),
            (Question("code", say("Defect"), "choice", rest),),
            secret=False,
        )
        self._ask(asking, lambda a, _h: a["code"], self.found)

    def tapped(self, x: float, y: float) -> None:
        """Remember the place for the next defect."""
        self._place = (x, y)
        self._view.show_pending(self._place, self._pending())

    def photo(self, path: str) -> None:
        """Keep a photo from a file; it goes with the next defect."""

        def keep() -> KeptPhoto:
            try:
                content = Path(path).read_bytes()
            except OSError as cause:
                raise Trouble("file_unreadable", file=path, reason=cause.strerror or "") from cause
            return self._use.files.keep_photo(content)

        def kept(photo: KeptPhoto) -> None:
            self._photo = photo
            self._view.clear_problem()
            self._view.show_pending(self._place, self._pending())
            if self._for_photo:
                self.found(self._for_photo)

        def failed(problem: Exception) -> None:
            self.no_photo()
            self._problems.show(problem)

        self._tasks.run(keep, kept, failed)

    def no_photo(self) -> None:
        """The defect that waits for its photo is put on record without one; only the signature insists on it."""
        code = self._for_photo
        if code:
            self.found(code)
            self._ways.told(self._words.say("On record without its photo: the check is not signed like that"))

    def measured(self, code: str, typed: str) -> None:
        """A reading of the unit in hand; a later one of the same place corrects the earlier."""
        page = self._page
        if page is None or page.tally or self._last:
            return
        if self._review.active:
            self._again = False
            self._review.measured(code, typed)
            return
        unit = self._unit(page).unit
        reading = NewReading(
            unit,
            code,
            typed,
            self._instruments.get(code),
            "measured again" if self._again or _reading(page, unit, code) is not None else "",
        )
        self._again = False

        def after(_old: OwnCheckPage, new: OwnCheckPage) -> None:
            made = _reading(new, unit, code)
            if made is not None and not made.inside:
                self._measuring = code  # it stays in view until one keeps it or measures again
            elif self._here_unit(new) == unit:
                self._measuring = self._next_characteristic(new, unit)

        self._record(Entries(self._check, readings=(reading,)), after)

    def keep_reading(self, _code: str) -> None:
        """A reading out of limits stands; go on with the next one."""
        page = self._page
        if page is not None:
            if not self._review.active:
                self._measuring = self._next_characteristic(page, self._unit(page).unit)
            self._show()

    def measure_again(self, code: str) -> None:
        """Take the next reading in the place of this one; both stay in the record."""
        page = self._page
        if page is None:
            return
        self._measuring, self._again = code, True
        self._view.show_measure(self._measure_row(page, empty=True))

    def refuse_reading(self, problem: Exception) -> None:
        """What was typed can be no reading."""
        self._problems.show(problem)

    def choose_instrument(self) -> None:
        """Say which instrument one measures with."""
        page, code = self._page, self._current(self._page) if self._page else None
        if page is None or code is None:
            return
        characteristic = page.procedure.content.characteristic(code)
        say, today = self._words.say, self._use.clock.today()
        choices = []
        for i in page.instruments:
            if not characteristic.measured_with(i.kind):
                continue
            until = ages.weekday(i.calibrated_until, self._words, today) if i.calibrated_until else ""
            words = (
                say("{number}: good until {day}", number=i.number, day=until)
                if until
                else say("{number}: not calibrated", number=i.number)
            )
            choices.append((i.number, words))
        if not choices:
            self._ways.told(say("No instrument of the kind {kind} is on record.", kind=characteristic.instrument_type)
                            if characteristic.instrument_type else say("No instrument is on record."))  # fmt: skip
            return
        asking = Asking(
            say("Instrument for {name}", name=characteristic.name),
            say("Its number and its calibration are put on record with every reading."),
            say("Measure with it"),
            (
                Question(
                    "instrument", say("Instrument"), "choice", tuple(choices), self._instruments.get(code, "")
                ),
            ),
            secret=False,
        )

        def chosen(number: str) -> None:
            self._instruments[code] = number
            self._show()

        self._ask(asking, lambda a, _h: a["instrument"], chosen)

    def go_on(self) -> None:
        """The main key: this unit is done, the next one please; after the last, the last page; there, sign."""
        page = self._page
        if page is None:
            return
        if self._last and page.further:
            self._take_further(page)
            return
        if self._last:
            self._ways.sign(self._check, self.go_to)
            return
        if self._review.active:
            self._review.go_on()
            return
        if page.tally:
            self._count_one(page)
            return
        unit = self._unit(page)
        if not self._ready(page, unit.unit):
            return
        if not unit.done and unit.unit not in self._waiting:
            self._waiting.add(unit.unit)
            self._did.append(_Did("went", unit=unit.unit))
            self._move_on(page)
            self._record(Entries(self._check, results=(NewResult(unit.unit),)))
            return
        self._move_on(page)

    def _take_further(self, page: OwnCheckPage) -> None:
        """Begin with the sample that the one before asks for."""
        self._last, self._measuring = False, None
        self._here = next(i for i, unit in enumerate(page.units) if not unit.done)
        self._show()

    def _count_one(self, page: OwnCheckPage) -> None:
        counted = sum(1 for u in page.units if u.done)
        if counted >= len(page.units):
            self._last = True
            self._show()
            return
        self._record(Entries(self._check, tallied=counted + 1))

    def _move_on(self, page: OwnCheckPage) -> None:
        """Go to the next unit that is still open; the last page when there is none."""
        self._measuring, self._again = None, False
        open_units = [i for i, u in enumerate(page.units) if not u.done and u.unit not in self._waiting]
        later = [i for i in open_units if i > self._here]
        if page.further and self._unit(page).done:
            self._last = True  # what is open is all of a further sample, which is a step of its own
        elif open_units:
            self._here = (later or open_units)[0]
        elif self._review.needed(page):
            self._begin_review()
            return
        else:  # what is being saved may ask for a further sample: then the page follows the commit
            self._last = not (self._waiting and _by_findings(page))
        self._show()

    def not_done(self) -> None:
        """Leave the unit in hand out, with a reason; of a tally, say how many were looked at."""
        page = self._page
        if page is None or self._last:
            return
        if self._review.active:
            self._review.not_so()
            return
        say = self._words.say
        if page.tally:
            asking = Asking(
                say("How many have you looked at?"),
                say("In all, of {total}.", total=len(page.units)),
                say("Put it on record"),
                (Question("tallied", say("Looked at in all"), value=str(sum(u.done for u in page.units))),),
                secret=False,
            )
            self._ask(
                asking,
                lambda a, _h: parse_quantity(a["tallied"], least=0, where={"field": "tallied"}),
                lambda n: self._record(Entries(self._check, tallied=n)),
            )
            return
        unit = self._unit(page).unit
        reasons = tuple((reason, say(reason)) for reason in NOT_DONE_REASONS)
        asking = Asking(
            say("Unit {unit} is not done", unit=unit),
            say("It counts as not inspected, and is printed so with your reason."),
            say("Leave unit {unit} out", unit=unit),
            (
                Question("reason", say("Reason"), "choice", reasons),
                Question("note", say("In your words"), optional=True),
            ),
            secret=False,
        )

        def leave(reason: str) -> None:
            self._waiting.add(unit)
            self._did.append(_Did("went", unit=unit))
            self._move_on(page)
            self._record(Entries(self._check, results=(NewResult(unit, reason),)))

        self._ask(asking, lambda a, _h: f"{say(a['reason'])} {a['note']}".strip(), leave)

    def undo(self) -> None:
        """Take back the last thing: withdraw a finding as a slip, or return to the unit one came from."""
        page = self._page
        if page is None:
            return
        if self._last and not self._did:
            self.go_to(0)
            return
        if self._review.active:
            self._review.back()
            return
        if not self._did:
            self._withdraw_older(page)
            return
        did = self._did.pop()
        if did.what == "went":
            self._here, self._last = _index_of(page, did.unit), False
            self._measuring = None
            self._show()
            return
        self._record(Entries(self._check, withdraw=(Withdraw(did.finding, SLIP),)))

    def _withdraw_older(self, page: OwnCheckPage) -> None:
        """Withdraw an earlier finding of the unit in hand: nothing is deleted, so a reason goes with it."""
        findings = self._standing_here(page)
        if not findings:
            return
        say = self._words.say
        asking = Asking(
            say("Withdraw a defect"),
            say("It stays in the record, with your reason."),
            say("Withdraw it"),
            (
                Question(
                    "finding",
                    say("Defect"),
                    "choice",
                    tuple((f.id, f.name) for f in findings),
                    findings[-1].id,
                ),
                Question("reason", say("Reason")),
            ),
            secret=False,
        )
        self._ask(
            asking,
            lambda a, _h: Withdraw(a["finding"], a["reason"]),
            lambda one: self._record(Entries(self._check, withdraw=(one,))),
        )

    def go_to(self, unit: int) -> None:
        """Go to a unit (by sample number; 0: stay), from anywhere."""
        page = self._page
        self._last = False
        if page is not None and self._review.needed(page) and self._leads_to_review(page, unit):
            self._begin_review(unit)
            return
        if page is not None and unit in {u.unit for u in page.units}:
            self._here = _index_of(page, unit)
            self._measuring = None
            self._review.active = False
        self.show_again()

    def _leads_to_review(self, page: OwnCheckPage, unit: int) -> bool:
        """Tell whether the way leads to the review: back from the last page, or to a unit that is missing there alone."""
        if not unit:
            return self._review.active
        return all(u.done for u in page.units)

    def go_to_index(self, index: int) -> None:
        """Go to the unit that was tapped in the strip."""
        if self._page is not None and 0 <= index < len(self._page.units):
            self.go_to(self._page.units[index].unit)

    def turn_step(self, by: int) -> None:
        """Look at the step before or after."""
        self._step += by
        self._show_step()

    def stop(self) -> None:
        """Stop the batch, from where one stands."""
        page = self._page
        if page is None:
            return
        say, sitting = self._words.say, self._who().sitting
        kinds = tuple((kind, say(states.HOLD_KIND_WORDS[kind])) for kind in HOLD_KINDS)
        asking = Asking(
            say("Stop batch {number}", number=page.header.number),
            say("Nothing of it is released or shipped until two releasers lift the stop."),
            say("Stop this batch"),
            (
                Question("kind", say("What kind of reason?"), "choice", kinds, "other"),
                Question("reason", say("Reason"), "text"),
            ),
            note=say("Your check goes on. Your words stay closed to the second person."),
            secret=False,
            stops=True,
        )

        def stopped(fact: object) -> None:
            self._changes.tell(fact)
            self._ways.told(say("Batch {number} is stopped.", number=page.header.number))

        self._ask(
            asking, lambda a, _h: self._use.stop_batch(sitting, page.batch, a["kind"], a["reason"]), stopped
        )

    def leave(self) -> None:
        """Go to the batch; everything is saved already."""
        if self._page is not None:
            self._ways.leave(self._page.batch)

    def stickers(self) -> None:
        """Show the stickers for the drawn units; the way back leads here."""
        if self._page is not None:
            self._ways.stickers(self._page.batch, self._check)

    # state ------------------------------------------------------------------------------------------------------

    def _unit(self, page: OwnCheckPage) -> UnitRow:
        return page.units[min(self._here, len(page.units) - 1)]

    def _here_unit(self, page: OwnCheckPage) -> int:
        return self._unit(page).unit

    def _standing_here(self, page: OwnCheckPage) -> list[FindingRow]:
        unit = None if page.tally else self._unit(page).unit
        return [f for f in page.findings if f.withdrawn is None and f.unit == unit]

    def _next_characteristic(self, page: OwnCheckPage, unit: int) -> str | None:
        return next((c.code for c in _asked(page, unit) if _reading(page, unit, c.code) is None), None)

    def _current(self, page: OwnCheckPage) -> str | None:
        """Return what is measured now: what one is at, else what is missing, else the last one there is."""
        if page.tally or self._last:
            return None
        if self._review.active:
            return self._review.measurable
        unit = self._unit(page).unit
        variables = _asked(page, unit)
        if not variables:
            return None
        return self._measuring or self._next_characteristic(page, unit) or variables[-1].code

    def _ready(self, page: OwnCheckPage, unit: int) -> bool:
        """Tell whether every reading of a unit is there: missing is not good."""
        return self._next_characteristic(page, unit) is None

    def _most(self, page: OwnCheckPage) -> int:
        classes = {key.defect_class for key in page.procedure.content.keypad()}
        return KEYS_BY_CLASSES.get(len(classes), 4)

    # words ------------------------------------------------------------------------------------------------------

    def _show_head(self, page: OwnCheckPage) -> None:
        header = page.header
        about = self._words.say(
            "{product}  ·  {source}",
            product=f"{header.product_name} {header.revision}".strip(),
            source=header.supplier_name or header.line,
        )
        content = page.procedure.content
        second = page.place == "second"
        reviewing = self._review.active
        kind = modes.Kind("", "")
        if second:
            told = modes.kind_of_review if reviewing else modes.kind_of_second
            kind = told(content, self._words)
        self._view.show_head(
            HeadRow(
                header.number,
                about,
                page.person_name,
                states.place(page.place, self._words),
                second and not reviewing and content.modes() != {"review"},
                *kind,
            )
        )

    def _show_saved(self, page: OwnCheckPage) -> None:
        at = page.saved_at or page.started_at
        self._view.show_saved(self._words.say("Saved {time}", time=ages.clock(at, seconds=True)))

    def _show(self) -> None:
        page = self._page
        if page is None:
            return
        self._view.show_stickers(_to_gather(page))
        self._view.show_last(self._last_row(page) if self._last else None)
        self._view.show_review(self._review.row() if self._review.active else None)
        self._view.show_measure(self._measure_row(page))
        self._view.show_verdict(self._verdict_row(page))
        self._view.show_acts(self._acts_row(page))
        if self._review.active:
            return
        if page.tally:
            self._show_tally(page)
        else:
            self._view.show_units(self._units_row(page))
        self._view.show_classes(self._class_rows(page))

    def _show_tally(self, page: OwnCheckPage) -> None:
        say = self._words.say
        counted = sum(1 for u in page.units if u.done)
        self._view.show_tally(
            say("{n} looked at", n=counted),
            say("of {total}", total=len(page.units)),
            say("{n} to go", n=len(page.units) - counted),
        )

    def _units_row(self, page: OwnCheckPage) -> UnitsRow:
        say = self._words.say
        found = {f.unit for f in page.findings if f.withdrawn is None}
        found |= {m.unit for m in page.measured if not m.inside and not m.replaced}

        def state(unit: UnitRow) -> CellState:
            if unit.unit in found:
                return "found"
            if unit.not_done is not None:
                return "not_done"
            return "done" if unit.done or unit.unit in self._waiting else "open"

        strip = tuple(state(u) for u in page.units)
        here = min(self._here, len(page.units) - 1)
        done = sum(1 for u in page.units if u.done or u.unit in self._waiting)
        unit = page.units[here]
        of = say("of {total}", total=len(page.units))
        if unit.number != unit.unit:
            of = say("of {total}  ·  no. {number} of the batch", total=len(page.units), number=unit.number)
        return UnitsRow(
            say("Unit {unit}", unit=unit.unit),
            of,
            say("{done} done · {open} to go", done=done, open=len(page.units) - done),
            strip,
            tuple(
                UnitCell(u.unit, s, self._cell_word(page, u)) for u, s in zip(page.units, strip, strict=True)
            ),
            here,
            self._only(page, unit),
        )

    def _only(self, page: OwnCheckPage, unit: UnitRow) -> str | None:
        """Return what is looked at on a unit, in words, where the units of this check differ in it."""
        if len({(u.looks, u.measures) for u in page.units}) < 2:
            return None
        content, say = page.procedure.content, self._words.say
        looks = unit.looks if unit.looks is not None else tuple(key.code for key in content.keypad())
        codes = {*looks, *(c.code for c in _asked(page, unit.unit))}
        what = [say("the defects")] if any(one.code in codes for one in content.defects) else []
        what += [c.name for c in content.characteristics if c.code in codes]
        everywhere = {code for u in page.units for code in (*(u.looks or ()), *(u.measures or ()))}
        if codes == everywhere:
            return say("On this unit: everything")
        return say("On this unit only: {what}", what=in_a_row(what, self._words))

    def _cell_word(self, page: OwnCheckPage, unit: UnitRow) -> str:
        if unit.not_done is not None:
            return self._words.say("not done")
        classes = [f.defect_class for f in page.findings if f.unit == unit.unit and f.withdrawn is None]
        classes += [
            page.procedure.content.class_of(m.characteristic)
            for m in page.measured
            if m.unit == unit.unit and not m.inside and not m.replaced
        ]
        if not classes:
            return ""
        worst: DefectClass = min(classes, key=_SERIOUSNESS.index)
        n = classes.count(worst)
        if worst == "critical":
            return self._words.say("{n} critical", n=n)
        return self._words.say("{n} major", n=n) if worst == "major" else self._words.say("{n} minor", n=n)

    def _class_rows(self, page: OwnCheckPage) -> tuple[ClassRow, ...]:
        say, counts = self._words.say, dict[str, int]()
        for finding in page.findings:
            if finding.withdrawn is None:
                counts[finding.code] = counts.get(finding.code, 0) + finding.count
        rows: list[ClassRow] = []
        most = self._most(page)
        for code in _SERIOUSNESS:
            keys = _keys_of(page, code)
            if not keys:
                continue
            shown = keys if len(keys) <= most else keys[: most - 1]
            made = [KeyRow(key.code, key.name, "", counts.get(key.code, 0)) for key in shown]
            if len(shown) < len(keys):
                rest = sum(counts.get(key.code, 0) for key in keys[len(shown) :])
                made.append(KeyRow("", say("Other …"), "ellipsis", rest))
            note = ""
            if code == "critical":
                note = say("One critical defect rejects the batch.")
            elif code == "major":
                note = say("Numbers: found so far in this check")
            rows.append(ClassRow(code, states.defect_class(code, self._words), note, tuple(made)))
        return tuple(rows)

    def _show_step(self) -> None:
        page = self._page
        if page is None:
            return
        steps = page.procedure.content.steps
        if not steps:
            content = page.procedure.content
            self._view.show_step(StepRow("", content.title, content.note), before=False, after=False)
            return
        self._step = max(0, min(self._step, len(steps) - 1))
        step = steps[self._step]
        picture = self._pictures.get(step.picture or "", b"")
        if step.picture and not picture:
            wanted, sha256 = self._step, step.picture

            def show(content: bytes) -> None:
                self._pictures[sha256] = content
                if self._step == wanted:
                    self._show_step()

            self._tasks.run(lambda: self._use.files.read(sha256), show, self._problems.show, latest="step")
        self._view.show_step(
            StepRow(
                self._words.say("Step {n} of {total}", n=self._step + 1, total=len(steps)),
                step.title,
                step.text,
                picture,
            ),
            before=self._step > 0,
            after=self._step < len(steps) - 1,
        )

    def _measure_row(self, page: OwnCheckPage, *, empty: bool = False) -> MeasureRow | None:
        code = self._current(page)
        if code is None:
            return None
        say = self._words.say
        c = page.procedure.content.characteristic(code)
        claim = self._review.review.claim if self._review.active else None
        unit = claim.unit if claim is not None else self._unit(page).unit
        variables = _asked(page, unit)
        reading = None if empty else _reading(page, unit, code)
        run = [m for m in page.measured if m.characteristic == code and not m.replaced][-RUN_LENGTH:]
        values = tuple(float(m.value) for m in run if reading is None or m.id != reading.id)
        if reading is not None:
            values = (*values, float(reading.value))
        place = next((i for i, each in enumerate(variables, 1) if each.code == code), 0)
        progress = say("Reading {n} of {total}", n=place, total=len(variables))
        return MeasureRow(
            code,
            c.name,
            say("If anything is left of it") if claim is not None else progress,
            between(c, self._words),
            c.unit,
            Limits(
                _number(c.lower),
                _number(c.upper),
                _number(c.nominal),
                _text(c.lower),
                _text(c.upper),
                _text(c.nominal),
            ),
            reading.typed if reading else "",
            "" if reading is None else "inside" if reading.inside else "outside",
            self._reading_words(c, reading),
            values,
            self._words.count("last {n} unit, {unit}", "last {n} units, {unit}", len(values), unit=c.unit)
            if values
            else "",
            "",
            self._instrument_words(code),
        )

    def _instrument_words(self, code: str) -> str:
        chosen = self._instruments.get(code)
        if chosen:
            return self._words.say("Measured with {number}", number=chosen)
        return self._words.say("Choose the instrument")

    def _reading_words(self, c: Characteristic, reading: MeasuredRow | None) -> str:
        say = self._words.say
        if reading is None:
            return ""
        value = Decimal(reading.value)
        if reading.inside:
            return say("inside the limits")
        return outside_by(value, c.lower, c.upper, self._words)

    def _verdict_row(self, page: OwnCheckPage) -> VerdictRow:
        say = self._words.say
        rejected = any(one.verdict == "rejected" for one in page.verdicts)
        undecided = any(one.verdict == "undecided" for one in page.verdicts)
        words = (
            say("So far rejected")
            if rejected
            else say("Not decided yet")
            if undecided
            else say("So far acceptable")
        )
        farthest = max((one.n for one in page.verdicts), default=0)
        switched = page.severities if page.severity_reason == "switching" else ()
        strict = {one.defect_class: one.severity for one in switched if one.severity != "normal"}
        return VerdictRow(
            words,
            rejected,
            tuple(self._judgement(one, farthest, strict.get(one.defect_class)) for one in page.verdicts),
        )

    def _judgement(self, one: ClassVerdict, farthest: int, severity: SwitchState | None) -> Judgement:
        name = states.defect_class(one.defect_class, self._words)
        live = samples.live(one, farthest, self._words)
        if severity is not None:
            live = self._words.say(
                "{live} · {state}", live=live, state=severities.state(severity, self._words)
            )
        return Judgement(
            name,
            self._words.say("{class_word}: {found} found", class_word=name, found=one.counted),
            live,
            one.counted,
            one.re,
        )

    def _acts_row(self, page: OwnCheckPage) -> ActsRow:
        say = self._words.say
        did = self._did[-1] if self._did else None
        undo = ""
        if did is not None and did.what == "found":
            undo = say("{name}, unit {unit}", name=did.name, unit=did.unit) if did.unit else did.name
        elif did is not None:
            undo = say("Back to unit {unit}", unit=did.unit)
        elif self._last:
            undo = say("Back to the review") if self._review.active else say("Back to the units")
        elif self._review.active:
            undo = ""
        elif self._standing_here(page):
            undo = say("Withdraw a defect")
        can_undo = bool(undo)
        if self._last and page.further:
            return ActsRow(undo, say("Take the next sample"), can_undo=can_undo, can_skip=False)
        if self._last:
            return ActsRow(undo, say("Read and sign"), "pen-line", can_undo=can_undo, can_skip=False)
        if self._review.active:
            return review_acts(self._review.review, self._words, units=bool(page.units))
        if page.tally:
            return self._tally_acts(page, undo)
        allowed = page.procedure.content.not_done_allowed
        skip = say("give a reason") if allowed else say("not allowed here")
        unit = self._unit(page)
        missing = self._next_characteristic(page, unit.unit)
        if missing is not None:
            name = page.procedure.content.characteristic(missing).name
            return ActsRow(
                undo,
                say("Measure first: {name}", name=name),
                "ruler",
                skip=skip,
                can_undo=can_undo,
                can_skip=allowed,
                can_go_on=False,
            )
        left = [u for u in page.units if not u.done and u.unit not in self._waiting and u.unit != unit.unit]
        bad = bool(self._standing_here(page)) or any(
            m.unit == unit.unit and not m.inside and not m.replaced for m in page.measured
        )
        if left:
            main = say("Next unit") if bad or unit.done else say("No defect, next unit")
        else:
            main = say("That was the last unit") if bad or unit.done else say("No defect, that was the last")
        return ActsRow(undo, main, "check", skip=skip, can_undo=can_undo, can_skip=allowed)

    def _tally_acts(self, page: OwnCheckPage, undo: str) -> ActsRow:
        say = self._words.say
        counted = sum(1 for u in page.units if u.done)
        main = say("That was the last") if counted >= len(page.units) else say("One more looked at")
        return ActsRow(undo, main, "check", skip=say("type the count instead"), can_undo=bool(undo))

    def _last_row(self, page: OwnCheckPage) -> LastRow:
        say = self._words.say
        if page.further:
            return self._further_row(page)
        open_units = [u.unit for u in page.units if not u.done and u.unit not in self._waiting]
        alone = page.procedure.content.modes() == {"review"}  # nothing is hidden from the second person then
        steps = [say("Put every unit back as you found it.")]
        if not alone:
            steps.insert(
                0, say("Take stickers, marks and tags off: nothing on the goods may tell what you found.")
            )
        note = say("Then read what you are about to sign.")
        if page.place == "first" and alone:
            steps = [say("Leave the numbers on what is left: the second person may measure it again.")]
            note = self._what_second_sees(page)
        elif page.place == "first":
            steps.append(say("Tell nobody what you found until the second person has signed."))
            note = self._what_second_sees(page)
        if page.may_end and open_units and page.begun <= _done(page):
            return LastRow(
                say("This check can end here"),
                (say("It rejects for certain, whatever the rest is like."), *steps),
                note,
                back=say("Go on looking"),
            )
        if not open_units:
            n = len(page.units)
            title = self._words.count("{n} unit is done.", "All {n} units are done.", n)
            if not n:
                opened = len(self._review.review.claims)
                title = (
                    self._words.count("What was found is opened.", "All {n} finds are opened.", opened)
                    if opened
                    else say("There was nothing to open.")
                )
            back = say("Back to the review") if self._review.active else ""
            return LastRow(title, tuple(steps), note, back=back)
        missing = self._words.count(
            "{n} unit has no result: {units}.",
            "{n} units have no result: {units}.",
            len(open_units),
            units=numbers(open_units, self._words),
        )
        title = say("Not everything is done yet")
        return LastRow(
            title, tuple(steps), note, missing, say("Go to {unit}", unit=open_units[0]), open_units[0]
        )

    def _further_row(self, page: OwnCheckPage) -> LastRow:
        """What was found decides nothing yet: say why more is asked for, and which units these are."""
        assert page.plan is not None
        say, rest = self._words.say, [unit for unit in page.units if not unit.done]
        where = say("Each unit says its number in the batch.")
        if len(rest) <= LISTED:
            where = say(
                "Their numbers in the batch: {units}.", units=numbers([u.number for u in rest], self._words)
            )
        return LastRow(
            self._words.count(
                "One more sample is needed: {n} unit", "One more sample is needed: {n} units", len(rest)
            ),
            samples.needed(page.verdicts, page.plan, page.further, self._words),
            where,
        )

    def _what_second_sees(self, page: OwnCheckPage) -> str:
        content, say = page.procedure.content, self._words.say
        reviewed = modes.looked_at_by(content, "review", self._words)
        if content.modes() == {"review"}:
            return say("The second person opens what you found: keep what is left of each unit.")
        if reviewed:
            return say(
                "The second person opens what you found of {what}, and sees nothing else of your work.",
                what=in_a_row(reviewed, self._words),
            )
        return say("The second person sees the goods and nothing of your work.")

    def _place_words(self) -> str:
        """Return where on the picture was tapped, in words that are readable on paper."""
        if self._place is None:
            return ""
        say = self._words.say
        across, down = (min(2, int(part * 3)) for part in self._place)
        return say("{down} {across}", down=say(_THIRDS_DOWN[down]), across=say(_THIRDS_ACROSS[across]))

    def _pending(self) -> str:
        say = self._words.say
        if self._photo and self._place:
            return say("Place and photo go with the next defect")
        if self._photo:
            return say("The photo goes with the next defect")
        return say("The place goes with the next defect: {place}", place=self._place_words())


def _done(page: OwnCheckPage) -> frozenset[int]:
    return frozenset(unit.unit for unit in page.units if unit.done)


def _by_findings(page: OwnCheckPage) -> bool:
    """Tell whether what is found may change how many units are asked for."""
    staged = page.plan is not None and any(one.stages for one in page.plan.classes)
    return staged or page.procedure.content.curtail


def _to_gather(page: OwnCheckPage) -> bool:
    """Tell whether a sample has still to be gathered: nothing of it is on record, and units are told apart."""
    begun = page.findings or page.measured or any(unit.done for unit in page.units)
    return not page.tally and (bool(page.further) or (page.place == "first" and not begun))


_SERIOUSNESS: Final[tuple[DefectClass, ...]] = ("critical", "major", "minor")


def _keys_of(page: OwnCheckPage, defect_class: str) -> list[ProcedureDefect]:
    """Return the keys of a class; what the second person only reviews has none."""
    content = page.procedure.content
    reviewed = codes_in_review(content) if page.place == "second" else frozenset[str]()
    return [k for k in content.keypad() if k.defect_class == defect_class and k.code not in reviewed]


def _asked(page: OwnCheckPage, unit: int) -> tuple[Characteristic, ...]:
    """Return what is measured on a unit in this check: of a sample of one's own, or in review, not everything."""
    asked = next((u.measures for u in page.units if u.unit == unit), None)
    return tuple(c for c in page.procedure.content.variables() if asked is None or c.code in asked)


def _reading(page: OwnCheckPage, unit: int, code: str) -> MeasuredRow | None:
    found = [m for m in page.measured if m.unit == unit and m.characteristic == code and not m.replaced]
    return found[-1] if found else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _index_of(page: OwnCheckPage | None, unit: int) -> int:
    """Return where a sample number stands among the units of a check: the second person may have only some of them."""
    units = page.units if page is not None else ()
    return next((i for i, one in enumerate(units) if one.unit == unit), 0)
