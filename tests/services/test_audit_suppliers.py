# SPDX-License-Identifier: Apache-2.0
"""An audit from its template to its result: two people at each step, and each refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section
from qcdesk.domain.audits import Answer
from qcdesk.domain.events import AuditClosed
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AuditBlind,
    AuditIncomplete,
    AuditMovedOn,
    AuditNotYours,
    AuditorReviews,
    AuditState,
    AuditTemplateState,
    AuthorApprovesTemplate,
    ChangedMeanwhile,
    MissingRole,
    NotSettled,
    ReadsOnly,
    Refusal,
    TemplateChanged,
    TwoNeeded,
)
from qcdesk.services import taken_audits
from qcdesk.services.audit_rows import Coming
from qcdesk.store.readers import SqlReaders
from qcdesk.store.verification import verify
from tests.workspace import House


def lists(house: House) -> SqlReaders:
    return SqlReaders(house.database.reading, house.use.look)


def text(said: str) -> tuple[LocalText, ...]:
    return (LocalText("en", said),)


def small_template(*, plain: int = 8) -> AuditTemplate:
    """One critical question, one by points, and plain ones."""
    safe = Question("A1", text("Safe?"), critical=True)
    order = Question("A2", text("Order?"), kind="points", points=10)
    return AuditTemplate(
        text("Small"),
        (
            Section("A", text("Goods"), (safe, order), 2),
            Section(
                "B", text("Papers"), tuple(Question(f"B{n}", text(f"{n}?")) for n in range(1, plain + 1))
            ),
        ),
    )


def refused(kind: type[Refusal], act: Callable[[], object]) -> Refusal:
    with pytest.raises(kind) as caught:
        act()
    return caught.value


def approved(house: House, content: AuditTemplate | None = None) -> str:
    audits = house.use.audits
    audits.save_template(house.sittings["linh"], "GEN", content or small_template())
    audits.approve_template(house.hands["som"], "GEN")
    return "GEN"


def opened(house: House) -> str:
    return house.use.audits.open(house.sittings["linh"], house.supplier.code, approved(house)).audit


def answer_all(house: House, audit: str, **others: Answer) -> None:
    page = house.use.audits.page(audit, house.id("linh"))
    house.use.audits.answer(
        house.sittings["linh"],
        audit,
        [
            others.get(q.code)
            or (Answer(q.code, "points", 10) if q.kind == "points" else Answer(q.code, "yes"))
            for q in page.content.questions
        ],
    )


def review_all(house: House, audit: str, **others: Answer) -> None:
    page = house.use.audits.page(audit, house.id("som"))
    kinds = {q.code: q.kind for q in page.content.questions}
    house.use.audits.answer(
        house.sittings["som"],
        audit,
        [
            others.get(code)
            or (Answer(code, "points", 10) if kinds[code] == "points" else Answer(code, "yes"))
            for code in page.sample
        ],
    )


def differing(house: House) -> str:
    """Return an audit that both have signed, and of whose first question they say different things."""
    audit = opened(house)
    answer_all(house, audit)
    house.use.audits.sign(house.hands["linh"], audit)
    review_all(house, audit, A1=Answer("A1", "no"))
    house.use.audits.review(house.hands["som"], audit)
    return audit


def settle(house: House, audit: str, true: Answer) -> AuditClosed:
    return house.use.audits.settle(house.hands["linh"], house.hands["som"], audit, [true])


def test_a_template_is_written_by_one_and_approved_by_another(house: House) -> None:
    audits, linh = house.use.audits, house.sittings["linh"]
    audits.save_template(linh, "GEN", small_template())
    minh = house.enrol("minh", "Trần Văn Minh", "inspector")
    refused(MissingRole, lambda: audits.approve_template(minh, "GEN"))
    refused(AuthorApprovesTemplate, lambda: audits.approve_template(house.hands["linh"], "GEN"))
    refused(AuditTemplateState, lambda: audits.open(linh, house.supplier.code, "GEN"))
    refused(TemplateChanged, lambda: audits.approve_template(house.hands["som"], "GEN", seen_hash="0" * 64))
    assert audits.template("GEN").state == "draft"
    audits.approve_template(house.hands["som"], "GEN")
    refused(AuditTemplateState, lambda: audits.approve_template(house.hands["som"], "GEN"))
    again = audits.save_template(linh, "GEN", small_template(plain=3))
    assert (again.version, audits.template("GEN", 1).state) == (2, "approved")
    refused(MissingRole, lambda: audits.save_template(house.sittings["minh"], "OTHER", small_template()))
    with pytest.raises(BadInput, match="no_questions"):
        audits.save_template(linh, "EMPTY", AuditTemplate(text("x"), ()))


def test_an_audit_is_signed_reviewed_blind_by_another_and_closed(house: House) -> None:
    audits, linh, som = house.use.audits, house.sittings["linh"], house.sittings["som"]
    audit = opened(house)
    left = refused(AuditIncomplete, lambda: audits.sign(house.hands["linh"], audit))
    assert isinstance(left, AuditIncomplete) and left.critical == ("A1",) and len(left.questions) == 10
    refused(AuditNotYours, lambda: audits.answer(som, audit, [Answer("A1", "no")]))
    answer_all(house, audit, B1=Answer("B1", "no", note="no list"))
    refused(AuditNotYours, lambda: audits.sign(house.hands["som"], audit))
    audits.sign(house.hands["linh"], audit)
    refused(AuditState, lambda: audits.sign(house.hands["linh"], audit))
    refused(AuditorReviews, lambda: audits.answer(linh, audit, [Answer("A1", "no")]))
    seen = audits.page(audit, house.id("som"))
    assert not seen.first and seen.outcome is None and "A1" in seen.sample and len(seen.sample) == 6
    assert set(seen.evidence) == set(seen.sample)
    assert lists(house).audits()[0].score is None
    refused(AuditIncomplete, lambda: audits.review(house.hands["som"], audit))
    refused(AuditorReviews, lambda: audits.review(house.hands["linh"], audit))
    outside = next(q.code for q in seen.content.questions if q.code not in seen.sample)
    with pytest.raises(BadInput, match="not_in_review"):
        audits.answer(som, audit, [Answer(outside, "yes")])
    review_all(house, audit, A1=Answer("A1", "partly"), B1=Answer("B1", "no"))
    done = audits.review(house.hands["som"], audit)
    assert done.reviewed.differences == ("A1",) and done.closed is None
    refused(NotSettled, lambda: audits.settle(house.hands["linh"], house.hands["som"], audit, []))
    true = [Answer("A1", "partly", note="guard missing on one press")]
    refused(TwoNeeded, lambda: audits.settle(house.hands["som"], house.hands["som"], audit, true))
    end = audits.settle(house.hands["linh"], house.hands["som"], audit, true)
    # (2 * (1/2 + 1) / 2 + 1 * 7/8) / 3 = 0.791…
    assert (end.result, end.score) == ("conditional", 791)
    refused(AuditState, lambda: audits.settle(house.hands["linh"], house.hands["som"], audit, true))
    refused(AuditState, lambda: audits.answer(linh, audit, [Answer("B1", "yes")]))
    [row] = lists(house).audits(house.supplier.supplier)
    assert (row.name, row.result, row.score, row.reviewer_name) == ("A-1", "conditional", 791, "สมชาย ศรีสุข")
    assert verify(house.database).problems == ()


def test_where_both_say_the_same_the_review_closes_it_and_a_critical_no_fails(house: House) -> None:
    audit = opened(house)
    answer_all(house, audit, A1=Answer("A1", "no", note="open blades"))
    house.use.audits.sign(house.hands["linh"], audit)
    review_all(house, audit, A1=Answer("A1", "no"))
    done = house.use.audits.review(house.hands["som"], audit)
    assert done.closed is not None and (done.closed.result, done.closed.score) == ("failed", 666)
    assert verify(house.database).problems == ()


def test_answers_that_a_question_does_not_have_are_refused(house: House) -> None:
    audit = opened(house)
    for answer, problem in (
        (Answer("A2", "yes"), "wrong_answer"),
        (Answer("A2", "points", 11), "points_range"),
        (Answer("A1", "points", 1), "wrong_answer"),
        (Answer("A1", "yes", 3), "points_missing"),
        (Answer("A1", "not_applicable"), "critical_needs_note"),
        (Answer("Z9", "yes"), "unknown_question"),
        (Answer("A1", "yes", files=("0" * 64,)), "unknown_picture"),
    ):
        with pytest.raises(BadInput, match=problem):
            house.use.audits.answer(house.sittings["linh"], audit, [answer])
    assert house.use.audits.page(audit, house.id("linh")).first == {}


def test_what_was_taken_along_is_brought_in_until_the_audit_is_signed(house: House) -> None:
    audits, linh = house.use.audits, house.sittings["linh"]
    audit = opened(house)
    audits.answer(linh, audit, [Answer("A1", "yes")])
    taken = audits.take(linh, audit)
    refused(AuditNotYours, lambda: audits.take(house.sittings["som"], audit))
    back = replace(taken, answers=(*taken.answers, Answer("B1", "no", at=taken.seq)), sha256="a" * 64)
    refused(AuditNotYours, lambda: audits.bring(house.sittings["som"], back))
    elsewhere = replace(back, vault="another")
    with pytest.raises(BadInput, match="audit_elsewhere"):
        audits.bring(linh, elsewhere)
    assert [one.there.question for one in audits.bring(linh, back).new] == ["B1"]
    again = audits.bring(linh, back)
    assert (again.new, again.collisions) == ((), ())
    answer_all(house, audit)
    house.use.audits.sign(house.hands["linh"], audit)
    refused(AuditMovedOn, lambda: audits.bring(linh, back))
    refused(AuditMovedOn, lambda: audits.bring(house.sittings["som"], back))  # never as a reviewer's own
    assert verify(house.database).problems == ()


def brought(came: Coming) -> tuple[list[str], list[str]]:
    return [one.there.question for one in came.new], [one.there.question for one in came.collisions]


def test_an_answer_comes_in_unless_the_question_was_answered_otherwise_here_since(house: House) -> None:
    audits, linh = house.use.audits, house.sittings["linh"]
    audit = opened(house)
    audits.answer(linh, audit, [Answer("A1", "yes"), Answer("B1", "yes")])
    away = audits.take(linh, audit)
    for at, code in enumerate(("A1", "B1", "A2"), 1):
        said = Answer(code, "points", 7) if code == "A2" else Answer(code, "no")
        away = taken_audits.answered(away, said, at)
    audits.answer(linh, audit, [Answer("B1", "partly")])
    assert brought(audits.changes(linh, away)) == (["A1", "A2"], ["B1"])
    assert brought(audits.bring(linh, away)) == (["A1", "A2"], ["B1"])
    assert audits.page(audit, house.id("linh")).first["B1"].value == "partly"
    away = taken_audits.answered(away, Answer("A1", "partly"), 9)  # the next day, in the same file
    assert brought(audits.bring(linh, away)) == (["A1"], ["B1"])
    audits.answer(linh, audit, [Answer("B1", "no")])  # a person decides: what the file says is true
    assert brought(audits.bring(linh, away)) == ([], [])
    second = audits.take(linh, audit)
    audits.answer(linh, audit, [Answer("A1", "no")])
    with pytest.raises(BadInput, match="missing"):  # what came in before was not given in this file
        audits.bring(linh, second)
    second = taken_audits.answered(second, Answer("A2", "points", 3), 12)
    assert brought(audits.bring(linh, second)) == (["A2"], [])
    assert verify(house.database).problems == ()


def test_who_only_reads_neither_begins_nor_answers_nor_signs_an_audit(house: House) -> None:
    audits = house.use.audits
    audit = opened(house)
    nga = house.enrol("nga", "Đỗ Nga", "auditor")
    refused(ReadsOnly, lambda: audits.open(house.sittings["nga"], house.supplier.code, "GEN"))
    answer_all(house, audit)
    refused(ReadsOnly, lambda: audits.sign(nga, audit))
    audits.sign(house.hands["linh"], audit)
    refused(ReadsOnly, lambda: audits.answer(house.sittings["nga"], audit, [Answer("A1", "no")]))
    refused(ReadsOnly, lambda: audits.review(nga, audit))
    assert lists(house).audits()[0].state == "signed"


def test_whose_roles_were_taken_meanwhile_settles_no_audit(house: House) -> None:
    audit = differing(house)
    with house.use.look() as uow:
        held = uow.person(house.id("som")).roles
    for grant in held:
        house.use.take_role(house.hands["linh"], house.id("som"), grant.role)
    refused(ReadsOnly, lambda: settle(house, audit, Answer("A1", "no", note="open blades")))
    assert lists(house).audits()[0].state == "reviewed"


def test_an_audit_is_settled_by_kept_pictures_only(house: House) -> None:
    audit = differing(house)
    with pytest.raises(BadInput, match="unknown_picture"):
        settle(house, audit, Answer("A1", "no", files=("0" * 64,)))
    assert settle(house, audit, Answer("A1", "no")).result == "failed"


def test_answers_are_signed_as_they_were_read(house: House) -> None:
    audits, linh = house.use.audits, house.hands["linh"]
    audit = opened(house)
    answer_all(house, audit)
    read = audits.page(audit, house.id("linh")).record
    answer_all(house, audit, A1=Answer("A1", "no"))
    refused(ChangedMeanwhile, lambda: audits.sign(linh, audit, seen_record=read))
    audits.sign(linh, audit, seen_record=audits.page(audit, house.id("linh")).record)


def test_who_may_review_an_audit_does_not_take_its_answers_along(house: House) -> None:
    audit = opened(house)
    answer_all(house, audit)
    house.use.audits.sign(house.hands["linh"], audit)
    refused(AuditBlind, lambda: house.use.audits.take(house.sittings["som"], audit))


def test_an_audit_is_reviewed_once_it_is_signed_and_settled_by_answers_that_its_questions_have(
    house: House,
) -> None:
    audits = house.use.audits
    begun = opened(house)
    answer_all(house, begun)
    refused(AuditState, lambda: audits.review(house.hands["linh"], begun))
    assert lists(house).audits()[0].state == "open"
    audits.sign(house.hands["linh"], begun)
    review_all(house, begun, A1=Answer("A1", "no"))
    audits.review(house.hands["som"], begun)
    with pytest.raises(BadInput, match="points_missing"):
        settle(house, begun, Answer("A1", "yes", 3))
    assert lists(house).audits()[0].state == "reviewed"
