# SPDX-License-Identifier: Apache-2.0
"""How a template is changed on its page: one text, one question or one section at a time, each a whole template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section, Texts
from qcdesk.domain.inputs import BadInput

Place = Literal["stay", "up", "down", "out"]
PLACES: tuple[Place, ...] = ("stay", "up", "down", "out")
PartT = TypeVar("PartT", Question, Section)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A section or a question of a template, as its page lists it, told in one language."""

    section: bool
    code: str
    text: str
    guidance: str
    answered: str
    weight: int
    critical: bool
    untold: bool
    """Whether it has no text in the language of the page, and is shown in another."""


def text_in(texts: Texts, language: str) -> str:
    """Return the text in a language; empty: it has none."""
    return next((one.text for one in texts if one.language == language), "")


def with_text(texts: Texts, language: str, text: str) -> Texts:
    """Return texts with another one in a language; an empty one goes."""
    others = tuple(one for one in texts if one.language != language)
    return (*others, LocalText(language, text)) if text.strip() else others


def with_question(content: AuditTemplate, before: str, question: Question, place: Place) -> AuditTemplate:
    """Return a template with a question changed, moved within its section, or taken out."""
    return _each(
        content,
        lambda s: replace(s, questions=_changed(s.questions, before, question, place)),
        lambda s: any(one.code == before for one in s.questions),
    )


def with_new_question(content: AuditTemplate, section: str, question: Question) -> AuditTemplate:
    """Return a template with one more question at the end of a section."""
    return _each(
        content, lambda s: replace(s, questions=(*s.questions, question)), lambda s: s.code == section
    )


def with_section(content: AuditTemplate, before: str, section: Section, place: Place) -> AuditTemplate:
    """Return a template with a section changed, moved, or taken out with its questions."""
    return replace(content, sections=_changed(content.sections, before, section, place))


def question_of(content: AuditTemplate, code: str) -> Question:
    """Return a question. Raises: BadInput ``unknown_question``."""
    for one in content.questions:
        if one.code == code:
            return one
    raise BadInput("unknown_question", facts={"value": code}, where={"field": "question"})


def section_of(content: AuditTemplate, code: str) -> Section:
    """Return a section. Raises: BadInput ``unknown_question``."""
    for one in content.sections:
        if one.code == code:
            return one
    raise BadInput("unknown_question", facts={"value": code}, where={"field": "sections"})


def _each(
    content: AuditTemplate, change: Callable[[Section], Section], fits: Callable[[Section], bool]
) -> AuditTemplate:
    return replace(content, sections=tuple(change(one) if fits(one) else one for one in content.sections))


def _changed(parts: Sequence[PartT], before: str, now: PartT, place: Place) -> tuple[PartT, ...]:
    at = next(index for index, one in enumerate(parts) if one.code == before)
    left = [one for one in parts if one.code != before]
    if place == "out":
        return tuple(left)
    to = at - 1 if place == "up" else at + 1 if place == "down" else at
    left.insert(max(0, min(len(left), to)), now)
    return tuple(left)
