# SPDX-License-Identifier: Apache-2.0
"""How strictly the next lots are inspected, and how that came: of a supplier, of a product, or of all."""

from __future__ import annotations

import json

import sqlalchemy as sa

from qcdesk.domain.codec import from_data
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.severity_runs import LONGEST, SeverityRun, SeverityStep, run_of
from qcdesk.domain.switching import SET_BECAUSE, Pinned, SeverityState
from qcdesk.services.severity_rows import SeverityChangeRow, SeverityPage, SeverityRow
from qcdesk.store.readers.asking import Connect, asked

SHOWN = 100
_WHERE = {
    "supplier": " AND (s.supplier = :supplier"
    " OR s.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :supplier))",
    "product": " AND s.product = :product",
}


def severities(connect: Connect, *, supplier: str | None = None, product: str | None = None) -> SeverityPage:
    """Return where each class stands of which a lot has counted, and the newest changes.

    Args: supplier: its id, with whoever is the same; empty: own goods. product: its code.
    """
    where = "".join(
        _WHERE[name] for name, value in (("supplier", supplier), ("product", product)) if value is not None
    )
    given = {k: v for k, v in (("supplier", supplier), ("product", product)) if v is not None}
    with connect() as connection:
        last, changes, since = (
            asked(connection, sa.text(f"{_ROWS} WHERE {which}{where}{order}"), **given)
            for which, order in (
                (_LAST, _BY_NAME),
                ("s.changed = 1", _NEWEST),
                (_LAST_CHANGED, ""),
            )
        )
    brought = {_key(row): row for row in since}
    return SeverityPage(
        tuple(_now(row, brought.get(_key(row))) for row in last), tuple(_change(row) for row in changes)
    )


def severity_run(
    connect: Connect, supplier: str | None, product: str, procedure: str, defect_class: DefectClass
) -> SeverityRun:
    """Return the severities that stood for the newest lots of a class, and last, without a name, the next one's."""
    given = {"s": supplier or "", "p": product, "c": procedure, "d": defect_class, "most": LONGEST + 1}
    with connect() as connection:
        found = asked(connection, _RUN, **given)
    steps = [SeverityStep(defect_class, row["severity"], row["number"] or "") for row in reversed(found)]
    return run_of(steps, defect_class, steps[-1].severity if steps else "normal", "")


def _key(row: sa.RowMapping) -> tuple[str, str, str, str]:
    return row["supplier"], row["product"], row["procedure"], row["defect_class"]


def _by(row: sa.RowMapping | None, state: SeverityState) -> tuple[str, ...]:
    signed = row is not None and state.reason.because in SET_BECAUSE
    return tuple(name for name in (row["by"], row["beside"]) if name) if row is not None and signed else ()


def _now(row: sa.RowMapping, since: sa.RowMapping | None) -> SeverityRow:
    state = from_data(SeverityState, json.loads(row["state"]))
    began = since["seq"] if since is not None else 0
    return SeverityRow(
        supplier=row["supplier"] or None,
        supplier_code=row["supplier_code"] or "",
        supplier_name=row["supplier_name"] or "",
        product=row["product"],
        procedure=row["procedure"],
        stands=Pinned(state.defect_class, state.severity, state.reason, began, _by(since, state)),
        seq=row["seq"],
        at=since["at"] if since is not None else None,
        score=state.score,
        in_a_row=state.in_a_row,
        lots=state.lots,
        due=state.due,
    )


def _change(row: sa.RowMapping) -> SeverityChangeRow:
    state = from_data(SeverityState, json.loads(row["state"]))
    return SeverityChangeRow(
        seq=row["seq"],
        at=row["at"],
        supplier_name=row["supplier_name"] or "",
        product=row["product"],
        procedure=row["procedure"],
        change=Pinned(state.defect_class, state.severity, state.reason, row["seq"], _by(row, state)),
        batch=row["batch"],
        number=row["number"] or "",
    )


_RUN = sa.text(
    "SELECT s.severity, b.number FROM severity s LEFT JOIN batch b ON b.id = s.batch WHERE s.supplier = :s"
    " AND s.product = :p AND s.procedure = :c AND s.defect_class = :d ORDER BY s.seq DESC LIMIT :most"
)
_ROWS = (
    "SELECT s.seq, s.defect_class, s.supplier, s.product, s.procedure, s.state, s.batch, l.at, b.number,"
    " u.code AS supplier_code, u.name AS supplier_name, p.name AS by, o.name AS beside FROM severity s"
    " JOIN line l ON l.seq = s.seq JOIN person p ON p.id = s.person LEFT JOIN person o ON o.id = s.other"
    " LEFT JOIN batch b ON b.id = s.batch LEFT JOIN supplier u ON u.id = s.supplier"
)
_LAST_OF = (
    "s.seq = (SELECT max(t.seq) FROM severity t WHERE t.supplier = s.supplier AND t.product = s.product"
    " AND t.procedure = s.procedure AND t.defect_class = s.defect_class{more})"
)
_LAST, _LAST_CHANGED = (_LAST_OF.format(more=more) for more in ("", " AND t.changed = 1"))
_BY_NAME = (
    " ORDER BY s.product, u.name, s.procedure,"
    " CASE s.defect_class WHEN 'critical' THEN 1 WHEN 'major' THEN 2 ELSE 3 END"
)
_NEWEST = f" ORDER BY s.seq DESC LIMIT {SHOWN}"
