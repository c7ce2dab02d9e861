# SPDX-License-Identifier: Apache-2.0
"""Restoring a backup where nothing is yet: a folder, or an empty PostgreSQL database; whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qcdesk import config
from qcdesk.domain.inputs import BadInput
from qcdesk.durable import make_folder, sync_folder, written_whole
from qcdesk.services.ports import Problem, Progress, Verified
from qcdesk.services.trouble import Trouble
from qcdesk.store import verification
from qcdesk.store.anchors import Given, against
from qcdesk.store.asides import aside, written
from qcdesk.store.copying import (
    TABLES,
    columns,
    copy_file,
    copy_rows,
    looking,
    read_only,
    sha256,
    verified_copy,
)
from qcdesk.store.database import FILE_NAME, as_owner, open_database
from qcdesk.store.guarding import Verify
from qcdesk.store.long_runs import Step, Steps
from qcdesk.store.manifests import MANIFEST, Manifest, find_backup, read_manifest
from qcdesk.store.places import require_local
from qcdesk.store.upgrading import upgrade


def restore(folder: str, location: str, verify: Verify, progress: Progress | None = None) -> Verified:
    """Restore a backup to a place where nothing is yet: a folder, or an empty PostgreSQL database.

    Args: folder: a backup, or a folder of backups, of which the newest is taken.
    Returns: what the verification of the restored workspace found.
    Raises: BadInput: ``not_a_backup``, ``backup_incomplete`` (facts ``missing``, ``changed``: file names),
        ``workspace_not_empty``. Trouble: ``disk_full``, ``file_unwritable``, ``restore_failed``, ``cancelled``.
    """
    steps = Steps(progress)
    backup = find_backup(Path(folder))
    manifest = read_manifest(backup)
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
        raise BadInput(
            "backup_incomplete",
            facts={"missing": missing, "changed": changed, "files": [*missing, *changed]},
            where={"file": str(backup)},
        )


def _restore_folder(backup: Path, manifest: Manifest, target: Path, verify: Verify, steps: Steps) -> Verified:
    require_local(target)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput("workspace_not_empty", facts={"location": str(target)}, where={"field": "workspace"})
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
            if target.exists():
                target.rmdir()
            made.rename(target)
            sync_folder(target.parent)
    return found


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
            read_only(backup / FILE_NAME).connect() as source,
        ):
            if into.exec_driver_sql("SELECT count(*) FROM event").scalar_one():
                shown = target.engine.url.render_as_string(hide_password=True)
                raise BadInput("workspace_not_empty", facts={"location": shown}, where={"field": "workspace"})
            for table in TABLES:
                into.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for number, table in enumerate(TABLES):
                copy_rows(source, into, table, columns(source, table))
                step(number + 1, len(TABLES))
            for table, trigger in into.exec_driver_sql(_TRIGGERS).all():
                into.exec_driver_sql(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')
            into.commit()
        for file in manifest.files:
            if file.name.startswith("files/") and not (target.folder / file.name).is_file():
                with written(target.folder):
                    make_folder(target.folder / "files")
                    with written_whole(target.folder / file.name) as copy:
                        copy.write((backup / file.name).read_bytes())
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
