# SPDX-License-Identifier: Apache-2.0
"""Refusals in words: instruments that are due, blocked, or of another kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qcdesk.domain import refusals as rules
from qcdesk.wording.refusals.reader import Reader, in_words
from qcdesk.wording.spelling import Told, alternatives


@in_words.register
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


@in_words.register
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


@in_words.register
def _(refusal: rules.InstrumentBlocked, to: Reader) -> Told:
    fact = to.words.say("{instrument} is blocked.", instrument=refusal.instrument)
    return Told(fact, _use_instead(refusal.use_instead, to))


@in_words.register
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
