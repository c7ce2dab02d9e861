# SPDX-License-Identifier: Apache-2.0
"""Complaints and touches: one owner always, hand-overs counted, call-backs that turn overdue, an end that is earned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from qcdesk.domain.complaints import Complaint
from qcdesk.domain.events import ComplaintTaken, OwnerFigures
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import Step
from qcdesk.domain.refusals import (
    ComplaintNotYours,
    ComplaintRefused,
    MissingRole,
    NonconformityBlind,
    NotActive,
    ReadsOnly,
    TouchNotUndone,
)
from qcdesk.i18n import Catalogue
from qcdesk.store.readers import SqlReaders
from qcdesk.store.verification import verify
from qcdesk.wording import complaints as wording
from tests.workspace import PROCEDURE, House, refused

HOUR = 3_600_000_000


def taken(house: House, **changed: object) -> ComplaintTaken:
    said = {"complaint": 0, "customer": "Nova", "contact": "a@b.example", "language": "en", "said_as": "spoken",
            "words": "It rattles.", "received": house.clock.today(), "owner": "", **changed}  # fmt: skip
    return ComplaintTaken(**said)  # type: ignore[arg-type]


def take(house: House, *batches: str, **changed: object) -> int:
    return house.use.care.take_complaint(house.sittings["linh"], taken(house, **changed), batches).complaint


def stands(house: House, number: int) -> Complaint:
    with house.use.look() as uow:
        return uow.complaint(number)


def bad(code: str, field: str, call: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as wrong:
        call()
    assert (wrong.value.code, wrong.value.where.get("field")) == (code, field)


def test_a_complaint_goes_its_way_with_hand_overs_counted_and_a_missed_call_back(house: House) -> None:
    care, linh, som = house.use.care, house.sittings["linh"], house.sittings["som"]
    house.approve()
    house.released(number="OUT-1")
    assert [take(house, "OUT-1", call_back=house.clock.at + HOUR), take(house)] == [1, 2]
    for owner in ("som", "linh", "som"):
        care.hand_over(linh, 1, house.id(owner), "knows the goods")
    found = stands(house, 1)
    assert (found.owner, found.hand_overs, found.too_often) == (house.id("som"), 3, True)
    assert (
        refused(ComplaintRefused, lambda: care.hand_over(som, 1, house.id("som"), "why")).problem
        == "same_owner"
    )
    assert not found.overdue(house.clock.at)
    house.clock.forward(seconds=7200)
    som = house.sittings["som"]
    assert stands(house, 1).overdue(house.clock.at)
    assert refused(ComplaintRefused, lambda: care.close(som, 1, "done")).problem == "not_acknowledged"
    care.acknowledge(som, 1, "Ms Nova", "by phone")
    assert refused(ComplaintRefused, lambda: care.close(som, 1, "done")).problem == "not_judged"
    judged = care.judge(som, 1, escape=True, about="rattles", reason="a part was loose when it left")
    assert judged.proposed == (PROCEDURE,)
    assert refused(ComplaintRefused, lambda: care.close(som, 1, "done")).problem == "call_back_open"
    care.call_back(som, 1, called=True, note="a new one is on its way")
    care.close(som, 1, "a new one was sent")
    found = stands(house, 1)
    assert (found.missed, found.call_back, found.closed and found.closed.outcome) == (
        1,
        None,
        "a new one was sent",
    )
    assert refused(ComplaintRefused, lambda: care.link(som, 1, "OUT-1")).problem == "closed"
    assert verify(house.database).problems == ()


def test_what_a_procedure_looks_for_is_proposed_to_nobody(house: House) -> None:
    house.approve(steps=(Step("Shake it", "Nothing may rattle."),))
    house.released(number="OUT-1")
    take(house, "OUT-1")
    for about, proposed in (("DEN", ()), ("rattle", ()), ("leaks", (PROCEDURE,))):
        judged = house.use.care.judge(
            house.sittings["linh"], 1, escape=False, about=about, reason=f"{about}, why"
        )
        assert judged.proposed == proposed


def test_no_complaint_is_judged_while_its_batch_is_being_checked_and_what_was_found_stays_closed(
    house: House,
) -> None:
    care, linh, som = house.use.care, house.sittings["linh"], house.sittings["som"]
    house.approve()
    house.batch("LOT-1")
    take(house, "LOT-1")
    house.check("linh", "LOT-1", {1: "DEN"})
    refused(NonconformityBlind, lambda: care.judge(linh, 1, escape=False, about="DEN", reason="dents"))
    page = SqlReaders(house.database.reading, house.use.look).care.complaint(1, som.person, house.clock.now())
    assert page.row.complaint.taken.words == "It rattles."
    assert [(one.closed, one.saw, one.being_checked) for one in page.linked] == [(True, (), True)]
    told = wording.done_by_others(page.row, True, True, Catalogue(), ("LOT-1",))
    assert told == "Whether it is an escape is said once LOT-1 is checked."
    house.check("som", "LOT-1", {1: "DEN"})
    assert not care.judge(linh, 1, escape=False, about="DEN", reason="dents").escape


def test_nothing_escapes_from_batches_that_were_never_released_nor_shipped(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.approve()
    house.accepted(number="HERE-1")
    house.batch("HERE-2")
    take(house, "HERE-1", "HERE-2")

    def escape() -> bool:
        return care.judge(linh, 1, escape=True, about="rattles", reason="loose").escape

    assert refused(ComplaintRefused, escape).problem == "never_out"
    assert stands(house, 1).judged is None
    assert not care.judge(linh, 1, escape=False, about="rattles", reason="not ours").escape
    house.use.release_batch(house.hands["som"], "HERE-1")
    assert escape()
    assert refused(ComplaintRefused, escape).problem == "judged"
    take(house, "HERE-2")
    house.use.ship_unreleased(linh, "HERE-2", 1, "Nova", "taken by mistake")
    assert care.judge(linh, 2, escape=True, about="rattles", reason="loose").escape
    assert verify(house.database).problems == ()


def test_no_complaint_is_linked_to_a_batch_while_it_is_being_checked(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.approve()
    house.batch("LOT-1")
    take(house)
    for who in ("linh", "som"):
        begun = house.start(who, "LOT-1")
        refused(NonconformityBlind, lambda: take(house, "LOT-1"))
        refused(NonconformityBlind, lambda: care.link(linh, 1, "LOT-1"))
        house.record(who, begun, {})
        refused(NonconformityBlind, lambda: care.link(linh, 1, "LOT-1"))
        house.sign(who, begun)
    assert stands(house, 1).batches == ()
    with house.use.look() as uow:
        assert uow.last_complaint() == 1
    care.link(linh, 1, "LOT-1")
    assert verify(house.database).problems == ()


def test_dates_before_the_batch_times_gone_by_and_unknown_owners_are_refused_and_nothing_is_saved(
    house: House,
) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.approve()
    house.released(number="OUT-1")
    today = house.clock.today()
    early = today - timedelta(days=3)
    bad("complaint_before_batch", "batch", lambda: take(house, "OUT-1", received=early))
    bad("complaint_ahead", "received", lambda: take(house, received=today + timedelta(days=1)))
    bad(
        "complaint_long_ago",
        "received",
        lambda: take(house, received=today.replace(year=today.year - 10, day=1)),
    )
    bad("call_back_past", "call_back", lambda: take(house, call_back=house.clock.at))
    bad("missing", "words", lambda: take(house, words=" "))
    with pytest.raises(BadInput, match="unknown_person"):
        take(house, owner="f" * 32)
    house.enrol("nga", "Đỗ Nga", "auditor")
    refused(ReadsOnly, lambda: take(house, owner=house.id("nga")))
    house.enrol("hoa", "Lê Thị Hoa", "inspector")
    house.use.suspend(house.hands["linh"], house.id("hoa"), "left")
    refused(NotActive, lambda: take(house, owner=house.id("hoa")))
    with house.use.look() as uow:
        assert uow.last_complaint() == 0
    take(house)
    bad(
        "call_back_past",
        "call_back",
        lambda: care.call_back(linh, 1, called=False, next_at=house.clock.at - 1),
    )
    bad("missing", "call_back", lambda: care.call_back(linh, 1, called=False))
    bad("missing", "reason", lambda: care.hand_over(linh, 1, house.id("som"), " "))
    assert refused(
        ComplaintRefused, lambda: care.judge(linh, 1, escape=True, about="x", reason="y")
    ).problem == ("no_batch")
    bad("unknown_complaint", "complaint", lambda: care.close(linh, 7, "x"))
    bad("month", "month", lambda: care.say_figures(linh, (OwnerFigures("2026-13", 1, 1),)))


def test_a_touch_is_logged_by_one_call_and_taken_back_once_by_whoever_made_it(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.batch("LOT-1")
    bad("touch_of_nothing", "batch", lambda: care.touch(linh, "call"))
    seq, _ = care.touch(linh, "call", "LOT-1")
    care.touch(linh, "chase", order="PO-7")
    refused(TouchNotUndone, lambda: care.undo_touch(house.sittings["som"], seq))
    care.undo_touch(linh, seq)
    refused(TouchNotUndone, lambda: care.undo_touch(linh, seq))
    assert verify(house.database).problems == ()


def test_a_rework_that_is_on_record_is_a_touch_once_whether_somebody_logged_it_or_not(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.approve()
    house.batch("LOT-1")
    for login in ("linh", "som"):
        house.check(login, "LOT-1", dict.fromkeys(range(1, 9), "SCR"))
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], "LOT-1", "rework", "polish")

    read = SqlReaders(house.database.reading, house.use.look).care

    def counted() -> tuple[int, int, int]:
        with house.database.reading() as connection:
            told = connection.exec_driver_sql(
                "SELECT max(amount) FROM figure WHERE name = 'touches'"
            ).scalar()
        return sum(one.touches for one in read.touched()), int(told or 0), len(read.touches())

    assert counted() == (0, 0, 0)
    house.use.record_rework(linh, "LOT-1", (house.maker("Bình"), house.maker("An")))
    assert counted() == (1, 1, 1)
    care.touch(linh, "call", "LOT-1")
    assert counted() == (2, 2, 2)
    typed, _ = care.touch(linh, "rework", "LOT-1")
    assert counted() == (2, 2, 2), "it is the same rework"
    listed = read.touches()
    assert [one.kind for one in listed] == ["rework", "call"]
    assert listed[0].seq == typed, "the one that can be taken back"
    assert read.touches(limit=1) == listed[:1]
    assert read.touches(limit=2) == listed
    care.touch(linh, "rework", "LOT-1")
    assert counted() == (3, 3, 3)
    care.undo_touch(linh, typed)
    assert counted() == (2, 2, 2)
    found = verify(house.database)
    assert (found.problems, found.remarks) == ((), ())


def test_who_only_reads_puts_down_nothing_of_customers_touches_and_figures(house: House) -> None:
    care = house.use.care
    house.batch("LOT-1")
    take(house)
    before = stands(house, 1)
    house.enrol("nga", "Đỗ Nga", "auditor")
    nga = house.sittings["nga"]
    for act in (
        lambda: care.take_complaint(nga, taken(house, owner=house.id("linh"))),
        lambda: care.acknowledge(nga, 1, "Ms Nova", "by phone"),
        lambda: care.answer(nga, 1, to="a@b.example", subject="Rattling", text="We look into it."),
        lambda: care.touch(nga, "call", "LOT-1"),
        lambda: care.say_figures(nga, (OwnerFigures(f"{house.clock.today():%Y-%m}", 1, 1),)),
    ):
        refused(ReadsOnly, act)
    with house.use.look() as uow:
        assert (uow.last_complaint(), uow.complaint(1)) == (1, before)


def test_a_complaint_is_about_a_batch_once_and_not_given_to_who_only_reads(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.enrol("nga", "Đỗ Nga", "auditor")
    house.batch("LOT-1")
    take(house)
    for undone, problem in ((True, "not_linked"), (False, "linked")):
        said = refused(ComplaintRefused, lambda undone=undone: care.link(linh, 1, "LOT-1", undone=undone))  # type: ignore[misc]
        assert (said.complaint, said.problem) == (1, problem)
        if undone:
            care.link(linh, 1, "LOT-1")
    refused(ReadsOnly, lambda: care.hand_over(linh, 1, house.id("nga"), "knows the goods"))
    assert (stands(house, 1).owner, len(stands(house, 1).batches)) == (house.id("linh"), 1)


def test_a_batch_that_a_complaint_is_not_about_after_all_did_not_escape(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.approve()
    for number in ("OUT-1", "OUT-2"):
        house.released(number=number)
    take(house, "OUT-1", "OUT-2")
    care.judge(linh, 1, escape=True, about="rattles", reason="loose")

    def escaped() -> list[str]:
        return [row.number for row in SqlReaders(house.database.reading, house.use.look).care.escapes()]

    assert escaped() == ["OUT-1", "OUT-2"]
    care.link(linh, 1, "OUT-1", undone=True)
    assert escaped() == ["OUT-2"]
    care.link(linh, 1, "OUT-1")
    assert escaped() == ["OUT-1", "OUT-2"]


def test_only_its_owner_and_who_manages_complaints_go_on_with_one(house: House) -> None:
    care = house.use.care
    for login, name, role in (
        ("hoa", "Lê Thị Hoa", "inspector"),
        ("huy", "Trần Quang Huy", "inspector"),
        ("nga", "Đỗ Nga", "planner"),
        ("tam", "Lý Tâm", "arbiter"),
    ):
        house.enrol(login, name, role)  # type: ignore[arg-type]
    house.approve()
    house.released(number="OUT-1")
    take(house, owner=house.id("hoa"))
    hoa, huy, nga, tam = (house.sittings[login] for login in ("hoa", "huy", "nga", "tam"))
    before = stands(house, 1)
    mail = {"to": "a@b.example", "subject": "Rattling", "text": "We look into it."}
    for act in (
        lambda: care.acknowledge(huy, 1, "Ms Nova", "by phone"),
        lambda: care.hand_over(huy, 1, house.id("huy"), "I know the goods"),
        lambda: care.call_back(huy, 1, called=True, note="she has it"),
        lambda: care.answer(huy, 1, **mail),
        lambda: care.close(tam, 1, "she knows"),
    ):
        said = refused(ComplaintNotYours, act)
        assert (said.complaint, said.owner) == (1, "Lê Thị Hoa")
    assert stands(house, 1) == before
    care.link(huy, 1, "OUT-1")  # whoever knows something of it says so
    for sitting in (hoa, huy, nga):
        with pytest.raises(MissingRole):
            care.judge(sitting, 1, escape=False, about="rattles", reason="it was dropped")
    care.acknowledge(hoa, 1, "Ms Nova", "by phone")
    care.judge(tam, 1, escape=False, about="rattles", reason="it was dropped")
    care.hand_over(nga, 1, house.id("huy"), "Hoa is away")
    refused(ComplaintNotYours, lambda: care.close(hoa, 1, "she knows"))
    care.answer(huy, 1, **mail)
    care.close(huy, 1, "she knows")
    assert verify(house.database).problems == ()


def test_a_complaint_is_acknowledged_once_and_judged_otherwise_only_for_another_reason(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    take(house)
    care.acknowledge(linh, 1, "Ms Nova", "by phone")
    again = refused(ComplaintRefused, lambda: care.acknowledge(linh, 1, "Mr Nova", "by mail"))
    assert (again.problem, again.name) == ("acknowledged", "Ms Nova")

    def judge(about: str, reason: str) -> str:
        return refused(
            ComplaintRefused, lambda: care.judge(linh, 1, escape=False, about=about, reason=reason)
        ).problem

    care.judge(linh, 1, escape=False, about="rattles", reason="it was dropped")
    assert judge("rattles ", "so it is") == "judged"
    assert judge("leaks", " it was dropped") == "same_reason"
    care.judge(linh, 1, escape=False, about="leaks", reason="she meant another one")
    found = stands(house, 1)
    assert found.judged is not None and (found.judged.about, found.judged.reason) == (
        "leaks",
        "she meant another one",
    )
    assert verify(house.database).problems == ()


def test_a_complaint_goes_on_in_words_and_not_after_its_end(house: House) -> None:
    care, linh = house.use.care, house.sittings["linh"]
    house.approve()
    house.released(number="OUT-1")
    take(house, "OUT-1", call_back=house.clock.at + HOUR)
    before = stands(house, 1)
    mail = {"to": "a@b.example", "subject": "Rattling", "text": "We look into it."}
    bad("missing", "by_whom", lambda: care.acknowledge(linh, 1, " ", "by phone"))
    bad("missing", "how", lambda: care.acknowledge(linh, 1, "Ms Nova", " "))
    for field in mail:
        bad("missing", field, lambda field=field: care.answer(linh, 1, **{**mail, field: " "}))  # type: ignore[misc]
    bad("missing", "customer", lambda: take(house, customer=" "))
    bad("missing", "reason", lambda: care.judge(linh, 1, escape=True, about="rattles", reason=" "))
    bad("missing", "about", lambda: care.judge(linh, 1, escape=True, about=" ", reason="loose"))
    bad("missing", "outcome", lambda: care.close(linh, 1, " "))
    bad("missing", "said_or_why", lambda: care.call_back(linh, 1, called=True, note=" "))
    later = house.clock.at + 2 * HOUR
    bad("missing", "reason", lambda: care.call_back(linh, 1, called=False, next_at=later))
    with house.use.look() as uow:
        assert (uow.last_complaint(), uow.complaint(1)) == (1, before)
    care.call_back(linh, 1, called=True, note="she is told more later")
    care.acknowledge(linh, 1, "Ms Nova", "by phone")
    care.judge(linh, 1, escape=False, about="rattles", reason="it was dropped")
    care.close(linh, 1, "she knows")
    before = stands(house, 1)
    for act in (
        lambda: care.acknowledge(linh, 1, "Ms Nova", "by phone"),
        lambda: care.answer(linh, 1, **mail),
        lambda: care.hand_over(linh, 1, house.id("som"), "knows the goods"),
        lambda: care.call_back(linh, 1, called=True, note="she has it"),
        lambda: care.judge(linh, 1, escape=True, about="rattles", reason="loose"),
        lambda: care.link(linh, 1, "OUT-1", undone=True),
        lambda: care.close(linh, 1, "she knows"),
    ):
        said = refused(ComplaintRefused, act)
        assert (said.complaint, said.problem) == (1, "closed")
    assert stands(house, 1) == before
