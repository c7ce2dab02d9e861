# SPDX-License-Identifier: Apache-2.0
"""Things that want explaining, as questions rather than charges."""

from __future__ import annotations

from datetime import date
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.rows import ConcernRow
from qcdesk.wording import events

READINGS: Final = {
    "repeated": mark(
        "{name} read the same as on the unit before {n} times of {of}; on the same units the other person {other} of "
        "{other_of}."
    ),
    "rounded": mark(
        "{n} of {of} readings by {name} end in 0 or 5; on the same units {other} of {other_of} by the other person."
    ),
    "bunched": mark(
        "{n} of {of} readings by {name} lie just inside a limit; on the same units {other} of {other_of} by the other "
        "person."
    ),
}
TIRED: Final = ("hours", "checks", "late", "late_of", "late_pace", "fresh", "fresh_of", "fresh_pace")


def question(row: ConcernRow, words: Catalogue, today: date | None = None) -> str:
    """Return what happened, in one sentence that says the numbers and blames nobody."""
    say, facts = words.say, row.concern.facts
    match row.concern.kind:
        case "hurried":
            return say(
                "{name} took {own} s for each of {units} units; others take {usual} s under this procedure.",
                name=row.name,
                own=facts["own"],
                usual=facts["usual"],
                units=facts["units"],
            )
        case "never_differ":
            return say(
                "{one} and {other} found the same {units} units in {batches} batches, and never one alone.",
                one=row.name,
                other=row.other_name,
                units=facts["units"],
                batches=facts["batches"],
            )
        case "misses_all":
            return say(
                "{name} found nothing in {checks} checks in a row in which the other person found {units} bad units.",
                name=row.name,
                checks=facts["checks"],
                units=facts["units"],
            )
        case "hastened":
            return say(
                "{name} took {own} s for each of {units} units, and {usual} s before under the same procedure.",
                name=row.name,
                own=facts["own"],
                usual=facts["usual"],
                units=facts["units"],
            )
        case "echoes":
            return say(
                "{name}, as the second person, found just the {units} units that the first had found in {batches} "
                "batches, and none more or less.",
                name=row.name,
                units=facts["units"],
                batches=facts["batches"],
            )
        case "all_pass":
            return say(
                "{name} found nothing in {checks} checks in a row; others find something in {usual} % of theirs.",
                name=row.name,
                checks=facts["checks"],
                usual=facts["usual"],
            )
        case "signed_together":
            return say(
                "{name} signed a check at {station}, {seconds} s after {other} signed one there.",
                name=row.name,
                station=facts["station"],
                seconds=facts["seconds"],
                other=row.other_name,
            )
        case "repeated" if facts["before"]:
            return say(
                "{name} read the same {n} values of {characteristic} in the same order as in an earlier check.",
                name=row.name,
                n=facts["readings"],
                characteristic=facts["characteristic"],
            )
        case "repeated" | "rounded" | "bunched":
            return say(
                READINGS[row.concern.kind],
                name=row.name,
                n=facts["readings"],
                of=facts["of"],
                other=facts["other"],
                other_of=facts["other_of"],
            )
        case "bent":
            return say(
                "{name} read just inside a limit {n} times where the other person read outside it, and outside where "
                "the other read just inside {other} times.",
                name=row.name,
                n=facts["readings"],
                other=facts["other"],
            )
        case "tired":
            return say(
                "{name} may be tired: after {hours} h at the bench or {checks} checks in a row, {late} of the {late_of} "
                "units that the other found ({late_pace} s a unit), before that {fresh} of {fresh_of} ({fresh_pace} s). "
                "A pause or another pair may help.",
                name=row.name,
                **{fact: facts[fact] for fact in TIRED},
            )
        case "quick_change":
            return say(
                "{name} signed in at {station}, {seconds} s after {other} worked there.",
                name=row.name,
                station=facts["station"],
                seconds=facts["seconds"],
                other=row.other_name,
            )
        case "tried":
            return tried(row.name, int(facts["tries"]), facts["station"], words)
        case "taken_back":
            n = int(facts["checks"])
            return words.count(
                "Batch {number} is released; {name} had taken back {n} check of it that rejected.",
                "Batch {number} is released; {name} had taken back {n} checks of it that rejected.",
                n,
                number=row.number,
                name=row.name,
            )
        case "in_doubt":
            return say(
                "Batch {number} is released, and the key of {name}, in doubt from event {since} on, touched it.",
                number=row.number,
                name=row.name,
                since=facts["since"],
            )
        case "event":
            return events.line(facts["type"], facts, words, today=today)


def tried(name: str, tries: int, station: str, words: Catalogue) -> str:
    """Return how many tries in a row failed for somebody, and at which workstation where it is one with a name."""
    if station:
        return words.count(
            "{n} try failed for {name} at {station}.",
            "{n} tries in a row failed for {name} at {station}.",
            tries,
            name=name,
            station=station,
        )
    return words.count(
        "{n} try failed for {name}.", "{n} tries in a row failed for {name}.", tries, name=name
    )
