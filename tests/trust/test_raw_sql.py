# SPDX-License-Identifier: Apache-2.0
"""Raw SQL against the database: with the ``sqlite3`` shell on a copy, and as the program's role on a PostgreSQL server.

Judged by what is there afterwards, never by the message: either no content changed, or ``verify`` does not accept it.
Content is every event, every row that events made, every signed record (a sealed key proves
itself: opened, it is the enrolled one or it is not). What only the owner of the file can do (drop the
rules, or bring functions of the same names) changes content and must be seen.

Not attacked, because nothing of it reaches another program: a temporary table or view of the name of one of ours, which
only the connection that made it sees. Whoever owns the file and drops a rule without touching content is seen by the
comparison of the schema's text, which is another proof.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from qcdesk.domain.codec import to_data
from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.log import Event, event_hash
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import FILE_NAME
from qcdesk.store.tables import CACHES, PROJECTIONS
from qcdesk.store.verification import verify
from tests.store.attacks import ATTACKS, PREPARED, family, filled
from tests.store.conftest import Server, in_memory
from tests.store.guards import ALL_COLUMNS, KEYS
from tests.store.scenes import World
from tests.trust.sqlite_shell import tried
from tests.workspace import connect

CONTENT = ("event", *PROJECTIONS, "record")

SWITCHES: dict[str, tuple[str, ...]] = {
    "as it comes": (),
    "foreign keys off": ("PRAGMA foreign_keys = OFF",),
    "checks off": ("PRAGMA ignore_check_constraints = ON",),
    "recursive triggers": ("PRAGMA recursive_triggers = ON",),
    "schema not trusted": ("PRAGMA trusted_schema = OFF",),
    "foreign keys at the end": ("PRAGMA foreign_keys = ON", "PRAGMA defer_foreign_keys = ON"),
    "old way to rename": ("PRAGMA legacy_alter_table = ON",),
    "writable schema": ("PRAGMA writable_schema = ON",),
    "counting and synchronous off": ("PRAGMA synchronous = OFF", "PRAGMA journal_mode = MEMORY"),
    "everything": (
        "PRAGMA foreign_keys = OFF",
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA trusted_schema = ON",
        "PRAGMA legacy_alter_table = ON",
        "PRAGMA cell_size_check = OFF",
        "PRAGMA reverse_unordered_selects = ON",
    ),
}


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder, in memory where there is one."""
    with tempfile.TemporaryDirectory(prefix="qcdesk-raw-", dir=in_memory()) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def sqlite_world(scenes: Callable[[str], World]) -> Iterator[World]:
    """Give a workspace with rows in every table, on SQLite."""
    world = scenes("sqlite")
    yield world
    world.house.database.dispose()


@pytest.fixture(scope="module")
def server_world(scenes: Callable[[str], World]) -> Iterator[tuple[str, World]]:
    """Give a workspace with rows in every table, on a server, with the name of its database."""
    world = scenes("postgresql")
    yield str(world.house.database.engine.url.database), world
    world.house.database.dispose()


