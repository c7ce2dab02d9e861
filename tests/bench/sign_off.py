# SPDX-License-Identifier: Apache-2.0
"""P1: signing a check off through the service, its key already open, against the bare driver doing the same durably."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.services.sign_check import Signed
from qcdesk.services.start_check import Started
from qcdesk.store.upgrading import upgrade
from tests.bench.bare import Act, Bare, BareWhole, require_durable
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect

TARGET = "2.0x, then 1.3x"


def run(folder: Path, size: Size) -> list[Line]:
    """Sign as many checks as there are rounds, here and twice by the bare driver: whole, the least, and second ones."""
    database = connect(str(folder), durable=True)
    upgrade(database)
    require_durable(database)
    house = House.ready(database, HandClock())
    lines = [
        _whole(house, folder, size),
        _whole(house, folder, size, after_others=True),
        _least(house, folder, size),
        _second(house, folder, size),
    ]
    database.dispose()
    return lines


def _whole(house: House, folder: Path, size: Size, *, after_others: bool = False) -> Line:
    """As people sign: a defect was entered, what is to be signed was shown, then the check is signed.

    ``after_others``: by command, with nothing shown, and two hundred others came in between.
    """
    started = [
        _first(house) for _ in range(size.rounds + 2)
    ]  # one more to copy its facts from, one to warm up
    for each in started:
        if after_others:
            _last_entry(house, each)
    if not after_others:
        _last_entry(house, started[-1])
    sample = house.sign("linh", started.pop())
    body, document = _event(house, sample.seq), _record(house, sample)
    acts = [_act(house, each, "linh", "first", "awaiting_second") for each in started]
    turns = count()
    return _compared(
        "P1 sign-off, checks of others in between" if after_others else "P1 sign-off, hands open",
        "" if after_others else TARGET,
        house,
        [BareWhole(folder, f"whole-{after_others:d}-{n}") for n in (1, 2)],
        (acts, "first_check", lambda turn: house.sign("linh", started[turn])),
        (body, document, None),
        size,
        None if after_others else lambda: _up_to_signing(house, started[next(turns)]),
    )


def _up_to_signing(house: House, started: Started) -> None:
    """Enter the last defect, and look at what would be signed."""
    _last_entry(house, started)
    house.use.signing_page(house.sittings["linh"], started.check)


def _last_entry(house: House, started: Started) -> None:
    """Enter a defect, the last before the check is signed."""
    house.use.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR"),)))


def _least(house: House, folder: Path, size: Size) -> Line:
    """Against the check's state, the event and the record alone: what is told of the sign-off nowhere else."""
    started = [_first(house) for _ in range(size.rounds + 2)]
    sample = house.sign("linh", started.pop())
    body, document = _event(house, sample.seq), _record(house, sample)
    bare = [Bare(folder, f"least-{n}") for n in (1, 2)]
    for side in bare:
        for each in started:
            side.open_check(each.check, house.id("linh"), "first")
    turns = [count(), count(), count()]

    def by_bare(side: int) -> None:
        turn = next(turns[side])
        bare[side].sign(started[turn].check, house.id("linh"), body, _another(document, turn))

    line = compare(
        "P1, bare event and record alone",
        "",
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
    return line


def _second(house: House, folder: Path, size: Size) -> Line:
    rounds = max(2, size.rounds // 4)
    started = []
    for _ in range(rounds + 2):
        house.sign("linh", first := _first(house))
        started.append(house.start("som", _batch(house, first)))
        house.record("som", started[-1])
    sample = house.sign("som", started.pop())
    body, document, compared = (
        _event(house, sample.seq),
        _record(house, sample),
        _event(house, sample.seq + 1),
    )
    acts = [_act(house, each, "som", "second", sample.state, "I inspected independently") for each in started]
    return _compared(
        "P1 second signature with its comparison",
        "",
        house,
        [BareWhole(folder, f"second-{n}") for n in (1, 2)],
        (acts, "second_check", lambda turn: house.sign("som", started[turn])),
        (body, document, compared),
        Size(rounds=rounds),
    )


def _compared(
    name: str,
    target: str,
    house: House,
    bare: list[BareWhole],
    ours: tuple[list[Act], str, Callable[[int], Signed]],
    facts: tuple[dict[str, object], bytes, dict[str, object] | None],
    size: Size,
    before_ours: Callable[[], None] | None = None,
) -> Line:
    """Sign by turns, and hold both sides' ends against each other. ``ours``: the acts, their state before, how."""
    acts, before, sign = ours
    body, document, compared = facts
    for side in bare:
        for act in acts:
            side.open(act, before)
    turns = [count(), count(), count()]

    def by_bare(side: int) -> None:
        turn = next(turns[side])
        bare[side].sign_off(acts[turn], body, _another(document, turn), compared)

    line = compare(
        name,
        target,
        ours=lambda: sign(next(turns[2])),
        base=lambda: by_bare(0),
        again=lambda: by_bare(1),
        rounds=size.rounds,
        before_ours=before_ours,
    )
    ids = {act.check for act in acts}
    with house.database.reading() as connection:
        held = {
            Act(*row)
            for row in connection.exec_driver_sql(
                "SELECT s.checking, s.person, s.place, s.round, s.batch, b.state, s.meaning, s.verdict FROM sign_off s"
                " JOIN batch b ON b.id = s.batch JOIN checking c ON c.id = s.checking WHERE c.state = 'signed'"
            )
            if row[0] in ids
        }
    assert held == set(acts) == bare[0].acts() == bare[1].acts(), "both sides hold the same sign-offs"
    for side in bare:
        side.close()
    return line


def _first(house: House) -> Started:
    started = house.start("linh", house.batch())
    house.record("linh", started)
    return started


def _batch(house: House, started: Started) -> str:
    with house.use.look() as uow:
        return uow.check(started.check).batch


def _act(
    house: House, started: Started, login: str, place: str, state: str, meaning: str = "I inspected"
) -> Act:
    with house.use.look() as uow:
        check = uow.check(started.check)
    return Act(check.id, house.id(login), place, check.round, check.batch, state, meaning)


def _record(house: House, signed: Signed) -> bytes:
    with house.use.look() as uow:
        return uow.record(signed.fact.record)


def _another(document: bytes, turn: int) -> bytes:
    """Return a record of the same length that is no other turn's."""
    return f"{turn:08}".encode() + document[8:]


def _event(house: House, seq: int) -> dict[str, object]:
    """Return all that a signed event says, for the bare side to say as much."""
    with house.database.reading() as connection:
        stored = connection.exec_driver_sql(f"SELECT body FROM event WHERE seq = {seq:d}").scalar_one()
    return {"event": bytes(stored).decode()}


BENCH = Bench("sign_off", "a check signed, one durable transaction", run)
