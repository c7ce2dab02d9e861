# SPDX-License-Identifier: Apache-2.0
"""Opening a person's key, and a sitting in which that person's entries are signed."""

from __future__ import annotations

from qcdesk.domain.events import SessionClosed, SessionOpened
from qcdesk.services.ports import Hand, Ids, Keys, Sitting, UnitOfWork


def open_hand(uow: UnitOfWork, keys: Keys, login: str, secret: str) -> Hand:
    """Open a person's own key for acts. Slow on purpose; no transaction is open meanwhile.

    Raises: BadInput ``unknown_login``; WrongSecret; NotActive.
    """
    with uow:
        vault, sealed = uow.vault, uow.sealed(login)
        uow.person(sealed.person).require_active()
    return keys.open(vault, login, sealed, secret)


def open_sitting(uow: UnitOfWork, keys: Keys, ids: Ids, hand: Hand) -> Sitting:
    """Open a sitting: the person's key certifies a session key that lives in memory only."""
    session = ids.new()
    entry, public = keys.session(hand.person, session)
    with uow:
        uow.person(hand.person).require_active()
        uow.append(SessionOpened(session, entry.key, public), hand)
        uow.commit()
    return Sitting(hand.person, session, entry)


def close_sitting(uow: UnitOfWork, sitting: Sitting) -> None:
    """Close a sitting; its key is dead from here on."""
    with uow:
        uow.append(SessionClosed(sitting.session), sitting.hand)
        uow.commit()
