# SPDX-License-Identifier: Apache-2.0
"""The lists of concessions and of budgets; whatever stands there was compared, so that nothing of it is blind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa

from qcdesk.domain.codec import from_data
from qcdesk.domain.concessions import budget_begins
from qcdesk.domain.events import ConcessionRequested
from qcdesk.domain.times import from_datetime
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow, ConcessionStanding
from qcdesk.services.rows import BatchConcession, SignatureRow
from qcdesk.store.inspections import BY_SHEET, JUMP_BEFORE
from qcdesk.store.readers.asking import Connect, asked, first


def concessions(
    connect: Connect, today: date, supplier: str | None, standing: str | None
) -> tuple[ConcessionRow, ...]:
    """See the port."""
    with connect() as connection:
        names = _names(connection)
        rows = [_row(row, today, names) for row in asked(connection, _CONCESSIONS, s=supplier, r=None)]
    return tuple(row for row in rows if standing in (None, row.standing))


def of_round(connection: sa.Connection, round_id: str, today: date, closed: int) -> BatchConcession | None:
    """Return the last concession that was asked for in a round, with its signatures; None: none was.

    Args: closed: the first event whose number is not told.
    """
    row = first(connection, _CONCESSIONS, s=None, r=round_id)
    if row is None:
        return None
    found = _row(row, today, _names(connection))
    signed = asked(connection, _SIGNED, c=found.concession)
    return BatchConcession(
        found,
        tuple(
            SignatureRow(
                meaning=one["meaning"],
                person=one["person"],
                name=one["name"],
                staff=one["staff"] or "",
                role="" if one["meaning"] == "concession_asked_by" else "concession",
                at=one["at"],
                event=one["seq"] if one["seq"] < closed else None,
                clock_suspect=(one["ahead"] or 0) > 0,
                by_sheet=one["by_sheet"],
                suspect_from=one["suspect_from"],
            )
            for one in signed
        ),
    )


def conceded(connect: Connect, today: date) -> tuple[ConcededRow, ...]:
    """See the port."""
    found = []
    with connect() as connection:
        for row in asked(connection, _SUPPLIERS):
            months = row["months"] or 0
            begins = budget_begins(today, months) if months else date(1970, 1, 1)
            values = {"s": row["id"], "since": _us(begins), "until": _us(today + timedelta(days=1))}
            (said,) = asked(connection, _WITHIN, **values)
            share = row["per_10000"]
            left = None if share is None else max(0, share * said["received"] // 10_000 - said["conceded"])
            found.append(
                ConcededRow(
                    row["id"],
                    row["code"],
                    row["name"],
                    row["concessions"],
                    row["units"],
                    None if share is None else Decimal(share) / 100,
                    months,
                    said["received"],
                    said["conceded"],
                    left,
                )
            )
    return tuple(found)


def _names(connection: sa.Connection) -> dict[str, str]:
    return {row["code"]: row["name"] for row in asked(connection, _CATALOGUE)}


def _row(row: sa.RowMapping, today: date, names: Mapping[str, str]) -> ConcessionRow:
    said = from_data(ConcessionRequested, json.loads(row["body"]))
    return ConcessionRow(
        said.concession,
        row["batch"],
        row["number"],
        row["product"],
        row["supplier"] or "",
        row["supplier_name"] or "",
        said.quantity,
        said.until,
        said.codes,
        said.deviation,
        said.reference,
        said.use,
        said.consent,
        said.consent_name,
        row["asked_by"],
        row["at"],
        _standing(row, said.until, today),
        tuple(name for name in (row["by"], row["other"]) if name),
        row["answered_at"],
        row["reason"] or "",
        row["shipped"] if row["answer"] == "approved" else 0,
        row["product_name"],
        tuple(names.get(code) or code for code in said.codes),
    )


def _standing(row: sa.RowMapping, until: date, today: date) -> ConcessionStanding:
    if row["answer"] == "refused":
        return "refused"
    if row["answer"] is None:
        return "asked" if row["state"] == "rejected" and row["round"] == row["standing_round"] else "ended"
    if row["state"] != "released_under_concession" or row["round"] != row["standing_round"]:
        return "ended"
    if row["shipped"] >= row["quantity"]:
        return "used_up"
    return "expired" if today > until else "approved"


def _us(on: date) -> int:
    return from_datetime(datetime(on.year, on.month, on.day, tzinfo=UTC))


_CATALOGUE = sa.text("SELECT code, name FROM defect_code")
_CONCESSIONS = sa.text(
    "SELECT c.body, c.batch, c.round, c.quantity, c.at, p.name AS asked_by, b.number, b.state, b.shipped,"
    " b.round AS standing_round, d.code AS product, d.name AS product_name,"
    " s.code AS supplier, s.name AS supplier_name, a.answer, a.reason,"
    " a.at AS answered_at, q.name AS by, o.name AS other FROM concession c JOIN batch b ON b.id = c.batch"
    " JOIN product d ON d.id = b.product JOIN person p ON p.id = c.person LEFT JOIN supplier s ON s.id = b.supplier"
    " LEFT JOIN concession_answer a ON a.concession = c.id LEFT JOIN person q ON q.id = a.person"
    " LEFT JOIN person o ON o.id = a.other WHERE (CAST(:s AS TEXT) IS NULL"
    " OR b.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s))"
    " AND (CAST(:r AS TEXT) IS NULL OR c.round = :r) ORDER BY c.seq DESC"
)
_SIGNED = sa.text(
    "SELECT g.meaning, g.person, g.seq, p.name, p.staff, l.at,"  # noqa: S608 - our own text
    f" ({JUMP_BEFORE}) AS ahead, ({BY_SHEET.format(person='g.person', seq='g.seq')}) AS by_sheet,"
    " (SELECT max(k.suspect_from) FROM person_key k WHERE k.person = g.person AND k.suspect_from <= g.seq"
    " AND k.from_seq <= g.seq AND (k.until_seq IS NULL OR k.until_seq >= g.seq)) AS suspect_from"
    " FROM (SELECT 0 AS place, 'concession_asked_by' AS meaning, person, seq FROM concession WHERE id = :c"
    " UNION ALL SELECT 1, 'concession_approved_by', person, seq FROM concession_answer"
    " WHERE concession = :c AND answer = 'approved'"
    " UNION ALL SELECT 2, 'concession_approved_by', other, seq FROM concession_answer"
    " WHERE concession = :c AND answer = 'approved') g"
    " JOIN person p ON p.id = g.person JOIN line l ON l.seq = g.seq ORDER BY g.place"
)
_SUPPLIERS = sa.text(
    "SELECT s.id, s.code, s.name, g.per_10000, g.months, count(a.concession) AS concessions,"
    " coalesce(sum(a.quantity), 0) AS units FROM supplier s LEFT JOIN batch b ON b.supplier = s.id"
    " LEFT JOIN concession_answer a ON a.batch = b.id AND a.answer = 'approved'"
    " LEFT JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = s.id)"
    " GROUP BY s.id, s.code, s.name, g.per_10000, g.months"
    " HAVING count(a.concession) > 0 OR g.months IS NOT NULL ORDER BY s.code"
)
_WITHIN = sa.text(
    "SELECT (SELECT coalesce(sum(quantity), 0) FROM received_lot"
    " WHERE supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s)"
    " AND registered_at >= :since AND registered_at < :until) AS received,"
    " (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch b ON b.id = a.batch"
    " WHERE b.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s)"
    " AND a.answer = 'approved' AND a.at >= :since AND a.at < :until) AS conceded"
)
