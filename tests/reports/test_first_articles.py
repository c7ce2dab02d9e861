# SPDX-License-Identifier: Apache-2.0
"""The first-article report prints what is on record of a unit, and leaves lines for all the rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk import config
from qcdesk.i18n import STRETCHED, Catalogue, load
from qcdesk.reports import first_articles, pages
from qcdesk.services.fill_first_article import ArticleCharacteristic, FirstArticle
from qcdesk.services.inspection_report import Paper
from tests.reports.reports_example import example

EN = Catalogue()
HEAD = (421, "ab" * 32)
BORE = ArticleCharacteristic(
    "DIA", "Bore diameter", "major", "mm", Decimal("12.00"), Decimal("11.95"), Decimal("12.05"),
    (Decimal("12.01"), Decimal("12.02")), True, ("C-07",),
)  # fmt: skip
FACE = ArticleCharacteristic("FAC", "Sealing face", "critical", "", None, None, None, (), False, (), (7,))


def article(**changes: object) -> FirstArticle:
    made = FirstArticle(replace(example(), state="released"), 1, 412, (BORE, FACE), (), 123, True)
    return replace(made, **changes)  # type: ignore[arg-type]


def said(one: FirstArticle, words: Catalogue = EN, paper: Paper = "A4") -> list[str]:
    pdf = first_articles.render(one, "QK7M", HEAD, words, paper)
    return [" ".join(page.split()) for page in pages.text(pdf)]


def test_what_is_on_record_stands_in_its_field() -> None:
    text = " ".join(said(article()))
    for told in ("Part number PH-204", "Part revision C", "PO-5521", "000123", "Unit 412 of batch DA-2611-0418",
                 "1 Bore diameter", "11.95 – 12.05 mm, nominal 12.00", "12.01 · 12.02", "Conforms", "C-07",
                 "2 Sealing face", "Critical", "Does not conform", "NC-7"):  # fmt: skip
        assert told in text, told
    for signature in example().signatures:
        assert signature.name in text


def test_what_nobody_recorded_is_a_line_and_no_word() -> None:
    known, unknown = article(), article(certificate=None, characteristics=())
    assert "000123" not in " ".join(said(unknown))
    for label in ("Serial number", "Drawing number", "Functional test", "Approved by the customer"):
        assert label in " ".join(said(known))
    empty = replace(unknown.report, batch=replace(unknown.report.batch, order=""))
    assert "Order Inspected by procedure" in " ".join(said(replace(unknown, report=empty)))


def test_a_characteristic_that_was_not_looked_at_is_not_said_to_conform() -> None:
    text = " ".join(said(article(characteristics=(replace(BORE, results=(), conforms=None, tools=()),))))
    assert "Bore diameter" in text and "Conforms" not in text and "Does not conform" not in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", [STRETCHED, "zh_CN"])
def test_many_characteristics_go_over_pages_with_their_heading(language: str, paper: Paper) -> None:
    words = load(language, config.resource("translations"))
    many = tuple(replace(BORE, code=f"D{n}", name=f"Ø {n} " + "ภาษาไทย" * 12) for n in range(60))
    text = said(article(characteristics=many), words, paper)
    rows = [page for page in text if "ภาษาไทย" in page]
    assert len(rows) > 2 and all(words.say("Tooling") in page for page in rows)


def test_the_same_records_give_the_same_bytes() -> None:
    one = first_articles.render(article(), "QK7M", HEAD, EN)
    assert one == first_articles.render(article(), "QK7M", HEAD, EN)
