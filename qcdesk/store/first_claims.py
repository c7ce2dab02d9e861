# SPDX-License-Identifier: Apache-2.0
"""What a second check may load of the first: claims of what is in review, and no other row or column of it.

Both statements are bound by the id of the open second check and by the codes in review. A first check is signed by then,
so what stands of it no longer changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from qcdesk.domain.events import Reviewed
from qcdesk.domain.reviewing import in_order

_BETWEEN = (
    " FROM checking own JOIN checking other ON other.round = own.round AND other.place = 'first'"
    " AND other.state = 'signed'"
)
_OWN = " WHERE own.id = :check AND own.place = 'second' AND own.state = 'open'"
_OF_FINDINGS = f"{_BETWEEN} JOIN finding f ON f.checking = other.id{_OWN}" + (
    " AND f.code IN :codes AND f.withdrawn IS NULL AND f.unit IS NOT NULL"
)
_OF_READINGS = f"{_BETWEEN} JOIN reading m ON m.checking = other.id{_OWN}" + (
    " AND m.characteristic IN :codes AND m.inside = 0 AND m.replaced = 0"
)
_CODES: sa.BindParameter[str] = sa.bindparam("codes", expanding=True)
_CLAIMS = (
    sa.text(f"SELECT f.id, f.unit, f.code, f.defect_class, f.count{_OF_FINDINGS}").bindparams(_CODES),
    sa.text(
        f"SELECT m.id, m.unit, m.characteristic AS code, m.defect_class, 1 AS count{_OF_READINGS}"
    ).bindparams(_CODES),
)
_WHOLE = (
    sa.text(
        "SELECT f.id, f.unit, f.code, f.defect_class, f.count, f.at, f.place, f.note, f.photo" + _OF_FINDINGS
    ).bindparams(_CODES),
    sa.text(
        "SELECT m.id, m.unit, m.characteristic AS code, m.defect_class, m.at, m.typed, m.value, m.measure, m.instrument"
        + _OF_READINGS
    ).bindparams(_CODES),
)
Rows = Sequence[sa.RowMapping]


def claims_of_first(connection: sa.Connection, check: str, codes: Collection[str]) -> tuple[Reviewed, ...]:
    """Return what an open second check is to open, by unit and code: which claims there are, and not what they say."""
    return in_order(
        *(
            Reviewed(r["id"], r["unit"], r["code"], r["defect_class"], r["count"])
            for rows in _asked(connection, _CLAIMS, check, codes)
            for r in rows
        )
    )


def first_claims(connection: sa.Connection, check: str, codes: Collection[str]) -> tuple[Rows, Rows]:
    """Return the findings that stand and the readings out of limits, whole, as their second person opens them."""
    findings, readings = _asked(connection, _WHOLE, check, codes)
    return findings, readings


def _asked(
    connection: sa.Connection, statements: Iterable[sa.TextClause], check: str, codes: Collection[str]
) -> list[Rows]:
    given = {"check": check, "codes": sorted(codes)}
    return [connection.execute(one, given).mappings().all() if codes else [] for one in statements]
