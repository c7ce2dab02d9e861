# SPDX-License-Identifier: Apache-2.0
"""Another password for the same key, and another key that the old one signs in (trust.md §5.6)."""

from __future__ import annotations

from hashlib import sha256

from qcdesk.domain.events import KeyChanged, SecretChanged
from qcdesk.domain.refusals import ChangedMeanwhile
from qcdesk.services.ports import Hand, SealedKey
from qcdesk.services.signing_in import Gate


def mark_of(sealed: str) -> str:
    """Return what the log says of a seal: its SHA-256, so that an older one put back in its place is seen."""
    return sha256(sealed.encode()).hexdigest()


def change_password(gate: Gate, login: str, old: str, new: str) -> SecretChanged:
    """Seal a person's key under another password; the key and all badges stay.

    Raises: as ``Gate.open``; BadInput: the new one is too easy to guess; ChangedMeanwhile.
    """
    uow = gate.look()
    with uow:
        vault, sealed = uow.vault, uow.sealed(login)
        person = uow.person(sealed.person)
    made: list[SealedKey] = []

    def opening() -> Hand:
        hand, again = gate.keys.reseal(vault, login, sealed, old, new)
        made.append(again)
        return hand

    hand = gate.attempt(vault, person, "password", opening)
    uow = gate.begin()
    with uow:
        if uow.sealed(login) != sealed:
            raise ChangedMeanwhile(login)
        fact = SecretChanged(person.id, sealed.key, mark_of(made[0].sealed))
        uow.append(fact, hand)
        uow.replace_seal(made[0])
        uow.commit()
    return fact


def change_key(gate: Gate, login: str, secret: str) -> KeyChanged:
    """Give a person a new key under the same password; the old one signs it in and ends, and badges end with it.

    Raises: as ``Gate.open``; BadInput: the password would not be taken today.
    """
    uow = gate.look()
    with uow:
        vault = uow.vault
    hand = gate.open(login, secret)
    new = gate.keys.make(vault, hand.person, login, secret)
    uow = gate.begin()
    with uow:
        uow.person(hand.person).require_active()
        stops = uow.badges(hand.person)
        fact = KeyChanged(hand.person, hand.key, new.key, new.public_key, mark_of(new.sealed.sealed), stops)
        uow.append(fact, hand, co=(new.hand,))
        uow.seal(new.sealed)
        uow.drop_seal(hand.key)
        uow.drop_badges(stops)
        uow.commit()
    return fact
