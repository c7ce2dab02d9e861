# SPDX-License-Identifier: Apache-2.0
"""Every trigger, and every single term of its condition, is needed: taken away, something notices.

All mutants of all triggers are watched at once. Each stands as a trigger of its own that refuses nothing and only tells
when it would have. A mutant is noticed when an attack that the whole rule refuses would have come through, or when it
would have refused what the whole rule rightly lets pass: what people do in an ordinary day (a played workspace in which
every table has rows), that with one value otherwise, every way from a state to a state, and rows that share all but one
of what must be unique.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as driver
import pytest
import sqlalchemy as sa

from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.tables import metadata
from tests.overhearing import overheard
from tests.store.attacks import ATTACKS, family, filled, prepared
from tests.store.guards import ALL_COLUMNS, KEYS, LOOSE, has_own_rowid, uniques
from tests.store.scenes import Scene, World
from tests.trust.contexts import all_cases
from tests.trust.trigger_terms import Rule, rule, without_one
from tests.workspace import HandClock, House, connect

SAMPLED = 12
"""In the short run one of so many rules; the long run takes them all."""


@dataclass
class Watch:
    """Which observers told that they would have refused."""

    rules: list[Rule]
    mutants: list[tuple[int, str, str]] = field(default_factory=list)
    """Number of the rule, its condition with one term less, the term."""
    seen: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take every rule apart."""
        for number, one in enumerate(self.rules):
            self.mutants.append((number, "0", "the whole rule"))
            self.mutants += [(number, when, term) for when, term in without_one(one.when)]

    def observers(self, but: Collection[int] = ()) -> Iterator[str]:
        """Yield statements that let rules and mutants tell: number n is rule n, beyond them the mutants.

        Args: but: the mutants that need not tell any more; a rule of which none is left does not tell either.
        """
        left = [number for number in range(len(self.mutants)) if number not in but]
        for number in sorted({self.mutants[one][0] for one in left}):
            yield self.rules[number].observer(f"whole_{number}", number, self.rules[number].when)
        for number in left:
            of, when, _ = self.mutants[number]
            if when != "0":
                yield self.rules[of].observer(f"mutant_{number}", len(self.rules) + number, when)

    def open_tables(self, noticed: set[int]) -> set[str]:
        """Return the tables of the rules some mutant of which nothing has noticed yet."""
        return {
            self.rules[of].table for number, (of, _, _) in enumerate(self.mutants) if number not in noticed
        }

    def told_apart(self, of: dict[int, list[int]]) -> set[int]:
        """Return the mutants that did otherwise than their rule: let through what it refuses, or the other way."""
        rules = len(self.rules)
        refused = {n for n in self.seen if n < rules}
        through = {m for whole in refused for m in of[whole] if rules + m not in self.seen}
        return through | {
            n - rules for n in self.seen if n >= rules and self.mutants[n - rules][0] not in refused
        }

    def tell(self, number: int) -> int:
        """Take note; what the observers call."""
        self.seen.add(number)
        return 1


def rules_of(file: Path) -> list[Rule]:
    """Return all rules of a database."""
    connection = sqlite3.connect(file)
    found = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    ).fetchall()
    connection.close()
    return [rule(sql) for (sql,) in found]


STATES = (
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "rejected",
    "disagreed",
    "released",
    "released_under_concession",
    "returned",
    "scrapped",
    "withdrawn",
    "cancelled",
)
EVENTS = ("log.voided", "batch.reworked", "concession.approved", "procedure.approved", "supplier.saved")
OPENED_BY_EVENTS = ("registered", "returned", "scrapped", "released_under_concession")
CHECK_STATES = ("open", "signed", "set_aside", "retracted")


