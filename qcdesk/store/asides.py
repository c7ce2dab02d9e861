# SPDX-License-Identifier: Apache-2.0
"""Folders in which something is made before it gets its name: gone afterwards, and swept where a program was killed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qcdesk.durable import make_folder
from qcdesk.services.trouble import unwritten
from qcdesk.store.database import Database

PREFIX, SUFFIX = ".qcdesk-", ".part"
"""Of the name of a folder that is not finished; nobody takes it for a backup."""
LEFT_S = 24 * 3_600
"""What was not touched for so long is of a program that was killed."""


@contextmanager
def aside(parent: Path, prefix: str = PREFIX) -> Iterator[Path]:
    """Give a folder beside the final one, which is gone afterwards unless it was renamed."""
    with written(parent):
        make_folder(parent)
        made = Path(tempfile.mkdtemp(prefix=prefix, suffix=SUFFIX, dir=parent))
    try:
        yield made
    finally:
        with suppress(OSError):
            shutil.rmtree(made)


def own_prefix(database: Database) -> str:
    """Return how the folders begin that backups of this workspace are made in."""
    with database.reading() as connection:
        vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
    return f"{PREFIX}{str(vault or '')[:12]}-"


def sweep(mine: Path) -> None:
    """Remove what backups of the same workspace left beside ``mine`` when they were killed: a day and untouched.

    Ages are by the clock of that disk alone, which has just dated ``mine``. What another workspace left there, or a
    backup that is still being made, stays.
    """
    prefix = mine.name[: mine.name.rindex("-") + 1]
    with suppress(OSError):
        now = mine.stat().st_mtime
        for left in mine.parent.glob(f"{prefix}*{SUFFIX}"):
            if left != mine and left.is_dir() and not left.is_symlink() and now - _touched(left) > LEFT_S:
                shutil.rmtree(left, ignore_errors=True)


def _touched(folder: Path) -> float:
    """Return when a folder, or anything in it, was last written, in seconds by its disk's clock."""
    return max(p.lstat().st_mtime for p in (folder, *folder.rglob("*")))


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Turn what the disk says into trouble."""
    try:
        yield
    except OSError as failed:
        raise unwritten(failed, path) from failed
