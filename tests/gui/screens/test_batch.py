# SPDX-License-Identifier: Apache-2.0
"""The batch page: what is allowed now, what is refused with its reason and who can, and every act from there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.events import ClockJumped
from qcdesk.gui.changes import Changes
from qcdesk.gui.screens.batch.presenter import BatchPresenter, BatchWays
from qcdesk.gui.screens.batch.rows import PageRow
from tests.gui.screens.conftest import EN, Desk, Remembers, tell
from tests.workspace import PRODUCT, content


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.went: list[tuple[object, ...]] = []
        ways = BatchWays(
            start=lambda batch: self.went.append(("start", batch)),
            comparison=lambda batch, no: self.went.append(("comparison", no)),
            report=lambda batch: self.went.append(("report",)),
            stickers=lambda batch: self.went.append(("stickers", batch)),
            certificate=lambda batch: self.went.append(("certificate", batch)),
            change=lambda batch: self.went.append(("change",)),
            told=desk.notices.append,
            first_article=lambda batch: self.went.append(("first_article", batch)),
            labels=lambda batch: self.went.append(("labels", batch)),
            charts=lambda page: self.went.append(("charts", page.header.product_code)),
        )
        self.presenter = BatchPresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            tell,
            desk.ask,
            Changes(),
            desk.who,
            ways,
        )

    def open(self, number: str, login: str = "linh") -> PageRow:
        self.desk.login = login
        self.presenter.open(number)
        return self.shown

    @property
    def shown(self) -> PageRow:
        page = self.view.last("show_page")
        assert isinstance(page, PageRow)
        return page

    @property
    def allowed(self) -> set[str]:
        return {row.act for row in self.shown.allowed}


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_registered_batch_offers_the_first_check_as_the_next_step(page: Page) -> None:
    shown = page.open(page.desk.house.batch("DA-1"))
    assert (shown.allowed[0].words, shown.allowed[0].kind) == ("Make the first check", "filled")
    assert {"start", "change", "cancel", "stop"} <= page.allowed
    assert shown.step == 1
    page.presenter.act("start")
    assert page.went[0][0] == "start"


def test_first_person_reads_why_the_second_check_is_refused_and_who_can(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number)
    shown = page.open(number)
    refused = {row.act: row for row in shown.refused}
    assert refused["start"].fact == "Make the second check: not now"
    assert "You made the first check." in refused["start"].why
    assert [who.name for who in refused["start"].who] == ["สมชาย ศรีสุข"]
    assert "release" in refused


def test_second_person_is_told_that_the_first_check_is_closed(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number, {1: "CRK"})
    shown = page.open(number, "som")
    assert shown.blind_note
    assert not any("rejects" in happening.what for happening in shown.happened)
    assert not {"report", "see_first"} & page.allowed


def test_stickers_are_offered_while_a_round_is_open(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    page.open(number)
    assert "stickers" not in page.allowed
    house.start("linh", number)
    shown = page.open(number)
    assert next(row.kind for row in shown.allowed if row.act == "stickers") == "framed"
    page.presenter.act("stickers")
    assert page.went == [("stickers", number)]
    page.open(house.released())
    assert "stickers" not in page.allowed


def test_labels_are_offered_as_long_as_there_are_goods(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    page.open(number)
    assert "labels" in page.allowed
    page.presenter.act("labels")
    assert page.went == [("labels", number)]


def test_a_first_article_report_is_offered_once_both_have_signed(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number)
    page.open(number)
    assert "first_article" not in page.allowed
    number = house.accepted()
    page.open(number)
    assert "first_article" in page.allowed
    page.presenter.act("first_article")
    assert page.went == [("first_article", number)]


def test_second_person_may_print_the_stickers(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number, {1: "CRK"})
    page.open(number, "som")
    assert "stickers" in page.allowed


def test_stop_takes_a_kind_and_words_and_no_secret(page: Page) -> None:
    number = page.desk.house.batch()
    page.open(number)
    page.desk.answers = {"kind": "paperwork", "reason": "no delivery note"}
    page.presenter.act("stop")
    assert not page.desk.asked[-1].secret
    assert page.shown.hold == "Stopped by Nguyễn Thị Linh: Papers"
    assert page.shown.state == "quarantined"


def test_lifting_asks_two_people_in_one_sheet(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.use.stop_batch(house.sittings["linh"], number, "other", "odd")
    page.open(number)
    page.desk.answers = {"reason": "looked at it"}
    page.presenter.act("lift")
    assert page.desk.asked[-1].other
    assert page.shown.hold == ""


def test_release_asks_for_the_secret_and_then_a_shipment_is_possible(page: Page) -> None:
    house = page.desk.house
    number = house.accepted()
    page.open(number, "som")
    page.presenter.act("release")
    assert page.desk.asked[-1].secret
    assert page.shown.state == "released"
    page.desk.answers = {"quantity": "5", "to": "ACME", "document": ""}
    page.presenter.act("ship")
    assert any(fact.name == "Shipped" and fact.value == "5 pcs" for fact in page.shown.facts)


def test_first_person_cannot_release_and_reads_why(page: Page) -> None:
    shown = page.open(page.desk.house.accepted())
    assert "release" not in page.allowed
    why = next(row.why for row in shown.refused if row.act == "release")
    assert "Whoever releases must be someone else." in why


def test_rejected_batch_goes_to_rework_and_then_to_a_new_round(page: Page) -> None:
    house = page.desk.house
    number = house.rejected()
    page.open(number)
    page.desk.answers = {"reason": "polish"}
    page.presenter.act("dispose_rework")
    assert page.desk.asked[-1].other
    page.desk.answers = {"by": house.maker("Anh"), "note": ""}
    page.presenter.act("record_rework")
    assert page.shown.state == "registered"
    assert any(fact.note == "Tightened inspection" for fact in page.shown.facts)
    assert "compare:1" in page.allowed
    page.presenter.act("charts")
    assert page.went[-1] == ("charts", PRODUCT)


def test_rejected_batch_is_released_under_concession(page: Page) -> None:
    house = page.desk.house
    for login, name in (("bao", "Phan Bảo"), ("tho", "Mai Thọ")):
        house.enrol(login, name, "concession")
    number = house.batch()
    for login in ("linh", "som"):
        house.check(login, number, dict.fromkeys(range(1, 9), "SCR"))
    page.open(number)
    assert {"ask_concession", "dispose_rework"} <= page.allowed and "approve_concession" not in page.allowed
    page.desk.answers = {"quantity": "15", "until": "2099-01-01", "deviation": "hidden once mounted",
                         "reference": "mail of 3 May", "use": "", "codes": "", "consent": ""}  # fmt: skip
    page.presenter.act("ask_concession")
    assert "Two others approve it" in page.desk.asked[-1].says
    assert "ask_concession" not in page.allowed and "refuse_concession" in page.allowed
    house.use.approve_concession(house.hands["bao"], house.hands["tho"], number)
    assert page.open(number).state == "released_under_concession"
    assert page.shown.conceded and page.shown.heading.startswith(
        "RELEASED UNDER CONCESSION: 15 of 20 pcs, until"
    )
    facts = {(fact.name, fact.value) for fact in page.shown.facts}
    assert {("Concession", "15 pcs"), ("Deviation", "hidden once mounted"),
            ("Concession asked for by", "Nguyễn Thị Linh"), ("Concession approved by", "Phan Bảo"),
            ("Concession approved by", "Mai Thọ")} <= facts  # fmt: skip
    assert {"ship", "withdraw"} <= page.allowed


def test_charts_are_offered_once_what_was_found_is_settled(page: Page) -> None:
    house = page.desk.house
    batch = house.batch()
    house.check("linh", batch)
    page.open(batch)
    assert "charts" not in page.allowed
    page.open(house.disagreed())
    assert "charts" not in page.allowed
    page.open(house.accepted())
    assert "charts" in page.allowed


def test_withdrawn_cancelled_retracted_and_set_aside_take_a_reason(page: Page) -> None:
    house = page.desk.house
    page.desk.answers = {"reason": "because"}
    released, cancelled, retracted, aside = house.released(), house.batch(), house.batch(), house.batch()
    house.check("linh", retracted)
    house.start("linh", aside)
    for number, act, state in (
        (released, "withdraw", "withdrawn"),
        (cancelled, "cancel", "cancelled"),
        (retracted, "retract", "registered"),
        (aside, "set_aside", "first_check"),
    ):
        page.open(number)
        page.presenter.act(act)
        assert [question.code for question in page.desk.asked[-1].questions] == ["reason"]
        assert house.state(number) == state


def test_only_who_may_be_second_is_offered_to_give_the_place_up(page: Page) -> None:
    house = page.desk.house
    house.enrol("minh", "Trần Văn Minh")
    number = house.batch()
    house.check("linh", number)
    page.open(number)
    assert "give_up" not in page.allowed
    page.open(number, "som")
    assert "give_up" in page.allowed
    page.desk.answers = {"reason": "I must know today"}
    page.presenter.act("give_up")
    assert "see_first" in page.allowed
    page.presenter.act("see_first")
    assert page.went[-1] == ("report",)


def test_disagreement_can_be_rejected_by_one_or_done_again_by_both(page: Page) -> None:
    house = page.desk.house
    number = house.disagreed()
    page.open(number)
    assert "reject_after_all" in page.allowed
    page.desk.answers = {"reason": "not worth it"}
    page.presenter.act("reject_after_all")
    assert house.state(number) == "rejected"


def test_released_batch_offers_its_certificate_to_a_releaser(page: Page) -> None:
    house = page.desk.house
    page.open(house.accepted())
    assert "certificate" not in page.allowed
    number = house.released()
    page.open(number)
    assert "certificate" in page.allowed
    page.presenter.act("certificate")
    assert page.went == [("certificate", number)]


def test_certificate_that_is_refused_says_why_and_who_can(page: Page) -> None:
    house = page.desk.house
    house.enrol("minh", "Trần Văn Minh")
    number = house.released()
    shown = page.open(number, "minh")
    assert "certificate" not in page.allowed
    refused = next(row for row in shown.refused if row.act == "certificate")
    assert refused.fact == "Print certificate: not now"
    assert {who.name for who in refused.who} == {"Nguyễn Thị Linh", "สมชาย ศรีสุข"}
    certificate = house.use.issue_certificate(house.hands["linh"], house.use.read.batch_by_number(number))
    page.open(number, "minh")
    assert "certificate" in page.allowed  # a copy takes no releaser
    house.use.stop_batch(house.sittings["linh"], number, "other", "odd")
    shown = page.open(number, "minh")
    assert "certificate" not in page.allowed
    assert "certificate" in {row.act for row in shown.refused}
    assert certificate.certificate == 1


def test_certificate_has_no_turn_before_a_release_nor_after_it_is_withdrawn(page: Page) -> None:
    house = page.desk.house
    released = house.released()
    house.use.issue_certificate(house.hands["linh"], released)
    house.use.withdraw_batch(house.hands["linh"], released, "wrong label")
    for number in (house.batch(), house.accepted(), released):
        shown = page.open(number)
        assert "certificate" not in page.allowed | {row.act for row in shown.refused}


def test_rework_that_leaves_nobody_is_pointed_out_before_it_is_put_down(page: Page) -> None:
    house = page.desk.house
    number = house.rejected()
    page.open(number)
    page.desk.answers = {"reason": "polish"}
    page.presenter.act("dispose_rework")
    page.desk.answers = {"by": ",".join((house.id("linh"), house.id("som"))), "note": ""}
    page.presenter.act("record_rework")
    warned = page.desk.asked[-1]
    assert (warned.button, warned.stops, warned.secret, warned.other) == ("Go on anyway", True, True, True)
    assert warned.says and warned.note
    assert house.state(number) == "registered"  # gone on with, by two


def test_rejected_goods_are_placed_then_scrapped_by_two_and_offer_nothing_more(page: Page) -> None:
    number = page.desk.house.rejected()
    page.open(number)
    page.desk.answers = {"stands": "Cage 2"}
    page.presenter.act("place")
    assert any(fact.name == "Stands at" and fact.value == "Cage 2" for fact in page.shown.facts)
    page.desk.answers = {"kind": "scrap", "reason": "bent"}
    page.presenter.act("dispose_goods")
    assert page.desk.asked[-1].other
    assert page.shown.state == "scrapped"
    assert not page.allowed & {"place", "dispose_goods", "dispose_rework", "stop", "record_rework"}


def test_rework_by_somebody_else_is_put_down_at_once(page: Page) -> None:
    house = page.desk.house
    number = house.rejected()
    page.open(number)
    page.desk.answers = {"reason": "polish"}
    page.presenter.act("dispose_rework")
    before = len(page.desk.asked)
    page.desk.answers = {"by": house.maker("Anh"), "note": ""}
    page.presenter.act("record_rework")
    assert len(page.desk.asked) == before + 1


def test_goods_that_left_without_a_release_are_put_down_and_allow_nothing(page: Page) -> None:
    house = page.desk.house
    number = house.batch(ship_by=house.clock.today())
    page.open(number)
    assert "ship_unreleased" in page.allowed
    page.desk.answers = {
        "quantity": "7",
        "to": "ACME",
        "reason": "taken from the wrong pallet",
        "document": "",
    }
    page.presenter.act("ship_unreleased")
    assert page.desk.asked[-1].stops and not page.desk.asked[-1].secret
    (row,) = house.use.read.unexplained()
    assert (row.kind, row.quantity, row.to) == ("left_unreleased", 7, "ACME")
    assert house.state(number) == "registered"
    page.open(house.released())
    assert "ship_unreleased" not in page.allowed  # they are shipped
    page.open(house.released(), "som")
    assert "ship" in page.allowed


def test_arbiter_who_signed_nothing_orders_the_round_that_a_retraction_holds(page: Page) -> None:
    house = page.desk.house
    house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
    number = house.batch()
    for _ in range(
        2
    ):  # the first uses up the one time that a round is done again, the second holds the batch
        house.check("linh", number)
        second = house.check("som", number)
        house.use.retract_check(house.hands["som"], second.fact.check, "wrong gauge")
    page.open(number)
    assert "order_round" not in page.allowed
    page.desk.hands = lambda other: (house.hands["minh"],)  # type: ignore[method-assign]
    page.open(number, "minh")
    assert "order_round" in page.allowed
    page.desk.answers = {"reason": "measured with the wrong gauge"}
    page.presenter.act("order_round")
    assert page.desk.asked[-1].secret
    assert page.shown.state == "registered"


def test_what_was_signed_by_a_wrong_clock_says_so_as_on_paper(page: Page) -> None:
    house = page.desk.house
    before = house.accepted()
    with house.begin() as uow:
        uow.note(ClockJumped(300_000_000), house.use.workstation.hand(uow.vault))
        uow.commit()
    number = house.accepted()
    signed = [happening.note for happening in page.open(number).happened if happening.act]
    assert signed and all(note.endswith(" · Clock suspect") for note in signed)
    assert not any("Clock suspect" in happening.note for happening in page.open(before).happened)


def test_goods_that_left_are_asked_for_only_where_they_could_have_left(page: Page) -> None:
    house = page.desk.house
    fresh, begun, waiting, accepted, stopped = (house.batch() for _ in range(5))
    house.start("linh", begun)
    for number in (waiting, accepted):
        house.check("linh", number)
    house.check("som", accepted)
    house.use.stop_batch(house.sittings["linh"], stopped, "other", "three are missing")
    cancelled = house.batch()
    house.use.cancel_batch(house.sittings["linh"], cancelled, "twice")
    for number, offered in (
        (fresh, False),
        (begun, False),
        (waiting, True),
        (accepted, True),
        (stopped, True),
        (cancelled, False),
        (house.rejected(), True),
        (house.released(), False),
    ):
        page.open(number)
        assert ("ship_unreleased" in page.allowed) is offered, house.state(number)


def test_round_with_a_key_in_doubt_is_sent_to_a_new_one_by_two(page: Page) -> None:
    house = page.desk.house
    house.enrol("minh", "Trần Văn Minh")
    house.enrol("audit", "Audit", "auditor")
    number, other = house.batch(), house.accepted()
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    house.check("minh", number)
    house.check("som", number)
    shown = page.open(number)
    assert "reopen_round" not in page.allowed | {row.act for row in shown.refused}  # nothing is in doubt
    house.use.revoke_key(house.hands["linh"], house.hands["som"], "minh", "suspect", since)
    shown = page.open(other)
    assert "reopen_round" not in page.allowed | {row.act for row in shown.refused}
    shown = page.open(number, "audit")
    assert "reopen_round" not in page.allowed
    refused = next(row for row in shown.refused if row.act == "reopen_round")
    assert refused.fact == "Do it afresh in a new round: not now"
    assert {who.name for who in refused.who} == {"Nguyễn Thị Linh", "สมชาย ศรีสุข"}
    page.open(number)
    assert "reopen_round" in page.allowed
    page.desk.answers = {"reason": "the badge was copied"}
    page.presenter.act("reopen_round")
    assert page.desk.asked[-1].other and page.desk.asked[-1].secret
    assert page.desk.asked[-1].questions[-1].code == "reason"
    assert page.shown.state == "quarantined"  # the stop stays until two lift it
    assert house.state(number) == "registered"
    page.open(number)
    assert "reopen_round" not in page.allowed


def test_page_names_how_the_second_person_looks_before_and_after_the_sample_is_drawn(page: Page) -> None:
    house = page.desk.house
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(defects_mode="split", characteristics=(bore,))
    number = house.batch(quantity=200)
    before = next(fact for fact in page.open(number).facts if fact.name == "Second check")
    assert (before.value, before.note) == ("Split: an own sample, some units in common", "")
    house.check("linh", number)
    with house.use.look() as uow:
        opened = uow.rounds(uow.batch(number).id)[-1].opened
    after = next(fact for fact in page.open(number, "som").facts if fact.name == "Second check")
    assert after.note == f"{len(opened.overlap)} units in common, {len(opened.fresh)} fresh ones"
    start = next(row for row in page.shown.allowed if row.act == "start")
    assert start.note == "Your own sample: you see nothing of the first check."
    assert page.shown.heading == ""


def test_blind_second_check_is_announced_as_blind(page: Page) -> None:
    number = page.desk.house.batch()
    page.desk.house.check("linh", number)
    start = next(row for row in page.open(number, "som").allowed if row.act == "start")
    assert start.note == "Blind: you see nothing of the first check."


def test_rework_is_the_next_step_of_a_rejected_batch_and_stopping_stands_at_the_far_side(page: Page) -> None:
    rows = page.open(page.desk.house.rejected()).allowed
    assert (rows[0].words, rows[0].kind) == ("Send to rework or repair", "filled")
    assert [row.act for row in rows[-2:]] == ["ship_unreleased", "stop"]
    assert [row.kind for row in rows].count("filled") == 1


def test_rework_is_not_the_next_step_while_the_two_disagree(page: Page) -> None:
    assert "filled" not in [row.kind for row in page.open(page.desk.house.disagreed()).allowed]


def test_papers_of_a_batch_are_listed_by_themselves_the_newest_first(desk: Desk) -> None:
    house, page = desk.house, Page(desk)
    batch = house.accepted(number="DA-7")
    printing = house.use.printing.in_language("en", "vi")
    for way in ("printed", "mailed"):
        house.use.prints.make_and_tell(
            house.sittings["linh"], lambda: printing.inspection(batch, house.id("linh")), way
        )
    shown = page.open(batch)
    assert [(one.what, one.note) for one in shown.printed] == [
        ("Inspection report DA-7, copy 1", "Nguyễn Thị Linh · Enclosed in a mail · English · Tiếng Việt"),
        ("Inspection report DA-7", "Nguyễn Thị Linh · Printed · English · Tiếng Việt"),
    ]
    assert not any("Inspection report" in one.what for one in shown.happened)
