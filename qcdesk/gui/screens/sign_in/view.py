# SPDX-License-Identifier: Apache-2.0
"""A wall of names with search, then the secret; nothing of the last person is on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Rule, add, column, emptied, row
from qcdesk.gui.widgets.chips import Icon
from qcdesk.gui.widgets.mark import Mark
from qcdesk.gui.widgets.notices import EmptyState, ProblemArea
from qcdesk.gui.widgets.people import PersonLine, PersonTile
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.widgets.secrets import SecretField
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue

COLUMNS, ROWS = 4, 3


class SignInView(QWidget):
    """Left the wall, right the secret. ``secret_given`` carries person and secret, once."""

    person_chosen = Signal(str)
    secret_given = Signal(str, str)
    searched = Signal(str)
    scanned = Signal(str)
    language_chosen = Signal(str)
    set_up_wanted = Signal()

    def __init__(self, words: Catalogue, metrics: Metrics, languages: Sequence[str] = ("en",)) -> None:
        super().__init__()
        self._words = words
        self._metrics = metrics
        self._people: tuple[TileRow, ...] = ()
        self._chosen: TileRow | None = None
        self._first = 0
        outer = column()
        self.setLayout(outer)
        outer.addWidget(self._header(languages))
        content = row(22, (28, 24, 28, 24))
        outer.addLayout(content, 1)
        content.addLayout(self._wall(), 1)
        self._side = Card(padding=24)
        self._side.setFixedWidth(372)
        content.addWidget(self._side)
        self._build_side()

    def _header(self, languages: Sequence[str]) -> QWidget:
        header = _Header()
        layout = row(12, (28, 12, 28, 12))
        header.setLayout(layout)
        self._station = Text("", theme.BODY, 400, "text2")
        self._clock = Text("", theme.BODY, 600, "text")
        add(layout, Mark(34), Text("qcdesk", 20, 700), self._station, None)
        self.languages: dict[str, Button] = {}
        if len(languages) > 1:  # with one language there is nothing to choose
            layout.addWidget(Icon("globe", "text2", 20))
            for code in languages:
                button = self.languages[code] = Button(LANGUAGE_NAMES[code], "text", height=36, size=14)
                button.clicked.connect(lambda _=False, c=code: self.language_chosen.emit(c))
                layout.addWidget(button)
        add(layout, 12, self._clock)
        return header

    def _wall(self) -> QGridLayout:
        say = self._words.say
        wall = QGridLayout()
        wall.setVerticalSpacing(14)
        self._search = SearchField(say("Type a name"), height=52)
        self._search.setMaximumWidth(340)
        self._search.asked.connect(self._filter)
        self._search.entered.connect(self.scanned)
        top = row(16)
        titles = column(0)
        add(
            titles,
            Text(say("Who is working here?"), theme.SUBJECT, 700),
            Text(say("Tap your name."), 16, 400, "text2"),
        )
        top.addLayout(titles, 1)
        top.addWidget(self._search, 1)
        wall.addLayout(top, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self._group = QButtonGroup(self)
        wall.addLayout(self._grid, 1, 0)
        self._found = secondary()
        self._back = Button(say("Earlier names"), icon="arrow-left", height=self._metrics.key_least)
        self._more = Button(say("More names"), icon="arrow-right", height=self._metrics.key_least)
        self._back.clicked.connect(lambda: self._turn(-1))
        self._more.clicked.connect(lambda: self._turn(1))
        low = row(12)
        add(low, self._found, None, self._back, self._more)
        wall.addLayout(low, 2, 0)
        wall.setRowStretch(3, 1)
        return wall

    def _build_side(self) -> None:
        say = self._words.say
        body = self._side.body
        self._nobody = EmptyState(
            say("No one is signed in"), say("Choose your name, then give your password."), icon="users"
        )
        self._who = PersonLine(side=56, strong=True, size=18)
        self._secret = SecretField(
            say("Your password"), say("Show what I typed"), height=self._metrics.key_least
        )
        self._secret.given.connect(self._give)
        self._go = Button(say("Sign in"), "filled", height=self._metrics.key_least, size=17, icon="key-round")
        self._go.clicked.connect(self._secret.give)
        self._problem = ProblemArea(say("Try again"), say("Copy the report"))
        lands = row(12)
        lands.addWidget(Icon("layout-dashboard", "text2", 20), 0, Qt.AlignmentFlag.AlignTop)
        lands.addWidget(
            secondary(
                say("You will land on the board. Nothing of the last person's work stays open."), wrap=True
            ),
            1,
        )
        self._form = QWidget()
        form = column(14)
        self._form.setLayout(form)
        add(
            form, self._who, 8, Text(say("Now your password"), 18, 600), self._secret, self._go, self._problem
        )
        add(form, 6, Rule(), lands, None)
        add(body, self._nobody, self._form)
        self._form.hide()

    # setters ----------------------------------------------------------------------------------------------------

    def show_station(self, station: str, clock: str) -> None:
        """Show where and when this is."""
        self._station.setText(station)
        self._clock.setText(clock)

    def show_people(self, people: Sequence[TileRow]) -> None:
        """Show the wall; the tiles keep this order."""
        self._people = tuple(people)
        self._first = 0
        self._fill()

    def show_neutral(self) -> None:
        """Forget who was here."""
        self._chosen = None
        self._secret.clear()
        self._problem.clear()
        self._form.hide()
        self._nobody.show()
        self._search.clear()
        self._group.setExclusive(False)
        for tile in self._group.buttons():
            tile.setChecked(False)
        self._group.setExclusive(True)

    def show_chosen(self, person: TileRow) -> None:
        """Ask one person for the secret."""
        self._chosen = person
        self._nobody.hide()
        self._form.show()
        note = self._words.say("{role} · staff no. {number}", role=person.role, number=person.staff)
        self._who.show_person(person.name, note if person.staff else person.role)
        self._secret.clear()
        self._problem.clear()
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.person_chosen.emit(person.person)

    def show_working(self, working: bool) -> None:
        """Show that the secret is being checked."""
        self._go.set_working(self._words.say("Checking your password …") if working else None)
        self._secret.setEnabled(not working)

    def show_problem(self, problem: Problem) -> None:
        """Say why not, beside the secret."""
        self.show_working(False)
        self._problem.show_problem(problem)
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside -----------------------------------------------------------------------------------------------------

    def show_matches(self, people: Sequence[TileRow]) -> None:
        """Show only the names that a search found."""
        self._first = 0
        self._fill(tuple(people))

    def _filter(self, text: str) -> None:
        self._first = 0
        if not text.strip():
            self._fill()
        self.searched.emit(text)

    def _turn(self, by: int) -> None:
        self._first += by * COLUMNS * ROWS
        self._fill()

    def _fill(self, people: tuple[TileRow, ...] | None = None) -> None:
        shown = self._people if people is None else people
        for tile in self._group.buttons():
            self._group.removeButton(tile)
        emptied(self._grid)
        page = shown[self._first : self._first + COLUMNS * ROWS]
        for place, each in enumerate(page):
            tile = PersonTile(each.name, each.role)
            tile.clicked.connect(lambda _=False, p=each: self.show_chosen(p))
            if self._chosen is not None and self._chosen.person == each.person:
                tile.setChecked(True)
            self._group.addButton(tile)
            self._grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
        for column_no in range(COLUMNS):
            self._grid.setColumnStretch(column_no, 1)
        found = self._words.count("{n} name", "{n} names", len(shown))
        self._found.setText(found)
        self._back.setVisible(self._first > 0)
        self._more.setVisible(self._first + len(page) < len(shown))

    def _give(self, secret: str) -> None:
        if self._chosen is not None:
            self.secret_given.emit(self._chosen.person, secret)


class _Header(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), t.colour("line"))
