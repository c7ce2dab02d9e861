# SPDX-License-Identifier: Apache-2.0
"""What the program says back: refusal (calm), trouble (stays), notice with undo (6 s), empty, progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Plane, add, column, row
from qcdesk.gui.widgets.chips import Icon, ShapeMark
from qcdesk.gui.widgets.text import Text

SECOND_MS = 1000
HALF_A_SECOND_MS = 500
TENTH_OF_A_SECOND_MS = 100
NARROW = 300
"""A panel that leaves less than this beside its button has it below what it says."""
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
LOW_WINDOW = 760
"""A window lower than this shows one standing notice and folds the others away."""


class Panel(Plane):
    """A shape, a fact, what to do, and the button that does it."""

    acted = Signal()

    def __init__(
        self,
        fact: str,
        way: str = "",
        act: str = "",
        *,
        shape: Shape,
        role: Role,
        ground: Role,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, radius=theme.R_FIELD, parent=parent)
        layout = row(14, (16, 12, 16, 12))
        self.setLayout(layout)
        self.mark = ShapeMark(shape, role, 24)
        layout.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self.fact = Text(fact, theme.BODY, 600, wrap=True)
        self.way = Text(way, theme.SECONDARY, 400, "text2", wrap=True)
        texts = column(1)
        add(texts, self.fact, self.way)
        self._said = row(14)
        self._said.addLayout(texts, 1)
        self.button = Button(act, height=36, size=14)
        self.button.clicked.connect(self.acted)
        self._said.addWidget(self.button, 0, _MIDDLE)
        layout.addLayout(self._said, 1)
        for part, words in ((self.fact, fact), (self.way, way), (self.button, act)):
            part.setVisible(bool(words))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{fact} {way}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Beside its button the fact needs room; where there is little, the button stands below."""
        below = self.width() - self.button.sizeHint().width() < NARROW
        wanted = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._said.direction() != wanted:
            self._said.setDirection(wanted)
            self._said.setSpacing(8 if below else 14)
            self._said.setAlignment(self.button, Qt.AlignmentFlag.AlignLeft if below else _MIDDLE)

    def show_words(self, fact: str, way: str, act: str = "") -> None:
        """Say something else."""
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))
        self.way.setText(way)
        self.way.setVisible(bool(way))
        self.button.setText(act)
        self.button.setVisible(bool(act))
        self._make_room()
        self.setAccessibleName(f"{fact} {way}".strip())


class RefusalPanel(Panel):
    """A rule says no: sunken ground, barred circle, calm. Line 1 the fact, line 2 who can or what to do."""

    def __init__(self, fact: str = "", way: str = "", act: str = "", parent: QWidget | None = None) -> None:
        super().__init__(fact, way, act, shape="barred", role="text2", ground="sunken", parent=parent)


class TroublePanel(Panel):
    """Disk, printer, scanner: attention ground, triangle; says first whether the work is safe. Stays until solved."""

    def __init__(self, fact: str = "", way: str = "", act: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            fact, way, act, shape="triangle", role="attention", ground="attention_soft", parent=parent
        )


