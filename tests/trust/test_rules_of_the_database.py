# SPDX-License-Identifier: Apache-2.0
"""What each rule of the database says, case by case, is what the product's rules say: on both engines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import groupby

import psycopg
import pysqlite3.dbapi2 as driver
import pytest

from qcdesk.store.database import FILE_NAME
from tests.store.scenes import World, play
from tests.trust.contexts import all_cases
from tests.trust.rule_cases import Case
from tests.trust.trigger_terms import rule

_BYTES = re.compile(r"X'([0-9a-f]*)'")


@pytest.fixture
def world(location: str) -> Iterator[World]:
    """Give a workspace with rows in every table, on SQLite, then on PostgreSQL."""
    played = play(location)
    yield played
    played.house.database.dispose()


def answers_of_sqlite(world: World, cases: list[Case]) -> Iterator[tuple[bool, int]]:
    """Yield of each case whether its rule refuses it, and how many rows it changes; every other rule is gone."""
    connection = driver.connect(world.house.database.folder / FILE_NAME, isolation_level=None)
    told: list[int] = []
    connection.create_function("qc_seen", 1, told.append)
    connection.create_function("qc_writing", 0, lambda: 1)
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN")
    for name, _ in found:
        connection.execute(f"DROP TRIGGER {name}")
    rules = {name: rule(sql) for name, sql in found}
    numbers: dict[str, int] = {}
    for name in {case.trigger for case in cases}:
        numbers[name] = len(numbers)
        connection.execute(rules[name].observer(name, numbers[name], rules[name].when))
    for case in cases:
        connection.execute("SAVEPOINT one")
        for before in case.ready:
            connection.execute(before)
        told.clear()
        changed = 0
        with suppress(
            driver.IntegrityError
        ):  # a key may refuse too: where the rule must not, nothing is changed
            changed = connection.execute(case.statement).rowcount
        yield numbers[case.trigger] in told, changed
        connection.execute("ROLLBACK TO one")
    connection.close()


def answers_of_postgresql(world: World, cases: list[Case]) -> Iterator[tuple[bool, int]]:
    """Yield the same of a server: rules fire as on a copying server, where only the one rule is switched on."""
    url = world.house.database.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        found = connection.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger").fetchall()
        on: dict[str, str] = dict(found)
        connection.commit()
        for trigger, tried in groupby(cases, key=lambda case: case.trigger):
            connection.execute(f"ALTER TABLE {on[trigger]} ENABLE REPLICA TRIGGER {trigger}".encode())
            connection.commit()
            for case in tried:
                for before in case.ready:
                    connection.execute(_BYTES.sub(r"'\\x\1'::bytea", before).encode())
                connection.execute("SET LOCAL session_replication_role = replica")
                changed, refused = 0, False
                try:
                    changed = connection.execute(case.statement.encode()).rowcount
                except psycopg.IntegrityError as error:
                    refused = "rule:" in str(error)
                yield refused, changed
                connection.rollback()
            connection.execute(f"ALTER TABLE {on[trigger]} DISABLE TRIGGER {trigger}".encode())


def test_each_rule_says_what_is_written(world: World, figures: Callable[[str], None]) -> None:
    cases = sorted(all_cases(world), key=lambda case: case.trigger)
    sqlite = world.house.database.dialect == "sqlite"
    answers = answers_of_sqlite(world, cases) if sqlite else answers_of_postgresql(world, cases)
    wrong = 0
    for case, (refused, changed) in zip(cases, answers, strict=True):
        if refused != case.refused or (not refused and changed != 1):
            wrong += 1
            print(f"{case.trigger}: {case.what}: refused {refused}, {changed} rows")
    figures(
        f"rules of the database: {len(cases)} cases, {wrong} answered otherwise ({world.house.database.dialect})"
    )
    assert not wrong
