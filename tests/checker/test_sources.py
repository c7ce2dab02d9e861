# SPDX-License-Identifier: Apache-2.0
"""Where a log may lie, and what is said where it cannot be read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from qcdesk.checker import sources
from qcdesk.checker.sources import DATABASE, DUMP_FORMAT, Damaged, NoLog, open_source
from qcdesk.store.backups import back_up
from tests.checker.logs import checked, codes, opened, rows
from tests.workspace import connect


def test_folder_and_file_are_one_workspace(played: Path) -> None:
    for given in (played, played / DATABASE):
        assert codes(given) == set()


def test_reading_writes_nothing(played: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in sorted(played.iterdir())}
    assert codes(played) == set()
    assert {p: p.stat().st_mtime_ns for p in sorted(played.iterdir())} == before


def backup_of(workspace: Path, target: Path) -> Path:
    database = connect(str(workspace))
    try:
        return Path(back_up(database, target, 1_772_438_400_000_000).folder)
    finally:
        database.dispose()


def test_a_backup_is_checked_with_its_manifest(damaged: Path, tmp_path: Path) -> None:
    backup = backup_of(damaged, tmp_path / "backups")
    assert codes(backup) == codes(backup.parent) == set()
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    manifest["head"]["seq"] += 1
    (backup / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert codes(backup) == {"backup_head"}
    with opened(backup) as db:
        db.execute("UPDATE search_text SET folded = 'x'")
    assert codes(backup) == {"backup_head", "backup_changed"}


def dump_of(workspace: Path, target: Path) -> Path:
    log = rows(workspace)
    db = sqlite3.connect(workspace / DATABASE)
    records = [json.dumps({"record": d.decode()}) for (d,) in db.execute("SELECT document FROM record")]
    db.close()
    first = {"format": DUMP_FORMAT, "vault": "", "seq": log[-1].seq, "hash": log[-1].hash.hex()}
    lines = [
        json.dumps({"seq": r.seq, "body": r.body.decode(), "sig": r.sig.hex(), "hash": r.hash.hex()})
        for r in log
    ]
    target.write_text("\n".join([json.dumps(first), *lines, *records]) + "\n", "utf-8")
    return target


def test_a_dump_is_checked_alike(played: Path, tmp_path: Path) -> None:
    dump = dump_of(played, tmp_path / "log.jsonl")
    assert codes(dump) == set()
    text = dump.read_text("utf-8").splitlines()
    dump.write_text("\n".join(text[:-1]), "utf-8")
    assert codes(dump) == {"record_missing"}
    dump.write_text("\n".join([text[0], *text[1:50]]), "utf-8")
    assert codes(dump) == {"dump_head", "record_missing"} - (
        set() if codes(dump) > {"dump_head"} else {"record_missing"}
    )
    dump.write_text("\n".join([*text[:9], text[9][:-20], *text[10:]]), "utf-8")
    assert "database_damaged" in codes(dump)


def test_what_is_no_log_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello", "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.json").write_text('{"a":1}', "utf-8")
    for name in ("text", "empty", "other.json", "none"):
        with pytest.raises(NoLog) as told:
            open_source(tmp_path / name)
        assert told.value.usage
        assert name in str(told.value)


def test_a_copy_made_in_the_middle_of_a_write_is_explained(damaged: Path, tmp_path: Path) -> None:
    """The journal holds what the file was; without it the file is a mixture, so it is never simply ignored."""
    db = sqlite3.connect(damaged / DATABASE, isolation_level=None)
    db.execute("PRAGMA journal_mode=DELETE")
    db.execute("PRAGMA cache_size=1")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE search_text SET folded = hex(zeroblob(3000))")
    target = tmp_path / "snatched"
    target.mkdir()
    for name in (DATABASE, DATABASE + "-journal"):
        (target / name).write_bytes((damaged / name).read_bytes())
    db.execute("ROLLBACK")
    db.close()
    with pytest.raises(NoLog) as told:
        open_source(target)
    assert not told.value.usage
    assert "-journal" in str(told.value)


def test_a_write_ahead_log_is_explained(damaged: Path) -> None:
    db = sqlite3.connect(damaged / DATABASE)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("CREATE TABLE more (x)")
    db.commit()
    with pytest.raises(NoLog, match="write-ahead"):
        open_source(damaged)
    db.close()


def test_pages_that_cannot_be_read_are_damage_and_not_an_end(damaged: Path) -> None:
    path = damaged / DATABASE
    db = sqlite3.connect(path)
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()[0]
    size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : (root - 1) * size + 64] = b"\xff" * 64
    path.write_bytes(content)
    source = open_source(damaged)
    with pytest.raises(Damaged):
        list(source.pages(0))
    source.close()
    assert "database_damaged" in codes(damaged)


def test_a_computed_column_in_the_log_is_damage(damaged: Path) -> None:
    with opened(damaged) as db:
        db.execute("ALTER TABLE event ADD COLUMN more INTEGER GENERATED ALWAYS AS (seq) VIRTUAL")
    assert "database_damaged" in codes(damaged)


# A dump that attacks ---------------------------------------------------------------------------------------------

HEAD = '{"format":"qcdesk-log-1","vault":"x","seq":1,"hash":"' + "0" * 64 + '"}'
LINE = '{"seq":1,"body":"{}","sig":"00","hash":"00"}'
HEADS = (
    "{",
    '{"format":"qcdesk-log-1"}',
    '{"format":"qcdesk-log-2","seq":1,"hash":"0"}',
    HEAD.replace(":1,", ":-1,"),
    HEAD.replace(":1,", ":1e999,"),
    HEAD.replace(":1,", ':"1",'),
    HEAD.replace(":1,", ":true,"),
    HEAD.replace(":1,", f":{'9' * 5_000},"),
    HEAD.replace(":1,", f":{10**20},"),
    HEAD.replace('"vault"', '"seq"'),
    HEAD.replace('"' + "0" * 64 + '"', "null"),
    '{"format":' + "[" * 5_000,
)
LINES = (
    "[" * 100_000,
    "null",
    "[]",
    "{}",
    '{"other":1}',
    '{"seq":1,"record":"x"}',
    LINE.replace(":1,", ":0,"),
    LINE.replace(":1,", ":-7,"),
    LINE.replace(":1,", ":1.0,"),
    LINE.replace(":1,", ":1e999,"),
    LINE.replace(":1,", ':"1",'),
    LINE.replace(":1,", ":true,"),
    LINE.replace('"{}"', "{}"),
    LINE.replace('"{}"', "null"),
    LINE.replace('"00"', '"0"', 1),
    LINE.replace('"00"', '"zz"', 1),
    LINE.replace('"00"', '"0 0 "', 1),
    LINE.replace('"sig"', '"seq"'),
    '{"record":7}',
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)


@pytest.mark.parametrize("head", HEADS, ids=range(len(HEADS)))
def test_a_dump_whose_first_line_is_none_is_refused_with_a_sentence(tmp_path: Path, head: str) -> None:
    (tmp_path / "log.jsonl").write_text(head + "\n" + LINE)
    with pytest.raises(NoLog, match=r"log\.jsonl is no dump of a log") as told:
        open_source(tmp_path / "log.jsonl")
    assert told.value.usage


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_a_line_of_no_form_that_a_dump_has_is_damage_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "log.jsonl").write_text(HEAD + "\n" + line + "\n", "latin-1")
    found = [f for f in checked(tmp_path / "log.jsonl").findings if f.code == "database_damaged"]
    assert found and found[0].facts["reason"].startswith("line 2 of the dump ")


def test_a_line_that_never_ends_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 10_000)
    (tmp_path / "log.jsonl").write_text(HEAD + "\n" + '{"record":"' + "x" * 10_000)
    found = {f.facts.get("reason") for f in checked(tmp_path / "log.jsonl").findings}
    assert "line 2 of the dump is too long" in found
    (tmp_path / "log.jsonl").write_text('{"format":"' + "x" * 20_000 + '"}')
    with pytest.raises(NoLog, match="is no dump"):
        open_source(tmp_path / "log.jsonl")


def test_the_hashes_of_files_in_a_dump_are_believed_only_in_form(tmp_path: Path) -> None:
    for line in ('{"file":7,"sha256":"' + "0" * 64 + '"}', '{"file":"a","sha256":"x"}', '{"file":"a"}'):
        (tmp_path / "log.jsonl").write_text(HEAD.replace("}", ',"files":true}') + "\n" + line)
        source = open_source(tmp_path / "log.jsonl")
        with pytest.raises(Damaged, match="line 2 of the dump is not of its form"):
            source.digest("0" * 64)


def test_a_dump_without_its_files_says_nothing_of_them_and_one_with_them_does(
    played: Path, tmp_path: Path
) -> None:
    dump = dump_of(played, tmp_path / "log.jsonl")
    assert open_source(dump).digest("0" * 64) is None
    text = dump.read_text("utf-8")
    header, rest = text.split("\n", 1)
    told = json.dumps({**json.loads(header), "files": True})
    good, bad = "1" * 64, "2" * 64
    files = "".join(json.dumps({"file": f, "bytes": 1, "sha256": good}) + "\n" for f in (good, bad))
    dump.write_text(told + "\n" + rest.rstrip("\n") + "\n" + files, "utf-8")
    source = open_source(dump)
    assert (source.digest(good), source.digest(bad), source.digest("3" * 64)) == (good, good, "")
