# SPDX-License-Identifier: Apache-2.0
"""Columns of the log."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log, told. ``batch``: its id, to open it; ``number``: what people call it.

    ``marks``: what makes the line doubtful.
    """

    no: str
    when: str
    at: int
    who: str
    what: str
    signed: bool
    batch: str
    number: str
    station: str
    marks: str = ""


def log_model(words: Catalogue) -> RowsModel[LogRow]:
    """Return the model: when, who, what, batch, workstation, number of the event."""
    say = words.say
    quiet = Cell(role="text2")

    def what(row: LogRow) -> Cell:
        # What was signed with the secret stands out from what was entered in a sitting.
        if row.signed:
            return Cell(weight=600, note=row.marks)
        return replace(quiet, note=row.marks) if row.marks else quiet

    return RowsModel(
        (
            Column(say("When"), lambda r: r.when, sort=lambda r: r.at, look=lambda _: quiet, wide=170),
            Column(say("Who"), lambda r: r.who, wide=190),
            Column(say("What"), lambda r: r.what, look=what, wide=0),
            Column(say("Batch"), lambda r: r.number, wide=150),
            Column(say("Workstation"), lambda r: r.station, look=lambda _: quiet, wide=130),
            Column(say("Event"), lambda r: r.no, look=lambda _: quiet, number=True, wide=84),
        )
    )
