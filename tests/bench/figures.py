# SPDX-License-Identifier: Apache-2.0
"""P5: scorecard, Pareto and board at several numbers of defects, and what keeping figures adds to a signature.

One lot is inspected as people do it. All others are copies of its rows, each with a hundred defects, spread over two
years, written in bulk straight into the projections, whose triggers are dropped in this one database beforehand; the
figures are then counted as for a workspace that had none. There is no event behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pysqlite3.dbapi2 as sqlite

from qcdesk.i18n import Catalogue
from qcdesk.services.scorecards import causes, scorecard
from qcdesk.services.start_check import Started
from qcdesk.store import figures
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.readers import SqlReaders
from qcdesk.store.upgrading import upgrade
from qcdesk.wording.scorecards import causes_picture
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect

IN_A_LOT = 100
MONTH_US = 30 * 86_400_000_000
MONTHS = 24
SIZES = (10_000, 1_000_000, 10_000_000)
CODES = ("SCR", "DEN", "SHO", "DIA", "BUR", "COL", "LAB", "CRA")
_COPIED = {  # table -> what of a copy is another's
    "batch": ("id",),
    "round": ("id", "batch"),
    "comparison": ("round", "batch"),
    "checking": ("id", "round", "batch"),
    "sign_off": ("round", "batch", "checking"),
}
_SCAN = "SELECT code, sum(count) FROM finding WHERE withdrawn IS NULL GROUP BY code"


def fill(file: Path, defects: int) -> None:
    """Write lots with their defects in bulk; see above."""
    connection: Any = sqlite.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    marks = ", ".join("?" * (len(_COPIED) + 1))
    named = connection.execute(
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
        (*_COPIED, "finding"),
    )
    for (name,) in named.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    lots = max(1, defects // IN_A_LOT)
    checks = [row[0] for row in connection.execute("SELECT id FROM checking ORDER BY place")]
    (round_id, batch) = connection.execute("SELECT id, batch FROM round").fetchone()
    for table in _COPIED:
        asked = connection.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in asked.description]
        hidden = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6]}
        rows = [dict(zip(columns, row, strict=True)) for row in asked.fetchall()]
        kept = [column for column in columns if column not in hidden]
        places = ", ".join("?" * len(kept))
        statement = f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({places})"
        connection.executemany(statement, _copies(table, rows, kept, lots))
    connection.executemany(
        "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, at, seq)"
        " VALUES (?, ?, ?, ?, ?, ?, 'minor', 1, '', '', 1, 1)",
        _findings(checks, round_id, batch, lots),
    )
    connection.execute("COMMIT")
    connection.close()


def _copies(table: str, rows: list[dict[str, Any]], kept: list[str], lots: int) -> Iterator[tuple[Any, ...]]:
    for lot in range(1, lots + 1):
        for row in rows:
            copy = dict(row)
            for column in _COPIED[table]:
                copy[column] = f"{lot:08x}{row[column][8:]}"
            if table == "batch":
                copy["number"] = f"B-{lot:06}"
                copy["registered_at"] -= lot % MONTHS * MONTH_US + lot  # no two at the same moment
            elif table == "checking":
                copy["started_at"] -= lot % MONTHS * MONTH_US
            elif table == "sign_off":
                copy["seq"] += 10_000 * lot
            yield tuple(copy[column] for column in kept)


def _findings(checks: list[str], round_id: str, batch: str, lots: int) -> Iterator[tuple[Any, ...]]:
    chance = Random(5)
    for lot in range(1, lots + 1):
        mine, own, of = (f"{lot:08x}{one[8:]}" for one in (checks[0], round_id, batch))
        for n in range(IN_A_LOT):
            yield f"{lot:08x}{n:024x}", mine, own, of, n + 1, chance.choice(CODES)


def run(folder: Path, size: Size) -> list[Line]:
    """Ask at each size by turns with the smallest; then sign with and without figures."""
    words, lines = Catalogue(), []
    sizes = SIZES if size.many > 1_000 else (size.few, size.many)
    small, *others = [_asked_of(folder / str(many), many, words) for many in sizes]
    for many, asked in zip(sizes[1:], others, strict=True):
        for name, ours in asked.steps.items():
            line = compare(
                f"P5 {name}: {many:,} over {sizes[0]:,} defects",
                "1.5x",
                ours=ours,
                base=small.steps[name],
                rounds=size.rounds // 4 + 1,
            )
            lines.append(line)
    for asked in (small, *others):
        asked.database.dispose()
    lines.append(_signing(folder, size))
    return lines


@dataclass(frozen=True)
class _Asked:
    """A workspace of one size, and what is asked of it."""

    database: Database
    steps: Mapping[str, Callable[[], object]]


def _asked_of(place: Path, many: int, words: Catalogue) -> _Asked:
    """Make a workspace of so many defects; its sums are those of a scan of the table."""
    database = connect(str(place), durable=True)
    upgrade(database)
    house = House.ready(database, HandClock())
    house.accepted()
    fill(place / FILE_NAME, many)
    figures.fill(database, anew=True)
    readers = SqlReaders(database.reading, house.use.look)
    bare: Any = sqlite.connect(str(place / FILE_NAME), isolation_level=None)
    total = sum(each.count for each in causes(readers.figures().rows))
    assert total == sum(n for _, n in bare.execute(_SCAN)), "the sums are those of a scan of the table"
    bare.close()
    supplier = house.supplier.supplier
    steps: dict[str, Callable[[], object]] = {
        "figures of all": readers.figures,
        "Pareto, drawn": partial(_pareto, readers, words),
        "scorecard of a supplier": partial(_scored, readers, supplier),
        "compare suppliers": readers.figures_of_each,
        "batches behind a bar": partial(readers.behind, supplier, {("found.minor", CODES[0])}),
        "defects of a supplier": partial(readers.defect_figures, supplier),
        "the last lots of a supplier": partial(readers.lot_run, supplier),
        "board, a lane": partial(readers.lane, "to_release", house.id("linh"), None, 50),
    }
    return _Asked(database, steps)


def _scored(readers: SqlReaders, supplier: str) -> object:
    return scorecard(readers.figures(supplier).rows)


def _pareto(readers: SqlReaders, words: Catalogue) -> object:
    found = readers.figures()
    return causes_picture(causes(found.rows), found.names, words)


def _signing(folder: Path, size: Size) -> Line:
    """Sign second checks by turns, once with figures and twice without."""
    database = connect(str(folder / "signing"), durable=True)
    upgrade(database)
    house = House.ready(database, HandClock())
    rounds = max(2, size.rounds // 4)
    started: list[Started] = []
    for _ in range(3 * (rounds + 1)):
        batch = house.batch(quantity=80)
        house.check("linh", batch, {2: "SCR", 3: "DEN"})
        started.append(house.start("som", batch))
        house.record("som", started[-1], {2: "SCR", 3: "DEN"})
    turns = count()

    def sign() -> None:
        house.sign("som", started[next(turns)])

    def without() -> None:
        with mock.patch.object(figures, "follow"):
            sign()

    line = compare(
        "P5 second signature, with figures over without", "1.15x", ours=sign, base=without, rounds=rounds
    )
    database.dispose()
    return line


BENCH = Bench(
    "figures", "figures of suppliers at several numbers of defects, and what keeping them costs", run
)
