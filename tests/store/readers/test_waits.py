# SPDX-License-Identifier: Apache-2.0
"""Where batches wait: time in each state from the log alone, and who is waited for, with nothing of what was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qcdesk.domain.events import ComplaintTaken
from qcdesk.services.waiting_times import since_when
from qcdesk.store.readers.waits import stays
from tests.store.readers.conftest import Collected
from tests.store.scenes import World
from tests.workspace import House


def test_the_last_stay_is_where_each_batch_of_all_scenes_stands(
    scenes: Callable[[str], World],
) -> None:
    database = scenes("sqlite").house.database
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, number, state, held, lane, lane_since FROM batch").all()
    for batch, number, state, held, lane, since in rows:
        last = stays(database.reading, batch)[-1]
        stands = "held" if held and lane != "done" else state
        assert (last.state, last.until) == (stands, None), number
        assert last.since <= since, number
    assert {row[2] for row in rows} > {"registered", "awaiting_second", "rejected", "disagreed", "released"}
    database.dispose()


def test_time_in_each_state_adds_up_from_registration_to_now(house: House) -> None:
    number = house.batch("W-1")
    house.clock.forward(days=2)
    house.check("linh", number)
    house.clock.forward(seconds=7_200)
    house.check("som", number)
    care, batch = house.use.read.care, house.use.read.batch_by_number(number)
    found = care.stays(batch)
    assert [(row.state, row.person) for row in found] == [
        ("registered", "Nguyễn Thị Linh"),
        ("first_check", "Nguyễn Thị Linh"),
        ("awaiting_second", "Nguyễn Thị Linh"),
        ("second_check", "สมชาย ศรีสุข"),
        ("accepted", "สมชาย ศรีสุข"),
    ]
    now = house.clock.now()
    assert sum(row.lasts_us(now) for row in found) == now - found[0].since
    assert found[0].lasts_us(now) > 2 * 86_400_000_000
    assert 7_200_000_000 < found[2].lasts_us(now) < 7_300_000_000


def test_a_stop_is_a_state_of_its_own_until_it_is_lifted(house: House) -> None:
    number = house.batch("W-1")
    house.use.stop_batch(house.sittings["linh"], number, "other", "why")
    house.use.lift_hold(house.hands["linh"], house.hands["som"], number, "found")
    found = house.use.read.care.stays(house.use.read.batch_by_number(number))
    assert [row.state for row in found] == ["registered", "held", "registered"]


def test_whoever_could_do_the_next_step_is_waited_for(house: House) -> None:
    house.batch("A-1", ship_by=date(2026, 3, 20))
    house.check("linh", house.batch("B-1", ship_by=date(2026, 3, 10)))
    house.accepted(number="C-1")
    house.start("som", house.batch("D-1", ship_by=date(2026, 3, 30)))
    house.rejected(number="E-1")
    house.released(number="F-1")
    found = house.use.read.care.queue(house.clock.today())
    linh, som = "Nguyễn Thị Linh", "สมชาย ศรีสุข"
    assert [(row.number, row.wants, set(row.people)) for row in found] == [
        ("B-1", "second", {som}),
        ("A-1", "first", {linh, som}),
        ("D-1", "first", {som}),
        ("C-1", "release", {som}),
        ("E-1", "dispose", {linh, som}),
        ("F-1", "ship", set()),
    ]
    assert [row.number for row in found if row.takes_two] == ["E-1"], "one asks, another confirms"
    assert (found[0].person, found[2].open_since is None) == (linh, False)
    assert {row.people for row in house.use.read.care.queue(house.clock.today(), named=False)} == {(), (som,)}
    assert len(house.use.read.care.queue(house.clock.today(), most=2)) == 2


def test_times_of_signatures_are_of_those_that_stand_oldest_first(house: House) -> None:
    house.released(number="A-1")
    found = house.use.read.care.signed_at(since_when(house.clock.now()))
    assert len(found) == 3
    assert list(found) == sorted(found)
    assert house.use.read.care.signed_at(house.clock.now()) == ()


def test_nothing_that_a_check_holds_is_read(house: House, statements: Collected) -> None:
    house.check("linh", house.batch("A-1"), {3: "DEN"})
    batch = house.use.read.batch_by_number("A-1")
    with statements() as found:
        house.use.read.care.queue(house.clock.today())
        house.use.read.care.queue(house.clock.today(), named=False)
        house.use.read.care.stays(batch)
        house.use.read.care.signed_at(0)
    told = " ".join(statement for statement, _ in found)
    for table in ("finding", "reading", "unit_result", "reviewed", "reported_defect"):
        assert f" {table}" not in told, table


def test_what_the_house_did_is_counted_from_settled_rounds_and_first_releases(house: House) -> None:
    house.released(number="A-1")
    house.clock.forward(days=1)
    house.rejected(number="B-1")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], "B-1", "rework", "sort them out")
    house.check("linh", house.batch("C-1"))  # one check of a round that is not settled counts nowhere
    month = house.clock.today().isoformat()[:7]
    found = house.use.read.care.house(month)
    assert {row.month for row in found} == {month}
    counted, of = ({row.kind: getattr(row, name) for row in found} for name in ("count", "of"))
    assert {kind: counted[kind] for kind in ("registered", "settled", "rework")} == {
        "registered": 3, "settled": 2, "rework": 1,
    }  # fmt: skip
    assert (of["turnaround"], of["waiting"]) == (1, 1)
    assert counted["waiting"] <= counted["turnaround"]
    assert counted["work"] >= 4 and of["work"] >= 4, "four checks, each of a minute at least"
    assert house.use.read.care.house("9999-01") == ()


def test_a_batch_that_went_out_brings_its_procedure_its_plan_and_the_two_who_looked(house: House) -> None:
    house.released(number="A-1")
    house.released(number="A-2")
    house.accepted(number="A-3")
    taken = ComplaintTaken(0, "Nova", "", "en", "spoken", "It rattles.", house.clock.today(), "", None)
    house.use.care.take_complaint(house.sittings["linh"], taken, ("A-1",))
    house.use.care.judge(house.sittings["linh"], 1, escape=True, about="rattles", reason="loose")
    newest, oldest = house.use.read.care.went_out()
    assert (newest.escape, oldest.escape) == (False, True)
    assert (oldest.procedure, oldest.version, oldest.severity) == ("IP-204", 1, "normal")
    assert (oldest.first, oldest.second) == ("Nguyễn Thị Linh", "สมชาย ศรีสุข")
    assert dict(oldest.accepts)["critical"] == 0
    assert house.use.read.care.went_out(most=1) == (newest,)


def test_what_was_accepted_of_a_blocked_supplier_waits_for_two_who_let_it_deliver(house: House) -> None:
    house.accepted(number="A-1")
    care, today = house.use.read.care, house.clock.today()
    assert [row.wants for row in care.queue(today)] == ["release"]
    house.use.set_supplier_status(house.hands["linh"], None, "S1", "blocked", "cracks again")
    (stopped,) = care.queue(today)
    assert (stopped.wants, stopped.takes_two, stopped.open_since) == ("supplier", True, None)
    with house.use.look() as uow:
        able = {one.name for one in uow.people() if one.has_role("releaser", today)}
    assert set(stopped.people) == able
    assert care.queue(today, named=False)[0].people == ()


def test_the_queue_is_as_long_as_there_are_batches_that_have_not_left(house: House) -> None:
    assert house.use.read.care.queue_length() == 0
    for number in ("A-1", "A-2", "A-3"):
        house.batch(number)
    house.use.cancel_batch(house.sittings["linh"], "A-3", "typed twice")
    assert house.use.read.care.queue_length() == 2
    assert len(house.use.read.care.queue(house.clock.today(), most=1)) == 1
