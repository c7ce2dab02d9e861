# SPDX-License-Identifier: Apache-2.0
"""Whoever owns the database may drop every rule and change what is there: verifying finds it."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from qcdesk.domain.events import ProductSaved, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import Step
from qcdesk.domain.refusals import EventHolds, TwoNeeded
from qcdesk.services.ports import Problem
from qcdesk.services.record_entries import Entries, NewFinding, NewResult
from qcdesk.services.trouble import Trouble
from qcdesk.store import verification
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.last_verified import of_one_batch
from qcdesk.store.tables import COLUMNS, PROJECTIONS, metadata
from qcdesk.store.verification import verify
from tests.store.scenes import World
from tests.workspace import HandClock, House, connect, content, take_all_rights, use_of

GROUPS = 8
"""So many times the log is held against the tables to miss a row of each of them: once for every eighth table."""


@pytest.fixture(scope="module")
def played(scenes: Callable[[str], World]) -> World:
    """Give the scenes on SQLite without any rule; the file is copied for each test."""
    world = scenes("sqlite")
    drop_every_rule(world.house.database)
    world.house.database.dispose()
    return world


@pytest.fixture
def copy(played: World, tmp_path: Path) -> Iterator[Database]:
    """Give a copy without any rule, as its owner could make it."""
    shutil.copy(played.house.database.folder / FILE_NAME, tmp_path / FILE_NAME)
    database = connect(str(tmp_path))
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def owned(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give the scenes without any rule, on both engines."""
    if request.param == "sqlite":
        yield request.getfixturevalue("copy")
        return
    database = request.getfixturevalue("scenes")("postgresql").house.database
    drop_every_rule(database)
    yield database
    database.dispose()


def drop_every_rule(database: Database) -> None:
    """Drop triggers and constraints."""
    with database.engine.connect() as connection:
        take_all_rights(connection)
        if database.dialect == "sqlite":
            connection.exec_driver_sql("BEGIN")
            found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
            for (name,) in found:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'view'").all()
            for (name,) in found:
                connection.exec_driver_sql(f"DROP VIEW {name}")
            connection.commit()
            return
        for kind in "fcup":
            query = (
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = :kind"
                " AND connamespace = 'public'::regnamespace"
            )
            for table, name in connection.execute(sa.text(query), {"kind": kind}).all():
                connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for table in metadata.tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        connection.commit()


def tamper(database: Database, *statements: str, **values: object) -> None:
    """Run statements as the owner."""
    with database.engine.connect() as connection:
        take_all_rights(connection)
        if database.dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(sa.text(statement), values)
        connection.commit()
        if database.dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def codes(database: Database) -> list[str]:
    """Return the codes of it."""
    return [p.code for p in found_in(database)]


def found_in(database: Database) -> list[Problem]:
    """Return what a verification finds beyond the schema, whose rules these tests have dropped.

    The scenes declare a line void that is good, as a faulty program might; that is found too, and is nobody's attack.
    """
    known = ("schema_missing", "schema_differs", "rule_void")
    return [p for p in verify(database).problems if p.code not in known]


def first_row(database: Database, table: str) -> dict[str, Any]:
    """Return one row of a table."""
    with database.reading() as connection:
        query = f"SELECT {', '.join(COLUMNS[table][1])} FROM {table} ORDER BY {', '.join(COLUMNS[table][0])}"
        row = connection.exec_driver_sql(query).mappings().first()
    assert row is not None, table
    return dict(row)


def other(value: object, kind: sa.types.TypeEngine[Any]) -> object:
    """Return another value of a column."""
    if isinstance(kind, sa.Integer):
        return (
            int(value) + 1_000 if isinstance(value, int) else 1
        )  # numbers that run without gaps have a next one
    return f"{value or ''}x"


def test_untouched_copy_verifies(owned: Database) -> None:
    assert codes(owned) == []


