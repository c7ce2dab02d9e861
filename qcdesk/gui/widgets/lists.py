# SPDX-License-Identifier: Apache-2.0
"""Models over immutable rows, lazily grown, with the look of tables and lanes in delegates.

``data(index, role)`` compares plain integers: comparing to Qt's enum more than doubles the time of a repaint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from qcdesk.gui import collation, shapes, theme
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role, Weight
from qcdesk.gui.widgets.focus import NO_RING_PROPERTY
from qcdesk.gui.widgets.text import line_count, paint_line, text_width, wrapped
from qcdesk.services.rows import MOST_COUNTED

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
SORT = int(Qt.ItemDataRole.UserRole)
ROW = int(Qt.ItemDataRole.UserRole) + 1
LOOK = int(Qt.ItemDataRole.UserRole) + 2
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
LINES = int(Qt.ItemDataRole.UserRole) + 3
NOTES = int(Qt.ItemDataRole.UserRole) + 4
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()
_INSET, _MARK_WIDE = 8, 26
_HEAD_PX = 2 * _INSET + 8
"""What a heading needs beside its words: Qt leaves a margin of its own, and cuts what reaches into it."""
_MEASURED, _KEPT, _WIDEST = 40, 150, 1.8
"""The rows that are looked at for what they need, the px left to the column that takes the rest, and how much wider a
column becomes for its rows at the most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How a cell looks beside its words."""

    shape: Shape | None = None
    role: Role = "text"
    weight: Weight = 400
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """A column: its heading, the words of a row, what it sorts by, and how it looks.

    ``wide`` px, more where its heading or a row would be cut and there is room; 0: takes the room that is left.
    Numbers stand right, their unit is in the heading. ``lines``: words that are longer than the column go on below, up
    to so many lines, and the row grows with them; ``notes`` the same of the note under them.
    """

    heading: str
    words: Callable[[RowT], str]
    sort: Callable[[RowT], Any] | None = None
    look: Callable[[RowT], Cell] | None = None
    number: bool = False
    wide: int = 140
    lines: int = 1
    notes: int = 1


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """A table over immutable rows; ``more`` is asked when the view nears the end of what is loaded."""

    more_wanted = Signal()

    def __init__(self, columns: Sequence[Column[RowT]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: list[RowT] = []
        self._more = False
        self._asked = False

    def show_rows(self, rows: Sequence[RowT], *, more: bool = False) -> None:
        """Replace all rows; ``more`` says that there are others to load."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def change_row(self, index: int, row: RowT) -> None:
        """Show another row in the place of one; what is chosen and where one looks stay."""
        self._rows[index] = row
        self.dataChanged.emit(self.index(index, 0), self.index(index, len(self.columns) - 1))

    def add_rows(self, rows: Sequence[RowT], *, more: bool) -> None:
        """Add a further page."""
        self._more, self._asked = more, False
        if rows:
            self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def row(self, index: int) -> RowT:
        """Return a row."""
        return self._rows[index]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == DISPLAY:
            return self.columns[index.column()].words(self._rows[index.row()])
        if role < SORT and role not in (ALIGN, ACCESSIBLE):
            return None
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == LOOK:
            return column.look(row) if column.look else None
        if role == SORT:
            return column.sort(row) if column.sort else column.words(row)
        if role == ROW:
            return row
        if role == LINES:
            return column.lines
        if role == NOTES:
            return column.notes
        if role == ACCESSIBLE:
            look = column.look(row) if column.look else None
            return " · ".join(filter(None, (column.words(row), look.note if look else "")))
        if role == ALIGN:
            return _RIGHT if column.number else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role in (DISPLAY, TOOL_TIP):
                return self.columns[section].heading
            if role == ALIGN:
                return _RIGHT if self.columns[section].number else _LEFT
        return None


class SortedRows(QSortFilterProxyModel):
    """Sorting by ``SORT``, words as their reader looks for them; the order of equal rows stays."""

    def __init__(self, source: QAbstractTableModel) -> None:
        super().__init__()
        self.setSortRole(SORT)
        self.setSourceModel(source)

    def lessThan(self, left: Index, right: Index) -> bool:
        a, b = left.data(SORT), right.data(SORT)
        if a is None or b is None:
            return a is None and b is not None
        return collation.before(a, b)


