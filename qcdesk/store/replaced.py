# SPDX-License-Identifier: Apache-2.0
"""What a copy of the log that is being replaced holds and this one does not, as far as it can still be read.

The old copy may be damaged, or have been left in the middle of a write: it is read line by line where it has to be, and
nothing of it is believed but what each line says by itself. It tells people what to do again, and proves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import sqlalchemy as sa

from qcdesk.domain.anchors import Lacking, SeenAct
from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import FILE_NAME, Database, open_database, translated
from qcdesk.store.guarding import Verify

PAGE = 500
LAST = 2**53
"""No line has a higher number: a signed one holds none."""
MOST_UNREAD = 100_000
"""With more lines in a row that cannot be read there is nothing left to find."""
OldRow = tuple[int, bytes, bytes]
"""Number, body, hash."""
Ask = Callable[[str], list[tuple[Any, ...]]]


def lacking_from(own: Database, old: str, verify: Verify) -> Lacking:
    """Return what the old copy at a place holds and this workspace does not.

    Args: old: its folder, its database file, or a server's address.
    Raises: BadInput: ``no_workspace``, nothing is there; ``other_workspace``, it is of another one. Trouble: nothing of
        it can be read (``database_damaged``), or the server does not answer.
    """
    with own.reading() as connection:
        vault = str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar() or "")
        last = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").first()
        with _asking(old, verify) as ask:
            reader = _Reader(ask)
            after = 0
            if last is not None and reader.hash_of(int(last[0])) == bytes(last[1]):
                after = int(last[0])
            acts: list[SeenAct] = []
            names = _Names()
            for page in reader.pages(after):
                held = _hashes(connection, [seq for seq, _, _ in page])
                for seq, body, digest in page:
                    if held.get(seq) != digest:
                        said = _said(body)
                        if said.get("vault") not in (vault, None):
                            raise BadInput("other_workspace", facts={"file": old}, where={"file": old})
                        acts.append(names.take(seq, said))
        acts = names.told(connection, acts)
    return Lacking(tuple(acts), reader.unread)


class _Reader:
    """Reads an old log in pages, and row by row where a page cannot be read."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.unread = 0

    def hash_of(self, seq: int) -> bytes | None:
        """Return the hash of an event; None: it is not there, or cannot be read."""
        try:
            found = self._ask(f"SELECT hash FROM event WHERE seq = {int(seq)}")  # noqa: S608 - a whole number
        except sqlite.DatabaseError:
            return None
        return _bytes(found[0][0]) if found else None

    def pages(self, after: int) -> Iterator[list[OldRow]]:
        """Yield what can be read after a number, in order. Raises: Trouble ``database_damaged``: nothing can."""
        try:
            top = self._ask(f"SELECT max(seq) FROM event WHERE seq <= {LAST}")[0][0]  # noqa: S608 - a whole number
        except sqlite.DatabaseError as problem:
            raise Trouble("database_damaged", reason=str(problem)) from problem
        end = int(top or 0)
        first = after + 1
        while first <= end and self.unread <= MOST_UNREAD:
            first = self._next(first)
            past = min(first + PAGE, end + 1)
            try:
                yield self._rows(first, past)
            except sqlite.DatabaseError:
                yield self._one_by_one(first, past)
            first = max(past, first + 1)

    def _next(self, first: int) -> int:
        """Return the number of the next line that is there, so that a gap takes no time; ``first`` where none tells."""
        try:
            found = self._ask(f"SELECT min(seq) FROM event WHERE seq >= {first} AND seq <= {LAST}")[0][0]  # noqa: S608 - whole numbers
        except sqlite.DatabaseError:
            return first
        return max(first, int(found or 0))

    def _rows(self, first: int, past: int) -> list[OldRow]:
        query = f"SELECT seq, body, hash FROM event WHERE seq >= {first} AND seq < {past} ORDER BY seq"  # noqa: S608
        return [(int(seq), _bytes(body), _bytes(digest)) for seq, body, digest in self._ask(query)]

    def _one_by_one(self, first: int, past: int) -> list[OldRow]:
        found = []
        for seq in range(first, past):
            try:
                found += self._rows(seq, seq + 1)
            except sqlite.DatabaseError:
                self.unread += 1
        return found