def test_every_changed_value_of_every_table_is_found(owned: Database) -> None:
    rows = {table: first_row(owned, table) for table in COLUMNS}
    most = max(len(columns) for _, columns in COLUMNS.values())
    for number in range(most):
        changed: set[tuple[str, str]] = set()
        undo: list[tuple[str, dict[str, object]]] = []
        with owned.engine.connect() as connection:
            take_all_rights(connection)
            if owned.dialect == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            for table, (key, columns) in COLUMNS.items():
                plain = [c for c in columns if c not in key]
                if number >= len(plain):
                    continue
                column, row = plain[number], rows[table]
                where = " AND ".join(f"{k} = :k_{k}" for k in key)
                statement = f"UPDATE {table} SET {column} = :value WHERE {where}"
                at = {f"k_{k}": row[k] for k in key}
                value = other(row[column], metadata.tables[table].columns[column].type)
                connection.execute(sa.text(statement), {**at, "value": value})
                undo.append((statement, {**at, "value": row[column]}))
                changed.add((table, column))
            connection.commit()
            problems = found_in(owned)
            found = {(p.facts["table"], p.facts["columns"]) for p in problems if p.code == "row_differs"}
            moved = {(p.facts["table"], "checking") for p in problems if p.code == "row_missing"}
            assert found | moved == changed, "a row that is moved to another check is missing at its own"
            take_all_rights(connection)
            for statement, values in undo:
                connection.execute(sa.text(statement), values)
            connection.commit()
    assert codes(owned) == []


@pytest.mark.parametrize("tables", [list(COLUMNS)[first::GROUPS] for first in range(GROUPS)], ids=" ".join)
def test_missing_and_added_rows_are_found(copy: Database, tables: list[str]) -> None:
    """A row out of each of some tables, then another one into each: all are found, and nothing else is."""
    rows = {table: first_row(copy, table) for table in tables}
    for table, row in rows.items():
        key = COLUMNS[table][0]
        where = " AND ".join(f"{k} = :{k}" for k in key)
        tamper(copy, f"DELETE FROM {table} WHERE {where}", **{k: row[k] for k in key})
    missing = [("row_missing", table) for table in sorted(tables)]
    found = [p for p in found_in(copy) if p.code != "file_inconsistent"]  # a key leads nowhere now
    assert sorted((p.code, p.facts["table"]) for p in found) == missing
    for table, row in rows.items():
        key, columns = COLUMNS[table]
        values = {**row, key[0]: row[key[0]] + 1_000 if isinstance(row[key[0]], int) else "0" * 32}
        for column in ("login", "staff", "number", "code"):
            if isinstance(values.get(column), str) and table != "procedure_version":
                values[column] = "another"
        given = ", ".join(f":{c}" for c in columns)
        tamper(copy, f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({given})", **values)
    found = [p for p in found_in(copy) if p.code != "file_inconsistent"]  # the rules of a column were off
    extra = [("row_extra", table) for table in sorted(tables)]
    assert sorted((p.code, p.facts["table"]) for p in found) == extra + missing


FORGED = {
    "unit_result": "INSERT INTO unit_result (checking, unit, not_done, seq) VALUES ('{check}', 99, NULL, 1)",
    "finding": "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, at, seq)"
    " VALUES ('{z}', '{check}', '{scene.round}', '{scene.batch}', 1, 'CRK', 'critical', 9, '', 'never found', 1, 1)",
    "reading": "INSERT INTO reading (id, checking, round, batch, unit, characteristic, typed, value, measure, inside,"
    " defect_class, at, reason, replaced, seq) VALUES ('{z}', '{check}', '{scene.round}', '{scene.batch}', 1, 'DIA',"
    " '1', '1', 'mm', 0, 'major', 1, '', 0, 1)",
}


@pytest.mark.parametrize("place", ["first", "second", "third"])
@pytest.mark.parametrize("table", FORGED)
def test_a_row_added_to_a_check_of_any_place_is_found_once_its_round_is_decided(
    copy: Database, played: World, table: str, place: str
) -> None:
    scene = played.decided
    tamper(copy, FORGED[table].format(z="f" * 32, check=getattr(scene, place), scene=scene))
    assert [(p.code, p.facts["table"]) for p in found_in(copy)] == [("row_extra", table)]


WITHOUT_KEYS = (
    "CREATE TABLE plain AS SELECT * FROM event",
    "DROP TABLE event",
    "ALTER TABLE plain RENAME TO event",
)
LOG: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
    (
        "a body changed",
        ("UPDATE event SET body = (SELECT body FROM event WHERE seq = 8) WHERE seq = 20",),
        {"event_hash"},
    ),
    (
        "a body and its hash changed",
        (
            *WITHOUT_KEYS,
            "UPDATE event SET body = (SELECT body FROM event WHERE seq = 8), hash = (SELECT hash FROM event"
            " WHERE seq = 8), sig = (SELECT sig FROM event WHERE seq = 8) WHERE seq = 20",
        ),
        {"event_form"},
    ),
    ("a signature changed", ("UPDATE event SET sig = zeroblob(64) WHERE seq = 20",), {"event_hash"}),
    ("a hash changed", ("UPDATE event SET hash = zeroblob(32) WHERE seq = 20",), {"event_hash"}),
    ("an event removed", ("DELETE FROM event WHERE seq = 20",), {"chain_broken"}),
    ("the first event removed", ("DELETE FROM event WHERE seq = 1",), {"event_key"}),
    (
        "the last event removed, its rows left",
        ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",),
        {"row_extra"},
    ),
    (
        "two events changed places",
        (
            "UPDATE event SET seq = -1 WHERE seq = 20",
            "UPDATE event SET seq = 20 WHERE seq = 21",
            "UPDATE event SET seq = 21 WHERE seq = -1",
        ),
        {"event_form"},
    ),
    ("a record changed", ("UPDATE record SET document = zeroblob(9)",), {"record_damaged"}),
    ("a record removed", ("DELETE FROM record",), {"record_missing"}),
)


