# SPDX-License-Identifier: Apache-2.0
"""Fields with their label above and what is wrong below, for the screens of master data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qcdesk.gui import icons, theme
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import Text, line_count, paint_line, text_width, wrapped

MOST_LINES = 3
"""How many lines what is wrong with a field may take; the rest stands in a tip."""
_FEW, _AROUND_PX = 6, 34
"""A field for so few signs is as wide as they are, with what stands around them."""


class Field(QWidget):
    """Label, control, and one line for the hint or for what is wrong; more only where that takes more."""

    changed = Signal()

    def __init__(self, name: str, control: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.control = control
        self._hint = hint
        self._lines = 1
        self.caption = Text(name, theme.SECONDARY, 500, "text2")
        self.caption.setBuddy(control)
        self.below = Text(hint, theme.LABEL, 400, "text3")
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setAlignment(
            Qt.AlignmentFlag.AlignTop
        )  # in line with its neighbour, of which more is said below
        layout.setSpacing(5)  # the ring around what has the focus reaches 5 px out
        for part in (self.caption, control, self.below):
            layout.addWidget(part)
        control.setAccessibleName(name)
        control.setAccessibleDescription(hint)
        control.setProperty(RADIUS_PROPERTY, theme.R_FIELD)

    def make_wordy(self) -> None:
        """Let a name that is a whole question take the lines that it needs."""
        wordy = Text(self.name, theme.SECONDARY, 500, "text2", wrap=True)
        wordy.setBuddy(self.control)
        self._column.setAlignment(Qt.AlignmentFlag(0))  # else it may be no higher than with one line
        self._column.replaceWidget(self.caption, wordy)
        self.caption.hide()
        self.caption.deleteLater()
        self.caption = wordy

    def make_roomy(self, lines: int = 2) -> None:
        """Keep two lines below instead of one: for what is said about a path, which may be long."""
        roomy = Text(self._hint, theme.LABEL, 400, "text3", wrap=True, lines=lines)
        roomy.setFixedHeight(lines * theme.current().line_box(theme.LABEL))
        self._column.replaceWidget(self.below, roomy)
        self.below.hide()
        self.below.deleteLater()
        self.below, self._lines = roomy, lines

    def show_wrong(self, words: str) -> None:
        """Say what is wrong with it; an empty text: nothing is. A long sentence takes the lines that it needs."""
        if words and self.isVisible():
            needs = min(MOST_LINES, line_count(words, theme.LABEL, 600, self.width()))
            if needs > self._lines:
                self.make_roomy(needs)
        self.below.setText(words or self._hint)
        self.below.set_role("reject" if words else "text3")
        self.below.set_weight(600 if words else 400)
        self.control.setAccessibleDescription(words or self._hint)
        self.control.setProperty("wrong", bool(words))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def show_notice(self, words: str) -> None:
        """Say what to look at, while nothing is wrong; an empty text: there is nothing."""
        if self.wrong:
            return
        self.below.setText(words or self._hint)
        self.below.set_role("attention" if words else "text3")
        self.below.set_weight(600 if words else 400)
        self.control.setAccessibleDescription(words or self._hint)

    @property
    def wrong(self) -> bool:
        return bool(self.control.property("wrong"))


class LineField(Field):
    """One line of text."""

    def __init__(self, name: str, hint: str = "", *, most: int = 200, parent: QWidget | None = None) -> None:
        self.edit = QLineEdit()
        self.edit.setMaxLength(most)
        if most <= _FEW:
            self.edit.setMinimumWidth(text_width("0" * most, theme.BODY) + _AROUND_PX)
        super().__init__(name, self.edit, hint, parent)
        self.edit.textEdited.connect(lambda _: self._edited())

    def _edited(self) -> None:
        self.show_wrong("")
        self.changed.emit()

    def value(self) -> str:
        """Return what was typed, without spaces around it."""
        return self.edit.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.edit.setText(value)


class TextField(Field):
    """Some lines of text."""

    def __init__(self, name: str, hint: str = "", *, height: int = 96, parent: QWidget | None = None) -> None:
        self.edit = QPlainTextEdit()
        self.edit.setFixedHeight(height)
        self.edit.setTabChangesFocus(True)
        super().__init__(name, self.edit, hint, parent)
        self.edit.textChanged.connect(self.changed)

    def value(self) -> str:
        """Return what was typed, without spaces around it."""
        return self.edit.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.edit.setPlainText(value)


class _Choice(QComboBox):
    """A choice that a wheel passing over it does not change, with our own chevron."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:
        """Open the list as wide as its longest words."""
        self.view().setMinimumWidth(max(self.width(), self.view().sizeHintForColumn(0) + 40))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colour = theme.current().colour("text2")
        icons.paint(
            painter, "chevron-down", QRectF(self.width() - 30, (self.height() - 18) / 2, 18, 18), colour
        )


