# SPDX-License-Identifier: Apache-2.0
"""The lines of a split: two parts may go the same way, and it is signed only when every unit has its way."""

from __future__ import annotations

import pytest

from qcdesk.domain.splitting import Piece
from qcdesk.gui.screens.batch.parts import Goods, judged, wished
from tests.gui.screens.conftest import EN


def line(units: str, way: str, critical: str = "", terms: str = "", number: str = "") -> dict[str, str]:
    return {"quantity": units, "way": way, "units": critical, "terms": terms, "number": number}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((), "0 of 100 pcs have a way; 100 are left."),
        ((line("60", "sort"), line("", "scrap")), "60 of 100 pcs have a way; 40 are left."),
        ((line("60", "sort"), line("50", "scrap")), "110 pcs have a way, and 100 are there: 10 too many."),
        ((line("sixty", "sort"),), "Line 1 has a number that cannot be read."),
        ((line("100", ""),), "Choose which way the units of line 1 go."),
        ((line("100", "kept"),), "Everything stays as it is; give a part another way."),
        ((line("100", "regrade"),), "Say which grade, and what for."),
    ],
)
def test_lines_that_do_not_add_up_say_what_is_missing(rows: tuple[dict[str, str], ...], told: str) -> None:
    said = judged(rows, Goods(100, "pcs"), EN)
    assert (said.words, said.ready) == (told, False)


@pytest.mark.parametrize("units", [("", ""), ("7", "7"), ("7, 9", "8")])
def test_a_claimed_critical_is_said_to_be_in_one_part_before_the_key_can_be_pressed(
    units: tuple[str, str],
) -> None:
    rows = (line("60", "sort", units[0]), line("40", "scrap", units[1]))
    assert not judged(rows, Goods(100, "pcs", (7, 9)), EN).ready


def test_parts_go_the_same_way_twice_and_what_stays_is_no_part() -> None:
    rows = (
        line("30", "sort", "7"),
        line("30", "sort", number="S-2"),
        line("20", "regrade", terms="seconds"),
        line("20", "kept", "9"),
    )
    assert judged(rows, Goods(100, "pcs", (7, 9)), EN).ready
    pieces = (
        Piece("", 30, "sort", "", (7,)),
        Piece("S-2", 30, "sort"),
        Piece("", 20, "regrade", "seconds"),
    )
    assert wished(rows) == (pieces, 20)


def test_what_is_conceded_stays_and_a_critical_may_have_left_with_what_was_shipped() -> None:
    goods = Goods(100, "pcs", (7,), gone=5, conceded=40)
    assert judged((line("60", "scrap"), line("40", "kept")), goods, EN).ready
    said = judged((line("70", "scrap"), line("30", "kept")), goods, EN)
    assert (said.words, said.ready) == ("40 pcs are conceded, and stay.", False)
