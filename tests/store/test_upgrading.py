# SPDX-License-Identifier: Apache-2.0
"""Bringing a database up to date: only forward, after a backup, whole or not at all."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble
from qcdesk.store import figures, upgrading
from qcdesk.store.database import FILE_NAME, Database, as_owner
from qcdesk.store.long_runs import Steps
from qcdesk.store.schema_text import differences
from qcdesk.store.upgrading import HEAD, KNOWN, require_known, revision_of, upgrade
from qcdesk.store.verification import verify
from tests.workspace import HandClock, House, connect

VERSIONS = Path(upgrading.__file__).parent / "migrations" / "versions"
TESTED = {
    "0001": "test_empty_database_gets_the_whole_schema",
    "0002": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
    "0003": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
    "0004": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
    "0005": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
    "0006": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
    "0007": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
    "0008": "test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds",
}
"""Revision -> the test that goes through it."""


@pytest.fixture
def empty(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Database]:
    """Open a database without tables, of the same engine as ``database``."""
    if database.dialect == "sqlite":
        opened = connect(str(tmp_path / "empty"))
    else:
        opened = connect(request.getfixturevalue("postgresql_server").fresh("template1")[1])
    yield opened
    opened.dispose()


def schema(database: Database) -> dict[str, set[str]]:
    """Return names of tables, indexes and triggers."""
    with database.reading() as connection:
        inspector = sa.inspect(connection)
        tables = set(inspector.get_table_names())
        indexes = {str(i["name"]) for t in tables for i in inspector.get_indexes(t)}
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if database.dialect == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        triggers = {row[0] for row in connection.exec_driver_sql(query)}
    return {"tables": tables, "indexes": indexes, "triggers": triggers}


def test_empty_database_gets_the_whole_schema(empty: Database, database: Database) -> None:
    assert revision_of(empty) == ""
    assert upgrade(empty) == HEAD
    assert revision_of(empty) == HEAD
    assert schema(empty) == schema(database)


def test_database_that_is_up_to_date_is_left_alone(database: Database) -> None:
    before = schema(database)

    def backup(_progress: Progress | None) -> object:
        raise AssertionError("nothing was to be lost")

    assert upgrade(database, backup) == HEAD
    assert schema(database) == before


@pytest.mark.parametrize(
    ("revision", "lines"),
    [("0001", 100), ("0002", 50), ("0003", 400), ("0004", 500), ("0005", 500), ("0006", 500), ("0007", 500)],
)
def test_kept_database_of_an_older_schema_is_upgraded_with_all_it_holds(
    sqlite_template: Path, tmp_path: Path, revision: str, lines: int
) -> None:
    kept = Path(__file__).parent / "kept" / f"{revision}.sqlite.gz"
    (tmp_path / FILE_NAME).write_bytes(gzip.decompress(kept.read_bytes()))
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    shutil.copy(sqlite_template, fresh / FILE_NAME)
    database, other = connect(str(tmp_path)), connect(str(fresh))
    counts = row_counts(database)
    assert counts.pop("defect_total", 0) == 0  # never written; figures take its place
    for table in ("figure", "figure_part"):  # counted anew where an earlier program counted otherwise
        counts.pop(table, None)
    assert revision_of(database) == revision
    told: list[int] = []

    def tell(done: int, total: int) -> bool:
        told.append(done * 100 // total)
        return True

    assert upgrade(database, progress=tell) == HEAD
    assert told == sorted(told) and told[0] >= 50 and told[-1] == 100, (
        "a backup, where there is one, comes first"
    )
    assert schema(database) == schema(other)
    assert {table: n for table, n in row_counts(database).items() if table in counts} == counts
    verified = verify(database)
    assert verified.checked == counts["event"] > lines
    assert verified.problems == ()
    after = row_counts(database)
    assert all(after[table] > 0 for table in ("figure", "figure_part"))
    assert not verified.remarks, "all is counted as a recount does, whatever an earlier program counted"
    database.dispose()
    other.dispose()


def test_counting_anew_tells_how_many_of_the_lots_are_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House.ready(database, HandClock())
    for _ in range(3):
        house.batch()
    monkeypatch.setattr(figures, "PAGE", 1)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    figures.fill(database, anew=True, step=Steps(tell).part(60, 100))
    assert told == [(733, 1_000), (866, 1_000), (1_000, 1_000)]


def row_counts(database: Database) -> dict[str, int]:
    """Return the number of rows of every table but Alembic's own."""
    with database.reading() as connection:
        tables = [t for t in sa.inspect(connection).get_table_names() if t != "alembic_version"]
        return {t: connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one() for t in tables}


def test_database_of_a_newer_program_is_refused(database: Database) -> None:
    with as_owner(database) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    for refuse in (require_known, upgrade):
        with pytest.raises(Trouble) as caught:
            refuse(database)
        assert caught.value.code == "schema_newer"
        assert caught.value.facts == {"found": "9999", "known": HEAD}
    assert revision_of(database) == "9999"


@pytest.mark.parametrize("said", [("0007", "0008"), ("0008", "0007")])
def test_database_that_says_two_revisions_is_held_against_the_newer_one(
    database: Database, said: tuple[str, str]
) -> None:
    with as_owner(database) as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
        for one in said:
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{one}')")
        connection.commit()
    assert revision_of(database) == upgrade(database) == HEAD
    codes = [(p.code, p.facts["name"]) for p in differences(database)]
    assert codes == [("schema_differs", "alembic_version")]


def test_older_database_that_says_two_revisions_is_told_of_as_trouble(database: Database) -> None:
    with as_owner(database) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0002')")
        connection.commit()
    with pytest.raises(Trouble):
        upgrade(database)


def test_database_that_says_an_older_revision_than_it_has_is_told_of_as_trouble(database: Database) -> None:
    with as_owner(database) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    with pytest.raises(Trouble):
        upgrade(database)


def test_older_database_is_backed_up_first(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrading, "HEAD", "9999")
    order: list[str] = []

    def stop(_progress: Progress | None) -> object:
        order.append(revision_of(database))
        raise Trouble("disk_full")

    with pytest.raises(Trouble):
        upgrade(database, stop)
    assert order == [KNOWN[-1]]
    assert revision_of(database) == KNOWN[-1]


def test_upgrade_that_fails_leaves_nothing(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_text

    def broken(path: Path, *args: str) -> str:
        text = read(path, *args)
        return text + "--;\nCREATE TABLE event (seq BIGINT)" if path.name.startswith("0001_first_") else text

    monkeypatch.setattr(Path, "read_text", broken)
    with pytest.raises((Trouble, sa.exc.DBAPIError)):
        upgrade(empty)
    assert schema(empty) == {"tables": set(), "indexes": set(), "triggers": set()}


def test_every_migration_is_known_and_has_a_test() -> None:
    revisions = {
        found.group(1)
        for path in VERSIONS.glob("r*.py")
        if (found := re.search(r'^revision = "(\w+)"', path.read_text("utf-8"), re.M))
    }
    assert revisions == set(KNOWN) == set(TESTED)
    assert KNOWN[-1] == HEAD
    assert set(TESTED.values()) <= set(globals())


def test_migrations_import_none_of_our_code() -> None:
    for path in VERSIONS.glob("*.py"):
        assert "qcdesk" not in path.read_text("utf-8"), path.name
