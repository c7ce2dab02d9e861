# SPDX-License-Identifier: Apache-2.0
"""Who takes out what holds every first check: nobody who could still be a second person, and the log knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.domain.refusals import Blind, MissingRole, NotActive
from tests.workspace import HandClock, House, laid, refused


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    database = laid(tmp_path)
    yield House.ready(database, HandClock())
    database.dispose()


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
