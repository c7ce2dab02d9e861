# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: nonconformities and their dispositions."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told

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


@in_words.register
def _(refusal: rules.NonconformityRefused, to: Reader) -> Told:
    fact, way = _NONCONFORMITY.get(refusal.problem, _NONCONFORMITY["closed"])
    return Told(to.words.say(fact, number=refusal.nonconformity, name=refusal.name), to.words.say(way))


@in_words.register
def _(refusal: rules.NonconformityBlind, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batch {batch} is being checked, and what is put down now could tell the second person what the first found.",
            batch=refusal.batch,
        ),
        to.words.say("Stop the batch if it must not go on, and come back once both checks are compared."),
    )


@in_words.register
def _(refusal: rules.NonconformityOwn, to: Reader) -> Told:
    return Told(
        to.words.say(
            "{name} opened nonconformity NC-{number}, and whoever opens one does not close it.",
            name=refusal.person,
            number=refusal.nonconformity,
        ),
        to.words.say("Somebody else looks at it and closes it."),
    )


@in_words.register
def _(refusal: rules.NothingNonconforming, to: Reader) -> Told:
    return Told(
        to.words.say(
            "Batch {batch} is neither stopped nor rejected, and no finding is named.", batch=refusal.batch
        ),
        to.words.say("Name the codes that were found, or stop the batch."),
    )
