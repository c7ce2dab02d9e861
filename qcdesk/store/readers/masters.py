# SPDX-License-Identifier: Apache-2.0
"""People, suppliers, products, procedures, catalogue and instruments as lists; a supplier with what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product as product_of

import sqlalchemy as sa

from qcdesk.domain.events import (
    DefectCodeSaved,
    FirstSeen,
    InstrumentSaved,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import RECOVERY
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.domain.suppliers import SupplierStatus
from qcdesk.services.lapsing_papers import LapsingPaper, lapsing
from qcdesk.services.merge_suppliers import alikes_of
from qcdesk.services.rows import (
    CodeTotalRow,
    PersonRow,
    ProcedureListRow,
    SameRow,
    SupplierDefectRow,
    SupplierListRow,
    SupplierPage,
    WallRow,
)
from qcdesk.store import mapping
from qcdesk.store.mapping import Row
from qcdesk.store.master_data import APPROVER_BY_SHEET, MERGES, STANDING
from qcdesk.store.readers import board
from qcdesk.store.readers.asking import Connect, Look, asked, first, in_lots, kin_of, names_of
from qcdesk.store.readers.named_lots import named_lots
from qcdesk.store.readers.severities import severities

SHOWN = 200  # defects and batches on a supplier's page, the newest
LAST_LOTS = 60  # so many lots are asked first which defects they have

_WALL = sa.text(
    "SELECT p.id, p.login, p.name, p.staff, p.status, max(l.at) AS last"
    " FROM person p LEFT JOIN session s ON s.person = p.id LEFT JOIN line l ON l.seq = s.opened"
    " WHERE p.login IS NOT NULL AND p.status = 'active'"
    " AND EXISTS (SELECT 1 FROM person_key k WHERE k.person = p.id AND k.until_seq IS NULL)"
    " GROUP BY p.id, p.login, p.name, p.staff, p.status ORDER BY p.name, p.id"
)
_SINCE = sa.text(
    "SELECT id, enrolled_by, since,"
    " (SELECT max(k.by_sheet) FROM person_key k WHERE k.person = person.id) AS by_sheet,"
    " (SELECT min(k.suspect_from) FROM person_key k WHERE k.person = person.id) AS suspect_from FROM person"
)
_NAMESAKES = sa.text("SELECT person, other FROM namesake ORDER BY seq, other")
_SUPPLIER = (
    "SELECT id, code, name, name_latin, country, address, contact, note, source, seq, more FROM supplier"
)
_SUPPLIERS = sa.text(f"{_SUPPLIER} ORDER BY name, id")
_WITH_PAPERS = sa.text(f'{_SUPPLIER} WHERE more LIKE \'%"until":"%\' ORDER BY name, id')
_ONE_SUPPLIER = sa.text(f"{_SUPPLIER} WHERE id = :supplier OR code = :supplier")
_PRODUCTS = sa.text(
    "SELECT id, code, revision, name, family, unit, picture, note, source, seq FROM product ORDER BY code, revision"
)
_PROCEDURES = sa.text(
    "SELECT v.code, v.version, v.state, v.author, v.content, v.hash, v.approved_by, v.approved_at,"  # noqa: S608 - our own text
    f" ({APPROVER_BY_SHEET}) AS by_sheet FROM procedure_version v ORDER BY v.seq DESC"
)
_CATALOGUE = sa.text(
    "SELECT code, name, defect_class, names, note, retired, source FROM defect_code ORDER BY code"
)
_INSTRUMENTS = sa.text(
    "SELECT id, number, kind, calibrated_until, blocked, note, seq FROM instrument ORDER BY number"
)
_SHOP = sa.text("SELECT name, address, logo, paper, third_releases, footer, accent, seq FROM shop")
_FIRST_SEEN = sa.text(
    "SELECT f.round, r.batch, f.what FROM first_seen f JOIN round r ON r.id = f.round"
    " WHERE f.round = :round ORDER BY f.seq"
)
_STANDING = sa.text(STANDING)
_STATUSES = sa.text("SELECT supplier, status FROM supplier_status ORDER BY seq")
_MERGES = sa.text(MERGES)
_SUPPLIED: sa.BindParameter[str] = sa.bindparam("suppliers", expanding=True)
_THOSE: sa.BindParameter[str] = sa.bindparam("those", expanding=True)
# From the kept sums, and along indexes: what a list or a page costs does not grow with what was inspected.
_SUMS = sa.text(
    "SELECT supplier, sum(CASE WHEN name = 'batches' THEN amount ELSE 0 END) AS batches,"
    " sum(CASE WHEN name = 'batches' THEN 0 ELSE amount END) AS defects FROM figure WHERE product = '*'"
    " AND (name = 'batches' OR name LIKE 'found.%' OR name LIKE 'reported.%') GROUP BY supplier"
)
_LAST_BATCHES = sa.text(
    "SELECT s.id, (SELECT max(b.registered_at) FROM batch b WHERE b.supplier = s.id) AS last FROM supplier s"
)
_OF_SUPPLIER = sa.text(
    "SELECT name, code, sum(amount) AS amount FROM figure WHERE supplier IN :suppliers AND product = '*'"
    " AND (name = 'batches' OR name LIKE 'found.%' OR name LIKE 'reported.%') GROUP BY name, code"
).bindparams(_SUPPLIED)
_NEWEST_LOTS = sa.text(
    "SELECT id FROM batch WHERE supplier = :supplier ORDER BY registered_at DESC, id LIMIT :most"
)
_NEWEST_WITH = sa.text(
    "SELECT source FROM figure_part WHERE supplier = :supplier AND name = :name AND code = :code"
    " ORDER BY month DESC, source DESC LIMIT :most"
)
_FOUND_IN = sa.text(
    "SELECT f.source, f.name, f.code, f.amount, b.number, (SELECT min(c.started_at) FROM round r JOIN checking c"
    " ON c.round = r.id WHERE r.batch = b.id AND c.place = 'first' AND c.state = 'signed') AS at"
    " FROM figure_part f JOIN batch b ON b.id = f.source WHERE f.source IN :those AND f.name LIKE 'found.%'"
).bindparams(_THOSE)
_REPORTED = sa.text(
    "SELECT x.code, x.name, x.defect_class, x.count, x.batch, x.reference, x.at, x.source, x.found_on, b.number"
    " FROM reported_defect x LEFT JOIN batch b ON b.id = x.batch WHERE x.id IN :those"
).bindparams(_THOSE)


# People ---------------------------------------------------------------------------------------------------------


def wall(connect: Connect) -> tuple[WallRow, ...]:
    """Return everyone who can sign in."""
    with connect() as connection:
        return tuple(
            WallRow(
                person=row["id"],
                login=row["login"],
                name=row["name"],
                staff=row["staff"] or "",
                last_signed_in=row["last"],
                status=row["status"],
            )
            for row in asked(connection, _WALL)
        )


def people(connect: Connect, look: Look) -> tuple[PersonRow, ...]:
    """Return all people, listed ones too, with the names of who enrolled them."""
    with look() as uow, connect() as connection:
        everybody = uow.people()
        names = {person.id: person.name for person in everybody}
        known = {row["id"]: row for row in asked(connection, _SINCE)}
        others: dict[str, list[str]] = {}
        for row in asked(connection, _NAMESAKES):
            others.setdefault(row["person"], []).append(names.get(row["other"], row["other"]))
        return tuple(
            PersonRow(
                person=person,
                enrolled_by=tuple(
                    names.get(p, p) for p in json.loads(known[person.id]["enrolled_by"]) if p != RECOVERY
                ),
                since=known[person.id]["since"],
                by_sheet=known[person.id]["by_sheet"],
                another_than=tuple(others.get(person.id, ())),
                suspect_from=known[person.id]["suspect_from"],
            )
            for person in everybody
            if person.id in known
        )


# Lists ----------------------------------------------------------------------------------------------------------


def products(connect: Connect) -> tuple[ProductSaved, ...]:
    """Return all products by code and revision."""
    with connect() as connection:
        return tuple(mapping.product(row) for row in asked(connection, _PRODUCTS))


def procedures(connect: Connect, today: date) -> tuple[ProcedureListRow, ...]:
    """Return all versions of all procedures, newest first."""
    with connect() as connection:
        names = names_of(connection)
        found = []
        for row in asked(connection, _PROCEDURES):
            version = mapping.procedure_version(row)
            found.append(
                ProcedureListRow(
                    version=version,
                    author_name=names.get(version.author, version.author),
                    approved_by_name=names.get(version.approved_by or "", ""),
                    overdue=version.state == "approved" and version.content.review_by < today,
                )
            )
        return tuple(found)


def defect_codes(connect: Connect) -> tuple[DefectCodeSaved, ...]:
    """Return the catalogue by code."""
    with connect() as connection:
        return tuple(mapping.defect_code(row) for row in asked(connection, _CATALOGUE))


def instruments(connect: Connect) -> tuple[InstrumentSaved, ...]:
    """Return all instruments by number."""
    with connect() as connection:
        return tuple(mapping.instrument(row) for row in asked(connection, _INSTRUMENTS))


def shop(connect: Connect) -> ShopChanged:
    """Return how the shop calls itself."""
    with connect() as connection:
        row = first(connection, _SHOP)
    if row is None:
        raise BadInput("no_workspace")
    return mapping.shop(row)


def first_seen(connect: Connect, round_id: str) -> tuple[FirstSeen, ...]:
    """Return what was put down about early looks at the first check of a round."""
    with connect() as connection:
        return tuple(
            FirstSeen(row["round"], row["batch"], row["what"])
            for row in asked(connection, _FIRST_SEEN, round=round_id)
        )


# Suppliers ------------------------------------------------------------------------------------------------------


def suppliers(connect: Connect) -> tuple[SupplierListRow, ...]:
    """Return all suppliers by name, with how many batches and defects they have."""
    statuses = _statuses(connect)
    with connect() as connection:
        sums = {row["supplier"]: row for row in asked(connection, _SUMS)}
        last = {row["id"]: row["last"] for row in asked(connection, _LAST_BATCHES)}
        roots = {one.merge.supplier: one.root_name for one in _same(connection)}
        return tuple(
            SupplierListRow(
                supplier=mapping.supplier(row),
                batches=int(sums[row["id"]]["batches"]) if row["id"] in sums else 0,
                defects=int(sums[row["id"]]["defects"]) if row["id"] in sums else 0,
                last_batch_at=last[row["id"]],
                same_as=roots.get(row["id"], ""),
                status=statuses.get(row["id"], "approved"),
            )
            for row in asked(connection, _SUPPLIERS)
        )


def _statuses(connect: Connect) -> dict[str, SupplierStatus]:
    """Return how those stand of whom anybody has said anything."""
    with connect() as connection:
        return {row["supplier"]: row["status"] for row in asked(connection, _STATUSES)}


def supplier(connect: Connect, given: str) -> SupplierPage:
    """Return the supplier screen.

    Raises: BadInput ``unknown_supplier``.
    """
    with connect() as connection:
        row = first(connection, _ONE_SUPPLIER, supplier=given)
        if row is None:
            raise BadInput(
                "unknown_supplier", facts={"value": given, "supplier": given}, where={"field": "supplier"}
            )
        same = kin_of(connection, row["id"])
        sums = asked(connection, _OF_SUPPLIER, suppliers=same)
        counted = [one for one in sums if one["code"]]
        found = _defects(connection, same, [(one["name"], one["code"]) for one in counted])
        defects = sorted(found, key=lambda d: (-d.at, d.number, d.code))
        return SupplierPage(
            supplier=mapping.supplier(row),
            batches=board.of_suppliers(connection, same, SHOWN),
            batch_total=sum(int(one["amount"]) for one in sums if one["name"] == "batches"),
            defects=tuple(defects[:SHOWN]),
            defect_total=sum(int(one["amount"]) for one in counted),
            totals=_totals(counted, {one.code: one.name for one in defects}),
            severities=severities(connect, supplier=row["id"]).now,
            standing=mapping.supplier_standing(first(connection, _STANDING, s=row["id"])),
            same=tuple(one for one in _same(connection) if one.merge.supplier in same),
            named=named_lots(connection, row["id"]),
            blocked=tuple(_blocked(connection, same[1:])),
        )


def lapsing_papers(connect: Connect, today: date, days: int) -> tuple[LapsingPaper, ...]:
    """Return certificates that lapse or have lapsed; see the port."""
    with connect() as connection:
        return lapsing(map(mapping.supplier, asked(connection, _WITH_PAPERS)), today, days)


def alike_suppliers(connect: Connect, given: str) -> tuple[SupplierSaved, ...]:
    """Return suppliers that could be the same as one, the likeliest first; see the port."""
    with connect() as connection:
        everybody = {row["id"]: mapping.supplier(row) for row in asked(connection, _SUPPLIERS)}
        known = kin_of(connection, given)
    one = everybody[given]
    return alikes_of(one, (other for id_, other in everybody.items() if id_ not in known))


def _blocked(connection: sa.Connection, others: Iterable[str]) -> Iterable[str]:
    """Yield the names of those suppliers that are blocked."""
    for one in others:
        standing = mapping.supplier_standing(first(connection, _STANDING, s=one))
        row = first(connection, _ONE_SUPPLIER, supplier=one)
        if standing.status == "blocked" and row is not None:
            yield row["name"]


def _same(connection: sa.Connection) -> Iterable[SameRow]:
    """Yield who is the same as whom, with what both are called."""
    found = asked(connection, _MERGES)
    if found:
        called = {row["id"]: (row["code"], row["name"]) for row in asked(connection, _SUPPLIERS)}
        for one in map(mapping.supplier_merge, found):
            yield SameRow(one, *called[one.supplier], *called[one.root])


def _defects(
    connection: sa.Connection, suppliers: Sequence[str], pairs: Sequence[tuple[str, str]]
) -> Iterable[SupplierDefectRow]:
    """Yield defects of suppliers that are the same: of the newest lots, and the newest reported from outside.

    Each lot by its original inspection, as it was settled. Where the newest lots have few, older ones are asked, too.

    Args: pairs: names of figures with the codes of which there are any.
    """
    names = names_of_codes(connection)
    lots, reports = dict.fromkeys(_newest(connection, suppliers)), dict[str, None]()
    known = sum(len(asked(connection, _FOUND_IN, those=some)) for some in in_lots(list(lots)))
    for one, (name, code) in product_of(suppliers, pairs):
        outside = name.startswith("reported.")
        if outside or known < SHOWN:
            walked = asked(connection, _NEWEST_WITH, supplier=one, name=name, code=code, most=SHOWN)
            (reports if outside else lots).update(dict.fromkeys(row["source"] for row in walked))
    for some in in_lots(list(lots)):
        for row in asked(connection, _FOUND_IN, those=some):
            yield SupplierDefectRow(
                code=row["code"],
                name=names.get(row["code"], row["code"]),
                defect_class=row["name"].removeprefix("found."),
                count=row["amount"],
                batch=row["source"],
                number=row["number"],
                at=row["at"],
                source="check",
            )
    for some in in_lots(list(reports)):
        for row in asked(connection, _REPORTED, those=some):
            yield SupplierDefectRow(
                code=row["code"],
                name=row["name"] or names.get(row["code"], row["code"]),
                defect_class=row["defect_class"],
                count=row["count"],
                batch=row["batch"],
                number=row["number"] or row["reference"],
                at=row["at"],
                source=row["source"],
                found_on=mapping.day(row["found_on"]),
            )


def _newest(connection: sa.Connection, suppliers: Sequence[str]) -> Iterable[str]:
    for one in suppliers:
        for row in asked(connection, _NEWEST_LOTS, supplier=one, most=LAST_LOTS):
            yield row["id"]


def _totals(counted: Iterable[Row], names: Mapping[str, str]) -> tuple[CodeTotalRow, ...]:
    """Return how often each code was found, the most frequent first."""
    found: dict[str, CodeTotalRow] = {}
    for one in counted:
        code, defect_class = one["code"], one["name"].partition(".")[2]
        known = found.get(code)
        gravest = min((defect_class, known.defect_class if known else defect_class), key=BY_SERIOUSNESS.index)
        amount = int(one["amount"]) + (known.count if known else 0)
        found[code] = CodeTotalRow(code, names.get(code, code), gravest, amount)
    return tuple(sorted(found.values(), key=lambda total: (-total.count, total.code)))


def names_of_codes(connection: sa.Connection) -> dict[str, str]:
    """Return names by code: the catalogue's, else a procedure's."""
    names: dict[str, str] = {}
    for row in asked(connection, _PROCEDURES):
        content = json.loads(row["content"])
        for one in (*content["characteristics"], *content["defects"]):
            names.setdefault(one["code"], one["name"])
    names.update((row["code"], row["name"]) for row in asked(connection, _CATALOGUE))
    return names
