# SPDX-License-Identifier: Apache-2.0
"""Review: what the second person opens of the first's findings, and what counts as the second's own word on it.

A unit that a test destroyed cannot be inspected twice. Of such a characteristic the second person opens every defect
and every value out of limits that the first put on record, and says of each whether it is so; where anything is left
it is found or measured again, and what is found or measured again speaks before what was said. Only marks (a unit and
a code) on which the second spoke can be disputed.
"""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.events import Reviewed, RoundOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.refusals import NotReviewed
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import Claimed

Mark = tuple[int | None, str]
"""A sample number and a code."""


@dataclass(frozen=True)
class Opened:
    """A claim as its second person opens it: whether it is so; where not, ``note`` says why."""

    claim: str
    agrees: bool = True
    note: str = ""


def claims_to_review(opened: RoundOpened, first: Work) -> tuple[Reviewed, ...]:
    """Return what the second person must open of the first check: findings that stand, and readings out of limits."""
    codes = codes_in_review(opened.procedure.content)
    found = [
        Reviewed(f.id, f.unit, f.code, f.defect_class, f.count)
        for f in first.standing_findings()
        if f.unit is not None and f.code in codes
    ]
    outside = [
        Reviewed(m.id, m.unit, m.characteristic, m.defect_class)
        for m in first.standing_readings()
        if m.characteristic in codes and not m.inside
    ]
    return in_order(*found, *outside)


def in_order(*claims: Reviewed) -> tuple[Reviewed, ...]:
    """Return claims by unit and code."""
    return tuple(sorted(claims, key=lambda c: (c.unit, c.code, c.claim)))


def open_claim(claims: tuple[Reviewed, ...], said: Opened) -> Reviewed:
    """Return a claim as it goes on record when its second person has opened it.

    Raises: BadInput: ``unknown_claim``, nothing of this review; ``missing``, it is not so, and nothing says why.
    """
    claim = next((c for c in claims if c.claim == said.claim), None)
    if claim is None:
        raise BadInput("unknown_claim", facts={"value": said.claim}, where={"field": "claim"})
    if not said.agrees and not said.note.strip():
        raise BadInput("missing", where={"field": "note"})
    return Reviewed(
        claim.claim, claim.unit, claim.code, claim.defect_class, claim.count, said.agrees, said.note.strip()
    )


def require_reviewed(claims: tuple[Reviewed, ...], work: Work) -> None:
    """Refuse a second check in which something to review was not opened.

    Raises: NotReviewed.
    """
    seen = {r.claim for r in work.reviewed}
    left = tuple((c.unit, c.code) for c in claims if c.claim not in seen)
    if left:
        raise NotReviewed(left)


def claims_by_review(opened: RoundOpened, work: Work) -> tuple[Claimed, ...]:
    """Return what the second person claims by agreeing: opened claims, except where the own hand found otherwise."""
    own = _own_marks(opened, work)
    return tuple(
        Claimed(r.unit, r.code, r.defect_class, r.count)
        for r in work.reviewed
        if r.agrees and (r.unit, r.code) not in own
    )


def spoken_of(opened: RoundOpened, work: Work) -> frozenset[Mark]:
    """Return the marks in review on which the second person said anything."""
    return _own_marks(opened, work) | {(r.unit, r.code) for r in work.reviewed}


def _own_marks(opened: RoundOpened, work: Work) -> frozenset[Mark]:
    codes = codes_in_review(opened.procedure.content)
    return frozenset(
        (
            *((f.unit, f.code) for f in work.standing_findings() if f.code in codes),
            *((m.unit, m.characteristic) for m in work.standing_readings() if m.characteristic in codes),
        )
    )
