# SPDX-License-Identifier: Apache-2.0
"""Escape rates in words: which procedure, plan or pair, and the share of batches with an escape."""

from __future__ import annotations

from qcdesk.i18n import Catalogue
from qcdesk.services.escape_rates import EscapeRate
from qcdesk.wording import states
from qcdesk.wording.detection import interval, percent
from qcdesk.wording.spelling import in_a_row


def name(one: EscapeRate, words: Catalogue) -> str:
    """Return what a rate is of."""
    row = one.row
    if one.by == "procedure":
        return words.say("{code} v{version}", code=row.procedure, version=row.version)
    if one.by == "pair":
        return in_a_row(sorted((row.first, row.second), key=str.casefold), words)
    accepts = ", ".join(
        words.say("{class_word} {n}", class_word=states.defect_class(code, words), n=ac)
        for code, ac in row.accepts
    )
    return words.count(
        "{n} unit, {severity}; accepts {accepts}",
        "{n} units, {severity}; accepts {accepts}",
        row.n,
        severity=states.severity(row.severity, words),
        accepts=accepts,
    )


def kind(one: EscapeRate, words: Catalogue) -> str:
    """Return whether a rate is of a procedure, a plan or a pair."""
    return {"procedure": words.say("Procedure"), "plan": words.say("Plan"), "pair": words.say("Pair")}[one.by]


def share(one: EscapeRate, words: Catalogue) -> str:
    """Return the share with its interval."""
    return words.say(
        "{share} % ({interval})",
        share=percent(one.share.value or 0.0, words),
        interval=interval(one.share, words),
    )


def sentence(one: EscapeRate, words: Catalogue) -> str:
    """Return what a rate comes to."""
    return words.count(
        "{name}: of {n} batch that went out, {escapes} had an escape. What nobody complained of is not counted.",
        "{name}: of {n} batches that went out, {escapes} had an escape. What nobody complained of is not counted.",
        one.share.n,
        name=name(one, words),
        escapes=one.share.hits,
    )
