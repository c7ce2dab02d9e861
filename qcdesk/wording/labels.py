# SPDX-License-Identifier: Apache-2.0
"""Labels in words: what stands large on one, what it asks of whoever reads it, and what its kinds are called."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.labels import Label
from qcdesk.wording import states

KINDS: Final = {
    "hold": mark("Hold: nothing of it leaves"),
    "release": mark("Release: it may be shipped"),
    "quarantine": mark("Quarantine: not released yet"),
    "sample": mark("Sample: taken for inspection"),
}
STOCKS: Final = {
    "roll-100x50": mark("Roll, 100 × 50 mm"),
    "roll-60x40": mark("Roll, 60 × 40 mm"),
    "a4-8": mark("A4, 8 of 99 × 68 mm"),
    "a4-14": mark("A4, 14 of 99 × 38 mm"),
    "a4-24": mark("A4, 24 of 70 × 37 mm"),
    "letter-10": mark("Letter, 10 of 102 × 51 mm"),
}
CONCEDED: Final = mark("RELEASED UNDER CONCESSION")


def heading(label: Label, words: Catalogue) -> str:
    """Return what stands large on it; of a held batch it is never that it was released."""
    if label.kind == "sample":
        return words.say("Sample")
    if label.kind == "quarantine":
        return words.say("Not released")
    if label.kind == "hold" and label.stopped:
        return words.say(states.BOARD_LANES["quarantined"])
    if label.state == "released_under_concession":
        return words.say(CONCEDED)
    return words.say(states.BATCH_STATES[label.state])


def asks(label: Label, words: Catalogue) -> str:
    """Return what it asks of whoever stands before the goods."""
    if label.kind == "sample":
        return words.say(
            "Taken for inspection, round {no}. It does not leave with the goods.", no=label.round_no
        )
    if label.kind == "hold":
        return words.say("Keep it apart. Nothing of it may be used, released or shipped.")
    if label.kind == "quarantine" and label.state == "accepted":
        return words.say("Accepted, and not released yet. Nothing of it may be used or shipped.")
    if label.kind == "quarantine":
        return words.say("Two people have still to inspect it. Nothing of it may be used or shipped.")
    if label.until is not None:
        return words.say(
            "It did not meet the plan in every point. It may leave until {day}.", day=label.until.isoformat()
        )
    return words.say("Two people have signed for it. It may be shipped.")
