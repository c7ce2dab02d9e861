# SPDX-License-Identifier: Apache-2.0
"""Whether a shop still takes goods of a supplier, and which suppliers are one.

Stopping a supplier takes one person, letting it deliver again two. That two are one takes two planners, and so does
taking them apart: it moves what is released, what may be conceded, and how strictly lots are inspected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from qcdesk.domain.events import Contact, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import StatusStands, SupplierIsAnother, TwoNeeded

SupplierStatus = Literal["approved", "conditional", "blocked"]
STATUSES: tuple[SupplierStatus, ...] = get_args(SupplierStatus)
"""The one that lets most through first."""


@dataclass(frozen=True)
class SupplierStanding:
    """What stands of a supplier, who said so and why; ``seq`` the event that did, 0: nobody has said anything yet."""

    status: SupplierStatus = "approved"
    reason: str = ""
    seq: int = 0
    at: int = 0
    by: tuple[str, ...] = ()


UNSAID = SupplierStanding()
"""Of a supplier of which nobody has said anything."""


def addressee(supplier: SupplierSaved, to: str = "") -> Contact:
    """Return who reads a mail to a supplier: whoever has the address, else the first with one, else the first named.

    Of an address that nobody there has, only the language is known: that of the others.
    """
    there = sorted(supplier.contacts, key=lambda one: not one.email)
    first = next(iter(there), Contact(supplier.contact))
    if not to:
        return first
    known = (one for one in there if one.email.casefold() == to.strip().casefold())
    return next(known, Contact(supplier.contact, language=first.language, email=to))


def lets_go(now: SupplierStatus, to: SupplierStatus) -> bool:
    """Tell whether another status lets more through than the one that stands."""
    return STATUSES.index(to) < STATUSES.index(now)


def require_status(now: SupplierStatus, to: str, hands: Iterable[Person], on: date) -> SupplierStatus:
    """Return the status to be set. Stopping takes one person with a role, letting go two releasers.

    Raises: BadInput; StatusStands: it is that already; ReadsOnly, MissingRole, TwoNeeded.
    """
    known = next((one for one in STATUSES if one == to), None)
    if known is None:
        raise BadInput("unknown_kind", facts={"value": to, "known": STATUSES}, where={"field": "status"})
    if known == now:
        raise StatusStands(to)
    people = tuple(hands)
    for one in people:
        if lets_go(now, known):
            one.require_role("releaser", on)
        else:
            one.require_any_role(on)
    if lets_go(now, known) and len({one.id for one in people}) < 2:
        raise TwoNeeded("supplier_status")
    return known


@dataclass(frozen=True)
class Merge:
    """A supplier that is the same as another one, ``root``; who said so and why. ``seq``: the event that did."""

    seq: int
    supplier: str
    root: str
    reason: str = ""
    at: int = 0
    by: tuple[str, ...] = ()


def kin(supplier: str, merges: Iterable[Merge]) -> tuple[str, ...]:
    """Return a supplier and whoever it is the same as: itself first, then the root, then the others in their order."""
    standing = tuple(merges)
    root = next((one.root for one in standing if one.supplier == supplier), supplier)
    members = (one.supplier for one in standing if one.root == root)
    return tuple(dict.fromkeys((supplier, root, *members)))


def require_planners(hands: Sequence[Person], on: date) -> None:
    """Refuse to say, or to undo, that suppliers are one, but by two planners. Raises: MissingRole, TwoNeeded."""
    for one in hands:
        one.require_role("planner", on)
    if len({one.id for one in hands}) < 2:
        raise TwoNeeded("merge_suppliers")


def require_separate(supplier: str, root: str, merges: Iterable[Merge]) -> None:
    """Refuse what would make a chain or a circle of suppliers that are one.

    Raises: BadInput ``same_supplier``; SupplierIsAnother: with ids, whose names the caller puts in.
    """
    if supplier == root:
        raise BadInput("same_supplier", where={"field": "same_as"})
    for one in merges:
        if one.supplier == supplier:
            raise SupplierIsAnother(supplier, one.root, "merge")
        if one.supplier == root:
            raise SupplierIsAnother(root, one.root, "into")
        if one.root == supplier:
            raise SupplierIsAnother(supplier, one.supplier, "has")