class TableDelegate(QStyledItemDelegate):
    """Rows of 40 px with a rule between; the chosen row on the soft ground of the action."""

    def __init__(self, table: QTableView, row_px: int = 40) -> None:
        super().__init__(table)
        self._table = table
        self._row_px = row_px

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        most, notes = int(index.data(LINES) or 1), int(index.data(NOTES) or 1)
        if most == notes == 1:
            return QSize(80, self._row_px)
        look, t = index.data(LOOK), theme.current()
        cell = look if isinstance(look, Cell) else Cell()
        room = self._table.columnWidth(index.column()) - 2 * _INSET - (_MARK_WIDE if cell.shape else 0)
        lines = wrapped(str(index.data(DISPLAY) or ""), theme.BODY - 1, cell.weight, max(40, room), most)
        under = wrapped(cell.note, theme.LABEL, 400, max(40, room), notes) if cell.note else []
        high = len(lines) * t.line_box(theme.BODY - 1) + len(under) * t.line_box(theme.LABEL)
        return QSize(80, max(self._row_px, high + self._row_px - t.line_box(theme.BODY - 1)))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Say in full what is cut."""
        look = index.data(LOOK)
        cell = look if isinstance(look, Cell) else Cell()
        room = option.rect.width() - 2 * _INSET - (_MARK_WIDE if cell.shape else 0)
        words, most = str(index.data(DISPLAY) or ""), int(index.data(LINES) or 1)
        cut = line_count(words, theme.BODY - 1, cell.weight, room) > most
        if most == 1:
            cut = text_width(words, theme.BODY - 1, cell.weight) > room
        notes = int(index.data(NOTES) or 1)
        below = bool(cell.note) and line_count(cell.note, theme.LABEL, 400, room) > notes
        told = "\n".join(part for part, wanted in ((words, cut), (cell.note, below)) if wanted)
        QToolTip.showText(event.globalPos(), told, view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme.current()
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, t.colour("action_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, t.colour("canvas"))
        painter.setPen(QPen(t.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(_INSET, 0, -_INSET, 0)
        look = index.data(LOOK)
        cell = look if isinstance(look, Cell) else Cell()
        ink = t.colour(cell.role)
        if cell.shape:
            shapes.paint(
                painter,
                cell.shape,
                QRectF(inner.left(), box.center().y() - 9, 18, 18),
                ink,
                t.colour("surface"),
            )
            inner.setLeft(inner.left() + _MARK_WIDE)
        step = t.line_box(theme.BODY - 1)
        right = int(index.data(ALIGN) or 0) & int(Qt.AlignmentFlag.AlignRight)
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        words, most = str(index.data(DISPLAY) or ""), int(index.data(LINES) or 1)
        lines = wrapped(words, theme.BODY - 1, cell.weight, inner.width(), most) if most > 1 else [words]
        top = box.center().y() - step * len(lines) / 2
        if cell.note:
            notes, small = int(index.data(NOTES) or 1), t.line_box(theme.LABEL)
            under = wrapped(cell.note, theme.LABEL, 400, inner.width(), notes) if notes > 1 else [cell.note]
            top -= small * len(under) / 2
            for place, line in enumerate(under):
                room = QRectF(inner.left(), top + step * len(lines) + small * place, inner.width(), small)
                paint_line(painter, line, room, theme.LABEL, 400, t.colour("text2"), align)
        for place, line in enumerate(lines):
            room = QRectF(inner.left(), top + step * place, inner.width(), step)
            paint_line(painter, line, room, theme.BODY - 1, cell.weight, ink, align)
        painter.restore()


class Table(QTableView):
    """A table without vertical lines or zebra; ``opened`` on double click or Return carries the row."""

    opened = Signal(object)

    def __init__(
        self, model: RowsModel[Any], name: str, *, row_px: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._most = 0
        self._given: dict[int, int] = {}
        self._sorted = SortedRows(model)
        self.setModel(self._sorted)
        self.setItemDelegate(TableDelegate(self, row_px))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        vertical = self.verticalHeader()
        vertical.hide()
        grows = any(column.lines > 1 or column.notes > 1 for column in model.columns)
        vertical.setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents if grows else QHeaderView.ResizeMode.Fixed
        )
        vertical.setMinimumSectionSize(row_px)
        vertical.setDefaultSectionSize(row_px)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(34)
        head.setSectionsMovable(False)
        in_lines = any(
            "\n" in column.heading for column in model.columns
        )  # Qt would cut both lines as if they were one
        head.setTextElideMode(Qt.TextElideMode.ElideNone if in_lines else Qt.TextElideMode.ElideRight)
        for place, column in enumerate(model.columns):
            if column.wide:
                self.setColumnWidth(place, column.wide)
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if grows:
            head.sectionResized.connect(lambda *_: self.resizeRowsToContents())
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._give_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._give_room()

    def _give_room(self) -> None:
        """Widen the columns that would be cut: their words are longer in some languages than where they were drawn."""
        columns = self.rows.columns
        wide = {place: column.wide for place, column in enumerate(columns) if column.wide}
        rest = _KEPT if len(wide) < len(columns) else 0
        free = self.viewport().width() - sum(wide.values()) - rest
        for needs in (self._heading_px, self._rows_px):
            for place in wide:
                more = needs(columns[place], wide[place]) - wide[place]
                if 0 < more <= free:
                    wide[place] += more
                    free -= more
        for place, width in wide.items():
            if self._given.get(place, columns[place].wide) != width:  # what a person drew wider stays
                self.setColumnWidth(place, width)
                self._given[place] = width

    @staticmethod
    def _heading_px(column: Column[Any], _wide: int) -> int:
        return max(text_width(line, theme.LABEL, 600) for line in column.heading.split("\n")) + _HEAD_PX

    def _rows_px(self, column: Column[Any], wide: int) -> int:
        most = wide
        for place in range(min(self.rows.rowCount(), _MEASURED)):
            row = self.rows.row(place)
            cell = (column.look(row) if column.look else None) or Cell()
            beside = 2 * _INSET + (_MARK_WIDE if cell.shape else 0)
            for words, size, weight, lines in (
                (column.words(row), theme.BODY - 1, cell.weight, column.lines),
                (cell.note, theme.LABEL, 400, column.notes),
            ):
                if not words or text_width(words, size, weight) <= (most - beside) * (
                    1 if lines == 1 else 0.9
                ):
                    continue
                if lines == 1:
                    most = max(most, text_width(words, size, weight) + beside)
                elif line_count(words, size, weight, most - beside) > lines:
                    most = max(most, text_width(words, size, weight) * 5 // (4 * lines) + beside)
        return min(most, int(wide * _WIDEST))

    def fit_row(self, index: int) -> None:
        """Be as high as a row of the model needs that was changed, wherever it is sorted to."""
        self.resizeRowToContents(self._sorted.mapFromSource(self.rows.index(index, 0)).row())

    def fit_rows(self, most: int) -> None:
        """Be as high as its rows, up to so many of them: for a page that scrolls as a whole."""
        self._most = most
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().sectionResized.connect(lambda *_: self._fit())
        self.rows.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        rows = min(self._sorted.rowCount(), self._most)
        high = sum(self.rowHeight(place) for place in range(rows))
        self.setFixedHeight(self.horizontalHeader().height() + high + 2)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def current_row(self) -> object:
        """Return the row that is chosen, or None."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


