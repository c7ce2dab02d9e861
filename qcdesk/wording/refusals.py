# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: line 1 the fact, line 2 who can or what to do; calm, since a refusal is not an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import singledispatch
from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.times import to_datetime
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording.ages import span
from qcdesk.wording.severities import INSPECTIONS
from qcdesk.wording.spelling import Told, alternatives, day, in_a_row, is_name, moment, numbers
from qcdesk.wording.states import CLASS_WORDS, ROLE_WORDS
from qcdesk.wording.suppliers import SUPPLIER_STATUSES


@dataclass(frozen=True)
class Reader:
    """Who reads: the language, whose name is "you" (None: whoever the refusal is about), and the day."""

    words: Catalogue
    you: str | None = None
    today: date | None = None

    def is_you(self, person: str) -> bool:
        """Tell whether the person a refusal is about is the one who reads it."""
        return self.you is None or self.you == person or not is_name(person)

    def day(self, on: date) -> str:
        """Return a day as one says it."""
        return day(on, self.words, self.today)

    def can(self, names: Sequence[str]) -> str:
        """Return who can instead."""
        known = [name for name in names if is_name(name)]
        if known:
            return self.words.say("{names} can.", names=in_a_row(known, self.words))
        return self.words.say("Another person has to do it; two people together can enrol or qualify one.")

    def units(self, units: Iterable[int]) -> str:
        """Return unit numbers in a row."""
        return numbers(units, self.words)


def tell(refusal: Refusal, words: Catalogue, *, you: str | None = None, today: date | None = None) -> Told:
    """Return a refusal in words.

    Args: you: the name of the reader; a refusal about somebody else (the other of two who sign) then names them.
        today: leaves the year out of days of this year.
    """
    return _tell(refusal, Reader(words, you, today))


def told_rules() -> frozenset[type]:
    """Return the refusals that have words of their own."""
    return frozenset(_tell.registry) - {object}


@singledispatch
def _tell(refusal: object, to: Reader) -> Told:
    return Told(to.words.say("A rule does not allow this; nothing was changed."))


# Independence -----------------------------------------------------------------------------------------------------

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


@_tell.register
def _(refusal: rules.SamePerson, to: Reader) -> Told:
    say = to.words.say
    if not to.is_you(refusal.person):
        earlier = _SAME_OTHER.get(refusal.earlier_place, _SAME_OTHER["first"])
        return Told(say(earlier, name=refusal.person), to.can(refusal.who_can))
    fact = _SAME_PERSON.get((refusal.place, refusal.earlier_place))
    return Told(say(fact) if fact else say("You signed this round already. This takes someone else."),
                to.can(refusal.who_can))  # fmt: skip


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.MakerFirstNotAllowed, to: Reader) -> Told:
    fact = to.words.say("You made or reworked this batch, and its procedure allows no check by its maker.")
    return Told(fact, to.can(refusal.who_can))


@_tell.register
def _(refusal: rules.HasSeenFirst, to: Reader) -> Told:
    fact = to.words.say("You have seen the first check, so you cannot make the second.")
    return Told(fact, to.can(refusal.who_can))


@_tell.register
def _(refusal: rules.GaveUpPlace, to: Reader) -> Told:
    fact = to.words.say("You gave up the second place of this round.")
    return Told(fact, to.can(refusal.who_can))


@_tell.register
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


@_tell.register
def _(refusal: rules.LastSecond, to: Reader) -> Told:
    return Told(
        to.words.say("You are the last person who can make the second check, so you cannot give it up."),
        to.words.say("Two people together can enrol or qualify another."),
    )


@_tell.register
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


# People -----------------------------------------------------------------------------------------------------------


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.ReadsOnly, to: Reader) -> Told:
    say = to.words.say
    fact = (
        say("Your role reads everything and changes nothing.")
        if to.is_you(refusal.person)
        else say("The role of {name} reads everything and changes nothing.", name=refusal.person)
    )
    return Told(fact, say("Two people together can grant another role."))


@_tell.register
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


@_tell.register
def _(refusal: rules.CannotGrantAlone, to: Reader) -> Told:
    fact = to.words.say(
        "This takes two people, and one of them must be an administrator other than the person concerned."
    )
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, to.words.say("Ask an administrator to sign with you."))


@_tell.register
def _(refusal: rules.AlreadyEnrolled, to: Reader) -> Told:
    say = to.words.say
    if refusal.field == "staff":
        fact = say("Staff number {value} belongs to {name}.", value=refusal.value, name=refusal.person)
    else:
        fact = say("The login {value} belongs to {name}.", value=refusal.value, name=refusal.person)
    return Told(fact, say("Choose another one."))


@_tell.register
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


@_tell.register
def _(refusal: rules.SheetNotNeeded, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("The recovery sheet stands in only while fewer than two other people can sign."),
        to.can(refusal.who_can),
    )


@_tell.register
def _(refusal: rules.SheetNotHere, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("The recovery sheet does not sign this; it enrols, revokes, unlocks and lifts a suspension."),
        say("Two people sign this. Where only one is left, the sheet enrols a second one first."),
    )


@_tell.register
def _(_refusal: rules.WrongSheet, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("This code opens no recovery sheet that is good now."),
        say("Each use makes a new sheet; take the newest one of this workspace."),
    )


