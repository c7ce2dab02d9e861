# SPDX-License-Identifier: Apache-2.0
"""A supplier's audit: answers, what is reviewed of them and by whom, and what they come to.

Two people: the auditor answers every question and signs; then somebody else answers from the evidence, without the
auditor's answers, all critical questions and a random part of the others, and signs. The random part follows from the
hash of the event in which the auditor signed, so that nobody knows it before: its first 16 bytes are the seed from which
``domain.drawing.draw`` takes places in the row of questions that are not critical, in the order of the template. Where
both answered otherwise, both settle what is true.

The score: of each question that applies a part of 1 (yes: 1, partly: a half, no: 0; points: of their number), weighted
within its section; of each section that has any such question its weight. Source: computed from its definition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from qcdesk.domain import canonical, drawing
from qcdesk.domain.audit_templates import AuditTemplate, Question
from qcdesk.domain.canonical import Json
from qcdesk.domain.codec import LATER, to_data
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import AuditIncomplete, AuditNotYours, AuditorReviews, AuditState, NotSettled

Value = Literal["yes", "partly", "no", "not_applicable", "points"]
VALUES: tuple[Value, ...] = ("yes", "partly", "no", "not_applicable", "points")
Sitter = Literal["first", "second"]
Result = Literal["passed", "conditional", "failed"]
State = Literal["open", "signed", "reviewed", "closed"]
LEAST_REVIEWED = 5
_PART = {"yes": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)}


@dataclass(frozen=True)
class Answer:
    """What somebody says of a question: a word, or ``points``; what was seen (``note``), and the evidence by hash.

    ``names``: what each of the files was called, empty where nobody said; none at all in older logs. ``at``: when it was
    said, in microseconds UTC, where that was before it was brought in; else None.
    """

    question: str
    value: Value
    points: int | None = None
    note: str = ""
    files: tuple[str, ...] = ()
    at: int | None = None
    names: tuple[str, ...] = field(default=(), metadata=LATER)

    def called(self) -> tuple[tuple[str, str], ...]:
        """Return each file with what it was called."""
        return tuple(zip(self.files, (*self.names, *("" for _ in self.files)), strict=False))

    def with_file(self, sha256: str, name: str) -> Answer:
        """Return it with one more piece of evidence; what is there already stays once."""
        if sha256 in self.files:
            return self
        called = (*self.called(), (sha256, name))
        return replace(self, files=tuple(f for f, _ in called), names=tuple(n for _, n in called))


@dataclass(frozen=True)
class SectionScore:
    """What a section comes to: its code, its weight, how many of its questions apply, and its part (None: none do)."""

    code: str
    weight: int
    applies: int
    of: int
    part: Fraction | None


@dataclass(frozen=True)
class Outcome:
    """What the answers come to: the score with its make-up, and why it is what it is."""

    result: Result
    score: Fraction
    sections: tuple[SectionScore, ...]
    critical: tuple[str, ...]
    """Critical questions that fail the audit."""
    findings: tuple[str, ...]
    """Questions that were not answered in full."""

    @property
    def per_mille(self) -> int:
        """Return the score in whole tenths of a percent, what is left over cut off."""
        return int(self.score * 1000)


@dataclass(frozen=True)
class Audit:
    """An audit as it stands. ``hash`` is that of the template; ``signed_hash`` of the event of the first signature."""

    id: str
    no: int
    supplier: str
    template: str
    version: int
    hash: str
    auditor: str
    content: AuditTemplate
    first: Mapping[str, Answer]
    second: Mapping[str, Mapping[str, Answer]]
    """Of each person who began to review; whoever signs answers for the own ones alone."""
    seq: int
    """The event that was written of it last."""
    opened_at: int = 0
    signed: int | None = None
    signed_hash: str = ""
    signed_at: int | None = None
    reviewer: str | None = None
    reviewed: int | None = None
    reviewed_at: int | None = None
    differences: tuple[str, ...] = ()
    closed: int | None = None
    closed_at: int | None = None
    settled: tuple[Answer, ...] = ()

    @property
    def name(self) -> str:
        """Return how people call it."""
        return number_of(self.no)

    @property
    def state(self) -> State:
        """Return where it stands."""
        if self.closed is not None:
            return "closed"
        if self.reviewed is not None:
            return "reviewed"
        return "open" if self.signed is None else "signed"

    @property
    def sample(self) -> tuple[str, ...]:
        """Return what a second person answers, once it is signed."""
        return sample_of(self.content, self.signed_hash) if self.signed_hash else ()

    def question(self, code: str) -> Question:
        """Return a question. Raises: BadInput ``unknown_question``."""
        for question in self.content.questions:
            if question.code == code:
                return question
        raise BadInput("unknown_question", facts={"value": code}, where={"field": "question"})

    def place_of(self, person: Person) -> Sitter:
        """Return what a person may answer now. Raises: AuditState, AuditNotYours, AuditorReviews."""
        if self.state == "open":
            if person.id != self.auditor:
                raise AuditNotYours(person.name, self.name)
            return "first"
        if self.state != "signed":
            raise AuditState(self.name, self.state)
        if person.id == self.auditor:
            raise AuditorReviews(person.name, self.name)
        return "second"

    def require_answer(self, place: Sitter, answer: Answer) -> None:
        """Refuse an answer that the question does not have. Raises: BadInput."""
        question = self.question(answer.question)
        if place == "second" and question.code not in self.sample:
            raise BadInput("not_in_review", facts={"value": question.code}, where={"field": "question"})
        if (answer.value == "points") != (answer.points is not None):
            raise BadInput("points_missing", facts={"code": question.code}, where={"field": "answer"})
        if answer.value == "not_applicable":
            if question.critical and not answer.note.strip():
                raise BadInput("critical_needs_note", facts={"code": question.code}, where={"field": "note"})
            return
        if (question.kind == "points") != (answer.value == "points"):
            known = ("0", str(question.points)) if question.kind == "points" else ("yes", "partly", "no")
            raise BadInput(
                "wrong_answer",
                facts={"code": question.code, "known": known, "kind": question.kind},
                where={"field": "answer"},
            )
        if answer.points is not None and not 0 <= answer.points <= question.points:
            raise BadInput(
                "points_range",
                facts={"value": answer.points, "most": question.points, "code": question.code},
                where={"field": "points"},
            )

    def require_signable(self, by: Person) -> None:
        """Refuse the first signature of anybody else, or while a question has no answer."""
        if self.state != "open":
            raise AuditState(self.name, self.state)
        if by.id != self.auditor:
            raise AuditNotYours(by.name, self.name)
        self._require_answered(self.first, (q.code for q in self.content.questions))
        if all(a.value == "not_applicable" for a in self.first.values()):
            raise BadInput("nothing_applies", where={"field": "answer"})

    def require_reviewable(self, by: Person) -> None:
        """Refuse the second signature of the auditor, or while something of the sample has no answer."""
        self.place_of(by)
        if self.state != "signed":
            raise AuditState(self.name, self.state)
        self._require_answered(self.second_of(by.id), self.sample)

    def require_closable(self, settled: Iterable[Answer]) -> tuple[Answer, ...]:
        """Refuse an end in which not exactly the differences are settled. Returns: them, in order."""
        if self.state != "reviewed":
            raise AuditState(self.name, self.state)
        by = {answer.question: answer for answer in settled}
        if by.keys() != set(self.differences):
            left = tuple(code for code in self.differences if code not in by)
            raise NotSettled(self.name, left or tuple(sorted(by.keys() - set(self.differences))))
        for answer in by.values():
            self.require_answer("second", answer)
        return tuple(by[code] for code in self.differences)

    def second_of(self, person: str) -> Mapping[str, Answer]:
        """Return what a person answered from the evidence."""
        return self.second.get(person, {})

    def compared(self, person: str) -> tuple[str, ...]:
        """Return the questions that the auditor and a reviewer answered otherwise, in the order of the template."""
        own = self.second_of(person)
        return tuple(code for code in self.sample if not same(self.first[code], own[code]))

    def outcome(self, settled: Iterable[Answer] = ()) -> Outcome:
        """Return what the auditor's answers come to, with those that both have settled."""
        return outcome_of(self.content, {**self.first, **{a.question: a for a in settled}})

    def _require_answered(self, answers: Mapping[str, Answer], wanted: Iterable[str]) -> None:
        left = [code for code in wanted if code not in answers]
        if left:
            critical = tuple(code for code in left if self.question(code).critical)
            raise AuditIncomplete(self.name, tuple(left), critical)


