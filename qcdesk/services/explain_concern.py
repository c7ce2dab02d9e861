# SPDX-License-Identifier: Apache-2.0
"""Putting down the explanation of something that wanted one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qcdesk.domain.events import ConcernExplained
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import OwnConcern
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.services.rows import ConcernRow


def explain_concern(
    uow: UnitOfWork, hand: Hand, rows: Iterable[ConcernRow], key: str, note: str, on: date
) -> ConcernExplained:
    """Put down an explanation: an administrator whom it is not about.

    Args: rows: what wants explaining, as the log has it; they tell whom it is about. key: which of them.
    Raises: MissingRole, OwnConcern; BadInput ``missing``: no words, ``unknown_concern``: there is no such question.
    """
    if not note.strip():
        raise BadInput("missing", where={"field": "note"})
    with uow:
        by = uow.person(hand.person)
        by.require_role("administrator", on)
        asked = next((row.concern for row in rows if row.concern.key == key), None)
        if asked is None:
            raise BadInput("unknown_concern", facts={"key": key}, where={"field": "key"})
        if by.id in (asked.person, asked.other):
            raise OwnConcern(by.name)
        fact = ConcernExplained(key, asked.person, note.strip())
        uow.append(fact, hand)
        uow.commit()
    return fact
