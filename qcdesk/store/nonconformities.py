# SPDX-License-Identifier: Apache-2.0
"""What the rules ask of nonconformities, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from qcdesk.domain.codec import from_data
from qcdesk.domain.events import NonconformityOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.nonconformities import Nonconformity, Step, begun
from qcdesk.store import mapping
from qcdesk.store.answers import Answers


class Nonconformities(Answers):
    """The part of the unit of work that reads nonconformities."""

    def nonconformity(self, number: int) -> Nonconformity:
        """See the port."""
        row = self._row("SELECT number, person, body FROM nonconformity WHERE number = :n", n=number)
        if row is None:
            raise BadInput("unknown_nonconformity", facts={"value": number}, where={"field": "nonconformity"})
        query = "SELECT type, person, body FROM nonconformity_step WHERE nonconformity = :n ORDER BY seq"
        return folded(row, self._rows(query, n=number))

    def nonconformities_of(self, batch: str) -> tuple[Nonconformity, ...]:
        """See the port."""
        rows = self._rows("SELECT number FROM nonconformity WHERE batch = :b ORDER BY number", b=batch)
        return tuple(self.nonconformity(row["number"]) for row in rows)

    def last_nonconformity(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(number) AS number FROM nonconformity") or 0)

    def found_in(self, batch: str) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(FOUND_IN, b=batch)
        return tuple(dict.fromkeys(row["code"] for row in rows))

    def goods_decided(self, batch: str) -> int | None:
        """See the port."""
        found = self._scalar(GOODS_DECIDED, b=batch)
        return None if found is None else int(found)


FOUND_IN = (
    "SELECT f.code, f.defect_class FROM finding f JOIN checking c ON c.id = f.checking"
    " JOIN comparison k ON k.round = f.round WHERE f.batch = :b AND f.withdrawn IS NULL AND c.state = 'signed'"
    " AND c.place IN ('first', 'second') UNION SELECT r.characteristic, r.defect_class FROM reading r"
    " JOIN checking c ON c.id = r.checking JOIN comparison k ON k.round = r.round WHERE r.batch = :b"
    " AND r.inside = 0 AND r.replaced = 0 AND c.state = 'signed' AND c.place IN ('first', 'second') ORDER BY 2, 1"
)
"""Code and class of what the two checks of compared rounds found, the gravest first."""
GOODS_DECIDED = (
    "SELECT max(seq) AS seq FROM (SELECT seq FROM disposition WHERE batch = :b UNION ALL"
    " SELECT seq FROM concession_answer WHERE batch = :b AND answer = 'approved' UNION ALL"
    " SELECT seq FROM batch_part WHERE batch = :b OR parent = :b) AS decided"
)


def folded(row: mapping.Row, steps: Iterable[mapping.Row]) -> Nonconformity:
    """Return where one stands: what was opened, by whom, and every step in order (columns type, person, body)."""
    found = begun(from_data(NonconformityOpened, json.loads(row["body"])), row["person"])
    for step in steps:
        found = found.after(step_of(step), step["person"])
    return found


def step_of(row: mapping.Row) -> Step:
    """Return a step as it was put down."""
    return cast("Step", from_data(mapping.FACTS[row["type"]], json.loads(row["body"])))
