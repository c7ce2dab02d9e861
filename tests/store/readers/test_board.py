# SPDX-License-Identifier: Apache-2.0
"""The board shows where batches stand and what waits for whom; nothing on it depends on an unsigned result."""

from __future__ import annotations

from datetime import date

import pytest

from qcdesk.domain.certificates import printed_code
from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.services.record_entries import Entries, NewFinding, NewResult
from qcdesk.services.rows import LANES, BoardCardRow, Lane
from qcdesk.services.use_cases import UseCases
from qcdesk.store.readers.all_readers import SqlReaders
from tests.store.readers.conftest import Collected
from tests.store.scenes import World
from tests.workspace import House

DONE: Lane = "done"


def lane(house: House, which: Lane, login: str = "linh") -> tuple[BoardCardRow, ...]:
    return house.use.read.lane(which, house.id(login)).rows


def waiting(house: House, login: str) -> list[tuple[str, str]]:
    rows = house.use.read.waiting(house.id(login), house.clock.today())
    return [(row.act, row.title) for row in rows]


def test_batches_stand_in_the_lane_of_their_state(house: House) -> None:
    house.batch("A-1")
    house.check("linh", house.batch("B-1"))
    house.disagreed(number="C-1")
    house.rejected(number="D-1")
    house.accepted(number="E-1")
    house.released(number="F-1")
    found = {
        which: [row.number for row in lane(house, which)]
        for which in (
            "to_inspect",
            "waiting_second",
            "disagreement",
            "quarantined",
            "to_release",
            "ready_to_ship",
        )
    }
    assert found == {
        "to_inspect": ["A-1"],
        "waiting_second": ["B-1"],
        "disagreement": ["C-1"],
        "quarantined": ["D-1"],
        "to_release": ["E-1"],
        "ready_to_ship": ["F-1"],
    }


def test_every_batch_of_all_scenes_stands_in_the_one_lane_that_lists_tell(world: World) -> None:
    house = world.house
    with house.use.look() as uow:
        conceded = uow.batch(world.conceded.batch)
    house.use.ship_batch(house.sittings["linh"], conceded.id, conceded.conceded_here, "ACME")
    read, which = SqlReaders(house.database.reading, house.use.look), (*LANES, DONE)
    stands = {row.batch: one for one in which for row in read.lane(one, house.id("linh"), None, 900).rows}
    assert stands == {row.batch: row.lane for row in read.batches(None, None, 900)}
    assert stands[conceded.id] == "quarantined", "five of it were not conceded"
    assert sum(read.lane(one, house.id("linh"), None, 1).total for one in which) == len(stands)
    waits = {row.batch: row.wants for row in read.care.queue(house.clock.today())}
    assert set(waits) == {batch for batch, lane in stands.items() if lane != "done"}
    assert (waits[conceded.id], read.care.queue_length()) == ("dispose", len(waits))


def test_lane_goes_by_ship_by_then_age_and_undated_last(house: House) -> None:
    house.batch("undated-old")
    house.batch("late", ship_by=date(2026, 6, 1))
    house.batch("early", ship_by=date(2026, 4, 1))
    house.batch("late-younger", ship_by=date(2026, 6, 1))
    house.batch("undated-young")
    expected = ["early", "late", "late-younger", "undated-old", "undated-young"]
    assert [row.number for row in lane(house, "to_inspect")] == expected


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pages_of_a_lane_hold_every_batch_once(house: House, size: int) -> None:
    for n in range(3):
        house.batch(f"dated-{n}", ship_by=date(2026, 4, 1))
        house.batch(f"undated-{n}")
    numbers: list[str] = []
    after = None
    while True:
        page = house.use.read.lane("to_inspect", house.id("linh"), after, size)
        assert page.total == 6
        assert len(page.rows) <= size
        numbers += [row.number for row in page.rows]
        after = page.after
        if after is None:
            break
    assert numbers == [f"dated-{n}" for n in range(3)] + [f"undated-{n}" for n in range(3)]


