# SPDX-License-Identifier: Apache-2.0
"""The runner's reader loads one's own check and nothing of any other."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from qcdesk.domain.events import InstrumentSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotYourCheck
from qcdesk.domain.sampling import ClassRule
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from tests.store.readers.conftest import Collected
from tests.workspace import House

BOUND = re.compile(r"\b(finding|reading|unit_result|line|event|sign_off|comparison|decision|record)\b")


def test_own_check_comes_back_as_it_was_put_on_record(house: House) -> None:
    started = house.start("linh", house.batch())
    saved = house.use.record(
        house.sittings["linh"],
        Entries(
            started.check,
            results=(NewResult(1), NewResult(2)),
            findings=(NewFinding(1, "DEN", note="left edge"), NewFinding(2, "SCR")),
            readings=(NewReading(1, "DIA", "12,03"), NewReading(2, "DIA", "12.90")),
        ),
    )
    page = house.use.own.own_check(started.check, house.id("linh"))
    assert (page.place, page.person_name, page.state, page.held) == (
        "first",
        "Nguyễn Thị Linh",
        "open",
        False,
    )
    assert [(f.unit, f.code, f.name, f.note) for f in page.findings] == [
        (1, "DEN", "Dent", "left edge"),
        (2, "SCR", "Scratch", ""),
    ]
    assert [(m.typed, m.value, m.inside) for m in page.measured] == [
        ("12,03", "12.03", True),
        ("12.90", "12.9", False),
    ]
    assert [u.number for u in page.units] == list(started.opened.sample)
    assert [u.unit for u in page.units if u.done] == [1, 2]
    assert {v.defect_class: v.counted for v in page.verdicts} == {"critical": 0, "major": 2, "minor": 0}
    assert page.saved_at is not None and page.saved_at > page.started_at
    assert page.procedure.content == started.opened.procedure.content
    assert saved.findings[0].id == page.findings[0].id


def test_instruments_are_offered_to_whoever_checks(house: House) -> None:
    gauge = house.use.save_instrument(
        house.sittings["linh"], InstrumentSaved("", "CAL-1", "caliper", calibrated_until=None)
    )
    started = house.start("linh", house.batch())
    (offered,) = house.use.own.own_check(started.check, house.id("linh")).instruments
    assert (offered.instrument, offered.number) == (gauge.instrument, "CAL-1")


def test_withdrawn_finding_stays_visible_and_does_not_count(house: House) -> None:
    started = house.start("linh", house.batch())
    saved = house.use.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "CRK"),)))
    house.use.record(
        house.sittings["linh"], Entries(started.check, withdraw=(Withdraw(saved.findings[0].id, "slip"),))
    )
    page = house.use.own.own_check(started.check, house.id("linh"))
    assert [f.withdrawn for f in page.findings] == ["slip"]
    assert all(v.counted == 0 for v in page.verdicts)


def test_corrected_reading_is_marked_and_only_the_new_one_counts(house: House) -> None:
    started = house.start("linh", house.batch())
    for typed in ("13.00", "12.00"):
        house.use.record(
            house.sittings["linh"], Entries(started.check, readings=(NewReading(1, "DIA", typed),))
        )
    page = house.use.own.own_check(started.check, house.id("linh"))
    assert [(m.typed, m.replaced) for m in page.measured] == [("13.00", True), ("12.00", False)]
    assert all(v.counted == 0 for v in page.verdicts)


def test_tally_shows_how_many_were_looked_at(house: House) -> None:
    house.approve(tally=True, characteristics=())
    started = house.start("linh", house.batch())
    for tallied in (2, 5):
        house.use.record(house.sittings["linh"], Entries(started.check, tallied=tallied))
    house.use.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(None, "SCR"),)))
    page = house.use.own.own_check(started.check, house.id("linh"))
    assert page.tally
    assert [u.done for u in page.units] == [True] * 5 + [False] * (len(page.units) - 5)


def test_own_check_is_refused_to_anybody_else(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    batch = house.batch()
    first = house.start("linh", batch)
    house.record("linh", first, {1: "DEN"})
    with pytest.raises(NotYourCheck):
        house.use.own.own_check(first.check, house.id("som"))
    house.sign("linh", first)
    second = house.start("som", batch)
    for login in ("linh", "tu"):
        with pytest.raises(NotYourCheck):
            house.use.own.own_check(second.check, house.id(login))
    with pytest.raises(NotYourCheck):
        house.use.own.own_check(first.check, house.id("som"))


def test_refusal_of_another_check_touches_nothing_of_it(house: House, statements: Collected) -> None:
    first = house.check("linh", house.batch(), {1: "DEN"}).fact
    with statements() as asked, pytest.raises(NotYourCheck):
        house.use.own.own_check(first.check, house.id("som"))
    assert not any(BOUND.search(text) for text, _ in asked)


def test_unknown_check_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_check"):
        house.use.own.own_check("0" * 32, house.id("linh"))


@pytest.mark.parametrize("tally", [False, True])
def test_every_statement_of_the_second_check_is_bound_to_it(
    house: House, statements: Collected, *, tally: bool
) -> None:
    if tally:
        house.approve(tally=True, characteristics=())
    batch = house.batch()
    first = house.start("linh", batch)
    if tally:
        n = len(first.opened.sample)
        house.use.record(
            house.sittings["linh"], Entries(first.check, findings=(NewFinding(None, "DEN"),), tallied=n)
        )
    else:
        house.record("linh", first, {1: "DEN", 2: "CRK"})
    house.sign("linh", first)
    second = house.start("som", batch)
    with statements() as asked:
        page = house.use.own.own_check(second.check, house.id("som"))
    assert (page.findings, page.measured) == ((), ())
    assert first.check not in repr(asked)
    bound = [(text, values) for text, values in asked if BOUND.search(text)]
    assert bound
    for text, values in bound:
        assert "checking = " in text
        assert second.check in repr(values)


def test_further_sample_is_asked_for_and_compared_alike_on_every_engine(house: House) -> None:
    major = ClassRule(
        "major", "aql", Decimal("6.5"), plan_type="double"
    )  # 8 and 8 of 60; accepts 0, rejects 3
    rules = (ClassRule("critical", "zero", n=5), major, ClassRule("minor", "zero", n=5))
    house.approve(rules=rules, characteristics=())
    number = house.batch(quantity=60)
    for login in ("linh", "som"):
        started = house.start(login, number)
        sitting, person = house.sittings[login], house.id(login)
        for units in (range(1, 9), range(9, 17)):
            page = house.use.own.own_check(started.check, person)
            assert [u.unit for u in page.units] == list(range(1, units.stop))
            assert (page.asked, page.further) == (units.stop - 1, 8 if units.start > 1 else 0)
            found = (NewFinding(2, "DEN"),) if units.start == 1 else ()
            house.use.record(sitting, Entries(started.check, tuple(NewResult(u) for u in units), found))
            (mine,) = (
                row
                for row in house.use.read.waiting(person, house.clock.today())
                if row.check == started.check
            )
            assert (mine.done, mine.of) == (units.stop - 1, 16)
        assert house.sign(login, started).state == ("awaiting_second" if login == "linh" else "accepted")
    comparison = house.use.read.comparison(
        house.use.read.batch_by_number(number), house.id("som"), house.clock.now()
    )
    assert (comparison.n, comparison.units) == (16, tuple(range(1, 17)))
