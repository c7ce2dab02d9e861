# SPDX-License-Identifier: Apache-2.0
"""Columns of the list of instruments: whether each may be used is said in its first column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from qcdesk.domain.events import InstrumentSaved
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.wording import ages
from qcdesk.wording.spelling import day

SOON = timedelta(days=14)


def standing(row: InstrumentSaved, today: date, words: Catalogue) -> tuple[str, Cell]:
    """Return whether an instrument may be used, in words, shape and colour."""
    if row.blocked:
        return words.say("Blocked"), Cell("octagon", "reject", 600)
    if row.calibrated_until is None:
        return words.say("Never calibrated"), Cell("barred", "text2", 600)
    if row.calibrated_until < today:
        late = ages.until(row.calibrated_until, today, words)
        return words.say("Overdue, {late}", late=late), Cell("triangle", "attention", 600)
    if row.calibrated_until <= today + SOON:
        return words.say("Due {when}", when=ages.until(row.calibrated_until, today, words)), Cell(
            "flag", "attention", 600
        )
    return words.say("Good"), Cell("tick", "text2")


def instruments_model(words: Catalogue, today: Callable[[], date]) -> RowsModel[InstrumentSaved]:
    """Return the model: number, kind, good until, whether it may be used."""
    say = words.say
    return RowsModel(
        (
            Column(say("Instrument"), lambda r: r.number, look=lambda _: Cell(weight=600), wide=150),
            Column(say("Kind"), lambda r: r.kind, wide=0),
            Column(
                say("Good until"),
                lambda r: day(r.calibrated_until, words) if r.calibrated_until else say("not set"),
                sort=lambda r: r.calibrated_until,
                look=lambda _: Cell(role="text2"),
                wide=140,
            ),
            Column(
                say("Use"),
                lambda r: standing(r, today(), words)[0],
                look=lambda r: standing(r, today(), words)[1],
                wide=220,
            ),
        )
    )
