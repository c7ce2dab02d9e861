# SPDX-License-Identifier: Apache-2.0
"""Double plans and checks that end early, from the drawn units to the verdict, replayed from the log at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.refusals import Incomplete
from qcdesk.domain.sampling import ClassRule
from qcdesk.services.record_entries import Entries, NewFinding, NewResult, Withdraw
from qcdesk.services.sign_check import Signed
from qcdesk.services.start_check import Started
from qcdesk.store.verification import verify
from tests.journeys.lives import pdf_text
from tests.workspace import House, refused

# Lot 60, level II: code E, 8 and 8 units; major accepts 0 and 3, rejects 3 and 4.
RULES = (
    ClassRule("critical", "zero", n=5),
    ClassRule("major", "aql", Decimal("6.5"), plan_type="double"),
    ClassRule("minor", "aql", Decimal("6.5"), plan_type="double"),
)
QUANTITY = 60


@pytest.fixture
def double(house: House) -> House:
    """A procedure of double plans."""
    house.approve(rules=RULES, characteristics=())
    return house


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def printed(house: House, number: str) -> str:
    """Return the words of a batch's report, whatever its lines."""
    paper = house.use.printing.inspection(number_id(house, number), house.id("linh"))
    return " ".join(pdf_text(paper).split())


def asked(house: House, login: str, started: Started) -> tuple[int, ...]:
    return tuple(u.unit for u in house.use.own.own_check(started.check, house.id(login)).units)


def go(house: House, login: str, started: Started, defects: Mapping[int, str]) -> None:
    """Go through what is asked for, until nothing more is."""
    done: set[int] = set()
    while new := [u for u in asked(house, login, started) if u not in done]:
        done |= set(new)
        found = tuple(NewFinding(u, defects[u]) for u in new if u in defects)
        house.use.record(
            house.sittings[login], Entries(started.check, tuple(NewResult(u) for u in new), found)
        )


def check(house: House, login: str, batch: str, defects: Mapping[int, str]) -> Signed:
    started = house.start(login, batch)
    go(house, login, started, defects)
    return house.sign(login, started)


def test_a_batch_is_accepted_at_the_second_sample(double: House) -> None:
    number = double.batch(quantity=QUANTITY)
    started = double.start("linh", number)
    assert started.asked == tuple(range(1, 9)) and len(started.opened.sample) == 16
    go(double, "linh", started, {3: "DEN"})
    first = double.sign("linh", started)
    assert (first.fact.seen.units, first.fact.seen.of) == (16, 16)
    major = next(c for c in first.fact.classes if c.defect_class == "major")
    assert (major.verdict, major.stage, major.found) == ("accepted", 2, (1, 1))
    second = check(double, "som", number, {3: "DEN"})
    assert second.compared is not None
    assert (second.compared.outcome, second.compared.comparison.not_compared) == ("accepted", ())
    paper = printed(double, number)
    assert "double sampling" in paper
    assert "Major, first sample: 1 found in 8 units (accepted at 0, rejected at 3): undecided." in paper
    assert "Major, second sample: 1 found in 16 units (accepted at 3, rejected at 4): accepted." in paper
    verifies(double)


def test_a_batch_is_rejected_at_the_second_sample(double: House) -> None:
    number = double.batch(quantity=QUANTITY)
    found = {3: "DEN", 9: "DEN", 10: "DEN", 11: "DEN"}
    assert check(double, "linh", number, found).fact.verdict == "rejected"
    second = check(double, "som", number, found)
    assert second.compared is not None and second.compared.outcome == "rejected"
    verifies(double)


def test_an_undecided_check_is_not_signed(double: House) -> None:
    number = double.batch(quantity=QUANTITY)
    started = double.start("linh", number)
    sitting = double.sittings["linh"]
    units = tuple(NewResult(u) for u in started.asked)
    saved = double.use.record(sitting, Entries(started.check, units, (NewFinding(3, "DEN"),)))
    refusal = refused(Incomplete, lambda: double.sign("linh", started))
    assert refusal.units == tuple(range(9, 17))
    # A finding taken back takes its sample back too.
    double.use.record(sitting, Entries(started.check, withdraw=(Withdraw(saved.findings[0].id, "dust"),)))
    assert double.sign("linh", started).fact.seen.of == 8
    verifies(double)


