# SPDX-License-Identifier: Apache-2.0
"""The board: what waits first, lanes by pages, search as one types, and where each card leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from qcdesk.domain.certificates import printed_code
from qcdesk.domain.events import ComplaintTaken, SupplierPaper
from qcdesk.domain.promises import PromiseTest
from qcdesk.gui.screens.board.notes import Note
from qcdesk.gui.screens.board.presenter import BoardPresenter, BoardWays
from qcdesk.services.corrective_actions import NewAction
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import PROCEDURE, PRODUCT, House, content


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.went: list[tuple[str, str]] = []
        ways = BoardWays(
            start=lambda batch: self.went.append(("start", batch)),
            batch=lambda batch: self.went.append(("batch", batch)),
            comparison=lambda batch: self.went.append(("comparison", batch)),
            procedures=lambda: self.went.append(("procedures", "")),
            page=lambda name: self.went.append(("page", name)),
            action=lambda action: self.went.append(("action", action)),
            pages=(("analysis", "Analysis"), ("detection", "Analysis: What each check finds")),
        )
        self.presenter = BoardPresenter(
            self.view, desk.house.use, desk.tasks, EN, desk.problems(self.view), desk.who, ways
        )

    def lane(self, name: str) -> list[str]:
        shown = [told for told in self.view.told["show_lane"] if told[0] == name][-1]
        return [card.number for card in shown[1]]


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_first_check_of_a_registered_batch_waits(page: Page) -> None:
    page.desk.house.batch("DA-1")
    page.presenter.open()
    card = page.view.last("show_waiting")[0][0]
    assert (card.subject, card.act, card.button) == ("DA-1", "start_first", "Start first check")
    page.presenter.act(card.act, card.key)
    assert page.went == [("start", card.key)]


def test_own_first_check_does_not_wait_for_its_maker_again(page: Page) -> None:
    house = page.desk.house
    house.check("linh", house.batch("DA-1"))
    page.presenter.open()
    assert page.view.last("show_waiting")[0] == []
    assert page.lane("waiting_second") == ["DA-1"]
    page.desk.login = "som"
    page.presenter.open()
    assert [card.act for card in page.view.last("show_waiting")[0]] == ["start_second"]


def test_accepted_batch_leads_to_the_comparison_before_it_is_released(page: Page) -> None:
    page.desk.house.accepted(number="DA-1")
    page.desk.login = "som"
    page.presenter.open()
    card = page.view.last("show_waiting")[0][0]
    page.presenter.act(card.act, card.key)
    assert page.went == [("comparison", card.key)]


def test_further_page_of_a_lane_is_asked_for_once(page: Page) -> None:
    house = page.desk.house
    for _ in range(55):
        house.batch()
    page.presenter.open()
    assert len(page.lane("to_inspect")) == 50
    page.presenter.more("to_inspect")
    page.presenter.more("to_inspect")
    added = page.view.told["add_to_lane"]
    assert [len(cards) for _lane, cards, _named in added] == [5]


def test_search_shows_what_matches_and_an_empty_one_the_board(page: Page) -> None:
    page.desk.house.batch("DA-77")
    page.presenter.search("da-77")
    assert [row.number for row in page.view.last("show_results")[0]] == ["DA-77"]
    page.presenter.search(" ")
    assert page.view.last("show_results") is None


def test_search_leads_to_pages_by_their_words(page: Page) -> None:
    page.desk.house.batch("Analysis-7")
    page.presenter.search("anal")
    rows, pages = page.view.last("show_results")[:2]
    assert ([row.number for row in rows], [name for name, _ in pages]) == (
        ["Analysis-7"],
        ["analysis", "detection"],
    )
    page.presenter.enter("analysis")
    page.presenter.enter("each check")
    page.presenter.enter("anal")  # a batch and two pages: what is meant is not known
    assert page.went == [("page", "analysis"), ("page", "detection")]


def test_whole_number_opens_its_batch_and_half_a_number_none_of_many(page: Page) -> None:
    house = page.desk.house
    house.batch("DA-7")
    house.batch("DA-77")
    page.presenter.enter("da-7")
    page.presenter.enter("da")
    assert len(page.went) == 1
    assert page.went[0][0] == "batch"


def test_what_proves_a_release_opens_its_batch_when_it_is_scanned_off_a_label(page: Page) -> None:
    house = page.desk.house
    batch = house.released(number="DA-7")
    house.batch("DA-77")
    made = house.use.issue_certificate(house.hands["som"], batch)
    page.presenter.enter(printed_code(made.code, made.sig))
    assert page.went == [("batch", house.use.read.batch_by_number(batch))]


def test_ship_by_today_is_late_and_said_so(page: Page) -> None:
    house = page.desk.house
    house.batch("DA-1", ship_by=house.clock.today())
    page.presenter.open()
    card = page.view.last("show_waiting")[0][0]
    assert card.late
    assert card.ship_by == "Ship by today"


def ask(house: House, title: str) -> None:
    """Let Linh ask for corrective action about dents."""
    new = NewAction(house.supplier.supplier, title, ("DEN",), PRODUCT)
    house.use.open_action(house.sittings["linh"], new)


def notes(page: Page, login: str) -> list[Note]:
    page.desk.login = login
    page.presenter.open()
    found: list[Note] = page.view.last("show_notes")
    return found


def test_what_is_overdue_of_a_corrective_action_is_told_to_whoever_sees_to_it(page: Page) -> None:
    house = page.desk.house
    ask(house, "Dents")
    due = house.clock.today() + timedelta(days=1)
    linh = house.sittings["linh"]
    house.use.make_promise(
        linh, "CA-1", "A drawing comes", due, PromiseTest("certificate", document="Drawing")
    )
    house.use.say_step(linh, "CA-1", "D3", text="Sort the shelf", due=due, person=house.id("som"))
    assert notes(page, "linh") == []
    house.clock.forward(days=3)
    house.sit("linh")
    house.sit("som")
    said = Note(
        "CA-1: Cơ khí Đông Á promised “A drawing comes”, 2 days overdue.", "corrective_action", of="CA-1"
    )
    assert notes(page, "linh") == [said]
    step = "CA-1: D3 “Containment until it is solved” is 2 days overdue."
    assert notes(page, "som") == [Note(step, "corrective_action", of="CA-1")]
    house.use.say_step(house.sittings["som"], "CA-1", "D3", done=True)
    house.use.say_step(house.sittings["linh"], "CA-1", "D1", text="Som leads", person=house.id("som"))
    assert notes(page, "linh") == []
    assert notes(page, "som") == [said]


def test_a_stop_is_told_to_everybody_and_first_until_two_have_decided(page: Page) -> None:
    house = page.desk.house
    ask(house, "Dents")
    test = PromiseTest("rate", "DEN", percent=Decimal("0.5"), lots=1)
    house.use.make_promise(house.sittings["linh"], "CA-1", "No dents", house.clock.today(), test)
    house.batch("LOT-1")
    for login in ("linh", "som"):
        house.check(login, "LOT-1", dict.fromkeys(range(1, 9), "DEN"))
    said = (
        "Dent came again with LOT-1: no Housing cover of Cơ khí Đông Á is released until two decide (CA-1)."
        " Inspection of it is tightened."
    )
    assert notes(page, "som") == [Note(said, "corrective_action", red=True, of="CA-1")]
    card = page.view.last("show_waiting")[0][0]
    assert (card.act, card.subject, card.age) == ("decide_stop", "CA-1", "came again with LOT-1")
    page.presenter.act(card.act, card.key)
    assert page.went == [("action", "CA-1")]
    house.accepted(number="LOT-2")
    page.presenter.open()
    held = next(cards for lane, cards, *_ in page.view.told["show_lane"][::-1] if lane == "to_release")
    assert [one.why for one in held] == ["held back by CA-1"]
    house.use.decide_stop(house.hands["linh"], house.hands["som"], "CA-1", "sorted")
    assert notes(page, "som") == []


def test_certificates_that_lapse_are_told_to_whoever_plans(page: Page) -> None:
    house = page.desk.house
    today = house.clock.today()
    house.enrol("lan", "Lan", "inspector")
    papers = tuple(
        SupplierPaper(kind, until=today + timedelta(days=n)) for kind, n in (("ISO 9001", 30), ("RoHS", 31))
    )
    house.use.save_supplier(house.sittings["linh"], replace(house.supplier, papers=papers, over=None))
    of = house.supplier.supplier
    soon, late = "ISO 9001 of Cơ khí Đông Á lapses on 1 Apr.", "ISO 9001 of Cơ khí Đông Á lapsed on 1 Apr."
    assert notes(page, "som") == [Note(soon, "supplier", of=of)]
    assert notes(page, "lan") == []
    house.clock.forward(days=31)
    for login in ("linh", "som", "lan"):
        house.sit(login)
    assert notes(page, "som")[0] == Note(late, "supplier", red=True, of=of)
    assert len(notes(page, "som")) == 2


def test_more_notes_than_there_is_room_for_lead_on_to_the_first_of_the_rest(page: Page) -> None:
    house = page.desk.house
    due = house.clock.today()
    for number in range(1, 6):
        ask(house, f"Dents {number}")
        house.use.say_step(house.sittings["linh"], f"CA-{number}", "D3", text="Sort", due=due)
    house.clock.forward(days=1)
    house.sit("linh")
    found = notes(page, "linh")
    assert [note.of for note in found] == ["CA-1", "CA-2", "CA-3"]
    assert found[-1].words == "3 more things like these."


def test_more_than_are_counted_are_said_to_be_more(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.desk.house.batch("DA-1")
    monkeypatch.setattr("qcdesk.gui.screens.board.presenter.MOST_COUNTED", 0)
    page.presenter.open()
    assert page.view.last("show_waiting")[1] == "More than 0 batches wait for others."


def test_what_customers_complain_of_and_no_step_looks_for_is_told_the_procedures_owner(page: Page) -> None:
    house = page.desk.house
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content("สมชาย ศรีสุข"))
    house.use.approve_procedure(house.hands["som"], PROCEDURE)
    house.released(number="OUT-1")
    taken = ComplaintTaken(0, "Nova", "", "en", "spoken", "It rattles.", house.clock.today(), "", None)
    house.use.care.take_complaint(house.sittings["linh"], taken, ("OUT-1",))
    house.use.care.judge(house.sittings["linh"], 1, escape=True, about="rattles", reason="loose")
    told = "IP-204: customers complain of “rattles” (C-1), and nothing in it looks for that."
    page.desk.login = "som"
    page.presenter.open()
    assert [(note.words, note.page) for note in page.view.last("show_notes")] == [(told, "complaints")]
    page.desk.login = "linh"
    page.presenter.open()
    assert page.view.last("show_notes") == []


def test_a_card_that_will_probably_miss_its_day_says_so(page: Page) -> None:
    house = page.desk.house
    for number in range(1, 5):
        house.released(number=f"OLD-{number}")
        house.clock.forward(days=2)
    for number in range(1, 4):
        house.batch(f"NEW-{number}", ship_by=house.clock.today() + timedelta(days=1))
    page.presenter.open()
    cards = [told for told in page.view.told["show_lane"] if told[0] == "to_inspect"][-1][1]
    assert [(card.number, card.why, card.why_role) for card in cards][1:] == [
        ("NEW-2", "likely to be late", "attention"),
        ("NEW-3", "likely to be late", "attention"),
    ]
    assert [note.page for note in page.view.last("show_notes")] == ["waiting"]
