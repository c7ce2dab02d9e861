# SPDX-License-Identifier: Apache-2.0
"""What a supplier is audited by: sections of questions with weights, in one language or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code, clean_name, clean_text
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import AuditTemplateState, AuthorApprovesTemplate, TemplateChanged

AnswerKind = Literal["yes_no", "points"]
ANSWER_KINDS: tuple[AnswerKind, ...] = ("yes_no", "points")
TemplateState = Literal["draft", "approved", "retired"]
MOST_POINTS = 100
MOST_WEIGHT = 100
MOST_QUESTIONS = 1_000
LANGUAGE_LENGTH = 12


@dataclass(frozen=True)
class LocalText:
    """A text in one language (``en``, ``zh-Hans``)."""

    language: str
    text: str


Texts = tuple[LocalText, ...]


@dataclass(frozen=True)
class Question:
    """One question. ``points``: of how many, where it is answered by points (else 0).

    ``critical``: "no", or less than half of the points, fails the whole audit. ``guidance``: what to look at.
    """

    code: str
    text: Texts
    guidance: Texts = ()
    kind: AnswerKind = "yes_no"
    points: int = 0
    weight: int = 1
    critical: bool = False


@dataclass(frozen=True)
class Section:
    """Questions of one subject; ``weight`` is the section's share in the score."""

    code: str
    title: Texts
    questions: tuple[Question, ...]
    weight: int = 1


@dataclass(frozen=True)
class AuditTemplate:
    """What is asked, and from which score on (in percent) an audit is passed, or passed under conditions."""

    title: Texts
    sections: tuple[Section, ...]
    pass_percent: int = 80
    conditional_percent: int = 60
    note: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return every question in order."""
        return tuple(q for section in self.sections for q in section.questions)

    def languages(self) -> tuple[str, ...]:
        """Return the languages in which it has a text, in the order in which they first stand."""
        return tuple(dict.fromkeys(one.language for texts in _all_texts(self) for one in texts))

    def require_complete(self) -> None:
        """Refuse what nobody could be audited by. Raises: BadInput, naming section or question."""
        if not any(one.text for one in self.title):
            raise BadInput("missing", where={"field": "title"})
        if not self.questions:
            raise BadInput("no_questions", where={"field": "questions"})
        if len(self.questions) > MOST_QUESTIONS:
            raise BadInput(
                "too_many_questions", facts={"longest": MOST_QUESTIONS}, where={"field": "questions"}
            )
        _once((section.code for section in self.sections), "sections")
        _once((question.code for question in self.questions), "questions")
        for section in self.sections:
            _text_of(section.title, section.code)
            _within(section.weight, 1, MOST_WEIGHT, "weight", section.code)
            if not section.questions:
                raise BadInput("section_empty", facts={"code": section.code}, where={"field": "sections"})
        for question in self.questions:
            _text_of(question.text, question.code)
            _within(question.weight, 1, MOST_WEIGHT, "weight", question.code)
            if question.kind == "points":
                _within(question.points, 1, MOST_POINTS, "points", question.code)
            elif question.points:
                raise BadInput("points_unasked", facts={"code": question.code}, where={"field": "points"})
        _within(self.pass_percent, 1, 100, "pass_percent", "")
        _within(self.conditional_percent, 0, self.pass_percent, "conditional_percent", "")


@dataclass(frozen=True)
class TemplateVersion:
    """A version as it stands; ``seq`` is the event that wrote it last."""

    code: str
    version: int
    state: TemplateState
    author: str
    content: AuditTemplate
    hash: str
    seq: int
    approved_by: str | None = None

    def require_approvable(self, by: Person, seen_hash: str) -> None:
        """Refuse approval of what is no draft, by its author, or of another text than was read."""
        if self.state != "draft":
            raise AuditTemplateState(self.code, self.version, self.state)
        if self.author == by.id:
            raise AuthorApprovesTemplate(by.name, self.code, self.version)
        if seen_hash != self.hash:
            raise TemplateChanged(self.code, self.version)

    def require_in_use(self) -> None:
        """Refuse an audit by what nobody approved, or what a later version has followed."""
        if self.state != "approved":
            raise AuditTemplateState(self.code, self.version, self.state)


def said(texts: Texts, language: str) -> str:
    """Return a text in a language; where it has none, in English, else in the first one it has."""
    by = {one.language: one.text for one in texts if one.text}
    plain = language.split("-")[0].split("_")[0]
    kin = next((text for tag, text in by.items() if tag.split("-")[0] == plain), "")
    return by.get(language) or by.get(plain) or kin or by.get("en") or next(iter(by.values()), "")


def cleaned_template(content: AuditTemplate) -> AuditTemplate:
    """Return a template with every text as it is kept. Raises: BadInput, at the field."""
    return replace(
        content,
        title=_clean_texts(content.title, "title"),
        note=clean_text(content.note),
        sections=tuple(
            replace(
                section,
                code=clean_code(section.code, "reference"),
                title=_clean_texts(section.title, "title"),
                questions=tuple(
                    replace(
                        question,
                        code=clean_code(question.code, "reference"),
                        text=_clean_texts(question.text, "question"),
                        guidance=_clean_texts(question.guidance, "guidance"),
                    )
                    for question in section.questions
                ),
            )
            for section in content.sections
        ),
    )


def _clean_texts(texts: Texts, field: str) -> Texts:
    kept = tuple(
        LocalText(
            clean_name(one.language, field="language", longest=LANGUAGE_LENGTH),
            clean_text(one.text, field=field),
        )
        for one in texts
        if one.text.strip()
    )
    kept = tuple(sorted(kept, key=lambda one: one.language))
    _once((one.language for one in kept), "language")
    for one in kept:
        if not (one.language.isascii() and one.language.replace("-", "").isalnum()):
            raise BadInput("unknown_language", facts={"value": one.language}, where={"field": "language"})
    return kept


def _all_texts(content: AuditTemplate) -> Iterator[Texts]:
    yield content.title
    for section in content.sections:
        yield section.title
        for question in section.questions:
            yield question.text
            yield question.guidance


def _text_of(texts: Texts, code: str) -> None:
    if not any(one.text for one in texts):
        raise BadInput("question_without_text", facts={"code": code}, where={"field": "questions"})


def _within(value: int, least: int, most: int, field: str, code: str) -> None:
    if not least <= value <= most:
        raise BadInput(
            "weight_range" if code else "percent_range",
            facts={"value": value, "least": least, "most": most, "code": code},
            where={"field": field},
        )


def _once(values: Iterable[str], field: str) -> None:
    seen = set()
    for value in values:
        if value.casefold() in seen:
            raise BadInput("twice", facts={"value": value}, where={"field": field})
        seen.add(value.casefold())
