# SPDX-License-Identifier: Apache-2.0
"""The batch screen says what happened and what may be done now, and tells nobody what would spoil the blind."""

from __future__ import annotations

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    Blind,
    CriticalOpen,
    HasSeenFirst,
    Held,
    Incomplete,
    LastSecond,
    MadeUnits,
    MissingRole,
    NotAccepted,
    NotHeld,
    NotYourCheck,
    ReadsOnly,
    SamePerson,
    TwoNeeded,
    UnresolvedUnits,
    WrongState,
)
from qcdesk.i18n import Catalogue
from qcdesk.services.record_entries import Entries, NewFinding, NewResult
from qcdesk.services.rows import BatchPage, MayRow, TimelineRow
from qcdesk.wording import events
from tests.store.readers.conftest import Collected
from tests.workspace import House

CHECK_TABLES = ("finding", "reading", "unit_result", "comparison.body", "verdict")


def page(house: House, batch: str, login: str) -> BatchPage:
    return house.use.read.batch(batch, house.id(login), house.clock.at)


def may(house: House, batch: str, login: str) -> dict[str, MayRow]:
    return {row.act: row for row in page(house, batch, login).may}


def allowed(house: House, batch: str, login: str) -> set[str]:
    return {act for act, row in may(house, batch, login).items() if row.allowed}


def timeline(house: House, batch: str, login: str) -> tuple[TimelineRow, ...]:
    return house.use.read.timeline(batch, house.id(login))


def kinds(house: House, batch: str, login: str) -> list[str]:
    return [row.kind for row in timeline(house, batch, login)]


# What may be done -------------------------------------------------------------------------------------------------


def test_fresh_batch_may_be_started_stopped_and_cancelled(house: House) -> None:
    assert allowed(house, house.batch(), "linh") == {"start", "stop", "cancel", "place", "ship_unreleased"}


def test_every_act_is_answered_once(house: House) -> None:
    acts = [row.act for row in page(house, house.batch(), "linh").may]
    assert sorted(acts) == sorted(
        {
            "start", "sign", "decide", "reject_after_all", "again", "order_round", "release", "certificate",
            "ship", "ship_unreleased", "stop", "lift", "dispose_rework", "record_rework", "retract", "withdraw",
            "cancel", "give_up", "see_first", "report", "reopen_round", "ask_concession", "approve_concession",
            "refuse_concession", "dispose_goods", "split", "place",
        }
    )  # fmt: skip


def test_asking_what_may_be_done_changes_nothing(house: House) -> None:
    batch = house.accepted()
    with house.database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    page(house, batch, "som")
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one() == before


def test_auditor_may_do_nothing_but_look(house: House) -> None:
    house.enrol("aud", "Ada Auditor", "auditor")
    batch = house.batch()
    assert allowed(house, batch, "aud") == set()
    assert isinstance(may(house, batch, "aud")["stop"].why_not, ReadsOnly)


