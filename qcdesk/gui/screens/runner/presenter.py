# SPDX-License-Identifier: Apache-2.0
"""One's own check, unit by unit or by tally. Reads one's own check and nothing else; says "saved" after the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.refusals import SittingOver
from qcdesk.gui.asking import Ask, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.runner import questions
from qcdesk.gui.screens.runner.last_page import last_row
from qcdesk.gui.screens.runner.own_check import (
    Did,
    Here,
    by_findings,
    done_units,
    good_instruments,
    index_of,
    left_at,
    missing,
    reading_of,
    to_gather,
)
from qcdesk.gui.screens.runner.page_rows import (
    acts_row,
    class_rows,
    head_row,
    measure_row,
    pending,
    place_words,
    step_row,
    units_row,
    verdict_row,
)
from qcdesk.gui.screens.runner.reviewing import Reviewing
from qcdesk.gui.screens.runner.rows import (
    ActsRow,
    ClassRow,
    HeadRow,
    LastRow,
    MeasureRow,
    ReviewRow,
    StepRow,
    UnitsRow,
    VerdictRow,
)
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import KeptPhoto
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.rows import OwnCheckPage, ReviewClaimRow
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages

SLIP: Final = "slip"


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
        self._did: list[Did] = []
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

    # opening ----------------------------------------------------------------------------------------------------

    def open(self, check: str) -> None:
        """Load one's own check and show it where it was left."""
        self._check = check
        self._forget()
        person = self._who().person

        def begin(page: OwnCheckPage) -> None:
            self._page = page
            self._here = left_at(page)
            self._instruments = good_instruments(page, self._use.clock.today())
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
        return self._now(page).unit.unit

    @property
    def measuring(self) -> str | None:
        """The characteristic whose reading is still missing on the unit in hand."""
        page, unit = self._page, self.unit_in_hand
        return None if page is None or unit is None else missing(page, unit)

    def _now(self, page: OwnCheckPage) -> Here:
        """Return where one is, on this reading of the page."""
        return Here(
            page,
            self._here,
            frozenset(self._waiting),
            self._last,
            self._review.review if self._review.active else None,
            self._measuring,
            self._did[-1] if self._did else None,
        )

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
                # a further sample stands before what joined
                self._here = index_of(page, self._now(old).unit.unit)
            if page.may_end and entries.results and not self._ended and not self._waiting - done_units(page):
                self._ended = self._last = True
            self._waiting -= {u.unit for u in page.units if u.done}
            if entries.results and by_findings(page) and not self._waiting:
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
                self._here = index_of(self._page, result.unit)
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
        unit = None if page.tally else self._now(page).unit.unit
        photo = self._photo
        finding = NewFinding(
            unit,
            code,
            place=place_words(self._place, self._words),
            photo=photo.copy if photo else None,
            photo_original=photo.original if photo else None,
        )
        self._place, self._photo = None, None
        self._view.show_pending(None, "")

        def note(old: OwnCheckPage, new: OwnCheckPage) -> None:
            known = {f.id for f in old.findings}
            for made in new.findings:
                if made.id not in known and made.code == code:
                    self._did.append(Did("found", made.id, made.name, made.unit or 0))

        self._record(Entries(self._check, findings=(finding,)), note)

    def more_codes(self, defect_class: str) -> None:
        """Choose among the codes that have no key of their own."""
        if self._page is not None:
            asking = questions.another_defect(self._page, defect_class, self._words)
            self._ask(asking, lambda a, _h: a["code"], self.found)

    def tapped(self, x: float, y: float) -> None:
        """Remember the place for the next defect."""
        self._place = (x, y)
        self._show_pending()

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
            self._show_pending()
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
        unit = self._now(page).unit.unit
        reading = NewReading(
            unit,
            code,
            typed,
            self._instruments.get(code),
            "measured again" if self._again or reading_of(page, unit, code) is not None else "",
        )
        self._again = False

        def after(_old: OwnCheckPage, new: OwnCheckPage) -> None:
            made = reading_of(new, unit, code)
            if made is not None and not made.inside:
                self._measuring = code  # it stays in view until one keeps it or measures again
            elif self._now(new).unit.unit == unit:
                self._measuring = missing(new, unit)

        self._record(Entries(self._check, readings=(reading,)), after)

    def keep_reading(self, _code: str) -> None:
        """A reading out of limits stands; go on with the next one."""
        page = self._page
        if page is not None:
            if not self._review.active:
                self._measuring = missing(page, self._now(page).unit.unit)
            self._show()

    def measure_again(self, code: str) -> None:
        """Take the next reading in the place of this one; both stay in the record."""
        page = self._page
        if page is None:
            return
        self._measuring, self._again = code, True
        self._show_measure(self._now(page), empty=True)

    def refuse_reading(self, problem: Exception) -> None:
        """What was typed can be no reading."""
        self._problems.show(problem)

    def choose_instrument(self) -> None:
        """Say which instrument one measures with."""
        page, code = self._page, self._now(self._page).current if self._page else None
        if page is None or code is None:
            return
        characteristic = page.procedure.content.characteristic(code)
        choices = questions.instruments(page, characteristic, self._words, self._use.clock.today())
        if not choices:
            self._ways.told(questions.no_instrument(characteristic, self._words))
            return
        used = self._instruments.get(code, "")

        def chosen(number: str) -> None:
            self._instruments[code] = number
            self._show()

        asking = questions.instrument(characteristic, choices, used, self._words)
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
        unit = self._now(page).unit
        if missing(page, unit.unit) is not None:
            return
        if not unit.done and unit.unit not in self._waiting:
            self._waiting.add(unit.unit)
            self._did.append(Did("went", unit=unit.unit))
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
        if page.further and self._now(page).unit.done:
            self._last = True  # what is open is all of a further sample, which is a step of its own
        elif open_units:
            self._here = (later or open_units)[0]
        elif self._review.needed(page):
            self._begin_review()
            return
        else:  # what is being saved may ask for a further sample: then the page follows the commit
            self._last = not (self._waiting and by_findings(page))
        self._show()

    def not_done(self) -> None:
        """Leave the unit in hand out, with a reason; of a tally, say how many were looked at."""
        page = self._page
        if page is None or self._last:
            return
        if self._review.active:
            self._review.not_so()
            return
        if page.tally:
            self._ask(
                questions.looked_at(page, self._words),
                lambda a, _h: parse_quantity(a["tallied"], least=0, where={"field": "tallied"}),
                lambda n: self._record(Entries(self._check, tallied=n)),
            )
            return
        unit = self._now(page).unit.unit

        def leave(reason: str) -> None:
            self._waiting.add(unit)
            self._did.append(Did("went", unit=unit))
            self._move_on(page)
            self._record(Entries(self._check, results=(NewResult(unit, reason),)))

        self._ask(
            questions.left_out(unit, self._words),
            lambda a, _h: f"{self._words.say(a['reason'])} {a['note']}".strip(),
            leave,
        )

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
            self._here, self._last = index_of(page, did.unit), False
            self._measuring = None
            self._show()
            return
        self._record(Entries(self._check, withdraw=(Withdraw(did.finding, SLIP),)))

    def _withdraw_older(self, page: OwnCheckPage) -> None:
        """Withdraw an earlier finding of the unit in hand: nothing is deleted, so a reason goes with it."""
        findings = self._now(page).standing
        if not findings:
            return
        self._ask(
            questions.withdrawal(findings, self._words),
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
            self._here = index_of(page, unit)
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

        def stopped(fact: object) -> None:
            self._changes.tell(fact)
            self._ways.told(say("Batch {number} is stopped.", number=page.header.number))

        self._ask(
            questions.stop(page, self._words),
            lambda a, _h: self._use.stop_batch(sitting, page.batch, a["kind"], a["reason"]),
            stopped,
        )

    def leave(self) -> None:
        """Go to the batch; everything is saved already."""
        if self._page is not None:
            self._ways.leave(self._page.batch)

    def stickers(self) -> None:
        """Show the stickers for the drawn units; the way back leads here."""
        if self._page is not None:
            self._ways.stickers(self._page.batch, self._check)

    # what is shown ----------------------------------------------------------------------------------------------

    def _show_head(self, page: OwnCheckPage) -> None:
        self._view.show_head(head_row(page, self._words, reviewing=self._review.active))

    def _show_saved(self, page: OwnCheckPage) -> None:
        at = page.saved_at or page.started_at
        self._view.show_saved(self._words.say("Saved {time}", time=ages.clock(at, seconds=True)))

    def _show(self) -> None:
        page = self._page
        if page is None:
            return
        here = self._now(page)
        self._view.show_stickers(to_gather(page))
        opened = len(self._review.review.claims)
        self._view.show_last(last_row(here, opened, self._words) if self._last else None)
        self._view.show_review(self._review.row() if self._review.active else None)
        self._show_measure(here)
        self._view.show_verdict(verdict_row(page, self._words))
        self._view.show_acts(acts_row(here, self._words))
        if self._review.active:
            return
        if page.tally:
            self._show_tally(page)
        else:
            self._view.show_units(units_row(here, self._words))
        self._view.show_classes(class_rows(page, self._words))

    def _show_measure(self, here: Here, *, empty: bool = False) -> None:
        instrument = self._instruments.get(here.current or "", "")
        self._view.show_measure(measure_row(here, instrument, self._words, empty=empty))

    def _show_tally(self, page: OwnCheckPage) -> None:
        say = self._words.say
        counted = sum(1 for u in page.units if u.done)
        self._view.show_tally(
            say("{n} looked at", n=counted),
            say("of {total}", total=len(page.units)),
            say("{n} to go", n=len(page.units) - counted),
        )

    def _show_step(self) -> None:
        page = self._page
        if page is None:
            return
        steps = page.procedure.content.steps
        self._step = max(0, min(self._step, len(steps) - 1))
        sha256 = (steps[self._step].picture if steps else None) or ""
        picture = self._pictures.get(sha256, b"")
        if sha256 and not picture:
            wanted = self._step

            def show(content: bytes) -> None:
                self._pictures[sha256] = content
                if self._step == wanted:
                    self._show_step()

            self._tasks.run(lambda: self._use.files.read(sha256), show, self._problems.show, latest="step")
        row = step_row(page, self._step, picture, self._words)
        self._view.show_step(row, before=self._step > 0, after=self._step < len(steps) - 1)

    def _show_pending(self) -> None:
        words = pending(self._place, self._words, photo=self._photo is not None)
        self._view.show_pending(self._place, words)
