# SPDX-License-Identifier: Apache-2.0
"""The frame of the program: rail, pages opened by name, floor mode without rail, lock when idle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.density import Metrics, Mode, metrics_for
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Pressable
from qcdesk.gui.widgets.cards import Tall, column, row
from qcdesk.gui.widgets.focus import NO_RING_PROPERTY, FocusRing
from qcdesk.gui.widgets.mark import Mark
from qcdesk.gui.widgets.notices import NoticeBand, Progress, StandingArea
from qcdesk.gui.widgets.text import paint_line, text_width
from qcdesk.i18n import Catalogue

RAIL_PX = 104
"""At the usual text size; larger text widens it, so that no word of it is cut."""
_KEY_PX, _KEY_HIGH, _ICON_PX = 88, 54, 22
_KEY_GAP = 3
"""Keys and gaps are such that ten places stand in the lowest window."""
SIGN_IN = "sign_in"
AT_WORK_MS = 500
IDLE_EVENTS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail: the screen's name, its word, its icon; ``low`` stands at the foot."""

    screen: str
    word: str
    icon: str
    low: bool = False


class RailKey(Pressable):
    """A place in the rail: icon with its word under it."""

    def __init__(self, word: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self._icon = icon
        self.setCheckable(True)
        high = theme.current().line_box(theme.SECONDARY)
        self._above = 6 if high <= 24 else 5
        self._word_at = self._above + _ICON_PX + (2 if high <= 24 else 1)
        self.setFixedSize(self.width_of(word), max(_KEY_HIGH, self._word_at + high + 3))

    @staticmethod
    def width_of(word: str) -> int:
        """Return how wide a key must be for its word, in px."""
        return max(_KEY_PX, text_width(word, theme.SECONDARY, 600) + 8)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        if here or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("action_soft" if here or self.isDown() else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.R_FIELD, theme.R_FIELD)
        role: Role = "action" if here else "text2"
        spot = QRectF((self.width() - _ICON_PX) / 2, self._above, _ICON_PX, _ICON_PX)
        icons.paint(painter, self._icon, spot, t.colour(role))
        size = theme.SECONDARY
        box = QRectF(2, self._word_at, self.width() - 4, t.line_box(size))
        paint_line(
            painter,
            self.text(),
            box,
            size,
            600 if here else 500,
            t.colour(role),
            Qt.AlignmentFlag.AlignHCenter,
        )


class Rail(QWidget):
    """The places one can go to, always the same and in the same order."""

    wanted = Signal(str)

    def __init__(self, places: tuple[Place, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = max(map(RailKey.width_of, (place.word for place in places)), default=_KEY_PX)
        self.setFixedWidth(RAIL_PX - _KEY_PX + self._wide)
        self.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 14, 8, 12)
        layout.setSpacing(_KEY_GAP)
        layout.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(10)
        self._keys: dict[str, RailKey] = {}
        for place in places:
            if place.low:
                continue
            layout.addWidget(self._key(place))
        layout.addStretch(1)
        for place in places:
            if place.low:
                layout.addWidget(self._key(place))

    def _key(self, place: Place) -> RailKey:
        key = RailKey(place.word, place.icon)
        key.setFixedWidth(self._wide)
        key.clicked.connect(lambda _=False, s=place.screen: self._go(s))
        self._keys[place.screen] = key
        return key

    def _go(self, screen: str) -> None:
        self.wanted.emit(screen)

    def show_here(self, screen: str) -> None:
        """Mark where one is; a screen without a place marks nothing."""
        for name, key in self._keys.items():
            key.setChecked(name == screen)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), t.colour("line"))


class Idle(QObject):
    """Tells when nobody has touched the window for some minutes. What was typed and not signed is kept."""

    ran_out = Signal()
    at_work = Signal()
    """Somebody touches the window; told at most every half a second."""

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=round(minutes * 60_000))
        self._timer.timeout.connect(self.ran_out)
        self._told = QElapsedTimer()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def begin(self) -> None:
        """Someone signed in."""
        self._told.invalidate()
        self._timer.start()

    def end(self) -> None:
        """Nobody is signed in: nothing to lock."""
        self._timer.stop()

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._timer.isActive() and event.type() in IDLE_EVENTS:
            self._timer.start()
            if not self._told.isValid() or self._told.hasExpired(AT_WORK_MS):
                self._told.start()
                self.at_work.emit()
        return False


@dataclass(frozen=True, slots=True)
class Page:
    """A screen as the window knows it: its view, whether it stands alone (no rail), and the place it belongs to.

    A view on the desk stands in a frame that scrolls where the window is too low; on the floor no page scrolls.
    """

    view: QWidget
    frame: QWidget
    alone: bool = False
    place: str = ""


