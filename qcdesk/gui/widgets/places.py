# SPDX-License-Identifier: Apache-2.0
"""The pages of one place of the rail side by side under their title, the present one marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Pressable, mixed
from qcdesk.gui.widgets.cards import row
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_middle, text_width
from qcdesk.i18n import Catalogue, mark

ANALYSIS: Final = (
    ("analysis", mark("Charts")),
    ("detection", mark("What each check finds")),
    ("second_check", mark("What does the second check buy?")),
)
"""The pages of the place "Analysis": the page's name in the window, its words."""
DEFECTS: Final = (
    ("defect_codes", mark("Defect codes")),
    ("concessions", mark("Concessions")),
    ("nonconformities", mark("Nonconformities")),
)
"""The pages of the place "Defects"."""
CARE: Final = (
    ("complaints", mark("Complaints")),
    ("touches", mark("Touches")),
    ("waiting", mark("Waiting")),
    ("scoreboard", mark("Scoreboard")),
)
"""The pages of the place "Complaints"."""
SUPPLIERS: Final = (
    ("suppliers", mark("Suppliers")),
    ("suppliers_compare", mark("Side by side")),
    ("corrective_actions", mark("Corrective actions")),
    ("audits", mark("Audits")),
)
"""The pages of the place "Suppliers"."""
SEARCH: Final = "search"
"""The page that begins a search."""
_HIGH = 38


class PlaceKey(Pressable):
    """A framed key that leads to a page; where one is already, it is marked."""

    def __init__(self, word: str, here: bool, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self.setCheckable(True)
        self.setChecked(here)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, theme.R_BUTTON)

    def nextCheckState(self) -> None:
        """Stay as it is: another page has its own keys."""

    def sizeHint(self) -> QSize:
        wide = text_width(self.text(), theme.BODY, 600) + 36
        return QSize(wide, max(_HIGH, theme.current().line_box(theme.BODY) + 12))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        ground = t.colour("action_soft" if here else "surface")
        if not here and (self.underMouse() or self.isDown()):
            ground = mixed(ground, t.colour("action"), 0.09)
        edge: Role = "action" if here else "edge"
        painter.setBrush(ground)
        painter.setPen(QPen(t.colour(edge), 2.0 if here else 1.5))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, theme.R_BUTTON, theme.R_BUTTON)
        ink = t.colour("action" if here else "text")
        paint_middle(painter, self.text(), box, theme.BODY, 700 if here else 500, ink)


class Places(QWidget):
    """Keys for the pages of one place; ``wanted`` carries the page's name, never that of the present one.

    Ctrl K leads to the search from here, too: these pages have none of their own.
    """

    wanted = Signal(str)

    def __init__(
        self,
        words: Catalogue,
        here: str,
        pages: Sequence[tuple[str, str]] = ANALYSIS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.say("Pages of this place"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.keys: dict[str, PlaceKey] = {}
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(lambda: self.wanted.emit(SEARCH))
        line = row(10)
        self.setLayout(line)
        for name, word in pages:
            key = PlaceKey(words.say(word), name == here)
            if name == here:
                key.setAccessibleDescription(words.say("You are here."))
            else:
                key.clicked.connect(lambda _=False, n=name: self.wanted.emit(n))
                key.setCursor(Qt.CursorShape.PointingHandCursor)
            self.keys[name] = key
            line.addWidget(key)
        line.addStretch(1)
