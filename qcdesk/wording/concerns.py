# SPDX-License-Identifier: Apache-2.0
"""Things that want explaining, as questions rather than charges."""

from __future__ import annotations

from datetime import date

from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ConcernRow
from qcdesk.wording import events


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
                "{name} found nothing in {checks} checks in a row in which the other person found something.",
                name=row.name,
                checks=facts["checks"],
            )
        case "quick_change":
            return say(
                "{name} signed in at {station}, {seconds} s after {other} worked there.",
                name=row.name,
                station=facts["station"],
                seconds=facts["seconds"],
                other=row.other_name,
            )
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
