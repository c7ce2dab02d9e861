# SPDX-License-Identifier: Apache-2.0
"""A chart's sheet says everything that the page said, on every paper and in long languages."""

from __future__ import annotations

import pytest

from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.reports import chart_sheets, pages
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.inspection_report import Paper
from qcdesk.wording.chart_pictures import OperatingCurve, oc_picture


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
