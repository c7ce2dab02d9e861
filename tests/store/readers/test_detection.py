# SPDX-License-Identifier: Apache-2.0
"""Only what is settled tells how people find, and only whoever looks after the shop, or the person, sees it."""

from __future__ import annotations

import pytest

from qcdesk.domain.events import EventVoided, Resolution
from qcdesk.domain.refusals import OthersChecks
from qcdesk.services.detection_rows import DetectionPage, SettledRow
from qcdesk.statistics.unseen import Learnt
from tests.store.readers.conftest import Collected
from tests.workspace import House

EVER = 1 << 62


def page(house: House, login: str = "linh", of: str = "") -> DetectionPage:
    return house.use.read.detection(house.id(login), 0, EVER, house.id(of) if of else "")


def said(row: SettledRow) -> dict[tuple[int, str], tuple[bool | None, bool | None, bool]]:
    return {(m.unit, m.code): (m.first, m.second, m.holds) for m in row.marks}


@pytest.fixture
def two(house: House) -> House:
    """Add Tú and Minh, who inspect and look after nothing."""
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    house.enrol("minh", "Lê Minh", "inspector")
    return house


def test_row_says_who_claimed_what_on_which_unit(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "DEN", 2: "SCR"})
    house.check("som", batch, {1: "DEN", 3: "SCR"})
    (row,) = page(house).rows
    assert (row.number, row.round_no, row.product, row.procedure) == (batch, 1, "PH-204", "IP-204")
    assert (row.first, row.second) == (house.id("linh"), house.id("som"))
    assert said(row) == {
        (1, "DEN"): (True, True, True),
        (2, "SCR"): (True, False, True),
        (3, "SCR"): (False, True, True),
    }
    assert {m.code: m.defect_class for m in row.marks} == {"DEN": "major", "SCR": "minor"}
    assert row.units == max(n for _, n in row.of_class)
    assert not any(m.looked_again for m in row.marks)


def test_what_is_not_compared_or_not_settled_tells_nothing(house: House) -> None:
    house.check("linh", house.batch(), {1: "DEN"})
    batch = house.disagreed()
    assert page(house).rows == ()
    house.use.reject_after_all(house.hands["linh"], batch, "a crack is a crack")
    assert page(house).rows == ()


def test_third_person_settles_who_was_right(two: House) -> None:
    batch = two.disagreed()
    started = two.start("tu", batch)
    two.use.resolve(two.sittings["tu"], started.check, (Resolution(1, "CRK", "critical", 1, holds=False),))
    assert page(two).rows == ()
    two.use.decide(two.hands["tu"], started.check)
    (row,) = page(two).rows
    (mark,) = row.marks
    assert (mark.code, mark.holds, mark.looked_again) == ("CRK", False, True)


def test_retracted_check_tells_nothing(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    second = house.check("som", batch, {1: "SCR"})
    assert len(page(house).rows) == 1
    house.use.retract_check(house.hands["som"], second.fact.check, "looked at the wrong pallet")
    assert page(house).rows == ()


def test_round_of_which_anything_is_void_tells_nothing(house: House) -> None:
    batch = house.accepted()
    assert len(page(house).rows) == 1
    with house.begin() as uow:
        standing = uow.batch(batch)
        signed = uow.sign_offs(standing.round or "")[0].event
        void = EventVoided(signed, uow.event_hash(signed), "forged", batch=standing.id)
        uow.append(void, house.hands["linh"], co=(house.hands["som"],))
        uow.commit()
    assert page(house).rows == ()


def test_colleague_sees_the_own_checks_and_nothing_of_the_other_person(two: House) -> None:
    batch = two.batch()
    two.check("tu", batch, {1: "DEN", 2: "SCR"})
    two.check("minh", batch, {1: "DEN", 3: "SCR"})
    house_only = two.batch()
    two.check("linh", house_only)
    two.check("som", house_only)
    own = page(two, "tu")
    assert (own.everybody, [name for _, name in own.people]) == (False, ["Trần Tú"])
    (row,) = own.rows
    assert (row.first, row.second) == (two.id("tu"), "")
    assert said(row) == {
        (1, "DEN"): (True, None, True),
        (2, "SCR"): (True, None, True),
        (3, "SCR"): (False, None, True),
    }


def test_colleague_is_refused_another_persons_misses(two: House) -> None:
    with pytest.raises(OthersChecks):
        page(two, "tu", "minh")
    assert page(two, "tu", "tu").everybody is False


def test_who_looks_after_the_shop_sees_everybody_in_order_of_the_name(two: House) -> None:
    batch = two.batch()
    two.check("tu", batch, {1: "SCR"})
    two.check("minh", batch)
    seen = page(two, "linh")
    assert seen.everybody
    assert [name for _, name in seen.people] == ["Lê Minh", "Trần Tú"]
    assert [row.number for row in page(two, "linh", "minh").rows] == [batch]
    assert page(two, "linh", "som").rows == ()


def test_rows_come_newest_first_and_no_more_than_asked_for(house: House) -> None:
    first, second, third = (house.accepted() for _ in range(3))
    assert [row.number for row in page(house).rows] == [third, second, first]
    few = house.use.read.detection(house.id("linh"), 0, EVER, most=2)
    assert ([row.number for row in few.rows], few.cut) == ([third, second], True)
    assert house.use.read.detection(house.id("linh"), 0, few.rows[0].at).cut is False


def test_reading_it_asks_for_no_entry_of_a_check(house: House, statements: Collected) -> None:
    house.accepted()
    with statements() as heard:
        page(house)
    asked = " ".join(statement for statement, _ in heard)
    assert asked
    assert all(table not in asked for table in ("finding", "reading", "unit_result"))


def test_learnt_comes_from_what_was_settled_before_and_not_from_the_round_itself(house: House) -> None:
    bad = dict.fromkeys(range(1, 9), "DEN")
    for _ in range(4):
        batch = house.batch()
        house.check("linh", batch, dict(list(bad.items())[:7]))
        house.check("som", batch, bad)
    with house.use.look() as uow:
        last, before = (uow.rounds(row.batch)[-1].id for row in page(house).rows[:2])
    learnt = {
        row.defect_class: (row.first, row.second) for row in house.use.read.learnt(last, house.id("linh"))
    }
    assert learnt[None] == learnt["major"] == (Learnt(21, 24), Learnt(21, 21))
    assert learnt["critical"] == (None, None)
    assert house.use.read.learnt(before, house.id("linh"))[0].first is None
    assert house.use.read.learnt("unknown", house.id("linh")) == ()
    house.enrol("tu", "Trần Tú", "inspector")
    assert house.use.read.learnt(last, house.id("tu")) == ()
