# SPDX-License-Identifier: Apache-2.0
"""Columns of the tables; the rows bring their cells in words."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.screens.detection.rows import LineRow, Listing
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its words, its width in px (0: what is left), whether it holds numbers, how many lines it may take."""

    words: str
    wide: int = 120
    number: bool = False
    lines: int = 1


def headings(listing: Listing, words: Catalogue) -> tuple[Heading, ...]:
    """Return the columns of a table."""
    say = words.say
    if listing == "pairs":
        return (
            Heading(say("Two people"), 0),
            Heading(say("Units both looked at"), 140, number=True),
            Heading(say("They agree on, 95 % interval"), 200, number=True),
            Heading(say("Beyond chance (kappa)"), 160, number=True),
        )
    if listing == "escapes":
        return (
            Heading(say("Of what"), 0, lines=2),
            Heading("", 86),
            Heading(say("Went out"), 84, number=True),
            Heading(say("Escapes"), 76, number=True),
            Heading(say("Share, 95 % interval"), 168, number=True),
        )
    if listing == "batches":
        return (
            Heading(say("Batch"), 0),
            Heading(say("When"), 110),
            Heading(say("Settled defects"), 130, number=True),
            Heading(say("Missed"), 90, number=True),
            Heading(say("Found untrue"), 120, number=True),
        )
    first = {"people": say("Who"), "classes": say("Class"), "codes": say("Defect")}[listing]
    return (
        Heading(first, 0),
        Heading(say("Settled defects"), 120, number=True),
        Heading(say("Missed"), 80, number=True),
        Heading(say("Share missed, 95 % interval"), 240, number=True),
        Heading(say("Good units called bad"), 190, number=True),
    )


def lines_model(listing: Listing, words: Catalogue) -> RowsModel[LineRow]:
    """Return the model of a table."""
    return RowsModel([_column(place, heading) for place, heading in enumerate(headings(listing, words))])


def _column(place: int, heading: Heading) -> Column[LineRow]:
    return Column(
        heading.words,
        lambda row: row.cells[place],
        sort=lambda row: row.sorts[place],
        look=lambda row: Cell(role="text2" if row.vague and place else "text", weight=400 if place else 600),
        number=heading.number,
        wide=heading.wide,
        lines=heading.lines,
    )
