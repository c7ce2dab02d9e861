# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: line 1 the fact, line 2 who can or what to do; calm, since a refusal is not an error.

Each subject has a module of its own; importing it registers its sentences.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue
from qcdesk.wording.refusals import (
    audits,
    certificates,
    checks,
    complaints,
    concessions,
    corrective,
    goods,
    independence,
    instruments,
    log,
    nonconformities,
    people,
    procedures,
    sign_ins,
    suppliers,
)
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told

SUBJECTS: Final = (
    audits,
    certificates,
    checks,
    complaints,
    concessions,
    corrective,
    goods,
    independence,
    instruments,
    log,
    nonconformities,
    people,
    procedures,
    sign_ins,
    suppliers,
)
"""Where the sentences are."""


def tell(refusal: Refusal, words: Catalogue, *, you: str | None = None, today: date | None = None) -> Told:
    """Return a refusal in words.

    Args: you: the name of the reader; a refusal about somebody else (the other of two who sign) then names them.
        today: leaves the year out of days of this year.
    """
    return in_words(refusal, Reader(words, you, today))


def told_rules() -> frozenset[type]:
    """Return the refusals that have words of their own."""
    return frozenset(in_words.registry) - {object}
