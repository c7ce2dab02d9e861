# SPDX-License-Identifier: Apache-2.0
"""What the rules of audits refuse, what a second person answers, and what the answers come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section
from qcdesk.domain.audits import Answer, Audit, Outcome, Value, outcome_of, record_of, sample_of
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import AuditIncomplete, AuditNotYours, AuditorReviews, AuditState, NotSettled
from tests.domain.cases import person

AN, BO = person("an"), person("bo")
SIGNED = "5e" * 32


def asked(code: str, **changes: object) -> Question:
    return Question(code, (LocalText("en", f"{code}?"),), **changes)  # type: ignore[arg-type]


def template(*sections: Section) -> AuditTemplate:
    return AuditTemplate((LocalText("en", "Small factory"),), sections)


GENERAL = template(
    Section("S1", (LocalText("en", "Goods in"),), (asked("A1", critical=True), asked("A2"), asked("A3"))),
    Section(
        "S2",
        (LocalText("en", "Line"),),
        (asked("B1", kind="points", points=4), asked("B2", weight=3), asked("B3"), asked("B4"), asked("B5")),
        weight=2,
    ),
)
ALL = {q.code: Answer(q.code, "yes") for q in GENERAL.questions} | {"B1": Answer("B1", "points", 4)}


def audit(first: Mapping[str, Answer] = ALL, **changes: object) -> Audit:
    said: dict[str, object] = {"seq": 9, **changes}
    of = ("a" * 32, 7, "s" * 32, "GEN", 1, "0" * 64, AN.id, GENERAL, first)
    return Audit(*of, **{"second": {}, **said})  # type: ignore[arg-type]


def signed(**changes: object) -> Audit:
    return audit(**{"signed": 5, "signed_hash": SIGNED, **changes})  # type: ignore[arg-type]


def bad(code: str, field: str, call: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as wrong:
        call()
    assert (wrong.value.code, wrong.value.where.get("field")) == (code, field)


def incomplete(call: Callable[[], object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    with pytest.raises(AuditIncomplete) as no:
        call()
    return no.value.questions, no.value.critical


def test_it_is_signed_only_with_every_question_answered_and_names_the_critical_ones_left() -> None:
    audit().require_signable(AN)
    left = {code: said for code, said in ALL.items() if code not in ("A1", "B3")}
    assert incomplete(lambda: audit(left).require_signable(AN)) == (("A1", "B3"), ("A1",))
    assert incomplete(lambda: audit({}).require_signable(AN))[0] == tuple(ALL)


def test_it_is_signed_first_by_the_auditor_alone_and_once() -> None:
    with pytest.raises(AuditNotYours):
        audit().require_signable(BO)
    with pytest.raises(AuditState):
        signed().require_signable(AN)
    nothing = {code: Answer(code, "not_applicable", note="no such thing") for code in ALL}
    bad("nothing_applies", "answer", lambda: audit(nothing).require_signable(AN))


def test_a_second_person_reviews_what_was_signed_and_the_auditor_never() -> None:
    assert (audit().place_of(AN), signed().place_of(BO)) == ("first", "second")
    with pytest.raises(AuditNotYours):
        audit().place_of(BO)
    for act in (signed().place_of, signed().require_reviewable):
        with pytest.raises(AuditorReviews):
            act(AN)
    for over in (signed(reviewed=6), signed(reviewed=6, closed=7)):
        for who in (AN, BO):
            with pytest.raises(AuditState):
                over.place_of(who)


def test_a_review_answers_all_critical_questions_and_all_that_were_drawn() -> None:
    sample = signed().sample
    own = {code: ALL[code] for code in sample}
    signed(second={BO.id: own}).require_reviewable(BO)
    without = {code: said for code, said in own.items() if code != "A1"}
    assert incomplete(lambda: signed(second={BO.id: without}).require_reviewable(BO)) == (("A1",), ("A1",))
    of_another: Callable[[Person], None] = signed(second={"chi": own}).require_reviewable
    assert incomplete(lambda: of_another(BO))[0] == sample, "nobody signs for what another one answered"


def test_what_was_not_drawn_is_not_reviewed() -> None:
    one = signed()
    [left, *_] = [q.code for q in GENERAL.questions if q.code not in one.sample]
    one.require_answer("first", ALL[left])
    bad("not_in_review", "question", lambda: one.require_answer("second", ALL[left]))
    bad("unknown_question", "question", lambda: one.require_answer("first", Answer("Z9", "yes")))


def test_an_answer_is_of_the_kind_that_the_question_has() -> None:
    one = audit()
    for said, code, field in (
        (Answer("B1", "yes"), "wrong_answer", "answer"),
        (Answer("A2", "points", 1), "wrong_answer", "answer"),
        (Answer("B1", "points"), "points_missing", "answer"),
        (Answer("A2", "yes", 1), "points_missing", "answer"),
        (Answer("B1", "points", 5), "points_range", "points"),
        (Answer("B1", "points", -1), "points_range", "points"),
        (Answer("A1", "not_applicable", note=" "), "critical_needs_note", "note"),
    ):
        bad(code, field, partial(one.require_answer, "first", said))
    for said in (Answer("B1", "points", 0), Answer("B1", "points", 4), Answer("A2", "not_applicable")):
        one.require_answer("first", said)
    one.require_answer("first", Answer("A1", "not_applicable", note="they have none"))


def test_an_end_settles_just_what_both_answered_otherwise() -> None:
    sample = signed().sample
    own = {code: ALL[code] for code in sample} | {"A1": Answer("A1", "no")}
    found = signed(second={BO.id: own}).compared(BO.id)
    assert found == ("A1",)
    done = signed(reviewed=6, differences=found)
    assert done.require_closable([Answer("A1", "partly")]) == (Answer("A1", "partly"),)
    other = next(code for code in sample if code != "A1")
    for settled in ((), (Answer("A1", "no"), ALL[other])):
        with pytest.raises(NotSettled):
            done.require_closable(settled)
    bad("points_missing", "answer", lambda: done.require_closable([Answer("A1", "no", 3)]))
    with pytest.raises(AuditState):
        signed().require_closable(())


def test_the_drawn_part_is_all_critical_ones_and_a_fifth_of_all_but_five_at_least() -> None:
    for many, critical, wanted in ((8, 1, 5), (40, 4, 8), (41, 0, 9), (3, 3, 0), (6, 3, 3)):
        questions = tuple(asked(f"Q{n}", critical=n < critical) for n in range(many))
        content = template(Section("S", (LocalText("en", "S"),), questions))
        drawn = sample_of(content, SIGNED)
        assert len(drawn) == critical + wanted
        assert {q.code for q in questions if q.critical} <= set(drawn)
        assert list(drawn) == [q.code for q in questions if q.code in set(drawn)], "in their order"
    assert len({sample_of(GENERAL, f"{n:02x}" * 32) for n in range(64)}) > 1, "the signature draws it"


def result(**answers: str) -> Outcome:
    said = {code: Answer(code, value) for code, value in answers.items()}  # type: ignore[arg-type]
    return outcome_of(GENERAL, {**ALL, **said})


def test_a_critical_question_fails_it_whatever_the_score() -> None:
    assert (result().result, result().score) == ("passed", Fraction(1))
    failed = result(A1="no")
    assert (failed.result, failed.critical, failed.findings) == ("failed", ("A1",), ("A1",))
    assert failed.score * 100 >= 80, "by its score it would have passed"
    assert result(A1="partly").result == "conditional"
    points = template(
        Section("S", (LocalText("en", "S"),), (asked("P", kind="points", points=3, critical=True),))
    )
    ends = [outcome_of(points, {"P": Answer("P", "points", n)}).result for n in range(4)]
    assert ends == ["failed", "failed", "conditional", "passed"], "less than half of its points fails it"


def test_the_score_weights_questions_in_their_section_and_sections_in_the_whole() -> None:
    """Reckoned by hand: section 1 (0.5 + 1 + 1) / 3; section 2 of weight 2 (1 + 0 × 3 + 1 + 1 + 1) / 7."""
    found = result(A1="partly", B2="no")
    assert found.score == (Fraction(5, 6) + 2 * Fraction(4, 7)) / 3
    assert (found.per_mille, found.result) == (658, "conditional")
    alone = result(A1="not_applicable", A2="not_applicable", A3="not_applicable", B2="no")
    assert alone.score == Fraction(4, 7), "a section of which nothing applies does not count"
    assert alone.result == "failed"


VALUES: tuple[Value, ...] = ("yes", "partly", "no", "not_applicable")


@given(st.lists(st.sampled_from(VALUES), min_size=7, max_size=7), st.integers(0, 6))
def test_a_better_answer_never_makes_the_score_worse(said: list[Value], better: int) -> None:
    codes = [q.code for q in GENERAL.questions if q.kind == "yes_no"]
    answers = {**ALL, **{code: Answer(code, value) for code, value in zip(codes, said, strict=True)}}
    was = outcome_of(GENERAL, answers)
    assert 0 <= was.score <= 1
    if answers[codes[better]].value in ("partly", "no"):
        now = outcome_of(GENERAL, {**answers, codes[better]: Answer(codes[better], "yes")})
        assert now.score > was.score
        order = ("failed", "conditional", "passed")
        assert order.index(now.result) >= order.index(was.result)


def test_what_is_signed_is_other_once_any_answer_is() -> None:
    def of(said: Mapping[str, Answer]) -> str:
        return record_of("a" * 32, "0" * 64, said.values())

    others = [
        Answer("A2", "no"),
        Answer("A2", "yes", note="seen"),
        Answer("A2", "yes", files=("f" * 64,)),
        Answer("A2", "yes", at=1),
    ]
    assert len({of(ALL), *(of({**ALL, "A2": one}) for one in others)}) == 5
    assert of({**ALL, "A2": replace(ALL["A2"], names=())}) == of(ALL)


def test_evidence_stays_once_and_keeps_what_it_was_called() -> None:
    one = Answer("A2", "yes", files=("f" * 64,))
    two = one.with_file("e" * 64, "press.jpg").with_file("e" * 64, "again.jpg")
    assert two.called() == (("f" * 64, ""), ("e" * 64, "press.jpg"))
