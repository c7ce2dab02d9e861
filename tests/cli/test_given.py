# SPDX-License-Identifier: Apache-2.0
"""Days, counts, unit numbers, roles and JSON, as they are typed."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from qcdesk.cli import given
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import to_datetime


def test_a_day_is_iso_and_nothing_else() -> None:
    assert given.day("2026-03-01", "until") == date(2026, 3, 1)
    assert given.day(None, "until") is None
    for text in ("20260301", "1.3.2026", "2026-02-30", "2026-W09-7", "2026-03-01T00:00"):
        with pytest.raises(BadInput, match="day"):
            given.day(text, "until")


def test_since_takes_a_day_or_a_time() -> None:
    at = given.since("2026-03-01")
    assert at is not None
    assert to_datetime(at, UTC).astimezone().strftime("%Y-%m-%d %H:%M") == "2026-03-01 00:00"
    assert given.since("2026-03-01T00:00:00Z") == 1_772_323_200_000_000
    with pytest.raises(BadInput, match="time"):
        given.since("yesterday")


def test_roles_may_be_named_one_by_one_or_as_a_set() -> None:
    assert given.roles(["inspector", "Releaser"]) == ("inspector", "releaser")
    assert "planner" in given.roles(["quality-manager"])
    with pytest.raises(BadInput, match="unknown_role"):
        given.roles(["boss"])


def test_units_are_taken_once_each() -> None:
    assert given.units("3, 1-4") == (3, 1, 2, 4)


def test_json_keeps_digits_and_refuses_what_is_no_json() -> None:
    assert given.json_object(b'{"a": 1.50}', {})["a"] == "1.50"
    for text in (b"", b"[]", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"\xff", b"[" * 100_000):
        with pytest.raises(BadInput):
            given.json_object(text, {})
