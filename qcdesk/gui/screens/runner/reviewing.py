# SPDX-License-Identifier: Apache-2.0
"""The review within a running check: what is opened, what is said of it, and what is measured again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.reviewing import Opened
from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.problems import Problems
from qcdesk.gui.screens.runner.review import Review, review_row
from qcdesk.gui.screens.runner.rows import ReviewRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.record_entries import Entries, NewFinding, NewReading
from qcdesk.services.rows import OwnCheckPage, ReviewClaimRow
from qcdesk.services.use_cases import UseCases


class Host(Protocol):
    """The runner in which the review takes place."""

    @property
    def page(self) -> OwnCheckPage | None: ...
    def record_reviewed(self, entries: Entries, done: Callable[[], None]) -> None: ...
    def instrument_for(self, code: str) -> str | None: ...
    def show_again(self) -> None: ...
    def review_done(self) -> None: ...
    def review_left(self) -> None: ...
    def told(self, line: str) -> None: ...


class Reviewing:
    """Opens the claims of the first person one after another. Loads them only when one gets there."""

    def __init__(
        self, host: Host, use: UseCases, tasks: Tasks, words: Catalogue, problems: Problems, ask: Ask
    ) -> None:
        self._host = host
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._ask = ask
        self.forget()

    def forget(self) -> None:
        """Another check is opened."""
        self.active = False
        self.review = Review()
        self._photos: dict[str, bytes] = {}

    @staticmethod
    def needed(page: OwnCheckPage) -> bool:
        """Tell whether this check ends in a review."""
        return page.place == "second" and bool(codes_in_review(page.procedure.content))

    def begin(self, check: str, person: str, *, unit: int = 0) -> None:
        """Load what there is to open and show it; ``unit``: a claim on this one, where there is one."""

        def came(claims: tuple[ReviewClaimRow, ...]) -> None:
            review = self.review.again(claims)
            if review.claim is not None and review.claim.agrees is not None:
                review = review.next_left() or review
            self.active = True
            self._see(review.at_unit(unit) or review)

        self._tasks.run(
            lambda: self._use.review.claims(check, person), came, self._problems.show, latest="review"
        )

    def _see(self, review: Review) -> None:
        self.review = review
        self._bring()
        self._host.show_again()

    def _bring(self) -> None:
        claim = self.review.claim
        wanted = claim.photo if claim is not None else None
        if wanted is None or wanted in self._photos:
            return

        def show(content: bytes) -> None:
            self._photos[wanted] = content
            if self.active:
                self._host.show_again()

        self._tasks.run(lambda: self._use.files.read(wanted), show, self._problems.show)

    def row(self) -> ReviewRow:
        """Return the page in words."""
        claim = self.review.claim
        photo = self._photos.get(claim.photo or "", b"") if claim is not None else b""
        return review_row(self.review, self._words, photo)

    # acts -------------------------------------------------------------------------------------------------------

    def choose(self, index: int) -> None:
        """Open the claim that was tapped in the list."""
        if self.active and 0 <= index < len(self.review.claims):
            self._see(self.review.at(index))

    def go_on(self) -> None:
        """The main key: it is so (or as measured again), the next one please; after the last, the last page."""
        claim = self.review.claim
        if claim is None or (claim.agrees is not None and not self.review.left):
            self._host.review_done()
        elif claim.agrees is not None:
            self._see(self.review.next_left() or self.review)
        elif claim.own is None or not claim.own.inside:
            self._say(Opened(claim.claim))
        else:
            note = self._words.say(
                "Measured again: {value} {unit}", value=claim.own.typed, unit=claim.own.measure
            )
            self._say(Opened(claim.claim, agrees=False, note=note))

    def not_so(self) -> None:
        """Say of the claim in view that it is not so, with a reason; or after all that it is."""
        claim = self.review.claim
        if claim is None or claim.own is not None:
            return
        if claim.agrees is False:
            self._say(Opened(claim.claim), stay=True)
            return
        say = self._words.say
        asking = Asking(
            say("Unit {unit}: {name} is not so", unit=claim.unit, name=claim.name),
            say("What the first person put on record stays, with your reason beside it."),
            say("It is not so"),
            (Question("note", say("Why not"), "text"),),
            secret=False,
        )
        self._ask(asking, lambda a, _h: Opened(claim.claim, agrees=False, note=_given(a, "note")), self._say)

    def _say(self, said: Opened, *, stay: bool = False) -> None:
        page = self._host.page
        if page is None:
            return

        def saved() -> None:
            following = None if stay else self.review.next_left()
            if following is not None:
                self._see(following)

        self._host.record_reviewed(Entries(page.check, reviewed=(said,)), saved)

    def back(self) -> None:
        """Go to the claim before; from the first one to the units."""
        if self.review.here > 0:
            self._see(self.review.at(self.review.here - 1))
        else:
            self._host.review_left()

    def measured(self, code: str, typed: str) -> None:
        """A reading of what is left of the unit in view: it speaks before what is said."""
        page, claim = self._host.page, self.review.claim
        if page is None or claim is None:
            return
        reason = self._words.say("measured again") if claim.own is not None else ""
        reading = NewReading(claim.unit, code, typed, self._host.instrument_for(code), reason)
        self._host.record_reviewed(Entries(page.check, readings=(reading,)), lambda: None)

    def another_unit(self) -> None:
        """Measure or find on a unit on which the first person found nothing."""
        page = self._host.page
        if page is None:
            return
        say, content = self._words.say, page.procedure.content
        codes = codes_in_review(content)
        choices = tuple((c.code, c.name) for c in content.characteristics if c.code in codes)
        variables = {c.code for c in content.variables()}
        questions = [
            Question("code", say("What"), "choice", choices, choices[0][0]),
            Question("unit", say("Unit, by its sample number")),
        ]
        if variables & codes:
            some = bool(codes - variables)
            hint = say("Only of what is measured") if some else ""
            questions.append(Question("value", say("Reading"), optional=some, hint=hint))
        asking = Asking(
            say("Another unit"),
            say("On any unit of the first sample of which something is left."),
            say("Put it on record"),
            tuple(questions),
            secret=False,
        )

        def entries(answers: Answers, _hands: object) -> Entries:
            unit = parse_quantity(answers["unit"], least=1, where={"field": "unit"})
            code = answers["code"]
            if code not in variables:
                return Entries(page.check, findings=(NewFinding(unit, code),))
            reading = NewReading(unit, code, _given(answers, "value"), self._host.instrument_for(code))
            return Entries(page.check, readings=(reading,))

        def put(new: Entries) -> None:
            unit = new.findings[0].unit if new.findings else new.readings[0].unit
            self._host.record_reviewed(
                new, lambda: self._host.told(say("Unit {unit} is on record.", unit=unit))
            )

        self._ask(asking, entries, put)


def _given(answers: Answers, code: str) -> str:
    """Return an answer. Raises: BadInput ``missing`` where there is none."""
    answer = answers.get(code, "").strip()
    if not answer:
        raise BadInput("missing", where={"field": code})
    return answer
