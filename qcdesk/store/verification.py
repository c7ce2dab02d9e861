# SPDX-License-Identifier: Apache-2.0
"""Verifying a workspace: the chain, every signature, every record and file, and every projection row from the log."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qcdesk.checker.findings import (
    REMARKS,
    Explaining,
    Finding,
    Said,
    explained,
    explained_loss,
    not_voided,
    remarks,
)
from qcdesk.checker.lines import Line
from qcdesk.checker.lines import Row as LogRow
from qcdesk.checker.rules import replay as rules
from qcdesk.checker.signatures import Verifier, verifier_for
from qcdesk.checker.sources import FIRST, LAST
from qcdesk.checker.walk import Standing, Walk, Wanted
from qcdesk.domain.codec import BadData
from qcdesk.domain.log import CoSignature, Event
from qcdesk.services.ports import Explained, Problem, Progress, Verified
from qcdesk.store import figures, kept_files, mapping
from qcdesk.store.database import Database
from qcdesk.store.projection import Row, changes
from qcdesk.store.rebuilding import Key, Replay
from qcdesk.store.schema_text import differences
from qcdesk.store.seals import Seals
from qcdesk.store.tables import COLUMNS

PAGE = 2_000
AT_ONCE_S = 0.02
"""For how long one table after another is compared at the same moment."""


class Ledger(rules.Replay):
    """The rules replayed, and beside them the tables that the log makes."""

    def __init__(self) -> None:
        """Begin before the first line."""
        super().__init__()
        self.tables = Replay()
        self.seals = Seals()
        self.settled: list[str] = []  # checks that nothing more is added to

    def apply(self, line: Line) -> bool:
        """Take a line whose form, place and keys are good; tell whether it counts."""
        if not super().apply(line):
            return False
        try:
            event = _event_of(line)
            fact = mapping.fact_of(event)
        except (KeyError, BadData):
            self.find(line, "event_unknown", type=line.type)
            return False
        for change in changes(event, fact):
            self.tables.apply(change)
        self.seals.take(line)
        if line.type in ("check.signed", "check.set_aside", "round.decided"):
            self.settled.append(line.body["check"])
        return True


def _event_of(line: Line) -> Event:
    return Event(
        id=line.id,
        vault=line.vault,
        seq=line.seq,
        prev=bytes.fromhex(line.prev),
        at=line.at,
        clock=line.clock,
        station=line.station,
        app="",
        type=line.type,
        by=line.by,
        key=line.key,
        session=line.session,
        body=line.body,
        co=tuple(CoSignature(c.person, c.key, c.sig) for c in line.co),
    )


Held = Callable[[Standing, rules.Replay], None]
"""held(standing, rules): everything holds up to there; called once at most."""


def verify(database: Database, progress: Progress | None = None, held: Held | None = None) -> Verified:
    """Check everything; see the port ``Keeping``. A cancelled run says so as a problem.

    The log only grows, so it is read page by page while others write; tables are compared with it at one moment.
    Rules and signatures are the checker's (``qcdesk.checker``); signatures are verified on the other cores.
    """
    with _reading(database) as connection:
        total = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    verifier = verifier_for(total)
    bad: frozenset[int] = frozenset()
    handed = 0
    try:
        while True:
            run = Run(database, Walk(Ledger(), Standing(), bad), progress, total)
            run.begin(verifier, handed)
            if run.cancelled:
                return run.answer()
            now = frozenset(verifier.finish())
            if now == bad and run.finished():
                found = run.answer()
                if found.ok and held is not None:
                    held(run.walk.standing, run.walk.rules)
                return found
            handed = max(handed, run.read or 0)
            bad = frozenset(verifier.finish())
    finally:
        verifier.close()


@contextmanager
def _reading(database: Database) -> Iterator[sa.Connection]:
    """Give a connection on which text that is none is read all the same, to be found different by whoever compares."""
    with database.reading() as connection, as_it_stands(connection):
        yield connection


@contextmanager
def as_it_stands(connection: sa.Connection) -> Iterator[None]:
    """Let a connection meanwhile read text that is none as the bytes that it is."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    usual = driver.text_factory
    driver.text_factory = _as_it_stands
    try:
        yield
    finally:
        driver.text_factory = usual


