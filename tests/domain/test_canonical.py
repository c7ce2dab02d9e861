# SPDX-License-Identifier: Apache-2.0
"""The canonical form: what is taken, what is refused, and that it equals another implementation's."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, cast
from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.canonical import (
    INTEGER_LIMIT,
    MAX_DEPTH,
    Json,
    NotCanonical,
    decode,
    decode_object,
    encode,
    encode_with,
)

ALLOWED_TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff") | st.just("\n"),
    max_size=12,
).map(lambda s: normalize("NFC", s))
INTEGERS = st.integers(1 - INTEGER_LIMIT, INTEGER_LIMIT - 1)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | INTEGERS | ALLOWED_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ALLOWED_TEXT, inner, max_size=5),
    max_leaves=20,
)


@given(VALUES)
def test_bytes_equal_those_of_an_independent_rfc_8785_library(value: object) -> None:
    assert encode(value) == rfc8785.dumps(cast("Any", value))


@given(VALUES)
def test_what_was_encoded_decodes_to_the_same_value(value: object) -> None:
    assert decode(encode(value)) == value


@given(st.dictionaries(st.text(st.sampled_from("a\ue000\uffe6\U00010000\U0001f600"), max_size=3), st.none()))
def test_keys_stand_in_the_order_of_utf16_units(value: dict[str, None]) -> None:
    assert encode(value) == rfc8785.dumps(dict(value))


def test_astral_key_stands_before_one_above_the_surrogates_also_when_nested() -> None:
    assert encode([{"\uff21": 1, "\U0001f600": 2}]) == '[{"\U0001f600":2,"\uff21":1}]'.encode()


def test_tuples_are_written_as_arrays() -> None:
    assert encode({"a": (1, ("x",))}) == b'{"a":[1,["x"]]}'


class Word(StrEnum):
    GOOD = "good"


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        float("inf"),
        INTEGER_LIMIT,
        -INTEGER_LIMIT,
        10**40,
        b"x",
        {1},
        object(),
        Word.GOOD,
        "cafe\u0301",
        "\u212b",
        "\x00",
        "\t",
        "\r",
        "\x1f",
        "\x7f",
        "\x85",
        "\ud800",
        "\ufffe",
        "\uffff",
    ],
    ids=lambda v: ascii(v)[:20],
)
def test_value_that_two_programs_could_read_differently_is_refused_wherever_it_stands(value: object) -> None:
    for inside in (value, [value], {"a": value}, {"a": [{"b": [value]}]}):
        with pytest.raises(NotCanonical):
            encode(inside)


@pytest.mark.parametrize(
    "key", [1, None, True, 1.5, ("a",), Word.GOOD, "e\u0301", "a\tb", "\ud800", "\uffff"]
)
def test_key_that_is_no_plain_string_is_refused(key: object) -> None:
    with pytest.raises(NotCanonical):
        encode([{key: 1}])


def test_combining_mark_at_the_start_of_a_string_joins_nothing_before_it() -> None:
    value = ["e", "\u0301", {"e": "\u0301"}]
    assert decode(encode(value)) == value


def test_nesting_is_limited_both_ways() -> None:
    deep: Json = []
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]
    assert decode(encode(deep)) == deep
    with pytest.raises(NotCanonical):
        encode([deep])
    with pytest.raises(NotCanonical):
        decode(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))
    with pytest.raises(NotCanonical):
        decode(b"[" * 1_000_000)


def test_value_that_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(NotCanonical):
        encode(loop)


def test_size_is_limited_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcdesk.domain.canonical.MAX_BYTES", 12)
    assert encode("x" * 10) == b'"xxxxxxxxxx"'
    with pytest.raises(NotCanonical):
        encode("x" * 11)
    with pytest.raises(NotCanonical):
        decode(b'"xxxxxxxxxxx"')


@pytest.mark.parametrize(
    "other",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b' {"a":1}',
        b'{"a":1}\n',
        b'{"\\u0061":1}',
        b'"\\u00e9"',
        b'"\\/"',
        b'"\\u000a"',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"9" * 5000,
        b'"e\xcc\x81"',
        b'"\\ud83d\\ude00"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"{}{}",
        b"",
        b"{",
        b"[1,]",
        b"\x00",
    ],
    ids=lambda b: ascii(b)[:24],
)
def test_other_spelling_is_refused(other: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(other)


@given(st.binary(max_size=40))
def test_whatever_decodes_is_its_own_canonical_form(raw: bytes) -> None:
    try:
        value = decode(raw)
    except NotCanonical:
        return
    assert encode(value) == raw


@given(VALUES)
def test_indented_or_escaped_spelling_is_refused_unless_equal(value: object) -> None:
    for other in (json.dumps(value).encode(), json.dumps(value, indent=1, ensure_ascii=False).encode()):
        if other != encode(value):
            with pytest.raises(NotCanonical):
                decode(other)


def test_object_is_asked_for_where_an_object_belongs() -> None:
    assert decode_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(NotCanonical):
        decode_object(b"[]")


def test_refusal_never_repeats_what_was_refused() -> None:
    for attempt in (
        lambda: encode("secret\t"),
        lambda: decode(b'{"a":"secret"'),
        lambda: decode(b'"secret" '),
    ):
        with pytest.raises(NotCanonical) as caught:
            attempt()
        assert "secret" not in repr(caught.value)
        assert caught.value.__context__ is None


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.one_of(st.integers(0, 99), st.text("xyz"), st.none()), min_size=1
    )
)
def test_object_with_spelled_members_is_spelled_as_a_whole(value: dict[str, object]) -> None:
    names = sorted(value)
    for chosen in (names[::2], names[2:5], names[:-1], [], names):
        spelled = {name: encode(value[name]) for name in chosen}
        rest = {name: value[name] for name in reversed(names) if name not in spelled}
        assert encode_with(rest, spelled) == encode(value)


def test_spelled_members_stand_once_and_have_plain_names() -> None:
    for value, spelled in (({"a": 1}, {"a": b"1"}), ({}, {"\u00e4": b"1"})):
        with pytest.raises(NotCanonical):
            encode_with(dict(value), spelled)
