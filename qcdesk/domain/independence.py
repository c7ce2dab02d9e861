# SPDX-License-Identifier: Apache-2.0
"""Who may take which place: the independence rules (trust.md §8.2), each with who could do it instead.

Persons are compared, never logins. ``on`` is the day in question; everything else is in the case itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from qcdesk.domain.batches import Batch
from qcdesk.domain.dispositions import require_no_part_in_concession
from qcdesk.domain.events import Place
from qcdesk.domain.people import Person, Role
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.refusals import (
    Blind,
    GaveUpPlace,
    HasSeenFirst,
    LastSecond,
    MadeUnits,
    MakerFirstNotAllowed,
    NobodyLeft,
    NotQualified,
    PlaceTaken,
    Refusal,
    Reworked,
    SamePerson,
    ThirdNeeded,
)
from qcdesk.domain.rounds import Round


@dataclass(frozen=True)
class Case:
    """A batch, its round (None: not opened), the procedure it is or would be inspected by, and everybody.

    ``conceders``: who asked for or approved a concession for these units; ``askers``: who of them asked.
    """

    batch: Batch
    round: Round | None
    procedure: str
    content: ProcedureContent
    people: tuple[Person, ...]
    on: date
    families: str | None = None
    conceders: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()
    third_person_releases: bool = False

    def person(self, person: str) -> Person:
        """Return a person by id."""
        return next(p for p in self.people if p.id == person)

    def name(self, person: str) -> str:
        """Return a person's name by id."""
        return self.person(person).name

    def signer(self, place: Place) -> str | None:
        """Return who has signed a place, or is at it."""
        if self.round is None:
            return None
        check = self.round.standing(place)
        return check.person if check else None


def require_first(case: Case, person: Person) -> None:
    """Refuse a first check by whoever is not qualified, or made it where the procedure does not allow that."""
    _qualified(case, person, _plain_first)
    _first(case, person)


def require_second(case: Case, person: Person) -> None:
    """Refuse a second check by anybody not independent of the first and of the making."""
    _qualified(case, person, _plain_second)
    _second(case, person)


def require_third(case: Case, person: Person) -> None:
    """Refuse a decision by anybody who is one of the two, made it, is no arbiter, or is not qualified."""
    _qualified(case, person, _plain_third, "arbiter")
    _third(case, person)


def require_order(case: Case, person: Person) -> None:
    """Refuse ordering a new round after a retraction to whoever signed in this one or made the goods.

    It is a third's decision: by a qualified arbiter.
    """
    _role(case, person, "arbiter")
    _made(case, person, "third")
    for check in case.round.checks if case.round else ():
        if check.person == person.id and check.state in ("signed", "retracted"):
            raise SamePerson(person.name, "third", check.place)


def require_release(case: Case, person: Person) -> None:
    """Refuse a release by the first signer, a maker or reworker, or without the role."""
    _plain_release(case, person)


def could(case: Case, place: str) -> tuple[Person, ...]:
    """Return everybody who could take a place today (``first``, ``second``, ``third``, ``release``)."""
    return tuple(p for p in case.people if _passes(_PLAIN[place], case, p))


def could_be_second(case: Case, person: Person) -> bool:
    """Tell whether a person may still be the second person of this round."""
    if case.round is None or case.round.compared is not None:
        return False
    return any(p.id == person.id for p in could(case, "second"))


def require_sight_of_first(case: Case, person: Person) -> None:
    """Refuse the first check to anyone who could still be the round's second person (and to the one who is).

    Its own maker sees it always; after the comparison everybody does.
    """
    if case.round is None or case.round.compared is not None:
        return
    if case.signer("first") == person.id:
        return
    if case.signer("second") == person.id or could_be_second(case, person):
        raise Blind(person.name)


def require_give_up(case: Case, person: Person) -> None:
    """Refuse giving up the second place to the last person who could take it, and to one who has done so."""
    if case.round is not None and person.id in case.round.given_up:
        raise GaveUpPlace(person.name)
    remaining = [p for p in could(case, "second") if p.id != person.id]
    taken = case.signer("second")
    if not remaining and taken is None:
        raise LastSecond(person.name)


def foresee(case: Case, person: Person, place: str) -> None:
    """Point out, before a place is taken, that nobody would be left for the second or the release.

    Raises: NobodyLeft: with the order that works, where there is one: who should take the place instead.
    """
    if place not in ("first", "second"):
        return
    lacking = _lacking(case, person, place)
    if lacking is None:
        return
    better = tuple(
        p.name for p in could(case, place) if p.id != person.id and _lacking(case, p, place) is None
    )
    raise NobodyLeft(person.name, lacking, better)


def foresee_rework(case: Case, reworkers: tuple[str, ...]) -> None:
    """Point out that with these reworkers nobody would be left for the next round or its release.

    Args: case: the batch before the rework. Raises: NobodyLeft: naming who of the checkers could rework instead.
    """
    lacking = _lacking_after(case, reworkers)
    if lacking is None:
        return
    better = tuple(
        p.name
        for p in case.people
        if p.id not in reworkers and p.status == "active" and _lacking_after(case, (p.id,)) is None
    )
    raise NobodyLeft(", ".join(case.name(r) for r in reworkers), lacking, better, act="rework")