def by_state(world: World) -> Iterator[tuple[list[str], str, bool]]:
    """Yield every way from a state to a state, of a batch (after each event that opens ways) and of a check."""
    batch, other = world.accepted.batch, world.rejected.batch
    for old in STATES:
        for new in STATES:
            ready = [f"UPDATE batch SET state = '{old}' WHERE id = '{batch}'"]
            move = f"UPDATE batch SET state = '{new}' WHERE id = '{batch}'"
            yield ready, move, True
            if new not in OPENED_BY_EVENTS:
                continue
            for kind in EVENTS:
                for about in (batch, other):
                    said = line(world.head + 1, kind, about)
                    yield [*ready, said], move, True
                    yield [*ready, said, line(world.head + 2, "supplier.saved", None)], move, True
            for disposed in ("return", "scrap", "rework"):
                for about in (batch, other):
                    yield (
                        [
                            *ready,
                            line(world.head + 1, "batch.disposed", about),
                            disposition(world, about, disposed),
                        ],
                        move,
                        True,
                    )
    for old in CHECK_STATES:
        for new in CHECK_STATES:
            ready = [f"UPDATE checking SET state = '{old}' WHERE id = '{world.second_check.second}'"]
            yield ready, f"UPDATE checking SET state = '{new}' WHERE id = '{world.second_check.second}'", True


def by_context(world: World) -> Iterator[tuple[list[str], str, bool]]:
    """Yield every signature by everybody in every place, and every step of a batch, with one thing otherwise around."""
    people = (world.linh, world.som, world.minh)
    places = ("first", "second", "third", "release")
    for scene in (world.accepted, world.second_check, world.awaiting_second, world.disagreed, world.decided):
        for ready in contexts(world, scene):
            for person in people:
                for place in places:
                    yield ready, signature(world, scene, place, person), True
            for values in STEPS:
                yield ready, f"UPDATE batch SET {filled(values, world)} WHERE id = '{scene.batch}'", True
            for outcome in ("accepted", "rejected"):
                yield (
                    ready,
                    "INSERT INTO decision (round, batch, seq, person, outcome, body) VALUES"
                    f" ('{scene.round}', '{scene.batch}', {world.head}, '{world.minh}', '{outcome}', '')",
                    True,
                )
            yield (
                ready,
                "INSERT INTO comparison (round, batch, seq, outcome, body) VALUES"
                f" ('{scene.round}', '{scene.batch}', {world.head}, 'accepted', '')",
                True,
            )
            for person in people:
                yield (
                    ready,
                    "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed)"
                    f" VALUES ('{'f' * 32}', '{scene.round}', '{scene.batch}', 'second', '{person}', 'open', 1,"
                    f" {world.head}, '', NULL)",
                    True,
                )


_MAY = '"maker_may_check_first":'
MAKER_MAY = f"UPDATE round SET opened = replace(opened, '{_MAY}false', '{_MAY}true')"
STEPS = (
    "state = 'released'",
    "released = 20",
    "released = 5",
    "shipped = 5",
    "shipped = 6",
    "held = 0, hold = NULL",
    "held = 1, hold = '{hold_standing}'",
    "held = 1, hold = '{hold_lifted}'",
    "round = '{accepted.round}', round_no = 1",
    "round = '{rejected.round}', round_no = 2",
    "state = 'accepted'",
)


def signature(world: World, scene: Scene, place: str, person: str) -> str:
    """Return a signature written by hand on the check that is in its place."""
    return (
        "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at, maker,"
        f" standing) VALUES ({world.head}, '{scene.batch}', '{scene.round}', '{place}', '{person}', 'k',"
        f" (SELECT id FROM checking WHERE round = '{scene.round}' AND place = '{place}'), '', 'accepted', 'r', 1, 0, 1)"
    )


