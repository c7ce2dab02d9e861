# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: roles, qualifications, keys and who may grant them."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, in_a_row, is_name
from qcdesk.wording.states import ROLE_WORDS


@in_words.register
def _(refusal: rules.NotActive, to: Reader) -> Told:
    say, you = to.words.say, to.is_you(refusal.person)
    if refusal.status == "listed":
        fact = (
            say("You are listed only and have no key to sign with.")
            if you
            else say("{name} is listed only and has no key to sign with.", name=refusal.person)
        )
        return Told(fact, say("Two people together can enrol a person."))
    if refusal.status == "revoked":
        fact = (
            say("Your key has ended; you can sign nothing with it.")
            if you
            else say("The key of {name} has ended and signs nothing.", name=refusal.person)
        )
        return Told(
            fact, say("Two others give a new key; where only one is left, the recovery sheet stands in.")
        )
    fact = (
        say("You are suspended and can do nothing here.")
        if you
        else say("{name} is suspended and can do nothing here.", name=refusal.person)
    )
    return Told(
        fact,
        say("Two people together can lift it; where only one is left, the recovery sheet stands in."),
    )


@in_words.register
def _(refusal: rules.MissingRole, to: Reader) -> Told:
    say = to.words.say
    role = say(ROLE_WORDS[refusal.role]) if refusal.role in ROLE_WORDS else ""
    fact = (
        say("This takes the role of {role}, which you do not hold today.", role=role)
        if to.is_you(refusal.person)
        else say(
            "This takes the role of {role}, which {name} does not hold today.", role=role, name=refusal.person
        )
    )
    if refusal.family is not None:
        fact = _other_families(refusal, role, to)
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, say("Whoever holds it can do it; two people together can grant it."))


def _other_families(refusal: rules.MissingRole, role: str, to: Reader) -> str:
    """Say that a role is held, and not for the products that this is about."""
    say, family = to.words.say, refusal.family
    if not family:
        return (
            say("You hold the role of {role} for some product families only, and this product has none.", role=role)
            if to.is_you(refusal.person)
            else say("{name} holds the role of {role} for some product families only, and this product has none.",
                     name=refusal.person, role=role)
        )  # fmt: skip
    return (
        say("You hold the role of {role} for other product families than {family}.", role=role, family=family)
        if to.is_you(refusal.person)
        else say("{name} holds the role of {role} for other product families than {family}.",
                 name=refusal.person, role=role, family=family)
    )  # fmt: skip


@in_words.register
def _(refusal: rules.ReadsOnly, to: Reader) -> Told:
    say = to.words.say
    fact = (
        say("Your role reads everything and changes nothing.")
        if to.is_you(refusal.person)
        else say("The role of {name} reads everything and changes nothing.", name=refusal.person)
    )
    return Told(fact, say("Two people together can grant another role."))


@in_words.register
def _(refusal: rules.NotQualified, to: Reader) -> Told:
    say, you = to.words.say, to.is_you(refusal.person)
    if refusal.ended is None:
        fact = (
            say("You have no qualification for {procedure}.", procedure=refusal.procedure)
            if you
            else say(
                "{name} has no qualification for {procedure}.",
                name=refusal.person,
                procedure=refusal.procedure,
            )
        )
    else:
        ended = to.day(refusal.ended)
        fact = (
            say("Your qualification for {procedure} ended on {day}.", procedure=refusal.procedure, day=ended)
            if you
            else say(
                "The qualification of {name} for {procedure} ended on {day}.",
                name=refusal.person,
                procedure=refusal.procedure,
                day=ended,
            )
        )
    who, renews = in_a_row(refusal.who_can, to.words), in_a_row(refusal.who_renews, to.words)
    if who and renews and refusal.ended is None:
        return Told(
            fact, say("{names} can start now; {renewers} can qualify you.", names=who, renewers=renews)
        )
    if who and renews:
        return Told(
            fact, say("{names} can start now; {renewers} can renew yours.", names=who, renewers=renews)
        )
    if who:
        return Told(fact, say("{names} can start now.", names=who))
    if renews:
        return Told(fact, say("{renewers} and one more person can qualify somebody.", renewers=renews))
    return Told(fact, say("Two people together can qualify somebody, one of them an administrator."))


