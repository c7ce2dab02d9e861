# SPDX-License-Identifier: Apache-2.0
"""What a second check may load of the first: claims of what is in review, and no other row or column of it.

Both statements are bound by the id of the open second check and by the codes in review. A first check is signed by then,
so what stands of it no longer changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from qcdesk.domain.events import Reviewed
from qcdesk.domain.reviewing import in_order

_BETWEEN = (
    " FROM checking own JOIN checking other ON other.round = own.round AND other.place = 'first'"
    " AND other.state = 'signed'"
)
_OWN = " WHERE own.id = :check AND own.place = 'second' AND own.state = 'open'"
_FINDINGS = sa.text(
    "SELECT f.id, f.unit, f.code, f.defect_class, f.count, f.at, f.place, f.note, f.photo"
    f"{_BETWEEN} JOIN finding f ON f.checking = other.id{_OWN}"
    " AND f.code IN :codes AND f.withdrawn IS NULL AND f.unit IS NOT NULL"
).bindparams(sa.bindparam("codes", expanding=True))
_READINGS = sa.text(
    "SELECT m.id, m.unit, m.characteristic AS code, m.defect_class, m.at, m.typed, m.value, m.measure, m.instrument"
    f"{_BETWEEN} JOIN reading m ON m.checking = other.id{_OWN}"
    " AND m.characteristic IN :codes AND m.inside = 0 AND m.replaced = 0"
).bindparams(sa.bindparam("codes", expanding=True))

Rows = Sequence[sa.RowMapping]


def first_claims(connection: sa.Connection, check: str, codes: Iterable[str]) -> tuple[Rows, Rows]:
    """Return the findings that stand and the readings out of limits that an open second check is to open."""
    given = {"check": check, "codes": sorted(codes)}
    if not given["codes"]:
        return [], []
    findings, readings = (connection.execute(s, given).mappings().all() for s in (_FINDINGS, _READINGS))
    return findings, readings


def claims_in(findings: Rows, readings: Rows) -> tuple[Reviewed, ...]:
    """Return the rows as claims to open, by unit and code."""
    return in_order(
        *(Reviewed(r["id"], r["unit"], r["code"], r["defect_class"], r["count"]) for r in findings),
        *(Reviewed(r["id"], r["unit"], r["code"], r["defect_class"]) for r in readings),
    )