def contexts(world: World, scene: Scene) -> list[list[str]]:
    """Return what may be otherwise around a signature or a step: a row more, a row less, a value changed."""
    here, batch, other = scene.round, scene.batch, world.rejected.round
    released = signature(world, scene, "release", world.minh)
    elsewhere = released.replace(batch, world.rejected.batch)
    made: list[list[str]] = [
        [],
        ["UPDATE shop SET third_releases = 1"],
        [
            "UPDATE shop SET third_releases = 1",
            f"UPDATE sign_off SET person = '{world.minh}' WHERE round = '{other}'",
        ],
        [f"UPDATE sign_off SET person = '{world.minh}' WHERE round = '{other}'"],
        [f"UPDATE sign_off SET person = '{world.som}' WHERE round = '{other}' AND place = 'first'"],
        [f"UPDATE sign_off SET standing = 0 WHERE round = '{here}' AND place = 'first'"],
        [f"UPDATE sign_off SET standing = 0 WHERE round = '{here}' AND place = 'second'"],
        [f"UPDATE sign_off SET place = 'third' WHERE round = '{here}' AND place = 'second'"],
        [f"UPDATE sign_off SET place = 'release' WHERE round = '{here}' AND place = 'first'"],
        [f"UPDATE sign_off SET place = 'release' WHERE round = '{here}' AND place = 'second'"],
        [f"DELETE FROM sign_off WHERE round = '{here}'"],
        [f"DELETE FROM sign_off WHERE round = '{here}' AND place = 'first'"],
        [f"DELETE FROM sign_off WHERE round = '{here}' AND place = 'second'"],
        [f"DELETE FROM comparison WHERE round = '{here}'"],
        [f"UPDATE comparison SET outcome = 'rejected' WHERE round = '{here}'"],
        [f"UPDATE comparison SET outcome = 'disagreed' WHERE round = '{here}'"],
        [f"UPDATE batch SET state = 'rejected' WHERE id = '{batch}'"],
        [f"UPDATE batch SET state = 'accepted' WHERE id = '{batch}'"],
        [f"UPDATE batch SET round = '{other}' WHERE id = '{batch}'"],
        [f"UPDATE batch SET held = 1, hold = '{world.hold_standing}' WHERE id = '{batch}'"],
        [f"UPDATE batch SET held = 1, hold = '{world.hold_lifted}' WHERE id = '{batch}'"],
        [f"UPDATE batch SET released = 5 WHERE id = '{batch}'"],
        [f"UPDATE checking SET state = 'set_aside' WHERE round = '{here}'"],
        [f"UPDATE checking SET state = 'retracted' WHERE round = '{here}'"],
        [MAKER_MAY],
        ["DELETE FROM role_grant"],
        ["UPDATE person SET status = 'suspended'"],
        [released],
        [released, f"UPDATE batch SET held = 1, hold = '{world.hold_standing}' WHERE id = '{batch}'"],
        [released, f"UPDATE sign_off SET standing = 0 WHERE round = '{here}' AND place = 'first'"],
        [released, f"UPDATE sign_off SET person = '{world.som}' WHERE round = '{here}' AND place = 'first'"],
        [released, f"DELETE FROM comparison WHERE round = '{here}'"],
        [released, f"DELETE FROM sign_off WHERE round = '{here}' AND place = 'first'"],
        [released, f"UPDATE sign_off SET place = 'third' WHERE round = '{here}' AND place = 'first'"],
        [elsewhere],
        [released.replace(here, other)],
        ["DELETE FROM hold"],
        [
            "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq) VALUES"
            f" ('{'e' * 32}', '{batch}', 5, '', '', '', 'p', 1)",
            f"UPDATE batch SET released = 5 WHERE id = '{batch}'",
        ],
        [
            "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq) VALUES"
            f" ('{'e' * 32}', '{batch}', 6, '', '', '', 'p', 1)",
            f"UPDATE batch SET released = 5 WHERE id = '{batch}'",
        ],
        [f"UPDATE round SET batch = '{batch}', no = 2 WHERE id = '{other}'"],
        [
            f"UPDATE round SET batch = '{batch}', no = 2 WHERE id = '{other}'",
            f"UPDATE batch SET round_no = 2 WHERE id = '{batch}'",
        ],
    ]
    for person in (world.linh, world.som, world.minh):
        for at in (here, other):
            made += [
                [f"INSERT INTO place_given_up (round, person, seq) VALUES ('{at}', '{person}', 1)"],
                [f"INSERT INTO first_seen (round, person, what, seq) VALUES ('{at}', '{person}', '', 1)"],
            ]
        for of in (batch, world.rejected.batch):
            made += [
                [f"INSERT INTO batch_reworker (batch, person, seq) VALUES ('{of}', '{person}', 1)"],
                [f"INSERT INTO batch_maker (batch, person, units, seq) VALUES ('{of}', '{person}', '[]', 1)"],
            ]
    return made


