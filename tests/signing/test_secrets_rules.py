# SPDX-License-Identifier: Apache-2.0
"""Which secrets a person may choose."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.signing.secrets_rules import check_new_secret, prepared


@pytest.mark.parametrize(
    "secret",
    [
        "tiefer Brunnen",
        "kopje2melk!",
        "马 牛 羊 猪",
        "mèo đen ngủ",
        "blue lamp on Tuesdays",
        "7h#Kq92!wZ",
        "9183650274619350",
        " spaces kept ",
    ],
)
def test_long_secret_is_taken(secret: str) -> None:
    check_new_secret(secret, about=("linh", "Nguyễn Thị Linh"))


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("", "secret_short"),
        ("123456789", "secret_short"),
        ("ninechars", "secret_short"),
        ("a b c d", "secret_short"),
        ("马 马 马 马", "secret_short"),
        ("abc       ", "secret_short"),
        ("x1" * 501, "secret_long"),
        ("password12", "secret_common"),
        ("P@ssw0rd123!", "secret_common"),
        ("Passwort 2026", "secret_common"),
        ("1234567890", "secret_common"),
        ("0987654321", "secret_common"),
        ("24122025000", "secret_common"),
        ("qwertyuiop", "secret_common"),
        ("asdfghjkl;", "secret_common"),
        ("abcdefghij", "secret_common"),
        ("aaaaaaaaaaaa", "secret_common"),
        ("abababababab", "secret_common"),
        ("Summer2026!!", "secret_common"),
        ("qcdeskqcdesk", "secret_common"),
        ("linhlinh2026", "secret_common"),
        ("Nguyễn Thị Linh 1", "secret_common"),
        ("long enough\tbut a tab", "secret_characters"),
        ("long enough \ud800 surrogate", "secret_characters"),
        ("long enough \x00 nul", "secret_characters"),
    ],
)
def test_guessable_secret_is_refused_and_not_repeated(secret: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_new_secret(secret, about=("linh", "Nguyễn Thị Linh", ""))
    assert caught.value.code == code
    if secret:
        assert secret not in str(caught.value) + repr(caught.value)


def test_every_keyboards_spelling_is_the_same_secret() -> None:
    assert prepared("mèo đen") == prepared("me\u0300o đen") == "mèo đen".encode()


def test_case_and_blanks_are_part_of_the_secret() -> None:
    assert len({prepared(s) for s in ("secret one", "Secret one", "secret one ", "secret  one")}) == 4


def test_what_no_keyboard_types_raises_nothing_that_repeats_it() -> None:
    assert prepared("\ud800") == b"\xed\xa0\x80"
