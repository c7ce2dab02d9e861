# SPDX-License-Identifier: Apache-2.0
"""The unit in hand and the keys of its defects. A low window has lower keys, down to what a thumb needs, never fewer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.screens.runner.rows import ClassRow, UnitsRow
from qcdesk.gui.widgets.cards import Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.strips import ProgressCells, UnitStrip
from qcdesk.gui.widgets.text import Text, secondary

KEYS_A_ROW = 4
_BESIDE = 2
"""Of so many keys the note of their class stands beside them; of more, above."""
_GAP, _LEAST_GAP = 6, 2
_LARGEST_MM = 30


class DefectKeys(Scroll):
    """The keys by class. Only where not even the least keys have room does it scroll."""

    found = Signal(str)
    more_wanted = Signal(str)

    def __init__(self, metrics: Metrics) -> None:
        self._classes = column(_GAP)
        holder = QWidget()
        holder.setLayout(self._classes)
        super().__init__(holder)
        self._m = metrics
        self._keys: dict[str, FloorKey] = {}
        self._shape: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
        self.rows = 0

    def show_classes(self, classes: Sequence[ClassRow]) -> None:
        """Show the keys. Where only counts changed no key is rebuilt, so none can slip under a thumb."""
        shape = tuple((c.defect_class, c.note, tuple((k.code, k.name) for k in c.keys)) for c in classes)
        if shape != self._shape:
            self._shape = shape
            self._build(classes)
        for each in classes:
            for key in each.keys:
                self._keys[key.code or each.defect_class].set_count(key.count)

    @property
    def least(self) -> int:
        """The height of a key that still takes a thumb and two lines of words."""
        return max(self._m.key_least, FloorKey.height_of(2))

    def beside_keys(self, gap: int) -> int:
        """Return the height of everything that is not a key."""
        heads, between = len(self._shape), self.rows - len(self._shape)
        own = heads * (theme.current().line_box(theme.BODY) + gap)
        return own + max(0, heads - 1) * gap + between * self._m.key_gap

    def fit(self, key_px: int, gap: int) -> None:
        """Give every key the same height."""
        self._classes.setSpacing(gap)
        for key in self._keys.values():
            key.setFixedHeight(key_px)

    def _build(self, classes: Sequence[ClassRow]) -> None:
        emptied(self._classes)
        self._keys.clear()
        self.rows = sum(-(-len(each.keys) // KEYS_A_ROW) for each in classes)
        for each in classes:
            critical = each.defect_class == "critical"
            beside = critical and len(each.keys) <= _BESIDE
            head = row(8)
            add(head, Text(each.name, theme.BODY, 600), None)
            if not beside:
                head.addWidget(secondary(each.note, "text3"))
            self._classes.addLayout(head)
            grid = QGridLayout()
            grid.setSpacing(self._m.key_gap)
            for place, key in enumerate(each.keys):
                made = FloorKey(key.name, self._m, icon=key.icon, kind="critical" if critical else "plain")
                if key.code:
                    made.clicked.connect(lambda _=False, c=key.code: self.found.emit(c))
                else:
                    made.clicked.connect(lambda _=False, c=each.defect_class: self.more_wanted.emit(c))
                self._keys[key.code or each.defect_class] = made
                grid.addWidget(made, place // KEYS_A_ROW, place % KEYS_A_ROW)
            if beside and each.note:
                note = Text(each.note, theme.SECONDARY, 400, "text2", wrap=True, lines=2)
                left = len(each.keys)
                grid.addWidget(note, 0, left, 1, KEYS_A_ROW - left, Qt.AlignmentFlag.AlignVCenter)
            for place in range(KEYS_A_ROW):
                grid.setColumnStretch(place, 1)
            self._classes.addLayout(grid)
        self._classes.addStretch(1)


class UnitPart(QWidget):
    """Which unit, the units around it, and its defects; in a low window all keys are lower alike."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._m = metrics
        self._told_apart = True
        layout = self._rows = column(_GAP)
        self.setLayout(layout)
        title = row(12)
        self._unit = Text("", theme.SUBJECT, 700)
        self._of = Text("", 17, 400, "text2")
        self._done = Text("", theme.BODY, 400, "text2")
        title.addWidget(self._unit)
        title.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        title.addStretch(1)
        title.addWidget(self._done, 0, Qt.AlignmentFlag.AlignBottom)
        self._only = IconLine("", icon="scan-line", size=theme.BODY, weight=600)
        self._only.hide()
        self.cells = ProgressCells()
        self.units = UnitStrip(metrics)
        self.defects = DefectKeys(metrics)
        add(layout, title, self._only, self.cells, self.units)
        layout.addWidget(self.defects, 1)

    def show_units(self, units: UnitsRow) -> None:
        """Show the unit in hand."""
        self._told_apart = True
        self._name(units.title, units.of, units.done)
        self._only.setVisible(units.only is not None)
        self._only.show_line(units.only or "", icon="scan-line")
        self.units.show()
        said = f"{units.title} {units.of}, {units.done}"
        self.cells.show_cells(units.strip, units.here, said)
        self.units.show_units(units.cells, units.here, said)
        self._fit()

    def show_tally(self, title: str, of: str, done: str) -> None:
        """Show that units are not told apart: counts only."""
        self._told_apart = False
        self._name(title, of, done)
        self.units.hide()
        self._fit()

    def show_classes(self, classes: Sequence[ClassRow]) -> None:
        """Show the defects that have a key."""
        self.defects.show_classes(classes)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _name(self, title: str, of: str, done: str) -> None:
        self._unit.setText(title)
        self._of.setText(of)
        self._done.setText(done)

    def _fit(self) -> None:
        """Share the height: units and keys give way alike; where not even the least has room, the cells and gaps go."""
        least, rows = self.defects.least, max(1, self.defects.rows)
        strips = 1 if self._told_apart else 0
        needed = rows * least + strips * self._m.key_least
        cells = self.cells.height() + _GAP if self._told_apart else 0
        gap = _GAP
        if self.height() - self._beside(gap) - cells < needed:
            cells = 0
            gap = _GAP if self.height() - self._beside(gap) >= needed else _LEAST_GAP
        self.cells.setVisible(cells > 0)
        self._rows.setSpacing(gap)
        free = self.height() - self._beside(gap) - cells
        if self._told_apart:
            strip = min(self._m.key, max(self._m.key_least, free // (rows + 1)))
            self.units.setFixedHeight(strip)
            free -= strip
        self.defects.fit(min(self._m.mm(_LARGEST_MM), max(least, free // rows)), gap)

    def _beside(self, gap: int) -> int:
        """Return the height of everything that is neither cell, unit nor key."""
        taken = theme.current().line_box(theme.SUBJECT) + gap + self.defects.beside_keys(gap)
        if not self._only.isHidden():
            taken += self._only.sizeHint().height() + gap
        return taken + (gap if self._told_apart else 0)
