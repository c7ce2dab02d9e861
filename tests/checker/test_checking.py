# SPDX-License-Identifier: Apache-2.0
"""A whole log: what the program wrote holds; each kind of damage is found where it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcdesk.checker.anchors import Anchor
from qcdesk.checker.checking import check
from qcdesk.checker.lines import Row, hash_of
from qcdesk.checker.signatures import Here, OtherCores
from qcdesk.checker.sources import open_source
from tests.checker.logs import checked, codes, first, opened, rows


def test_what_the_program_wrote_holds(played: Path) -> None:
    report = checked(played)
    assert report.findings == ()
    assert report.checked == len(rows(played))
    assert report.head == (report.checked, rows(played)[-1].hash.hex())
    assert len(report.fingerprint) == 19


def test_other_cores_find_what_this_one_finds(played: Path, damaged: Path) -> None:
    with opened(damaged) as db:
        db.execute("UPDATE event SET sig = zeroblob(64) WHERE seq = 20")
    for folder in (played, damaged):
        found = []
        for make in (lambda _: Here(), lambda _: OtherCores(1)):
            source = open_source(folder)
            found.append(check(source, make_verifier=make).findings)
            source.close()
        assert found[0] == found[1]
        assert bool(found[0]) is (folder == damaged)


def resealed(folder: Path, seq: int, old: bytes, new: bytes, *, chain: bool = True) -> None:
    """Change a body and put right every hash that follows, as its owner can; signatures stay."""
    log = rows(folder)
    with opened(folder) as db:
        prev: bytes | None = None
        for row in log[seq - 1 :]:
            body = row.body.replace(old, new) if row.seq == seq else row.body
            if prev is not None:
                said = json.loads(body)
                body = body.replace(said["prev"].encode(), prev.hex().encode())
            digest = hash_of(body, row.sig)
            db.execute("UPDATE event SET body = ?, hash = ? WHERE seq = ?", (body, digest, row.seq))
            if not chain:
                return
            prev = digest


def test_a_changed_body_no_longer_fits_its_hash(damaged: Path) -> None:
    seq = first(damaged, "batch.saved")
    with opened(damaged) as db:
        db.execute(
            "UPDATE event SET body = CAST(replace(body, 'DA-1', 'DA-2') AS BLOB) WHERE seq = ?", (seq,)
        )
    found = checked(damaged).findings
    assert [(f.event, f.code) for f in found[:1]] == [(seq, "event_hash")]


def test_a_changed_body_with_its_hash_put_right_breaks_the_chain_and_the_signature(damaged: Path) -> None:
    resealed(damaged, first(damaged, "batch.saved"), b'"DA-1"', b'"DA-9"', chain=False)
    assert {"event_signature", "chain_broken"} <= codes(damaged)


def test_a_chain_put_right_to_the_end_has_no_good_signature_left(damaged: Path) -> None:
    seq = first(damaged, "batch.saved")
    resealed(damaged, seq, b'"DA-1"', b'"DA-9"')
    report = checked(damaged)
    bad = {f.event for f in report.findings if f.code in ("event_signature", "event_key")}
    assert bad == set(range(seq, report.checked + 1)), "a session whose opening is bad has no key either"
    assert "chain_broken" not in {f.code for f in report.findings}


@pytest.mark.parametrize("seq", [1, 20])
def test_a_line_taken_out_leaves_a_gap(damaged: Path, seq: int) -> None:
    with opened(damaged) as db:
        db.execute("DELETE FROM event WHERE seq = ?", (seq,))
    assert ("chain_broken", seq + 1) in {(f.code, f.event) for f in checked(damaged).findings}


def test_a_line_put_in_again_under_another_number_is_found(damaged: Path) -> None:
    row = rows(damaged)[19]
    with opened(damaged) as db:
        db.execute("UPDATE event SET seq = 100000 WHERE seq = 20")
    assert {"event_form", "chain_broken"} <= codes(damaged)
    assert row.seq == 20


def test_a_missing_or_changed_record_is_found_at_its_signature(damaged: Path) -> None:
    with opened(damaged) as db:
        numbers = {n for (n,) in db.execute("SELECT number FROM batch")}
        names = [n for (n,) in db.execute("SELECT sha256 FROM record ORDER BY sha256 LIMIT 2")]
        db.execute("DELETE FROM record WHERE sha256 = ?", (names[0],))
        db.execute("UPDATE record SET document = x'7b7d' WHERE sha256 = ?", (names[1],))
    found = {f.code: f for f in checked(damaged).findings}
    assert found.keys() == {"record_missing", "record_damaged"}
    for finding in found.values():
        assert finding.event is not None
        assert finding.batch in numbers


def test_an_empty_log_does_not_hold(damaged: Path) -> None:
    with opened(damaged) as db:
        db.execute("DELETE FROM event")
    assert codes(damaged) == {"chain_empty"}


def test_a_view_in_place_of_the_log_is_no_log(damaged: Path) -> None:
    with opened(damaged) as db:
        db.execute("ALTER TABLE event RENAME TO kept")
        db.execute("CREATE VIEW event AS SELECT seq, body, sig, hash FROM kept")
    assert "database_damaged" in codes(damaged)


def test_it_can_be_stopped_and_says_so(played: Path) -> None:
    source = open_source(played)
    report = check(source, tell=lambda _done, _total: False)
    source.close()
    assert [f.code for f in report.findings] == ["cancelled"]


def test_a_cut_end_shows_only_with_an_anchor(damaged: Path, played: Path) -> None:
    last = rows(played)[-1]
    with opened(damaged) as db:
        db.execute("DELETE FROM event WHERE seq = ?", (last.seq,))
    of_tables = {"table_differs", "table_rows"}  # which whoever cuts may have put right as well
    assert codes(damaged) <= of_tables, "the log by itself shows nothing"
    assert codes(damaged, anchor_of(played, last)) - of_tables == {"anchor_missing", "anchor_key"}


def anchor_of(folder: Path, row: Row) -> Anchor:
    vault = json.loads(row.body)["vault"]
    return Anchor("slip.json", vault, row.seq, row.hash.hex(), 0, "0" * 32, bytes(64))
