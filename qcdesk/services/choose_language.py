# SPDX-License-Identifier: Apache-2.0
"""In which language somebody reads: chosen once, and followed by the window at every workstation."""

from __future__ import annotations

from typing import Final, cast, get_args

from qcdesk.domain.events import LanguageChosen
from qcdesk.domain.events.people import Reading
from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import Hand, UnitOfWork

READ_IN: Final[tuple[str, ...]] = get_args(Reading)


def choose_language(uow: UnitOfWork, hand: Hand, language: str) -> LanguageChosen:
    """Choose for oneself, whatever roles one holds; empty: the language of each workstation."""
    if language and language not in READ_IN:
        raise BadInput(
            "unknown_kind", facts={"value": language, "known": READ_IN}, where={"field": "language"}
        )
    with uow:
        uow.person(hand.person).require_active()
        fact = LanguageChosen(cast("Reading", language) if language else None)
        uow.append(fact, hand)
        uow.commit()
    return fact