@in_words.register
def _(refusal: rules.CannotGrantAlone, to: Reader) -> Told:
    fact = to.words.say(
        "This takes two people, and one of them must be an administrator other than the person concerned."
    )
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, to.words.say("Ask an administrator to sign with you."))


@in_words.register
def _(refusal: rules.AlreadyEnrolled, to: Reader) -> Told:
    say = to.words.say
    if refusal.field == "staff":
        fact = say("Staff number {value} belongs to {name}.", value=refusal.value, name=refusal.person)
    else:
        fact = say("The login {value} belongs to {name}.", value=refusal.value, name=refusal.person)
    return Told(fact, say("Choose another one."))


@in_words.register
def _(refusal: rules.LookAlike, to: Reader) -> Told:
    say = to.words.say
    if refusal.listed:
        return Told(
            say("{name} reads like {other}, who is listed already.", name=refusal.name, other=refusal.other),
            say("If it is the same person, use the listed one; if it is another, say so and try again."),
        )
    return Told(
        to.words.say(
            "{name} reads like {other}, who is enrolled already.", name=refusal.name, other=refusal.other
        ),
        to.words.say(
            "If it is another person, say so and try again; for an enrolment or another name the two who sign say so."
        ),
    )


_TWO_OTHERS: Final = {
    "lift_suspension": mark("Lifting a suspension takes two people other than the one concerned."),
    "enrol": mark("Enrolling takes two different people."),
    "new_key": mark("A new key takes two people other than the one who gets it."),
    "revoke": mark("A key is ended by its own person, or by two others."),
    "unlock": mark("Somebody locked is let in by another person."),
}


@in_words.register
def _(refusal: rules.SheetNotNeeded, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("The recovery sheet stands in only while fewer than two other people can sign."),
        to.can(refusal.who_can),
    )


@in_words.register
def _(refusal: rules.SheetNotHere, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("The recovery sheet does not sign this; it enrols, revokes, unlocks and lifts a suspension."),
        say("Two people sign this. Where only one is left, the sheet enrols a second one first."),
    )


@in_words.register
def _(_refusal: rules.WrongSheet, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("This code opens no recovery sheet that is good now."),
        say("Each use makes a new sheet; take the newest one of this workspace."),
    )


@in_words.register
def _(refusal: rules.QualificationNotHeld, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{name} is not qualified for {procedure}.", name=refusal.person, procedure=refusal.procedure),
        say("There is nothing to take away."),
    )


@in_words.register
def _(refusal: rules.RoleNotHeld, to: Reader) -> Told:
    say = to.words.say
    role = say(ROLE_WORDS[refusal.role]) if refusal.role in ROLE_WORDS else refusal.role
    return Told(
        say("{name} does not hold the role of {role}.", name=refusal.person, role=role),
        say("There is nothing to take away; the list of people shows the roles that each one holds."),
    )


@in_words.register
def _(refusal: rules.NotSuspended, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{name} is not suspended.", name=refusal.person),
        say("Somebody whose key has ended gets a new key; somebody locked is unlocked."),
    )


@in_words.register
def _(refusal: rules.KeyEnded, to: Reader) -> Told:
    say = to.words.say
    if refusal.why == "suspect":
        fact = say(
            "The key of {name} is in doubt already, from that event or an earlier one.", name=refusal.person
        )
        return Told(fact, say("Batches that it signed are done afresh in a new round."))
    return Told(
        say("{name} has no key that could be ended.", name=refusal.person),
        say("Two others give a new key, or say from which event on the old one is in doubt."),
    )


