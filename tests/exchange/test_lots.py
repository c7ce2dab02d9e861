# SPDX-License-Identifier: Apache-2.0
"""Lot numbers out of free text: taken where they stand plainly, told where they do not."""

from __future__ import annotations

import pytest

from qcdesk.exchange.lots import read_lots


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("Lots: 041816A Exp. 04/19; 070816E Exp. 07/19", "041816A 070816E"),
        ("LOT #2105057 EXP DATE 05/2023 LOT #2011102 EXP DATE 11/2022", "2105057 2011102"),
        ("Lot #: a) F700, Exp. Jan 2019; b) G7002 and G7003, best by March 3, 2021", "F700 G7002 G7003"),
        ("Batches:  26756SH00  34809SH00  26756SH00", "26756SH00 34809SH00"),
        ("Lot codes: B1033211 B1035514, 12/03/2021, UPC 0123456789", "B1033211 B1035514"),
        ("10/24/2018; Lot: 062316C 06/19", "062316C"),
        ("批号：A1001、A1002", "A1001 A1002"),
        ("Số lô: L1001; LÔ L1002", "L1001 L1002"),
    ],
)
def test_plain_lot_numbers_are_read(text: str, lots: str) -> None:
    assert read_lots(text).lots == tuple(lots.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UPC 4104902417, 4104902418",  # no word for lots
        "All lots and all best by dates.",
        "Lots: Z324-Z350",  # a range
        "Lot: 10/25/18 4819 73967S Exp. 3/24/2019",  # one number with gaps, or three
        "Lot Number: 03/02/2022",
        "Lots: 2021, 0919",  # a year, a month
        "Pilot 12345, slots 67890",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert read_lots(text).lots == ()


def test_what_stands_after_a_word_for_lots_and_is_not_read_is_told() -> None:
    read = read_lots("Lots 908068 and 908069 (15 oz)  Lot 12; item 77777, 88888")
    assert (read.lots, read.rest) == (("908068",), ("908069 (15 oz", "12"))
    assert read_lots("Lot A1001, Exp. 12/20").rest == ()
