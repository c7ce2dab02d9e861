# SPDX-License-Identifier: Apache-2.0
"""The files that stand beside a record, by their names; pressing one saves it where somebody chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import column, emptied
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class KeptFiles(QWidget):
    """``wanted`` carries the SHA-256 of a kept file, and where to save it."""

    wanted = Signal(str, str)

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        # A long name is cut, and makes no page wider than it is: what wraps beside it would count too few lines.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lines = column(4)
        self.setLayout(self._lines)

    def show_files(self, files: Sequence[tuple[str, str]]) -> None:
        """Show files by name and SHA-256; none: nothing at all."""
        emptied(self._lines)
        self.setVisible(bool(files))
        if files:
            self._lines.addWidget(Text(self._words.say("Files"), theme.SECONDARY, 600, "text2"))
        for name, sha256 in files:
            kept = Button(name, "text", icon="file-text", height=32, size=14, flush=True)
            kept.clicked.connect(lambda _=False, n=name, s=sha256: self._save(n, s))
            self._lines.addWidget(kept, 0, Qt.AlignmentFlag.AlignLeft)

    def _save(self, name: str, sha256: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self._words.say("Save the file"), name, "*")
        if path:
            self.wanted.emit(sha256, path)
