# SPDX-License-Identifier: Apache-2.0
"""Stored figures become plain digits without ever being a binary fraction of ours."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.exchange.stored_numbers import format_kind, plain_day, plain_number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**8), max_value=10**8))
def test_a_figure_of_fifteen_digits_keeps_its_worth(value: Decimal) -> None:
    assert Decimal(plain_number(str(value)) or "x") == value


@given(st.integers(1, 10**15 - 1), st.integers(0, 15))
def test_what_was_typed_with_fifteen_digits_comes_back_from_the_seventeen_that_are_kept(
    digits: int, places: int
) -> None:
    typed = Decimal(digits).scaleb(-places)
    assert Decimal(plain_number(f"{float(typed):.17g}") or "x") == typed


@pytest.mark.parametrize(
    "stored", ["", "nan", "inf", "1_0", "0x10", "1e", "1e9999", "１", "1,5", "--1", "9" * 500]
)
def test_what_is_no_stored_figure_is_none(stored: str) -> None:
    assert plain_number(stored) is None


@pytest.mark.parametrize("stored", ["0", "60", "-1", "2958466", "1e300", "x"])
def test_what_is_no_sure_day_is_none(stored: str) -> None:
    assert plain_day(stored, since_1904=False) is None


def test_days_count_from_the_right_beginning() -> None:
    assert plain_day("61", since_1904=False) == "1900-03-01"
    assert plain_day("0", since_1904=True) == "1904-01-01"
    assert plain_day("45658.5", since_1904=False) == "2025-01-01T12:00:00"


def test_built_in_formats_are_known_by_their_number() -> None:
    assert [format_kind(n, None)[0] for n in (0, 1, 4, 14, 22, 18, 46, 9, 49)] == [
        *("number", "number", "number", "date", "date", "time", "time", "otherwise", "number")
    ]
