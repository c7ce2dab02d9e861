# SPDX-License-Identifier: Apache-2.0
"""Charts are described with their limits, their violations by rule, and their words."""

from __future__ import annotations

from qcdesk.i18n import Catalogue
from qcdesk.statistics.capability import Limits, capability
from qcdesk.statistics.histograms import histogram, pareto
from qcdesk.statistics.subgroups import even_subgroups
from qcdesk.statistics.variables_charts import i_mr, xbar_r
from qcdesk.statistics.weighted_charts import cusum
from qcdesk.wording.chart_pictures import (
    OperatingCurve,
    capability_picture,
    control_picture,
    histogram_picture,
    months_picture,
    oc_picture,
    pareto_picture,
    severity_picture,
)

EN = Catalogue()
RISING = [10.0, 10.1, 9.9, 10.05, 9.95, 10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6]


def test_a_control_chart_has_two_panels_and_its_limits() -> None:
    chart = i_mr(RISING)
    picture = control_picture(chart, EN)
    main, beside = picture.panels
    assert {level.text for level in main.levels} == {"upper limit", "centre", "lower limit"}
    assert main.points is not None and beside.points is not None
    assert main.points.y == chart.main.points and beside.points.x[0] == 2
    assert "mean moving range" in picture.note


def test_a_point_names_every_rule_it_breaks_once() -> None:
    chart = i_mr(RISING)
    panel = control_picture(chart, EN).panels[0]
    broken = {v.index for v in chart.main.violations()}
    assert panel.points is not None and {flag.index + 1 for flag in panel.points.flags} == broken
    assert ("", "six in a row rising or falling") in panel.hover(10)


def test_names_of_batches_stand_on_the_axis() -> None:
    picture = control_picture(
        xbar_r(even_subgroups(RISING, 3)), EN, names=["A", "B", "C", "D"], title="Diameter"
    )
    assert picture.title == "Diameter" and picture.panels[0].x.names == ("A", "B", "C", "D")
    assert picture.panels[0].hover(3)[0] == ("Subgroup", "D")


def test_each_side_of_a_cusum_has_its_one_limit() -> None:
    upper, lower = control_picture(cusum(RISING), EN).panels
    assert [level.text for level in upper.levels] == ["centre", "upper limit"]
    assert [level.text for level in lower.levels] == ["centre", "lower limit"]


def test_capability_shows_limits_and_its_interval_beside_the_figure() -> None:
    picture = capability_picture(capability(RISING * 2, Limits(9, 11, 10)), EN, quantity="Diameter, mm")
    assert [one.text for one in picture.panels[0].uprights] == ["Lower limit", "Upper limit", "Target"]
    assert picture.note.startswith("Ppk ") and "between" in picture.note
    assert picture.panels[0].curves


def test_each_reading_stands_below_the_histogram_against_where_normal_ones_would_lie() -> None:
    found = capability(RISING * 2, Limits(9, 11, 10))
    histogram_, plot = capability_picture(found, EN, quantity="Diameter, mm").panels
    assert (plot.x, plot.y.normal) == (histogram_.x, True)
    assert f"p {found.normality.p:.3f}" in plot.title or "below 0.001" in plot.title
    assert plot.points is not None and not plot.points.joined
    assert list(plot.points.x) == sorted(RISING * 2)
    (line,) = plot.curves
    (low, high), sd = line.y, found.overall.sigma
    assert [round(found.mean + sd * y, 9) for y in (low, high)] == [round(x, 9) for x in line.x]
    least = plot.hover(0)
    assert least[0][0] == "Diameter, mm"
    n = len(RISING) * 2
    assert least[1] == ("Normal readings below", f"{100 * (1 - 0.5 ** (1 / n)):.1f}\u00a0%")


def test_the_bar_beyond_a_limit_is_marked_and_a_reading_on_it_is_not_in_it() -> None:
    studied = capability([10.0 + i % 6 / 5 for i in range(60)] + [8.9, 11.4], Limits(9, 11, 10))
    bars = capability_picture(studied, EN).panels[0].bars
    assert bars is not None
    assert sum(bars.heights[i] for i in bars.outside) == 2


def test_a_histogram_stands_without_limits_and_curve() -> None:
    panel = histogram_picture(histogram(RISING), EN).panels[0]
    assert not panel.uprights and not panel.curves and panel.bars is not None
    assert sum(panel.bars.heights) == len(RISING)


def test_pareto_has_one_axis_and_marks_the_few_that_matter() -> None:
    panel = pareto_picture(pareto({"a": 70, "b": 20, "c": 10}), EN).panels[0]
    assert panel.bars is not None and panel.bars.strong == {0, 1}
    assert list(panel.curves[0].y) == [0.7, 0.9, 1.0]


def test_a_pareto_of_the_first_bars_tells_how_many_there_are_in_all() -> None:
    bars = pareto({"a": 70, "b": 20, "c": 10})
    assert pareto_picture(bars, EN).note == "100 defects in all; a unit with several counts under each."
    few = pareto_picture(bars[:2], EN).note
    assert few == "90 of 100 defects are drawn; a unit with several counts under each."


def test_defects_per_100_are_no_percentage() -> None:
    curve = OperatingCurve("plan", [0.0, 1.5], [1.0, 0.1])
    assert oc_picture([curve], EN).panels[0].x.percent
    panel = oc_picture([curve], EN, per_100=True).panels[0]
    assert not panel.x.percent and panel.x.high == 150


def test_a_run_of_severities_is_drawn_in_stretches() -> None:
    panel = severity_picture(["normal"] * 3 + ["tightened"] * 2 + ["normal"], EN).panels[0]
    assert [(s.text, s.first, s.last, s.strong) for s in panel.stages] == [
        ("Normal", 1, 3, False), ("Tightened", 4, 5, True), ("Normal", 6, 6, False),
    ]  # fmt: skip


def test_months_that_were_alike_until_the_last_are_drawn_without_limits() -> None:
    months = [f"2026-0{n}" for n in range(1, 8)]
    drawn = months_picture(
        months, [0.0] * 6 + [3.0], EN, title="Spoken", percent=False, broken="above its usual range"
    )
    assert drawn is not None and drawn.panels[0].points is not None and not drawn.panels[0].levels
    assert [(flag.index, flag.words) for flag in drawn.panels[0].points.flags] == [
        (6, ("above its usual range",))
    ]
    assert months_picture(months, [0.0] * 7, EN, title="Spoken", percent=False, broken="") is None
