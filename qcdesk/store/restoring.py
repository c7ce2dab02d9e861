# SPDX-License-Identifier: Apache-2.0
"""Restoring a backup where nothing is yet: a folder, or an empty PostgreSQL database; whole, or not at all.

A folder counts as empty, too, where a window laid a workspace that nobody has begun: there is no event in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from qcdesk import config
from qcdesk.domain.anchors import Lacking
from qcdesk.domain.inputs import BadInput
from qcdesk.durable import make_folder, sync_folder, written_whole
from qcdesk.services.ports import BackupSeen, HeldAgainst, Problem, Progress, Verified
from qcdesk.services.trouble import Trouble
from qcdesk.store import kept_files, verification
from qcdesk.store.anchors import Given, StationAnchors, against, lost_by, read_given
from qcdesk.store.asides import PREFIX, SUFFIX, aside, written
from qcdesk.store.copying import (
    TABLES,
    brought,
    columns,
    copy_file,
    copy_rows,
    looking,
    read_only,
    sha256,
    verified_copy,
)
from qcdesk.store.database import FILE_NAME, Database, as_owner, open_database
from qcdesk.store.guarding import Verify
from qcdesk.store.long_runs import Step, Steps
from qcdesk.store.manifests import MANIFEST, Manifest, find_backup, read_manifest
from qcdesk.store.places import require_local
from qcdesk.store.replaced import lacking_from
from qcdesk.store.upgrading import HEAD, KNOWN, upgrade


def restore(folder: str, location: str, verify: Verify, progress: Progress | None = None) -> Verified:
    """Restore a backup to a place where nothing is yet: a folder, or an empty PostgreSQL database.

    Args: folder: a backup, or a folder of backups, of which the newest is taken.
    Returns: what the verification of the restored workspace found.
    Raises: BadInput: ``not_a_backup``, ``backup_incomplete`` (facts ``missing``, ``changed``: file names),
        ``workspace_exists``, ``workspace_not_empty``. Trouble: ``schema_newer``, ``disk_full``, ``file_unwritable``,
        ``restore_failed``, ``cancelled``.
    """
    steps = Steps(progress)
    backup = _found(folder)
    manifest = _readable(backup)
    if "://" not in location:
        with written(Path(location)):
            _require_free(Path(location))
            _require_room(Path(location), manifest)
    _require_whole(backup, manifest, steps.part(0, 30))
    found = (
        _restore_rows(backup, manifest, location, verify, steps)
        if "://" in location
        else _restore_folder(backup, manifest, Path(location), verify, steps)
    )
    return replace(found, problems=(*_of_anchor(backup, manifest, verify), *found.problems))


def _of_anchor(backup: Path, manifest: Manifest, verify: Verify) -> tuple[Problem, ...]:
    """Hold the manifest's signed head against the copy. Told, not refused: it may be the last backup there is."""
    if manifest.anchor is None:
        return ()
    with looking(backup / FILE_NAME) as connection:
        return against(connection, (Given(MANIFEST, manifest.anchor),), verify).problems


def _require_whole(backup: Path, manifest: Manifest, step: Step) -> None:
    """Refuse a backup of which a file is missing or is not what it was, naming them all."""
    missing, changed = [], []
    for number, file in enumerate(manifest.files):
        path = backup / file.name
        if not path.is_file():
            missing.append(file.name)
        elif path.stat().st_size != file.bytes or sha256(path) != file.sha256:
            changed.append(file.name)
        step(number + 1, len(manifest.files))
    if missing or changed:
        raise _not_as_made(backup, missing=missing, changed=changed)


