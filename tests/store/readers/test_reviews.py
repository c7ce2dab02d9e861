# SPDX-License-Identifier: Apache-2.0
"""The reader of reviews: what the first claims in review, for its own open second check alone, on both engines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import CheckClosed, NotYourCheck
from qcdesk.domain.reviewing import Opened
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.start_check import Started
from tests.workspace import House

PULL = Characteristic(
    "PUL", "Pull", "variable", "major", "N", None, Decimal(50), Decimal(90), mode="review", destructive=True
)
WELD = Characteristic("WLD", "Weld", "attribute", "critical", mode="review", destructive=True)


@pytest.fixture
def second(house: House) -> Started:
    """The second check of a batch in which the first found something in every part."""
    house.approve(characteristics=(PULL, WELD))
    first = house.start("linh", house.batch())
    units = range(1, len(first.opened.sample) + 1)
    saved = house.use.record(
        house.sittings["linh"],
        Entries(
            first.check,
            results=tuple(NewResult(u) for u in units),
            readings=tuple(NewReading(u, "PUL", "48,5" if u in (4, 7) else "61") for u in units),
            findings=(
                NewFinding(2, "WLD", 2, "seam", "pore"),
                NewFinding(3, "WLD"),
                NewFinding(1, "SCR"),
            ),
        ),
    )
    house.use.record(
        house.sittings["linh"],
        Entries(
            first.check,
            readings=(NewReading(7, "PUL", "58", reason="read wrongly"),),
            withdraw=(Withdraw(saved.findings[1].id, "a shadow"),),
        ),
    )
    house.sign("linh", first)
    return house.start("som", first.opened.header.number)


def test_claims_that_stand_come_with_all_that_was_put_on_record(house: House, second: Started) -> None:
    weld, pull = house.use.review.claims(second.check, house.id("som"))
    assert (weld.kind, weld.unit, weld.number, weld.code, weld.name, weld.defect_class, weld.count) == (
        "finding",
        2,
        second.opened.units[1],
        "WLD",
        "Weld",
        "critical",
        2,
    )
    assert (weld.place, weld.note, weld.photo, weld.agrees, weld.own) == ("seam", "pore", None, None, None)
    assert (pull.kind, pull.unit, pull.typed, pull.value, pull.measure) == ("reading", 4, "48,5", "48.5", "N")
    assert (pull.lower, pull.upper) == (Decimal(50), Decimal(90))


def test_what_was_said_and_measured_again_stands_beside_the_claim(house: House, second: Started) -> None:
    claims = house.use.review.claims(second.check, house.id("som"))
    house.use.open_reviewed(
        house.sittings["som"],
        second.check,
        tuple(Opened(c.claim, c.unit != 4, "the clamp slipped" if c.unit == 4 else "") for c in claims),
        (NewReading(4, "PUL", "52"),),
    )
    weld, pull = house.use.review.claims(second.check, house.id("som"))
    assert (weld.agrees, weld.said) == (True, "")
    assert (pull.agrees, pull.said) == (False, "the clamp slipped")
    assert pull.own is not None and (pull.own.typed, pull.own.inside) == ("52", True)


def test_units_that_are_not_asked_for_may_be_measured_again(house: House) -> None:
    house.approve(defects=(), characteristics=(PULL,))
    number = house.batch()
    first = house.start("linh", number)
    house.record("linh", first, readings=dict.fromkeys(range(1, 99), "61"))
    page = house.use.own.own_check(first.check, house.id("linh"))
    assert page.again == ()
    house.sign("linh", first)
    started = house.start("som", number)
    page = house.use.own.own_check(started.check, house.id("som"))
    assert page.units == ()
    assert [u.number for u in page.again] == list(first.opened.sample)


def test_only_the_own_person_reads_it(house: House, second: Started) -> None:
    for login in ("linh",):
        with pytest.raises(NotYourCheck):
            house.use.review.claims(second.check, house.id(login))
    with pytest.raises(BadInput) as refused:
        house.use.review.claims("0" * 32, house.id("som"))
    assert refused.value.code == "unknown_check"


def test_only_an_open_check_reads_it(house: House, second: Started) -> None:
    house.use.set_aside(house.sittings["som"], second.check, "called away")
    with pytest.raises(CheckClosed):
        house.use.review.claims(second.check, house.id("som"))


def test_a_first_check_has_nothing_to_review(house: House) -> None:
    house.approve(characteristics=(PULL, WELD))
    started = house.start("linh", house.batch())
    house.record("linh", started, {2: "WLD"}, {4: "48"})
    assert house.use.review.claims(started.check, house.id("linh")) == ()


def test_nothing_comes_where_nothing_is_in_review(house: House) -> None:
    number = house.batch()
    house.check("linh", number, {1: "DEN"}, {2: "13"})
    started = house.start("som", number)
    assert house.use.review.claims(started.check, house.id("som")) == ()
