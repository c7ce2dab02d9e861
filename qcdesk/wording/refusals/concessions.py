# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: concessions: who asks, who gives, until when, and how many."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, day, is_name

_PARTS: Final = {
    "asked": mark("{name} asked for this concession; this takes someone else."),
    "approved": mark("{name} approved this concession; this takes someone else."),
    "": mark("{name} asked for this concession or approved it; this takes someone else."),
}
_PARTS_OWN: Final = {
    "asked": mark("You asked for this concession; this takes someone else."),
    "approved": mark("You approved this concession; this takes someone else."),
    "": mark("You asked for this concession or approved it; this takes someone else."),
}


@in_words.register
def _(refusal: rules.CriticalConceded, to: Reader) -> Told:
    return Told(
        to.words.say("A critical defect is claimed on batch {batch}.", batch=refusal.batch),
        to.words.say("It is never conceded; such goods are sorted out, returned or scrapped."),
    )


@in_words.register
def _(refusal: rules.AskedForConcession, to: Reader) -> Told:
    own = to.is_you(refusal.person)
    said = _PARTS_OWN[refusal.part] if own else _PARTS[refusal.part]
    fact = to.words.say(said) if own else to.words.say(said, name=refusal.person)
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.OutsiderNeeded, to: Reader) -> Told:
    say = to.words.say
    fact = say("One of the two who approve has neither checked nor made the goods.")
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, say("Where there is nobody, the customer's own signed consent stands in for that one."))


@in_words.register
def _(refusal: rules.ConcessionOpen, to: Reader) -> Told:
    return Told(
        to.words.say("A concession for batch {batch} is asked for already.", batch=refusal.batch),
        to.words.say("Approve it or refuse it first."),
    )


@in_words.register
def _(refusal: rules.NoConcession, to: Reader) -> Told:
    return Told(
        to.words.say("No concession is asked for batch {batch}.", batch=refusal.batch),
        to.words.say("Somebody asks for it first, and two others approve."),
    )


@in_words.register
def _(refusal: rules.ConcessionExpired, to: Reader) -> Told:
    say = to.words.say
    if refusal.until is None:
        return Told(
            say("The concession of batch {batch} has ended.", batch=refusal.batch), say("Ask for another.")
        )
    return Told(
        say(
            "The concession of batch {batch} ended on {day}.",
            batch=refusal.batch,
            day=day(refusal.until, to.words),
        ),
        say("Withdraw its release; then what is still here is sorted, returned, scrapped or split."),
    )


@in_words.register
def _(refusal: rules.BudgetSpent, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    return Told(
        count(
            "{n} unit goes beyond the budget of {supplier}: {percent} % of {received} received in {months} months,"
            " of which {conceded} are conceded.",
            "{n} units go beyond the budget of {supplier}: {percent} % of {received} received in {months} months,"
            " of which {conceded} are conceded.",
            refusal.asked,
            supplier=refusal.supplier,
            percent=refusal.percent,
            received=refusal.received,
            months=refusal.months,
            conceded=refusal.conceded,
        ),
        say("Return, sort or scrap the goods, or let two planners change the budget."),
    )