@_tell.register
def _(refusal: rules.QualificationNotHeld, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{name} is not qualified for {procedure}.", name=refusal.person, procedure=refusal.procedure),
        say("There is nothing to take away."),
    )


@_tell.register
def _(refusal: rules.RoleNotHeld, to: Reader) -> Told:
    say = to.words.say
    role = say(ROLE_WORDS[refusal.role]) if refusal.role in ROLE_WORDS else refusal.role
    return Told(
        say("{name} does not hold the role of {role}.", name=refusal.person, role=role),
        say("There is nothing to take away; the list of people shows the roles that each one holds."),
    )


@_tell.register
def _(refusal: rules.NotSuspended, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{name} is not suspended.", name=refusal.person),
        say("Somebody whose key has ended gets a new key; somebody locked is unlocked."),
    )


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.NothingSuspect, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("No signature of batch {batch} is in doubt.", batch=refusal.batch),
        say("A signer takes an own check back; a disagreement is settled by a third person."),
    )


@_tell.register
def _(refusal: rules.OwnConcern, to: Reader) -> Told:
    say = to.words.say
    if to.is_you(refusal.person):
        fact = say("This is about you, so somebody else puts down the explanation.")
    else:
        fact = say("This is about {name}, so somebody else puts down the explanation.", name=refusal.person)
    return Told(fact, say("Another administrator can."))


@_tell.register
def _(refusal: rules.OthersChecks, to: Reader) -> Told:
    say = to.words.say
    if to.is_you(refusal.person):
        fact = say("You see how your own checks find, and nobody else's.")
    else:
        fact = say("{name} sees how the own checks find, and nobody else's.", name=refusal.person)
    return Told(fact, say("The owner, the quality manager and the auditor see those of everybody."))


@_tell.register
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


@_tell.register
def _(refusal: rules.WrongSecret, to: Reader) -> Told:
    words, say = to.words, to.words.say
    # Of a PIN never which digit, nor whether the badge fits.
    by_word = refusal.way == "password"
    fact = say("Wrong password for {login}.", login=refusal.login) if by_word else say("Wrong PIN.")
    way = []
    if refusal.wait:
        way.append(words.count("Next try in {n} second.", "Next try in {n} seconds.", refusal.wait))
    elif by_word:
        way.append(say("Try again; every letter, space and capital counts."))
    else:
        way.append(say("Try again."))
    if refusal.pin_left == 0:
        way = [say("The PIN of this sitting is gone; use your password or badge.")]
    elif refusal.left == 0:
        way = [say("You are locked for 12 hours. Another person can unlock you at once.")]
    elif refusal.left is not None:
        way.append(
            words.count(
                "After {n} more, another person must unlock you.",
                "After {n} more, another person must unlock you.",
                refusal.left,
            )
        )
    return Told(fact, " ".join(way))


@_tell.register
def _(refusal: rules.TryLater, to: Reader) -> Told:
    words = to.words
    fact = (
        words.say("It is too early for your next try.")
        if to.is_you(refusal.person)
        else words.say("It is too early for the next try of {person}.", person=refusal.person)
    )
    return Told(fact, words.count("Next try in {n} second.", "Next try in {n} seconds.", refusal.seconds))


