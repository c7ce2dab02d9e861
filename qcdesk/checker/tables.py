# SPDX-License-Identifier: Apache-2.0
"""What a file's tables say of people, batches and signatures, held against what the log alone makes of them.

The log is what counts, and the program's own ``verify`` compares every row of every table. Whoever has only this checker
sees here whether what the screens show first is what was signed: where each batch stands, who signed it, who may act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qcdesk.checker.findings import REMARKS, Finding
from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.rules.state import Batch
from qcdesk.checker.sources import Source

ASKED: Mapping[str, tuple[str, ...]] = {
    "batch": ("id", "number", "quantity", "state", "held", "round_no", "released", "shipped"),
    "sign_off": ("batch", "place", "person", "standing", "round"),
    "person": ("id", "name", "status"),
}
"""Tables and their columns that are compared."""
Row = dict[str, Any]


def differing(source: Source, desk: Desk) -> Iterator[Finding]:
    """Yield what tables say otherwise than the log.

    Where a line breaks a rule or is signed by nobody, the tables rightly keep what the rules give to nobody: then nothing
    is compared, and the line itself is told. Raises: Damaged.
    """
    if desk.failed or any(found.code not in REMARKS for found in desk.findings):
        return
    yield from _people(desk, source.table("person", ASKED["person"]))
    yield from _batches(desk, source.table("batch", ASKED["batch"]))
    yield from _signatures(desk, source.table("sign_off", ASKED["sign_off"]))


def _people(desk: Desk, rows: list[Row] | None) -> Iterator[Finding]:
    if rows is None:
        return
    said = {row["id"]: row for row in rows}
    for id_ in sorted(said.keys() ^ desk.people.keys()):
        yield Finding.of(None, "table_rows", table="person", what=desk.name(id_))
    for id_, row in said.items():
        person = desk.people.get(id_)
        if person is None:
            continue
        status = "listed" if not person.enrolled else "active" if person.active else "suspended"
        if (row["name"], row["status"]) != (person.name, status):
            yield Finding.of(None, "table_differs", table="person", what=person.name)


def _batches(desk: Desk, rows: list[Row] | None) -> Iterator[Finding]:
    if rows is None:
        return
    seen = set()
    for row in rows:
        seen.add(row["id"])
        batch = desk.batches.get(str(row["id"]))
        if batch is None:
            yield Finding.of(None, "table_rows", table="batch", what=row["number"])
            continue
        mine = {
            "number": batch.number,
            "quantity": batch.quantity,
            "state": batch.state,
            "held": int(bool(batch.holds)),
            "round_no": batch.round_no,
            "released": batch.released,
            "shipped": batch.shipped,
        }
        other = sorted(name for name, value in mine.items() if row[name] != value)
        if other:
            yield Finding.of(None, "table_differs", batch.number, table="batch", what=", ".join(other))
    for batch in desk.batches.values():
        if batch.id not in seen:
            yield Finding.of(None, "table_rows", batch.number, table="batch", what=batch.number)


def _signatures(desk: Desk, rows: list[Row] | None) -> Iterator[Finding]:
    """Compare who stands in which place of each batch's present round; a release shows in the batch itself."""
    if rows is None:
        return
    said: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["standing"] == 1 and row["place"] != "release":
            said.setdefault(row["round"], {})[row["place"]] = row["person"]
    for batch in desk.batches.values():
        if batch.round is None:
            continue
        if said.get(batch.round.id, {}) != _signed(batch):
            yield Finding.of(None, "table_differs", batch.number, table="sign_off", what=batch.number)


def _signed(batch: Batch) -> dict[str, str]:
    return dict(batch.round.signed) if batch.round is not None else {}
