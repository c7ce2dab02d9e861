# SPDX-License-Identifier: Apache-2.0
"""Which secrets a person may choose."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.signing.secrets_rules import check_new_pin, check_new_secret, prepared


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


@pytest.mark.parametrize("pin", ["583920", "907134", "428617", "010984"])
def test_six_digits_are_a_pin(pin: str) -> None:
    check_new_pin(pin)


@pytest.mark.parametrize(
    "pin", ["", "58392", "5839201", "58392a", "58 392", "５８３９２０", "-58392", "58392\n"]
)
def test_anything_but_six_digits_is_none(pin: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_new_pin(pin)
    assert caught.value.code == "pin_form"
    assert not pin or pin not in repr(caught.value.facts)


@pytest.mark.parametrize(
    "pin",
    [
        *("111111", "000000", "123456", "654321", "567890", "098765", "135791", "246802", "121212", "123123"),
        *("112112", "110011", "112233", "147258", "159753", "520520", "696969", "314159"),
    ],
)
def test_pin_that_is_tried_first_is_refused(pin: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_new_pin(pin)
    assert caught.value.code == "pin_common"


def test_at_most_one_pin_in_fifty_is_refused() -> None:
    """A rule that refuses much would help whoever guesses."""
    refused = 0
    for number in range(0, 1_000_000, 97):
        try:
            check_new_pin(f"{number:06}")
        except BadInput:
            refused += 1
    assert refused < 1_000_000 / 97 / 50


def test_pin_of_a_sitting_may_be_longer() -> None:
    for pin in ("583920", "58392017", "583920174826"):
        check_new_pin(pin, exactly=False)
    for pin in ("58392", "5839201748265", "12345678", "99999999", "12121212", "87654321"):
        with pytest.raises(BadInput):
            check_new_pin(pin, exactly=False)
