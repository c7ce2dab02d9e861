# SPDX-License-Identifier: Apache-2.0
"""Every paper stands in every language and in a longer one: nothing runs off it and no label is cut for its length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from qcdesk import config
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, load, side_by_side
from qcdesk.reports import (
    analyses,
    chart_sheets,
    conformity,
    first_articles,
    inspection,
    instructions,
    labels,
    slips,
    stickers,
)
from qcdesk.services.inspection_report import Paper
from qcdesk.services.labels import STOCKS
from tests.domain.cases import opened
from tests.reports.reports_example import disagreed, example
from tests.reports.sheets_example import sheets
from tests.reports.test_analyses import analysis
from tests.reports.test_conformity import certificate
from tests.reports.test_first_articles import article
from tests.reports.test_instructions import PICTURES, made
from tests.reports.test_labels import CONCEDED, HELD, RELEASED
from tests.reports.test_slips import slip

EDGE_PT = 17  # 6 mm, which every printer reaches


LABELS = (
    RELEASED,
    HELD,
    CONCEDED,
    replace(RELEASED, kind="quarantine", state="accepted"),
    replace(RELEASED, kind="sample"),
)
PAIRS: tuple[tuple[str, str, Paper], ...] = (
    ("en", "vi", "A4"),
    ("vi", "th", "Letter"),
    ("th", "zh_CN", "A4"),
    ("zh_CN", "en", "Letter"),
    ("vi", STRETCHED, "A4"),
    (STRETCHED, "th", "Letter"),
)


def papers(words: Catalogue, paper: Paper = "A4") -> dict[str, bytes]:
    return {
        "inspection": inspection.render(example(), words, paper=paper),
        "disagreement": inspection.render(disagreed(), words, paper=paper),
        "certificate": conformity.render(certificate(), words, paper=paper),
        "slip": slips.render(slip(), words, paper),
        "stickers": stickers.render(opened(), words, paper, range(1, 4)),
        "analysis": analyses.render(analysis(), words, paper=paper),
        "first article": first_articles.render(article(), "QK7M", (421, "ab" * 32), words, paper),
        "instruction": instructions.render(made(), "QK7M", (421, "ab" * 32), PICTURES.get, words, paper),
        **{
            name: chart_sheets.render(sheet, "Đại An", "2026-11-23", words, paper)
            for name, sheet in sheets(words).items()
        },
        **{
            f"label {label.kind}, {label.state} on {stock}": labels.render(label, words, kind)
            for label in LABELS
            for stock, kind in STOCKS.items()
        },
    }


def said(language: str) -> Catalogue:
    return load(language, config.resource("translations"))


def pages_of(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    yield from document


def cuts(pdf: bytes) -> int:
    """Return how many texts end in an ellipsis; a digest that is told by its beginning has a bracket after it."""
    texts = [page.get_textpage().get_text_bounded() for page in pages_of(pdf)]
    return sum(text.count("…") - text.count("…)") - text.count("…）") for text in texts)


@cache
def english(paper: Paper = "A4") -> dict[str, int]:
    return {name: cuts(pdf) for name, pdf in papers(Catalogue(), paper).items()}


@pytest.mark.parametrize("language", [*LANGUAGES[1:], STRETCHED])
def test_nothing_runs_off_a_paper_and_no_label_is_cut(language: str) -> None:
    assert not wrong_on(papers(said(language)), "A4")


@pytest.mark.parametrize(("first", "second", "paper"), PAIRS)
def test_nothing_runs_off_a_paper_in_two_languages_and_no_label_is_cut(
    first: str, second: str, paper: Paper
) -> None:
    printed = papers(side_by_side(said(first), said(second)), paper)
    assert not wrong_on(printed, paper)
    assert len(list(pages_of(printed["certificate"]))) == len(list(pages_of(printed["slip"]))) == 1


def test_a_paper_in_two_languages_says_labels_twice_and_data_once() -> None:
    words = side_by_side(said("zh_CN"), said("vi"))
    (page,) = pages_of(conformity.render(certificate(), words))
    text = "".join(page.get_textpage().get_text_bounded().split())
    for language in ("zh_CN", "vi"):
        for label in ("Certificate of conformity", "Supplier", "Accepted and released"):
            assert "".join(said(language).say(label).split()) in text
    for data in ("Công ty TNHH Cơ khí", "สมชาย ศรีสุข", "2026-11-18 16:44 +07:00", "QK7M-2RXD-VH4P-8TNC"):
        assert text.count("".join(data.split())) == 1


def wrong_on(made: dict[str, bytes], paper: Paper) -> list[tuple[str, int, str]]:
    wrong: list[tuple[str, int, str]] = []
    for name, pdf in made.items():
        wrong += [
            (name, at, text) for at, text in off_the_edge(pdf, 0 if name.startswith("label") else EDGE_PT)
        ]
        if cuts(pdf) > english(paper)[name]:
            wrong.append((name, cuts(pdf), "labels end in an ellipsis"))
    return wrong


def off_the_edge(pdf: bytes, edge: int = EDGE_PT) -> Iterator[tuple[int, str]]:
    """Yield what stands outside the margin of a page, with the page's place."""
    for at, page in enumerate(pages_of(pdf)):
        wide, high = page.get_size()
        text = page.get_textpage()
        for i in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(i)
            if min(left, bottom) < edge or right > wide - edge or top > high - edge:
                yield at, text.get_text_bounded(left, bottom, right, top)