def test_stickers_are_of_the_sample_asked_for_and_tell_nobody_else_how_far_a_check_went(
    double: House,
) -> None:
    number = double.batch(quantity=QUANTITY)
    started = double.start("linh", number)
    batch = number_id(double, number)

    def numbers(login: str, *, drawn: bool = False) -> list[int]:
        paper = double.use.printing.stickers(batch, double.id(login), drawn=drawn)
        taken = [int(one) for one in re.findall(r"Unit (\d+) of 60", pdf_text(paper))]
        return [started.opened.units.index(unit) + 1 for unit in taken]

    eight, further = list(range(1, 9)), list(range(9, 17))
    assert numbers("linh") == numbers("som") == eight
    units = tuple(NewResult(u) for u in started.asked)
    double.use.record(double.sittings["linh"], Entries(started.check, units, (NewFinding(3, "DEN"),)))
    assert numbers("linh") == further
    assert numbers("som") == eight
    assert numbers("som", drawn=True) == eight + further


def test_going_differently_far_disagrees_unless_the_common_sample_decides(double: House) -> None:
    double.enrol("huy", "Trần Huy", "arbiter", "inspector")
    number = double.batch(quantity=QUANTITY)
    check(double, "linh", number, {3: "DEN"})
    second = check(double, "som", number, {})
    assert second.compared is not None
    assert (second.compared.outcome, second.compared.reasons) == ("disagreed", ("sample_missing",))
    assert second.compared.comparison.not_compared == tuple(range(9, 17))
    page = double.use.read.comparison(number_id(double, number), double.id("huy"), double.clock.now())
    assert page.first_alone == tuple(range(9, 17))
    third = double.start("huy", number)
    double.use.resolve(double.sittings["huy"], third.check, (Resolution(3, "DEN", "major", 1, holds=True),))
    decided = double.use.decide(double.hands["huy"], third.check).fact
    assert decided.outcome == "rejected"
    assert {c.verdict for c in decided.classes} == {"accepted", "undecided"}
    verifies(double)


def number_id(house: House, number: str) -> str:
    return house.use.read.batch_by_number(number)


def test_the_second_person_reads_the_same_whatever_the_first_needed(double: House) -> None:
    read = []
    for defects in ({}, {3: "DEN"}, {3: "DEN", 4: "DEN", 5: "DEN"}):
        number = double.batch(quantity=QUANTITY)
        check(double, "linh", number, defects)
        person, now = double.id("som"), double.clock.now()
        batch = double.use.read.batch(number_id(double, number), person, now)
        lane = double.use.read.lane("waiting_second", person)
        card = next(c for c in lane.rows if c.number == number)
        started = double.start("som", number)
        assert started.asked == tuple(range(1, 9)) and len(started.opened.sample) == 16
        own = double.use.own.own_check(started.check, person)
        told = repr((batch, card, own))
        told = re.sub(r"[0-9a-f]{32,64}|" + re.escape(number), "ID", told)
        read.append(re.sub(r"\d+", "N", told))
        double.use.set_aside(double.sittings["som"], started.check, "called away")
    assert read[0] == read[1] == read[2]


def test_a_check_ends_early_where_the_procedure_lets_it(double: House) -> None:
    double.approve(rules=RULES, characteristics=(), curtail=True)
    number = double.batch(quantity=QUANTITY)

    def early(login: str, last: int) -> Signed:
        started = double.start(login, number)
        units = tuple(NewResult(u) for u in range(1, last + 1))
        found = (NewFinding(2, "DEN"), NewFinding(3, "DEN"), NewFinding(last, "DEN"))
        double.use.record(double.sittings[login], Entries(started.check, units, found))
        assert double.use.own.own_check(started.check, double.id(login)).may_end
        return double.sign(login, started)

    first = early("linh", 5)
    assert (first.fact.verdict, first.fact.seen.units, first.fact.seen.of) == ("rejected", 5, 8)
    second = early("som", 6)
    assert second.compared is not None and second.compared.outcome == "rejected"
    assert second.compared.comparison.not_compared == tuple(range(6, 17))
    paper = printed(double, number)
    assert "The first person looked at 5 units, the second at 6." in paper
    assert "6 of 60 units" in paper  # those that anybody looked at, not those that might have been needed
    assert "The first check ended early, as the procedure allows" in paper
    verifies(double)
