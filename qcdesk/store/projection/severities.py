# SPDX-License-Identifier: Apache-2.0
"""Rows of severities: where switching stands, one for each class that an event speaks of; the last one counts."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.domain.switching import SeverityState, Switched, as_set
from qcdesk.store.projection.changes import Change, Put, document, other_of, project


def put_switched(switched: Switched | None, event: Event, batch: str) -> Iterator[Change]:
    """Yield the rows of what a first verdict makes of the severities of its supplier, product and procedure."""
    if switched is None:
        return
    for state in switched.classes:
        yield _row(switched.supplier, switched.product, switched.procedure, state, event, batch)


def put_repeated(switched: Switched | None, event: Event) -> Iterator[Change]:
    """Yield the row of a class that is tightened because a defect came again; it is of no lot: the lot had its own."""
    if switched is None:
        return
    for state in switched.classes:
        yield _row(switched.supplier, switched.product, switched.procedure, state, event, None)


@project.register
def _(fact: events.SeveritySet, event: Event) -> Iterator[Change]:
    state = as_set(fact.defect_class, fact.severity, fact.because, fact.reason)
    yield _row(fact.supplier, fact.product, fact.procedure, state, event, None)


def _row(
    supplier: str | None, product: str, procedure: str, state: SeverityState, event: Event, batch: str | None
) -> Put:
    return Put(
        "severity",
        {
            "seq": event.seq,
            "defect_class": state.defect_class,
            "supplier": supplier or "",
            "product": product,
            "procedure": procedure,
            "severity": state.severity,
            "changed": int(state.changed),
            "state": document(state),
            "batch": batch,
            "person": event.by,
            "other": other_of(event),
        },
    )
