# SPDX-License-Identifier: Apache-2.0
"""A PIN with gloves on: what it is for, a circle for each digit, and a keypad that also takes the keyboard's digits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui.density import Metrics
from qcdesk.gui.widgets.cards import add, column, row
from qcdesk.gui.widgets.keys import Keypad
from qcdesk.gui.widgets.secrets import PinDots
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class PinPad(QWidget):
    """``given`` carries the six digits, once. ``at_once``: with the last digit; else when ``give`` is called.

    ``beside``: caption and circles stand in one line; ``folding``: the keypad is there while the circles have the focus.
    Keys shrink from 20 mm where the window is low: to 15, on a sheet to 12, where two sign to 10.
    """

    given = Signal(str)
    entered = Signal()

    def __init__(
        self,
        words: Catalogue,
        metrics: Metrics,
        caption: str,
        *,
        at_once: bool = True,
        beside: bool = False,
        folding: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.caption = Text(caption, 16 if beside else 18, 600)
        self.dots = PinDots(caption, at_once=at_once)
        self.dots.given.connect(self.given)
        self.dots.entered.connect(self.entered)
        self.keypad = Keypad(metrics, words.say("Take the last digit away"))
        self.keypad.typed.connect(self._typed)
        self.keypad.erased.connect(self._erased)
        for key in self.keypad.all_keys:
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the digits of the keyboard do the same
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            key.setMinimumHeight(
                metrics.mm(10) if folding else metrics.mm(12) if beside else metrics.key_least
            )
            key.setMaximumHeight(metrics.key)
        self.setFocusProxy(self.dots)
        layout = column(10)
        self.setLayout(layout)
        if beside:
            line = row(8)
            add(line, self.caption, None, self.dots)
            add(layout, line, self.keypad)
        else:
            for part in (self.caption, self.dots):
                layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(self.keypad)
        if folding:
            self.keypad.hide()
            self.dots.focused.connect(self.keypad.setVisible)

    def ask(self, caption: str) -> None:
        """Ask for another PIN; what was typed is forgotten."""
        self.caption.setText(caption)
        self.dots.setAccessibleName(caption)
        self.dots.clear()

    def clear(self) -> None:
        """Forget what was typed."""
        self.dots.clear()

    def give(self) -> bool:
        """Hand the PIN over; False where digits are missing."""
        return self.dots.give()

    def _typed(self, sign: str) -> None:
        self.dots.type_sign(sign)
        self.dots.setFocus(Qt.FocusReason.OtherFocusReason)

    def _erased(self) -> None:
        self.dots.erase()
        self.dots.setFocus(Qt.FocusReason.OtherFocusReason)
