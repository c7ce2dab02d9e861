# SPDX-License-Identifier: Apache-2.0
"""What charts are drawn from: readings and counts of lots that have a final verdict (trust.md §8.2).

A lot counts once, with its original inspection, as in ``lots``; rounds that are not compared, whose disagreement nobody
has settled, or whose signatures no longer stand are not asked for at all. Readings come as one text per check: SQLite
puts the texts together several times faster than it hands over rows.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from qcdesk.domain.procedures import Characteristic, ProcedureContent
from qcdesk.domain.sampling import BY_SERIOUSNESS, Claimed, DefectClass, union_of
from qcdesk.services.analysis_rows import (
    OWN_GOODS,
    AnalysisChoices,
    AnalysisWish,
    CharacteristicChoice,
    LotCountRow,
    LotCounts,
    ProductChoice,
    ReadingColumns,
    SubgroupRow,
)
from qcdesk.services.lot_rows import LotSupplierRow
from qcdesk.services.trouble import Trouble
from qcdesk.statistics.readings import spelled_numbers
from qcdesk.store import mapping
from qcdesk.store.readers.asking import Connect, asked, in_lots
from qcdesk.store.readers.lots import FINAL, ORIGINAL

# The rounds that count. CROSS JOIN keeps the order that is written: batch by batch as the rows lie; what there is little
# of, such as nonconformities, comes first.
_TABLES: Final = ("batch b", "product p", "round r", "comparison k", "checking c")
_FROM_CLAIMS: Final = ("checking c", "round r", "comparison k", "batch b", "product p")
_SETTLED = f"""
FROM {{tables}}
WHERE p.id = b.product AND r.batch = b.id AND k.round = r.id AND c.round = r.id AND {FINAL.format(x="")}
AND {ORIGINAL}
AND (r.no = 1 OR NOT EXISTS (SELECT 1 FROM round r1 JOIN comparison k1 ON k1.round = r1.id
    WHERE r1.batch = b.id AND r1.no < r.no AND {FINAL.format(x="1")}))
AND {{which}}
"""  # noqa: S608 - fixed text
Version: TypeAlias = tuple[str, int]
"""Code and number of a procedure's version."""
_ANY: Final[Version] = "", 0
_SIGNED: Final = {
    "first": "c.state = 'signed' AND c.place = 'first'",
    "second": "c.state = 'signed' AND c.place = 'second'",
    "both": "c.state = 'signed' AND c.place IN ('first', 'second')",
}
_FOUND_IN: Final = "c.state IN ('signed', 'set_aside') AND c.place IN ('first', 'second')"
_ASKED: Final = {
    "supplier": "b.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :supplier)",
    "product": "p.code = :product",
    "since": "c.started_at >= :since",
    "until": "c.started_at < :until",
}
# The procedure that a round pinned: a server wants to be told that the text is JSON.
_VERSION: Final = {
    "sqlite": "r.opened ->> '$.procedure.code', r.opened ->> '$.procedure.version'",
    "postgresql": "CAST(r.opened AS json) #>> '{procedure,code}',"
    " CAST(CAST(r.opened AS json) #>> '{procedure,version}' AS integer)",
}
_SAMPLE = (
    "SELECT b.id, b.number, COALESCE(b.supplier, ''), c.started_at, c.place, {version}, (SELECT"
    " string_agg(m.value, ',' ORDER BY m.unit) FROM reading m WHERE m.checking = c.id"
    " AND m.characteristic = :characteristic AND m.replaced = 0{unit})"
)
_BY_TIME, _SPELLED = itemgetter(3, 0, 4), 7
_LOT = (
    "SELECT r.id, b.id, b.number, COALESCE(b.supplier, ''), c.started_at,"
    " (SELECT d.body FROM decision d WHERE d.round = r.id),"
    " {tallied},"
    " (SELECT count(DISTINCT u.unit) FROM checking o JOIN unit_result u ON u.checking = o.id WHERE o.round = r.id"
    " AND o.state = 'signed' AND o.place IN ('first', 'second') AND u.not_done IS NULL)"
)
_TALLIED: Final = r"""CASE WHEN r.opened LIKE '%"tally"\:true%' THEN k.body END"""
_CLAIMS: Final = (
    (
        "SELECT c.round, c.id, c.place, f.unit, f.code, f.defect_class, f.count",
        "finding f",
        "f.checking = c.id AND f.withdrawn IS NULL",
    ),
    (
        "SELECT c.round, c.id, c.place, m.unit, m.characteristic, m.defect_class, 1",
        "reading m",
        "m.checking = c.id AND m.inside = 0 AND m.replaced = 0",
    ),
)
_CODE: Final = "m.characteristic"
_KNOWN = (
    "SELECT p.code, b.supplier, c.place, c.started_at, r.id, (SELECT"
    " string_agg({measured}, '\n') FROM reading m WHERE m.checking = c.id AND m.replaced = 0)"
)
_OF_ROUNDS: Final = " FROM round r WHERE r.id IN :rounds"
_VERSIONS = sa.text(
    "SELECT code, version, state, author, content, hash, approved_by, approved_at FROM procedure_version ORDER BY seq"
)
_NAMES = sa.text("SELECT code, name FROM defect_code")
_SUPPLIERS = sa.text("SELECT id, name FROM supplier ORDER BY name, id")
_WORKSPACE = sa.text("SELECT vault FROM workspace")
_PRODUCTS = sa.text("SELECT code, name FROM product ORDER BY seq")


