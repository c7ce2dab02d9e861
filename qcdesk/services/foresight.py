# SPDX-License-Identifier: Apache-2.0
"""The case of a batch as the independence rules want it, and what a step would leave for later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qcdesk.domain import independence
from qcdesk.domain.batches import Batch
from qcdesk.domain.independence import Case
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.refusals import NoProcedure
from qcdesk.domain.rounds import Round
from qcdesk.services.ports import UnitOfWork

RUNNING = ("first_check", "awaiting_second", "second_check", "accepted", "rejected", "disagreed")


def current_round(uow: UnitOfWork, batch: Batch) -> Round | None:
    """Return the round that stands, or None while the next one has not opened."""
    if batch.round is None or batch.state == "registered":
        return None
    return uow.round(batch.round)


def next_procedure(uow: UnitOfWork, batch: Batch) -> ProcedureVersion:
    """Return the approved version that would be pinned if a round opened now.

    Raises: NoProcedure: nothing approved covers the product.
    """
    product = uow.product(batch.saved.product)
    version = uow.approved_for(product.code)
    if version is None:
        raise NoProcedure(f"{product.code} {product.revision}".strip())
    return version


def family_of(uow: UnitOfWork, batch: Batch) -> str:
    """Return the family of a batch's product; empty where it has none: a role for some families is none for it."""
    return uow.product(batch.saved.product).family


def case_of(uow: UnitOfWork, batch: Batch, on: date) -> Case:
    """Return the case of a batch: its standing round with the pinned procedure, or the one that would be pinned."""
    standing = current_round(uow, batch)
    if standing is not None:
        code, content = standing.opened.procedure.code, standing.opened.procedure.content
    else:
        version = next_procedure(uow, batch)
        code, content = version.code, version.content
    return Case(
        batch=batch,
        round=standing,
        procedure=code,
        content=content,
        people=uow.people(),
        on=on,
        families=family_of(uow, batch),
        conceders=uow.conceders(batch.id),
        askers=uow.askers(batch.id),
        third_person_releases=uow.shop().third_person_releases,
    )


def could_order(uow: UnitOfWork, batch: Batch, on: date) -> tuple[str, ...]:
    """Return the names of those who could order a new round of a batch that a retraction holds."""
    case = case_of(uow, batch, on)
    return tuple(p.name for p in independence.could(case, "order"))


def foresee_rework(uow: UnitOfWork, batch: Batch, reworkers: tuple[str, ...], on: date) -> None:
    """Point out that with these reworkers nobody would be left for the next round or its release.

    Raises: NobodyLeft.
    """
    independence.foresee_rework(case_of(uow, replace(batch, state="registered"), on), reworkers)
