# SPDX-License-Identifier: Apache-2.0
"""A sitting, in which a person's entries are signed by a key that lives in memory only."""

from __future__ import annotations

from qcdesk.domain.events import SessionClosed, SessionOpened
from qcdesk.services.ports import Hand, Ids, Keys, Sitting, UnitOfWork, Workstation
from qcdesk.services.signing_in import introduce


def open_sitting(uow: UnitOfWork, keys: Keys, ids: Ids, hand: Hand, workstation: Workstation) -> Sitting:
    """Open a sitting: the person's key certifies a session key. The first one at a workstation introduces that."""
    session = ids.new()
    entry, public = keys.session(hand.person, session)
    with uow:
        uow.person(hand.person).require_active()
        waited = introduce(uow, workstation, hand)
        vault = uow.vault
        uow.append(SessionOpened(session, entry.key, public), hand)
        uow.commit()
    if waited:
        workstation.drop_tries(vault)
    return Sitting(hand.person, session, entry)


def close_sitting(uow: UnitOfWork, sitting: Sitting) -> None:
    """Close a sitting; its key is dead from here on."""
    with uow:
        uow.append(SessionClosed(sitting.session), sitting.hand)
        uow.commit()
