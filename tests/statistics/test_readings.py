# SPDX-License-Identifier: Apache-2.0
"""Columns of readings are whole, finite and long enough before anything is computed."""

from __future__ import annotations

import math
from array import array

import pytest

from qcdesk.statistics.readings import BadReadings, kept, mean_of, numbers, spelled_numbers


def test_a_column_goes_in_and_comes_out_unchanged() -> None:
    assert kept(numbers([1.5, -2.0, 3.25])) == array("d", [1.5, -2.0, 3.25])
    assert kept([1.0, 2.0]) == array("d", [1.0, 2.0])


def test_the_first_reading_that_is_not_finite_is_named() -> None:
    with pytest.raises(BadReadings) as bad:
        numbers([1.0, math.inf, -math.inf])
    assert (bad.value.code, bad.value.facts) == ("not_finite", {"row": 2})


@pytest.mark.parametrize("far", [1e200, -1e308])
def test_a_reading_whose_square_no_float_holds_is_named(far: float) -> None:
    with pytest.raises(BadReadings) as bad:
        numbers([1.0, 2.0, far])
    assert (bad.value.code, bad.value.facts) == ("too_large", {"row": 3})


def test_too_few_are_refused_with_both_numbers() -> None:
    with pytest.raises(BadReadings) as bad:
        numbers([1.0], least=2, of="points")
    assert bad.value.facts == {"n": 1, "least": 2, "of": "points"}
    assert "too_few" in str(bad.value)


def test_a_mean_loses_nothing() -> None:
    assert mean_of([1e16, 1.0, -1e16]) == pytest.approx(1 / 3)


def test_a_text_is_read_at_once_and_what_is_no_number_is_missed() -> None:
    assert spelled_numbers("12.03,-0.5,7") == array("d", [12.03, -0.5, 7.0])
    assert len(spelled_numbers("12.03,?,7")) < 3
