# SPDX-License-Identifier: Apache-2.0
"""Figures of suppliers, read from their sums: what it costs does not grow with what was inspected.

Suppliers that are the same are added up as they are read, so that taking them apart gives back each one's own.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from qcdesk.services.figure_rows import FigureRow, LotBehindRow, SupplierFigures
from qcdesk.store.readers.asking import Connect, asked, kin_of
from qcdesk.store.readers.masters import names_of_codes

ALL: Final = "*"
MOST_BEHIND: Final = 500
_OF_ONE = sa.text(
    "SELECT month, name, code, sum(amount) AS amount FROM figure WHERE supplier IN :suppliers AND product = :product"
    " GROUP BY month, name, code ORDER BY month, name, code"
).bindparams(sa.bindparam("suppliers", expanding=True))
_OF_EACH = sa.text(
    "SELECT coalesce(m.root, f.supplier) AS supplier, f.month, f.name, f.code, sum(f.amount) AS amount FROM figure f"
    " LEFT JOIN supplier_merge m ON m.supplier = f.supplier AND m.undone IS NULL WHERE f.product = '*'"
    " AND f.supplier IN (SELECT id FROM supplier) AND f.month >= :since GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)
_BEHIND = sa.text(
    "SELECT b.id, b.number, f.month, f.amount FROM (SELECT source, month, amount FROM figure_part"  # noqa: S608
    " WHERE supplier IN :suppliers AND name = :name AND code = :code"
    f" ORDER BY month DESC, source DESC LIMIT {MOST_BEHIND}) f JOIN batch b ON b.id = f.source"
    " ORDER BY f.month DESC, b.registered_at DESC, b.id"
).bindparams(sa.bindparam("suppliers", expanding=True))


def figures(connect: Connect, supplier: str = ALL, product: str = ALL) -> SupplierFigures:
    """Return all figures of a supplier (of all: ``*``), in the order of the months; see the port."""
    with connect() as connection:
        rows = asked(connection, _OF_ONE, suppliers=kin_of(connection, supplier), product=product)
        return SupplierFigures(
            tuple(FigureRow(row["month"], row["name"], row["code"], int(row["amount"])) for row in rows),
            names_of_codes(connection),
        )


def figures_of_each(connect: Connect, since: str = "") -> dict[str, tuple[FigureRow, ...]]:
    """Return the figures of every supplier that has any, by its id, from a month on; see the port."""
    found: dict[str, list[FigureRow]] = {}
    with connect() as connection:
        for row in asked(connection, _OF_EACH, since=since):
            one = FigureRow(row["month"], row["name"], row["code"], int(row["amount"]))
            found.setdefault(row["supplier"], []).append(one)
    return {supplier: tuple(rows) for supplier, rows in found.items()}


def lots_behind(connect: Connect, supplier: str, name: str, code: str = "") -> tuple[LotBehindRow, ...]:
    """Return the lots that a figure is made of, the newest first; see the port."""
    with connect() as connection:
        rows = asked(connection, _BEHIND, suppliers=kin_of(connection, supplier), name=name, code=code)
        return tuple(LotBehindRow(row["id"], row["number"], row["month"], row["amount"]) for row in rows)
