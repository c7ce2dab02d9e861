# SPDX-License-Identifier: Apache-2.0
"""Which papers left, and which copy of one comes next, inside one transaction."""

from __future__ import annotations

from qcdesk.checker.papers import SEEN_BY_ALL
from qcdesk.services.prints import PrintRow, PrintsOf
from qcdesk.store.answers import Answers


class Prints(Answers):
    """The part of the unit of work that reads what was printed, saved and sent."""

    def next_print(self, document: str, subject: str, state: str) -> int:
        """See the port."""
        query = (
            "SELECT max(copy) AS copy FROM paper_print WHERE document = :d AND subject = :s AND state = :t"
        )
        last = self._scalar(query, d=document, s=subject, t=state)
        return 0 if last is None else int(last) + 1

    def certificate_left(self, document: str, number: int, copy: int) -> bool:
        """See the port."""
        query = "SELECT 1 AS there FROM paper_print WHERE document = :d AND subject = :s AND copy = :c"
        return self._row(query, d=document, s=str(number), c=copy) is not None

    def prints(self, of: PrintsOf | None = None) -> tuple[PrintRow, ...]:
        """See the port."""
        if of is None:
            rows = self._rows(_PRINTS)
        elif of.batch:
            rows = self._rows(_PRINTS_OF_BATCH, b=of.batch)
        elif of.supplier:
            rows = self._rows(_PRINTS_OF_SUPPLIER, s=of.supplier)
        elif of.digest:
            rows = self._rows(_PRINTS_OF_FILE, d=of.digest)
        else:
            rows = self._rows(_PRINTS_OF, d=of.document, s=of.subject)
        return tuple(
            PrintRow(
                row["seq"],
                row["document"],
                row["name"] or (row["document"] == "stickers" and row["batch"]) or "",
                row["batch"] or "",
                row["state"],
                row["copy"],
                row["way"],
                tuple(row["languages"].split()),
                row["digest"],
                row["person_name"] or "",
                row["station"],
                row["at"],
            )
            for row in rows
        )


_SEEN = ", ".join(f"'{state}'" for state in sorted(SEEN_BY_ALL))
_OF = (
    "SELECT p.seq, p.document, p.name, p.state, p.copy, p.way, p.languages, p.digest, p.station, p.at,"  # noqa: S608
    f" CASE WHEN p.batch IS NOT NULL OR b.state IN ({_SEEN}) THEN b.number END AS batch,"
    " n.name AS person_name FROM paper_print p LEFT JOIN batch b"
    " ON b.id = COALESCE(p.batch, CASE WHEN p.document = 'stickers' THEN p.subject END)"
    " LEFT JOIN person n ON n.id = p.person"
)
"""Stickers that were told without their batch, so that nobody learns of a further sample, have it once all may see it."""
_NEWEST = "ORDER BY p.seq DESC LIMIT 500"
_PRINTS = f"{_OF} {_NEWEST}"
_PRINTS_OF_BATCH = f"{_OF} WHERE p.batch = :b {_NEWEST}"
_AUDITS = "(SELECT id FROM audit WHERE supplier = :s)"
_ACTIONS = "(SELECT id FROM corrective_action WHERE supplier = :s)"
_PRINTS_OF_SUPPLIER = (
    f"{_OF} WHERE (p.document = 'figures' AND p.subject = :s) OR (p.document = 'audit' AND p.subject IN {_AUDITS})"
    f" OR (p.document = 'corrective' AND p.subject IN {_ACTIONS}) {_NEWEST}"
)
_PRINTS_OF = f"{_OF} WHERE p.document = :d AND p.subject = :s {_NEWEST}"
_PRINTS_OF_FILE = f"{_OF} WHERE p.digest = :d {_NEWEST}"