@_tell.register
def _(refusal: rules.Locked, to: Reader) -> Told:
    words = to.words
    mine = to.is_you(refusal.person)
    hours, minutes = -(-refusal.seconds // 3600), -(-refusal.seconds // 60)
    if minutes > 60 and mine:
        fact = words.count(
            "You are locked after too many wrong tries, for {n} more hour.",
            "You are locked after too many wrong tries, for {n} more hours.",
            hours,
        )
    elif minutes > 60:
        fact = words.count(
            "{person} is locked after too many wrong tries, for {n} more hour.",
            "{person} is locked after too many wrong tries, for {n} more hours.",
            hours,
            person=refusal.person,
        )
    elif mine:
        fact = words.count(
            "You are locked after too many wrong tries, for {n} more minute.",
            "You are locked after too many wrong tries, for {n} more minutes.",
            minutes,
        )
    else:
        fact = words.count(
            "{person} is locked after too many wrong tries, for {n} more minute.",
            "{person} is locked after too many wrong tries, for {n} more minutes.",
            minutes,
            person=refusal.person,
        )
    known = [name for name in refusal.who_can if is_name(name)]
    if known:
        return Told(fact, words.say("{names} can unlock at once.", names=alternatives(known, words)))
    return Told(
        fact,
        words.say("Nobody else can sign in now; the lock ends by itself, or with the recovery sheet."),
    )


@_tell.register
def _(refusal: rules.NotLocked, to: Reader) -> Told:
    return Told(
        to.words.say("You are not locked.")
        if to.you == refusal.person
        else to.words.say("{person} is not locked.", person=refusal.person),
        to.words.say("Signing in works as always."),
    )


@_tell.register
def _(refusal: rules.UnlockedByAnother, to: Reader) -> Told:
    fact = (
        to.words.say("Nobody unlocks themselves.")
        if to.is_you(refusal.person)
        else to.words.say("{person} is unlocked by somebody else only.", person=refusal.person)
    )
    return Told(fact, to.can(refusal.who_can))


@_tell.register
def _(refusal: rules.PinOver, to: Reader) -> Told:
    fact = (
        to.words.say("The PIN of your sitting is gone.")
        if to.is_you(refusal.person)
        else to.words.say("The PIN of {person} is gone.", person=refusal.person)
    )
    return Told(fact, to.words.say("Use the password or the badge."))


@_tell.register
def _(refusal: rules.PasswordNeeded, to: Reader) -> Told:
    fact = (
        to.words.say("This takes your password itself.")
        if to.is_you(refusal.person)
        else to.words.say("This takes the password of {person} itself.", person=refusal.person)
    )
    return Told(fact, to.words.say("A badge or a PIN is not enough for a new badge or PIN."))


@_tell.register
def _(_refusal: rules.BadgeUnknown, to: Reader) -> Told:
    return Told(
        to.words.say("This badge opens nothing here."),
        to.words.say("It was stopped or belongs elsewhere. Sign in with your password."),
    )


@_tell.register
def _(refusal: rules.BadgeOfAnother, to: Reader) -> Told:
    return Told(
        to.words.say("This badge is yours.")
        if to.is_you(refusal.owner)
        else to.words.say("This badge is the one of {owner}.", owner=refusal.owner),
        to.words.say("Here signs {person}.", person=refusal.person),
    )


@_tell.register
def _(refusal: rules.NoBadge, to: Reader) -> Told:
    return Told(
        to.words.say("You have no badge.")
        if to.you == refusal.person
        else to.words.say("{person} has no badge.", person=refusal.person),
        to.words.say("There is nothing to stop."),
    )


@_tell.register
def _(refusal: rules.SittingOver, to: Reader) -> Told:
    idle = to.words.count(
        "The sitting of {person} is over: nobody worked here for {n} minute.",
        "The sitting of {person} is over: nobody worked here for {n} minutes.",
        refusal.idle_minutes,
        person=refusal.person,
    )
    return Told(
        idle
        if refusal.idle_minutes
        else to.words.say("The sitting of {person} is over.", person=refusal.person),
        to.words.say("Sign in again to go on. What was saved is safe."),
    )


@_tell.register
def _(refusal: rules.NotYourSession, to: Reader) -> Told:
    return Told(
        to.words.say("The signature and the session belong to two different people."),
        to.words.say("Whoever signs signs in first."),
    )


@_tell.register
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


# Procedures, instruments ------------------------------------------------------------------------------------------


@_tell.register
def _(refusal: rules.AuthorCannotApprove, to: Reader) -> Told:
    fact = to.words.say(
        "You wrote {procedure} v{version}, so somebody else approves it.",
        procedure=refusal.procedure,
        version=refusal.version,
    )
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, to.words.say("Any other planner can."))


@_tell.register
def _(refusal: rules.ProcedureState, to: Reader) -> Told:
    say, named = to.words.say, {"procedure": refusal.procedure, "version": refusal.version}
    if refusal.state == "approved":
        fact = say("{procedure} v{version} is approved already.", **named)
        return Told(fact, say("A change is written as a new version."))
    if refusal.state == "retired":
        fact = say("{procedure} v{version} is retired.", **named)
        return Told(fact, say("What is needed again is written as a new version."))
    return Told(say("{procedure} v{version} is a draft.", **named), say("It has to be approved first."))


@_tell.register
def _(refusal: rules.ProcedureChanged, to: Reader) -> Told:
    return Told(
        to.words.say(
            "{procedure} v{version} was changed after you read it.",
            procedure=refusal.procedure,
            version=refusal.version,
        ),
        to.words.say("Read it again, then approve."),
    )


@_tell.register
def _(refusal: rules.ProcedureNotApproved, to: Reader) -> Told:
    say, named = to.words.say, {"procedure": refusal.procedure, "version": refusal.version}
    if refusal.state == "retired":
        fact = say("{procedure} v{version} is retired. Nobody can start under it.", **named)
        return Told(fact, say("A planner writes a new version, another approves it."))
    fact = say("{procedure} v{version} is not approved yet. Nobody can start under it.", **named)
    return Told(fact, say("A planner who did not write it can approve it."))


@_tell.register
def _(refusal: rules.NoProcedure, to: Reader) -> Told:
    fact = to.words.say("No approved procedure covers {product}.", product=refusal.product)
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, to.words.say("A planner writes one, another approves it."))


@_tell.register
def _(refusal: rules.InspectionDiscontinued, to: Reader) -> Told:
    say, lots = to.words.say, in_a_row(refusal.lots, to.words)
    named = {"product": refusal.product, "lots": lots, "supplier": refusal.supplier}
    if refusal.supplier and lots:
        fact = say(
            "Inspection of {product} from {supplier} is discontinued: {lots} were not accepted.", **named
        )
    elif lots:
        fact = say("Inspection of {product} is discontinued: {lots} were not accepted.", **named)
    else:
        fact = say("Inspection is discontinued: too many lots were not accepted on tightened inspection.")
    way = say("Two planners sign that corrective action was taken; then it goes on, tightened.")
    return Told(
        fact, say("{way} {names}", way=way, names=to.can(refusal.who_can)) if refusal.who_can else way
    )


