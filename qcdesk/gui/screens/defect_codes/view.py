# SPDX-License-Identifier: Apache-2.0
"""The defect catalogue at the left, the code that is changed at the right."""

from __future__ import annotations

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui.screens.defect_codes.model import codes_model
from qcdesk.gui.widgets.forms import Check, ChoiceField, LineField, TextField
from qcdesk.gui.widgets.pages import Editor, Form, RecordsPage, SearchedList
from qcdesk.gui.widgets.places import DEFECTS, Places
from qcdesk.i18n import Catalogue
from qcdesk.wording import states


class DefectCodesView(RecordsPage):
    """Code, class, a name in each language, note, retired."""

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        form = Form({"defect": "code"})
        classes = [(code, states.defect_class(code, words)) for code in BY_SERIOUSNESS]
        form.put(
            ("code", LineField(say("Code"), say("Short; it stays for good"))),
            ("class", ChoiceField(say("Class"), classes, say("A procedure may say otherwise"))),
        )
        form.put(("name", LineField(say("Name"), say("As it stands on keys and in reports"))))
        form.put(("vi", LineField(say("Name in Vietnamese"))))
        form.put(("zh_CN", LineField(say("Name in Chinese"))))
        form.put(("th", LineField(say("Name in Thai"))))
        form.put(("note", TextField(say("How to tell it"), height=76)))
        form.put(("retired", Check(say("No longer used in new procedures"))))
        form.lines.addStretch(1)
        listed = SearchedList(
            codes_model(words),
            say("Defect codes"),
            words,
            hint=say("Search code or name, in any language"),
            meaning=say("No defect code yet"),
            next_words=say("Inspectors press what procedures take from this catalogue."),
            act=say("Add defect code"),
            icon="tag",
        )
        editor = Editor(
            form,
            words,
            save=say("Save defect code"),
            choose=say("Choose a defect code"),
            way=say("Its names and class are shown and changed here."),
            icon="tag",
        )
        super().__init__(
            words,
            say("Defect codes"),
            say("One name for one defect, in every language of the floor."),
            listed,
            editor,
            say("Add defect code"),
            lambda record: record.code,
        )
        self.places = Places(words, "defect_codes", DEFECTS)
        self.body.insertWidget(0, self.places)

    def edit(self, heading: str, values: object) -> None:
        """Show a code; the code itself stays for good."""
        assert isinstance(values, dict)
        super().edit(heading, values)
        code = self.editor.form.field("code")
        assert isinstance(code, LineField)
        code.edit.setReadOnly(bool(values.get("id")))
        code.edit.setEnabled(not values.get("id"))
