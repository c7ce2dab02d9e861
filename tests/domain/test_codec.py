# SPDX-License-Identifier: Apache-2.0
"""The codec: round trips, and everything refused that does not fit the class."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.canonical import decode, encode
from qcdesk.domain.codec import BadData, from_data, to_data
from qcdesk.domain.events import Fact, all_facts


class Verdict(StrEnum):
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True)
class Reading:
    typed: str
    value: Decimal
    on: date | None


@dataclass(frozen=True)
class Everything:
    KIND: ClassVar[str] = "everything"
    name: str
    number: int
    flag: bool
    maybe: Optional[str]  # noqa: UP045  # both spellings are read
    readings: tuple[Reading, ...]
    pair: tuple[str, date]
    place: Literal["first", "second", 3]
    verdict: Verdict
    limit: Decimal
    day: date
    raw: bytes
    note: str = "none"
    tags: tuple[str, ...] = field(default_factory=tuple)


TEXT = st.text(st.sampled_from("abc ÄĐ质检ไทย\n"), max_size=6)
DECIMALS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4) | st.just(
    Decimal("1E+3")
)
READINGS = st.builds(Reading, TEXT, DECIMALS, st.none() | st.dates())
EVERYTHING = st.builds(
    Everything,
    TEXT,
    st.integers(-(2**52), 2**52),
    st.booleans(),
    st.none() | TEXT,
    st.lists(READINGS, max_size=3).map(tuple),
    st.tuples(TEXT, st.dates()),
    st.sampled_from(["first", "second", 3]),
    st.sampled_from(Verdict),
    DECIMALS,
    st.dates(),
    st.binary(max_size=8),
    TEXT,
    st.lists(TEXT, max_size=2).map(tuple),
)


def example() -> Everything:
    return Everything(
        name="Đỗ",
        number=7,
        flag=True,
        maybe=None,
        readings=(Reading("10,01", Decimal("10.010"), date(2026, 3, 1)),),
        pair=("a", date(2026, 1, 2)),
        place="first",
        verdict=Verdict.BAD,
        limit=Decimal("0.10"),
        day=date(2026, 1, 2),
        raw=b"\x00\xff",
    )


def changed(**fields: object) -> dict[str, Any]:
    return {**to_data(example()), **fields}


@given(EVERYTHING)
def test_what_was_written_reads_back_equal_through_the_canonical_form(thing: Everything) -> None:
    assert from_data(Everything, decode(encode(to_data(thing)))) == thing


def test_digits_of_a_decimal_are_kept() -> None:
    data = to_data(example())
    assert data["limit"] == "0.10"
    assert str(from_data(Everything, data).limit) == "0.10"


def test_every_field_is_written_defaults_too() -> None:
    assert to_data(example())["note"] == "none"
    assert to_data(example())["tags"] == []


def test_missing_field_takes_its_default_and_only_its_default() -> None:
    old = changed()
    del old["note"], old["tags"]
    assert from_data(Everything, old) == example()
    del old["maybe"]
    with pytest.raises(BadData, match="maybe"):
        from_data(Everything, old)


def test_place_of_the_problem_is_named_and_the_value_is_not() -> None:
    data = changed(readings=[{"typed": "x", "value": "hush", "on": None}])
    with pytest.raises(BadData) as caught:
        from_data(Everything, data)
    assert caught.value.where == "readings[0].value"
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", None),
        ("name", 1),
        ("name", Verdict.GOOD),
        ("number", "7"),
        ("number", True),
        ("number", 7.0),
        ("flag", 1),
        ("flag", None),
        ("maybe", 0),
        ("readings", None),
        ("readings", {}),
        ("readings", [None]),
        ("readings", [{"typed": "x", "value": "1"}]),
        ("readings", [{"typed": "x", "value": "1", "on": None, "more": 1}]),
        ("pair", ["a"]),
        ("pair", ["a", "2026-01-02", "b"]),
        ("place", "third"),
        ("place", True),
        ("place", None),
        ("place", ["first"]),
        ("verdict", "ugly"),
        ("verdict", None),
        ("limit", 1),
        ("limit", 0.1),
        ("limit", "1e3"),
        ("limit", "1_0"),
        ("limit", " 1"),
        ("limit", "01"),
        ("limit", "+1"),
        ("limit", "1."),
        ("limit", "NaN"),
        ("limit", "Infinity"),
        ("limit", "١"),
        ("limit", "1" * 1000),
        ("day", "20260102"),
        ("day", "2026-W01-5"),
        ("day", "2026-02-30"),
        ("day", "2026-01-02T00:00:00"),
        ("day", 20260102),
        ("raw", "0"),
        ("raw", "FF"),
        ("raw", "00 ff"),
        ("raw", "xx"),
        ("raw", None),
        ("unknown", 1),
    ],
)
def test_data_that_does_not_fit_is_refused(name: str, value: object) -> None:
    with pytest.raises(BadData):
        from_data(Everything, changed(**{name: value}))


@pytest.mark.parametrize("data", [None, [], "x", 1])
def test_object_is_read_from_an_object_only(data: object) -> None:
    with pytest.raises(BadData):
        from_data(Everything, data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", True),
        ("name", Verdict.GOOD),
        ("readings", [READINGS]),
        ("readings", ("x",)),
        ("pair", ("a",)),
        ("place", "third"),
        ("verdict", "good"),
        ("limit", Decimal("NaN")),
        ("limit", Decimal("1E+999999")),
        ("limit", Decimal("1E-999999")),
        ("limit", 0.5),
        ("day", datetime(2026, 1, 1)),
        ("raw", bytearray(b"x")),
    ],
)
def test_value_of_another_type_is_not_written(name: str, value: object) -> None:
    thing = example()
    object.__setattr__(thing, name, value)
    with pytest.raises(BadData, match=name):
        to_data(thing)


@dataclass(frozen=True)
class WithFloat:
    number: float


@dataclass(frozen=True)
class WithChoice:
    either: int | str


@dataclass
class Loose:
    name: str


@pytest.mark.parametrize("cls", [WithFloat, WithChoice, Loose, int])
def test_class_that_cannot_stand_in_the_log_is_refused(cls: type[object]) -> None:
    with pytest.raises(TypeError):
        from_data(cls, {})


@pytest.mark.parametrize("fact", all_facts().values(), ids=lambda fact: fact.TYPE)
def test_every_event_can_stand_in_the_log(fact: type[Fact]) -> None:
    with pytest.raises(BadData):  # TypeError, were there a field that cannot be written
        from_data(fact, {"no such field": 1})
