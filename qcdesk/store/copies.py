# SPDX-License-Identifier: Apache-2.0
"""Recognises a workspace that was copied by hand while it was at work, before anything in it is read or written.

A file manager copies the database, its journal and the photos at different moments. Opened, such a copy would be mixed
from two states: SQLite plays whatever journal lies beside a database back into it.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble

MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER = struct.Struct(">8sIIIII")
"""Of a journal: magic, records in this segment, nonce, pages of the database before, bytes of a sector and of a page."""
_TO_THE_END = 2**32 - 1
LOOKS = 20
"""A program that commits meanwhile changes both files between two looks; one that died changes neither."""
_PAUSE_S = 0.01


@dataclass(frozen=True)
class _Journal:
    """``records``: pages in it; ``counter``: how often the database had been changed before; None: not said."""

    nonce: int
    records: int
    pages: int
    page_bytes: int
    counter: int | None


@dataclass(frozen=True)
class _File:
    pages: int
    page_bytes: int
    counter: int


def require_own_journal(database: Path) -> None:
    """Refuse a database beside which lies the journal of another copy; where none lies, nothing is looked at.

    What a crash leaves is let through: its journal says the state before, and the file is there or one change further.
    Raises: BadInput ``copy_torn`` (facts ``path``: the folder). Trouble ``file_unreadable``.
    Source: "Database File Format" of SQLite, sections 1.3 (header) and 3 (rollback journal).
    """
    journal = database.with_name(f"{database.name}-journal")
    for _ in range(LOOKS):
        try:
            before, file, after = _journal(journal), _file(database), _journal(journal)
        except FileNotFoundError:
            return  # the program that is at work there has just committed
        except OSError as failed:
            raise Trouble("file_unreadable", file=str(database), reason=failed.strerror or "") from failed
        if before is None or after is None or file is None or _fits(before, file):
            return
        if before == after:
            folder = str(database.parent)
            raise BadInput("copy_torn", facts={"path": folder}, where={"field": "workspace"})
        time.sleep(_PAUSE_S)


def require_files(connection: sa.Connection, folder: Path) -> None:
    """Refuse a workspace that has photos on record and no folder of files at all.

    Raises: BadInput ``copy_without_files`` (facts ``path``, ``count``: photos on record).
    """
    if (folder / "files").is_dir():
        return
    there = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'finding'"
    )
    if not there.scalar_one():
        return
    query = "SELECT count(DISTINCT photo) FROM finding WHERE photo IS NOT NULL"
    count = int(connection.exec_driver_sql(query).scalar_one())
    if count:
        facts = {"path": str(folder), "count": count}
        raise BadInput("copy_without_files", facts=facts, where={"field": "workspace"})


def _fits(journal: _Journal, file: _File) -> bool:
    if journal.page_bytes != file.page_bytes:
        return False
    if (
        journal.pages == 0
    ):  # the very first transaction: before it there was no file, after it one that changed once
        return file.counter <= 1
    if journal.records == 0:  # begun and not yet synced: of the database nothing is written before that
        return file.pages == journal.pages
    if file.pages < journal.pages:
        return False
    return journal.counter is None or (file.counter - journal.counter) % 2**32 in (0, 1)


def _journal(path: Path) -> _Journal | None:
    """Return what a journal says; None where there is none, or one that SQLite itself passes over."""
    content = path.read_bytes()
    if len(content) < _HEADER.size or content[:8] != MAGIC:
        return None
    _, records, nonce, pages, sector, page_bytes = _HEADER.unpack_from(content)
    if sector < 32 or page_bytes < 512:
        return None
    return _Journal(nonce, records, pages, page_bytes, _counter(content, sector, page_bytes))


def _counter(content: bytes, sector: int, page_bytes: int) -> int | None:
    """Return the change counter on the first page as it was before, from whichever segment holds it."""
    at = 0
    while content[at : at + 8] == MAGIC and len(content) >= at + sector:
        records = struct.unpack_from(">I", content, at + 8)[0]
        at += sector
        whole = (len(content) - at) // (page_bytes + 8)
        for _ in range(whole if records == _TO_THE_END else min(records, whole)):
            if struct.unpack_from(">I", content, at)[0] == 1:
                return int(struct.unpack_from(">I", content, at + 4 + 24)[0])
            at += page_bytes + 8
        at = -(-at // sector) * sector
    return None


def _file(path: Path) -> _File | None:
    """Return what the head of a database says; None for an empty file, which a journal of nothing belongs to."""
    with path.open("rb") as file:
        head = file.read(28)
        size = file.seek(0, 2)
    if len(head) < 28:
        return None
    page_bytes = int(struct.unpack_from(">H", head, 16)[0])
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    if page_bytes < 512:
        return None  # no database at all: that is said when it is opened
    return _File(size // page_bytes, page_bytes, int(struct.unpack_from(">I", head, 24)[0]))
