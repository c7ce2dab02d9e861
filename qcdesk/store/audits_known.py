# SPDX-License-Identifier: Apache-2.0
"""Audit templates and audits as they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable

from qcdesk.domain.audit_templates import AuditTemplate, TemplateVersion
from qcdesk.domain.audits import Answer, Audit
from qcdesk.domain.codec import from_data
from qcdesk.domain.inputs import BadInput
from qcdesk.store import mapping
from qcdesk.store.answers import Answers


class AuditsKnown(Answers):
    """The questions of the port ``UnitOfWork`` about audits of suppliers."""

    def audit_template(self, code: str, version: int | None = None) -> TemplateVersion:
        """See the port."""
        rows = self._rows(
            f"{_TEMPLATE} WHERE t.code = :c AND (CAST(:v AS BIGINT) IS NULL OR t.version = CAST(:v AS BIGINT))"
            " ORDER BY t.seq DESC LIMIT 1",
            c=code,
            v=version,
        )
        if not rows:
            raise BadInput("unknown_template", facts={"value": code}, where={"field": "template"})
        return template_of(rows[0])

    def approved_template(self, code: str) -> TemplateVersion:
        """See the port."""
        row = self._row("SELECT max(version) AS version FROM audit_template_approved WHERE code = :c", c=code)
        return self.audit_template(code, row["version"] if row else None)

    def knows_template(self, code: str) -> bool:
        """See the port."""
        return self._scalar("SELECT 1 FROM audit_template WHERE code = :c", c=code) is not None

    def last_audit_no(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(no) FROM audit") or 0)

    def audit(self, audit: str) -> Audit:
        """See the port."""
        no = audit.strip().upper().removeprefix("A-")
        row = self._row(
            f"{_AUDIT} WHERE a.id = :a OR a.no = CAST(:n AS BIGINT)",
            a=audit,
            n=int(no) if no.isascii() and no.isdigit() and len(no) < 10 else 0,
        )
        if row is None:
            raise BadInput("unknown_audit", facts={"value": audit}, where={"field": "audit"})
        answers = self._rows(_ANSWERS, a=row["id"])
        steps = self._rows(_STEPS, a=row["id"])
        return audit_of(row, answers, steps)


_TEMPLATE = (
    "SELECT t.code, t.version, t.author, t.hash, t.body, t.seq, p.person AS approved_by,"
    " (SELECT max(n.version) FROM audit_template_approved n WHERE n.code = t.code) AS newest"
    " FROM audit_template t LEFT JOIN audit_template_approved p ON p.code = t.code AND p.version = t.version"
)
_AUDIT = (
    "SELECT a.id, a.no, a.supplier, a.template, a.version, a.hash, a.auditor, a.seq, l.at,"
    " (SELECT t.body FROM audit_template t WHERE t.code = a.template AND t.version = a.version AND t.hash = a.hash"
    " ORDER BY t.seq DESC LIMIT 1) AS content FROM audit a JOIN line l ON l.seq = a.seq"
)
_ANSWERS = "SELECT seq, question, place, person, body FROM audit_answer WHERE audit = :a ORDER BY seq"
_STEPS = (
    "SELECT s.step, s.person, s.body, s.seq, e.hash, l.at FROM audit_step s JOIN event e ON e.seq = s.seq"
    " JOIN line l ON l.seq = s.seq WHERE s.audit = :a ORDER BY s.seq"
)


def template_of(row: mapping.Row) -> TemplateVersion:
    """Return a version of a template: approved until a later one is."""
    approved, newest = row["approved_by"], row["newest"]
    return TemplateVersion(
        row["code"],
        row["version"],
        "draft" if approved is None else "approved" if newest == row["version"] else "retired",
        row["author"],
        from_data(AuditTemplate, json.loads(row["body"])),
        row["hash"],
        row["seq"],
        approved,
    )


def audit_of(row: mapping.Row, answers: Iterable[mapping.Row], steps: Iterable[mapping.Row]) -> Audit:
    """Return an audit of its row, its answers in the order of the log, and its acts."""
    first: dict[str, Answer] = {}
    second: dict[str, dict[str, Answer]] = {}
    last = row["seq"]
    for one in answers:
        answer = from_data(Answer, json.loads(one["body"]))
        (first if one["place"] == "first" else second.setdefault(one["person"], {}))[answer.question] = answer
        last = max(last, one["seq"])
    by = {step["step"]: step for step in steps}
    signed, reviewed, closed = (by.get(name) for name in ("signed", "reviewed", "closed"))
    said = json.loads(reviewed["body"]) if reviewed else {"differences": []}
    settled = json.loads(closed["body"])["settled"] if closed else []
    return Audit(
        id=row["id"],
        no=row["no"],
        supplier=row["supplier"],
        template=row["template"],
        version=row["version"],
        hash=row["hash"],
        auditor=row["auditor"],
        content=from_data(AuditTemplate, json.loads(row["content"])),
        first=first,
        second=second,
        seq=max([last, *(step["seq"] for step in by.values())]),
        opened_at=row["at"],
        signed=signed["seq"] if signed else None,
        signed_hash=bytes(signed["hash"]).hex() if signed else "",
        signed_at=signed["at"] if signed else None,
        reviewer=reviewed["person"] if reviewed else None,
        reviewed=reviewed["seq"] if reviewed else None,
        reviewed_at=reviewed["at"] if reviewed else None,
        differences=tuple(said["differences"]),
        closed=closed["seq"] if closed else None,
        closed_at=closed["at"] if closed else None,
        settled=tuple(from_data(Answer, one) for one in settled),
    )
