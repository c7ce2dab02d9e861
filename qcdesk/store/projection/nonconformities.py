# SPDX-License-Identifier: Apache-2.0
"""Rows of nonconformities and of what is done about them. Nothing in them ever changes; what came last counts."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.domain.nonconformities import Step
from qcdesk.store.projection.changes import Change, Put, pinned, project


@project.register
def _(fact: events.NonconformityOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "nonconformity",
        {
            "number": fact.nonconformity,
            "seq": event.seq,
            "batch": fact.batch,
            "quantity": fact.quantity,
            "person": event.by,
            "at": event.at,
            "body": pinned(dict(event.body)),
        },
    )


def _step(fact: Step, event: Event) -> Iterator[Change]:
    yield Put(
        "nonconformity_step",
        {
            "seq": event.seq,
            "nonconformity": fact.nonconformity,
            "batch": fact.batch,
            "type": fact.TYPE,
            "rests_on": fact.over if isinstance(fact, events.NonconformityClosed) else None,
            "person": event.by,
            "at": event.at,
            "body": pinned(dict(event.body)),
        },
    )


for _kind in (
    events.NonconformityClosed,
    events.NonconformityContained,
    events.NonconformityDue,
    events.NonconformityHandedOver,
    events.NonconformityLinked,
    events.NonconformityNoted,
    events.NonconformityReopened,
):
    project.register(_kind, _step)