def _lacking(case: Case, person: Person, place: str) -> str | None:
    """Return the place for which nobody is left once this person has taken one, or None."""
    if place == "second":
        if not case.third_person_releases:
            return None
        taken = {case.signer("first"), person.id}
        return None if any(p.id not in taken for p in could(case, "release")) else "release"
    seconds = [p for p in could(case, "second") if p.id != person.id]
    releasers = [p for p in could(case, "release") if p.id != person.id]
    if not seconds:
        return "second"
    third = case.third_person_releases
    return None if any(not third or s.id != r.id for s in seconds for r in releasers) else "release"


def _lacking_after(case: Case, reworkers: tuple[str, ...]) -> str | None:
    """Return the place for which nobody is left in the round after a rework by these, or None."""
    reworked = (*case.batch.reworkers, *reworkers)
    after = replace(case, batch=replace(case.batch, state="registered", reworkers=reworked), round=None)
    lacking = [_lacking(after, first, "first") for first in could(after, "first")]
    if not lacking:
        return "first"
    return None if None in lacking else "release" if "release" in lacking else "second"


def _passes(rule: Callable[[Case, Person], None], case: Case, person: Person) -> bool:
    try:
        rule(case, person)
    except Refusal:
        return False
    return True


def _role(case: Case, person: Person, role: Role = "inspector") -> None:
    required = case.content.qualification_required
    person.require_qualified(case.procedure, required, case.on, case.families, role)


def _plain_first(case: Case, person: Person) -> None:
    _role(case, person)
    _first(case, person)


def _plain_second(case: Case, person: Person) -> None:
    _role(case, person)
    _second(case, person)


def _plain_third(case: Case, person: Person) -> None:
    _role(case, person, "arbiter")
    _third(case, person)


def _plain_release(case: Case, person: Person) -> None:
    person.require_role("releaser", case.on, case.families)
    _release(case, person)


_PLAIN: dict[str, Callable[[Case, Person], None]] = {
    "first": _plain_first,
    "second": _plain_second,
    "third": _plain_third,
    "release": _plain_release,
    "order": require_order,
}


def _qualified(
    case: Case, person: Person, rule: Callable[[Case, Person], None], role: Role = "inspector"
) -> None:
    """Check role and qualification, and add to a refusal who could start now and who renews."""
    try:
        _role(case, person, role)
    except NotQualified as refusal:
        others = tuple(p.name for p in case.people if p.id != person.id and _passes(rule, case, p))
        renewers = tuple(
            p.name for p in case.people if p.id != person.id and p.has_role("administrator", case.on)
        )
        raise NotQualified(refusal.person, refusal.procedure, refusal.ended, others, renewers) from None


def _others(case: Case, person: Person, place: str) -> tuple[str, ...]:
    return tuple(p.name for p in could(case, place) if p.id != person.id)


def _made(case: Case, person: Person, act: str) -> None:
    units = case.batch.units_made_by(person.id)
    if units is not None:
        raise MadeUnits(person.name, units, act)
    if person.id in case.batch.reworkers:
        raise Reworked(person.name, act)
    require_no_part_in_concession(person, case.conceders, case.askers, act)


def _first(case: Case, person: Person) -> None:
    taken = case.signer("first")
    if taken is not None and taken != person.id:
        raise PlaceTaken("first", case.name(taken), _is_signed(case, "first"))
    made = case.batch.units_made_by(person.id) is not None or person.id in case.batch.reworkers
    if made and not case.content.maker_may_check_first:
        raise MakerFirstNotAllowed(person.name)
    if case.signer("second") == person.id:
        raise SamePerson(person.name, "first", "second")


def _second(case: Case, person: Person) -> None:
    if case.signer("first") == person.id:
        raise SamePerson(person.name, "second", "first")
    _made(case, person, "second")
    if case.round is not None:
        if person.id in case.round.given_up:
            raise GaveUpPlace(person.name)
        if person.id in case.round.seen_first:
            raise HasSeenFirst(person.name)
        if case.round.only_second not in (None, person.id):
            raise HasSeenFirst(person.name)
    taken = case.signer("second")
    if taken is not None and taken != person.id:
        raise PlaceTaken("second", case.name(taken), _is_signed(case, "second"))


def _third(case: Case, person: Person) -> None:
    # Also one that was set aside or taken back: what it claims may be what there is to decide.
    for check in case.round.checks if case.round else ():
        if check.person == person.id and check.place != "third":
            raise SamePerson(person.name, "third", check.place)
    _made(case, person, "third")


def _release(case: Case, person: Person) -> None:
    if case.signer("first") == person.id:
        raise SamePerson(person.name, "release", "first")
    _made(case, person, "release")
    if case.third_person_releases and case.signer("second") == person.id:
        raise ThirdNeeded(person.name)


def _is_signed(case: Case, place: Place) -> bool:
    return case.round is not None and case.round.signed(place) is not None


def with_others(refusal: Refusal, case: Case, person: Person, place: str) -> Refusal:
    """Add to a refusal, where it has the field, the names of those who could take the place instead."""
    if hasattr(refusal, "who_can"):
        refusal.who_can = _others(case, person, place)
    return refusal
