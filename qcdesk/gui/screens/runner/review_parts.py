# SPDX-License-Identifier: Apache-2.0
"""The two parts of a review: the list of what is to be opened, and the claim that is open, with its photo."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from qcdesk.gui import shapes, theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.screens.runner.rows import ClaimLine, ClaimRow, ReviewRow
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button, Pressable
from qcdesk.gui.widgets.cards import Card, Plane, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.charts import LimitsBar
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.text import Text, paint_line, secondary
from qcdesk.i18n import Catalogue

_MARKS: Final[dict[str, tuple[Shape, Role]]] = {
    "open": ("empty", "text2"),
    "so": ("tick", "text2"),
    "not_so": ("diamond", "attention"),
}


class ClaimButton(Pressable):
    """One claim in the list; the one in view stands on its own ground."""

    def __init__(self, line: ClaimLine, height: int, parent: QWidget | None = None) -> None:
        super().__init__(line.unit, parent)
        self._line = line
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, theme.R_BUTTON)
        self.setAccessibleName(f"{line.unit}, {line.what}")

    def sizeHint(self) -> QSize:
        return QSize(220, self.height())

    def nextCheckState(self) -> None:
        """Stay as it is: the page says which claim is in view."""

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        ground: Role = "action_soft" if here else "sunken" if self.underMouse() else "surface"
        painter.setPen(QPen(t.colour("action" if here else "line"), 1.5 if here else 1))
        painter.setBrush(t.colour(ground))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.R_BUTTON - 1, theme.R_BUTTON - 1
        )
        shape, role = _MARKS[self._line.state]
        side = 22
        spot = QRectF(12, (self.height() - side) / 2, side, side)
        shapes.paint(painter, shape, spot, t.colour(role), t.colour(ground))
        high, low = t.line_box(theme.BODY), t.line_box(theme.SECONDARY)
        top, wide = (self.height() - high - low) / 2, self.width() - 56
        paint_line(painter, self._line.unit, QRectF(46, top, wide, high), theme.BODY, 600, t.colour("text"))
        quiet: Role = "text" if here else "text2"
        paint_line(
            painter, self._line.what, QRectF(46, top + high, wide, low), theme.SECONDARY, 400, t.colour(quiet)
        )


class ClaimList(Card):
    """What is to be opened, and how much of it is left."""

    chosen = Signal(int)
    another_wanted = Signal()

    def __init__(self, words: Catalogue, metrics: Metrics) -> None:
        super().__init__(padding=14)
        self._height = max(metrics.key_least, 52)
        self._title = Text("", theme.CARD, 600)
        self._progress = Text("", theme.BODY, 600, "text2")
        self._lines = column(6, (2, 2, 8, 2))
        holder = QWidget()
        holder.setLayout(self._lines)
        self._scroll = Scroll(holder)
        self.another = FloorKey(
            words.say("Another unit"), metrics, icon="plus", note=words.say("measure or find again")
        )
        self.another.clicked.connect(self.another_wanted)
        self._buttons: list[ClaimButton] = []
        self._shown: tuple[ClaimLine, ...] = ()
        add(self.body, self._title, self._progress)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.another)

    def show_review(self, review: ReviewRow) -> None:
        """Show the claims; where only the one in view changed, no button is made anew under a thumb."""
        self._title.setText(review.title)
        self._progress.setText(review.progress)
        self._progress.setVisible(bool(review.progress))
        if review.lines != self._shown:
            self._shown = review.lines
            focused = next((i for i, b in enumerate(self._buttons) if b.hasFocus()), None)
            emptied(self._lines)
            self._buttons = []
            for place, line in enumerate(review.lines):
                button = ClaimButton(line, self._height)
                button.clicked.connect(lambda _=False, at=place: self.chosen.emit(at))
                self._buttons.append(button)
                self._lines.addWidget(button)
            self._lines.addStretch(1)
            if focused is not None and focused < len(self._buttons):
                self._buttons[focused].setFocus(Qt.FocusReason.OtherFocusReason)
        for place, button in enumerate(self._buttons):
            button.setChecked(place == review.here)
        if self._buttons:
            self._scroll.ensureWidgetVisible(self._buttons[review.here])


class ClaimPart(QWidget):
    """The claim that is open: unit, what was found or measured there, and its photo."""

    larger_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        say = words.say
        pages = column()
        self.setLayout(pages)
        self._pages = QStackedWidget()
        pages.addWidget(self._pages)
        self._nothing = Card(padding=14)
        self._pages.addWidget(self._nothing)
        card = Card(padding=18)
        head = row(12)
        self._unit = Text("", theme.SUBJECT, 700)
        self._unit.setSizePolicy(
            QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )  # never cut, whatever else is
        self._of = Text("", 17, 400, "text2")
        head.addWidget(self._unit)
        head.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        self.larger = Button(say("Larger"), "text", icon="maximize-2", height=36, size=14)
        self.larger.clicked.connect(self.larger_wanted)
        head.addWidget(self.larger)
        whose = IconLine(say("Found by the first person"), icon="eye", size=14)
        self._name = Text("", theme.CARD, 600, wrap=True, lines=2)
        self._class = Text("", theme.BODY, 400, "text2")
        self._value = Text("", 42, 600, "reject")
        self._verdict = Text("", theme.BODY, 500, "reject")
        self._bar = LimitsBar()
        self._measured = QWidget()
        measured = column(2)
        self._measured.setLayout(measured)
        add(measured, self._value, self._verdict, self._bar)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.picture = ProductPicture(say("The photo is brought …"))
        self.picture.setAcceptDrops(False)
        self.picture.tapped.connect(lambda _x, _y: self.larger_wanted.emit())
        self._no_photo = secondary(say("No photo was taken."), "text3")
        self._said = Plane("action_soft", radius=theme.R_BUTTON)
        said = row(0, (14, 8, 14, 8))
        self._said.setLayout(said)
        self._said_words = Text("", theme.BODY, 600, wrap=True)
        said.addWidget(self._said_words, 1)
        line = row(10)
        line.addWidget(self._name, 1)
        line.addWidget(self._class, 0, Qt.AlignmentFlag.AlignTop)
        add(card.body, head, whose, line, self._measured, self._facts)
        card.body.addWidget(self.picture, 1)
        add(card.body, self._no_photo, self._said)
        card.body.addStretch(0)
        self._pages.addWidget(card)

    def show_claim(self, review: ReviewRow) -> None:
        """Show the claim in view; where nothing was found, what that means."""
        claim = review.claim
        self._pages.setCurrentIndex(0 if claim is None else 1)
        if claim is None:
            emptied(self._nothing.body)
            self._nothing.body.addWidget(EmptyState(review.nothing, review.nothing_note, icon="eye"))
            return
        self._unit.setText(claim.title)
        self._of.setText(claim.of)
        self._name.setText(claim.name)
        self._class.setText(claim.defect_class)
        self._measured.setVisible(claim.limits is not None)
        if claim.limits is not None:
            self._value.setText(claim.value)
            self._verdict.setText(claim.verdict)
            self._bar.show_reading(claim.limits, claim.reading, f"{claim.value} {claim.verdict}")
        emptied(self._facts)
        for place, (name, value) in enumerate(claim.facts):
            self._facts.addWidget(Text(name, theme.BODY, 400, "text3"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(Text(value, theme.BODY, 500, wrap=True, lines=3), place, 1)
        self._show_photo(claim)
        self._said.setVisible(bool(claim.said))
        self._said_words.setText(claim.said)

    def _show_photo(self, claim: ClaimRow) -> None:
        self.picture.setVisible(claim.has_photo)
        self.larger.setVisible(claim.has_photo)
        self._no_photo.setVisible(not claim.has_photo and claim.limits is None)
        self.picture.show_picture(claim.photo, (), f"{claim.title} {claim.name}")
