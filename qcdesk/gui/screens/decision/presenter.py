# SPDX-License-Identifier: Apache-2.0
"""The third person: every disputed claim is looked at again, the outcome follows, and "I decide" signs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.events import Resolution
from qcdesk.domain.refusals import UnresolvedUnits
from qcdesk.gui.asking import Ask, Asking, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.measured_pairs import measured_pairs
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.decision.rows import ClaimRow, PageRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ComparisonPage, DisputeRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import states


class DecisionView(Protocol):
    """The page."""

    def show_page(self, page: PageRow) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class DecisionWays:
    """Where the page leads."""

    batch: Callable[[str], None]
    comparison: Callable[[str], None]
    told: Callable[[str], None]


@dataclass(frozen=True)
class _Loaded:
    page: ComparisonPage
    settled: Mapping[tuple[int | None, str], bool]
    outcome: str
    photos: Mapping[str, bytes]


class DecisionPresenter:
    """One decision of one third person; each answer is saved when it is given."""

    def __init__(
        self,
        view: DecisionView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ask: Ask,
        changes: Changes,
        who: WhoNow,
        ways: DecisionWays,
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
        self._batch = ""
        self._check = ""
        self._loaded: _Loaded | None = None

    def open(self, batch: str, check: str) -> None:
        """Load the disputed claims and what is settled of them already."""
        self._batch, self._check, self._loaded = batch, check, None
        self.reload()

    def reload(self) -> None:
        """Load it again."""
        self._tasks.run(self._load, self._show, self._problems.show, latest="decision")

    def _load(self) -> _Loaded:
        use, known = self._use, self._loaded.photos if self._loaded else {}
        page = use.read.comparison(self._batch, self._who().person, use.clock.now())
        uow = use.look()
        with uow:
            settled = {(r.unit, r.code): r.holds for r in uow.work(self._check).resolutions}
        try:
            outcome = use.preview_decision(self._check)
        except UnresolvedUnits:
            outcome = ""
        wanted = {d.photo for d in page.disputes if d.photo and d.photo not in known}
        return _Loaded(page, settled, outcome, {**known, **{sha: use.files.read(sha) for sha in wanted}})

    def settle(self, key: str, there: bool) -> None:
        """Put down what is true of one claim; it may be changed until it is signed."""
        loaded = self._loaded
        claim = next((d for d in loaded.page.disputes if _key(d) == key), None) if loaded else None
        if claim is None:
            return
        sitting, check = self._who().sitting, self._check
        resolution = Resolution(claim.unit, claim.code, claim.defect_class, claim.count, there)

        def work() -> _Loaded:
            self._use.resolve(sitting, check, (resolution,))
            return self._load()

        self._tasks.run(work, self._show, self._problems.show)

    def back(self) -> None:
        """Go to the batch; every answer is saved."""
        self._ways.batch(self._batch)

    def sign(self) -> None:
        """Sign the outcome that is shown."""
        loaded = self._loaded
        if loaded is None or not loaded.outcome:
            return
        say, number = self._words.say, loaded.page.header.number
        accepted = loaded.outcome == "accepted"
        asking = Asking(
            say("Decide about batch {number}", number=number),
            say(
                "I decide. I looked at every unit on which the two disagree. With that the batch is accepted."
            )
            if accepted
            else say(
                "I decide. I looked at every unit on which the two disagree. With that the batch is rejected."
            ),
            say("Sign: I decide"),
            note=say("Both earlier checks stay as they are and are printed with your decision."),
        )
        check, outcome, batch = self._check, loaded.outcome, self._batch

        def decided(fact: object) -> None:
            self._changes.tell(fact)
            self._ways.told(say("Your decision is signed."))
            self._ways.comparison(batch)

        settled = dict(loaded.settled)
        self._ask(
            asking,
            lambda _a, hands: self._use.decide(hands[0], check, seen_outcome=outcome, seen_settled=settled),
            decided,
        )

    # words ------------------------------------------------------------------------------------------------------

    def _show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self._view.show_page(self._row(loaded))

    def _row(self, loaded: _Loaded) -> PageRow:
        say, page = self._words.say, loaded.page
        done = sum(1 for d in page.disputes if (d.unit, d.code) in loaded.settled)
        title, note = say("Not settled yet"), say("Look at each unit and say what is true of it.")
        if loaded.outcome == "accepted":
            title, note = say("Accepted"), say("What stands stays within what the plan allows.")
        elif loaded.outcome == "rejected":
            title, note = say("Rejected"), say("What stands is more than the plan allows.")
            if page.gone_through:  # each check went as far as its own findings led it
                note = say(
                    "What stands rejects, or asks for a sample that not both took: that is not accepted."
                )
        return PageRow(
            back=page.header.number,
            title=say("What is true of it?"),
            subject=say(
                "{number}  ·  {product}  ·  the two checks disagree, you decide",
                number=page.header.number,
                product=f"{page.header.product_name} {page.header.revision}".strip(),
            ),
            progress=say("{done} of {total} claims settled", done=done, total=len(page.disputes)),
            claims=tuple(self._claim(loaded, dispute) for dispute in page.disputes),
            outcome=loaded.outcome,
            outcome_title=title,
            outcome_note=note,
            sign=say("Sign: I decide"),
            names=(page.first.person_name, page.second.person_name),
            measured=measured_pairs(page, self._words),
        )

    def _claim(self, loaded: _Loaded, dispute: DisputeRow) -> ClaimRow:
        say, page = self._words.say, loaded.page
        by, other = page.first.person_name, page.second.person_name
        if dispute.by == "second":
            by, other = other, by
        holds = loaded.settled.get((dispute.unit, dispute.code))
        pairs = measured_pairs(page, self._words)
        measured = next((p for p in pairs if (p.number, p.code) == (dispute.unit, dispute.code)), None)
        claimed = (
            say("{name} found it, {other} did not.", name=by, other=other)
            if dispute.unit
            else say("{name} counted {n} more than {other}.", name=by, n=dispute.count, other=other)
        )
        if measured is not None:
            claimed = say("{name} measured it out of limits, {other} did not.", name=by, other=other)
        return ClaimRow(
            key=_key(dispute),
            unit=say("Unit {unit}", unit=dispute.unit)
            if dispute.unit
            else self._words.count("{n} found", "{n} found", dispute.count),
            defect=dispute.name,
            defect_class=states.defect_class(dispute.defect_class, self._words),
            critical=dispute.defect_class == "critical",
            claimed=claimed,
            measured=measured,
            note=self._words.run_on((dispute.note, self._against(dispute))),
            settled="" if holds is None else "there" if holds else "not_there",
            photo=loaded.photos.get(dispute.photo or "", b""),
        )

    def _against(self, dispute: DisputeRow) -> str:
        """Return why the second person says that an opened claim is not so."""
        return self._words.say("The second person: {said}", said=dispute.said) if dispute.said else ""


def _key(dispute: DisputeRow) -> str:
    return f"{dispute.unit or 0}:{dispute.code}"
