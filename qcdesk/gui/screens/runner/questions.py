# SPDX-License-Identifier: Apache-2.0
"""What the runner asks on its sheet: another defect, an instrument, why a unit is left out, what is withdrawn, a stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from qcdesk.domain.batches import HOLD_KINDS
from qcdesk.domain.procedures import Characteristic
from qcdesk.gui.asking import Asking, Question
from qcdesk.gui.screens.runner.own_check import keys_of, most_keys
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.rows import FindingRow, OwnCheckPage
from qcdesk.wording import ages, states

NOT_DONE_REASONS: Final = (
    mark("Missing from the sample"),
    mark("Damaged in handling"),
    mark("Cannot be reached or opened"),
    mark("Another reason"),
)


def another_defect(page: OwnCheckPage, defect_class: str, words: Catalogue) -> Asking:
    """Ask which of the codes that have no key of their own."""
    keys = keys_of(page, defect_class)
    shown = {key.code for key in keys[: most_keys(page) - 1]}
    rest = tuple((key.code, key.name) for key in keys if key.code not in shown)
    say = words.say
    return Asking(
        say("Another defect"),
        states.defect_class(defect_class, words),
        say("Put it on record"),
        (Question("code", say("Defect"), "choice", rest),),
        secret=False,
    )


def instruments(
    page: OwnCheckPage, characteristic: Characteristic, words: Catalogue, today: date
) -> tuple[tuple[str, str], ...]:
    """Return the instruments with which a characteristic may be measured: number, and how long each is good."""
    choices = []
    for i in page.instruments:
        if not characteristic.measured_with(i.kind):
            continue
        until = ages.weekday(i.calibrated_until, words, today) if i.calibrated_until else ""
        told = (
            words.say("{number}: good until {day}", number=i.number, day=until)
            if until
            else words.say("{number}: not calibrated", number=i.number)
        )
        choices.append((i.number, told))
    return tuple(choices)


def no_instrument(characteristic: Characteristic, words: Catalogue) -> str:
    """Say that there is none to measure with."""
    if characteristic.instrument_type:
        return words.say(
            "No instrument of the kind {kind} is on record.", kind=characteristic.instrument_type
        )
    return words.say("No instrument is on record.")


def instrument(
    characteristic: Characteristic, choices: tuple[tuple[str, str], ...], chosen: str, words: Catalogue
) -> Asking:
    """Ask with which instrument one measures."""
    say = words.say
    return Asking(
        say("Instrument for {name}", name=characteristic.name),
        say("Its number and its calibration are put on record with every reading."),
        say("Measure with it"),
        (Question("instrument", say("Instrument"), "choice", choices, chosen),),
        secret=False,
    )


def looked_at(page: OwnCheckPage, words: Catalogue) -> Asking:
    """Ask how many units of a tally were looked at."""
    say = words.say
    return Asking(
        say("How many have you looked at?"),
        say("In all, of {total}.", total=len(page.units)),
        say("Put it on record"),
        (Question("tallied", say("Looked at in all"), value=str(sum(u.done for u in page.units))),),
        secret=False,
    )


def left_out(unit: int, words: Catalogue) -> Asking:
    """Ask why a unit is left out."""
    say = words.say
    reasons = tuple((reason, say(reason)) for reason in NOT_DONE_REASONS)
    return Asking(
        say("Unit {unit} is not done", unit=unit),
        say("It counts as not inspected, and is printed so with your reason."),
        say("Leave unit {unit} out", unit=unit),
        (
            Question("reason", say("Reason"), "choice", reasons),
            Question("note", say("In your words"), optional=True),
        ),
        secret=False,
    )


def withdrawal(findings: Sequence[FindingRow], words: Catalogue) -> Asking:
    """Ask which of the findings of a unit is withdrawn, and why."""
    say = words.say
    choices = tuple((f.id, f.name) for f in findings)
    return Asking(
        say("Withdraw a defect"),
        say("It stays in the record, with your reason."),
        say("Withdraw it"),
        (
            Question("finding", say("Defect"), "choice", choices, findings[-1].id),
            Question("reason", say("Reason")),
        ),
        secret=False,
    )


def stop(page: OwnCheckPage, words: Catalogue) -> Asking:
    """Ask why the batch is stopped."""
    say = words.say
    kinds = tuple((kind, say(states.HOLD_KIND_WORDS[kind])) for kind in HOLD_KINDS)
    return Asking(
        say("Stop batch {number}", number=page.header.number),
        say("Nothing of it is released or shipped until two releasers lift the stop."),
        say("Stop this batch"),
        (
            Question("kind", say("What kind of reason?"), "choice", kinds, "other"),
            Question("reason", say("Reason"), "text"),
        ),
        note=say("Your check goes on. Your words stay closed to the second person."),
        secret=False,
        stops=True,
    )
