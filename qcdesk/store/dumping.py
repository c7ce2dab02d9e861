# SPDX-License-Identifier: Apache-2.0
"""The log written out as one file that the stand-alone checker reads, of either engine, while others work.

The form is told in ``qcdesk.checker.sources``: the head, every line, every signed record, and of every picture and file
the hash that it really has. It goes page by page up to the head that it began with: the log only grows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from qcdesk import durable
from qcdesk.checker.sources import DUMP_FORMAT
from qcdesk.domain.anchors import Head
from qcdesk.services.ports import Dumped, Progress
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store import kept_files
from qcdesk.store.backups import Sign
from qcdesk.store.database import Database
from qcdesk.store.long_runs import Steps
from qcdesk.store.verification import page_of

RECORDS = 100
_RECORDS = sa.text("SELECT sha256, document FROM record WHERE sha256 > :after ORDER BY sha256 LIMIT :limit")


def write_log(
    database: Database, path: Path, now: int, sign: Sign, progress: Progress | None = None
) -> Dumped:
    """Write the log's dump, whole or not at all.

    Args: now: microseconds UTC. sign: signs the head, where it can.
    Raises: Trouble: ``no_events``, ``file_unwritable``, ``disk_full``, ``file_unreadable``, ``cancelled``.
    """
    steps = Steps(progress)
    head = _head(database, now)
    try:
        durable.make_folder(path.parent)
        with durable.written_whole(path) as out:
            counted = _Counted(out)
            anchor = sign(head)
            counted.put(
                {
                    "format": DUMP_FORMAT,
                    "vault": head.vault,
                    "seq": head.seq,
                    "hash": head.hash,
                    "files": True,
                    "anchor": json.loads(anchor.text()) if anchor is not None else None,
                }
            )
            step = steps.part(0, 80)
            events = 0
            for line in _lines(database, head.seq):
                counted.put(line)
                events += 1
                if events % 1_000 == 0:
                    step(events, head.seq)
            for line in _records(database):
                counted.put(line)
            files, step = 0, steps.part(80, 100)
            listed = kept_files.listed(database)
            for kept in listed:
                counted.put({"file": kept.name, "bytes": kept.bytes, "sha256": kept.sha256})
                files += 1
                step(files, len(listed))
    except OSError as failed:
        raise unwritten(failed, path) from failed
    steps.done()
    return Dumped(str(path), events, files, counted.bytes, counted.digest.hexdigest(), head.seq, head.hash)


class _Counted:
    """Writes lines, and knows how much was written and its hash."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.bytes, self.digest = out, 0, hashlib.sha256()

    def put(self, said: dict[str, object]) -> None:
        """Write one line."""
        line = json.dumps(said, separators=(",", ":")).encode("ascii") + b"\n"
        self._out.write(line)
        self.bytes += len(line)
        self.digest.update(line)


def _head(database: Database, now: int) -> Head:
    with database.reading() as connection:
        vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
        last = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").first()
    if last is None:
        raise Trouble("no_events")
    return Head(str(vault or ""), int(last[0]), bytes(last[1]).hex(), now)


def _lines(database: Database, until: int) -> Iterator[dict[str, object]]:
    """Yield every line; bytes that are no text keep their place and no longer fit their hash, which the checker says."""
    after = -(2**62)  # a forged line may have any number
    while after < until:
        with database.reading() as connection:
            page = [row for row in page_of(connection, after) if row.seq <= until]
        if not page:
            return
        for row in page:
            body = row.body.decode("utf-8", "surrogateescape")
            yield {"seq": row.seq, "body": body, "sig": row.sig.hex(), "hash": row.hash.hex()}
        after = page[-1].seq


def _records(database: Database) -> Iterator[dict[str, object]]:
    after = ""
    while True:
        with database.reading() as connection:
            page = connection.execute(_RECORDS, {"after": after, "limit": RECORDS}).all()
        for _, document in page:
            yield {"record": bytes(document).decode("utf-8", "surrogateescape")}
        if len(page) < RECORDS:
            return
        after = page[-1][0]
