# SPDX-License-Identifier: Apache-2.0
"""The languages that can be chosen, side by side, each as it calls itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import row
from qcdesk.gui.widgets.chips import Icon
from qcdesk.i18n import LANGUAGE_NAMES


class Languages(QWidget):
    """``chosen`` carries the code of a language. With one language there is nothing to choose, and nothing is shown."""

    chosen = Signal(str)

    def __init__(self, languages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = row(12)
        self.setLayout(layout)
        self.buttons: dict[str, Button] = {}
        if len(languages) > 1:
            layout.addWidget(Icon("globe", "text2", 20))
            for code in languages:
                button = self.buttons[code] = Button(LANGUAGE_NAMES[code], "text", height=36, size=14)
                button.clicked.connect(lambda _=False, c=code: self.chosen.emit(c))
                layout.addWidget(button)
