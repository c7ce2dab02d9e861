# SPDX-License-Identifier: Apache-2.0
"""P1: signing a check off through the service, its key already open, against the bare driver doing the same durably."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from qcdesk.store.upgrading import upgrade
from tests.bench.bare import Bare, require_durable
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect

TARGET = "2.0x, then 1.3x"


def run(folder: Path, size: Size) -> list[Line]:
    """Sign as many first checks as there are rounds: here, and twice by the bare driver."""
    database = connect(str(folder), durable=True)
    upgrade(database)
    require_durable(database)
    house = House.ready(database, HandClock())
    started = []
    for _ in range(size.rounds + 2):  # one more to copy its facts from, one to warm up
        started.append(house.start("linh", house.batch()))
        house.record("linh", started[-1])
    sample = house.sign("linh", started.pop())
    with house.use.look() as uow:
        document = uow.record(sample.fact.record)
    facts = _body(house, sample.seq)
    bare = [Bare(folder, name) for name in ("bare-1", "bare-2")]
    for side in bare:
        for each in started:
            side.open_check(each.check, house.id("linh"), "first")
    turns = [count(), count(), count()]

    def by_bare(side: int) -> None:
        turn = next(turns[side])
        one = f"{turn:08}".encode() + document[8:]  # each record is another one
        bare[side].sign(started[turn].check, house.id("linh"), facts, one)

    line = compare(
        "P1 sign-off, hands open",
        TARGET,
        ours=lambda: house.sign("linh", started[next(turns[2])]),
        base=lambda: by_bare(0),
        again=lambda: by_bare(1),
        rounds=size.rounds,
    )
    with house.use.look() as uow:
        checks = [uow.check(each.check) for each in started]
    ours = {(c.id, c.person, c.place) for c in checks if c.state == "signed"}
    assert len(ours) == len(started)
    assert ours == bare[0].signed() == bare[1].signed(), "both sides hold the same sign-offs"
    for side in bare:
        side.close()
    database.dispose()
    return [line]


def _body(house: House, seq: int) -> dict[str, object]:
    """Return all that a signed event says, for the bare side to say as much."""
    with house.database.reading() as connection:
        stored = connection.exec_driver_sql(f"SELECT body FROM event WHERE seq = {seq:d}").scalar_one()
    return {"event": bytes(stored).decode()}


BENCH = Bench("sign_off", "a first check signed, one durable transaction", run)
