# SPDX-License-Identifier: Apache-2.0
"""Rows of the tables as domain objects, in plain functions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping

from qcdesk.domain import events
from qcdesk.domain.batches import Batch
from qcdesk.domain.clocks import earliest_day
from qcdesk.domain.codec import from_data
from qcdesk.domain.events import (
    BatchSaved,
    DefectCodeSaved,
    DefectReported,
    InstrumentSaved,
    LocalName,
    Maker,
    ProductSaved,
    RoundCompared,
    RoundDecided,
    RoundOpened,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.log import KEPT_BYTES, Event, read_event, remember_event
from qcdesk.domain.people import Person, Qualification, RoleGrant
from qcdesk.domain.procedures import ProcedureContent, ProcedureVersion
from qcdesk.domain.remembering import Remembered
from qcdesk.domain.rounds import Check, Round
from qcdesk.domain.suppliers import UNSAID, Merge, SupplierStanding
from qcdesk.domain.switching import SET_BECAUSE, SeverityState, Standing

Row = Mapping[str, Any] | RowMapping
FACTS = events.all_facts()


def fact_of(event: Event) -> events.Fact:
    """Return what an event says happened. Raises: KeyError, BadData: not of a kind or form we know."""
    return from_data(FACTS[event.type], dict(event.body))


fact_in = Remembered[bytes, events.Fact](KEPT_BYTES, lambda body: fact_of(read_event(body)))
"""fact_in(body): what the bytes of an event say happened; the same bytes always say the same. Raises as ``fact_of``."""


def remember(event: Event, fact: events.Fact, body: bytes) -> None:
    """Keep what the bytes of an event say that was made just now, so that they are not read again."""
    remember_event(body, event)
    fact_in.put(body, fact)


def day(text: str | None) -> date | None:
    """Return a stored day."""
    return date.fromisoformat(text) if text else None


def person(row: Row, grants: Iterable[Row], qualifications: Iterable[Row]) -> Person:
    """Return a person with roles and qualifications."""
    return Person(
        id=row["id"],
        name=row["name"],
        login=row["login"],
        staff=row["staff"],
        status="revoked" if row["ended"] else row["status"],
        revoked=row["ended"],
        roles=tuple(RoleGrant(g["role"], tuple(json.loads(g["families"])), day(g["until"])) for g in grants),
        qualifications=tuple(Qualification(q["procedure"], day(q["until"])) for q in qualifications),
        languages=tuple(json.loads(row["languages"])),
    )


def supplier(row: Row) -> SupplierSaved:
    """Return a supplier."""
    return SupplierSaved(
        supplier=row["id"],
        code=row["code"],
        name=row["name"],
        name_latin=row["name_latin"],
        country=row["country"],
        address=row["address"],
        contact=row["contact"],
        note=row["note"],
        source=row["source"],
        over=row["seq"],
        **_more(row["more"]),
    )


def _more(text: str) -> dict[str, Any]:
    """Return what else a supplier's record says."""
    said = json.loads(text) if text else {}
    return {
        **said,
        **{name: tuple(said[name]) for name in ("products",) if name in said},
        **{
            name: tuple(from_data(kind, one) for one in said[name])
            for name, kind in (("contacts", events.Contact), ("papers", events.SupplierPaper))
            if name in said
        },
    }


def supplier_standing(row: Row | None) -> SupplierStanding:
    """Return how a supplier stands; approved where nobody has said anything."""
    if row is None:
        return UNSAID
    by = tuple(name for name in (row["person"], row["other"]) if name)
    return SupplierStanding(row["status"], row["reason"], row["seq"], row["at"], by)


def supplier_merge(row: Row) -> Merge:
    """Return that a supplier is the same as another one."""
    by = (row["person"], row["other"])
    return Merge(row["seq"], row["supplier"], row["root"], row["reason"], row["at"], by)


def product(row: Row) -> ProductSaved:
    """Return a product."""
    return ProductSaved(
        product=row["id"],
        code=row["code"],
        name=row["name"],
        revision=row["revision"],
        family=row["family"],
        unit=row["unit"],
        picture=row["picture"],
        note=row["note"],
        source=row["source"],
        over=row["seq"],
    )


def defect_code(row: Row) -> DefectCodeSaved:
    """Return a code of the catalogue."""
    return DefectCodeSaved(
        code=row["code"],
        name=row["name"],
        defect_class=row["defect_class"],
        names=tuple(from_data(LocalName, n) for n in json.loads(row["names"])),
        note=row["note"],
        retired=bool(row["retired"]),
        source=row["source"],
    )


def reported(row: Row) -> DefectReported:
    """Return a defect reported from outside."""
    return DefectReported(
        report=row["id"],
        source=row["source"],
        code=row["code"],
        name=row["name"],
        defect_class=row["defect_class"],
        count=row["count"],
        batch=row["batch"],
        supplier=row["supplier"],
        product=row["product"],
        found_on=day(row["found_on"]),
        reference=row["reference"],
        note=row["note"],
    )


