# SPDX-License-Identifier: Apache-2.0
"""Figures of suppliers, read from their sums: what it costs does not grow with what was inspected.

Suppliers that are the same are added up as they are read, so that taking them apart gives back each one's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import product as product_of
from typing import Final

import sqlalchemy as sa

from qcdesk.services.figure_rows import (
    BehindRow,
    DefectFigureRow,
    DefectFigures,
    DefectPhotoRow,
    FigureRow,
    LotRunRow,
    SupplierFigures,
)
from qcdesk.store.readers.asking import Connect, asked, in_lots, kin_of
from qcdesk.store.readers.lots import FINAL
from qcdesk.store.readers.masters import names_of_codes

ALL: Final = "*"
MOST_BEHIND: Final = 200
LAST_LOTS: Final = 60
MOST_PHOTOS: Final = 4
_OF_ONE = sa.text(
    "SELECT month, name, code, sum(amount) AS amount FROM figure WHERE supplier IN :suppliers AND product = :product"
    " GROUP BY month, name, code ORDER BY month, name, code"
).bindparams(sa.bindparam("suppliers", expanding=True))
_OF_EACH = sa.text(
    "SELECT coalesce(m.root, f.supplier) AS supplier, f.month, f.name, f.code, sum(f.amount) AS amount FROM figure f"
    " LEFT JOIN supplier_merge m ON m.supplier = f.supplier AND m.undone IS NULL WHERE f.product = '*'"
    " AND f.supplier IN (SELECT id FROM supplier) AND f.month >= :since GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)
# What nobody has released or sent away is late once its day is past; that no event says, and no sum has it. The board's
# index finds these among what is still here.
_OVERDUE = (
    "SELECT coalesce(m.root, b.supplier) AS supplier, b.ship_by FROM batch b"
    " LEFT JOIN supplier_merge m ON m.supplier = b.supplier AND m.undone IS NULL WHERE b.lane <> 'done' AND b.lane IN"
    " ('to_inspect', 'waiting_second', 'disagreement', 'quarantined', 'to_release') AND b.ship_by < :today"
    " AND NOT EXISTS (SELECT 1 FROM sign_off s JOIN round r ON r.id = s.round WHERE r.batch = b.id"
    " AND s.place = 'release') AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.batch = b.id"
    " AND a.answer = 'approved')"
)
_OVERDUE_OF_ONE = sa.text(f"{_OVERDUE} AND b.supplier IN :suppliers").bindparams(
    sa.bindparam("suppliers", expanding=True)
)
_OVERDUE_OF_EACH = sa.text(f"{_OVERDUE} AND b.supplier IS NOT NULL")
_DEFECTS = sa.text(
    "SELECT product, month, name, code, sum(amount) AS amount FROM figure WHERE supplier IN :suppliers"
    " AND product <> '*' AND (name LIKE 'found.%' OR name LIKE 'reported.%') GROUP BY product, month, name, code"
    " ORDER BY product, month, name, code"
).bindparams(sa.bindparam("suppliers", expanding=True))
_PRODUCTS = sa.text("SELECT code, name FROM product")
# Along the index, the newest months first: what it costs does not grow with what lies before them.
_WALK = (
    "SELECT source, product, month, amount FROM figure_part WHERE supplier = :supplier AND name = :name AND code = :code"
    "{which} ORDER BY month DESC, source DESC LIMIT :most"
)
_WALKS = {
    (month, product): sa.text(
        _WALK.format(
            which=(" AND month = :month" if month else "") + (" AND product = :product" if product else "")
        )
    )
    for month in (False, True)
    for product in (False, True)
}
_LOTS = sa.text("SELECT id, number, registered_at FROM batch WHERE id IN :those").bindparams(
    sa.bindparam("those", expanding=True)
)
_SIGNED = sa.text(
    "SELECT r.batch, r.no, s.place, s.at, p.name FROM round r JOIN comparison k ON k.round = r.id"  # noqa: S608
    " JOIN sign_off s ON s.round = r.id AND s.place IN ('first', 'second') JOIN person p ON p.id = s.person"
    f" WHERE r.batch IN :those AND {FINAL.format(x='')} ORDER BY r.batch, r.no DESC"
).bindparams(sa.bindparam("those", expanding=True))
_REPORTS = sa.text(
    "SELECT x.id, x.batch, b.number, x.reference, x.source, x.at FROM reported_defect x"
    " LEFT JOIN batch b ON b.id = x.batch WHERE x.id IN :those"
).bindparams(sa.bindparam("those", expanding=True))
_LAST = sa.text(
    "SELECT id, number, registered_at FROM batch WHERE supplier = :supplier ORDER BY registered_at DESC, id LIMIT :most"
)
_PARTS = sa.text(
    "SELECT source, product, name, code, amount FROM figure_part WHERE source IN :those"
).bindparams(sa.bindparam("those", expanding=True))
_PHOTOS = sa.text(
    "SELECT f.photo, f.batch, b.number, f.unit, f.at FROM finding f JOIN batch b ON b.id = f.batch"  # noqa: S608
    " JOIN round r ON r.id = f.round JOIN comparison k ON k.round = r.id"
    " WHERE f.batch IN :those AND f.code = :code AND f.photo IS NOT NULL AND f.withdrawn IS NULL"
    f" AND {FINAL.format(x='')} ORDER BY f.at DESC, f.id"
).bindparams(sa.bindparam("those", expanding=True))


def figures(
    connect: Connect, supplier: str = ALL, product: str = ALL, today: date | None = None
) -> SupplierFigures:
    """Return all figures of a supplier (of all: ``*``), in the order of the months; see the port."""
    with connect() as connection:
        kin = kin_of(connection, supplier)
        rows = asked(connection, _OF_ONE, suppliers=kin, product=product)
        found = [FigureRow(row["month"], row["name"], row["code"], int(row["amount"])) for row in rows]
        if today is not None:
            for row in asked(connection, _OVERDUE_OF_ONE, suppliers=kin, today=today.isoformat()):
                found += _late(row["ship_by"])
        return SupplierFigures(tuple(found), names_of_codes(connection))


def figures_of_each(
    connect: Connect, since: str = "", today: date | None = None
) -> dict[str, tuple[FigureRow, ...]]:
    """Return the figures of every supplier that has any, by its id, from a month on; see the port."""
    found: dict[str, list[FigureRow]] = {}
    with connect() as connection:
        for row in asked(connection, _OF_EACH, since=since):
            one = FigureRow(row["month"], row["name"], row["code"], int(row["amount"]))
            found.setdefault(row["supplier"], []).append(one)
        if today is not None:
            for row in asked(connection, _OVERDUE_OF_EACH, today=today.isoformat()):
                if row["ship_by"][:7] >= since:
                    found.setdefault(row["supplier"], []).extend(_late(row["ship_by"]))
    return {supplier: tuple(rows) for supplier, rows in found.items()}


def _late(ship_by: str) -> tuple[FigureRow, FigureRow]:
    """Return what a lot counts that was due and is still here: in the month of its day."""
    return FigureRow(ship_by[:7], "due", "", 1), FigureRow(ship_by[:7], "late", "", 1)


def defect_figures(connect: Connect, supplier: str) -> DefectFigures:
    """Return all defects of a supplier by product, month, class and code; see the port."""
    with connect() as connection:
        rows = asked(connection, _DEFECTS, suppliers=kin_of(connection, supplier))
        found = tuple(
            DefectFigureRow(r["product"], r["month"], r["name"], r["code"], int(r["amount"])) for r in rows
        )
        named = {row["code"]: row["name"] for row in asked(connection, _PRODUCTS)}
        return DefectFigures(found, names_of_codes(connection), named)


def behind(
    connect: Connect,
    supplier: str,
    pairs: Collection[tuple[str, str]],
    product: str | None = None,
    month: str | None = None,
) -> tuple[BehindRow, ...]:
    """Return what figures are made of, the newest months first; see the port."""
    chosen = {"month": month} if month is not None else {}
    chosen |= {"product": product} if product is not None else {}
    walk = _WALKS["month" in chosen, "product" in chosen]
    counted: dict[tuple[bool, str], tuple[str, str, int]] = {}
    with connect() as connection:
        for one, (name, code) in product_of(kin_of(connection, supplier), sorted(pairs)):
            reported = name.startswith("reported.")
            for row in asked(
                connection, walk, supplier=one, name=name, code=code, most=MOST_BEHIND, **chosen
            ):
                before = counted.get((reported, row["source"]), ("", "", 0))[2]
                counted[reported, row["source"]] = row["month"], row["product"], before + row["amount"]
        newest = sorted(counted, key=lambda one: (counted[one][0], one), reverse=True)[:MOST_BEHIND]
        lots = tuple(_lots_of(connection, [source for reported, source in newest if not reported], counted))
        reports = tuple(_reports_of(connection, [source for reported, source in newest if reported], counted))
    return tuple(sorted((*lots, *reports), key=lambda one: (one.month, one.at, one.number), reverse=True))


_Counted = dict[tuple[bool, str], tuple[str, str, int]]


def _lots_of(connection: sa.Connection, batches: Sequence[str], counted: _Counted) -> Iterable[BehindRow]:
    for some in in_lots(batches):
        signed: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        for row in asked(connection, _SIGNED, those=some):  # the first round of each comes last, and stays
            signed[row["batch"]][row["place"]] = row["name"], row["at"]
        for lot in asked(connection, _LOTS, those=some):
            month, product, amount = counted[False, lot["id"]]
            both = signed[lot["id"]]
            first, second = both.get("first", ("", 0)), both.get("second", ("", lot["registered_at"]))
            yield BehindRow(lot["id"], lot["number"], product, month, amount, first[0], second[0], second[1])


def _reports_of(connection: sa.Connection, reports: Sequence[str], counted: _Counted) -> Iterable[BehindRow]:
    for some in in_lots(reports):
        for row in asked(connection, _REPORTS, those=some):
            month, product, amount = counted[True, row["id"]]
            number = row["number"] or row["reference"] or row["source"]
            yield BehindRow(
                row["batch"] or "", number, product, month, amount, "", "", row["at"], reported=True
            )


def lot_run(connect: Connect, supplier: str) -> tuple[LotRunRow, ...]:
    """Return the newest lots that have a final verdict, oldest first; see the port."""
    with connect() as connection:
        kin = kin_of(connection, supplier)
        found = [lot for one in kin for lot in asked(connection, _LAST, supplier=one, most=LAST_LOTS)]
        lots = sorted(found, key=lambda lot: (-lot["registered_at"], lot["id"]))[:LAST_LOTS]
        parts: dict[str, list[sa.RowMapping]] = defaultdict(list)
        for some in in_lots([lot["id"] for lot in lots]):
            for row in asked(connection, _PARTS, those=some):
                parts[row["source"]].append(row)
    return tuple(
        _run(lot, parts[lot["id"]])
        for lot in reversed(lots)
        if any(part["name"] == "decided" for part in parts[lot["id"]])
    )


def _run(lot: sa.RowMapping, parts: Sequence[sa.RowMapping]) -> LotRunRow:
    sums = {part["name"]: part["amount"] for part in parts if not part["code"]}
    found = tuple(
        (part["name"].removeprefix("found."), part["code"], part["amount"])
        for part in parts
        if part["name"].startswith("found.")
    )
    return LotRunRow(
        lot["id"],
        lot["number"],
        parts[0]["product"],
        sums.get("inspected", 0),
        sums.get("accepted", 0) > 0,
        found,
    )


def defect_photos(connect: Connect, batches: Sequence[str], code: str) -> tuple[DefectPhotoRow, ...]:
    """Return photos of a code, one of each lot as far as that goes; see the port."""
    with connect() as connection:
        found = [
            DefectPhotoRow(row["photo"], row["batch"], row["number"], row["unit"], row["at"])
            for some in in_lots(batches)
            for row in asked(connection, _PHOTOS, those=some, code=code)
        ]
    of_each: dict[str, DefectPhotoRow] = {}
    for one in found:
        of_each.setdefault(one.batch, one)
    several = [*of_each.values(), *(one for one in found if one not in of_each.values())]
    return tuple({one.photo: one for one in several}.values())[:MOST_PHOTOS]
