# SPDX-License-Identifier: Apache-2.0
"""What the page prints: the sentence, the picture, and the table in view."""

from __future__ import annotations

import re

from qcdesk.gui.screens.detection.model import headings
from qcdesk.gui.screens.detection.rows import Detected, Listing
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet

_IN_BRACKETS = re.compile(r"\([^)]*\)")


def sheet_of(answer: Detected, listing: Listing, about: str, words: Catalogue) -> ChartSheet | None:
    """Return the sheet; None where there is no picture to print. No row stands out: nobody is ranked."""
    if answer.picture is None:
        return None
    say = words.say
    foot = [say("Intervals hold the true share 95 times in 100.")]
    if listing == "pairs":
        foot.append(
            say(
                "Kappa is the part they reach of the agreement that chance alone does not bring; 1 is all of it."
            )
        )
    return ChartSheet(
        title=say("What each check finds"),
        about=about,
        lines=(answer.sentence, *answer.more),
        picture=answer.picture,
        headings=tuple(heading.words for heading in headings(listing, words)),
        rows=tuple(tuple(map(_whole, row.cells)) for row in answer.lists.get(listing, ())),
        foot=tuple(foot),
        file=say("What each check finds"),
        strong=(),
    )


def _whole(cell: str) -> str:
    """Return a cell that breaks before its interval, not within it."""
    return _IN_BRACKETS.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), cell)
