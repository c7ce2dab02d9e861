# SPDX-License-Identifier: Apache-2.0
"""People, suppliers, products, procedures, catalogue and instruments as lists; a supplier with what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

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
from qcdesk.store.readers.asking import Connect, Look, asked, first, kin_of, names_of, number
from qcdesk.store.readers.named_lots import named_lots
from qcdesk.store.readers.severities import severities

SHOWN = 200  # defects and batches on a supplier's page, the newest

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
_SHOP = sa.text("SELECT name, address, logo, paper, third_releases, seq FROM shop")
_FIRST_SEEN = sa.text(
    "SELECT f.round, r.batch, f.what FROM first_seen f JOIN round r ON r.id = f.round"
    " WHERE f.round = :round ORDER BY f.seq"
)
_STANDING = sa.text(STANDING)
_MERGES = sa.text(MERGES)
_BATCH_COUNTS = sa.text(
    "SELECT supplier, count(*) AS n, max(registered_at) AS last FROM batch"
    " WHERE supplier IS NOT NULL GROUP BY supplier"
)
_SUPPLIED: sa.BindParameter[str] = sa.bindparam("suppliers", expanding=True)
_BATCH_COUNT = sa.text("SELECT count(*) FROM batch WHERE supplier IN :suppliers").bindparams(_SUPPLIED)

# What both checks of a compared round found, each nonconformity once: of one check it adds up, between checks the
# larger count stands (as qcdesk.domain.sampling.union_of). Checks that were taken back do not count.
_CHECK = "x.checking NOT IN (SELECT c.id FROM checking c WHERE c.state = 'retracted' OR c.place = 'third')"
_FOUND = f"""
SELECT f.supplier, f.batch, f.number, f.round, f.unit, f.code, f.defect_class, max(f.n) AS n, min(f.at) AS at FROM (
    SELECT b.supplier, b.id AS batch, b.number, x.round, x.unit, x.code, x.defect_class, x.checking,
        sum(x.count) AS n, min(x.at) AS at
    FROM batch b JOIN round r ON r.batch = b.id JOIN comparison k ON k.round = r.id
    JOIN finding x ON x.batch = b.id AND x.round = r.id AND x.withdrawn IS NULL AND {_CHECK}
    WHERE {{which}}
    GROUP BY b.supplier, b.id, b.number, x.round, x.unit, x.code, x.defect_class, x.checking
    UNION ALL
    SELECT b.supplier, b.id, b.number, x.round, x.unit, x.characteristic, x.defect_class, x.checking, 1, x.at
    FROM batch b JOIN round r ON r.batch = b.id JOIN comparison k ON k.round = r.id
    JOIN reading x ON x.batch = b.id AND x.round = r.id AND x.inside = 0 AND x.replaced = 0 AND {_CHECK}
    WHERE {{which}}
) f GROUP BY f.supplier, f.batch, f.number, f.round, f.unit, f.code, f.defect_class
"""  # noqa: S608 - fixed text
_OF_SUPPLIER = sa.text(_FOUND.format(which="b.supplier IN :suppliers")).bindparams(_SUPPLIED)
_DECIDED = "SELECT d.round FROM decision d"
_COUNTED = sa.text(
    f"""
SELECT t.supplier, sum(t.n) AS n FROM (
    SELECT f.supplier, f.round, f.unit, f.code, max(f.n) AS n FROM (
        SELECT b.supplier, x.round, x.unit, x.code, x.checking, sum(x.count) AS n
        FROM comparison k JOIN batch b ON b.id = k.batch
        JOIN finding x ON x.batch = b.id AND x.round = k.round AND x.withdrawn IS NULL AND {_CHECK}
        WHERE b.supplier IS NOT NULL AND k.round NOT IN ({_DECIDED})
        GROUP BY b.supplier, x.round, x.unit, x.code, x.checking
        UNION ALL
        SELECT b.supplier, x.round, x.unit, x.characteristic, x.checking, 1
        FROM comparison k JOIN batch b ON b.id = k.batch
        JOIN reading x ON x.batch = b.id AND x.round = k.round AND x.inside = 0 AND x.replaced = 0 AND {_CHECK}
        WHERE b.supplier IS NOT NULL AND k.round NOT IN ({_DECIDED})
    ) f GROUP BY f.supplier, f.round, f.unit, f.code
) t GROUP BY t.supplier
"""  # noqa: S608 - fixed text
)
_IN_DECIDED = sa.text(_FOUND.format(which=f"b.supplier IS NOT NULL AND r.id IN ({_DECIDED})"))
_DECISIONS = sa.text("SELECT round, body FROM decision")
_DECISIONS_OF = sa.text(
    "SELECT d.round, d.body FROM decision d JOIN batch b ON b.id = d.batch WHERE b.supplier IN :suppliers"
).bindparams(_SUPPLIED)
_REPORTED = """
SELECT x.code, x.name, x.defect_class, x.count, x.batch, x.reference, x.at, x.source, x.found_on, b.number,
    COALESCE(x.supplier, b.supplier) AS supplier
