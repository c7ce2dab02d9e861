# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: complaints and what was done about them."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told

_COMPLAINT: Final = {
    "closed": (
        mark("Complaint C-{number} is closed."),
        mark("Take what the customer says now as a new complaint."),
    ),
    "same_owner": (mark("{name} has complaint C-{number} already."), mark("Choose somebody else.")),
    "linked": (
        mark("Complaint C-{number} is linked with batch {name} already."),
        mark("Nothing is left to do."),
    ),
    "not_linked": (
        mark("Complaint C-{number} is not linked with batch {name}."),
        mark("Nothing is left to do."),
    ),
    "no_batch": (
        mark("Complaint C-{number} is linked with no batch, so nothing escaped from one."),
        mark("Link the batch first, or say that it is no escape."),
    ),
    "never_out": (
        mark("No batch of complaint C-{number} was ever released or shipped, so nothing escaped."),
        mark("Link the batch that the customer has, or say that it is no escape."),
    ),
    "acknowledged": (
        mark("Complaint C-{number} was acknowledged by {name} already."),
        mark("Put down a call where the customer said more."),
    ),
    "judged": (
        mark("This was said of complaint C-{number} already ({name})."),
        mark("Say it only where it is otherwise now."),
    ),
    "same_reason": (
        mark("Complaint C-{number} was judged otherwise before, for the same reason."),
        mark("Give the reason why it is otherwise now."),
    ),
    "not_acknowledged": (
        mark("Complaint C-{number} was not read back to the customer and acknowledged."),
        mark("Read it back, and put down who acknowledged it and how."),
    ),
    "not_judged": (
        mark("Nobody has said whether complaint C-{number} is an escape."),
        mark("Judge it first, with a reason."),
    ),
    "call_back_open": (
        mark("The customer of complaint C-{number} still waits for a promised call back."),
        mark("Call, and put that down."),
    ),
}


@in_words.register
def _(refusal: rules.ComplaintRefused, to: Reader) -> Told:
    fact, way = _COMPLAINT.get(refusal.problem, _COMPLAINT["closed"])
    return Told(to.words.say(fact, number=refusal.complaint, name=refusal.name), to.words.say(way))


@in_words.register
def _(refusal: rules.ComplaintNotYours, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say(
            "{name} has complaint C-{number}, and goes on with it.",
            name=refusal.owner,
            number=refusal.complaint,
        ),
        say("It can be handed over by its owner, or by a planner or an administrator."),
    )


@in_words.register
def _(_refusal: rules.TouchNotUndone, to: Reader) -> Told:
    return Told(
        to.words.say("Only your own touch can be taken back, and only once."),
        to.words.say("Look at the list of touches."),
    )