class MainWindow(QWidget):
    """Rail and pages. Screens are opened by name, through callables that are given to them."""

    locked = Signal()
    closing = Signal()

    def __init__(
        self, places: tuple[Place, ...], words: Catalogue, *, mode: Mode = "desk", idle_minutes: float = 10
    ) -> None:
        super().__init__()
        self.setWindowTitle("qcdesk")
        self.setMinimumSize(1100, 680)
        self.resize(1440, 900)
        self._mode: Mode = mode
        self._openers: dict[str, Callable[..., None]] = {}
        self._pages: dict[str, Page] = {}
        self._unbuilt: dict[str, tuple[tuple[str, ...], Callable[[], None]]] = {}
        self._kept: list[object] = []
        self.may_close: Callable[[], object] = lambda: True
        """Asked before it closes; where it says no, it has asked, and closes the window itself."""
        self.here = ""
        self.rail = Rail(places, words.say("Places"))
        self.rail.wanted.connect(self.open)
        self.stack = QStackedWidget()
        layout = row(0)
        self.setLayout(layout)
        layout.addWidget(self.rail)
        self.standing = StandingArea(lambda n: words.say("All {n}", n=n))
        self.standing.changed.connect(self._place_standing)
        self.on_its_way = Progress(words.say("Cancel"))
        """How far a mail is that is handed over beside the work."""
        self.on_its_way.setContentsMargins(0, 14, 0, 0)
        self._beside = QWidget()
        beside = column(0, (28, 0, 28, 0))
        self._beside.setLayout(beside)
        beside.addWidget(self.on_its_way)
        pages = column(0)
        pages.addWidget(self.standing)
        pages.addWidget(self._beside)
        pages.addWidget(self.stack, 1)
        layout.addLayout(pages, 1)
        self.notice = NoticeBand(words.say("Undo"), self.stack)
        self.ring = FocusRing(self)
        self.idle = Idle(idle_minutes, self)
        self.idle.ran_out.connect(self.locked)

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def page(self) -> QWidget | None:
        """The view that is shown."""
        page = self._pages.get(self.here)
        return page.view if page else None

    @property
    def names(self) -> frozenset[str]:
        """The names of all pages, also of those that nobody has opened yet."""
        return frozenset((*self._pages, *self._unbuilt))

    def metrics(self, mode: Mode | None = None) -> Metrics:
        """Return the sizes on the screen that the window stands on."""
        return metrics_for(mode or self._mode, self.screen())

    def keep(self, presenter: object) -> None:
        """Hold a presenter for as long as the window lives: Qt holds its methods only weakly."""
        self._kept.append(presenter)

    def add_page(self, name: str, view: QWidget, *, alone: bool = False, place: str = "") -> None:
        """Add a screen under its name; one view may stand under several, filled in different ways."""
        frame: QWidget | None = next((page.frame for page in self._pages.values() if page.view is view), None)
        if frame is None:
            frame = view if alone else Tall(view)
            self.stack.addWidget(frame)
        self._pages[name] = Page(view, frame, alone, place or name)
        view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a page takes the focus when it opens, without a ring
        view.setProperty(NO_RING_PROPERTY, True)

    def later(self, names: tuple[str, ...], add: Callable[[], None]) -> None:
        """Let ``add`` add the pages of just these names when the first of them is opened: most days few are."""
        self._unbuilt.update(dict.fromkeys(names, (names, add)))

    def _build(self, name: str) -> None:
        if name in self._unbuilt:
            names, add = self._unbuilt[name]
            for each in names:
                del self._unbuilt[each]
            before = set(self._pages)
            add()
            assert self._pages.keys() - before == set(names), "a page that is not named here is never found"

    def on_open(self, name: str, opener: Callable[..., None]) -> None:
        """Name the callable that fills a screen before it is shown."""
        self._openers[name] = opener

    def open(self, name: str, *args: object) -> None:
        """Fill a screen and show it. An unknown name is a bug and raises KeyError."""
        self._build(name)
        opener = self._openers.get(name)
        if opener is not None:
            opener(*args)
        self.show_page(name)

    def show_page(self, name: str) -> None:
        """Show a screen as it is."""
        self._build(name)
        page = self._pages[name]
        self.here = name
        self.rail.setVisible(not page.alone)
        self.rail.show_here(page.place)
        self._place_standing()
        self.stack.setCurrentWidget(page.frame)
        page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(page.frame, Tall):
            page.frame.verticalScrollBar().setValue(0)
        self.notice.end()
        self.ring.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.standing.fit(self.height())

    def _place_standing(self) -> None:
        """Show what stays on every page but those where one inspects or sets up: they have no room to spare."""
        page = self._pages.get(self.here)
        alone = page is not None and page.alone
        self.standing.show_ways(not alone)
        self.standing.setVisible(bool(self.standing.panels) and (not alone or self.here == SIGN_IN))
        self._beside.setVisible(not alone)

    def set_mode(self, mode: Mode) -> None:
        """Change between floor and desk; screens ask for their sizes when they are next built."""
        self._mode = mode

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("canvas"))
