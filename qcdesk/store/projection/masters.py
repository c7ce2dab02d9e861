# SPDX-License-Identifier: Apache-2.0
"""Rows of suppliers, products, codes, instruments, procedures, imports and reported defects."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.canonical import Json
from qcdesk.domain.codec import to_data
from qcdesk.domain.log import Event
from qcdesk.store.projection.batches import move
from qcdesk.store.projection.changes import Change, Drop, Put, Set, document, other_of, pinned, project

MORE = ("contacts", "tax_number", "gln", "products", "papers")
"""What of a supplier's record stands in one column."""
USED = ("used",)
"""The event since which a row is in use: set once, by what uses it, and never taken off."""


@project.register
def _(fact: events.SupplierSaved, event: Event) -> Iterator[Change]:
    yield Put(
        "supplier",
        {
            "id": fact.supplier,
            "code": fact.code,
            "name": fact.name,
            "name_latin": fact.name_latin,
            "country": fact.country,
            "address": fact.address,
            "contact": fact.contact,
            "note": fact.note,
            "source": fact.source,
            "used": None,
            "seq": event.seq,
            "more": document(more) if (more := more_of(fact)) else "",
        },
        over=True,
        keep=USED,
    )


def more_of(fact: events.SupplierSaved) -> dict[str, Json]:
    """Return what a supplier's record says beside what lists show and rules ask; empty where it says no more."""
    said = to_data(fact)
    assert isinstance(said, dict), "a fact is an object"
    return {name: said[name] for name in MORE if said.get(name)}


@project.register
def _(fact: events.ProductSaved, event: Event) -> Iterator[Change]:
    yield Put(
        "product",
        {
            "id": fact.product,
            "code": fact.code,
            "revision": fact.revision,
            "name": fact.name,
            "family": fact.family,
            "unit": fact.unit,
            "picture": fact.picture,
            "note": fact.note,
            "source": fact.source,
            "used": None,
            "seq": event.seq,
        },
        over=True,
        keep=USED,
    )


@project.register
def _(fact: events.DefectCodeSaved, event: Event) -> Iterator[Change]:
    yield Put(
        "defect_code",
        {
            "code": fact.code,
            "name": fact.name,
            "defect_class": fact.defect_class,
            "names": pinned([to_data(n) for n in fact.names]),
            "note": fact.note,
            "retired": int(fact.retired),
            "source": fact.source,
            "seq": event.seq,
        },
        over=True,
    )


@project.register
def _(fact: events.InstrumentSaved, event: Event) -> Iterator[Change]:
    yield Put(
        "instrument",
        {
            "id": fact.instrument,
            "number": fact.number,
            "kind": fact.kind,
            "calibrated_until": fact.calibrated_until.isoformat() if fact.calibrated_until else None,
            "blocked": int(fact.blocked),
            "note": fact.note,
            "used": None,
            "seq": event.seq,
        },
        over=True,
        keep=USED,
    )
    if fact.blocked or fact.calibrated_until is not None:
        yield Set("instrument", {"id": fact.instrument, "used": None}, {"used": event.seq})


@project.register
def _(fact: events.ProcedureDrafted, event: Event) -> Iterator[Change]:
    yield Put(
        "procedure_version",
        {
            "code": fact.code,
            "version": fact.version,
            "state": "draft",
            "author": event.by,
            "content": pinned(event.body["content"]),
            "hash": fact.hash,
            "approved_by": None,
            "approved_at": None,
            "seq": event.seq,
        },
        over=True,
    )
    yield Drop("procedure_product", {"code": fact.code, "version": fact.version})
    for product in fact.content.products:
        yield Put(
            "procedure_product",
            {"code": fact.code, "version": fact.version, "product": product, "seq": event.seq},
        )


@project.register
def _(fact: events.ProcedureApproved, event: Event) -> Iterator[Change]:
    yield Set("procedure_version", {"code": fact.code, "state": "approved"}, {"state": "retired"})
    yield Set(
        "procedure_version",
        {"code": fact.code, "version": fact.version},
        {"state": "approved", "approved_by": event.by, "approved_at": event.at},
    )
    for one in fact.reinspected:
        yield Put(
            "reinspection",
            {
                "round": one.round,
                "batch": one.batch,
                "code": fact.code,
                "version": fact.version,
                "seq": event.seq,
            },
        )
        yield Set("sign_off", {"round": one.round}, {"standing": 0})
        yield from move(one.batch, "registered", event.at)


@project.register
def _(fact: events.ProcedureRetired, event: Event) -> Iterator[Change]:
    yield Set("procedure_version", {"code": fact.code, "version": fact.version}, {"state": "retired"})
    yield Put(
        "procedure_stopped",
        {
            "code": fact.code,
            "version": fact.version,
            "reason": fact.reason,
            "person": event.by,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.GraceGranted, event: Event) -> Iterator[Change]:
    yield Put(
        "procedure_grace",
        {
            "seq": event.seq,
            "code": fact.code,
            "version": fact.version,
            "until": fact.until.isoformat(),
            "reason": fact.reason,
            "person": event.by,
            "other": other_of(event),
        },
    )


@project.register
def _(fact: events.Imported, event: Event) -> Iterator[Change]:
    yield Put(
        "imported",
        {
            "seq": event.seq,
            "kind": fact.kind,
            "file": fact.file,
            "sha256": fact.sha256,
            "rows": fact.rows,
            "mapping_sha256": fact.mapping_sha256,
            "person": event.by,
            "at": event.at,
        },
    )


@project.register
def _(fact: events.DefectReported, event: Event) -> Iterator[Change]:
    yield _reported(fact, event)


@project.register
def _(fact: events.DefectsReported, event: Event) -> Iterator[Change]:
    for row in fact.rows:
        yield _reported(row, event)


def _reported(fact: events.DefectReported, event: Event) -> Put:
    return Put(
        "reported_defect",
        {
            "id": fact.report,
            "source": fact.source,
            "code": fact.code,
            "name": fact.name,
            "defect_class": fact.defect_class,
            "count": fact.count,
            "batch": fact.batch,
            "supplier": fact.supplier,
            "product": fact.product,
            "found_on": fact.found_on.isoformat() if fact.found_on else None,
            "reference": fact.reference,
            "note": fact.note,
            "at": event.at,
            "seq": event.seq,
        },
    )
