# SPDX-License-Identifier: Apache-2.0
"""Curves say their points where one hovers or goes by key; words beside them cover nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcdesk.gui.widgets.curve_parts import Axis, Curve, CurveParts, Mark
from qcdesk.gui.widgets.curve_view import CurveView

CURVE = Curve(
    tuple((x / 2, 100 - x / 2) for x in range(201)), told=tuple(f"at {x / 2:g}" for x in range(201))
)
PARTS = CurveParts(
    Axis(0, 100, ((0, "0"), (50, "50"), (100, "100"))),
    Axis(0, 106, ((0, "0"), (100, "100"))),
    (CURVE,),
    (
        Mark(10, 90, "ten", title="point ten", note="and what it means", guides=True),
        Mark(15, 85, "fifteen", "open_diamond", "attention", 8, "point fifteen", "nearby", span=(12, 19)),
        Mark(60, 40, "sixty", title="point sixty", note="far away"),
    ),
    "a falling line",
)


@pytest.fixture
def view(qtbot: QtBot) -> CurveView:
    made = CurveView("Curve")
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show_curves(PARTS)
    return made


def hover(view: CurveView, spot: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, spot, view.mapToGlobal(spot), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)


def test_all_of_it_is_told_to_who_does_not_see_it(view: CurveView) -> None:
    assert view.accessibleDescription() == "a falling line"


def test_keys_go_from_point_to_point(view: CurveView) -> None:
    heard: list[str] = []
    view.told.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
    assert heard == ["ten", "fifteen", "sixty", "fifteen"]
    assert view.accessibleDescription() == "fifteen"


def test_hovering_says_the_nearest_point_or_the_value_of_the_curve(view: CurveView) -> None:
    heard: list[str] = []
    view.told.connect(heard.append)
    hover(view, view.place(60, 40) + QPointF(4, 3))
    hover(view, view.place(45, 95))
    view.leaveEvent(QEvent(QEvent.Type.Leave))
    assert heard == ["sixty", "at 45", ""]


def test_words_cover_neither_the_curve_nor_each_other(view: CurveView) -> None:
    boxes = [box for _, box in view.words_beside()]
    assert len(boxes) == 3
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert all(box.bottom() < view.top_of(CURVE, box.left(), box.right()) for box in boxes)


def test_words_go_without_their_notes_where_room_is_short(view: CurveView) -> None:
    found = []
    for high in range(400, 130, -5):
        view.resize(620, high)
        found.append([bool(mark.note) for mark, _ in view.words_beside()])
    assert found[0] == [True, True, True]
    assert [False, False, False] in found


@pytest.mark.parametrize("parts", [PARTS, None])
def test_curves_are_drawn(view: CurveView, parts: CurveParts | None) -> None:
    view.show_curves(parts)
    image = view.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert (len(colours) > 3) == (parts is not None)
