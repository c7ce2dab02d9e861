# SPDX-License-Identifier: Apache-2.0
"""The fields beside a chart: narrow, told what is wrong while somebody types, and never gone to by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import Card, Scroll, row
from qcdesk.gui.widgets.forms import ChoiceField, DateField, Field, LineField
from qcdesk.gui.widgets.pages import Form
from qcdesk.gui.widgets.text import Text


class NarrowForm(Form):
    """Fields of a chart. What is wrong stands in full under their row, since half a line is too short for it."""

    def __init__(self, also: Mapping[str, str] | None = None, *, apart_px: int = 8) -> None:
        super().__init__(also)
        self.lines.setSpacing(apart_px)
        self._under: dict[str, Text] = {}

    def put_row(self, *pairs: tuple[str, ChoiceField | DateField | LineField]) -> None:
        """Put fields side by side, each as wide as the other, whatever they offer."""
        line = row(12)
        under = Text("", theme.LABEL, 600, "reject", wrap=True, lines=4)
        under.hide()
        for code, control in pairs:
            self.know(code, control)
            control.below.hide()
            if isinstance(control, ChoiceField):
                control.make_narrow()
            elif isinstance(control, DateField):
                control.edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.addWidget(control, 1, Qt.AlignmentFlag.AlignTop)
            self._under[code] = under
        self.put_part(line)
        self.put_part(under)

    def under(self, code: str) -> Text:
        """Return the line under a field's row, which says what is wrong in it."""
        return self._under[code]

    def mark(self, code: str, fact: str) -> bool:
        """Say that this alone is wrong, and leave the cursor where it is; False where the field is not in view."""
        self.unmark()
        control = self.field(code) if code in self._under else None
        if not isinstance(control, Field) or not control.isVisibleTo(self):
            return False
        control.show_wrong(fact)
        self._under[code].setText(fact)
        self._under[code].show()
        return True

    def unmark(self) -> None:
        """Nothing is wrong."""
        for under in self._under.values():
            under.hide()
        for control in self.controls():
            if isinstance(control, Field) and control.wrong:
                control.show_wrong("")

    def card(self, name: str, wide_px: int, padding: int) -> Card:
        """Return a card that it scrolls in."""
        self.lines.addStretch(1)
        card = Card(padding=padding)
        card.body.addWidget(Scroll(self), 1)
        card.setFixedWidth(theme.current().px(wide_px))
        card.setAccessibleName(name)
        return card