_AUDIT_STATES: Final = {
    "open": mark("{audit} is still being answered."),
    "signed": mark("{audit} is signed by its auditor and waits for its review."),
    "reviewed": mark("{audit} is reviewed: what both answered otherwise is still to be settled."),
    "closed": mark("{audit} is closed; nothing in it changes any more."),
}
_AUDIT_WAYS: Final = {
    "open": mark("The auditor answers every question, then signs."),
    "signed": mark("Somebody other than the auditor answers from the evidence, then signs."),
    "reviewed": mark("Auditor and reviewer settle it together."),
    "closed": mark("Open a new audit."),
}


@_tell.register
def _(refusal: rules.AuditState, to: Reader) -> Told:
    say = to.words.say
    return Told(say(_AUDIT_STATES[refusal.stands], audit=refusal.audit), say(_AUDIT_WAYS[refusal.stands]))


@_tell.register
def _(refusal: rules.AuditNotYours, to: Reader) -> Told:
    say = to.words.say
    fact = say("{person} is not the auditor of {audit}.", audit=refusal.audit, person=refusal.person)
    return Told(fact, say("Until it is signed, whoever opened it answers and signs."))


@_tell.register
def _(refusal: rules.AuditorReviews, to: Reader) -> Told:
    say = to.words.say
    fact = say(
        "{person} audited in {audit}, and does not review it too.", person=refusal.person, audit=refusal.audit
    )
    return Told(fact, say("Another person reviews the evidence."))


@_tell.register
def _(refusal: rules.AuditIncomplete, to: Reader) -> Told:
    words, n = to.words, len(refusal.questions)
    if refusal.critical:
        fact = words.count(
            "{audit} has a question without an answer, and it is critical: {codes}.",
            "{audit} has {n} questions without an answer; critical among them: {codes}.",
            n, audit=refusal.audit, codes=", ".join(refusal.critical[:10]),
        )  # fmt: skip
    else:
        fact = words.count(
            "{audit} has a question without an answer: {codes}.",
            "{audit} has {n} questions without an answer: {codes}.",
            n, audit=refusal.audit, codes=", ".join(refusal.questions[:10]),
        )  # fmt: skip
    return Told(fact, words.say("Answer them; what does not apply is an answer as well."))


@_tell.register
def _(refusal: rules.NotSettled, to: Reader) -> Told:
    say = to.words.say
    codes = ", ".join(refusal.questions[:10])
    fact = say("In {audit} exactly what both answered otherwise is settled; look at {codes}.", audit=refusal.audit,
               codes=codes)  # fmt: skip
    return Told(fact, say("Name each of them once, with the answer that is true."))


@_tell.register
def _(refusal: rules.AuditBlind, to: Reader) -> Told:
    say = to.words.say
    fact = say(
        "The answers of {audit} stay closed until a second person has signed the review.", audit=refusal.audit
    )
    return Told(fact, say("The review is done from the evidence."))


@_tell.register
def _(refusal: rules.AuditMovedOn, to: Reader) -> Told:
    say = to.words.say
    fact = say("{audit} was signed here since it was taken along.", audit=refusal.audit)
    return Told(fact, say("Nothing is answered after that."))


_TEMPLATE_STATES: Final = {
    "draft": mark("{template} v{version} is a draft that nobody has approved."),
    "approved": mark("{template} v{version} is approved already."),
    "retired": mark("{template} v{version} was followed by a later version."),
}


@_tell.register
def _(refusal: rules.AuditTemplateState, to: Reader) -> Told:
    say = to.words.say
    fact = say(_TEMPLATE_STATES[refusal.was], template=refusal.template, version=refusal.version)
    return Told(fact, say("One planner writes a version, another approves it."))


@_tell.register
def _(refusal: rules.AuthorApprovesTemplate, to: Reader) -> Told:
    say = to.words.say
    fact = say("{person} wrote {template} v{version}.", person=refusal.person, template=refusal.template,
               version=refusal.version)  # fmt: skip
    return Told(fact, say("Another planner approves it."))


@_tell.register
def _(refusal: rules.TemplateChanged, to: Reader) -> Told:
    say = to.words.say
    fact = say("{template} v{version} was written anew since you read it.", template=refusal.template,
               version=refusal.version)  # fmt: skip
    return Told(fact, say("Read it again, then approve it."))


_NOT_SET: Final = {
    "same": (mark("{class_word} is on {state} already."), mark("Choose another one.")),
    "discontinued": (
        mark("{class_word} is discontinued: it goes on tightened."),
        mark("Set it to tightened once corrective action was taken."),
    ),
    "never_reduced": (
        mark("{procedure} does not allow reduced inspection."),
        mark("A new version of the procedure can allow it."),
    ),
    "not_due": (
        mark("The lots so far do not allow reduced inspection of {class_word}."),
        mark(
            "It takes normal inspection, and the score or the row of accepted lots that the standard asks for."
        ),
    ),
    "not_switched": (
        mark("No approved procedure switches the severity of {class_word} here."),
        mark("A planner switches it on in a new version; only classes with an AQL switch."),
    ),
}


@_tell.register
def _(refusal: rules.SeverityNotSet, to: Reader) -> Told:
    fact, way = _NOT_SET[refusal.problem]
    named = {"procedure": refusal.procedure, "class_word": to.words.say(CLASS_WORDS[refusal.defect_class]),
             "state": to.words.say(INSPECTIONS[refusal.severity])}  # fmt: skip
    return Told(to.words.say(fact, **named), to.words.say(way))