def _as_it_stands(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


class Run:
    """One way through the whole log, and everything held against it. ``mends``: collects what would put tables right."""

    def __init__(
        self,
        database: Database,
        walk: Walk[Ledger],
        progress: Progress | None,
        total: int,
        mends: list[Mend] | None = None,
    ) -> None:
        self._database, self.walk, self._progress, self._total = database, walk, progress, total
        self.read: int | None = None
        self.cancelled = False
        self._problems: list[Problem] = []
        self._figures: tuple[Problem, ...] = ()
        self._seen = Seen(self._number, walk.rules.tables, mends)
        self._verifier: Verifier | None = None
        self._handed = 0

    def begin(self, verifier: Verifier, handed: int) -> None:
        """Read what is there page by page; what was ``handed`` to be verified before is not handed again."""
        self._verifier, self._handed = verifier, handed
        while not self.cancelled:
            with _reading(self._database) as connection:
                if self._take(connection) < PAGE:
                    return

    def finished(self) -> bool:
        """Compare everything; False: a signature that came in meanwhile is not good, so begin again.

        Small tables together, a large one by itself, at a moment of their own, and with the log as it is then:
        whoever signs waits for one of them at most, never for all.
        """
        tables = self.walk.rules.tables
        left = deque(name for name in COLUMNS if name not in _FINAL)
        while left:
            with _reading(self._database) as connection:
                if not self._caught_up(connection):
                    return self.cancelled
                until = time.monotonic() + AT_ONCE_S
                self._compare(connection, left.popleft())
                while left and time.monotonic() < until:
                    self._compare(connection, left.popleft())
        with _reading(self._database) as connection:
            if not self._caught_up(connection):
                return self.cancelled
            self._problems += _compare_rest(connection, tables, self._seen)
            made, seals = tables.tables, self.walk.rules.seals
            self._problems += seals.against(connection, made["person_key"], made["badge"])
        self._problems += [*differences(self._database), *_whole(self._database)]
        if not self._problems:  # they are counted from tables that are what the log makes them
            self._figures = tuple(_figures(self._database))
        self._problems += _records(self._database, self.walk.wanted.records, self._number)
        self._problems += files_of(self._database, self.walk.wanted, self._number)
        if self._progress is not None:
            self._progress(self.walk.done, self.walk.done)
        return True

    def finished_within(self, connection: sa.Connection) -> bool:
        """Compare every table within a transaction that nobody else writes beside; False: as ``finished``."""
        with as_it_stands(connection):
            if not self._caught_up(connection):
                return False
            for table in (name for name in COLUMNS if name not in _FINAL):
                self._compare(connection, table)
            self._problems += _compare_rest(connection, self.walk.rules.tables, self._seen)
        return True

    def _compare(self, connection: sa.Connection, table: str) -> None:
        made = self.walk.rules.tables.tables[table]
        self._problems += _held(connection, table, made, "", self._seen)

    def _caught_up(self, connection: sa.Connection) -> bool:
        """Take what came in since, after which nothing more can on this connection; False: cancelled, or begin again."""
        assert self._verifier is not None
        before = self.walk.done
        while self._take(connection):
            if self.cancelled:
                return False
        return self.walk.done == before or not self._verifier.finish() - self.walk.bad

    def answer(self) -> Verified:
        """Return what was found."""
        standing = self.walk.standing
        voided = self.walk.rules.voided
        rules = self.walk.rules
        findings = [*rules.findings, *(() if self.cancelled else rules.owing())]
        found = [problem_of(f) for f in not_voided(findings, voided)]
        if self.cancelled:
            found.append(Problem(standing.seq, None, "cancelled", {}))
        around = [p for p in self._problems if p.event not in voided or p.code != "row_extra"]
        left, lost, worth = apart(around, rules.lost)
        found += left
        said = (*explained_of(findings, voided), *lost)
        told = (*(problem_of(f) for f in remarks(findings)), *worth, *self._figures)
        return Verified(
            self.walk.done, tuple(found), (standing.seq, standing.hash), explained=said, remarks=told
        )

    def _take(self, connection: sa.Connection) -> int:
        """Take a page; return how many lines it had."""
        page = page_of(connection, self.read)
        if not page:
            return 0
        jobs, _ = self.walk.take(page)
        assert self._verifier is not None
        if page[-1].seq > self._handed:
            self._verifier.take([job for job in jobs if job.seq > self._handed])
        ledger = self.walk.rules
        self._problems += _compare_final(connection, ledger, page, self._seen)
        self.read = page[-1].seq
        if self._progress is not None:
            self.cancelled = not self._progress(self.walk.done, max(self._total, self.walk.done))
        return len(page)

    def _number(self, batch: str) -> str:
        return self.walk.rules.number(batch)


def problem_of(finding: Finding) -> Problem:
    """Return what the checker found as the port says it."""
    return Problem(finding.event, finding.batch, finding.code, dict(finding.facts))


def explained_of(findings: list[Finding], voided: Said) -> tuple[Explained, ...]:
    """Return what two people have explained of what was found, as the port says it."""
    return tuple(
        Explained(problem_of(e.finding), e.seq, e.at, e.people, e.reason) for e in explained(findings, voided)
    )


def apart(
    problems: Iterable[Problem], lost: Mapping[str, Explaining]
) -> tuple[list[Problem], list[Explained], list[Problem]]:
    """Return what stops something, what two people have explained of it, and what is only worth knowing."""
    left, said, worth = [], [], []
    for one in problems:
        by = explained_loss(one.code, one.facts, lost)
        if by is not None:
            said.append(Explained(one, *by))
        elif one.code in REMARKS:
            worth.append(one)
        else:
            left.append(one)
    return left, said, worth


def page_of(connection: sa.Connection, after: int | None) -> list[LogRow]:
    """Return the next lines after a number, in order; None: from the very first, whatever number it has."""
    if after == LAST:
        return []
    rows = connection.execute(_PAGE, {"read": FIRST if after is None else after + 1, "limit": PAGE})
    return [LogRow(seq, _exact(body), _exact(sig), _exact(digest)) for seq, body, sig, digest in rows]


def _exact(stored: object) -> bytes:
    """Return bytes as they are; whatever else stands where bytes belong becomes bytes that fit no hash."""
    if isinstance(stored, (bytes, memoryview)):
        return bytes(stored)
    return b"not bytes: " + repr(stored).encode("utf-8", "surrogatepass")


_PAGE = sa.text("SELECT seq, body, sig, hash FROM event WHERE seq >= :read ORDER BY seq LIMIT :limit")
_OF_CHECKS = ("finding", "reading", "unit_result")
_FINAL = ("line", *_OF_CHECKS)
"""Tables whose rows stay as they are: of a line from the start, of a check once it is signed."""
Number = Callable[[str], str]


@dataclass(frozen=True)
class Mend:
    """A row of a table that is not what the log made: its key, and the row as it should be (None: not there)."""

    table: str
    key: Key
    row: Row | None
    there: bool
    """Whether a row of this key stands there now."""


class Seen:
    """How many rows of each table were looked at, so that what belongs nowhere is not passed over."""

    def __init__(self, number: Number, made: Replay, mends: list[Mend] | None = None) -> None:
        """Begin with none; ``number`` tells a batch's number, ``mends`` collects what would put the tables right.

        ``made``: the tables as the log makes them, which tell whose batch a round or a check is.
        """
        self.number, self.mends = number, mends
        self._made = made.tables
        self.rows = dict.fromkeys(COLUMNS, 0)
        self.checks: set[str] = set()
        """Checks whose rows were held against the log."""

    def batch_of(self, row: Row) -> object:
        """Return the batch that a row is of, by itself, its round, or its check; None: of none, or nobody knows."""
        if "batch" in row:
            return row["batch"]
        for column, table in (("round", "round"), ("checking", "checking")):
            if column in row:
                return self._made[table].get((row[column],), {}).get("batch")
        return None


def _compare_final(
    connection: sa.Connection, ledger: Ledger, page: list[LogRow], seen: Seen
) -> Iterator[Problem]:
    """Compare the rows that nothing can change any more, and let go of them: a long log needs no more memory."""
    tables = ledger.tables.tables
    lines, tables["line"] = tables["line"], {}
    first, last = page[0].seq, page[-1].seq
    yield from _held(connection, "line", lines, f"seq BETWEEN {first} AND {last}", seen)
    settled, ledger.settled = ledger.settled, []
    for check in settled:
        seen.checks.add(check)
        for table in _OF_CHECKS:
            own = ledger.tables.taken_out(table, check)
            yield from _held(connection, table, own, f"checking = '{check}'", seen)


def _compare_rest(connection: sa.Connection, replay: Replay, seen: Seen) -> Iterator[Problem]:
    """Hold what is not final yet of the large tables against the log, and find what belongs to none of it."""
    extra = "seq NOT IN (SELECT seq FROM event)"
    if _count(connection, "line") != seen.rows["line"]:
        yield from _held(connection, "line", {}, extra, seen)
    checks = replay.tables["checking"]
    for table in _OF_CHECKS:
        for check in (str(row["id"]) for row in checks.values()):
            if check not in seen.checks:  # open, or left open when its round began anew
                own = replay.taken_out(table, check)
                yield from _held(connection, table, own, f"checking = '{check}'", seen)
        if _count(connection, table) != seen.rows[table]:
            names = connection.exec_driver_sql(f"SELECT DISTINCT checking FROM {table}").scalars()  # noqa: S608
            for name in [n for n in names if (n,) not in checks]:
                yield from _held(connection, table, {}, *_named(name, connection.dialect.name, seen))


def _named(check: str, dialect: str, seen: Seen) -> tuple[str, Seen, str | bytes]:
    """Return how a check is picked out whose name may be no text."""
    if dialect != "sqlite":
        return "checking = :check", seen, check
    return "checking = CAST(:check AS TEXT)", seen, check.encode("utf-8", "surrogateescape")


def _count(connection: sa.Connection, table: str) -> int:
    found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - our own names
    return found


def _held(
    connection: sa.Connection,
    table: str,
    wanted: dict[Key, Row],
    where: str,
    seen: Seen,
    check: str | bytes | None = None,
) -> Iterator[Problem]:
    """Hold the rows of a table (those that ``where`` picks) against those that are wanted."""
    key, columns = COLUMNS[table]
    expected = dict(wanted)
    only = f" WHERE {where}" if where else ""
    query = sa.text(f"SELECT {', '.join(columns)} FROM {table}{only}")  # noqa: S608 - our own names
    for found in connection.execute(query, {"check": check} if check is not None else {}):
        seen.rows[table] += 1
        row = dict(zip(columns, found, strict=True))
        own = expected.pop(tuple(row[k] for k in key), None)
        if seen.mends is not None and own != row:
            named = tuple(row[k] for k in key)
            seen.mends.append(Mend(table, named, None if own is None else dict(own), there=True))
        if own is None:
            yield _row_problem("row_extra", table, row, key, seen)
        elif own != row:
            wrong = sorted(c for c in columns if own[c] != row[c])
            yield _row_problem("row_differs", table, own, key, seen, ", ".join(wrong))
    for named, own in expected.items():
        if seen.mends is not None:
            seen.mends.append(Mend(table, named, dict(own), there=False))
        yield _row_problem("row_missing", table, own, key, seen)


def _row_problem(
    code: str, table: str, row: Row, key: tuple[str, ...], seen: Seen, columns: str = ""
) -> Problem:
    batch = seen.batch_of(row) if table != "batch" else row.get("id")
    seq = row.get("seq")
    return Problem(
        seq if isinstance(seq, int) else None,
        seen.number(batch) if isinstance(batch, str) else None,
        code,
        {"table": table, "key": _shown(" ".join(str(row[k]) for k in key)), "columns": columns},
    )


def _shown(stored: str) -> str:
    """Return a stored text as it can be shown and written, whatever bytes it held."""
    return stored.encode("utf-8", "backslashreplace").decode()


Named = dict[str, tuple[int, str]]
"""What signed lines name by hash: the first such line, and its batch."""


def _records(database: Database, wanted: Named, number: Number) -> Iterator[Problem]:
    """Hold every record that a signed line names against its hash; a hundred at a time, so that nobody waits long."""
    names = list(wanted)
    for begin in range(0, len(names), RECORDS):
        page = names[begin : begin + RECORDS]
        with _reading(database) as connection:
            found = {
                name: bytes(document) for name, document in connection.execute(_OF_NAMES, {"names": page})
            }
        for name in page:
            seq, batch = wanted[name]
            if name not in found:
                yield Problem(seq, number(batch), "record_missing", {"record": name})
            elif hashlib.sha256(found[name]).hexdigest() != name:
                yield Problem(seq, number(batch), "record_damaged", {"record": name})


RECORDS = 100
_OF_NAMES = sa.text("SELECT sha256, document FROM record WHERE sha256 IN :names").bindparams(
    sa.bindparam("names", expanding=True)
)


def _figures(database: Database) -> Iterator[Problem]:
    """Count all figures anew, and say how many of those that are kept differ: sums, of which nothing else is made."""
    with database.reading() as connection:
        wrong = figures.differing(connection)
    if wrong:
        yield Problem(None, None, "figures_differ", {"n": str(wrong)})


def _whole(database: Database) -> Iterator[Problem]:
    """Ask a SQLite file about itself: an index that leads elsewhere, a value no column takes, a damaged page."""
    if database.dialect == "sqlite":
        with _reading(database) as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if said != "ok":
            yield Problem(None, None, "file_inconsistent", {"reason": str(said)})


def files_of(database: Database, wanted: Wanted, number: Number) -> Iterator[Problem]:
    """Hold the files that lines name against their hashes."""
    of_files, of_pictures = ("file_missing", "file_damaged"), ("picture_missing", "picture_damaged")
    for (missing, damaged), named in ((of_files, wanted.files), (of_pictures, wanted.only_pictures())):
        for name, (seq, batch) in named.items():
            digest = kept_files.digest(database, name)
            if digest != name:
                code = damaged if digest else missing
                yield Problem(seq, number(batch) if batch else None, code, {"file": name})
