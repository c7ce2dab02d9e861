# SPDX-License-Identifier: Apache-2.0
"""The instruments at the left, the one that is changed at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qcdesk.gui.screens.instruments.model import instruments_model
from qcdesk.gui.widgets.forms import Check, DateField, LineField, TextField
from qcdesk.gui.widgets.pages import Editor, Form, RecordsPage, SearchedList
from qcdesk.i18n import Catalogue


class InstrumentsView(RecordsPage):
    """Number, kind, calibration, block, note."""

    def __init__(self, words: Catalogue, today: Callable[[], date]) -> None:
        say = words.say
        form = Form({"reference": "number"})
        form.put(("number", LineField(say("Number"), say("As engraved or on its label"))))
        form.put(("kind", LineField(say("Kind"), say("Procedures ask for a kind: caliper, micrometer …"))))
        form.put(
            (
                "until",
                DateField(
                    say("Calibration is good until"),
                    say("From the day after, its readings are not taken"),
                    optional=True,
                    none_words=say("not set"),
                ),
            )
        )
        form.put(("blocked", Check(say("Blocked: nobody may use it"))))
        form.put(("note", TextField(say("Note"))))
        form.lines.addStretch(1)
        listed = SearchedList(
            instruments_model(words, today),
            say("Instruments"),
            words,
            hint=say("Search number or kind"),
            meaning=say("No instrument yet"),
            next_words=say("Measured values name the instrument they were taken with."),
            act=say("Add instrument"),
            icon="ruler",
        )
        editor = Editor(
            form,
            words,
            save=say("Save instrument"),
            choose=say("Choose an instrument"),
            way=say("Its calibration is shown and changed here."),
            icon="ruler",
        )
        super().__init__(
            words,
            say("Instruments"),
            say("An instrument past its calibration takes no readings."),
            listed,
            editor,
            say("Add instrument"),
            lambda record: record.instrument,
        )
