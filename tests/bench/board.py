# SPDX-License-Identifier: Apache-2.0
"""P4: one page of a lane as the board shows it, at two sizes, against the bare keyset query.

The batches are not registered one by one: they are written in bulk straight into the projection ``batch``, whose
triggers are dropped in this one database beforehand. There is no event behind them; only reading is measured.
Six in ten are done, of the others half wait to be inspected and half were rejected; two in three have a ship-by date.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite

from qcdesk.services.rows import Lane, LanePage
from qcdesk.store.database import FILE_NAME
from qcdesk.store.readers import SqlReaders
from qcdesk.store.upgrading import upgrade
from tests.bench.measuring import Bench, Line, Size, against, compare
from tests.workspace import HandClock, House, connect

PAGE = 50
LANE: Lane = "to_inspect"
STATES = ("registered", "rejected")
DAY = 86_400_000_000
_COLUMNS = (
    "id, number, product, supplier, line, quantity, order_no, ship_by, note, state, held, lane_since, round_no,"
    " next_severity, again_used, rework_ordered, released, shipped, registered_at, registered_by, seq"
)
_KEYSET = (
    "SELECT id, number, state, lane_since, ship_by, quantity FROM batch WHERE lane = ? AND lane <> 'done'"
    " AND ship_by IS NOT NULL AND (ship_by, lane_since, id) > (?, ?, ?) ORDER BY ship_by, lane_since, id LIMIT ?"
)


def fill(file: Path, house: House, many: int) -> None:
    """Write batches in bulk; see above."""
    connection: Any = sqlite.connect(str(file), isolation_level=None)
    triggers = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'batch'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    places = ", ".join("?" * (_COLUMNS.count(",") + 1))
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO batch ({_COLUMNS}) VALUES ({places})", _rows(house, many))
    connection.execute("COMMIT")
    connection.close()


def _rows(house: House, many: int) -> Iterator[tuple[object, ...]]:
    begun = house.clock.at - many * 1_000_000
    for n in range(many):
        done = n % 10 < 6
        state = "cancelled" if done else STATES[n // 10 % len(STATES)]
        ship_by = f"2026-{n // 10 % 12 + 1:02}-{n % 28 + 1:02}" if n % 3 else None
        at = begun + n * 1_000_000
        yield (
            *(
                f"{n:032x}",
                f"B-{n:06}",
                house.product.product,
                house.supplier.supplier,
                "",
                100,
                f"PO-{n % 997}",
            ),
            *(ship_by, "", state, 0, at, 0, "normal", 0, 0, 0, 0, at, house.id("linh"), 1),
        )


def run(folder: Path, size: Size) -> list[Line]:
    """Read the first page of a lane at both sizes, and set the larger against the smaller."""
    lines = []
    for many in (size.few, size.many):
        place = folder / str(many)
        database = connect(str(place), durable=True)
        upgrade(database)
        house = House.ready(database, HandClock())
        fill(place / FILE_NAME, house, many)
        readers = SqlReaders(database.reading, house.use.look)
        bare: Any = sqlite.connect(str(place / FILE_NAME), isolation_level=None)
        ours = partial(readers.lane, LANE, house.id("linh"), None, PAGE)
        base = partial(_page, bare)
        page: LanePage = readers.lane(LANE, house.id("linh"), None, PAGE)
        dated = [row.batch for row in page.rows if row.ship_by is not None]
        assert dated == [row[0] for row in base()][: len(dated)], "both sides show the same batches"
        assert len(page.rows) == min(PAGE, page.total)
        lines.append(
            compare(
                f"P4 board page, {many:,} batches", "2x, then 1.5x", ours=ours, base=base, rounds=size.rounds
            )
        )
        waiting = partial(readers.waiting, house.id("linh"), house.clock.today())
        lines.append(
            compare(
                f"   what waits for me, {many:,}", "", ours=waiting, base=base, rounds=size.rounds // 4 + 1
            )
        )
        bare.close()
        database.dispose()
    few, few_waiting, large, large_waiting = lines
    lines.append(against("P4 page, large over small", "1.3x, then 1.1x", large.ours, few.ours, None))
    lines.append(against("   waiting, large over small", "", large_waiting.ours, few_waiting.ours, None))
    lines.append(against("   bare query, large over small", "", large.base, few.base, None))
    return lines


def _page(connection: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - the driver's own connection
    found: list[tuple[Any, ...]] = connection.execute(_KEYSET, (LANE, "", -1, "", PAGE)).fetchall()
    return found


BENCH = Bench("board", "a page of 50 batches of a lane, few batches and many", run)
