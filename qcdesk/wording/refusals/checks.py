# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: the states of a batch and its checks, and what a check lacks."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, in_a_row, is_name

_STANDS: Final = {
    "registered": mark("Batch {batch} is registered, and no check of it was begun."),
    "begun_before": mark("Batch {batch} waits to be inspected anew; checks of it were begun before."),
    "part": mark("Batch {batch} is a part of a batch that was split."),
    "first_check": mark("The first check of batch {batch} is running."),
    "awaiting_second": mark("Batch {batch} waits for its second check."),
    "second_check": mark("The second check of batch {batch} is running."),
    "accepted": mark("Batch {batch} is accepted and waits for its release."),
    "rejected": mark("Batch {batch} is rejected."),
    "disagreed": mark("The two checks of batch {batch} disagree."),
    "released": mark("Batch {batch} is released."),
    "returned": mark("Batch {batch} was returned to the supplier."),
    "scrapped": mark("Batch {batch} was scrapped."),
    "split": mark("Parts of batch {batch} are batches of their own."),
    "released_under_concession": mark("Batch {batch} is released under concession."),
    "withdrawn": mark("The release of batch {batch} was withdrawn."),
    "cancelled": mark("Batch {batch} was cancelled."),
    "shipped": mark("Goods of batch {batch} have been shipped."),
    "conceded": mark("Goods of batch {batch} are conceded and not shipped yet."),
    "rework": mark("The rework of batch {batch} is ordered already."),
}


_WHEN: Final = {
    "start": mark("No check can be started now."),
    "sign": mark("There is no check of yours to sign."),
    "see_first": mark("There is no first check to see yet."),
    "report": mark("There is something to print once a check has begun."),
    "change": mark("It can be changed only before its first check begins."),
    "cancel": mark("It can be cancelled only before its first check begins."),
    "stop": mark("Only what is inspected or released can be stopped."),
    "dispose": mark("Only a rejected or held batch goes to rework, while all of it is here."),
    "dispose_goods": mark(
        "Only a rejected or held batch is sorted, returned or scrapped, or what of it is still here."
    ),
    "split": mark(
        "Only a rejected or held batch is split, or what of it is still here, while nobody is inspecting it."
    ),
    "sort": mark("Split off what is still here; that part is sorted and inspected."),
    "place": mark("Its goods are not here any more."),
    "void": mark(
        "It is not inspected anew; what its parts rest on stays in doubt until they are disposed of."
    ),
    "reopen": mark("This is for a batch with a signature in doubt that is not released."),
    "order_round": mark("This is for a batch that is held because a signed check was taken back."),
    "reworked": mark("Rework is recorded after two people have ordered it."),
    "concession": mark("A concession is for a rejected batch."),
    "ship": mark("Only a released batch is shipped."),
    "stickers": mark("Stickers are printed once a round is open: the first check draws the sample."),
    "label": mark("A label says only what is true now; print the one that goes with its state."),
    "withdraw": mark("Only a released batch can be withdrawn."),
    "retract": mark("A check can be taken back from its signature until the release."),
    "decide": mark("A third person decides only where the two checks disagree."),
    "reject_after_all": mark("This is for a batch on which the two checks disagree."),
    "again": mark("This is for a batch on which the two checks disagree."),
    "give_up": mark("The second place can be given up only before the two checks are compared."),
    "compare": mark("There is something to compare once both checks are signed."),
}


@in_words.register
def _(refusal: rules.WrongState, to: Reader) -> Told:
    say = to.words.say
    stands = _STANDS.get(refusal.state, mark("Batch {batch} is at another step."))
    when = _WHEN.get(refusal.act, mark("This cannot be done now."))
    if refusal.act == "sign" and refusal.state == "disagreed":
        when = mark("The third person signs a decision, not a check.")
    elif refusal.state == "rework":
        when = mark(
            "Put it down as done, and the batch is inspected anew; or return or scrap the goods instead."
        )
    elif refusal.act in ("dispose_goods", "split") and refusal.state == "conceded":
        when = mark("Split off only what is not conceded, or withdraw the release first.")
    elif refusal.act == "dispose" and refusal.state == "shipped":
        when = mark("Split off what is still here; that part is reworked and inspected.")
    elif refusal.act in ("dispose", "dispose_goods", "split") and refusal.state in (
        "released",
        "released_under_concession",
    ):
        when = mark("Withdraw its release; then what is still here is sorted, returned, scrapped or split.")
    return Told(say(stands, batch=refusal.batch), say(when))


