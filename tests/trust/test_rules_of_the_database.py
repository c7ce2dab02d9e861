# SPDX-License-Identifier: Apache-2.0
"""What each rule of the database says, case by case, is what the product's rules say: on both engines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import groupby

import psycopg
import pysqlite3.dbapi2 as driver
import pytest

from qcdesk.store.database import FILE_NAME
from tests.store.conftest import world as world
from tests.store.scenes import World
from tests.trust.contexts import all_cases
from tests.trust.rule_cases import Case
from tests.trust.sqlite_switch import no_triggers
from tests.trust.trigger_terms import view_without_one

SAMPLED = 6
"""In the short run one of so many terms of views; the long run takes them all."""
_QUERY = re.compile(r"\bAS\s+(?=SELECT\b)")
_BYTES = re.compile(r"X'([0-9a-f]*)'")
_AS_A_COPY = "SET LOCAL session_replication_role = replica"


@contextmanager
def without_rules(world: World) -> Iterator[driver.Connection]:
    """Give a copy in memory of a world on SQLite, of which every rule is gone."""
    with closing(driver.connect(":memory:", isolation_level=None)) as connection:
        with closing(driver.connect(world.house.database.folder / FILE_NAME)) as played:
            played.backup(connection)
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
            connection.execute(f"PRAGMA {pragma}")
        for name in schema(world, "trigger"):
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def schema(world: World, kind: str) -> dict[str, str]:
    """Return the statement of every trigger, or view, of a world on SQLite, by name."""
    with world.house.database.reading() as connection:
        found = connection.exec_driver_sql(f"SELECT name, sql FROM sqlite_master WHERE type = '{kind}'").all()
    return {str(name): str(sql) for name, sql in found}


def answers_of_sqlite(
    connection: driver.Connection, rules: dict[str, str], cases: Iterable[Case]
) -> Iterator[tuple[bool, int]]:
    """Yield of each case whether its rule refuses it, and how many rows it changes; there is no other rule.

    Args: cases: those of a rule in a row.
    """
    for trigger, tried in groupby(cases, key=lambda case: case.trigger):
        connection.execute(rules[trigger])
        for case in tried:
            connection.execute("BEGIN")
            with no_triggers(connection):
                for before in case.ready:
                    connection.execute(before)
            changed, refused = 0, False
            try:
                changed = connection.execute(case.statement).rowcount
            except driver.IntegrityError as error:
                refused = "rule:" in str(error)
            connection.execute("ROLLBACK")
            yield refused, changed
        connection.execute(f"DROP TRIGGER {trigger}")


def answers_of_postgresql(world: World, cases: list[Case]) -> Iterator[tuple[bool, int]]:
    """Yield the same of a server: rules fire as on a copying server, where only the one rule is switched on.

    A case is one message to the server, its transaction and all.
    """
    url = world.house.database.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        found = connection.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger").fetchall()
        on: dict[str, str] = dict(found)
        for trigger, tried in groupby(cases, key=lambda case: case.trigger):
            connection.execute(f"ALTER TABLE {on[trigger]} ENABLE REPLICA TRIGGER {trigger}".encode())
            for case in tried:
                ready = [_BYTES.sub(r"'\\x\1'::bytea", before) for before in case.ready]
                whole = ["BEGIN", *ready, _AS_A_COPY, case.statement, "ROLLBACK"]
                changed, refused = 0, False
                try:
                    answers = connection.execute("; ".join(whole).encode())
                    for _ in range(whole.index(case.statement)):
                        answers.nextset()
                    changed = answers.rowcount
                except psycopg.IntegrityError as error:
                    refused = "rule:" in str(error)
                    connection.execute("ROLLBACK")
                yield refused, changed
            connection.execute(f"ALTER TABLE {on[trigger]} DISABLE TRIGGER {trigger}".encode())


def test_each_rule_says_what_is_written(world: World, figures: Callable[[str], None]) -> None:
    cases = sorted(all_cases(world), key=lambda case: case.trigger)
    dialect = world.house.database.dialect
    with ExitStack() as stack:
        if dialect == "sqlite":
            connection = stack.enter_context(without_rules(world))
            answers = answers_of_sqlite(connection, schema(world, "trigger"), cases)
        else:
            answers = answers_of_postgresql(world, cases)
        wrong = 0
        for case, (refused, changed) in zip(cases, answers, strict=True):
            if refused != case.refused or (not refused and changed != 1):
                wrong += 1
                print(f"{case.trigger}: {case.what}: refused {refused}, {changed} rows")
    figures(f"rules of the database: {len(cases)} cases, {wrong} answered otherwise ({dialect})")
    assert not wrong


def kin_of_two(connection: driver.Connection) -> list[tuple[str, str, int]]:
    """Return who two suppliers are the same as that were merged into a third one, and from which event on.

    The program walks these rows to find whose lots decide a promise: each other supplier once, from the later merger on.
    """
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO supplier_merge (seq, supplier, root, reason, at, person, other) VALUES (?, ?, 'C', '', 1, 'x', 'y')",
        [(5, "A"), (9, "B")],
    )
    found = connection.execute(
        "SELECT supplier, kin, since FROM supplier_kin WHERE supplier IN ('A', 'B') ORDER BY 1, 2, 3"
    ).fetchall()
    connection.execute("ROLLBACK")
    return found


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_suppliers_merged_into_one_are_the_same_from_the_later_merger_on(world: World) -> None:
    with without_rules(world) as connection:
        assert kin_of_two(connection) == [("A", "B", 9), ("A", "C", 5), ("B", "A", 9), ("B", "C", 9)]


def unnoticed_in_views(world: World, figures: Callable[[str], None], *, every: int) -> list[str]:
    """Take each term of each view that rules ask (or one in ``every``) away; those that change no answer."""
    rules, views = schema(world, "trigger"), schema(world, "view")
    cases = sorted(all_cases(world), key=lambda case: case.trigger)
    mutants = [
        (name, *one) for name, sql in views.items() for one in view_without_one(_QUERY.split(sql, 1)[1])
    ]
    unnoticed = []
    with without_rules(world) as connection:
        known = kin_of_two(connection)
        for name, query, term in mutants[::every]:
            asking = {name} | {other for other, sql in views.items() if re.search(rf"\b{name}\b", sql)}
            asked = re.compile(rf"\b({'|'.join(asking)})\b")
            tried = [case for case in cases if asked.search(rules[case.trigger])]
            connection.execute(f"DROP VIEW {name}")
            connection.execute(f"CREATE VIEW {name} AS {query}")
            answers = answers_of_sqlite(connection, rules, tried)
            otherwise = (refused != case.refused for case, (refused, _) in zip(tried, answers, strict=False))
            if kin_of_two(connection) == known and not any(otherwise):
                unnoticed.append(f"{name}: {term}")
            for trigger in {case.trigger for case in tried}:  # the one at which the first answer was another
                connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            connection.execute(f"DROP VIEW {name}")
            connection.execute(views[name])
    figures(f"views that rules ask: {len(mutants[::every])} mutants, {len(unnoticed)} unnoticed")
    return unnoticed


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_every_term_of_every_view_is_needed(world: World, figures: Callable[[str], None]) -> None:
    assert unnoticed_in_views(world, figures, every=SAMPLED) == []


@pytest.mark.long
@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_every_term_of_every_view_is_needed_without_sampling(
    world: World, figures: Callable[[str], None]
) -> None:
    assert unnoticed_in_views(world, figures, every=1) == []
