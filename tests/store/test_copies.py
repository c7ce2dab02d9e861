# SPDX-License-Identifier: Apache-2.0
"""A workspace copied by hand while it was at work is refused before anything is written; what a crash leaves is not."""

from __future__ import annotations

import hashlib
import shutil
import struct
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from qcdesk import bootstrap
from qcdesk.domain.inputs import BadInput
from qcdesk.signing.verifying import verify
from qcdesk.store.copies import require_own_journal
from qcdesk.store.database import FILE_NAME, open_database
from qcdesk.wording import inputs
from tests.workspace import HandClock, House, cheap_keys, connect

JOURNAL = f"{FILE_NAME}-journal"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace of two people on SQLite, with a photo on record."""
    folder = tmp_path / "shop"
    clock = HandClock()
    built = bootstrap.open_workspace(str(folder), create=True, keys=cheap_keys(), clock=clock)
    database = connect(str(folder))
    House.ready(database, clock, files=built.use.files, read=built.use.read)
    database.dispose()
    built.close()
    return folder


def change(connection: sqlite.Connection, number: int) -> None:
    """Change the file once more; what it says is of no matter here."""
    connection.execute(f"PRAGMA user_version = {number}")


def at_work(shop: Path, into: Path, *, spill: bool = False) -> None:
    """Copy the folder in the middle of a transaction, as a crash would leave it."""
    connection = sqlite.connect(str(shop / FILE_NAME), isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    if spill:
        connection.execute("PRAGMA cache_size=2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE filler (text TEXT)")
    connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 900,) for _ in range(400)])
    shutil.copytree(shop, into, dirs_exist_ok=True)
    connection.execute("ROLLBACK")
    connection.close()


def state(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}


def refused(folder: Path, code: str) -> BadInput:
    before = state(folder)
    with pytest.raises(BadInput, match=code) as caught:
        bootstrap.open_workspace(str(folder), keys=cheap_keys()).close()
    assert state(folder) == before  # nothing was written
    assert str(folder) in str(caught.value.facts["path"])
    assert code in inputs.known_codes()
    return caught.value


@pytest.mark.parametrize("spill", [False, True])
def test_what_a_crash_leaves_is_opened_as_it_was_before(shop: Path, tmp_path: Path, *, spill: bool) -> None:
    at_work(shop, tmp_path / "crashed", spill=spill)
    assert (tmp_path / "crashed" / JOURNAL).stat().st_size
    bootstrap.open_workspace(str(tmp_path / "crashed"), keys=cheap_keys()).close()
    with sqlite.connect(str(tmp_path / "crashed" / FILE_NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'filler'").fetchone() == (
            0,
        )


def test_journal_of_another_moment_is_refused(shop: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    at_work(shop, torn, spill=True)
    with sqlite.connect(
        str(shop / FILE_NAME)
    ) as connection:  # the shop goes on, and its file is copied once more
        for number in range(3):
            change(connection, number + 1)
            connection.commit()
    shutil.copyfile(shop / FILE_NAME, torn / FILE_NAME)
    refused(torn, "copy_torn")


def test_journal_of_a_longer_or_another_file_is_refused(shop: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    at_work(shop, torn, spill=True)
    whole = (shop / FILE_NAME).read_bytes()
    (torn / FILE_NAME).write_bytes(whole[: len(whole) - 8_192])
    refused(torn, "copy_torn")
    other = sqlite.connect(str(tmp_path / "other.sqlite"))
    other.execute("PRAGMA page_size=1024")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    shutil.copyfile(tmp_path / "other.sqlite", torn / FILE_NAME)
    refused(torn, "copy_torn")


def test_program_at_work_there_is_no_torn_copy(shop: Path) -> None:
    writing = sqlite.connect(str(shop / FILE_NAME), isolation_level=None)
    writing.execute("PRAGMA journal_mode=TRUNCATE")
    writing.execute("BEGIN IMMEDIATE")
    change(writing, 7)
    assert (shop / JOURNAL).stat().st_size
    opened = open_database(str(shop), verify)
    with opened.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one() > 0
    opened.dispose()
    writing.execute("COMMIT")
    writing.close()


@pytest.mark.parametrize(
    "content", [b"", b"half a copy", bytes(600), bytes.fromhex("d9d505f920a163d7") + bytes(40)]
)
def test_journal_that_sqlite_passes_over_keeps_nobody_out(shop: Path, content: bytes) -> None:
    (shop / JOURNAL).write_bytes(content)
    bootstrap.open_workspace(str(shop), keys=cheap_keys()).close()


def test_missing_folder_of_files_is_told_where_photos_are_on_record(shop: Path) -> None:
    bootstrap.open_workspace(str(shop), keys=cheap_keys()).close()  # no photo yet: none is missing
    with sqlite.connect(str(shop / FILE_NAME)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA foreign_keys=OFF")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(finding)")]
        numbers = {"count": 1, "at": 1, "seq": 1, "unit": 1}
        values = [numbers.get(c, "ab" * 32 if c == "photo" else "0" * 32) for c in columns]
        connection.execute(
            f"INSERT INTO finding ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", values
        )
        connection.commit()
    assert refused(shop, "copy_without_files").facts["count"] == 1
    (shop / "files").mkdir()
    bootstrap.open_workspace(str(shop), keys=cheap_keys()).close()


def test_journal_of_the_files_birth_is_let_through_only_beside_a_new_file(shop: Path, tmp_path: Path) -> None:
    birth = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", 0, 7, 0, 512, 4_096) + bytes(484)
    new = tmp_path / "new"
    new.mkdir()
    with sqlite.connect(str(new / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    (new / JOURNAL).write_bytes(birth)
    require_own_journal(new / FILE_NAME)
    (shop / JOURNAL).write_bytes(birth)  # played back, it would leave nothing of the file
    refused(shop, "copy_torn")