@pytest.mark.parametrize(("what", "statements", "expected"), LOG, ids=[what for what, _, _ in LOG])
def test_tampered_log_is_found(
    copy: Database, what: str, statements: tuple[str, ...], expected: set[str]
) -> None:
    tamper(copy, *statements)
    assert expected <= set(codes(copy))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = zeroblob(20) WHERE seq = {accepted.seq}",
        "DELETE FROM record",
        "UPDATE session SET public_key = (SELECT public_key FROM person_key LIMIT 1)",
        "UPDATE person SET name = 'Dr. Forged' WHERE login = 'linh'",
        "UPDATE person SET staff = 'F-1' WHERE login = 'som'",
        "UPDATE person SET enrolled_by = '[]' WHERE login = 'som'",
        "UPDATE shop SET name = 'Forged Ltd'",
        "UPDATE shop SET third_releases = 1 - third_releases",
        'UPDATE round SET opened = replace(opened, \'"product_name":"\', \'"product_name":"FORGED \')'
        " WHERE id = '{accepted.round}'",
        "UPDATE batch SET quantity = quantity + 1 WHERE id = '{accepted.batch}'",
        "UPDATE batch SET number = 'FORGED' WHERE id = '{accepted.batch}'",
        "UPDATE batch SET state = 'released' WHERE id = '{accepted.batch}'",
        "UPDATE sign_off SET person = '{minh}' WHERE round = '{accepted.round}' AND place = 'first'",
        "UPDATE sign_off SET at = at - 86400000000 WHERE round = '{accepted.round}'",
        "DELETE FROM sign_off WHERE round = '{accepted.round}' AND place = 'second'",
        "UPDATE comparison SET outcome = 'rejected' WHERE round = '{accepted.round}'",
        "UPDATE comparison SET body = replace(body, 'accepted', 'rejected') WHERE round = '{accepted.round}'",
        "DELETE FROM comparison WHERE round = '{accepted.round}'",
        "UPDATE checking SET person = '{minh}' WHERE id = '{accepted.first}'",
        "DELETE FROM unit_result WHERE checking = '{accepted.first}'",
        "UPDATE reading SET value = '99.99' WHERE checking = '{accepted.first}'",
        "UPDATE line SET at = at - 86400000000 WHERE batch = '{accepted.batch}'",
        "INSERT INTO batch_maker (batch, person, units, seq) VALUES ('{accepted.batch}', '{som}', '[]', 1)",
        "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq)"
        " VALUES ({accepted.seq}, '', '', '{accepted.batch}', '{som}', '{linh}', 1)",
        "INSERT INTO role_grant (person, role, families, until, seq) VALUES ('{linh}', 'auditor', '[]', NULL, 1)",
        "UPDATE role_grant SET until = '2099-01-01' WHERE person = '{som}' AND role = 'releaser'",
        "DELETE FROM role_grant WHERE person = '{som}' AND role = 'planner'",
        "INSERT INTO qualification (person, procedure, until, seq) VALUES ('{som}', 'IP-204', NULL, 1)",
        "UPDATE person SET status = 'suspended' WHERE login = 'som'",
        "UPDATE person_key SET suspect_from = 1 WHERE person = '{som}'",
        "UPDATE person_key SET until_seq = 9000000 WHERE person = '{som}'",
        "UPDATE person_key SET by_sheet = 1 WHERE person = '{som}'",
        "UPDATE recovery_sheet SET from_seq = 9 WHERE until_seq IS NULL",
        "UPDATE session SET person = '{minh}' WHERE id IN (SELECT session FROM line WHERE batch = '{accepted.batch}')",
        "UPDATE procedure_version SET hash = '" + "ab" * 32 + "'",
        "UPDATE procedure_version SET content = replace(content, 'DIA', 'DIE')",
        "UPDATE procedure_version SET author = '{minh}'",
        "UPDATE procedure_version SET approved_by = '{minh}'",
        "UPDATE procedure_version SET seq = 2",
        "DELETE FROM procedure_version",
        "INSERT INTO procedure_stopped (code, version, reason, person, seq)"
        " SELECT code, version, 'x', '{som}', 1 FROM procedure_version WHERE state = 'approved'",
        "INSERT INTO first_seen (round, person, what, seq) VALUES ('{accepted.round}', '{minh}', 'x', 1)",
        "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq)"
        " VALUES ('f', '{accepted.batch}', 1, 'x', '2026-03-02', '', '{som}', 1)",
        "INSERT INTO shipped_unreleased (id, batch, quantity, to_whom, on_day, document, reason, person, seq)"
        " VALUES ('f', '{accepted.batch}', 1, 'x', '2026-03-02', '', 'x', '{som}', 1)",
        "INSERT INTO certificate_withdrawn (number, batch, person, reason, at, seq)"
        " VALUES (99, '{accepted.batch}', '{som}', 'x', 1, 1)",
        FORGED["finding"].replace("{check}", "{scene.first}").replace("{z}", "f" * 32),
        FORGED["reading"].replace("{check}", "{scene.second}").replace("{z}", "f" * 32),
        FORGED["unit_result"].replace("{check}", "{scene.second}"),
        FORGED["finding"].replace("{check}", "{held.first}").replace("{z}", "f" * 32),
    ],
)
def test_batch_whose_events_or_records_are_tampered_does_not_verify(
    copy: Database, played: World, statement: str
) -> None:
    use = use_of(copy, played.house.clock)
    with use.look() as uow:
        assert uow.batch_verifies(played.accepted.batch)
    tamper(
        copy,
        statement.format(
            accepted=played.accepted,
            scene=played.accepted,
            held=played.held,
            som=played.som,
            minh=played.minh,
            linh=played.linh,
        ),
    )
    with use.look() as uow:
        assert not uow.batch_verifies(played.accepted.batch)


