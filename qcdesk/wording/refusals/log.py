# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: the log, its order, the clock, and what is there already."""

from __future__ import annotations

from datetime import UTC
from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.domain.times import to_datetime
from qcdesk.i18n import mark
from qcdesk.wording.ages import span
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, moment


@in_words.register
def _(refusal: rules.LogNotWhole, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say(
            "The log itself was changed at event {number}, so the tables may hold what it lost.",
            number=refusal.number,
        ),
        say("Keep a copy of the workspace as it is, and restore a backup."),
    )


@in_words.register
def _(refusal: rules.EventHolds, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("Event {number} verifies: it is what its signer wrote.", number=refusal.number),
        say("Only an event that fails verification is declared void."),
    )


@in_words.register
def _(refusal: rules.OwnEvent, to: Reader) -> Told:
    say = to.words.say
    if to.is_you(refusal.person):
        fact = say("Event {number} is your own, or about you.", number=refusal.number)
    else:
        fact = say(
            "Event {number} is {name}'s own, or about {name}.", number=refusal.number, name=refusal.person
        )
    return Told(fact, say("Two people explain it who did not sign it and whom it is not about."))


@in_words.register
def _(refusal: rules.ClockBlocked, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("This computer's clock is {span} behind the last event, so nothing is signed.",
            span=span(refusal.seconds, to.words)),
        say("Set the clock right; or, if the log holds a wrong time, two people correct it."),
    )  # fmt: skip


_LOST: Final = {
    "missing": mark(
        "This station saw event {event} on {day}, and the log ends at {last}: its end was cut off, "
        "or an older copy was put in its place."
    ),
    "differs": mark(
        "This station saw another event {event} on {day} than the log holds: an older copy was put in its place and "
        "work went on, or the log was made anew."
    ),
    "vault": mark("Another workspace was in this place when this station last saw it, on {day}."),
}


@in_words.register
def _(refusal: rules.SeenEventLost, to: Reader) -> Told:
    fact = to.words.say(
        _LOST.get(refusal.kind, _LOST["missing"]),
        event=refusal.event,
        day=to.day(to_datetime(refusal.at, UTC).astimezone().date()),
        last=refusal.last,
    )
    if refusal.kind == "vault":
        way = to.words.say(
            "Look for the newer copy or a backup. Where there is none, two people sign what was lost; "
            "until then nothing is released."
        )
    else:
        way = to.words.say(
            "Look for the newer copy. Where there is none, or a backup of your own was put back, two people sign "
            "what was lost, from event {first} on (in a command: log restored --from {first}); until then "
            "nothing is released.",
            first=refusal.since + 1,
        )
    return Told(fact, way)


_TAKEN: Final = {
    "batch": mark("There is a batch {value} already."),
    "supplier": mark("There is a supplier {value} already."),
    "product": mark("There is a product {value} already."),
    "instrument": mark("There is an instrument {value} already."),
    "procedure": mark("There is a procedure {value} already."),
}


@in_words.register
def _(refusal: rules.AlreadyThere, to: Reader) -> Told:
    say = to.words.say
    fact = say(_TAKEN.get(refusal.kind, mark("{value} is taken already.")), value=refusal.value)
    return Told(fact, say("Choose another one, or change the one that is there."))


@in_words.register
def _(refusal: rules.NumberHad, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{value} was the number of batch {batch} before.", value=refusal.value, batch=refusal.batch),
        say("A number stays with the batch that had it; choose another one."),
    )


@in_words.register
def _(refusal: rules.TimeFar, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say(
            "{named} is {span} from what the clock here reads, {reads}.",
            named=moment(refusal.named),
            span=span(abs(refusal.named - refusal.reads) // 1_000_000, to.words),
            reads=moment(refusal.reads),
        ),
        say("Look at the day and the year again; if it is the true time, say so (in a command: --knowing)."),
    )


@in_words.register
def _(refusal: rules.ReadsLike, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{value} reads like {other}, which is there already.", value=refusal.value, other=refusal.other),
        say("Write it alike if it is the same; if it is another one, say so (in a command: --another)."),
    )


@in_words.register
def _(refusal: rules.DatabaseRefused, to: Reader) -> Told:
    return Told(
        to.words.say("The database itself refused this; nothing was changed."),
        to.words.say("Look at the batch again: somebody may have been faster."),
    )
