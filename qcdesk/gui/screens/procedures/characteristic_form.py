# SPDX-License-Identifier: Apache-2.0
"""The fields of one characteristic, and how the second person looks at it, with what that means and costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui.widgets.forms import Check, ChoiceField, LineField
from qcdesk.gui.widgets.pages import YES, Form
from qcdesk.gui.widgets.text import secondary
from qcdesk.i18n import Catalogue
from qcdesk.wording import modes, states

WRONG_FIELDS: Final = {
    "no_limit": "lower",
    "limits_crossed": "lower",
    "no_unit": "unit",
    "review_needs_destructive": "mode",
}
"""Where in the line stands what is wrong with it; what is not named stands at the code."""


class CharacteristicForm(Form):
    """One characteristic. A review is offered only where inspecting destroys the unit; a tally has nothing to choose."""

    def __init__(self, words: Catalogue, *, tally: bool) -> None:
        super().__init__()
        say = words.say
        self._words = words
        self._tally = tally
        self._kind = ChoiceField(
            say("Kind"),
            (
                ("variable", say("Measured", context="kind of characteristic")),
                ("attribute", say("Good or not")),
            ),
        )
        classes = [(code, states.defect_class(code, words)) for code in BY_SERIOUSNESS]
        self.put(
            ("code", LineField(say("Code"))),
            ("name", LineField(say("Name"))),
            ("kind", self._kind),
            ("class", ChoiceField(say("Class"), classes)),
            shares=(2, 4, 3, 2),
        )
        measures = (
            ("lower", LineField(say("Lower limit"))),
            ("nominal", LineField(say("Nominal"))),
            ("upper", LineField(say("Upper limit"))),
            ("unit", LineField(say("Unit", context="of measure"))),
            ("instrument", LineField(say("Kind of instrument"))),
        )
        self.put(*measures, shares=(2, 2, 2, 1, 3))
        self._measures = tuple(field for _, field in measures)
        self._mode = ChoiceField(say("Second check"), modes.choices(words, destructive=False))
        self._destructive = Check(say("Inspecting it destroys the unit"))
        self.put(("mode", self._mode), ("destructive", self._destructive), shares=(1, 1))
        self._meaning = secondary("", wrap=True)
        self.put_part(self._meaning)
        self._kind.changed.connect(self._settle)
        self._mode.changed.connect(self._settle)
        self._destructive.toggled.connect(lambda _: self._settle())

    def fill(self, values: Mapping[str, str]) -> None:
        """Show values; an empty line is measured, blind, and harms no unit."""
        destructive = values.get("destructive") == YES
        self._mode.set_choices(modes.choices(self._words, destructive=destructive))
        super().fill(
            {**values, "kind": values.get("kind") or "variable", "mode": values.get("mode") or "blind"}
        )
        self._settle()

    def show_tally(self, tally: bool) -> None:
        """Hide or show the choice: goods that are only counted are always looked at blind."""
        self._tally = tally
        self._settle()

    def _settle(self) -> None:
        for field in self._measures:
            field.setVisible(self._kind.value() != "attribute")
        destructive = self._destructive.isChecked()
        self._mode.set_choices(modes.choices(self._words, destructive=destructive))
        if not self._mode.value():  # a review that is no longer offered
            self._mode.set_value("blind")
        mode = self._mode.value()
        self._meaning.setText(modes.meaning(mode, self._words, destructive=destructive))
        self._meaning.set_role("attention" if destructive and mode != "review" else "text2")
        for part in (self._mode, self._destructive, self._meaning):
            part.setVisible(not self._tally)
