# SPDX-License-Identifier: Apache-2.0
"""Backups by themselves: once a day after an hour, each rehearsed by restoring it, and the oldest taken away."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qcdesk.domain.clocks import SECOND_US
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import to_datetime
from qcdesk.durable import written_whole
from qcdesk.services.ports import BackedUp, Progress
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store.backups import Sign, back_up, last_backup
from qcdesk.store.database import Database
from qcdesk.store.guarding import Verify
from qcdesk.store.manifests import FOLDER_NAME, Manifest, read_manifest
from qcdesk.store.restoring import restore

DAY_US = 86_400 * SECOND_US
REHEARSAL = "rehearsal.json"
"""Beside a backup's manifest: when it was restored for trial, and that it held."""


def is_due(last: int | None, now: int, hour: int) -> bool:
    """Tell whether nothing was made since the day's hour last came round here.

    What is dated more than a day ahead was made under a clock that was wrong: it says nothing, or one such night would
    be the last for as long as the clock was ahead.

    Args: last, now: microseconds UTC; last is None before the first. hour: 0 to 23, of the local day.
    """
    here: datetime = to_datetime(now, UTC).astimezone()
    turn = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    if turn > here:
        turn -= timedelta(days=1)
    return last is None or dated_ahead(last, now) or to_datetime(last, UTC) < turn


def dated_ahead(at: int, now: int) -> bool:
    """Tell whether a time (microseconds UTC, as ``now``) cannot be: no two clocks that are right are a day apart."""
    return at > now + DAY_US


def back_up_if_due(
    database: Database,
    folder: Path,
    hour: int,
    keep: int,
    now: int,
    progress: Progress | None = None,
    sign: Sign | None = None,
) -> BackedUp | None:
    """Make the day's backup when its hour has come: verified, restored for trial, and no more than ``keep`` kept.

    None: it is not due yet. Raises: as ``back_up``; Trouble ``rehearsal_failed``: the backup is there and could not be
    restored; no older one is taken away then.
    """
    last = last_backup(database.folder)
    if not is_due(last[0] if last else None, now, hour):
        return None
    done = back_up(database, folder, now, progress, sign)
    rehearse(Path(done.folder), database.folder, database.verify, now)
    take_away(folder, keep, now)
    return done


def rehearse(backup: Path, near: Path, verify: Verify, now: int) -> None:
    """Restore a backup into a folder that is gone afterwards, verify the whole, and write down that it held.

    Args: near: a folder on a local disk, where the trial is made.
    Raises: Trouble: ``rehearsal_failed`` (facts ``folder``, ``first``), ``disk_full``, ``file_unwritable``.
    """
    try:
        scratch = Path(tempfile.mkdtemp(prefix=".qcdesk-", suffix=".part", dir=near))
    except OSError as failed:
        raise unwritten(failed, near) from failed
    try:
        found = restore(str(backup), str(scratch / "workspace"), verify)
    except BadInput as bad:
        raise Trouble("rehearsal_failed", folder=str(backup), first=bad.code) from bad
    finally:
        with suppress(OSError):
            shutil.rmtree(scratch)
    said = {"at": now, "checked": found.checked, "head": found.head[0], "problems": len(found.problems)}
    try:
        with written_whole(backup / REHEARSAL) as file:
            file.write((json.dumps(said) + "\n").encode())
    except OSError as failed:
        raise unwritten(failed, backup) from failed


def rehearsed(backup: Path) -> bool:
    """Tell whether a backup was restored for trial and held."""
    try:
        return int(json.loads((backup / REHEARSAL).read_text("utf-8"))["head"]) == read_manifest(backup).seq
    except (OSError, ValueError, KeyError, TypeError, BadInput):
        return False


def take_away(folder: Path, keep: int, now: int) -> None:
    """Remove the oldest rehearsed backups of a folder beyond ``keep``; those of another workspace are not counted.

    The newest one and whatever is no backup of ours stay, whatever ``keep`` says. What is dated more than a day after
    ``now`` (microseconds UTC) was made under a wrong clock: it is the first to go, so that it pushes out none of the good
    ones. The one with the longest log stays in any case, whatever its date says.
    """
    found = []
    for path in folder.iterdir():
        if FOLDER_NAME.fullmatch(path.name) and path.is_dir():
            with suppress(BadInput):
                found.append((read_manifest(path), path))
    found.sort(key=lambda one: _age(one[0], one[1].name, now), reverse=True)
    if not found:
        return
    mine = [(manifest.seq, path) for manifest, path in found if manifest.vault == found[0][0].vault]
    kept, older = mine[: max(1, keep)], mine[max(1, keep) :]
    longest = max(seq for seq, _ in mine)
    if longest > max(seq for seq, _ in kept):
        older.remove(next(one for one in older if one[0] == longest))
    for _, path in older:
        with suppress(OSError):
            shutil.rmtree(path)


def _age(manifest: Manifest, name: str, now: int) -> tuple[bool, int, int, str]:
    """Return by what backups are put in order: the believable ones by their date, the others by their logs."""
    ahead = dated_ahead(manifest.at, now)
    return not ahead, manifest.seq if ahead else 0, manifest.at, name
