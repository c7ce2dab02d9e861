# SPDX-License-Identifier: Apache-2.0
"""How suppliers stand, in words."""

from __future__ import annotations

from typing import Final

from qcdesk.domain.suppliers import SupplierStanding
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording.spelling import in_a_row, moment

SUPPLIER_STATUSES: Final = {
    "approved": mark("approved"),
    "conditional": mark("conditional"),
    "blocked": mark("blocked"),
}
SUPPLIER_WORDS: Final = {
    "approved": mark("Approved"),
    "conditional": mark("Conditional"),
    "blocked": mark("Blocked"),
}
"""The same as the word of a state."""
WHAT_STATUS_DOES: Final = {
    "approved": mark("Its batches are inspected and released as any other."),
    "conditional": mark("Its batches are inspected and released; the condition stands beside its name."),
    "blocked": mark("None of its batches is released until two releasers let it deliver again."),
}


def standing_line(standing: SupplierStanding, words: Catalogue) -> str:
    """Return how a supplier stands, since when, by whom and why, in a line."""
    status = words.say(SUPPLIER_WORDS[standing.status])
    if not standing.seq:
        return words.say("{status}. Nobody has said otherwise.", status=status)
    return words.say("{status} since {moment}, by {names}: {reason}.", status=status, moment=moment(standing.at),
                     names=in_a_row(standing.by, words), reason=standing.reason.rstrip(" ."))  # fmt: skip
