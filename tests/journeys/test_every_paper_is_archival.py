# SPDX-License-Identifier: Apache-2.0
"""Every kind of paper is PDF/A-3, level B, as another program reads the standard: bare or with its evidence."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from pikepdf.pdfa import validate_written

from qcdesk.checker import sealing
from qcdesk.i18n import Catalogue, side_by_side
from qcdesk.reports import chart_sheets, labels, slips
from qcdesk.services.inspection_report import Paper
from qcdesk.services.labels import STOCKS
from tests.journeys import test_every_paper_in_every_language as written
from tests.journeys import test_papers_of_actions_in_every_language as on_record
from tests.reports.test_chart_sheets import sheet
from tests.reports.test_labels import HOSTILE, RELEASED
from tests.reports.test_slips import slip
from tests.store.scenes import World


def wrong_with(papers: Mapping[str, bytes]) -> dict[str, list[str]]:
    reports = {name: validate_written(io.BytesIO(pdf), "3b") for name, pdf in papers.items()}
    return {name: [str(one) for one in said.findings] for name, said in reports.items() if not said.passed}


@pytest.mark.parametrize(("first", "second", "paper"), [("en", "vi", "A4"), ("th", "zh_CN", "Letter")])
def test_every_paper_is_what_it_says_of_itself(world: World, first: str, second: str, paper: Paper) -> None:
    words = side_by_side(written.said(first), written.said(second))
    papers = written.papers(words, paper) | on_record.papers(written.said(first), world)
    papers["figures"] = chart_sheets.render(sheet(), "Xưởng", "1 Nov 2026", words, paper)
    for label, stock in ((RELEASED, "roll-60x40"), (HOSTILE, "a4-8")):
        papers[stock] = labels.render(label, words, STOCKS[stock])
    papers["with evidence"] = sealing.sealed(papers["certificate"], b"{}")
    assert wrong_with(papers) == {}


def test_what_is_wrong_is_found() -> None:
    pdf = slips.render(slip(), Catalogue(), "A4")
    assert wrong_with({"font": pdf.replace(b"/FontFile2", b"/FontFileX"), "slip": pdf}).keys() == {"font"}
