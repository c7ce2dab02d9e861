# SPDX-License-Identifier: Apache-2.0
"""A card with a code that was just made: to print, to hand over, and then to be forgotten here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from qcdesk.gui import theme
from qcdesk.gui.printers import PrintJob, choose_printer
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Plane, add, column, row
from qcdesk.gui.widgets.sheets import Sheet
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

CARD_PX = 470
CORNER = 9 / 242.6
"""The radius of the printed card's corners, as a share of its width; beyond them there is no paper."""
Pixels = tuple[int, int, bytes]
Printer = Callable[[QWidget, str, int], PrintJob | None]


class CodeSheet(Sheet):
    """Left the way back by no key: whoever closes it says that the code was put away."""

    print_wanted = Signal(int)
    put_away = Signal()

    def __init__(
        self,
        window: QWidget,
        words: Catalogue,
        printer: Printer = choose_printer,
    ) -> None:
        super().__init__(window, width=760, height=600)
        self._words = words
        self._printer = printer
        self._job: PrintJob | None = None
        say = words.say
        layout = column(12, (36, 30, 36, 26))
        self.body.addLayout(layout)
        self._title = Text("", 25, 600, wrap=True)
        self._says = Text("", theme.BODY, 400, "text2", wrap=True)
        plane = Plane("sunken", radius=theme.R_CARD)
        inner = column(0, (20, 20, 20, 20))
        plane.setLayout(inner)
        self.card = QLabel()
        self.card.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(self.card)
        self._printed = secondary("", wrap=True)
        self.print_button = Button(say("Print the card"), icon="printer", height=52, size=17)
        self.print_button.clicked.connect(self._print)
        self.away = Button("", "filled", height=52, size=17)
        self.away.clicked.connect(self._put_away)
        low = row(14)
        add(low, self.print_button, None, self.away)
        add(layout, self._title, self._says, plane, self._printed, None, low)

    def show_code(self, title: str, says: str, done: str, name: str) -> None:
        """Show what it is, and what to do with it; the card follows."""
        self._title.setText(title)
        self._says.setText(says)
        self.away.setText(done)
        self.card.clear()
        self.card.setAccessibleName(name)
        self._printed.setText("")

    def show_card(self, card: Pixels) -> None:
        """Show the card as it is printed."""
        image = _image(card).scaledToWidth(CARD_PX, Qt.TransformationMode.SmoothTransformation)
        shown = QPixmap(image.size())
        shown.fill(Qt.GlobalColor.transparent)
        painter = QPainter(shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        corner = CARD_PX * CORNER
        outline.addRoundedRect(QRectF(shown.rect()), corner, corner)
        painter.setClipPath(outline)
        painter.drawImage(0, 0, image)
        painter.end()
        self.card.setPixmap(shown)

    def _print(self) -> None:
        self._job = self._printer(self, self._words.say("A card with a code"), 1)
        if self._job is not None:
            self.print_wanted.emit(min(300, self._job.dpi))

    def print_page(self, page: Pixels) -> None:
        """Send the sheet to the printer that was chosen."""
        job, self._job = self._job, None
        if job is None:
            return
        say = self._words.say
        if job.paint(_image(page)) and job.end():
            self._printed.setText(say("Sent to the printer. Look that it came out before you go on."))
        else:
            job.abort()
            self._printed.setText(say("The printer does not answer. Write the code down by hand."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # Escape would lose the code for ever

    def _put_away(self) -> None:
        self.close_sheet()
        self.put_away.emit()

    def close_sheet(self) -> None:
        self.card.clear()
        self.card.setAccessibleName("")
        super().close_sheet()


def _image(pixels: Pixels) -> QImage:
    width, height, data = pixels
    return QImage(data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
