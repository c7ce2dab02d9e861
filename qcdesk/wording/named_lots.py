# SPDX-License-Identifier: Apache-2.0
"""What reports from outside say of a lot, in words."""

from __future__ import annotations

from qcdesk.i18n import Catalogue
from qcdesk.services.named_lots import NamedLot
from qcdesk.wording import states
from qcdesk.wording.spelling import day


def named(one: NamedLot, words: Catalogue) -> str:
    """Return what a report says of a lot that is called as a batch."""
    line = one.source
    for part in (one.reference, one.code, states.defect_class(one.defect_class, words)):
        if part:
            line = words.say("{before} · {part}", before=line, part=part)
    return (
        line if one.found_on is None else words.say("{line}, {day}", line=line, day=day(one.found_on, words))
    )


def of_batch(one: NamedLot, words: Catalogue) -> str:
    """Return the same with the batch's number before it."""
    return words.say("{number}: {line}", number=one.number, line=named(one, words))
