# SPDX-License-Identifier: Apache-2.0
"""What a state looks like: every code as a word, a shape and a colour role, the same on every screen."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class Look:
    """Shape and colour of a state; its word comes from ``word``."""

    shape: Shape
    role: Role


LOOKS: dict[str, Look] = {
    "registered": Look("empty", "text2"),
    "to_inspect": Look("empty", "text2"),
    "first_check": Look("half", "text2"),
    "continue_check": Look("half", "text2"),
    "awaiting_second": Look("two", "text2"),
    "waiting_second": Look("two", "text2"),
    "second_check": Look("two", "text2"),
    "start_second": Look("two", "text2"),
    "start_first": Look("empty", "text2"),
    "decide": Look("diamond", "attention"),
    "release": Look("disc", "accept"),
    "decide_stop": Look("square", "hold"),
    "approve_procedure": Look("empty", "text2"),
    "confirm_rework": Look("empty", "text2"),
    "disagreed": Look("diamond", "attention"),
    "disagreement": Look("diamond", "attention"),
    "quarantined": Look("square", "hold"),
    "accepted": Look("disc", "accept"),
    "to_release": Look("disc", "accept"),
    "released": Look("disc", "accept"),
    "ready_to_ship": Look("open_tick", "accept"),
    "done": Look("tick", "text2"),
    "shipped": Look("tick", "text2"),
    "rejected": Look("octagon", "reject"),
    "broken": Look("octagon", "reject"),
    "outside": Look("octagon", "reject"),
    "released_under_concession": Look("open_tick", "attention"),
    "returned": Look("octagon", "reject"),
    "scrapped": Look("octagon", "reject"),
    "split": Look("barred", "text2"),
    "withdrawn": Look("barred", "text2"),
    "cancelled": Look("barred", "text2"),
    "late": Look("triangle", "attention"),
    "unusual": Look("triangle", "attention"),
    "promise_due": Look("flag", "attention"),
    "not_you": Look("barred", "text2"),
    "not_yet": Look("barred", "text2"),
    "not_done": Look("dashed", "text2"),
    "normal": Look("tick", "text2"),
    "kept": Look("tick", "text2"),
    "inside": Look("tick", "text2"),
    "draft": Look("dashed", "text2"),
    "approved": Look("tick", "text2"),
    "retired": Look("barred", "text2"),
    "overdue": Look("triangle", "attention"),
    "active": Look("tick", "text2"),
    "conditional": Look("triangle", "attention"),
    "blocked": Look("octagon", "reject"),
}


def look(code: str) -> Look:
    """Return shape and colour of a state code; an unknown code is a bug and raises KeyError."""
    return LOOKS[code]


def word(code: str, words: Catalogue) -> str:
    """Return the word for a state code in the person's language."""
    return {
        "registered": words.say("To inspect"),
        "to_inspect": words.say("To inspect"),
        "first_check": words.say("First check"),
        "continue_check": words.say("Your check, unfinished"),
        "awaiting_second": words.say("Waiting for second check"),
        "waiting_second": words.say("Waiting for second check"),
        "second_check": words.say("Second check"),
        "start_second": words.say("Second check"),
        "start_first": words.say("First check"),
        "decide": words.say("Disagreement"),
        "release": words.say("To release"),
        "decide_stop": words.say("Release stopped"),
        "approve_procedure": words.say("Procedure to approve"),
        "confirm_rework": words.say("Rework to confirm"),
        "disagreed": words.say("Disagreement"),
        "disagreement": words.say("Disagreement"),
        "quarantined": words.say("Quarantined"),
        "accepted": words.say("Accepted"),
        "to_release": words.say("To release"),
        "released": words.say("Released"),
        "ready_to_ship": words.say("Ready to ship"),
        "done": words.say("Done"),
        "shipped": words.say("Shipped"),
        "rejected": words.say("Rejected"),
        "broken": words.say("Broken"),
        "outside": words.say("Out of limits"),
        "released_under_concession": words.say("Released under concession"),
        "returned": words.say("Returned to the supplier"),
        "scrapped": words.say("Scrapped"),
        "split": words.say("Split into parts"),
        "withdrawn": words.say("Withdrawn"),
        "cancelled": words.say("Cancelled"),
        "late": words.say("Late"),
        "unusual": words.say("Out of its usual range"),
        "promise_due": words.say("Promise due"),
        "not_you": words.say("Not you"),
        "not_yet": words.say("Not yet"),
        "not_done": words.say("Not done"),
        "normal": words.say("Normal"),
        "kept": words.say("Kept"),
        "inside": words.say("Inside the limits"),
        "draft": words.say("Draft"),
        "approved": words.say("Approved"),
        "retired": words.say("Retired"),
        "overdue": words.say("Due for review"),
        "active": words.say("Active"),
        "conditional": words.say("Conditional"),
        "blocked": words.say("Blocked"),
    }[code]
