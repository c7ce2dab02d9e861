# SPDX-License-Identifier: Apache-2.0
"""A badge that was just made, as it is shown once and printed."""

from __future__ import annotations

from qcdesk.gui.asking import Once
from qcdesk.i18n import Catalogue
from qcdesk.services.issue_badges import Issued
from qcdesk.services.ports import CodeCard


def badge_card(issued: Issued, name: str, staff: str, words: Catalogue) -> Once:
    """Return the card of a badge, with what its owner does with it. Args: staff: the staff number, or empty."""
    say = words.say
    note = say("Staff no. {number}", number=staff) if staff else ""
    remark = say("Who finds it cannot use it without the PIN. Stop it all the same when it is lost.")
    return Once(
        say("Here is the badge of {name}", name=name),
        say("Print it now: its code is shown once and kept nowhere. With the PIN it signs in and signs."),
        say("I have the badge"),
        CodeCard(say("Badge"), name, note, issued.code, remark),
    )
