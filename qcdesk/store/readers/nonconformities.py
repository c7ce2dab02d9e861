# SPDX-License-Identifier: Apache-2.0
"""Nonconformities with what compared rounds found, what was decided of the goods, and what was done."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from qcdesk.domain.corrective import name_of
from qcdesk.domain.events import NonconformityHandedOver, NonconformityLinked
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import DefectClass
from qcdesk.services.nonconformity_rows import (
    GoodsDecidedRow,
    NonconformingRow,
    NonconformityPage,
    NonconformityRow,
    NonconformityStepRow,
)
from qcdesk.store import mapping
from qcdesk.store.nonconformities import FOUND_IN, folded, step_of
from qcdesk.store.readers.asking import Connect, Look, asked, first, in_lots, last_day, names_of
from qcdesk.store.readers.numbers import closed_from
from qcdesk.store.readers.trying import trying


class SqlNonconformityReader:
    """See the port ``NonconformityReader``."""

    def __init__(self, connect: Connect, look: Look) -> None:
        """Remember how to look."""
        self._connect, self._look = connect, look

    def listed(
        self,
        *,
        closed: bool = False,
        owner: str | None = None,
        batch: str | None = None,
        supplier: str | None = None,
    ) -> tuple[NonconformityRow, ...]:
        """See the port."""
        with self._connect() as connection:
            if batch is not None:
                found = asked(connection, _OF_BATCH, b=batch)
            elif supplier is not None:
                found = asked(connection, _OF_SUPPLIER, s=supplier)
            else:
                found = asked(connection, _ALL if closed else _OPEN)
            rows = _rows(connection, found)
        mine = [
            row
            for row in rows
            if owner in (None, row.nonconformity.owner) and (closed or row.closed_at is None)
        ]
        return tuple(sorted(mine, key=lambda r: (r.closed_at is not None, r.nonconformity.due, r.number)))

    def page(self, number: int, person: str | None) -> NonconformityPage:
        """See the port."""
        with self._look() as uow, self._connect() as connection:
            found = asked(connection, _ONE, n=number)
            if not found:
                raise BadInput(
                    "unknown_nonconformity", facts={"value": number}, where={"field": "nonconformity"}
                )
            [row] = _rows(connection, found)
            told = closed_from(connection, trying(uow), person or "", last_day(connection))
            names = names_of(connection)
            actions = _actions(connection)
            steps = asked(connection, _STEPS, numbers=[number])
            stands = first(connection, _STANDS, b=row.batch)
            decided = asked(connection, _DECIDED, b=row.batch)
            over = row.nonconformity.closed.over if row.nonconformity.closed else None
            return NonconformityPage(
                row=row,
                opened_event=_told(found[0]["seq"], told),
                batch_state=found[0]["state"],
                held=bool(found[0]["held"]),
                quantity=found[0]["there"],
                stands=stands["stands"] if stands else "",
                defects=_defects(connection, row, found[0]["seq"]),
                steps=tuple(_step(one, names, actions, told) for one in steps),
                decided=tuple(_decided(one, names, over, told) for one in decided),
                actions=tuple(actions[one] for one in row.nonconformity.actions if one in actions),
            )

    def findable(self, batch: str) -> tuple[tuple[str, str], ...]:
        """See the port."""
        with self._connect() as connection:
            names = _names_of_codes(connection, batch)
            codes = dict.fromkeys(row["code"] for row in asked(connection, sa.text(FOUND_IN), b=batch))
        return tuple((code, names.get(code, code)) for code in codes)


def _rows(connection: sa.Connection, found: Sequence[sa.RowMapping]) -> list[NonconformityRow]:
    names = names_of(connection)
    codes = {row["code"]: row["name"] for row in asked(connection, _CATALOGUE)}
    steps: dict[int, list[sa.RowMapping]] = defaultdict(list)
    for lot in in_lots([row["number"] for row in found]):
        for step in asked(connection, _STEPS, numbers=lot):
            steps[step["nonconformity"]].append(step)
    rows = []
    for row in found:
        one = folded(row, steps[row["number"]])
        ends = [step for step in steps[row["number"]] if step["type"] == "nonconformity.closed"]
        ended = ends[-1] if one.closed is not None else None
        rows.append(
            NonconformityRow(
                nonconformity=one,
                batch=row["batch"],
                batch_number=row["batch_number"],
                product=row["product"],
                supplier=row["supplier"] or "",
                supplier_name=row["supplier_name"] or "",
                owner_name=names.get(one.owner, one.owner),
                opened_at=row["at"],
                opened_by=names.get(row["person"], row["person"]),
                opener_name=names.get(one.opener, one.opener),
                closed_at=ended["at"] if ended is not None else None,
                closed_by=names.get(ended["person"], "") if ended is not None else "",
                called=tuple(codes.get(code) or code for code in one.opened.codes),
            )
        )
    return rows


def _told(seq: int, closed: int) -> int | None:
    return seq if seq < closed else None


def _step(
    row: sa.RowMapping, names: dict[str, str], actions: dict[str, tuple[str, str]], closed: int
) -> NonconformityStepRow:
    fact = step_of(row)
    to = ""
    if isinstance(fact, NonconformityHandedOver):
        to = names.get(fact.owner, fact.owner)
    elif isinstance(fact, NonconformityLinked):
        to = actions.get(fact.action, ("", ""))[0]
    person = names.get(row["person"], row["person"])
    return NonconformityStepRow(_told(row["seq"], closed), row["at"], person, fact, to)


def _decided(row: sa.RowMapping, names: dict[str, str], over: int | None, closed: int) -> GoodsDecidedRow:
    people = (names.get(one, one) for one in (row["person"], row["other"]) if one)
    reason = row["reason"] if row["compared"] else ""
    if row["kind"] == "concession":
        reason = json.loads(row["reason"])["deviation"]
    return GoodsDecidedRow(
        _told(row["seq"], closed),
        row["at"],
        row["kind"],
        row["quantity"],
        tuple(people),
        reason,
        row["seq"] == over,
    )


def _defects(connection: sa.Connection, row: NonconformityRow, seq: int) -> tuple[NonconformingRow, ...]:
    """Return what the compared rounds before it was opened found of its codes."""
    names = _names_of_codes(connection, row.batch)
    units: dict[str, set[int]] = defaultdict(set)
    tallied: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    photos: dict[str, dict[str, None]] = defaultdict(dict)
    classes: dict[str, DefectClass] = {}
    for one in asked(connection, _FINDINGS, b=row.batch, seq=seq):
        code = one["code"]
        classes.setdefault(code, one["defect_class"])
        if one["unit"] is None:
            tallied[code][one["checking"]] += one["count"]
        else:
            units[code].add(one["unit"])
        if one["photo"]:
            photos[code][one["photo"]] = None
    return tuple(
        NonconformingRow(
            code,
            names.get(code, code),
            classes[code],
            len(units[code]) + max(tallied[code].values(), default=0),
            tuple(photos[code]),
        )
        for code in row.nonconformity.opened.codes
        if code in classes
    )


def _names_of_codes(connection: sa.Connection, batch: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in asked(connection, _OPENED, b=batch):
        names |= mapping.opened(row).procedure.content.names_by_code()
    return names


def _actions(connection: sa.Connection) -> dict[str, tuple[str, str]]:
    """Return number and title of every corrective action by its id."""
    return {
        row["id"]: (name_of(row["number"]), json.loads(row["body"])["title"])
        for row in asked(connection, _ACTIONS)
    }


_NONCONFORMITY = (
    "SELECT n.number, n.seq, n.batch, n.person, n.at, n.body, b.number AS batch_number, b.state, b.held,"
    " b.quantity AS there, p.name AS product, s.id AS supplier, s.name AS supplier_name FROM nonconformity n"
    " JOIN batch b ON b.id = n.batch JOIN product p ON p.id = b.product LEFT JOIN supplier s ON s.id = b.supplier"
)
_LAST = (
    "(SELECT t.type FROM nonconformity_step t WHERE t.nonconformity = n.number AND t.type IN"
    " ('nonconformity.closed', 'nonconformity.reopened') ORDER BY t.seq DESC LIMIT 1)"
)
_ALL = sa.text(f"{_NONCONFORMITY} ORDER BY n.number")
_OPEN = sa.text(f"{_NONCONFORMITY} WHERE coalesce({_LAST}, '') <> 'nonconformity.closed' ORDER BY n.number")
_ONE = sa.text(f"{_NONCONFORMITY} WHERE n.number = :n")
_OF_BATCH = sa.text(f"{_NONCONFORMITY} WHERE n.batch = :b ORDER BY n.number")
_KIN = "(SELECT kin FROM supplier_kin WHERE supplier = :s)"
_OF_SUPPLIER = sa.text(f"{_NONCONFORMITY} WHERE b.supplier IN {_KIN} ORDER BY n.number")
_STEPS = sa.text(
    "SELECT seq, nonconformity, type, person, at, body FROM nonconformity_step"
    " WHERE nonconformity IN :numbers ORDER BY seq"
).bindparams(sa.bindparam("numbers", expanding=True))
_STANDS = sa.text("SELECT stands FROM batch_place WHERE batch = :b ORDER BY seq DESC LIMIT 1")
_DECIDED = sa.text(
    "SELECT d.seq, l.at, d.kind, d.quantity, d.person, d.confirmed_by AS other, d.reason,"
    " (SELECT max(k.seq) FROM comparison k WHERE k.round = d.round AND k.seq < d.seq) AS compared"
    " FROM disposition d JOIN line l ON l.seq = d.seq WHERE d.batch = :b UNION ALL"
    " SELECT a.seq, a.at, 'concession', a.quantity, a.person, a.other, c.body, a.seq FROM concession_answer a"
    " JOIN concession c ON c.id = a.concession"
    " WHERE a.batch = :b AND a.answer = 'approved' UNION ALL"
    " SELECT p.seq, l.at, 'split', sum(p.quantity), min(p.person), min(p.confirmed_by), min(p.reason), p.seq"
    " FROM batch_part p JOIN line l ON l.seq = p.seq WHERE p.parent = :b GROUP BY p.seq, l.at UNION ALL"
    " SELECT p.seq, l.at, p.way, p.quantity, p.person, p.confirmed_by, p.reason, p.seq"
    " FROM batch_part p JOIN line l ON l.seq = p.seq WHERE p.batch = :b ORDER BY 1"
)
_FINDINGS = sa.text(
    "SELECT f.code, f.defect_class, f.unit, f.count, f.photo, f.checking, f.seq FROM finding f"
    " JOIN checking c ON c.id = f.checking JOIN comparison k ON k.round = f.round WHERE f.batch = :b AND k.seq < :seq"
    " AND f.withdrawn IS NULL AND c.place IN ('first', 'second') UNION ALL"
    " SELECT r.characteristic, r.defect_class, r.unit, 1, NULL, r.checking, r.seq FROM reading r"
    " JOIN checking c ON c.id = r.checking JOIN comparison k ON k.round = r.round WHERE r.batch = :b AND k.seq < :seq"
    " AND r.inside = 0 AND r.replaced = 0 AND c.place IN ('first', 'second') ORDER BY 2, 7"
)
_OPENED = sa.text("SELECT opened FROM round WHERE batch = :b ORDER BY no")
_CATALOGUE = sa.text("SELECT code, name FROM defect_code")
_ACTIONS = sa.text("SELECT id, number, body FROM corrective_action ORDER BY number")
