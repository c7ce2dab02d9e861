# SPDX-License-Identifier: Apache-2.0
"""Drafting a procedure, its approval by somebody other than the author, its retirement."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

from qcdesk.domain import canonical
from qcdesk.domain.batches import require_reason
from qcdesk.domain.cleaning import cleaned_content
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import (
    GraceGranted,
    ProcedureApproved,
    ProcedureDrafted,
    ProcedureRetired,
    Reinspected,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code
from qcdesk.domain.procedures import ProcedureContent, require_grace
from qcdesk.domain.refusals import ProcedureState
from qcdesk.services.kept_pictures import require_kept
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.services.proofs import proving


def content_hash(content: ProcedureContent) -> str:
    """Return the SHA-256 of a procedure's content in canonical form."""
    return hashlib.sha256(canonical.encode(to_data(content))).hexdigest()


def draft_procedure(
    uow: UnitOfWork, hand: Hand, code: str, content: ProcedureContent, on: date
) -> ProcedureDrafted:
    """Write a new version, or rewrite the draft there is."""
    code = clean_code(code, "reference")
    content = cleaned_content(content)
    content.require_complete()
    with uow:
        _require_planner(uow, hand, content, on)
        for product in content.products:
            uow.product(product)
        for step in content.steps:
            require_kept(uow, step.picture, "picture")
        version = 1
        if uow.taken("procedure", code):
            newest = uow.procedure(code)
            version = newest.version if newest.state == "draft" else newest.version + 1
        fact = ProcedureDrafted(code, version, content, content_hash(content))
        uow.append(fact, hand)
        uow.commit()
    return fact


def approve_procedure(
    uow: UnitOfWork,
    hand: Hand,
    code: str,
    version: int | None,
    seen_hash: str | None,
    on: date,
    open_batches: Literal["continue", "re_inspect"] = "continue",
) -> ProcedureApproved:
    """Approve a draft: a planner who is not its author signs the text that was read (``seen_hash``).

    Args: open_batches: ``continue``: what is being inspected goes on by the version it began with; ``re_inspect``:
        its signatures no longer count, and it opens its next round on this version.
    """
    with uow:
        draft = uow.procedure(code, version)
        _require_planner(uow, hand, draft.content, on)
        draft.require_approvable(uow.person(hand.person), seen_hash or draft.hash, on)
        for product in draft.content.products:
            other = uow.approved_for(product)
            if other is not None and other.code != draft.code:
                raise BadInput(
                    "product_covered",
                    facts={"product": product, "procedure": other.code},
                    where={"field": "products"},
                )
        again = uow.open_under(draft.code) if open_batches == "re_inspect" else ()
        fact = ProcedureApproved(
            draft.code, draft.version, draft.hash, open_batches, tuple(Reinspected(b, r) for b, r in again)
        )
        with proving(uow, hand, on, *(batch for batch, _ in again)):
            uow.append(fact, hand)
        uow.commit()
    return fact


def retire_procedure(
    uow: UnitOfWork, hand: Hand, code: str, version: int | None, reason: str, on: date
) -> ProcedureRetired:
    """Take a version out of use: no round is opened under it, and nothing inspected by it is released any more."""
    with uow:
        held = uow.procedure(code, version)
        _require_planner(uow, hand, held.content, on)
        if held.stopped:
            raise ProcedureState(held.code, held.version, held.state)
        fact = ProcedureRetired(held.code, held.version, require_reason(reason))
        uow.append(fact, hand)
        uow.commit()
    return fact


def grant_grace(
    uow: UnitOfWork,
    by: Hand,
    other: Hand,
    code: str,
    version: int | None,
    until: date,
    reason: str,
    on: date,
) -> GraceGranted:
    """Let rounds open under a version whose review is overdue, until a day: two planners sign."""
    with uow:
        held = uow.procedure(code, version)
        for each in (by, other):
            _require_planner(uow, each, held.content, on)
        require_grace(held, uow.person(by.person), uow.person(other.person), until, reason, on)
        fact = GraceGranted(held.code, held.version, until, require_reason(reason))
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def _require_planner(uow: UnitOfWork, hand: Hand, content: ProcedureContent, on: date) -> None:
    """Refuse whoever is no planner for the family of each product that a procedure is for, whatever its revision."""
    planner = uow.person(hand.person)
    planner.require_role("planner", on)
    for family in sorted({p.family for p in uow.products() if p.code in content.products}):
        planner.require_role("planner", on, family)
