# SPDX-License-Identifier: Apache-2.0
"""Lines of fields that can be added, taken out and moved: makers, steps, defects, characteristics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.buttons import Button, IconButton
from qcdesk.gui.widgets.cards import Rule, add, column, row
from qcdesk.gui.widgets.forms import Field
from qcdesk.gui.widgets.pages import Form
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class LinesEditor(QWidget):
    """Some lines, each a small form. ``changed`` follows every touch."""

    changed = Signal()

    def __init__(
        self,
        words: Catalogue,
        make: Callable[[], Form],
        *,
        add_word: str,
        none_words: str,
        movable: bool = False,
        ruled: bool = False,
    ) -> None:
        super().__init__()
        self._words = words
        self._make = make
        self._movable = movable
        self._ruled = ruled
        self._lines: list[_Line] = []
        layout = column(8)
        self.setLayout(layout)
        self._held = column(10 if ruled else 4)
        self.none = Text(none_words, theme.SECONDARY, 400, "text2", wrap=True)
        self.adding = Button(add_word, icon="plus", height=38, size=14)
        self.adding.clicked.connect(self._add_empty)
        self.wrong = Text("", theme.LABEL, 600, "reject", wrap=True)
        self.wrong.hide()
        add(layout, self.none, self._held, self.wrong)
        layout.addWidget(self.adding, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_empty(self) -> None:
        line = self._add({})
        self._settle()
        line.form.focus_first()
        self.changed.emit()

    def _add(self, values: Mapping[str, str]) -> _Line:
        line = _Line(self._make(), self._words, self._movable, self._ruled)
        line.form.fill(values)
        line.form.changed.connect(self._touched)
        line.removed.connect(lambda: self._remove(line))
        line.moved.connect(lambda by: self._move(line, by))
        self._lines.append(line)
        self._held.addWidget(line)
        return line

    def _touched(self) -> None:
        self.show_wrong("")
        self.changed.emit()

    def _remove(self, line: _Line) -> None:
        place = self._lines.index(line)
        self._lines.remove(line)
        self._held.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._settle()
        near = self._lines[min(place, len(self._lines) - 1)].form if self._lines else None
        if near is not None:
            near.focus_first()
        else:
            self.adding.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched()

    def _move(self, line: _Line, by: int) -> None:
        place = self._lines.index(line)
        to = place + by
        if 0 <= to < len(self._lines):
            self._lines.insert(to, self._lines.pop(place))
            self._held.removeWidget(line)
            self._held.insertWidget(to, line)
            self._settle()
            self._touched()

    def _settle(self) -> None:
        self.none.setVisible(not self._lines)
        for place, line in enumerate(self._lines):
            line.settle(place, len(self._lines))

    def fill(self, lines: Sequence[Mapping[str, str]]) -> None:
        """Show these lines instead of the ones there."""
        for line in self._lines:
            self._held.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for values in lines:
            self._add(values)
        self._settle()
        self.show_wrong("")

    def values(self) -> list[dict[str, str]]:
        """Return what stands in each line."""
        return [line.form.values() for line in self._lines]

    def forms(self) -> list[Form]:
        """Return the forms of the lines, in order."""
        return [line.form for line in self._lines]

    def show_wrong(self, fact: str) -> None:
        """Say what is wrong with the lines; an empty text: nothing."""
        self.wrong.setText(fact)
        self.wrong.setVisible(bool(fact))


class _Line(QWidget):
    removed = Signal()
    moved = Signal(int)

    def __init__(self, form: Form, words: Catalogue, movable: bool, ruled: bool) -> None:
        super().__init__()
        self.form = form
        form.lines.setContentsMargins(2, 2, 2, 2)
        outer = column(8)
        self.setLayout(outer)
        self._rule = Rule() if ruled else None
        if self._rule is not None:
            outer.addWidget(self._rule)
        line = row(6)
        outer.addLayout(line)
        line.addWidget(form, 1)
        self._up = IconButton("chevron-up", words.say("Move up"), side=36, framed=False)
        self._down = IconButton("chevron-down", words.say("Move down"), side=36, framed=False)
        remove = IconButton("x", words.say("Take this line out"), side=36, framed=False)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        remove.clicked.connect(lambda: self.removed.emit())
        self._buttons = column(0)
        self._above = column()
        for button in (self._up, self._down):
            button.set_role("text2")
            button.setVisible(movable)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        remove.set_role("text2")
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignBottom)
        self._ruled = ruled

    def settle(self, place: int, of: int) -> None:
        """Show captions over the first line only, where the lines stand close."""
        self._up.setEnabled(place > 0)
        self._down.setEnabled(place < of - 1)
        if self._rule is not None:
            self._rule.setVisible(place > 0)
        for control in self.form.controls():
            if isinstance(control, Field):
                control.below.setVisible(control.wrong)
                control.caption.setVisible(self._ruled or place == 0)
