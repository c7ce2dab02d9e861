# SPDX-License-Identifier: Apache-2.0
"""A person's secret, in whichever way is open just then: password, PIN of the sitting, or a badge's PIN."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.asking import Secret
from qcdesk.gui.density import Metrics
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import column, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.pins import PinPad
from qcdesk.gui.widgets.secrets import SecretField
from qcdesk.i18n import Catalogue


class SecretWays(QWidget):
    """``given`` carries a ``Secret`` once, when ``give`` is called; ``entered`` is Return.

    ``folding``: the keypad is there only while its PIN is being typed, where two people share the room.
    """

    given = Signal(object)
    entered = Signal()

    def __init__(
        self,
        words: Catalogue,
        metrics: Metrics,
        password: str,
        *,
        folding: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._code = ""
        self._has_pin = False
        self._folding = folding
        self.password = SecretField(password, words.say("Show what I typed"), height=metrics.key_least)
        self.password.returnPressed.disconnect()  # handed over together with what else is on the sheet
        self.password.returnPressed.connect(self.entered)
        self.password.given.connect(lambda text: self.given.emit(Secret("password", text)))
        self.read = IconLine(
            words.say("Badge read"), shape="tick", role="action", size=theme.BODY, weight=600
        )
        self.pad = PinPad(words, metrics, words.say("PIN"), at_once=False, beside=True, folding=folding)
        self.pad.entered.connect(self.entered)
        self.pad.given.connect(self._pin_given)
        self._other_way = Button("", "text", height=36, size=14, flush=True)
        self._other_way.clicked.connect(self._turn)
        if folding:
            self.pad.dots.focused.connect(
                lambda here: self._other_way.setVisible(here and self.way != "password")
            )
        layout = column(6)
        self.setLayout(layout)
        for part in (self.read, self.password, self.pad):
            layout.addWidget(part)
        line = row(0)
        line.addWidget(self._other_way)
        line.addStretch(1)
        layout.addLayout(line)
        self.offer(pin=False)

    @property
    def way(self) -> str:
        """Which way is open: ``password``, ``pin`` or ``badge``."""
        if self._code:
            return "badge"
        return "password" if self.password.isVisibleTo(self) else "pin"

    def offer(self, *, pin: bool) -> None:
        """Begin anew: with the PIN of the sitting where one stands, else with the password."""
        self._has_pin = pin
        self._show(by_pin=pin)

    def read_badge(self, code: str) -> None:
        """A badge was scanned: its PIN is asked for."""
        self._show(by_pin=True, code=code)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *, by_pin: bool, code: str = "") -> None:
        self.clear()
        self._code = code
        say = self._words.say
        self.password.setVisible(not by_pin)
        self.pad.setVisible(by_pin)
        self.read.setVisible(bool(code))
        self.pad.ask(say("Badge PIN") if code else say("Your PIN"))
        self._other_way.setText(say("Use my password") if by_pin else say("Use the PIN of this sitting"))
        self._other_way.setVisible((by_pin or self._has_pin) and not (self._folding and by_pin))
        self.setFocusProxy(self.pad if by_pin else self.password)

    def _turn(self) -> None:
        self._show(by_pin=self.way == "password")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def filled(self) -> bool:
        """Tell whether there is something to hand over."""
        return bool(self.password.text()) if self.way == "password" else self.pad.dots.whole

    def give(self) -> bool:
        """Hand the secret over and forget it; False where there is none."""
        if not self.filled():
            return False
        if self.way == "password":
            self.password.give()
        else:
            self.pad.give()
        return True

    def take(self) -> Secret:
        """Return the secret and forget it."""
        if self.way == "password":
            taken = Secret("password", self.password.text())
        else:
            taken = Secret("badge" if self._code else "pin", self.pad.dots.typed(), self._code)
        self.clear()
        return taken

    def clear(self) -> None:
        """Forget what was typed; a badge stays read until something else is shown."""
        self.password.clear()
        self.pad.clear()

    def _pin_given(self, pin: str) -> None:
        self.given.emit(Secret("badge" if self._code else "pin", pin, self._code))
