# SPDX-License-Identifier: Apache-2.0
"""A backup is a whole, verified workspace or it is none; it is restored where nothing is yet, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble
from qcdesk.signing.verifying import verify as verify_signature
from qcdesk.store import copying
from qcdesk.store.backups import back_up, last_backup
from qcdesk.store.copying import brought, copy_database, verified_copy
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.long_runs import Steps
from qcdesk.store.manifests import MANIFEST, find_backup, read_manifest
from qcdesk.store.restoring import restore
from qcdesk.store.upgrading import HEAD, bring
from qcdesk.store.verification import verify
from tests.checker.logs import codes
from tests.workspace import Bench, House, connect, secret, take_all_rights

on_sqlite = pytest.mark.parametrize(
    "location", ["sqlite"], indirect=True
)  # where the engine makes no difference
NOW = 1_800_000_000_000_000
SQL_HEAD = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"


@pytest.fixture
def kept(house: House, tmp_path: Path) -> House:
    """A workspace with a released batch and one under way, and a photo beside it."""
    house.database.folder = tmp_path / "workspace"
    (house.database.folder / "files").mkdir(parents=True, exist_ok=True)
    house.released()
    house.record("linh", house.start("linh", house.batch()), {1: "SCR"})
    return house


def head(house: House) -> tuple[int, str]:
    with house.database.reading() as connection:
        seq, digest = connection.exec_driver_sql(SQL_HEAD).one()
    return seq, bytes(digest).hex()


def made(house: House, tmp_path: Path) -> Path:
    return Path(back_up(house.database, tmp_path / "backups", NOW).folder)


def refused_as(code: str, act: Callable[[], object]) -> BadInput:
    with pytest.raises(BadInput) as refused:
        act()
    assert refused.value.code == code
    return refused.value


def test_a_backup_is_a_workspace_that_verifies_to_the_same_head(kept: House, tmp_path: Path) -> None:
    photo = hashlib.sha256(b"a photo nobody names").hexdigest()
    (kept.database.folder / "files" / photo).write_bytes(b"a photo nobody names")
    done = back_up(kept.database, tmp_path / "backups", NOW)
    folder = Path(done.folder)
    manifest = read_manifest(folder)
    assert folder.name == "qcdesk-20270115T080000Z" and [p.name for p in folder.parent.iterdir()] == [
        folder.name
    ]
    assert (manifest.seq, manifest.hash) == head(kept) and manifest.problems == 0
    assert {f.name for f in manifest.files} == {FILE_NAME, f"files/{photo}"}
    assert (done.files, done.bytes) == (2, sum(f.bytes for f in manifest.files))
    copy = connect(str(folder))
    assert verify(copy).head == head(kept) and verify(copy).ok
    copy.dispose()


def test_a_restored_workspace_goes_on_where_the_backup_was_made(kept: House, tmp_path: Path) -> None:
    folder = made(kept, tmp_path)
    found = restore(str(folder), str(tmp_path / "new" / "place"), verify_signature)
    assert found.ok and found.head == head(kept)
    database = connect(str(tmp_path / "new" / "place"))
    again = House(kept.use, kept.clock, database, kept.begin)
    assert verify(database).ok
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM finding").scalar() == 1
        if kept.database.dialect == "sqlite":
            return
        triggers = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        ).scalar()
        assert triggers
    again.database.dispose()


def test_a_backup_is_restored_to_a_server(
    kept: House, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgresql_server")
    folder = made(kept, tmp_path)
    name, address = server.fresh()
    try:
        found = restore(str(folder), address, verify_signature)
        assert found.ok and found.head == head(kept)
        refused_as("workspace_not_empty", lambda: restore(str(folder), address, verify_signature))
        database = connect(address)
        with database.reading() as connection:
            off = connection.exec_driver_sql("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'").scalar()
        database.dispose()
        assert off == 0
    finally:
        server.run(f"DROP DATABASE {name} WITH (FORCE)")


@on_sqlite
def test_the_newest_of_several_backups_is_restored(kept: House, tmp_path: Path) -> None:
    made(kept, tmp_path)
    kept.batch()
    later = back_up(kept.database, tmp_path / "backups", NOW + 1_000_000)
    assert str(find_backup(tmp_path / "backups")) == later.folder
    assert restore(str(tmp_path / "backups"), str(tmp_path / "new"), verify_signature).head == head(kept)


@on_sqlite
def test_two_backups_of_one_second_do_not_meet(kept: House, tmp_path: Path) -> None:
    assert made(kept, tmp_path).name + "-2" == made(kept, tmp_path).name


@on_sqlite
def test_a_place_that_is_not_empty_is_refused_and_left_as_it_is(kept: House, tmp_path: Path) -> None:
    folder, target = made(kept, tmp_path), tmp_path / "target"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    refused_as("workspace_not_empty", lambda: restore(str(folder), str(target), verify_signature))
    assert [p.name for p in target.iterdir()] == ["mine.txt"]


@on_sqlite
def test_a_backup_with_a_file_missing_or_changed_is_refused_with_all_of_them_named(
    kept: House, tmp_path: Path
) -> None:
    for name in ("1" * 64, "2" * 64, "3" * 64):
        (kept.database.folder / "files" / name).write_bytes(name.encode())
    folder = made(kept, tmp_path)
    (folder / "files" / ("1" * 64)).unlink()
    (folder / "files" / ("2" * 64)).write_bytes(b"2" * 63 + b"!")
    bad = refused_as(
        "backup_incomplete", lambda: restore(str(folder), str(tmp_path / "new"), verify_signature)
    )
    assert bad.facts["missing"] == ["files/" + "1" * 64] and bad.facts["changed"] == ["files/" + "2" * 64]
    assert not (tmp_path / "new").exists()


@on_sqlite
@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(format="other"),
        lambda said: said["files"].append({"name": "../../evil", "bytes": 1, "sha256": "0" * 64}),
        lambda said: said["files"].clear(),
        lambda said: said.pop("head"),
    ],
)
def test_what_is_no_backup_of_ours_is_refused(
    kept: House, tmp_path: Path, change: Callable[[dict[str, object]], object]
) -> None:
    folder = made(kept, tmp_path)
    said = json.loads((folder / MANIFEST).read_text())
    change(said)
    (folder / MANIFEST).write_text(json.dumps(said))
    refused_as("not_a_backup", lambda: restore(str(folder), str(tmp_path / "new"), verify_signature))


def test_an_empty_folder_is_no_backup(tmp_path: Path) -> None:
    refused_as("not_a_backup", lambda: restore(str(tmp_path), str(tmp_path / "new"), verify_signature))
    refused_as("not_a_backup", lambda: restore(str(tmp_path / "no"), str(tmp_path / "new"), verify_signature))


@on_sqlite
def test_a_backup_whose_log_ends_elsewhere_than_it_says_is_not_put_in_place(
    kept: House, tmp_path: Path
) -> None:
    folder = made(kept, tmp_path)
    said = json.loads((folder / MANIFEST).read_text())
    said["head"]["seq"] += 1
    (folder / MANIFEST).write_text(json.dumps(said))
    with pytest.raises(Trouble, match="restore_failed"):
        restore(str(folder), str(tmp_path / "new"), verify_signature)
    assert not (tmp_path / "new").exists()


def test_a_cancelled_backup_leaves_nothing_behind(kept: House, tmp_path: Path) -> None:
    for stop_at in (1, 450, 700, 950):
        with pytest.raises(Trouble, match="cancelled"):
            back_up(kept.database, tmp_path / "backups", NOW, lambda done, _of, at=stop_at: done < at)  # type: ignore[misc]
        assert list((tmp_path / "backups").iterdir()) == []
        assert not list(kept.database.folder.glob(".qcdesk-*"))
    assert last_backup(kept.database.folder) is None


def told_to(told: list[tuple[int, int]]) -> Callable[[int, int], bool]:
    def tell(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    return tell


@on_sqlite
def test_the_next_backup_clears_what_a_killed_one_left_and_nothing_else(kept: House, tmp_path: Path) -> None:
    """Left untouched for a day and of this workspace: gone. Fresh, somebody else's, or a link: still there."""
    folder = tmp_path / "backups"
    with kept.use.look() as look:
        own = look.vault[:12]
    left = [place / f".qcdesk-{own}-{end}.part" for place in (folder, kept.database.folder) for end in "ab"]
    others = [
        folder / f".qcdesk-{'0' * 12}-a.part",
        folder / "qcdesk-20250101T000000Z",
        folder / ".qcdesk-x.part",
    ]
    for one in (*left, *others):
        (one / "files").mkdir(parents=True)
        (one / "files" / "photo").write_bytes(b"half a")
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / f".qcdesk-{own}-link.part").symlink_to(outside)
    old = time.time() - 25 * 3_600
    for one in (*left, *others, outside):
        for path in (one / "files" / "photo", one / "files", one):
            if path.exists():
                os.utime(path, (old, old))
    os.utime(left[1] / "files" / "photo")  # somebody is still writing there
    back_up(kept.database, folder, NOW)
    assert [one.exists() for one in left] == [False, True, False, False]
    assert all((one / "files" / "photo").exists() for one in others) and outside.exists()