def look_at(
    folder: str,
    verify: Verify,
    kept: StationAnchors,
    given: Sequence[str] = (),
    replaces: str = "",
) -> BackupSeen:
    """Return what a backup holds and lacks, without verifying or writing anything. See the port ``Workspaces``.

    Args: kept: what this station saw, at the place where the backup is to be restored.
    """
    backup = _found(folder)
    manifest = _readable(backup)
    anchors = read_given(given)
    copy = backup / FILE_NAME
    _require_database(copy)
    try:
        with looking(copy) as connection:
            counted = [connection.exec_driver_sql(query).scalar() for query in _COUNTED]
            # of a backup by an earlier program it is said once the copy is opened and brought up to date
            told = manifest.schema == HEAD and counted[0] is not None
            lost = lost_by(connection, kept, verify, at_work=False) if told else None
            held = against(connection, anchors, verify) if told else HeldAgainst(0, ())
    except Trouble as problem:
        if problem.code not in ("database", "damaged", "database_error"):
            raise
        raise _not_as_made(backup, changed=[FILE_NAME]) from problem
    except (ValueError, TypeError) as problem:  # values of another form than ours
        raise _not_as_made(backup, changed=[FILE_NAME]) from problem
    lacking = _beyond(copy, replaces, verify) if replaces else None
    return BackupSeen(
        folder=str(backup),
        vault=manifest.vault,
        shop=str(counted[1] or ""),
        made=manifest.at,
        last_at=int(counted[2] or manifest.at),
        batches=int(counted[3] or 0),
        people=int(counted[4] or 0),
        files=len(manifest.files) - 1,
        bytes=sum(file.bytes for file in manifest.files),
        lost=lost,
        held=held,
        lacking=lacking,
        known=bool(kept.of(manifest.vault)),
    )


_COUNTED = (
    "SELECT vault FROM workspace",
    "SELECT name FROM shop",
    "SELECT max(at) FROM line",
    "SELECT count(*) FROM batch",
    "SELECT count(*) FROM person",
)


def _beyond(copy: Path, replaces: str, verify: Verify) -> Lacking:
    database = Database(read_only(copy), copy.parent, verify)
    try:
        return lacking_from(database, replaces, verify)
    finally:
        database.dispose()


def _not_as_made(backup: Path, *, missing: Sequence[str] = (), changed: Sequence[str] = ()) -> BadInput:
    return BadInput(
        "backup_incomplete",
        facts={"missing": list(missing), "changed": list(changed), "files": [*missing, *changed]},
        where={"file": str(backup)},
    )


def _found(folder: str) -> Path:
    try:
        return find_backup(Path(folder))
    except OSError as failed:
        raise Trouble("file_unreadable", file=folder, reason=failed.strerror or "") from failed


def _readable(backup: Path) -> Manifest:
    """Return what a backup says of itself. Raises: Trouble ``schema_newer``: a newer program made it."""
    manifest = read_manifest(backup)
    if manifest.schema and manifest.schema not in KNOWN:
        raise Trouble("schema_newer", found=manifest.schema, known=HEAD)
    return manifest


def _require_database(copy: Path) -> None:
    """Refuse a backup whose database is not there, or is none. Raises: BadInput ``backup_incomplete``."""
    try:
        with copy.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise _not_as_made(copy.parent, changed=[FILE_NAME])
    except FileNotFoundError as problem:
        raise _not_as_made(copy.parent, missing=[FILE_NAME]) from problem
    except OSError as failed:
        raise Trouble("file_unreadable", file=str(copy), reason=failed.strerror or "") from failed


_MAGIC = b"SQLite format 3\0"


def _require_free(target: Path) -> None:
    """Refuse a place where anything is that would be lost."""
    require_local(target)
    if not target.exists() or (target.is_dir() and (not any(target.iterdir()) or _is_unbegun(target))):
        return
    there = (target / FILE_NAME).is_file()
    raise BadInput(
        "workspace_exists" if there else "workspace_not_empty",
        facts={"location": str(target)},
        where={"field": "workspace"},
    )


def _is_unbegun(target: Path) -> bool:
    """Tell whether a folder holds a workspace without an event, and nothing beside."""
    database, journal, files = target / FILE_NAME, target / f"{FILE_NAME}-journal", target / "files"
    if not database.is_file() or any(p not in (database, journal, files) for p in target.iterdir()):
        return False
    if (journal.exists() and journal.stat().st_size) or (files.exists() and any(files.iterdir())):
        return False
    try:
        with closing(sqlite.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("SELECT count(*) = 0 FROM event").fetchone()[0])
    except sqlite.DatabaseError:
        return False


