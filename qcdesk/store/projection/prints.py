# SPDX-License-Identifier: Apache-2.0
"""Rows of papers that left. Nothing in them ever changes."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, project


@project.register
def _(fact: events.PaperPrinted | events.PaperNoted, event: Event) -> Iterator[Change]:
    yield Put(
        "paper_print",
        {
            "seq": event.seq,
            "document": fact.document,
            "subject": fact.subject_id,
            "name": fact.name,
            "batch": fact.of_batch,
            "state": fact.state,
            "copy": fact.copy,
            "way": fact.way,
            "languages": " ".join(fact.languages),
            "digest": fact.digest,
            "person": event.by,
            "station": event.station,
            "at": event.at,
        },
    )
