# SPDX-License-Identifier: Apache-2.0
"""Every paper stands in every language and in a longer one: nothing runs off it and no label is cut for its length."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pypdfium2
import pytest

from qcdesk import config
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, load
from qcdesk.reports import conformity, inspection, slips, stickers
from tests.domain.cases import opened
from tests.reports.reports_example import disagreed, example
from tests.reports.test_conformity import certificate
from tests.reports.test_slips import slip

EDGE_PT = 17  # 6 mm, which every printer reaches


def papers(words: Catalogue) -> dict[str, bytes]:
    return {
        "inspection": inspection.render(example(), words),
        "disagreement": inspection.render(disagreed(), words),
        "certificate": conformity.render(certificate(), words),
        "slip": slips.render(slip(), words, "A4"),
        "stickers": stickers.render(opened(), words, "A4", range(1, 4)),
    }


def pages_of(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    yield from document


def cuts(pdf: bytes) -> int:
    return sum(page.get_textpage().get_text_bounded().count("…") for page in pages_of(pdf))


@cache
def english() -> dict[str, int]:
    return {name: cuts(pdf) for name, pdf in papers(Catalogue()).items()}


@pytest.mark.parametrize("language", [*LANGUAGES[1:], STRETCHED])
def test_nothing_runs_off_a_paper_and_no_label_is_cut(language: str) -> None:
    wrong: list[tuple[str, int, str]] = []
    for name, pdf in papers(load(language, config.resource("translations"))).items():
        for at, page in enumerate(pages_of(pdf)):
            wide, high = page.get_size()
            text = page.get_textpage()
            for i in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(i)
                if min(left, bottom) < EDGE_PT or right > wide - EDGE_PT or top > high - EDGE_PT:
                    wrong.append((name, at, text.get_text_bounded(left, bottom, right, top)))
        if cuts(pdf) > english()[name]:
            wrong.append((name, cuts(pdf), "labels end in an ellipsis"))
    assert not wrong
