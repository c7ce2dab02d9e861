# SPDX-License-Identifier: Apache-2.0
"""Goods that are only counted: two who count differently, a third who settles by how many, and the replay of it."""

from __future__ import annotations

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import UnresolvedUnits
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.verification import verify
from tests.workspace import House


def count(house: House, login: str, number: str, **found: int) -> str:
    """Count all drawn units, with so many of each defect; return the outcome, if it is the second check."""
    started = house.start(login, number)
    house.use.record(
        house.sittings[login],
        Entries(
            started.check,
            findings=tuple(NewFinding(None, code, n) for code, n in found.items()),
            tallied=len(started.opened.sample),
        ),
    )
    compared = house.sign(login, started).compared
    return compared.outcome if compared else ""


@pytest.mark.parametrize(("holds", "outcome"), [(False, "accepted"), (True, "rejected")])
def test_a_third_settles_by_how_many_one_counted_more(house: House, holds: bool, outcome: str) -> None:
    house.approve(tally=True, characteristics=())
    house.enrol("huy", "Trần Huy", "arbiter", "inspector")
    number = house.batch(quantity=200)  # Ac of a major is 3
    count(house, "linh", number, DEN=6, SCR=1)
    assert count(house, "som", number, DEN=2, SCR=1) == "disagreed"
    (dispute,) = house.use.read.comparison(number, house.id("huy"), house.clock.now()).disputes
    assert (dispute.unit, dispute.code, dispute.count, dispute.by) == (None, "DEN", 4, "first")
    third = house.start("huy", number)
    with pytest.raises(UnresolvedUnits):
        house.use.decide(house.hands["huy"], third.check)
    with pytest.raises(BadInput):
        house.use.resolve(
            house.sittings["huy"], third.check, (Resolution(None, "SCR", "minor", 1, holds=False),)
        )
    house.use.resolve(house.sittings["huy"], third.check, (Resolution(None, "DEN", "major", 4, holds),))
    decided = house.use.decide(house.hands["huy"], third.check).fact
    assert decided.outcome == outcome
    assert next(c.counted for c in decided.classes if c.defect_class == "major") == (6 if holds else 2)
    found = verify(house.database)
    assert found.ok, found.problems


def test_two_who_count_the_same_have_nothing_to_settle(house: House) -> None:
    house.approve(tally=True, characteristics=())
    number = house.batch(quantity=200)
    count(house, "linh", number, DEN=2)
    assert count(house, "som", number, DEN=2) == "accepted"
    assert verify(house.database).ok
