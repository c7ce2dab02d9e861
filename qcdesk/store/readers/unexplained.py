# SPDX-License-Identifier: Apache-2.0
"""What stays before the owner's eyes: withdrawn releases with where the goods went, and goods that left without one."""

from __future__ import annotations

import sqlalchemy as sa

from qcdesk.domain.events import Withdrawn
from qcdesk.domain.log import Event
from qcdesk.services.rows import UnexplainedRow
from qcdesk.store.mapping import fact_of
from qcdesk.store.readers.asking import Connect, asked, names_of

_WITHDRAWN = sa.text(
    "SELECT e.body, l.person, l.at, b.id, b.number, b.released, b.shipped FROM line l"
    " JOIN event e ON e.seq = l.seq JOIN batch b ON b.id = l.batch WHERE l.type = 'batch.withdrawn' ORDER BY l.seq DESC"
)
_TO = sa.text("SELECT DISTINCT to_whom FROM shipment WHERE batch = :batch ORDER BY to_whom")
_LEFT = sa.text(
    "SELECT u.batch, b.number, u.quantity, u.to_whom, u.reason, u.person, l.at FROM shipped_unreleased u"
    " JOIN batch b ON b.id = u.batch JOIN line l ON l.seq = u.seq ORDER BY u.seq DESC"
)


def unexplained(connect: Connect) -> tuple[UnexplainedRow, ...]:
    """Return them, newest first."""
    with connect() as connection:
        names = names_of(connection)
        found = [
            UnexplainedRow(
                kind="left_unreleased",
                batch=row["batch"],
                number=row["number"],
                quantity=row["quantity"],
                shipped=row["quantity"],
                to=row["to_whom"],
                reason=row["reason"],
                by=names.get(row["person"], row["person"]),
                at=row["at"],
            )
            for row in asked(connection, _LEFT)
        ]
        for row in asked(connection, _WITHDRAWN):
            fact = fact_of(Event.from_bytes(bytes(row["body"])))
            assert isinstance(fact, Withdrawn)
            gone = [r["to_whom"] for r in asked(connection, _TO, batch=row["id"])]
            found.append(
                UnexplainedRow(
                    kind="withdrawn",
                    batch=row["id"],
                    number=row["number"],
                    quantity=row["released"],
                    shipped=row["shipped"],
                    to=", ".join(gone),
                    reason=fact.reason,
                    by=names.get(row["person"], row["person"]),
                    at=row["at"],
                )
            )
    return tuple(sorted(found, key=lambda one: -one.at))
