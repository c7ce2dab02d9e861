# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: passwords, PINs, badges, and sessions that are over."""

from __future__ import annotations

from qcdesk.domain import refusals as rules
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, alternatives, is_name


@in_words.register
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
    return Told(fact, words.run_on(way))


@in_words.register
def _(refusal: rules.TryLater, to: Reader) -> Told:
    words = to.words
    fact = (
        words.say("It is too early for your next try.")
        if to.is_you(refusal.person)
        else words.say("It is too early for the next try of {person}.", person=refusal.person)
    )
    return Told(fact, words.count("Next try in {n} second.", "Next try in {n} seconds.", refusal.seconds))


@in_words.register
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


@in_words.register
def _(refusal: rules.NotLocked, to: Reader) -> Told:
    return Told(
        to.words.say("You are not locked.")
        if to.you == refusal.person
        else to.words.say("{person} is not locked.", person=refusal.person),
        to.words.say("Signing in works as always."),
    )


@in_words.register
def _(refusal: rules.UnlockedByAnother, to: Reader) -> Told:
    fact = (
        to.words.say("Nobody unlocks themselves.")
        if to.is_you(refusal.person)
        else to.words.say("{person} is unlocked by somebody else only.", person=refusal.person)
    )
    return Told(fact, to.can(refusal.who_can))


@in_words.register
def _(refusal: rules.PinOver, to: Reader) -> Told:
    fact = (
        to.words.say("The PIN of your sitting is gone.")
        if to.is_you(refusal.person)
        else to.words.say("The PIN of {person} is gone.", person=refusal.person)
    )
    return Told(fact, to.words.say("Use the password or the badge."))


@in_words.register
def _(refusal: rules.PasswordNeeded, to: Reader) -> Told:
    fact = (
        to.words.say("This takes your password itself.")
        if to.is_you(refusal.person)
        else to.words.say("This takes the password of {person} itself.", person=refusal.person)
    )
    return Told(fact, to.words.say("A badge or a PIN is not enough for a new badge or PIN."))


@in_words.register
def _(_refusal: rules.BadgeUnknown, to: Reader) -> Told:
    return Told(
        to.words.say("This badge opens nothing here."),
        to.words.say("It was stopped or belongs elsewhere. Sign in with your password."),
    )


@in_words.register
def _(refusal: rules.BadgeOfAnother, to: Reader) -> Told:
    return Told(
        to.words.say("This badge is yours.")
        if to.is_you(refusal.owner)
        else to.words.say("This badge is the one of {owner}.", owner=refusal.owner),
        to.words.say("Here signs {person}.", person=refusal.person),
    )


@in_words.register
def _(refusal: rules.NoBadge, to: Reader) -> Told:
    return Told(
        to.words.say("You have no badge.")
        if to.you == refusal.person
        else to.words.say("{person} has no badge.", person=refusal.person),
        to.words.say("There is nothing to stop."),
    )


@in_words.register
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


@in_words.register
def _(refusal: rules.NotYourSession, to: Reader) -> Told:
    return Told(
        to.words.say("The signature and the session belong to two different people."),
        to.words.say("Whoever signs signs in first."),
    )
