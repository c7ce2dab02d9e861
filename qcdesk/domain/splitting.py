# SPDX-License-Identifier: Apache-2.0
"""Goods that go different ways: parts of a batch become batches of their own and carry its history (trust.md §8.3).

A batch is split when it is rejected, disagreed or withdrawn, or held: after a comparison, or before anything of it was
inspected. Between the two nothing is split, since to say where a unit went would tell what a blind check found of it.
Of a rejected batch some units may stay as they are, to be conceded; they are never inspected anew under its number.
What of a batch is here after others were shipped is split as well; of a conceded one, what is not conceded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from qcdesk.domain.batches import Batch, State, is_held, require_reason
from qcdesk.domain.events import BatchPart, BatchSplit, SplitGoods
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import (
    CriticalNowhere,
    PartTooSmall,
    QuantitiesDiffer,
    SelfConfirm,
    WrongState,
)

Way = Literal["inspect", "rework", "repair", "sort", "regrade", "return", "scrap"]
WAYS: tuple[Way, ...] = get_args(Way)
TOUCHED: tuple[Way, ...] = ("rework", "repair", "sort", "regrade")
"""Ways after which somebody says who did it, and a tightened round follows."""
SMALLEST = 1
"""Units of the smallest part: it is inspected whole. Nobody registers a batch of fewer than two."""
_SPLIT_FROM: tuple[State, ...] = ("rejected", "disagreed", "withdrawn", "accepted")
_KEEPS: tuple[State, ...] = ("rejected", "released_under_concession")
"""States in which some units may stay as they are."""


@dataclass(frozen=True)
class Piece:
    """A part as somebody wishes it.

    ``terms``: which grade, and what for, of what is regraded. ``units``: units of the batch on which a critical was
    claimed and that are in this part.
    """

    number: str
    quantity: int
    way: Way
    terms: str = ""
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class Held:
    """The hold that stands over a batch: of which kind, and why."""

    kind: str = ""
    reason: str = ""


def split(
    batch: Batch,
    pieces: Sequence[Piece],
    kept: int,
    reason: str,
    two: tuple[Person, Person],
    on: date,
    *,
    critical: Iterable[int],
    hold: Held,
    ids: Sequence[str],
) -> BatchSplit:
    """Split a batch: one of the two asks, the other confirms.

    Args: kept: units that stay as they are. critical: units of the batch on which anyone ever claimed a critical.
        hold: the one that stands. ids: for each part its own and that of its hold, one after the other.
    Raises: WrongState, SelfConfirm, QuantitiesDiffer, PartTooSmall, CriticalNowhere, BadInput.
    """
    for one in two:
        one.require_any_role(on)
    if two[0].id == two[1].id:
        raise SelfConfirm(two[0].name)
    require_splittable(batch)
    _require_ways(batch, pieces, kept)
    given = kept + sum(piece.quantity for piece in pieces)
    if given != batch.still_here:
        raise QuantitiesDiffer(batch.number, given, batch.still_here)
    if kept < batch.conceded_here:
        raise WrongState(batch.number, "conceded", "split")
    _require_units(batch, pieces, kept, tuple(critical))
    saved = batch.saved
    return BatchSplit(
        batch.id,
        tuple(
            BatchPart(
                own,
                piece.number.strip(),
                piece.quantity,
                piece.way,
                piece.terms.strip(),
                tuple(sorted(piece.units)),
                over if hold.kind and piece.way not in ("return", "scrap") else None,
            )
            for piece, own, over in zip(pieces, ids[::2], ids[1::2], strict=True)
        ),
        kept,
        SplitGoods(
            saved.product,
            saved.supplier,
            saved.line,
            saved.order,
            tuple(maker.person for maker in saved.makers),
            batch.reworkers,
            saved.made_on,
            saved.ship_by,
            batch.round_no,
            batch.again_used,
            batch.origins,
            hold.kind,
            hold.reason,
        ),
        require_reason(reason),
    )


def require_splittable(batch: Batch) -> None:
    """Refuse to split what is neither rejected nor held nor conceded in part, what is inspected, and what has left."""
    fit = batch.state == "released_under_concession" or (
        is_held(batch.state, batch.held)
        if batch.state in _SPLIT_FROM
        else batch.held and batch.state == "registered" and not batch.round_no
    )
    if not fit:
        raise WrongState(batch.number, batch.state, "split")
    if batch.rework_ordered:
        raise WrongState(batch.number, "rework", "split")
    if batch.still_here < 1:
        raise WrongState(batch.number, "shipped", "split")
    if batch.still_here <= batch.conceded_here:
        raise WrongState(batch.number, "conceded", "split")


def suggest(number: str, taken: Iterable[str], many: int) -> tuple[str, ...]:
    """Return numbers for parts: the batch's own, a slash, and the next ones that no batch has."""
    had, found, last = set(taken), list[str](), 0
    while len(found) < many:
        last += 1
        if (one := f"{number}/{last}") not in had:
            found.append(one)
    return tuple(found)


def _require_ways(batch: Batch, pieces: Sequence[Piece], kept: int) -> None:
    if not pieces:
        raise BadInput("missing", where={"field": "parts"})
    if kept < 0:
        raise BadInput("quantity", facts={"value": kept}, where={"field": "kept"})
    if kept and batch.state not in _KEEPS:
        raise BadInput("keeps_rejected", where={"field": "kept"})
    for piece in pieces:
        if piece.way not in WAYS:
            raise BadInput("unknown_kind", facts={"value": piece.way, "known": WAYS}, where={"field": "kind"})
        if piece.quantity < SMALLEST:
            raise PartTooSmall(batch.number, piece.number, piece.quantity)
        if piece.way == "inspect" and (batch.round_no or batch.state != "registered"):
            raise BadInput("inspects_untouched", where={"field": "kind"})
        if piece.way == "return" and batch.saved.supplier is None:
            raise BadInput("returns_nowhere", where={"field": "kind"})
        if piece.way == "regrade" and not piece.terms.strip():
            raise BadInput("missing", where={"field": "terms"})
        if not piece.number.strip():
            raise BadInput("missing", where={"field": "number"})


def _require_units(batch: Batch, pieces: Sequence[Piece], kept: int, critical: tuple[int, ...]) -> None:
    """Refuse to lose sight of a unit on which anyone claimed a critical: it is said into which part each one went."""
    named = Counter(unit for piece in pieces for unit in piece.units)
    for unit, times in named.items():
        if unit not in critical or times > 1:
            raise BadInput("unit_not_critical", facts={"unit": unit}, where={"field": "units"})
    left = tuple(unit for unit in critical if unit not in named)
    if len(left) > kept + batch.shipped or any(len(piece.units) > piece.quantity for piece in pieces):
        raise CriticalNowhere(batch.number, left or critical)
