# SPDX-License-Identifier: Apache-2.0
"""Who takes, gives up, sets aside and looks, and who may not (trust.md §8); refused acts change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from qcdesk.domain.events import BatchSaved
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    Blind,
    CheckClosed,
    LastSecond,
    MakersMissing,
    MissingRole,
    NobodyLeft,
    NotActive,
    PlaceTaken,
    ProcedureOverdue,
    ReadsOnly,
    ReworkersMissing,
    SamePerson,
    WrongState,
)
from qcdesk.domain.times import local_date
from tests.workspace import PROCEDURE, HandClock, House, laid, refused, standing

LINH, SOM, MINH, HUY = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Minh", "Trần Văn Huy"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Linh and Som, who may do all."""
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def test_a_place_is_free_or_it_is_refused_with_who_could_take_it(house: House) -> None:
    done = house.accepted()
    over = refused(WrongState, lambda: house.start("linh", done))
    assert (over.batch, over.state, over.act) == (done, "accepted", "start")
    for login, name in (("huy", HUY), ("minh", MINH)):
        house.enrol(login, name, "inspector", "arbiter")
    signed = house.batch()
    house.check("linh", signed)
    same = refused(SamePerson, lambda: house.start("linh", signed))
    assert (same.person, set(same.who_can)) == (LINH, {SOM, HUY, MINH})
    disputed = house.disagreed()
    house.start("huy", disputed)
    taken = refused(PlaceTaken, lambda: house.start("minh", disputed))
    assert (taken.place, taken.by, taken.signed) == ("third", HUY, False)


def test_what_would_leave_nobody_is_said_beforehand(house: House) -> None:
    batch = house.batch(makers=("som",))
    said = refused(NobodyLeft, lambda: house.use.start_check(house.sittings["linh"], batch))
    assert (said.person, said.place) == (LINH, "second")