def test_every_batch_of_an_untouched_workspace_verifies_by_itself(owned: Database) -> None:
    """Whatever became of them: held, sent to rework, taken back, with a third person, with a void line."""
    use = use_of(owned, HandClock())
    with use.look() as uow:
        numbers = uow.batch_numbers()
        assert len(numbers) > 10
        assert [n for n in numbers if not uow.batch_verifies(uow.batch(n).id)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shipment SET quantity = quantity - 1",
        "DELETE FROM shipment",
        "UPDATE certificate SET verdict = 'x' WHERE batch = '{batch}'",
        "UPDATE certificate_copy SET person = 'x'",
        "DELETE FROM procedure_stopped",
    ],
)
def test_what_left_or_was_certified_or_stopped_is_held_against_its_events_too(
    copy: Database, played: World, statement: str
) -> None:
    tamper(copy, statement.format(batch=played.standing.batch))
    use = use_of(copy, played.house.clock)
    with use.look() as uow:
        found = [n for n in uow.batch_numbers() if not uow.batch_verifies(uow.batch(n).id)]
    assert found


def test_a_key_that_vouched_for_a_signer_is_held_against_its_events_too(
    copy: Database, played: World
) -> None:
    """Who opened the workspace is not among the signers of every batch, but enrolled them."""
    tamper(copy, f"UPDATE person_key SET ended = 'left' WHERE person = '{played.linh}'")
    use = use_of(copy, played.house.clock)
    with use.look() as uow:
        assert not any(uow.batch_verifies(uow.batch(n).id) for n in uow.batch_numbers())