class HeadlinePanel(Panel):
    """The one sentence of a page: loud where something is broken, attention where somebody is needed, else calm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shape="tick", role="text2", ground="surface", parent=parent)

    def tell(
        self,
        fact: str,
        way: str = "",
        act: str = "",
        *,
        urgent: bool = False,
        loud: bool = False,
        judged: bool = True,
    ) -> None:
        """Say it; ``urgent``: it needs somebody. ``loud``: something is broken or held back. ``judged``: enough is known.

        A calm one without a second line, or of which too little is known, is not ticked.
        """
        self.show_words(fact, way, act)
        if loud:
            self.mark.show_state("octagon", "reject")
            self.set_roles("reject_soft")
        elif urgent:
            self.mark.show_state("triangle", "attention")
            self.set_roles("attention_soft")
        else:
            self.mark.show_state("tick" if way and judged else "empty", "text2")
            self.set_roles("surface", "line")


class StandingPanel(Panel):
    """What must not be overlooked: said above every page until it is settled."""

    def __init__(self, fact: str, way: str, act: str, *, loud: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            fact,
            way,
            act,
            shape="octagon" if loud else "triangle",
            role="reject" if loud else "attention",
            ground="reject_soft" if loud else "attention_soft",
            parent=parent,
        )


class StandingArea(QWidget):
    """One panel for each thing that stays; empty, it takes no room. Nothing in it closes by itself."""

    changed = Signal()

    def __init__(self, all_words: Callable[[int], str], parent: QWidget | None = None) -> None:
        """Say nothing yet. ``all_words``: on the button that shows as many as there are."""
        super().__init__(parent)
        self.panels: dict[str, StandingPanel] = {}
        self._ways = self._low = self._all = False
        self._all_words = all_words
        whole = row(8, (28, 14, 28, 0))
        self.setLayout(whole)
        self._layout = column(8)
        whole.addLayout(self._layout, 1)
        self.more = Button("", "text", height=36, size=14)
        self.more.clicked.connect(self._show_all)
        whole.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        self.more.hide()
        self.hide()

    def tell(self, name: str, told: Told, act: str, go: Callable[[], None], *, loud: bool = False) -> None:
        """Say it, in the place of what was said under this name before; ``go`` is the way to settle it."""
        self._remove(name)
        panel = self.panels[name] = StandingPanel(told.fact, told.way, act, loud=loud)
        panel.acted.connect(go)
        panel.button.setVisible(self._ways and bool(act))
        self._layout.insertWidget(0 if loud else self._layout.count(), panel)
        self._fold()
        self.changed.emit()

    def take_back(self, name: str) -> None:
        """It is settled."""
        if name in self.panels:
            self._remove(name)
            self._fold()
            self.changed.emit()

    def show_ways(self, shown: bool) -> None:
        """Offer the ways, or (nobody is signed in) only say it."""
        self._ways = shown
        for panel in self.panels.values():
            panel.button.setVisible(shown and bool(panel.button.text()))

    def fit(self, height: int) -> None:
        """Show the first alone, and how many there are, in a window so low that the page needs the room."""
        low = height < LOW_WINDOW
        if low != self._low:
            self._low, self._all = low, False
            self._fold()

    def _show_all(self) -> None:
        self._all = True
        self._fold()

    def _fold(self) -> None:
        count = self._layout.count()
        folded = self._low and not self._all and count > 1
        for place in range(count):
            item = self._layout.itemAt(place)
            panel = item.widget() if item is not None else None
            if panel is not None:
                panel.setVisible(place == 0 or not folded)
        self.more.setText(self._all_words(count))
        self.more.setVisible(folded)

    def _remove(self, name: str) -> None:
        panel = self.panels.pop(name, None)
        if panel is not None:
            self._layout.removeWidget(panel)
            panel.hide()
            panel.deleteLater()


class ProblemArea(QWidget):
    """The place on a screen where a problem is shown; empty, it takes no room."""

    try_again = Signal()
    report_wanted = Signal(str)
    second = Signal()

    def __init__(self, try_again_word: str, report_word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (try_again_word, report_word)
        self.panel: Panel | None = None
        self._seconds = QTimer(self, interval=SECOND_MS)
        self._seconds.timeout.connect(self.second)
        self._layout = column()
        self.setLayout(self._layout)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Show it in the way of its kind."""
        self.clear()
        told = problem.told
        panel: Panel
        if problem.kind in ("refusal", "input"):
            offer = problem.offer
            panel = RefusalPanel(told.fact, told.way, offer.words if offer else "")
            if offer is not None:
                panel.acted.connect(lambda: offer.go(self._settled))
        elif problem.kind == "trouble":
            panel = TroublePanel(told.fact, told.way, self._words[0])
            panel.acted.connect(self.try_again)
        else:
            panel = TroublePanel(told.fact, told.way, self._words[1])
            panel.acted.connect(lambda: self.report_wanted.emit(problem.report))
        self.panel = panel
        self._layout.addWidget(panel)
        self.show()

    def _settled(self) -> None:
        """What was refused can be tried again, and on a page that is done at once."""
        self.clear()
        self.try_again.emit()

    def count(self, told: Told | None, counting: bool) -> None:
        """Say the problem that stands here in other words (None: it is over); ``second`` follows while counting."""
        if told is None or self.panel is None:
            self.clear()
            return
        self.panel.show_words(told.fact, told.way)
        if not counting:
            self._seconds.stop()
        elif not self._seconds.isActive():
            self._seconds.start()

    def clear(self) -> None:
        """Show nothing."""
        self._seconds.stop()
        if self.panel is not None:
            self._layout.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.hide()