@in_words.register
def _(refusal: rules.Held, to: Reader) -> Told:
    say = to.words.say
    fact = (
        say("{name} stopped batch {batch}; it is quarantined.", name=refusal.by, batch=refusal.batch)
        if is_name(refusal.by)
        else say("Batch {batch} is quarantined.", batch=refusal.batch)
    )
    if any(is_name(name) for name in refusal.who_can):
        who = in_a_row(refusal.who_can, to.words)
        return Told(fact, say("Two of these can lift it: {names}.", names=who))
    return Told(fact, say("Two releasers together can lift it."))


@in_words.register
def _(refusal: rules.NotHeld, to: Reader) -> Told:
    return Told(
        to.words.say("Nobody stopped batch {batch}.", batch=refusal.batch),
        to.words.say("There is nothing to lift."),
    )


@in_words.register
def _(refusal: rules.PlaceTaken, to: Reader) -> Told:
    say = to.words.say
    if refusal.signed:
        fact = say("Signed by {name} a moment ago.", name=refusal.by)
        return Told(fact, say("Nothing of yours was lost."))
    if refusal.place == "second":
        fact = say("{name} is making the second check.", name=refusal.by)
    elif refusal.place == "third":
        fact = say("{name} is deciding.", name=refusal.by)
    else:
        fact = say("{name} is making the first check.", name=refusal.by)
    return Told(fact, say("It is free again only when that check is set aside."))


@in_words.register
def _(refusal: rules.NotYourCheck, to: Reader) -> Told:
    say, you = to.words.say, to.is_you(refusal.person)
    if not refusal.owner or not is_name(refusal.owner):
        fact = say("This check is somebody else's.")
    elif you:
        fact = say("This check is {owner}'s, not yours.", owner=refusal.owner)
    else:
        fact = say("This check is {owner}'s, not {name}'s.", owner=refusal.owner, name=refusal.person)
    return Told(fact, say("Only the person who makes a check enters, corrects and signs it."))


_CLOSED: Final = {
    "signed": mark("This check is signed."),
    "set_aside": mark("This check was set aside."),
    "retracted": mark("This check was taken back."),
    "open": mark("This check is not signed yet."),
    "overtaken": mark("The batch has gone on without this check."),
}


@in_words.register
def _(refusal: rules.CheckClosed, to: Reader) -> Told:
    say = to.words.say
    fact = say(_CLOSED.get(refusal.state, _CLOSED["overtaken"]))
    if refusal.state == "signed":
        return Told(fact, say("Its signer can take it back with a reason; then it is made again."))
    if refusal.state == "open":
        return Told(fact, say("Sign it, or set it aside."))
    return Told(fact, say("Nothing more goes into it; look at the batch to see what comes next."))


