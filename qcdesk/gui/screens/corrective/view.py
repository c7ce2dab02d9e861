# SPDX-License-Identifier: Apache-2.0
"""The lists of corrective actions and promises; one action with its steps, promises, mail and stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qcdesk.gui import theme
from qcdesk.gui.promises import PromiseRow, promises_model
from qcdesk.gui.screens.corrective.model import (
    LotRow,
    StepRow,
    Today,
    actions_model,
    audits_model,
    lots_model,
    steps_model,
)
from qcdesk.gui.widgets.buttons import Button, Segments
from qcdesk.gui.widgets.cards import Card, Facts, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.kept_files import KeptFiles
from qcdesk.gui.widgets.listed import ListedPage
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState, RefusalPanel
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import SUPPLIERS
from qcdesk.gui.widgets.printed import PrintedPapers
from qcdesk.gui.widgets.text import Text
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services.audit_rows import AuditListRow


class ActionsView(ListedPage):
    """``opened`` carries the row of an action, ``promise_pressed`` that of a promise."""

    promise_pressed = Signal(object)
    calendar_wanted = Signal(str)

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(
            words,
            say("Corrective actions"),
            say("What suppliers are asked to put right, and what they promised."),
            actions_model(words),
            "corrective_actions",
            SUPPLIERS,
            hint=say("Search number, title or supplier"),
            meaning=say("No corrective action is open"),
            next_words=say("After a rejected batch, ask its supplier for corrective action."),
            act=say("Open an action"),
        )
        self.calendar = Button(say("Save days as .ics"), icon="calendar")
        self.calendar.clicked.connect(self._calendar)
        self.acts.insertWidget(0, self.calendar)
        self.ledger = Card(say("Promises"), say("broken and overdue first"))
        self.promises = Table(promises_model(words, today), say("Promises"), row_px=52)
        self.promises.clicked.connect(lambda index: self._promise(self.promises.current_row()))
        self.promises.opened.connect(self._promise)
        self.none = EmptyState(
            say("No promise yet"),
            say("What suppliers promise is held against the lots that come."),
            icon="clock",
        )
        self.ledger.body.addWidget(self.promises, 1)
        self.ledger.body.addWidget(self.none, 1)
        self.body.addWidget(self.ledger, 1)

    def show_promises(self, rows: Sequence[PromiseRow]) -> None:
        """Show the ledger."""
        self.promises.rows.show_rows(rows)
        self.promises.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.calendar.setVisible(bool(rows))

    def _promise(self, one: object) -> None:
        if isinstance(one, PromiseRow):
            self.promise_pressed.emit(one)

    def _calendar(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.words.say("Save days as .ics"), "promises.ics", "iCalendar (*.ics)"
        )
        if name:
            self.calendar_wanted.emit(name)


class LedgerView(DeskPage):
    """``opened`` carries the id of an action, ``audit_wanted`` of an audit."""

    opened = Signal(str)
    audit_wanted = Signal(str)

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(words, back=say("Supplier"))
        promised = Card(say("Promises"), say("decided by the lots that come, or by the document"))
        self.promises = Table(promises_model(words, today, supplier=False), say("Promises"), row_px=56)
        self.promises.clicked.connect(lambda _: self._promise(self.promises.current_row()))
        self.promises.opened.connect(self._promise)
        self.none = EmptyState(
            say("No promise yet"),
            say("What this supplier promises is held against the lots that come."),
            icon="clock",
        )
        add(promised.body, self.promises, self.none)
        audited = Card(say("Audits"), say("newest first"))
        self.audits = Table(audits_model(words), say("Audits of this supplier"))
        self.audits.clicked.connect(lambda _: self._audit(self.audits.current_row()))
        self.audits.opened.connect(self._audit)
        self.never = EmptyState(
            say("No audit yet"), say("One audits, another reviews the evidence."), icon="clipboard-list"
        )
        add(audited.body, self.audits, self.never)
        self.body.addWidget(promised, 3)
        self.body.addWidget(audited, 2)

    def show_ledger(self, title: str, note: str, promises: Sequence[PromiseRow]) -> None:
        """Show whose it is, and every promise."""
        self.problems.clear()
        self.show_title(title, note)
        self.promises.rows.show_rows(promises)
        self.promises.setVisible(bool(promises))
        self.none.setVisible(not promises)

    def show_audits(self, rows: Sequence[AuditListRow]) -> None:
        """Show every audit."""
        self.audits.rows.show_rows(rows)
        self.audits.setVisible(bool(rows))
        self.never.setVisible(not rows)

    def _promise(self, one: object) -> None:
        if isinstance(one, PromiseRow):
            self.opened.emit(one.action.id)

    def _audit(self, one: object) -> None:
        if isinstance(one, AuditListRow):
            self.audit_wanted.emit(one.id)


class ActionView(DeskPage):
    """``mail_wanted``, ``file_wanted`` and ``print_wanted`` carry the file that was chosen; ``step_wanted`` a step;
    ``kept_wanted`` the SHA-256 of a kept file, and where to save it.
    """

    mail_wanted = Signal(str)
    send_wanted = Signal()
    file_wanted = Signal(str)
    answer_wanted = Signal()
    promise_wanted = Signal()
    step_wanted = Signal(str)
    close_wanted = Signal()
    stop_wanted = Signal()
    print_wanted = Signal(str)
    kept_wanted = Signal(str, str)

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(words, back=say("Corrective actions"))
        self._name = ""
        self.printing = Button(say("Save as PDF"), icon="printer")
        self.printing.clicked.connect(self._print)
        self.mail = Button(say("Write the mail"), "text", icon="file-text", height=32, size=14, flush=True)
        self.mail.clicked.connect(self._mail)
        self.sending = Button(say("Send …"), "text", icon="send", height=32, size=14, flush=True)
        self.sending.clicked.connect(self.send_wanted)
        self.promise = Button(say("Put down a promise"), "text", icon="plus", height=32, size=14)
        self.promise.clicked.connect(self.promise_wanted)
        self.closing = Button(say("Close it"), icon="check")
        self.closing.clicked.connect(self.close_wanted)
        add(self.acts, self.printing, self.closing)
        self.stop = RefusalPanel("", "")
        self.stop.hide()
        self.deciding = Button(say("Decide about the stop"), "filled", icon="shield-check")
        self.deciding.clicked.connect(self.stop_wanted)
        held = row(14)
        held.addWidget(self.stop, 1)
        held.addWidget(self.deciding)
        self.body.addLayout(held)
        columns = row(14)
        self.body.addLayout(columns, 1)
        left = column(14)
        columns.addLayout(left, 2)
        steps = Card(say("Steps"), say("press one to write it"))
        self.steps = Table(steps_model(words, today), say("Steps"), row_px=46)
        self.steps.clicked.connect(lambda index: self._step(self.steps.current_row()))
        self.steps.opened.connect(self._step)
        steps.body.addWidget(self.steps, 1)
        promises = Card(say("Promises"), say("decided by the lots that come"))
        self.promises = Table(promises_model(words, today, ledger=False), say("Promises"), row_px=56)
        self.none = EmptyState(
            say("No promise yet"), say("It closes once a promise has passed its test."), icon="clock"
        )
        promises.head.addWidget(self.promise)
        promises.body.addWidget(self.promises, 1)
        promises.body.addWidget(self.none, 1)
        self.lots_card = Card(say("Lots"), say("in the order in which they count"))
        self.lots = Table(lots_model(words, today), say("Lots"), row_px=56)
        self.no_lots = EmptyState(
            say("No lot yet"), say("The next lots registered after a promise decide it."), icon="package"
        )
        add(self.lots_card.body, self.lots, self.no_lots)
        self.steps_card = steps
        self.which = Segments((("steps", say("Steps")), ("lots", say("Lots"))), say("What is shown"))
        self.which.chosen.connect(self.show_part)
        chosen = row(12)
        add(chosen, self.which, None)
        left.addLayout(chosen)
        left.addWidget(steps, 2)
        left.addWidget(self.lots_card, 2)
        self.show_part("steps")
        left.addWidget(promises, 1)
        side = QWidget()
        right = column(14)
        side.setLayout(right)
        side.setMinimumWidth(theme.current().px(360))
        columns.addWidget(side, 1)
        facts = Card(say("What it is about"))
        self.facts = Facts()
        self.printed = PrintedPapers(words)
        add(facts.body, self.facts, self.printed)
        told = Card(say("Mail and answers"))
        ways = row(16)
        add(ways, self.sending, self.mail, None)
        told.body.addLayout(ways)
        self.told = column(10)
        inner = QWidget()
        inner.setLayout(self.told)
        told.body.addWidget(Scroll(inner), 1)
        self.answer = Button(say("Type an answer"), icon="pencil")
        self.answer.clicked.connect(self.answer_wanted)
        self.file = Button(say("From a file"), icon="folder-open")
        self.file.clicked.connect(self._file)
        keys = column(8)  # beside each other they would be cut in a language with longer words
        add(keys, self.answer, self.file)
        told.body.addLayout(keys)
        right.addWidget(facts)
        right.addWidget(told, 1)

    def show_head(self, name: str, title: str, note: str, *, closed: bool, fixed: bool) -> None:
        """Show number, title and state."""
        self._name = name
        self.show_title(self.words.say("{name} {title}", name=name, title=title), note)
        for key in (self.promise, self.closing):
            key.setVisible(not closed)
        self.closing.set_kind("filled" if fixed else "framed")

    def show_printed(self, papers: Sequence[Happening]) -> None:
        """Show which of its papers left, folded."""
        self.printed.show_papers(papers)

    def show_stop(self, line: str, way: str) -> None:
        """Show what holds goods back; empty: nothing does."""
        self.stop.show_words(line, way)
        self.stop.setVisible(bool(line))
        self.deciding.setVisible(bool(line))

    def show_steps(self, rows: Sequence[StepRow]) -> None:
        """Show the disciplines."""
        self.steps.rows.show_rows(rows)

    def show_promises(self, rows: Sequence[PromiseRow]) -> None:
        """Show the promises."""
        self.promises.rows.show_rows(rows)
        self.promises.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def show_part(self, which: str) -> None:
        """Show the steps, or the lots that the promises are held against."""
        self.which.choose(which)
        self.steps_card.setVisible(which == "steps")
        self.lots_card.setVisible(which == "lots")

    def show_lots(self, rows: Sequence[LotRow], note: str) -> None:
        """Show the lots in the order in which they count, and how many are still needed."""
        self.lots.rows.show_rows(rows)
        self.lots.setVisible(bool(rows))
        self.no_lots.setVisible(not rows)
        self.lots_card.note.setText(note or self.words.say("in the order in which they count"))

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show what it is about."""
        self.facts.show_facts(facts)

    def show_told(self, lines: Sequence[tuple[str, str]], files: Sequence[tuple[str, str]]) -> None:
        """Show mail and answers: who and when, and the text; and every file by its name and SHA-256."""
        emptied(self.told)
        for head, text in lines:
            self.told.addWidget(Text(head, theme.SECONDARY, 600, "text2", wrap=True))
            self.told.addWidget(Text(text, theme.BODY, 400, wrap=True, lines=6))
        if not lines:
            nothing = self.words.say("Nothing was sent, and nothing came back yet.")
            self.told.addWidget(Text(nothing, theme.BODY, 400, "text2", wrap=True))
        kept = KeptFiles(self.words)
        kept.wanted.connect(self.kept_wanted)
        kept.show_files(files)
        self.told.addWidget(kept)
        self.told.addStretch(1)

    def _step(self, one: object) -> None:
        if isinstance(one, StepRow):
            self.step_wanted.emit(one.step)

    def _mail(self) -> None:
        say = self.words.say
        name, _ = QFileDialog.getSaveFileName(
            self,
            say("Save the mail"),
            f"{self._name}.eml",
            "Mail (*.eml)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.mail_wanted.emit(name)

    def _print(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.words.say("Save as PDF"), f"{self._name}.pdf", "*.pdf"
        )
        if name:
            self.print_wanted.emit(name)

    def _file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.words.say("Answer from a file"), "", "Mail, text (*.eml *.txt)"
        )
        if name:
            self.file_wanted.emit(name)
