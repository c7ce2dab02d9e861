# SPDX-License-Identifier: Apache-2.0
"""Putting down the explanation of something that wanted one."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.events import ConcernExplained
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import OwnConcern
from qcdesk.services.ports import Hand, UnitOfWork


def explain_concern(
    uow: UnitOfWork, hand: Hand, concern: str, about: tuple[str, ...], note: str, on: date
) -> ConcernExplained:
    """Put down an explanation: an administrator whom it is not about.

    Args: concern: its key. about: ids of the people it is about.
    Raises: MissingRole, OwnConcern; BadInput ``missing``: no words.
    """
    if not note.strip():
        raise BadInput("missing", where={"field": "note"})
    with uow:
        by = uow.person(hand.person)
        by.require_role("administrator", on)
        if by.id in about:
            raise OwnConcern(by.name)
        fact = ConcernExplained(concern, about[0] if about else "", note.strip())
        uow.append(fact, hand)
        uow.commit()
    return fact
