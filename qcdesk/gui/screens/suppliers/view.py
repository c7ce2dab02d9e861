# SPDX-License-Identifier: Apache-2.0
"""The list of suppliers; one supplier with its batches, its defects and its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.suppliers.model import Today, batches_model, defects_model, suppliers_model
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.bars import Bar, CountBars
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Fact, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import IconLine, StatusChip
from qcdesk.gui.widgets.forms import LineField, TextField
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage, Editor, Form, SearchedList
from qcdesk.gui.widgets.places import SUPPLIERS, Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import BatchListRow, SupplierDefectRow, SupplierListRow


class SuppliersView(DeskPage):
    """``opened`` carries the row of a supplier."""

    opened = Signal(object)
    add_wanted = Signal()
    asked = Signal(str)

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(words, say("Suppliers"), say("Who delivers, and what was found in it."))
        self.adding = Button(say("Add supplier"), "filled", icon="plus")
        self.adding.clicked.connect(self.add_wanted)
        self.acts.addWidget(self.adding)
        self.places = Places(words, "suppliers", SUPPLIERS)
        self.body.addWidget(self.places)
        self.list = SearchedList(
            suppliers_model(words, today),
            say("Suppliers"),
            words,
            hint=say("Search name, number or country"),
            meaning=say("No supplier yet"),
            next_words=say("Batches that are bought name the supplier they came from."),
            act=say("Add supplier"),
            icon="factory",
            row_px=60,
        )
        self.list.asked.connect(self.asked)
        self.list.chosen.connect(self.opened)
        self.list.opened.connect(self.opened)
        self.list.add_wanted.connect(self.add_wanted)
        self.body.addWidget(self.list, 1)

    def show_rows(self, rows: Sequence[SupplierListRow], *, searching: bool) -> None:
        """Show the suppliers that match."""
        self.list.show_rows(rows, searching=searching)


class SupplierView(DeskPage):
    """``batch_wanted`` carries a batch; the record is changed in the right column."""

    batch_wanted = Signal(str)
    edit_wanted = Signal()
    severity_wanted = Signal()
    analysis_wanted = Signal()
    scorecard_wanted = Signal()
    stop_wanted = Signal()
    contact_wanted = Signal()
    contact_goes = Signal()
    paper_wanted = Signal()
    paper_goes = Signal()
    copy_wanted = Signal()
    copy_named = Signal(str)
    let_go_wanted = Signal()
    merge_wanted = Signal()
    apart_wanted = Signal()
    ledger_wanted = Signal()
    amiss_wanted = Signal()
    save_wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(words, back=say("Suppliers"))
        self.page_title.hide()
        self.name = Text("", theme.SUBJECT, 700)
        self.beside.addWidget(self.name)
        self.changing = Button(say("Change the record"), icon="pencil")
        self.changing.clicked.connect(self.edit_wanted)
        self.severity = Button(say("Severity of inspection"), icon="gauge")
        self.severity.clicked.connect(self.severity_wanted)
        self.analysis = Button(say("Analysis"), icon="chart-column")
        self.analysis.clicked.connect(self.analysis_wanted)
        self.scorecard = Button(say("Scorecard"), icon="scale")
        self.scorecard.clicked.connect(self.scorecard_wanted)
        self.acts.addWidget(self.scorecard)
        self.acts.addWidget(self.analysis)
        self.acts.addWidget(self.severity)
        self.acts.addWidget(self.changing)
        columns = row(14)
        self.body.addLayout(columns, 1)
        left = column(14)
        columns.addLayout(left, 2)
        self.ledger = Card(padding=10)
        self.ledger_line = IconLine("", icon="clock", weight=600)
        self.urgent = Text("", theme.BODY, 600, "attention", wrap=True)
        self.urgent.hide()
        self.ledger.body.addWidget(self.urgent)
        opening = Button(say("Promises and audits"), "text", height=32, size=14)
        opening.clicked.connect(self.ledger_wanted)
        ledger = row(10)
        add(ledger, self.ledger_line, None, opening)
        self.ledger.body.addLayout(ledger)
        self.amiss_line = IconLine("", icon="clipboard-list", weight=600)
        leading = Button(say("Nonconformities"), "text", height=32, size=14)
        leading.clicked.connect(self.amiss_wanted)
        amiss = row(10)
        add(amiss, self.amiss_line, None, leading)
        self.ledger.body.addLayout(amiss)
        left.addWidget(self.ledger)
        self.batch_card = Card(say("Batches"))
        self.batches = Table(batches_model(words, today), say("Batches of this supplier"))
        self.batches.clicked.connect(lambda index: self._batch(self.batches.current_row()))
        self.batches.opened.connect(self._batch)
        self.no_batches = EmptyState(
            say("No batch yet"), say("Batches registered from this supplier stand here."), icon="package"
        )
        self.defect_card = Card(say("Defects"), say("newest first"))
        self.defects = Table(defects_model(words, today), say("Defects of this supplier"))
        self.defects.clicked.connect(lambda index: self._defect(self.defects.current_row()))
        self.defects.opened.connect(self._defect)
        self.no_defects = EmptyState(
            say("No defect yet"),
            say("What both people found stands here once a batch is compared."),
            icon="check-check",
        )
        for card, table, empty in (
            (self.batch_card, self.batches, self.no_batches),
            (self.defect_card, self.defects, self.no_defects),
        ):
            card.body.addWidget(table, 1)
            card.body.addWidget(empty, 1)
            left.addWidget(card, 1)
        self.side = QWidget()
        right = column(14)
        self.side.setLayout(right)
        columns.addWidget(self.side, 1)
        self.side.setMinimumWidth(theme.current().px(400))
        totals = Card(say("What goes wrong most"), say("pieces found"))
        self.bars = CountBars(say("Defects by code"))
        self.quiet = Text(say("Nothing was found so far."), theme.BODY, 400, "text2", wrap=True)
        add(totals.body, self.bars, self.quiet)
        self.standing = StatusChip("", "tick", "accept")
        self.standing_line = Text("", theme.BODY, 400, "text2", wrap=True)
        self.stopping = Button(say("Block or restrict"), icon="ban")
        self.stopping.clicked.connect(self.stop_wanted)
        self.letting = Button(say("Let it deliver"), icon="shield-check")
        self.letting.clicked.connect(self.let_go_wanted)
        self.held_line = Text("", theme.BODY, 600, "reject", wrap=True)
        self.same_line = Text("", theme.BODY, 400, "text2", wrap=True)
        self.merging = Button(say("The same as another"), icon="link")
        self.merging.clicked.connect(self.merge_wanted)
        self.parting = Button(say("Take apart"), icon="columns-2")
        self.parting.clicked.connect(self.apart_wanted)
        status = Card(say("Status"))
        keys, same = row(10), row(10)
        add(keys, self.stopping, self.letting, None)
        add(same, self.merging, self.parting, None)
        add(status.body, self.standing, self.standing_line, self.held_line)
        status.body.addLayout(keys)
        add(status.body, self.same_line)
        status.body.addLayout(same)
        self.strict = Card(say("How strictly lots are inspected"))
        self.strict_lines = Text("", theme.BODY, 400, wrap=True)
        add(self.strict.body, self.strict_lines)
        record = Card(say("Record"))
        holder = QWidget()
        self.facts = QGridLayout()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setVerticalSpacing(14)
        self.facts.setHorizontalSpacing(16)
        inner = column()
        holder.setLayout(inner)
        inner.addLayout(self.facts)
        self.note = Text("", theme.BODY, 400, "text2", wrap=True)
        add(inner, 12, self.note, 12)
        record.body.addWidget(Scroll(holder), 1)
        lists = QGridLayout()
        lists.setSpacing(8)
        self.contact_goes_key, self.paper_goes_key = (
            Button(say("Remove one"), icon="minus"),
            Button(say("Remove one"), icon="minus"),
        )
        for place, (key, signal) in enumerate(
            (
                (Button(say("Contact"), icon="plus"), self.contact_wanted),
                (Button(say("Certificate"), icon="plus"), self.paper_wanted),
                (self.contact_goes_key, self.contact_goes),
                (self.paper_goes_key, self.paper_goes),
            )
        ):
            key.clicked.connect(signal)
            lists.addWidget(key, place // 2, place % 2)
        self.copying = Button(say("Save a certificate's copy"), icon="download")
        self.copying.clicked.connect(self.copy_wanted)
        lists.addWidget(self.copying, 2, 0, 1, 2)
        self.contact_goes_key.setAccessibleName(say("Remove a contact"))
        self.paper_goes_key.setAccessibleName(say("Remove a certificate"))
        inner.addLayout(lists)
        inner.addStretch(1)
        right.addWidget(status)
        right.addWidget(totals)
        right.addWidget(self.strict)
        right.addWidget(record, 1)
        self.editor = self._editor(words)
        self.editor.setMinimumWidth(theme.current().px(400))
        columns.addWidget(self.editor, 1)
        self.editor.hide()

    def _editor(self, words: Catalogue) -> Editor:
        say = words.say
        form = Form({"supplier": "code"})
        form.put(
            ("code", LineField(say("Number"), say("As your books name them"))),
            ("country", LineField(say("Country"))),
        )
        form.put(("name", LineField(say("Name"), say("As they write it, in their own script"))))
        form.put(("name_latin", LineField(say("Name in Latin letters"), say("For search and for carriers"))))
        form.put(("contact", LineField(say("Contact"))))
        form.put(
            ("tax_number", LineField(say("Tax number"))),
            ("gln", LineField(say("GLN"), say("GS1 location number, 13 digits"))),
        )
        form.put(("products", LineField(say("Products supplied"), say("Their codes, a space between"))))
        form.put(("address", TextField(say("Address"), height=84)))
        form.put(("note", TextField(say("Note"), height=84)))
        form.lines.addStretch(1)
        editor = Editor(form, words, save=say("Save supplier"), choose="", way="", icon="factory")
        editor.save_wanted.connect(self.save_wanted)
        editor.left.connect(self.left)
        return editor

    def _batch(self, picked: object) -> None:
        if isinstance(picked, BatchListRow):
            self.batch_wanted.emit(picked.batch)

    def _defect(self, picked: object) -> None:
        if isinstance(picked, SupplierDefectRow) and picked.batch:
            self.batch_wanted.emit(picked.batch)

    def show_head(self, name: str, note: str) -> None:
        """Show who it is."""
        self.show_title(name, note)
        self.name.setText(name)

    def show_batches(self, rows: Sequence[BatchListRow], note: str) -> None:
        """Show the newest batches."""
        self.batches.rows.show_rows(rows)
        self.batches.setVisible(bool(rows))
        self.no_batches.setVisible(not rows)
        self.batch_card.note.setText(note)

    def show_defects(self, rows: Sequence[SupplierDefectRow], note: str) -> None:
        """Show the newest defects."""
        self.defects.rows.show_rows(rows)
        self.defects.setVisible(bool(rows))
        self.no_defects.setVisible(not rows)
        self.defect_card.note.setText(note)

    def show_totals(self, bars: Sequence[Bar]) -> None:
        """Show how often each code was found."""
        self.bars.show_bars(bars)
        self.bars.setVisible(bool(bars))
        self.quiet.setVisible(not bars)

    def show_severities(self, lines: Sequence[str]) -> None:
        """Show where the classes stand that are not on normal inspection from the start."""
        self.strict_lines.setText("\n".join(lines))
        self.strict.setVisible(bool(lines))

    def show_standing(
        self, word: str, shape: Shape, role: Role, line: str, *, stop: bool, let_go: bool
    ) -> None:
        """Show how the supplier stands, and what may be done about it."""
        self.standing.show_state(word, shape, role)
        self.standing_line.setText(line)
        self.stopping.setVisible(stop)
        self.letting.setVisible(let_go)

    def show_ledger(self, urgent: str, line: str, *, late: bool) -> None:
        """Show what needs somebody, and in a line what was promised and what the last audit came to.

        Args: urgent: empty: nothing does. late: something is overdue.
        """
        self.urgent.setText(urgent)
        self.urgent.setVisible(bool(urgent))
        if late:
            self.ledger_line.show_line(line, shape="triangle", role="attention")
        else:
            self.ledger_line.show_line(line, icon="clock")

    def show_amiss(self, line: str, *, late: bool) -> None:
        """Show in a line how many nonconformities there are; ``late``: one is overdue."""
        if late:
            self.amiss_line.show_line(line, shape="triangle", role="attention")
        else:
            self.amiss_line.show_line(line, icon="clipboard-list")

    def show_same(self, line: str, held: str, *, merge: bool, apart: bool) -> None:
        """Show who is the same as whom, what that holds back, and what may be said of it."""
        self.same_line.setText(line)
        self.same_line.setVisible(bool(line))
        self.held_line.setText(held)
        self.held_line.setVisible(bool(held))
        self.merging.setVisible(merge)
        self.parting.setVisible(apart)

    def show_record(self, facts: Sequence[tuple[str, str]], note: str) -> None:
        """Show the record."""
        emptied(self.facts)
        wide = 0
        for name, value in facts:
            fact = Fact(name, value)
            if "\n" in value or len(value) > 20:
                wide += wide % 2
                self.facts.addWidget(_Long(name, value), wide // 2, 0, 1, 2)
                fact.deleteLater()
                wide += 2
            else:
                self.facts.addWidget(fact, wide // 2, wide % 2)
                wide += 1
        self.facts.setColumnStretch(0, 1)
        self.facts.setColumnStretch(1, 1)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def show_lists(self, *, contacts: bool, papers: bool, copies: bool) -> None:
        """Offer to remove what there is, and copies of certificates that are kept."""
        self.copying.setVisible(copies)
        self.contact_goes_key.setVisible(contacts)
        self.paper_goes_key.setVisible(papers)

    def name_copy(self, name: str) -> None:
        """Ask where the copy of a certificate goes."""
        path, _ = QFileDialog.getSaveFileName(self, self.words.say("Save a certificate's copy"), name)
        if path:
            self.copy_named.emit(path)

    def edit(self, heading: str, values: Mapping[str, str]) -> None:
        """Change the record, or write a new one."""
        self.editor.edit(heading, values)
        self.side.hide()
        self.ledger.hide()
        self.changing.hide()
        self.severity.hide()
        self.analysis.hide()
        self.scorecard.hide()
        self.editor.show()
        self.editor.form.focus_first()

    def show_reading(self) -> None:
        """Show the record without changing it."""
        self.editor.show_nothing()
        self.editor.hide()
        self.side.show()
        self.ledger.show()
        self.changing.show()
        self.severity.show()
        self.analysis.show()
        self.scorecard.show()

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.editor.show_working(working)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside the record while it is changed."""
        if self.editor.isVisibleTo(self):
            self.editor.show_problem(problem)
        else:
            self.problems.show_problem(problem)


class _Long(QWidget):
    """A fact of several lines."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        layout = column(0)
        self.setLayout(layout)
        add(layout, Text(name, theme.SECONDARY, 400, "text3"), Text(value, theme.BODY, 600, wrap=True))