class _Names:
    """Numbers of batches and names of people, as far as the lines themselves tell them."""

    def __init__(self) -> None:
        self._batches: dict[str, str] = {}
        self._people: dict[str, str] = {}

    def take(self, seq: int, said: dict[str, Any]) -> SeenAct:
        """Return what a line did, by ids, and note the names that it brings."""
        body = said.get("body")
        body = body if type(body) is dict else {}
        batch, person, name, number = (body.get(k) for k in ("batch", "person", "name", "number"))
        if type(batch) is str and type(number) is str:
            self._batches[_text(batch)] = _text(number)
        if type(person) is str and type(name) is str:
            self._people[_text(person)] = _text(name)
        return SeenAct(seq, _text(said.get("type")), _text(batch), _text(said.get("by")))

    def told(self, connection: sa.Connection, acts: Iterable[SeenAct]) -> list[SeenAct]:
        """Return acts with names and numbers: those of this log first."""
        acts = list(acts)
        batches = self._batches | _column(connection, "batch", "number", {a.batch for a in acts})
        people = self._people | _column(connection, "person", "name", {a.person for a in acts})
        return [SeenAct(a.seq, a.kind, batches.get(a.batch, a.batch), people.get(a.person, "")) for a in acts]


@contextmanager
def _asking(old: str, verify: Verify) -> Iterator[Ask]:
    """Give what asks the old copy, which is never written."""
    if "://" in old:
        database = open_database(old, verify)
        try:
            with translated(), database.reading() as connection:
                yield lambda query: [tuple(row) for row in connection.exec_driver_sql(query)]
        finally:
            database.dispose()
        return
    file = Path(old) / FILE_NAME if Path(old).is_dir() else Path(old)
    if not file.is_file():
        raise BadInput("no_workspace", facts={"path": old}, where={"file": old})
    with closing(_opened(file)) as db:
        yield lambda query: list(db.execute(query))


def _opened(file: Path) -> Any:  # noqa: ANN401 - the driver's own connection
    """Open a file to read; one with a write left half done as it stands, for nothing may be rolled back in it."""
    for options in ("mode=ro", "mode=ro&immutable=1"):
        db = sqlite.connect(f"{file.absolute().as_uri()}?{options}", uri=True)
        try:
            db.execute("SELECT max(seq) FROM event").fetchone()
        except sqlite.OperationalError:
            db.close()
        except sqlite.DatabaseError:
            return db
        else:
            return db
    raise Trouble("database_damaged", reason=file.name)


def _said(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if type(said) is dict else {}


def _text(value: object) -> str:
    """Return a text that can be shown and asked for, whatever stands there; half a pair of surrogates is replaced."""
    return value.encode("utf-8", "replace").decode() if type(value) is str else ""


def _bytes(value: object) -> bytes:
    """Return bytes as they are; whatever else stands where bytes belong becomes bytes that fit no hash."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    return str("" if value is None else value).encode("utf-8", "replace")


def _hashes(connection: sa.Connection, numbers: list[int]) -> dict[int, bytes]:
    if not numbers:
        return {}
    query = "SELECT seq, hash FROM event WHERE seq >= :first AND seq <= :last"
    rows = connection.execute(sa.text(query), {"first": min(numbers), "last": max(numbers)})
    return {int(seq): bytes(digest) for seq, digest in rows}


def _column(connection: sa.Connection, table: str, column: str, ids: set[str]) -> dict[str, str]:
    query = sa.text(f"SELECT id, {column} FROM {table} WHERE id IN :ids")  # noqa: S608 - our own names
    wanted = sorted(ids)
    found: dict[str, str] = {}
    for first in range(0, len(wanted), PAGE):
        part = {"ids": wanted[first : first + PAGE]}
        rows = connection.execute(query.bindparams(sa.bindparam("ids", expanding=True)), part)
        found |= {str(id_): str(name) for id_, name in rows}
    return found
