# SPDX-License-Identifier: Apache-2.0
"""Badges: a new one takes the person's password and one other person, stopping one takes anybody (trust.md §5.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcdesk.domain.events import BadgeIssued, BadgeStopped
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NoBadge, TwoNeeded
from qcdesk.domain.times import log_day
from qcdesk.services.change_secrets import mark_of
from qcdesk.services.ports import Hand
from qcdesk.services.signing_in import Gate


@dataclass(frozen=True)
class Issued:
    """A badge just made. ``code`` is to be printed once; it is kept nowhere and cannot be shown again."""

    fact: BadgeIssued
    code: str = field(repr=False)


def issue_badge(gate: Gate, act: Hand, other: Hand, pin: str) -> Issued:
    """Make a badge for whose hand ``act`` is (opened by password); earlier badges of the same person end.

    Raises: TwoNeeded; PasswordNeeded; NotActive; ReadsOnly; BadInput ``pin_form``, ``pin_common``.
    """
    uow = gate.look()
    with uow:
        vault, person = uow.vault, uow.person(act.person)
        others = tuple(p.name for p in uow.people() if p.status == "active" and p.id != person.id)
    if other.person == act.person:
        raise TwoNeeded("badge", others)
    new = gate.keys.new_badge(vault, person.name, act, pin)
    uow = gate.begin()
    with uow:
        uow.person(act.person).require_active()
        uow.person(other.person).require_any_role(log_day(gate.clock.now()))
        stops = uow.badges(person.id)
        fact = BadgeIssued(person.id, new.sealed.id, new.sealed.key, mark_of(new.sealed.sealed), stops)
        uow.append(fact, act, co=(other,))
        uow.seal_badge(new.sealed)
        uow.drop_badges(stops)
        uow.commit()
    return Issued(fact, new.code)


def stop_badge(gate: Gate, act: Hand, person: str, reason: str) -> tuple[BadgeStopped, ...]:
    """Stop a person's badge and delete its seal: any one enrolled person. The key and the password stay.

    Raises: NoBadge; NotActive; BadInput ``missing``: no reason.
    """
    if not reason.strip():
        raise BadInput("missing", where={"field": "reason"})
    uow = gate.begin()
    with uow:
        uow.person(act.person).require_active()
        concerned = uow.person(person)
        badges = uow.badges(concerned.id)
        if not badges:
            raise NoBadge(concerned.name)
        facts = tuple(BadgeStopped(concerned.id, badge, reason.strip()) for badge in badges)
        for fact in facts:
            uow.append(fact, act)
        uow.drop_badges(badges)
        uow.commit()
    return facts
