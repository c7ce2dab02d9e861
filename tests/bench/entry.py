# SPDX-License-Identifier: Apache-2.0
"""P3: recording a defect with its event, against the bare driver: one durable insert, and the same with its event."""

from __future__ import annotations

from functools import partial
from itertools import count
from pathlib import Path

from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.upgrading import upgrade
from tests.bench.bare import Bare, require_durable
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect

TARGET = "2.5x, then 1.6x"


def run(folder: Path, size: Size) -> list[Line]:
    """Record as many defects as there are rounds in one running check; twice, for the two bare sides."""
    database = connect(str(folder), durable=True)
    upgrade(database)
    require_durable(database)
    house = House.ready(database, HandClock())
    lines = []
    for name, chained in (("P3 defect, bare insert", False), ("P3 defect, bare insert with event", True)):
        started = house.start("linh", house.batch(quantity=300))
        units = len(started.opened.sample)
        bare = [Bare(folder, f"{started.check}-{n}") for n in (1, 2)]
        ours = partial(_record, house, started.check, units, count())
        by_bare = [partial(_bare, side, started.check, units, chained, count()) for side in bare]
        lines.append(
            compare(
                name,
                "" if chained else TARGET,
                ours=ours,
                base=by_bare[0],
                again=by_bare[1],
                rounds=size.rounds,
            )
        )
        with house.use.look() as uow:
            recorded = [(f.unit, f.code) for f in uow.work(started.check).standing_findings()]
        assert recorded == bare[0].found() == bare[1].found(), "both sides hold the same defects"
        for side in bare:
            side.close()
    database.dispose()
    return lines


def _record(house: House, check: str, units: int, turn: count[int]) -> None:
    finding = NewFinding(next(turn) % units + 1, "SCR")
    house.use.record(house.sittings["linh"], Entries(check, findings=(finding,)))


def _bare(side: Bare, check: str, units: int, chained: bool, turn: count[int]) -> None:
    unit = next(turn) % units + 1
    if chained:
        side.find(check, unit, "SCR", {"check": check, "unit": unit, "code": "SCR", "said": "x" * 600})
    else:
        side.insert_only(check, unit, "SCR")


BENCH = Bench("entry", "a defect recorded, one durable transaction", run)
