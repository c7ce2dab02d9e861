# SPDX-License-Identifier: Apache-2.0
"""Whatever was changed in whichever table is put right from the log, and the rules stand again as they stood."""

from __future__ import annotations

import sqlalchemy as sa

from qcdesk.store.database import Database
from qcdesk.store.schema_text import differences
from qcdesk.store.tables import COLUMNS, metadata
from qcdesk.store.verification import verify
from tests.store.scenes import World
from tests.workspace import take_all_rights


def damaged(database: Database) -> int:
    """Change every column that takes another value in all rows, and take a row out of each table; how many columns."""
    changed = 0
    with database.engine.connect() as connection:
        again = _rules_off(connection)
        for table, (key, columns) in COLUMNS.items():
            if table == "workspace":
                continue
            for column in (c for c in columns if c not in key):
                whole = isinstance(metadata.tables[table].c[column].type, sa.Integer)
                other = f"coalesce({column}, 0) + 1" if whole else f"coalesce({column}, '') || 'x'"
                connection.exec_driver_sql("SAVEPOINT one")
                try:
                    connection.exec_driver_sql(f"UPDATE {table} SET {column} = {other}")
                    changed += 1
                except sa.exc.DBAPIError:  # a column of few words
                    connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one")
            names = ", ".join(key)
            first = " AND ".join(f"{k} = (SELECT {k} FROM {table} ORDER BY {names} LIMIT 1)" for k in key)
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {first}")
        for statement in again:
            connection.exec_driver_sql(statement)
        connection.commit()
    database.dispose()
    return changed


def _rules_off(connection: sa.Connection) -> list[str]:
    """Begin a transaction without rules, as the owner can; what puts them back."""
    take_all_rights(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        rules = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in rules:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return [sql for _, sql in rules]
    named = "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
    always = [
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
        for table, name in connection.exec_driver_sql(named).all()
    ]
    for table in COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    return [*(f"ALTER TABLE {table} ENABLE TRIGGER ALL" for table in COLUMNS), *always]


def found(database: Database) -> list[tuple[int | None, str]]:
    """Return what a verification finds; the scenes declare a good line void, which stays."""
    return [(problem.event, problem.code) for problem in verify(database).problems]


def test_every_table_is_put_right_from_the_log(world: World) -> None:
    house = world.house
    before = found(house.database)
    assert {code for _, code in before} <= {"rule_void"}
    hands = house.hands["linh"], house.hands["som"]
    assert damaged(house.database) > 250
    wrong = verify(house.database).problems
    assert {p.facts["table"] for p in wrong if p.code == "row_missing"} == set(COLUMNS) - {"workspace"}
    done = house.use.rebuild_tables(*hands, "all of them were changed")
    assert done.rows >= len(COLUMNS)
    assert found(house.database) == before
    assert list(differences(house.database)) == []
    house.released()
    assert found(house.database) == before
