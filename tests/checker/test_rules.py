# SPDX-License-Identifier: Apache-2.0
"""Each rule with a log that breaks it: written past the program, well signed and chained, and found all the same."""

# ruff: noqa: ANN401, E501 - bodies of events, each on few lines

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from qcdesk.checker.findings import not_voided
from qcdesk.checker.lines import Line, Row
from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.rules.replay import RULES, Replay
from qcdesk.checker.walk import Standing, Walk
from qcdesk.statistics.capture import estimate_missed
from tests.checker.book import DAY, PRODUCT, SIZE, Book, Pen, name_of, person

Deed = Callable[[Book], Any]


def ready() -> Book:
    """Return a workspace of An and Bo, who hold every role, and of Chi, who inspects and arbitrates."""
    book = Book().opened()
    book.enrol("chi", ["inspector", "arbiter", "releaser"])
    return book


def test_a_whole_life_within_the_rules_holds() -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    book.release("chi", batch, round_, checks)
    book.entry("an", "batch.shipped", shipped(batch, 20))
    again = book.batch("B-2")
    round_ = book.round(again, number="B-2")
    book.both(again, round_, [(1, "CRK")], [(1, "CRK")])
    book.act("an", "batch.disposed", {"batch": again, "round": round_, "disposition": "rework", "quantity": 20,
                                      "reason": "polish"}, ["bo"])  # fmt: skip
    book.entry("an", "batch.reworked", {"batch": again, "by": [person("chi")], "note": ""})
    critical = book.rounds[round_].opened["sample"][0]
    book.round(again, 2, number="B-2", plan=book.plan(20, "tightened"), must_include=[critical])
    assert book.codes() == set()


def shipped(batch: str, quantity: int, name: str = "s") -> dict[str, Any]:
    return {"batch": batch, "shipment": name_of(batch, name), "quantity": quantity, "to": "ACME", "on": "2026-03-02",
            "document": ""}  # fmt: skip


def held(batch: str) -> dict[str, Any]:
    return {"batch": batch, "hold": name_of(batch, "hold"), "kind": "other", "reason": "call"}


# People ---------------------------------------------------------------------------------------------------------


def enrol_with_one(book: Book) -> None:
    book.enrol("dan", ["inspector"], by=("an",))


def enrol_without_administrator(book: Book) -> None:
    book.enrol("dan", ["inspector"])
    book.enrol("eve", ["releaser"], by=("chi", "dan"))


def enrol_a_look_alike(book: Book) -> None:
    book.enrol("dan", ["inspector"], name="C hi")


def enrol_a_taken_login(book: Book) -> None:
    book.enrol("dan", ["inspector"], login="chi")


def grant_alone(book: Book) -> None:
    book.act("an", "role.granted", {"person": person("chi"), "grant": {"role": "planner"}})


def grant_by_administrator_to_self(book: Book) -> None:
    book.enrol("dan", ["administrator"])
    book.act("dan", "role.granted", {"person": person("dan"), "grant": {"role": "releaser"}}, ["chi"])


def take_without_administrator(book: Book) -> None:
    book.act("chi", "role.taken", {"person": person("an"), "role": "releaser"})


def suspend_without_administrator(book: Book) -> None:
    book.act("chi", "person.suspended", {"person": person("an"), "reason": "x"})


def act_while_suspended(book: Book) -> None:
    book.act("an", "person.suspended", {"person": person("chi"), "reason": "x"})
    book.round(book.batch(), by="chi")


def lift_alone(book: Book) -> None:
    book.act("an", "person.suspended", {"person": person("chi"), "reason": "x"})
    book.act("an", "person.lifted", {"person": person("chi")})


def qualify_alone(book: Book) -> None:
    book.act("an", "qualification.granted", {"person": person("an"), "procedure": "IP-1", "until": None})


def entry_by_an_auditor(book: Book) -> None:
    book.enrol("aud", ["auditor"])
    book.batch("B-9", by="aud")


def grant_beside_an_auditor(book: Book) -> None:
    book.enrol("aud", ["auditor"])
    book.act("an", "role.granted", {"person": person("chi"), "grant": {"role": "planner"}}, ["aud"])


def rename_beside_an_auditor(book: Book) -> None:
    book.enrol("aud", ["auditor"])
    book.act("aud", "person.renamed", {"person": person("chi"), "name": "Huy Tran"}, ["an"])


def qualify_beside_nobody_with_a_role(book: Book) -> None:
    book.act("an", "role.taken", {"person": person("chi"), "role": "inspector"})
    for role in ("arbiter", "releaser"):
        book.act("an", "role.taken", {"person": person("chi"), "role": role})
    book.act(
        "an", "qualification.granted", {"person": person("bo"), "procedure": "IP-1", "until": None}, ["chi"]
    )


def badge_beside_an_auditor(book: Book) -> None:
    book.enrol("aud", ["auditor"])
    body = {"person": person("an"), "badge": name_of("badge"), "key": book.pens["an"].id, "seal": "0" * 64}
    book.act("an", "badge.issued", body, ["aud"])


def give_up_a_place_as_auditor(book: Book) -> None:
    book.enrol("aud", ["auditor"])
    batch = book.batch()
    round_ = book.round(batch)
    book.entry("aud", "place.given_up", {"batch": batch, "round": round_, "reason": "x"})


def open_a_second_time(book: Book) -> None:
    first = book.newborn("dan", "7")
    book.act("dan", "workspace.opened", {"vault": book.vault, "shop": "S", "people": [first, first],
                                         "recovery_public_key": "00" * 32})  # fmt: skip


# Procedures -----------------------------------------------------------------------------------------------------


def approve_own(book: Book) -> None:
    book.procedure(2, by="an", approver="an")


def approve_without_role(book: Book) -> None:
    book.procedure(2, by="an", approver="chi")


def approve_another_text(book: Book) -> None:
    book.act(
        "bo",
        "procedure.approved",
        {"code": "IP-1", "version": 1, "hash": "0" * 64, "open_batches": "continue"},
    )


def skip_a_version(book: Book) -> None:
    book.procedure(3)


def write_an_approved_one_again(book: Book) -> None:
    book.entry(
        "an",
        "procedure.drafted",
        {"code": "IP-1", "version": 1, "content": book.content, "hash": book.digest},
    )


def open_on_a_retired_one(book: Book) -> None:
    book.act("an", "procedure.retired", {"code": "IP-1", "version": 1, "reason": "old"})
    book.round(book.batch())


def open_when_overdue(book: Book) -> None:
    book.at += 400 * DAY
    book.round(book.batch())


def open_on_another_text(book: Book) -> None:
    book.content = {**book.content, "title": "Other"}
    book.round(book.batch())


# Rounds and checks ----------------------------------------------------------------------------------------------


def open_without_role(book: Book) -> None:
    book.enrol("pla", ["planner"])
    book.round(book.batch(), by="pla")


def open_twice(book: Book) -> None:
    batch = book.batch()
    book.round(batch)
    book.round(batch, 2)


def open_with_a_weaker_plan(book: Book) -> None:
    plan = book.plan(20)
    plan["classes"][1]["ac"] = 3
    book.round(book.batch(), plan=plan)


def open_with_a_small_sample(book: Book) -> None:
    book.round(book.batch(), sample=[3, 7])


