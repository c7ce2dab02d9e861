# SPDX-License-Identifier: Apache-2.0
"""The log as one file, of either engine: the checker finds in it what it finds in the workspace, and no more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qcdesk.services.trouble import Trouble
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.upgrading import upgrade
from tests.checker.logs import checked, codes
from tests.store.test_verification import drop_every_rule, tamper
from tests.workspace import Bench, House, connect, secret


@pytest.fixture
def kept(house: House, tmp_path: Path) -> House:
    """A workspace with a released batch, one under way, and a photo of it."""
    house.database.folder = tmp_path / "beside"
    (house.database.folder / "files").mkdir(parents=True)
    house.released()
    house.record("linh", house.start("linh", house.batch()), {1: "SCR"})
    return house


def keeping(house: House, *, known: bool = True) -> SqlKeeping:
    house.use.open_sitting(house.use.open_hand("linh", secret("linh")))
    bench = house.use.workstation if known else Bench(house.clock, "bench 9")
    return SqlKeeping(house.database, house.clock, workstation=bench)


def test_the_checker_reads_the_dump_of_either_engine(kept: House, tmp_path: Path) -> None:
    own = keeping(kept)
    done = own.dump(str(tmp_path / "out" / "log.jsonl"))
    report = checked(Path(done.file))
    assert report.holds and report.head == own.head() == (done.seq, done.hash)
    assert report.checked == done.events and report.fingerprint == own.fingerprint()
    assert Path(done.file).stat().st_size == done.bytes
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["log.jsonl"]


def test_what_was_changed_in_the_database_is_found_in_the_dump(kept: House, tmp_path: Path) -> None:
    """Codes, not places: the dump has no tables, and what is signed is all there."""
    drop_every_rule(kept.database)
    tamper(kept.database, "UPDATE event SET body = (SELECT body FROM event WHERE seq = 3) WHERE seq = 4")
    done = keeping(kept).dump(str(tmp_path / "log.jsonl"))
    assert "event_hash" in codes(Path(done.file))


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)  # of a server's see test_kept_files.py
def test_pictures_are_in_it_by_the_hash_that_they_really_have(kept: House, tmp_path: Path) -> None:
    name = "ab" * 32
    (kept.database.folder / "files" / name).write_bytes(b"another picture")
    (kept.database.folder / "files" / "left.part").write_bytes(b"no picture")
    done = keeping(kept).dump(str(tmp_path / "log.jsonl"))
    lines = [json.loads(line) for line in Path(done.file).read_text().splitlines()]
    (found,) = [line for line in lines if "file" in line]
    assert (done.files, found["file"], found["bytes"]) == (1, name, 15) and found["sha256"] != name


def test_the_workstation_signs_the_head_where_the_log_knows_it(kept: House, tmp_path: Path) -> None:
    for known in (True, False):
        done = keeping(kept, known=known).dump(str(tmp_path / "log.jsonl"))
        first = json.loads(Path(done.file).read_text().splitlines()[0])
        assert (first["anchor"] is not None) is known and codes(Path(done.file)) == set()


def test_an_empty_log_has_no_dump(tmp_path: Path, house: House) -> None:
    (tmp_path / "empty").mkdir()
    database = connect(str(tmp_path / "empty"))
    upgrade(database)
    with pytest.raises(Trouble, match="no_events"):
        SqlKeeping(database, house.clock).dump(str(tmp_path / "log.jsonl"))
    assert not (tmp_path / "log.jsonl").exists()


def test_a_dump_that_is_called_off_or_cannot_be_written_leaves_nothing(kept: House, tmp_path: Path) -> None:
    own = keeping(kept)
    (kept.database.folder / "files" / hashlib.sha256(b"x").hexdigest()).write_bytes(b"x")
    with pytest.raises(Trouble, match="cancelled"):
        own.dump(str(tmp_path / "out" / "log.jsonl"), lambda done, of: False)
    assert list((tmp_path / "out").iterdir()) == []
    (tmp_path / "file").write_text("a file")
    with pytest.raises(Trouble, match="file_unwritable"):
        own.dump(str(tmp_path / "file" / "log.jsonl"))


# A dump that lies, or attacks --------------------------------------------------------------------------------------


Lines = list[dict[str, Any]]


def gone(lines: Lines) -> None:
    del lines[-1 - sum("record" in line or "file" in line for line in lines)]


def out_of_order(lines: Lines) -> None:
    lines[5], lines[6] = lines[6], lines[5]


def twice(lines: Lines) -> None:
    lines.insert(5, dict(lines[5]))


def another_head(lines: Lines) -> None:
    lines[0]["hash"] = "0" * 64


def changed_anchor(lines: Lines) -> None:
    lines[0]["anchor"]["seq"] -= 1


def no_anchor(lines: Lines) -> None:
    lines[0]["anchor"] = {"seq": 1}


def record_left_out(lines: Lines) -> None:
    lines[:] = [line for line in lines if "record" not in line]


def record_changed(lines: Lines) -> None:
    for line in lines:
        if "record" in line:
            line["record"] += " "


LIES: list[tuple[Callable[[Lines], None], str]] = [
    (gone, "dump_head"),
    (out_of_order, "chain_broken"),
    (twice, "chain_broken"),
    (another_head, "dump_head"),
    (changed_anchor, "anchor_signature"),
    (no_anchor, "anchor_form"),
    (record_left_out, "record_missing"),
    (record_changed, "record_missing"),
]


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_a_dump_that_lies_does_not_hold(kept: House, tmp_path: Path) -> None:
    done = keeping(kept).dump(str(tmp_path / "log.jsonl"))
    whole = Path(done.file).read_text()
    for lie, code in LIES:
        lines = [json.loads(line) for line in whole.splitlines()]
        lie(lines)
        Path(done.file).write_text("\n".join(json.dumps(line) for line in lines))
        assert code in codes(Path(done.file)), lie.__name__
