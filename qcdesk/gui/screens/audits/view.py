# SPDX-License-Identifier: Apache-2.0
"""The list of audits; one audit with its questions, and the chosen question to be answered by one of four keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.audits.rows import (
    QuestionRow,
    Shown,
    audits_model,
    parts_model,
    questions_model,
    templates_model,
)
from qcdesk.gui.screens.audits.writing import PartRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, add, column, emptied, row
from qcdesk.gui.widgets.forms import ChoiceField, LineField, TextField
from qcdesk.gui.widgets.listed import ListedPage
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import SUPPLIERS
from qcdesk.gui.widgets.printed import PrintedPapers
from qcdesk.gui.widgets.text import Text
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services.audit_rows import TemplateRow
from qcdesk.wording.audits import ANSWERS

KEYS: Final = ("yes", "partly", "no", "not_applicable")
_KEY_HEIGHT = 64
_PHOTO = 200


class AuditsView(ListedPage):
    """``opened`` carries the row of an audit."""

    template_wanted = Signal()
    bring_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("Audits"),
            say("Suppliers seen at work: one audits, another reviews the evidence."),
            audits_model(words),
            "audits",
            SUPPLIERS,
            hint=say("Search number, supplier or auditor"),
            meaning=say("No audit yet"),
            next_words=say(
                "Two planners put a template to use, the general one or your own; then anybody begins an audit."
            ),
            act=say("Begin an audit"),
            row_px=52,
        )
        self.writing = Button(say("Audit templates"), icon="clipboard-list")
        self.writing.clicked.connect(self.template_wanted)
        self.bringing = Button(say("Bring one back"), icon="folder-open")
        self.bringing.clicked.connect(self._bring)
        self.acts.insertWidget(0, self.writing)
        self.acts.insertWidget(1, self.bringing)

    def _bring(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.words.say("Bring one back"), "", "*.json")
        if path:
            self.bring_wanted.emit(path)


class TemplatesView(DeskPage):
    """``chosen`` carries the code of a template, ``part_wanted`` the row of a section or question.

    ``import_wanted`` and ``export_wanted`` carry a file, ``language_wanted`` the language in which texts are written.
    """

    chosen = Signal(str)
    part_wanted = Signal(object)
    import_wanted = Signal(str)
    export_wanted = Signal(str)
    language_wanted = Signal(str)
    general_wanted = Signal()
    new_wanted = Signal()
    approve_wanted = Signal()
    limits_wanted = Signal()
    question_wanted = Signal()
    section_wanted = Signal()

    def __init__(self, words: Catalogue, languages: Sequence[tuple[str, str]]) -> None:
        say = words.say
        super().__init__(
            words,
            say("Audit templates"),
            say("What suppliers are audited by: one planner writes, another approves."),
            back=say("Audits"),
        )
        self.general = Button(say("Write the general one"), icon="clipboard-list")
        importing = Button(say("Import"), icon="folder-open")
        new = Button(say("New template"), icon="plus")
        for key, signal in ((self.general, self.general_wanted), (new, self.new_wanted)):
            key.clicked.connect(signal)
        importing.clicked.connect(self._import)
        add(self.acts, self.general, importing, new)
        columns = row(14)
        self.body.addLayout(columns, 1)
        listed = Card(padding=16)
        self.table = Table(templates_model(words), say("Audit templates"), row_px=52)
        self.table.clicked.connect(lambda _: self._choose(self.table.current_row()))
        self.table.opened.connect(self._choose)
        self.none = EmptyState(
            say("No template yet"),
            say("The general one has forty questions for small factories; change it, or write your own."),
            icon="clipboard-list",
        )
        add(listed.body, self.table, self.none)
        columns.addWidget(listed, 2)
        self.card = Card(padding=16)
        self.title = Text("", theme.CARD, 600, wrap=True, lines=2)
        self.note = Text("", theme.BODY, 400, "text2", wrap=True, lines=2)
        self.language = ChoiceField(say("Language of the texts"), languages)
        self.language.changed.connect(lambda: self.language_wanted.emit(self.language.value()))
        top = row(14)
        texts = column(2)
        add(texts, self.title, self.note)
        top.addLayout(texts, 1)
        top.addWidget(self.language)
        self.approving = Button(say("Approve it"), "filled", icon="stamp")
        self.exporting = Button(say("Export"), icon="download")
        self.exporting.clicked.connect(self._export)
        limits = Button(say("Title and limits"), icon="pencil")
        section = Button(say("Add a section"), icon="plus")
        question = Button(say("Add a question"), icon="plus")
        for key, signal in (
            (self.approving, self.approve_wanted),
            (limits, self.limits_wanted),
            (section, self.section_wanted),
            (question, self.question_wanted),
        ):
            key.clicked.connect(signal)
        self.parts = Table(parts_model(words), say("Sections and questions"))
        self.parts.clicked.connect(lambda _: self.part_wanted.emit(self.parts.current_row()))
        self.parts.opened.connect(self.part_wanted)
        low = row(10)
        add(low, limits, section, question, None, self.exporting, self.approving)
        self.card.body.addLayout(top)
        self.card.body.addLayout(low)
        self.card.body.addWidget(self.parts, 1)
        columns.addWidget(self.card, 5)

    def show_templates(self, rows: Sequence[TemplateRow], *, general: bool) -> None:
        """Show the newest version of each template; ``general``: the general one can still be written."""
        self.problems.clear()
        self.table.rows.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.general.setVisible(general)
        self.card.setVisible(bool(rows))

    def show_template(
        self, title: str, note: str, rows: Sequence[PartRow], language: str, *, approvable: bool
    ) -> None:
        """Show a template in a language, and whether it waits for the approval of who looks at it."""
        self.title.setText(title)
        self.note.setText(note)
        self.parts.rows.show_rows(rows)
        self.language.set_value(language)
        self.approving.setVisible(approvable)

    def _choose(self, picked: object) -> None:
        if isinstance(picked, TemplateRow):
            self.chosen.emit(picked.code)

    def _import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.words.say("Import"), "", "*.xlsx *.json *.ods *.csv")
        if path:
            self.import_wanted.emit(path)

    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.words.say("Export"), "", "*.xlsx;;*.json")
        if path:
            self.export_wanted.emit(path)


class AuditView(DeskPage):
    """``answered`` carries question, answer (a word or the points typed) and note; each answer is saved at once.

    ``photo_wanted`` and ``file_wanted`` carry a question and the file that is its evidence; ``evidence_wanted`` a
    question, which piece of its evidence is saved, and where; ``take_wanted`` the file to take along.
    """

    answered = Signal(str, str, str)
    photo_wanted = Signal(str, str)
    photos_wanted = Signal(str, object)
    act_wanted = Signal()
    print_wanted = Signal(str)
    file_wanted = Signal(str, str)
    evidence_wanted = Signal(str, int, str)
    take_wanted = Signal(str)
    finding_wanted = Signal()
    bring_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Audits"))
        self.printing = Button(say("Save as PDF"), icon="printer")
        self.printing.clicked.connect(self._print)
        self.act = Button("", "filled", icon="stamp")
        self.act.clicked.connect(self.act_wanted)
        self.taking = Button(say("Take it along"), icon="download")
        self.taking.clicked.connect(self._take)
        self.bringing = Button(say("Bring back answers"), icon="folder-open")
        self.bringing.clicked.connect(self._bring)
        self.finding = Button("", icon="clipboard-list")
        self.finding.clicked.connect(self.finding_wanted)
        add(self.acts, self.printing, self.taking, self.bringing, self.finding, self.act)
        self.result = Text("", theme.CARD, 600, wrap=True)
        self.make_up = Text("", theme.BODY, 400, "text2", wrap=True)
        add(self.body, self.result, self.make_up)
        columns = row(14)
        listed = Card(padding=16)
        self.progress = Text("", theme.BODY, 600, "text2")
        self.table = Table(questions_model(words), say("Questions"))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._choose())
        self.printed = PrintedPapers(words)
        add(listed.body, self.progress, self.table, self.printed)
        columns.addWidget(listed, 3)
        card = Card(padding=20)
        self.code = Text("", theme.BODY, 600, "text2")
        self.text = Text("", theme.CARD, 600, wrap=True)
        self.guidance = Text("", theme.BODY, 400, "text2", wrap=True)
        self.evidence = Text("", theme.BODY, 400, wrap=True)
        self.note = TextField(say("What was seen"), height=84)
        self.points = LineField(say("Points", context="given for an answer"), most=3)
        self.points.edit.returnPressed.connect(self._points)
        self.keys = QWidget()
        keys = row(8)
        self.keys.setLayout(keys)
        self.by_value: dict[str, Button] = {}
        for place, value in enumerate(KEYS, 1):
            key = Button(say("{n}  {answer}", n=place, answer=say(ANSWERS[value])), height=_KEY_HEIGHT)
            key.clicked.connect(lambda _=False, v=value: self._answer(v))
            QShortcut(QKeySequence(str(place)), self).activated.connect(lambda v=value: self._answer(v))
            self.by_value[value] = key
            keys.addWidget(key, 1)
        self.photo = Button(say("Add a photo"), icon="camera")
        self.photo.clicked.connect(self._photo)
        add(card.body, self.code, self.text, self.guidance, self.evidence, self.note, self.points, self.keys)
        self.file = Button(say("Add a file"), icon="folder-open")
        self.file.clicked.connect(self._file)
        self.photos = row(8)
        evidence = row(10)
        add(evidence, self.photo, self.file, None)
        card.body.addLayout(evidence)
        add(card.body, self.photos, None)
        card.setMinimumWidth(theme.current().px(460))
        columns.addWidget(card, 2)
        self.body.addLayout(columns, 1)
        self._row: QuestionRow | None = None
        self._asks = False

    def show_audit(self, shown: Shown, at: str) -> None:
        """Show an audit, at a question."""
        self.problems.clear()
        self.show_title(shown.title, shown.note)
        self.result.setText(shown.result or shown.state)
        self.result.set_role(shown.role)
        self.make_up.setText(" · ".join(shown.make_up))
        self.make_up.setVisible(bool(shown.make_up))
        self.progress.setText(shown.progress)
        self.progress.setVisible(bool(shown.progress))
        self.act.setText(shown.act)
        self.act.setVisible(bool(shown.act))
        self.printing.setVisible(shown.printable)
        self.taking.setVisible(shown.takeable)
        self.bringing.setVisible(shown.takeable)
        self.finding.setText(shown.finding)
        self.finding.setVisible(bool(shown.finding))
        self._asks = shown.asks
        self.table.rows.show_rows(shown.questions)
        codes = [one.code for one in shown.questions]
        self.table.selectRow(codes.index(at) if at in codes else 0)
        self._choose()

    def show_printed(self, papers: Sequence[Happening]) -> None:
        """Show which of its papers left, folded."""
        self.printed.show_papers(papers)

    def _choose(self) -> None:
        found = self.table.current_row()
        self._row = found if isinstance(found, QuestionRow) else None
        one = self._row
        if one is None:
            return
        say = self.words.say
        self.code.setText(say("{section} · {code}", section=one.section, code=one.code))
        self.text.setText(one.text)
        for place, said in ((self.guidance, one.guidance), (self.evidence, one.evidence)):
            place.setText(said)
            place.setVisible(bool(said))
        emptied(self.photos)
        if one.photos:
            self.photos_wanted.emit(one.code, one.photos)
        self.note.set_value(one.note)
        self.points.set_value("")
        self.points.show_wrong("")
        for control in (self.note, self.photo, self.file):
            control.setVisible(self._asks)
        self.keys.setVisible(self._asks)
        # Where nothing is typed the keys 1 to 4 answer; a field would take them for itself.
        typed = self._asks and bool(one.points)
        if not typed:
            self.table.setFocus()
        self.points.setVisible(typed)
        if typed:
            self.points.edit.setFocus()
        for value, key in self.by_value.items():
            key.setVisible(not one.points or value == "not_applicable")

    def show_photos(self, code: str, pictures: Sequence[tuple[str, bytes]]) -> None:
        """Show the evidence of a question, each with what it was called, while it is the chosen one."""
        if self._row is None or self._row.code != code:
            return
        emptied(self.photos)
        side = theme.current().px(_PHOTO)
        for number, (name, content) in enumerate(pictures, 1):
            found, label = QPixmap(), QLabel()
            if not found.loadFromData(content):
                self.photos.addWidget(self._other_file(code, number, len(content), name))
                continue
            label.setPixmap(
                found.scaled(
                    side,
                    side,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
            label.setAccessibleName(self.words.say("Photo {n}", n=number))
            self.photos.addWidget(label)
        self.photos.addStretch(1)

    def _other_file(self, code: str, number: int, size: int, name: str) -> Button:
        say, kb = self.words.say, -(-size // 1000)
        told = say("{name}, {kb} kB", name=name, kb=kb) if name else say("File {n}, {kb} kB", n=number, kb=kb)
        kept = Button(told, icon="file-text")
        kept.clicked.connect(lambda: self._save_evidence(code, number, name))
        return kept

    def _save_evidence(self, code: str, number: int, name: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.words.say("Save the file"), name, "*")
        if path:
            self.evidence_wanted.emit(code, number - 1, path)

    def _bring(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.words.say("Bring back answers"), "", "*.json")
        if path:
            self.bring_wanted.emit(path)

    def _take(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.words.say("Take it along"), "", "*.json")
        if path:
            self.take_wanted.emit(path)

    def _file(self) -> None:
        if self._row is None:
            return
        path, _ = QFileDialog.getOpenFileName(self, self.words.say("Add a file"), "", "*")
        if path:
            self.file_wanted.emit(self._row.code, path)

    def _answer(self, value: str) -> None:
        if self._asks and self._row is not None and self.by_value[value].isVisible():
            self.answered.emit(self._row.code, value, self.note.value())

    def _points(self) -> None:
        if self._row is not None:
            self.answered.emit(self._row.code, self.points.value(), self.note.value())

    def _photo(self) -> None:
        if self._row is None:
            return
        path, _ = QFileDialog.getOpenFileName(self, self.words.say("Add a photo"), "", "*.png *.jpg *.jpeg")
        if path:
            self.photo_wanted.emit(self._row.code, path)

    def _print(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.words.say("Save as PDF"), "", "*.pdf")
        if path:
            self.print_wanted.emit(path)
