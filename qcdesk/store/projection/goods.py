# SPDX-License-Identifier: Apache-2.0
"""Rows of goods that were not accepted: where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, project


@project.register
def _(fact: events.BatchPlaced, event: Event) -> Iterator[Change]:
    yield Put(
        "batch_place",
        {
            "seq": event.seq,
            "batch": fact.batch,
            "stands": fact.stands,
            "person": event.by,
            "at": event.at,
        },
    )
