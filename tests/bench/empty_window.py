# SPDX-License-Identifier: Apache-2.0
"""The least that a window costs: a process that shows an empty QMainWindow and ends when it is painted."""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Empty(QMainWindow):
    """Ends the process with its first paint."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        os._exit(0)


app = QApplication(sys.argv[:1])
window = Empty()
window.resize(1440, 900)
window.show()
app.exec()
