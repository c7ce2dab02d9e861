# SPDX-License-Identifier: Apache-2.0
"""Readings in short keep decimals exact and the digits fitting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.summary import summarise

readings = st.lists(st.decimals("-1000", "1000", places=3, allow_nan=False), min_size=1, max_size=30)


def texts(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_mean_has_one_digit_more_and_deviation_two_more_than_the_finest_reading() -> None:
    found = summarise(texts("12.03", "12.1", "11.98"))
    assert str(found.mean) == "12.037"
    assert str(found.sd) == "0.0603"
    assert (str(found.minimum), str(found.maximum), str(found.range)) == ("11.98", "12.10", "0.12")


def test_a_single_reading_has_no_deviation() -> None:
    found = summarise(texts("4.5"))
    assert found.n == 1
    assert found.sd is None
    assert found.range == 0


def test_a_mean_of_zero_has_no_minus() -> None:
    assert str(summarise(texts("-0.01", "0.00", "0.00", "0.01")).mean) == "0.000"
    assert str(summarise(texts("-0", "-0")).minimum) == "0"


@pytest.mark.parametrize("values", [[], ["NaN"], ["1", "Infinity"]])
def test_nothing_or_what_is_not_finite_is_refused(values: list[str]) -> None:
    with pytest.raises(ValueError, match="finite"):
        summarise(texts(*values))


@given(readings)
def test_the_mean_lies_between_smallest_and_largest(values: list[Decimal]) -> None:
    found = summarise(values)
    assert found.minimum <= found.mean <= found.maximum
    assert found.range == max(values) - min(values)
    assert (found.sd is None) == (len(values) == 1)
    assert found.sd is None or found.sd >= 0
