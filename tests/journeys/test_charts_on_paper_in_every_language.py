# SPDX-License-Identifier: Apache-2.0
"""What the pages of charts print, in every language and a stretched one: nothing runs off the paper, nothing is cut."""

from __future__ import annotations

import pytest

from qcdesk.gui.screens.explorer.presenter import Origin
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue
from qcdesk.reports import chart_sheets
from qcdesk.services.chart_sheets import ChartSheet
from tests.gui.screens import test_analysis, test_detection, test_explorer, test_second_check
from tests.gui.screens.conftest import Desk
from tests.journeys.test_every_paper_in_every_language import cuts, off_the_edge, said
from tests.workspace import PROCEDURE, House


@pytest.fixture
def desk(house: House) -> Desk:
    """A desk at a house in which something was found."""
    made = Desk(house)
    test_detection.inspected(made)
    return made


def printed(desk: Desk, words: Catalogue) -> dict[str, bytes]:
    """Return what each page of charts prints, made by its presenter in a language."""
    sheets: dict[str, list[ChartSheet]] = {}
    detection = test_detection.Page()
    test_detection.opened(desk, detection, words).print_sheet("people", "2026")
    sheets["detection"] = detection.sheets
    explorer = test_explorer.Page(procedure=PROCEDURE)
    origin = Origin(PROCEDURE, "major")
    test_explorer.explorer(desk, explorer, origin=origin, words=words).print_sheet()
    sheets["explorer"] = explorer.sheets
    second = test_second_check.Page()
    test_second_check.opened(desk, second, words=words).print_sheet()
    sheets["second check"] = second.sheets
    analysis = test_analysis.analysis(words=words)
    for listing in ("broken", "groups"):
        analysis.presenter.print_sheet(listing)
    sheets["analysis"] = analysis.sheets
    capable = test_analysis.analysis(words=words)
    capable.choose(look="limits")
    capable.presenter.print_sheet("figures")
    sheets["capability"] = capable.sheets
    assert all(sheets.values())
    return {
        f"{name} {number}": chart_sheets.render(sheet, "Đại An", "2026-11-23", words, "A4")
        for name, made in sheets.items()
        for number, sheet in enumerate(made)
    }


def test_nothing_of_a_printed_chart_runs_off_its_paper_or_is_cut(desk: Desk) -> None:
    plain = {name: cuts(pdf) for name, pdf in printed(desk, Catalogue()).items()}
    for language in (*LANGUAGES[1:], STRETCHED):
        for name, pdf in printed(desk, said(language)).items():
            assert not list(off_the_edge(pdf)), (language, name)
            assert cuts(pdf) <= plain[name], (language, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printed_chart_says_in_its_language_what_it_is(desk: Desk, language: str) -> None:
    page, words = test_detection.Page(), said(language)
    test_detection.opened(desk, page, words).print_sheet("people", "")
    assert page.sheets[0].title == words.say("What each check finds")
