# SPDX-License-Identifier: Apache-2.0
"""Lines that nobody signed, with the rows that they bring: what the owner of a file or of a server can write."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from qcdesk.domain.events import Fact
from qcdesk.domain.events.fact import Strength
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.workspace import House, take_all_rights


@dataclass(frozen=True)
class NobodysHand:
    """A person's or sitting's name and key, without the secret: what it signs is no signature."""

    person: str
    key: str
    session: str | None
    strength: Strength
    way: str = "password"

    def sign(self, _kind: str, _body: bytes) -> bytes:
        """Return bytes as long as a signature."""
        return b"\x5a" * 64


def forged(house: House, fact: Fact, login: str, *co: str) -> int:
    """Put a fact in the log and in the tables as if these people had signed it; its number."""
    entry = fact.STRENGTH == "entry"
    own = house.sittings[login].hand if entry else house.hands[login]
    hand = NobodysHand(own.person, own.key, own.session, own.strength)
    beside = [NobodysHand(h.person, h.key, h.session, h.strength) for h in (house.hands[c] for c in co)]
    uow = house.use.begin()
    assert isinstance(uow, SqlUnitOfWork)
    with uow:
        local = house.database.dialect == "sqlite"
        connection, rule = uow._connection, ""
        if local:
            rule = str(connection.exec_driver_sql(_RULE).scalar_one())
            connection.exec_driver_sql("DROP TRIGGER event_verified")
        made = uow.append(fact, hand, beside)
        if local:
            connection.exec_driver_sql(rule)
        uow.commit()
    return made.seq


_RULE = "SELECT sql FROM sqlite_master WHERE name = 'event_verified'"


def write_past_every_rule(connection: sa.Connection, statement: str) -> None:
    """Change a table as a changed program might, past every rule."""
    take_all_rights(connection)
    if connection.dialect.name == "sqlite":
        rules = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in rules:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)
        for _, rule in rules:
            connection.exec_driver_sql(rule)
    else:
        table = statement.split()[2 if statement.startswith("DELETE") else 1]
        names = f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND NOT tgisinternal"
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        for name in connection.exec_driver_sql(names).scalars().all():
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    connection.commit()