def instrument(row: Row) -> InstrumentSaved:
    """Return an instrument."""
    return InstrumentSaved(
        instrument=row["id"],
        number=row["number"],
        kind=row["kind"],
        calibrated_until=day(row["calibrated_until"]),
        blocked=bool(row["blocked"]),
        note=row["note"],
        over=row["seq"],
    )


def shop(row: Row) -> ShopChanged:
    """Return how the shop calls itself."""
    return ShopChanged(
        name=row["name"],
        address=row["address"],
        logo=row["logo"],
        paper=row["paper"],
        third_person_releases=bool(row["third_releases"]),
        footer=row["footer"],
        accent=row["accent"],
        over=row["seq"],
    )


def procedure_version(row: Row) -> ProcedureVersion:
    """Return a version of a procedure."""
    return ProcedureVersion(
        code=row["code"],
        version=row["version"],
        state=row["state"],
        author=row["author"],
        content=_content(row["content"]),
        hash=row["hash"],
        approved_by=row["approved_by"],
        approved_at=row["approved_at"],
        grace_until=day(row.get("grace_until")),
        stopped=bool(row.get("stopped")),
        by_sheet=row.get("by_sheet"),
    )


def batch(
    row: Row,
    makers: Iterable[Row],
    reworkers: Iterable[Row],
    hold_by: str | None,
    origins: tuple[str, ...] = (),
) -> Batch:
    """Return a batch."""
    return Batch(
        id=row["id"],
        saved=BatchSaved(
            batch=row["id"],
            number=row["number"],
            product=row["product"],
            quantity=row["quantity"],
            supplier=row["supplier"],
            line=row["line"],
            order=row["order_no"],
            makers=tuple(Maker(m["person"], tuple(json.loads(m["units"]))) for m in makers),
            made_on=day(row["made_on"]),
            ship_by=day(row["ship_by"]),
            note=row["note"],
            source=row["source"],
            seen=row["seq"],
        ),
        state=row["state"],
        held=bool(row["held"]),
        hold=row["hold"],
        hold_by=hold_by,
        round_no=row["round_no"],
        round=row["round"],
        reworkers=tuple(dict.fromkeys(r["person"] for r in reworkers)),
        next_severity=row["next_severity"],
        again_used=bool(row["again_used"]),
        rework_ordered=bool(row["rework_ordered"]),
        released=row["released"],
        shipped=row["shipped"],
        left_unreleased=int(row["left_unreleased"]),
        registered_on=earliest_day(row["registered_at"]),
        released_on=None if row["released_at"] is None else earliest_day(row["released_at"]),
        conceded_until=day(row["conceded_until"]),
        split_off=int(row["split_off"]),
        repaired=bool(row["repaired"]),
        regraded=row["regraded"] or "",
        origins=origins,
    )


def standing(row: Row, changed: Row | None) -> Standing:
    """Return where a class stands: what was said last of it, and the row that brought it there."""
    state = from_data(SeverityState, json.loads(row["state"]))
    by = (changed["person"], changed["other"]) if changed and state.reason.because in SET_BECAUSE else ()
    return Standing(
        state,
        since=changed["seq"] if changed else 0,
        seq=row["seq"],
        by=tuple(name for name in by if name),
    )


def check(row: Row, signed_hash: str | None, signed_at: int | None) -> Check:
    """Return a check's head: that it is signed and when, not what the signature says."""
    return Check(
        id=row["id"],
        round=row["round"],
        batch=row["batch"],
        place=row["place"],
        person=row["person"],
        state=row["state"],
        started_at=row["started_at"],
        reason=row["reason"],
        signed_hash=signed_hash,
        signed_at=signed_at,
    )


def opened(row: Row) -> RoundOpened:
    """Return what a round pinned when it opened."""
    return _pinned(row["opened"])


@lru_cache(maxsize=256)
def _pinned(text: str) -> RoundOpened:
    """Read a pinned round once: it never changes, and every entry asks for it."""
    found = from_data(RoundOpened, json.loads(text))
    found.__dict__["spelled"] = text.encode()  # it is kept in that very spelling
    return found


@lru_cache(maxsize=64)
def _content(text: str) -> ProcedureContent:
    return from_data(ProcedureContent, json.loads(text))


def round_(
    row: Row,
    opened_hash: str,
    checks: tuple[Check, ...],
    *,
    given_up: tuple[str, ...],
    seen_first: tuple[str, ...],
    compared: tuple[str, str] | None,
    decided: tuple[str, str, str] | None,
    only_second: str | None = None,
    reviewers: tuple[tuple[str, frozenset[str]], ...] = (),
) -> Round:
    """Return a round; ``compared`` is body and event hash, ``decided`` body, event hash and person."""
    return Round(
        id=row["id"],
        batch=row["batch"],
        no=row["no"],
        opened=opened(row),
        opened_hash=opened_hash,
        checks=checks,
        given_up=given_up,
        seen_first=seen_first,
        compared=from_data(RoundCompared, json.loads(compared[0])) if compared else None,
        compared_hash=compared[1] if compared else None,
        decided=from_data(RoundDecided, json.loads(decided[0])) if decided else None,
        decided_hash=decided[1] if decided else None,
        decided_by=decided[2] if decided else None,
        only_second=only_second,
        reviewers=reviewers,
    )
