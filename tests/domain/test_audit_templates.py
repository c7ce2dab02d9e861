# SPDX-License-Identifier: Apache-2.0
"""What a template that nobody could be audited by is refused for, and who approves one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from qcdesk.domain.audit_templates import (
    MOST_QUESTIONS,
    AuditTemplate,
    LocalText,
    Question,
    Section,
    TemplateVersion,
    cleaned_template,
    said,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import AuditTemplateState, AuthorApprovesTemplate, TemplateChanged
from tests.domain.cases import person

AN, BO = person("an"), person("bo")
ENGLISH = (LocalText("en", "Is it clean?"),)
ONE = Question("Q1", ENGLISH)
SECTION = Section("S1", ENGLISH, (ONE,))
WHOLE = AuditTemplate(ENGLISH, (SECTION,))
DRAFT = TemplateVersion("GEN", 2, "draft", AN.id, WHOLE, "f" * 64, 9)


def bad(code: str, field: str, call: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as wrong:
        call()
    assert (wrong.value.code, wrong.value.where.get("field")) == (code, field)


def of(*questions: Question, **changes: object) -> AuditTemplate:
    return replace(WHOLE, sections=(replace(SECTION, questions=questions, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (replace(WHOLE, title=()), "missing", "title"),
        (replace(WHOLE, sections=()), "no_questions", "questions"),
        (replace(WHOLE, sections=(SECTION, Section("S2", ENGLISH, ()))), "section_empty", "sections"),
        (replace(WHOLE, sections=(SECTION, replace(SECTION, code="s1"))), "twice", "sections"),
        (of(ONE, replace(ONE, code="q1")), "twice", "questions"),
        (of(replace(ONE, text=())), "question_without_text", "questions"),
        (of(ONE, title=()), "question_without_text", "questions"),
        (of(ONE, weight=0), "weight_range", "weight"),
        (of(replace(ONE, weight=101)), "weight_range", "weight"),
        (of(replace(ONE, kind="points")), "weight_range", "points"),
        (of(replace(ONE, kind="points", points=101)), "weight_range", "points"),
        (of(replace(ONE, points=5)), "points_unasked", "points"),
        (replace(WHOLE, pass_percent=0), "percent_range", "pass_percent"),
        (replace(WHOLE, pass_percent=101), "percent_range", "pass_percent"),
        (replace(WHOLE, pass_percent=60, conditional_percent=61), "percent_range", "conditional_percent"),
        (of(*(Question(f"Q{n}", ENGLISH) for n in range(MOST_QUESTIONS + 1))), "too_many_questions", "questions"),
    ],
)  # fmt: skip
def test_what_nobody_could_be_audited_by_is_refused(wrong: AuditTemplate, code: str, field: str) -> None:
    bad(code, field, wrong.require_complete)


def test_what_is_just_within_the_bounds_is_taken() -> None:
    WHOLE.require_complete()
    of(replace(ONE, kind="points", points=100, weight=100), weight=100).require_complete()
    replace(WHOLE, pass_percent=100, conditional_percent=100).require_complete()
    of(*(Question(f"Q{n}", ENGLISH) for n in range(MOST_QUESTIONS))).require_complete()


def test_a_second_person_approves_the_text_that_was_read() -> None:
    DRAFT.require_approvable(BO, DRAFT.hash)
    with pytest.raises(AuthorApprovesTemplate):
        DRAFT.require_approvable(AN, DRAFT.hash)
    with pytest.raises(TemplateChanged):
        DRAFT.require_approvable(BO, "e" * 64)
    for state in ("approved", "retired"):
        with pytest.raises(AuditTemplateState):
            replace(DRAFT, state=state).require_approvable(BO, DRAFT.hash)


def test_nobody_is_audited_by_a_draft_or_by_what_another_version_followed() -> None:
    replace(DRAFT, state="approved").require_in_use()
    for state in ("draft", "retired"):
        with pytest.raises(AuditTemplateState):
            replace(DRAFT, state=state).require_in_use()


def test_a_text_is_said_in_the_language_asked_else_in_english_else_in_what_there_is() -> None:
    texts = (LocalText("en", "clean"), LocalText("vi", "sạch"), LocalText("zh", "干净"))
    asked = [said(texts, language) for language in ("vi", "vi_VN", "zh-Hans", "th", "en")]
    assert asked == ["sạch", "sạch", "干净", "clean", "clean"]
    assert (said(texts[1:], "th"), said((), "en")) == ("sạch", "")
    assert WHOLE.languages() == ("en",)


def test_a_language_is_one_tag_and_stands_once() -> None:
    two = (LocalText("th", "สะอาด"), LocalText("en", "clean"))
    assert [one.language for one in cleaned_template(replace(WHOLE, title=two)).title] == ["en", "th"]
    bad("twice", "language", lambda: cleaned_template(replace(WHOLE, title=(*two, LocalText("EN", "tidy")))))
    for tag in ("e n", "en_GB", "日本"):
        title = (LocalText(tag, "clean"),)
        bad("unknown_language", "language", partial(cleaned_template, replace(WHOLE, title=title)))
    empty = (LocalText("en", "clean"), LocalText("vi", " "))
    assert cleaned_template(replace(WHOLE, title=empty)).languages() == ("en",)
