# SPDX-License-Identifier: Apache-2.0
"""A chart says its points where one points at them or goes by key, lets them be chosen, and zooms."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_pictures import Axis, Bars, ChartPicture, Curve, Flag, Level, Panel, Points
from qcdesk.wording.chart_pictures import OperatingCurve, oc_picture, severity_picture

COUNT = 60
ROW = Points(
    array("d", range(1, COUNT + 1)),
    array("d", [float(i % 7) for i in range(COUNT)]),
    (Flag(9, ("beyond a limit",)), Flag(40, ("eight beyond one deviation",))),
)
CONTROL = ChartPicture(
    "Means",
    (
        Panel(
            Axis("Subgroup", 0.5, COUNT + 0.5, whole=True),
            Axis("Mean", -1, 8),
            levels=(Level("limit", 6.5, "limit"), Level("limit", -0.5, "limit"), Level("centre", 3.0, "centre")),
            points=ROW,
            band=True,
        ),
        Panel(Axis("Subgroup", 0.5, COUNT + 0.5, whole=True), Axis("Range", -1, 8), points=ROW, share=0.6),
    ),
    "a note",
)  # fmt: skip
BARS = ChartPicture(
    "Causes",
    (
        Panel(
            Axis("Cause", 0.5, 3.5, ("Burr", "Dent", "Scratch")),
            Axis("Share", 0, 1.04, percent=True),
            bars=Bars(array("d", [0.5, 1.5, 2.5, 3.5]), array("d", [0.6, 0.3, 0.1]), frozenset({0})),
            curves=(Curve("together", array("d", [1, 2, 3]), array("d", [0.6, 0.9, 1.0])),),
        ),
    ),
)
CURVES = oc_picture(
    [
        OperatingCurve("125 / 5", [0, 0.02, 0.05, 0.1], [1, 0.96, 0.42, 0.03]),
        OperatingCurve("50 / 2", [0, 0.1], [1, 0.1]),
    ],
    Catalogue(),
)
RUN = severity_picture(["normal", "normal", "tightened", "reduced"], Catalogue())


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(800, 420)
    made.show_picture(CONTROL)
    return made


def hover(view: ChartView, spot: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, spot, view.mapToGlobal(spot), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)


@pytest.mark.parametrize("picture", [CONTROL, BARS, CURVES, RUN, None])
def test_every_kind_of_chart_is_drawn(view: ChartView, picture: ChartPicture | None) -> None:
    view.show_picture(picture)
    image = view.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert (len(colours) > 3) == (picture is not None)
    assert view.accessibleName() == (picture.title if picture else "")


def test_pointing_says_the_point_its_lines_and_what_it_broke(view: ChartView) -> None:
    heard: list[str] = []
    view.told.connect(heard.append)
    hover(view, view.place_of(0, 9) + QPointF(2, 30))
    assert heard == ["Subgroup: 10\nMean: 2\nlimit: 6.5\nlimit: −0.5\ncentre: 3\nbeyond a limit"]
    hover(view, view.place_of(1, 3))
    assert heard[-1] == "Subgroup: 4\nRange: 3"
    hover(view, QPointF(1, 1))
    assert heard[-1] == ""


def test_bars_and_curves_are_pointed_at(view: ChartView) -> None:
    heard: list[str] = []
    view.told.connect(heard.append)
    view.show_picture(BARS)
    hover(view, view.place_of(0, 1) + QPointF(10, 5))
    assert heard[-1] == "Cause: Dent\nShare: 30\u00a0%"
    view.show_picture(CURVES)
    hover(view, view.place_of(0, 2))
    assert heard[-1] == "Bad units in the batch: 5\u00a0%\nPasses: 42\u00a0%"


def test_keys_go_from_point_to_point_and_to_those_that_broke_a_rule(view: ChartView, qtbot: QtBot) -> None:
    heard: list[str] = []
    view.told.connect(lambda words: heard.append(words.split("\n")[0]))
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
    ):
        QTest.keyClick(view, key)
    assert heard == ["Subgroup: 1", "Subgroup: 2", "Subgroup: 10", "Subgroup: 41", "Subgroup: 10"]
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [0, 9]


def test_point_is_chosen_by_a_click(view: ChartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(1, 40).toPoint())
    assert chosen.args == [1, 40]


def test_bars_with_names_are_chosen_and_classes_of_a_histogram_are_not(view: ChartView, qtbot: QtBot) -> None:
    view.show_picture(BARS)
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(0, 1).toPoint())
    assert chosen.args == [0, 1]
    panel = BARS.panels[0]
    view.show_picture(replace(BARS, panels=(replace(panel, x=replace(panel.x, names=())),)))
    with qtbot.assertNotEmitted(view.chosen):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(0, 1).toPoint())


def test_marked_point_comes_into_view_and_stays_ringed_until_another_chart(view: ChartView) -> None:
    plain = view.grab().toImage()
    view.zoom(10, 1.0)
    view.mark(0, 40)
    low, high = view.in_view
    assert low <= 41 <= high
    view.show_all()
    assert view.grab().toImage() != plain
    view.show_picture(CONTROL)
    assert view.grab().toImage() == plain


def test_wheel_enlarges_around_the_pointer(view: ChartView) -> None:
    spot = view.place_of(0, 39)
    wheel = QWheelEvent(
        spot, view.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    low, high = view.in_view
    assert high - low == pytest.approx(COUNT / 1.6)
    assert view.place_of(0, 39).x() == pytest.approx(spot.x(), abs=1)


def test_enlarged_chart_moves_by_drag_and_goes_to_what_is_out_of_view(view: ChartView) -> None:
    view.zoom(4, 10)
    before = view.in_view
    start = view.place_of(0, 9).toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    hover(view, QPointF(start) - QPointF(60, 0))
    assert view.in_view[0] > before[0]
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start - QPoint(60, 0))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    low, high = view.in_view
    assert low <= 41 <= high
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.in_view == (0.5, COUNT + 0.5)


def test_zoom_never_leaves_the_axis(view: ChartView) -> None:
    view.zoom(10, 0)
    view.zoom(0.3, 60)
    low, high = view.in_view
    assert low >= 0.5 and high <= COUNT + 0.5


def test_empty_chart_takes_keys_and_pointer_without_an_answer(view: ChartView, qtbot: QtBot) -> None:
    view.show_picture(None)
    with qtbot.assertNotEmitted(view.told):
        QTest.keyClick(view, Qt.Key.Key_Right)
        hover(view, QPointF(100, 100))
        view.zoom(2)


def test_each_lot_of_a_run_says_its_severity_and_can_be_chosen(qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(500, 220)
    view.show_picture(RUN)
    view.show()
    assert view.words_of((0, 2)) == "Lot: 3\nTightened"
    place = view.place_of(0, 2).toPoint()
    with qtbot.waitSignal(view.chosen, timeout=1000) as asked:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [0, 2]
