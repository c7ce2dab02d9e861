# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: who may check, check again, decide or release; never one person twice, never the maker."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, in_a_row, is_name

_SAME_PERSON: Final = {
    ("second", "first"): mark("You made the first check. The second person must be someone else."),
    ("first", "second"): mark("You have the second check. The first person must be someone else."),
    ("third", "first"): mark("You made the first check. Whoever decides must be neither of the two."),
    ("third", "second"): mark("You made the second check. Whoever decides must be neither of the two."),
    ("release", "first"): mark("You made the first check. Whoever releases must be someone else."),
    ("release", "second"): mark("You made the second check. Whoever releases must be someone else."),
}


_SAME_OTHER: Final = {
    "first": mark("{name} made the first check. This takes someone else."),
    "second": mark("{name} made the second check. This takes someone else."),
}


@in_words.register
def _(refusal: rules.SamePerson, to: Reader) -> Told:
    say = to.words.say
    if not to.is_you(refusal.person):
        earlier = _SAME_OTHER.get(refusal.earlier_place, _SAME_OTHER["first"])
        return Told(say(earlier, name=refusal.person), to.can(refusal.who_can))
    fact = _SAME_PERSON.get((refusal.place, refusal.earlier_place))
    return Told(say(fact) if fact else say("You signed this round already. This takes someone else."),
                to.can(refusal.who_can))  # fmt: skip


@in_words.register
def _(refusal: rules.MadeUnits, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    units, n = to.units(refusal.units), len(refusal.units)
    if not to.is_you(refusal.person):
        fact = say("{name} made units of this batch, so this takes someone else.", name=refusal.person)
    elif refusal.act == "release":
        fact = say("You made this batch, so you cannot release it.")
        if n:
            fact = count(
                "You made unit {units}, so you cannot release this batch.",
                "You made units {units}, so you cannot release this batch.",
                n,
                units=units,
            )
    elif refusal.act == "third":
        fact = say("You made this batch, so you cannot decide about it.")
        if n:
            fact = count(
                "You made unit {units}, so you cannot decide about this batch.",
                "You made units {units}, so you cannot decide about this batch.",
                n,
                units=units,
            )
    else:
        fact = say("You made this batch, so you cannot check it.")
        if n:
            fact = count(
                "You made unit {units}, so you cannot check this batch.",
                "You made units {units}, so you cannot check this batch.",
                n,
                units=units,
            )
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.Reworked, to: Reader) -> Told:
    say = to.words.say
    if not to.is_you(refusal.person):
        fact = say("{name} reworked this batch, so this takes someone else.", name=refusal.person)
    elif refusal.act == "release":
        fact = say("You reworked this batch, so you cannot release it.")
    elif refusal.act == "third":
        fact = say("You reworked this batch, so you cannot decide about it.")
    else:
        fact = say("You reworked this batch, so you cannot make its second check.")
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.MakerFirstNotAllowed, to: Reader) -> Told:
    fact = to.words.say("You made or reworked this batch, and its procedure allows no check by its maker.")
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.HasSeenFirst, to: Reader) -> Told:
    fact = to.words.say("You have seen the first check, so you cannot make the second.")
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.GaveUpPlace, to: Reader) -> Told:
    fact = to.words.say("You gave up the second place of this round.")
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.Blind, to: Reader) -> Told:
    if refusal.batches:
        return Told(
            to.words.say(
                "You may still be the second person of {batches}: the first check there stays closed to you.",
                batches=in_a_row(refusal.batches, to.words),
            ),
            to.words.say("Somebody who cannot be second there, such as an auditor, can write the log out."),
        )
    return Told(
        to.words.say("You may still be its second person, so the first check stays closed to you."),
        to.words.say("It opens when the second is signed."),
    )


@in_words.register
def _(refusal: rules.LastSecond, to: Reader) -> Told:
    return Told(
        to.words.say("You are the last person who can make the second check, so you cannot give it up."),
        to.words.say("Two people together can enrol or qualify another."),
    )


@in_words.register
def _(refusal: rules.NobodyLeft, to: Reader) -> Told:
    say, you = to.words.say, to.is_you(refusal.person)
    first = in_a_row(refusal.who_first, to.words)
    if refusal.act == "rework":
        return _nobody_after_rework(refusal, first, to)
    if refusal.place == "release":
        fact = (
            say("If you do this, nobody is left who may release the batch.")
            if you
            else say("If {name} does this, nobody is left who may release the batch.", name=refusal.person)
        )
    else:
        fact = (
            say("If you do this, nobody is left for the second check.")
            if you
            else say("If {name} does this, nobody is left for the second check.", name=refusal.person)
        )
    if first:
        return Told(fact, say("Let {names} go first; then it works.", names=first))
    return Told(fact, say("Enrol or qualify somebody before, or say that you go on knowing it."))


_AFTER_REWORK: Final = {
    "first": mark("Reworked by {name}, nobody is left for the first check of the next round."),
    "second": mark("Reworked by {name}, nobody is left for the second check of the next round."),
    "release": mark("Reworked by {name}, nobody is left who may release the batch."),
}


def _nobody_after_rework(refusal: rules.NobodyLeft, instead: str, to: Reader) -> Told:
    say = to.words.say
    name = refusal.person if is_name(refusal.person) else say("somebody")
    fact = say(_AFTER_REWORK.get(refusal.place, _AFTER_REWORK["second"]), name=name)
    if instead:
        return Told(
            fact, say("Reworked by {names} or by somebody who checks nothing, it works.", names=instead)
        )
    return Told(fact, say("Let somebody rework who checks nothing, or enrol somebody before."))


@in_words.register
def _(refusal: rules.MakersMissing, to: Reader) -> Told:
    return Told(
        to.words.say("Nobody is named who made batch {batch} on your own line.", batch=refusal.batch),
        to.words.say("Name its makers; then the first check can start."),
    )


@in_words.register
def _(refusal: rules.SelfConfirm, to: Reader) -> Told:
    return Told(
        to.words.say("One asks for it, and somebody else confirms."),
        to.words.say("Ask another person to sign with you."),
    )


@in_words.register
def _(refusal: rules.MakerStays, to: Reader) -> Told:
    return Told(
        to.words.say("{person} is named as a maker of this batch.", person=refusal.person),
        to.words.say("If that is a mistake, somebody else takes the name off."),
    )


@in_words.register
def _(refusal: rules.ReworkersMissing, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Rework of batch {batch} is ordered, and nobody is named who did it.", batch=refusal.batch
        ),
        to.words.say("Record who reworked it; they make no independent check of it any more."),
    )
