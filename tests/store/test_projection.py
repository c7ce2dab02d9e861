# SPDX-License-Identifier: Apache-2.0
"""Tables are what the log makes of them: each event has a projector, each table a list, rebuilding gives the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcdesk.domain.events import Fact, all_facts
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import Event, StoredEvent, read_event
from qcdesk.domain.refusals import DatabaseRefused, Refusal
from qcdesk.store import mapping, tables
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.projection import Add, Drop, Put, Set, changes
from qcdesk.store.projection.changes import project
from qcdesk.store.rebuilding import Replay
from qcdesk.store.verification import verify
from tests.store import schema_texts
from tests.store.scenes import World
from tests.workspace import HandClock, House, connect


def rebuilt(database: Database) -> Replay:
    """Return the tables as the log alone makes them."""
    replay = Replay()
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT seq, body, sig, hash FROM event ORDER BY seq").all()
    for seq, body, sig, digest in rows:
        event = StoredEvent(seq, bytes(body), bytes(sig), bytes(digest)).event()
        for change in changes(event, mapping.fact_of(event)):
            replay.apply(change)
    return replay


def stored(database: Database, table: str) -> list[dict[str, object]]:
    """Return the rows of a table, in the order of its key."""
    key, columns = tables.COLUMNS[table]
    query = f"SELECT {', '.join(columns)} FROM {table}"
    with database.reading() as connection:
        found = [dict(row) for row in connection.exec_driver_sql(query).mappings()]
    return sorted(found, key=lambda row: tuple(str(row[k]) for k in key))


def same(database: Database) -> None:
    """Hold every table against what the log makes of it."""
    replay = rebuilt(database)
    for table, (key, _) in tables.COLUMNS.items():
        expected = sorted(replay.tables[table].values(), key=lambda row: tuple(str(row[k]) for k in key))
        assert stored(database, table) == expected, table


def test_every_event_has_a_projector() -> None:
    registered = set(project.registry) - {object}
    facts = set(all_facts().values())
    assert {cls for cls in registered if cls not in facts} <= {Fact}
    assert facts <= registered


def test_every_projector_writes_tables_and_columns_that_are_described(world: World) -> None:
    with world.house.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT seq, body, sig, hash FROM event ORDER BY seq").all()
    for seq, body, sig, digest in rows:
        event = StoredEvent(seq, bytes(body), bytes(sig), bytes(digest)).event()
        for change in changes(event, mapping.fact_of(event)):
            _, columns = tables.COLUMNS[change.table]
            match change:
                case Put(_, row, _):
                    assert set(row) == set(columns), change.table
                case Set(_, where, values):
                    assert {*where, *values} <= set(columns)
                case Add(_, where, column, _):
                    assert {*where, column} <= set(columns)
                case Drop(_, where):
                    assert set(where) <= set(columns)
    same(world.house.database)


def test_what_is_remembered_of_an_event_is_what_its_bytes_say(world: World) -> None:
    with world.house.database.reading() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM event ORDER BY seq").scalars().all()
    for body in map(bytes, bodies):
        event = Event.from_bytes(body)
        assert read_event(body) == event
        assert mapping.fact_in(body) == mapping.fact_of(event)
        assert b'"body":' + read_event(body).spelled_body in body


def test_every_table_is_on_a_list(database: Database) -> None:
    listed = {*tables.PROJECTIONS, "event", *tables.KEPT, *tables.CACHES, *tables.OWN}
    there = set(tables.ON_SERVER) if database.dialect == "postgresql" else set[str]()
    with database.reading() as connection:
        assert set(sa.inspect(connection).get_table_names()) == listed | there
    assert len(listed) == len(tables.PROJECTIONS) + 1 + len(tables.KEPT) + len(tables.CACHES) + len(
        tables.OWN
    )


def test_migrated_tables_are_as_described(database: Database) -> None:
    with database.reading() as connection:
        inspector = sa.inspect(connection)
        for table, described in tables.metadata.tables.items():
            found = {c["name"]: c for c in inspector.get_columns(table) if not c.get("computed")}
            assert set(found) == {c.name for c in described.columns}, table
            for column in described.columns:
                kind = str(found[column.name]["type"]).upper()
                kind = {"BIGINT": "INTEGER", "BYTEA": "BLOB"}.get(kind, kind)
                assert kind == str(column.type).upper(), (table, column.name)
                assert found[column.name]["nullable"] == column.nullable, (table, column.name)
            key = inspector.get_pk_constraint(table)["constrained_columns"]
            assert set(key) == set(tables.COLUMNS[table][0] if table in tables.COLUMNS else ("seq",)), table


def test_both_dialects_have_the_same_tables_indexes_and_rules() -> None:
    one, other = (schema_texts.text(dialect) for dialect in ("sqlite", "postgresql"))
    for pattern in (r"CREATE TABLE (\w+)", r"CREATE (?:UNIQUE )?INDEX (.+)"):
        assert set(re.findall(pattern, one)) == set(re.findall(pattern, other)) - set(tables.ON_SERVER)
    named = r"CREATE TRIGGER (\w+) BEFORE (\w+) ON (\w+)"
    sqlite_only = {
        t for t in re.findall(named, one) if re.search("_program_|_no_replace$|_rowid_|_unique_stays$", t[0])
    }
    postgresql_only = {t for t in re.findall(named, other) if t[1] == "TRUNCATE" or t[2] in tables.ON_SERVER}
    assert set(re.findall(named, one)) - sqlite_only == set(re.findall(named, other)) - postgresql_only


# Whatever people do, in whatever order -------------------------------------------------------------------------------

Act = Callable[[House, str], object]
ACTS: dict[str, Act] = {
    "linh checks": lambda h, b: h.check("linh", b),
    "som checks": lambda h, b: h.check("som", b),
    "som checks and finds a crack": lambda h, b: h.check("som", b, {1: "CRK"}),
    "linh starts": lambda h, b: h.start("linh", b),
    "som releases": lambda h, b: h.use.release_batch(h.hands["som"], b),
    "linh ships": lambda h, b: h.use.ship_batch(h.sittings["linh"], b, 7, "ACME"),
    "som stops": lambda h, b: h.use.stop_batch(h.sittings["som"], b, "other", "label"),
    "both lift": lambda h, b: h.use.lift_hold(h.hands["linh"], h.hands["som"], b, "fine"),
    "both do it again": lambda h, b: h.use.do_again(h.hands["linh"], h.hands["som"], b, "again"),
    "linh rejects": lambda h, b: h.use.reject_after_all(h.hands["linh"], b, "crack is real"),
    "rework": lambda h, b: h.use.dispose_batch(h.hands["linh"], h.hands["som"], b, "rework", "polish"),
    "reworked": lambda h, b: h.use.record_rework(h.sittings["linh"], b, (h.maker("Anh"),)),
    "linh retracts": lambda h, b: h.use.retract_check(h.hands["linh"], _signed_first(h, b), "wrong batch"),
    "linh sets aside": lambda h, b: h.use.set_aside(h.sittings["linh"], _open(h, b), "ill"),
    "withdraw": lambda h, b: h.use.withdraw_batch(h.hands["linh"], b, "recall"),
    "cancel": lambda h, b: h.use.cancel_batch(h.sittings["linh"], b, "twice"),
}


def _signed_first(house: House, batch: str) -> str:
    return _check(house, batch, "signed")


def _open(house: House, batch: str) -> str:
    return _check(house, batch, "open")


def _check(house: House, batch: str, state: str) -> str:
    with house.use.look() as uow:
        found = uow.batch(batch)
        checks = uow.round(found.round).checks if found.round else ()
    return next((c.id for c in checks if c.state == state), "0" * 32)


BEGINNINGS: dict[str, Callable[[House], str]] = {
    "registered": lambda h: h.batch(),
    "accepted": lambda h: h.accepted(),
    "disagreed": lambda h: h.disagreed(),
    "rejected": lambda h: h.rejected(),
    "released": lambda h: h.released(),
}


@given(
    beginning=st.sampled_from(sorted(BEGINNINGS)),
    acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=3, max_size=14),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_happens_the_log_rebuilds_every_table(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, beginning: str, acts: list[str]
) -> None:
    """Refused or not: after each act the tables are what the log makes of them."""
    folder = tmp_path_factory.mktemp("whatever")
    shutil.copy(sqlite_template, folder / FILE_NAME)
    database = connect(str(folder))
    house = House.ready(database, HandClock())
    batch = BEGINNINGS[beginning](house)
    for act in acts:
        try:
            ACTS[act](house, batch)
        except DatabaseRefused:
            raise  # the program should have said so before
        except (Refusal, BadInput):
            continue
    same(database)
    assert verify(database).problems == ()
    database.dispose()
