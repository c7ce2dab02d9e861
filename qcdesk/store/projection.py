# SPDX-License-Identifier: Apache-2.0
"""From an event to the rows it writes: a pure function of the event, so that the log alone rebuilds every table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import TypeAlias

from qcdesk.domain import canonical, events
from qcdesk.domain.codec import to_data
from qcdesk.domain.log import Event
from qcdesk.domain.people import FOUNDER_ROLES

Value: TypeAlias = str | int | None
Row: TypeAlias = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Put:
    """Insert a row; with ``over`` an existing row of the same key is replaced (never for append-only tables)."""

    table: str
    row: Row
    over: bool = False


@dataclass(frozen=True, slots=True)
class Set:
    """Change columns of the rows in which ``where`` holds."""

    table: str
    where: Row
    values: Row


@dataclass(frozen=True, slots=True)
class Add:
    """Add to a number in the rows in which ``where`` holds."""

    table: str
    where: Row
    column: str
    amount: int


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove rows of a list that is written anew as a whole (makers, grants)."""

    table: str
    where: Row


Change: TypeAlias = Put | Set | Add | Drop


def document(value: object) -> str:
    """Return a dataclass (or plain data) as canonical JSON text, as the tables keep it."""
    data = to_data(value) if hasattr(value, "__dataclass_fields__") else value
    return canonical.encode(data).decode()


def changes(event: Event, fact: events.Fact) -> Iterator[Change]:
    """Yield what an event writes, in order; the first row is the event's own line in the index."""
    body = event.body
    yield Put(
        "line",
        {
            "seq": event.seq,
            "type": event.type,
            "person": event.by,
            "session": event.session,
            "at": event.at,
            "act": int(fact.STRENGTH == "act"),
            "station": event.station,
            "batch": _text(body.get("batch")),
            "round": _text(body.get("round")),
            "checking": _text(body.get("check")),
        },
    )
    yield from _project(fact, event)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _move(batch: str, state: str, at: int) -> Iterator[Change]:
    """Bring a batch to a state; its lane is a column that the database computes from state and hold."""
    yield Set("batch", {"id": batch}, {"state": state, "lane_since": at})


@singledispatch
def _project(fact: events.Fact, event: Event) -> Iterator[Change]:
    raise NotImplementedError(type(fact).__name__)


@_project.register
def _(fact: events.WorkspaceOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "workspace",
        {"vault": fact.vault, "opened": event.at, "recovery_key": fact.recovery_public_key.hex()},
    )
    yield Put(
        "shop",
        {
            "id": 1,
            "name": fact.shop,
            "address": "",
            "logo": None,
            "paper": "A4",
            "third_releases": 0,
            "seq": event.seq,
        },
    )
    names = [p.person for p in fact.people]
    for person in fact.people:
        yield Put(
            "person",
            {
                "id": person.person,
                "login": person.login,
                "name": person.name,
                "staff": person.staff,
                "status": "active",
                "languages": "[]",
                "enrolled_by": _json(names),
                "since": event.at,
                "seq": event.seq,
            },
        )
        yield _key(person.key, person.person, person.public_key, event)
        for role in FOUNDER_ROLES:
            yield Put("role_grant", _grant(person.person, role, (), None, event))


def _key(key: str, person: str, public_key: bytes, event: Event) -> Put:
    return Put(
        "person_key",
        {
            "key": key,
            "person": person,
            "public_key": public_key.hex(),
            "from_seq": event.seq,
            "until_seq": None,
        },
    )


def _grant(person: str, role: str, families: tuple[str, ...], until: str | None, event: Event) -> Row:
    return {
        "person": person,
        "role": role,
        "families": _json(list(families)),
        "until": until,
        "seq": event.seq,
    }


@_project.register
def _(fact: events.ShopChanged, event: Event) -> Iterator[Change]:
    yield Put(
        "shop",
        {
            "id": 1,
            "name": fact.name,
            "address": fact.address,
            "logo": fact.logo,
            "paper": fact.paper,
            "third_releases": int(fact.third_person_releases),
            "seq": event.seq,
        },
        over=True,
    )


@_project.register
def _(fact: events.SessionOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "session",
        {
            "id": fact.session,
            "person": event.by,
            "key": fact.key,
            "public_key": fact.public_key.hex(),
            "opened": event.seq,
            "closed": None,
        },
    )


