# SPDX-License-Identifier: Apache-2.0
"""What else wants looking at, above the board: call-backs that are overdue, complaints and batches handled too often."""

from __future__ import annotations

from qcdesk.domain.times import log_day
from qcdesk.i18n import Catalogue
from qcdesk.services.touch_charts import touch_chart
from qcdesk.services.use_cases import UseCases
from qcdesk.services.waiting_times import Waiting, since_when, waiting
from qcdesk.wording import complaints as wording
from qcdesk.wording import waits

MOST = 3
"""The board has room for a few; the rest stands behind them."""
Notes = list[tuple[str, str, bool]]
"""A sentence, the page it leads to, and whether it is red."""


def board_notes(use: UseCases, person: str, words: Catalogue) -> Notes:
    """Return what a person has to know: the owner of a complaint, a quality manager (who plans), everybody."""
    now, care = use.clock.now(), use.read.care
    rows = care.complaints()
    notes: Notes = []
    for row in rows:
        if row.complaint.owner == person and row.complaint.overdue(now):
            notes.append((wording.overdue(row, now, words), "complaints", False))
    with use.look() as uow:
        manages = uow.person(person).has_role("planner", log_day(now))
    if manages:
        notes += [
            (wording.too_many(row, words), "complaints", True) for row in rows if row.complaint.too_often
        ]
    if danger := waits.in_danger(foreseen(use).in_danger, words):
        notes.append((danger, "waiting", False))
    if wrong := wording.too_often(touch_chart(care.touched()).over, words):
        notes.append((wrong, "touches", False))
    if len(notes) > MOST:
        left = len(notes) - MOST + 1
        more = words.count("{n} more thing like these.", "{n} more things like these.", left)
        return [*notes[: MOST - 1], (more, "complaints", False)]
    return notes


def foreseen(use: UseCases) -> Waiting:
    """Return what waits, with what is foreseen of it."""
    now, care = use.clock.now(), use.read.care
    return waiting(care.queue(use.clock.today(), named=False), care.signed_at(since_when(now)), now)
