# SPDX-License-Identifier: Apache-2.0
"""What may become of goods that were not accepted (trust.md §8.3).

Rework makes goods what was asked for. Repair makes them fit for their use, and what was asked for they may still not be:
it is told wherever such goods are shown (after ISO 9000:2015, 3.12.8 and 3.12.9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import (
    AskedForConcession,
    CriticalConceded,
    OutsiderNeeded,
    QuantitiesDiffer,
    SeededUnits,
    SelfConfirm,
    TwoNeeded,
)

Disposition = Literal["rework", "repair", "sort", "regrade", "return", "scrap"]
DISPOSITIONS: tuple[Disposition, ...] = get_args(Disposition)
BECOMES: dict[Disposition, str] = {
    "rework": "registered",
    "repair": "registered",
    "sort": "registered",
    "regrade": "registered",
    "return": "returned",
    "scrap": "scrapped",
}
"""The state of goods once a disposition was carried out; what is touched or regraded is inspected anew."""


def require_terms(disposition: Disposition, terms: str) -> None:
    """Refuse a regrade that does not say which grade it is, and what for, and a grade of what is not regraded."""
    if (disposition == "regrade") != bool(terms.strip()):
        raise BadInput("regraded_for" if terms.strip() else "missing", where={"field": "terms"})


@dataclass(frozen=True)
class Part:
    """Some of the units and what becomes of them; ``by``: who sorted, reworked or repaired them."""

    disposition: Disposition
    quantity: int
    by: tuple[str, ...] = ()


def require_dispositions(
    batch: str, quantity: int, parts: Iterable[Part], asks: Person, confirms: Person, on: date
) -> None:
    """Refuse dispositions that one person makes alone, that do not add up, or that do not say who sorted."""
    asks.require_any_role(on)
    confirms.require_any_role(on)
    if asks.id == confirms.id:
        raise SelfConfirm(asks.name)
    each = tuple(parts)
    for part in each:
        if part.disposition not in DISPOSITIONS:
            raise BadInput(
                "unknown_kind",
                facts={"value": part.disposition, "known": DISPOSITIONS},
                where={"field": "kind"},
            )
        if part.quantity < 1:
            raise BadInput("quantity", facts={"value": part.quantity}, where={"field": "quantity"})
        if part.disposition in ("sort", "rework", "repair") and not part.by:
            raise BadInput("missing", where={"field": "by"})
    given = sum(part.quantity for part in each)
    if given != quantity:
        raise QuantitiesDiffer(batch, given, quantity)


@dataclass(frozen=True)
class Concession:
    """What is asked for: the deviation, how many units, until when, and the customer's reference.

    ``consent``: SHA-256 of the file with the customer's own signed consent, where it stands in for an approver.
    """

    batch: str
    deviation: str
    quantity: int
    until: date
    reference: str
    consent: str | None = None


def require_request(asked: Concession, critical_units: tuple[int, ...], quantity: int, on: date) -> None:
    """Refuse a request for a critical, for more than there is, without an end, or that names no deviation."""
    if critical_units:
        raise CriticalConceded(asked.batch, critical_units)
    for name, text in (("deviation", asked.deviation), ("reference", asked.reference)):
        if not text.strip():
            raise BadInput("missing", where={"field": name})
    if not 1 <= asked.quantity <= quantity:
        raise QuantitiesDiffer(asked.batch, asked.quantity, quantity, concession=True)
    if asked.until < on:
        raise BadInput("day_past", facts={"value": asked.until}, where={"field": "until"})


def require_approval(
    asked: Concession,
    requester: Person,
    approvers: tuple[Person, Person],
    checked_or_made: Iterable[str],
    people: Iterable[Person],
    on: date,
) -> None:
    """Refuse an approval by whoever asked, by one person twice, or by two insiders without the customer's consent."""
    for one in approvers:
        one.require_role("concession", on)
        if one.id == requester.id:
            raise AskedForConcession(one.name, "approve", part="asked")
    if approvers[0].id == approvers[1].id:
        raise TwoNeeded("concession")
    inside = set(checked_or_made)
    if any(one.id not in inside for one in approvers):
        return
    others = tuple(p for p in people if p.id not in {*inside, requester.id} and p.has_role("concession", on))
    if others or asked.consent is None:
        raise OutsiderNeeded(asked.batch, tuple(p.name for p in others))


def require_no_part_in_concession(
    person: Person, asked_or_approved: Iterable[str], asked: Iterable[str], act: str
) -> None:
    """Refuse an independent place to whoever asked for or approved a concession for these units (§8.2 e)."""
    if person.id in set(asked_or_approved):
        raise AskedForConcession(person.name, act, part="asked" if person.id in set(asked) else "approved")


def require_no_seeded(batch: str, seeded: tuple[int, ...]) -> None:
    """Refuse a release while a seeded unit is still in the batch."""
    if seeded:
        raise SeededUnits(batch, seeded)