@in_words.register
def _(refusal: rules.Incomplete, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    units, readings = refusal.units, refusal.readings
    if not units:
        first = min((unit for unit, _ in readings), default=1)
        listed = [say("{unit} {characteristic}", unit=u, characteristic=c) for u, c in readings]
        fact = count(
            "{n} reading is missing: {list}.",
            "{n} readings are missing: {list}.",
            len(readings),
            list=in_a_row(listed, to.words),
        )
        return Told(fact, say("Go to {unit}.", unit=first))
    fact = count(
        "{n} unit has no result: {units}.",
        "{n} units have no result: {units}.",
        len(units),
        units=to.units(units),
    )
    return Told(fact, say("Go to {unit}.", unit=min(units)))


@in_words.register
def _(refusal: rules.PhotosMissing, to: Reader) -> Told:
    say = to.words.say
    listed = [
        say("{unit} {code}", unit=unit, code=code) if unit is not None else code
        for unit, code in refusal.findings
    ]
    return Told(
        to.words.count(
            "The procedure asks for a photo of {list}, and there is none.",
            "The procedure asks for photos of {list}, and there are none.",
            len(listed),
            list=in_a_row(listed, to.words),
        ),
        say("Take the defect back with a reason, and enter it again with its photo."),
    )


@in_words.register
def _(refusal: rules.NotReviewed, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    if not refusal.claims:
        return Told(
            say("Not all that the first check found in review is opened yet."), say("Open it, then sign.")
        )
    listed = [say("{unit} {characteristic}", unit=u, characteristic=c) for u, c in refusal.claims]
    fact = count(
        "{n} claim of the first check is not opened yet: {list}.",
        "{n} claims of the first check are not opened yet: {list}.",
        len(listed),
        list=in_a_row(listed, to.words),
    )
    return Told(fact, say("Open each, say whether it is so, then sign."))


@in_words.register
def _(refusal: rules.NotDoneNotAllowed, to: Reader) -> Told:
    return Told(
        to.words.count(
            "The procedure lets no unit be left out, and unit {units} is.",
            "The procedure lets no unit be left out, and units {units} are.",
            len(refusal.units),
            units=to.units(refusal.units),
        ),
        to.words.say("Inspect what is missing, or set the check aside."),
    )


@in_words.register
def _(refusal: rules.ChangedMeanwhile, to: Reader) -> Told:
    say = to.words.say
    if refusal.by and is_name(refusal.by):
        fact = say("Signed by {name} a moment ago.", name=refusal.by)
    else:
        fact = say("The record has changed since you read it.")
    if refusal.saving:
        return Told(fact, say("Nothing was saved over it; open it again, then change it."))
    return Told(fact, say("Nothing was signed and nothing of yours is lost; read it again, then sign."))


_NOT_ACCEPTED: Final = {
    "registered": mark("Release needs a first check, and a second, independent one."),
    "first_check": mark("Release needs a first check, and a second, independent one."),
    "awaiting_second": mark("Release needs a second, independent check first."),
    "second_check": mark("Release needs a second, independent check first."),
    "rejected": mark("Batch {batch} is rejected, so it is not released."),
    "disagreed": mark("The two checks of batch {batch} disagree, so it is not released."),
    "released": mark("Batch {batch} is released already."),
}


@in_words.register
def _(refusal: rules.NotAccepted, to: Reader) -> Told:
    say, state = to.words.say, refusal.state
    fact = say(_NOT_ACCEPTED.get(state, _STANDS.get(state, _NOT_ACCEPTED["registered"])), batch=refusal.batch)
    if state == "disagreed":
        return Told(fact, say("A third person decides, one of the two rejects, or both do it again."))
    if state == "rejected":
        return Told(fact, say("After rework it is inspected again."))
    if state in ("awaiting_second", "second_check"):
        return Told(fact, say("The page of the batch says who can make it."))
    if state in ("registered", "first_check"):
        return Told(fact, say("Two different people make them."))
    return Told(fact, say("There is nothing more to release."))


@in_words.register
def _(refusal: rules.ThirdNeeded, to: Reader) -> Told:
    fact = to.words.say("You made the second check, and here a third person releases.")
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.AgainUsedUp, to: Reader) -> Told:
    return Told(
        to.words.say("Batch {batch} was done again once already.", batch=refusal.batch),
        to.words.say("A third person decides, or one of the two rejects."),
    )


@in_words.register
def _(refusal: rules.HoldOfRetraction, to: Reader) -> Told:
    say = to.words.say
    fact = say("Batch {batch} is held because a signed check was taken back.", batch=refusal.batch)
    if any(is_name(name) for name in refusal.who_can):
        who = in_a_row(refusal.who_can, to.words)
        return Told(
            fact, say("It goes to rework, or a third person orders a new round: {names} can.", names=who)
        )
    return Told(fact, say("It goes to rework, or a third person orders a new round."))


@in_words.register
def _(refusal: rules.SeededUnits, to: Reader) -> Told:
    return Told(
        to.words.say("Seeded units are still in the batch: {units}.", units=to.units(refusal.units)),
        to.words.say("Take them out before the release."),
    )


_NOT_YET: Final = {
    "sort": mark("Sorting is not part of this version yet."),
    "return": mark("Returning to the supplier is not part of this version yet."),
    "scrap": mark("Scrapping is not part of this version yet."),
    "seed": mark("Seeding units is not part of this version yet."),
}


_RUNNING: Final = {
    "first": mark("{name} is making the first check of batch {batch}."),
    "second": mark("{name} is making the second check of batch {batch}."),
    "third": mark("{name} is deciding about batch {batch}."),
}


@in_words.register
def _(refusal: rules.CheckRunning, to: Reader) -> Told:
    say = to.words.say
    name = refusal.person if is_name(refusal.person) else say("Somebody")
    return Told(
        say(_RUNNING.get(refusal.place, _RUNNING["first"]), name=name, batch=refusal.batch),
        say("It is signed or set aside first; then it is settled what becomes of the goods."),
    )


@in_words.register
def _(refusal: rules.NotYet, to: Reader) -> Told:
    say = to.words.say
    if refusal.act in _NOT_YET:
        return Told(
            say(_NOT_YET[refusal.act]),
            say(
                "It comes with its own pages. A rejected batch is reworked, sorted, returned or scrapped now."
            ),
        )
    return Told(say("This is not part of this version yet."), say("Nothing was changed."))