def choices(connect: Connect) -> AnalysisChoices:
    """Return what there is to choose from, products by code; see the port."""
    with connect() as connection:
        versions = _contents(connection)
        several = _several_units(versions.values())
        asked_for = _KNOWN.replace(
            "{measured}", "m.characteristic || '\t' || m.measure" if several else _CODE
        )
        rows = _settled(connection, asked_for, _SIGNED["both"], {})
        newest = {row[0]: row[4] for row in sorted(rows, key=itemgetter(3))}
        used = _pinned(connection, newest.values())
        suppliers = asked(connection, _SUPPLIERS)
        names = {row["code"]: row["name"] for row in asked(connection, _PRODUCTS)}
        workspace = "".join(row["vault"] for row in asked(connection, _WORKSPACE))
    lots: Counter[str] = Counter()
    measured: dict[str, Counter[str]] = {}
    for product, _, place, _, _, measured_in in rows:
        lots[product] += place == "first"
        counted = measured.setdefault(product, Counter())
        if measured_in:
            counted.update(measured_in.split("\n"))
    delivered = {row[1] for row in rows}
    times = [row[3] for row in rows]
    return AnalysisChoices(
        tuple(LotSupplierRow(row["id"], row["name"]) for row in suppliers if row["id"] in delivered),
        tuple(
            ProductChoice(
                product, names[product], count, _measured(versions, used[newest[product]], measured[product])
            )
            for product, count in sorted(lots.items())
        ),
        min(times, default=None),
        max(times, default=None),
        None in delivered,
        workspace,
    )


def readings(connect: Connect, wish: AnalysisWish) -> ReadingColumns:
    """Return the readings of a characteristic of a product, in the order of time; see the port."""
    if not wish.product or not wish.characteristic:
        return ReadingColumns(array("d"), (), ())
    which, given = _which(wish, _SIGNED[wish.place])
    given["characteristic"] = wish.characteristic
    with connect() as connection:
        contents = _contents(connection)
        limits = {
            version: _limits(one)
            for version, content in contents.items()
            for one in content.characteristics
            if one.code == wish.characteristic
        }
        of_product = {
            found for version, found in limits.items() if wish.product in contents[version].products
        }
        alike = len(of_product) == 1  # then which version a round pinned need not be looked up
        asked_for = _SAMPLE.replace("{version}", "'', 0" if alike else _VERSION[connection.dialect.name])
        if wish.unit:
            given["unit"] = wish.unit
        asked_for = asked_for.replace("{unit}", " AND m.measure = :unit" if wish.unit else "")
        rows = _settled(connection, asked_for, which, given)
    if alike:
        limits[_ANY] = of_product.pop()
    rows = sorted((row for row in rows if row[_SPELLED]), key=_BY_TIME)
    values = spelled_numbers(",".join([row[_SPELLED] for row in rows])) if rows else array("d")
    sizes = tuple([row[_SPELLED].count(",") + 1 for row in rows])
    if len(values) != sum(sizes):
        raise Trouble("damaged")
    subgroups = tuple([SubgroupRow._make((*row[:5], *limits[row[5], row[6]])) for row in rows])
    return ReadingColumns(values, sizes, subgroups)


def lot_counts(connect: Connect, wish: AnalysisWish) -> LotCounts:
    """Return what was found lot by lot, in the order of time; see the port."""
    which, given = _which(wish, _SIGNED["first"])
    checks, of_checks = _which(replace(wish, since=None, until=None), _FOUND_IN)
    with connect() as connection:
        versions = _contents(connection)
        asked_for = _LOT.replace("{tallied}", _TALLIED if any(c.tally for c in versions.values()) else "NULL")
        rows = _settled(connection, asked_for, which, given)
        found = [
            row
            for columns, table, standing in _CLAIMS
            for row in _settled(
                connection, columns, f"{checks} AND {standing}", of_checks, (table, *_FROM_CLAIMS)
            )
        ]
        names = {row["code"]: row["name"] for row in asked(connection, _NAMES)}
    claims: dict[str, dict[tuple[str, str], list[Claimed]]] = {}
    for round_id, checking, place, *claim in found:
        check = claims.setdefault(round_id, {}).setdefault((place, checking), [])
        check.append(Claimed(*claim))
    for content in versions.values():
        names.update(content.names_by_code())
    lots = [_counted(row, claims.get(row[0], {})) for row in sorted(rows, key=itemgetter(4, 1))]
    return LotCounts(tuple(lots), names)


