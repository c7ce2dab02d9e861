# SPDX-License-Identifier: Apache-2.0
"""Every rule that the database keeps, attacked by raw SQL through the program's own connection, on both engines."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue
from qcdesk.store import refused
from qcdesk.store.database import FILE_NAME, translated
from qcdesk.store.tables import ON_SERVER
from qcdesk.wording.refusals import tell
from tests.store import schema_texts
from tests.store.attacks import (
    ATTACKS,
    Attack,
    attacking,
    batch,
    family,
    filled,
    leave_only,
    prepare,
    prepared,
    rule_that_refuses,
    run,
    triggers,
)
from tests.store.guards import (
    ALL_COLUMNS,
    KEYS,
    LOOSE,
    guards,
    lacking,
    uniques,
)
from tests.store.scenes import World


@pytest.fixture(scope="module")
def worlds(scenes: Callable[[str], World]) -> Iterator[Callable[[str], World]]:
    """Copy the scenes once for each engine that is asked for; every attack is rolled back."""
    copied: dict[str, World] = {}

    def world(engine: str) -> World:
        if engine not in copied:
            copied[engine] = scenes(engine)
        return copied[engine]

    yield world
    for one in copied.values():
        one.house.database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, worlds: Callable[[str], World]) -> World:
    """Give the scenes on both engines."""
    return worlds(request.param)


@pytest.fixture
def sqlite_world(worlds: Callable[[str], World]) -> World:
    """Give the scenes on SQLite, for what only SQLite has."""
    return worlds("sqlite")


@pytest.fixture
def postgresql_world(worlds: Callable[[str], World]) -> World:
    """Give the scenes on PostgreSQL, for what only PostgreSQL has."""
    return worlds("postgresql")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.what)
def test_database_refuses_by_the_rule_alone(world: World, attack: Attack) -> None:
    database = world.house.database
    with attacking(database) as connection:
        if prepared(attack):
            leave_only(connection, attack.trigger)
            prepare(connection, attack, world)
        leave_only(connection, attack.trigger)
        expected = triggers(connection, attack.trigger)[attack.trigger][1]
        assert rule_that_refuses(connection, filled(attack.sql, world)) == expected


@pytest.mark.parametrize("table", KEYS)
def test_nothing_signed_is_changed_replaced_or_deleted(world: World, table: str) -> None:
    database = world.house.database
    for name, statements in family(table, database.dialect).items():
        for statement in statements:
            with attacking(database) as connection:
                leave_only(connection, f"{table}_{name}")
                if (
                    name == "no_truncate"
                ):  # what hangs on the table falls with it: leave only this table's rule
                    for other in KEYS:
                        if other != table:
                            run(connection, f"ALTER TABLE {other} DISABLE TRIGGER USER")
                assert rule_that_refuses(connection, statement) == "append-only", statement


def test_every_trigger_is_attacked(world: World) -> None:
    database = world.house.database
    with attacking(database) as connection:
        there = set(triggers(connection))
    attacked = {a.trigger for a in ATTACKS}
    attacked |= {f"{table}_{name}" for table in KEYS for name in family(table, database.dialect)}
    attacked |= {
        name for table in KEYS for name in guards(database.dialect, table) if name.endswith(BY_TABLE)
    }
    if database.dialect == "postgresql":  # attacked in test_kept_files.py
        attacked |= {
            f"{table}_{rule}" for table in ON_SERVER for rule in ("no_delete", "no_update", "no_truncate")
        }
    assert there == attacked


BY_TABLE = ("_program_insert", "_program_update", "_program_delete", "_of_last_event", "_round_of_batch")
"""Rules that have a test of their own below, for all tables at once."""


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_table_has_the_rules_that_every_table_has(dialect: str) -> None:
    """What is missing stands in the failure, ready to be added to the last part of the newest revision."""
    assert "\n--;\n".join(lacking(dialect)) == ""


@pytest.mark.parametrize("table", [t for t in KEYS if f"{t}_of_last_event" in guards("sqlite", t)])
def test_row_belongs_to_the_event_that_is_being_written(world: World, table: str) -> None:
    columns = ", ".join(ALL_COLUMNS[table])
    for seq in ("1", "{head} + 1"):
        values = ", ".join(seq if c == "seq" else c for c in ALL_COLUMNS[table])
        with attacking(world.house.database) as connection:
            leave_only(connection, f"{table}_of_last_event")
            statement = f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} LIMIT 1"
            assert rule_that_refuses(connection, filled(statement, world)) == "unverified"


@pytest.mark.parametrize("table", [t for t in KEYS if f"{t}_round_of_batch" in guards("sqlite", t)])
def test_row_names_a_round_of_its_batch(world: World, table: str) -> None:
    columns = ", ".join(ALL_COLUMNS[table])
    for column, value in (("round", "'{registered.batch}'"), ("batch", "'{registered.batch}'")):
        values = ", ".join(value if c == column else c for c in ALL_COLUMNS[table])
        with attacking(world.house.database) as connection:
            leave_only(connection, f"{table}_round_of_batch")
            statement = f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} LIMIT 1"
            assert rule_that_refuses(connection, filled(statement, world)) == "unverified"


def test_every_unique_column_is_kept_from_replace(sqlite_world: World) -> None:
    """REPLACE deletes the row that holds the same number, without asking a delete trigger."""
    for table, columns in ((t, u) for t in KEYS if t not in LOOSE for u in uniques(t)):
        key = KEYS[table][0]
        fresh = "999" if key in ("seq", "number") else f"'{'e' * 32}'"
        names = ", ".join(ALL_COLUMNS[table])
        values = ", ".join(fresh if c == key and c not in columns else c for c in ALL_COLUMNS[table])
        with attacking(sqlite_world.house.database) as connection:
            leave_only(connection, f"{table}_no_replace")
            statement = (
                f"REPLACE INTO {table} ({names}) SELECT {values} FROM {table} WHERE {columns[0]} IS NOT NULL"
            )
            assert rule_that_refuses(connection, statement) == "append-only", (table, columns)


# Only the program writes (SQLite) --------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [t for t in KEYS if t != "event"])
def test_only_the_program_writes(sqlite_world: World, table: str) -> None:
    columns = ", ".join(ALL_COLUMNS[table])
    for act, statement in (
        ("insert", f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}"),
        ("update", f"UPDATE {table} SET {KEYS[table][0]} = {KEYS[table][0]}"),
        ("delete", f"DELETE FROM {table}"),
    ):
        with attacking(sqlite_world.house.database) as connection:
            leave_only(connection, f"{table}_program_{act}")
            if table == "figure":
                run(connection, f"INSERT INTO figure ({columns}) VALUES ('', '', '', '', '', 1)")
            elif table == "figure_part":
                run(connection, f"INSERT INTO figure_part ({columns}) VALUES ('', '', '', '', '', '', 1)")
            sqlite_world.house.database.writing.on = False
            assert rule_that_refuses(connection, statement) == "program-only"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO event (seq, body, sig, hash) SELECT seq + 1, body, sig, hash FROM event ORDER BY seq DESC LIMIT 1",
        "UPDATE batch SET state = 'released'",
        "DELETE FROM finding",
        "INSERT OR REPLACE INTO sign_off SELECT * FROM sign_off",
        "UPDATE sealed_key SET sealed = ''",
        "DELETE FROM record",
    ],
)
def test_another_program_finds_no_such_function(sqlite_world: World, statement: str, tmp_path: Path) -> None:
    """The interpreter's own sqlite3 stands for the shell: it knows nothing of the program's functions."""
    shutil.copy(sqlite_world.house.database.folder / FILE_NAME, tmp_path / FILE_NAME)
    with sqlite3.connect(tmp_path / FILE_NAME) as shell:
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "recursive_triggers = ON"):
            shell.execute(f"PRAGMA {pragma}")
        with pytest.raises(sqlite3.OperationalError, match="no such function: qc_"):
            shell.execute(statement)
    shell.close()


SWITCHES = {
    "sqlite": (
        "PRAGMA foreign_keys = OFF",
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA recursive_triggers = OFF",
    ),
    "postgresql": ("SET session_replication_role = replica",),
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.what)
def test_rules_hold_with_constraints_switched_off(world: World, attack: Attack) -> None:
    database = world.house.database
    if database.dialect == "sqlite":  # outside of a transaction: inside, the switch does nothing
        with database.engine.connect() as connection:
            for switch in SWITCHES["sqlite"]:
                connection.exec_driver_sql(switch)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            database.writing.on = True
            try:
                if prepared(attack):
                    prepare(connection, attack, world)
                rule_that_refuses(connection, filled(attack.sql, world))
            finally:
                database.writing.on = False
                connection.rollback()
                connection.invalidate()
        return
    with attacking(database) as connection:
        if prepared(attack):
            prepare(connection, attack, world)
        for switch in SWITCHES["postgresql"]:
            run(connection, switch)
        rule_that_refuses(connection, filled(attack.sql, world))
        connection.invalidate()


def test_deleting_a_parent_takes_nothing_along(world: World) -> None:
    with attacking(world.house.database) as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM finding").scalar()
        for parent in ("batch", "round", "checking", "person", "event"):
            nested = connection.begin_nested() if connection.dialect.name == "postgresql" else None
            assert rule_that_refuses(connection, f"DELETE FROM {parent}") == "append-only"
            if nested is not None:
                nested.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM finding").scalar() == before


def test_temporary_tables_do_not_shadow_the_rules(postgresql_world: World) -> None:
    """A rule that looked into a table of the attacker's own making would believe it."""
    world = postgresql_world
    with attacking(world.house.database) as connection:
        run(connection, "CREATE TEMP TABLE comparison (round text, outcome text)")
        run(connection, f"INSERT INTO pg_temp.comparison VALUES ('{world.second_check.round}', 'accepted')")
        assert (
            rule_that_refuses(connection, filled(batch("second_check", "state = 'accepted'"), world))
            == "four-eyes"
        )


