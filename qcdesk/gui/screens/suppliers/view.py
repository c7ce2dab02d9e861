# SPDX-License-Identifier: Apache-2.0
"""The list of suppliers; one supplier with its batches, its defects and its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.promises import PromiseRow, promises_model
from qcdesk.gui.scored import FEW
from qcdesk.gui.screens.suppliers.model import Today, batches_model, defects_model, suppliers_model
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.bars import Bar, CountBars
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Fact, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.chips import IconLine, StatusChip
from qcdesk.gui.widgets.forms import LineField, TextField
from qcdesk.gui.widgets.lists import ROW, Table
from qcdesk.gui.widgets.measure_cards import MeasureCard, MeasureCards
from qcdesk.gui.widgets.notices import EmptyState, HeadlinePanel
from qcdesk.gui.widgets.pages import DeskPage, Editor, Form, SearchedList
from qcdesk.gui.widgets.places import SUPPLIERS, Places
from qcdesk.gui.widgets.printed import PrintedPapers
from qcdesk.gui.widgets.side_by_side import PhotoLine, SideBySide
from qcdesk.gui.widgets.text import Text
from qcdesk.gui.widgets.timeline import Happening, Timeline
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.rows import BatchListRow, SupplierDefectRow, SupplierListRow

MOST_ROWS = 6
"""Of a table on the page; the rest is scrolled."""


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
        self.list.table.clicked.connect(lambda index: self.opened.emit(index.data(ROW)))
        self.list.opened.connect(self.opened)
        self.list.add_wanted.connect(self.add_wanted)
        self.body.addWidget(self.list, 1)

    def show_rows(self, rows: Sequence[SupplierListRow], *, searching: bool) -> None:
        """Show the suppliers that match."""
        self.list.show_rows(rows, searching=searching)


class SupplierView(DeskPage):
    """Whether to buy from them again, on one page; the record is changed in its place.

    ``batch_wanted`` carries a batch, ``action_wanted`` an action, ``figure_wanted`` the code of a figure,
    ``bar_wanted`` and ``lot_wanted`` a place, from 0.
    """

    batch_wanted = Signal(str)
    action_wanted = Signal(str)
    figure_wanted = Signal(str)
    bar_wanted = Signal(int)
    lot_wanted = Signal(int)
    urgent_wanted = Signal()
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
    name_typed = Signal(str, str)
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
        self.standing = StatusChip("", "tick", "accept", soft=True)
        add(self.beside, self.name, self.standing)
        self.analysis = Button(say("Analysis"), icon="chart-column")
        self.analysis.clicked.connect(self.analysis_wanted)
        self.scorecard = Button(say("Scorecard"), "filled", icon="scale")
        self.scorecard.clicked.connect(self.scorecard_wanted)
        add(self.acts, self.analysis, self.scorecard)
        holder = QWidget()
        inner = column(14, (1, 1, 8, 1))
        holder.setLayout(inner)
        self.whole = Scroll(holder)
        self.body.addWidget(self.whole, 1)
        self.headline = HeadlinePanel()
        self.headline.acted.connect(self.urgent_wanted)
        self.cards = MeasureCards(say("Figures"), FEW)
        self.cards.chosen.connect(self.figure_wanted)
        add(inner, self.headline, self.cards)
        inner.addLayout(self._found(words))
        columns, wide, narrow = row(14), column(14), column(14)
        inner.addLayout(columns)
        for part in (self._promises(words, today), self._photos(words), *self._deliveries(words, today)):
            wide.addWidget(part)
        for part in (self._status(words), self._severities(words), self._record(words), self._history(words)):
            narrow.addWidget(part)
        for side, share in ((wide, 2), (narrow, 1)):
            side.addStretch(1)
            columns.addLayout(side, share)
        inner.addStretch(1)
        self.editor = self._editor(words)
        self.editor.setMaximumWidth(theme.current().px(820))
        self.body.addWidget(self.editor, 1)
        self.editor.hide()

    def _found(self, words: Catalogue) -> QHBoxLayout:
        """Return what goes wrong most, and every batch."""
        say = words.say
        self.totals = Card(say("What goes wrong most"), say("defects, not units · running total"))
        self.bars = CountBars(say("Defects by code"))
        self.bars.chosen.connect(self.bar_wanted)
        self.quiet = Text(say("Nothing was found so far."), theme.BODY, 400, "text2", wrap=True)
        add(self.totals.body, self.bars, self.quiet, None)
        self.every = Card(say("Every batch"), say("rejected ones and those beyond the limit are marked"))
        self.lots = ChartView()
        self.lots.setFixedHeight(theme.current().px(208))
        self.lots.chosen.connect(lambda _panel, place: self.lot_wanted.emit(place))
        add(self.every.body, self.lots, None)
        found = row(14)
        found.addWidget(self.totals, 5)
        found.addWidget(self.every, 6)
        return found

    def _promises(self, words: Catalogue, today: Today) -> Card:
        say = words.say
        card = Card(say("Promises"), say("each with a day and a test that later batches decide"))
        self.promises = Table(promises_model(words, today, supplier=False), say("Promises"), row_px=56)
        self.promises.fit_rows(5)
        self.promises.clicked.connect(lambda _: self._promise(self.promises.current_row()))
        self.promises.opened.connect(self._promise)
        self.ledger_line = IconLine("", icon="clock")
        opening = Button(say("Promises and audits"), "text", height=32, size=14)
        opening.clicked.connect(self.ledger_wanted)
        self.amiss_line = IconLine("", icon="tag")
        leading = Button(say("Nonconformities"), "text", height=32, size=14)
        leading.clicked.connect(self.amiss_wanted)
        self.audited_line = IconLine("", icon="clipboard-list")
        lines, keys, under = column(4), column(0), row(10)
        add(lines, None, self.ledger_line, self.audited_line, self.amiss_line, None)
        add(keys, opening, leading)
        under.addLayout(lines, 1)
        under.addLayout(keys)
        card.body.addWidget(self.promises)
        card.body.addLayout(under)
        return card

    def _status(self, words: Catalogue) -> Card:
        say = words.say
        self.standing_line = Text("", theme.BODY, 400, "text2", wrap=True)
        self.stopping = Button(say("Block or restrict"), icon="ban")
        self.stopping.clicked.connect(self.stop_wanted)
        self.letting = Button(say("Let it deliver"), icon="shield-check")
        self.letting.clicked.connect(self.let_go_wanted)
        self.stops_line = Text("", theme.BODY, 600, "reject", wrap=True)
        self.held_line = Text("", theme.BODY, 600, "reject", wrap=True)
        self.same_line = Text("", theme.BODY, 400, "text2", wrap=True)
        self.merging = Button(say("The same as another"), icon="link")
        self.merging.clicked.connect(self.merge_wanted)
        self.parting = Button(say("Take apart"), icon="columns-2")
        self.parting.clicked.connect(self.apart_wanted)
        card = Card(say("Status"))
        add(card.body, self.standing_line, self.stops_line, self.held_line, self.same_line)
        for key in (self.stopping, self.letting, self.merging, self.parting):
            card.body.addWidget(key)
        return card

    def _photos(self, words: Catalogue) -> Card:
        say = words.say
        self.photo_card = Card(say("Photos side by side"), say("as they were signed"))
        self.photos = SideBySide(words, say("Back to the supplier"))
        self.photos.setFixedHeight(theme.current().px(210))
        self.photo_card.body.addWidget(self.photos)
        return self.photo_card

    def _deliveries(self, words: Catalogue, today: Today) -> tuple[Card, Card]:
        """Return the newest batches, and the newest defects."""
        say = words.say
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
            table.fit_rows(MOST_ROWS)
            add(card.body, table, empty)
        return self.batch_card, self.defect_card

    def _severities(self, words: Catalogue) -> Card:
        say = words.say
        self.strict = Card(say("How strictly lots are inspected"))
        self.strict_lines = Text("", theme.BODY, 400, wrap=True)
        self.severity = Button(say("Severity of inspection"), icon="gauge")
        self.severity.clicked.connect(self.severity_wanted)
        add(self.strict.body, self.strict_lines, self.severity)
        return self.strict

    def _record(self, words: Catalogue) -> Card:
        say = words.say
        record = Card(say("Record"), " ")
        self.changing = Button(say("Change the record"), "text", icon="pencil", height=32, size=14)
        self.changing.clicked.connect(self.edit_wanted)
        record.head.addWidget(self.changing)
        self.facts = QGridLayout()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setVerticalSpacing(14)
        self.facts.setHorizontalSpacing(16)
        record.body.addLayout(self.facts)
        self.note = Text("", theme.BODY, 400, "text2", wrap=True)
        add(record.body, self.note, 4)
        lists = QGridLayout()
        lists.setSpacing(8)
        self.contact_goes_key, self.paper_goes_key = (
            Button(say("Remove one"), icon="minus"),
            Button(say("Remove one"), icon="minus"),
        )
        for place, (key, signal) in enumerate(
            (
                (Button(say("Contact"), icon="plus"), self.contact_wanted),
                (Button(say("Certificate", context="of a supplier"), icon="plus"), self.paper_wanted),
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
        record.body.addLayout(lists)
        return record

    def _history(self, words: Catalogue) -> Card:
        self.history_card = Card(words.say("What happened"), words.say("newest first"))
        self.history = Timeline(words.say("What happened"))
        self.history_card.body.addWidget(self.history)
        self.printed = PrintedPapers(words)
        self.history_card.body.addWidget(self.printed)
        return self.history_card

    def _editor(self, words: Catalogue) -> Editor:
        say = words.say
        form = Form({"supplier": "code"})
        form.put(
            ("code", LineField(say("Number"), say("As your books name them"))),
            ("country", LineField(say("Country"))),
        )
        name = LineField(say("Name"), say("As they write it, in their own script"))
        latin = LineField(say("Name in Latin letters"), say("For search and for carriers"))
        self._named = name
        for field in (name, latin):
            field.changed.connect(lambda: self.name_typed.emit(name.value(), latin.value()))
        form.put(("name", name))
        form.put(("name_latin", latin))
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

    def _promise(self, picked: object) -> None:
        if isinstance(picked, PromiseRow):
            self.action_wanted.emit(picked.action.id)

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
        self.strict_lines.setText("\n".join(lines) or self.words.say("Every class is on normal inspection."))

    def show_standing(
        self, word: str, shape: Shape, role: Role, line: str, *, stop: bool, let_go: bool
    ) -> None:
        """Show how the supplier stands, and what may be done about it."""
        self.standing.show_state(word, shape, role)
        self.standing.show()
        self.standing_line.setText(line)
        self.stopping.setVisible(stop)
        self.letting.setVisible(let_go)

    def show_headline(self, fact: str, way: str, act: str, *, urgent: bool, loud: bool, judged: bool) -> None:
        """Show the one sentence that matters, and the way to whatever it is about."""
        self.headline.tell(fact, way, act, urgent=urgent, loud=loud, judged=judged)

    def show_cards(self, cards: Sequence[MeasureCard]) -> None:
        """Show the figures that one asks first."""
        self.cards.show_cards(cards)
        self.cards.setVisible(bool(cards))

    def show_lots(self, picture: ChartPicture | None) -> None:
        """Show every batch; None: none was inspected."""
        self.lots.show_picture(replace(picture, title="") if picture is not None else None)
        self.lots.setAccessibleName(self.words.say("Every batch"))
        self.every.setVisible(picture is not None)

    def show_promises(self, rows: Sequence[PromiseRow], line: str, audited: str, *, late: bool) -> None:
        """Show what was promised, in a line what became of it, and in another what the last audit came to."""
        self.promises.rows.show_rows(rows)
        self.promises.setVisible(bool(rows))
        self.audited_line.show_line(audited, icon="clipboard-list")
        _show_line(self.ledger_line, line, "clock", late=late)

    def show_amiss(self, line: str, *, late: bool) -> None:
        """Show in a line how many nonconformities there are; ``late``: one is overdue."""
        _show_line(self.amiss_line, line, "tag", late=late)

    def show_stops(self, lines: Sequence[str]) -> None:
        """Show what of its goods is not released until two decide."""
        self.stops_line.setText("\n".join(lines))
        self.stops_line.setVisible(bool(lines))

    def show_photos(self, code: str, photos: Sequence[PhotoLine]) -> None:
        """Show photos of the defect that was found most."""
        self.photo_card.setVisible(bool(photos))
        self.photo_card.heading.setText(self.words.say("{defect}: photos side by side", defect=code))
        self.photos.show_photos(photos)

    def show_history(self, lines: Sequence[Happening]) -> None:
        """Show what happened, newest first."""
        self.history.show_lines(lines)
        self.history_card.setVisible(bool(lines))

    def show_printed(self, papers: Sequence[Happening]) -> None:
        """Show which of its papers left, folded."""
        self.printed.show_papers(papers)

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
        self._reading(False)
        self.editor.form.focus_first()

    def show_alike(self, line: str) -> None:
        """Say beside the name which suppliers read alike; empty: none does."""
        self._named.show_notice(line)

    def show_reading(self) -> None:
        """Show the record without changing it."""
        self.editor.show_nothing()
        self._reading(True)

    def _reading(self, reading: bool) -> None:
        for part in (self.whole, self.analysis, self.scorecard):
            part.setVisible(reading)
        if not reading:
            self.standing.hide()
        self.editor.setVisible(not reading)

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.editor.show_working(working)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside the record while it is changed."""
        if self.editor.isVisibleTo(self):
            self.editor.show_problem(problem)
        else:
            self.problems.show_problem(problem)


def _show_line(line: IconLine, text: str, icon: str, *, late: bool) -> None:
    if late:
        line.show_line(text, shape="triangle", role="attention")
    else:
        line.show_line(text, icon=icon)


class _Long(QWidget):
    """A fact of several lines."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        layout = column(0)
        self.setLayout(layout)
        add(layout, Text(name, theme.SECONDARY, 400, "text3"), Text(value, theme.BODY, 600, wrap=True))
