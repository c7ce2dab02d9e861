# SPDX-License-Identifier: Apache-2.0
"""What each rule of the database says, case by case, is what the product's rules say: on both engines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import groupby

import psycopg
import pysqlite3.dbapi2 as driver
import pytest

from qcdesk.store.database import FILE_NAME
from tests.store.scenes import World, play
from tests.trust.contexts import all_cases
from tests.trust.rule_cases import Case

_BYTES = re.compile(r"X'([0-9a-f]*)'")


@pytest.fixture
def world(location: str) -> Iterator[World]:
    """Give a workspace with rows in every table, on SQLite, then on PostgreSQL."""
    played = play(location)
    yield played
    played.house.database.dispose()


def answers_of_sqlite(world: World, cases: list[Case]) -> Iterator[tuple[bool, int]]:
    """Yield of each case whether its rule refuses it, and how many rows it changes; every other rule is gone."""
    connection = driver.connect(":memory:", isolation_level=None)
    with closing(driver.connect(world.house.database.folder / FILE_NAME)) as played:
        played.backup(connection)
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
        connection.execute(f"PRAGMA {pragma}")
    rules = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for name in rules:
        connection.execute(f"DROP TRIGGER {name}")
    for trigger, tried in groupby(cases, key=lambda case: case.trigger):
        for case in tried:
            connection.execute("BEGIN")
            for before in case.ready:
                connection.execute(before)
            connection.execute(rules[trigger])
            changed, refused = 0, False
            try:
                changed = connection.execute(case.statement).rowcount
            except driver.IntegrityError as error:
                refused = "rule:" in str(error)
            yield refused, changed
            connection.execute("ROLLBACK")
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
