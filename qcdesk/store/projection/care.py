# SPDX-License-Identifier: Apache-2.0
"""Rows of touches, complaints and the owner's own figures. Nothing in them ever changes; what came last counts."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.complaints import Step
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, pinned, project


@project.register
def _(fact: events.TouchLogged, event: Event) -> Iterator[Change]:
    yield Put(
        "touch",
        {
            "seq": event.seq,
            "batch": fact.batch,
            "order_no": fact.order,
            "kind": fact.kind,
            "undoes": fact.undoes or None,
            "person": event.by,
            "at": event.at,
        },
    )


@project.register
def _(fact: events.ComplaintTaken, event: Event) -> Iterator[Change]:
    yield Put(
        "complaint",
        {
            "number": fact.complaint,
            "seq": event.seq,
            "said_as": fact.said_as,
            "received": fact.received.isoformat(),
            "person": event.by,
            "at": event.at,
            "body": pinned(dict(event.body)),
        },
    )


def _step(fact: Step, event: Event) -> Iterator[Change]:
    yield Put(
        "complaint_step",
        {
            "seq": event.seq,
            "complaint": fact.complaint,
            "type": fact.TYPE,
            "batch": fact.batch if isinstance(fact, events.ComplaintLinked) else None,
            "person": event.by,
            "at": event.at,
            "body": pinned(dict(event.body)),
        },
    )


for _kind in (
    events.ComplaintAcknowledged,
    events.ComplaintAnswered,
    events.ComplaintCalledBack,
    events.ComplaintClosed,
    events.ComplaintHandedOver,
    events.ComplaintJudged,
    events.ComplaintLinked,
):
    project.register(_kind, _step)


@project.register
def _(fact: events.OwnerFigures, event: Event) -> Iterator[Change]:
    yield Put(
        "owner_figure",
        {
            "seq": event.seq,
            "month": fact.month,
            "repeat_orders": fact.repeat_orders,
            "referrals": fact.referrals,
            "person": event.by,
        },
    )