def by_event(world: World) -> Iterator[tuple[list[str], str, bool]]:
    """Yield rows that are there once more, as if by an event of another kind, of another person, or not the last one."""
    kinds = (
        "supplier.saved",
        "role.granted",
        "check.signed",
        "shop.changed",
        "session.opened",
        "batch.lifted",
    )
    said = "seq, type, person, session, at, act, station, batch, round, checking"
    head = world.head + 1
    for table, columns in ALL_COLUMNS.items():
        if table in LOOSE or table in ("event", "line"):
            continue
        number = next((c for c in ("seq", "from_seq", "opened", "issued") if c in columns), None)
        if number is None or table in ("workspace",):
            continue
        names = ", ".join(columns)
        new = ", ".join(str(head) if c == number else c for c in columns)
        for which in ("min", "max"):
            seq = f"(SELECT {which}({number}) FROM {table})"
            row = f"FROM {table} WHERE {number} = {seq} LIMIT 1"
            again = f"INSERT INTO {table} ({names}) SELECT {new} {row}"
            changed = f"UPDATE {table} SET {number} = {head} WHERE {number} = {seq}"
            for kind in (None, *kinds):
                for person in (None, world.lan):
                    values = said.replace("seq", str(head)).replace("type", f"'{kind}'" if kind else "type")
                    values = values.replace("person", f"'{person}'" if person else "person")
                    copied = f"INSERT INTO line ({said}) SELECT {values} FROM line WHERE seq = {seq}"
                    later = f"INSERT INTO line ({said}) SELECT {said.replace('seq', str(head + 1))} FROM line"
                    later += " WHERE seq = 7"
                    for ready in ([copied], [copied, later]):
                        yield ready, again, True
                        yield ready, changed, True
        for ended in ("until_seq", "stopped", "unlocked", "lifted", "closed"):
            if ended not in columns:
                continue
            for kind in (
                *kinds,
                "key.changed",
                "badge.issued",
                "badge.stopped",
                "station.introduced",
                "person.unlocked",
                "session.closed",
                "batch.reworked",
                "round.ordered",
                "secret.changed",
            ):
                for state in ("NULL", "3"):
                    for set_to in (head, head - 1, "NULL"):
                        for follow in (False, True):
                            owner = "person" if "person" in columns else "NULL"
                            about = "batch" if "batch" in columns else "NULL"
                            ready = [
                                f"UPDATE {table} SET {ended} = {state}",
                                f"INSERT INTO line ({said}) SELECT {head}, '{kind}', {owner}, NULL, 1, 1, 's', {about},"
                                f" NULL, NULL FROM {table} LIMIT 1",
                            ]
                            if follow:
                                ready.append(line(head + 1, "supplier.saved", None))
                            yield ready, f"UPDATE {table} SET {ended} = {set_to}", True


def line(seq: int, kind: str, batch: str | None) -> str:
    """Return a line written by hand, as the head of the log."""
    about = f"'{batch}'" if batch else "NULL"
    return (
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking)"
        f" VALUES ({seq}, '{kind}', 'p', NULL, 1, 1, 's', {about}, NULL, NULL)"
    )


def disposition(world: World, batch: str, kind: str) -> str:
    """Return a disposition written by hand, by the head of the log."""
    return (
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason)"
        f" VALUES ({world.head + 1}, '{batch}', 'r', '{kind}', 1, 'p', 'q', '')"
    )