class NoticeBand(QWidget):
    """A dark band at the bottom after an act: one line, Undo, 6 s. Never over the main key, never for trouble."""

    undone = Signal()
    ended = Signal()

    def __init__(self, undo_word: str, host: QWidget, keep_clear_px: int = 20) -> None:
        super().__init__(host)
        self._host = host
        self._clear = keep_clear_px
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        self._mark = ShapeMark("tick", "band_text", 22)
        self._line = Text("", theme.BODY, 500, "band_text")
        self._undo = _BandButton(undo_word, "text", height=40)
        self._undo.clicked.connect(self._take_back)
        add(layout, self._mark, 8, self._line, None, self._undo)
        self.setFixedHeight(50)
        self._act: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=theme.NOTICE_MS)
        self._timer.timeout.connect(self.end)
        host.installEventFilter(self)
        self.hide()

    def tell(self, line: str, undo: Callable[[], None] | None = None) -> None:
        """Show one line; ``undo`` takes the act back while the band stands."""
        self._line.setText(line)
        self._act = undo
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(line)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def end(self) -> None:
        """Go away; the act stands."""
        self._timer.stop()
        self._act = None
        self.hide()
        self.ended.emit()

    def _take_back(self) -> None:
        act = self._act
        self.end()
        if act is not None:
            act()
            self.undone.emit()

    def _place(self) -> None:
        wide = min(max(620, self.sizeHint().width()), self._host.width() - 40)  # its line is not cut
        self.setGeometry(
            (self._host.width() - wide) // 2,
            self._host.height() - self.height() - self._clear,
            wide,
            self.height(),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("band"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.R_FIELD, theme.R_FIELD)


class _BandButton(Button):
    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        from_font = t.font(theme.BODY, 700)
        painter.setFont(from_font)
        painter.setPen(t.colour("band_text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class EmptyState(QWidget):
    """One icon, what it means, what comes next, at most one button."""

    acted = Signal()

    def __init__(
        self,
        meaning: str,
        next_words: str = "",
        act: str = "",
        *,
        icon: str = "check-check",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = column(6, (20, 20, 20, 20))
        self.setLayout(layout)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addStretch(1)
        layout.addWidget(Icon(icon, "text2", 32), 0, centre)
        layout.addWidget(Text(meaning, theme.CARD, 600, align=centre, wrap=True))
        if next_words:
            layout.addWidget(Text(next_words, theme.SECONDARY, 400, "text2", align=centre, wrap=True))
        self.button = Button(act, icon="plus" if act else "", parent=self)
        self.button.setVisible(bool(act))
        if act:
            layout.addSpacing(6)
            layout.addWidget(self.button, 0, centre)
        self.button.clicked.connect(self.acted)
        layout.addStretch(1)


class Progress(QWidget):
    """Under half a second nothing; then words that say what, a bar, and cancel (where there is a word for it)."""

    cancelled = Signal()

    def __init__(self, cancel_word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(8)
        self.setLayout(layout)
        self._line = Text("", theme.BODY, 500)
        self._bar = _Bar()
        self._cancel = Button(cancel_word, "text", height=36)
        self._cancel.clicked.connect(self.cancelled)
        low = row(12)
        add(low, self._bar, self._cancel)
        add(layout, self._line, low)
        self._cancel.setVisible(bool(cancel_word))
        self._late = QTimer(self, singleShot=True, interval=HALF_A_SECOND_MS)
        self._late.timeout.connect(self.show)
        self._asking = QTimer(self, interval=TENTH_OF_A_SECOND_MS)
        self._asking.timeout.connect(lambda: self.step(*self._how_far()))
        self._how_far: Callable[[], tuple[str, float | None]] = lambda: ("", None)
        self.hide()

    def follow(self, how_far: Callable[[], tuple[str, float | None]]) -> None:
        """Something began on another thread: ask again and again what it does now and how far it is."""
        self._how_far = how_far
        self.begin(how_far()[0])
        self._asking.start()

    def begin(self, words: str) -> None:
        """Something began; it shows after half a second."""
        self.step(words, None)
        self._late.start()

    def tell(self, words: str, share: float | None) -> None:
        """Say what is done, from the beginning where it is not seen yet; as any, it shows after half a second."""
        if not self.isVisible() and share in (None, 0):
            self.begin(words)
        self.step(words, share)

    def step(self, words: str, share: float | None) -> None:
        """Say what is done now; ``share`` from 0 to 1, or None where it is not known."""
        self._line.setText(words)
        self.setAccessibleName(words)
        self._bar.show_share(share)

    def end(self) -> None:
        """It is done or given up."""
        self._late.stop()
        self._asking.stop()
        self.hide()

    @property
    def bar_share(self) -> float | None:
        return self._bar.share


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share: float | None = None
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        self.share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        if self.share is not None:
            painter.setBrush(t.colour("action"))
            painter.drawRoundedRect(QRectF(0, 0, max(10.0, self.width() * self.share), 10), 5, 5)
