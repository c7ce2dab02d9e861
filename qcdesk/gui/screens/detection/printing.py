# SPDX-License-Identifier: Apache-2.0
"""What the page prints: the sentence, the picture, and the table in view."""

from __future__ import annotations

from qcdesk.gui.screens.detection.model import headings
from qcdesk.gui.screens.detection.rows import Detected, Listing
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet


def sheet_of(answer: Detected, listing: Listing, about: str, words: Catalogue) -> ChartSheet | None:
    """Return the sheet; None where there is no picture to print."""
    if answer.picture is None:
        return None
    say = words.say
    rows = answer.lists.get(listing, ())
    foot = [
        say("Intervals hold the true share 95 times in 100."),
        *(row.told for row in rows if listing == "pairs"),
    ]
    return ChartSheet(
        title=say("What each check finds"),
        about=about,
        lines=(answer.sentence, *answer.more),
        picture=answer.picture,
        headings=tuple(heading.words for heading in headings(listing, words)),
        rows=tuple(row.cells for row in rows),
        foot=tuple(foot),
        file=say("What each check finds"),
    )
