# SPDX-License-Identifier: Apache-2.0
"""The pages of a report or of stickers as they will be printed: turned, zoomed, printed, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from qcdesk.gui import theme
from qcdesk.gui.printers import A4_MM, PrintJob, Sheet, choose_printer
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button, IconButton, Segments
from qcdesk.gui.widgets.cards import Plane, add, column, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.forms import ChoiceField
from qcdesk.gui.widgets.notices import Progress
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue

ChoosePrinter = Callable[[QWidget, str, int, Sheet, str], PrintJob | None]


class PageImage(QWidget):
    """One page on white, with a line around it; nothing of it is ever recoloured."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setMinimumSize(200, 260)

    def show_image(self, image: QImage) -> None:
        """Show a page."""
        self._image = image
        ratio = image.devicePixelRatio()
        self.setFixedSize(round(image.width() / ratio), round(image.height() / ratio))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 800)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._image.isNull():
            painter.drawImage(self.rect(), self._image)
        painter.setPen(theme.current().colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class ReportView(DeskPage):
    """``turned`` carries steps (-1, +1), ``zoomed`` likewise; ``print_wanted`` comes with a printer chosen.

    ``language_wanted`` carries the language in which the paper is to be, ``second_wanted`` the one beside it or nothing,
    ``size_wanted`` A4 or Letter, ``mail_wanted`` the name of its file, ``zpl_wanted`` where to save labels for a label
    printer, ``sending_wanted`` the queue of one.
    """

    turned = Signal(int)
    zoomed = Signal(int)
    print_wanted = Signal()
    save_wanted = Signal(str)
    mail_wanted = Signal(str)
    zpl_wanted = Signal(str)
    sending_wanted = Signal(str)
    cancelled = Signal()
    language_wanted = Signal(str)
    second_wanted = Signal(str)
    size_wanted = Signal(str)

    def __init__(
        self,
        words: Catalogue,
        printer: ChoosePrinter = choose_printer,
        languages: Sequence[str] = ("en",),
    ) -> None:
        say = words.say
        super().__init__(words, say("Inspection report"), back=say("Back to the batch"))
        self._printer = printer
        self._job: PrintJob | None = None
        self._name = ""
        self._pages = 0
        self._sheet = A4_MM
        self._last_printer = ""
        self._label_printer = ""
        self.saving = Button(say("Save as …"), icon="download")
        self.saving.clicked.connect(self._save)
        self.mailing = Button(say("Send …"), icon="send")
        self.mailing.clicked.connect(lambda: self.mail_wanted.emit(self._name))
        self.printing = Button(say("Print"), "filled", icon="printer")
        self.printing.clicked.connect(self._print)
        self.zpl = Button(say("Save for a label printer …"), icon="download")
        self.zpl.clicked.connect(self._save_zpl)
        self.zpl.hide()
        self.sending = Button(say("Send to a label printer"), icon="tag")
        self.sending.clicked.connect(self._send_zpl)
        self.sending.hide()
        add(self.acts, self.saving, self.mailing, self.printing)
        self.unsealed = IconLine("", shape="triangle", role="attention")
        self.unsealed.hide()
        self.body.addWidget(self.unsealed)
        bar = Plane("surface", "line", radius=theme.R_CARD)
        tools = row(8, (0, 0, 0, 0))
        self.before = IconButton("chevron-left", say("Page before"), side=40, framed=False)
        self.after = IconButton("chevron-right", say("Next page"), side=40, framed=False)
        self.place = Text("", theme.BODY, 600)
        self.smaller = IconButton("zoom-out", say("Smaller"), side=40, framed=False)
        self.larger = IconButton("zoom-in", say("Larger"), side=40, framed=False)
        self.zoom = Text("", theme.BODY, 400, "text2")
        self.before.clicked.connect(lambda: self.turned.emit(-1))
        self.after.clicked.connect(lambda: self.turned.emit(1))
        self.smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        self.larger.clicked.connect(lambda: self.zoomed.emit(1))
        self.progress = Progress(say("Cancel"))
        self.progress.cancelled.connect(self.cancelled)
        self._languages = tuple(languages)
        self.language = Segments(
            tuple((code, LANGUAGE_NAMES[code]) for code in languages), say("Language of the paper")
        )
        self.language.chosen.connect(self.language_wanted)
        self.second = ChoiceField(say("Second language"))
        self.second.caption.hide()
        self.second.below.hide()
        self.second.changed.connect(lambda: self.second_wanted.emit(self.second.value()))
        self.cut = Segments((("A4", "A4"), ("Letter", "Letter")), say("Size of the paper"))
        self.cut.chosen.connect(self.size_wanted)
        add(tools, self.before, self.place, self.after, None, self.zpl, self.sending)
        add(tools, self.smaller, self.zoom, self.larger)
        tongues = row(8, (0, 0, 0, 0))
        add(tongues, self.language, self.second, None, self.cut)
        lines = column(4, (12, 6, 12, 6))
        lines.addLayout(tools)
        lines.addLayout(tongues)
        bar.setLayout(lines)
        ground = Plane("sunken", radius=theme.R_LANE)
        inner = column(10, (14, 14, 14, 14))
        ground.setLayout(inner)
        self.page = PageImage()
        self.sight = QScrollArea()
        self.sight.setWidget(self.page)
        self.sight.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sight.setFrameShape(QScrollArea.Shape.NoFrame)
        self.sight.viewport().setAutoFillBackground(False)
        self.sight.setAccessibleName(say("Page as printed"))
        inner.addWidget(self.sight, 1)
        add(self.body, bar, self.progress)
        self.body.addWidget(ground, 1)
        for keys, signal, step in (
            (QKeySequence.StandardKey.MoveToNextPage, self.turned, 1),
            (QKeySequence.StandardKey.MoveToPreviousPage, self.turned, -1),
            (QKeySequence.StandardKey.ZoomIn, self.zoomed, 1),
            (QKeySequence.StandardKey.ZoomOut, self.zoomed, -1),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda s=signal, n=step: s.emit(n))
        print_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        print_key.activated.connect(self._print)
        self.show_ready(0, letter=False)

    def pixel_ratio(self) -> float:
        """Return how many pixels of the screen one of the window's has."""
        return self.devicePixelRatioF()

    def show_paper(self, title: str, note: str, file_name: str, back: str) -> None:
        """Show what it is, and where the way back leads."""
        self.show_title(title, note)
        self.back.setText(back)
        self.problems.clear()
        self._name = file_name

    def show_unsealed(self, words: str) -> None:
        """Say that the print carries no evidence; empty: it does, or is of a kind that needs none."""
        self.unsealed.show_line(words, shape="triangle", role="attention")
        self.unsealed.setVisible(bool(words))

    def show_language(self, language: str, second: str) -> None:
        """Show in which language the paper is, and which stands beside it; empty, it has but one."""
        several = language in self._languages and len(self._languages) > 1
        self.language.setVisible(several)
        self.second.setVisible(several)
        if several:
            self.language.choose(language)
            others = [(code, LANGUAGE_NAMES[code]) for code in self._languages if code != language]
            self.second.set_choices([("", self.words.say("No second language")), *others])
            self.second.set_value(second)

    def show_printer(self, name: str) -> None:
        """Begin at this printer when a printer is asked for; empty: at the usual one."""
        self._last_printer = name

    def show_sizes(self, *, offered: bool) -> None:
        """Show whether the paper can be A4 or Letter."""
        self.cut.setVisible(offered)

    def printer_name(self) -> str:
        """Return the name of the printer that was chosen."""
        return self._job.name if self._job is not None else ""

    def show_label_printer(self, offered: bool, name: str) -> None:
        """Show whether it can be had in the language of label printers, and which one was the last."""
        self.zpl.setVisible(offered)
        self.sending.setVisible(offered)
        self._label_printer = name

    def show_ready(self, pages: int, *, letter: bool, sheet: Sheet = A4_MM) -> None:
        """Show whether there is something to print; ``sheet``: how large a page is, a label's own size too.

        Until its own page is drawn, no page is in view: the one before is of another paper.
        """
        self._pages, self._sheet = pages, sheet
        if not pages:
            self.page.hide()
            self.place.setText("")
            self.show_unsealed("")
        if pages:
            self.cut.choose("Letter" if letter else "A4")
        for button in (self.saving, self.mailing, self.printing, self.zpl, self.sending):
            button.setEnabled(pages > 0)

    def show_page(
        self, width: int, height: int, pixels: bytes, place: str, zoom: str, ends: tuple[bool, bool]
    ) -> None:
        """Show a page; ``ends``: whether it is the first, and the last."""
        image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.page.show_image(image)
        self.page.show()
        self.page.setAccessibleName(place)
        self.place.setText(place)
        self.zoom.setText(zoom)
        self.before.setEnabled(not ends[0])
        self.after.setEnabled(not ends[1])
        self.sight.verticalScrollBar().setValue(0)

    def show_progress(self, words: str, share: float | None) -> None:
        """Say what is done; it shows after half a second."""
        self.progress.tell(words, share)

    def end_progress(self) -> None:
        """It is done."""
        self.progress.end()

    def _save(self) -> None:
        say = self.words.say
        kinds = ";;".join(("PDF (*.pdf)", say("Mail with the paper (*.eml)")))
        path, _ = QFileDialog.getSaveFileName(self, say("Save as PDF"), self._name, kinds)
        if path:
            self.save_wanted.emit(path if path.lower().endswith((".pdf", ".eml")) else f"{path}.pdf")

    def _save_zpl(self) -> None:
        name = f"{self._name.removesuffix('.pdf')}.zpl"
        path, _ = QFileDialog.getSaveFileName(
            self, self.words.say("Save for a label printer"), name, "ZPL (*.zpl)"
        )
        if path:
            self.zpl_wanted.emit(path if path.lower().endswith(".zpl") else f"{path}.zpl")

    def _send_zpl(self) -> None:
        if self._pages and self._job is None:
            chosen = self._printer(self, self._name, 1, self._sheet, self._label_printer)
            if chosen is not None:
                self.sending_wanted.emit(chosen.name)

    def _print(self) -> None:
        if self._pages == 0 or self._job is not None:
            return
        self._job = self._printer(self, self._name, self._pages, self._sheet, self._last_printer)
        if self._job is not None:
            self.print_wanted.emit()

    def print_range(self) -> tuple[tuple[int, ...], int]:
        """Return which pages to print, 0-based, and in which density."""
        assert self._job is not None
        return self._job.pages(self._pages), self._job.dpi

    def paint_on_paper(self, width: int, height: int, pixels: bytes) -> bool:
        """Paint the next page on the printer; False where it does not answer."""
        image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
        return self._job is not None and self._job.paint(image)

    def end_printing(self, *, send: bool) -> bool:
        """Send what was painted, or drop it."""
        job, self._job = self._job, None
        if job is None:
            return False
        if send:
            return job.end()
        job.abort()
        return True

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong; nothing is shown that could be taken for the report."""
        self.end_progress()
        self.problems.show_problem(problem)