@_project.register
def _(fact: events.SessionClosed, event: Event) -> Iterator[Change]:
    yield Set("session", {"id": fact.session}, {"closed": event.seq})


@_project.register
def _(fact: events.PersonEnrolled, event: Event) -> Iterator[Change]:
    yield Put(
        "person",
        {
            "id": fact.person,
            "login": fact.login,
            "name": fact.name,
            "staff": fact.staff,
            "status": "active",
            "languages": _json(list(fact.languages)),
            "enrolled_by": _json([event.by, *(c.person for c in event.co if c.person != fact.person)]),
            "since": event.at,
            "seq": event.seq,
        },
    )
    yield _key(fact.key, fact.person, fact.public_key, event)
    for grant in fact.roles:
        until = grant.until.isoformat() if grant.until else None
        yield Put("role_grant", _grant(fact.person, grant.role, grant.families, until, event))


@_project.register
def _(fact: events.PersonListed, event: Event) -> Iterator[Change]:
    yield Put(
        "person",
        {
            "id": fact.person,
            "login": None,
            "name": fact.name,
            "staff": fact.staff,
            "status": "listed",
            "languages": "[]",
            "enrolled_by": _json([event.by]),
            "since": event.at,
            "seq": event.seq,
        },
    )


@_project.register
def _(fact: events.PersonChanged, event: Event) -> Iterator[Change]:
    yield Set("person", {"id": fact.person}, {"name": fact.name, "languages": _json(list(fact.languages))})


@_project.register
def _(fact: events.PersonSuspended, event: Event) -> Iterator[Change]:
    yield Set("person", {"id": fact.person}, {"status": "suspended"})


@_project.register
def _(fact: events.SuspensionLifted, event: Event) -> Iterator[Change]:
    yield Set("person", {"id": fact.person}, {"status": "active"})


@_project.register
def _(fact: events.RoleGranted, event: Event) -> Iterator[Change]:
    until = fact.grant.until.isoformat() if fact.grant.until else None
    yield Put(
        "role_grant",
        _grant(fact.person, fact.grant.role, fact.grant.families, until, event),
        over=True,
    )


@_project.register
def _(fact: events.RoleTaken, event: Event) -> Iterator[Change]:
    yield Drop("role_grant", {"person": fact.person, "role": fact.role})


@_project.register
def _(fact: events.QualificationGranted, event: Event) -> Iterator[Change]:
    yield Put(
        "qualification",
        {
            "person": fact.person,
            "procedure": fact.procedure,
            "until": fact.until.isoformat() if fact.until else None,
            "seq": event.seq,
        },
        over=True,
    )


@_project.register
def _(fact: events.QualificationTaken, event: Event) -> Iterator[Change]:
    yield Drop("qualification", {"person": fact.person, "procedure": fact.procedure})


@_project.register
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
            "seq": event.seq,
        },
        over=True,
    )


@_project.register
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
            "seq": event.seq,
        },
        over=True,
    )


@_project.register
def _(fact: events.DefectCodeSaved, event: Event) -> Iterator[Change]:
    yield Put(
        "defect_code",
        {
            "code": fact.code,
            "name": fact.name,
            "defect_class": fact.defect_class,
            "names": document([to_data(n) for n in fact.names]),
            "note": fact.note,
            "retired": int(fact.retired),
            "source": fact.source,
            "seq": event.seq,
        },
        over=True,
    )


@_project.register
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
            "seq": event.seq,
        },
        over=True,
    )


