# SPDX-License-Identifier: Apache-2.0
"""Frozen dataclasses to and from plain data for the canonical form, by their type hints.

Taken are str, int, bool, None, ``X | None``, ``tuple[X, ...]``, ``tuple[X, Y]``, nested frozen dataclasses,
Literal, enums of str, Decimal (a string of its digits), date (ISO), bytes (hex). Floats are not. Every field
is written, but one marked ``LATER`` only where it differs from its default; reading takes a default only for a
field that has one, so that old events can be read after a field was added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from qcdesk.domain.canonical import Json

T = TypeVar("T")
MAX_DECIMAL_LENGTH = 64  # digits; longer is no measured value, and "1E+999999" would write a megabyte

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


class BadData(ValueError):
    """Data does not fit the class. Says where and what was expected, never the value."""

    def __init__(self, where: str, expected: str) -> None:
        super().__init__(f"{where or 'value'}: {expected}")
        self.where = where
        self.expected = expected


class _Codec(NamedTuple):
    """How one type is written and read; both take the value and the place where it stands."""

    write: Callable[[object, str], object]
    read: Callable[[object, str], object]


_LATER = "later"
LATER: Mapping[str, object] = {_LATER: True}
"""Metadata of a field that joined a class which had been hashed without it: left out while it holds its default."""


def to_data(obj: object) -> dict[str, Json]:
    """Return the fields of a frozen dataclass as plain data, each one written.

    Raises: BadData: a value is not of its field's type; TypeError: a field's type is not one that is taken.
    """
    return cast("dict[str, Json]", _codec_of_class(cast("Hashable", type(obj))).write(obj, ""))


def from_data(cls: type[T], data: object) -> T:
    """Return the object that the data spells.

    Raises: BadData: a field is missing, unknown or not of its type, or the class itself refuses the values;
        TypeError: a field's type is not one that is taken.
    """
    return cast("T", _codec_of_class(cast("Hashable", cls)).read(data, ""))


@cache
def _codec_of_class(cls: Hashable) -> _Codec:
    """Return the codec of a frozen dataclass; its hints are resolved once."""
    if not (isinstance(cls, type) and is_dataclass(cls) and cls.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        raise TypeError(f"{cls} is not a frozen dataclass")
    hints = get_type_hints(cls)
    named = {f.name: f for f in fields(cls) if f.init}
    codecs = {name: _codec(hints[name]) for name in named}
    required = {name for name, f in named.items() if not _has_default(f)}
    later = {name: f.default for name, f in named.items() if f.metadata.get(_LATER)}
    kind = cls.__name__

    def write(value: object, where: str) -> object:
        if type(value) is not cls:
            raise BadData(where, f"a {kind} is expected")
        prefix = f"{where}." if where else ""
        return {
            name: codec.write(getattr(value, name), prefix + name)
            for name, codec in codecs.items()
            if name not in later or getattr(value, name) != later[name]
        }

    def read(data: object, where: str) -> object:
        if type(data) is not dict:
            raise BadData(where, "an object is expected")
        prefix = f"{where}." if where else ""
        if data.keys() - codecs.keys():
            raise BadData(where, f"{kind} has no such field")
        if missing := required - data.keys():
            raise BadData(prefix + min(missing), "missing")
        values = {name: codecs[name].read(item, prefix + name) for name, item in data.items()}
        return cls(**values)

    return _Codec(write, read)


def _has_default(f: Field[Any]) -> bool:
    return f.default is not MISSING or f.default_factory is not MISSING


@cache
def _codec(hint: object) -> _Codec:
    """Return the codec of a type hint."""
    simple = _SIMPLE.get(hint)
    if simple is not None:
        return simple
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _literal(arguments)
    if origin in (Union, UnionType):
        inner = [a for a in arguments if a is not NoneType]
        if len(inner) != 1 or len(inner) == len(arguments):
            raise TypeError(f"{hint} could be read in two ways")
        return _optional(_codec(inner[0]))
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return _row(_codec(arguments[0]))
        return _fixed(tuple(_codec(a) for a in arguments))
    if isinstance(hint, type) and issubclass(hint, Enum) and issubclass(hint, str):
        return _enum(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _codec_of_class(hint)
    raise TypeError(f"{hint} cannot stand in the log")


def _exact(kind: type[Any], expected: str) -> _Codec:
    """A type that JSON has; exact, so that True is no integer and an enum no plain string."""

    def both(value: object, where: str) -> object:
        if type(value) is not kind:
            raise BadData(where, expected)
        return value

    return _Codec(both, both)


def _literal(allowed: tuple[Any, ...]) -> _Codec:
    if any(type(a) not in (str, int, bool) for a in allowed):
        raise TypeError("a Literal in the log is of str, int or bool")
    pairs = {(type(a), a) for a in allowed}

    def both(value: object, where: str) -> object:
        if type(value) not in (str, int, bool) or (type(value), value) not in pairs:
            raise BadData(where, "not one of the allowed values")
        return value

    return _Codec(both, both)


def _optional(inner: _Codec) -> _Codec:
    def write(value: object, where: str) -> object:
        return None if value is None else inner.write(value, where)

    def read(data: object, where: str) -> object:
        return None if data is None else inner.read(data, where)

    return _Codec(write, read)


def _row(inner: _Codec) -> _Codec:
    def write(value: object, where: str) -> object:
        if type(value) is not tuple:
            raise BadData(where, "a tuple is expected")
        return [inner.write(item, f"{where}[{i}]") for i, item in enumerate(value)]

    def read(data: object, where: str) -> object:
        if type(data) is not list:
            raise BadData(where, "an array is expected")
        return tuple(inner.read(item, f"{where}[{i}]") for i, item in enumerate(data))

    return _Codec(write, read)


def _fixed(inner: tuple[_Codec, ...]) -> _Codec:
    def write(value: object, where: str) -> object:
        if type(value) is not tuple or len(value) != len(inner):
            raise BadData(where, f"a tuple of {len(inner)} is expected")
        return [c.write(v, f"{where}[{i}]") for i, (c, v) in enumerate(zip(inner, value, strict=True))]

    def read(data: object, where: str) -> object:
        if type(data) is not list or len(data) != len(inner):
            raise BadData(where, f"an array of {len(inner)} is expected")
        return tuple(c.read(v, f"{where}[{i}]") for i, (c, v) in enumerate(zip(inner, data, strict=True)))

    return _Codec(write, read)


def _enum(kind: type[Enum]) -> _Codec:
    members: dict[object, Enum] = {member.value: member for member in kind}

    def write(value: object, where: str) -> object:
        if type(value) is not kind:
            raise BadData(where, f"a {kind.__name__} is expected")
        return str(value.value)

    def read(data: object, where: str) -> object:
        if type(data) is not str or data not in members:
            raise BadData(where, "not one of the allowed values")
        return members[data]

    return _Codec(write, read)


def _write_decimal(value: object, where: str) -> object:
    if type(value) is not Decimal or not value.is_finite():
        raise BadData(where, "a finite decimal is expected")
    if abs(value.adjusted()) + len(value.as_tuple().digits) > MAX_DECIMAL_LENGTH:
        raise BadData(where, "a shorter decimal is expected")
    return format(value, "f")


def _read_decimal(data: object, where: str) -> Decimal:
    if type(data) is not str or len(data) > 2 * MAX_DECIMAL_LENGTH or not _DECIMAL.fullmatch(data):
        raise BadData(where, "a decimal is expected")
    return Decimal(data)


def _write_date(value: object, where: str) -> object:
    if type(value) is not date:  # a datetime is a date to Python
        raise BadData(where, "a date is expected")
    return value.isoformat()


def _read_date(data: object, where: str) -> date:
    day = None
    if type(data) is str:
        try:
            day = date.fromisoformat(data)
        except ValueError:
            day = None
    if day is None or day.isoformat() != data:  # Python also takes 20260301 and 2026-W09-7
        raise BadData(where, "a date is expected")
    return day


def _write_bytes(value: object, where: str) -> object:
    if type(value) is not bytes:
        raise BadData(where, "bytes are expected")
    return value.hex()


def _read_bytes(data: object, where: str) -> bytes:
    raw = None
    if type(data) is str:
        try:
            raw = bytes.fromhex(data)
        except ValueError:
            raw = None
    if raw is None or raw.hex() != data:  # Python also takes spaces and capitals
        raise BadData(where, "hex digits are expected")
    return raw


_SIMPLE: dict[Any, _Codec] = {
    str: _exact(str, "a string is expected"),
    int: _exact(int, "a whole number is expected"),
    bool: _exact(bool, "true or false is expected"),
    NoneType: _exact(NoneType, "null is expected"),
    Decimal: _Codec(_write_decimal, _read_decimal),
    date: _Codec(_write_date, _read_date),
    bytes: _Codec(_write_bytes, _read_bytes),
}
