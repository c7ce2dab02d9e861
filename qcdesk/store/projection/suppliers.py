# SPDX-License-Identifier: Apache-2.0
"""Rows of suppliers' status, of which the last one counts, and of suppliers that are the same as another one."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, Set, other_of, project


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


@project.register
def _(fact: events.SupplierMerged, event: Event) -> Iterator[Change]:
    yield Put(
        "supplier_merge",
        {
            "seq": event.seq,
            "supplier": fact.supplier,
            "root": fact.same_as,
            "reason": fact.reason,
            "at": event.at,
            "person": event.by,
            "other": other_of(event),
            "undone": None,
        },
    )


@project.register
def _(fact: events.SupplierUnmerged, event: Event) -> Iterator[Change]:
    yield Set("supplier_merge", {"seq": fact.over}, {"undone": event.seq})
