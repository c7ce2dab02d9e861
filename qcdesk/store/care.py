# SPDX-License-Identifier: Apache-2.0
"""What the rules ask of complaints and touches, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable

from qcdesk.domain.codec import from_data
from qcdesk.domain.complaints import Complaint, Step, begun
from qcdesk.domain.events import ComplaintTaken, OwnerFigures
from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import TouchMade
from qcdesk.store import mapping
from qcdesk.store.answers import Answers


class Care(Answers):
    """The part of the unit of work that reads complaints and touches."""

    def complaint(self, number: int) -> Complaint:
        """See the port."""
        row = self._row("SELECT number, body FROM complaint WHERE number = :n", n=number)
        if row is None:
            raise BadInput("unknown_complaint", facts={"value": number}, where={"field": "complaint"})
        query = "SELECT type, at, body FROM complaint_step WHERE complaint = :n ORDER BY seq"
        return folded(row, self._rows(query, n=number))

    def went_out(self, batch: str) -> bool:
        """See the port."""
        return self._row(_WENT_OUT, b=batch) is not None

    def last_complaint(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(number) AS number FROM complaint") or 0)

    def owner_figures(self) -> tuple[OwnerFigures, ...]:
        """See the port."""
        query = "SELECT month, repeat_orders, referrals FROM owner_figure ORDER BY seq"
        last = {row["month"]: row for row in self._rows(query)}
        return tuple(
            OwnerFigures(m, row["repeat_orders"], row["referrals"]) for m, row in sorted(last.items())
        )

    def touch(self, touch: int) -> TouchMade:
        """See the port."""
        query = (
            "SELECT t.batch, t.order_no, t.kind, t.person, t.undoes, (SELECT u.seq FROM touch u WHERE u.undoes = t.seq)"
            " AS undone FROM touch t WHERE t.seq = :t"
        )
        row = self._row(query, t=touch)
        if row is None:
            raise BadInput("unknown_touch", facts={"value": touch}, where={"field": "touch"})
        stands = row["undone"] is None and row["undoes"] is None
        return TouchMade(row["batch"], row["order_no"], row["kind"], row["person"], stands)


_WENT_OUT = (
    "SELECT 1 AS out FROM sign_off WHERE batch = :b AND place = 'release'"
    " UNION ALL SELECT 1 AS out FROM concession_answer WHERE batch = :b AND answer = 'approved'"
    " UNION ALL SELECT 1 AS out FROM shipped_unreleased WHERE batch = :b"
)
"""Goods are shipped once they were released; what left without a release is put down by itself."""


def folded(row: mapping.Row, steps: Iterable[mapping.Row]) -> Complaint:
    """Return where a complaint stands: what was taken, and every step in order (columns type, at, body)."""
    found = begun(from_data(ComplaintTaken, json.loads(row["body"])))
    for step in steps:
        found = found.after(step_of(step), step["at"])
    return found


def step_of(row: mapping.Row) -> Step:
    """Return a step as it was put down."""
    fact: Step = from_data(mapping.FACTS[row["type"]], json.loads(row["body"]))  # type: ignore[assignment]
    return fact
