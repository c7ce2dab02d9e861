# SPDX-License-Identifier: Apache-2.0
"""The one spelling of a body that may be signed (trust.md §4), read strictly: RFC 8785, narrowed.

Objects, arrays, strings (NFC; of the controls only the line feed; no lone surrogate, no U+FFFE, no U+FFFF), whole
numbers below 2^53 either way, true, false and null. No floats. Keys stand in the order of their UTF-16 code units, once
each. Bytes that are not exactly this are no body.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

LIMIT = 2**53
DEEPEST = 64

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_STRINGS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(r"[\[\]{}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class NotCanonical(ValueError):
    """Bytes are not the canonical form of anything; the text says in which way."""


def read(body: bytes) -> dict[str, Any]:
    """Return the object that canonical bytes spell. Raises: NotCanonical: they are not."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotCanonical("not UTF-8") from None
    plain = text.isascii()
    if "\x7f" in text if plain else _FORBIDDEN.search(text):
        raise NotCanonical("a character that is not taken")
    if text.count("[") + text.count("{") > DEEPEST:
        _require_shallow(text)
    decoder = _EXACT if _LONG_NUMBER.search(text) else _DECODER
    try:
        found = decoder.decode(text)
    except (ValueError, RecursionError):
        raise NotCanonical("not JSON of the kinds taken") from None
    if type(found) is not dict:
        raise NotCanonical("not an object")
    if not plain and _ASTRAL.search(text):
        _require_order(found)
    if _text(found) != text:
        raise NotCanonical("another spelling: order, blanks, escapes, numbers or a key twice")
    if "\\" in text or not (plain or unicodedata.is_normalized("NFC", text)):
        _require_strings(found)
    return found


def write(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    """Return the canonical bytes of something that ``read`` has given, to hash a part of it."""
    return _text(value).encode()


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= 17 else LIMIT
    if not -LIMIT < number < LIMIT:
        raise ValueError("too large")
    return number


def _no_float(_digits: str) -> Any:  # noqa: ANN401 - never returns
    raise ValueError("a float")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
_EXACT = json.JSONDecoder(parse_int=_whole, parse_float=_no_float, parse_constant=_no_float)
_LONG_NUMBER = re.compile(
    r"[:,\[]-?(?:9[0-9]{15}|[0-9]{17})"
)  # may stand in a string: then it is only looked at twice
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False, allow_nan=False
)


def _units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _require_shallow(text: str) -> None:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            raise NotCanonical("nested too deep")


def _require_order(value: Any) -> None:  # noqa: ANN401
    """Refuse keys in another order than that of their UTF-16 code units."""
    if type(value) is dict:
        keys = list(value)
        if keys != sorted(keys, key=_units):
            raise NotCanonical("keys in another order")
        for item in value.values():
            _require_order(item)
    elif type(value) is list:
        for item in value:
            _require_order(item)


def _text(value: Any) -> str:  # noqa: ANN401
    quick = _ENCODER.encode(value)
    if quick.isascii() or not _ASTRAL.search(quick):
        return quick  # code points and UTF-16 sort alike here
    return _spelled(value)


def _spelled(value: Any) -> str:  # noqa: ANN401
    if type(value) is dict:
        parts = (f"{_ENCODER.encode(key)}:{_spelled(value[key])}" for key in sorted(value, key=_units))
        return "{" + ",".join(parts) + "}"
    if type(value) is list:
        return "[" + ",".join(_spelled(item) for item in value) + "]"
    return _ENCODER.encode(value)


def _require_strings(value: Any) -> None:  # noqa: ANN401
    """Look at each string by itself: what an escape stands for, and its normal form."""
    if type(value) is str:
        if _NOT_IN_STRINGS.search(value):
            raise NotCanonical("a character that is not taken")
        if not unicodedata.is_normalized("NFC", value):
            raise NotCanonical("not in Unicode's normal form C")
    elif type(value) is dict:
        for key, item in value.items():
            _require_strings(key)
            _require_strings(item)
    elif type(value) is list:
        for item in value:
            _require_strings(item)