class ChoiceField(Field):
    """One of several; codes inside, words outside."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]] = (),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.edit = _Choice()
        super().__init__(name, self.edit, hint, parent)
        self.set_choices(choices)
        self.edit.activated.connect(self._chosen)

    def make_narrow(self, letters: int = 4) -> None:
        """Ask for room for so many letters, not for the longest choice, which would push a column out of the window."""
        self.edit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.edit.setMinimumContentsLength(letters)

    def _chosen(self) -> None:
        self.show_wrong("")
        self.changed.emit()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (code, words) in this order; what was chosen stays chosen where it is still offered."""
        now = self.value()
        self.edit.clear()
        for code, words in choices:
            self.edit.addItem(words, code)
        self.set_value(now)

    def value(self) -> str:
        """Return the code that is chosen, or an empty text."""
        return str(self.edit.currentData() or "")

    def set_value(self, code: str) -> None:
        """Choose a code; unknown: none."""
        self.edit.setCurrentIndex(self.edit.findData(code))


class DateField(Field):
    """A day; None where it may be left open."""

    def __init__(
        self,
        name: str,
        hint: str = "",
        *,
        optional: bool = False,
        none_words: str = " ",
        parent: QWidget | None = None,
    ) -> None:
        self.edit = _Day()
        self.edit.setCalendarPopup(True)
        self.edit.setDisplayFormat("yyyy-MM-dd")
        self._optional = optional
        if optional:
            self.edit.setMinimumDate(QDate(1999, 12, 31))
            self.edit.setSpecialValueText(none_words)
            self.edit.setDate(self.edit.minimumDate())
        super().__init__(name, self.edit, hint, parent)
        self.edit.dateChanged.connect(lambda _: self.changed.emit())

    def value(self) -> date | None:
        """Return the day."""
        day = self.edit.date()
        if self._optional and day == self.edit.minimumDate():
            return None
        return date(day.year(), day.month(), day.day())

    def set_value(self, day: date | None) -> None:
        """Show a day."""
        if day is not None:
            self.edit.setDate(QDate(day.year, day.month, day.day))
        elif self._optional:
            self.edit.setDate(self.edit.minimumDate())


class _Day(QDateEdit):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colour = theme.current().colour("text2")
        icons.paint(painter, "calendar", QRectF(self.width() - 30, (self.height() - 18) / 2, 18, 18), colour)


class Check(QCheckBox):
    """A yes or no with its words."""

    _BOX = 20

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty(RADIUS_PROPERTY, theme.R_CELL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need at this width."""
        lines = line_count(self.text(), theme.BODY, 400, max(1, self.width() - self._BOX - 12))
        self.setMinimumHeight(max(30, lines * theme.current().line_box(theme.BODY)))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        width = text_width(self.text(), theme.BODY)
        return QSize(width + self._BOX + 14, max(30, theme.current().line_box(theme.BODY)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, (self.height() - self._BOX) / 2, self._BOX, self._BOX).adjusted(
            0.75, 0.75, -0.75, -0.75
        )
        on, enabled = self.isChecked(), self.isEnabled()
        painter.setBrush(t.colour("action" if on and enabled else "surface" if enabled else "sunken"))
        painter.setPen(QPen(t.colour("action" if on and enabled else "edge" if enabled else "line"), 1.5))
        painter.drawRoundedRect(box, 5, 5)
        if on:
            ink = t.colour("action_text" if enabled else "text3")
            icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), ink, stroke=2.6)
        step = t.line_box(theme.BODY)
        wide = self.width() - self._BOX - 12
        lines = wrapped(self.text(), theme.BODY, 400, wide, max(1, self.height() // step))
        top = (self.height() - step * len(lines)) / 2
        for place, line in enumerate(lines):
            room = QRectF(self._BOX + 12, top + place * step, wide, step)
            paint_line(painter, line, room, theme.BODY, 400, t.colour("text" if enabled else "text3"))


class EnterGoesOn(QObject):
    """Return in a field goes to the next one, as scanners and clerks expect; the last one presses the button."""

    submitted = Signal()

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__(fields[0] if fields else None)
        self._controls = [field.control for field in fields]
        for control in self._controls:
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or isinstance(watched, QPlainTextEdit):
            return False
        key = getattr(event, "key", lambda: None)()
        if key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        place = next((i for i, c in enumerate(self._controls) if c is watched), -1)
        if 0 <= place < len(self._controls) - 1:
            self._controls[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submitted.emit()
        return True
