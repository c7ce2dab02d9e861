# SPDX-License-Identifier: Apache-2.0
"""What stands beside a plan of the tables: which kind of plan it is in truth, and how well the table is attested."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.sampling_stages import PlanType, RestsOn

USED_INSTEAD: Final[dict[PlanType, str]] = {
    "single": mark("The table has no such plan here and points to single sampling."),
    "double": mark("The table has no multiple plan here and points to double sampling."),
}
# Tables on which several transcriptions agree need no word.
RESTS_ON: Final[dict[RestsOn, str]] = {
    "two": mark("Two transcriptions of this table were compared; they agree on this plan."),
    "one": mark("This table comes from one transcription, checked only by how often its plans accept."),
    "disputed": mark("Transcriptions of the standard differ on this plan: compare it with your own copy."),
}


def used_instead(used: PlanType, words: Catalogue) -> str:
    """Return where the table points to, because it has no plan of the type that was asked for."""
    return words.say(USED_INSTEAD[used])


def rests_on(how: RestsOn, words: Catalogue) -> str:
    """Return what a reader should know of the source of a plan; nothing where several transcriptions agree."""
    return words.say(RESTS_ON[how]) if how in RESTS_ON else ""
