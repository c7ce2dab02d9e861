# SPDX-License-Identifier: Apache-2.0
"""The last lots that have a final verdict, as both checks together found them (trust.md §8.2).

A lot counts once, with its original inspection: its first round that came to a verdict and whose signatures still
stand. Rounds that are not compared, or whose disagreement nobody has settled, are not asked for at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from qcdesk.domain.events import CheckSigned
from qcdesk.domain.log import Event
from qcdesk.services.lot_rows import LotClassRow, LotRow, LotSupplierRow
from qcdesk.store import mapping
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, asked, kin_of

# A verdict that stands: both agreed, a third decided, or one of the two rejected after all; and nothing of the batch
# was declared void since, which would have sent it to a new round.
FINAL = """(k{x}.outcome <> 'disagreed'
    OR EXISTS (SELECT 1 FROM decision d{x} WHERE d{x}.round = r{x}.id)
    OR EXISTS (SELECT 1 FROM line l{x} WHERE l{x}.batch = r{x}.batch AND l{x}.round = r{x}.id
        AND l{x}.type = 'round.rejected_after_all'))
    AND NOT EXISTS (SELECT 1 FROM sign_off s{x} WHERE s{x}.round = r{x}.id AND s{x}.place IN ('first', 'second')
        AND s{x}.standing = 0)
    AND NOT EXISTS (SELECT 1 FROM voided v{x} WHERE v{x}.batch = r{x}.batch AND v{x}.seq > k{x}.seq)"""
ORIGINAL = "NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = b.id AND t.way <> 'inspect')"
"""Not of a part that was sorted, reworked or regraded: its lot counts with its own inspection."""
# CROSS JOIN keeps the order that is written: from the newest batch on, until there are enough.
_LOTS = f"""
SELECT b.id, b.number, b.quantity, r.id AS round, k.body, l.at,
    (SELECT d.body FROM decision d WHERE d.round = r.id) AS decided
FROM batch b CROSS JOIN round r CROSS JOIN comparison k CROSS JOIN line l
WHERE {{which}} AND r.batch = b.id AND k.round = r.id AND l.seq = k.seq AND {FINAL.format(x="")} AND {ORIGINAL}
AND NOT EXISTS (SELECT 1 FROM round r1 JOIN comparison k1 ON k1.round = r1.id
    WHERE r1.batch = b.id AND r1.no < r.no AND {FINAL.format(x="1")})
ORDER BY b.registered_at DESC, b.id LIMIT :last
"""  # noqa: S608 - fixed text
_SUPPLIED: sa.BindParameter[str] = sa.bindparam("suppliers", expanding=True)
_OF_PRODUCTS = "b.product IN (SELECT p.id FROM product p WHERE p.code IN :products)"
_BY_SUPPLIER, _BY_PRODUCTS, _BY_BOTH, _ALL = (
    sa.text(_LOTS.format(which="b.supplier IN :suppliers")).bindparams(_SUPPLIED),
    sa.text(_LOTS.format(which=_OF_PRODUCTS)).bindparams(sa.bindparam("products", expanding=True)),
    sa.text(_LOTS.format(which=f"b.supplier IN :suppliers AND {_OF_PRODUCTS}")).bindparams(
        sa.bindparam("products", expanding=True), _SUPPLIED
    ),
    sa.text(_LOTS.format(which="1 = 1")),
)
_SIGNED = sa.text(
    "SELECT s.round, e.body FROM sign_off s JOIN event e ON e.seq = s.seq"
    " WHERE s.place IN ('first', 'second') AND s.round IN :rounds"
).bindparams(sa.bindparam("rounds", expanding=True))
_SUPPLIERS = sa.text(
    "SELECT s.id, s.name FROM supplier s WHERE EXISTS (SELECT 1 FROM batch b WHERE b.supplier = s.id)"
    " ORDER BY s.name, s.id"
)


def lots(
    connect: Connect, supplier: str = "", products: Sequence[str] = (), last: int = 20
) -> tuple[LotRow, ...]:
    """Return the newest lots with a final verdict, the newest first; see the port."""
    given: dict[str, object] = {"last": last}
    statement = _ALL
    if supplier:
        statement = _BY_SUPPLIER
    if products:
        statement, given["products"] = _BY_BOTH if supplier else _BY_PRODUCTS, list(products)
    with connect() as connection:
        if supplier:
            given["suppliers"] = kin_of(connection, supplier)
        found = asked(connection, statement, **given)
        took: dict[str, list[tuple[int, int]]] = {}
        for row in asked(connection, _SIGNED, rounds=[row["round"] for row in found]) if found else ():
            fact = mapping.fact_of(Event.from_bytes(bytes(row["body"])))
            assert isinstance(fact, CheckSigned)
            took.setdefault(row["round"], []).append((fact.seen.seconds, fact.seen.units))
        return tuple(_lot(row, took.get(row["round"], [])) for row in found)


def suppliers(connect: Connect) -> tuple[LotSupplierRow, ...]:
    """Return the suppliers that delivered something, by name."""
    with connect() as connection:
        return tuple(LotSupplierRow(row["id"], row["name"]) for row in asked(connection, _SUPPLIERS))


def _lot(row: Row, took: Sequence[tuple[int, int]]) -> LotRow:
    compared = json.loads(row["body"])
    classes = json.loads(row["decided"])["classes"] if row["decided"] else compared["classes"]
    samples = compared.get("samples")
    if samples and not row["decided"]:
        classes = samples[0]  # of two samples the first alone: together they are no one sample of the lot
    looked = max((units for _, units in took), default=0)  # fewer than planned where a check ended early
    return LotRow(
        row["id"],
        row["number"],
        row["at"],
        row["quantity"],
        tuple(
            LotClassRow(one["defect_class"], one["counted"], min(one["n"], looked), one["basis"])
            for one in classes
            if min(one["n"], looked)
        ),
        sum(seconds for seconds, _ in took),
        sum(units for _, units in took),
    )
