# SPDX-License-Identifier: Apache-2.0
"""What a second check buys, drawn: each way has its place from the start, each share its interval."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import SECOND_CHECKS, Imagined, Simulated
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_layout import lay_out
from qcdesk.services.drawing_primitives import Line, Text
from qcdesk.statistics.misses import Share
from qcdesk.wording.second_check_pictures import percent, shares_picture, ways_picture

EN = Catalogue()
SINGLE = Simulated(
    Imagined(100, 0.04, 0.8, 0.75, "single", ClassRule("major", "aql", Decimal("1.0"))),
    Share.of(37, 100),
    0,
    8_000,
    5,
)


def test_ways_stand_side_by_side_with_their_intervals_and_their_cost() -> None:
    picture = ways_picture(SECOND_CHECKS, {"single": SINGLE}, EN)
    ships, cost = picture.panels
    assert len(ships.x.names) == 5
    assert ships.bars is not None and list(ships.bars.heights) == [0, 0.37, 0, 0, 0]
    (span,) = ships.spans
    assert (span.x, span.low, span.high) == (2, SINGLE.shipped.low, SINGLE.shipped.high)
    assert ships.hover(1)[-1][0] == "95 % interval"
    assert cost.bars is not None and list(cost.bars.heights) == [0, 40, 0, 0, 0]
    assert cost.bars.texts[1] == "80 units"
    quick = replace(SINGLE, of=replace(SINGLE.of, seconds_per_unit=0.02))
    assert ways_picture(SECOND_CHECKS, {"single": quick}, EN).panels[1].y.high < 0.1
    drawn = lay_out(picture, 600, 300, lambda text, size, weight: len(text) * size / 2).drawing.items
    assert any(isinstance(one, Text) and one.text == "37\u00a0%" for one in drawn)
    uprights = [one for one in drawn if isinstance(one, Line) and one.start[0] == one.end[0]]
    assert len(uprights) == 1


def test_curves_go_through_what_was_played_each_point_with_its_interval() -> None:
    points = [replace(SINGLE, of=replace(SINGLE.of, bad_rate=rate)) for rate in (0.08, 0.02)]
    (panel,) = shares_picture(("single", "blind"), {"single": points}, EN).panels
    (curve,) = panel.curves
    assert list(curve.x) == [0.02, 0.08]
    assert curve.dotted and len(panel.spans) == 2
    assert shares_picture(("single",), {}, EN).panels[0].curves == ()


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, "100"), (0.123, "12"), (0.0345, "3.5"), (0.0002, "0.02"), (0, "0")]
)
def test_share_beside_its_bar_has_the_digits_that_count(share: float, said: str) -> None:
    assert percent(share, Catalogue()) == f"{said}\u00a0%"
