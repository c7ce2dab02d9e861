# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: procedures that are not approved, overdue or stopped, and severities nobody set."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.severities import INSPECTIONS
from qcdesk.wording.spelling import Told, in_a_row, is_name
from qcdesk.wording.states import CLASS_WORDS


@in_words.register
def _(refusal: rules.AuthorCannotApprove, to: Reader) -> Told:
    fact = to.words.say(
        "You wrote {procedure} v{version}, so somebody else approves it.",
        procedure=refusal.procedure,
        version=refusal.version,
    )
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, to.words.say("Any other planner can."))


@in_words.register
def _(refusal: rules.ProcedureState, to: Reader) -> Told:
    say, named = to.words.say, {"procedure": refusal.procedure, "version": refusal.version}
    if refusal.state == "approved":
        fact = say("{procedure} v{version} is approved already.", **named)
        return Told(fact, say("A change is written as a new version."))
    if refusal.state == "retired":
        fact = say("{procedure} v{version} is retired.", **named)
        return Told(fact, say("What is needed again is written as a new version."))
    return Told(say("{procedure} v{version} is a draft.", **named), say("It has to be approved first."))


@in_words.register
def _(refusal: rules.ProcedureChanged, to: Reader) -> Told:
    return Told(
        to.words.say(
            "{procedure} v{version} was changed after you read it.",
            procedure=refusal.procedure,
            version=refusal.version,
        ),
        to.words.say("Read it again, then approve."),
    )


@in_words.register
def _(refusal: rules.ProcedureNotApproved, to: Reader) -> Told:
    say, named = to.words.say, {"procedure": refusal.procedure, "version": refusal.version}
    if refusal.state == "retired":
        fact = say("{procedure} v{version} is retired. Nobody can start under it.", **named)
        return Told(fact, say("A planner writes a new version, another approves it."))
    fact = say("{procedure} v{version} is not approved yet. Nobody can start under it.", **named)
    return Told(fact, say("A planner who did not write it can approve it."))


@in_words.register
def _(refusal: rules.NoProcedure, to: Reader) -> Told:
    fact = to.words.say("No approved procedure covers {product}.", product=refusal.product)
    if any(is_name(name) for name in refusal.who_can):
        return Told(fact, to.can(refusal.who_can))
    return Told(fact, to.words.say("A planner writes one, another approves it."))


@in_words.register
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


@in_words.register
def _(refusal: rules.SeverityNotSet, to: Reader) -> Told:
    fact, way = _NOT_SET[refusal.problem]
    named = {"procedure": refusal.procedure, "class_word": to.words.say(CLASS_WORDS[refusal.defect_class]),
             "state": to.words.say(INSPECTIONS[refusal.severity])}  # fmt: skip
    return Told(to.words.say(fact, **named), to.words.say(way))


@in_words.register
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


@in_words.register
def _(refusal: rules.ProcedureStopped, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("{procedure} v{version}, by which it was inspected, was taken out of use since.",
            procedure=refusal.procedure, version=refusal.version),
        say("Take a check back and inspect the batch by the version that is approved now."),
    )  # fmt: skip


@in_words.register
def _(refusal: rules.CodeStays, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batches of product {product} are registered, so its code and revision stay.",
            product=refusal.product,
        ),
        to.words.say("Add another code or revision as a product of its own."),
    )