@_tell.register
def _(refusal: rules.ActionIsClosed, to: Reader) -> Told:
    return Told(
        to.words.say("{action} is closed.", action=refusal.action),
        to.words.say("Open another corrective action; it opens again by itself when the defect comes again."),
    )


@_tell.register
def _(refusal: rules.NotFixed, to: Reader) -> Told:
    say = to.words.say
    fact = say("{action} is not fixed yet.", action=refusal.action)
    if refusal.promises:
        way = say(
            "These promises have not passed their tests: {promises}", promises="; ".join(refusal.promises)
        )
    elif refusal.none_made:
        way = say("Put down what the supplier promises now, with a test: the lots that come decide it.")
    elif refusal.stopped:
        way = say("Two releasers decide about the stop first.")
    elif refusal.beside:
        way = say(
            "The lots that were counted show {codes} too. Put down what is promised of that, with a test.",
            codes=", ".join(refusal.beside),
        )
    elif refusal.rejected:
        way = say(
            "Batch {batch} was rejected and shows it. Put down what the supplier promises now, with a test: the lots that"
            " come decide it.",
            batch=refusal.rejected,
        )
    elif refusal.narrow:
        way = say(
            "It is about all that the supplier sends, and one product shows nothing of the others. Put down a promise"
            " that the next lot of any product decides."
        )
    else:
        way = say("A paper shows nothing of the goods. Put down a promise that the next lots decide.")
    return Told(fact, way)


@_tell.register
def _(refusal: rules.OwnPaper, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("You put down yourself that “{document}” came.", document=refusal.document),
        say("Somebody else looks at it and closes {action}.", action=refusal.action),
    )


@_tell.register
def _(refusal: rules.ReleaseStopped, to: Reader) -> Told:
    say = to.words.say
    if is_name(refusal.action):
        fact = say(
            "{batch} cannot be released: {defect} came again on {product} from {supplier} after {action}.",
            batch=refusal.batch,
            defect=refusal.defect,
            product=refusal.product,
            supplier=refusal.supplier,
            action=refusal.action,
        )
    else:
        fact = say("It cannot be released: a defect came again after its corrective action.")
    way = say("Two releasers decide about the stop.")
    return Told(
        fact, say("{way} {names}", way=way, names=to.can(refusal.who_can)) if refusal.who_can else way
    )


@_tell.register
def _(refusal: rules.ProcedureOverdue, to: Reader) -> Told:
    say = to.words.say
    fact = say(
        "{procedure} v{version} was due for review on {day}. Nobody can start under it.",
        procedure=refusal.procedure,
        version=refusal.version,
        day=to.day(refusal.due),
    )
    if is_name(refusal.owner):
        return Told(
            fact,
            say(
                "Its owner is {owner}. It takes a new version, or a grace from two planners.",
                owner=refusal.owner,
            ),
        )
    return Told(fact, say("A planner reviews it and another approves the new version."))


@_tell.register
def _(refusal: rules.InstrumentOverdue, to: Reader) -> Told:
    say = to.words.say
    if refusal.due is None:
        fact = say("{instrument} has no calibration on record.", instrument=refusal.instrument)
    else:
        fact = say(
            "{instrument} was due for calibration on {day}.",
            instrument=refusal.instrument,
            day=to.day(refusal.due),
        )
    return Told(fact, _use_instead(refusal.use_instead, to))


@_tell.register
def _(refusal: rules.MeasuredBehind, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    way = count(
        "Measure it again with another instrument: unit {units}.",
        "Measure them again with another instrument: units {units}.",
        len(refusal.units),
        units=", ".join(map(str, refusal.units)),
    )
    if refusal.due is None:
        return Told(say("{instrument} has no calibration on record.", instrument=refusal.instrument), way)
    return Told(
        say(
            "{instrument} was due for calibration on {day}, and was read while the clock stood behind.",
            instrument=refusal.instrument,
            day=to.day(refusal.due),
        ),
        way,
    )


@_tell.register
def _(refusal: rules.InstrumentBlocked, to: Reader) -> Told:
    fact = to.words.say("{instrument} is blocked.", instrument=refusal.instrument)
    return Told(fact, _use_instead(refusal.use_instead, to))


@_tell.register
def _(refusal: rules.InstrumentOfOtherKind, to: Reader) -> Told:
    say = to.words.say
    asked = {"name": refusal.name, "kind": refusal.kind}
    if refusal.instrument is None:
        fact = say("{name} is measured with: {kind}. This reading names no instrument.", **asked)
    elif not refusal.instrument_kind:
        fact = say(
            "{name} is measured with: {kind}. {instrument} has no kind on record.",
            **asked,
            instrument=refusal.instrument,
        )
    else:
        fact = say(
            "{name} is measured with: {kind}. {instrument} is another kind: {other}.",
            **asked,
            instrument=refusal.instrument,
            other=refusal.instrument_kind,
        )
    if not refusal.use_instead:
        return Told(fact, say("Put an instrument of that kind and its calibration on record."))
    return Told(fact, _use_instead(refusal.use_instead, to))


def _use_instead(instruments: Sequence[tuple[str, date]], to: Reader) -> str:
    if not instruments:
        return to.words.say("Put its new calibration on record, or take another instrument.")
    number, until = instruments[0]
    if len(instruments) == 1:
        return to.words.say("Use {instrument}, good until {day}.", instrument=number, day=to.day(until))
    others = alternatives((name for name, _ in instruments), to.words)
    return to.words.say("Use {instruments}.", instruments=others)


# The sign-off machine ---------------------------------------------------------------------------------------------

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


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.NotHeld, to: Reader) -> Told:
    return Told(
        to.words.say("Nobody stopped batch {batch}.", batch=refusal.batch),
        to.words.say("There is nothing to lift."),
    )


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.CheckClosed, to: Reader) -> Told:
    say = to.words.say
    fact = say(_CLOSED.get(refusal.state, _CLOSED["overtaken"]))
    if refusal.state == "signed":
        return Told(fact, say("Its signer can take it back with a reason; then it is made again."))
    if refusal.state == "open":
        return Told(fact, say("Sign it, or set it aside."))
    return Told(fact, say("Nothing more goes into it; look at the batch to see what comes next."))


