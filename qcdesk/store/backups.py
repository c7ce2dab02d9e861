# SPDX-License-Identifier: Apache-2.0
"""Backups: the whole workspace copied while in use, and verified before it counts.

SQLite is copied page by page by its backup interface, PostgreSQL row by row as one moment of time saw them. So the
copy of either is a workspace that can be opened, verified with the same program, and restored to either.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from qcdesk.domain.anchors import Anchor, Head
from qcdesk.domain.log import fingerprint
from qcdesk.durable import make_folder, sync_folder, written_whole
from qcdesk.services.ports import BackedUp, Problem, Progress
from qcdesk.services.trouble import Trouble
from qcdesk.store import kept_files, verification
from qcdesk.store.asides import aside, own_prefix, sweep, written
from qcdesk.store.copying import copy_database, copy_file, copy_files, inventory, looking, verified_copy
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.long_runs import Steps
from qcdesk.store.manifests import MANIFEST, Manifest, text_of
from qcdesk.store.upgrading import HEAD, revision_of

Sign = Callable[[Head], Anchor | None]
"""sign(head): the workstation's signature on it; None: the log does not know the workstation."""


def back_up(
    database: Database,
    folder: Path,
    now: int,
    progress: Progress | None = None,
    sign: Sign | None = None,
) -> BackedUp:
    """Copy a whole workspace into a new folder below ``folder``, while it is in use.

    The copy is verified as a workspace; only then does its folder get its name. Where the workspace itself does not
    verify, the copy is kept if it says the very same, so that a damaged workspace can still be carried away.
    Args: folder: where backups lie; made if need be, a network drive will do. now: microseconds UTC. sign: signs the
        head for the manifest, which is an anchor.
    Raises: Trouble: ``cancelled``, ``disk_full``, ``backup_failed`` (facts ``problems``, ``first``),
        ``file_unwritable``, ``file_unreadable``.
    """
    steps = Steps(progress)
    with written(folder):
        make_folder(folder)
    own = own_prefix(database)
    with aside(folder, own) as made, aside(database.folder, own) as near:
        sweep(made)
        sweep(near)
        _require_room(database, folder)
        copy = near / FILE_NAME
        copy_database(database, copy, steps.part(0, 40))
        if database.dialect == "sqlite":
            copy_files(database.folder / "files", made / "files", steps.part(40, 60))
        else:
            kept_files.copy_out(database, made / "files", steps.part(40, 60))
        found = verified_copy(copy, made, database.verify, steps.part(60, 90))
        if found.problems and _of_content(database, near) != found.problems:
            raise Trouble("backup_failed", problems=len(found.problems), first=found.problems[0].code)
        copy_file(copy, made / FILE_NAME)
        vault, letters = _identity(copy)
        head = Head(vault, *found.head, now)
        manifest = Manifest(
            vault=vault,
            seq=head.seq,
            hash=head.hash,
            at=now,
            schema=revision_of(database),
            problems=len(found.problems),
            files=tuple(inventory(made, steps.part(90, 100))),
            anchor=sign(head) if sign is not None and head.seq else None,
        )
        text = text_of(manifest, letters)
        with written(made):
            _write(made / MANIFEST, text)
            final = _free_name(folder, now)
            made.rename(final)
            try:
                sync_folder(folder)
            except OSError:
                final.rename(made)  # a backup of which is said that it failed is not there
                raise
        with suppress(OSError):  # the backup is made; the doctor will say that it does not know of it
            _write(database.folder / LAST, _last_text(now, final, manifest))
    steps.done()
    return BackedUp(
        folder=str(final),
        files=len(manifest.files),
        bytes=sum(f.bytes for f in manifest.files),
        digest=hashlib.sha256(text).hexdigest(),
    )


def _of_content(database: Database, near: Path) -> tuple[Problem, ...]:
    """Verify a workspace; of a server without what is wrong with its rules and rights, which no copy takes over.

    One of an earlier schema cannot be verified as it stands; another copy of it, made in ``near``, says the same.
    """
    if revision_of(database) != HEAD:
        again = near / "again"
        with written(near):
            again.mkdir()
        copy_database(database, again / FILE_NAME, Steps(None).part(0, 1))
        return verified_copy(
            again / FILE_NAME, database.folder, database.verify, Steps(None).part(0, 1)
        ).problems
    problems = verification.verify(database).problems
    if database.dialect == "sqlite":
        return problems
    return tuple(p for p in problems if not p.code.startswith("schema_"))


LAST = "last-backup.json"
"""Beside the database: when and where the last backup was made; the doctor reads it."""


def last_backup(folder: Path) -> tuple[int, str] | None:
    """Return when (microseconds UTC) and where the last backup of a workspace was made; None: never, or not known."""
    try:
        said = json.loads((folder / LAST).read_text("utf-8"))
        return int(said["at"]), str(said["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _identity(copy: Path) -> tuple[str, str]:
    """Return the id of a workspace and its root of trust for the eye: 16 letters of event 1."""
    with looking(copy) as connection:
        vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
        first = connection.exec_driver_sql("SELECT hash FROM event WHERE seq = 1").scalar()
    return str(vault or ""), fingerprint(bytes(first)) if first is not None else ""


def _require_room(database: Database, folder: Path) -> None:
    """Refuse to begin a copy for which the disk has no room."""
    own = [database.folder / FILE_NAME, *((database.folder / "files").glob("*"))]
    needed = sum(p.stat().st_size for p in own if p.is_file())
    with written(folder):
        free = min(shutil.disk_usage(folder).free, shutil.disk_usage(database.folder).free)
    if free < needed * 1.05 + 10_000_000:
        raise Trouble("disk_full", free_mb=int(needed * 1.05 / 1_000_000) + 10)


def _last_text(now: int, final: Path, manifest: Manifest) -> bytes:
    return json.dumps({"at": now, "folder": str(final), "seq": manifest.seq}).encode()


def _free_name(folder: Path, now: int) -> Path:
    stamp = datetime.fromtimestamp(now // 1_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    final, number = folder / f"qcdesk-{stamp}", 1
    while final.exists():
        number += 1
        final = folder / f"qcdesk-{stamp}-{number}"
    return final


def _write(path: Path, text: bytes) -> None:
    with written_whole(path) as file:
        file.write(text)
