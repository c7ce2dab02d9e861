# SPDX-License-Identifier: Apache-2.0
"""A report's charts say what its tables say: readings against limits as written, faults by how often, severities."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from qcdesk.domain.severity_runs import SeverityRun
from qcdesk.i18n import Catalogue
from qcdesk.services.inspection_report import DecidedClaim, Decision, DefectLine, Reading
from qcdesk.wording.report_pictures import MOST_BESIDE, found_picture, readings_picture, severity_pictures
from tests.reports.reports_example import example, measured

EN = Catalogue()
LINE = replace(measured("Bore", "7.950", "8.05", "8.00", 2, outside=1), code="BOR")


def defects(*found: tuple[str, str, int], **changes: object) -> tuple[DefectLine, ...]:
    return tuple(
        DefectLine("major", code, code.title(), who, unit, **changes)  # type: ignore[arg-type]
        for code, who, unit in found
    )


def test_limits_stand_with_the_digits_of_the_procedure_and_outside_readings_are_flagged_in_both_checks() -> (
    None
):
    picture = readings_picture(LINE, EN)
    assert picture is not None
    (panel,) = picture.panels
    assert panel.points is not None and panel.again is not None
    assert [level.said for level in panel.levels] == ["8.05", "8.00", "7.950"]
    assert [flag.index for flag in (*panel.points.flags, *panel.again.flags)] == [6, 6]
    said = dict(panel.hover(6))
    assert (said["First check"], said["Second check"], said[""]) == ("8.0625", "8.0625", "outside the limits")


def test_before_the_second_signature_only_the_first_check_is_drawn_and_named() -> None:
    alone = replace(LINE, readings=tuple(r for r in LINE.readings if r.check == "first"))
    picture = readings_picture(alone, EN)
    assert picture is not None and picture.panels[0].again is None
    assert [panel.title for panel in picture.panels] == ["First check"]


def test_a_large_sample_has_a_panel_for_each_check_and_nothing_measured_has_none() -> None:
    many = tuple(
        Reading(u, Decimal(8), c, True) for c in ("first", "second") for u in range(1, MOST_BESIDE + 2)
    )
    picture = readings_picture(replace(LINE, readings=many), EN)
    assert picture is not None
    assert [panel.title for panel in picture.panels] == ["First check", "Second check"]
    assert readings_picture(replace(LINE, readings=()), EN) is None


def test_faults_are_counted_once_a_unit_with_readings_outside_and_without_what_does_not_count() -> None:
    found = defects(("DENT", "first", 3), ("DENT", "second", 3), ("DENT", "both", 4), ("BURR", "first", 5))
    gone = defects(("RUST", "first", 9), withdrawn=True)
    claim = DecidedClaim(5, "BURR", "Burr", "major", "first", holds=False)
    report = example(photos=False, defects=(*found, *gone), measured=(LINE,))
    picture = found_picture(report, EN)
    assert picture is not None and picture.panels[0].bars is not None
    assert picture.panels[0].x.names == ("Dent", "Bore", "Burr")
    assert picture.panels[0].bars.texts == ("2", "1", "1")
    settled = found_picture(replace(report, decision=Decision("accepted", (claim,), "C")), EN)
    assert settled is not None and settled.panels[0].x.names == ("Dent", "Bore")


def test_of_a_tally_that_both_counted_the_greater_count_stands() -> None:
    heap = tuple(
        DefectLine("minor", code, code, who, None, count)  # type: ignore[arg-type]
        for code, who, count in (("A", "first", 7), ("A", "second", 9), ("B", "second", 1))
    )
    picture = found_picture(example(tally=True, measured=(), defects=heap), EN)
    assert picture is not None and picture.panels[0].bars is not None
    assert picture.panels[0].bars.texts == ("9", "1")


def test_figures_of_a_reports_charts_are_spelled_as_its_tables_spell_them_in_every_language() -> None:
    heap = tuple(
        DefectLine("major", code, code.title(), "first", None, count)
        for code, count in (("scr", 1234), ("dnt", 2))
    )
    report = example(tally=True, measured=(), defects=heap)
    for words in (EN, Catalogue("vi")):
        picture = found_picture(report, words)
        assert picture is not None
        (panel,) = picture.panels
        assert panel.bars is not None and panel.bars.texts == ("1\u202f234", "2") and not panel.y.comma


def test_many_kinds_of_fault_end_in_one_bar_for_the_others() -> None:
    found = defects(*((f"K{k}", "both", u) for k in range(14) for u in range(1, 16 - k)))
    picture = found_picture(example(photos=False, measured=(), defects=found), EN)
    assert picture is not None
    assert (len(picture.panels[0].x.names), picture.panels[0].x.names[-1]) == (10, "5 others")
    assert picture.panels[0].curves[0].y[-1] == 1.0


def test_one_kind_of_fault_or_one_of_each_has_no_order_to_show() -> None:
    one = defects(("DENT", "both", 1), ("DENT", "both", 2))
    each = defects(("DENT", "both", 1), ("BURR", "both", 2))
    for found in (one, each):
        assert found_picture(example(photos=False, measured=(), defects=found), EN) is None


def test_a_run_of_severities_ends_with_this_batch() -> None:
    plan = replace(example().plan, runs=(SeverityRun("minor", ("normal", "tightened"), ("L-1", "L-2")),))
    (picture,) = severity_pictures(example(photos=False, plan=plan), EN)
    assert picture.title == "Minor" and picture.panels[0].x.names == ("L-1", "L-2")
    assert [stage.text for stage in picture.panels[0].stages] == ["Normal", "Tightened"]
