# SPDX-License-Identifier: Apache-2.0
"""Photos, pictures and files kept by their hashes: beside a SQLite file in a folder, on a server in its database.

On a server every workstation, backup, verification and dump has them. What lies in the workstation's own folder there is
a copy, held against its hash each time; a file that an earlier program left there alone is brought in at the first need.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from qcdesk.durable import make_folder, sync_folder, written_whole
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store.database import Database, translated
from qcdesk.store.long_runs import Step
from qcdesk.store.manifests import HASH

FOLDER = "files"


class Kept(NamedTuple):
    """A file that is kept: its name, how long it is, and the SHA-256 of what is there."""

    name: str
    bytes: int
    sha256: str


def digest(database: Database, name: str) -> str:
    """Return the SHA-256 of what is kept under a name; empty: nothing is."""
    if not HASH.fullmatch(name):
        return ""
    if not _on_server(database):
        return _digest_of(database.folder / FOLDER / name)
    return _digest_there(database, name) or (name if _brought_in(database, name) else "")


def is_kept(database: Database, name: str) -> bool:
    """Tell whether anything is kept under a name."""
    return (
        digest(database, name) != "" if _on_server(database) else (database.folder / FOLDER / name).is_file()
    )


def share(database: Database, names: Iterable[str]) -> None:
    """Bring files that lie in the folder to where every workstation has them, before an event names them.

    Raises: Trouble: the server does not answer, the file cannot be read.
    """
    if not _on_server(database):
        return
    for name in names:
        if not _digest_there(database, name) and not _brought_in(database, name):
            raise Trouble("stored_file_missing", sha256=name)


def share_all(database: Database) -> None:
    """Bring in whatever lies whole in this workstation's folder alone, as earlier programs left it."""
    folder = database.folder / FOLDER
    lying = sorted(p.name for p in folder.iterdir() if HASH.fullmatch(p.name)) if folder.is_dir() else []
    with database.reading() as connection:
        there = set(connection.execute(_NAMES).scalars())
    for name in lying:
        if name not in there:
            _brought_in(database, name)


def fetch(database: Database, name: str) -> bytes | None:
    """Return what a server keeps under a name, held against its hash, and lay it in the folder; None: nothing.

    Raises: Trouble ``stored_file_changed``.
    """
    if not _on_server(database) or not HASH.fullmatch(name):
        return None
    with database.reading() as connection:
        found = connection.execute(_CONTENT, {"name": name}).scalar()
    if found is None:
        return None
    content = bytes(found)
    if hashlib.sha256(content).hexdigest() != name:
        raise Trouble("stored_file_changed", sha256=name)
    with suppress(OSError):  # a copy saves the way next time, and nothing more
        _lay(database.folder / FOLDER, name, content)
    return content


def listed(database: Database) -> list[Kept]:
    """Return every file that is kept, in the order of the names. Raises: Trouble ``file_unreadable``."""
    folder = database.folder / FOLDER
    lying = sorted(p for p in folder.iterdir() if HASH.fullmatch(p.name)) if folder.is_dir() else []
    if not _on_server(database):
        return [_lying(path) for path in lying]
    share_all(database)
    with database.reading() as connection:
        return [Kept(*row) for row in connection.execute(_ALL)]


def _lying(path: Path) -> Kept:
    try:
        return Kept(path.name, path.stat().st_size, _digest_of(path))
    except OSError as failed:
        raise Trouble("file_unreadable", file=str(path), reason=failed.strerror or "") from failed


def copy_out(database: Database, target: Path, step: Step) -> None:
    """Lay every file that a server keeps into a fresh folder. Raises: Trouble: as the disk says."""
    share_all(database)
    with database.reading() as connection:
        names = [str(name) for name in connection.execute(_NAMES).scalars()]
    try:
        target.mkdir()
        for number, name in enumerate(names):
            with database.reading() as connection:
                content = bytes(connection.execute(_CONTENT, {"name": name}).scalar() or b"")
            _lay(target, name, content)
            step(number + 1, len(names))
        sync_folder(target)
    except OSError as failed:
        raise unwritten(failed, target) from failed


def _on_server(database: Database) -> bool:
    return database.dialect != "sqlite"


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def _digest_there(database: Database, name: str) -> str:
    with database.reading() as connection:
        return str(connection.execute(_DIGEST, {"name": name}).scalar() or "")


def _brought_in(database: Database, name: str) -> bool:
    """Bring in a file that lies in this workstation's folder alone; False: it does not, or is not what it was."""
    try:
        content = (database.folder / FOLDER / name).read_bytes()
    except OSError:
        return False
    if hashlib.sha256(content).hexdigest() != name:
        return False
    # A transaction of its own: it waits for nobody.
    with translated(), database.engine.connect() as connection:
        connection.execute(_KEEP, {"name": name, "content": content})
        try:
            connection.commit()
        except (sa.exc.DBAPIError, MemoryError):
            connection.invalidate()  # where its transaction stands nobody knows: it serves no other act
            raise
    return True


def _lay(folder: Path, name: str, content: bytes) -> None:
    make_folder(folder)
    with written_whole(folder / name) as file:
        file.write(content)


_DIGEST = sa.text("SELECT encode(sha256(content), 'hex') FROM kept_file WHERE sha256 = :name")
_CONTENT = sa.text("SELECT content FROM kept_file WHERE sha256 = :name")
_NAMES = sa.text("SELECT sha256 FROM kept_file ORDER BY sha256")
_ALL = sa.text(
    "SELECT sha256, octet_length(content), encode(sha256(content), 'hex') FROM kept_file ORDER BY sha256"
)
_KEEP = sa.text("SELECT qc_keep_file(:name, :content)")
