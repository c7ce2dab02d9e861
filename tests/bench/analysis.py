# SPDX-License-Identifier: Apache-2.0
"""A chart of a million readings, from what is chosen to the picture, against the bare query of the same values.

One lot is inspected as people do it. All others are copies of its rows, written in bulk straight into the projections,
whose triggers are dropped in this one database beforehand; only reading is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pysqlite3.dbapi2 as sqlite

from qcdesk.domain.sampling import BY_SERIOUSNESS, ClassRule
from qcdesk.i18n import Catalogue
from qcdesk.services.analysis_charts import capability_of, chart_lots, chart_readings
from qcdesk.services.analysis_rows import AnalysisWish, ReadingColumns
from qcdesk.services.chart_layout import lay_out
from qcdesk.store.database import FILE_NAME
from qcdesk.store.readers import SqlReaders
from qcdesk.store.upgrading import upgrade
from qcdesk.wording.chart_pictures import capability_picture, control_picture
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import PRODUCT, HandClock, House, connect

READINGS_PER_BATCH = 10  # of ``Size.many`` batches: a million
UNITS = 20  # in each check
CLEAN = 0.8  # so many of the findings are not copied
WISH = AnalysisWish(product=PRODUCT, characteristic="DIA", place="both")
_BARE = "SELECT CAST(value AS REAL) FROM reading WHERE characteristic = 'DIA' AND replaced = 0"
_COPIED = {  # table -> what of a copy is another's: ids of the lot, of its round, its checks, and rows of their own
    "batch": ("id",),
    "round": ("id", "batch"),
    "comparison": ("round", "batch"),
    "checking": ("id", "round", "batch"),
    "sign_off": ("round", "batch", "checking"),
    "unit_result": ("checking",),
    "finding": ("id", "checking", "round", "batch"),
    "reading": ("id", "checking", "round", "batch"),
}


def fill(file: Path, lots: int) -> None:
    """Copy what is there of the one lot, ``lots`` times in all; values vary."""
    connection: Any = sqlite.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    marks = ", ".join("?" * len(_COPIED))
    found = connection.execute(
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", tuple(_COPIED)
    )
    for (name,) in found.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    for table in _COPIED:
        asked = connection.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in asked.description]
        hidden = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6]}
        rows = [dict(zip(columns, row, strict=True)) for row in asked.fetchall()]
        kept = [column for column in columns if column not in hidden]
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})",
            _copies(table, rows, kept, lots),
        )
    connection.execute("COMMIT")
    connection.close()


def _copies(table: str, rows: list[dict[str, Any]], kept: list[str], lots: int) -> Iterator[tuple[Any, ...]]:
    chance = Random(table)
    number = 0
    for lot in range(1, lots):
        for row in rows:
            copy = dict(row)
            number += 1
            if table == "finding" and chance.random() < CLEAN:
                continue
            for column in _COPIED[table]:
                copy[column] = f"{lot:08x}{row[column][8:]}"
            if table == "batch":
                copy["number"] = f"B-{lot:06}"
            elif table == "checking":
                copy["started_at"] += lot * 60_000_000
            elif table == "sign_off":
                copy["seq"] += 10_000 * lot
            elif table == "reading":
                copy["value"] = copy["typed"] = f"{chance.gauss(12.015, 0.008):.3f}"
            yield tuple(copy[column] for column in kept)


def run(folder: Path, size: Size) -> list[Line]:
    """Ask and draw both ways, in turn."""
    database = connect(str(folder), durable=True)
    upgrade(database)
    house = House.ready(database, HandClock())
    house.approve(rules=tuple(ClassRule(one, "all") for one in BY_SERIOUSNESS))
    batch = house.batch(quantity=UNITS)
    for login in ("linh", "som"):
        house.check(login, batch, {1: "SCR"})
    fill(folder / FILE_NAME, max(2, size.many * READINGS_PER_BATCH // (2 * UNITS)))
    readers = SqlReaders(database.reading, house.use.look)
    bare: Any = sqlite.connect(str(folder / FILE_NAME), isolation_level=None)
    found, plain = readers.readings(WISH), _bare(bare)
    assert sorted(found.values) == sorted(plain), "both sides have the same values"
    rounds = max(2, size.rounds // 20)
    steps: tuple[tuple[str, str, Callable[[], object]], ...] = (
        (f"{len(plain):,} readings, from choice to picture", "", partial(_pictured, readers)),
        ("   of these, from choice to columns", "2.5x", partial(readers.readings, WISH)),
        ("   of these, from columns to picture", "", partial(_drawn, found)),
        ("   capability instead, from columns on", "", partial(_capable, found)),
        (f"{len(found.subgroups) // 2:,} lots, share of bad units", "", partial(_lots, readers)),
        ("   what there is to choose from", "", readers.analysis_choices),
    )
    lines = [
        compare(name, target, ours=ours, base=partial(_bare, bare), rounds=rounds)
        for name, target, ours in steps
    ]
    bare.close()
    database.dispose()
    return lines


def _bare(connection: Any) -> Any:  # noqa: ANN401 - the driver's own connection, a NumPy array
    return np.fromiter((value for (value,) in connection.execute(_BARE)), dtype=np.float64)


def _pictured(readers: SqlReaders) -> object:
    return _drawn(readers.readings(WISH))


def _drawn(found: ReadingColumns) -> object:
    drawn = chart_readings(found)
    return lay_out(control_picture(drawn.chart, Catalogue(), names=drawn.names), 900, 500, _width)


def _capable(found: ReadingColumns) -> object:
    return lay_out(capability_picture(capability_of(found), Catalogue()), 900, 500, _width)


def _lots(readers: SqlReaders) -> object:
    drawn = chart_lots(readers.lot_counts(WISH).lots)
    return lay_out(control_picture(drawn.chart, Catalogue(), names=drawn.names), 900, 500, _width)


def _width(text: str, size: float, weight: int) -> float:
    return len(text) * size * weight / 800


BENCH = Bench(
    "analysis", "a chart of a million readings of a workspace, from what is chosen to the picture", run
)