def test_lane_of_what_is_done_is_paged_newest_first(house: House) -> None:
    for n in range(3):
        house.use.cancel_batch(house.sittings["linh"], house.batch(f"gone-{n}"), "twice")
    page = house.use.read.lane("done", house.id("linh"), None, 2)
    rest = house.use.read.lane("done", house.id("linh"), page.after, 2)
    assert [row.number for row in (*page.rows, *rest.rows)] == ["gone-2", "gone-1", "gone-0"]
    assert (page.total, rest.after) == (3, None)


def test_card_tells_a_person_that_they_made_units(house: House) -> None:
    house.batch("own-line", makers=("som",))
    assert [row.note for row in lane(house, "to_inspect", "som")] == ["maker"]
    assert [row.note for row in lane(house, "to_inspect", "linh")] == [""]


def test_card_tells_a_person_that_the_first_check_is_theirs(house: House) -> None:
    house.check("linh", house.batch())
    assert [row.note for row in lane(house, "waiting_second", "linh")] == ["yours"]
    assert [row.note for row in lane(house, "waiting_second", "som")] == [""]


def test_card_of_a_stopped_batch_tells_who_stopped_it_and_not_why(house: House) -> None:
    batch = house.batch()
    house.use.stop_batch(house.sittings["som"], batch, "safety", "a crack on unit 3")
    (card,) = lane(house, "quarantined")
    assert (card.note, card.note_person, card.held) == ("stopped", "สมชาย ศรีสุข", True)
    assert "crack" not in repr(card)


def test_card_of_a_rejected_batch_tells_whether_rework_is_ordered(house: House) -> None:
    batch = house.rejected()
    assert lane(house, "quarantined")[0].note == "rejected"
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    assert lane(house, "quarantined")[0].note == "rework"


def test_first_check_of_an_earlier_round_is_not_yours_any_more(house: House) -> None:
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Tư"),), knowing=True)
    assert [row.note for row in lane(house, "to_inspect")] == [""]


def test_board_asks_for_nothing_that_a_check_found(house: House, statements: Collected) -> None:
    house.check("linh", house.batch(), {1: "DEN"})
    with statements() as asked:
        for which in ("to_inspect", "waiting_second", "disagreement", "quarantined", "to_release"):
            lane(house, which, "som")
        house.use.read.search("DA-1")
        house.use.read.batches(None, None, 10)
        waiting(house, "som")
    words = " ".join(text for text, _ in asked)
    for table in ("finding", "reading", "unit_result", "sign_off", "verdict"):
        own = "(SELECT count(*) FROM unit_result u WHERE u.checking = c.id)"
        released = "(SELECT g.at FROM sign_off g WHERE g.round = batch.round AND g.place = 'release')"
        assert table not in words.replace(own, "").replace(released, "")


def test_board_is_the_same_whatever_the_first_check_found(house: House) -> None:
    house.check("linh", house.batch("good"))
    house.check("linh", house.batch("bad"), {1: "CRK", 2: "DEN"})
    good, bad = lane(house, "waiting_second", "som")
    assert (good.number, bad.number) == ("good", "bad")
    assert (good.state, good.note, good.held) == (bad.state, bad.note, bad.held)


# Waiting ----------------------------------------------------------------------------------------------------------


def test_own_unfinished_check_waits_first_with_its_progress(house: House) -> None:
    house.batch("urgent", ship_by=date(2026, 3, 3))
    started = house.start("linh", house.batch("begun"))
    house.use.record(house.sittings["linh"], Entries(started.check, results=(NewResult(1), NewResult(2))))
    row = house.use.read.waiting(house.id("linh"), house.clock.today())[0]
    assert (row.act, row.title, row.check) == ("continue_check", "begun", started.check)
    assert (row.done, row.of) == (2, len(started.opened.sample))