@in_words.register
def _(refusal: rules.SuspectCheck, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say(
            "The key with which {name} signed for batch {batch} is in doubt.",
            name=refusal.person,
            batch=refusal.batch,
        ),
        say("Two people send the batch to a new round, and it is checked afresh."),
    )


@in_words.register
def _(refusal: rules.NothingSuspect, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("No signature of batch {batch} is in doubt.", batch=refusal.batch),
        say("A signer takes an own check back; a disagreement is settled by a third person."),
    )


@in_words.register
def _(refusal: rules.OwnConcern, to: Reader) -> Told:
    say = to.words.say
    if to.is_you(refusal.person):
        fact = say("This is about you, so somebody else puts down the explanation.")
    else:
        fact = say("This is about {name}, so somebody else puts down the explanation.", name=refusal.person)
    return Told(fact, say("Another administrator can."))


@in_words.register
def _(refusal: rules.OthersChecks, to: Reader) -> Told:
    say = to.words.say
    if to.is_you(refusal.person):
        fact = say("You see how your own checks find, and nobody else's.")
    else:
        fact = say("{name} sees how the own checks find, and nobody else's.", name=refusal.person)
    return Told(fact, say("The owner, the quality manager and the auditor see those of everybody."))


@in_words.register
def _(refusal: rules.TwoNeeded, to: Reader) -> Told:
    say = to.words.say
    if refusal.act == "lift":
        fact = say("Stopping takes one person; letting go takes two different releasers.")
    elif refusal.act == "again":
        fact = say("Doing it again takes both people who made the two checks.")
    elif refusal.act == "third_releases":
        fact = say("That a third person need not release any more takes two different people.")
    elif refusal.act == "renamed":
        fact = say(
            "Batches were registered under this name, unit or country: another one takes two different people."
        )
    elif refusal.act == "calibrated":
        fact = say(
            "A later calibration, another number or kind, or unblocking an instrument takes two different people."
        )
    elif refusal.act == "audit":
        fact = say("What both answered otherwise takes both to settle: the auditor and the reviewer.")
    elif refusal.act == "decide_stop":
        fact = say("That goods are released again after a defect came again takes two different releasers.")
    elif refusal.act == "severity":
        fact = say("Another severity takes two planners; only leaving reduced inspection takes one.")
    elif refusal.act == "supplier_status":
        fact = say("Blocking a supplier takes one person; letting it deliver again takes two releasers.")
    elif refusal.act == "merge_suppliers":
        fact = say("That two suppliers are one, or are no longer, takes two planners.")
    elif refusal.act == "concession":
        fact = say("A concession is approved by two different people, neither of whom asked for it.")
    elif refusal.act == "budget":
        fact = say("A budget for concessions takes two planners.")
    elif refusal.act == "reworked":
        fact = say("That nobody is left to check or release it takes two different people to put down.")
    elif refusal.act == "badge":
        fact = say("A new badge takes you and one other person.")
    elif refusal.act in _TWO_OTHERS:
        fact = say(_TWO_OTHERS[refusal.act])
        if not any(is_name(name) for name in refusal.who_can):
            return Told(
                fact, say("Where only one other can sign, the recovery sheet stands in for the second.")
            )
    else:
        fact = say("This takes two different people.")
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, say("Ask another person to sign with you."))


@in_words.register
def _(refusal: rules.LastAdministrator, to: Reader) -> Told:
    say = to.words.say
    fact = (
        say("You are the only administrator left.")
        if to.you is not None and to.is_you(refusal.person)
        else say("{name} is the only administrator left.", name=refusal.person)
    )
    return Told(
        fact, say("Grant the role to somebody else first; two sign, one of them the only administrator.")
    )


@in_words.register
def _(refusal: rules.FamilyStays, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batches of product {product} are registered, so its family stays: {family}.",
            product=refusal.product,
            family=refusal.family or to.words.say("none"),
        ),
        to.words.say("Give goods of another family another code."),
    )
