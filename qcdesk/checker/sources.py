# SPDX-License-Identifier: Apache-2.0
"""Where a log is read from: a workspace's SQLite file, a backup folder, or a dump; nothing is ever written.

A *dump* is the log of either engine as one file of JSON lines, UTF-8, which ``qcdesk db dump`` writes::

    {"format":"qcdesk-log-1","vault":"…","seq":812,"hash":"…","files":true,"anchor":{…}}
                                                    the head it ends with; signed by the workstation, where it can
    {"seq":1,"body":"…","sig":"…","hash":"…"}       every line: the signed text, hexadecimal digits
    {"record":"…"}                                  every signed record: its text; its name is its hash
    {"file":"…","bytes":812,"sha256":"…"}           every picture and file: the name it has and the hash it really has

The pictures themselves are not in it: that they fitted their hashes is what the writer of the dump saw. Every line is of
one of these forms and of no other, and none is longer than 64 MB.

A backup folder says in ``manifest.json`` which files it has and with which head its log ends.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from qcdesk.checker.anchors import CODE, Anchor, read_text
from qcdesk.checker.findings import Finding
from qcdesk.checker.lines import HASH, Row

DATABASE = "qcdesk.sqlite"
MANIFEST = "manifest.json"
BACKUP_FORMAT = "qcdesk-backup-1"
DUMP_FORMAT = "qcdesk-log-1"
PAGE = 2_000
LIMIT = 2**53
LONGEST_HEADER = 10_000
LONGEST_LINE = 64_000_000
LONGEST_MANIFEST = 100_000_000
LONGEST_ANCHOR = 10_000
FIRST, LAST = -(2**63), 2**63 - 1
"""Numbers that a row can have; a forged line may have any of them."""
BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises; the latter where text, or the message itself, holds bytes that are none."""
_BACKUP_FOLDER = re.compile(r"qcdesk-\d{8}T\d{6}Z(-\d+)?")
_HEX = re.compile("(?:[0-9a-f]{2})*")
_EVENT = [("seq", "INTEGER"), ("body", "BLOB"), ("sig", "BLOB"), ("hash", "BLOB")]
_RECORD = [("sha256", "TEXT"), ("document", "BLOB")]


Thing = tuple[str, str, str, str | None]
"""Something in a file's schema: its kind, its name, the table it belongs to, and its text."""


class NoLog(Exception):
    """Nothing here can be read as a log. ``usage``: something else was given; else the disk or a lock is in the way."""

    def __init__(self, sentence: str, *, usage: bool = False) -> None:
        super().__init__(sentence)
        self.usage = usage


class Damaged(Exception):
    """The database cannot be read to its end; the text is what it says itself."""


