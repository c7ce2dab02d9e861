# SPDX-License-Identifier: Apache-2.0
"""From which event on a person is told no numbers: they would count what a first check has saved (trust.md §8.2).

Events are numbered without gaps, and entries of a first check are left out of what a possible second person reads. A
number after the first of them, less the number before, would say how often the first person saved, and when.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from qcdesk.services.ports import UnitOfWork
from qcdesk.store.readers.asking import Connect, Look, asked, last_day
from qcdesk.store.readers.trying import might_be_second, trying

ALL_TOLD = 2**62  # behind every event
_HIDDEN = sa.text(
    "SELECT b.id AS batch, (SELECT l.seq FROM line l WHERE l.batch = c.batch AND l.checking = c.id"
    " AND l.type = 'check.recorded' ORDER BY l.seq LIMIT 1) AS seq"
    " FROM batch b JOIN round r ON r.batch = b.id JOIN checking c ON c.round = r.id"
    " WHERE b.lane <> 'done' AND b.state IN ('registered', 'first_check', 'awaiting_second', 'second_check')"
    " AND c.person <> :person AND NOT EXISTS (SELECT 1 FROM round later JOIN comparison k ON k.round = later.id"
    " WHERE later.batch = b.id AND later.no >= r.no)"
)


def first_closed(connect: Connect, look: Look, person: str) -> int | None:
    """Return the first event whose number this person is not told; see the port."""
    with look() as uow, connect() as connection:
        tried = trying(uow)
        closed = closed_from(connection, tried, tried.person(person).id, last_day(connection))
    return None if closed == ALL_TOLD else closed


def closed_from(connection: sa.Connection, uow: UnitOfWork, person: str, on: date) -> int:
    """Return the first event whose number this person is not told; ``ALL_TOLD`` where there is none.

    Args: person: whoever reads, by id; nobody in particular ("") counts as somebody who may be the second everywhere.
    """
    hidden = [row for row in asked(connection, _HIDDEN, person=person) if row["seq"] is not None]
    for row in sorted(hidden, key=lambda each: int(each["seq"])):
        if not person or might_be_second(uow, row["batch"], person, on):
            return int(row["seq"])
    return ALL_TOLD
