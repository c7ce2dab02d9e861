# SPDX-License-Identifier: Apache-2.0
"""What the page of charts prints: the sentence, the chart as paper draws it, and the rows below it."""

from __future__ import annotations

from typing import Final

from qcdesk.gui.screens.analysis.model import headings
from qcdesk.gui.screens.analysis.rows import Analysed, LineRow, Listed, Listing
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet

MOST_ROWS: Final = 40
_WORDY: Final[tuple[Listing, ...]] = ("broken", "figures")
"""Tables whose last column is a sentence: on paper it stands in the first one, which is the wide one."""


def sheet_of(shown: Analysed, title: str, about: str, words: Catalogue, listing: Listing) -> ChartSheet:
    """Return the sheet of a chart.

    Args: title: of what is charted. about: supplier, period and whose readings, in words. listing: the table in view.
    """
    listed = next((one for one in shown.lists if one.listing == listing), shown.lists[0])
    listed = listed if listed.rows else next((one for one in shown.lists if one.rows), listed)
    foot = [listed.word]
    if len(listed.rows) > MOST_ROWS:
        foot = [words.say("The first {shown} of {n} rows are printed.", shown=MOST_ROWS, n=len(listed.rows))]
    return ChartSheet(
        title=title,
        about=about,
        lines=tuple(line for line in (shown.sentence, *shown.more, shown.warning) if line),
        picture=shown.picture,
        headings=_heading(listed, words),
        rows=tuple(_cells(listed, row, words) for row in listed.rows[:MOST_ROWS]),
        foot=tuple(foot),
        file=title,
    )


def _heading(listed: Listed, words: Catalogue) -> tuple[str, ...]:
    named = tuple(one.words for one in headings(listed.listing, words))
    return named[:-1] if listed.listing in _WORDY else named


def _cells(listed: Listed, row: LineRow, words: Catalogue) -> tuple[str, ...]:
    if listed.listing not in _WORDY:
        return row.cells
    first = words.say("{what}: {says}", what=row.cells[0], says=row.cells[-1])
    return first, *row.cells[1:-1]
