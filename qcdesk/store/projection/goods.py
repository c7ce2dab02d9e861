# SPDX-License-Identifier: Apache-2.0
"""Rows of goods that were not accepted: where they stand, and the parts that go different ways."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.batches import ENDS, move, put_hold
from qcdesk.store.projection.changes import Change, Put, json_text, other_of, project

_TOUCHED = ("rework", "repair", "sort", "regrade")


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


@project.register
def _(fact: events.BatchSplit, event: Event) -> Iterator[Change]:
    for part in fact.parts:
        yield from _part(fact, part, event)
    if not fact.kept:
        yield from move(fact.batch, "split", event.at)


def _part(fact: events.BatchSplit, part: events.BatchPart, event: Event) -> Iterator[Change]:
    """Yield a part: what it was split from, the batch that it is, who made it, and what holds it."""
    goods = fact.goods
    yield Put("batch_number", {"seq": event.seq, "batch": part.batch, "number": part.number})
    yield Put(
        "batch_part",
        {
            "batch": part.batch,
            "seq": event.seq,
            "parent": fact.batch,
            "quantity": part.quantity,
            "way": part.way,
            "terms": part.terms,
            "units": json_text(list(part.units)),
            "held": int(part.hold is not None),
            "person": event.by,
            "confirmed_by": other_of(event),
            "reason": fact.reason,
        },
    )
    for origin in (*goods.origins, fact.batch):
        yield Put("batch_origin", {"batch": part.batch, "origin": origin, "seq": event.seq})
    yield Put(
        "batch",
        {
            "id": part.batch,
            "number": part.number,
            "product": goods.product,
            "supplier": goods.supplier,
            "line": goods.line,
            "quantity": part.quantity,
            "order_no": goods.order,
            "made_on": goods.made_on.isoformat() if goods.made_on else None,
            "ship_by": goods.ship_by.isoformat() if goods.ship_by else None,
            "note": "",
            "source": None,
            "state": "registered",
            "held": 0,
            "hold": None,
            "lane_since": event.at,
            "round": None,
            "round_no": goods.round_no,
            "next_severity": "normal" if part.way == "inspect" else "tightened",
            "again_used": int(goods.again_used),
            "rework_ordered": int(part.way in _TOUCHED),
            "released": 0,
            "shipped": 0,
            "registered_at": event.at,
            "registered_by": event.by,
            "seq": event.seq,
        },
    )
    for maker in goods.makers:
        yield Put("batch_maker", {"batch": part.batch, "person": maker, "units": "[]", "seq": event.seq})
    for person in goods.reworkers:
        yield Put("batch_reworker", {"batch": part.batch, "person": person, "seq": event.seq})
    if part.hold is not None:
        yield from put_hold(part.batch, part.hold, goods.hold_kind, goods.hold_reason, event)
    if part.way in ENDS:
        yield from move(part.batch, ENDS[part.way], event.at)
