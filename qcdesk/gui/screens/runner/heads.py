# SPDX-License-Identifier: Apache-2.0
"""The head of the runner: what is inspected, what kind of check it is, when it was saved, and who is at work."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.runner.rows import HeadRow
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button, IconButton
from qcdesk.gui.widgets.cards import add, column, row
from qcdesk.gui.widgets.chips import Icon, IconLine
from qcdesk.gui.widgets.people import Avatar
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class Head(QWidget):
    """Close, batch, what kind of check, saved, who. Dark where the first check is hidden."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._blind = False
        self.setFixedHeight(64)
        layout = row(12, (16, 8, 16, 8))
        self.setLayout(layout)
        self.close_key = IconButton("x", words.say("Leave this check; it is kept"))
        self._number = Text("", 19, 600)
        self._about = Text("", 14, 400, "text2")
        titles = column(0)
        add(titles, self._number, self._about)
        self._band = QWidget()
        band = row(14)
        self._band.setLayout(band)
        said = column(0)
        self._kind = Text("", 18, 600, "band_text")
        self._kind_note = Text("", 13, 400, "band_text")
        self._closed, self._open = Icon("eye-off", "band_text", 26), Icon("eye", "text", 26)
        add(said, self._kind, self._kind_note)
        add(band, self._closed, self._open, said)
        self.stickers = Button(
            words.say("Print stickers with the sample numbers"), icon="sticky-note", height=44
        )
        self.stickers.hide()
        self._saved = IconLine("", icon="check", size=14, weight=500)
        self._avatar = Avatar("", 40, strong=True)
        self._name = Text("", theme.BODY, 600)
        self._place = Text("", theme.SECONDARY, 400)
        names = column(0)
        add(names, self._name, self._place)
        self.switch = IconButton("users", words.say("Someone else"))
        add(layout, self.close_key)
        layout.addLayout(titles, 4)
        add(layout, self._band, self.stickers)
        layout.addStretch(1)
        add(layout, self._saved, 12, self._avatar, names, self.switch)

    def show_head(self, head: HeadRow) -> None:
        """Show batch and person."""
        self._blind = head.blind
        ink: Role = "band_text" if head.blind else "text"
        quiet: Role = "band_text" if head.blind else "text2"
        for part, words, role in (
            (self._number, head.number, ink),
            (self._about, head.about, quiet),
            (self._name, head.person, ink),
            (self._place, head.place, ink),
            (self._kind, head.kind, ink),
            (self._kind_note, head.kind_note, quiet),
        ):
            part.setText(words)
            part.set_role(role)
        self._avatar.show_name(head.person)
        self._band.setVisible(bool(head.kind))
        self._closed.setVisible(head.blind)
        self._open.setVisible(not head.blind)
        self.close_key.set_role(ink)
        self.switch.set_role(ink)
        self.show_saved(self._saved.words)
        self.update()

    def show_saved(self, words: str, *, trouble: bool = False) -> None:
        """Show when the last entry was saved."""
        ink: Role = "band_text" if self._blind else "attention" if trouble else "text"
        if trouble:
            self._saved.show_line(words, shape="triangle", role=ink)
        else:
            self._saved.show_line(words, icon="check" if words else "", role=ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour("band" if self._blind else "surface"))
        if not self._blind:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), t.colour("line"))