def test_a_decision_or_a_rename_that_was_forged_stops_the_paper(copy: Database, played: World) -> None:
    use = use_of(copy, played.house.clock)
    with use.look() as uow:
        assert uow.batch_verifies(played.decided.batch)
    tamper(copy, f"UPDATE decision SET outcome = 'rejected' WHERE round = '{played.decided.round}'")
    with use.look() as uow:
        assert not uow.batch_verifies(played.decided.batch)


def test_record_that_no_longer_fits_its_hash_is_not_handed_out(copy: Database, played: World) -> None:
    use = use_of(copy, played.house.clock)
    with use.look() as uow:
        record = uow.sign_offs(played.accepted.round)[0].record
        assert hashlib.sha256(uow.record(record)).hexdigest() == record
    tamper(copy, "UPDATE record SET document = zeroblob(3)")
    with use.look() as uow, pytest.raises(Trouble) as caught:
        uow.record(record)
    assert caught.value.code == "record_damaged"


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)  # of a server's see test_kept_files.py
def test_two_explain_a_photo_that_is_gone_and_the_event_stands(house: House) -> None:
    """Anything else that is found of the event, and any other photo, stops as before."""
    picture = b"a picture that goes"
    digest = hashlib.sha256(picture).hexdigest()
    folder = house.database.folder / "files"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / digest
    kept.write_bytes(picture)
    linh, som = house.hands["linh"], house.hands["som"]
    batch = house.batch()
    started = house.start("linh", batch)
    house.use.record(
        house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR", photo=digest),))
    )
    seq = verify(house.database).head[0]
    with pytest.raises(EventHolds):
        house.use.void_event(linh, som, seq, "nothing is gone")
    kept.unlink()
    state = house.state(batch)
    with pytest.raises(TwoNeeded):
        house.use.void_event(linh, linh, seq, "alone")
    fact = house.use.void_event(linh, som, seq, "the disk of the camera's PC broke")
    assert (fact.lost, fact.batch) == ((digest,), None)
    found = verify(house.database)
    assert found.ok and [e.problem.code for e in found.explained] == ["file_missing"]
    assert house.state(batch) == state
    kept.write_bytes(b"another")
    assert [e.problem.code for e in verify(house.database).explained] == ["file_damaged"]
    kept.unlink()


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)  # of a server's see test_kept_files.py
def test_a_picture_that_no_round_rests_on_is_a_remark_until_a_round_pins_it(house: House) -> None:
    digest = hashlib.sha256(b"a step").hexdigest()
    folder = house.database.folder / "files"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / digest
    kept.write_bytes(b"a step")
    steps = (Step("Look", "at it", picture=digest),)
    house.use.draft_procedure(house.sittings["linh"], "IP-204", content(house.id("linh"), steps=steps))
    product = house.use.save_product(
        house.sittings["linh"], ProductSaved("", "PZ-9", "Lid", "A", picture=digest)
    )
    kept.unlink()
    found = verify(house.database)
    assert found.ok and [r.code for r in found.remarks] == ["picture_missing"]
    house.use.save_product(
        house.sittings["linh"], replace(product, note="its picture is gone, and stays named")
    )
    with pytest.raises(BadInput) as refused:
        house.use.draft_procedure(house.sittings["linh"], "IP-204", content(house.id("linh"), steps=steps))
    assert refused.value.code == "unknown_picture"
    house.use.approve_procedure(house.hands["som"], "IP-204")
    batch = house.batch()
    house.start("linh", batch)
    found = verify(house.database)
    assert [(p.code, p.batch is not None) for p in found.problems] == [("file_missing", True)]
    assert all(of_one_batch(p) for p in found.problems), "and it stops that batch alone"


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)  # of a server's see test_kept_files.py
@pytest.mark.parametrize("name", ["photo", "photo_original"])
def test_photo_that_is_gone_or_changed_is_found(house: House, name: str) -> None:
    picture = b"a picture"
    digest = hashlib.sha256(picture).hexdigest()
    folder = house.database.folder / "files"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / digest
    kept.write_bytes(picture)
    try:
        started = house.start("linh", house.batch())
        original = name == "photo_original"
        found = NewFinding(
            1, "SCR", photo=None if original else digest, photo_original=digest if original else None
        )
        house.use.record(
            house.sittings["linh"],
            Entries(
                started.check,
                results=(NewResult(1),),
                findings=(found,),
            ),
        )
        assert codes(house.database) == []
        kept.write_bytes(b"another picture")
        assert codes(house.database) == ["file_damaged"]
        kept.unlink()
        assert codes(house.database) == ["file_missing"]
    finally:
        kept.unlink(missing_ok=True)


