# SPDX-License-Identifier: Apache-2.0
"""Pictures on a server lie in its database: every workstation has them, backups and dumps too, and none is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.services.trouble import Trouble
from qcdesk.signing.verifying import verify as verify_signature
from qcdesk.store import kept_files
from qcdesk.store.backups import back_up
from qcdesk.store.database import Database, open_database
from qcdesk.store.dumping import write_log
from qcdesk.store.verification import verify
from tests.workspace import HandClock, House, take_all_rights, use_of

on_server = pytest.mark.parametrize("location", ["postgresql"], indirect=True)
PICTURE = b"a picture of a scratch"
NAME = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def benches(location: str, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Two workstations at one server, each with a folder of its own."""
    one, two = (open_database(location, verify_signature, files=tmp_path / name) for name in ("a", "b"))
    yield one, two
    one.dispose()
    two.dispose()


def lay(database: Database, content: bytes = PICTURE) -> Path:
    folder = database.folder / "files"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / hashlib.sha256(content).hexdigest()
    file.write_bytes(content)
    return file


@on_server
def test_a_photo_of_one_workstation_is_there_for_all(
    benches: tuple[Database, Database], house: House, tmp_path: Path
) -> None:
    """Verified, shown, backed up and dumped at a workstation that never had it; whatever becomes of the first one."""
    one, two = benches
    file = lay(one)
    kept_files.share(one, [NAME])
    here = use_of(one, house.clock, salt="here")
    started = house.start("linh", house.batch())
    here.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR", photo=NAME),)))
    file.unlink()
    assert verify(two).ok and verify(one).ok
    assert not (two.folder / "files" / NAME).exists()
    assert kept_files.fetch(two, NAME) == PICTURE
    copy = two.folder / "files" / NAME
    assert copy.read_bytes() == PICTURE
    copy.write_bytes(b"another one")  # a copy: what is there counts
    assert verify(two).ok
    assert [(k.name, k.bytes, k.sha256) for k in kept_files.listed(two)] == [(NAME, len(PICTURE), NAME)]
    made = back_up(two, tmp_path / "backups", HandClock().at)
    assert (Path(made.folder) / "files" / NAME).read_bytes() == PICTURE
    dump = tmp_path / "log.jsonl"
    write_log(two, dump, HandClock().at, lambda _head: None)
    last = json.loads(dump.read_text("ascii").splitlines()[-1])
    assert last == {"file": NAME, "bytes": len(PICTURE), "sha256": NAME}


@on_server
def test_a_file_that_an_earlier_program_left_at_one_workstation_is_brought_in_at_the_first_need(
    benches: tuple[Database, Database],
) -> None:
    one, two = benches
    assert not kept_files.is_kept(one, NAME)
    lay(one)
    assert not kept_files.is_kept(two, NAME)
    assert kept_files.is_kept(one, NAME)
    assert kept_files.digest(two, NAME) == NAME
    other = b"changed meanwhile"
    lay(one, other).write_bytes(b"by a worn disk")
    assert not kept_files.is_kept(one, hashlib.sha256(other).hexdigest())
    with pytest.raises(Trouble):
        kept_files.share(one, [hashlib.sha256(other).hexdigest()])


@on_server
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE kept_file SET content = 'x' WHERE sha256 = '{NAME}'",
        "DELETE FROM kept_file",
        "TRUNCATE kept_file",
        f"INSERT INTO kept_file (sha256, content) VALUES ('{'0' * 64}', 'x')",
        f"SELECT qc_keep_file('{'0' * 64}', 'x')",
    ],
)
def test_what_a_server_keeps_is_never_changed(benches: tuple[Database, Database], statement: str) -> None:
    one, two = benches
    lay(one)
    kept_files.share(one, [NAME])
    with two.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)
    assert [k.name for k in kept_files.listed(two)] == [NAME]


@on_server
def test_damage_on_the_server_itself_is_found_and_never_shown(benches: tuple[Database, Database]) -> None:
    one, two = benches
    lay(one)
    kept_files.share(one, [NAME])
    with two.engine.connect() as connection:
        take_all_rights(connection)
        connection.exec_driver_sql("ALTER TABLE kept_file DROP CONSTRAINT kept_file_check")
        connection.exec_driver_sql("ALTER TABLE kept_file DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE kept_file SET content = 'x'")
        connection.commit()
    assert kept_files.digest(two, NAME) == hashlib.sha256(b"x").hexdigest()
    with pytest.raises(Trouble) as changed:
        kept_files.fetch(two, NAME)
    assert changed.value.code == "stored_file_changed"


@on_server
def test_a_commit_that_fails_leaves_no_connection_within_a_transaction(
    benches: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = benches
    lay(one)
    dialect = one.engine.dialect

    def full(_connection: object) -> None:
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(dialect, "do_commit", full)
        with pytest.raises(Trouble, match="disk_full"):
            kept_files.share(one, [NAME])
    assert kept_files.listed(two) == []
    kept_files.share(one, [NAME])
    assert [k.name for k in kept_files.listed(two)] == [NAME]
