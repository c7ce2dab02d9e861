# SPDX-License-Identifier: Apache-2.0
"""A wall of names with search, then the secret; nothing of the last person is on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Rule, Tall, add, column, emptied, row
from qcdesk.gui.widgets.chips import Icon, IconLine
from qcdesk.gui.widgets.forms import Check
from qcdesk.gui.widgets.languages import Languages
from qcdesk.gui.widgets.mark import Mark
from qcdesk.gui.widgets.notices import EmptyState, ProblemArea
from qcdesk.gui.widgets.people import PersonLine, PersonTile
from qcdesk.gui.widgets.pins import PinPad
from qcdesk.gui.widgets.scans import Scans
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.widgets.secrets import SecretField
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

COLUMNS, ROWS = 4, 3
LOW = 719
"""Below this height, as under a notice on a small screen, one row of names less has room (pixels)."""
SIDE, WIDEST_SIDE, PADDING, BAR = 372, 460, 24, 14
ROUND = 6
"""Of the padding, what the ring around a field needs within the part that scrolls."""


class SignInView(QWidget):
    """Left the wall, right the secret. ``secret_given`` carries person and password, ``pin_given`` a PIN, once.

    A badge is heard wherever the keyboard goes (``badge_scanned``).
    """

    person_chosen = Signal(str)
    secret_given = Signal(str, str)
    pin_given = Signal(str)
    pin_wished = Signal(bool)
    without_pin = Signal()
    badge_scanned = Signal(str)
    second_passed = Signal()
    searched = Signal(str)
    scanned = Signal(str)
    language_chosen = Signal(str)
    set_up_wanted = Signal()
    paper_wanted = Signal()

    def __init__(self, words: Catalogue, metrics: Metrics, languages: Sequence[str] = ("en",)) -> None:
        super().__init__()
        self._words = words
        self._metrics = metrics
        self._people: tuple[TileRow, ...] = ()
        self._chosen: TileRow | None = None
        self._shown: tuple[TileRow, ...] = ()
        self._first, self._rows = 0, ROWS
        outer = column()
        self.setLayout(outer)
        outer.addWidget(self._header(languages))
        content = row(22, (28, 24, 28, 24))
        outer.addLayout(content, 1)
        content.addLayout(self._wall(), 1)
        self._side = Card(padding=PADDING - ROUND)
        self._side.body.setContentsMargins(
            PADDING - ROUND, PADDING - 4 - ROUND, PADDING - BAR, PADDING - 4 - ROUND
        )
        content.addWidget(self._side)
        self._build_side()
        self._go.set_working(words.say("Checking your password …"))
        keys = (self._password_instead, self._skip, self._go)
        wants = (
            max(key.minimumSizeHint().width() for key in keys) + 2 * PADDING + BAR
        )  # no word of a key is cut
        self._go.set_working(None)
        self._side.setFixedWidth(max(SIDE, min(WIDEST_SIDE, wants)))
        self._scans = Scans(self)
        self._scans.scanned.connect(self.badge_scanned)

    def _header(self, languages: Sequence[str]) -> QWidget:
        header = _Header()
        layout = row(12, (28, 12, 28, 12))
        header.setLayout(layout)
        self._station = Text("", theme.BODY, 400, "text2")
        self._clock = Text("", theme.BODY, 600, "text")
        add(layout, Mark(34), Text("qcdesk", 20, 700), self._station, None)
        choice = Languages(languages)
        choice.chosen.connect(self.language_chosen)
        self.languages = choice.buttons
        add(layout, choice, 12, self._clock)
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
            Text(say("Scan your badge. No badge? Tap your name."), 16, 400, "text2"),
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
        ready = Card(padding=12)
        line = row(14)
        texts = column(0)
        add(
            texts,
            Text(say("Scan at any time"), theme.BODY + 1, 600),
            secondary(say("Badges are read as they come. No field needs to be selected.")),
        )
        line.addWidget(Icon("scan-line", "action", 28, ground="action_soft"))
        self.checking_paper = Button(say("Check a paper"), icon="file-text", height=self._metrics.key_least)
        self.checking_paper.clicked.connect(self.paper_wanted)
        line.addLayout(texts, 1)
        line.addWidget(self.checking_paper, 0, Qt.AlignmentFlag.AlignVCenter)
        ready.body.addLayout(line)
        wall.addWidget(ready, 4, 0)
        return wall

    def _build_side(self) -> None:
        say = self._words.say
        inner = QWidget()
        body = column(8, (ROUND, ROUND, BAR, ROUND))
        inner.setLayout(body)
        self._side.body.addWidget(Tall(inner), 1)  # a long refusal presses no key together
        self._nobody = EmptyState(
            say("No one is signed in"), say("Scan your badge, or choose your name."), icon="users"
        )
        self._who = PersonLine(side=56, strong=True, size=18)
        self._by_password = self._password_part()
        self._by_pin = self._pin_part()
        self._problem = ProblemArea(say("Try again"), say("Copy the report"))
        self._problem.second.connect(self.second_passed)
        self._problem.report_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self._lands = QWidget()
        lands = row(12)
        self._lands.setLayout(lands)
        lands.addWidget(Icon("layout-dashboard", "text2", 20), 0, Qt.AlignmentFlag.AlignTop)
        lands.addWidget(
            secondary(
                say("You will land on the board. Nothing of the last person's work stays open."), wrap=True
            ),
            1,
        )
        self._form = QWidget()
        form = column(12)
        self._form.setLayout(form)
        add(form, self._who, self._by_password, self._by_pin)
        self._rule = Rule()
        add(body, self._nobody, self._form, self._problem, self._rule, self._lands)
        body.addStretch(1)
        self._password_instead = Button(
            say("No badge: use my password"), "text", icon="key-round", height=self._metrics.key_least
        )
        self._password_instead.clicked.connect(self._take_password)
        self._skip = Button(say("Go on without a PIN"), "text", height=self._metrics.key_least)
        self._skip.clicked.connect(self.without_pin)
        add(body, self._password_instead, self._skip)
        self._show_part("nobody")

    def _password_part(self) -> QWidget:
        say = self._words.say
        part = QWidget()
        layout = column(12)
        part.setLayout(layout)
        self._secret = SecretField(
            say("Your password"), say("Show what I typed"), height=self._metrics.key_least
        )
        self._secret.given.connect(self._give)
        self._pin_too = Check(say("Then choose a PIN for this sitting"))
        self._pin_too.toggled.connect(self.pin_wished)
        self._go = Button(say("Sign in"), "filled", height=self._metrics.key_least, size=17, icon="key-round")
        self._go.clicked.connect(self._secret.give)
        add(layout, Text(say("Now your password"), 18, 600), self._secret, self._pin_too)
        layout.addWidget(
            secondary(say("Six digits then sign, until you leave or the screen locks."), "text3", wrap=True)
        )
        layout.addWidget(self._go)
        return part

    def _pin_part(self) -> QWidget:
        say = self._words.say
        part = QWidget()
        layout = column(8)
        part.setLayout(layout)
        self._read = IconLine(say("Badge read"), shape="tick", role="action", size=theme.BODY, weight=600)
        self._read.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._checking = Text("", theme.SECONDARY, 400, "text2", align=Qt.AlignmentFlag.AlignHCenter)
        self._pad = PinPad(self._words, self._metrics, say("Now your 6-digit PIN"))
        self._pad.given.connect(self.pin_given)
        layout.addWidget(self._read, 0, Qt.AlignmentFlag.AlignHCenter)
        add(layout, self._pad, self._checking)
        return part

    def _show_part(self, part: str) -> None:
        """Show one state of the side: nobody, password, badge, or choosing a PIN."""
        self._part = part
        self._nobody.setVisible(part == "nobody")
        self._form.setVisible(part != "nobody")
        self._by_password.setVisible(part == "password")
        self._by_pin.setVisible(part in ("badge", "choosing"))
        self._read.setVisible(part == "badge")
        self._skip.setVisible(part == "choosing")
        self._problem.clear()
        self._secret.clear()
        self._pad.clear()
        self._show_rest()

    def _show_rest(self) -> None:
        """What is said besides gives way where there is a problem to show."""
        calm = self._problem.panel is None and self._part != "nobody"
        self._rule.setVisible(calm)
        self._lands.setVisible(calm)
        self._password_instead.setVisible(self._part == "badge" and self._chosen is not None)

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
        self._pin_too.setChecked(False)
        self._show_part("nobody")
        self._search.clear()
        self._mark("")

    def show_chosen(self, person: TileRow) -> None:
        """Ask one person for the password."""
        self.person_chosen.emit(person.person)
        self._pin_too.setChecked(False)
        self._show_who(person)
        self._show_part("password")
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_badge(self, person: TileRow) -> None:
        """Ask whose badge was scanned for the PIN."""
        self._show_who(person)
        self._search.clear()
        self._fill()
        self._show_part("badge")
        self._pad.ask(self._words.say("Now your 6-digit PIN"))
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_choosing_pin(self, caption: str) -> None:
        """Ask for the digits of a new PIN."""
        self._show_part("choosing")
        self._pad.ask(caption)
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_working(self, working: bool) -> None:
        """Show that the secret is being checked."""
        say = self._words.say
        if working:
            self._problem.clear()
        self._go.set_working(say("Checking your password …") if working else None)
        self._secret.setEnabled(not working)
        self._pad.setEnabled(not working)
        self._skip.setEnabled(not working)
        self._checking.setText(say("One moment …") if working and self._part != "password" else "")

    def show_problem(self, problem: Problem) -> None:
        """Say why not, beside the secret."""
        self.show_working(False)
        self._pad.clear()
        self._problem.show_problem(problem)
        self._show_rest()
        (self._secret if self._part == "password" else self._pad).setFocus(Qt.FocusReason.OtherFocusReason)

    def count(self, told: Told | None, counting: bool) -> None:
        """Say the wait in other words; None: it is over."""
        self._problem.count(told, counting)
        self._show_rest()

    def _show_who(self, person: TileRow) -> None:
        self._chosen = person
        note = self._words.say("{role} · staff no. {number}", role=person.role, number=person.staff)
        self._who.show_person(person.name, note if person.staff else person.role)
        self._mark(person.person)

    def _mark(self, person: str) -> None:
        self._group.setExclusive(False)
        for tile in self._group.buttons():
            tile.setChecked(bool(person) and tile.property("person") == person)
        self._group.setExclusive(True)

    def _take_password(self) -> None:
        if self._chosen is not None:
            self.show_chosen(self._chosen)

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
        self._first = max(0, self._first + by * COLUMNS * self._rows)
        self._fill(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many rows of names as have room."""
        super().resizeEvent(event)
        rows = ROWS if self.height() >= LOW else ROWS - 1
        if rows != self._rows:
            self._first, self._rows = 0, rows
            self._fill(self._shown)

    def _fill(self, people: tuple[TileRow, ...] | None = None) -> None:
        shown = self._shown = self._people if people is None else people
        for tile in self._group.buttons():
            self._group.removeButton(tile)
        emptied(self._grid)
        page = shown[self._first : self._first + COLUMNS * self._rows]
        for place, each in enumerate(page):
            tile = PersonTile(each.name, each.role)
            tile.setProperty("person", each.person)
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
