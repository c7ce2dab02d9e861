# SPDX-License-Identifier: Apache-2.0
"""What the page of charts prints: the sentence, the chart as paper draws it, and the rows below it."""

from __future__ import annotations

from typing import Final

from qcdesk.gui.screens.analysis.model import headings
from qcdesk.gui.screens.analysis.rows import Analysed, Listing
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet

MOST_ROWS: Final = 40


def sheet_of(shown: Analysed, title: str, about: str, words: Catalogue, listing: Listing) -> ChartSheet:
    """Return the sheet of a chart.

    Args: title: of what is charted. about: supplier, period and whose readings, in words. listing: the table in view.
    """
    listed = next((one for one in shown.lists if one.listing == listing), shown.lists[0])
    listed = listed if listed.rows else next((one for one in shown.lists if one.rows), listed)
    rows = tuple(row.cells for row in listed.rows[:MOST_ROWS])
    foot = [shown.title] if shown.title else []
    if len(listed.rows) > MOST_ROWS:
        foot.append(words.say("{shown} of {n} rows are printed.", shown=MOST_ROWS, n=f"{len(listed.rows):,}"))
    return ChartSheet(
        title=title,
        about=about,
        lines=tuple(line for line in (shown.sentence, *shown.more, shown.warning) if line),
        picture=shown.picture,
        headings=tuple(one.words for one in headings(listed.listing, words)),
        rows=rows,
        foot=tuple(foot),
        file=title,
    )
