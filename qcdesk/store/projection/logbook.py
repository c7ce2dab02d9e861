# SPDX-License-Identifier: Apache-2.0
"""Rows about the log itself: void events, what was lost, how the clock went."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.batches import move
from qcdesk.store.projection.changes import Change, Put, Set, other_of, project


@project.register
def _(fact: events.EventVoided, event: Event) -> Iterator[Change]:
    yield Put(
        "voided",
        {
            "event_no": fact.number,
            "hash": "" if fact.lost else fact.hash,  # of what is only explained, the event itself is not void
            "reason": fact.reason,
            "batch": fact.batch,
            "person": event.by,
            "other": other_of(event),
            "seq": event.seq,
        },
    )
    if fact.batch is not None:
        # void is no way round a rejection: what was rejected is not looked at as if for the first time
        yield Set("batch", {"id": fact.batch, "state": "rejected"}, {"next_severity": "tightened"})
        yield from move(fact.batch, "registered", event.at)


@project.register
def _(fact: events.WorkspaceRestored, event: Event) -> Iterator[Change]:
    yield Put(
        "restored",
        {
            "seq": event.seq,
            "lost_from": fact.lost_from,
            "lost_to": fact.lost_to,
            "said": fact.said,
            "person": event.by,
            "other": other_of(event),
        },
    )


@project.register
def _(_fact: events.TablesRebuilt, _event: Event) -> Iterator[Change]:
    yield from ()  # whatever it brought back, the lines before it say


@project.register
def _(fact: events.ClockCorrected, event: Event) -> Iterator[Change]:
    yield Put(
        "clock_correction",
        {
            "seq": event.seq,
            "true_time": fact.true_time,
            "said": fact.said,
            "person": event.by,
            "other": other_of(event),
        },
    )