FROM reported_defect x LEFT JOIN batch b ON b.id = x.batch
"""
_REPORTED_OF = sa.text(
    f"{_REPORTED} WHERE x.supplier IN :suppliers"
    f" UNION ALL {_REPORTED} WHERE x.supplier IS NULL AND b.supplier IN :suppliers"
).bindparams(_SUPPLIED)
_REPORTED_COUNTS = sa.text(
    "SELECT COALESCE(x.supplier, b.supplier) AS supplier, sum(x.count) AS n"
    " FROM reported_defect x LEFT JOIN batch b ON b.id = x.batch"
    " WHERE COALESCE(x.supplier, b.supplier) IS NOT NULL GROUP BY COALESCE(x.supplier, b.supplier)"
)


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
    with connect() as connection:
        counts = {row["supplier"]: row for row in asked(connection, _BATCH_COUNTS)}
        roots = {one.merge.supplier: one.root_name for one in _same(connection)}
        defects: dict[str, int] = {}
        settled = _not_holding(asked(connection, _DECISIONS))
        standing = (row for row in asked(connection, _IN_DECIDED) if _mark(row) not in settled)
        for row in (*asked(connection, _COUNTED), *standing, *asked(connection, _REPORTED_COUNTS)):
            defects[row["supplier"]] = defects.get(row["supplier"], 0) + int(row["n"])
        return tuple(
            SupplierListRow(
                supplier=mapping.supplier(row),
                batches=counts[row["id"]]["n"] if row["id"] in counts else 0,
                defects=defects.get(row["id"], 0),
                last_batch_at=counts[row["id"]]["last"] if row["id"] in counts else None,
                same_as=roots.get(row["id"], ""),
            )
            for row in asked(connection, _SUPPLIERS)
        )


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
        defects = sorted(_defects(connection, same), key=lambda d: (-d.at, d.number, d.code))
        return SupplierPage(
            supplier=mapping.supplier(row),
            batches=board.of_suppliers(connection, same, SHOWN),
            batch_total=number(connection, _BATCH_COUNT, suppliers=same),
            defects=tuple(defects[:SHOWN]),
            defect_total=sum(d.count for d in defects),
            totals=_totals(defects),
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


def _defects(connection: sa.Connection, suppliers: Sequence[str]) -> Iterable[SupplierDefectRow]:
    """Yield the defects of suppliers that are the same.

    Of compared rounds (as a third settled them), and reported from outside.
    """
    names = names_of_codes(connection)
    settled = _not_holding(asked(connection, _DECISIONS_OF, suppliers=suppliers))
    for row in asked(connection, _OF_SUPPLIER, suppliers=suppliers):
        if _mark(row) not in settled:
            yield SupplierDefectRow(
                code=row["code"],
                name=names.get(row["code"], row["code"]),
                defect_class=row["defect_class"],
                count=int(row["n"]),
                batch=row["batch"],
                number=row["number"],
                at=row["at"],
                source="check",
            )
    for row in asked(connection, _REPORTED_OF, suppliers=suppliers):
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


def _mark(row: Row) -> tuple[str, int | None, str]:
    return row["round"], row["unit"], row["code"]


def _not_holding(decisions: Iterable[Row]) -> set[tuple[str, int | None, str]]:
    """Return claims that a third person looked at and found not to be true."""
    return {
        (row["round"], one["unit"], one["code"])
        for row in decisions
        for one in json.loads(row["body"])["resolutions"]
        if not one["holds"]
    }


def _totals(defects: Iterable[SupplierDefectRow]) -> tuple[CodeTotalRow, ...]:
    """Return how often each code was found, the most frequent first."""
    found: dict[str, CodeTotalRow] = {}
    for one in defects:
        known = found.get(one.code)
        gravest = min(
            (one.defect_class, known.defect_class if known else one.defect_class), key=BY_SERIOUSNESS.index
        )
        counted = one.count + (known.count if known else 0)
        found[one.code] = CodeTotalRow(one.code, one.name, gravest, counted)
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