@_project.register
def _(fact: events.ProcedureDrafted, event: Event) -> Iterator[Change]:
    yield Put(
        "procedure_version",
        {
            "code": fact.code,
            "version": fact.version,
            "state": "draft",
            "author": event.by,
            "content": document(fact.content),
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


@_project.register
def _(fact: events.ProcedureApproved, event: Event) -> Iterator[Change]:
    yield Set("procedure_version", {"code": fact.code, "state": "approved"}, {"state": "retired"})
    yield Set(
        "procedure_version",
        {"code": fact.code, "version": fact.version},
        {"state": "approved", "approved_by": event.by, "approved_at": event.at},
    )


@_project.register
def _(fact: events.ProcedureRetired, event: Event) -> Iterator[Change]:
    yield Set("procedure_version", {"code": fact.code, "version": fact.version}, {"state": "retired"})


@_project.register
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


@_project.register
def _(fact: events.DefectReported, event: Event) -> Iterator[Change]:
    yield Put(
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


@_project.register
def _(fact: events.BatchSaved, event: Event) -> Iterator[Change]:
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
    )
    yield Drop("batch_maker", {"batch": fact.batch})
    for maker in fact.makers:
        yield Put(
            "batch_maker",
            {
                "batch": fact.batch,
                "person": maker.person,
                "units": _json(list(maker.units)),
                "seq": event.seq,
            },
        )


@_project.register
def _(fact: events.BatchCancelled, event: Event) -> Iterator[Change]:
    yield from _move(fact.batch, "cancelled", event.at)


@_project.register
def _(fact: events.BatchHeld, event: Event) -> Iterator[Change]:
    yield from _hold(fact.batch, fact.hold, fact.kind, fact.reason, event)


def _hold(batch: str, hold: str, kind: str, reason: str, event: Event) -> Iterator[Change]:
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
    yield Set("batch", {"id": batch}, {"held": 1, "hold": hold, "lane_since": event.at})


@_project.register
def _(fact: events.HoldLifted, event: Event) -> Iterator[Change]:
    yield Set("hold", {"id": fact.hold}, {"lifted": event.seq})
    yield Set("batch", {"id": fact.batch}, {"held": 0, "hold": None, "lane_since": event.at})


@_project.register
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
            "confirmed_by": event.co[0].person if event.co else "",
            "reason": fact.reason,
        },
    )
    yield Set("batch", {"id": fact.batch}, {"rework_ordered": 1})


@_project.register
def _(fact: events.BatchReworked, event: Event) -> Iterator[Change]:
    for person in fact.by:
        yield Put("batch_reworker", {"batch": fact.batch, "person": person, "seq": event.seq})
    yield Set("batch", {"id": fact.batch}, {"next_severity": "tightened", "rework_ordered": 0})
    yield from _move(fact.batch, "registered", event.at)


@_project.register
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


@_project.register
def _(fact: events.Released, event: Event) -> Iterator[Change]:
    yield _sign_off(
        event, fact.batch, fact.round, "release", None, "I release", "accepted", fact.record, maker=False
    )
    yield Set("batch", {"id": fact.batch}, {"released": fact.quantity})
    yield from _move(fact.batch, "released", event.at)


