# SPDX-License-Identifier: Apache-2.0
"""Times: exact both ways, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import from_datetime, local_date, parse_rfc3339, to_datetime, to_rfc3339

BANGKOK = timezone(timedelta(hours=7))
NEW_YEAR_US = 1_767_225_600_000_000  # 2026-01-01 00:00 UTC
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(st.integers(0, 4_102_444_800_000_000), OFFSETS)
def test_written_time_reads_back_to_the_microsecond(us: int, zone: timezone) -> None:
    assert parse_rfc3339(to_rfc3339(us, zone)) == us
    assert from_datetime(to_datetime(us, zone)) == us


def test_offset_is_written() -> None:
    assert to_rfc3339(NEW_YEAR_US + 4_000, BANGKOK) == "2026-01-01T07:00:00.004000+07:00"
    assert to_rfc3339(NEW_YEAR_US, UTC) == "2026-01-01T00:00:00.000000+00:00"


def test_offset_with_seconds_is_written_in_utc() -> None:
    assert to_rfc3339(-2_500_000_000_000_000, ZoneInfo("Europe/Amsterdam")).endswith("+00:00")


def test_day_is_the_day_of_the_place() -> None:
    late = NEW_YEAR_US - 1
    assert local_date(late, UTC) == date(2025, 12, 31)
    assert local_date(late, BANGKOK) == date(2026, 1, 1)


def test_z_small_letters_and_few_decimals_are_read() -> None:
    for text in ("2026-01-01T00:00:00Z", "2026-01-01t00:00:00.0z", "2025-12-31 19:00:00-05:00"):
        assert parse_rfc3339(text) == NEW_YEAR_US


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+0700",
        "2026-01-01T00:00:00.1234567Z",
        "2026-01-01T00:00:00Z ",
        "٢٠٢٦-01-01T00:00:00Z",
        "2026-W01-4T00:00:00Z",
        "0000-01-01T00:00:00Z",
    ],
)
def test_anything_but_a_whole_time_with_offset_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_rfc3339(text, where={"row": 3})
    assert caught.value.code == "time"
    assert caught.value.where == {"row": 3}


def test_time_without_zone_names_no_moment() -> None:
    with pytest.raises(ValueError, match="zone"):
        from_datetime(datetime(2026, 1, 1))
