# SPDX-License-Identifier: Apache-2.0
"""Rows of suppliers' status: the last one of a supplier counts."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, other_of, project


@project.register
def _(fact: events.SupplierStatusSet, event: Event) -> Iterator[Change]:
    yield Put(
        "supplier_status",
        {
            "seq": event.seq,
            "supplier": fact.supplier,
            "status": fact.status,
            "reason": fact.reason,
            "at": event.at,
            "person": event.by,
            "other": other_of(event),
        },
    )
