# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: units, quantities and days of a batch."""

from __future__ import annotations

from qcdesk.domain import refusals as rules
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, day


@in_words.register
def _(refusal: rules.CriticalOpen, to: Reader) -> Told:
    units = [unit for unit in refusal.units if unit]
    fact = to.words.say(
        "A critical defect is claimed, so batch {batch} is not done again.", batch=refusal.batch
    )
    if units:
        fact = to.words.count(
            "A critical defect is claimed on unit {units}, so batch {batch} is not done again.",
            "A critical defect is claimed on units {units}, so batch {batch} is not done again.",
            len(units),
            units=to.units(units),
            batch=refusal.batch,
        )
    if refusal.rejected:
        return Told(fact, to.words.say("It goes to rework: one person asks for it, another confirms."))
    return Told(fact, to.words.say("A third person looks at it, or one of the two rejects."))


@in_words.register
def _(refusal: rules.UnresolvedUnits, to: Reader) -> Told:
    units = sorted({unit for unit in refusal.units if unit})
    fact = to.words.say("Not everything on which the two disagree is settled yet.")
    if units:
        fact = to.words.count(
            "{n} disputed unit is not settled yet: {units}.",
            "{n} disputed units are not settled yet: {units}.",
            len(units),
            units=to.units(units),
        )
    return Told(fact, to.words.say("Look at each and say what is true of it."))


@in_words.register
def _(refusal: rules.MoreThanReleased, to: Reader) -> Told:
    say = to.words.say
    if refusal.left <= 0:
        return Told(
            say("All that was released of batch {batch} has left already.", batch=refusal.batch),
            say("Never more is shipped than was released."),
        )
    return Told(
        say(
            "{asked} asked, but {left} are left of what was released of batch {batch}.",
            asked=refusal.asked,
            left=refusal.left,
            batch=refusal.batch,
        ),
        say("Ship {left} or fewer.", left=refusal.left),
    )


@in_words.register
def _(refusal: rules.StillReleased, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("Batch {batch} is released.", batch=refusal.batch),
        say("Take the release back first. Then declare the event void."),
    )


@in_words.register
def _(refusal: rules.QuantitiesDiffer, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    if refusal.concession:
        return Told(
            count("A concession is asked for {n} unit of batch {batch}, and {there} are there.",
                  "A concession is asked for {n} units of batch {batch}, and {there} are there.",
                  refusal.given, batch=refusal.batch, there=refusal.there),
            say("Ask for no more units than there are."),
        )  # fmt: skip
    return Told(
        count("{n} unit is accounted for, and {there} are there.",
              "{n} units are accounted for, and {there} are there.", refusal.given, there=refusal.there),
        say("Say of every unit what becomes of it."),
    )  # fmt: skip


@in_words.register
def _(refusal: rules.PartTooSmall, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    return Told(
        count("Part {part} of batch {batch} would have {n} unit.", "Part {part} of batch {batch} would have {n} units.",
              refusal.quantity, part=refusal.part, batch=refusal.batch),
        say("A part has at least one unit: leave this one out, or say how many it has."),
    )  # fmt: skip


@in_words.register
def _(refusal: rules.CriticalNowhere, to: Reader) -> Told:
    say = to.words.say
    units = ", ".join(map(str, refusal.units))
    return Told(
        say("A critical was claimed on these units of batch {batch}: {units}.", batch=refusal.batch, units=units),
        say("Say of each into which part it went; it is inspected in every later round."),
    )  # fmt: skip


@in_words.register
def _(refusal: rules.Unverified, to: Reader) -> Told:
    if refusal.whole:
        return Told(
            to.words.say("The last verification of this workspace found something that does not hold."),
            to.words.say(
                "Nothing is released, shipped or printed until a whole verification holds. The page Verification says "
                "what was touched; two people explain there what breaks a rule, and it checks again."
            ),
        )
    return Told(
        to.words.say("What is signed of batch {batch} does not verify.", batch=refusal.batch),
        to.words.say(
            "Nothing is released, shipped or printed from it. Run the verification; it says what was touched."
        ),
    )


@in_words.register
def _(refusal: rules.NotReleased, to: Reader) -> Told:
    if refusal.state == "released_under_concession":
        return Told(
            to.words.say("Batch {batch} is released under concession.", batch=refusal.batch),
            to.words.say("A certificate is for what conforms; give the inspection report with these goods."),
        )
    return Told(
        to.words.say("Batch {batch} is not released.", batch=refusal.batch),
        to.words.say("A certificate says that it is; release it first."),
    )


@in_words.register
def _(refusal: rules.ShipDay, to: Reader) -> Told:
    say = to.words.say
    if refusal.on is None or refusal.first is None or refusal.last is None:
        return Told(
            say("Goods leave between their release and tomorrow."), say("Correct the day on which they left.")
        )
    return Told(
        say(
            "Goods of batch {batch} cannot have left on {on}.",
            batch=refusal.batch,
            on=day(refusal.on, to.words),
        ),
        say(
            "Give a day from {first} to {last}.",
            first=day(refusal.first, to.words),
            last=day(refusal.last, to.words),
        ),
    )
