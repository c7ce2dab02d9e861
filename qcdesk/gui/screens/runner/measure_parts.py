# SPDX-License-Identifier: Apache-2.0
"""What is measured on the unit in hand: the reading, where it lies, and the keypad that takes the pictures' place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.screens.runner.rows import MeasureRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Tall, add, column, row
from qcdesk.gui.widgets.charts import LimitsBar, RunChart
from qcdesk.gui.widgets.keys import FloorKey, Keypad
from qcdesk.gui.widgets.notices import EmptyState, TroublePanel
from qcdesk.gui.widgets.reading import ReadingField
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

_BAR_PX = 12
_LOW_READING = 58
_LEAST_CHART, _USUAL_CHART, _LARGEST_CHART = 64, 92, 152


class RunPart(QWidget):
    """The last readings; in a low window they give way before any key does."""

    def __init__(self) -> None:
        super().__init__()
        layout = column(6)
        self.setLayout(layout)
        self._words, self._chart = secondary(), RunChart()
        self._chart.setMinimumHeight(_LEAST_CHART)
        add(layout, self._words, self._chart)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(self._with(_LARGEST_CHART))

    def show_run(self, measure: MeasureRow) -> None:
        """Show readings, oldest first."""
        self._words.setText(measure.run_words)
        self._chart.show_run(measure.run, measure.limits, measure.run_words)

    def sizeHint(self) -> QSize:
        return QSize(280, self._with(_USUAL_CHART))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _with(self, chart: int) -> int:
        return theme.current().line_box(theme.SECONDARY) + 6 + chart

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self.height() >= self._with(_LEAST_CHART)
        self._words.setVisible(whole)
        self._chart.setVisible(whole)


class MeasurePart(Card):
    """The characteristic to be measured now. ``measured`` carries it with the reading as typed."""

    measured = Signal(str, str)
    kept = Signal(str)
    measured_again = Signal(str)
    instrument_wanted = Signal()

    def __init__(self, words: Catalogue, metrics: Metrics) -> None:
        super().__init__(padding=14)
        say = words.say
        self.characteristic = ""
        self.setFixedWidth(308)
        margins = self.body.contentsMargins()
        self.body.setContentsMargins(margins.left(), margins.top(), 14 - _BAR_PX, margins.bottom())
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages)
        nothing = EmptyState(say("Nothing to measure on this unit"), icon="ruler")
        nothing.setContentsMargins(0, 0, _BAR_PX, 0)
        self._pages.addWidget(nothing)
        page = QWidget()
        layout = column(6, (0, 0, _BAR_PX, 0))
        page.setLayout(layout)
        self._name = Text("", theme.CARD, 600)
        self._progress = secondary()
        self._limits = Text("", theme.SECONDARY, 600)
        self.reading = ReadingField(say("Reading"))
        self.reading.setMinimumHeight(_LOW_READING)
        self.reading.entered.connect(self._entered)
        self.reading.edited.connect(self._edited)
        self._verdict = Text("", theme.BODY - 1, 500, "text2")
        self.bar, self._run = LimitsBar(), RunPart()
        self._warning = TroublePanel()
        self._warning.way.set_role("attention")
        self._warning.hide()
        self.instrument = Button("", "text", icon="radio", height=34, size=14, flush=True)
        self.instrument.clicked.connect(self.instrument_wanted)
        self.type_it = FloorKey(say("Type it"), metrics, icon="keyboard", centred=True, yields=True)
        self.type_it.clicked.connect(lambda: self.show_keypad(True))
        self.keep = FloorKey(say("Keep it"), metrics, centred=True, yields=True)
        self.again = FloorKey(say("Measure again"), metrics, centred=True, yields=True)
        self.keep.clicked.connect(lambda: self.kept.emit(self.characteristic))
        self.again.clicked.connect(lambda: self.measured_again.emit(self.characteristic))
        line = row(8)
        add(line, self._progress, None, self._limits)
        self._plot = QWidget()
        plot = column(5)
        self._plot.setLayout(plot)
        add(plot, self._verdict, self.bar, self._run, self._warning)
        plot.addStretch(0)
        keys = row(metrics.key_gap)
        add(plot, self.instrument, keys)
        add(keys, self.type_it, self.keep, self.again)
        self._pad = QWidget()
        pad = column(8)
        self._pad.setLayout(pad)
        self.keypad = Keypad(metrics, say("Delete digit"), decimal=".", yields=True)
        self.keypad.typed.connect(self.reading.type_sign)
        self.keypad.erased.connect(self.reading.erase)
        self.take = FloorKey(say("Take this reading"), metrics, kind="main", icon="check", yields=True)
        self.take.clicked.connect(self.reading.enter)
        add(pad, None, self.keypad, self.take)
        add(layout, self._name, line, self.reading)
        for part in (self._plot, self._pad):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            layout.addWidget(part)
        self._pad.hide()
        self.keep.hide()
        self.again.hide()
        self._pages.addWidget(Tall(page))

    def show_measure(self, measure: MeasureRow | None) -> None:
        """Show what is measured now; None: nothing on this unit."""
        self._pages.setCurrentIndex(0 if measure is None else 1)
        if measure is None:
            self.characteristic = ""
            return
        self.characteristic = measure.characteristic
        self._name.setText(measure.name)
        self._progress.setText(measure.progress)
        self._limits.setText(measure.limits_words)
        self.reading.set_unit(measure.unit)
        self.reading.show_reading(measure.typed, measure.verdict)
        out = measure.verdict == "outside"
        self._verdict.setText(measure.verdict_words)
        self._verdict.set_role("reject" if out else "text2")
        value = measure.run[-1] if measure.run and measure.verdict else None
        self.bar.show_reading(measure.limits, value, f"{measure.limits_words} {measure.verdict_words}")
        self._run.show_run(measure)
        self._warning.setVisible(bool(measure.warning))
        self._warning.show_words("", measure.warning)
        self.instrument.setText(measure.instrument)
        self.instrument.setVisible(bool(measure.instrument))
        self.keep.setVisible(out)
        self.again.setVisible(out)
        self.type_it.setVisible(not out)
        self.show_keypad(False)

    def show_keypad(self, shown: bool) -> None:
        """Put the keypad where the pictures are, or take it away."""
        self._pad.setVisible(shown)
        self._plot.setVisible(not shown)
        if shown:
            self.reading.clear()
            self.reading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self, typed: str) -> None:
        self.measured.emit(self.characteristic, typed)

    def _edited(self, _typed: str) -> None:
        if not self._pad.isVisible() and self.reading.hasFocus():
            self._verdict.setText("")
