# SPDX-License-Identifier: Apache-2.0
"""Rules of a file that were dropped, changed or added are seen with nothing but the checker; another revision is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qcdesk.checker import schema
from qcdesk.checker.findings import sentence
from qcdesk.checker.sources import DATABASE, open_source
from qcdesk.store.schema_text import expected
from qcdesk.store.upgrading import HEAD, KNOWN
from tests.checker.logs import checked, opened

CHANGES = {
    "schema_missing": "DROP TRIGGER event_no_update",
    "schema_extra": "CREATE TRIGGER theirs AFTER INSERT ON event BEGIN DELETE FROM record; END",
    "schema_differs": "DROP TRIGGER event_no_update; CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
    " BEGIN SELECT 1; END",
}


def change(workspace: Path, statements: str) -> None:
    with closing(sqlite3.connect(workspace / DATABASE)) as db:
        db.executescript(statements)


def findings(workspace: Path) -> list[tuple[str, str]]:
    return [(f.code, f.facts["name"]) for f in checked(workspace).findings]


@pytest.mark.parametrize("code", CHANGES)
def test_a_rule_dropped_changed_or_added_is_found_and_named(damaged: Path, code: str) -> None:
    change(damaged, CHANGES[code])
    [found] = checked(damaged).findings
    assert (found.code, found.facts["kind"]) == (code, "trigger")
    assert f"trigger {found.facts['name']}" in sentence(found)


@pytest.mark.parametrize("kind", ["trigger", "index", "view"])
def test_dropping_all_of_a_kind_is_found_one_by_one(damaged: Path, kind: str) -> None:
    with closing(sqlite3.connect(damaged / DATABASE)) as db:
        ask = "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
        names = [name for (name,) in db.execute(ask, (kind,))]
        for name in names:
            db.execute(f"DROP {kind} {name}")
        db.commit()
    assert names
    assert sorted(findings(damaged)) == [("schema_missing", name) for name in sorted(names)]


def test_a_table_beyond_the_programs_and_a_weakened_one_are_found(damaged: Path) -> None:
    change(damaged, "CREATE TABLE theirs (x)")
    change(
        damaged,
        "PRAGMA writable_schema=ON;"
        "UPDATE sqlite_master SET sql = replace(sql, 'shipped <= released', '1') WHERE name = 'batch'",
    )
    assert findings(damaged) == [("schema_differs", "batch"), ("schema_extra", "theirs")]


def test_what_the_planner_writes_down_is_no_finding(damaged: Path) -> None:
    change(damaged, "ANALYZE")
    assert findings(damaged) == []


@pytest.mark.parametrize(
    "said", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0001')"]
)
def test_a_file_that_names_no_one_revision_is_held_against_the_newest(damaged: Path, said: str) -> None:
    with opened(damaged) as db:
        db.execute(said)
    change(damaged, CHANGES["schema_missing"])
    assert set(findings(damaged)) == {
        ("schema_differs", "alembic_version"),
        ("schema_missing", "event_no_update"),
    }


def older(path: Path) -> None:
    """Make a file of the first revision, with no line in its log."""
    folder = Path(schema.__file__).parents[1] / "store" / "migrations" / "versions"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE alembic_version (version_num PRIMARY KEY)")
        for statement in (folder / "0001_first_sqlite.sql").read_text("utf-8").split("--;\n"):
            db.execute(statement)
        db.execute("INSERT INTO alembic_version VALUES ('0001')")


def test_an_older_revision_is_told_and_not_called_changed(tmp_path: Path) -> None:
    older(tmp_path / DATABASE)
    source = open_source(tmp_path)
    [found] = schema.differing(source)
    assert found.code == "schema_older"
    assert "revision 0001" in sentence(found)
    assert f"known here is {HEAD}" in sentence(found)
    source.close()
    change(tmp_path, "DROP TRIGGER event_no_update")
    source = open_source(tmp_path)
    assert {f.code for f in schema.differing(source)} == {"schema_older", "schema_missing"}
    source.close()


def test_a_newer_revision_is_told_and_nothing_is_held_against_it(damaged: Path) -> None:
    with opened(damaged) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    change(damaged, "CREATE TABLE of_tomorrow (x)")
    report = checked(damaged)
    assert report.holds
    [told] = report.remarks
    assert f"revision 9999, and the newest known here is {HEAD}" in sentence(told)


def test_the_checker_knows_what_the_program_knows() -> None:
    assert tuple(schema.made()) == tuple(schema.SCRIPTS) == KNOWN
    for revision in KNOWN:
        assert set(schema.made()[revision]) == {f"{kind} {name}" for kind, name in expected(revision)}