def content_of(rows: Callable[[str], Iterable[tuple[object, ...]]]) -> str:
    """Return a hash over all content; ``rows`` reads a table."""
    digest = hashlib.sha256()
    for table in CONTENT:
        names = ", ".join(ALL_COLUMNS[table])
        found = sorted(repr(tuple(_plain(v) for v in row)) for row in rows(f"SELECT {names} FROM {table}"))
        digest.update(json.dumps([table, found]).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def content_of_file(file: Path) -> str:
    """Return a hash over all content of a SQLite file; empty when there is a table that cannot be read."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return content_of(lambda query: connection.execute(query).fetchall())
    except sqlite3.Error:
        return ""
    finally:
        connection.close()


def accepted(folder: Path) -> bool:
    """Return whether ``verify`` finds nothing in a copy but what the played world has by itself.

    That is one void of a line that holds, which only a faulty program writes.
    """
    database = connect(str(folder))
    try:
        return [problem.code for problem in verify(database).problems] == ["rule_void"]
    except Trouble:
        return False
    finally:
        database.dispose()


def copy_of(world: World, folder: Path) -> Path:
    """Copy the file of a world that nobody writes."""
    folder.mkdir(parents=True)
    return Path(shutil.copy(world.house.database.folder / FILE_NAME, folder / FILE_NAME))


def statements(world: World, dialect: str) -> list[str]:
    """Return every attack on the rules, with what each table refuses by what it is."""
    found = [filled(a.sql, world) for a in ATTACKS]
    found += [filled(sql, world) for sql in PREPARED.values()]
    for table in KEYS:
        columns = ", ".join(ALL_COLUMNS[table])
        found += [s for kept in family(table, dialect).values() for s in kept]
        found += [
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}",
            f"UPDATE {table} SET {ALL_COLUMNS[table][-1]} = {ALL_COLUMNS[table][-1]}",
            f"UPDATE {table} SET {ALL_COLUMNS[table][-1]} = NULL",
            f"DELETE FROM {table}",
            f"DELETE FROM {table} WHERE {KEYS[table][0]} = (SELECT max({KEYS[table][0]}) FROM {table})"
            f" RETURNING {KEYS[table][0]}",
        ]
    return found


SHELL_ONLY = (
    "UPDATE batch SET state = 'released' FROM person WHERE person.id IS NOT NULL",
    "WITH gone AS (SELECT id FROM finding) DELETE FROM finding WHERE id IN (SELECT id FROM gone)",
    "UPDATE OR IGNORE sign_off SET verdict = 'rejected'",
    "UPDATE OR FAIL finding SET defect_class = 'minor'",
    "UPDATE OR ROLLBACK reading SET value = '12.00'",
    "BEGIN; DELETE FROM sign_off; COMMIT",
    "BEGIN EXCLUSIVE; UPDATE finding SET count = 1; COMMIT",
    "SAVEPOINT a; UPDATE batch SET released = 20; RELEASE a",
    "CREATE TEMP TRIGGER sly AFTER INSERT ON line BEGIN DELETE FROM finding; END",
    "CREATE TEMP VIEW verdicts AS SELECT * FROM sign_off; INSERT INTO verdicts SELECT * FROM sign_off",
    "ATTACH ':memory:' AS away; CREATE TABLE away.sign_off (x); DELETE FROM main.sign_off",
    "INSERT INTO sqlite_sequence VALUES ('event', 0)",
    "DELETE FROM sqlite_schema WHERE type = 'trigger' AND 0",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
    "PRAGMA user_version = 99",
    "PRAGMA application_id = 99",
    "UPDATE event SET body = replace(CAST(body AS TEXT), 'rejected', 'accepted')",
    "UPDATE event SET rowid = rowid + 1000000",
    "UPDATE OR REPLACE person SET login = 'linh'",
    "UPDATE OR REPLACE batch SET rowid = 1",
    "REPLACE INTO search_text (kind, id, folded) SELECT kind, id, '' FROM search_text",
    "UPDATE alembic_version SET version_num = '9999'",
    "DELETE FROM alembic_version",
)


def shell_attacks(
    world: World, place: Path, switches: dict[str, tuple[str, ...]], *, alone: bool
) -> tuple[int, int]:
    """Try every statement under every switch; how many were tried, how many came through.

    Args: alone: each statement has a copy of its own; else they follow each other on one copy for each switch, and
        only when that has changed is it asked which of them it was.
    """
    every = [*statements(world, "sqlite"), *SHELL_ONLY]
    before = content_of_file(world.house.database.folder / FILE_NAME)
    through = 0
    for number, switch in enumerate(switches.values()):
        if not alone:
            file = copy_of(world, place / f"copy-{number}")
            tried(file, [*switch, *every])
            if content_of_file(file) == before:
                continue
        for one, statement in enumerate(every):
            file = copy_of(world, place / f"copy-{number}-{one}")
            tried(file, [*switch, statement])
            if content_of_file(file) != before and accepted(file.parent):
                through += 1
                print(f"through: {statement}")
            shutil.rmtree(file.parent)
    return len(every) * len(switches), through


def test_what_nobody_touched_is_accepted(sqlite_world: World, place: Path) -> None:
    """Else every attack would count as seen."""
    assert accepted(copy_of(sqlite_world, place / "untouched").parent)


def test_no_statement_of_the_shell_gets_through(
    sqlite_world: World, place: Path, figures: Callable[[str], None]
) -> None:
    number, through = shell_attacks(sqlite_world, place, SWITCHES, alone=False)
    figures(f"raw SQL, shell: {number} statements under {len(SWITCHES)} sets of switches, {through} through")
    assert number > 100 * len(SWITCHES)
    assert through == 0


@pytest.mark.long
def test_no_statement_of_the_shell_gets_through_alone(
    sqlite_world: World, place: Path, figures: Callable[[str], None]
) -> None:
    number, through = shell_attacks(sqlite_world, place, SWITCHES, alone=True)
    figures(f"raw SQL, shell, each on a copy of its own: {number} statements, {through} through")
    assert through == 0


# The owner of the file: the rules are dropped, content is changed, the rules are put back ------------------------------

CHANGES: tuple[str, ...] = (
    "UPDATE sign_off SET verdict = 'rejected'"
    " WHERE rowid = (SELECT max(rowid) FROM sign_off WHERE verdict = 'accepted')",
    "UPDATE sign_off SET person = '{lan}' WHERE place = 'second'",
    "DELETE FROM sign_off WHERE place = 'release'",
    "UPDATE record SET document = CAST('other' AS BLOB)",
    "DELETE FROM record WHERE rowid = 1",
    "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'minor', 'major') AS BLOB)",
    "UPDATE event SET sig = zeroblob(64) WHERE seq = {head}",
    "UPDATE event SET hash = zeroblob(32) WHERE seq = {head}",
    "DELETE FROM event WHERE seq = {second_check.seq}",
    "UPDATE event SET seq = seq + 100000 WHERE seq = {second_check.seq}",
    "UPDATE batch SET state = 'released' WHERE id = '{accepted.batch}'",
    "UPDATE batch SET held = 0, hold = NULL",
    "UPDATE batch SET quantity = quantity + 1 WHERE id = '{released.batch}'",
    "UPDATE batch SET number = 'X-1' WHERE id = '{released.batch}'",
    "UPDATE finding SET defect_class = 'minor'",
    "UPDATE finding SET withdrawn = 'slip'",
    "DELETE FROM finding",
    "UPDATE reading SET value = '12.00', inside = 1",
    "DELETE FROM unit_result WHERE unit = 1",
    "UPDATE checking SET person = '{lan}' WHERE id = '{second_check.second}'",
    "UPDATE person SET name = 'Somebody'",
    "UPDATE person SET status = 'active'",
    "UPDATE person_key SET public_key = (SELECT public_key FROM person_key LIMIT 1)",
    "INSERT INTO role_grant (person, role, families, until, seq) VALUES ('{lan}', 'releaser', '[]', NULL, {head})",
    "DELETE FROM first_seen",
    "DELETE FROM place_given_up",
    "DELETE FROM batch_maker",
    "DELETE FROM batch_reworker",
    "UPDATE hold SET lifted = {head}",
    "UPDATE comparison SET outcome = 'accepted'",
    "UPDATE decision SET outcome = CASE outcome WHEN 'accepted' THEN 'rejected' ELSE 'accepted' END",
    "UPDATE shop SET third_releases = 1",
    "UPDATE procedure_version SET content = replace(content, 'Bore', 'Bar')",
    "UPDATE shipment SET quantity = quantity + 1",
    "UPDATE line SET person = '{minh}' WHERE seq = {second_check.seq}",
    "UPDATE session SET person = '{linh}'",
    "UPDATE workspace SET recovery_key = ''",
    "DROP TABLE disposition",
    "ALTER TABLE finding RENAME COLUMN defect_class TO class",
    "ALTER TABLE finding DROP COLUMN note",
    "ALTER TABLE sign_off RENAME TO signs",
)


def rules_of(file: Path) -> list[tuple[str, str]]:
    """Return name and text of every trigger."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.close()
    return found


def test_what_the_owner_of_the_file_changes_is_seen(
    sqlite_world: World, place: Path, figures: Callable[[str], None]
) -> None:
    before = content_of_file(sqlite_world.house.database.folder / FILE_NAME)
    unseen = []
    for number, change in enumerate(CHANGES):
        file = copy_of(sqlite_world, place / f"owner-{number}")
        rules = rules_of(file)
        off = ["PRAGMA foreign_keys = OFF", *(f"DROP TRIGGER {name}" for name, _ in rules)]
        tried(file, ["BEGIN", *off, filled(change, sqlite_world), *(sql for _, sql in rules), "COMMIT"])
        assert content_of_file(file) != before, change
        if accepted(file.parent):
            unseen.append(change)
    figures(f"raw SQL, owner of the file: {len(CHANGES)} changes without the rules, {len(unseen)} unseen")
    assert unseen == []


def test_functions_of_the_same_names_are_seen(
    sqlite_world: World, place: Path, figures: Callable[[str], None]
) -> None:
    """A program that brings ``qc_verify`` and ``qc_writing`` of its own is as good as the owner of the file."""
    file = copy_of(sqlite_world, place / "functions")
    connection = sqlite3.connect(file, isolation_level=None)
    connection.create_function("qc_verify", 6, lambda *_: 1)
    connection.create_function("qc_writing", 0, lambda: 1)
    before = content_of(lambda query: connection.execute(query).fetchall())
    got_in: list[str] = []
    for statement in statements(sqlite_world, "sqlite"):
        connection.execute("BEGIN")
        try:
            connection.execute(statement).fetchall()
            if content_of(lambda query: connection.execute(query).fetchall()) != before:
                got_in.append(statement)
        except sqlite3.Error:
            pass
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    unseen = []
    for number, statement in enumerate(got_in):
        alone = copy_of(sqlite_world, place / f"functions-{number}")
        forging = sqlite3.connect(alone, isolation_level=None)
        forging.create_function("qc_verify", 6, lambda *_: 1)
        forging.create_function("qc_writing", 0, lambda: 1)
        forging.execute(statement).fetchall()
        forging.close()
        if accepted(alone.parent):
            unseen.append(statement)
    connection.close()
    figures(f"raw SQL, forged functions: {len(got_in)} statements changed something, {len(unseen)} unseen")
    assert got_in, "an attack that nothing stops must show that this test can see one"
    assert unseen == []


# As the program's role on a server ----------------------------------------------------------------------------------

RIGHTS = (
    "SET ROLE qcdesk_owner",
    "SET SESSION AUTHORIZATION postgres",
    "SET session_replication_role = replica",
    "GRANT qcdesk_owner TO CURRENT_USER",
    "ALTER ROLE qcdesk_program SUPERUSER",
    "ALTER TABLE sign_off DISABLE TRIGGER ALL",
    "ALTER TABLE sign_off DISABLE TRIGGER sign_off_once",
    "ALTER TABLE sign_off OWNER TO CURRENT_USER",
    "ALTER TABLE sign_off DROP CONSTRAINT sign_off_pkey",
    "ALTER TABLE event RENAME TO was",
    "DROP TABLE sign_off CASCADE",
    "DROP TRIGGER sign_off_once ON sign_off",
    "DROP FUNCTION qc_refuse() CASCADE",
    "CREATE OR REPLACE FUNCTION qc_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE FUNCTION public.now_mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE mine (x int)",
    "CREATE TEMP TABLE sign_off (x int)",
    "CREATE TEMP VIEW line AS SELECT 1 AS seq",
    "CREATE SCHEMA pg_temp_mine",
    "CREATE SCHEMA mine",
    "CREATE VIEW mine AS SELECT * FROM sign_off",
    "CREATE RULE sly AS ON INSERT TO line DO ALSO DELETE FROM finding",
    "CREATE TRIGGER sly BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')",
    "CREATE INDEX mine ON finding (count)",
    "COPY finding FROM PROGRAM 'true'",
    "COPY sign_off FROM STDIN",
    "SELECT * FROM finding FOR UPDATE",
    "LOCK TABLE finding IN EXCLUSIVE MODE",
    "TRUNCATE event CASCADE",
    "MERGE INTO finding f USING person p ON true WHEN MATCHED THEN DELETE",
    "DO $$ BEGIN DELETE FROM finding; END $$",
    "WITH gone AS (DELETE FROM finding RETURNING id) SELECT * FROM gone",
    "EXPLAIN ANALYZE DELETE FROM finding",
    "PREPARE sly AS DELETE FROM finding; EXECUTE sly",
    'SELECT qc_change(\'["drop", "finding", {"place": ""}, {}]\')',
    "UPDATE pg_class SET relowner = 10 WHERE relname = 'finding'",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "ALTER DATABASE CURRENT SET session_replication_role = replica",
    "REVOKE ALL ON finding FROM qcdesk_owner",
    "REFRESH MATERIALIZED VIEW finding",
    "COMMENT ON TABLE finding IS 'mine'",
    "SECURITY LABEL ON TABLE finding IS 'mine'",
    "SELECT lo_from_bytea(0, 'x'); SELECT lo_export(1, '/tmp/x')",
    "SELECT setval('event_seq', 1)",
    "SELECT qc_keep_record('00', 'x'::bytea)",
    "SELECT qc_keep_record(repeat('0', 64), 'x'::bytea)",
    "SELECT qc_keep_record((SELECT sha256 FROM record LIMIT 1), 'x'::bytea)",
)
KEPT_AROUND: tuple[list[object], ...] = (
    ["put", "record", {}, {"sha256": "0" * 64, "document": "\\x00"}],
    ["set", "sign_off", {"place": "first"}, {"verdict": "rejected"}],
    ["drop", "finding", {"place": ""}, {}],
    ["put", "event", {}, {"seq": 1}],
    ["set", "alembic_version", {"version_num": "0008"}, {"version_num": "0007"}],
    ["set", "pg_class", {"relname": "finding"}, {"relowner": 10}],
    ["set", "search_text; DELETE FROM finding", {"kind": "batch"}, {"folded": ""}],
    ["set", "search_text", {"kind = '' OR 1=1; DELETE FROM finding; --": "x"}, {"folded": ""}],
    ["drop", "person", {}, {}],
    ["drop", None, {}, {}],
    [],
)


def forged(world: World, number: int, *changes: list[object], **otherwise: object) -> str:
    """Return a call that appends an event of good form and no good signature, with changes of the attacker's liking."""
    with world.house.database.reading() as connection:
        seq, digest = connection.exec_driver_sql(
            "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
        ).one()
    hand = world.house.sittings["linh"].hand
    with world.house.use.look() as uow:
        vault = uow.vault
    event = Event(
        id=f"{number:032x}",
        vault=vault,
        seq=seq + 1,
        prev=bytes(digest),
        at=world.house.clock.now(),
        clock=world.house.clock.now(),
        station="x",
        app="x",
        type="supplier.saved",
        by=hand.person,
        key=hand.key,
        session=hand.session,
        body=to_data(SupplierSaved("f" * 32, "S9", "Nine")),
    )
    event = replace(event, **otherwise)  # type: ignore[arg-type]
    body, sig = event.to_bytes(), b"\1" * 64
    line: list[object] = [
        "put",
        "line",
        {},
        {
            "seq": event.seq,
            "type": event.type,
            "person": event.by,
            "session": event.session,
            "at": event.at,
            "act": 0,
            "station": event.station,
            "batch": event.body.get("batch"),
            "round": event.body.get("round"),
            "checking": event.body.get("check"),
        },
    ]
    wanted = json.dumps([line, *changes]).replace("'", "''")
    return (
        f"SELECT qc_append({event.seq}, '\\x{body.hex()}', '\\x{sig.hex()}',"
        f" '\\x{event_hash(body, sig).hex()}', '{wanted}')"
    )


def forgeries(world: World) -> list[str]:
    """Return forged events with what an attacker would like them to bring."""
    accepted_batch, held = world.accepted, world.held
    sign: dict[str, object] = {
        "seq": world.head + 1,
        "batch": accepted_batch.batch,
        "round": accepted_batch.round,
        "place": "release",
        "person": world.som,
        "key": "k",
        "checking": None,
        "meaning": "I release",
        "verdict": "accepted",
        "record": "r",
        "at": 1,
        "maker": 0,
        "standing": 1,
    }
    released = {"type": "batch.released", "by": world.som, "body": {"batch": accepted_batch.batch}}
    made: list[str] = [
        forged(world, 1),
        forged(world, 2, ["put", "sign_off", {}, sign]),
        forged(world, 3, ["put", "sign_off", {}, sign], **released),
        forged(
            world,
            4,
            ["put", "sign_off", {}, sign],
            ["set", "batch", {"id": accepted_batch.batch}, {"state": "released", "released": 20}],
            **released,
        ),
        forged(world, 5, ["set", "batch", {"id": held.batch}, {"held": 0, "hold": None}]),
        forged(world, 6, ["set", "finding", {"place": ""}, {"defect_class": "minor"}]),
        forged(world, 7, ["drop", "finding", {"place": ""}, {}]),
        forged(world, 8, ["drop", "role_grant", {"person": world.som}, {}]),
        forged(world, 9, ["set", "shop", {"id": 1}, {"third_releases": 0}]),
        forged(world, 10, ["put", "event", {}, {"seq": world.head + 2}]),
        forged(world, 11, ["set", "record", {}, {"document": "\\x00"}]),
        forged(world, 12, ["set", "sealed_key", {"person": world.som}, {"sealed": ""}]),
        forged(world, 13, ["set", "person", {"id": world.som}, {"name": "Somebody"}]),
        forged(world, 14, ["set", "supplier", {"code": "X8"}, {"name": "Else"}]),
        forged(world, 15, ["add", "batch", {"id": accepted_batch.batch}, {"released": 5}]),
        forged(world, 16, prev=b"\2" * 32),
        forged(world, 17, seq=1, prev=bytes(32)),
        forged(world, 18, vault="0" * 32),
        forged(world, 1).replace('"put", "line"', '"put", "search_text"'),
        forged(world, 1).replace(world.linh, world.som),
        "SELECT qc_append(NULL, NULL, NULL, NULL, '[]')",
        f"SELECT qc_append({world.head + 1}, 'x', 'x', 'x', '[]')",
    ]
    return made


def server_attacks(server: Server, name: str, world: World) -> tuple[int, int, int]:
    """Try every statement as a login of the program's role; how many were tried, got in, and came through unseen."""
    server.run(
        "DO $$ BEGIN CREATE ROLE somebody LOGIN IN ROLE qcdesk_program; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    every = [s for s in statements(world, "postgresql") if not s.startswith("TRUNCATE")]
    every += [
        *RIGHTS,
        *(f"SELECT qc_keep('{json.dumps([c]).replace(chr(39), chr(39) * 2)}')" for c in KEPT_AROUND),
    ]
    every += [f"TRUNCATE {table} CASCADE" for table in KEYS]
    every += forgeries(world)
    got_in: list[str] = []
    world.house.database.dispose()
    with server.login("somebody", name) as connection:
        before = content_of(lambda query: connection.execute(query.encode()).fetchall())
        connection.rollback()
        for statement in every:
            try:
                connection.execute(statement.encode())
                if content_of(lambda query: connection.execute(query.encode()).fetchall()) != before:
                    got_in.append(statement)
            except psycopg.Error:
                pass
            connection.rollback()
    unseen = []
    for statement in got_in:
        copy, address = server.fresh(name)
        with server.login("somebody", copy) as connection:
            connection.execute(statement.encode())
            connection.commit()
        database = connect(address)
        if verify(database).problems == ():
            unseen.append(statement)
        database.dispose()
        server.run(f"DROP DATABASE {copy} WITH (FORCE)")
    for statement in unseen:
        print(f"through: {statement}")
    return len(every), len(got_in), len(unseen)


def test_no_statement_of_the_programs_role_gets_through(
    postgresql_server: Server, server_world: tuple[str, World], figures: Callable[[str], None]
) -> None:
    number, got_in, unseen = server_attacks(postgresql_server, *server_world)
    figures(f"raw SQL, server: {number} statements, {got_in} changed something, {unseen} of them unseen")
    assert number > 50
    assert got_in > 0, (
        "a forged signature gets in, since the server cannot check it: and every client must see it"
    )
    assert unseen == 0


def test_role_may_only_look(postgresql_server: Server, server_world: tuple[str, World]) -> None:
    """No right to change anything directly, on any table, for the role or for everybody."""
    name, world = server_world
    world.house.database.dispose()
    with postgresql_server.login("postgres", name) as connection:
        given = connection.execute(
            "SELECT relname, privilege_type, coalesce(r.rolname, 'public') FROM pg_class c"
            " CROSS JOIN aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a"
            " LEFT JOIN pg_roles r ON r.oid = a.grantee"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')"
            " AND a.grantee <> c.relowner"
        ).fetchall()
        owners = connection.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchall()
        callable_ = connection.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
            " AND has_function_privilege('qcdesk_program', p.oid, 'EXECUTE')"
        ).fetchall()
        fixed = connection.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef"
            " AND NOT coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, public, pg_temp'], false)"
        ).fetchall()
    assert {(kind, who) for _, kind, who in given} == {("SELECT", "qcdesk_program")}
    assert {table for table, _, _ in given} >= {*CONTENT, *CACHES, "alembic_version"}
    assert owners == [("qcdesk_owner",)]
    assert {f for (f,) in callable_} == {"qc_append", "qc_count", "qc_keep", "qc_keep_record", "qc_keep_file"}
    assert fixed == []
