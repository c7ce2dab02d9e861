# SPDX-License-Identifier: Apache-2.0
"""A state as word, shape and colour; a shape alone; an icon; a line of icon and words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import icons, shapes, status, theme
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role, Weight
from qcdesk.gui.widgets.text import paint_line, text_width
from qcdesk.i18n import Catalogue


class StatusChip(QWidget):
    """The word of a state behind its shape, in its colour; ``soft`` puts it on its own soft ground."""

    def __init__(
        self,
        word: str,
        shape: Shape,
        role: Role,
        *,
        size: float = theme.BODY,
        weight: Weight = 600,
        soft: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word, self._shape, self._role = word, shape, role
        self._size, self._weight, self._soft = size, weight, soft
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    @classmethod
    def of(cls, code: str, words: Catalogue, *, size: float = theme.BODY, soft: bool = False) -> StatusChip:
        """Return the chip of a state code."""
        look = status.look(code)
        return cls(status.word(code, words), look.shape, look.role, size=size, soft=soft)

    def show_state(self, word: str, shape: Shape, role: Role) -> None:
        """Show another state."""
        self._word, self._shape, self._role = word, shape, role
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def show_code(self, code: str, words: Catalogue) -> None:
        """Show the state of a code."""
        look = status.look(code)
        self.show_state(status.word(code, words), look.shape, look.role)

    @property
    def word(self) -> str:
        return self._word

    def sizeHint(self) -> QSize:
        box = theme.current().line_box(self._size)
        extra = 20 if self._soft else 0
        return QSize(
            text_width(self._word, self._size, self._weight) + box + 4 + extra, box + (8 if self._soft else 0)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = t.colour(self._role)
        ground = t.colour("surface")
        left = 0.0
        if self._soft:
            soft: dict[Role, Role] = {
                "accept": "accept_soft",
                "reject": "reject_soft",
                "hold": "hold_soft",
                "attention": "attention_soft",
            }
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour(soft.get(self._role, "sunken")))
            painter.drawRoundedRect(QRectF(self.rect()), theme.R_BUTTON, theme.R_BUTTON)
            left = 10.0
        side = t.px(self._size) * 1.2
        shapes.paint(
            painter, self._shape, QRectF(left, (self.height() - side) / 2, side, side), colour, ground
        )
        box = t.line_box(self._size)
        room = QRectF(left + side + 7, (self.height() - box) / 2, self.width() - left - side - 7, box)
        paint_line(painter, self._word, room, self._size, self._weight, colour)


class ShapeMark(QWidget):
    """A shape alone, where its word stands beside it."""

    def __init__(self, shape: Shape, role: Role, side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._role = shape, role
        self.setFixedSize(side, side)

    def show_state(self, shape: Shape, role: Role) -> None:
        """Show another shape."""
        self._shape, self._role = shape, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        shapes.paint(painter, self._shape, QRectF(self.rect()), t.colour(self._role), t.colour("surface"))


class Icon(QWidget):
    """An outline icon; ``ground`` puts it on a soft square."""

    def __init__(
        self,
        name: str,
        role: Role = "text2",
        side: int = 20,
        *,
        ground: Role | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._side, self._ground = name, role, side, ground
        outer = side + 28 if ground else side
        self.setFixedSize(outer, outer)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour(self._ground))
            painter.drawRoundedRect(QRectF(self.rect()), theme.R_CARD, theme.R_CARD)
        spot = QRectF(
            (self.width() - self._side) / 2, (self.height() - self._side) / 2, self._side, self._side
        )
        icons.paint(painter, self._name, spot, t.colour(self._role))


class IconLine(QWidget):
    """An icon or a shape and one line of words."""

    def __init__(
        self,
        words: str,
        *,
        icon: str = "",
        shape: Shape | None = None,
        role: Role = "text2",
        size: float = theme.SECONDARY,
        weight: Weight = 400,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._icon, self._shape = words, icon, shape
        self._role, self._size, self._weight = role, size, weight
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def show_line(
        self, words: str, *, icon: str = "", shape: Shape | None = None, role: Role = "text2"
    ) -> None:
        """Show other words."""
        self._words, self._icon, self._shape, self._role = words, icon, shape, role
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        return self._words

    @property
    def role(self) -> Role:
        """The colour of its words."""
        return self._role

    def sizeHint(self) -> QSize:
        mark = 26 if self._icon or self._shape else 0
        return QSize(
            text_width(self._words, self._size, self._weight) + mark + 2,
            theme.current().line_box(self._size) + 2,
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        side = t.px(self._size) + 4.0
        spot = QRectF(0, (self.height() - side) / 2, side, side)
        if self._shape:
            shapes.paint(painter, self._shape, spot, t.colour(self._role), t.colour("surface"))
            left = side + 7
        elif self._icon:
            icons.paint(painter, self._icon, spot, t.colour(self._role))
            left = side + 7
        box = t.line_box(self._size)
        room = QRectF(left, (self.height() - box) / 2, self.width() - left, box)
        paint_line(painter, self._words, room, self._size, self._weight, t.colour(self._role))
