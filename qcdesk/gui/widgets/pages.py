# SPDX-License-Identifier: Apache-2.0
"""The frame of a desk page, a form of fields by their codes, a list that is searched, and both side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, row
from qcdesk.gui.widgets.forms import Check, ChoiceField, DateField, Field, LineField, TextField
from qcdesk.gui.widgets.lists import ROW, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState, ProblemArea, RefusalPanel
from qcdesk.gui.widgets.picture_field import PictureField
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.widgets.text import Text, page_note, page_title
from qcdesk.i18n import Catalogue

YES = "yes"
Control = LineField | TextField | ChoiceField | DateField | PictureField


def value_of(control: Control | Check) -> str:
    """Return what stands in a field as text: days in ISO, a yes as ``yes``."""
    if isinstance(control, Check):
        return YES if control.isChecked() else ""
    value = control.value()
    return value.isoformat() if isinstance(value, date) else value or ""


def set_value_of(control: Control | Check, value: str) -> None:
    """Show a value in a field."""
    if isinstance(control, Check):
        control.setChecked(value == YES)
    elif isinstance(control, DateField):
        control.set_value(date.fromisoformat(value) if value else None)
    else:
        control.set_value(value)


class DeskPage(QWidget):
    """A page of the desk: way back, title with a line about it, buttons, problems, then the content (``body``)."""

    back_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, words: Catalogue, title: str = "", note: str = "", *, back: str = "") -> None:
        super().__init__()
        self.words = words
        outer = column(14, (28, 18, 28, 18))
        self.setLayout(outer)
        self.back = Button(back, "text", icon="arrow-left", height=32, flush=True)
        self.back.clicked.connect(self.back_wanted)
        self.page_title = page_title(title)
        self.page_note = page_note(note)
        self.beside = row(14)
        add(self.beside, self.page_title)
        texts = column(2)
        texts.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        title_line = QHBoxLayout()
        title_line.addLayout(self.beside)
        title_line.addStretch(1)
        add(texts, title_line, self.page_note)
        self.acts = row(10)
        head = row(16)
        head.addLayout(texts, 1)
        head.addLayout(self.acts)
        head.setAlignment(self.acts, Qt.AlignmentFlag.AlignBottom)
        self.problems = ProblemArea(words.say("Try again"), words.say("Copy the report"))
        self.problems.try_again.connect(self._retry)
        self.problems.report_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.body = column(14)
        add(outer, head, self.problems)
        outer.addLayout(self.body, 1)
        self.back.setVisible(
            bool(back)
        )  # once it stands on the page: shown before, it would be a window of its own
        self.page_note.setVisible(bool(note))
        self.setAccessibleName(title)

    def show_title(self, title: str, note: str = "") -> None:
        """Show what the page is about."""
        self.page_title.setText(title)
        self.page_note.setText(note)
        self.page_note.setVisible(bool(note))
        self.setAccessibleName(title)

    def _retry(self) -> None:
        self.problems.clear()
        self.retry_wanted.emit()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong at the head of the page."""
        self.problems.show_problem(problem)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("canvas"))