def by_key() -> Iterator[tuple[list[str], str, bool]]:
    """Yield rows that share everything, or all but one thing, of what must be unique with a row that is there."""
    for table, columns in ALL_COLUMNS.items():
        if table in LOOSE:
            continue
        numbers = numbered(table)
        names = ", ".join(columns)

        def row(tag: int, same: tuple[str, ...] = (), of: tuple[str, ...] = columns) -> str:
            return ", ".join(literal(c, 1 if c in same else tag, numbered(table)) for c in of)  # noqa: B023

        there = f"INSERT INTO {table} ({names}) VALUES ({row(1)})"
        also = f"INSERT INTO {table} ({names}) VALUES ({row(2)})"
        kinds = (KEYS[table], *uniques(table))
        for unique in kinds:
            yield [there], f"REPLACE INTO {table} ({names}) VALUES ({row(3, unique)})", True
            for left in unique:
                part = tuple(c for c in unique if c != left)
                yield [there], f"INSERT INTO {table} ({names}) VALUES ({row(3, part)})", True
            sets = ", ".join(f"{c} = {literal(c, 1, numbers)}" for c in unique)
            which = " AND ".join(f"{c} = {literal(c, 2, numbers)}" for c in KEYS[table])
            yield [there, also], f"UPDATE OR REPLACE {table} SET {sets} WHERE {which}", True
            for left in unique:
                some = ", ".join(f"{c} = {literal(c, 1, numbers)}" for c in unique if c != left)
                if some:
                    yield [there, also], f"UPDATE {table} SET {some} WHERE {which}", True
            nothing = ", ".join(f"{c} = NULL" for c in unique)
            blank = f"UPDATE {table} SET {nothing}"
            yield [there, also, f"{blank} WHERE {which}"], f"{blank} WHERE NOT ({which})", True
            empty = ", ".join(
                "NULL" if c in unique else v for c, v in zip(columns, row(3).split(", "), strict=True)
            )
            yield [there, f"{blank}"], f"INSERT INTO {table} ({names}) VALUES ({empty})", True
        if has_own_rowid(table):
            one = f"(SELECT max(rowid) FROM {table})"
            yield [there], f"REPLACE INTO {table} (rowid, {names}) SELECT {one}, {row(3)}", True
            yield [there, also], f"UPDATE OR REPLACE {table} SET rowid = {one} WHERE rowid <> {one}", True


def literal(column: str, tag: int, numbers: frozenset[str]) -> str:
    """Return a made-up value of a column."""
    return str(7_000_000 + tag) if column in numbers else f"'k{tag}'"


@cache
def numbered(table: str) -> frozenset[str]:
    """Return the columns of a table that hold numbers."""
    if table == "event":
        return frozenset({"seq"})
    if table not in metadata.tables:
        return frozenset()
    return frozenset(c.name for c in metadata.tables[table].columns if isinstance(c.type, sa.Integer))


