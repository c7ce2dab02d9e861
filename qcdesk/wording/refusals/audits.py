# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: audits of suppliers and their templates."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told

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


@in_words.register
def _(refusal: rules.AuditState, to: Reader) -> Told:
    say = to.words.say
    return Told(say(_AUDIT_STATES[refusal.stands], audit=refusal.audit), say(_AUDIT_WAYS[refusal.stands]))


@in_words.register
def _(refusal: rules.AuditNotYours, to: Reader) -> Told:
    say = to.words.say
    fact = say("{person} is not the auditor of {audit}.", audit=refusal.audit, person=refusal.person)
    return Told(fact, say("Until it is signed, whoever opened it answers and signs."))


@in_words.register
def _(refusal: rules.AuditorReviews, to: Reader) -> Told:
    say = to.words.say
    fact = say(
        "{person} audited in {audit}, and does not review it too.", person=refusal.person, audit=refusal.audit
    )
    return Told(fact, say("Another person reviews the evidence."))


@in_words.register
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


@in_words.register
def _(refusal: rules.NotSettled, to: Reader) -> Told:
    say = to.words.say
    codes = ", ".join(refusal.questions[:10])
    fact = say("In {audit} exactly what both answered otherwise is settled; look at {codes}.", audit=refusal.audit,
               codes=codes)  # fmt: skip
    return Told(fact, say("Name each of them once, with the answer that is true."))


@in_words.register
def _(refusal: rules.AuditBlind, to: Reader) -> Told:
    say = to.words.say
    fact = say(
        "The answers of {audit} stay closed until a second person has signed the review.", audit=refusal.audit
    )
    return Told(fact, say("The review is done from the evidence."))


@in_words.register
def _(refusal: rules.AuditMovedOn, to: Reader) -> Told:
    say = to.words.say
    fact = say("{audit} was signed here since it was taken along.", audit=refusal.audit)
    return Told(fact, say("Nothing is answered after that."))


_TEMPLATE_STATES: Final = {
    "draft": mark("{template} v{version} is a draft that nobody has approved."),
    "approved": mark("{template} v{version} is approved already."),
    "retired": mark("{template} v{version} was followed by a later version."),
}


@in_words.register
def _(refusal: rules.AuditTemplateState, to: Reader) -> Told:
    say = to.words.say
    fact = say(_TEMPLATE_STATES[refusal.was], template=refusal.template, version=refusal.version)
    return Told(fact, say("One planner writes a version, another approves it."))


@in_words.register
def _(refusal: rules.AuthorApprovesTemplate, to: Reader) -> Told:
    say = to.words.say
    fact = say("{person} wrote {template} v{version}.", person=refusal.person, template=refusal.template,
               version=refusal.version)  # fmt: skip
    return Told(fact, say("Another planner approves it."))


@in_words.register
def _(refusal: rules.TemplateChanged, to: Reader) -> Told:
    say = to.words.say
    fact = say("{template} v{version} was written anew since you read it.", template=refusal.template,
               version=refusal.version)  # fmt: skip
    return Told(fact, say("Read it again, then approve it."))
