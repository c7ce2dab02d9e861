# SPDX-License-Identifier: Apache-2.0
"""Lists of audits and of audit templates; what an audit came to is told once both have signed."""

from __future__ import annotations

import json

import sqlalchemy as sa

from qcdesk.domain.audit_templates import AuditTemplate, said
from qcdesk.domain.codec import from_data
from qcdesk.services.audit_rows import AuditListRow, TemplateRow
from qcdesk.store.readers.asking import Connect, asked


def audits(connect: Connect, supplier: str | None = None) -> tuple[AuditListRow, ...]:
    """Return audits, newest first. Args: supplier: its id; None: of all."""
    with connect() as connection:
        rows = asked(connection, _AUDITS, s=supplier or "")
    found = []
    for row in rows:
        steps = [(name, row[name]) for name in ("closed", "reviewed", "signed")]
        state = next((name for name, there in steps if there is not None), "open")
        end = json.loads(row["body"]) if row["body"] else {}
        title = said(from_data(AuditTemplate, json.loads(row["content"])).title, "en")
        found.append(
            AuditListRow(
                id=row["id"],
                no=row["no"],
                state=state,  # type: ignore[arg-type]  # one of the four
                supplier=row["supplier"],
                supplier_code=row["supplier_code"],
                supplier_name=row["supplier_name"],
                template=row["template"],
                version=row["version"],
                title=title,
                auditor=row["auditor"],
                auditor_name=row["auditor_name"],
                reviewer_name=row["reviewer_name"] or "",
                opened_at=row["at"],
                closed_at=row["closed_at"],
                result=end.get("result"),
                score=end.get("score"),
            )
        )
    return tuple(found)


def audit_templates(connect: Connect) -> tuple[TemplateRow, ...]:
    """Return the newest version of each template, by code."""
    with connect() as connection:
        rows = asked(connection, _TEMPLATES)
    found = []
    for row in rows:
        content = from_data(AuditTemplate, json.loads(row["body"]))
        in_use, version = row["in_use"], row["version"]
        found.append(
            TemplateRow(
                code=row["code"],
                version=version,
                state="approved" if in_use == version else "draft",
                title=said(content.title, "en"),
                questions=len(content.questions),
                author=row["author"],
                author_name=row["author_name"],
                in_use=in_use,
            )
        )
    return tuple(found)


_STEP = "(SELECT s.{what} FROM audit_step s WHERE s.audit = a.id AND s.step = '{step}') AS {name}"
_AUDITS = sa.text(
    "SELECT a.id, a.no, a.supplier, p.code AS supplier_code, p.name AS supplier_name, a.template, a.version, a.auditor,"  # noqa: S608 - our own text
    " w.name AS auditor_name, l.at,"
    " (SELECT t.body FROM audit_template t WHERE t.code = a.template AND t.version = a.version AND t.hash = a.hash"
    " ORDER BY t.seq DESC LIMIT 1) AS content,"
    + ", ".join(_STEP.format(what="seq", step=step, name=step) for step in ("signed", "reviewed", "closed"))
    + ", "
    + _STEP.format(what="body", step="closed", name="body")
    + ", (SELECT c.at FROM audit_step s JOIN line c ON c.seq = s.seq WHERE s.audit = a.id AND s.step = 'closed')"
    " AS closed_at,"
    " (SELECT r.name FROM audit_step s JOIN person r ON r.id = s.person WHERE s.audit = a.id AND s.step = 'reviewed')"
    " AS reviewer_name"
    " FROM audit a JOIN supplier p ON p.id = a.supplier JOIN person w ON w.id = a.auditor JOIN line l ON l.seq = a.seq"
    " WHERE a.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s) OR :s = '' ORDER BY a.no DESC"
)
_TEMPLATES = sa.text(
    "SELECT t.code, t.version, t.author, w.name AS author_name, t.body,"
    " (SELECT max(p.version) FROM audit_template_approved p WHERE p.code = t.code) AS in_use"
    " FROM audit_template t JOIN person w ON w.id = t.author"
    " WHERE t.seq = (SELECT max(u.seq) FROM audit_template u WHERE u.code = t.code) ORDER BY t.code"
)