@on_sqlite
def test_progress_goes_up_and_ends(kept: House, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    back_up(kept.database, tmp_path / "backups", NOW, told_to(told))
    assert told == sorted(told) and told[-1] == (1_000, 1_000)


@on_sqlite
def test_a_disk_without_room_is_refused_before_anything_is_written(
    kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(Trouble, match="disk_full"):
        back_up(kept.database, tmp_path / "backups", NOW)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_damaged_workspace_can_still_be_carried_away_and_says_what_is_wrong(
    kept: House, tmp_path: Path
) -> None:
    with kept.database.engine.connect() as connection:
        take_all_rights(connection)
        if kept.database.dialect != "sqlite":
            connection.exec_driver_sql("ALTER TABLE record DISABLE TRIGGER USER")
            connection.exec_driver_sql("DELETE FROM record WHERE sha256 = (SELECT min(sha256) FROM record)")
        else:
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record'"
            ).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("DELETE FROM record WHERE sha256 = (SELECT min(sha256) FROM record)")
        connection.commit()
    assert not verify(kept.database).ok
    folder = made(kept, tmp_path)
    found = restore(str(folder), str(tmp_path / "new"), verify_signature)
    assert read_manifest(folder).problems == len(found.problems)
    assert [p.code for p in found.problems if p.code != "schema_missing"] == ["record_missing"]


def test_a_copy_of_an_earlier_schema_is_verified_as_it_will_be_and_stays_what_it_is(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path
) -> None:
    older = connect(
        str(tmp_path / "older")
        if database.dialect == "sqlite"
        else request.getfixturevalue("postgresql_server").fresh("template1")[1]
    )
    bring(older, "0004")
    copy = tmp_path / "copy" / FILE_NAME
    copy.parent.mkdir()
    step = Steps(None).part(0, 100)
    copy_database(older, copy, step)
    older.dispose()
    written = copy.read_bytes()
    assert verified_copy(copy, copy.parent, database.verify, step).problems == ()
    assert copy.read_bytes() == written
    with brought(copy, database.verify) as file, closing(sqlite.connect(file)) as there:
        assert there.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


@pytest.mark.parametrize("location", ["postgresql"], indirect=True)
def test_a_rule_that_a_server_lost_is_not_lost_in_its_backup(kept: House, tmp_path: Path) -> None:
    with kept.database.engine.connect() as connection:
        take_all_rights(connection)
        connection.exec_driver_sql("DROP TRIGGER event_no_update ON event")
        connection.commit()
    assert [p.code for p in verify(kept.database).problems] == ["schema_missing"]
    folder = made(kept, tmp_path)
    assert read_manifest(folder).problems == 0
    assert restore(str(folder), str(tmp_path / "new"), verify_signature).ok


def test_work_goes_on_while_a_backup_is_made(kept: House, tmp_path: Path) -> None:
    """Entries of another thread are in the backup whole or not at all."""
    stop, written = threading.Event(), []

    def work() -> None:
        while not stop.is_set():
            written.append(kept.batch(by="som"))

    worker = threading.Thread(target=work)
    worker.start()
    try:
        folder = made(kept, tmp_path)
    finally:
        stop.set()
        worker.join()
    copy = connect(str(folder))
    found = verify(copy)
    copy.dispose()
    assert found.ok and found.head[0] <= head(kept)[0] and written


@on_sqlite
def test_a_copy_that_others_make_begin_again_ends_all_the_same(
    kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "STEP_PAGES", 20)
    written: list[str] = []

    def write_between_steps(done: int, _of: int) -> bool:
        if done < 400 and len(written) < 50:  # more often than the copy in steps puts up with
            written.append(kept.batch())
        return True

    folder = Path(back_up(kept.database, tmp_path / "backups", NOW, write_between_steps).folder)
    assert copying.RESTARTS < len(written) < 50
    assert read_manifest(folder).seq == head(kept)[0]


@on_sqlite
def test_the_workspace_remembers_its_last_backup(kept: House, tmp_path: Path) -> None:
    keeping = SqlKeeping(kept.database, kept.clock)
    done = keeping.backup(str(tmp_path / "backups"))
    found = last_backup(kept.database.folder)
    assert found is not None and found[1] == done.folder
    (kept.database.folder / "last-backup.json").write_text("{")
    assert last_backup(kept.database.folder) is None


@on_sqlite
def test_before_an_upgrade_the_backup_lies_beside_the_database(kept: House) -> None:
    done = SqlKeeping(kept.database, kept.clock).backup_before_upgrade()
    assert Path(done.folder).parent == kept.database.folder / "backups"


# The manifest is an anchor -------------------------------------------------------------------------------------------


@pytest.fixture
def signed(kept: House, tmp_path: Path) -> tuple[SqlKeeping, Path]:
    """A backup made at a workstation that the log knows."""
    kept.use.open_sitting(kept.use.open_hand("linh", secret("linh")))
    keeping = SqlKeeping(kept.database, kept.clock, workstation=kept.use.workstation)
    return keeping, Path(keeping.backup(str(tmp_path / "backups")).folder)


def test_the_workstation_signs_the_head_in_the_manifest(kept: House, signed: tuple[SqlKeeping, Path]) -> None:
    keeping, folder = signed
    manifest = read_manifest(folder)
    assert manifest.anchor is not None and (manifest.anchor.head.seq, manifest.anchor.head.hash) == head(kept)
    held = keeping.against([str(folder)])
    assert (held.anchors, held.problems, held.unsigned) == (1, (), ())
    if kept.database.dialect == "sqlite":
        assert codes(folder) == set()


def test_a_workstation_that_the_log_does_not_know_signs_no_manifest(kept: House, tmp_path: Path) -> None:
    keeping = SqlKeeping(kept.database, kept.clock, workstation=Bench(kept.clock, "bench 9"))
    folder = Path(keeping.backup(str(tmp_path / "backups")).folder)
    assert read_manifest(folder).anchor is None
    assert restore(str(folder), str(tmp_path / "new"), verify_signature).ok


@on_sqlite
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("sig", "00" * 64, "anchor_signature"),
        ("key", "0" * 32, "anchor_key"),
        ("hash", "0" * 64, "anchor_differs"),
        ("seq", 10**6, "anchor_missing"),
        ("vault", "0" * 32, "anchor_vault"),
    ],
)
def test_a_manifest_whose_signed_head_was_changed_is_told_by_restore_and_by_the_checker(
    signed: tuple[SqlKeeping, Path], tmp_path: Path, field: str, value: object, code: str
) -> None:
    """Told, and not refused: it may be the last backup there is."""
    _, folder = signed
    said = json.loads((folder / MANIFEST).read_text())
    said["anchor"][field] = value
    (folder / MANIFEST).write_text(json.dumps(said))
    found = restore(str(folder), str(tmp_path / "new"), verify_signature)
    assert code in [p.code for p in found.problems] and (tmp_path / "new" / FILE_NAME).is_file()
    assert code in codes(folder)


@on_sqlite
def test_a_manifest_with_an_anchor_that_is_none_is_no_backup(
    signed: tuple[SqlKeeping, Path], tmp_path: Path
) -> None:
    _, folder = signed
    said = json.loads((folder / MANIFEST).read_text())
    said["anchor"] = {"sig": "none"}
    (folder / MANIFEST).write_text(json.dumps(said))
    refused_as("not_a_backup", lambda: restore(str(folder), str(tmp_path / "new"), verify_signature))
    assert "anchor_form" in codes(folder)
