# SPDX-License-Identifier: Apache-2.0
"""P5: all that a user opens at several numbers of defects, and what keeping figures adds to a signature.

A supplier makes promises, and a few lots are inspected, released and shipped as people do it; as many others wait at
every size. All others are copies of the rows of one, each with fifty defects, spread evenly over two years, written
in bulk straight into the projections, whose triggers are dropped in this one database beforehand. There is no event
behind the copies. What they count is written in bulk, too, and that of some of them held against what the program
counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import count as counting
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pysqlite3.dbapi2 as sqlite

from qcdesk.domain.promises import PromiseTest
from qcdesk.gui.screens.board.notes import board_notes, foreseen
from qcdesk.i18n import Catalogue
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.scoreboards import read_scoreboard
from qcdesk.services.scorecards import causes, scorecard
from qcdesk.services.start_check import Started
from qcdesk.services.supplier_comparisons import compared
from qcdesk.services.use_cases import UseCases
from qcdesk.services.waiting_times import since_when, waiting
from qcdesk.store import figures
from qcdesk.store.database import FILE_NAME, Database, begin_writing
from qcdesk.store.readers import SqlReaders
from qcdesk.store.upgrading import upgrade
from qcdesk.wording.scorecards import causes_picture
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect

IN_A_LOT = 50
DAY_US = 86_400_000_000
HALF_A_MINUTE_US = 30_000_000
YEARS = 2 * 365
SAMPLE = 50
OPEN = 40
"""So many lots have not left yet."""
APART = 10_000
"""Between the numbers of the events of one lot and those of the next."""
SIZES = (10_000, 1_000_000, 10_000_000)
CODES = ("SCR", "DEN", "SHO", "DIA", "BUR", "COL", "LAB", "CRA")
_COPIED = {  # table -> what of a copy is another's: ids, numbers of events, times
    "batch": (("id", "round"), ("seq",), ("registered_at", "lane_since")),
    "batch_number": (("batch",), ("seq",), ()),
    "round": (("id", "batch"), ("seq",), ()),
    "comparison": (("round", "batch"), ("seq",), ()),
    "checking": (("id", "round", "batch"), ("seq", "signed"), ("started_at",)),
    "sign_off": (("round", "batch", "checking"), ("seq",), ("at",)),
    "line": (("batch", "round", "checking"), ("seq",), ("at",)),
    "touch": (("batch",), ("seq",), ("at",)),
}
_NOT_COPIED = ("house.units", "house.minutes")  # of results unit by unit
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
    (round_id, batch) = connection.execute("SELECT id, batch FROM round ORDER BY seq").fetchone()
    checks = [
        row[0]
        for row in connection.execute("SELECT id FROM checking WHERE batch = ? ORDER BY place", (batch,))
    ]
    for table in _COPIED:
        named = "id" if table == "batch" else "batch"
        asked = connection.execute(f"SELECT * FROM {table} WHERE {named} = ?", (batch,))
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
    ids, numbers, times = _COPIED[table]
    for lot in range(1, lots + 1):
        for row in rows:
            copy = dict(row)
            for column in ids:
                copy[column] = row[column] and f"{lot:08x}{row[column][8:]}"
            for column in numbers:
                copy[column] = row[column] and row[column] + APART * lot
            for column in times:
                copy[column] += DAY_US * _day(lot, lots) + HALF_A_MINUTE_US * (
                    lot % 1_000
                )  # none at one moment
            if "number" in copy:
                copy["number"] = f"B-{lot:06}"
            yield tuple(copy[column] for column in kept)


def _day(lot: int, lots: int) -> int:
    """Return how many whole days a copy came after the lot that it is one of: after all that people made."""
    return 1 + (YEARS - 1) * lot // lots


def count(database: Database, file: Path, lots: int) -> None:
    """Write what the copies count, and hold a sample of it against what the program counts."""
    bare: Any = sqlite.connect(str(file), isolation_level=None)
    bare.execute("PRAGMA journal_mode = OFF")
    (batch,) = bare.execute("SELECT batch FROM round ORDER BY seq").fetchone()
    for table in ("figure", "figure_part"):
        for act in ("insert", "update", "delete"):
            bare.execute(f"DROP TRIGGER {table}_program_{act}")
    bare.execute("BEGIN")
    of_it = bare.execute("SELECT * FROM figure_part WHERE source = ?", (batch,)).fetchall()
    (at,) = bare.execute("SELECT registered_at FROM batch WHERE id = ?", (batch,)).fetchone()
    bare.executemany("INSERT INTO figure_part VALUES (?, ?, ?, ?, ?, ?, ?)", _parts(of_it, at, lots))
    for name, amount in (("found.minor", "sum(f.count)"), ("shown", "1")):
        bare.execute(
            "INSERT INTO figure_part (source, supplier, product, month, name, code, amount)"
            f" SELECT p.source, p.supplier, p.product, p.month, '{name}', f.code, {amount} FROM finding f"
            " JOIN figure_part p ON p.source = f.batch AND p.name = 'decided' AND p.code = '' GROUP BY 1, 2, 3, 4, 6"
        )
    bare.execute("DELETE FROM figure")
    bare.execute(figures._TOTAL_ALL)
    bare.execute("COMMIT")
    bare.close()
    sample = [f"{lot:08x}{batch[8:]}" for lot in range(1, lots + 1, max(1, lots // SAMPLE))]
    with database.reading() as connection:
        assert figures.of_lots(connection, sample) == figures._kept(connection, sample), (
            "as the program counts"
        )


def _parts(of_it: list[tuple[Any, ...]], at: int, lots: int) -> Iterator[tuple[Any, ...]]:
    [(supplier, product)] = {(row[1], row[2]) for row in of_it}
    for lot in range(1, lots + 1):
        days = _day(lot, lots)
        source, month = f"{lot:08x}{of_it[0][0][8:]}", figures.month_of(at + DAY_US * days)
        amounts = {row[4]: row[6] for row in of_it if row[4] not in _NOT_COPIED}
        amounts |= {"inspected": max(IN_A_LOT, amounts["inspected"])}
        amounts |= dict.fromkeys(("nonconforming", "nonconforming.minor"), IN_A_LOT)
        amounts |= {"late": 1} if days else {}
        for name, amount in amounts.items():
            yield source, supplier, product, month, name, "", amount


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
    supplier, linh = house.supplier.supplier, house.sittings["linh"]
    house.use.open_action(linh, NewAction(supplier, "Dents on covers", ("DEN",)))
    for test in (PromiseTest("rate", "DEN", percent=Decimal("0.5"), lots=3), PromiseTest("accepted")):
        house.use.make_promise(linh, "CA-1", "No more dents", date(2099, 1, 1), test)
    [*_, shipped] = [_shipped(house) for _ in range(3)]
    for _ in range(OPEN):
        house.accepted()
    fill(place / FILE_NAME, many)
    count(database, place / FILE_NAME, max(1, many // IN_A_LOT))
    house.clock.forward(days=YEARS)
    readers = SqlReaders(database.reading, house.use.look)
    use = replace(house.use, read=readers)
    bare: Any = sqlite.connect(str(place / FILE_NAME), isolation_level=None)
    total = sum(each.count for each in causes(readers.figures().rows))
    assert total == sum(n for _, n in bare.execute(_SCAN)), "the sums are those of a scan of the table"
    bare.close()
    som, today = house.id("som"), house.clock.today()
    [action] = use.corrective_actions(supplier)
    assert [p.decision.state for p in action.promises] == ["kept", "kept"], "by the first lots"
    assert len(readers.care.queue(today)) == OPEN
    steps: dict[str, Callable[[], object]] = {
        "figures of all": readers.figures,
        "Pareto, drawn": partial(_pareto, readers, words),
        "scorecard of a supplier, with promises and replies": partial(_scored, use, supplier),
        "all promises": use.corrective_actions,
        "scoreboard": partial(read_scoreboard, use),
        "forecast of the board": partial(foreseen, use),
        "waiting page": partial(_waiting, use),
        "compare suppliers": partial(compared, use),
        "supplier's page": partial(readers.supplier, supplier),
        "list of suppliers": readers.suppliers,
        "batches behind a bar": partial(readers.behind, supplier, {("found.minor", CODES[0])}),
        "defects of a supplier": partial(readers.defect_figures, supplier),
        "the last lots of a supplier": partial(readers.lot_run, supplier),
        "board, a lane": partial(readers.lane, "to_release", som, None, 50),
        "board, what left": partial(readers.lane, "done", som, None, 50),
        "board, what waits for me": partial(readers.waiting, som, today),
        "board, its notes": partial(board_notes, use, som, words),
        "list of batches": partial(readers.batches, None, None, 50),
        "touches of the last batches": readers.care.touched,
        "complaints": readers.care.complaints,
        "in a signature's transaction: a lot counted anew": partial(_recounted, database, shipped),
    }
    return _Asked(database, steps)


def _waiting(use: UseCases) -> object:
    now, care = use.clock.now(), use.read.care
    return waiting(care.queue(use.clock.today()), care.signed_at(since_when(now)), now, care.queue_length())


def _scored(use: UseCases, supplier: str) -> object:
    return scorecard(use.read.figures(supplier).rows, actions=use.corrective_actions(supplier))


def _shipped(house: House) -> str:
    """Have a lot inspected, released and shipped, with a touch; return its id."""
    linh, today = house.sittings["linh"], house.clock.today()
    batch = house.use.ship_batch(linh, house.released(ship_by=today), 20, "Nova").batch
    house.use.care.touch(linh, "call", batch)
    return batch


def _recounted(database: Database, batch: str) -> None:
    """Take out what a lot counts and count it anew, as the commit of a signature does; then leave all as it was."""
    connection = database.take()
    try:
        begin_writing(connection)
        database.writing.on = True
        figures._replace(connection, [batch], {})
        figures._replace(connection, [batch], figures.of_lots(connection, [batch]))
        connection.rollback()
    finally:
        database.writing.on = False
        database.rest(connection)


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
    turns = counting()

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
