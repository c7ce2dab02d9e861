# SPDX-License-Identifier: Apache-2.0
"""A badge's code survives hands and scanners, no slip passes, and what finds it tells nothing of what it opens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.signing.badges import badge_id, badge_key, new_code, read_code, written

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_is_seven_groups_of_four_and_always_another() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(rf"([{ALPHABET}]{{4}}-){{6}}[{ALPHABET}]{{4}}", code) for code in codes)


@given(st.binary(min_size=16, max_size=16))
def test_a_code_reads_back_however_it_is_typed(code: bytes) -> None:
    text = written(code)
    for typed in (text, text.lower(), text.replace("-", ""), text.replace("-", " "), f" {text}\n"):
        assert read_code(typed) == code
    assert read_code(text.replace("0", "O").replace("1", "l")) == code


def test_every_single_slip_and_every_swap_of_neighbours_is_noticed() -> None:
    text = written(bytes(range(7, 23))).replace("-", "")
    slips = {text[:i] + symbol + text[i + 1 :] for i in range(len(text)) for symbol in ALPHABET} - {text}
    swaps = {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)} - {text}
    for typed in slips | swaps:
        with pytest.raises(BadInput):
            read_code(typed)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "length"),
        ("0" * 27, "length"),
        ("0" * 29, "length"),
        ("U" * 28, "character"),
        ("Z" * 28, "check"),
    ],
)
def test_what_is_no_code_says_why_and_does_not_repeat_it(typed: str, problem: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_code(typed)
    assert caught.value.code == "badge_code"
    assert caught.value.facts == {"problem": problem}


def test_finding_and_opening_come_from_different_labels() -> None:
    code, stretched = bytes(range(16)), bytes(range(32))
    assert len(badge_id(code)) == 32
    assert len(badge_key(code, stretched)) == 32
    assert badge_id(code) not in badge_key(code, stretched).hex()
    assert badge_id(code) != badge_id(bytes(16))


def test_what_opens_takes_both_the_badge_and_the_pin() -> None:
    code, stretched = bytes(range(16)), bytes(range(32))
    assert badge_key(code, stretched) != badge_key(bytes(16), stretched)
    assert badge_key(code, stretched) != badge_key(code, bytes(32))
