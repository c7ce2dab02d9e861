# SPDX-License-Identifier: Apache-2.0
"""Columns of complaints, and of touches."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import ComplaintRow, TouchedRow, TouchRow
from qcdesk.wording import ages, complaints, states

Now = Callable[[], int]


def complaints_model(words: Catalogue, now: Now) -> RowsModel[ComplaintRow]:
    """Return the model: number, from whom, owner, where it stands, age and waiting, hand-overs."""
    say = words.say

    def stands(row: ComplaintRow) -> Cell:
        if row.complaint.overdue(now()):
            return Cell("triangle", "attention", 600)
        return Cell("tick" if row.closed_at is not None else None, "text2")

    def handed(row: ComplaintRow) -> Cell:
        return Cell("octagon", "reject", 600) if row.complaint.too_often else Cell(role="text2")

    return RowsModel(
        (
            Column(
                say("Complaint"),
                lambda r: complaints.number(r.number),
                sort=lambda r: r.number,
                look=lambda _: Cell(weight=600),
                wide=96,
            ),
            Column(say("From"), lambda r: complaints.said(r, words), wide=0, lines=2),
            Column(say("Owner"), lambda r: r.owner_name, wide=140, lines=2),
            Column(
                say("State"), lambda r: complaints.stands(r, now(), words), look=stands, wide=230, lines=2
            ),
            Column(
                say("Age and waiting"),
                lambda r: complaints.ages(r, now(), words),
                sort=lambda r: (r.complaint.taken.received, r.taken_at),
                wide=185,
                lines=3,
            ),
            Column(
                say("Hand-overs"),
                lambda r: complaints.hand_overs(r, words),
                sort=lambda r: r.complaint.hand_overs,
                look=handed,
                wide=190,
                lines=2,
            ),
        )
    )


def touches_model(words: Catalogue) -> RowsModel[TouchRow]:
    """Return the model of touches, newest first."""
    say = words.say
    return RowsModel(
        (
            Column(
                say("When"),
                lambda r: ages.minute(r.at, words),
                sort=lambda r: r.seq,
                look=lambda _: Cell(role="text2"),
                wide=136,
            ),
            Column(say("Touch"), lambda r: say(states.TOUCH_WORDS[r.kind]), wide=84),
            Column(
                say("Batch or order"),
                lambda r: r.number or r.order,
                look=lambda _: Cell(weight=600),
                wide=110,
            ),
            Column(say("Who"), lambda r: r.person, wide=0, lines=2),
        )
    )


def touched_model(words: Catalogue, over: Callable[[], frozenset[str]]) -> RowsModel[TouchedRow]:
    """Return the model of batches and how often each was touched; ``over``: those above the limit."""
    say = words.say

    def look(row: TouchedRow) -> Cell:
        return Cell("triangle", "attention", 600) if row.batch in over() else Cell()

    return RowsModel(
        (
            Column(say("Batch"), lambda r: r.number, look=look, wide=0),
            Column(say("Touches"), lambda r: str(r.touches), sort=lambda r: r.touches, number=True, wide=100),
        )
    )
