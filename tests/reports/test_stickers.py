# SPDX-License-Identifier: Apache-2.0
"""Stickers: one for each drawn unit, in drawn order, saying which unit to take and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.i18n import Catalogue
from qcdesk.reports import pages, stickers
from qcdesk.services.inspection_report import Paper
from tests.domain.cases import opened


def test_stickers_are_called_by_their_batch_and_the_numbers_on_them() -> None:
    assert stickers.name("DA-7", range(1, 14)) == "DA-7 (1–13)"
    assert stickers.name("DA-7", (20, 1, 2, 9)) == "DA-7 (1–2, 9, 20)"
    assert stickers.name("DA-7", range(1, 90, 2)).endswith("21, 23, …)")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_drawn_unit_has_its_sticker(paper: Paper) -> None:
    round_ = replace(opened(), sample=tuple(range(401, 501)))
    pdf = stickers.render(round_, Catalogue("en"), paper, range(1, 101))
    text = "\n".join(pages.text(pdf))
    assert pages.page_count(pdf) == 3
    for sample_no, unit in enumerate(round_.sample, 1):
        assert str(sample_no) in text
        assert f"Unit {unit} of 500" in text
    assert text.count("DA-1") == 100


def test_the_same_round_gives_the_same_bytes() -> None:
    assert stickers.render(opened(), Catalogue("en"), "A4", (1, 2)) == stickers.render(
        opened(), Catalogue("en"), "A4", (1, 2)
    )


def test_a_long_number_in_another_script_stays_inside() -> None:
    strange = replace(opened(), header=replace(opened().header, number="<b>批号</b> " + "ก" * 200))
    assert pages.page_count(stickers.render(strange, Catalogue("en"), "A4", range(1, 51))) == 2
