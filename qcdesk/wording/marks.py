# SPDX-License-Identifier: Apache-2.0
"""What stands beside a person or a signature: come by the recovery sheet, a key in doubt, another of that name."""

from __future__ import annotations

from datetime import UTC, date

from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.times import to_datetime
from qcdesk.i18n import Catalogue
from qcdesk.services.inspection_report import Signature
from qcdesk.services.ports import Certificate
from qcdesk.services.rows import AuditRow, PersonRow, SignatureRow, TimelineRow
from qcdesk.wording.spelling import day, in_a_row
from qcdesk.wording.states import KEY_ENDS


def by_sheet(on: date, words: Catalogue) -> str:
    """Return that the recovery sheet vouched for somebody, or for who vouched for them; and on which day it was used."""
    return words.say("Enrolled by way of the recovery sheet of {day}", day=day(on, words))


def suspect(event: int, words: Catalogue) -> str:
    """Return from which event on a key is in doubt."""
    return words.say("The key is in doubt from event {event} on", event=event)


def of_signature(row: SignatureRow, words: Catalogue) -> tuple[str, ...]:
    """Return what is shown beside a signature on screen."""
    found = []
    if row.maker:
        found.append(words.say("Maker's own check"))
    found += _by_clock(row, words)
    if row.by_sheet is not None:
        found.append(by_sheet(_here(row.by_sheet), words))
    if row.suspect_from is not None:
        found.append(suspect(row.suspect_from, words))
    return tuple(found)


def of_line(row: TimelineRow | AuditRow, words: Catalogue) -> tuple[str, ...]:
    """Return what is shown beside a line of what happened: as beside a signature, on screen and on the command line."""
    found = _by_clock(row, words)
    if row.by_sheet is not None:
        found.append(by_sheet(_here(row.by_sheet), words))
    if row.suspect:
        found.append(words.say("Key in doubt"))
    return tuple(found)


def _by_clock(row: SignatureRow | TimelineRow | AuditRow, words: Catalogue) -> list[str]:
    found = []
    if row.clock_suspect:
        found.append(words.say("Clock suspect"))
    if row.clock_behind:
        found.append(words.say("Entered while the clock stood behind"))
    return found


def on_paper(signed: Signature, words: Catalogue) -> tuple[str, ...]:
    """Return what is printed beside a signature; whoever reads the paper alone has to learn all of it (trust.md §5.1)."""
    known = {
        "makers_own_check": words.say("Maker's own check"),
        "by_review": words.say("By review of the first check"),
        "clock_suspect": words.say("Clock suspect"),
        "clock_behind": words.say("Entered while the clock stood behind"),
    }
    found = [known.get(mark) or " ".join(mark.split()) for mark in signed.marks]
    if signed.by_sheet is not None:
        found.append(by_sheet(signed.by_sheet, words))
    if signed.suspect_from is not None:
        found.append(suspect(signed.suspect_from, words))
    return tuple(found)


def of_version(version: ProcedureVersion, words: Catalogue) -> tuple[str, ...]:
    """Return what is shown beside whoever approved a version of a procedure."""
    return () if version.by_sheet is None else (by_sheet(_here(version.by_sheet), words),)


def of_certificate(issued: Certificate, words: Catalogue) -> tuple[str, ...]:
    """Return what is shown beside whoever certified; what is printed beside the name says the same."""
    found = []
    if issued.clock_suspect:
        found.append(words.say("Clock suspect"))
    if issued.by_sheet is not None:
        found.append(by_sheet(_here(issued.by_sheet), words))
    if issued.suspect_from is not None:
        found.append(suspect(issued.suspect_from, words))
    return tuple(found)


def of_person(row: PersonRow, words: Catalogue) -> tuple[str, ...]:
    """Return what is shown beside a person in the people list."""
    found = []
    if row.person.revoked in KEY_ENDS:
        found.append(words.say(KEY_ENDS[row.person.revoked]))
    if row.by_sheet is not None:
        found.append(by_sheet(_here(row.by_sheet), words))
    if row.suspect_from is not None:
        found.append(suspect(row.suspect_from, words))
    if row.another_than:
        found.append(words.say("Another person than {names}", names=in_a_row(row.another_than, words)))
    return tuple(found)


def _here(at: int) -> date:
    return to_datetime(at, UTC).astimezone().date()
