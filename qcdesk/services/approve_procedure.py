# SPDX-License-Identifier: Apache-2.0
"""Drafting a procedure, its approval by somebody other than the author, its retirement."""

from __future__ import annotations

import hashlib
from datetime import date

from qcdesk.domain import canonical
from qcdesk.domain.batches import require_reason
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import ProcedureApproved, ProcedureDrafted, ProcedureRetired
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.refusals import ProcedureState
from qcdesk.services.ports import Hand, UnitOfWork


def content_hash(content: ProcedureContent) -> str:
    """Return the SHA-256 of a procedure's content in canonical form."""
    return hashlib.sha256(canonical.encode(to_data(content))).hexdigest()


def draft_procedure(
    uow: UnitOfWork, hand: Hand, code: str, content: ProcedureContent, on: date
) -> ProcedureDrafted:
    """Write a new version, or rewrite the draft there is."""
    code = clean_code(code, "reference")
    content.require_complete()
    with uow:
        uow.person(hand.person).require_role("planner", on)
        for product in content.products:
            uow.product(product)
        version = 1
        if uow.taken("procedure", code):
            newest = uow.procedure(code)
            version = newest.version if newest.state == "draft" else newest.version + 1
        fact = ProcedureDrafted(code, version, content, content_hash(content))
        uow.append(fact, hand)
        uow.commit()
    return fact


def approve_procedure(
    uow: UnitOfWork, hand: Hand, code: str, version: int | None, seen_hash: str | None, on: date
) -> ProcedureApproved:
    """Approve a draft: a planner who is not its author signs the text that was read (``seen_hash``)."""
    with uow:
        draft = uow.procedure(code, version)
        draft.require_approvable(uow.person(hand.person), seen_hash or draft.hash, on)
        for product in draft.content.products:
            other = uow.approved_for(product)
            if other is not None and other.code != draft.code:
                raise BadInput(
                    "product_covered",
                    facts={"product": product, "procedure": other.code},
                    where={"field": "products"},
                )
        fact = ProcedureApproved(draft.code, draft.version, draft.hash)
        uow.append(fact, hand)
        uow.commit()
    return fact


def retire_procedure(
    uow: UnitOfWork, hand: Hand, code: str, version: int | None, reason: str, on: date
) -> ProcedureRetired:
    """Retire an approved version: no round is opened under it any more."""
    with uow:
        uow.person(hand.person).require_role("planner", on)
        held = uow.procedure(code, version)
        if held.state == "retired":
            raise ProcedureState(held.code, held.version, held.state)
        fact = ProcedureRetired(held.code, held.version, require_reason(reason))
        uow.append(fact, hand)
        uow.commit()
    return fact