def _sign_off(
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


@_project.register
def _(fact: events.Withdrawn, event: Event) -> Iterator[Change]:
    yield from _move(fact.batch, "withdrawn", event.at)


@_project.register
def _(fact: events.RoundOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "round",
        {
            "id": fact.round,
            "batch": fact.batch,
            "no": fact.no,
            "opened": document(fact),
            "seq": event.seq,
        },
    )
    yield Set("batch", {"id": fact.batch}, {"round": fact.round, "round_no": fact.no})
    yield from _move(fact.batch, "first_check", event.at)


@_project.register
def _(fact: events.CheckStarted, event: Event) -> Iterator[Change]:
    yield Put(
        "checking",
        {
            "id": fact.check,
            "round": fact.round,
            "batch": fact.batch,
            "place": fact.place,
            "person": event.by,
            "state": "open",
            "started_at": event.at,
            "seq": event.seq,
            "reason": "",
            "signed": None,
        },
    )
    if fact.place == "second":
        yield from _move(fact.batch, "second_check", event.at)


@_project.register
def _(fact: events.Recorded, event: Event) -> Iterator[Change]:
    for result in fact.results:
        yield Put(
            "unit_result",
            {
                "checking": fact.check,
                "unit": result.unit,
                "not_done": result.not_done,
                "seq": event.seq,
            },
            over=True,
        )
    for finding in fact.findings:
        yield Put(
            "finding",
            {
                "id": finding.id,
                "checking": fact.check,
                "round": fact.round,
                "batch": fact.batch,
                "unit": finding.unit,
                "code": finding.code,
                "defect_class": finding.defect_class,
                "count": finding.count,
                "place": finding.place,
                "note": finding.note,
                "photo": finding.photo,
                "at": event.at,
                "seq": event.seq,
                "withdrawn": None,
            },
        )
    for reading in fact.measured:
        until = reading.calibrated_until
        if reading.replaces is not None:
            yield Set("reading", {"id": reading.replaces, "checking": fact.check}, {"replaced": 1})
        yield Put(
            "reading",
            {
                "id": reading.id,
                "checking": fact.check,
                "round": fact.round,
                "batch": fact.batch,
                "unit": reading.unit,
                "characteristic": reading.characteristic,
                "typed": reading.typed,
                "value": reading.value,
                "measure": reading.measure,
                "inside": int(reading.inside),
                "defect_class": reading.defect_class,
                "instrument": reading.instrument,
                "calibrated_until": until.isoformat() if until else None,
                "at": event.at,
                "reason": reading.reason,
                "replaced": 0,
                "seq": event.seq,
            },
        )
    for gone in fact.withdrawn:
        yield Set("finding", {"id": gone.finding, "checking": fact.check}, {"withdrawn": gone.reason})


@_project.register
def _(fact: events.Resolved, event: Event) -> Iterator[Change]:
    yield from ()  # lives in the third person's own entries until the decision


@_project.register
def _(fact: events.CheckSetAside, event: Event) -> Iterator[Change]:
    yield Set("checking", {"id": fact.check}, {"state": "set_aside", "reason": fact.reason})
    if fact.place == "second":
        yield from _move(fact.batch, "awaiting_second", event.at)


@_project.register
def _(fact: events.CheckSigned, event: Event) -> Iterator[Change]:
    yield _sign_off(
        event,
        fact.batch,
        fact.round,
        fact.place,
        fact.check,
        fact.meaning,
        fact.verdict,
        fact.record,
        maker=fact.maker,
    )
    yield Set("checking", {"id": fact.check}, {"state": "signed", "signed": event.seq})
    if fact.place == "first":
        yield from _move(fact.batch, "awaiting_second", event.at)


@_project.register
def _(fact: events.RoundCompared, event: Event) -> Iterator[Change]:
    yield Put(
        "comparison",
        {
            "round": fact.round,
            "batch": fact.batch,
            "seq": event.seq,
            "outcome": fact.outcome,
            "body": document(fact),
        },
    )
    yield from _move(fact.batch, fact.outcome, event.at)


@_project.register
def _(fact: events.RoundDecided, event: Event) -> Iterator[Change]:
    yield _sign_off(
        event,
        fact.batch,
        fact.round,
        "third",
        fact.check,
        fact.meaning,
        fact.outcome,
        fact.record,
        maker=False,
    )
    yield Set("checking", {"id": fact.check}, {"state": "signed", "signed": event.seq})
    yield Put(
        "decision",
        {
            "round": fact.round,
            "batch": fact.batch,
            "seq": event.seq,
            "person": event.by,
            "outcome": fact.outcome,
            "body": document(fact),
        },
    )
    yield from _move(fact.batch, fact.outcome, event.at)


@_project.register
def _(fact: events.RejectedAfterAll, event: Event) -> Iterator[Change]:
    yield from _move(fact.batch, "rejected", event.at)


@_project.register
def _(fact: events.RoundAgain, event: Event) -> Iterator[Change]:
    yield Set("batch", {"id": fact.batch}, {"again_used": 1})
    yield from _move(fact.batch, "registered", event.at)


@_project.register
def _(fact: events.CheckRetracted, event: Event) -> Iterator[Change]:
    yield Set("checking", {"id": fact.check}, {"state": "retracted", "reason": fact.reason})
    yield Set("sign_off", {"checking": fact.check}, {"standing": 0})
    if fact.used_again:
        yield Set("batch", {"id": fact.batch}, {"again_used": 1})
    if fact.hold is not None:
        yield from _hold(fact.batch, fact.hold, "procedure", fact.reason, event)
    else:
        yield from _move(fact.batch, "registered", event.at)


@_project.register
def _(fact: events.PlaceGivenUp, event: Event) -> Iterator[Change]:
    yield Put("place_given_up", {"round": fact.round, "person": event.by, "seq": event.seq}, over=True)


@_project.register
def _(fact: events.FirstSeen, event: Event) -> Iterator[Change]:
    yield Put(
        "first_seen",
        {"round": fact.round, "person": event.by, "what": fact.what, "seq": event.seq},
        over=True,
    )
