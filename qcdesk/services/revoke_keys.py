# SPDX-License-Identifier: Apache-2.0
"""Ending a person's key and giving a new one; what a key in doubt has touched is held, listed and done afresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qcdesk.domain.batches import Shown, State, require_reason
from qcdesk.domain.events import BatchQuarantined, KeyEnrolled, KeyRevoked, RoundReopened
from qcdesk.domain.events.revocations import WHY_REVOKED, WhyRevoked
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person, require_administrator_left, require_two_others
from qcdesk.domain.refusals import CannotGrantAlone, KeyEnded, NothingSuspect, TwoNeeded
from qcdesk.services.ports import Hand, Ids, Keys, KnownKey, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.recover import beside, replace_sheet

UNRELEASED: tuple[State, ...] = (
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "rejected",
    "disagreed",
)
REOPENED: tuple[State, ...] = UNRELEASED[2:]


@dataclass(frozen=True)
class Revoked:
    """A key that ended or is in doubt; the numbers of batches that were held for it, and of those released before."""

    fact: KeyRevoked
    held: tuple[str, ...] = ()
    released: tuple[str, ...] = ()


def revoke_key(
    uow: UnitOfWork,
    ids: Ids,
    by: Hand,
    other: Hand | None,
    person: str,
    why: WhyRevoked,
    on: date,
    suspect_from: int | None = None,
) -> Revoked:
    """End a person's key: by the person alone, or by two others (the recovery sheet may be one).

    Args: suspect_from: with ``suspect``, the event number from which on every act of the key is in doubt; it may be
        one of a key that ended before. What such a key touched and is not released yet is held.
    Raises: TwoNeeded, SheetNotNeeded, LastAdministrator (leaving, as the only one), KeyEnded, BadInput.
    """
    if why not in WHY_REVOKED:
        raise BadInput("why_revoked", facts={"why": why, "known": WHY_REVOKED}, where={"field": "why"})
    if (why == "suspect") != (suspect_from is not None):
        raise BadInput("suspect_from", facts={"why": why}, where={"field": "from"})
    with uow:
        concerned = uow.person(person)
        concerned.require_enrolled()
        _require_signers(uow, concerned, by, other, why, on)
        key = _key_in_question(uow, concerned, suspect_from)
        fact = KeyRevoked(
            person=concerned.id,
            key=key.key,
            why=why,
            suspect_from=suspect_from,
            sessions=uow.open_sessions(concerned.id) if key.until_seq is None else (),
        )
        held, released = _touched(uow, key, suspect_from)
        for batch in held:
            assert suspect_from is not None
            if uow.batch(batch).held:
                continue  # it stands still as it is; and nothing of it is released over a check in doubt
            uow.append(BatchQuarantined(batch, ids.new(), concerned.id, suspect_from), by)
        numbers = tuple(tuple(uow.batch(b).number for b in some) for some in (held, released))
        uow.append(fact, by, co=(other,) if other is not None else ())
        if key.until_seq is None:
            uow.drop_seal(key.key)
        if other is not None:
            replace_sheet(uow, fact.TYPE, concerned.id, by, other)
        uow.commit()
    return Revoked(fact, *numbers)


def enrol_new_key(
    uow: UnitOfWork, keys: Keys, by: Hand, other: Hand, person: str, secret: str, on: date
) -> KeyEnrolled:
    """Give a person who is enrolled a new key, chosen by a secret of theirs; one that is still good ends as lost.

    Two other enrolled people sign (the recovery sheet may be one), and the new key. Roles and earlier signatures stay.
    Raises: TwoNeeded, SheetNotNeeded, CannotGrantAlone (for somebody who had left), BadInput: a weak secret.
    """
    with uow:
        vault = uow.vault
        concerned = _may_follow(uow, by, other, person, on)
    new = keys.make(vault, concerned.id, concerned.login or "", secret)
    with uow:
        concerned = _may_follow(uow, by, other, person, on)
        good = next((k.key for k in uow.keys_of(concerned.id) if k.until_seq is None), None)
        fact = KeyEnrolled(
            person=concerned.id,
            key=new.key,
            public_key=new.public_key,
            lost=good,
            sessions=uow.open_sessions(concerned.id) if good is not None else (),
        )
        uow.append(fact, by, co=(other, new.hand))
        uow.seal(new.sealed)
        if good is not None:
            uow.drop_seal(good)
        replace_sheet(uow, fact.TYPE, concerned.id, by, other)
        uow.commit()
    return fact


def reopen_round(
    uow: UnitOfWork,
    by: Hand,
    other: Hand,
    batch: str,
    reason: str,
    on: date,
    *,
    seen: Shown | None = None,
) -> RoundReopened:
    """Send an unreleased batch whose round holds a signature in doubt to a new round; two people sign.

    Whoever has given that signature may be one of them, with a new key. A hold stays until two lift it.
    Args: seen: where both were shown that it stands; where it is elsewhere now, nothing is signed.
    Raises: NothingSuspect, WrongState, TwoNeeded, ChangedMeanwhile.
    """
    with uow:
        one, two, found = uow.person(by.person), uow.person(other.person), uow.batch(batch)
        found.require_as_shown(seen)
        found.require_state("reopen", *REOPENED)
        found.require_whole("reopen")
        suspect = uow.suspect_checks(found.round or "")
        checks = tuple(s.check for s in suspect if s.check is not None)
        if not checks:
            raise NothingSuspect(found.number)
        one.require_any_role(on)
        two.require_any_role(on)
        if one.id == two.id:
            raise TwoNeeded(
                "reopen", tuple(p.name for p in uow.people() if p.id != one.id and p.can_sign(on))
            )
        fact = RoundReopened(found.id, found.round or "", checks, require_reason(reason))
        with proving(uow, by, on, found.id):
            uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def _require_signers(
    uow: UnitOfWork, concerned: Person, by: Hand, other: Hand | None, why: WhyRevoked, on: date
) -> None:
    everyone = uow.people()
    first = uow.person(by.person)
    if other is None:
        first.require_active()
        if first.id != concerned.id:
            raise TwoNeeded("revoke", _others(everyone, concerned, first, on))
        if why == "left":
            require_administrator_left(everyone, concerned, on)
        return
    require_two_others(concerned.id, first, beside(uow, other), everyone, on, "revoke")


def _others(everyone: tuple[Person, ...], concerned: Person, first: Person, on: date) -> tuple[str, ...]:
    return tuple(p.name for p in everyone if p.id not in (concerned.id, first.id) and p.can_sign(on))


def _key_in_question(uow: UnitOfWork, concerned: Person, suspect_from: int | None) -> KnownKey:
    """Return the key that was good at the event from which on it is in doubt; without one, the key that is good now."""
    keys = uow.keys_of(concerned.id)
    if suspect_from is None:
        good = next((k for k in keys if k.until_seq is None), None)
        if good is None:
            raise KeyEnded(concerned.name, concerned.revoked or "")
        return good
    head = uow.head_seq()
    for key in keys:
        until = key.until_seq if key.until_seq is not None else head
        if key.from_seq <= suspect_from <= until:
            if key.suspect_from is not None and key.suspect_from <= suspect_from:
                raise KeyEnded(concerned.name, "suspect")
            return key
    raise BadInput(
        "no_key_then",
        facts={"name": concerned.name, "first": keys[0].from_seq, "last": head},
        where={"field": "from"},
    )


def _touched(
    uow: UnitOfWork, key: KnownKey, suspect_from: int | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the batches that are to be held, and those that were released already."""
    if suspect_from is None:
        return (), ()
    batches = [uow.batch(b) for b in uow.touched(key.person, suspect_from, key.until_seq)]
    held = tuple(b.id for b in batches if b.state in UNRELEASED and not b.held)
    released = ("released", "released_under_concession")
    return held, tuple(b.id for b in batches if b.state in released)


def _may_follow(uow: UnitOfWork, by: Hand, other: Hand, person: str, on: date) -> Person:
    everyone = uow.people()
    concerned = uow.person(person)
    concerned.require_enrolled()
    first, second = uow.person(by.person), beside(uow, other)
    require_two_others(concerned.id, first, second, everyone, on, "new_key")
    if concerned.revoked == "left" and second is not None:
        able = [p for p in everyone if p.id != concerned.id and p.has_role("administrator", on)]
        if not {first.id, second.id} & {p.id for p in able}:
            raise CannotGrantAlone(first.name, tuple(p.name for p in able))
    return concerned