def _require_room(target: Path, manifest: Manifest) -> None:
    """Refuse to begin where the disk has no room for the copy."""
    near = next(folder for folder in (target, *target.absolute().parents) if folder.exists())
    needed = sum(file.bytes for file in manifest.files)
    free = shutil.disk_usage(near).free
    if free < needed * 1.05 + 10_000_000:
        raise Trouble("disk_full", free_mb=int(needed * 1.05 / 1_000_000) + 10)


def _restore_folder(backup: Path, manifest: Manifest, target: Path, verify: Verify, steps: Steps) -> Verified:
    with written(target):
        make_folder(target.parent)
    with aside(target.parent) as made:
        with written(made):
            (made / "files").mkdir()
        step = steps.part(30, 60)
        for number, file in enumerate(manifest.files):
            copy_file(backup / file.name, made / file.name)
            step(number + 1, len(manifest.files))
        found = verified_copy(made / FILE_NAME, made, verify, steps.part(60, 100))
        _require_head(found, manifest)
        with written(target):
            sync_folder(made / "files")
            sync_folder(made)
            _require_free(target)  # somebody may have begun there meanwhile
            _put_in_place(made, target)
            sync_folder(target.parent)
    return found


def _put_in_place(made: Path, target: Path) -> None:
    """Give the finished copy its name; what was laid there and never begun is there again if that fails."""
    if not target.exists() or not any(target.iterdir()):
        with suppress(FileNotFoundError):
            target.rmdir()
        made.rename(target)
        return
    unbegun = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=target.parent))
    unbegun.rmdir()
    target.rename(unbegun)
    try:
        made.rename(target)
    except OSError:
        unbegun.rename(target)
        raise
    shutil.rmtree(unbegun, ignore_errors=True)


def _restore_rows(backup: Path, manifest: Manifest, location: str, verify: Verify, steps: Steps) -> Verified:
    """Fill an empty PostgreSQL database from the rows of a backup, in one transaction."""
    found = verified_copy(backup / FILE_NAME, backup, verify, steps.part(30, 50))
    _require_head(found, manifest)
    target = open_database(location, verify, files=config.station_folder() / "server-files")
    try:
        upgrade(target)
        step = steps.part(50, 80)
        with (
            as_owner(target) as into,
            brought(backup / FILE_NAME, verify) as rows,
            read_only(rows).connect() as source,
        ):
            if into.exec_driver_sql("SELECT count(*) FROM event").scalar_one():
                shown = target.engine.url.render_as_string(hide_password=True)
                raise BadInput("workspace_not_empty", facts={"location": shown}, where={"field": "workspace"})
            for table in TABLES:
                into.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for number, table in enumerate(TABLES):
                copy_rows(source, into, table, columns(source, table))
                step(number + 1, len(TABLES))
            into.exec_driver_sql(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # no table is altered while one of its keys waits
            for table, trigger in into.exec_driver_sql(_TRIGGERS).all():
                into.exec_driver_sql(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')
            into.commit()
        for file in manifest.files:
            if file.name.startswith("files/") and not (target.folder / file.name).is_file():
                with written(target.folder):
                    make_folder(target.folder / "files")
                    with written_whole(target.folder / file.name) as copy:
                        copy.write((backup / file.name).read_bytes())
            if file.name.startswith("files/"):
                kept_files.share(target, [Path(file.name).name])
        restored = verification.verify(target, steps.part(80, 100).told)
        _require_head(restored, manifest)
        return restored
    finally:
        target.dispose()


_TRIGGERS = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
)


def _require_head(found: Verified, manifest: Manifest) -> None:
    """Refuse a copy whose log ends elsewhere than the manifest says, or that has problems that the original had not."""
    if found.head != (manifest.seq, manifest.hash) or len(found.problems) != manifest.problems:
        first = found.problems[0].code if found.problems else "head"
        raise Trouble("restore_failed", problems=len(found.problems), first=first)
