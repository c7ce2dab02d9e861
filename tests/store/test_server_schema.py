# SPDX-License-Identifier: Apache-2.0
"""Whatever the owner of a server changes in its rules, tables and rights is a finding, each by its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcdesk.store import server_schema
from qcdesk.store.database import Database
from qcdesk.store.verification import verify
from tests.store.conftest import Server
from tests.workspace import connect


@pytest.fixture
def laid(postgresql_server: Server) -> Iterator[tuple[Server, str, Database]]:
    """A migrated database on the server, its name, and the program on it."""
    name, address = postgresql_server.fresh()
    database = connect(address)
    yield postgresql_server, name, database
    database.dispose()
    postgresql_server.run(f"DROP DATABASE {name} WITH (FORCE)")


def found(database: Database) -> set[tuple[str, str, str]]:
    """Return what is found of the schema: how it differs, what kind of thing, and its name."""
    problems = verify(database).problems
    return {
        (p.code.removeprefix("schema_"), p.facts["kind"], p.facts["name"])
        for p in problems
        if p.code.startswith("schema_")
    }


def test_what_stands_written_is_of_the_migrations_scripts_as_they_are() -> None:
    """After changing them: ``python3 packaging/dev.py schema``."""
    assert server_schema.expected() is not None


def test_what_stands_written_is_what_a_server_makes_of_them(laid: tuple[Server, str, Database]) -> None:
    with laid[2].reading() as connection:
        things = server_schema.there(connection)
    assert server_schema.written(things) == server_schema.REFERENCE.read_text("utf-8")
    kinds = {kind for kind, _ in things}
    assert {"table", "column", "constraint", "index", "trigger", "function", "owner of", "right"} <= kinds


def test_an_untouched_server_has_no_finding(laid: tuple[Server, str, Database]) -> None:
    assert found(laid[2]) == set()


def test_scripts_in_the_middle_of_a_change_are_compared_with_nothing(
    laid: tuple[Server, str, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    server_schema.expected.cache_clear()
    monkeypatch.setattr(server_schema, "scripts", lambda: "others")
    try:
        assert server_schema.expected() is None and found(laid[2]) == set()
    finally:
        server_schema.expected.cache_clear()


NEW_BODY = """CREATE OR REPLACE FUNCTION qc_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$ BEGIN RETURN NEW; END $$"""
CHANGES: list[tuple[str, tuple[str, str, str]]] = [
    ("DROP TRIGGER event_no_update ON event", ("missing", "trigger", "event.event_no_update")),
    ("ALTER TABLE event DISABLE TRIGGER event_no_delete", ("differs", "trigger", "event.event_no_delete")),
    (
        "ALTER TABLE event ENABLE TRIGGER event_no_delete",  # asleep for whoever calls itself a replica
        ("differs", "trigger", "event.event_no_delete"),
    ),
    (
        "DROP TRIGGER event_no_delete ON event; CREATE TRIGGER event_no_delete BEFORE DELETE ON event"
        " FOR EACH ROW WHEN (OLD.seq < 0) EXECUTE FUNCTION qc_refuse('append-only');"
        " ALTER TABLE event ENABLE ALWAYS TRIGGER event_no_delete",
        ("differs", "trigger", "event.event_no_delete"),
    ),
    (
        "CREATE TRIGGER more BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION qc_refuse('x')",
        ("extra", "trigger", "line.more"),
    ),
    (NEW_BODY, ("differs", "function", "qc_refuse()")),
    ("ALTER FUNCTION qc_refuse() SECURITY DEFINER", ("differs", "function", "qc_refuse()")),
    (
        "ALTER FUNCTION qc_append(bigint, bytea, bytea, bytea, jsonb) RESET search_path",
        ("differs", "function", "qc_append(bigint,bytea,bytea,bytea,jsonb)"),
    ),
    (
        "CREATE FUNCTION qc_more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        ("extra", "function", "qc_more()"),
    ),
    ("GRANT UPDATE ON event TO qcdesk_program", ("extra", "right", "event for qcdesk_program UPDATE")),
    ("GRANT DELETE ON line TO PUBLIC", ("extra", "right", "line for everybody DELETE")),
    (
        "GRANT UPDATE (state) ON batch TO qcdesk_program",
        ("extra", "right", "batch.state for qcdesk_program UPDATE"),
    ),
    (
        "GRANT SELECT ON event TO qcdesk_program WITH GRANT OPTION",
        ("differs", "right", "event for qcdesk_program SELECT"),
    ),
    (
        "REVOKE SELECT ON search_text FROM qcdesk_program",
        ("missing", "right", "search_text for qcdesk_program SELECT"),
    ),
    (
        "GRANT EXECUTE ON FUNCTION qc_change(jsonb) TO qcdesk_program",
        ("extra", "right", "qc_change(jsonb) for qcdesk_program EXECUTE"),
    ),
    (
        "GRANT CREATE ON SCHEMA public TO qcdesk_program",
        ("extra", "right on", "the schema for qcdesk_program CREATE"),
    ),
    ("ALTER TABLE event OWNER TO postgres", ("differs", "owner of", "event")),
    ("ALTER FUNCTION qc_refuse() OWNER TO postgres", ("differs", "owner of", "qc_refuse()")),
    ("DROP INDEX sign_off_once_person", ("missing", "index", "sign_off_once_person")),
    ("CREATE RULE quiet AS ON DELETE TO line DO INSTEAD NOTHING", ("extra", "rule", "line.quiet")),
    ("ALTER TABLE event ENABLE ROW LEVEL SECURITY", ("differs", "table", "event")),
    ("CREATE POLICY blind ON line USING (seq > 1)", ("extra", "policy", "line.blind")),
    ("ALTER TABLE line DISABLE TRIGGER ALL", ("differs", "foreign keys of", "line")),
    ("ALTER TABLE shop ALTER COLUMN name DROP NOT NULL", ("differs", "column", "shop.name")),
    ("ALTER TABLE shop ADD COLUMN more text", ("extra", "column", "shop.more")),
    ("CREATE TABLE more (x int)", ("extra", "table", "more")),
    ("CREATE VIEW peek AS SELECT * FROM finding", ("extra", "view", "peek")),
]


@pytest.mark.parametrize(("change", "told"), CHANGES, ids=[f"{t[1]}-{t[2]}-{t[0]}" for _, t in CHANGES])
def test_each_change_is_found_by_its_name(
    laid: tuple[Server, str, Database], change: str, told: tuple[str, str, str]
) -> None:
    server, name, database = laid
    with server.login("postgres", name) as connection:
        connection.execute(change.encode())
    assert told in found(database)


def test_a_dropped_constraint_is_found(laid: tuple[Server, str, Database]) -> None:
    server, name, database = laid
    with database.reading() as connection:
        wanted = sorted(n for kind, n in server_schema.there(connection) if kind == "constraint")
    table, constraint = next(n for n in wanted if n.startswith("sign_off.") and "check" in n).split(".")
    with server.login("postgres", name) as owner:
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"'.encode())
    assert found(database) == {("missing", "constraint", f"{table}.{constraint}")}


@pytest.mark.parametrize(
    ("change", "back", "told"),
    [
        (
            "GRANT qcdesk_owner TO qcdesk_program",
            "REVOKE qcdesk_owner FROM qcdesk_program",
            ("extra", "membership", "qcdesk_program in qcdesk_owner"),
        ),
        (
            "GRANT pg_write_all_data TO qcdesk_program",
            "REVOKE pg_write_all_data FROM qcdesk_program",
            ("extra", "membership", "qcdesk_program in pg_write_all_data"),
        ),
        (
            "ALTER ROLE qcdesk_program BYPASSRLS",
            "ALTER ROLE qcdesk_program NOBYPASSRLS",
            ("differs", "role", "qcdesk_program"),
        ),
    ],
)
def test_what_the_programs_role_was_given_on_the_whole_server_is_found(
    laid: tuple[Server, str, Database], change: str, back: str, told: tuple[str, str, str]
) -> None:
    server, _, database = laid
    server.run(change)
    try:
        assert told in found(database)
    finally:
        server.run(back)
    assert found(database) == set()


def test_a_right_to_temporary_tables_is_found(laid: tuple[Server, str, Database]) -> None:
    """One that shadows a table of ours would be read in its place."""
    server, name, database = laid
    server.run(f"GRANT TEMPORARY ON DATABASE {name} TO PUBLIC")
    assert ("extra", "right on", "the database for public TEMPORARY") in found(database)


def test_the_program_itself_sees_it_with_its_few_rights(laid: tuple[Server, str, Database]) -> None:
    server, name, database = laid
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT current_user").scalar() == "qcdesk_program"
    with server.login("postgres", name) as owner:
        owner.execute(b"DROP TRIGGER line_by_its_event ON line")
    assert found(database) == {("missing", "trigger", "line.line_by_its_event")}
