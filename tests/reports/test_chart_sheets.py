# SPDX-License-Identifier: Apache-2.0
"""A chart's sheet says everything that the page said, on every paper and in long languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.reports import chart_sheets, pages
from qcdesk.reports.chart_sheets import render
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.figure_rows import FigureRow
from qcdesk.services.inspection_report import Paper
from qcdesk.services.scorecards import causes, scorecard
from qcdesk.wording.chart_pictures import OperatingCurve, oc_picture
from qcdesk.wording.scorecards import sheet_of
from tests.reports.sheets_example import RECORDED


def sheet(times: int = 1) -> ChartSheet:
    return ChartSheet(
        "What does this plan let through?",
        "Nắp hộp · Major",
        ("Look at 125 units of 1800." * times, "A batch with 2.2 % bad units passes."),
        oc_picture([OperatingCurve("125 / 5", [0, 0.02, 0.1], [1, 0.96, 0.02])], Catalogue()),
        ("Plan", "Passes 95 in 100", "Time per check"),
        (("125 / 5 · AQL 1.5", "2.2 %", "2 h 38 min"), ("50 / 2", "1.7 %", "1 h 03 min")),
        ("ISO 2859-1:1999, table 2-A",),
        "Plan",
    )


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_sheet_says_it_all_on_one_page(paper: Paper) -> None:
    pdf = chart_sheets.render(sheet(), "Cơ khí Sông Hồng", "1 Nov 2026", Catalogue("en"), paper)
    assert pages.page_count(pdf) == 1
    said = " ".join(pages.text(pdf)[0].split())
    for words in (
        "Cơ khí Sông Hồng",
        "1 Nov 2026",
        "Nắp hộp",
        "125 units",
        "1 h 03 min",
        "table 2-A",
        "Passes",
    ):
        assert words in said
    assert pdf == chart_sheets.render(sheet(), "Cơ khí Sông Hồng", "1 Nov 2026", Catalogue("en"), paper)


def test_long_words_take_a_second_page_rather_than_run_off() -> None:
    long = sheet(40)
    many = ChartSheet(
        long.title * 9, long.about * 9, long.lines * 9, long.picture, long.headings, long.rows * 9, long.foot * 9, "x"
    )  # fmt: skip
    pdf = chart_sheets.render(many, "Shop " * 60, "1 Nov", Catalogue(STRETCHED), "Letter")
    assert pages.page_count(pdf) > 1
    assert "1 h 03 min" in pages.text(pdf)[-1]


ENGLISH = Catalogue()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(
    "urgent", ["", "CA-2: the promise “No dents on any housing cover” is broken. 3 of 60 units in L-1."]
)
@pytest.mark.parametrize("months", [1, 9, 12])
def test_everything_that_may_be_recorded_goes_on_one_page(paper: Paper, urgent: str, months: int) -> None:
    rows = [
        FigureRow(f"2025-{month:02}", name, "", amount + month % 2)
        for month in range(1, months + 1)
        for name, amount in RECORDED.items()
    ]
    rows += [
        FigureRow(row.month, "found.major", f"C{no}", 1 + no % 4) for row in rows[::17] for no in range(14)
    ]
    card, name = (
        scorecard(rows),
        "Exporters of housing covers and bolts (Aegean) and of whatever else is asked for",
    )
    sheet = sheet_of(card, causes(rows, card.months), {}, "ACME", name, ENGLISH, urgent)
    assert sheet is not None
    assert len(PdfDocument(render(sheet, "Shop", "2026-03-02", ENGLISH, paper))) == 1


def test_a_sheet_of_many_pages_is_numbered_and_repeats_its_heading() -> None:
    one = sheet()
    pdf = chart_sheets.render(replace(one, rows=one.rows * 500, small=()), "Xưởng", "1 March", ENGLISH, "A4")
    found = pages.text(pdf)
    assert len(found) > 9
    for place, said in enumerate(found, 1):
        assert f"Page {place} of {len(found)}" in said
        assert place in (1, len(found)) or one.headings[0] in said
