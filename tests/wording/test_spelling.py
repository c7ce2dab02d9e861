# SPDX-License-Identifier: Apache-2.0
"""Names, numbers and days in a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qcdesk.i18n import Catalogue
from qcdesk.wording import spelling

EN = Catalogue()


def test_two_names_are_joined_by_a_word() -> None:
    assert spelling.in_a_row(("สมชาย", "王敏"), EN) == "สมชาย and 王敏"
    assert spelling.in_a_row(("An", "Bình", "Chi"), EN) == "An, Bình and Chi"


def test_many_names_are_counted() -> None:
    assert spelling.in_a_row([f"P{i}" for i in range(9)], EN) == "P0, P1, P2, P3, P4 and 4 more"


def test_nobody_is_nothing() -> None:
    assert spelling.in_a_row((), EN) == "" and spelling.in_a_row(("",), EN) == ""


def test_runs_of_units_are_joined() -> None:
    assert spelling.numbers((90, 17, 88), EN) == "17, 88, 90"
    assert spelling.numbers(range(1, 81), EN) == "1–80"
    assert spelling.numbers((1, 2), EN) == "1, 2"


def test_a_day_of_this_year_has_no_year() -> None:
    assert spelling.day(date(2026, 11, 1), EN, date(2026, 11, 22)) == "1 Nov"
    assert spelling.day(date(2027, 2, 2), EN, date(2026, 11, 22)) == "2 Feb 2027"
    assert spelling.day(date(2027, 2, 2), EN) == "2 Feb 2027"


@pytest.mark.parametrize(
    ("language", "whole", "fixed", "figure"),
    [
        ("en", "1,234,567", "1,234.50", "2.5e-07"),
        ("vi", "1.234.567", "1.234,50", "2,5e-07"),
        ("zh_CN", "1,234,567", "1,234.50", "2.5e-07"),
        ("th", "1,234,567", "1,234.50", "2.5e-07"),
    ],
)
def test_figures_have_the_signs_of_the_reader(language: str, whole: str, fixed: str, figure: str) -> None:
    words = Catalogue(language)
    assert spelling.whole(1_234_567, words) == whole
    assert spelling.fixed(Decimal("1234.5"), 2, words) == fixed
    assert spelling.figure("2.5e-07", words) == figure


def test_an_id_of_the_log_is_no_name() -> None:
    assert spelling.is_name("王敏") and not spelling.is_name("a" * 32) and not spelling.is_name("")


def test_times_for_programs_carry_their_offset() -> None:
    text = spelling.rfc3339(1_700_000_000_000_000)
    assert text[10] == "T" and (text.endswith("Z") or text[-6] in "+-")
