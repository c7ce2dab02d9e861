# SPDX-License-Identifier: Apache-2.0
"""The certificate of analysis has each result with its limits, and is the batch's certificate in all else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk import config
from qcdesk.i18n import STRETCHED, Catalogue, load
from qcdesk.reports import analyses, pages
from qcdesk.services.fill_analysis import Analysis, LookedFor, MeasuredResult
from qcdesk.services.inspection_report import Gauge, Paper
from qcdesk.statistics.summary import summarise
from tests.reports.test_conformity import certificate

EN = Catalogue()
DIAMETER = tuple(map(Decimal, ("12.01", "12.03", "11.98")))
BORE = MeasuredResult(
    "DIA", "Bore diameter", "major", "mm", Decimal("12.00"), Decimal("11.95"), Decimal("12.05"), "Caliper",
    (Gauge("C-07", certificate().on, None),), summarise(DIAMETER), 0, DIAMETER,
)  # fmt: skip
SCRATCH = LookedFor("SCR", "Scratch", "minor", 125, 2)


def analysis(**changes: object) -> Analysis:
    made = Analysis(certificate(), (BORE,), (SCRATCH,))
    return replace(made, **changes)  # type: ignore[arg-type]


def said(made: Analysis, words: Catalogue = EN, paper: Paper = "A4") -> list[str]:
    return [" ".join(page.split()) for page in pages.text(analyses.render(made, words, paper=paper))]


def all_of(made: Analysis) -> str:
    return " ".join(said(made))


def test_each_measured_result_stands_with_limits_method_number_and_spread() -> None:
    text = all_of(analysis())
    for told in ("Certificate of analysis", "No. 000123", "Bore diameter", "11.95", "12.05", "12.00", "Caliper", "C-07",
                 "3 11.98 12.007 12.03 Conforms", "DIA: 12.01, 12.03, 11.98"):  # fmt: skip
        assert told in text
    assert "Certificate of conformity" not in text


def test_what_was_looked_for_stands_with_what_both_found() -> None:
    text = all_of(analysis())
    assert "Scratch SCR Minor 125 2" in text


def test_a_reading_outside_is_not_said_to_conform() -> None:
    text = all_of(analysis(measured=(replace(BORE, outside=1),)))
    assert "1 outside" in text and "Conforms" not in text


def test_both_inspectors_and_the_proof_stand_on_it_as_on_the_other() -> None:
    text = all_of(analysis())
    for signature in certificate().report.signatures:
        assert signature.name in text
    assert "The code is the releaser's own signature" in text and "Sampling finds faults" in text
    assert "Copy 2" in all_of(analysis(certificate=certificate(copy=2)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", ["en", STRETCHED])
def test_many_results_go_over_pages_with_their_heading_and_the_page_number(
    language: str, paper: Paper
) -> None:
    words = load(language, config.resource("translations"))
    made = analysis(
        measured=tuple(replace(BORE, code=f"D{n}", name=f"Diameter {n} " + "ก" * 40) for n in range(50)),
        looked=tuple(replace(SCRATCH, code=f"S{n}") for n in range(60)),
    )
    text = said(made, words, paper)
    assert len(text) > 3
    measured = [page for page in text if "Diameter" in page]
    assert all(words.say("Method") in page for page in measured)
    for no, page in enumerate(text, 1):
        assert words.say("Page {page} of {pages}", page=no, pages=len(text)) in page


def test_the_same_print_gives_the_same_bytes() -> None:
    assert analyses.render(analysis(), EN) == analyses.render(analysis(), EN)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", ["en", "vi", "zh_CN", "th", STRETCHED])
def test_the_proof_stands_on_a_page_with_whoever_signed(language: str, paper: Paper) -> None:
    words = load(language, config.resource("translations"))
    for results in range(1, 8):
        last = said(analysis(measured=(BORE,) * results), words, paper)[-1]
        assert certificate().report.signatures[-1].name in last


def test_parts_stand_closer_where_all_is_on_one_page_then() -> None:
    chinese = load("zh_CN", config.resource("translations"))
    assert len(said(analysis(), chinese)) == 1 and len(said(analysis(measured=(BORE,) * 9), chinese)) == 2
