# SPDX-License-Identifier: Apache-2.0
"""What waits for me first, then the lanes. The first card holds the only filled button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from qcdesk.gui import shapes, status, theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.board.notes import Note
from qcdesk.gui.screens.board.rows import WaitCard
from qcdesk.gui.widgets.buttons import Button, IconButton
from qcdesk.gui.widgets.cards import Card, Plane, add, column, emptied, row
from qcdesk.gui.widgets.chips import IconLine, StatusChip
from qcdesk.gui.widgets.lists import Cell, Column, LaneCard, LaneList, LaneModel, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState, ProblemArea
from qcdesk.gui.widgets.people import PersonButton
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.widgets.text import Text, page_title, paint_line, secondary, text_width, title, wrapped
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import LANES, MOST_COUNTED, BatchListRow
from qcdesk.wording.spelling import whole

MOST_WAITING = 4
"""More than four cards are a list; the rest stands behind a word."""


class BoardView(QWidget):
    """Waiting cards, lanes, and the results of a search in their place while something is searched.

    ``papers_wanted``: papers of many batches, of those that answer a search or (empty) were released today. ``noted``
    carries the page that a note leads to, and of which thing (empty: of all).
    """

    act_wanted = Signal(str, str)
    batch_wanted = Signal(str)
    register_wanted = Signal()
    papers_wanted = Signal(str)
    person_menu_wanted = Signal()
    searched = Signal(str)
    entered = Signal(str)
    more_wanted = Signal(str)
    all_waiting_wanted = Signal()
    page_wanted = Signal(str)
    noted = Signal(str, str)

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._idle: str | None = None
        self._own = False
        say = words.say
        outer = column(14, (28, 18, 28, 18))
        self.setLayout(outer)
        head = row(12)
        self._day = Text("", theme.SECONDARY + 1, 400, "text2")
        titles = column(0)
        add(titles, page_title(say("Board")), self._day)
        self.search = SearchField(say("Search batch, supplier, person … or scan"))
        self.search.asked.connect(self._asked)
        self.search.entered.connect(self.entered)
        register = Button(say("Register batch"), icon="plus")
        register.clicked.connect(self.register_wanted)
        papers = IconButton("printer", say("Print many papers"), side=42)
        papers.clicked.connect(lambda: self.papers_wanted.emit(""))
        self.person = PersonButton()
        self.person.opened.connect(self.person_menu_wanted)
        head.addLayout(titles, 2)
        head.addWidget(register)
        head.addWidget(papers)
        head.addWidget(self.search, 3)
        head.addWidget(self.person)
        outer.addLayout(head)
        self.problems = ProblemArea(say("Try again"), say("Copy the report"))
        outer.addWidget(self.problems)
        self._notes = column(4)
        outer.addLayout(self._notes)
        self._pages = QStackedWidget()
        outer.addWidget(self._pages, 1)
        self._pages.addWidget(self._board())
        self._pages.addWidget(self._results())

    def _board(self) -> QWidget:
        page = QWidget()
        layout = column(12)
        page.setLayout(layout)
        line = row(10)
        self._waiting_note = secondary("", "text3")
        self._all = Button("", "text", height=32, size=14)
        self._all.clicked.connect(self.all_waiting_wanted)
        add(line, title(self._words.say("Waits for you")), self._waiting_note, None, self._all)
        layout.addLayout(line)
        self._cards = row(14)
        layout.addLayout(self._cards)
        lanes = row(12)
        self.lanes: dict[str, Lane] = {}
        for code in LANES:
            lane = Lane(code, self._words)
            lane.opened.connect(self.batch_wanted)
            lane.more_wanted.connect(lambda c=code: self.more_wanted.emit(c))
            self.lanes[code] = lane
            lanes.addWidget(lane, 1)
        layout.addLayout(lanes, 1)
        self._all.hide()
        return page

    def _results(self) -> QWidget:
        say = self._words.say

        def state(row_: BatchListRow) -> Cell:
            look = status.look("quarantined" if row_.held else row_.state)
            return Cell(look.shape, look.role, 600)

        self.results: RowsModel[BatchListRow] = RowsModel(
            (
                Column(say("Batch"), lambda r: r.number, look=lambda _: Cell(weight=600), wide=190),
                Column(say("Product"), lambda r: r.product, wide=0),
                Column(say("Supplier"), lambda r: r.supplier, wide=260),
                Column(
                    say("Quantity"),
                    lambda r: whole(r.quantity, self._words),
                    sort=lambda r: r.quantity,
                    number=True,
                    wide=110,
                ),
                Column(
                    say("State"),
                    lambda r: status.word("quarantined" if r.held else r.state, self._words),
                    look=state,
                    wide=230,
                ),
                Column(say("Ship by"), lambda r: r.ship_by.isoformat() if r.ship_by else "", wide=120),
            )
        )
        card = Card()
        self._pages_found = row(10)
        self._table = Table(self.results, say("Search results"))
        self._table.opened.connect(lambda r: self.batch_wanted.emit(r.batch))
        self._table.clicked.connect(lambda index: self.batch_wanted.emit(index.data(_ROW).batch))
        self._none = EmptyState(
            say("Nothing matches"),
            say("Batch number, product, supplier and order are searched, and the names of pages."),
            icon="search",
        )
        add(card.body, self._pages_found, self._table, self._none)
        return card

    @property
    def in_view(self) -> str:
        """The batch of the lane's card that has the focus, by its id; empty where none has."""
        for lane in self.lanes.values():
            card = lane.list.currentIndex().data(_ROW) if lane.list.hasFocus() else None
            if isinstance(card, LaneCard):
                return card.key
        return ""

    # setters ----------------------------------------------------------------------------------------------------

    def show_day(self, day: str) -> None:
        """Show which day it is."""
        self._day.setText(day)

    def show_person(self, name: str, role: str) -> None:
        """Show who is signed in."""
        self.person.show_person(name, role)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show what else wants looking at."""
        emptied(self._notes)
        self._own = any(note.own for note in notes)
        if self._idle is not None:
            self._show_idle(self._idle)
        for note in notes:
            line = row(10)
            shape: shapes.Shape = "octagon" if note.red else "triangle"
            role: theme.Role = "reject" if note.red else "attention"
            look = Button(self._words.say("Look at it"), "text", height=32, size=14)
            look.clicked.connect(lambda _=False, n=note: self.noted.emit(n.page, n.of))
            add(line, IconLine(note.words, shape=shape, role=role, weight=600), look, None)
            self._notes.addLayout(line)

    def show_waiting(self, cards: Sequence[WaitCard], others: str = "") -> None:
        """Show what waits for the person, the first one as the next step; ``others`` what waits for others."""
        emptied(self._cards)
        count = self._words.count("{n} thing, oldest first", "{n} things, oldest first", len(cards))
        self._waiting_note.setText(count if cards else "")
        self._all.setVisible(len(cards) > MOST_WAITING)
        self._all.setText(self._words.say("All {n}", n=len(cards)))
        for place, card in enumerate(cards[:MOST_WAITING]):
            self._cards.addWidget(self._card(card, place == 0), 1)
        for _ in range(MOST_WAITING - min(MOST_WAITING, len(cards))):
            if cards:
                self._cards.addWidget(_Gap(), 1)
        self._idle = None if cards else others
        if self._idle is not None:
            self._show_idle(self._idle)

    def _show_idle(self, others: str) -> None:
        """Show that no batch waits; that nothing does, only where no line above says what is overdue of the person."""
        emptied(self._cards)
        nothing = Card(padding=8)
        said = (
            self._words.say("No batch waits for you")
            if self._own
            else self._words.say("Nothing waits for you")
        )
        nothing.body.addWidget(EmptyState(said, others))
        self._cards.addWidget(nothing)

    def _card(self, card: WaitCard, first: bool) -> QWidget:
        made = Card(padding=18)
        made.setAccessibleName(f"{card.subject} {card.product} {card.age} {card.ship_by}")
        body = made.body
        body.setSpacing(1)
        body.addWidget(StatusChip.of(card.state, self._words, size=14))
        add(body, 6, Text(card.subject, 21, 700), Text(card.product, theme.BODY, 400, "text2"))
        add(body, Text(card.supplier, theme.BODY, 400, "text2"), 6)
        body.addWidget(IconLine(card.age, icon="clock", size=14))
        if card.late:
            body.addWidget(IconLine(card.ship_by, shape="triangle", role="attention", size=14, weight=600))
        else:
            body.addWidget(IconLine(card.ship_by, icon="truck" if card.ship_by else "", size=14))
        button = Button(card.button, "filled" if first else "framed", height=44)
        button.clicked.connect(lambda: self.act_wanted.emit(card.act, card.key))
        add(body, 8, button)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return made

    def show_lane(self, lane: str, cards: Sequence[LaneCard], total: int) -> None:
        """Show the first page of a lane."""
        self.lanes[lane].model.show_cards(cards, total)
        self.lanes[lane].show_total(total)

    def add_to_lane(self, lane: str, cards: Sequence[LaneCard]) -> None:
        """Add the next page of a lane."""
        self.lanes[lane].model.add_cards(cards)

    def show_results(
        self, rows: Sequence[BatchListRow] | None, pages: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show what a search found, pages before batches; None: back to the board."""
        emptied(self._pages_found)
        for name, words in pages:
            key = Button(words, icon="arrow-right", height=38)
            key.clicked.connect(lambda _=False, n=name: self.page_wanted.emit(n))
            self._pages_found.addWidget(key)
        self._pages_found.addStretch(1)
        if rows:
            papers = Button(self._words.say("Print their papers"), icon="printer", height=38)
            papers.clicked.connect(lambda: self.papers_wanted.emit(self.search.text()))
            self._pages_found.addWidget(papers)
        self._pages.setCurrentIndex(0 if rows is None else 1)
        self.results.show_rows(rows or ())
        self._table.setVisible(bool(rows))
        self._none.setVisible(rows is not None and not rows and not pages)

    def begin_search(self) -> None:
        """Let one type what is looked for."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_problem(self, problem: Problem) -> None:
        """Show a problem above the board."""
        self.problems.show_problem(problem)

    def _asked(self, text: str) -> None:
        if not text.strip():
            self.show_results(None)
        self.searched.emit(text)


_ROW = int(Qt.ItemDataRole.UserRole) + 1


class _Gap(QWidget):
    """Keeps the width of a card that is not there."""


class _LaneHead(QWidget):
    """Shape, word and count; a long word takes a second line rather than a smaller size."""

    def __init__(self, code: str, word: str, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._look = status.look(code)
        self._word = word
        self._total = ""
        self.setFixedHeight(46)
        self.setAccessibleName(word)

    def show_total(self, total: int) -> None:
        self._total = whole(min(total, MOST_COUNTED), self._words) + ("+" if total > MOST_COUNTED else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = text_width(self._total, 14, 500)
        room = self.width() - 28 - wide - 12
        lines = wrapped(self._word, 14, 600, room, 2)
        step = 19.0
        top = (self.height() - step * len(lines)) / 2
        shapes.paint(
            painter,
            self._look.shape,
            QRectF(2, (self.height() - 19) / 2, 19, 19),
            t.colour(self._look.role),
            t.colour("sunken"),
        )
        for line in lines:
            paint_line(painter, line, QRectF(28, top - 1, room + 4, step), 14, 600, t.colour("text"))
            top += step
        count = QRectF(self.width() - wide - 4, (self.height() - 21) / 2, wide + 4, 21)
        paint_line(painter, self._total, count, 14, 500, t.colour("text2"))


class Lane(Plane):
    """A lane is a ground, not a box: head and cards, more when one nears the end."""

    opened = Signal(str)
    more_wanted = Signal()

    def __init__(self, code: str, words: Catalogue) -> None:
        super().__init__("sunken", radius=theme.R_LANE)
        self.model = LaneModel()
        self.model.more_wanted.connect(self.more_wanted)
        word = status.word(code, words)
        self._head = _LaneHead(code, word, words)
        self.list = LaneList(self.model, word)
        self.list.opened.connect(self.opened)
        layout = column(2, (10, 2, 6, 8))
        self.setLayout(layout)
        self._head.setContentsMargins(0, 0, 0, 0)
        add(layout, self._head, self.list)
        self.setMinimumWidth(150)

    def show_total(self, total: int) -> None:
        """Show how many there are in all."""
        self._head.show_total(total)
