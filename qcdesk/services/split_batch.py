# SPDX-License-Identifier: Apache-2.0
"""Splitting a batch: goods that go different ways become batches of their own that carry the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qcdesk.domain.batches import Shown
from qcdesk.domain.events import BatchSplit
from qcdesk.domain.names import clean_code
from qcdesk.domain.refusals import AlreadyThere, NumberHad
from qcdesk.domain.splitting import Held, Piece, require_splittable, split, suggest
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.register_batch import require_no_check_runs, require_none_certified


def split_batch(
    uow: UnitOfWork,
    ids: Ids,
    by: Hand,
    other: Hand,
    batch: str,
    pieces: Sequence[Piece],
    kept: int,
    reason: str,
    on: date,
    *,
    seen: Shown | None = None,
) -> BatchSplit:
    """Split a rejected or held batch; one asks, another confirms.

    Args: pieces: the parts, whose numbers are suggested where they are left empty; kept: units that stay as they are.
        seen: where both were shown that it stands; where it is elsewhere now, nothing is signed.
    Raises: SelfConfirm, WrongState, QuantitiesDiffer, PartTooSmall, CriticalNowhere, AlreadyThere, NumberHad,
        CheckRunning, CertificateStands, ChangedMeanwhile, BadInput.
    """
    with uow:
        found = uow.batch(batch)
        found.require_as_shown(seen)
        require_splittable(found)
        require_no_check_runs(uow, found)
        two = uow.person(by.person), uow.person(other.person)
        numbered = _numbered(uow, found.id, found.number, pieces)
        critical = uow.critical_units(found.id)
        hold = Held(*uow.hold_of(found.id))
        fresh = [ids.new() for _ in range(2 * len(numbered))]
        fact = split(found, numbered, kept, reason, two, on, critical=critical, hold=hold, ids=fresh)
        require_none_certified(uow, found)
        with proving(uow, by, on, found.id):
            uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def _numbered(uow: UnitOfWork, batch: str, number: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return parts that each have a number that no batch has or had. Raises: AlreadyThere, NumberHad."""
    chosen = [clean_code(piece.number, "batch") if piece.number.strip() else "" for piece in pieces]
    given = [one for one in chosen if one]
    for one in given:
        if one == number or given.count(one) > 1:
            raise AlreadyThere("batch", one)
    for had, by in uow.numbers_had(given, batch).items():
        raise AlreadyThere("batch", had) if had == by else NumberHad(had, by)
    free = iter(suggest(number, (*uow.batch_numbers(batch), *given), len(pieces)))
    return tuple(replace(piece, number=one or next(free)) for piece, one in zip(pieces, chosen, strict=True))
