# SPDX-License-Identifier: Apache-2.0
"""People, a procedure and rounds for the tests of the rules; everything plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qcdesk.domain.batches import Batch
from qcdesk.domain.events import BatchHeader, BatchSaved, Maker, PinnedProcedure, RoundOpened
from qcdesk.domain.independence import Case
from qcdesk.domain.people import FOUNDER_ROLES, Person, Qualification, Role, RoleGrant
from qcdesk.domain.procedures import Characteristic, ProcedureContent, ProcedureDefect
from qcdesk.domain.rounds import Check, CheckState, Round
from qcdesk.domain.sampling import ClassRule, plans_for

TODAY = date(2026, 11, 18)


def person(id_: str, *roles: Role, name: str = "", until: date | None = None) -> Person:
    """A person with roles; every founder role where none is named."""
    return Person(
        id=id_,
        name=name or id_.title(),
        login=id_,
        staff=id_,
        roles=tuple(RoleGrant(r, until=until) for r in (roles or FOUNDER_ROLES)),
    )


LINH, SOM, HUY, ANONG = person("linh"), person("som"), person("huy"), person("anong")


def content(**changes: object) -> ProcedureContent:
    """A small complete procedure: three defects, one measured bore."""
    values: dict[str, object] = {
        "title": "Cover",
        "products": ("PH-204",),
        "owner": "anong",
        "review_by": date(2027, 11, 1),
        "rules": (
            ClassRule("critical", "zero", Decimal("0.65")),
            ClassRule("major", "aql", Decimal("1.0")),
            ClassRule("minor", "aql", Decimal("4.0")),
        ),
        "defects": (
            ProcedureDefect("CRK", "Crack", "critical"),
            ProcedureDefect("DEN", "Dent", "major"),
            ProcedureDefect("SCR", "Scratch", "minor"),
        ),
        "characteristics": (
            Characteristic(
                "DIA", "Bore 1", "variable", "major", "mm", Decimal(12), Decimal("11.98"), Decimal("12.05")
            ),
        ),
        **changes,
    }
    return ProcedureContent(**values)  # type: ignore[arg-type]


def batch(makers: tuple[Maker, ...] = (), **changes: object) -> Batch:
    """A batch of 500 from a supplier."""
    saved = BatchSaved("b" * 32, "DA-1", "p" * 32, 500, supplier="s" * 32, makers=makers)
    return Batch("b" * 32, saved, **changes)  # type: ignore[arg-type]


def opened(what: ProcedureContent | None = None, quantity: int = 500) -> RoundOpened:
    """A round of that batch with its plan and a sample of the first units."""
    what = what or content()
    plan = plans_for(what.rules, quantity, "normal")
    header = BatchHeader(
        "DA-1", "PH-204", "Cover", "C", "pcs", quantity, "S1", "Đông Á", "", "", (), None, None
    )
    return RoundOpened(
        "r" * 32,
        "b" * 32,
        1,
        header,
        PinnedProcedure("IP-204", 7, "0" * 64, what),
        plan,
        "start",
        "00" * 16,
        tuple(range(1, plan.n + 1)),
    )


def check(place: str, who: Person, state: CheckState = "signed") -> Check:
    """Somebody's check in a place."""
    return Check(f"{place}-{who.id}-{state}", "r" * 32, "b" * 32, place, who.id, state, 0)  # type: ignore[arg-type]


def round_(*checks: Check, **changes: object) -> Round:
    """A round with these checks."""
    return Round("r" * 32, "b" * 32, 1, opened(), "0" * 64, checks, **changes)  # type: ignore[arg-type]


def case(
    *people: Person,
    of: Batch | None = None,
    standing: Round | None = None,
    what: ProcedureContent | None = None,
    third: bool = False,
) -> Case:
    """The case of a batch for these people (two when none are named)."""
    return Case(
        of or batch(),
        standing,
        "IP-204",
        what or content(),
        people or (LINH, SOM),
        TODAY,
        third_person_releases=third,
    )


def qualified(who: Person, until: date | None) -> Person:
    """The same person with a qualification for the procedure."""
    return Person(
        who.id, who.name, who.login, who.staff, who.status, who.roles, (Qualification("IP-204", until),)
    )
