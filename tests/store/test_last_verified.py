# SPDX-License-Identifier: Apache-2.0
"""How the last verification ended is remembered by the station; a stopped one says nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcdesk.services.ports import LastVerified, Problem, Verified
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.last_verified import FOLDER, MOST_LINES, ROWS, StationVerifications
from tests.workspace import House

VAULT = "ab" * 16
BAD = Problem(7, "cd" * 16, "event_hash", {"name": "x"})
STOPPED = Problem(3, None, "cancelled", {})
HEAD = (9, "ef" * 32)


def test_each_end_replaces_the_one_before(tmp_path: Path) -> None:
    kept = StationVerifications(tmp_path)
    assert kept.last(VAULT) is None
    kept.keep(VAULT, Verified(9, (BAD, BAD), HEAD), 5)
    assert StationVerifications(tmp_path).last(VAULT) == LastVerified(5, 9, 2, BAD)
    kept.keep(VAULT, Verified(9, (), HEAD), 6)
    assert kept.last(VAULT) == LastVerified(6, 9, 0, None)
    assert kept.last("cd" * 16) is None


def test_stopped_verification_does_not_wash_a_failed_one_away(tmp_path: Path) -> None:
    kept = StationVerifications(tmp_path)
    kept.keep(VAULT, Verified(9, (BAD,), HEAD), 5)
    kept.keep(VAULT, Verified(3, (STOPPED,), HEAD), 6)
    assert kept.last(VAULT) == LastVerified(5, 9, 1, BAD)
    kept.keep(VAULT, Verified(3, (BAD, BAD, STOPPED), HEAD), 7)
    assert kept.last(VAULT) == LastVerified(7, 3, 2, BAD)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"at": 1, "checked": 1, "problems": 1, "first": 3}'])
def test_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    kept = StationVerifications(tmp_path)
    kept.keep(VAULT, Verified(9, (), HEAD), 5)
    (tmp_path / FOLDER / f"{VAULT}.json").write_text(text)
    assert kept.last(VAULT) is None


@pytest.mark.logs
def test_station_folder_that_cannot_be_written_stops_no_verification(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file")
    StationVerifications(tmp_path).keep(VAULT, Verified(9, (), HEAD), 5)
    assert StationVerifications(tmp_path).last(VAULT) is None


def test_verification_of_a_workspace_is_remembered(house: House, tmp_path: Path) -> None:
    database = house.database
    keeping = SqlKeeping(database, house.clock, verified=StationVerifications(tmp_path))
    assert keeping.last_verified() is None
    found = keeping.verify()
    last = keeping.last_verified()
    assert last is not None
    assert (last.checked, last.problems) == (found.checked, 0)


RULE = Problem(7, "MINE", "rule_header", {})
LOST = Problem(None, None, "seen_gone", {"seq": "9"})


def test_broken_rule_and_what_was_never_kept_stop_only_the_batches_of_their_lines(tmp_path: Path) -> None:
    kept = StationVerifications(tmp_path)
    assert kept.stops(VAULT) == frozenset()
    found = (RULE, Problem(8, "OTHER", "record_missing", {}), Problem(8, "OTHER", "file_missing", {}))
    kept.keep(VAULT, Verified(9, found, HEAD), 5)
    assert kept.failed(VAULT)
    assert kept.stops(VAULT) == frozenset((7, 8))
    kept.keep(VAULT, Verified(9, (LOST, *found), HEAD), 6)
    assert kept.stops(VAULT) == frozenset((7, 8))
    kept.keep(VAULT, Verified(9, (), HEAD), 7)
    assert kept.stops(VAULT) == frozenset()


@pytest.mark.parametrize(
    "other",
    [
        BAD,
        Problem(7, "MINE", "event_signature", {}),
        Problem(7, "MINE", "row_differs", {}),
        Problem(7, "MINE", "record_damaged", {}),
        Problem(7, "MINE", "file_damaged", {}),
        Problem(7, None, "rule_administrator", {}),
        Problem(None, "MINE", "record_missing", {}),
        Problem(None, None, "schema_missing", {}),
    ],
)
def test_whatever_is_of_no_batch_alone_stops_them_all(tmp_path: Path, other: Problem) -> None:
    kept = StationVerifications(tmp_path)
    kept.keep(VAULT, Verified(9, (RULE, other), HEAD), 5)
    assert kept.stops(VAULT) is None


@pytest.mark.parametrize("code", ROWS)
def test_row_that_one_batch_reads_stops_that_batch_only(tmp_path: Path, code: str) -> None:
    kept = StationVerifications(tmp_path)
    for table, stops in (
        ("batch", {7}),
        ("sign_off", {7}),
        ("certificate", None),
        ("line", None),
        ("person", None),
    ):
        kept.keep(VAULT, Verified(9, (Problem(7, "MINE", code, {"table": table}),), HEAD), 5)
        assert kept.stops(VAULT) == stops


def test_more_findings_than_are_of_some_batches_stop_them_all(tmp_path: Path) -> None:
    kept = StationVerifications(tmp_path)
    kept.keep(VAULT, Verified(9, (RULE,) * (MOST_LINES + 1), HEAD), 5)
    assert kept.stops(VAULT) is None


def test_end_that_an_older_program_kept_stops_them_all(tmp_path: Path) -> None:
    kept = StationVerifications(tmp_path)
    kept.keep(VAULT, Verified(9, (RULE,), HEAD), 5)
    file = tmp_path / FOLDER / f"{VAULT}.json"
    said = json.loads(file.read_text())
    del said["lines"]
    file.write_text(json.dumps(said))
    assert kept.failed(VAULT)
    assert kept.stops(VAULT) is None
