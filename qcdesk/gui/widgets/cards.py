# SPDX-License-Identifier: Apache-2.0
"""The planes of a screen: card, sunken panel, rule, and the small layouts that hold them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qcdesk.gui import theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.text import Text, letters, secondary, title


def column(spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return a layout from top to bottom."""
    layout = QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def row(spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return a layout from left to right."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def add(layout: QBoxLayout, *parts: QWidget | QLayout | int | None) -> QBoxLayout:
    """Add widgets and layouts; a number is space in px, None stretches."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


class Plane(QWidget):
    """A ground with rounded corners and, if named, a frame. Children lie on it."""

    def __init__(
        self,
        ground: Role = "surface",
        edge: Role | None = None,
        *,
        radius: float = theme.R_CARD,
        frame_px: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground: Role = ground
        self._edge: Role | None = edge
        self._radius = radius
        self._frame = frame_px

    def set_roles(self, ground: Role, edge: Role | None = None) -> None:
        """Change ground and frame."""
        self._ground, self._edge = ground, edge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self._frame / 2 if self._edge else 0.0
        painter.setBrush(t.colour(self._ground))
        painter.setPen(QPen(t.colour(self._edge), self._frame) if self._edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), self._radius, self._radius
        )


class Card(Plane):
    """A card answers one question, and its title says which. ``body`` takes the content, ``head`` what is beside."""

    def __init__(
        self, heading: str = "", note: str = "", *, padding: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__("surface", "line", parent=parent)
        self.body = column(8, (padding, padding - 4, padding, padding - 4))
        self.setLayout(self.body)
        self.head = row(12)
        self.heading = title(heading)
        self.note = secondary(note, "text3")
        if heading or note:
            add(self.head, self.heading, None, self.note)
            self.body.addLayout(self.head)
            self.setAccessibleName(heading)


class Rule(QWidget):
    """A line of 1 px between rows."""

    def __init__(self, *, vertical: bool = False, role: Role = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role: Role = role
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour(self._role))


class SectionTitle(QWidget):
    """A title on the canvas with a note beside it."""

    def __init__(self, heading: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = title(heading)
        self.note = secondary(note, "text3")
        layout = row(10)
        self.setLayout(layout)
        add(layout, self.heading, self.note, None)


class Fact(QWidget):
    """A small label over its value, with an optional line below."""

    def __init__(
        self, name: str, value: str, note: str = "", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(parent)
        layout = column(0)
        self.setLayout(layout)
        told = Text(value, theme.BODY, 600, wrap=wrap, lines=6 if wrap else 0)
        add(layout, Text(name, theme.SECONDARY, 400, "text3"), told)
        if note:
            layout.addWidget(secondary(note, wrap=True))
        self.setAccessibleName(f"{name}: {value}")


class Facts(QWidget):
    """Labels with their values in two columns; a value that is long takes both."""

    SHORT = 26  # characters that stand beside another fact

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for side in (0, 1):
            self._grid.setColumnStretch(side, 1)
        self.setLayout(self._grid)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these facts, in this order."""
        emptied(self._grid)
        at, side = 0, 0
        for place, (name, value) in enumerate(facts):
            follows = place + 1 < len(facts) and self._short(facts[place + 1][1])
            fact = Fact(name, value, wrap=True)
            if side == 1:
                self._grid.addWidget(fact, at, 1, Qt.AlignmentFlag.AlignTop)
                at, side = at + 1, 0
            elif self._short(value) and follows:
                self._grid.addWidget(fact, at, 0, Qt.AlignmentFlag.AlignTop)
                side = 1
            else:
                self._grid.addWidget(fact, at, 0, 1, 2)
                at += 1

    def _short(self, value: str) -> bool:
        return letters(value) <= self.SHORT and "\n" not in value


class Scroll(QScrollArea):
    """A page that may be longer than the window; only desk pages use it."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


class Tall(QScrollArea):
    """A page at no less than the height it needs: a window that is lower scrolls, and presses nothing together."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(page)
        page.setAutoFillBackground(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        page = self.widget()
        if page is None:
            return
        layout = page.layout()
        needed = page.minimumSizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = max(needed, layout.minimumHeightForWidth(self.width()))
        # The bar stands in the page's margin: what is above the page stays in line with it.
        page.resize(self.width(), max(self.height(), needed))


def spread() -> QWidget:
    """Return an empty widget that takes all room."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return widget
