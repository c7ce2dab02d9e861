# SPDX-License-Identifier: Apache-2.0
"""People as they are shown: initials in their own script on a neutral disc, the name as its owner writes it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Pressable, mixed
from qcdesk.gui.widgets.cards import add, column, row
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import Text, paint_line, paint_middle, text_width

_LEADING_VOWELS = "เแโใไ"


def initials(name: str) -> str:
    """Return what stands for a name: first and last initial where the script has capitals, else its first character.

    Nguyễn Thị Linh: NL; 王敏: 王; สมชาย: ส; a Thai vowel written before its consonant is left out.
    """
    parts = unicodedata.normalize("NFC", name).split()
    if not parts:
        return "?"
    first = parts[0][0]
    if first.upper() == first.lower():  # a script without capitals: Thai, Chinese
        letters = parts[0].lstrip(_LEADING_VOWELS)
        return letters[0] if letters else first
    return (first + parts[-1][0]).upper() if len(parts) > 1 else first.upper()


def paint_disc(
    painter: QPainter, name: str, box: QRectF, *, strong: bool = False, ground: Role | None = None
) -> None:
    """Draw the disc of a name."""
    t = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(t.colour(ground or ("action_soft" if strong else "sunken")))
    painter.drawEllipse(box)
    size = max(11.0, box.width() * 0.36)
    paint_middle(painter, initials(name), box, size / t.scale, 600, t.colour("action" if strong else "text2"))


class Avatar(QWidget):
    """The disc of a person; ``strong`` for the one who is signed in."""

    def __init__(
        self,
        name: str = "",
        side: int = 40,
        *,
        strong: bool = False,
        ground: Role | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._strong, self._ground = name, strong, ground
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def show_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_disc(painter, self._name, QRectF(self.rect()), strong=self._strong, ground=self._ground)


class PersonLine(QWidget):
    """Disc, name, and one line about the person."""

    def __init__(
        self,
        name: str = "",
        note: str = "",
        *,
        side: int = 40,
        strong: bool = False,
        ground: Role | None = None,
        size: float = theme.BODY,
        words: Role = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.avatar = Avatar(name, side, strong=strong, ground=ground)
        self.name = Text(name, size, 600, words)
        self.note = Text(
            note, theme.SECONDARY if side > 36 else theme.LABEL, 400, "text2" if words == "text" else words
        )
        if not note:
            self.note.hide()  # the name then stands in the middle
        texts = column(0)
        add(texts, None, self.name, self.note, None)
        layout = row(12)
        self.setLayout(layout)
        layout.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(texts, 1)

    def show_person(self, name: str, note: str) -> None:
        """Show another person."""
        self.avatar.show_name(name)
        self.name.setText(name)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class PersonTile(Pressable):
    """A name on the wall: big enough for a glove, the chosen one framed."""

    def __init__(self, name: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._role_word = role
        self.setAccessibleDescription(role)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 116)
        self.setMaximumHeight(168)
        self.setProperty(RADIUS_PROPERTY, theme.R_CARD)

    def sizeHint(self) -> QSize:
        return QSize(196, 153)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        pen = 2.5 if chosen else 1.0
        ground = t.colour("action_soft" if self.isDown() else "surface")
        if self.underMouse() and not self.isDown():
            ground = mixed(ground, t.colour("action"), 0.05)
        painter.setBrush(ground)
        painter.setPen(QPen(t.colour("action" if chosen else "line"), pen))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), 12, 12)
        side = min(68.0, self.height() * 0.44)
        words = t.line_box(17) + (t.line_box(theme.SECONDARY) if self._role_word else 0)
        top = (self.height() - side - 10 - words) / 2
        paint_disc(painter, self.text(), QRectF((self.width() - side) / 2, top, side, side), strong=chosen)
        box = QRectF(8, top + side + 10, self.width() - 16, t.line_box(17))
        centre = Qt.AlignmentFlag.AlignHCenter
        size = 17.0 if text_width(self.text(), 17, 600) <= box.width() else 15.0
        paint_line(painter, self.text(), box, size, 600, t.colour("text"), centre)
        box.translate(0, t.line_box(17))
        paint_line(painter, self._role_word, box, theme.SECONDARY, 400, t.colour("text2"), centre)


class PersonButton(Pressable):
    """Who is signed in, at the right end of the header; opens the small menu."""

    opened = Signal()

    def __init__(self, name: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._note = note
        self.setFixedHeight(48)
        self.clicked.connect(self.opened)

    def show_person(self, name: str, note: str) -> None:
        """Show another person."""
        self._note = note
        self.setText(name)
        self.update()

    def sizeHint(self) -> QSize:
        width = max(text_width(self.text(), theme.BODY, 600), text_width(self._note, theme.LABEL))
        return QSize(min(width, 220) + 48 + 40, 48)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.R_BUTTON, theme.R_BUTTON)
        paint_disc(painter, self.text(), QRectF(4, 6, 36, 36), strong=True)
        width = self.width() - 48 - 32
        paint_line(painter, self.text(), QRectF(50, 4, width, 24), theme.BODY, 600, t.colour("text"))
        paint_line(painter, self._note, QRectF(50, 26, width, 18), theme.LABEL, 400, t.colour("text2"))
        icons.paint(painter, "chevron-down", QRectF(self.width() - 26, 15, 18, 18), t.colour("text2"))
