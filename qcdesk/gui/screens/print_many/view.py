# SPDX-License-Identifier: Apache-2.0
"""Left which papers and where to, right the batches they are of, and at the end what came of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QWidget

from qcdesk.gui import status
from qcdesk.gui.printers import A4_MM, PrintJob, Sheet, choose_printer
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.print_many.rows import KINDS, PRINTER, WHERE, Kind, Line, Where, Wish
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.forms import Check, ChoiceField, LineField
from qcdesk.gui.widgets.lists import ROW, Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState, Progress
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.widgets.text import secondary
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue
from qcdesk.services.labels import MOST_COPIES, STOCKS
from qcdesk.wording import labels

ChoosePrinter = Callable[[QWidget, str, int, Sheet, str], PrintJob | None]


class _Batches(Table):
    """``spaced``: the space bar was pressed on the row that has the focus.

    A row is measured when it changes; all of them for each paper would take longer than to make it.
    """

    spaced = Signal()

    def __init__(self, model: RowsModel[Line], name: str) -> None:
        super().__init__(model, name)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.spaced.emit()
        else:
            super().keyPressEvent(event)


class PrintManyView(DeskPage):
    """``print_wanted`` carries a ``Wish``, its folder or its printers chosen; ``toggled`` the batch of a row."""

    searched = Signal(str)
    today_wanted = Signal()
    toggled = Signal(str)
    all_wanted = Signal(bool)
    print_wanted = Signal(object)
    again_wanted = Signal()
    cancelled = Signal()

    def __init__(
        self,
        words: Catalogue,
        languages: Sequence[str] = ("en",),
        printer: ChoosePrinter = choose_printer,
    ) -> None:
        say = words.say
        super().__init__(
            words,
            say("Print many papers"),
            say("Each paper is made whole or not at all. What could not be made is listed, with the reason."),
            back=say("Back to the board"),
        )
        self._printer = printer
        self._printers: dict[Kind, PrintJob] = {}
        self._last: dict[Kind, str] = {}
        self._job: PrintJob | None = None
        self._languages = tuple(languages)
        self._folder = ""
        self._taken = 0
        self._running = False
        self.printing = Button(say("Print"), "filled", icon="printer")
        self.printing.clicked.connect(self._print)
        self.again = Button(say("Try again"), icon="rotate-ccw")
        self.again.clicked.connect(self.again_wanted)
        add(self.acts, self.again, self.printing)
        self.progress = Progress(say("Cancel"))
        self.progress.cancelled.connect(self.cancelled)
        self.outcome = IconLine("", shape="tick", role="accept", weight=600)
        columns = row(14)
        add(self.body, self.progress, self.outcome)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._wishing())
        columns.addWidget(self._choosing(), 1)
        self.outcome.hide()
        self.again.hide()
        self._show_ready()

    def _wishing(self) -> QWidget:
        say = self.words.say
        card = Card(say("Which papers"), "", padding=18)
        self.kinds: dict[Kind, Check] = {kind: Check(say(name)) for kind, name in KINDS.items()}
        for check in self.kinds.values():
            check.toggled.connect(lambda _: self._show_ready())
            card.body.addWidget(check)
        stocks = [(code, say(name)) for code, name in labels.STOCKS.items()]
        self.stock = ChoiceField(say("Label stock"), stocks)
        self.stock.set_value(stocks[0][0])
        self.copies = LineField(say("How many labels"), most=len(str(MOST_COPIES)))
        self.copies.set_value("1")
        self.copies.changed.connect(self._show_ready)
        self.labels = QWidget()
        inside = column(6)
        self.labels.setLayout(inside)
        add(inside, self.stock, self.copies)
        tongues = [(code, LANGUAGE_NAMES[code]) for code in self._languages]
        self.language = ChoiceField(say("Language of the paper"), tongues)
        self.language.changed.connect(self._show_second)
        self.second = ChoiceField(say("Second language"))
        self.where = ChoiceField(
            say("Where to", context="papers"), [(code, say(name)) for code, name in WHERE.items()]
        )
        self.where.set_value("folder")
        for field in (self.stock, self.language, self.second, self.where):
            field.make_narrow(8)
            field.below.hide()
        add(card.body, self.where, self.labels, self.language, self.second, None)
        scroll = Scroll(card)
        scroll.setFixedWidth(330)
        return scroll

    def _choosing(self) -> Card:
        say = self.words.say
        card = Card(padding=18)
        self.search = SearchField(say("Batch, supplier, order or product"), shortcut=False)
        self.search.asked.connect(self.searched)
        self.search.entered.connect(self.searched)
        self.today = Button(say("Released today"), icon="calendar", height=42)
        self.today.clicked.connect(self._today)
        top = row(10)
        top.addWidget(self.search, 20)
        add(top, self.today, None)
        self.count = secondary("", "text2")
        self.all = Button(say("Take all"), "text", height=32, size=14)
        self.all.clicked.connect(lambda: self.all_wanted.emit(True))
        self.none = Button(say("Take none"), "text", height=32, size=14)
        self.none.clicked.connect(lambda: self.all_wanted.emit(False))
        told = row(8)
        add(told, self.count, None, self.all, self.none)
        self.table = _Batches(self._model(), say("Batches"))
        self.table.clicked.connect(self._toggle)
        self.table.spaced.connect(lambda: self._toggle(self.table.currentIndex()))
        more = say("Type a batch, a supplier, an order or a product to find others.")
        self.nobody = EmptyState(say("No batch was released today"), more, icon="calendar")
        self.nothing = EmptyState(say("Nothing matches"), more, icon="search")
        card.body.addLayout(top)
        card.body.addLayout(told)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nobody, 1)
        card.body.addWidget(self.nothing, 1)
        return card

    def _model(self) -> RowsModel[Line]:
        say = self.words.say

        def state(line: Line) -> Cell:
            look = status.look("quarantined" if line.row.held else line.row.state)
            return Cell(look.shape, look.role, 600)

        def told(line: Line) -> Cell:
            if line.fine is None:
                return Cell(role="text2")
            if line.fine:
                return Cell("tick", "accept", 600)
            return Cell("triangle", "attention", 600, line.why)

        return RowsModel(
            (
                Column(
                    say("Print", context="column"),
                    lambda line: say("yes") if line.taken else say("no"),
                    sort=lambda line: not line.taken,
                    look=lambda line: Cell("tick", "action") if line.taken else Cell("empty", "text3"),
                    wide=84,
                ),
                Column(say("Batch"), lambda line: line.row.number, look=lambda _: Cell(weight=600), wide=130),
                Column(say("Supplier"), lambda line: line.row.supplier, wide=120, lines=2),
                Column(
                    say("State"),
                    lambda line: status.word("quarantined" if line.row.held else line.row.state, self.words),
                    look=state,
                    wide=140,
                    lines=2,
                ),
                Column(say("What came of it"), lambda line: line.told, look=told, wide=0, notes=5),
            )
        )

    # setters ----------------------------------------------------------------------------------------------------

    def show_habit(self, habit: Mapping[str, str]) -> None:
        """Show what was chosen last here; the first time, the certificate, into a folder."""
        kinds = habit.get("kinds", "certificate").split(",")
        for kind, check in self.kinds.items():
            check.setChecked(kind in kinds)
        if habit.get("stock") in STOCKS:
            self.stock.set_value(habit["stock"])
        self.copies.set_value(habit.get("copies", "1"))
        self.where.set_value(habit["where"] if habit.get("where") in WHERE else "folder")
        own = self.words.language if self.words.language in self._languages else self._languages[0]
        self.language.set_value(habit["language"] if habit.get("language") in self._languages else own)
        self._show_second()
        if habit.get("second") in self._languages:
            self.second.set_value(habit["second"])
        self._folder = habit.get("folder", "")
        self._last = {kind: habit.get(f"{PRINTER}{kind}", "") for kind in KINDS}
        self._show_ready()

    def _show_second(self) -> None:
        others = [(c, LANGUAGE_NAMES[c]) for c in self._languages if c != self.language.value()]
        self.second.set_choices([("", self.words.say("No second language")), *others])
        if not self.second.value():
            self.second.set_value("")

    def show_lines(self, lines: Sequence[Line], found_by: str) -> None:
        """Show the batches that were found by these words, or (empty) that were released today."""
        if not self.search.hasFocus():
            self.search.setText(found_by)
        self.problems.clear()
        self.table.rows.show_rows(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines and bool(found_by))
        self.nobody.setVisible(not lines and not found_by)

    def show_line(self, index: int, line: Line) -> None:
        """Show one line anew."""
        self.table.rows.change_row(index, line)
        if line.why:
            self.table.fit_row(index)

    def show_taken(self, taken: int) -> None:
        """Show how many are taken."""
        self._taken = taken
        total = self.table.rows.rowCount()
        self.count.setText(
            self.words.count(
                "{taken} of {n} batch is taken", "{taken} of {n} batches are taken", total, taken=taken
            )
            if total
            else ""
        )
        self.all.setVisible(bool(total))
        self.none.setVisible(bool(total))
        self._show_ready()

    def show_running(self, running: bool) -> None:
        """Let nothing be changed while papers are made."""
        self._running = running
        for part in (*self.kinds.values(), self.labels, self.language, self.second, self.where,
                     self.search, self.today, self.all, self.none, self.again):  # fmt: skip
            part.setEnabled(not running)
        self._show_ready()

    def show_progress(self, words: str, share: float | None) -> None:
        """Say what is done; it shows after half a second."""
        self.progress.tell(words, share)

    def end_progress(self) -> None:
        """It is done."""
        self.progress.end()

    def show_outcome(self, words: str, failed: int) -> None:
        """Say what came of all; empty: nothing was done yet."""
        fine = failed == 0
        self.outcome.show_line(
            words, shape="tick" if fine else "triangle", role="accept" if fine else "attention"
        )
        self.outcome.setVisible(bool(words))
        self.again.setVisible(not fine)

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self.end_progress()
        self.problems.show_problem(problem)

    def _show_ready(self) -> None:
        chosen = [kind for kind, check in self.kinds.items() if check.isChecked()]
        self.labels.setVisible("labels" in chosen)
        papers = len(chosen) * self._taken
        self.printing.setText(
            self.words.count("Make {n} paper", "Make {n} papers", papers)
            if papers
            else self.words.say("Make the papers")
        )
        copies = self.copies.value()
        fine = "labels" not in chosen or (
            copies.isascii() and copies.isdigit() and 1 <= int(copies) <= MOST_COPIES
        )
        self.copies.show_wrong(
            "" if fine else self.words.say("Type a number from 1 to {most}.", most=MOST_COPIES)
        )
        self.printing.setEnabled(papers > 0 and fine and not self._running)

    # What people do ---------------------------------------------------------------------------------------------

    def _today(self) -> None:
        self.search.clear()
        self.today_wanted.emit()

    def _toggle(self, index: QModelIndex) -> None:
        line = index.data(ROW) if index.isValid() else None
        if isinstance(line, Line):
            self.toggled.emit(line.row.batch)

    def _print(self) -> None:
        kinds = tuple(kind for kind, check in self.kinds.items() if check.isChecked())
        where = cast("Where", self.where.value())
        folder = self._folder
        if where == "printer":
            folder = ""
            if not self._choose_printers(kinds):
                return
        elif where != "send":
            folder = QFileDialog.getExistingDirectory(self, self.words.say("Folder for the papers"), folder)
            if not folder:
                return
            self._folder = folder
        copies = int(self.copies.value()) if "labels" in kinds else 1
        self.print_wanted.emit(
            Wish(
                kinds,
                where,
                self.stock.value(),
                copies,
                self.language.value(),
                self.second.value(),
                folder,
                tuple((kind, job.name) for kind, job in self._printers.items()) if where == "printer" else (),
            )
        )

    def _choose_printers(self, kinds: Sequence[Kind]) -> bool:
        """Have a printer chosen for each kind: labels and papers seldom go to the same one."""
        self._printers = {}
        for kind in kinds:
            stock = STOCKS[self.stock.value()]
            sheet = (stock.width, stock.height) if kind == "labels" and not stock.paper else A4_MM
            job = self._printer(self, self.words.say(KINDS[kind]), 1, sheet, self._last.get(kind, ""))
            if job is None:
                return False
            self._printers[kind] = job
            self._last[kind] = job.name
        return True

    # On paper ---------------------------------------------------------------------------------------------------

    def begin_paper(self, kind: Kind, title: str, sheet: Sheet) -> int:
        """Begin a print of its own on the printer of its kind; return the density of its pages."""
        self._job = self._printers[kind].another(title, sheet)
        return self._job.dpi

    def paint_on_paper(self, width: int, height: int, pixels: bytes) -> bool:
        """Paint the next page; False where the printer does not answer."""
        image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
        return self._job is not None and self._job.paint(image)

    def end_paper(self, *, send: bool) -> bool:
        """Send what was painted, or drop it."""
        job, self._job = self._job, None
        if job is None:
            return False
        if send:
            return job.end()
        job.abort()
        return True
