# SPDX-License-Identifier: Apache-2.0
"""Left what this station prefers, at once; right how the shop calls itself, signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button, Segments
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, row
from qcdesk.gui.widgets.forms import Check, ChoiceField, LineField, TextField
from qcdesk.gui.widgets.pages import DeskPage, Editor, Form
from qcdesk.gui.widgets.picture_field import PictureField
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue

TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
IDLE = (2, 3, 5, 10, 15, 20, 30)
KEPT = (3, 7, 14, 30, 60, 90, 180, 365)


class SettingsView(DeskPage):
    """``wished`` carries a field of the station and its value; ``save_wanted`` the shop."""

    wished = Signal(str, str)
    save_wanted = Signal(object)
    left = Signal()
    spoken = Signal(str)
    restore_wanted = Signal()
    leaving_wanted = Signal()

    def __init__(
        self, words: Catalogue, languages: Sequence[str] = ("en",), *, restores: bool = False
    ) -> None:
        say = words.say
        super().__init__(words, say("Settings"))
        self._languages = tuple(languages)
        self._restores = restores
        leaving = Button(say("Signature and mail"), icon="send")
        leaving.clicked.connect(self.leaving_wanted)
        self.acts.addWidget(leaving)
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._station_card(), 1)
        columns.addWidget(self._shop_card(), 1)

    def _station_card(self) -> Card:
        say, count = self.words.say, self.words.count
        card = Card(say("This station"), say("kept at once, for this computer only"))
        holder = QWidget()
        inner = column(14, (0, 0, 10, 0))
        holder.setLayout(inner)
        self.language = ChoiceField(
            say("Language of this station"),
            (("", say("As the system")), *((code, LANGUAGE_NAMES[code]) for code in self._languages)),
        )
        self.language.changed.connect(lambda: self.wished.emit("language", self.language.value()))
        self.own_language = ChoiceField(
            say("Your language"),
            (("", say("As this station")), *((code, LANGUAGE_NAMES[code]) for code in self._languages)),
        )
        self.own_language.changed.connect(lambda: self.spoken.emit(self.own_language.value()))
        self.theme = Segments(
            (("system", say("As the system")), ("light", say("Light")), ("dark", say("Dark"))),
            say("Appearance"),
        )
        self.theme.chosen.connect(lambda code: self.wished.emit("theme", code))
        self.mode = Segments((("desk", say("Desk")), ("floor", say("Floor"))), say("Mode"))
        self.mode.chosen.connect(lambda code: self.wished.emit("mode", code))
        self.text = ChoiceField(
            say("Text size"), [(str(n), say("{n} %", n=n)) for n in TEXT_SIZES], say("Of the usual size")
        )
        self.text.changed.connect(lambda: self.wished.emit("text_percent", self.text.value()))
        self.idle = ChoiceField(
            say("Lock after"),
            [(str(n), count("{n} minute", "{n} minutes", n)) for n in IDLE],
            say("Without a touch; what was entered stays"),
        )
        self.idle.changed.connect(lambda: self.wished.emit("idle_minutes", self.idle.value()))
        self.name = LineField(
            say("Name of this station"), say("Stands in the audit trail's list of stations")
        )
        self.name.edit.editingFinished.connect(lambda: self.wished.emit("station_name", self.name.value()))
        for caption, segments, note in (
            (say("Appearance"), self.theme, ""),
            (
                say("Mode"),
                self.mode,
                say("Floor: large keys for gloves. Desk: compact, for mouse and keyboard."),
            ),
        ):
            part = column(4)
            add(part, Text(caption, theme.SECONDARY, 500, "text2"), segments)
            if note:
                part.addWidget(secondary(note, "text3", wrap=True))
            inner.addLayout(part)
        pair, spoken = row(12), row(12)
        add(pair, self.text, self.idle)
        add(spoken, self.own_language, self.language)
        inner.addLayout(spoken)
        add(inner, pair, self.name)
        inner.addLayout(self._backup_part())
        inner.addStretch(1)
        for choice in (self.own_language, self.language):
            choice.setVisible(len(self._languages) > 1)  # with one there is nothing to choose
        card.body.addWidget(Scroll(holder), 1)
        return card

    def _backup_part(self) -> QLayout:
        say, count = self.words.say, self.words.count
        part = column(10)
        self.folder = LineField(
            say("Folder of the day's backup"),
            say("On another disk; empty: none is made by itself"),
            most=1_000,
        )
        self.folder.edit.editingFinished.connect(
            lambda: self.wished.emit("backup_folder", self.folder.value())
        )
        choosing = Button(say("Choose …"), icon="folder-open", height=self.folder.edit.sizeHint().height())
        choosing.clicked.connect(self._choose_folder)
        line = row(10)
        line.addWidget(self.folder, 1)
        line.addWidget(choosing, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hour = ChoiceField(
            say("Made from"),
            [(str(n), f"{n:02d}:00") for n in range(24)],
            say("Once a day, with a check of the whole log"),
        )
        self.hour.changed.connect(lambda: self.wished.emit("backup_hour", self.hour.value()))
        self.keep = ChoiceField(
            say("Backups kept"),
            [(str(n), count("{n} backup", "{n} backups", n)) for n in KEPT],
            say("The oldest are taken away"),
        )
        self.keep.changed.connect(lambda: self.wished.emit("backup_keep", self.keep.value()))
        pair = row(12)
        add(pair, self.hour, self.keep)
        add(part, line, pair)
        if self._restores:
            restoring = Button(say("Restore a backup"), icon="rotate-ccw")
            restoring.clicked.connect(self.restore_wanted)
            part.addWidget(restoring, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.words.say("Folder of the day's backup"), self.folder.value()
        )
        if folder:
            self.folder.set_value(folder)
            self.wished.emit("backup_folder", folder)

    def _shop_card(self) -> Editor:
        say = self.words.say
        form = Form({"shop": "name"})
        form.put(("name", LineField(say("Name of the shop"), say("At the head of every report"))))
        form.put(("address", TextField(say("Address"), height=92)))
        self.logo = PictureField(
            say("Logo"),
            say("Choose a logo"),
            say("Leave it out"),
            say("PNG, JPEG or SVG, beside the name on reports"),
            drawings=True,
        )
        form.put(("logo", self.logo))
        form.put(
            ("footer", LineField(say("Line at the foot"), say("Under every paper, such as a registration")))
        )
        form.put(("accent", LineField(say("Colour"), say("Of rules and charts on paper, such as #14403A"))))
        form.put(("paper", ChoiceField(say("Paper"), (("A4", "A4"), ("Letter", "Letter")))))
        form.put(("third", Check(say("A third person releases, neither of the two who inspected"))))
        form.lines.addStretch(1)
        self.shop = Editor(
            form,
            self.words,
            save=say("Sign and save"),
            choose=say("The shop"),
            way=say("It is being loaded."),
            icon="factory",
        )
        self.shop.save_wanted.connect(self.save_wanted)
        self.shop.left.connect(self.left)
        return self.shop

    def show_station(self, values: Mapping[str, str]) -> None:
        """Show what this station prefers."""
        self.language.set_value(values["language"])
        self.own_language.set_value(values["own_language"])
        self.theme.choose(values["theme"])
        self.mode.choose(values["mode"])
        for field, known, unit in (
            (self.text, TEXT_SIZES, values["text_percent"]),
            (self.idle, IDLE, values["idle_minutes"]),
            (self.keep, KEPT, values["backup_keep"]),
        ):
            near = min(known, key=lambda n, wanted=int(unit): abs(n - wanted))
            field.set_value(str(near))
        self.name.set_value(values["station_name"])
        self.folder.set_value(values["backup_folder"])
        self.hour.set_value(values["backup_hour"])

    def show_shop(self, values: Mapping[str, str]) -> None:
        """Show how the shop calls itself."""
        self.shop.edit(self.words.say("The shop"), values)

    def show_logo(self, content: bytes) -> None:
        """Show the logo that is kept."""
        self.logo.show_bytes(content)

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.shop.show_working(working)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""
        self.shop.show_problem(problem)
