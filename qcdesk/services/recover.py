# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: opened by its code, it stands in for one missing signature and is replaced by a new one."""

from __future__ import annotations

from qcdesk.domain.events import RecoveryUsed
from qcdesk.domain.log import RECOVERY
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import WrongSheet
from qcdesk.services.ports import Hand, Keys, Sheet, UnitOfWork


def open_sheet(uow: UnitOfWork, keys: Keys, code: str) -> Sheet:
    """Open the recovery sheet, and make the code of the next one, which is good once this one has been used.

    Raises: BadInput ``recovery_code``: the code is written wrong; WrongSheet: it is not the sheet that is good now.
    """
    hand = keys.open_recovery(code)
    with uow:
        if uow.recovery_key() != hand.key:
            raise WrongSheet()
    return Sheet(hand, *keys.recovery())


def beside(uow: UnitOfWork, other: Hand) -> Person | None:
    """Return who signs beside the first; None for the recovery sheet, which is nobody.

    Acts on which the sheet never stands in ask ``uow.person`` for whoever signs, which refuses it.
    """
    return None if other.person == RECOVERY else uow.person(other.person)


def replace_sheet(uow: UnitOfWork, act: str, person: str, by: Hand, other: Hand) -> None:
    """Put down, straight after an act that the recovery sheet signed, that it was used, and make the next one good.

    Args: act: type of the event before. person: whom it was about. Nothing happens where ``other`` is a person's.
    """
    if isinstance(other, Sheet):
        uow.append(RecoveryUsed(act, person, other.next_public_key), by, co=(other,))
