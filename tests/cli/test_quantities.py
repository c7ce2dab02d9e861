# SPDX-License-Identifier: Apache-2.0
"""Fractions and lists on the command line are taken as programs and people write them, and nothing else."""

from __future__ import annotations

import pytest

from qcdesk.cli.quantities import fraction, one_of, rounded, split
from qcdesk.domain.inputs import BadInput


def test_fractions_may_have_the_digits_of_programs() -> None:
    assert [fraction(text, "at") for text in ("0.08", "0,08", repr(1 / 3), "9.375e-05", "1")] == [
        0.08,
        0.08,
        1 / 3,
        9.375e-05,
        1,
    ]


@pytest.mark.parametrize("text", ["", "nan", "inf", "-0.1", "+0.1", ".5", "5.", "1_0", "8 %", "٣", "1e999"])
def test_what_is_no_fraction_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="number"):
        fraction(text, "at")


def test_lists_are_parted_at_commas() -> None:
    assert split(["50,50", "7"]) == ["50", "50", "7"]


def test_small_chances_keep_their_digits() -> None:
    assert rounded(1.23456789012345e-9) == 1.23456789012e-9


def test_a_choice_is_one_of_what_there_is() -> None:
    assert one_of("k", ("k", "M"), "form") == "k"
    with pytest.raises(BadInput, match="unknown_kind"):
        one_of("m", ("k", "M"), "form")
