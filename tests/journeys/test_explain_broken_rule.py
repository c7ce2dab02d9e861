# SPDX-License-Identifier: Apache-2.0
"""Entries and acts of no batch that are well signed and break a rule: all stops, until two explain each of them.

A changed program writes what the honest one refuses; here its part is a unit of work that asks nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcdesk.domain import events
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import AlreadyThere, EventHolds, OwnEvent, Unverified
from qcdesk.services.ports import Hand
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.last_verified import StationVerifications
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.store.conftest import (
    clock,
    database,
    house,
    location,
    made_house,
    postgresql_house,
    postgresql_server,
    sqlite_house,
    sqlite_template,
)
from tests.workspace import House

__all__ = [
    "clock",
    "database",
    "house",
    "location",
    "made_house",
    "postgresql_house",
    "postgresql_server",
    "sqlite_house",
    "sqlite_template",
]
"""Both engines, as the tests of the store have them."""


def written(house: House, fact: events.Fact, hand: Hand) -> int:
    """Write an event as a changed program does; its number."""
    with house.begin() as uow:
        uow.append(fact, hand)
        uow.commit()
        return uow.head_seq()


@pytest.fixture
def keeping(house: House, tmp_path: Path) -> SqlKeeping:
    """Let the house go by what its station has verified."""
    kept = StationVerifications(tmp_path / "station")
    house.use = replace(
        house.use,
        begin=lambda: SqlUnitOfWork(
            house.database,
            house.clock,
            house.use.ids,
            house.use.workstation.station,
            write=True,
            workstation=house.use.workstation,
            verified=kept,
        ),
    )
    return SqlKeeping(house.database, house.clock, verified=kept)


def test_what_belongs_to_no_batch_stops_all_until_two_others_explain_it(
    house: House, keeping: SqlKeeping
) -> None:
    house.enrol("huy", "Huy Ha", "auditor")
    batch = house.accepted()
    linh, som, huy = (house.hands[name] for name in ("linh", "som", "huy"))
    made_up = events.Imported("batches", "made up.csv", "0" * 64, 3)
    broken = written(house, made_up, house.sittings["huy"].hand)
    house.use.grant_role(linh, som, house.id("huy"), RoleGrant("inspector"))
    assert {(p.event, p.batch) for p in keeping.verify().problems} == {(broken, None)}
    with pytest.raises(Unverified) as refused:
        house.use.release_batch(som, batch)
    assert refused.value.whole
    with pytest.raises(OwnEvent):
        house.use.void_event(huy, som, broken, "I explain it")
    with pytest.raises(EventHolds):
        house.use.void_event(linh, som, broken - 1, "I do not like it")
    house.use.void_event(linh, som, broken, "Huy only reads")
    with pytest.raises(AlreadyThere):
        house.use.void_event(linh, som, broken, "again")
    verified = keeping.verify()
    assert verified.problems == ()
    assert {(e.problem.event, e.problem.code, e.reason) for e in verified.explained} == {
        (broken, "rule_no_role", "Huy only reads"),
    }
    house.use.release_batch(som, batch)


def test_withdrawal_that_left_its_certificate_standing_is_explained_and_ends_it(
    house: House, keeping: SqlKeeping
) -> None:
    house.enrol("eva", "Eva Ek", "inspector", "releaser")
    mine, other = house.released(), house.accepted()
    number = house.use.issue_certificate(house.hands["som"], mine).certificate
    with house.use.look() as look:
        id_ = look.batch(mine).id
    broken = written(house, events.Withdrawn(id_, "x"), house.hands["som"])
    owed = [(broken, mine, "rule_owed")]
    assert [(p.event, p.batch, p.code) for p in keeping.verify().problems] == owed
    house.use.release_batch(house.hands["eva"], other)
    assert [(p.event, p.batch, p.code) for p in keeping.verify().problems] == owed
    house.use.void_event(house.hands["linh"], house.hands["eva"], broken, "the certificate was left standing")
    assert keeping.verify().problems == ()
    assert house.state(mine) == "withdrawn"
    with house.use.look() as look:
        assert look.certificate(number).withdrawn is not None
