# SPDX-License-Identifier: Apache-2.0
"""Rows of batches: makers, holds, dispositions, shipments, releases."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Add, Change, Drop, Put, Set, json_text, other_of, project

_STANDING = (
    *("state", "held", "hold", "lane_since", "round", "round_no", "next_severity", "again_used"),
    *("rework_ordered", "released", "shipped", "registered_at", "registered_by"),
)
"""Where a batch stands: changing what is said of it leaves that alone."""
ENDS = {"return": "returned", "scrap": "scrapped"}
"""Dispositions that end a batch -> its state from then on."""


@project.register
def _(fact: events.BatchSaved, event: Event) -> Iterator[Change]:
    yield Put("batch_number", {"seq": event.seq, "batch": fact.batch, "number": fact.number})
    yield Put(
        "batch",
        {
            "id": fact.batch,
            "number": fact.number,
            "product": fact.product,
            "supplier": fact.supplier,
            "line": fact.line,
            "quantity": fact.quantity,
            "order_no": fact.order,
            "made_on": fact.made_on.isoformat() if fact.made_on else None,
            "ship_by": fact.ship_by.isoformat() if fact.ship_by else None,
            "note": fact.note,
            "source": fact.source,
            "state": "registered",
            "held": 0,
            "hold": None,
            "lane_since": event.at,
            "round": None,
            "round_no": 0,
            "next_severity": "normal",
            "again_used": 0,
            "rework_ordered": 0,
            "released": 0,
            "shipped": 0,
            "registered_at": event.at,
            "registered_by": event.by,
            "seq": event.seq,
        },
        over=True,
        keep=_STANDING,
    )
    yield Set("product", {"id": fact.product, "used": None}, {"used": event.seq})
    if fact.supplier is not None:
        yield Set("supplier", {"id": fact.supplier, "used": None}, {"used": event.seq})
    yield Drop("batch_maker", {"batch": fact.batch})
    for maker in fact.makers:
        yield Put(
            "batch_maker",
            {
                "batch": fact.batch,
                "person": maker.person,
                "units": json_text(list(maker.units)),
                "seq": event.seq,
            },
        )


@project.register
def _(fact: events.BatchCancelled, event: Event) -> Iterator[Change]:
    yield from move(fact.batch, "cancelled", event.at)


@project.register
def _(fact: events.BatchHeld, event: Event) -> Iterator[Change]:
    yield from put_hold(fact.batch, fact.hold, fact.kind, fact.reason, event)


@project.register
def _(fact: events.HoldLifted, event: Event) -> Iterator[Change]:
    yield from end_hold(fact.batch, fact.hold, event)


@project.register
def _(fact: events.BatchDisposed, event: Event) -> Iterator[Change]:
    yield Put(
        "disposition",
        {
            "seq": event.seq,
            "batch": fact.batch,
            "round": fact.round,
            "kind": fact.disposition,
            "quantity": fact.quantity,
            "person": event.by,
            "confirmed_by": other_of(event),
            "reason": fact.reason,
            "terms": fact.terms,
        },
    )
    if fact.disposition in ENDS:
        yield from move(fact.batch, ENDS[fact.disposition], event.at)
        yield Set("batch", {"id": fact.batch}, {"rework_ordered": 0})  # which nobody does any more
    else:
        yield Set("batch", {"id": fact.batch}, {"rework_ordered": 1})


@project.register
def _(fact: events.BatchReworked, event: Event) -> Iterator[Change]:
    for person in fact.by:
        yield Put("batch_reworker", {"batch": fact.batch, "person": person, "seq": event.seq})
    yield Set("batch", {"id": fact.batch}, {"next_severity": "tightened", "rework_ordered": 0})
    if fact.ends_hold is not None:
        yield from end_hold(fact.batch, fact.ends_hold, event)
    yield from move(fact.batch, "registered", event.at)


@project.register
def _(fact: events.Shipped, event: Event) -> Iterator[Change]:
    yield Put(
        "shipment",
        {
            "id": fact.shipment,
            "batch": fact.batch,
            "quantity": fact.quantity,
            "to_whom": fact.to,
            "on_day": fact.on.isoformat(),
            "document": fact.document,
            "person": event.by,
            "seq": event.seq,
        },
    )
    yield Add("batch", {"id": fact.batch}, "shipped", fact.quantity)


@project.register
def _(fact: events.ShippedUnreleased, event: Event) -> Iterator[Change]:
    yield Put(
        "shipped_unreleased",
        {
            "id": fact.shipment,
            "batch": fact.batch,
            "quantity": fact.quantity,
            "to_whom": fact.to,
            "on_day": fact.on.isoformat(),
            "document": fact.document,
            "reason": fact.reason,
            "person": event.by,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.Released, event: Event) -> Iterator[Change]:
    yield put_sign_off(
        event, fact.batch, fact.round, "release", None, "I release", "accepted", fact.record, maker=False
    )
    yield Set("batch", {"id": fact.batch}, {"released": fact.quantity})
    yield from move(fact.batch, "released", event.at)


@project.register
def _(fact: events.Withdrawn, event: Event) -> Iterator[Change]:
    yield from move(fact.batch, "withdrawn", event.at)


def move(batch: str, state: str, at: int) -> Iterator[Change]:
    """Bring a batch to a state; its lane is a column that the database computes from state and hold."""
    yield Set("batch", {"id": batch}, {"state": state, "lane_since": at})


def put_hold(batch: str, hold: str, kind: str, reason: str, event: Event) -> Iterator[Change]:
    """Yield a hold over a batch; one that is held already goes on being held by what stopped it first."""
    yield Put(
        "hold",
        {
            "id": hold,
            "batch": batch,
            "kind": kind,
            "reason": reason,
            "person": event.by,
            "at": event.at,
            "seq": event.seq,
            "lifted": None,
        },
    )
    yield Set("batch", {"id": batch, "hold": None}, {"held": 1, "hold": hold, "lane_since": event.at})


def end_hold(batch: str, hold: str, event: Event) -> Iterator[Change]:
    """Yield the end of a hold; a batch that another one holds stays held."""
    yield Set("hold", {"id": hold}, {"lifted": event.seq})
    yield Set("batch", {"id": batch, "hold": hold}, {"held": 0, "hold": None, "lane_since": event.at})


def put_sign_off(
    event: Event,
    batch: str,
    round_id: str,
    place: str,
    check: str | None,
    meaning: str,
    verdict: str,
    record: str,
    *,
    maker: bool,
) -> Put:
    """Return the row of a signature in a round."""
    return Put(
        "sign_off",
        {
            "seq": event.seq,
            "batch": batch,
            "round": round_id,
            "place": place,
            "person": event.by,
            "key": event.key,
            "checking": check,
            "meaning": meaning,
            "verdict": verdict,
            "record": record,
            "at": event.at,
            "maker": int(maker),
            "standing": 1,
        },
    )