@_tell.register
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


@_tell.register
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


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.ChangedMeanwhile, to: Reader) -> Told:
    say = to.words.say
    if refusal.by and is_name(refusal.by):
        fact = say("Signed by {name} a moment ago.", name=refusal.by)
    else:
        fact = say("The record has changed since you read it.")
    if refusal.saving:
        return Told(fact, say("Nothing was saved over it; open it again, then change it."))
    return Told(fact, say("Nothing was signed and nothing of yours is lost; read it again, then sign."))


@_tell.register
def _(refusal: rules.MakersMissing, to: Reader) -> Told:
    return Told(
        to.words.say("Nobody is named who made batch {batch} on your own line.", batch=refusal.batch),
        to.words.say("Name its makers; then the first check can start."),
    )


_NOT_ACCEPTED: Final = {
    "registered": mark("Release needs a first check, and a second, independent one."),
    "first_check": mark("Release needs a first check, and a second, independent one."),
    "awaiting_second": mark("Release needs a second, independent check first."),
    "second_check": mark("Release needs a second, independent check first."),
    "rejected": mark("Batch {batch} is rejected, so it is not released."),
    "disagreed": mark("The two checks of batch {batch} disagree, so it is not released."),
    "released": mark("Batch {batch} is released already."),
}


@_tell.register
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


@_tell.register
def _(refusal: rules.ThirdNeeded, to: Reader) -> Told:
    fact = to.words.say("You made the second check, and here a third person releases.")
    return Told(fact, to.can(refusal.who_can))


@_tell.register
def _(refusal: rules.AgainUsedUp, to: Reader) -> Told:
    return Told(
        to.words.say("Batch {batch} was done again once already.", batch=refusal.batch),
        to.words.say("A third person decides, or one of the two rejects."),
    )


@_tell.register
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


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.HoldOfRetraction, to: Reader) -> Told:
    say = to.words.say
    fact = say("Batch {batch} is held because a signed check was taken back.", batch=refusal.batch)
    if any(is_name(name) for name in refusal.who_can):
        who = in_a_row(refusal.who_can, to.words)
        return Told(
            fact, say("It goes to rework, or a third person orders a new round: {names} can.", names=who)
        )
    return Told(fact, say("It goes to rework, or a third person orders a new round."))


@_tell.register
def _(refusal: rules.ProcedureStopped, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{procedure} v{version}, by which it was inspected, was taken out of use since.",
            procedure=refusal.procedure, version=refusal.version),
        say("Take a check back and inspect the batch by the version that is approved now."),
    )  # fmt: skip


@_tell.register
def _(refusal: rules.SupplierBlocked, to: Reader) -> Told:
    say = to.words.say
    fact = say("Nothing of {supplier} is released: it is blocked.", supplier=refusal.supplier)
    if refusal.reason:
        fact = say(
            "Nothing of {supplier} is released. It is blocked: {reason}.",
            supplier=refusal.supplier,
            reason=refusal.reason.rstrip(" ."),
        )
    way = say("Two releasers let it deliver again on its page; then the batch can be released.")
    if not any(is_name(name) for name in refusal.who_can):
        return Told(fact, way)
    return Told(fact, say("{way} {names}", way=way, names=to.can(refusal.who_can)))


@_tell.register
def _(refusal: rules.StatusStands, to: Reader) -> Told:
    say = to.words.say
    status = say(SUPPLIER_STATUSES[refusal.status]) if refusal.status in SUPPLIER_STATUSES else refusal.status
    return Told(say("The supplier is {status} already.", status=status), say("Choose another one."))


_ANOTHER: Final = {
    "batch": (
        mark("{supplier} is the same as {other}."),
        mark("Register the batch of {other}."),
    ),
    "merge": (
        mark("{supplier} is the same as {other} already."),
        mark("Take them apart first, where that was not so."),
    ),
    "into": (
        mark("{supplier} is itself the same as {other}."),
        mark("Say that it is the same as {other}."),
    ),
    "has": (
        mark("{other} is the same as {supplier}, which can be the same as no third one then."),
        mark("Say it the other way round, or take those apart first."),
    ),
}