def test_first_signer_may_not_start_second_and_is_told_who_can(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    row = may(house, batch, "linh")["start"]
    assert isinstance(row.why_not, SamePerson)
    assert row.who_can == ("สมชาย ศรีสุข",)
    assert may(house, batch, "som")["start"].allowed


def test_maker_may_not_start_second_and_is_told_who_can(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    batch = house.batch(makers=("som",))
    house.check("linh", batch)
    row = may(house, batch, "som")["start"]
    assert isinstance(row.why_not, MadeUnits)
    assert row.who_can == ("Trần Tú",)


def test_unfinished_check_may_be_gone_on_with_but_not_signed(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.use.record(house.sittings["linh"], Entries(started.check, results=(NewResult(1),)))
    mine = may(house, batch, "linh")
    assert mine["start"].allowed
    assert isinstance(mine["sign"].why_not, Incomplete)
    house.record("linh", started)
    assert may(house, batch, "linh")["sign"].allowed


def test_check_of_another_may_not_be_signed(house: House) -> None:
    batch = house.batch()
    house.record("linh", house.start("linh", batch))
    row = may(house, batch, "som")["sign"]
    assert isinstance(row.why_not, NotYourCheck)
    assert row.who_can == ("Nguyễn Thị Linh",)


def test_batch_may_not_be_released_before_it_is_accepted(house: House) -> None:
    assert isinstance(may(house, house.batch(), "som")["release"].why_not, NotAccepted)


def test_first_signer_may_not_release_and_is_told_who_can(house: House) -> None:
    batch = house.accepted()
    row = may(house, batch, "linh")["release"]
    assert isinstance(row.why_not, SamePerson)
    assert row.who_can == ("สมชาย ศรีสุข",)
    assert may(house, batch, "som")["release"].allowed


def test_release_without_the_role_is_refused_with_names(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    row = may(house, house.accepted(), "tu")["release"]
    assert isinstance(row.why_not, MissingRole)
    assert row.who_can == ("สมชาย ศรีสุข",)


def test_held_batch_may_not_be_released_but_lifted(house: House) -> None:
    batch = house.accepted()
    assert isinstance(may(house, batch, "som")["lift"].why_not, NotHeld)
    house.use.stop_batch(house.sittings["linh"], batch, "paperwork", "papers")
    som = may(house, batch, "som")
    assert isinstance(som["release"].why_not, Held)
    assert isinstance(som["stop"].why_not, Held)
    assert som["lift"].allowed


def test_lifting_alone_is_refused(house: House) -> None:
    batch = house.batch()
    house.use.stop_batch(house.sittings["linh"], batch, "paperwork", "papers")
    house.use.take_role(house.hands["linh"], house.id("som"), "releaser")
    assert isinstance(may(house, batch, "linh")["lift"].why_not, TwoNeeded)
    row = may(house, batch, "som")["lift"]
    assert isinstance(row.why_not, MissingRole)
    assert row.who_can == ("Nguyễn Thị Linh",)


def test_released_batch_may_be_shipped_until_nothing_is_left(house: House) -> None:
    batch = house.released(quantity=20)
    assert {"ship", "withdraw", "stop"} <= allowed(house, batch, "linh")
    house.use.ship_batch(house.sittings["linh"], batch, 20, "Hamburg")
    assert "ship" not in allowed(house, batch, "linh")
    assert {"withdraw", "stop"} <= allowed(
        house, batch, "linh"
    )  # some of it may stand in the store, or come back


def test_rejected_batch_may_be_sent_to_rework_then_reworked(house: House) -> None:
    batch = house.rejected()
    assert may(house, batch, "linh")["dispose_rework"].allowed
    assert not may(house, batch, "linh")["record_rework"].allowed
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    assert not may(house, batch, "linh")["dispose_rework"].allowed
    assert may(house, batch, "linh")["record_rework"].allowed


def test_the_two_who_disagree_may_reject_and_not_decide(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    batch = house.disagreed()
    linh = may(house, batch, "linh")
    assert linh["reject_after_all"].allowed
    assert isinstance(linh["decide"].why_not, SamePerson)
    assert linh["decide"].who_can == ("Trần Tú",)
    assert isinstance(linh["again"].why_not, CriticalOpen)
    assert isinstance(may(house, batch, "tu")["reject_after_all"].why_not, NotYourCheck)
    assert may(house, batch, "tu")["decide"].allowed


def test_decision_waits_for_every_disputed_unit(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    batch = house.disagreed()
    started = house.start("tu", batch)
    assert isinstance(may(house, batch, "tu")["decide"].why_not, UnresolvedUnits)
    house.use.resolve(
        house.sittings["tu"], started.check, (Resolution(1, "CRK", "critical", 1, holds=False),)
    )
    assert may(house, batch, "tu")["decide"].allowed


def test_signed_check_may_be_taken_back_by_its_signer_only(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    assert may(house, batch, "linh")["retract"].allowed
    row = may(house, batch, "som")["retract"]
    assert isinstance(row.why_not, NotYourCheck)
    assert row.who_can == ("Nguyễn Thị Linh",)


def test_last_who_could_be_second_may_not_give_up(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    assert isinstance(may(house, batch, "som")["give_up"].why_not, LastSecond)
    house.enrol("tu", "Trần Tú")
    assert may(house, batch, "som")["give_up"].allowed


# The blind --------------------------------------------------------------------------------------------------------


def test_whoever_may_be_second_may_not_see_the_first_check_or_a_report(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    for act in ("see_first", "report"):
        assert isinstance(may(house, batch, "som")[act].why_not, Blind)
        assert may(house, batch, "linh")[act].allowed
    assert (page(house, batch, "som").blind, page(house, batch, "linh").blind) == (True, False)


def test_second_person_is_blind_while_checking(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.start("som", batch)
    assert page(house, batch, "som").blind


def test_after_the_comparison_nobody_is_blind(house: House) -> None:
    batch = house.accepted()
    for login in ("linh", "som"):
        assert not page(house, batch, login).blind
        assert may(house, batch, login)["report"].allowed


def test_there_is_no_first_check_to_see_before_a_round(house: House) -> None:
    assert isinstance(may(house, house.batch(), "som")["see_first"].why_not, WrongState)


def test_whoever_has_seen_the_first_check_may_not_be_second(house: House) -> None:
    house.enrol("own", "Ola Owner", "planner")
    batch = house.batch()
    house.check("linh", batch)
    house.use.look_at_first(house.sittings["own"], batch, "screen")
    house.use.grant_role(
        house.hands["linh"],
        house.hands["som"],
        house.id("own"),
        RoleGrant("inspector"),
    )
    assert isinstance(may(house, batch, "own")["start"].why_not, HasSeenFirst)


def test_page_has_no_verdict_before_the_comparison(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    for login in ("linh", "som"):
        found = page(house, batch, login)
        assert found.verdict is None
        assert [r.outcome for r in found.rounds] == [None]
    house.check("som", batch, {1: "CRK"})
    assert page(house, batch, "som").verdict == "rejected"


def test_page_for_the_second_person_asks_for_nothing_the_first_found(
    house: House, statements: Collected
) -> None:
    batch = house.batch()
    first = house.check("linh", batch, {1: "CRK"})
    with house.database.reading() as connection:
        entries = {
            str(row[0])
            for row in connection.exec_driver_sql(
                "SELECT seq FROM line WHERE type IN ('check.recorded', 'check.signed')"
            )
        }
    with statements() as asked:
        page(house, batch, "som")
        rows = timeline(house, batch, "som")
    for text, values in asked:
        assert not any(table in text for table in CHECK_TABLES)
        if "body" in text:
            assert not entries & set(_plain(values))
    assert first.fact.record not in repr(rows)


def _plain(values: object) -> list[str]:
    found = values.values() if isinstance(values, dict) else values
    return [str(value) for value in found]  # type: ignore[attr-defined]


def test_page_is_the_same_whatever_the_first_check_found(house: House) -> None:
    pages = []
    for defects in ({}, {1: "CRK", 2: "DEN"}):
        batch = house.batch()
        house.check("linh", batch, defects)
        found = page(house, batch, "som")
        facts = [(row.kind, sorted(row.facts)) for row in timeline(house, batch, "som")]
        pages.append((found.state, found.verdict, found.may and [m.allowed for m in found.may], facts))
    assert pages[0] == pages[1]


def test_words_of_a_hold_are_closed_to_whoever_may_be_second(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    batch = house.batch()
    house.check("linh", batch)
    house.use.stop_batch(house.sittings["tu"], batch, "safety", "crack on unit 3")
    assert page(house, batch, "som").hold_reason is None
    assert page(house, batch, "som").hold_kind == "safety"
    assert page(house, batch, "som").hold_by == "Trần Tú"
    assert page(house, batch, "tu").hold_reason == "crack on unit 3"
    assert page(house, batch, "linh").hold_reason == "crack on unit 3"
    assert "crack" not in repr(timeline(house, batch, "som"))
    assert "crack" in repr(timeline(house, batch, "tu"))
    house.check("som", batch)
    assert page(house, batch, "som").hold_reason == "crack on unit 3"
    assert "crack" in repr(timeline(house, batch, "som"))


def test_words_open_to_others_only_once_it_is_put_down_that_they_saw(house: House) -> None:
    house.enrol("own", "Ola Owner", "planner")
    batch = house.batch()
    house.check("linh", batch)
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "crack on unit 3")
    assert page(house, batch, "own").hold_reason is None
    house.use.look_at_first(house.sittings["own"], batch, "screen")
    assert page(house, batch, "own").hold_reason == "crack on unit 3"


def test_words_open_to_whoever_gave_up_the_second_place(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    batch = house.batch()
    house.check("linh", batch)
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "crack on unit 3")
    house.use.give_up_place(house.sittings["som"], batch, "must know")
    assert page(house, batch, "som").hold_reason == "crack on unit 3"


def test_words_before_a_round_are_closed_to_whoever_could_check(house: House) -> None:
    house.enrol("own", "Ola Owner", "planner")
    batch = house.batch()
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "crack on unit 3")
    assert page(house, batch, "som").hold_reason is None
    assert page(house, batch, "own").hold_reason == "crack on unit 3"


def test_why_a_check_was_set_aside_is_closed_to_whoever_may_be_second(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.use.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "CRK"),)))
    house.use.set_aside(house.sittings["linh"], started.check, "crack, going home")
    assert "crack" not in repr(page(house, batch, "som"))
    assert "crack" not in repr(timeline(house, batch, "som"))
    assert "crack" in repr(timeline(house, batch, "linh"))
    assert [c.reason for r in page(house, batch, "linh").rounds for c in r.checks] == ["crack, going home"]


def test_what_was_taken_back_stays_closed_until_the_goods_are_compared(house: House) -> None:
    batch = house.batch()
    signed = house.check("linh", batch, {1: "CRK"})
    house.use.retract_check(house.hands["linh"], signed.fact.check, "wrong crack")
    assert "crack" not in repr(timeline(house, batch, "som"))
    assert "verdict" not in repr(timeline(house, batch, "som"))
    house.check("linh", batch)
    house.check("som", batch)
    assert "wrong crack" in repr(timeline(house, batch, "som"))


# History ----------------------------------------------------------------------------------------------------------


def test_entries_of_a_first_check_show_to_its_person_only(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    for unit in (1, 2, 3):
        house.use.record(house.sittings["linh"], Entries(started.check, results=(NewResult(unit),)))
    assert "check.recorded" not in kinds(house, batch, "som")
    (run,) = [row for row in timeline(house, batch, "linh") if row.kind == "check.recorded"]
    assert (run.count, run.facts, run.person) == (3, {}, house.id("linh"))


def test_second_entries_are_closed_to_the_first_person(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.record("som", house.start("som", batch))
    assert [row.person for row in timeline(house, batch, "linh") if row.kind == "check.recorded"] == [
        house.id("linh")
    ]


def test_after_the_comparison_everybody_sees_the_entries(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    batch = house.accepted()
    runs = [row for row in timeline(house, batch, "tu") if row.kind == "check.recorded"]
    assert [row.person for row in runs] == [house.id("linh"), house.id("som")]


def test_verdict_of_the_first_signature_shows_after_the_comparison(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    (signed,) = [row for row in timeline(house, batch, "som") if row.kind == "check.signed"]
    assert (signed.facts, signed.act) == ({"place": "first"}, True)
    (own,) = [row for row in timeline(house, batch, "linh") if row.kind == "check.signed"]
    assert own.facts["verdict"] == "accepted"
    house.check("som", batch)
    both = [row.facts["verdict"] for row in timeline(house, batch, "som") if row.kind == "check.signed"]
    assert both == ["accepted", "accepted"]


def test_history_is_told_in_order_with_its_facts(house: House) -> None:
    batch = house.released()
    house.use.ship_batch(house.sittings["som"], batch, 5, "Hamburg")
    rows = timeline(house, batch, "linh")
    assert [row.kind for row in rows] == [
        "batch.saved",
        "round.opened",
        "check.started",
        "check.recorded",
        "check.signed",
        "check.started",
        "check.recorded",
        "check.signed",
        "round.compared",
        "batch.released",
        "batch.shipped",
    ]
    opened, shipped = rows[1].facts, rows[-1].facts
    assert (opened["procedure"], opened["version"], opened["no"]) == ("IP-204", "1", "1")
    assert (shipped["quantity"], shipped["to"], shipped["on"]) == ("5", "Hamburg", "2026-03-02")
    assert rows[8].facts["outcome"] == "accepted"


def test_open_decision_shows_no_entries_to_others(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    batch = house.disagreed()
    started = house.start("tu", batch)
    settled = (Resolution(1, "CRK", "critical", 1, holds=False),)
    house.use.resolve(house.sittings["tu"], started.check, settled)
    assert "check.resolved" not in kinds(house, batch, "linh")
    assert "check.resolved" in kinds(house, batch, "tu")
    house.use.decide(house.hands["tu"], started.check)
    assert "check.resolved" in kinds(house, batch, "linh")


# Facts ------------------------------------------------------------------------------------------------------------


def test_page_shows_rounds_checks_and_signatures(house: House) -> None:
    batch = house.released(quantity=20)
    house.use.ship_batch(house.sittings["som"], batch, 5, "Hamburg", document="D-1")
    found = page(house, batch, "linh")
    (opened,) = found.rounds
    assert (opened.no, opened.procedure, opened.version, opened.outcome) == (1, "IP-204", 1, "accepted")
    assert [(c.place, c.person_name, c.state) for c in opened.checks] == [
        ("first", "Nguyễn Thị Linh", "signed"),
        ("second", "สมชาย ศรีสุข", "signed"),
    ]
    assert [(s.meaning, s.role) for s in found.signatures] == [
        ("I inspected", "inspector"),
        ("I inspected independently", "inspector"),
        ("I release", "releaser"),
    ]
    assert [(s.quantity, s.to, s.document, s.by) for s in found.shipments] == [
        (5, "Hamburg", "D-1", "สมชาย ศรีสุข")
    ]
    assert (found.released, found.shipped, found.verdict) == (20, 5, "accepted")
    assert (found.registered_by, found.header.supplier_name) == ("Nguyễn Thị Linh", "Cơ khí Đông Á")


def test_rejected_after_all_is_the_rounds_outcome(house: House) -> None:
    batch = house.disagreed()
    assert page(house, batch, "linh").verdict == "disagreed"
    house.use.reject_after_all(house.hands["linh"], batch, "seen it now")
    assert page(house, batch, "linh").verdict == "rejected"


def test_new_round_has_no_verdict_and_keeps_the_earlier_one(house: House) -> None:
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Tư"),), knowing=True)
    found = page(house, batch, "linh")
    assert (found.verdict, found.next_severity, found.reworkers) == (None, "tightened", ("Tư",))
    assert [r.outcome for r in found.rounds] == ["rejected"]
    house.start("linh", batch)
    assert [r.outcome for r in page(house, batch, "linh").rounds] == ["rejected", None]


def test_unknown_batch_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_batch"):
        page(house, "nowhere", "linh")


def test_who_repaired_is_told_apart_from_who_reworked(house: House) -> None:
    house.approve()
    both, said = (house.hands["linh"], house.hands["som"]), []
    for way in ("rework", "repair"):
        number = house.rejected()
        house.use.dispose_batch(*both, number, way, "weld")
        house.use.record_rework(house.sittings["linh"], number, (house.maker(f"Anh {way}"),))
        batch = house.use.read.batch_by_number(number)
        said += [
            events.line(row.kind, row.facts, Catalogue())
            for row in timeline(house, batch, "linh")
            if row.kind == "batch.reworked"
        ]
    assert said == [
        "Reworked by Anh rework; the next round is tightened.",
        "Repaired by Anh repair; the next round is tightened.",
    ]