# Events forged ------------------------------------------------------------------------------------------------------


def test_rule_ids_are_those_that_have_words() -> None:
    """Every rule of either engine is a refusal that is told in words, or one that no person could meet."""
    for dialect, absent in (("sqlite", set[str]()), ("postgresql", {"program-only"})):
        text = schema_texts.text(dialect)
        ids = set(re.findall(r"rule:([a-z-]+)", text)) | set(re.findall(r"FUNCTION \w+\('([a-z-]+)'\)", text))
        assert ids | absent == {*refused.REFUSALS, *refused.OWN}, dialect
    words = Catalogue()
    for rule, make in refused.REFUSALS.items():
        refusal = make()
        assert isinstance(refusal, Refusal), rule
        assert tell(refusal, words).fact, rule


def test_refusal_of_the_database_is_told_as_the_domain_tells_it(world: World) -> None:
    with attacking(world.house.database) as connection, pytest.raises(Refusal) as caught, translated():
        run(connection, filled(batch("registered", "state = 'accepted'"), world))
    assert caught.value.code in ("state", "four-eyes")


def test_every_table_is_guarded(world: World) -> None:
    with attacking(world.house.database) as connection:
        guarded = {table for table, _ in triggers(connection).values()}
        tables = set(sa.inspect(connection).get_table_names())
    assert tables == guarded
