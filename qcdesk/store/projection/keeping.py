# SPDX-License-Identifier: Apache-2.0
"""Rows of certificates: issued, printed, withdrawn. Nothing in them ever changes."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, project


@project.register
def _(fact: events.CertificateIssued, event: Event) -> Iterator[Change]:
    yield Put(
        "certificate",
        {
            "number": fact.certificate,
            "batch": fact.batch,
            "round": fact.round,
            "release": fact.release,
            "person": event.by,
            "key": event.key,
            "verdict": fact.verdict,
            "quantity": fact.quantity,
            "on_day": fact.on.isoformat(),
            "record": fact.record,
            "code": fact.code.hex(),
            "sig": fact.sig.hex(),
            "at": event.at,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.CertificatePrinted, event: Event) -> Iterator[Change]:
    yield Put(
        "analysis_copy" if fact.results else "certificate_copy",
        {
            "number": fact.certificate,
            "copy": fact.copy,
            "person": event.by,
            "at": event.at,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.CertificateWithdrawn, event: Event) -> Iterator[Change]:
    yield Put(
        "certificate_withdrawn",
        {
            "number": fact.certificate,
            "batch": fact.batch,
            "person": event.by,
            "reason": fact.reason,
            "at": event.at,
            "seq": event.seq,
        },
    )