class Form(QWidget):
    """Fields by code, two or more in a line. ``changed`` follows every touch; what is wrong stands beside its field."""

    changed = Signal()

    def __init__(self, also: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._fields: dict[str, Control | Check] = {}
        self._also = dict(also or {})
        self._filling = False
        self.lines = column(10, (2, 2, 2, 2))
        self.setLayout(self.lines)

    def put(self, *pairs: tuple[str, Control | Check], shares: Sequence[int] = ()) -> None:
        """Put fields side by side; ``shares`` of the width, equal unless given."""
        line = row(12)
        for place, (code, control) in enumerate(pairs):
            self.know(code, control)
            line.addWidget(control, shares[place] if shares else 1)
        self.lines.addLayout(line)

    def know(self, code: str, control: Control | Check) -> None:
        """Take a field that stands elsewhere."""
        self._fields[code] = control
        (control.toggled if isinstance(control, Check) else control.changed).connect(
            lambda *_: self._touched()
        )

    def put_part(self, part: QWidget | QLayout) -> None:
        """Put something else between the fields."""
        add(self.lines, part)

    def _touched(self) -> None:
        if not self._filling:
            self.changed.emit()

    def field(self, code: str) -> Control | Check:
        """Return a field."""
        return self._fields[code]

    def controls(self) -> tuple[Control | Check, ...]:
        """Return all fields."""
        return tuple(self._fields.values())

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {code: value_of(control) for code, control in self._fields.items()}

    def fill(self, values: Mapping[str, str]) -> None:
        """Show values; a field without one is emptied."""
        self._filling = True
        for code, control in self._fields.items():
            set_value_of(control, values.get(code, ""))
        self._filling = False
        self.clear_wrong()

    def clear_wrong(self) -> None:
        """Nothing is wrong."""
        for control in self._fields.values():
            if isinstance(control, Field):
                control.show_wrong("")

    def show_wrong(self, code: str, fact: str) -> bool:
        """Say what is wrong beside its field and go there; False where the form has no such field."""
        control = self._fields.get(self._also.get(code, code))
        if not isinstance(control, Field):
            return False
        control.show_wrong(fact)
        control.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> None:
        """Go to the first field."""
        for control in self._fields.values():
            target = control.control if isinstance(control, Field) else control
            if target.isEnabled():
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return


class SearchedList(Card):
    """A table with its search over it; empty it says what that means, and what comes next."""

    asked = Signal(str)
    chosen = Signal(object)
    opened = Signal(object)
    add_wanted = Signal()

    def __init__(
        self,
        model: RowsModel[Any],
        name: str,
        words: Catalogue,
        *,
        hint: str,
        meaning: str,
        next_words: str,
        act: str = "",
        icon: str = "list",
        row_px: int = 44,
    ) -> None:
        super().__init__(padding=16)
        self._words = words
        self._quiet = False
        self.model = model
        self.search = SearchField(hint)
        self.search.asked.connect(self.asked)
        self.count = Text("", theme.SECONDARY, 400, "text3")
        top = row(14)
        add(top, self.search, None, self.count)
        self.top = top
        self.table = Table(model, name, row_px=row_px)
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._pressed)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.empty = EmptyState(meaning, next_words, act, icon=icon)
        self.empty.acted.connect(self.add_wanted)
        self.none = EmptyState(
            words.say("Nothing matches"), words.say("Type fewer letters, or another name."), icon="search"
        )
        self.setAccessibleName(name)
        self.body.addLayout(top)
        for part in (self.table, self.empty, self.none):
            self.body.addWidget(part, 1)
            part.hide()
        self.table.show()

    def show_rows(self, rows: Sequence[Any], *, searching: bool) -> None:
        """Show the rows that match."""
        self._quiet = True
        self.model.show_rows(rows)
        self._quiet = False
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows and not searching)
        self.none.setVisible(not rows and searching)
        self.search.setVisible(bool(rows) or searching)
        self.count.setText(self._words.say("{n} shown", n=len(rows)) if rows else "")

    def mark_row(self, fits: Callable[[Any], bool]) -> None:
        """Show a row as the chosen one; no signal."""
        proxy = self.table.model()
        self._quiet = True
        for place in range(proxy.rowCount()):
            index = proxy.index(place, 0)
            if fits(index.data(ROW)):
                flags = QItemSelectionModel.SelectionFlag
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                self.table.scrollTo(index)
                break
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        self._quiet = False

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet and self.table.hasFocus():
            self.chosen.emit(now.data(ROW))

    def _pressed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ROW))


