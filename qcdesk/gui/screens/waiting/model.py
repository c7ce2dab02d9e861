# SPDX-License-Identifier: Apache-2.0
"""Columns of batches that wait, and of the people they wait for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.waiting_times import Forecast, Outlook, WaitedFor
from qcdesk.wording import ages, waits
from qcdesk.wording.spelling import day

_LOOKS: Final[dict[Outlook, tuple[Shape | None, Role]]] = {
    "late": ("triangle", "attention"),
    "likely_late": ("triangle", "attention"),
    "tight": (None, "text"),
    "in_time": ("tick", "text2"),
    "no_day": (None, "text2"),
    "stopped": ("square", "hold"),
    "unknown": (None, "text2"),
}
_LAST: Final = date(9999, 12, 31)
Now = Callable[[], int]
Today = Callable[[], date]


def waiting_model(words: Catalogue, now: Now, today: Today) -> RowsModel[Forecast]:
    """Return the model: batch, what it waits for and who can, since when, its day, and what is foreseen."""
    say = words.say

    def outlook(one: Forecast) -> Cell:
        shape, role = _LOOKS[one.outlook]
        return Cell(shape, role, 600 if one.in_danger else 400)

    def ship_by(one: Forecast) -> str:
        return day(one.row.ship_by, words, today()) if one.row.ship_by else ""

    return RowsModel(
        (
            Column(
                say("Batch"), lambda r: r.row.number, look=lambda r: Cell(weight=600, note=r.row.product), wide=104,
                lines=2,
            ),
            Column(
                say("Waits for"), lambda r: waits.wants(r.row, words),
                look=lambda r: Cell(note=waits.people(r.row, words)), wide=0, lines=2, notes=2,
            ),
            Column(
                say("Last step by"), lambda r: r.row.person,
                sort=lambda r: r.row.since,
                look=lambda r: Cell(note=ages.waits(r.row.since, now(), words)), wide=128, lines=2,
            ),
            Column(say("Ship by"), ship_by, sort=lambda r: r.row.ship_by or _LAST, wide=104),
            Column(
                say("May leave"), lambda r: waits.leaves(r, words, today()), sort=lambda r: r.middle or _LAST, wide=116,
            ),
            Column(
                say("Outlook"), lambda r: waits.outlook(r, words), sort=lambda r: -(r.chance_late or 0.0), look=outlook,
                wide=170, lines=2,
            ),
        )
    )  # fmt: skip


def people_model(words: Catalogue, now: Now) -> RowsModel[WaitedFor]:
    """Return the model: who is waited for, by how many batches, and for how long the longest waits."""
    say = words.say
    return RowsModel(
        (
            Column(
                say("Who"),
                lambda r: r.name,
                look=lambda r: Cell(weight=600, note=waits.waited_for(r, words)),
                wide=0,
                lines=2,
                notes=2,
            ),
            Column(
                say("Longest"),
                lambda r: ages.span((now() - r.since) // 1_000_000, words),
                sort=lambda r: r.since,
                wide=76,
                lines=2,
            ),
        )
    )
