# SPDX-License-Identifier: Apache-2.0
"""Dates in files: the declared spelling and no other."""

from __future__ import annotations

from datetime import date

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.dates import ISO, DateFormat


@pytest.mark.parametrize(
    ("spelling", "text", "day"),
    [
        (ISO, "2024-02-29", date(2024, 2, 29)),
        ("D/M/YYYY", "1/12/2024", date(2024, 12, 1)),
        ("DD.MM.YYYY", " 01.12.2024 ", date(2024, 12, 1)),
        ("YYYYMMDD", "20241201", date(2024, 12, 1)),
        ("DD/MM/BBBB", "01/12/2567", date(2024, 12, 1)),
        ("YYYY-MM-DD[ hh:mm:ss[.ffffff]]", "2024-01-02 10:21:09.000000", date(2024, 1, 2)),
        ("YYYY-MM-DD[ hh:mm:ss[.ffffff]]", "2024-01-02 10:21:09", date(2024, 1, 2)),
        ("YYYY-MM-DD[ hh:mm:ss[.ffffff]]", "2024-01-02", date(2024, 1, 2)),
        ("YYYY年M月D日", "2024年3月7日", date(2024, 3, 7)),
    ],
)
def test_day_is_read_as_declared(spelling: str, text: str, day: date) -> None:
    assert DateFormat.of(spelling).read(text) == day


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-13-01", "24-01-02", "2024-1-2", "2024/01/02", "02.01.2024", "", "٢٠٢٤-٠١-٠٢", "1890-01-01",
     "2024-01-02x", "2024-01-02T10:00", "45293"],
)  # fmt: skip
def test_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="date"):
        DateFormat.of(ISO).read(text)


def test_buddhist_year_is_recognised_and_not_taken() -> None:
    with pytest.raises(BadInput) as refused:
        DateFormat.of(ISO).read("2567-01-02")
    assert refused.value.facts["buddhist"] is True


@pytest.mark.parametrize(
    "spelling",
    ["", "YY-MM-DD", "YYYY-MM", "YYYY-MM-DD-DD", "YYYY-M-MM-D", "[YYYY-MM-DD", "YYYYBBBBMMDD", "]" * 50],
)
def test_format_without_a_whole_day_is_refused(spelling: str) -> None:
    with pytest.raises(BadInput, match="date_format"):
        DateFormat.of(spelling)
