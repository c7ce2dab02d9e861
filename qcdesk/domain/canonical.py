# SPDX-License-Identifier: Apache-2.0
"""The one spelling of every signed document: RFC 8785 JSON, narrowed to what nobody reads differently.

Allowed are objects, arrays, strings, integers below 2^53, true, false and null. Strings are NFC and hold no
control character but a line feed, no lone surrogate, no U+FFFE or U+FFFF. There are no floats: a measured
value is a string with the digits as typed. Source: RFC 8785 (sorting by UTF-16 code units, escapes).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TypeAlias
from unicodedata import is_normalized

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

INTEGER_LIMIT = 2**53
MAX_DEPTH = 32
MAX_BYTES = 64 * 1024 * 1024  # twice the record of 10,000 units with 20 readings each

# Category Cc without the line feed, surrogates, and two noncharacters that decoders mistake for a byte order.
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Above this, the order by code points (Python's) and by UTF-16 units (the standard's) differ.
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_SORTING = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), sort_keys=True)
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


class NotCanonical(ValueError):
    """The value or the bytes have no place in a signed document. Says which rule, never what was in it."""


def encode(value: object) -> bytes:
    """Return the canonical bytes of a value made of dict, list, tuple (an array), str, int, bool, None.

    Raises: NotCanonical: a float or another type (subclasses too), an integer of 2^53 or more either way, a
        string or a key that is not allowed, nesting deeper than MAX_DEPTH, more than MAX_BYTES.
    """
    encoded = _spelled(value, _require_allowed(value))
    if len(encoded) > MAX_BYTES:
        raise NotCanonical(f"longer than {MAX_BYTES} bytes")
    return encoded


def _require_allowed(value: object) -> bool:
    """Refuse what has no place in a signed document; tell whether code points put all names in the right order."""
    strings: list[str] = []
    keys: list[str] = []
    _collect(value, strings, keys, 1)
    # A line feed is allowed and composes with nothing, so one look at all strings joined is enough.
    names = "\n".join(keys)
    everything = "\n".join(strings)
    for text in (names, everything):
        if _FORBIDDEN.search(text):
            raise NotCanonical("a string holds a control character, a lone surrogate, U+FFFE or U+FFFF")
        if not text.isascii() and not is_normalized("NFC", text):
            raise NotCanonical("a string is not in Unicode normalisation form C")
    return names.isascii() or not _BEYOND_BMP.search(names)


def _spelled(value: object, plainly_sorted: bool) -> bytes:
    if type(value) is str:
        return encode_basestring(value).encode()
    if type(value) is int:
        return b"%d" % value
    if plainly_sorted:
        return _SORTING.encode(value).encode()
    return _AS_GIVEN.encode(_in_utf16_order(value)).encode()


def encode_with(value: dict[str, object], spelled: dict[str, bytes]) -> bytes:
    """Return the canonical bytes of an object of which some members are in canonical form already.

    What a record repeats whole (a pinned round, an entry) need not be spelled again each time.
    Args: value: the other members. spelled: name to bytes that ``encode`` gave. Names are ASCII.
    Raises: NotCanonical: as ``encode``.
    """
    names = sorted((*value, *spelled))
    if value.keys() & spelled.keys() or not "".join(names).isascii():
        raise NotCanonical("names of parts are ASCII, and each stands once")
    plainly_sorted = _require_allowed(value)
    parts = [
        _name(name) + (spelled[name] if name in spelled else _spelled(value[name], plainly_sorted))
        for name in names
    ]
    encoded = b"{" + b",".join(parts) + b"}"
    if len(encoded) > MAX_BYTES:
        raise NotCanonical(f"longer than {MAX_BYTES} bytes")
    return encoded


@lru_cache(maxsize=64)
def _name(name: str) -> bytes:
    return encode({name: 0})[1:-2]


def decode(encoded: bytes) -> Json:
    """Return the value that these bytes are the canonical form of.

    Raises: NotCanonical: not UTF-8 JSON, not an allowed value, or spelled in any other way (duplicate keys,
        another order, white space, other escapes): encoding what was read must give the same bytes.
    """
    if len(encoded) > MAX_BYTES:
        raise NotCanonical(f"longer than {MAX_BYTES} bytes")
    try:
        value: Json = json.loads(encoded.decode())
    except (ValueError, RecursionError):
        value, readable = None, False
    else:
        readable = True
    if not readable:  # raised out here, so that the driver's error with the whole document in it is not kept
        raise NotCanonical("not JSON in UTF-8")
    if encode(value) != encoded:
        raise NotCanonical("not the canonical spelling")
    return value


def decode_object(encoded: bytes) -> dict[str, Json]:
    """Return what ``decode`` returns, which must be an object.

    Raises: NotCanonical: as ``decode``, or another kind of value.
    """
    value = decode(encoded)
    if not isinstance(value, dict):
        raise NotCanonical("not an object")
    return value


def _collect(value: object, strings: list[str], keys: list[str], depth: int) -> None:
    """Refuse every type, number and depth that is not allowed; hand back all strings and all keys."""
    if depth > MAX_DEPTH:
        raise NotCanonical(f"nested deeper than {MAX_DEPTH}")
    kind = type(value)
    if kind is str:
        strings.append(value)  # type: ignore[arg-type]  # exact types are compared: a subclass may write itself otherwise
    elif kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise NotCanonical("a key is not a string")
            keys.append(key)
            kind = type(item)
            if kind is str:
                strings.append(item)
            elif item is not None and (kind is not int or not -INTEGER_LIMIT < item < INTEGER_LIMIT):
                _collect(item, strings, keys, depth + 1)
    elif kind is list or kind is tuple:
        for item in value:  # type: ignore[attr-defined]
            kind = type(item)
            if kind is str:
                strings.append(item)
            elif item is not None and (kind is not int or not -INTEGER_LIMIT < item < INTEGER_LIMIT):
                _collect(item, strings, keys, depth + 1)
    elif kind is int:
        if not -INTEGER_LIMIT < value < INTEGER_LIMIT:  # type: ignore[operator]
            raise NotCanonical("an integer of 2^53 or more")
    elif value is not None and kind is not bool:
        raise NotCanonical(f"a {kind.__name__} cannot be signed")


def _in_utf16_order(value: object) -> object:
    """Return a copy whose keys stand in the order of their UTF-16 code units, as RFC 8785 §3.2.3 asks."""
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda pair: str(pair[0]).encode("utf-16-be"))
        return {key: _in_utf16_order(item) for key, item in ordered}
    if isinstance(value, list | tuple):
        return [_in_utf16_order(item) for item in value]
    return value
