# SPDX-License-Identifier: Apache-2.0
"""Several lines of the same questions in the sheet, with what they come to said live under them."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.asking import Judged, Question, RowsAsked, rows_of
from qcdesk.gui.widgets.cards import Plane, add, column, row
from qcdesk.gui.widgets.chips import ShapeMark
from qcdesk.gui.widgets.forms import ChoiceField, LineField
from qcdesk.gui.widgets.pages import Form
from qcdesk.gui.widgets.repeated import LinesEditor
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class Rows(QWidget):
    """The lines; ``changed`` follows every touch, and ``ready`` tells whether they can be given as they stand."""

    changed = Signal()

    def __init__(self, question: Question, asked: RowsAsked, words: Catalogue) -> None:
        super().__init__()
        self._asked = asked
        self.setAccessibleName(question.words)
        layout = column(8)
        self.setLayout(layout)
        self.editor = LinesEditor(words, self._form, add_word=asked.adding, none_words=question.hint)
        self.editor.changed.connect(self._touched)
        self._plane = Plane("sunken", radius=theme.R_FIELD)
        line = row(10, (12, 8, 12, 8))
        self._plane.setLayout(line)
        self._mark = ShapeMark("barred", "text2", 20)
        self._told = Text("", theme.BODY, 600, wrap=True)
        line.addWidget(self._mark)
        line.addWidget(self._told, 1)
        add(layout, self.editor, self._plane)
        self.editor.fill(asked.start)
        self._judge()

    def _form(self) -> Form:
        form, wide = Form(), []
        always = [question for question in self._asked.questions if not question.only]
        for question in always:
            made: ChoiceField | LineField
            if question.kind == "choice":
                made = ChoiceField(question.words, question.choices)
                made.set_value(question.value)
            else:
                made = LineField(question.words, question.hint)
                made.edit.setPlaceholderText(question.hint)
            wide.append((question.code, made))
        form.put(*wide, shares=self._asked.shares)
        for question in self._asked.questions:
            if question.only:
                self._put_below(form, question, *question.only)
        return form

    @staticmethod
    def _put_below(form: Form, question: Question, code: str, *wanted: str) -> None:
        """Put a field under the line, which is asked only with one choice in it."""
        made, choice = LineField(question.words, question.hint), form.field(code)
        made.edit.setPlaceholderText(question.words)
        form.put((question.code, made))

        def show() -> None:
            made.setVisible(isinstance(choice, ChoiceField) and choice.value() in wanted)

        if isinstance(choice, ChoiceField):
            choice.changed.connect(show)
        form.changed.connect(show)
        show()

    def _touched(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        judged = self.judged
        self._told.setText(judged.words)
        self._mark.show_state("tick" if judged.ready else "barred", "text2")

    @property
    def judged(self) -> Judged:
        """What they come to now."""
        return self._asked.judge(self.editor.values())

    @property
    def told(self) -> str:
        """What is said under the lines."""
        return self._told.text()

    def set_value(self, value: str) -> None:
        """Show lines."""
        self.editor.fill(rows_of(value))
        for form in self.editor.forms():
            form.changed.emit()
        self._touched()

    def value(self) -> str:
        """Return the lines as one answer."""
        return json.dumps(self.editor.values())
