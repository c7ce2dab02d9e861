# SPDX-License-Identifier: Apache-2.0
"""Columns of the tables below the chart; the rows bring their cells in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcdesk.gui.screens.analysis.rows import LineRow, Listing
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
    if listing == "broken":
        return (
            Heading(say("Batch"), 160),
            Heading(say("When"), 105),
            Heading(say("Figure"), 185),
            Heading(say("Value"), 80, number=True),
            Heading(say("What it broke"), 0, lines=2),
        )
    if listing == "points":
        return (
            Heading(say("Batch"), 150),
            Heading(say("When"), 100),
            Heading(say("n"), 50, number=True),
            Heading(say("Value"), 85, number=True),
            Heading(say("Spread"), 95, number=True),
            Heading(say("Check", context="one inspection"), 110),
            Heading(say("Supplier"), 0),
        )
    if listing == "figures":
        return (
            Heading(say("Figure"), 110),
            Heading(say("Value"), 100, number=True),
            Heading(say("95 % interval"), 150, number=True),
            Heading(say("What it says"), 0, lines=2),
        )
    if listing == "causes":
        return (
            Heading(say("Cause"), 0),
            Heading(say("Count"), 110, number=True),
            Heading(say("Share"), 110, number=True),
            Heading(say("Together"), 120, number=True),
            Heading(say("Batches"), 110, number=True),
        )
    return (
        Heading(say("Batch"), 190),
        Heading(say("When"), 120),
        Heading(say("Count"), 110, number=True),
        Heading(say("Units looked at"), 150, number=True),
        Heading(say("Supplier"), 0),
    )


def lines_model(listing: Listing, words: Catalogue) -> RowsModel[LineRow]:
    """Return the model of a table."""
    return RowsModel(_columns(headings(listing, words)))


def _columns(shown: Sequence[Heading]) -> list[Column[LineRow]]:
    return [_column(place, heading) for place, heading in enumerate(shown)]


def _column(place: int, heading: Heading) -> Column[LineRow]:
    def look(row: LineRow) -> Cell:
        if place:
            return Cell(role="text")
        return Cell("triangle" if row.broken else None, "attention" if row.broken else "text", 600)

    return Column(
        heading.words,
        lambda row: row.cells[place],
        sort=lambda row: row.sorts[place],
        look=look,
        number=heading.number,
        wide=heading.wide,
        lines=heading.lines,
    )
