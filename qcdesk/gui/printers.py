# SPDX-License-Identifier: Apache-2.0
"""The system's printers: the dialog to choose one, and pages painted on it one after the other."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

MOST_DPI = 600  # a page of A4 then takes 140 MB while it is painted
A4_MM = (210.0, 297.0)
Sheet = tuple[float, float]
"""Width and height of a page in mm."""


class PrintJob:
    """A print that runs: pages in order, whole, in their own proportions. ``end`` sends it, ``abort`` drops it."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer
        self._painter = QPainter()
        self._began = False

    @property
    def name(self) -> str:
        """What the system calls the printer."""
        return self._printer.printerName()

    @property
    def dpi(self) -> int:
        """The density in which pages are painted, in dots an inch."""
        return max(72, min(MOST_DPI, self._printer.resolution()))

    def another(self, title: str, sheet: Sheet) -> PrintJob:
        """Return a print of its own on the same printer, which stays set as it was chosen."""
        _lay_out(self._printer, title, sheet)
        return PrintJob(self._printer)

    def pages(self, count: int) -> tuple[int, ...]:
        """Return which pages were asked for, 0-based."""
        first, last = self._printer.fromPage() or 1, self._printer.toPage() or count
        return tuple(range(max(1, first) - 1, min(count, last)))

    def paint(self, image: QImage) -> bool:
        """Paint the next page; False where the printer does not answer."""
        if not self._began:
            self._began = self._painter.begin(self._printer)
            if not self._began:
                return False
        elif not self._printer.newPage():
            return False
        room = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(
            (room.width() - size.width()) / 2,
            (room.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawImage(box, image)
        return True

    def end(self) -> bool:
        """Send what was painted; False: the system did not take it."""
        if not self._began or not self._painter.end():
            return False
        return self._printer.printerState() != QPrinter.PrinterState.Error

    def abort(self) -> None:
        """Drop what was painted."""
        self._printer.abort()
        if self._began:
            self._painter.end()


def new_printer(title: str, sheet: Sheet = A4_MM, name: str = "") -> QPrinter:
    """Return a printer (the system's usual one without a name) set to whole pages of this size, also of a roll's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(name)
    _lay_out(printer, title, sheet)
    return printer


def _lay_out(printer: QPrinter, title: str, sheet: Sheet) -> None:
    printer.setDocName(title)
    size = QPageSize(QSizeF(*sheet), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def choose_printer(
    parent: QWidget, title: str, pages: int, sheet: Sheet = A4_MM, name: str = ""
) -> PrintJob | None:
    """Let the person choose a printer (``name``: the last one, where it is still there) and pages; None: not now."""
    printer = new_printer(title, sheet, name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, pages > 1)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return PrintJob(printer)