def open_with_a_unit_twice(book: Book) -> None:
    book.round(book.batch(), sample=[3, 3, 1, 9, 12])


def open_with_another_header(book: Book) -> None:
    book.round(book.batch(), number="B-7")


def second_by_the_first(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    book.check("an", batch, round_, "first")
    book.check("an", batch, round_, "second")


def second_by_a_maker(book: Book) -> None:
    batch = book.batch(makers=["bo"])
    round_ = book.round(batch)
    book.check("an", batch, round_, "first")
    book.check("bo", batch, round_, "second")


def first_by_a_maker(book: Book) -> None:
    batch = book.batch(makers=["an"])
    book.check("an", batch, book.round(batch), "first")


def second_after_giving_up(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    book.check("an", batch, round_, "first")
    book.entry("bo", "place.given_up", {"round": round_, "batch": batch, "reason": "owner"})
    book.check("bo", batch, round_, "second")


def hidden_from_now_on(*, compared: bool) -> Deed:
    """Let a new version hide what Bo had opened in review, and go on with the values all the same."""

    def deed(book: Book) -> None:
        [bore] = book.content["characteristics"]
        book.procedure(2, characteristics=[{**bore, "mode": "review", "destructive": True}])
        batch = book.batch()
        round_ = book.round(batch)
        if compared:
            book.both(batch, round_)
        else:
            book.check("an", batch, round_, "first")
            book.start("bo", batch, round_, "second")
        book.write(characteristics=[bore])
        book.reinspect(batch)
        round_ = book.round(batch, 2, carries=round_)
        if not compared:
            book.both(batch, round_)

    return deed


def give_up_as_the_last(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    book.check("an", batch, round_, "first")
    for who in ("bo", "chi"):
        book.entry(who, "place.given_up", {"round": round_, "batch": batch, "reason": "owner"})


def look_while_still_possible(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    book.check("an", batch, round_, "first")
    book.entry("bo", "first.seen", {"round": round_, "batch": batch, "what": "page"})


def unqualified(book: Book) -> None:
    book.procedure(2, qualification_required=True)
    batch = book.batch()
    book.start("an", batch, book.round(batch), "first")


def qualification_over(book: Book) -> None:
    book.procedure(2, qualification_required=True)
    body = {"person": person("an"), "procedure": "IP-1", "until": "2026-02-20"}
    book.act("an", "qualification.granted", body, ["bo"])
    batch = book.batch()
    book.start("an", batch, book.round(batch), "first")


def arbiter_unqualified(book: Book) -> None:
    book.procedure(2, qualification_required=True)
    for who, other in (("an", "bo"), ("bo", "an")):
        qualify(book, who, other)
    decide(book, "chi", holds=True)


def order_unqualified(book: Book) -> None:
    book.procedure(2, qualification_required=True)
    for who, other in (("an", "bo"), ("bo", "an")):
        qualify(book, who, other)
    batch = book.batch()
    body = {"batch": batch, "round": book.round(batch), "hold": name_of("hold"), "reason": "x"}
    book.act("chi", "round.ordered", body)


def qualify(book: Book, who: str, other: str) -> None:
    body = {"person": person(who), "procedure": "IP-1", "until": None}
    book.act(other, "qualification.granted", body, [who])


def product_under_anothers_code(book: Book) -> None:
    book.batch()
    body = {"product": name_of(PRODUCT), "code": "NUT-1", "name": "Lid", "family": "lids"}
    book.entry("an", "product.saved", body)


def role_of_another_family(book: Book) -> None:
    book.enrol("dan", [{"role": "inspector", "families": ["nuts"], "until": None}])
    batch = book.batch()
    book.start("dan", batch, book.round(batch), "first")


def other_planner(book: Book) -> str:
    book.enrol("dan", [{"role": "planner", "families": ["nuts"], "until": None}])
    return "dan"


def written_by_a_planner_of_another_family(book: Book) -> None:
    book.procedure(2, by=other_planner(book))


def approved_by_a_planner_of_another_family(book: Book) -> None:
    book.procedure(2, approver=other_planner(book))


def retired_by_a_planner_of_another_family(book: Book) -> None:
    book.act(other_planner(book), "procedure.retired", {"code": "IP-1", "version": 1, "reason": "old"})


def grace_of_a_planner_of_another_family(book: Book) -> None:
    body = {"code": "IP-1", "version": 1, "until": "2026-04-01", "reason": "being rewritten"}
    book.act("an", "procedure.grace", body, [other_planner(book)])


def role_over(book: Book) -> None:
    book.enrol("dan", [{"role": "inspector", "families": [], "until": "2026-02-20"}])
    batch = book.batch()
    book.start("dan", batch, book.round(batch), "first")


def entry_in_anothers_check(book: Book) -> None:
    batch = book.batch()
    book.record(book.start("an", batch, book.round(batch), "first"), who="bo")


def started(book: Book) -> str:
    batch = book.batch()
    return book.start("an", batch, book.round(batch), "first")


def reading_out_of_limits_called_inside(book: Book) -> None:
    reading = {"id": name_of("r"), "unit": 1, "characteristic": "DIA", "typed": "13", "value": "13", "measure": "mm",
               "inside": True, "defect_class": "major"}  # fmt: skip
    book.record(started(book), measured=[reading])


def reading_not_as_typed(book: Book) -> None:
    reading = {"id": name_of("r"), "unit": 1, "characteristic": "DIA", "typed": "12.04", "value": "12.00",
               "measure": "mm", "inside": True, "defect_class": "major"}  # fmt: skip
    book.record(started(book), measured=[reading])


def reading_over_another(book: Book) -> None:
    check = started(book)
    book.record(check)
    book.record(check)


def defect_of_another_class(book: Book) -> None:
    finding = {"id": name_of("f"), "unit": 1, "code": "CRK", "defect_class": "minor"}
    book.record(started(book), findings=[finding])


def unit_beyond_the_sample(book: Book) -> None:
    book.record(started(book), results=[{"unit": 6}])


def left_out_against_the_procedure(book: Book) -> None:
    book.record(started(book), results=[{"unit": 1, "not_done": "gone"}])


def sign_without_a_planned_photo(book: Book) -> None:
    book.procedure(2, photo_classes=["critical"])
    check = started(book)
    book.record(check, [(1, "CRK")])
    book.sign(check)


def withdraw_without_reason(book: Book) -> None:
    check = started(book)
    book.record(check, findings=[{"id": name_of("f"), "unit": 1, "code": "DEN", "defect_class": "major"}])
    book.record(check, results=[], measured=[], withdrawn=[{"finding": name_of("f"), "reason": ""}])


def with_an_instrument_out_of_calibration(book: Book) -> None:
    book.entry("an", "instrument.saved", {"instrument": name_of("i"), "number": "C-1", "kind": "caliper",
                                          "calibrated_until": "2026-02-01", "blocked": False, "note": ""})  # fmt: skip
    reading = {"id": name_of("r"), "unit": 1, "characteristic": "DIA", "typed": "12", "value": "12", "measure": "mm",
               "inside": True, "defect_class": "major", "instrument": "C-1", "calibrated_until": "2026-02-01"}  # fmt: skip
    book.record(started(book), measured=[reading])


def signed_with_what_lapsed_while_the_clock_stood_behind(book: Book) -> None:
    book.entry("an", "instrument.saved", {"instrument": name_of("i"), "number": "C-1", "kind": "caliper",
                                          "calibrated_until": "2026-03-02"})  # fmt: skip
    reading = {"characteristic": "DIA", "typed": "12", "value": "12", "measure": "mm", "inside": True,
               "defect_class": "major", "instrument": "C-1", "calibrated_until": "2026-03-02"}  # fmt: skip
    check = started(book)
    book.at += 30 * DAY
    book.clock_behind = 30 * DAY
    book.record(check, measured=[{"id": name_of("r", u), "unit": u, **reading} for u in range(1, SIZE + 1)])
    book.clock_behind = 0
    assert "rule_instrument" not in book.codes()
    book.sign(check)


def signed_in_a_round_that_an_overdue_version_opened_while_the_clock_stood_behind(book: Book) -> None:
    batch = book.batch()
    book.at += 400 * DAY
    book.clock_behind = 400 * DAY
    check = book.start("an", batch, book.round(batch), "first")
    book.clock_behind = 0
    book.record(check)
    book.sign(check)


def with_an_instrument_never_calibrated(book: Book) -> None:
    book.entry("an", "instrument.saved", {"instrument": name_of("i"), "number": "C-1", "kind": "caliper",
                                          "calibrated_until": None})  # fmt: skip
    reading = {"id": name_of("r"), "unit": 1, "characteristic": "DIA", "typed": "12", "value": "12", "measure": "mm",
               "inside": True, "defect_class": "major", "instrument": "C-1"}  # fmt: skip
    book.record(started(book), measured=[reading])


def defect_of_the_catalogue_only(book: Book) -> None:
    book.entry("an", "defect_code.saved", {"code": "ZZZ", "name": "Other", "defect_class": "minor"})
    finding = {"id": name_of("f"), "unit": 1, "code": "ZZZ", "defect_class": "minor"}
    book.record(started(book), findings=[finding])


def stop_without_a_reason(book: Book) -> None:
    book.entry("an", "batch.held", {**held(book.batch()), "reason": " "})


def ship_to_nobody(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.release("bo", batch, round_, checks)
    book.entry("an", "batch.shipped", {**shipped(batch, 5), "to": ""})


def take_a_release_back_without_a_reason(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.release("bo", batch, round_, checks)
    book.act("bo", "batch.withdrawn", {"batch": batch, "reason": "\n"})


def correct_the_clock_without_a_word(book: Book) -> None:
    book.act("an", "clock.corrected", {"true_time": book.at + 1_000_000, "said": ""}, ["bo"])


def sign_while_the_clock_is_blocked(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.clock_behind = 120_000_001
    book.release("bo", batch, round_, checks)


def with_an_instrument(number: str | None) -> Deed:
    """Read a bore, which the procedure measures with a caliper, with the tape T-1 or with none."""

    def deed(book: Book) -> None:
        for name, kind in (("C-1", "caliper"), ("T-1", "tape")):
            book.entry("an", "instrument.saved", {"instrument": name_of(name), "number": name, "kind": kind,
                                                  "calibrated_until": "2027-02-01"})  # fmt: skip
        [bore] = book.content["characteristics"]
        book.procedure(2, characteristics=[{**bore, "instrument_type": "Caliper"}])
        reading = {"id": name_of("r"), "unit": 1, "characteristic": "DIA", "typed": "12", "value": "12", "measure": "mm",
                   "inside": True, "defect_class": "major", "instrument": number,
                   "calibrated_until": "2027-02-01" if number else None}  # fmt: skip
        book.record(started(book), measured=[reading])

    return deed


def sign_half_a_check(book: Book) -> None:
    check = started(book)
    book.record(check, results=[{"unit": 1}])
    book.sign(check)


def signing(**changes: Any) -> Deed:
    def deed(book: Book) -> None:
        check = started(book)
        book.record(check, [(1, "CRK")])
        book.sign(check, **changes)

    return deed


def sign_anothers(book: Book) -> None:
    check = started(book)
    book.record(check)
    book.sign(check, by="bo")


def two_signed(book: Book, a: Any = (), b: Any = ()) -> tuple[str, str]:
    batch = book.batch()
    round_ = book.round(batch)
    return book.check("an", batch, round_, "first", a), book.check("bo", batch, round_, "second", b)


def compare_as(a: Any = (), b: Any = (), **changes: Any) -> Deed:
    def deed(book: Book) -> None:
        book.compare(*two_signed(book, a, b), **changes)

    return deed


def compare_one_check(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    check = book.check("an", batch, round_, "first")
    book.compare(check, check)


def compare_later(book: Book) -> None:
    checks = two_signed(book)
    book.batch("B-5")
    book.compare(*checks)


def disagree(book: Book) -> tuple[str, str, tuple[str, str]]:
    batch = book.batch()
    round_ = book.round(batch)
    return batch, round_, book.both(batch, round_, [], [(1, "CRK")])


def decide(book: Book, who: str, holds: bool, **changes: Any) -> None:
    batch, round_, checks = disagree(book)
    check = book.start(who, batch, round_, "third")
    resolutions = [
        {"unit": 1, "code": "CRK", "defect_class": "critical", "count": 1, "holds": holds, "note": ""}
    ]
    book.entry(
        who, "check.resolved", {"check": check, "batch": batch, "round": round_, "resolutions": resolutions}
    )
    classes, outcome = book.judged({(1, "CRK"): ("critical", 1)} if holds else {})
    book.act(who, "round.decided", {"check": check, "batch": batch, "round": round_, "meaning": "I decide",
             "resolutions": resolutions, "classes": classes, "outcome": outcome, "record": book.record_of(check),
             "over": [*(book.hashes[c] for c in checks), book.hashes[round_]], **changes})  # fmt: skip


def decide_over_the_own_check_set_aside(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    aside = book.start("chi", batch, round_, "first")
    book.entry("chi", "check.set_aside", {"check": aside, "batch": batch, "round": round_, "place": "first",
                                          "reason": "called away"})  # fmt: skip
    book.both(batch, round_, [], [(1, "CRK")])
    book.start("chi", batch, round_, "third")


def again_with_a_critical(book: Book) -> None:
    batch, round_, _ = disagree(book)
    book.act("an", "round.again", {"batch": batch, "round": round_, "reason": "x"}, ["bo"])


def reject_by_a_third(book: Book) -> None:
    batch, round_, _ = disagree(book)
    book.act("chi", "round.rejected_after_all", {"batch": batch, "round": round_, "reason": "x"})


def retract_anothers(book: Book) -> None:
    checks = two_signed(book)
    said = book.entries[checks[0]]
    book.act("bo", "check.retracted", {"check": checks[0], "batch": said["batch"], "round": said["round"],
             "reason": "x", "then": "new_round", "used_again": False, "hold": None})  # fmt: skip


# Release and after ----------------------------------------------------------------------------------------------


def releasing(who: str, **changes: Any) -> Deed:
    def deed(book: Book) -> None:
        batch, round_, checks = book.accepted()
        book.release(who, batch, round_, checks, **changes)

    return deed


def release_alone(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    check = book.check("an", batch, round_, "first")
    book.release("bo", batch, round_, [check])


def release_over_a_decision_taken_back(book: Book) -> None:
    decide(book, "chi", holds=False)
    check, said = next((c, e) for c, e in book.entries.items() if e["place"] == "third")
    batch, round_ = said["batch"], said["round"]
    hold = {"batch": batch, "hold": name_of(batch, "hold")}
    book.act("chi", "check.retracted", {"check": check, "round": round_, "reason": "x", "then": "held",
                                        "used_again": True, **hold})  # fmt: skip
    book.act("an", "batch.lifted", {**hold, "reason": "x"}, ["bo"])
    book.release("bo", batch, round_, [c for c in book.entries if c != check])


def release_without_role(book: Book) -> None:
    book.enrol("dan", ["inspector"])
    releasing("dan")(book)


def release_by_the_second_where_a_third_is_asked(book: Book) -> None:
    book.act("an", "shop.changed", {"name": "S", "address": "", "logo": None, "paper": "A4",
                                    "third_person_releases": True})  # fmt: skip
    releasing("bo")(book)


def release_what_is_held(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.entry("an", "batch.held", held(batch))
    book.release("bo", batch, round_, checks)


def lift_by_one(book: Book) -> None:
    batch = book.batch()
    book.entry("an", "batch.held", held(batch))
    book.act("an", "batch.lifted", {"batch": batch, "hold": name_of(batch, "hold"), "reason": "x"})


def lift_without_the_role(book: Book) -> None:
    book.enrol("dan", ["inspector"])
    batch = book.batch()
    book.entry("an", "batch.held", held(batch))
    book.act("an", "batch.lifted", {"batch": batch, "hold": name_of(batch, "hold"), "reason": "x"}, ["dan"])


def ship_more(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.release("bo", batch, round_, checks)
    for name in ("1", "2"):
        book.entry("an", "batch.shipped", shipped(batch, 15, name))


def leave_on(kind: str, on: str) -> Deed:
    def deed(book: Book) -> None:
        batch, round_, checks = book.accepted()
        book.release("bo", batch, round_, checks)
        said = {**shipped(batch, 1), "on": on}
        book.entry("an", kind, said if kind == "batch.shipped" else {**said, "reason": "x"})

    return deed


def test_goods_leave_on_the_day_of_their_release_and_the_next_and_a_batch_that_left_is_stopped() -> None:
    for on in ("2026-03-02", "2026-03-03"):
        book = ready()
        leave_on("batch.shipped", on)(book)
        batch = name_of("batch", "B-1")
        book.entry("an", "batch.shipped", shipped(batch, 19, "rest"))
        book.entry("an", "batch.held", held(batch))
        assert book.codes() == set()


def ship_unreleased(book: Book) -> None:
    book.entry("an", "batch.shipped", shipped(book.accepted()[0], 1))


def dispose_alone(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    book.both(batch, round_, [(1, "CRK")], [(1, "CRK")])
    book.act("an", "batch.disposed", {"batch": batch, "round": round_, "disposition": "rework", "quantity": 20,
                                      "reason": "x"})  # fmt: skip


def everybody_reworked(book: Book, *beside: str) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    book.both(batch, round_, [(1, "CRK")], [(1, "CRK")])
    said = {"batch": batch, "round": round_, "disposition": "rework", "quantity": 20, "reason": "x"}
    book.act("an", "batch.disposed", said, ["bo"])
    people = [person(p) for p in ("an", "bo", "chi")]
    book.entry("an", "batch.reworked", {"batch": batch, "by": people, "note": ""}, beside)


def test_that_everybody_reworked_two_put_down() -> None:
    book = ready()
    everybody_reworked(book, "bo")
    assert book.codes() == set()


def cancel_what_was_begun(book: Book) -> None:
    batch = book.batch()
    book.start("an", batch, book.round(batch), "first")
    book.entry("an", "batch.cancelled", {"batch": batch, "reason": "x"})


def change_after_opening(book: Book) -> None:
    batch = book.batch()
    book.round(batch)
    book.batch(quantity=40)
    assert batch


def number_of_another(book: Book) -> None:
    book.batch()
    book.entry("an", "batch.saved", {"batch": name_of("x"), "number": "B-1", "product": name_of("P-1"), "quantity": 5,
                                     "supplier": name_of("supplier")})  # fmt: skip


def saved_batch(book: Book, batch: str, number: str, seen: int | None) -> int:
    """Save a batch as a program does that says which record was read (None: an older program); its line."""
    said = {
        "batch": batch,
        "number": number,
        "product": name_of(PRODUCT),
        "quantity": 20,
        "supplier": name_of("supplier"),
    }
    book.entry("an", "batch.saved", said if seen is None else {**said, "seen": seen})
    return book.rows[-1].seq


def number_had_by_another(book: Book) -> None:
    first = saved_batch(book, name_of("a"), "A-1", 0)
    saved_batch(book, name_of("a"), "A-2", first)
    saved_batch(book, name_of("b"), "A-1", 0)


def rename_what_is_held(book: Book) -> None:
    first = saved_batch(book, name_of("a"), "A-1", 0)
    book.entry("bo", "batch.held", held(name_of("a")))
    saved_batch(book, name_of("a"), "A-2", first)


def cancel_what_is_held(book: Book) -> None:
    saved_batch(book, name_of("a"), "A-1", 0)
    book.entry("bo", "batch.held", held(name_of("a")))
    book.entry("an", "batch.cancelled", {"batch": name_of("a"), "reason": "x"})


def change_unread(seen: int | None) -> Deed:
    def deed(book: Book) -> None:
        first = saved_batch(book, name_of("a"), "A-1", 0)
        saved_batch(book, name_of("a"), "A-1", first)
        saved_batch(book, name_of("a"), "A-1", seen)

    return deed


def withdraw_by_anybody(book: Book) -> None:
    book.enrol("dan", ["inspector"])
    batch, round_, checks = book.accepted()
    book.release("bo", batch, round_, checks)
    book.act("dan", "batch.withdrawn", {"batch": batch, "reason": "x"})


def time_runs_back(book: Book) -> None:
    book.at -= DAY
    book.batch()


def entry_after_the_sitting(book: Book) -> None:
    book.entry("an", "session.closed", {"session": book.sittings["an"][0]})
    book.batch()


def act_by_the_key_of_a_sitting(book: Book) -> None:
    session, pen = book.sittings["an"]
    book.line("batch.withdrawn", {"batch": book.batch(), "reason": "x"}, "an", pen, session)


def entry_by_a_persons_key(book: Book) -> None:
    body = {"supplier": name_of("s2"), "code": "S-2", "name": "S"}
    book.act("an", "supplier.saved", body)


def in_anothers_name(book: Book) -> None:
    session, pen = book.sittings["an"]
    book.line("supplier.saved", {"supplier": name_of("s2"), "code": "S-2", "name": "S"}, "bo", pen, session)


def the_same_key_again(book: Book) -> None:
    _, pen = book.sittings["an"]
    book.act("bo", "session.opened", {"session": name_of("new"), "key": pen.id, "public_key": pen.public})


# What is signed over, and what the log says -----------------------------------------------------------------------


def name_by_one(book: Book) -> None:
    book.act("an", "person.changed", {"person": person("chi"), "name": "Huy Tran", "languages": []})


def languages_without_administrator(book: Book) -> None:
    book.act("chi", "person.changed", {"person": person("an"), "name": "An", "languages": ["vi"]})


def renamed_to_a_look_alike(book: Book) -> None:
    book.act("an", "person.renamed", {"person": person("chi"), "name": "B o"}, ["bo"])


def shop_without_administrator(book: Book) -> None:
    body = {"name": "S", "address": "", "logo": None, "paper": "A4", "third_person_releases": False}
    book.act("chi", "shop.changed", body)


def shop(third: bool) -> dict[str, Any]:
    return {"name": "S", "address": "", "logo": None, "paper": "A4", "third_person_releases": third}


def no_third_releaser_by_one(book: Book) -> None:
    book.act("an", "shop.changed", shop(third=True))
    book.act("bo", "shop.changed", shop(third=False))


def no_third_releaser_by_two_who_do_not_administer(book: Book) -> None:
    book.enrol("dan", ["inspector"])
    book.act("an", "shop.changed", shop(third=True))
    book.act("chi", "shop.changed", shop(third=False), ["dan"])


def test_two_let_the_third_releaser_be_and_one_asks_for_one() -> None:
    book = ready()
    book.act("an", "shop.changed", shop(third=True))
    book.act("an", "shop.changed", shop(third=True))
    book.act("chi", "shop.changed", shop(third=False), ["bo"])
    releasing("bo")(book)
    assert book.codes() == set()


def called(what: str, *beside: str, **changes: str) -> Deed:
    """Let a product or supplier, of which a batch is registered, be called otherwise."""

    def deed(book: Book) -> None:
        book.batch(f"B {book.seq}")
        names = {"product": ("P-1", "P-1", "Lid"), "supplier": ("supplier", "S-1", "Supplier")}
        id_, code, name = names[what]
        body = {what: name_of(id_), "code": code, "name": name}
        body |= {"family": "lids"} if what == "product" else {}
        book.entry("an", f"{what}.saved", {**body, **changes}, beside)

    return deed


GAUGE = {
    "instrument": name_of("gauge"),
    "number": "CAL-1",
    "kind": "caliper",
    "calibrated_until": "2026-02-01",
}


def gauge(*beside: str, **changes: Any) -> Deed:
    """Keep an instrument, and write over it."""

    def deed(book: Book) -> None:
        over = book.entry("an", "instrument.saved", {**GAUGE, "blocked": True})[0]
        over = book.entry(
            "an", "instrument.saved", {**GAUGE, "calibrated_until": None, "blocked": True, "over": over}
        )[0]
        book.entry(
            "an",
            "instrument.saved",
            {**GAUGE, "calibrated_until": None, "blocked": True, "over": over, **changes},
            beside,
        )

    return deed


def test_instrument_measures_less_by_one_and_longer_or_again_by_two() -> None:
    book = ready()
    gauge(note="drawer 3")(book)
    assert book.codes() == set()
    for changes in (
        {"calibrated_until": "2027-01-01"},
        {"blocked": False},
        {"kind": "tape"},
        {"number": "CAL-2"},
    ):
        book = ready()
        gauge("bo", **changes)(book)
        assert book.codes() == set()


def test_instrument_of_an_older_log_was_calibrated_anew_by_one() -> None:
    book = ready()
    book.entry("an", "instrument.saved", GAUGE)
    book.entry("an", "instrument.saved", {**GAUGE, "calibrated_until": "2027-01-01"})
    assert book.codes() == set()


def called_elsewhere(book: Book) -> None:
    """The country is asked of two once the log says over what was written; older logs let one say it."""
    gauge()(book)
    book.batch("B-E")
    body = {"supplier": name_of("supplier"), "code": "S-1", "name": "Supplier", "country": "DE"}
    over = next(row[0] for row in book.rows if b'"supplier.saved"' in row[1])
    book.entry("an", "supplier.saved", {**body, "over": over})


def written_over_nothing_said(book: Book) -> None:
    """Once what is kept says over what it was written, nothing is written without."""
    gauge()(book)
    body = {"supplier": name_of("supplier"), "code": "S-1", "name": "Supplier", "note": "call first"}
    book.entry("an", "supplier.saved", body)


def called_beside_an_auditor(book: Book) -> None:
    book.enrol("aud", ["auditor"])
    called("supplier", "aud", name="Other")(book)


def test_name_that_stays_takes_one_and_another_takes_two() -> None:
    book = ready()
    book.enrol("aud", ["auditor"])
    book.enrol("dan", ["inspector"], by=("an", "bo"))
    called("supplier", "aud", note="call first")(
        book
    )  # whoever signs beside where one is enough adds nothing
    called("product", "aud", "dan", note="in boxes")(book)
    for deed in (called("product"), called("supplier"), called("product", "bo", name="Cover")):
        deed(book)
    assert book.codes() == set()


def header_with(**changes: Any) -> Deed:
    def deed(book: Book) -> None:
        batch = book.batch(makers=["chi"])
        good = {"number": "B-1", "product_code": "P-1", "product_name": "Lid", "revision": "", "unit": "pcs",
                "quantity": 20, "supplier_code": "S-1", "supplier_name": "Supplier", "line": "", "order": "",
                "makers": ["Chi"], "made_on": None, "ship_by": None}  # fmt: skip
        book.round(batch, header=good)
        assert book.codes() == set()
        other = book.batch("B-2", makers=["chi"])
        book.round(other, number="B-2", header={**good, "number": "B-2", **changes})

    return deed


def plan_with(**changes: Any) -> Deed:
    def deed(book: Book) -> None:
        plan = book.plan(20)
        plan["classes"][1] |= changes
        book.round(book.batch(), plan=plan)

    return deed


def table_says_otherwise(book: Book) -> None:
    plan = book.plan(20)
    plan["classes"][1]["table"] |= {"ac": 2}
    book.round(book.batch(), plan=plan)


def sign_another_record(book: Book) -> None:
    batch = book.batch()
    check = book.start("an", batch, book.round(batch), "first")
    book.record(check)
    told = book.rounds[book.entries[check]["round"]]
    own = told.checks[check]
    entry = own.entries[0]["entry"]
    forged = {**entry, "measured": [{**m, "typed": "99.99", "value": "99.99"} for m in entry["measured"]]}
    own.entries[0] = {**own.entries[0], "entry": forged}
    book.sign(check)


def release_another_record(book: Book) -> None:
    batch, round_, checks = book.accepted()
    told = book.rounds[round_]
    told.opened = {**told.opened, "header": {**told.opened["header"], "product_name": "Hip joint"}}
    book.release("bo", batch, round_, checks)


def decide_over_another_record(book: Book) -> None:
    decide(book, "chi", holds=False, record="0" * 64)


def comparison_with(**changes: Any) -> Deed:
    def deed(book: Book) -> None:
        said = book.comparison({}, {(1, "DEN"): ("major", 1)})
        compare_as((), [(1, "DEN")], comparison={**said, **changes})(book)

    return deed


def missed_nothing(book: Book) -> None:
    said = book.comparison({}, {(1, "DEN"): ("major", 1)})
    said["total"]["estimate"] |= {"batch": "0.000000", "batch_high": 0, "reliable": True}
    compare_as((), [(1, "DEN")], comparison=said)(book)


def compared_by_an_earlier_program(book: Book) -> dict[str, Any]:
    """Return what an earlier program wrote: the exact interval, no bound, and no method."""
    said = book.comparison({}, {(1, "DEN"): ("major", 1)})
    for part in (said["total"], *said["classes"]):
        figures = part["estimate"]
        counts = figures["first"], figures["second"], figures["both"], figures["sample"]
        exact = estimate_missed(*counts, method="exact")
        figures |= {"missed_low": exact.missed_low, "missed_high": exact.missed_high}
        del figures["at_least"], figures["method"]
    return said


def interval_of_an_earlier_program_under_the_new_name(book: Book) -> None:
    said = compared_by_an_earlier_program(book)
    for part in (said["total"], *said["classes"]):
        part["estimate"]["method"] = "posterior"
    compare_as((), [(1, "DEN")], comparison=said)(book)


def type_what_is_no_number(typed: str) -> Deed:
    def deed(book: Book) -> None:
        batch = book.batch()
        round_ = book.round(batch)
        check = book.start("an", batch, round_, "first")
        reading = {"id": name_of(check, "x"), "unit": 1, "characteristic": "DIA", "typed": typed, "value": "12.00",
                   "measure": "mm", "inside": True, "defect_class": "major"}  # fmt: skip
        book.entry(
            "an", "check.recorded", {"check": check, "batch": batch, "round": round_, "measured": [reading]}
        )

    return deed


def carry_what_was_not_there(book: Book) -> None:
    batch = book.batch()
    book.both(batch, book.round(batch))
    book.reinspect(batch)
    round_ = book.round(batch, 2, carries=name_of("round", batch, 1))
    check = book.start("an", batch, round_, "first")
    reading = {"id": name_of(check, "x"), "unit": 1, "characteristic": "DIA", "typed": "12.03", "value": "12.03",
               "measure": "mm", "inside": True, "defect_class": "major", "instrument": "GOLD",
               "calibrated_until": "2099-01-01"}  # fmt: skip
    body = {"check": check, "batch": batch, "round": round_, "measured": [reading]}
    book.entry("an", "check.recorded", {**body, "carried_from": name_of("round", batch, 1)})


def carry_where_nothing_is_carried(book: Book) -> None:
    batch = book.batch()
    round_ = book.round(batch)
    check = book.start("an", batch, round_, "first")
    body = {"check": check, "batch": batch, "round": round_}
    book.entry("an", "check.recorded", {**body, "carried_from": name_of("round", batch, 0)})


BROKEN: list[tuple[Deed, str]] = [
    (enrol_with_one, "rule_signers"),
    (enrol_without_administrator, "rule_administrator"),
    (enrol_a_look_alike, "rule_name_alike"),
    (enrol_a_taken_login, "rule_name_again"),
    (grant_beside_an_auditor, "rule_no_role"),
    (rename_beside_an_auditor, "rule_no_role"),
    (qualify_beside_nobody_with_a_role, "rule_no_role"),
    (badge_beside_an_auditor, "rule_no_role"),
    (give_up_a_place_as_auditor, "rule_no_role"),
    (grant_alone, "rule_signers"),
    (grant_by_administrator_to_self, "rule_administrator"),
    (take_without_administrator, "rule_role"),
    (suspend_without_administrator, "rule_role"),
    (act_while_suspended, "rule_not_active"),
    (lift_alone, "rule_signers"),
    (qualify_alone, "rule_signers"),
    (entry_by_an_auditor, "rule_no_role"),
    (open_a_second_time, "rule_opened_once"),
    (approve_own, "rule_author_approves"),
    (approve_without_role, "rule_role"),
    (approve_another_text, "rule_procedure_hash"),
    (skip_a_version, "rule_procedure_state"),
    (write_an_approved_one_again, "rule_procedure_state"),
    (open_on_a_retired_one, "rule_not_approved"),
    (open_when_overdue, "rule_overdue"),
    (signed_in_a_round_that_an_overdue_version_opened_while_the_clock_stood_behind, "rule_overdue"),
    (open_on_another_text, "rule_procedure_hash"),
    (open_without_role, "rule_role"),
    (open_twice, "rule_state"),
    (open_with_a_weaker_plan, "rule_plan"),
    (open_with_a_small_sample, "rule_sample"),
    (open_with_a_unit_twice, "rule_sample"),
    (open_with_another_header, "rule_header"),
    (second_by_the_first, "rule_same_person"),
    (second_by_a_maker, "rule_own_work"),
    (first_by_a_maker, "rule_own_work"),
    (second_after_giving_up, "rule_seen_first"),
    (hidden_from_now_on(compared=False), "rule_seen_first"),
    (hidden_from_now_on(compared=True), "rule_reinspected"),
    (give_up_as_the_last, "rule_last_second"),
    (look_while_still_possible, "rule_blind"),
    (unqualified, "rule_not_qualified"),
    (qualification_over, "rule_not_qualified"),
    (arbiter_unqualified, "rule_not_qualified"),
    (order_unqualified, "rule_not_qualified"),
    (product_under_anothers_code, "rule_code"),
    (role_of_another_family, "rule_role"),
    (written_by_a_planner_of_another_family, "rule_role"),
    (approved_by_a_planner_of_another_family, "rule_role"),
    (retired_by_a_planner_of_another_family, "rule_role"),
    (grace_of_a_planner_of_another_family, "rule_role"),
    (role_over, "rule_role"),
    (entry_in_anothers_check, "rule_not_your_check"),
    (reading_out_of_limits_called_inside, "rule_reading"),
    (reading_not_as_typed, "rule_reading"),
    (reading_over_another, "rule_correction"),
    (defect_of_another_class, "rule_class"),
    (unit_beyond_the_sample, "rule_unit"),
    (left_out_against_the_procedure, "rule_not_done"),
    (withdraw_without_reason, "rule_no_reason"),
    (stop_without_a_reason, "rule_no_reason"),
    (ship_to_nobody, "rule_no_reason"),
    (take_a_release_back_without_a_reason, "rule_no_reason"),
    (correct_the_clock_without_a_word, "rule_no_reason"),
    (sign_while_the_clock_is_blocked, "rule_clock"),
    (defect_of_the_catalogue_only, "rule_unknown"),
    (with_an_instrument_never_calibrated, "rule_instrument"),
    (with_an_instrument_out_of_calibration, "rule_instrument"),
    (signed_with_what_lapsed_while_the_clock_stood_behind, "rule_instrument"),
    (with_an_instrument("T-1"), "rule_instrument_kind"),
    (with_an_instrument(None), "rule_instrument_kind"),
    (sign_half_a_check, "rule_incomplete"),
    (sign_without_a_planned_photo, "rule_photo"),
    (signing(verdict="accepted"), "rule_verdict"),
    (signing(classes=[]), "rule_classes"),
    (signing(over=[]), "rule_over"),
    (signing(maker=True), "rule_maker_marked"),
    (signing(meaning="I saw it"), "rule_meaning"),
    (signing(place="second"), "rule_place"),
    (signing(seen={"units": 5, "of": 5, "not_done": 0, "readings": 9, "seconds": 1}), "rule_seen"),
    (signing(procedure_hash="0" * 64), "rule_procedure_hash"),
    (sign_anothers, "rule_not_your_check"),
    (compare_as((), [(1, "CRK")], outcome="accepted"), "rule_outcome"),
    (compare_as([(1, "DEN"), (2, "DEN")], [(1, "DEN"), (2, "DEN")], outcome="accepted"), "rule_outcome"),
    (compare_as([(1, "DEN")], [(2, "DEN")], outcome="accepted"), "rule_outcome"),
    (compare_as(classes=[]), "rule_classes"),
    (compare_as(first="0" * 32), "rule_compared_what"),
    (compare_as(comparison=ready().comparison({}, {(1, "DEN"): ("major", 1)})), "rule_comparison"),
    (compare_as(by="an"), "rule_compared_when"),
    (compare_one_check, "rule_two_checks"),
    (compare_later, "rule_compared_when"),
    (name_by_one, "rule_name_stays"),
    (languages_without_administrator, "rule_role"),
    (renamed_to_a_look_alike, "rule_name_alike"),
    (shop_without_administrator, "rule_role"),
    (no_third_releaser_by_one, "rule_signers"),
    (no_third_releaser_by_two_who_do_not_administer, "rule_administrator"),
    (called("product", name="Hip joint"), "rule_signers"),
    (called("product", unit="boxes of 100"), "rule_signers"),
    (called("supplier", name="Other"), "rule_signers"),
    (called_elsewhere, "rule_signers"),
    (called_beside_an_auditor, "rule_no_role"),
    *(
        (gauge(**changes), "rule_signers")
        for changes in (
            {"calibrated_until": "2027-01-01"},
            {"blocked": False},
            {"kind": "tape"},
            {"number": "CAL-2"},
        )
    ),
    (gauge(over=1), "rule_kept_over"),
    (gauge(over=None), "event_shape"),
    (written_over_nothing_said, "rule_kept_over"),
    *(
        (header_with(**{name: other}), "rule_header")
        for name, other in (
            ("product_name", "Hip joint"),
            ("unit", "pallets"),
            ("supplier_name", "Other"),
            ("supplier_country", "DE"),
            ("line", "7"),
            ("order", "PO-1"),
            ("makers", []),
            ("made_on", "2026-01-01"),
            ("ship_by", "2026-12-31"),
        )
    ),
    (plan_with(n=2, ac=2, re=3), "rule_plan"),
    (plan_with(basis="per_100"), "rule_plan"),
    (plan_with(inspect_all=True), "rule_plan"),
    (table_says_otherwise, "rule_plan"),
    (sign_another_record, "rule_record"),
    (release_another_record, "rule_record"),
    (decide_over_another_record, "rule_record"),
    (comparison_with(units=[]), "rule_comparison"),
    (comparison_with(caught_by_one=[]), "rule_comparison"),
    (comparison_with(not_compared=[1]), "rule_comparison"),
    (comparison_with(classes=[]), "rule_comparison"),
    (missed_nothing, "rule_comparison"),
    (interval_of_an_earlier_program_under_the_new_name, "rule_comparison"),
    (compare_as(reasons=["critical_both"]), "rule_outcome"),
    (type_what_is_no_number("sNaN"), "rule_reading"),
    (type_what_is_no_number("1_2"), "rule_reading"),
    (type_what_is_no_number("１２"), "rule_reading"),
    (carry_what_was_not_there, "rule_carried"),
    (carry_where_nothing_is_carried, "rule_reinspected"),
    (lambda book: decide(book, "an", holds=False), "rule_same_person"),
    (decide_over_the_own_check_set_aside, "rule_same_person"),
    (lambda book: decide(book, "chi", holds=True, outcome="accepted"), "rule_outcome"),
    (lambda book: decide(book, "chi", holds=False, resolutions=[]), "rule_unresolved"),
    (lambda book: decide(book, "chi", holds=False, over=[]), "rule_over"),
    (again_with_a_critical, "rule_critical"),
    (reject_by_a_third, "rule_signer"),
    (retract_anothers, "rule_not_your_check"),
    (releasing("an"), "rule_same_person"),
    (releasing("bo", over=[]), "rule_over"),
    (releasing("bo", quantity=21), "rule_quantity"),
    (release_alone, "rule_two_checks"),
    (release_over_a_decision_taken_back, "rule_two_checks"),
    (release_without_role, "rule_role"),
    (release_by_the_second_where_a_third_is_asked, "rule_same_person"),
    (release_what_is_held, "rule_held"),
    (lift_by_one, "rule_signers"),
    (lift_without_the_role, "rule_role"),
    (ship_more, "rule_more_than_released"),
    (ship_unreleased, "rule_state"),
    *(
        (leave_on(kind, on), "rule_ship_day")
        for kind in ("batch.shipped", "batch.shipped_unreleased")
        for on in ("0001-01-01", "2026-02-27", "2026-03-06", "9999-12-31")
    ),
    (dispose_alone, "rule_signers"),
    (everybody_reworked, "rule_signers"),
    (cancel_what_was_begun, "rule_begun"),
    (change_after_opening, "rule_pinned"),
    (number_of_another, "rule_name_again"),
    (number_had_by_another, "rule_name_again"),
    (rename_what_is_held, "rule_held"),
    (cancel_what_is_held, "rule_held"),
    (change_unread(1), "rule_changed_meanwhile"),
    (change_unread(0), "rule_changed_meanwhile"),
    (change_unread(None), "rule_changed_meanwhile"),
    (withdraw_by_anybody, "rule_role"),
    (time_runs_back, "time_back"),
    (entry_after_the_sitting, "event_key"),
    (act_by_the_key_of_a_sitting, "event_strength"),
    (entry_by_a_persons_key, "event_strength"),
    (in_anothers_name, "event_key"),
    (the_same_key_again, "key_again"),
]


# Void -----------------------------------------------------------------------------------------------------------


def broken_round(book: Book) -> tuple[str, Row]:
    """Open a round under a header that lies, well signed; the batch, and that line."""
    batch = book.batch()
    book.round(batch, quantity=20, header={**HEADER, "quantity": 21})
    return batch, book.rows[-1]


def void(book: Book, row: Row, batch: str | None, co: tuple[str, ...] = ("bo",), **changes: Any) -> None:
    said = {"number": row.seq, "hash": row.hash.hex(), "reason": "made up", "batch": batch, **changes}
    book.act("an", "log.voided", said, co)


def test_broken_rule_is_explained_once_two_have_voided_its_line_and_its_batch_begins_anew() -> None:
    book = ready()
    batch, row = broken_round(book)
    assert left(book) == {"rule_header"}
    void(book, row, batch)
    book.round(batch, 2, must_include=[])
    assert left(book) == set()


@pytest.mark.parametrize(
    "changes", [{"co": ()}, {"hash": "0" * 64}, {"batch": name_of("batch", "B-2")}, {"batch": None}]
)
def test_void_of_a_broken_rule_by_one_or_for_another_line_or_batch_explains_nothing(
    changes: dict[str, Any],
) -> None:
    book = ready()
    batch, row = broken_round(book)
    book.batch("B-2")
    void(book, row, **{"batch": batch, **changes})
    assert left(book) & {"rule_void", "rule_signers"}


def nobodys(book: Book, batch: str) -> Row:
    """Put a line about a batch into the log that nobody signed; return it."""
    book.line("batch.cancelled", {"batch": batch, "reason": "x"}, "an", Pen.of("nobody"), None)
    return book.rows[-1]


@pytest.mark.parametrize(("which", "found"), [("own", set()), ("none", set()), ("another", {"rule_void"})])
def test_void_of_what_nobody_signed_takes_no_other_batch_to_a_new_round(which: str, found: set[str]) -> None:
    book = ready()
    batch, other = book.batch(), book.batch("B-2")
    row = nobodys(book, batch)
    void(book, row, {"own": batch, "none": None, "another": other}[which])
    assert left(book) - {"event_key"} == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [({}, set()), ({"co": ()}, {"rule_signers"}), ({"number": 10**6}, {"rule_void"})],
)
def test_that_a_file_is_gone_is_explained_by_two_and_voids_nothing(
    changes: dict[str, Any], found: set[str]
) -> None:
    """The line that names it stands, and so does its batch, which is not taken to a new round by it."""
    book = ready()
    batch = book.batch()
    book.round(batch)
    void(book, book.rows[-1], None, lost=["ab" * 32], **changes)
    assert left(book) == found
    if not found:
        void(book, book.rows[-1], batch, lost=["ab" * 32])
        assert left(book) == {"rule_void"}


def test_entry_and_sign_in_go_on_while_the_clock_is_blocked() -> None:
    book = ready()
    book.clock_behind = DAY
    book.sit("chi")
    book.batch()
    assert left(book) == set()


def test_line_that_breaks_no_rule_is_not_voided() -> None:
    book = ready()
    batch = book.batch()
    book.round(batch)
    void(book, book.rows[-1], batch)
    assert left(book) == {"rule_void"}


def test_release_that_rests_on_a_broken_rule_is_taken_back_before_its_line_is_void() -> None:
    book = ready()
    batch = book.batch()
    round_ = book.round(batch, header={**HEADER, "quantity": 21})
    row = book.rows[-1]
    checks = book.both(batch, round_)
    book.release("chi", batch, round_, checks)
    before = left(book)
    void(book, row, batch)
    assert left(book) == before | {"rule_void"}


def left(book: Book) -> set[str]:
    """Return the codes of what nobody has explained."""
    walk = Walk(Replay(), Standing())
    walk.take(book.rows)
    return {f.code for f in not_voided(walk.rules.findings, walk.rules.voided)}


HEADER: dict[str, Any] = {"number": "B-1", "product_code": "P-1", "product_name": "Lid", "revision": "", "unit": "pcs",
                          "quantity": 20, "supplier_code": "S-1", "supplier_name": "Supplier", "line": "", "order": "",
                          "makers": [], "made_on": None, "ship_by": None}  # fmt: skip


# Acts are judged by the log's time, entries by what their clock read ------------------------------------------------


def ahead(book: Book, who: str) -> Book:
    """Let Chi's role lapse in twenty days, and the log's time run forty ahead."""
    book.act(
        "an",
        "role.granted",
        {"person": person(who), "grant": {"role": "inspector", "until": "2026-03-22"}},
        ["bo"],
    )
    book.at += 40 * DAY
    return book


def test_entry_is_judged_by_the_clock_that_it_was_made_under() -> None:
    book = ready()
    batch = book.batch()
    round_ = book.round(batch)
    ahead(book, "chi")
    book.clock_behind = 40 * DAY
    book.start("chi", batch, round_, "first")
    assert left(book) == set()


def test_entry_under_a_clock_as_far_ahead_as_the_log_is_judged_by_it() -> None:
    book = ready()
    batch = book.batch()
    round_ = book.round(batch)
    ahead(book, "chi")
    book.start("chi", batch, round_, "first")
    assert left(book) == {"rule_role"}


def test_act_is_judged_by_the_time_of_the_log_whatever_its_clock_read() -> None:
    book = ready()
    batch = book.batch()
    round_ = book.round(batch)
    check = book.start("chi", batch, round_, "first")
    book.record(check)
    ahead(book, "chi")
    book.clock_behind = 40 * DAY
    book.sign(check)
    assert left(book) == {"rule_role", "rule_clock"}


@pytest.mark.parametrize(
    ("deed", "code"), BROKEN, ids=[f"{d.__name__}-{c}-{i}" for i, (d, c) in enumerate(BROKEN)]
)
def test_each_rule_is_found_broken(deed: Deed, code: str) -> None:
    book = ready()
    assert book.codes() == set()
    deed(book)
    assert code in book.codes()


def test_a_rule_that_cannot_reckon_with_a_line_ends_as_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def divided_by_nothing(_desk: Desk, line: Line) -> None:
        Fraction(line.seq, 0)

    book = ready()
    book.batch()
    assert book.codes() == set()
    monkeypatch.setitem(RULES, "batch.saved", divided_by_nothing)
    assert book.codes() == {"rule_figures"}


def test_what_both_missed_by_the_reckoning_of_an_earlier_program_holds() -> None:
    book = ready()
    compare_as((), [(1, "DEN")], comparison=compared_by_an_earlier_program(book))(book)
    assert "rule_comparison" not in book.codes()


def test_what_an_older_program_wrote_of_numbers_and_holds_holds() -> None:
    book = ready()
    for batch, number in (("a", "A-1"), ("a", "A-2"), ("b", "A-1")):
        saved_batch(book, name_of(batch), number, None)
    book.entry("bo", "batch.held", held(name_of("a")))
    saved_batch(book, name_of("a"), "A-3", None)
    book.entry("an", "batch.cancelled", {"batch": name_of("a"), "reason": "x"})
    assert book.codes() == set()
    saved_batch(book, name_of("c"), "A-4", 0)
    saved_batch(book, name_of("b"), "A-5", None)
    assert book.codes() == {"rule_changed_meanwhile"}


def test_a_reading_with_an_instrument_of_the_kind_named_holds() -> None:
    book = ready()
    with_an_instrument("C-1")(book)
    assert book.codes() == set()


def test_a_decision_by_a_third_person_holds() -> None:
    for holds in (True, False):
        book = ready()
        decide(book, "chi", holds=holds)
        assert book.codes() == set()


def test_a_decision_by_a_qualified_third_holds_and_a_releaser_needs_only_the_role() -> None:
    book = ready()
    book.procedure(2, qualification_required=True)
    for who, other in (("an", "bo"), ("bo", "an"), ("chi", "an")):
        qualify(book, who, other)
    decide(book, "chi", holds=False)
    batch = book.batch("B-2")
    round_ = book.round(batch, number="B-2")
    checks = book.both(batch, round_)
    book.enrol("rel", ["releaser"])
    book.release("rel", batch, round_, checks)
    assert book.codes() == set()


def test_a_rejected_unit_with_a_critical_must_be_in_the_next_sample() -> None:
    book = ready()
    batch = book.batch()
    round_ = book.round(batch)
    book.both(batch, round_, [(1, "CRK")], [(1, "CRK")])
    book.act("an", "batch.disposed", {"batch": batch, "round": round_, "disposition": "rework", "quantity": 20,
                                      "reason": "x"}, ["bo"])  # fmt: skip
    book.entry("an", "batch.reworked", {"batch": batch, "by": [person("chi")], "note": ""})
    book.round(batch, 2, sample=[4, 7, 1, 9, 12])
    assert {"rule_critical_left_out", "rule_tightened"} <= book.codes()
