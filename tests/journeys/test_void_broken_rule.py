# SPDX-License-Identifier: Apache-2.0
"""An entry that is well signed and breaks a rule: it stops its own batch, and two people declare it void.

A changed program writes what the honest one refuses; here its part is played by a header that says another quantity.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcdesk.domain.refusals import AlreadyThere, EventHolds, StillReleased, TwoNeeded, Unverified
from qcdesk.domain.sampling import plans_for
from qcdesk.services import start_check, switch_severity
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.last_verified import StationVerifications
from qcdesk.store.proofs import Proofs
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verification import verify
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


def by_a_changed_program(house: House, number: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Begin a first check by Linh in a round whose header lies about the quantity; the number of that entry."""
    honest = start_check.header_of
    with monkeypatch.context() as changed:
        changed.setattr(
            start_check, "header_of", lambda u, b: replace(honest(u, b), quantity=honest(u, b).quantity + 1)
        )
        house.record("linh", house.start("linh", number))
    (found,) = verify(house.database).problems
    assert (found.code, found.batch) == ("rule_header", number)
    assert found.event is not None
    return found.event


def test_two_people_void_an_entry_that_breaks_a_rule_though_it_is_well_signed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.batch()
    broken = by_a_changed_program(house, number, monkeypatch)
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(TwoNeeded):
        house.use.void_event(som, som, broken, "the quantity is made up")
    for good in (broken - 1, broken + 1):
        with pytest.raises(EventHolds):
            house.use.void_event(linh, som, good, "I do not like it")
    assert house.state(number) == "first_check"
    house.use.void_event(linh, som, broken, "the quantity is made up")
    assert house.state(number) == "registered"
    with pytest.raises(AlreadyThere):
        house.use.void_event(linh, som, broken, "again")
    assert verify(house.database).problems == ()
    house.check("linh", number)
    house.check("som", number)
    house.use.release_batch(som, number)
    assert verify(house.database).problems == ()


def test_nothing_of_the_voided_round_counts_for_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.batch()
    broken = by_a_changed_program(house, number, monkeypatch)
    house.use.void_event(house.hands["linh"], house.hands["som"], broken, "made up")
    started = house.start("som", number)
    assert started.place == "first"
    assert started.opened.header.quantity == 20
    with house.use.look() as look:
        assert [(r.no, len(r.checks)) for r in look.rounds(look.batch(number).id)] == [(1, 1), (2, 1)]


def test_void_is_no_way_round_a_rejection(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    number = house.batch()
    broken = by_a_changed_program(house, number, monkeypatch)
    linh, som = house.hands["linh"], house.hands["som"]
    with house.use.look() as look:
        check = look.round(look.batch(number).round or "").checks[0].id
    house.use.record(house.sittings["linh"], Entries(check, findings=(NewFinding(1, "CRK"),)))
    house.use.sign_check(linh, house.sittings["linh"], check)
    house.check("som", number, {1: "CRK"})
    assert house.state(number) == "rejected"
    house.use.void_event(linh, som, broken, "the quantity is made up")
    with house.use.look() as look:
        assert look.batch(number).next_severity == "tightened"
    with monkeypatch.context() as changed:
        changed.setattr(
            switch_severity,
            "plans_for",
            lambda r, q, _, own, of_one: plans_for(r, q, "normal", own, of_one=of_one),
        )
        house.start("linh", number)
    assert {p.code for p in verify(house.database).problems} == {"rule_plan", "rule_tightened"}


def test_next_round_of_what_was_rejected_and_voided_says_why_it_is_tightened(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.batch()
    broken = by_a_changed_program(house, number, monkeypatch)
    house.use.void_event(house.hands["linh"], house.hands["som"], broken, "nothing was rejected yet")
    opened = house.start("linh", number).opened
    assert (opened.plan.severity, opened.severity_reason) == ("normal", "start")
    other = house.batch()
    broken = by_a_changed_program(house, other, monkeypatch)
    with house.use.look() as look:
        check = look.round(look.batch(other).round or "").checks[0].id
    house.use.record(house.sittings["linh"], Entries(check, findings=(NewFinding(1, "CRK"),)))
    house.use.sign_check(house.hands["linh"], house.sittings["linh"], check)
    house.check("som", other, {1: "CRK"})
    house.use.void_event(house.hands["linh"], house.hands["som"], broken, "the quantity is made up")
    opened = house.start("linh", other).opened
    assert (opened.plan.severity, opened.severity_reason) == ("tightened", "after_void")
    assert verify(house.database).problems == ()


def test_release_that_rests_on_it_is_taken_back_before_it_is_void(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.batch()
    broken = by_a_changed_program(house, number, monkeypatch)
    linh, som = house.hands["linh"], house.hands["som"]
    with house.use.look() as look:
        check = look.round(look.batch(number).round or "").checks[0].id
    house.use.sign_check(linh, house.sittings["linh"], check)
    house.check("som", number)
    with monkeypatch.context() as changed:
        changed.setattr(Proofs, "batch_verifies", lambda *_: True)  # what a changed program does not ask
        house.use.release_batch(som, number)
    with pytest.raises(StillReleased):
        house.use.void_event(linh, som, broken, "the quantity is made up")
    house.use.withdraw_batch(som, number, "the quantity was made up")
    house.use.void_event(linh, som, broken, "the quantity is made up")
    assert house.state(number) == "registered"
    assert broken not in {p.event for p in verify(house.database).problems}


def test_broken_rule_stops_its_own_batch_and_no_other(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    keeping = SqlKeeping(house.database, house.clock, verified=kept)
    mine, other = house.batch("MINE"), house.accepted(number="OTHER")
    broken = by_a_changed_program(house, mine, monkeypatch)
    linh, som = house.hands["linh"], house.hands["som"]
    with house.use.look() as look:
        check = look.round(look.batch(mine).round or "").checks[0].id
    house.use.sign_check(linh, house.sittings["linh"], check)
    assert not keeping.verify().ok
    with pytest.raises(Unverified) as refused:
        house.check("som", mine)
    assert not refused.value.whole
    house.use.release_batch(som, other)
    house.use.issue_certificate(som, other)
    house.use.void_event(linh, som, broken, "the quantity is made up")
    keeping.verify()
    house.check("linh", mine)