def number_of(no: int) -> str:
    """Return the name of an audit: ``A-7``."""
    return f"A-{no}"


def same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers say the same."""
    return (one.value, one.points) == (other.value, other.points)


def record_of(audit: str, template: str, answers: Iterable[Answer]) -> str:
    """Return the SHA-256 of what is signed: which audit, by which template (its hash), and the answers in order."""
    said: dict[str, Json] = {"audit": audit, "template": template, "answers": [_said(a) for a in answers]}
    return hashlib.sha256(canonical.encode(said)).hexdigest()


def _said(answer: Answer) -> Json:
    """Return an answer as it is signed: names of files only where there are any, as before files had names."""
    said = to_data(answer)
    assert isinstance(said, dict), "an answer is an object"
    return {name: value for name, value in said.items() if name != "names" or value}


def in_order(content: AuditTemplate, answers: Mapping[str, Answer]) -> tuple[Answer, ...]:
    """Return answers in the order of the questions."""
    return tuple(answers[q.code] for q in content.questions if q.code in answers)


def sample_of(content: AuditTemplate, signed_hash: str) -> tuple[str, ...]:
    """Return the questions that a second person answers: all critical ones and a random part of the others.

    Args: signed_hash: of the event in which the auditor signed, 64 hexadecimal digits.
    Returns: codes in the order of the template; of the others a fifth of all, at least five, or as many as there are.
    """
    others = [q.code for q in content.questions if not q.critical]
    wanted = min(len(others), max(LEAST_REVIEWED, -(-len(content.questions) // 5)))
    drawn = set()
    if wanted:
        seed = bytes.fromhex(signed_hash)[: drawing.SEED_BYTES]
        drawn = {others[unit - 1] for unit in drawing.draw(seed, len(others), wanted)}
    return tuple(q.code for q in content.questions if q.critical or q.code in drawn)


def part_of(question: Question, answer: Answer) -> Fraction | None:
    """Return what an answer is worth, between 0 and 1; None: the question does not apply."""
    if answer.value == "not_applicable":
        return None
    if answer.value == "points":
        return Fraction(answer.points or 0, question.points)
    return _PART[answer.value]


def outcome_of(content: AuditTemplate, answers: Mapping[str, Answer]) -> Outcome:
    """Return score, make-up and result of answers; every question has one.

    A critical question that is answered "no", or with less than half of its points, fails the audit whatever the
    score; one that is answered in part lets it pass under conditions at most.
    """
    sections, findings, critical, partly = [], [], [], False
    for section in content.sections:
        parts = [(q, part_of(q, answers[q.code])) for q in section.questions]
        applying = [(q, part) for q, part in parts if part is not None]
        weight = sum(q.weight for q, _ in applying)
        own = sum((q.weight * part for q, part in applying), Fraction(0)) / weight if weight else None
        sections.append(SectionScore(section.code, section.weight, len(applying), len(parts), own))
        findings += [q.code for q, part in applying if part < 1]
        critical += [q.code for q, part in applying if q.critical and part < Fraction(1, 2)]
        partly = partly or any(q.critical and part < 1 for q, part in applying)
    counted = [(one.weight, one.part) for one in sections if one.part is not None]
    total = sum(weight for weight, _ in counted)
    score = sum((weight * part for weight, part in counted), Fraction(0)) / total if total else Fraction(0)
    result: Result = "conditional"
    if critical or score * 100 < content.conditional_percent:
        result = "failed"
    elif score * 100 >= content.pass_percent and not partly:
        result = "passed"
    return Outcome(result, score, tuple(sections), tuple(critical), tuple(findings))
