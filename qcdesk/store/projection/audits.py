# SPDX-License-Identifier: Apache-2.0
"""Rows of audits: templates, answers of which the last one counts, and the acts that an audit comes to."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, document, other_of, pinned, project


@project.register
def _(fact: events.AuditTemplateSaved, event: Event) -> Iterator[Change]:
    yield Put(
        "audit_template",
        {
            "seq": event.seq,
            "code": fact.code,
            "version": fact.version,
            "author": event.by,
            "hash": fact.hash,
            "body": pinned(event.body["content"]),
        },
    )


@project.register
def _(fact: events.AuditTemplateApproved, event: Event) -> Iterator[Change]:
    yield Put(
        "audit_template_approved",
        {
            "code": fact.code,
            "version": fact.version,
            "hash": fact.hash,
            "person": event.by,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.AuditOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "audit",
        {
            "id": fact.audit,
            "no": fact.no,
            "supplier": fact.supplier,
            "template": fact.template,
            "version": fact.version,
            "hash": fact.hash,
            "auditor": event.by,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.AuditAnswered, event: Event) -> Iterator[Change]:
    for answer in fact.answers:
        yield Put(
            "audit_answer",
            {
                "seq": event.seq,
                "question": answer.question,
                "audit": fact.audit,
                "place": fact.place,
                "person": event.by,
                "value": answer.value,
                "points": answer.points,
                "body": document(answer),
            },
        )


@project.register
def _(fact: events.AuditSigned, event: Event) -> Iterator[Change]:
    yield _step("signed", fact.audit, 0, event)


@project.register
def _(fact: events.AuditReviewed, event: Event) -> Iterator[Change]:
    yield _step("reviewed", fact.audit, len(fact.differences), event)


@project.register
def _(fact: events.AuditClosed, event: Event) -> Iterator[Change]:
    yield _step("closed", fact.audit, len(fact.settled), event)


def _step(step: str, audit: str, differences: int, event: Event) -> Put:
    return Put(
        "audit_step",
        {
            "audit": audit,
            "step": step,
            "person": event.by,
            "other": other_of(event),
            "differences": differences,
            "body": pinned(dict(event.body)),
            "seq": event.seq,
        },
    )