# Lanes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LaneCard:
    """Four lines of a card in a lane: number with ship-by, product, supplier, why it waits."""

    key: str
    number: str
    when: str
    late: bool
    product: str
    supplier: str
    why: str
    why_role: Role = "text2"

    def aloud(self) -> str:
        """Return the card as one line for a screen reader."""
        return ", ".join(
            part for part in (self.number, self.when, self.product, self.supplier, self.why) if part
        )


class LaneModel(QAbstractListModel):
    """Cards of one lane, loaded page by page."""

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[LaneCard] = []
        self._total = 0
        self._asked = False

    def show_cards(self, cards: Sequence[LaneCard], total: int) -> None:
        """Replace the cards by a first page; the grid does not jump when they are the same."""
        if list(cards) == self._cards and total == self._total:
            return
        self.beginResetModel()
        self._cards, self._total, self._asked = list(cards), total, False
        self.endResetModel()

    def add_cards(self, cards: Sequence[LaneCard]) -> None:
        """Add the next page."""
        self._asked = False
        if not cards:
            self._total = len(self._cards)
            return
        self.beginInsertRows(_ROOT, len(self._cards), len(self._cards) + len(cards) - 1)
        self._cards.extend(cards)
        self.endInsertRows()
        if self._total > MOST_COUNTED:  # nobody knows how many more there are
            self._total = max(self._total, len(self._cards) + 1)

    def card(self, row: int) -> LaneCard:
        """Return a card."""
        return self._cards[row]

    @property
    def total(self) -> int:
        return self._total

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._cards) < self._total and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == ROW:
            return self._cards[index.row()]
        if role == DISPLAY:
            return self._cards[index.row()].number
        if role == ACCESSIBLE:
            return self._cards[index.row()].aloud()
        return None


