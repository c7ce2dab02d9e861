# SPDX-License-Identifier: Apache-2.0
"""Names, codes and notes: what is kept, what is refused, what reads alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import (
    CodeNames,
    clean_code,
    clean_login,
    clean_name,
    clean_text,
    look_alike,
    skeleton,
)


@pytest.mark.parametrize(
    "name",
    ["Đặng Thị Hồng", "重庆长安有限公司", "บริษัท ไทยเจริญ จำกัด", "O'Neil & Sons GmbH", "𠮷田", "\U00031350"],
)
def test_names_of_all_scripts_are_kept(name: str) -> None:
    assert clean_name(name) == name


def test_name_is_composed_trimmed_and_spaces_folded() -> None:
    typed = "\t" + unicodedata.normalize("NFD", "Đặng") + "\u3000\u00a0  Hồng \r\n"
    assert clean_name(typed) == "Đặng Hồng"


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\u200b", "zero width space"),
        ("\u202e", "right-to-left override"),
        ("\u2066", "left-to-right isolate"),
        ("\u200f", "right-to-left mark"),
        ("\u00ad", "soft hyphen"),
        ("\ufeff", "zero width no-break space"),
        ("\u3164", "hangul filler"),
        ("\u2800", "braille pattern blank"),
        ("\ufe0f", "variation selector-16"),
        ("\U000e0041", "tag latin capital letter a"),
        ("\x00", ""),
        ("\n", ""),
        ("\x1b", ""),
        ("\x85", ""),
        ("\ue000", ""),
        ("\uffff", ""),
        ("\ud800", ""),
        ("\ufffd", "replacement character"),
        ("\u2028", "line separator"),
    ],
)
def test_hidden_character_in_a_name_is_refused_with_its_place(character: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_name(f"An{character}na", field="supplier")
    assert refused.value.code == "character"
    assert refused.value.facts == {"character": f"U+{ord(character):04X}", "name": said, "position": 3}
    assert refused.value.where == {"field": "supplier"}


def test_empty_and_endless_names_are_refused() -> None:
    for typed in ("", "  \u3000 "):
        with pytest.raises(BadInput, match="missing"):
            clean_name(typed)
    with pytest.raises(BadInput, match="too_long"):
        clean_name("a" * 201)


def test_heap_of_marks_is_refused() -> None:
    with pytest.raises(BadInput, match="character"):
        clean_name("a" + "\u0316" * 5)
    with pytest.raises(BadInput, match="character"):
        clean_name("\u0301a")


def test_note_keeps_lines_and_thai_breaks_but_no_controls() -> None:
    assert clean_text(" a\r\nb\tc  \r d ") == "a\nb c\n d"
    assert clean_text("ไทย\u200bเจริญ") == "ไทย\u200bเจริญ"
    assert clean_text("  ") == ""
    for bad in ("a\x00b", "a\x1b[31m", "a\u202eb", "a\u2067b", "a\ud800", "a\uffff"):
        with pytest.raises(BadInput, match="character"):
            clean_text(bad)
    with pytest.raises(BadInput, match="too_long"):
        clean_text("a" * 10_001)
    with pytest.raises(BadInput, match="missing"):
        clean_text(" ", empty=False)


@pytest.mark.parametrize(
    "code", ["LOT-24/0071", "2024.0006", "-2660", "批2024-01", "A 12", "403(a)", "50%", "C&A"]
)
def test_codes_of_the_trade_are_kept(code: str) -> None:
    assert clean_code(f" {code} ", "batch") == code


@pytest.mark.parametrize(
    "code", ["LOT=1", "<b>", "a;b", 'a"b', "a\\b", "a@b", "a|b", "a\nb", "a\u200bb", "€5"]
)
def test_code_with_a_strange_sign_is_refused(code: str) -> None:
    with pytest.raises(BadInput, match="character"):
        clean_code(code, "batch")


@pytest.mark.parametrize(("typed", "right"), [("ＬＯＴ１", "LOT1"), ("m²-1", "m2-1"), ("ﬁ-1", "fi-1")])
def test_second_spelling_of_a_code_is_refused_with_the_plain_one(typed: str, right: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_code(typed, "product")
    assert refused.value.code == "code_spelling"
    assert refused.value.facts["right"] == right


def test_code_needs_a_letter_or_digit() -> None:
    for typed in ("--", "...", "()"):
        with pytest.raises(BadInput, match="code_without_letter"):
            clean_code(typed, "defect")
    with pytest.raises(BadInput, match="too_long"):
        clean_code("9" * 65, "batch")


def test_login_is_small_plain_letters() -> None:
    assert clean_login(" An.Nguyen ") == "an.nguyen"
    for typed in ("-an", ".an", "an nguyen", "аn", "an@b", "../an", "a" * 33, "ａｎ", "an\x00"):
        with pytest.raises(BadInput, match="login"):
            clean_login(typed)
    with pytest.raises(BadInput, match="missing"):
        clean_login("")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna", "Аnna"),  # Cyrillic
        ("PETER", "ΡΕΤΕR"),  # Greek
        ("LOT-10", "LOT-1O"),
        ("LOT-10", "LOT–lO"),
        ("Lan", "Ian"),
        ("An Li", "ＡＮ　ＬＩ"),
        ("Anna", "An\u200bna"),
        ("Đặng", "Ðặng"),
        ("İpek", "ipek"),
        ("日本", "曰本"),
        ("Straße", "STRASSE"),
        ("Karl Marn", "Karl Mam"),
        ("modern", "rnodern"),
        ("Lê Hoà", "Lê Hòa"),  # the tone mark on either vowel
        ("Nguyễn Thuý", "Nguyễn Thúy"),
        ("Ꭺnn", "Ann"),  # Cherokee
        ("Aɴɴa", "Anna"),
    ],
)
def test_look_alikes_are_recognised(a: str, b: str) -> None:
    assert look_alike(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Dung", "Dũng"),
        ("Hoa", "Hòa"),
        ("Hoá", "Hòa"),
        ("Lê Hoà", "Lê Hoa"),
        ("LOT-10", "LOT-11"),
        ("重庆", "重慶"),
    ],
)
def test_different_names_are_not_look_alikes(a: str, b: str) -> None:
    assert not look_alike(a, b)


@given(st.text(max_size=40))
def test_cleaning_a_clean_name_changes_nothing(text: str) -> None:
    try:
        name = clean_name(text)
    except BadInput:
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert name == name.strip()
    assert "  " not in name


@given(st.text("aBcİıiIl10оΟА日ー đĐÐúÚ- ", max_size=20))
def test_skeleton_does_not_see_case_or_composition(text: str) -> None:
    assert skeleton(unicodedata.normalize("NFD", text)) == skeleton(text)
    assert skeleton(skeleton(text)) == skeleton(text)


@pytest.mark.parametrize("letter", ["n", "ñ"])
def test_a_note_has_a_limit_whatever_it_is_written_in(letter: str) -> None:
    with pytest.raises(BadInput, match="too_long"):
        clean_text(letter * 11, longest=10)


@pytest.mark.parametrize("typed", ["\u0301at", "a" + "\u0336" * 60])
def test_marks_without_their_letter_or_in_heaps_are_in_no_note_and_no_code(typed: str) -> None:
    for clean in (clean_text, lambda text: clean_code(text, "product")):
        with pytest.raises(BadInput, match="character"):
            clean(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("SCR", "SCR"),
        (" scr ", "SCR"),
        ("dEN", "DEN"),
        ("scratch", "SCR"),
        ("Vết  XƯỚC", "SCR"),
        ("Crack", None),
        ("Burr", "burr"),
        ("rattles", None),
        ("", None),
    ],
)
def test_a_code_is_found_in_either_case_and_by_a_name_that_only_it_has(typed: str, code: str | None) -> None:
    names = {"SCR": ("Scratch", "Vết xước"), "DEN": ("Crack",), "CRK": ("crack",), "burr": ("DEN",)}
    assert CodeNames(names).find(typed) == code
