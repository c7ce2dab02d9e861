# SPDX-License-Identifier: Apache-2.0
"""Buttons: one filled per screen (the next step), others framed or words only; stop is framed in its own colour."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.theme import Role, Weight
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, paint_middle, text_width, wrapped

Kind = Literal["filled", "framed", "text", "hold"]


_ROLES: dict[Kind, tuple[Role, Role | None, Role | None]] = {  # words, ground, frame
    "filled": ("action_text", "action", "action"),
    "framed": ("text", "surface", "edge"),
    "text": ("action", None, None),
    "hold": ("hold", "surface", "hold"),
}


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return ``first`` with a ``share`` (0 to 1) of ``second``."""

    def part(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        part(first.red(), second.red()),
        part(first.green(), second.green()),
        part(first.blue(), second.blue()),
    )


class Pressable(QAbstractButton):
    """What all buttons share: Enter presses as Space does, hover repaints, the name is read aloud."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(word)
        self.setAccessibleName(word)

    def setText(self, text: str) -> None:
        """Show another word."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


class Button(Pressable):
    """A button that says what happens with its object. ``set_working`` shows that it works, by itself."""

    def __init__(
        self,
        word: str,
        kind: Kind = "framed",
        *,
        icon: str = "",
        height: int = 42,
        size: float = theme.BODY,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(word, parent)
        self._flush = flush  # words begin at the left edge, for the way back above a title
        self._kind: Kind = kind
        self._icon = icon
        self._height = height
        self._size = size
        self._idle_word = word
        self._busy = False
        self._turn = 0
        self._timer = QTimer(self, interval=90)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, theme.R_BUTTON)

    @property
    def kind(self) -> Kind:
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Make it the next step, or no longer."""
        self._kind = kind
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_working(self, word: str | None) -> None:
        """Show ``word`` and a turning mark while work is done; None: as before. It takes no press meanwhile."""
        if word is None:
            self._timer.stop()
            if self._busy:  # else it may have got another word since
                self.setText(self._idle_word)
            self._busy = False
            self.setEnabled(True)
        else:
            if not self._busy:
                self._idle_word = self.text()
            self._busy = True
            self.setText(word)
            self.setEnabled(False)
            if not theme.current().reduced_motion:
                self._timer.start()
        self.update()

    @property
    def working(self) -> bool:
        return self._timer.isActive()

    def _tick(self) -> None:
        self._turn = (self._turn + 30) % 360
        self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self.text(), self._size, 600) + (28 if self._icon or self.working else 0)
        padding = 4 if self._flush else 24 if self._kind == "text" else 40
        return QSize(width + padding, max(self._height, theme.current().line_box(self._size) + 12))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isEnabled() or self.working
        word, ground, edge = _ROLES[self._kind]
        if not on:
            word, ground, edge = "text3", "sunken" if ground else None, "line" if edge else None
        elif self.isDown():
            word, ground = ("action_text", "action") if self._kind != "hold" else ("surface", "hold")
            if self._kind == "filled":
                word, ground = "band_text", "band"
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        fill = t.colour(ground) if ground else None
        if on and not self.isDown() and self.underMouse():
            over = t.colour(ground) if ground else t.colour("canvas")
            fill = mixed(over, t.colour("action_text" if self._kind == "filled" else "action"), 0.09)
        if fill is not None or edge is not None:
            painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour(edge), 1.5) if edge else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, theme.R_BUTTON, theme.R_BUTTON)
        width = text_width(self.text(), self._size, 600)
        mark = 28 if self._icon or self.working else 0
        left = 0.0 if self._flush else max(8.0, (self.width() - width - mark) / 2)
        colour = t.colour(word)
        spot = QRectF(left, (self.height() - 20) / 2, 20, 20)
        if self.working:
            painter.save()
            painter.translate(spot.center())
            painter.rotate(self._turn)
            icons.paint(
                painter, "loader-circle", QRectF(-10, -10, 20, 20), colour, stroke=icons.BUTTON_STROKE
            )
            painter.restore()
        elif self._icon:
            icons.paint(painter, self._icon, spot, colour, stroke=icons.BUTTON_STROKE)
        step = t.line_box(self._size)
        room = QRectF(left + mark, (self.height() - step) / 2, self.width() - left - mark - 4, step)
        paint_line(painter, self.text(), room, self._size, 600, colour)


class IconButton(Pressable):
    """A square button with an icon only: close, search, delete digit, switch person. Its word is read aloud."""

    def __init__(
        self, icon: str, word: str, *, side: int = 48, framed: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(word, parent)
        self._icon = icon
        self._framed = framed
        self._role: Role = "text"
        self.setToolTip(word)
        self.setFixedSize(side, side)
        self.setProperty(RADIUS_PROPERTY, theme.R_CARD)

    def set_role(self, role: Role) -> None:
        """Change the colour, for instance on the dark band."""
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role: Role = self._role
        band = role == "band_text"
        ground = t.colour("band" if band else "surface")
        if self.isDown():
            ground, role = t.colour(role), "band" if band else "surface"
        elif self.underMouse():
            ground = mixed(ground, t.colour(role), 0.09)
        if self._framed or self.underMouse() or self.isDown():
            pen = QPen(t.colour("edge" if not band else "text3"), 1.5) if self._framed else Qt.PenStyle.NoPen
            painter.setPen(pen)
            painter.setBrush(ground)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), theme.R_CARD, theme.R_CARD
            )
        side = min(24, self.width() - 12)
        spot = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, spot, t.colour(role), stroke=icons.BUTTON_STROKE)


class ActionRow(Pressable):
    """A framed row: icon, what happens, one line about it, and a chevron. Stop is the one in its own colour."""

    def __init__(
        self,
        word: str,
        note: str = "",
        *,
        icon: str,
        kind: Literal["framed", "filled", "hold"] = "framed",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(word, parent)
        self._note = note
        self._icon = icon
        self._kind = kind
        self.setAccessibleDescription(note)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty(RADIUS_PROPERTY, theme.R_BUTTON)

    def _note_lines(self, width: int) -> list[str]:
        return wrapped(self._note, theme.SECONDARY, 400, width - 52 - 44, 2) if self._note else []

    def _word_lines(self, width: int) -> list[str]:
        return wrapped(self.text(), theme.BODY, 600, width - 52 - 44, 2)

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(280))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        t = theme.current()
        words = len(self._word_lines(width)) * t.line_box(theme.BODY)
        return 18 + words + len(self._note_lines(width)) * t.line_box(theme.SECONDARY)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        word: Role = "hold" if self._kind == "hold" else "action_text" if self._kind == "filled" else "text"
        ground: Role = "action" if self._kind == "filled" else "surface"
        edge: Role = "hold" if self._kind == "hold" else "action" if self._kind == "filled" else "edge"
        note: Role = "action_text" if self._kind == "filled" else "text2"
        if self.isDown():
            word = note = "surface" if self._kind == "hold" else "action_text"
            ground = "hold" if self._kind == "hold" else "action"
        fill = t.colour(ground)
        if self.underMouse() and not self.isDown():
            fill = mixed(fill, t.colour(word), 0.07)
        painter.setPen(QPen(t.colour(edge), 1.5))
        painter.setBrush(fill)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), theme.R_BUTTON, theme.R_BUTTON
        )
        icon_role: Role = "action" if word == "text" else word
        icons.paint(painter, self._icon, QRectF(16, (self.height() - 22) / 2, 22, 22), t.colour(icon_role))
        icons.paint(
            painter,
            "chevron-right",
            QRectF(self.width() - 36, (self.height() - 20) / 2, 20, 20),
            t.colour(note),
        )
        y = 9.0
        for line in self._word_lines(self.width()):
            paint_line(painter, line, QRectF(52, y, self.width() - 96, 24), theme.BODY, 600, t.colour(word))
            y += t.line_box(theme.BODY)
        for line in self._note_lines(self.width()):
            paint_line(
                painter, line, QRectF(52, y, self.width() - 96, 20), theme.SECONDARY, 400, t.colour(note)
            )
            y += t.line_box(theme.SECONDARY)


class Segments(QWidget):
    """A choice of few, side by side on sunken ground; the chosen one is filled."""

    chosen = Signal(str)

    def __init__(
        self, choices: tuple[tuple[str, str], ...], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._codes: dict[str, _Segment] = {}
        for code, word in choices:
            segment = _Segment(word)
            segment.clicked.connect(lambda _=False, c=code: self.chosen.emit(c))
            self._group.addButton(segment)
            self._codes[code] = segment
            layout.addWidget(segment)

    def choose(self, code: str) -> None:
        """Show one as chosen; no signal."""
        self._codes[code].setChecked(True)

    def choice(self) -> str:
        """Return the code that is chosen, or an empty text."""
        return next((code for code, segment in self._codes.items() if segment.isChecked()), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.R_FIELD, theme.R_FIELD)


class _Segment(Pressable):
    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, theme.R_BUTTON)

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), theme.SECONDARY, 600) + 28, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weight: Weight = 600
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("action"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.R_BUTTON, theme.R_BUTTON)
        role: Role = "action_text" if self.isChecked() else "text" if self.underMouse() else "text2"
        paint_middle(painter, self.text(), QRectF(self.rect()), theme.SECONDARY, weight, t.colour(role))
