# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: corrective actions, what is not fixed, and the stop they lay on a release."""

from __future__ import annotations

from qcdesk.domain import refusals as rules
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, is_name


@in_words.register
def _(refusal: rules.ActionIsClosed, to: Reader) -> Told:
    return Told(
        to.words.say("{action} is closed.", action=refusal.action),
        to.words.say("Open another corrective action; it opens again by itself when the defect comes again."),
    )


@in_words.register
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


@in_words.register
def _(refusal: rules.OwnPaper, to: Reader) -> Told:
    say = to.words.say
    return Told(
        say("You put down yourself that “{document}” came.", document=refusal.document),
        say("Somebody else looks at it and closes {action}.", action=refusal.action),
    )


@in_words.register
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
