# SPDX-License-Identifier: Apache-2.0
"""Batches that reports from outside name as lots of their supplier, or of one that is the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa

from qcdesk.services.named_lots import LOTS, NamedLot, lots_in
from qcdesk.store.readers.asking import asked, in_lots, kin_of

_SUPPLIED: sa.BindParameter[str] = sa.bindparam("suppliers", expanding=True)
_REPORTS: Final = sa.text(
    "SELECT code, defect_class, source, reference, found_on, note FROM reported_defect"
    " WHERE supplier IN :suppliers AND batch IS NULL AND note LIKE :note ESCAPE '!' ORDER BY seq DESC, id"
).bindparams(_SUPPLIED)
_BATCHES: Final = sa.text(
    "SELECT id, number FROM batch WHERE supplier IN :suppliers AND number IN :numbers ORDER BY registered_at DESC, id"
).bindparams(_SUPPLIED, sa.bindparam("numbers", expanding=True))


def named_lots(connection: sa.Connection, supplier: str, number: str | None = None) -> tuple[NamedLot, ...]:
    """Return batches of a supplier (its id) that reports name, with what they say. Args: number: of one batch only."""
    suppliers = kin_of(connection, supplier)
    named: dict[str, list[sa.RowMapping]] = {}
    for row in asked(connection, _REPORTS, suppliers=suppliers, note=f"{LOTS}%{_literal(number or '')}%"):
        for lot in lots_in(row["note"]):
            named.setdefault(lot, []).append(row)
    numbers = list(named) if number is None else [number] if number in named else []
    return tuple(
        NamedLot(batch["id"], batch["number"], row["code"], row["defect_class"], row["source"], row["reference"],
                 date.fromisoformat(row["found_on"]) if row["found_on"] else None)
        for batch in _batches(connection, suppliers, numbers)
        for row in named[batch["number"]]
    )  # fmt: skip


def _batches(connection: sa.Connection, suppliers: list[str], numbers: Sequence[str]) -> list[sa.RowMapping]:
    return [
        row
        for some in in_lots(numbers)
        for row in asked(connection, _BATCHES, suppliers=suppliers, numbers=some)
    ]


def _literal(text: str) -> str:
    """Return a text as LIKE takes it for itself."""
    return "".join(f"!{sign}" if sign in "!%_" else sign for sign in text)
