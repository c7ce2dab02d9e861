# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: read back from handwriting, wrong copies noticed."""

from __future__ import annotations

import hashlib
import hmac
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.signing.recovery import new_code, read_code, recovery_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_code_is_seven_groups_of_letters_and_digits() -> None:
    for _ in range(50):
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}", new_code())


def test_each_code_is_another_and_has_128_bits() -> None:
    codes = {read_code(new_code()) for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {16}
    assert any(code[0] >= 0x80 for code in codes)


def test_handwriting_is_read() -> None:
    code = new_code()
    wanted = read_code(code)
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_code(sloppy) == wanted
    assert read_code(f"  {code.replace('1', 'i')}\n") == wanted


@given(st.integers(0, 26), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_noticed(place: int, symbol: str) -> None:
    symbols = new_code().replace("-", "")
    wrong = symbols[:place] + symbol + symbols[place + 1 :]
    if wrong == symbols:
        return
    with pytest.raises(BadInput) as caught:
        read_code(wrong)
    assert caught.value.facts == {"problem": "check"}


@given(st.integers(0, 25))
def test_two_neighbours_swapped_are_noticed(place: int) -> None:
    symbols = new_code().replace("-", "")
    wrong = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    if wrong != symbols:
        with pytest.raises(BadInput):
            read_code(wrong)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "length"),
        ("ABCD", "length"),
        ("0" * 28, "length"),
        ("U" * 27, "character"),
        ("Z" * 26 + "0", "check"),
    ],
)
def test_no_code_is_refused_and_not_repeated(typed: str, problem: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_code(typed)
    assert caught.value.facts == {"problem": problem}
    assert not typed or typed not in str(caught.value)


def test_same_code_opens_the_same_key_and_another_another() -> None:
    assert recovery_key(bytes(16)).public_key == recovery_key(bytes(16)).public_key
    assert recovery_key(bytes(16)).public_key != recovery_key(b"\x01" + bytes(15)).public_key
    with pytest.raises(ValueError, match="16"):
        recovery_key(bytes(15))


def test_key_of_a_sheet_never_changes_between_versions() -> None:
    # Reference: RFC 5869 by hand, HMAC(HMAC(zeros, code), label || 0x01), then RFC 8032
    middle = hmac.new(bytes(32), bytes(range(16)), hashlib.sha256).digest()
    seed = hmac.new(middle, b"QCDESK-RECOVERY-1\x01", hashlib.sha256).digest()
    wanted = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    assert recovery_key(bytes(range(16))).public_key == wanted