def _settled(
    connection: sa.Connection,
    columns: str,
    which: str,
    given: Mapping[str, object],
    tables: Sequence[str] = _TABLES,
) -> Sequence[Sequence[Any]]:
    """Return the rows of rounds with a final verdict, check by check, as the driver has them: there may be many."""
    joined = _SETTLED.format(tables=" CROSS JOIN ".join(tables), which=which)
    with connection.execute(sa.text(columns + joined), given) as found:
        rows: Sequence[Sequence[Any]] = found.cursor.fetchall()
    return rows


def _pinned(connection: sa.Connection, rounds: Iterable[str]) -> dict[str, Version]:
    """Return which version of a procedure each of these rounds pinned."""
    statement = sa.text(f"SELECT r.id, {_VERSION[connection.dialect.name]}" + _OF_ROUNDS)
    found = statement.bindparams(sa.bindparam("rounds", expanding=True))
    return {
        round_id: (code, version)
        for several in in_lots(list(rounds))
        for round_id, code, version in connection.execute(found, {"rounds": several})
    }


def _which(wish: AnalysisWish, checks: str) -> tuple[str, dict[str, object]]:
    """Return what checks are asked for, and the values in it."""
    given = {name: getattr(wish, name) for name in _ASKED if getattr(wish, name) not in ("", None)}
    asked_for = [_ASKED[name] for name in given]
    if wish.supplier == OWN_GOODS:
        asked_for[asked_for.index(_ASKED["supplier"])] = "b.supplier IS NULL"
        del given["supplier"]
    return " AND ".join((checks, *asked_for)), given


def _contents(connection: sa.Connection) -> dict[Version, ProcedureContent]:
    return {
        (row["code"], row["version"]): mapping.procedure_version(row).content
        for row in asked(connection, _VERSIONS)
    }


def _limits(one: Characteristic) -> tuple[float | None, float | None]:
    return None if one.lower is None else float(one.lower), None if one.upper is None else float(one.upper)


def _several_units(contents: Iterable[ProcedureContent]) -> bool:
    """Tell whether any code is measured in more than one unit, in whichever procedures: seldom, and then units count."""
    units: dict[str, str] = {}
    return any(
        units.setdefault(one.code, one.unit) != one.unit for c in contents for one in c.characteristics
    )


def _measured(
    versions: Mapping[Version, ProcedureContent], last: Version, counted: Mapping[str, int]
) -> tuple[CharacteristicChoice, ...]:
    """Return what was measured: as the version last used says, then what only earlier ones knew.

    Args: counted: readings by code; where units count, by code, tab and unit.
    """
    known: dict[str, tuple[Characteristic, int]] = {}
    for content in (versions[last], *reversed(list(versions.values()))):
        for one in content.characteristics:
            found = counted.get(one.code) or counted.get(f"{one.code}\t{one.unit}")
            if one.kind == "variable" and found:
                known.setdefault(one.code, (one, found))
    return tuple(
        CharacteristicChoice(one.code, one.name, one.unit, one.lower, one.upper, one.nominal, found)
        for one, found in known.values()
    )


def _counted(row: Sequence[Any], checks: Mapping[tuple[str, str], Sequence[Claimed]]) -> LotCountRow:
    """Return what is true of a lot: the union of what was found, without what a third person found untrue."""
    _, batch, number, supplier, at, decided, tallied, looked = row
    units = looked if tallied is None else json.loads(tallied)["comparison"]["sample"]
    if not checks:
        return LotCountRow(batch, number, supplier, at, units, None if tallied else 0, 0, (), ())
    together = union_of(*checks.values())
    if decided:
        together = as_decided(together, checks, json.loads(decided)["resolutions"])
    bad = {one.unit for one in together}
    classes, codes = Counter[DefectClass](), Counter[str]()
    for one in together:
        classes[one.defect_class] += one.count
        codes[one.code] += one.count
    return LotCountRow(
        batch,
        number,
        supplier,
        at,
        max(units, len(bad)),
        None if tallied else len(bad),
        sum(codes.values()),
        tuple((one, classes[one]) for one in BY_SERIOUSNESS if classes[one]),
        tuple(sorted(codes.items())),
    )


def as_decided(
    together: Iterable[Claimed],
    checks: Mapping[tuple[str, str], Sequence[Claimed]],
    resolutions: Iterable[Mapping[str, object]],
) -> tuple[Claimed, ...]:
    """Return the union as settled: of what both counted and a third found untrue, what neither counted alone stands."""
    untrue = {(one["unit"], one["code"]) for one in resolutions if not one["holds"]}
    least: dict[tuple[int | None, str], dict[str, int]] = {}
    for (place, _), claims in checks.items():
        for one in union_of(claims):
            by_place = least.setdefault((one.unit, one.code), {})
            by_place[place] = max(by_place.get(place, 0), one.count)
    standing = []
    for one in together:
        mark = one.unit, one.code
        if mark not in untrue:
            standing.append(one)
        elif len(least[mark]) > 1:
            standing.append(replace(one, count=min(least[mark].values())))
    return tuple(standing)