class LaneDelegate(QStyledItemDelegate):
    """Draws a card of a lane."""

    GAP = 7

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        t = theme.current()
        return QSize(160, 18 + t.line_box(14) + t.line_box(14) + 2 * t.line_box(13) + self.GAP - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(ROW)
        if not isinstance(card, LaneCard):
            return
        t = theme.current()
        state = option.state
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -self.GAP - 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        edge: Role = "action" if chosen else "edge" if over else "line"
        painter.setPen(QPen(t.colour(edge), 3 if chosen else 1))
        painter.setBrush(t.colour("surface"))
        if chosen:
            box.adjust(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(box, theme.R_FIELD, theme.R_FIELD)
        left, wide, y = box.left() + 11, box.width() - 22, box.top() + 7
        mark = 20 if card.late else 0
        when_wide = text_width(card.when, 12, 600 if card.late else 400) + 1
        beside = text_width(card.number, 14, 600) + mark + when_wide + 8 <= wide
        paint_line(painter, card.number, QRectF(left, y, wide, 21), 14, 600, t.colour("text"))
        if beside:
            self._paint_when(painter, card, QRectF(left + wide - when_wide, y + 1.5, when_wide, 18))
        y += t.line_box(14)
        # Number and supplier are never cut for the date: it moves to the last line if there is room, or by the product.
        last = not beside and text_width(card.why, 12.5, 600) + mark + when_wide + 8 <= wide
        room = wide if beside or last else wide - when_wide - mark - 8
        paint_line(painter, card.product, QRectF(left, y, room, 20), 14, 400, t.colour("text2"))
        if not beside and not last:
            self._paint_when(painter, card, QRectF(left + wide - when_wide, y + 1.5, when_wide, 18))
        y += t.line_box(14)
        paint_line(painter, card.supplier, QRectF(left, y - 1, wide, 20), 12.5, 400, t.colour("text2"))
        y += t.line_box(13)
        if last:
            self._paint_when(painter, card, QRectF(left + wide - when_wide, y, when_wide, 18))
        plain = card.why_role == "text2"
        paint_line(
            painter,
            card.why,
            QRectF(left, y - 1, wide, 20),
            12.5,
            400 if plain else 600,
            t.colour(card.why_role),
        )
        painter.restore()

    @staticmethod
    def _paint_when(painter: QPainter, card: LaneCard, box: QRectF) -> None:
        t = theme.current()
        if card.late:
            spot = QRectF(box.left() - 20, box.top() + 1, 16, 16)
            shapes.paint(painter, "triangle", spot, t.colour("attention"), t.colour("surface"))
        ink = t.colour("attention" if card.late else "text2")
        paint_line(painter, card.when, box, 12, 600 if card.late else 400, ink)


class LaneList(QListView):
    """The cards of a lane; ``opened`` on a press or Return carries the key."""

    opened = Signal(str)

    def __init__(self, model: LaneModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(LaneDelegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setProperty(NO_RING_PROPERTY, True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        card = index.data(ROW)
        if isinstance(card, LaneCard):
            self.opened.emit(card.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.FocusIn
            and not self.currentIndex().isValid()
            and self.model().rowCount()
        ):
            self.setCurrentIndex(self.model().index(0, 0))
        return super().event(event)
