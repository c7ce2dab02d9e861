# SPDX-License-Identifier: Apache-2.0
"""Whether a shop still takes goods of a supplier: stopping it takes one person, letting it deliver again two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import StatusStands, TwoNeeded

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