def test_no_round_opens_without_makers_with_an_open_rework_or_overdue(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    own = BatchSaved("", "OWN-1", house.product.product, 20, line="Line 2")
    house.use.register_batch(house.sittings["linh"], own)
    assert refused(MakersMissing, lambda: house.start("linh", "OWN-1")).batch == "OWN-1"
    batch = house.batch()
    house.check("linh", batch)
    second = house.check("som", batch)
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    house.use.dispose_batch(linh, som, batch, "rework", "deburr")
    house.use.retract_check(som, second.fact.check, "wrong gauge")
    assert refused(ReworkersMissing, lambda: house.start("linh", batch)).batch == batch
    house.approve(review_by=date(2026, 3, 1))
    late = refused(ProcedureOverdue, lambda: house.start("linh", house.batch()))
    assert (late.procedure, late.owner) == (PROCEDURE, LINH)


def test_a_check_is_set_aside_while_it_is_open_and_by_whoever_may(house: House) -> None:
    house.enrol("minh", MINH)
    aside = house.use.set_aside
    check = house.start("linh", house.batch()).check
    other = refused(MissingRole, lambda: aside(house.sittings["minh"], check, "why"))
    assert (other.person, other.role) == (MINH, "releaser")
    aside(house.sittings["linh"], check, "called away")
    assert refused(CheckClosed, lambda: aside(house.sittings["linh"], check, "why")).state == "set_aside"
    batch = house.batch()
    first = house.check("linh", batch)
    second = house.start("minh", batch).check
    house.use.retract_check(house.hands["linh"], first.fact.check, "wrong gauge")
    assert refused(CheckClosed, lambda: aside(house.sittings["minh"], second, "why")).state == "overtaken"
    mine = house.start("minh", house.batch()).check
    house.use.suspend(house.hands["linh"], "minh", "on leave")
    assert refused(NotActive, lambda: aside(house.sittings["minh"], mine, "why")).person == MINH


def test_a_place_is_given_up_before_the_comparison_by_whoever_may_and_never_by_the_last(house: House) -> None:
    house.enrol("ai", "李娜", "auditor")
    give_up = house.use.give_up_place
    waiting, done, begun = house.batch(), house.accepted(), house.batch()
    house.check("linh", begun)
    for batch in (waiting, done):
        said = refused(WrongState, lambda batch=batch: give_up(house.sittings["som"], batch, "why"))  # type: ignore[misc]
        assert (said.batch, said.act) == (batch, "give_up")
    assert refused(ReadsOnly, lambda: give_up(house.sittings["ai"], begun, "why")).person == "李娜"
    assert refused(LastSecond, lambda: give_up(house.sittings["som"], begun, "why")).person == SOM
    look = house.use.look_at_first
    assert refused(Blind, lambda: look(house.sittings["som"], begun, "batch page")).person == SOM


def test_what_is_changed_into_an_own_line_names_its_makers_before_a_round(house: House) -> None:
    batch = house.batch()
    with house.use.look() as uow:
        saved = uow.batch(batch).saved
    house.use.register_batch(house.sittings["linh"], replace(saved, supplier=None, line="Line 2"))
    refused(MakersMissing, lambda: house.start("linh", batch))


# What holds every first check ------------------------------------------------------------------------------------------


def seen(house: House, batch: str) -> list[str]:
    with house.use.look() as uow:
        found = uow.batch(batch)
        return sorted(uow.round(found.round or "").seen_first)


def test_whoever_may_still_be_second_of_any_batch_takes_out_no_log(house: House) -> None:
    house.enrol("eva", "Eva Ek", "auditor")
    first, other = house.batch(), house.batch()
    house.check("linh", first)
    house.check("som", other)
    house.start("linh", other)
    for login, closed in (("som", first), ("linh", other)):
        with pytest.raises(Blind) as said:
            house.use.look_at_every_first(house.sittings[login], "dump")
        with house.use.look() as uow:
            assert said.value.batches == (uow.batch(closed).number,)
    assert seen(house, first) == seen(house, other) == []
    house.use.look_at_every_first(house.sittings["eva"], "dump")
    house.use.look_at_every_first(house.sittings["eva"], "dump")  # once is enough
    assert seen(house, first) == seen(house, other) == [house.hands["eva"].person]


def test_what_is_compared_is_open_to_whoever_has_a_role_and_needs_no_line_of_the_log(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.check("som", batch)
    for login in ("linh", "som"):
        house.use.look_at_every_first(house.sittings[login], "dump")
    assert seen(house, batch) == []


def test_whoever_holds_no_role_or_is_suspended_takes_out_nothing(house: House) -> None:
    eva = house.enrol("eva", "Eva Ek", "auditor").person
    house.use.suspend(house.hands["linh"], eva, "away")
    refused(NotActive, lambda: house.use.look_at_every_first(house.sittings["eva"], "dump"))
    house.use.lift_suspension(house.hands["linh"], house.hands["som"], eva)
    house.use.take_role(house.hands["linh"], eva, "auditor")
    refused(MissingRole, lambda: house.use.look_at_every_first(house.sittings["eva"], "dump"))


@dataclass
class Elsewhere(HandClock):
    """A clock that is right, on a computer whose time zone somebody set."""

    zone: int = 0

    def today(self) -> date:
        """Return the day there."""
        return local_date(self.at, timezone(timedelta(hours=self.zone)))


def test_no_time_zone_gives_what_lapsed_another_day(tmp_path: Path) -> None:
    """The day that decides is the log's own; it neither ends early in the east nor later in the west."""
    database, clock = laid(tmp_path), Elsewhere()
    house = House.ready(database, clock)
    last = clock.today()
    house.enrol("huy", "Huy")
    batches = house.batch(), house.batch()
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.grant_role(linh, som, house.id("huy"), RoleGrant("inspector", until=last))
    clock.zone = 14
    clock.forward(seconds=4 * 3_600)
    assert clock.today() > last
    house.sit("huy")
    house.start("huy", batches[0])
    clock.zone = -12
    clock.forward(seconds=16 * 3_600)
    assert clock.today() == last
    house.sit("huy")
    refused(MissingRole, lambda: house.start("huy", batches[1]))
    database.dispose()