class Source(Protocol):
    """A log, its signed records and its files."""

    def count(self) -> int:
        """Return about how many lines there are."""

    def pages(self, after: int) -> Iterator[list[Row]]:
        """Yield the lines after a number, in order, in lists of up to ``PAGE``. Raises: Damaged."""

    def records(self) -> Iterator[tuple[str, bytes]]:
        """Yield each signed record: the name it has and its bytes. Raises: Damaged."""

    def table(self, name: str, columns: Sequence[str]) -> list[dict[str, Any]] | None:
        """Return the rows of one of the program's tables; None: the source has no tables. Raises: Damaged."""

    def schema(self) -> list[Thing] | None:
        """Return all that a file's schema holds; None: the source has none, as a dump. Raises: Damaged."""

    def revisions(self) -> list[str]:
        """Return every revision of the schema that the source says it is at: one, as a rule. Raises: Damaged."""

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 that the file of this name really has; empty: it is missing; None: files are not here.

        Raises: NoLog: it cannot be read. Damaged.
        """

    def around(self) -> list[Finding]:
        """Return what does not hold of the source itself, such as a file that a backup lacks."""

    def head(self) -> tuple[int, str] | None:
        """Return number and hash of the last line as the source claims it; None: it claims nothing."""

    def anchor(self) -> tuple[str, bytes] | None:
        """Return name and text of the anchor that the source brings of its own; None: it brings none."""

    def close(self) -> None:
        """Let go of it."""


def open_source(given: Path) -> Source:
    """Return the log that lies there: a workspace's folder or file, a backup, a folder of backups, or a dump.

    Raises: NoLog.
    """
    if given.is_dir():
        if (given / MANIFEST).is_file():
            return Backup(given)
        if (given / DATABASE).is_file():
            return Workspace(given / DATABASE)
        backups = [
            p for p in given.iterdir() if _BACKUP_FOLDER.fullmatch(p.name) and (p / MANIFEST).is_file()
        ]
        if backups:
            return Backup(max(backups, key=lambda p: p.name))
        raise NoLog(f"{given} holds no workspace and no backup.", usage=True)
    try:
        with given.open("rb") as file:
            start = file.read(16)
    except OSError as problem:
        raise NoLog(f"{given} cannot be read: {problem.strerror}.", usage=not given.exists()) from None
    if start == b"SQLite format 3\0":
        return Workspace(given)
    if start.startswith(b"{"):
        return Dump(given)
    raise NoLog(f"{given} is neither a workspace, a backup nor a dump of a log.", usage=True)


def read_anchor(path: Path) -> Anchor | Finding:
    """Return the anchor in a file, or of a code as it was scanned; or the finding that it is none.

    Raises: NoLog: the file cannot be read.
    """
    if str(path).startswith(CODE):
        return read_text(path.name, str(path).encode())
    limit = LONGEST_MANIFEST if path.name == MANIFEST else LONGEST_ANCHOR
    text = require_text(
        path / MANIFEST if path.is_dir() else path, limit if not path.is_dir() else LONGEST_MANIFEST
    )
    return read_text(path.name, text)


class Workspace:
    """A SQLite file, read only. Locks are observed, so the program may have it open."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises: NoLog: it cannot be read now, with the way on."""
        self._path = path
        _require_settled(path)
        try:
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10.0)
            for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as problem:
            raise NoLog(_why(path, problem)) from None
        except BROKEN as problem:
            raise NoLog(f"{path} cannot be read: {problem}.") from None

    def count(self) -> int:
        """See the protocol."""
        return int(self._one("SELECT coalesce(max(seq), 0) FROM event"))

    def pages(self, after: int) -> Iterator[list[Row]]:
        """See the protocol."""
        if self._columns("event") != _EVENT:
            raise Damaged("there is no table of the log, or it is not the program's")
        read = FIRST if after == 0 else after + 1
        query = "SELECT seq, body, sig, hash FROM event NOT INDEXED WHERE seq >= ? ORDER BY seq LIMIT ?"
        while True:
            try:
                page = [
                    Row(seq, *map(_exact, parts)) for seq, *parts in self._db.execute(query, (read, PAGE))
                ]
            except BROKEN as problem:
                raise Damaged(str(problem)) from None
            if page:
                yield page
            if len(page) < PAGE or page[-1].seq == LAST:
                return
            read = page[-1].seq + 1

    def records(self) -> Iterator[tuple[str, bytes]]:
        """See the protocol."""
        if self._columns("record") != _RECORD:
            raise Damaged("there is no table of the signed records, or it is not the program's")
        try:
            for name, document in self._db.execute("SELECT sha256, document FROM record NOT INDEXED"):
                yield str(name), bytes(document) if isinstance(document, bytes) else str(document).encode()
        except BROKEN as problem:
            raise Damaged(str(problem)) from None

    def table(self, name: str, columns: Sequence[str]) -> list[dict[str, Any]] | None:
        """See the protocol."""
        if not set(columns) <= self._names(name):
            raise Damaged(f"there is no table {name}, or it is not the program's")
        try:
            rows = self._db.execute(f"SELECT {', '.join(columns)} FROM {name} NOT INDEXED")  # noqa: S608 - ours
            return [dict(zip(columns, row, strict=True)) for row in rows]
        except BROKEN as problem:
            raise Damaged(str(problem)) from None

    def schema(self) -> list[Thing] | None:
        """See the protocol."""
        try:
            return [
                (str(kind), str(name), str(table), None if sql is None else str(sql))
                for kind, name, table, sql in self._db.execute(
                    "SELECT type, name, tbl_name, sql FROM sqlite_master"
                )
            ]
        except BROKEN as problem:
            raise Damaged(str(problem)) from None

    def revisions(self) -> list[str]:
        """See the protocol."""
        if "version_num" not in self._names("alembic_version"):
            return []
        try:
            found = self._db.execute("SELECT version_num FROM alembic_version NOT INDEXED LIMIT 3").fetchall()
        except BROKEN as problem:
            raise Damaged(str(problem)) from None
        return [str(one) for (one,) in found]

    def digest(self, name: str) -> str | None:
        """See the protocol. A database file by itself has no files beside it."""
        if self._path.name != DATABASE:
            return None
        path = self._path.parent / "files" / name
        return digest_of(path) if path.is_file() else ""

    def around(self) -> list[Finding]:
        """See the protocol."""
        try:
            said = self._one("PRAGMA integrity_check(1)")
        except (*BROKEN, Damaged) as problem:
            said = str(problem)
        return [] if said == "ok" else [Finding.of(None, "database_damaged", reason=said)]

    def head(self) -> tuple[int, str] | None:
        """See the protocol."""
        return None

    def anchor(self) -> tuple[str, bytes] | None:
        """See the protocol."""
        return None

    def close(self) -> None:
        """See the protocol."""
        self._db.close()

    def _one(self, query: str) -> Any:  # noqa: ANN401 - whatever the database holds
        try:
            return self._db.execute(query).fetchone()[0]
        except BROKEN as problem:
            raise Damaged(str(problem)) from None

    def _columns(self, table: str) -> list[tuple[str, str]]:
        """Return name and type of every column of a table; nothing for a view or a column that is computed."""
        found = self._described(table)
        return [] if any(row[6] for row in found) else [(row[1], row[2]) for row in found]

    def _names(self, table: str) -> set[str]:
        """Return the names of a table's columns that are not computed; none for a view."""
        return {row[1] for row in self._described(table) if not row[6]}

    def _described(self, table: str) -> list[Any]:
        try:
            kind = self._db.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchall()
            found = self._db.execute(f"PRAGMA table_xinfo({table})").fetchall()
        except BROKEN as problem:
            raise Damaged(str(problem)) from None
        return found if kind == [("table",)] else []


