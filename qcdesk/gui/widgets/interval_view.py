# SPDX-License-Identifier: Apache-2.0
"""Intervals side by side on the screen, from the description that paper draws too; a row can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.chart_view import measured, paint_drawing
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.services.interval_tables import IntervalTable, lay_out_table, row_at, row_box, table_height


class IntervalView(QWidget):
    """``chosen`` carries the number of a row, from 0, by a click, or by Return on the row that the arrows lead to."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._table: IntervalTable | None = None
        self._here: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS_PROPERTY, theme.R_FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_table(self, table: IntervalTable | None) -> None:
        """Show intervals; None shows nothing."""
        self._table, self._here = table, None
        self.setFixedHeight(round(table_height(table, theme.LABEL)) + 2 if table is not None else 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, self.height())

    def row_words(self, row: int) -> str:
        """Return what a row says, for those who hear it."""
        if self._table is None:
            return ""
        name, _, cells = self._table.rows[row]
        said = [
            f"{column.title}: {cell.text if cell is not None else self._table.none}"
            for column, cell in zip(self._table.columns, cells, strict=True)
        ]
        return ". ".join([name, *said])

    def _go(self, row: int | None) -> None:
        if row != self._here:
            self._here = row
            self.setAccessibleDescription(self.row_words(row) if row is not None else "")
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if row is not None else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._table is not None:
            self._go(row_at(self._table, event.position().y(), theme.LABEL))

    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._go(None)
        super().focusOutEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._table is not None:
            row = row_at(self._table, event.position().y(), theme.LABEL)
            if row is not None:
                self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = len(self._table.rows) if self._table is not None else 0
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if rows and step:
            self._go(min(max(0, (self._here if self._here is not None else -1) + step), rows - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._here is not None:
            self.chosen.emit(self._here)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._table is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._here is not None:
            top, high = row_box(self._here, theme.LABEL)
            painter.fillRect(QRectF(0, top, self.width(), high), theme.current().colour("action_soft"))
        paint_drawing(painter, lay_out_table(self._table, self.width(), measured, size=theme.LABEL))
