# SPDX-License-Identifier: Apache-2.0
"""The list of suppliers, and one of them: its batches, its defects, its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.countries import country_name
from qcdesk.domain.events import (
    Contact,
    SupplierMerged,
    SupplierPaper,
    SupplierSaved,
    SupplierStatusSet,
    SupplierUnmerged,
)
from qcdesk.domain.suppliers import STATUSES, UNSAID, SupplierStatus, lets_go
from qcdesk.gui.another import save_or_ask
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.finding import Finding
from qcdesk.gui.given_files import read_given
from qcdesk.gui.printed import show_printed
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.promises import ActionRow, PromiseRow, in_ledger
from qcdesk.gui.records import Notice, Values
from qcdesk.gui.scored import first_measures, measure_card
from qcdesk.gui.screens.suppliers.history import happened
from qcdesk.gui.screens.suppliers.model import LOOKS
from qcdesk.gui.shapes import Shape
from qcdesk.gui.signed_photos import Kept, photo_lines, photos_of
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.bars import Bar
from qcdesk.gui.widgets.measure_cards import MeasureCard
from qcdesk.gui.widgets.side_by_side import PhotoLine
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import LANGUAGE_NAMES, LANGUAGES, Catalogue
from qcdesk.services.audit_rows import AuditListRow
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.corrective_actions import by_names
from qcdesk.services.figure_rows import DefectFigures, LotRunRow, SupplierFigures
from qcdesk.services.lapsing_papers import file_name
from qcdesk.services.letters import ATTACHMENT_BYTES
from qcdesk.services.merge_suppliers import alike_while_typed
from qcdesk.services.nonconformity_rows import NonconformityRow
from qcdesk.services.ports import Hand
from qcdesk.services.prints import PrintsOf
from qcdesk.services.repeated_defects import tightening_rounds
from qcdesk.services.rows import BatchListRow, SameRow, SupplierDefectRow, SupplierListRow, SupplierPage
from qcdesk.services.scorecards import scorecard
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import nonconformities, scorecards, severities, states, supplier_defects
from qcdesk.wording import suppliers as told
from qcdesk.wording.audits import last_audit
from qcdesk.wording.corrective import ledger, most_urgent, rounds_tightened, stopped
from qcdesk.wording.named_lots import of_batch
from qcdesk.wording.severities import classes_tightened
from qcdesk.wording.spelling import alternatives
from qcdesk.wording.suppliers import SUPPLIER_WORDS, WHAT_STATUS_DOES, standing_line

BARS = 6
PHOTOGRAPHED = 3
"""Of so many defects photos are looked for."""
ALIKE = 12
"""Suppliers that read alike and are offered; any other one is named by its number."""
OFFERED = 2
"""So many of them stand beside the name that is being typed."""
_ANOTHER = "*"


class SuppliersView(Protocol):
    """The list."""

    def show_rows(self, rows: Sequence[SupplierListRow], *, searching: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class SuppliersPresenter:
    """Loads the list and narrows it as one types."""

    def __init__(
        self,
        view: SuppliersView,
        use: UseCases,
        tasks: Tasks,
        problems: Problems,
        open_supplier: Callable[[str], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._problems = problems
        self._open = open_supplier
        self._all: Finding[SupplierListRow] = Finding()
        self._asked = ""

    def open(self) -> None:
        """Show the list."""
        self.reload()

    def reload(self) -> None:
        """Load the list anew."""

        def texts(row: SupplierListRow) -> tuple[str, ...]:
            one = row.supplier
            return one.code, one.name, one.name_latin, one.country, country_name(one.country), one.contact

        self._tasks.run(
            lambda: Finding(in_order(self._use.read.suppliers(), lambda row: row.supplier.name), texts),
            self._loaded,
            self._problems.show,
            latest="suppliers",
        )

    def _loaded(self, rows: Finding[SupplierListRow]) -> None:
        self._all = rows
        self.search(self._asked)

    def search(self, text: str) -> None:
        """Narrow the list."""
        self._asked = text
        self._view.show_rows(self._all.matching(text), searching=bool(text.strip()))

    def choose(self, row: SupplierListRow) -> None:
        """Open a supplier."""
        self._open(row.supplier.supplier)


class SupplierView(Protocol):
    """One supplier."""

    def show_head(self, name: str, note: str) -> None: ...
    def show_batches(self, rows: Sequence[BatchListRow], note: str) -> None: ...
    def show_defects(self, rows: Sequence[SupplierDefectRow], note: str) -> None: ...
    def show_totals(self, bars: Sequence[Bar]) -> None: ...
    def show_severities(self, lines: Sequence[str]) -> None: ...
    def show_standing(
        self, word: str, shape: Shape, role: Role, line: str, *, stop: bool, let_go: bool
    ) -> None: ...
    def show_same(self, line: str, held: str, *, merge: bool, apart: bool) -> None: ...
    def show_headline(
        self, fact: str, way: str, act: str, *, urgent: bool, loud: bool, judged: bool
    ) -> None: ...
    def show_cards(self, cards: Sequence[MeasureCard]) -> None: ...
    def show_lots(self, picture: ChartPicture | None) -> None: ...
    def show_promises(self, rows: Sequence[PromiseRow], line: str, audited: str, *, late: bool) -> None: ...
    def show_stops(self, lines: Sequence[str]) -> None: ...
    def show_photos(self, code: str, photos: Sequence[PhotoLine]) -> None: ...
    def show_history(self, lines: Sequence[Happening]) -> None: ...
    def show_printed(self, papers: Sequence[Happening]) -> None: ...
    def show_amiss(self, line: str, *, late: bool) -> None: ...
    def show_record(self, facts: Sequence[tuple[str, str]], note: str) -> None: ...
    def show_lists(self, *, contacts: bool, papers: bool, copies: bool) -> None: ...
    def name_copy(self, name: str) -> None: ...
    def edit(self, heading: str, values: Mapping[str, str]) -> None: ...
    def show_alike(self, line: str) -> None: ...
    def show_reading(self) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class SupplierWays:
    """Where the page leads: back, to a batch, an action, the defects of a code, a figure, the severities."""

    back: Callable[[], None]
    batch: Callable[[str], None]
    action: Callable[[str], None]
    defects: Callable[[str, str], None]
    figure: Callable[[str, str], None]
    severities: Callable[[str, str], None]


@dataclass(frozen=True)
class Rest:
    """What is read of a supplier beside its page.

    ``tight``: what of its goods is inspected more strictly, and why. ``pictured``: the name of the defect that the photos
    are of.
    """

    actions: tuple[CorrectiveAction, ...]
    audits: tuple[AuditListRow, ...]
    amiss: Sequence[NonconformityRow]
    figures: SupplierFigures
    defects: DefectFigures
    lots: tuple[LotRunRow, ...]
    tight: tuple[str, ...]
    pictured: str
    photos: Kept


class SupplierPresenter:
    """Shows one supplier; an empty key writes a new one."""

    def __init__(
        self,
        view: SupplierView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        notice: Notice,
        ask: Ask,
        ways: SupplierWays,
    ) -> None:
        self._view = view
        self._ways = ways
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._notice = notice
        self._ask = ask
        self._now: SupplierSaved | None = None
        self._edited: SupplierSaved | None = None
        self._standing = UNSAID
        self._same: tuple[SameRow, ...] = ()
        self._copy = b""
        self._urgent = ""
        self._codes: tuple[str, ...] = ()
        self._lots: tuple[str, ...] = ()

    def open(self, supplier: str = "") -> None:
        """Show a supplier by id or number; none: the fields of a new one."""
        self._now = self._edited = None
        if not supplier:
            say = self._words.say
            self._view.show_head(say("New supplier"), "")
            self._view.show_batches((), "")
            self._view.show_defects((), "")
            self._view.show_totals(())
            self._view.show_severities(())
            self._view.edit(say("New supplier"), {})
            return
        self._view.show_reading()
        self._load(supplier)

    def reload(self) -> None:
        """Load it anew; what is being changed stays."""
        if self._now is not None:
            self._load(self._now.supplier)

    def _load(self, supplier: str) -> None:
        self._tasks.run(
            lambda: self._use.read.supplier(supplier), self._show, self._problems.show, latest="supplier"
        )

    def _load_rest(self, page: SupplierPage) -> None:
        use, supplier = self._use, page.supplier.supplier

        def load() -> Rest:
            actions = use.corrective_actions(supplier)
            with use.look() as uow:
                named = by_names(uow, actions)
                tight = tightening_rounds(uow, zip(actions, named, strict=True))
            return Rest(
                named,
                use.read.audits(supplier),
                use.read.nonconformities.listed(closed=True, supplier=supplier),
                use.read.figures(supplier, today=use.clock.today()),
                use.read.defect_figures(supplier),
                use.read.lot_run(supplier),
                (
                    *rounds_tightened(tight, self._words),
                    *classes_tightened(use.read.severities(supplier=supplier).now, self._words),
                ),
                *self._photos(page),
            )

        self._tasks.run(
            load, lambda rest: self._show_rest(page, rest), self._problems.show, latest="supplier_rest"
        )

    def _photos(self, page: SupplierPage) -> tuple[str, Kept]:
        """Return photos of the defect that was found most and has any, with its name."""
        for total in sorted(page.totals, key=lambda total: -total.count)[:PHOTOGRAPHED]:
            batches = dict.fromkeys(row.batch for row in page.defects if row.code == total.code and row.batch)
            kept = photos_of(self._use, tuple(batches), total.code)
            if kept:
                return total.name, kept
        return "", ()

    def _show_rest(self, page: SupplierPage, rest: Rest) -> None:
        words, view, today, one = self._words, self._view, self._use.clock.today(), page.supplier
        card = scorecard(rest.figures.rows, actions=rest.actions)
        urgent = most_urgent(rest.actions, one.name, today, words)
        self._urgent = urgent.action.id if urgent is not None else ""
        fact = urgent.text if urgent is not None else scorecards.headline(card, words)
        blocked = page.standing.status == "blocked"
        if blocked:
            fact = standing_line(page.standing, words)
        cards = [measure_card(measure, words) for measure in first_measures(card)]
        view.show_headline(
            fact,
            scorecards.mean(card, words),
            words.say("Open {action}", action=urgent.action.name) if urgent is not None else "",
            urgent=urgent is not None
            or page.standing.status != "approved"
            or any(map(scorecards.worse, card.measures)),
            loud=blocked or (urgent is not None and urgent.loud),
            judged=any(one.word not in ("too_few", "nothing") for one in card.measures),
        )
        view.show_cards(cards)
        self._lots = tuple(lot.batch for lot in rest.lots if lot.units)
        view.show_lots(supplier_defects.every_lot(rest.defects.rows, rest.lots, words))
        late = any(True for action in rest.actions for _ in action.overdue_promises(today))
        rows = in_ledger([ActionRow(action, one.name) for action in rest.actions], today)
        view.show_promises(
            rows,
            ledger(rest.actions, today, words),
            last_audit(rest.audits, words),
            late=late or urgent is not None,
        )
        view.show_amiss(
            nonconformities.of_supplier(rest.amiss, today, words),
            late=any(row.nonconformity.overdue(today) for row in rest.amiss),
        )
        standing = [(stop, a.name) for a in rest.actions for stop in a.stops if stop.decided is None]
        view.show_stops([*(stopped(stop, one.name, action, words) for stop, action in standing), *rest.tight])
        view.show_photos(rest.pictured, photo_lines(rest.photos, self._use, words))
        view.show_history(happened(page, rest.actions, rest.audits, rest.amiss, today, words))
        of = PrintsOf(supplier=one.supplier)
        show_printed(view, self._use, self._tasks, words, self._problems, of)

    def open_urgent(self) -> None:
        """Open the action that needs somebody most."""
        if self._urgent:
            self._ways.action(self._urgent)

    def open_bar(self, place: int) -> None:
        """Open the defects of a code that is shown, by its place; of the others all."""
        if self._now is not None:
            self._ways.defects(self._now.supplier, self._codes[place] if place < len(self._codes) else "")

    def open_lot(self, place: int) -> None:
        """Open a batch of the picture of all, by its place."""
        if 0 <= place < len(self._lots):
            self._ways.batch(self._lots[place])

    def open_figure(self, code: str) -> None:
        """Open the scorecard at a figure."""
        if self._now is not None:
            self._ways.figure(self._now.supplier, code)

    def _show(self, page: SupplierPage) -> None:
        say, count = self._words.say, self._words.count
        one = self._now = page.supplier
        self._load_rest(page)
        named = [part for part in (one.code, one.name_latin, country_name(one.country)) if part]
        line = named[0]
        for part in named[1:]:
            line = say("{before} · {part}", before=line, part=part)
        self._view.show_head(one.name, line)
        batches = count("{n} batch", "{n} batches", page.batch_total)
        if len(page.batches) < page.batch_total:
            batches = say("the newest {shown} of {n}", shown=len(page.batches), n=page.batch_total)
        self._view.show_batches(page.batches, batches if page.batches else "")
        defects = say("newest first")
        if len(page.defects) < page.defect_total:
            defects = say("the newest {shown} of {n}", shown=len(page.defects), n=page.defect_total)
        self._view.show_defects(page.defects, defects if page.defects else "")
        self._view.show_totals(self._bars(page))
        self._view.show_severities(
            [
                say(
                    "{product}: {line}",
                    product=row.product,
                    line=severities.of_class(
                        row.stands, states.defect_class(row.stands.defect_class, self._words), self._words
                    ),
                )
                for row in page.severities
            ]
        )
        self._standing = page.standing
        shape, role = LOOKS[page.standing.status]
        self._view.show_standing(
            say(SUPPLIER_WORDS[page.standing.status]),
            shape,
            role,
            standing_line(page.standing, self._words),
            stop=page.standing.status != "blocked",
            let_go=page.standing.status != "approved",
        )
        self._same = page.same
        self._view.show_same(
            "\n".join(told.same_lines(page.same, self._words)),
            told.held_back(page.blocked, self._words),
            merge=not page.same,
            apart=bool(page.same),
        )
        facts = (
            (say("Number"), one.code),
            (say("Country"), country_name(one.country)),
            (say("Name in Latin letters"), one.name_latin),
            (say("Contact"), one.contact),
            (say("Address"), one.address),
            (say("Named in reports"), "\n".join(of_batch(each, self._words) for each in page.named)),
            *told.facts(one, self._use.clock.today(), self._words),
        )
        self._view.show_lists(
            contacts=bool(one.contacts),
            papers=bool(one.papers),
            copies=any(paper.sha256 for paper in one.papers),
        )
        self._view.show_record([(name, value) for name, value in facts if value], one.note)

    def _bars(self, page: SupplierPage) -> list[Bar]:
        """Return how often each code was found, with the running total; the rarest ones together."""
        totals, so_far = sorted(page.totals, key=lambda total: -total.count), 0
        self._codes = tuple(total.code for total in totals[:BARS])
        bars = [(total.name, total.count) for total in totals[:BARS]]
        if rest := totals[BARS:]:
            other = self._words.count("{n} other code", "{n} other codes", len(rest))
            bars.append((other, sum(total.count for total in rest)))
        made, of = list[Bar](), sum(count for _, count in bars)
        for name, count in bars:
            so_far += count
            share = self._words.say("{n} %", n=round(100 * so_far / of))
            made.append(Bar(name, count, share, rest=len(made) == BARS))
        return made

    def stop(self) -> None:
        """Block the supplier, or let it deliver under a condition; takes one."""
        self._set_status([to for to in STATUSES if self._standing.status != to and not self._looser(to)])

    def let_go(self) -> None:
        """Let more of it through; takes two releasers."""
        self._set_status([to for to in STATUSES if self._looser(to)])

    def _looser(self, to: SupplierStatus) -> bool:
        return lets_go(self._standing.status, to)

    def _set_status(self, reachable: Sequence[SupplierStatus]) -> None:
        one, say = self._now, self._words.say
        if one is None or not reachable:
            return
        standing, two = self._standing, self._looser(reachable[0])
        choice = tuple(
            (to, say("{status}. {does}", status=say(SUPPLIER_WORDS[to]), does=say(WHAT_STATUS_DOES[to])))
            for to in reversed(reachable)
        )
        asking = Asking(
            say("{name}: let it deliver", name=one.name)
            if two
            else say("{name}: block or restrict", name=one.name),
            standing_line(standing, self._words),
            say("Sign and let it deliver") if two else say("Set the status"),
            (
                Question("to", say("From now on"), "choice", choice, value=choice[0][0]),
                Question("reason", say("Reason"), "text"),
            ),
            other=two,
            stops=not two,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> SupplierStatusSet:
            other = hands[1] if len(hands) > 1 else None
            return self._use.set_supplier_status(
                hands[0], other, one.supplier, answers["to"], answers["reason"], seen=standing.seq
            )

        def done(fact: SupplierStatusSet) -> None:
            self._notice(say("{name}: {status}.", name=one.name, status=say(SUPPLIER_WORDS[fact.status])))
            self.reload()

        self._ask(asking, act, done)

    def merge(self) -> None:
        """Ask which other supplier this one is the same as, those first that read alike; takes two planners."""
        one = self._now
        if one is not None:
            self._tasks.run(
                lambda: self._use.read.alike_suppliers(one.supplier),
                lambda alike: self._ask_same(one, alike),
                self._problems.show,
                latest="alike_suppliers",
            )

    def _ask_same(self, one: SupplierSaved, alike: Sequence[SupplierSaved]) -> None:
        say = self._words.say
        typed = Question("number", say("Its number"), hint=say("As your books name them"))
        questions: tuple[Question, ...] = (typed,)
        if alike:
            named = [(a.code, say("{code} {name}", code=a.code, name=a.name)) for a in alike[:ALIKE]]
            choices = (*named, (_ANOTHER, say("Another one")))
            which = Question("which", say("These read alike"), "choice", choices, value=choices[0][0])
            questions = (which, replace(typed, only=("which", _ANOTHER)))
        asking = Asking(
            say("{name} is the same as another one", name=one.name),
            say(
                "Both are read together from then on, and new batches come from the other one."
                " Nothing is written anew: taking them apart gives back what was there."
            ),
            say("Sign that they are one"),
            (*questions, Question("reason", say("Reason"), "text")),
            other=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> SupplierMerged:
            chosen = answers.get("which", _ANOTHER)
            same_as = answers["number"] if chosen == _ANOTHER else chosen
            return self._use.merge_suppliers(hands[0], hands[1], one.supplier, same_as, answers["reason"])

        def done(_fact: SupplierMerged) -> None:
            self._notice(say("{name} is the same as another one from now on.", name=one.name))
            self.reload()

        self._ask(asking, act, done)

    def take_apart(self) -> None:
        """Take suppliers apart again; takes two planners."""
        one, say = self._now, self._words.say
        if one is None or not self._same:
            return
        lines = told.same_lines(self._same, self._words)
        seen = {each.merge.supplier: each.merge.seq for each in self._same}
        choices = tuple((each.merge.supplier, line) for each, line in zip(self._same, lines, strict=True))
        asking = Asking(
            say("Take suppliers apart"),
            lines[0] if len(lines) == 1 else "",
            say("Sign that they are two"),
            (
                *((Question("which", say("Which one"), "choice", choices, value=choices[0][0]),)
                  if len(choices) > 1 else ()),
                Question("reason", say("Reason"), "text"),
            ),
            other=True,
        )  # fmt: skip

        def act(answers: Answers, hands: tuple[Hand, ...]) -> SupplierUnmerged:
            which = answers.get("which", choices[0][0])
            return self._use.unmerge_suppliers(hands[0], hands[1], which, answers["reason"], seen=seen[which])

        def done(_fact: SupplierUnmerged) -> None:
            self._notice(say("They are two again, each with what was its own."))
            self.reload()

        self._ask(asking, act, done)

    def add_contact(self) -> None:
        """Ask for somebody to write to."""
        say = self._words.say
        named = tuple((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)
        self._ask_for(
            say("Add a contact"),
            (
                Question("name", say("Name")),
                Question("role", say("What they do there"), optional=True),
                Question("language", say("Language"), "choice", named, value="en"),
                Question("email", say("Mail"), optional=True),
                Question("phone", say("Telephone"), optional=True),
            ),
            lambda one, said: replace(
                one,
                contacts=(
                    *one.contacts,
                    Contact(said["name"], said["role"], said["language"], said["email"], said["phone"]),
                ),
            ),
        )

    def remove_contact(self) -> None:
        """Ask which contact goes; the log keeps it."""
        if self._now is None:
            return
        names = tuple((str(i), told.contact(c, self._words)) for i, c in enumerate(self._now.contacts))
        self._ask_which(
            self._words.say("Remove a contact"),
            names,
            lambda one, i: replace(one, contacts=one.contacts[:i] + one.contacts[i + 1 :]),
        )

    def add_paper(self) -> None:
        """Ask for a certificate that the supplier holds."""
        say = self._words.say
        self._ask_for(
            say("Add a certificate"),
            (
                Question("kind", say("What it is"), hint=say("ISO 9001, or the material's")),
                Question("number", say("Number"), optional=True),
                Question("issuer", say("Issued by"), optional=True),
                Question("until", say("Good until"), "day", optional=True),
                Question(
                    "file",
                    say("A copy of it"),
                    "file",
                    value=say(
                        "Documents and pictures (*.pdf *.png *.jpg *.jpeg *.eml *.docx);;All files (*)"
                    ),
                    optional=True,
                ),
            ),
            self._with_paper,
        )

    def _with_paper(self, one: SupplierSaved, said: Answers) -> SupplierSaved:
        """Return the record with another certificate; its copy is kept first, under its hash."""
        kept = self._use.files.keep_file(read_given(said["file"], ATTACHMENT_BYTES)) if said["file"] else None
        until = date.fromisoformat(said["until"]) if said["until"] else None
        paper = SupplierPaper(said["kind"], said["number"], said["issuer"], until, kept)
        return replace(one, papers=(*one.papers, paper))

    def copy_paper(self) -> None:
        """Give out the kept copy of a certificate, if it is still what was kept; of several, ask which."""
        one, say = self._now, self._words.say
        if one is None:
            return
        kept = [paper for paper in one.papers if paper.sha256]
        if len(kept) == 1:
            self._fetch(kept[0])
            return
        today = self._use.clock.today()
        names = tuple((str(i), told.paper(paper, today, self._words)) for i, paper in enumerate(kept))
        which = Question("which", say("Which one"), "choice", names, value=names[0][0])
        asking = Asking(say("Save the copy of a certificate"), one.name, say("Go on"), (which,), secret=False)
        self._ask(asking, lambda answers, _hands: kept[int(answers["which"])], self._fetch)

    def _fetch(self, paper: SupplierPaper) -> None:
        def ready(content: bytes) -> None:
            self._copy = content
            self._view.name_copy(file_name(paper, content))

        digest = paper.sha256 or ""
        self._tasks.run(lambda: self._use.files.read(digest), ready, self._problems.show)

    def save_copy(self, path: str) -> None:
        """Write the copy that was fetched."""
        content, said = self._copy, self._words.say("{file} is written.", file=Path(path).name)
        self._tasks.run(
            lambda: self._use.letters.save(content, path),
            lambda _: self._notice(said),
            self._problems.show,
        )

    def remove_paper(self) -> None:
        """Ask which certificate goes; the log keeps it."""
        if self._now is None:
            return
        names = tuple(
            (str(i), told.paper(p, self._use.clock.today(), self._words))
            for i, p in enumerate(self._now.papers)
        )
        self._ask_which(
            self._words.say("Remove a certificate"),
            names,
            lambda one, i: replace(one, papers=one.papers[:i] + one.papers[i + 1 :]),
        )

    def _ask_which(
        self,
        title: str,
        names: tuple[tuple[str, str], ...],
        without: Callable[[SupplierSaved, int], SupplierSaved],
    ) -> None:
        which = Question("which", self._words.say("Which one"), "choice", names, value=names[0][0])
        self._ask_for(title, (which,), lambda one, said: without(one, int(said["which"])))

    def _ask_for(
        self,
        title: str,
        questions: tuple[Question, ...],
        changed: Callable[[SupplierSaved, Answers], SupplierSaved],
    ) -> None:
        """Ask, and save the record so changed, over the one that is in view."""
        one = self._now
        if one is None:
            return
        asking = Asking(title, one.name, self._words.say("Save supplier"), questions, secret=False)

        def act(answers: Answers, hands: tuple[Hand, ...]) -> SupplierSaved:
            return self._use.save_supplier(self._who().sitting, changed(one, answers))

        self._ask(asking, act, self._saved)

    def show_severities(self) -> None:
        """Show how strictly its lots are inspected, and how that came."""
        if self._now is not None:
            self._ways.severities(self._now.supplier, self._now.name)

    @property
    def shown(self) -> SupplierSaved | None:
        """The supplier in view; None while a new one is written."""
        return self._now

    def edit(self) -> None:
        """Change the record."""
        one = self._now
        if one is None:
            return
        self._edited = one
        self._view.edit(
            self._words.say("Change the record"),
            {
                "code": one.code,
                "name": one.name,
                "name_latin": one.name_latin,
                "country": country_name(one.country),
                "address": one.address,
                "contact": one.contact,
                "note": one.note,
                "tax_number": one.tax_number,
                "gln": one.gln,
                "products": " ".join(one.products),
            },
        )

    def leave(self) -> None:
        """Change nothing."""
        if self._now is None:
            self._ways.back()
        else:
            self._view.show_reading()

    def name_typed(self, name: str, latin: str) -> None:
        """Say beside the field which suppliers the name that is being typed reads like."""
        before = self._edited or SupplierSaved("", "", "")
        typed = replace(before, name=name, name_latin=latin)

        def look() -> tuple[SupplierSaved, ...]:
            with self._use.look() as uow:
                return alike_while_typed(uow, typed) if name or latin else ()

        def show(alike: tuple[SupplierSaved, ...]) -> None:
            say = self._words.say
            named = [say("{code} {name}", code=one.code, name=one.name) for one in alike[:OFFERED]]
            self._view.show_alike(
                say("Reads like {names}: is it the same?", names=alternatives(named, self._words))
                if named
                else ""
            )

        self._tasks.run(look, show, self._problems.show, latest="alike_typed")

    def save(self, values: Values) -> None:
        """Save the record."""
        before = self._edited
        record = replace(
            before or SupplierSaved("", values["code"], values["name"]),
            code=values["code"],
            name=values["name"],
            name_latin=values["name_latin"],
            country=values["country"],
            address=values["address"],
            contact=values["contact"],
            note=values["note"],
            tax_number=values["tax_number"],
            gln=values["gln"],
            products=tuple(values["products"].replace(",", " ").split()),
        )
        self._view.show_working(True)
        save_or_ask(
            self._tasks,
            self._words,
            self._ask,
            self._problems,
            lambda another, other: self._use.save_supplier(
                self._who().sitting, record, another=another, other=other
            ),
            self._saved,
            lambda: self._view.show_working(False),
        )

    def _saved(self, record: SupplierSaved) -> None:
        self._view.show_working(False)
        self._notice(self._words.say("{name} is saved.", name=record.name))
        self.open(record.supplier)
