# SPDX-License-Identifier: Apache-2.0
"""Calendars: lines of at most 75 octets, text that ends no line, whole days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qcdesk.exchange.calendar_files import calendar_bytes
from qcdesk.services.letters import Due


def unfolded(content: bytes) -> list[str]:
    """Return the lines of a calendar as a reader has them."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_due_date_is_a_whole_day() -> None:
    due = Due("CA-1-promise-2", date(2026, 12, 31), "CA-1: reply, due; please", "one\ntwo")
    lines = unfolded(calendar_bytes("Nhà máy", (due,), 1_700_000_000_000_000))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "SUMMARY:CA-1: reply\\, due\\; please" in lines
    assert "DESCRIPTION:one\\ntwo" in lines
    assert "DTSTAMP:20231114T221320Z" in lines


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200))
def test_no_line_is_longer_than_75_octets_and_none_is_split_in_a_character(text: str) -> None:
    content = calendar_bytes("x", (Due("k", date(2026, 1, 2), text),), 0)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"BEGIN:VEVENT") == 1
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escaped}" in unfolded(content)
