# SPDX-License-Identifier: Apache-2.0
"""Two readings of one form: what the program writes the checker takes, and what is spelled otherwise neither takes."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.checker import canonical
from qcdesk.domain import canonical as programs

letters = st.text(max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=12,
)


def taken(read: Any, body: bytes) -> bool:  # noqa: ANN401 - either program's reader
    try:
        read(body)
    except (canonical.NotCanonical, programs.NotCanonical):
        return False
    return True


@given(st.dictionaries(letters, values, max_size=4))
@settings(max_examples=400, deadline=None)
def test_both_programs_judge_every_spelling_alike(value: dict[str, Any]) -> None:
    for spelling in (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        json.dumps(value, separators=(",", ":"), sort_keys=True),
        unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, separators=(",", ":"))),
    ):
        body = spelling.encode("utf-8", "surrogatepass")
        assert taken(canonical.read, body) == taken(programs.decode_object, body)


@given(st.dictionaries(letters.map(lambda t: unicodedata.normalize("NFC", t)), values, max_size=4))
@settings(max_examples=200, deadline=None)
def test_what_the_program_writes_is_taken_as_it_is(value: dict[str, Any]) -> None:
    try:
        body = programs.encode(value)
    except programs.NotCanonical:
        return
    assert canonical.read(body) == value
    assert canonical.write(value) == body


REFUSED = {
    "a key twice": b'{"a":1,"a":1}',
    "a key twice, deep": b'{"a":[{"b":1,"b":2}]}',
    "another order": b'{"b":1,"a":2}',
    "order by code point, not by UTF-16": '{"\ue000":1,"\U0001f600":2}'.encode(),
    "blanks": b'{"a": 1}',
    "a line feed after": b'{"a":1}\n',
    "a float": b'{"a":1.5}',
    "a float that is whole": b'{"a":1.0}',
    "an exponent": b'{"a":1e3}',
    "minus zero": b'{"a":-0}',
    "2 to the 53": b'{"a":9007199254740992}',
    "minus 2 to the 53": b'{"a":-9007199254740992}',
    "a very long number": b'{"a":' + b"9" * 5_000 + b"}",
    "not a number": b'{"a":NaN}',
    "infinite": b'{"a":Infinity}',
    "an escaped letter": b'{"a":"\\u0041"}',
    "an escaped slash": b'{"a":"\\/"}',
    "a tab": b'{"a":"\\t"}',
    "a NUL": b'{"a":"\\u0000"}',
    "delete": b'{"a":"\x7f"}',
    "a C1 control": '{"a":"\u0085"}'.encode(),
    "a lone surrogate, escaped": b'{"a":"\\ud800"}',
    "a surrogate in UTF-8": b'{"a":"\xed\xa0\x80"}',
    "U+FFFE": '{"a":"\ufffe"}'.encode(),
    "a letter not composed": '{"a":"e\u0301"}'.encode(),
    "a key not composed": '{"e\u0301":1}'.encode(),
    "a byte order mark": b'\xef\xbb\xbf{"a":1}',
    "not UTF-8": b'{"a":"\xff"}',
    "an array": b"[1]",
    "a string": b'"a"',
    "nothing": b"",
    "nested too deep": b'{"a":' + b"[" * 70 + b"]" * 70 + b"}",
    "nested until the stack ends": b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
}


@pytest.mark.parametrize("spelling", REFUSED.values(), ids=REFUSED.keys())
def test_every_other_spelling_is_refused(spelling: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.read(spelling)


def test_order_is_that_of_utf_16() -> None:
    assert canonical.read('{"\U0001f600":2,"\ue000":1}'.encode()) == {"\U0001f600": 2, "\ue000": 1}


def test_a_mark_after_an_escaped_line_feed_is_composed_with_nothing() -> None:
    """In the bytes the mark follows the letter n; in the string it follows a line feed."""
    assert canonical.read('{"a":"\\n\u0303"}'.encode()) == {"a": "\n\u0303"}


def test_brackets_in_strings_nest_nothing() -> None:
    assert canonical.read(b'{"a":"' + b"[{" * 500 + b'"}') == {"a": "[{" * 500}
