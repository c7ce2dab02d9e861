# SPDX-License-Identifier: Apache-2.0
"""What a replaced copy of the log held beyond this one is named, whole or damaged, and another workspace is refused."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble
from qcdesk.signing.verifying import verify
from qcdesk.store.backups import back_up
from qcdesk.store.database import FILE_NAME
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.replaced import lacking_from
from qcdesk.store.restoring import restore
from tests.workspace import HandClock, House, connect, laid

on_sqlite = pytest.mark.parametrize("location", ["sqlite"], indirect=True)
LINH, SOM = "Nguyễn Thị Linh", "สมชาย ศรีสุข"


def restored(house: House, tmp_path: Path) -> SqlKeeping:
    """Back up, work on, and restore the backup elsewhere; the keeping of the restored workspace."""
    house.released(number="DA-OLD")
    folder = back_up(house.database, tmp_path / "backups", house.clock.now()).folder
    house.use.ship_batch(house.sittings["linh"], "DA-OLD", 5, to="ACME", on=house.clock.today())
    house.released(number="DA-NEW")
    restore(folder, str(tmp_path / "restored"), verify)
    return SqlKeeping(connect(str(tmp_path / "restored")), house.clock)


def where(house: House) -> str:
    """Return where the workspace that is replaced lies."""
    if house.database.dialect == "sqlite":
        return str(house.database.folder)
    return house.database.engine.url.render_as_string(hide_password=False)


def test_what_the_replaced_workspace_held_beyond_is_named_act_by_act(house: House, tmp_path: Path) -> None:
    keeping = restored(house, tmp_path)
    kept = keeping.head()[0]
    found = keeping.lacking(where(house))
    with house.use.look() as uow:
        assert [a.seq for a in found.acts] == list(range(kept + 1, uow.head_seq() + 1))
    told = {(a.kind, a.batch, a.person) for a in found.acts}
    assert ("batch.shipped", "DA-OLD", LINH) in told and ("batch.released", "DA-NEW", SOM) in told
    assert ("batch.saved", "DA-NEW", LINH) in told and found.unread == 0


def test_a_copy_that_holds_no_more_lacks_nothing(house: House, tmp_path: Path) -> None:
    keeping = restored(house, tmp_path)
    assert SqlKeeping(house.database, house.clock).lacking(str(tmp_path / "restored")).acts == ()
    assert keeping.lacking(str(tmp_path / "restored")).acts == ()


def test_somebody_who_was_enrolled_beyond_the_backup_is_named(house: House, tmp_path: Path) -> None:
    keeping = restored(house, tmp_path)
    house.enrol("huy", "Trần Văn Huy")
    assert {a.person for a in keeping.lacking(where(house)).acts} == {LINH, SOM, "Trần Văn Huy", ""} - {""}


@on_sqlite
def test_a_copy_that_went_its_own_way_is_compared_line_by_line(house: House, tmp_path: Path) -> None:
    keeping = restored(house, tmp_path)
    own = House(house.use, house.clock, connect(str(tmp_path / "restored")), house.begin)
    fork = SqlKeeping(own.database, house.clock)
    old = tmp_path / "fork"
    shutil.copytree(house.database.folder, old)
    with sqlite3.connect(old / FILE_NAME) as db:  # its owner changed a line that the backup has, too
        db.execute("DROP TRIGGER event_no_update")
        db.execute("UPDATE event SET hash = zeroblob(32) WHERE seq = ?", (fork.head()[0],))
    found = keeping.lacking(str(old)).acts
    assert found[0].seq == fork.head()[0] and len(found) > 1


@on_sqlite
def test_of_a_damaged_file_what_can_be_read_is_named(house: House, tmp_path: Path) -> None:
    keeping = restored(house, tmp_path)
    whole = keeping.lacking(where(house))
    old = tmp_path / "old"
    shutil.copytree(house.database.folder, old)
    with sqlite3.connect(old / FILE_NAME) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
        (pages,) = db.execute("PRAGMA page_count").fetchone()
    file = old / FILE_NAME
    damaged = 0
    for page in range(root + 1, pages):
        content = bytearray((house.database.folder / FILE_NAME).read_bytes())
        content[page * size : (page + 1) * size] = b"\xff" * size
        file.write_bytes(content)
        found = None
        with suppress(Trouble):  # of some pages there is nothing left to read by
            found = keeping.lacking(str(old))
        if found not in (whole, None):
            damaged += 1
            assert found.unread > 0 or set(found.acts) != set(whole.acts)
    assert damaged


@on_sqlite
def test_a_file_that_was_left_in_the_middle_of_a_write_is_read_as_it_stands(
    house: House, tmp_path: Path
) -> None:
    keeping = restored(house, tmp_path)
    old = tmp_path / "old"
    shutil.copytree(house.database.folder, old)
    (old / f"{FILE_NAME}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 1_000)
    before = {p.name: p.read_bytes() for p in old.iterdir() if p.is_file()}
    assert keeping.lacking(str(old)).acts
    assert {p.name: p.read_bytes() for p in old.iterdir() if p.is_file()} == before


@on_sqlite
def test_another_workspace_is_refused(house: House, tmp_path: Path, sqlite_template: Path) -> None:
    keeping = restored(house, tmp_path)
    (tmp_path / "other").mkdir()
    database = laid(tmp_path / "other")
    House.ready(database, HandClock(), salt="other").released()
    database.dispose()
    with pytest.raises(BadInput, match="other_workspace"):
        keeping.lacking(str(tmp_path / "other"))


@on_sqlite
def test_what_is_no_workspace_is_refused(house: House, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="no_workspace"):
        lacking_from(house.database, str(tmp_path / "empty"), verify)
    with pytest.raises(Trouble, match="database_damaged"):
        lacking_from(house.database, str(tmp_path / "text"), verify)


@on_sqlite
@pytest.mark.parametrize(
    ("seq", "body", "digest"),
    [
        (2**62, b"{}", b"x"),
        ("a word", b"{}", b"x"),
        (1.5e300, b"{}", b"x"),
        (2**40, b"{}", b"x"),
        (None, b"{}", 10**12),
        (None, b"{}", 1.5),
        (None, b'{"body": {"batch": "\\ud800", "number": "\\ud800"}}', b"x"),
    ],
)
def test_whatever_a_damaged_copy_holds_ends_in_an_answer(
    house: House, tmp_path: Path, seq: object, body: bytes, digest: object
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    with sqlite3.connect(old / FILE_NAME) as db:
        db.execute("CREATE TABLE event (seq, body, hash)")
        with house.use.look() as uow:
            beyond = uow.head_seq() + 1
        db.execute("INSERT INTO event VALUES (?, ?, ?)", (seq or beyond, body, digest))
    found = SqlKeeping(house.database, house.clock).lacking(str(old))
    assert [a.seq for a in found.acts] == ([seq or beyond] if seq in (None, 2**40) else [])