def test_tallied_check_waits_with_what_was_tallied(house: House) -> None:
    house.approve(tally=True, characteristics=())
    started = house.start("linh", house.batch())
    house.use.record(
        house.sittings["linh"],
        Entries(started.check, findings=(NewFinding(None, "SCR"),), tallied=4),
    )
    row = house.use.read.waiting(house.id("linh"), house.clock.today())[0]
    assert (row.done, row.of) == (4, len(started.opened.sample))


def test_second_check_waits_for_the_other_and_not_for_the_first_signer(house: House) -> None:
    house.check("linh", house.batch("A-1"))
    assert ("start_second", "A-1") in waiting(house, "som")
    assert ("start_second", "A-1") not in waiting(house, "linh")


def test_second_check_does_not_wait_for_a_maker(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    house.check("linh", house.batch("A-1", makers=("som",)))
    assert ("start_second", "A-1") not in waiting(house, "som")
    assert ("start_second", "A-1") in waiting(house, "tu")


def test_second_check_does_not_wait_for_whoever_gave_the_place_up(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    house.check("linh", house.batch("A-1"))
    house.use.give_up_place(house.sittings["som"], "A-1", "must know")
    assert ("start_second", "A-1") not in waiting(house, "som")


def test_check_does_not_wait_for_whoever_lacks_the_qualification(house: House) -> None:
    house.approve(qualification_required=True)
    house.batch("A-1")
    assert waiting(house, "som") == []
    house.use.grant_qualification(house.hands["linh"], house.hands["som"], house.id("som"), "IP-204", None)
    assert waiting(house, "som") == [("start_first", "A-1")]


def test_decision_waits_for_an_arbiter_who_is_neither_of_the_two(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    house.disagreed(number="A-1")
    assert ("decide", "A-1") in waiting(house, "tu")
    assert ("decide", "A-1") not in waiting(house, "linh")
    assert ("decide", "A-1") not in waiting(house, "som")
    started = house.start("tu", "A-1")
    (row,) = [r for r in house.use.read.waiting(house.id("tu"), house.clock.today()) if r.act == "decide"]
    assert row.check == started.check


def test_release_waits_for_a_releaser_and_not_for_the_first_signer(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    house.accepted(number="A-1")
    assert ("release", "A-1") in waiting(house, "som")
    assert ("release", "A-1") not in waiting(house, "linh")
    assert ("release", "A-1") not in waiting(house, "tu")


def test_draft_waits_for_approval_by_somebody_else(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    with house.use.look() as uow:
        again = uow.procedure("IP-204").content
    house.use.draft_procedure(house.sittings["linh"], "IP-204", again)
    assert ("approve_procedure", "Housing cover, incoming") in waiting(house, "som")
    assert waiting(house, "linh") == []
    assert waiting(house, "tu") == []


def test_ordered_rework_waits_to_be_put_down(house: House) -> None:
    batch = house.rejected(number="A-1")
    assert ("confirm_rework", "A-1") not in waiting(house, "linh")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    assert ("confirm_rework", "A-1") in waiting(house, "linh")


def test_nothing_waits_for_an_auditor(house: House) -> None:
    house.enrol("aud", "Ada Auditor", "auditor")
    house.batch()
    house.accepted()
    assert waiting(house, "aud") == []


def test_waiting_goes_by_ship_by_then_age(house: House) -> None:
    house.batch("undated")
    house.batch("late", ship_by=date(2026, 6, 1))
    house.batch("early", ship_by=date(2026, 4, 1))
    assert [title for _, title in waiting(house, "som")] == ["early", "late", "undated"]


# Lists and search -------------------------------------------------------------------------------------------------


def test_batches_are_listed_newest_first_page_by_page(house: House, use: UseCases) -> None:
    for n in range(5):
        house.batch(f"B-{n}")
    first = use.read.batches(None, None, 3)
    rest = use.read.batches(None, first[-1].batch, 3)
    assert [row.number for row in (*first, *rest)] == [f"B-{n}" for n in (4, 3, 2, 1, 0)]


def test_batches_are_listed_by_state(house: House, use: UseCases) -> None:
    house.batch("waits")
    house.accepted(number="good")
    assert [row.number for row in use.read.batches("accepted", None, 10)] == ["good"]


def test_what_was_released_in_a_time_is_listed_while_the_release_stands(house: House, use: UseCases) -> None:
    before = house.clock.now()
    released, withdrawn = house.released(number="R-1"), house.released(number="R-2")
    house.accepted(number="R-3")
    until = house.clock.now() + 1
    assert {row.number for row in use.read.released(before, until)} == {"R-1", "R-2"}
    use.withdraw_batch(house.hands["som"], withdrawn, "wrong label")
    assert [row.number for row in use.read.released(before, until)] == ["R-1"]
    assert use.read.released(until, until + 1) == use.read.released(0, before) == ()
    assert use.read.released(before, until)[0].batch == use.read.batch_by_number(released)


def test_search_forgives_spelling_and_wants_every_word(house: House, use: UseCases) -> None:
    house.batch("DA-2203", order="PO-77")
    house.batch("DA-2204")
    assert [row.number for row in use.read.search("co khi 2203")] == ["DA-2203"]
    assert [row.number for row in use.read.search("po-77 housing")] == ["DA-2203"]
    assert use.read.search("co khi 9999") == ()
    assert use.read.search("  ") == ()


def test_search_puts_the_very_number_first(house: House, use: UseCases) -> None:
    house.batch("DA-1")
    house.batch("DA-11")
    assert [row.number for row in use.read.search("DA-1")] == ["DA-1", "DA-11"]


def test_search_takes_wildcards_for_what_they_are(house: House, use: UseCases) -> None:
    loud = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "Rush! Ltd"))
    house.batch("A_1%", supplier=loud.supplier)
    house.batch("AB1CD")
    assert [row.number for row in use.read.search("a_1%")] == ["A_1%"]
    assert [row.number for row in use.read.search("h!")] == ["A_1%"]


def test_batch_is_found_by_number_or_id_and_an_unknown_one_refused(house: House, use: UseCases) -> None:
    number = house.batch()
    batch = use.read.batch_by_number(number)
    assert use.read.batch_by_number(batch) == batch
    with pytest.raises(BadInput, match="unknown_batch"):
        use.read.batch_by_number("nowhere")


def test_the_code_of_a_certificate_means_its_own_batch_and_that_of_another_log_none(
    house: House, use: UseCases
) -> None:
    batch = house.released(number="DA-1")
    house.batch("DA-11")
    made = house.use.issue_certificate(house.hands["som"], batch)
    code = printed_code(made.code, made.sig)
    assert use.read.batch_by_number(code) == use.read.batch_by_number(batch)
    assert [row.number for row in use.read.search(f" {code}")] == ["DA-1"]
    trail = use.read.audit_page(house.id("linh"), batch=code)
    assert trail == use.read.audit_page(house.id("linh"), batch=batch)
    other = printed_code(made.code, made.sig[::-1])
    for text in (other, code[:-3], "QC1:", "QC1:%"):
        assert use.read.search(text) == ()
        with pytest.raises(BadInput, match="unknown_batch"):
            use.read.batch_by_number(text)


def test_search_that_matches_very_much_walks_from_the_newest(
    house: House, use: UseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        house.batch(f"DA-{n}")
    few = [row.number for row in use.read.search("housing da", 3)]
    monkeypatch.setattr("qcdesk.store.readers.board.SORTED", 2)
    assert [row.number for row in use.read.search("housing da", 3)] == few == ["DA-3", "DA-2", "DA-1"]
    assert [row.number for row in use.read.search("DA-0 cover", 3)] == ["DA-0"]
