# SPDX-License-Identifier: Apache-2.0
"""Words with one line box for every script: Thai vowels and stacked accents are never cut, rows never move."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from unicodedata import category, east_asian_width

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from qcdesk.gui import theme
from qcdesk.gui.breaks import breakable
from qcdesk.gui.theme import Face, Role, Weight

_UNBOUND = 1_000_000.0
_MEASURE_EM, _ONE_LINE_EM = 45, 52
"""How long a line of several may be, in widths of a Chinese sign: some 85 Latin letters; and a line that stands alone."""
_MARKS = 8
"""How many px more a line of stacked marks takes where it is laid out than where it is measured, at the most."""


def text_width(text: str, size: float, weight: Weight = 400) -> int:
    """Return the width of one line of text in px."""
    return ceil(_advance(text, theme.current().face(size, weight)))


@lru_cache(maxsize=8_192)
def _advance(text: str, face: Face) -> float:
    """Return the width of one line: most words are asked for again whenever they are laid out or drawn."""
    return QFontMetricsF(face.font).horizontalAdvance(text)


def letters(text: str) -> int:
    """Return how long a text is in letters: a Chinese sign takes the room of two, a mark above or below none."""
    return sum(2 if east_asian_width(sign) in "WF" else category(sign) != "Mn" for sign in text)


def elided(text: str, size: float, weight: Weight, width: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than ``width`` px."""
    face = theme.current().face(size, weight)
    if _advance(text, face) <= width:
        return text
    return QFontMetricsF(face.font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


@lru_cache(maxsize=4_096)
def _starts(text: str, face: Face, width: float) -> tuple[int, ...]:
    """Return where each line of a paragraph begins: asked several times for each time that it is drawn."""
    layout = QTextLayout(text, face.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return tuple(starts)


def line_count(text: str, size: float, weight: Weight, width: float) -> int:
    """Return on how many lines the text stands when wrapped at ``width`` px."""
    face = theme.current().face(size, weight)
    return sum(max(1, len(_starts(part, face, width))) for part in breakable(text).split("\n"))


def wrapped(text: str, size: float, weight: Weight, width: float, most: int = 0) -> list[str]:
    """Return the lines of the text wrapped at ``width`` px; beyond ``most`` lines the last is cut with an ellipsis."""
    found: list[str] = []
    for part in breakable(text).split("\n"):
        starts = _starts(part, theme.current().face(size, weight), width)
        ends = [*starts[1:], len(part)]
        found += [part[a:b].strip() for a, b in zip(starts, ends, strict=True)] if starts else [""]
    if most and len(found) > most:
        rest = " ".join(found[most - 1 :])
        found = [*found[: most - 1], elided(rest, size, weight, width)]
        if not found[-1].endswith("…"):
            found[-1] = elided(rest + "…", size, weight, width)
    return found


def paint_line(
    painter: QPainter,
    text: str,
    box: QRectF,
    size: float,
    weight: Weight,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line on its baseline within a line box whose top is ``box.top()``; too long, it is cut."""
    shown = elided(text, size, weight, box.width())
    font = theme.current().font(size, weight)
    x = box.left()
    if align != Qt.AlignmentFlag.AlignLeft:
        free = box.width() - _advance(shown, theme.current().face(size, weight))
        x += free if align == Qt.AlignmentFlag.AlignRight else free / 2
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(x, box.top() + theme.current().baseline(size, weight)), shown)


def paint_middle(
    painter: QPainter,
    text: str,
    box: QRectF,
    size: float,
    weight: Weight,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    most: int = 1,
) -> None:
    """Draw up to ``most`` lines, centred from top to bottom in ``box``."""
    lines = wrapped(text, size, weight, box.width(), most) if most > 1 else [text]
    step = theme.current().line_box(size) * (0.88 if len(lines) > 1 else 1)
    top = box.center().y() - (step * (len(lines) - 1) + theme.current().line_box(size)) / 2
    for index, line in enumerate(lines):
        paint_line(
            painter,
            line,
            QRectF(box.left(), top + index * step, box.width(), step),
            size,
            weight,
            colour,
            align,
        )


class Text(QLabel):
    """A label in one size, weight and colour role; one line cut with an ellipsis, or wrapped."""

    def __init__(
        self,
        text: str = "",
        size: float = theme.BODY,
        weight: Weight = 400,
        role: Role = "text",
        *,
        wrap: bool = False,
        lines: int = 0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._weight: Weight = weight
        self._role: Role = role
        self._wrap = wrap
        self._most = lines
        self._align = align
        self.setTextFormat(Qt.TextFormat.PlainText)
        upright = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def role(self) -> Role:
        """The colour."""
        return self._role

    def set_role(self, role: Role) -> None:
        """Change the colour."""
        self._role = role
        self.update()

    def set_weight(self, weight: Weight) -> None:
        """Change the weight."""
        self._weight = weight
        self.updateGeometry()
        self.update()

    @property
    def cut(self) -> bool:
        """Whether some of the words give way to an ellipsis; then they stand whole in the tip."""
        width = self.width()
        if self._wrap:
            return bool(self._most) and self._lines(self._measure(width)) > self._most
        return elided(self.text(), self._size, self._weight, width) != self.text()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            if self.cut:
                QToolTip.showText(event.globalPos(), self.text(), self)
            return self.cut
        return super().event(event)

    def sizeHint(self) -> QSize:
        box = theme.current().line_box(self._size)
        width = max(
            (text_width(part, self._size, self._weight) for part in self.text().split("\n")), default=0
        )
        if self._wrap:
            width = min(width + 1, 560)  # a layout may round up what was measured, and break the line
            return QSize(width, self.heightForWidth(max(1, width)))
        return QSize(width + 1, box)

    def minimumSizeHint(self) -> QSize:
        if self._wrap:
            return QSize(40, theme.current().line_box(self._size))
        return QSize(min(self.sizeHint().width(), 24), theme.current().line_box(self._size))

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return theme.current().line_box(self._size)
        count = self._lines(self._measure(width))
        return theme.current().line_box(self._size) * (min(count, self._most) if self._most else count)

    def _lines(self, width: int) -> int:
        return line_count(self.text(), self._size, self._weight, width)

    def _measure(self, width: int) -> int:
        """Return how wide the lines are: from the end of a longer one the eye does not find the next."""
        em, alone = theme.current().px(self._size), self.text().count("\n") + 1
        if width <= em * _MEASURE_EM or self._lines(min(width, em * _ONE_LINE_EM)) <= alone:
            return width
        if self._most and self._lines(em * _MEASURE_EM) > self._most:
            return width
        return em * _MEASURE_EM

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.current().colour(self._role)
        step = theme.current().line_box(self._size)
        if not self._wrap:
            top = (self.height() - step) / 2
            paint_line(
                painter,
                self.text(),
                QRectF(0, top, self.width(), step),
                self._size,
                self._weight,
                colour,
                self._align,
            )
            return
        wide = self._measure(self.width())
        free = self.width() - wide
        left = float(free) if self._align == Qt.AlignmentFlag.AlignRight else 0.0
        left = free / 2 if self._align == Qt.AlignmentFlag.AlignHCenter else left
        for index, line in enumerate(wrapped(self.text(), self._size, self._weight, wide, self._most)):
            box = QRectF(left, index * step, wide, step)
            paint_line(painter, line, box, self._size, self._weight, colour, self._align)


class Heading(Text):
    """A heading of a page: as wide as its words where there is room, on a second line where there is not."""

    def __init__(self, text: str, size: float, weight: Weight, role: Role = "text") -> None:
        super().__init__(text, size, weight, role, wrap=True, lines=2)

    def sizeHint(self) -> QSize:
        parts = self.text().split("\n")
        width = max((text_width(part, self._size, self._weight) for part in parts), default=0) + 1
        for _ in range(
            _MARKS
        ):  # lines are laid out a little wider than they are measured, where marks are stacked
            if line_count(self.text(), self._size, self._weight, width) <= len(parts):
                break
            width += 1
        return QSize(width, self.heightForWidth(width))


def label(text: str = "", role: Role = "text3") -> Text:
    """Return a label of the smallest size."""
    return Text(text, theme.LABEL, 500, role)


def secondary(text: str = "", role: Role = "text2", *, wrap: bool = False) -> Text:
    """Return an explanation."""
    return Text(text, theme.SECONDARY, 400, role, wrap=wrap)


def body(text: str = "", role: Role = "text", *, wrap: bool = False, weight: Weight = 400) -> Text:
    """Return words of the usual size."""
    return Text(text, theme.BODY, weight, role, wrap=wrap)


def title(text: str = "") -> Text:
    """Return the title of a card."""
    return Text(text, theme.CARD, 600)


def page_title(text: str = "") -> Text:
    """Return the title of a page; a long one takes a second line."""
    return Heading(text, theme.PAGE, 600)


def page_note(text: str = "") -> Text:
    """Return the line about a page below its title; a long one takes a second line."""
    return Heading(text, theme.BODY, 400, "text2")


def subject(text: str = "") -> Text:
    """Return the subject of a page: a batch, a unit."""
    return Text(text, theme.SUBJECT, 700)
