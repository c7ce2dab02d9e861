# SPDX-License-Identifier: Apache-2.0
"""Figures of suppliers, read from their sums: what it costs does not grow with what was inspected."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from qcdesk.services.figure_rows import FigureRow, LotBehindRow, SupplierFigures
from qcdesk.store.readers.asking import Connect, asked
from qcdesk.store.readers.masters import names_of_codes

ALL: Final = "*"
MOST_BEHIND: Final = 500
_OF_ONE = sa.text(
    "SELECT month, name, code, amount FROM figure WHERE supplier = :supplier AND product = :product"
    " ORDER BY month, name, code"
)
_OF_EACH = sa.text(
    "SELECT supplier, month, name, code, amount FROM figure WHERE product = '*'"
    " AND supplier IN (SELECT id FROM supplier) AND month >= :since ORDER BY supplier, month, name, code"
)
_BEHIND = sa.text(
    "SELECT b.id, b.number, f.month, f.amount FROM (SELECT source, month, amount FROM figure_part"  # noqa: S608
    " WHERE supplier = :supplier AND name = :name AND code = :code"
    f" ORDER BY month DESC, source DESC LIMIT {MOST_BEHIND}) f JOIN batch b ON b.id = f.source"
    " ORDER BY f.month DESC, b.registered_at DESC, b.id"
)


def figures(connect: Connect, supplier: str = ALL, product: str = ALL) -> SupplierFigures:
    """Return all figures of a supplier (of all: ``*``), in the order of the months; see the port."""
    with connect() as connection:
        rows = asked(connection, _OF_ONE, supplier=supplier, product=product)
        return SupplierFigures(
            tuple(FigureRow(row["month"], row["name"], row["code"], row["amount"]) for row in rows),
            names_of_codes(connection),
        )


def figures_of_each(connect: Connect, since: str = "") -> dict[str, tuple[FigureRow, ...]]:
    """Return the figures of every supplier that has any, by its id, from a month on; see the port."""
    found: dict[str, list[FigureRow]] = {}
    with connect() as connection:
        for row in asked(connection, _OF_EACH, since=since):
            one = FigureRow(row["month"], row["name"], row["code"], row["amount"])
            found.setdefault(row["supplier"], []).append(one)
    return {supplier: tuple(rows) for supplier, rows in found.items()}


def lots_behind(connect: Connect, supplier: str, name: str, code: str = "") -> tuple[LotBehindRow, ...]:
    """Return the lots that a figure is made of, the newest first; see the port."""
    with connect() as connection:
        rows = asked(connection, _BEHIND, supplier=supplier, name=name, code=code)
        return tuple(LotBehindRow(row["id"], row["number"], row["month"], row["amount"]) for row in rows)