@_tell.register
def _(refusal: rules.SupplierIsAnother, to: Reader) -> Told:
    if not is_name(refusal.supplier):
        fact = to.words.say("The supplier is the same as another one.")
        return Told(fact, to.words.say("Take the other one, or take them apart first."))
    fact, way = _ANOTHER.get(refusal.act, _ANOTHER["batch"])
    named = {"supplier": refusal.supplier, "other": refusal.other}
    return Told(to.words.say(fact, **named), to.words.say(way, **named))


@_tell.register
def _(refusal: rules.LogNotWhole, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say(
            "The log itself was changed at event {number}, so the tables may hold what it lost.",
            number=refusal.number,
        ),
        say("Keep a copy of the workspace as it is, and restore a backup."),
    )


@_tell.register
def _(refusal: rules.EventHolds, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("Event {number} verifies: it is what its signer wrote.", number=refusal.number),
        say("Only an event that fails verification is declared void."),
    )


@_tell.register
def _(refusal: rules.CertificateStands, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("Certificate {number} of batch {batch} stands.", number=refusal.number, batch=refusal.batch),
        say("Take the release back first: that makes the certificate void."),
    )


@_tell.register
def _(refusal: rules.OwnEvent, to: Reader) -> Told:
    say = to.words.say
    if to.is_you(refusal.person):
        fact = say("Event {number} is your own, or about you.", number=refusal.number)
    else:
        fact = say(
            "Event {number} is {name}'s own, or about {name}.", number=refusal.number, name=refusal.person
        )
    return Told(fact, say("Two people explain it who did not sign it and whom it is not about."))


@_tell.register
def _(refusal: rules.StillReleased, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("Batch {batch} is released.", batch=refusal.batch),
        say("Take the release back first. Then declare the event void."),
    )


@_tell.register
def _(refusal: rules.ClockBlocked, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("This computer's clock is {span} behind the last event, so nothing is signed.",
            span=span(refusal.seconds, to.words)),
        say("Set the clock right; or, if the log holds a wrong time, two people correct it."),
    )  # fmt: skip


@_tell.register
def _(refusal: rules.CriticalConceded, to: Reader) -> Told:
    return Told(
        to.words.say("A critical defect is claimed on batch {batch}.", batch=refusal.batch),
        to.words.say("It is never conceded; such goods are sorted out, returned or scrapped."),
    )


@_tell.register
def _(refusal: rules.AskedForConcession, to: Reader) -> Told:
    say = to.words.say
    if not to.is_you(refusal.person):
        fact = say(
            "{name} asked for this concession or approved it; this takes someone else.", name=refusal.person
        )
    else:
        fact = say("You asked for this concession or approved it; this takes someone else.")
    return Told(fact, to.can(refusal.who_can))


@_tell.register
def _(refusal: rules.OutsiderNeeded, to: Reader) -> Told:
    say = to.words.say
    fact = say("One of the two who approve has neither checked nor made the goods.")
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, say("Where there is nobody, the customer's own signed consent stands in for that one."))


@_tell.register
def _(refusal: rules.ConcessionOpen, to: Reader) -> Told:
    return Told(
        to.words.say("A concession for batch {batch} is asked for already.", batch=refusal.batch),
        to.words.say("Approve it or refuse it first."),
    )


@_tell.register
def _(refusal: rules.NoConcession, to: Reader) -> Told:
    return Told(
        to.words.say("No concession is asked for batch {batch}.", batch=refusal.batch),
        to.words.say("Somebody asks for it first, and two others approve."),
    )


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.QuantitiesDiffer, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    return Told(
        count("{n} unit is accounted for, and {there} are there.",
              "{n} units are accounted for, and {there} are there.", refusal.given, there=refusal.there),
        say("Say of every unit what becomes of it."),
    )  # fmt: skip


@_tell.register
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


@_tell.register
def _(refusal: rules.PartTooSmall, to: Reader) -> Told:
    say, count = to.words.say, to.words.count
    return Told(
        count("Part {part} of batch {batch} would have {n} unit.", "Part {part} of batch {batch} would have {n} units.",
              refusal.quantity, part=refusal.part, batch=refusal.batch),
        say("A part has at least one unit: leave this one out, or say how many it has."),
    )  # fmt: skip


@_tell.register
def _(refusal: rules.CriticalNowhere, to: Reader) -> Told:
    say = to.words.say
    units = ", ".join(map(str, refusal.units))
    return Told(
        say("A critical was claimed on these units of batch {batch}: {units}.", batch=refusal.batch, units=units),
        say("Say of each into which part it went; it is inspected in every later round."),
    )  # fmt: skip


@_tell.register
def _(refusal: rules.CheckRunning, to: Reader) -> Told:
    say = to.words.say
    name = refusal.person if is_name(refusal.person) else say("Somebody")
    return Told(
        say(_RUNNING.get(refusal.place, _RUNNING["first"]), name=name, batch=refusal.batch),
        say("It is signed or set aside first; then it is settled what becomes of the goods."),
    )


@_tell.register
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


@_tell.register
def _(refusal: rules.SelfConfirm, to: Reader) -> Told:
    return Told(
        to.words.say("One asks for it, and somebody else confirms."),
        to.words.say("Ask another person to sign with you."),
    )


