# SPDX-License-Identifier: Apache-2.0
"""Rows about audits: the list, one audit as somebody may see it, and one that is taken along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qcdesk.domain.audit_templates import AuditTemplate, Question, TemplateState
from qcdesk.domain.audits import Answer, Outcome, Result, State, number_of
from qcdesk.domain.events import SupplierSaved


@dataclass(frozen=True, slots=True)
class AuditListRow:
    """An audit; ``result`` and ``score`` (tenths of a percent) only once it is closed."""

    id: str
    no: int
    state: State
    supplier: str
    supplier_code: str
    supplier_name: str
    template: str
    version: int
    title: str
    auditor: str
    auditor_name: str
    reviewer_name: str
    opened_at: int
    closed_at: int | None
    result: Result | None
    score: int | None

    @property
    def name(self) -> str:
        """Return how people call it."""
        return number_of(self.no)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """The newest version of a template."""

    code: str
    version: int
    state: TemplateState
    title: str
    questions: int
    author: str
    author_name: str
    in_use: int | None
    """Which version is approved; None: none yet."""


@dataclass(frozen=True)
class AuditPage:
    """One audit. What a person must not see yet is not in it: ``first`` and ``second`` are empty then.

    ``evidence``: of the sample, the note and the files, for whoever reviews. ``names``: what files shown were called.
    ``record``: what the auditor would sign.
    """

    id: str
    no: int
    state: State
    supplier: SupplierSaved
    template: str
    version: int
    hash: str
    content: AuditTemplate
    auditor: str
    auditor_name: str
    reviewer: str | None
    reviewer_name: str
    opened_at: int
    signed_at: int | None
    reviewed_at: int | None
    closed_at: int | None
    seq: int
    answered: int
    first: Mapping[str, Answer]
    second: Mapping[str, Answer]
    evidence: Mapping[str, tuple[str, tuple[str, ...]]]
    names: Mapping[str, str]
    sample: tuple[str, ...]
    differences: tuple[str, ...]
    settled: Mapping[str, Answer]
    outcome: Outcome | None
    record: str
    signed_by_log: tuple[int | None, int | None, int | None]

    @property
    def name(self) -> str:
        """Return how people call it."""
        return number_of(self.no)

    @property
    def counting(self) -> dict[str, Answer]:
        """Return the answers that count, by question."""
        return {**self.first, **self.settled}

    def asked(self) -> tuple[Question, ...]:
        """Return the questions that whoever may answer now is asked: all, or those of the sample."""
        if self.state != "signed":
            return self.content.questions
        return tuple(q for q in self.content.questions if q.code in self.sample)


@dataclass(frozen=True)
class TakenAudit:
    """An open audit to take to a supplier; ``seq``: the event after which it was taken.

    ``sha256``: of the file in which it came back; answers given meanwhile have their time. ``earlier``: what was said of
    a question before it was answered there, and every answer that was in the log when it was taken and has a time.
    """

    vault: str
    audit: str
    no: int
    supplier: str
    template: str
    version: int
    content: AuditTemplate
    seq: int
    answers: tuple[Answer, ...]
    sha256: str | None = None
    earlier: tuple[Answer, ...] = ()

    @property
    def name(self) -> str:
        """Return how people call it."""
        return number_of(self.no)


@dataclass(frozen=True)
class BroughtAnswer:
    """A question that was answered elsewhere: what is said of it here (None: nothing yet), and there."""

    question: Question
    here: Answer | None
    there: Answer


@dataclass(frozen=True)
class Coming:
    """What of a file comes in, and what was answered here otherwise since, of which a person decides."""

    new: tuple[BroughtAnswer, ...]
    collisions: tuple[BroughtAnswer, ...]
