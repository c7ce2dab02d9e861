# SPDX-License-Identifier: Apache-2.0
"""Which audits are away, as the station remembers it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qcdesk.store.taken_along import FOLDER, StationTaken

VAULT, OTHER = "a" * 32, "b" * 32
DAY = date(2026, 3, 2)


def test_an_audit_is_away_until_it_is_brought_back(tmp_path: Path) -> None:
    taken = StationTaken(tmp_path)
    assert taken.since(VAULT, "one") is None
    taken.note(VAULT, "one", DAY)
    taken.note(VAULT, "two", date(2026, 3, 3))
    again = StationTaken(tmp_path)
    assert (again.since(VAULT, "one"), again.since(OTHER, "one")) == (DAY, None)
    again.over(VAULT, "one")
    assert (taken.since(VAULT, "one"), taken.since(VAULT, "two")) == (None, date(2026, 3, 3))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"one": "yesterday"}', '{"one": 3}', "\x00"])
def test_a_file_that_is_torn_says_nothing_and_is_written_anew(tmp_path: Path, text: str) -> None:
    taken = StationTaken(tmp_path)
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / f"{VAULT}.json").write_text(text, "utf-8")
    assert taken.since(VAULT, "one") is None
    taken.over(VAULT, "one")
    taken.note(VAULT, "one", DAY)
    assert taken.since(VAULT, "one") == DAY


@pytest.mark.logs
def test_where_nothing_can_be_kept_nothing_stops(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FOLDER).write_text("in the way", "utf-8")
    StationTaken(tmp_path).note(VAULT, "one", DAY)
    assert caplog.messages == ["what was taken along could not be kept"]
    StationTaken(tmp_path).note("../elsewhere", "one", DAY)
    assert not list(tmp_path.glob("*.json"))
