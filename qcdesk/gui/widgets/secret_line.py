# SPDX-License-Identifier: Apache-2.0
"""A password with its label above and what is wrong below."""

from __future__ import annotations

from qcdesk.gui.widgets.forms import Field
from qcdesk.gui.widgets.secrets import SecretField


class SecretLine(Field):
    """``take`` hands the secret over; ``forget`` empties the field."""

    def __init__(self, name: str, show_word: str, hint: str = "") -> None:
        self.edit = SecretField(name, show_word, height=44)
        super().__init__(name, self.edit, hint)
        self.edit.setPlaceholderText("")
        self.edit.returnPressed.disconnect()  # a form is sent by its button, not by this field alone
        self.edit.textEdited.connect(lambda _: self._edited())

    def _edited(self) -> None:
        self.show_wrong("")
        self.changed.emit()

    def secret(self) -> str:
        """Return what was typed, as typed."""
        return self.edit.text()

    def forget(self) -> None:
        """Empty the field."""
        self.edit.clear()
