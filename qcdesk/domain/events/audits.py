# SPDX-License-Identifier: Apache-2.0
"""Audits of suppliers: templates by two people, answers, and the signatures of auditor and reviewer."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcdesk.domain.audit_templates import AuditTemplate
from qcdesk.domain.audits import Answer, Result, Sitter
from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class AuditTemplateSaved(Fact):
    """A version is written or rewritten; ``hash`` is the SHA-256 of the content's canonical form."""

    TYPE = "audit_template.saved"
    code: str
    version: int
    content: AuditTemplate
    hash: str


@dataclass(frozen=True)
class AuditTemplateApproved(Fact):
    """Signed by somebody other than the author; earlier versions retire."""

    TYPE = "audit_template.approved"
    STRENGTH = "act"
    code: str
    version: int
    hash: str


@dataclass(frozen=True)
class AuditOpened(Fact):
    """An audit begins; who opens it is its auditor. ``no``: numbers run without gaps."""

    TYPE = "audit.opened"
    audit: str
    no: int
    supplier: str
    template: str
    version: int
    hash: str


@dataclass(frozen=True)
class AuditAnswered(Fact):
    """Answers of one save; the last answer to a question counts. ``brought``: SHA-256 of the file they came in."""

    TYPE = "audit.answered"
    audit: str
    place: Sitter
    answers: tuple[Answer, ...]
    brought: str | None = None


@dataclass(frozen=True)
class AuditSigned(Fact):
    """The auditor signs all answers; ``record`` is what they come to under ``domain.audits.record_of``."""

    TYPE = "audit.signed"
    STRENGTH = "act"
    audit: str
    meaning: str
    record: str


@dataclass(frozen=True)
class AuditReviewed(Fact):
    """Somebody else signs the own answers to the sample; ``over``: the event of the first signature."""

    TYPE = "audit.reviewed"
    STRENGTH = "act"
    audit: str
    meaning: str
    over: int
    sample: tuple[str, ...]
    record: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class AuditClosed(Fact):
    """What the audit came to; auditor and reviewer sign what they settled, the reviewer alone where nothing was.

    ``score``: in tenths of a percent. ``record``: of the answers that count. ``reopens``: what it found again opens
    corrective actions again; by an earlier program it opened none.
    """

    TYPE = "audit.closed"
    STRENGTH = "act"
    audit: str
    settled: tuple[Answer, ...]
    result: Result
    score: int
    record: str
    reopens: bool = field(default=False, metadata=LATER)