def one_row(table: str) -> list[str]:
    """Return what puts a made-up row into a table that holds nothing signed, and may hold nothing at all."""
    if table not in LOOSE:
        return []
    columns = ALL_COLUMNS[table]
    ones = ", ".join("'1'" for _ in columns)  # a text in the one, a number in the other
    return [f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({ones})"]


def attacks(world: World) -> Iterator[tuple[list[str], str, bool]]:
    """Yield what is prepared, the attack, and whether the program's own functions say that it writes.

    First what was written for one rule each, which leaves little for the many that are made up.
    """
    for case in all_cases(world):
        yield list(case.ready), case.statement, True
    yield from by_state(world)
    yield from by_key()
    yield from by_context(world)
    yield from by_event(world)
    for attack in ATTACKS:
        before = prepared(attack)
        yield [filled(before, world)] if before else [], filled(attack.sql, world), True
    for table in KEYS:
        for statements in family(table, "sqlite").values():
            for statement in statements:
                yield [], statement, True
        names = ", ".join(ALL_COLUMNS[table])
        for statement in (
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {table}",
            f"UPDATE {table} SET {KEYS[table][0]} = {KEYS[table][0]}",
            f"DELETE FROM {table}",
        ):
            yield one_row(table), statement, False
        if "seq" in ALL_COLUMNS[table]:
            old = ", ".join("1" if c == "seq" else c for c in ALL_COLUMNS[table])
            yield [], f"INSERT INTO {table} ({names}) SELECT {old} FROM {table} LIMIT 1", True
        for column in ("round", "batch"):
            if column in ALL_COLUMNS[table]:
                other = ", ".join("'nowhere'" if c == column else c for c in ALL_COLUMNS[table])
                yield [], f"INSERT INTO {table} ({names}) SELECT {other} FROM {table} LIMIT 1", True
        for column in ALL_COLUMNS[table]:
            yield [], f"UPDATE {table} SET {column} = {column} || 'x' WHERE {column} IS NOT NULL", True
            yield [], f"UPDATE {table} SET {column} = {column} + 1 WHERE {column} IS NOT NULL", True
            yield [], f"UPDATE {table} SET {column} = NULL", True
            yield [], f"UPDATE {table} SET {column} = 'x' WHERE {column} IS NULL", True


def observed(database: Database, watch: Watch, but: Collection[int] = ()) -> None:
    """Let observers take the place of the rules of a database; ``but``: see ``Watch.observers``."""

    @sa.event.listens_for(database.engine, "connect")
    def _listen(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        connection.create_function("qc_seen", 1, watch.tell)

    database.dispose()
    with database.engine.connect() as connection:
        rules = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
        for (name,) in rules:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in watch.observers(but):
            connection.exec_driver_sql(statement)


@dataclass
class Deviations:
    """What the program writes, each time with one value otherwise: the attacks nearest to what is right.

    ``instances``: of each sentence, how many are tried.
    """

    watch: Watch
    of: dict[int, list[int]]
    instances: int
    noticed: set[int] = field(default_factory=set)
    count: int = 0
    tables: frozenset[str] = frozenset()
    _values: dict[tuple[str, str], list[object]] = field(default_factory=dict)
    _times: dict[str, int] = field(default_factory=dict)

    def around(self, cursor: Any, statement: str, values: dict[str, object]) -> None:  # noqa: ANN401
        """Try a statement with one value otherwise, in turn; nothing of it stays. Then let the right one be watched."""
        found = _WRITES.match(statement)
        if found is None or found[1] not in self.tables:
            return
        self._heed()  # what fired before this was the right one: a rule that is too strict
        times = self._times[statement] = self._times.get(statement, 0) + 1
        if times <= self.instances:
            trying = cursor.connection.cursor()
            for column, value in values.items():
                for other in self._others(found[1], column.removeprefix("w_"), value):
                    self._try(trying, statement, {**values, column: other})
            for gone in _LAST.findall(statement)[-1:]:
                for wider in (statement.replace(f" WHERE {gone}", ""),):
                    self._try(trying, wider, values)
        for column, value in values.items():
            known = self._values.setdefault((found[1], column.removeprefix("w_")), [])
            if value not in known:
                known[:] = [*known[-5:], value]

    def _others(self, table: str, column: str, value: object) -> list[object]:
        others = [v for v in self._values.get((table, column), []) if v != value]
        if value is not None:
            others.append(None)
        if isinstance(value, int):
            others += [value + 1, value - 1, -value - 1, value + 100_000]
        elif isinstance(value, str):
            others.append(f"{value}x")
        return others

    def _try(self, trying: Any, statement: str, values: dict[str, object]) -> None:  # noqa: ANN401
        self.count += 1
        self.watch.seen.clear()
        trying.execute("SAVEPOINT deviation")
        with suppress(driver.Error):
            trying.execute(statement, values)
        trying.execute("ROLLBACK TO deviation")
        trying.execute("RELEASE deviation")
        self.noticed |= self.watch.told_apart(self.of)
        self.watch.seen.clear()

    def _heed(self) -> None:
        rules = len(self.watch.rules)
        assert not {n for n in self.watch.seen if n < rules}, "a rule refuses what people do"
        self.noticed |= {n - rules for n in self.watch.seen if n >= rules}
        self.watch.seen.clear()


_WRITES = re.compile(r"(?:(?:INSERT(?: OR \w+)?|REPLACE) INTO|UPDATE(?: OR \w+)?|DELETE FROM) (\w+)\b")
_LAST = re.compile(r" WHERE (.*)$")


def noticed_by_a_day(watch: Watch, folder: Path, instances: int) -> tuple[set[int], int]:
    """Return the mutants that an ordinary day and deviations from it notice; and how many deviations there were."""
    database = connect(str(folder))
    observed(database, watch)
    tables = frozenset(one.table for one in watch.rules)
    deviations = Deviations(watch, _mutants_of(watch), instances, tables=tables)
    with database.engine.connect() as connection:
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
    with overheard(deviations.around, database):
        World(House.ready(database, HandClock()))
    database.dispose()
    return deviations.noticed, deviations.count


def _mutants_of(watch: Watch) -> dict[int, list[int]]:
    of: dict[int, list[int]] = {}
    for number, (whole, _, _) in enumerate(watch.mutants):
        of.setdefault(whole, []).append(number)
    return of


def noticed_by_attacks(watch: Watch, world: World, folder: Path, before: set[int]) -> tuple[set[int], int]:
    """Return the mutants that would have let an attack through that the whole rule refuses; and how many attacks.

    A mutant is noticed once for all: those of ``before`` do not tell, and a table is attacked until all of its own are.
    """
    folder.mkdir()
    shutil.copy(world.house.database.folder / FILE_NAME, folder / FILE_NAME)
    database = connect(str(folder))
    observed(database, watch, before)
    noticed = set(before)
    count = 0
    of = _mutants_of(watch)
    with database.engine.connect() as connection:
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        watched = watch.open_tables(noticed)
        for ready, statement, as_program in attacks(world):
            found = _WRITES.search(statement)
            if found is None or found[1] not in watched:
                continue
            count += 1
            connection.exec_driver_sql("BEGIN")
            database.writing.on = True
            for step in ready:
                with suppress(sa.exc.DBAPIError):
                    connection.exec_driver_sql(step)
            database.writing.on = as_program
            watch.seen.clear()
            with suppress(sa.exc.DBAPIError):
                connection.exec_driver_sql(statement)
            if not watch.told_apart(of) <= noticed:
                noticed |= watch.told_apart(of)
                watched = watch.open_tables(noticed)
            connection.rollback()
    database.writing.on = False
    database.dispose()
    return noticed, count


@pytest.fixture(scope="module")
def world(scenes: Callable[[str], World]) -> Iterator[World]:
    """Give a workspace with rows in every table."""
    played = scenes("sqlite")
    yield played
    played.house.database.dispose()


def unnoticed(
    world: World,
    template: Path,
    folder: Path,
    figures: Callable[[str], None],
    rules: list[Rule],
    instances: int,
) -> list[str]:
    """Take each term of each rule away; those that nothing notices: a new rule brings its attacks or its cases."""
    watch = Watch(rules)
    shutil.copy(template, folder / FILE_NAME)
    noticed, deviations = noticed_by_a_day(watch, folder, instances)
    noticed, count = noticed_by_attacks(watch, world, folder / "attacked", noticed)
    left = {
        f"{watch.rules[of].name}: {term}"
        for number, (of, _, term) in enumerate(watch.mutants)
        if number not in noticed
    }
    figures(
        f"triggers: {len(watch.rules)} with {len(watch.mutants)} mutants, {count} attacks and {deviations} deviations,"
        f" {len(left)} unnoticed"
    )
    return sorted(left)


def test_every_term_of_every_trigger_is_needed(
    world: World, sqlite_template: Path, tmp_path: Path, figures: Callable[[str], None]
) -> None:
    rules = rules_of(sqlite_template)[::SAMPLED]
    assert unnoticed(world, sqlite_template, tmp_path, figures, rules, instances=3) == []


@pytest.mark.long
def test_every_term_of_every_trigger_is_needed_without_sampling(
    world: World,
    sqlite_template: Path,
    tmp_path: Path,
    figures: Callable[[str], None],
    only: tuple[str, ...],
) -> None:
    rules = [one for one in rules_of(sqlite_template) if one.name.startswith(only or "")]
    assert unnoticed(world, sqlite_template, tmp_path, figures, rules, instances=6) == []