class Editor(Card):
    """A record's fields with their button; ``changed`` is true while something is not saved."""

    save_wanted = Signal(object)
    left = Signal()

    def __init__(self, form: Form, words: Catalogue, *, save: str, choose: str, way: str, icon: str) -> None:
        super().__init__(padding=20)
        self._words = words
        self.form = form
        self.dirty = False
        self.title = Text("", theme.CARD, 600, wrap=True, lines=2)
        self.problems = ProblemArea(words.say("Try again"), words.say("Copy the report"))
        self.problems.try_again.connect(self.save)
        self.problems.report_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.unsaved = RefusalPanel(
            words.say("What you changed is not saved."), words.say("Save it, or go back without it.")
        )
        self.nothing = EmptyState(choose, way, icon=icon)
        self.filled = QWidget()
        inner = column(12)
        self.filled.setLayout(inner)
        scroll = Scroll(form)
        self.button = Button(save, "filled", icon="check")
        self.button.clicked.connect(self.save)
        self.back = Button(words.say("Back, change nothing"), "text")
        self.back.clicked.connect(self._leave)
        low = row(10)
        add(low, self.button, self.back, None)
        self.low = low
        add(inner, self.title, self.problems, self.unsaved)
        inner.addWidget(scroll, 1)
        inner.addLayout(low)
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.filled, 1)
        form.changed.connect(self._changed)
        self.show_nothing()

    def _changed(self) -> None:
        self.dirty = True
        self.back.show()

    def show_nothing(self) -> None:
        """Show that no record is chosen."""
        self._settle()
        self.filled.hide()
        self.nothing.show()

    def edit(self, heading: str, values: Mapping[str, str]) -> None:
        """Show a record."""
        self._settle()
        self.title.setText(heading)
        self.setAccessibleName(heading)
        self.form.fill(values)
        self.nothing.hide()
        self.filled.show()

    def _settle(self) -> None:
        self.dirty = False
        self.problems.clear()
        self.unsaved.hide()
        self.show_working(False)

    def may_leave(self) -> bool:
        """Tell whether another record may be shown; else say that this one is not saved."""
        self.unsaved.setVisible(self.dirty)
        return not self.dirty

    def _leave(self) -> None:
        self._settle()
        self.left.emit()

    def save(self) -> None:
        """Hand over what stands in the fields."""
        if self.button.working:
            return
        self.problems.clear()
        self.unsaved.hide()
        self.form.clear_wrong()
        self.save_wanted.emit(self.form.values())

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.button.set_working(self._words.say("Saving …") if working else None)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""
        self.show_working(False)
        told = problem.told
        line = self._words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        if problem.kind == "input" and self.form.show_wrong(problem.field, line):
            return
        self.problems.show_problem(problem)


class RecordsPage(DeskPage):
    """A list at the left, the record that is edited at the right."""

    save_wanted = Signal(object)
    chosen = Signal(object)
    add_wanted = Signal()
    left = Signal()
    asked = Signal(str)

    def __init__(
        self,
        words: Catalogue,
        title: str,
        note: str,
        list_card: SearchedList,
        editor: Editor,
        add_word: str,
        key: Callable[[Any], str],
    ) -> None:
        super().__init__(words, title, note)
        self._key = key
        self._now = ""
        self.list = list_card
        self.editor = editor
        self.adding = Button(add_word, "filled", icon="plus")
        self.adding.clicked.connect(self._add)
        self.acts.addWidget(self.adding)
        columns = row(14)
        columns.addWidget(list_card, 2)
        columns.addWidget(editor, 1)
        editor.setMinimumWidth(theme.current().px(400))
        self.body.addLayout(columns, 1)
        list_card.asked.connect(self.asked)
        list_card.chosen.connect(self._choose)
        list_card.add_wanted.connect(self._add)
        editor.save_wanted.connect(self.save_wanted)
        editor.left.connect(self.left)

    def _choose(self, record: object) -> None:
        if self.editor.may_leave():
            self.chosen.emit(record)

    def _add(self) -> None:
        if self.editor.may_leave():
            self.list.mark_row(lambda _: False)
            self.add_wanted.emit()
            self.editor.form.focus_first()

    def show_rows(self, rows: Sequence[object], *, searching: bool) -> None:
        """Show the rows that match."""
        self.list.show_rows(rows, searching=searching)
        self._mark()

    def _mark(self) -> None:
        self.list.mark_row(lambda record: bool(self._now) and self._key(record) == self._now)

    def edit(self, heading: str, values: Mapping[str, str]) -> None:
        """Show a record's fields; ``id`` among the values is the record's key in the list."""
        self._now = values.get("id", "")
        self.editor.edit(heading, values)
        self.adding.set_kind("framed")

    def show_nothing(self) -> None:
        """Show that no record is chosen."""
        self._now = ""
        self.editor.show_nothing()
        self.adding.set_kind("filled")

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.editor.show_working(working)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong: beside the record while one is edited, else over the list."""
        if self.editor.filled.isVisibleTo(self.editor):
            self.editor.show_problem(problem)
        else:
            self.problems.show_problem(problem)
