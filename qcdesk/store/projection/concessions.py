# SPDX-License-Identifier: Apache-2.0
"""Rows of concessions: what was asked for, how it was answered, and budgets, of which a supplier's last one counts."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.batches import move
from qcdesk.store.projection.changes import Change, Put, Set, document, other_of, project


@project.register
def _(fact: events.ConcessionRequested, event: Event) -> Iterator[Change]:
    yield Put(
        "concession",
        {
            "id": fact.concession,
            "batch": fact.batch,
            "round": fact.round,
            "quantity": fact.quantity,
            "until_day": fact.until.isoformat(),
            "consent": fact.consent,
            "person": event.by,
            "body": document(fact),
            "at": event.at,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.ConcessionApproved, event: Event) -> Iterator[Change]:
    yield _answer(fact, event, "approved", quantity=fact.quantity, record=fact.record)
    yield Set("batch", {"id": fact.batch}, {"released": fact.quantity})
    yield from move(fact.batch, "released_under_concession", event.at)


@project.register
def _(fact: events.ConcessionRefused, event: Event) -> Iterator[Change]:
    yield _answer(fact, event, "refused", reason=fact.reason)


@project.register
def _(fact: events.ConcessionBudget, event: Event) -> Iterator[Change]:
    yield Put(
        "concession_budget",
        {
            "seq": event.seq,
            "supplier": fact.supplier,
            "per_10000": int(fact.percent * 100),
            "months": fact.months,
            "reason": fact.reason,
            "person": event.by,
            "other": other_of(event),
        },
    )


def _answer(
    fact: events.ConcessionApproved | events.ConcessionRefused,
    event: Event,
    answer: str,
    *,
    quantity: int = 0,
    record: str = "",
    reason: str = "",
) -> Put:
    return Put(
        "concession_answer",
        {
            "concession": fact.concession,
            "answer": answer,
            "batch": fact.batch,
            "round": fact.round,
            "quantity": quantity,
            "record": record,
            "reason": reason,
            "person": event.by,
            "other": other_of(event),
            "at": event.at,
            "seq": event.seq,
        },
    )
