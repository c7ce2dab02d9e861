# SPDX-License-Identifier: Apache-2.0
"""Whatever is charted stays on its field, points map back to their figures, and long rows are thinned."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.services.chart_layout import lay_out
from qcdesk.services.chart_pictures import Axis, ChartPicture, Panel, Points
from qcdesk.services.drawing_primitives import Circle, Line, Polyline, Primitive, Rect, Text
from qcdesk.statistics.attributes_charts import p_chart
from qcdesk.statistics.capability import Limits, capability
from qcdesk.statistics.histograms import pareto
from qcdesk.statistics.subgroups import even_subgroups
from qcdesk.statistics.variables_charts import i_mr, xbar_r
from qcdesk.statistics.weighted_charts import cusum, ewma
from qcdesk.wording.chart_pictures import (
    OperatingCurve,
    capability_picture,
    control_picture,
    oc_picture,
    pareto_picture,
    severity_picture,
)

READINGS = [float(v) for v in np.random.default_rng(2).normal(10, 1, 60)]


def measure(text: str, size: float, weight: int) -> float:
    return 0.56 * size * len(text)


def pictures(words: Catalogue) -> Iterator[ChartPicture]:
    yield control_picture(xbar_r(even_subgroups([*READINGS, 30.0, 9, 9, 9], 4)), words)
    yield control_picture(i_mr(READINGS), words, names=[f"B-{i}" for i in range(60)])
    yield control_picture(ewma(READINGS), words)
    yield control_picture(cusum(READINGS), words)
    yield control_picture(p_chart([3, 5, 2, 9, 4], [50.0, 60, 70, 40, 50]), words)
    yield capability_picture(capability(READINGS, Limits(6, 14, 10)), words)
    yield pareto_picture(pareto({"scratch on the upper cover": 9, "dent": 4, "burr": 1}), words)
    yield oc_picture([OperatingCurve(str(c), [0, 0.1, 0.2], [1, 0.5 - c / 9, 0.1]) for c in range(4)], words)
    yield severity_picture(["normal", "tightened", "tightened", "discontinued", "reduced"], words)


def reaches(item: Primitive) -> tuple[float, float, float, float]:
    """Return left, right, top and bottom of what is drawn."""
    if isinstance(item, Text):
        wide = measure(item.text, item.size, item.weight)
        left = item.at[0] - {"start": 0, "middle": wide / 2, "end": wide}[item.anchor]
        return left, left + wide, item.at[1] - item.size, item.at[1] + item.size * 0.3
    if isinstance(item, Rect):
        return item.x, item.x + item.width, item.y, item.y + item.height
    if isinstance(item, Circle):
        (x, y), r = item.centre, item.radius
        return x - r, x + r, y - r, y + r
    points = (item.start, item.end) if isinstance(item, Line) else item.points
    return (
        min(x for x, _ in points),
        max(x for x, _ in points),
        min(y for _, y in points),
        max(y for _, y in points),
    )


@pytest.mark.parametrize("language", ["en", STRETCHED])
@pytest.mark.parametrize(("width", "height"), [(510, 285), (900, 420)])
def test_everything_stays_on_its_field(language: str, width: float, height: float) -> None:
    for picture in pictures(Catalogue(language)):
        for item in lay_out(picture, width, height, measure).drawing.items:
            left, right, top, bottom = reaches(item)
            if not (isinstance(item, Text) and item.text in (picture.title, picture.note)):
                assert left >= -9 and right <= width + 9, (picture.title, item)
            assert top >= -1 and bottom <= height + 1, (picture.title, item)


def test_a_point_that_broke_a_rule_has_another_colour_and_shape() -> None:
    chart = i_mr([10.0, 10.1, 9.9, 10.05, 9.95, 10.0, 10.1, 9.9, 10.0, 14.0])
    items = lay_out(control_picture(chart, Catalogue()), 500, 280, measure).drawing.items
    coloured = [
        i for i in items if getattr(i, "fill", None) == "reject" or getattr(i, "stroke", None) == "reject"
    ]
    assert coloured and all(isinstance(i, Polyline) and i.closed for i in coloured)
    quiet = lay_out(control_picture(i_mr(READINGS[:9]), Catalogue()), 500, 280, measure).drawing.items
    assert not [i for i in quiet if getattr(i, "fill", None) == "reject"]


@pytest.mark.parametrize("height", [90, 120, 285])
def test_the_line_of_a_pareto_crosses_no_count(height: float) -> None:
    causes = pareto({f"C{n}": 36 - 9 * (n // 4) for n in range(11)})
    items = lay_out(pareto_picture(causes, Catalogue()), 510, height, measure).drawing.items
    (line,) = (i for i in items if isinstance(i, Polyline))
    counts = [i for i in items if isinstance(i, Text) and i.text in ("36", "27", "18")]
    assert len(counts) == 11
    for count in counts:
        (x, foot), right = count.at, count.at[0] + measure(count.text, count.size, 400)
        across, up = ([point[axis] for point in line.points] for axis in (0, 1))
        heights = np.interp(np.linspace(x, right, 9), across, up, left=-99, right=-99)
        assert not any(foot - 0.6 * count.size < y < foot for y in heights), count


@pytest.mark.parametrize(
    ("height", "shares"),
    [(150, ["1", "5", "25", "50", "75", "95", "99"]), (140, ["1", "10", "50", "90", "99"]),
     (100, ["1", "50", "99"]), (90, ["50"])],
)  # fmt: skip
def test_readings_by_size_are_apart_against_as_many_shares_as_have_room(
    height: float, shares: list[str]
) -> None:
    picture = capability_picture(capability(READINGS, Limits(6, 14, 10)), Catalogue())
    drawing = lay_out(replace(picture, panels=picture.panels[1:]), 510, height, measure).drawing
    assert len([i for i in drawing.items if isinstance(i, Circle)]) == len(READINGS)
    (line,) = (i for i in drawing.items if isinstance(i, Polyline))
    assert len(line.points) == 2, "readings are not joined"
    told = [i.text.removesuffix("\u00a0%") for i in drawing.items if isinstance(i, Text) and "%" in i.text]
    assert told == shares


def test_what_stands_below_takes_a_second_line_before_it_is_cut() -> None:
    picture = pareto_picture(pareto({"dent": 4, "burr": 1}), Catalogue())
    note = " ".join(["5 defects in all; a unit with several counts under each."] * 2)
    items = lay_out(replace(picture, note=note), 300, 200, measure).drawing.items
    first, second = sorted((i for i in items if isinstance(i, Text) and i.text in note and len(i.text) > 40),
                           key=lambda i: i.at[1])  # fmt: skip
    assert f"{first.text} {second.text}" == note
    assert first.at[1] + first.size <= second.at[1] + second.size * 0.3 < 200


def test_limits_carry_their_number_at_the_end() -> None:
    chart = i_mr(READINGS)
    picture = control_picture(chart, Catalogue())
    laid = lay_out(picture, 500, 280, measure)
    texts = [i for i in laid.drawing.items if isinstance(i, Text) and i.text.startswith("upper limit")]
    apart = (picture.panels[0].y.high - picture.panels[0].y.low) / 200
    assert float(texts[0].text.removeprefix("upper limit ")) == pytest.approx(chart.main.ucl[0], abs=apart)
    assert texts[0].at[0] > laid.places[0].x + laid.places[0].width


def test_a_long_row_is_thinned_but_keeps_its_peak() -> None:
    y = array("d", [0.0]) * 200_000
    y[123_456] = 9.0
    panel = Panel(Axis("", 0.5, 200_000.5), Axis("", -1, 10), points=Points(array("d", range(1, 200_001)), y))
    laid = lay_out(ChartPicture("", (panel,)), 500, 200, measure)
    line = max((i for i in laid.drawing.items if isinstance(i, Polyline)), key=lambda i: len(i.points))
    assert len(line.points) < 2_000
    assert min(p[1] for p in line.points) == pytest.approx(laid.places[0].at(1, 9.0)[1])


def test_zooming_in_shows_only_that_stretch() -> None:
    picture = control_picture(i_mr(READINGS), Catalogue())
    near = ChartPicture(picture.title, picture.panels, picture.note, zoom=(10.0, 20.0))
    place = lay_out(near, 500, 280, measure).places[0]
    assert (place.low_x, place.high_x) == (10.0, 20.0)


def test_a_limit_out_of_view_has_neither_line_nor_words() -> None:
    whole = capability_picture(capability(READINGS, Limits(6, 14, 10)), Catalogue())
    near = ChartPicture(whole.title, whole.panels, whole.note, zoom=(9.0, 11.0))
    laid = lay_out(near, 500, 280, measure)
    said = [i.text for i in laid.drawing.items if isinstance(i, Text) and "imit" in i.text]
    assert said == [] and any(isinstance(i, Text) and i.text.startswith("Target") for i in laid.drawing.items)
    place = laid.places[0]
    uprights = [i for i in laid.drawing.items if isinstance(i, Line) and i.start[1] == place.y]
    assert [i.start[0] for i in uprights] == [pytest.approx(place.at(10, 0)[0])]
