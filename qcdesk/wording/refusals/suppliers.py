# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: suppliers that are blocked, or are another."""

from __future__ import annotations

from typing import Final

from qcdesk.domain import refusals as rules
from qcdesk.i18n import mark
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, is_name
from qcdesk.wording.suppliers import SUPPLIER_STATUSES


@in_words.register
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


@in_words.register
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


@in_words.register
def _(refusal: rules.SupplierIsAnother, to: Reader) -> Told:
    if not is_name(refusal.supplier):
        fact = to.words.say("The supplier is the same as another one.")
        return Told(fact, to.words.say("Take the other one, or take them apart first."))
    fact, way = _ANOTHER.get(refusal.act, _ANOTHER["batch"])
    named = {"supplier": refusal.supplier, "other": refusal.other}
    return Told(to.words.say(fact, **named), to.words.say(way, **named))