@_tell.register
def _(refusal: rules.MakerStays, to: Reader) -> Told:
    return Told(
        to.words.say("{person} is named as a maker of this batch.", person=refusal.person),
        to.words.say("If that is a mistake, somebody else takes the name off."),
    )


@_tell.register
def _(refusal: rules.CodeStays, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batches of product {product} are registered, so its code and revision stay.",
            product=refusal.product,
        ),
        to.words.say("Add another code or revision as a product of its own."),
    )


@_tell.register
def _(refusal: rules.FamilyStays, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batches of product {product} are registered, so its family stays: {family}.",
            product=refusal.product,
            family=refusal.family or to.words.say("none"),
        ),
        to.words.say("Give goods of another family another code."),
    )


@_tell.register
def _(refusal: rules.ReworkersMissing, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Rework of batch {batch} is ordered, and nobody is named who did it.", batch=refusal.batch
        ),
        to.words.say("Record who reworked it; they make no independent check of it any more."),
    )


@_tell.register
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


@_tell.register
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


@_tell.register
def _(refusal: rules.AlreadyCertified, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batch {batch} has its certificate, number {number}.", batch=refusal.batch, number=refusal.number
        ),
        to.words.say("Print a copy of it."),
    )


@_tell.register
def _(refusal: rules.CopyTaken, to: Reader) -> Told:
    return Told(
        to.words.say(
            "This print of {name} has left already, or somebody else printed it now.", name=refusal.name
        ),
        to.words.say("Make the paper anew: it then says which copy it is."),
    )


@_tell.register
def _(refusal: rules.CertificateVoid, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Certificate {number} is void: the release of batch {batch} was taken back.",
            number=refusal.number,
            batch=refusal.batch,
        ),
        to.words.say("Tell whoever has it on paper. Nothing is printed of it any more."),
    )


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


@_tell.register
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


@_tell.register
def _(refusal: rules.AlreadyThere, to: Reader) -> Told:
    say = to.words.say
    fact = say(_TAKEN.get(refusal.kind, mark("{value} is taken already.")), value=refusal.value)
    return Told(fact, say("Choose another one, or change the one that is there."))


@_tell.register
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


@_tell.register
def _(refusal: rules.NumberHad, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{value} was the number of batch {batch} before.", value=refusal.value, batch=refusal.batch),
        say("A number stays with the batch that had it; choose another one."),
    )


@_tell.register
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


@_tell.register
def _(refusal: rules.ReadsLike, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{value} reads like {other}, which is there already.", value=refusal.value, other=refusal.other),
        say("Write it alike if it is the same; if it is another one, say so (in a command: --another)."),
    )


_NONCONFORMITY: Final = {
    "closed": (mark("Nonconformity NC-{number} is closed."), mark("Reopen it first, with a reason.")),
    "open": (mark("Nonconformity NC-{number} is open already."), mark("Nothing is left to do.")),
    "same_owner": (mark("{name} has nonconformity NC-{number} already."), mark("Choose somebody else.")),
    "linked": (
        mark("Nonconformity NC-{number} is linked with {name} already."),
        mark("Nothing is left to do."),
    ),
    "not_linked": (
        mark("Nonconformity NC-{number} is not linked with {name}."),
        mark("Nothing is left to do."),
    ),
}


@_tell.register
def _(refusal: rules.NonconformityRefused, to: Reader) -> Told:
    fact, way = _NONCONFORMITY.get(refusal.problem, _NONCONFORMITY["closed"])
    return Told(to.words.say(fact, number=refusal.nonconformity, name=refusal.name), to.words.say(way))


@_tell.register
def _(refusal: rules.NonconformityBlind, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batch {batch} is being checked, and what is put down now could tell the second person what the first found.",
            batch=refusal.batch,
        ),
        to.words.say("Stop the batch if it must not go on, and come back once both checks are compared."),
    )


@_tell.register
def _(refusal: rules.NonconformityOwn, to: Reader) -> Told:
    return Told(
        to.words.say(
            "{name} opened nonconformity NC-{number}, and whoever opens one does not close it.",
            name=refusal.person,
            number=refusal.nonconformity,
        ),
        to.words.say("Somebody else looks at it and closes it."),
    )


@_tell.register
def _(refusal: rules.NothingNonconforming, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batch {batch} is neither stopped nor rejected, and no finding is named.", batch=refusal.batch
        ),
        to.words.say("Name the codes that were found, or stop the batch."),
    )


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


@_tell.register
def _(refusal: rules.ComplaintRefused, to: Reader) -> Told:
    fact, way = _COMPLAINT.get(refusal.problem, _COMPLAINT["closed"])
    return Told(to.words.say(fact, number=refusal.complaint, name=refusal.name), to.words.say(way))


@_tell.register
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


@_tell.register
def _(_refusal: rules.TouchNotUndone, to: Reader) -> Told:
    return Told(
        to.words.say("Only your own touch can be taken back, and only once."),
        to.words.say("Look at the list of touches."),
    )


@_tell.register
def _(refusal: rules.DatabaseRefused, to: Reader) -> Told:
    return Told(
        to.words.say("The database itself refused this; nothing was changed."),
        to.words.say("Look at the batch again: somebody may have been faster."),
    )
