# SPDX-License-Identifier: Apache-2.0
"""What the second person opens of the first check where a unit cannot be inspected twice; see ``store.first_claims``."""

from __future__ import annotations

import sqlalchemy as sa

from qcdesk.domain.events import RoundOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.refusals import CheckClosed, NotYourCheck
from qcdesk.services.rows import MeasuredRow, ReviewClaimRow
from qcdesk.store import mapping
from qcdesk.store.first_claims import first_claims
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, asked, first

_CHECK = sa.text("SELECT id, round, place, person, state FROM checking WHERE id = :check")
_NAME = sa.text("SELECT name FROM person WHERE id = :person")
_PINNED = sa.text("SELECT id, opened FROM round WHERE id = :round")
_SAID = sa.text("SELECT claim, agrees, note FROM reviewed WHERE checking = :check ORDER BY seq")
_OWN = sa.text(
    "SELECT id, unit, characteristic, typed, value, measure, inside, instrument, at, replaced"
    " FROM reading WHERE checking = :check AND replaced = 0"
)


class SqlReviewReader:
    """See the port ``ReviewReader``."""

    def __init__(self, connect: Connect) -> None:
        """Remember how to connect."""
        self._connect = connect

    def claims(self, check: str, person: str) -> tuple[ReviewClaimRow, ...]:
        """See the port."""
        with self._connect() as connection:
            head = first(connection, _CHECK, check=check)
            if head is None:
                raise BadInput(
                    "unknown_check", facts={"value": check, "check": check}, where={"field": "check"}
                )
            if head["person"] != person:
                raise NotYourCheck(_name(connection, person), _name(connection, head["person"]))
            if head["state"] != "open":
                raise CheckClosed(head["state"])
            pinned = first(connection, _PINNED, round=head["round"])
            assert pinned is not None  # a check has its round, by foreign key
            opened = mapping.opened(pinned)
            codes = codes_in_review(opened.procedure.content)
            if head["place"] != "second" or not codes:
                return ()
            findings, readings = first_claims(connection, check, codes)
            said = {row["claim"]: row for row in asked(connection, _SAID, check=check)}
            own = {(row["unit"], row["characteristic"]): row for row in asked(connection, _OWN, check=check)}
        rows = [
            _row(opened, row, kind, said.get(row["id"]), own.get((row["unit"], row["code"])))
            for kind, found in (("finding", findings), ("reading", readings))
            for row in found
        ]
        return tuple(sorted(rows, key=lambda r: (r.unit, r.code, r.claim)))


def _name(connection: sa.Connection, person: str) -> str:
    row = first(connection, _NAME, person=person)
    return str(row["name"]) if row else person


def _row(opened: RoundOpened, row: Row, kind: str, said: Row | None, own: Row | None) -> ReviewClaimRow:
    content = opened.procedure.content
    measured = kind == "reading"
    limits = content.characteristic(row["code"]) if measured else None
    return ReviewClaimRow(
        claim=row["id"],
        kind="reading" if measured else "finding",
        unit=row["unit"],
        number=opened.units[row["unit"] - 1],
        code=row["code"],
        name=content.names_by_code()[row["code"]],
        defect_class=row["defect_class"],
        count=1 if measured else row["count"],
        at=row["at"],
        place="" if measured else row["place"],
        note="" if measured else row["note"],
        photo=None if measured else row["photo"],
        typed=row["typed"] if measured else "",
        value=row["value"] if measured else "",
        measure=row["measure"] if measured else "",
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
        instrument=row["instrument"] if measured else None,
        agrees=None if said is None else bool(said["agrees"]),
        said="" if said is None else said["note"],
        own=None if own is None else _measured(own),
    )


def _measured(row: Row) -> MeasuredRow:
    return MeasuredRow(
        id=row["id"],
        unit=row["unit"],
        characteristic=row["characteristic"],
        typed=row["typed"],
        value=row["value"],
        measure=row["measure"],
        inside=bool(row["inside"]),
        instrument=row["instrument"],
        at=row["at"],
    )
