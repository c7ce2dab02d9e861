# SPDX-License-Identifier: Apache-2.0
"""Opening a database: settings that keep what is acknowledged, servers that are refused, errors as people meet them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import DatabaseRefused
from qcdesk.services.trouble import Trouble
from qcdesk.signing.verifying import verify
from qcdesk.store import database as store_database
from qcdesk.store.database import FILE_NAME, Database, open_database
from tests.workspace import House, connect, take_all_rights


@pytest.fixture
def durable(location: str) -> Iterator[Database]:
    """Open it exactly as the program does."""
    database = open_database(location, verify)
    yield database
    database.dispose()


def shown(database: Database, name: str) -> object:
    """Return a setting of a connection."""
    say = "PRAGMA" if database.dialect == "sqlite" else "SHOW"
    with database.reading() as connection:
        found: object = connection.exec_driver_sql(f"{say} {name}").scalar()
    return found


def test_settings_keep_what_is_acknowledged(durable: Database) -> None:
    settings: dict[str, object] = (
        {
            "journal_mode": "truncate",
            "synchronous": 3,
            "foreign_keys": 1,
            "cell_size_check": 1,
            "mmap_size": 0,
            "busy_timeout": 10_000,
        }
        if durable.dialect == "sqlite"
        else {
            "synchronous_commit": "on",
            "fsync": "on",
            "full_page_writes": "on",
            "server_encoding": "UTF8",
            "lock_timeout": "10s",
            "idle_in_transaction_session_timeout": "1min",
        }
    )
    for name, value in settings.items():
        assert shown(durable, name) == value, name


def test_reading_keeps_nothing(house: House) -> None:
    house.batch()
    house.database.writing.on = True
    try:
        with house.database.reading() as connection:
            if house.database.dialect == "sqlite":
                connection.exec_driver_sql("DELETE FROM search_text")
    finally:
        house.database.writing.on = False
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM search_text").scalar()


def test_reader_on_a_server_sees_one_moment_and_holds_up_nobody(house: House) -> None:
    if house.database.dialect == "sqlite":
        return  # there a writer waits for readers
    with house.database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM batch").scalar()
        house.batch()
        assert connection.exec_driver_sql("SELECT count(*) FROM batch").scalar() == before
        with pytest.raises(sa.exc.DBAPIError, match="read-only transaction"):
            connection.exec_driver_sql("DELETE FROM search_text")


def connect_often(address: str) -> None:
    """Connect again and again: the server takes its settings up a moment later."""
    for _ in range(50):
        connect(address).dispose()


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_server_that_forgets_is_refused(
    postgresql_server: Any,  # noqa: ANN401 - the server of conftest
    setting: str,
) -> None:
    postgresql_server.run(f"ALTER SYSTEM SET {setting} = off")
    postgresql_server.run("SELECT pg_reload_conf()")
    try:
        with pytest.raises(Trouble) as caught:
            connect_often(postgresql_server.address("postgres"))
        assert caught.value.code == "server_unsafe"
        assert caught.value.facts == {"setting": setting, "value": "off"}
    finally:
        postgresql_server.run(f"ALTER SYSTEM RESET {setting}")
        postgresql_server.run("SELECT pg_reload_conf()")


def test_server_with_another_encoding_is_refused(postgresql_server: Any) -> None:  # noqa: ANN401
    postgresql_server.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(Trouble) as caught:
        connect(postgresql_server.address("latin"))
    assert caught.value.facts == {"setting": "server_encoding", "value": "LATIN1"}


def test_server_that_does_not_answer_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        connect(f"postgresql+psycopg://somebody@/nothing?host={tmp_path}")
    assert caught.value.code in ("server_gone", "database")


def test_older_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_database, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(Trouble) as caught:
        connect(str(tmp_path))
    assert caught.value.code == "sqlite_too_old"


def test_writer_who_waits_too_long_is_told_that_it_is_locked(house: House, location: str) -> None:
    impatient = connect(location)
    wait = "PRAGMA busy_timeout = 50" if impatient.dialect == "sqlite" else "SET lock_timeout = '50ms'"
    begin = "BEGIN IMMEDIATE" if impatient.dialect == "sqlite" else store_database.TAKE_THE_LOG
    with house.begin(), impatient.engine.connect() as connection:
        connection.exec_driver_sql(wait)
        with pytest.raises(Trouble) as caught, store_database.translated():
            connection.exec_driver_sql(begin)
    assert caught.value.code == "locked"
    impatient.dispose()


def test_who_asks_takes_the_connection_of_whoever_asked_before_until_all_are_closed(house: House) -> None:
    database = house.database
    first = database.take()
    beside = database.take()
    assert beside.connection.driver_connection is not first.connection.driver_connection
    driver = first.connection.driver_connection
    database.rest(first)
    assert first.closed == (database.dialect != "sqlite"), "a server's goes back to the pool"
    if database.dialect == "sqlite":
        with database.reading() as looking:
            assert looking.connection.driver_connection is driver
            other = database.take()
            assert other.connection.driver_connection is not driver, "one is not used by two at once"
            other.close()
        with house.use.look():
            assert database.looking.connection.connection.driver_connection is driver
    again = database.take()
    assert again.connection.driver_connection is driver
    database.dispose()
    database.rest(again)
    database.rest(beside)
    assert again.closed
    assert beside.closed


def test_nothing_of_an_act_that_was_given_up_is_left_to_who_writes_next(house: House) -> None:
    batch = house.batch()
    with house.begin() as uow:
        uow.append(replace(uow.batch(batch).saved, quantity=77), house.sittings["linh"].hand)
    with house.begin() as uow:
        assert uow.batch(batch).saved.quantity == 20


def test_broken_constraint_is_a_refusal_without_a_rule(house: House) -> None:
    statement = "INSERT INTO search_text (kind, id, folded) VALUES ('batch', 'x', 'y')"
    with house.database.engine.connect() as connection:
        if house.database.dialect == "sqlite":
            connection.exec_driver_sql("BEGIN")
            house.database.writing.on = True
        take_all_rights(connection)
        connection.exec_driver_sql(statement)
        with pytest.raises(DatabaseRefused) as caught, store_database.translated():
            connection.exec_driver_sql(statement)
        house.database.writing.on = False
        connection.rollback()
    assert caught.value.rule == "constraint"


def test_a_journal_without_its_database_is_told_and_nothing_is_begun_beside_it(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}-journal").write_bytes(b"half a copy")
    with pytest.raises(BadInput, match="copy_without_database"):
        open_database(str(tmp_path), verify)
    assert [p.name for p in tmp_path.iterdir()] == [f"{FILE_NAME}-journal"]


@pytest.mark.parametrize("asked", ["require_local", "require_own_journal"])
def test_a_place_that_loses_what_is_acknowledged_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    def refuses(where: Path) -> None:
        raise Trouble("network_drive", location=str(where))

    monkeypatch.setattr(f"qcdesk.store.database.{asked}", refuses)
    with pytest.raises(Trouble, match="network_drive"):
        open_database(str(tmp_path), verify)


@pytest.mark.parametrize(
    "words", ["consuming input failed: could not receive data from server: Connection reset by peer", ""]
)
def test_connection_that_broke_is_a_server_that_went_away_in_whichever_words(words: str) -> None:
    lost = sa.exc.OperationalError("SELECT 1", {}, Exception(words), connection_invalidated=True)
    with pytest.raises(Trouble) as told, store_database.translated():
        raise lost
    assert told.value.code == "server_gone"


def test_sums_and_averages_are_the_same_kinds_of_number_on_either_engine(database: Database) -> None:
    rows = "(SELECT 9007199254740993 AS n UNION ALL SELECT -2 UNION ALL SELECT 1) AS t"
    with database.reading() as connection:
        [total] = connection.exec_driver_sql(f"SELECT sum(n) FROM {rows}").one()
        [mean] = connection.exec_driver_sql(
            "SELECT avg(n) FROM (SELECT 1 AS n UNION ALL SELECT 2) AS t"
        ).one()
    assert (total, type(total)) == (9007199254740992, int)
    assert (mean, type(mean)) == (1.5, float)
