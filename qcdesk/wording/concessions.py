# SPDX-License-Identifier: Apache-2.0
"""Words for concessions: how one stands, and what of a supplier's budget is left."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow
from qcdesk.wording import spelling
from qcdesk.wording.spelling import figure, whole

STANDING_WORDS: Final = {
    "asked": mark("Asked for"),
    "approved": mark("Approved"),
    "refused": mark("Refused"),
    "ended": mark("Ended"),
    "used_up": mark("Used up"),
    "expired": mark("Expired"),
}

REST_WAITS: Final = mark("Two people say what becomes of what was not conceded.")


def standing(row: ConcessionRow, words: Catalogue) -> str:
    """Return how a concession stands, in a word or two."""
    return words.say(STANDING_WORDS[row.standing])


def heading(row: ConcessionRow, received: int, unit: str, words: Catalogue) -> str:
    """Return under what a batch was released, in capitals and one line."""
    return words.say(
        "RELEASED UNDER CONCESSION: {n} of {all} {unit}, until {day}",
        n=row.quantity,
        all=received,
        unit=unit,
        day=spelling.day(row.until, words),
    )


def budget(row: ConcededRow, words: Catalogue) -> str:
    """Return a supplier's budget and what is left of it, in one sentence."""
    if row.percent is None or row.left is None:
        return words.count(
            "No budget is set; {n} unit was conceded.",
            "No budget is set; {n} units were conceded.",
            row.units,
        )
    return words.say(
        "{percent} % of {received} units received in {months} months: {conceded} conceded, {left} left.",
        percent=figure(format(row.percent, "f"), words),
        received=whole(row.received, words),
        months=row.months,
        conceded=whole(row.conceded, words),
        left=whole(row.left, words),
    )