def test_verification_goes_on_while_others_work(house: House) -> None:
    """What comes in meanwhile is neither missed nor taken for tampering."""
    for _ in range(3):
        house.released()
    seen: list[int] = []

    def progress(done: int, total: int) -> bool:
        seen.append(done)
        return True

    assert verify(house.database, progress).problems == ()
    assert seen


def test_others_sign_between_any_two_tables_that_are_compared(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No table is held while a large one is compared, and each is held against the log of its own moment."""
    house.released()
    monkeypatch.setattr(verification, "AT_ONCE_S", 0)  # as if every table took long
    reading = verification._reading
    written: list[str] = []

    @contextmanager
    def then_somebody_writes(database: Database) -> Iterator[sa.Connection]:
        with reading(database) as connection:
            yield connection
        if len(written) % 7 == 0:
            written.append(house.accepted())
        else:
            written.append(house.batch())

    monkeypatch.setattr(verification, "_reading", then_somebody_writes)
    assert verify(house.database).problems == ()
    assert len(written) > len(PROJECTIONS) - 5
    monkeypatch.undo()
    assert verify(house.database).problems == ()


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_nobody_waits_while_a_long_log_is_verified_again_and_again(house: House) -> None:
    """A second program that writes all the time is never refused, and nothing it writes is taken for tampering."""
    house.released()
    done = threading.Event()
    failed: list[Trouble] = []

    def work() -> None:
        try:
            while not done.is_set():
                house.batch()
        except Trouble as trouble:
            failed.append(trouble)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        found = [verify(house.database).problems for _ in range(5)]
    finally:
        done.set()
        worker.join()
    assert failed == []
    assert found == [()] * 5


def test_cancelled_verification_says_so(house: House) -> None:
    with house.begin() as uow:
        for number in range(220):
            saved = SupplierSaved(f"{number:032x}", f"N{number}", f"Supplier {number}")
            uow.append(saved, house.sittings["linh"].hand)
        uow.commit()
    found: list[Problem] = list(verify(house.database, lambda _done, _total: False).problems)
    assert [p.code for p in found] == ["cancelled"]


def test_makers_are_pinned_in_whatever_order_they_were_named(house: House) -> None:
    one, other = house.maker("Phạm Văn Anh"), house.maker("Trần Bảo")
    for makers in ((one, other), (other, one)):
        house.start("linh", house.batch(makers=makers))
    assert verify(house.database).problems == ()
