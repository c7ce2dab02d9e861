# SPDX-License-Identifier: Apache-2.0
"""Promises of suppliers in a table: broken and overdue ones first; the same wherever they are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qcdesk.domain.corrective import CorrectiveAction, Promise
from qcdesk.domain.promises import PromiseState
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.wording import corrective as wording
from qcdesk.wording.spelling import day

Today = Callable[[], date]
_PROMISES: dict[PromiseState, tuple[Shape, Role]] = {
    "kept": ("tick", "text2"),
    "late": ("flag", "attention"),
    "broken": ("octagon", "reject"),
    "open": ("empty", "text2"),
}


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A corrective action with its supplier's name."""

    action: CorrectiveAction
    supplier: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise with the action it stands in, and its supplier's name."""

    action: CorrectiveAction
    promise: Promise
    supplier: str


def in_ledger(rows: Sequence[ActionRow], today: date) -> list[PromiseRow]:
    """Return every promise of actions: broken ones first, then the overdue ones, then by their days."""
    made = [PromiseRow(r.action, p, r.supplier) for r in rows for p in r.action.promises]
    return sorted(
        made,
        key=lambda r: (r.promise.decision.state != "broken", not r.promise.overdue(today), r.promise.due),
    )


def promises_model(
    words: Catalogue, today: Today, *, ledger: bool = True, supplier: bool = True
) -> RowsModel[PromiseRow]:
    """Return the model of promises; in the ``ledger`` with the action of each, and its ``supplier``."""
    say = words.say

    def state(row: PromiseRow) -> Cell:
        shape, role = _PROMISES[row.promise.decision.state]
        return Cell(shape, role, 600, note=wording.why(row.promise, words))

    def due(row: PromiseRow) -> Cell:
        late = wording.overdue(row.promise, today(), words)
        return Cell(role="reject" if late else "text", note=late)

    own: tuple[Column[PromiseRow], ...] = (
        Column(
            say("Promise"),
            lambda r: r.promise.words,
            look=lambda r: Cell(weight=600, note=wording.test_words(r.promise.test, words, r.action.codes)),
            wide=0,
            lines=2,
            notes=2,
        ),
        Column(
            say("Due"), lambda r: day(r.promise.due, words, today()), sort=lambda r: r.promise.due.toordinal(),
            look=due, wide=110,
        ),
        Column(say("State"), lambda r: wording.promise_state(r.promise, words), look=state, wide=260,
               notes=2),
    )  # fmt: skip
    if not ledger:
        return RowsModel((Column(say("No."), lambda r: str(r.promise.no), number=True, wide=50), *own))
    action: Column[PromiseRow] = Column(
        say("Action"), lambda r: r.action.name, look=lambda _: Cell(role="action", weight=600), wide=90
    )
    whose: Column[PromiseRow] = Column(
        say("Supplier"), lambda r: r.supplier, look=lambda _: Cell(role="text2"), wide=200, lines=2
    )
    return RowsModel((*own[:1], action, *((whose,) if supplier else ()), *own[1:]))