class Backup:
    """A backup's folder: a workspace, and a manifest of all its files."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest. Raises: NoLog."""
        self._folder = folder
        try:
            text = require_text(folder / MANIFEST, LONGEST_MANIFEST)
            said = json.loads(text)
            if said["format"] != BACKUP_FORMAT:
                raise ValueError("another format")
            self._anchor = (MANIFEST, text) if said.get("anchor") is not None else None
            self._files = [(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in said["files"]]
            self._head = (int(said["head"]["seq"]), str(said["head"]["hash"]))
            if any(
                not re.fullmatch(r"qcdesk\.sqlite|files/[0-9a-f]{64}", name) for name, _, _ in self._files
            ):
                raise ValueError("a name that is none of ours")
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise NoLog(f"{folder} is no whole backup: its {MANIFEST} cannot be read.", usage=True) from None
        if not (folder / DATABASE).is_file():
            raise NoLog(f"{folder} is no whole backup: it has no {DATABASE}.", usage=True)
        self._inside = Workspace(folder / DATABASE)
        self.count, self.pages, self.records = self._inside.count, self._inside.pages, self._inside.records
        self.table, self.schema, self.revisions = (
            self._inside.table,
            self._inside.schema,
            self._inside.revisions,
        )
        self.digest, self.close = self._inside.digest, self._inside.close

    def around(self) -> list[Finding]:
        """See the protocol: every file of the manifest is there and is what it was."""
        found = self._inside.around()
        for name, size, digest in self._files:
            path = self._folder / name
            if not path.is_file():
                found.append(Finding.of(None, "backup_missing", file=name))
            elif path.stat().st_size != size or digest_of(path) != digest:
                found.append(Finding.of(None, "backup_changed", file=name))
        return found

    def head(self) -> tuple[int, str] | None:
        """See the protocol."""
        return self._head

    def anchor(self) -> tuple[str, bytes] | None:
        """See the protocol."""
        return self._anchor


class Dump:
    """A log as JSON lines; see the module."""

    def __init__(self, path: Path) -> None:
        """Read its first line. Raises: NoLog."""
        self._path = path
        try:
            with path.open("rb") as file:
                first = _object(file.readline(LONGEST_HEADER))
        except OSError as problem:
            raise NoLog(f"{path} cannot be read: {problem.strerror}.") from None
        if first is None or first.get("format") != DUMP_FORMAT:
            raise NoLog(f"{path} is no dump of a log.", usage=True)
        seq, digest = first.get("seq"), first.get("hash")
        if type(seq) is not int or not 0 <= seq < LIMIT or type(digest) is not str:
            raise NoLog(f"{path} is no dump of a log: its first line names no head.", usage=True)
        self._head = (seq, digest)
        self._has_files = first.get("files") is True
        self._digests: dict[str, str] | None = None
        brought = first.get("anchor")
        self._anchor = (path.name, json.dumps(brought).encode()) if brought is not None else None

    def count(self) -> int:
        """See the protocol."""
        return self._head[0]

    def pages(self, after: int) -> Iterator[list[Row]]:
        """See the protocol."""
        page: list[Row] = []
        for number, said in self._said("seq"):
            body, sig, digest, seq = (said.get(name) for name in ("body", "sig", "hash", "seq"))
            if (
                type(seq) is not int
                or not 1 <= seq < LIMIT
                or type(body) is not str
                or type(sig) is not str
                or type(digest) is not str
                or not _HEX.fullmatch(sig)
                or not _HEX.fullmatch(digest)
            ):
                raise Damaged(f"line {number} of the dump is not of its form")
            if seq <= after:
                continue
            signed = body.encode("utf-8", "surrogatepass")
            page.append(Row(seq, signed, bytes.fromhex(sig), bytes.fromhex(digest)))
            if len(page) == PAGE:
                yield page
                page = []
        if page:
            yield page

    def records(self) -> Iterator[tuple[str, bytes]]:
        """See the protocol. A record has no name here but its own hash."""
        for number, said in self._said("record"):
            if type(said["record"]) is not str:
                raise Damaged(f"line {number} of the dump is not of its form")
            document = said["record"].encode("utf-8", "surrogatepass")
            yield hashlib.sha256(document).hexdigest(), document

    def table(self, name: str, columns: Sequence[str]) -> list[dict[str, Any]] | None:
        """See the protocol. A dump is the log alone."""
        return None

    def schema(self) -> list[Thing] | None:
        """See the protocol. A dump is the log alone."""
        return None

    def revisions(self) -> list[str]:
        """See the protocol."""
        return []

    def digest(self, name: str) -> str | None:
        """See the protocol. What the writer of the dump saw."""
        if not self._has_files:
            return None
        if self._digests is None:
            self._digests = {}
            for number, said in self._said("file"):
                kept, digest = said["file"], said.get("sha256")
                if type(kept) is not str or type(digest) is not str or not is_hash(digest):
                    raise Damaged(f"line {number} of the dump is not of its form")
                self._digests[kept] = digest
        return self._digests.get(name, "")

    def around(self) -> list[Finding]:
        """See the protocol."""
        return []

    def head(self) -> tuple[int, str] | None:
        """See the protocol."""
        return self._head

    def anchor(self) -> tuple[str, bytes] | None:
        """See the protocol."""
        return self._anchor

    def close(self) -> None:
        """See the protocol."""

    def _said(self, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield number and content of the lines of a kind. Raises: Damaged: a line is of no form that a dump has."""
        try:
            with self._path.open("rb") as file:
                file.readline(LONGEST_HEADER)
                number = 1
                while line := file.readline(LONGEST_LINE + 1):
                    number += 1
                    if len(line) > LONGEST_LINE:
                        raise Damaged(f"line {number} of the dump is too long")
                    said = _object(line)
                    if said is None:
                        raise Damaged(f"line {number} of the dump cannot be read")
                    if sum(name in said for name in ("seq", "record", "file")) != 1:
                        raise Damaged(f"line {number} of the dump is not of its form")
                    if kind in said:
                        yield number, said
        except OSError as problem:
            raise NoLog(f"{self._path} cannot be read: {problem.strerror}.") from None


def _object(line: bytes) -> dict[str, Any] | None:
    """Return the object that a line is; None: it is none, or a member of it comes twice."""
    try:
        said = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return said if type(said) is dict else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member comes twice")
    return found


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits. Raises: NoLog: it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise NoLog(f"{path} cannot be read: {problem.strerror}.") from None


def is_hash(text: str) -> bool:
    """Tell whether a text has the form of a SHA-256."""
    return HASH.fullmatch(text) is not None


def _exact(value: object) -> Any:  # noqa: ANN401 - the kinds that SQLite stores
    """Return bytes as they are; whatever else stands where bytes belong becomes bytes that fit no hash."""
    return (
        value if isinstance(value, bytes) else b"not bytes: " + repr(value).encode("utf-8", "surrogatepass")
    )


def _require_settled(path: Path) -> None:
    """Refuse a copy that was made in the middle of a write."""
    wal = path.with_name(path.name + "-wal")
    if wal.is_file() and wal.stat().st_size > 0:
        raise NoLog(
            f"Another program has switched {path.name} to a write-ahead log ({wal.name}), so the file by itself "
            "is not whole. Open the workspace with qcdesk once, close it, and check it again."
        )


def _why(path: Path, problem: sqlite3.OperationalError) -> str:
    journal = path.with_name(path.name + "-journal")
    if journal.is_file() and journal.stat().st_size > 0:
        return (
            f"{path.name} was left, or copied, in the middle of a write: {journal.name} beside it still has to be "
            "rolled back, and a check may not change anything. Open the workspace with qcdesk once, then check it "
            "again. For a copy use qcdesk backup."
        )
    if "locked" in str(problem):
        return f"{path} is being written just now. Try again in a moment."
    return f"{path} cannot be read: {problem}."


def require_text(path: Path, limit: int) -> bytes:
    """Return the bytes of a small file. Raises: NoLog: it is not there, or is larger than ``limit`` bytes."""
    try:
        with closing(path.open("rb")) as file:
            text: bytes = file.read(limit + 1)
    except OSError as problem:
        raise NoLog(f"{path} cannot be read: {problem.strerror}.", usage=not path.exists()) from None
    if len(text) > limit:
        raise NoLog(f"{path} is too large for what it should be.", usage=True)
    return text
