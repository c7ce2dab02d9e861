# SPDX-License-Identifier: Apache-2.0
"""How the demonstration's people inspect: what is wrong with the goods, and what each of the two finds of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from qcdesk.domain.events import RoundOpened
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.sampling import DefectClass
from qcdesk.services.demonstration.works import Life, Works
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.sign_check import Signed
from qcdesk.services.start_check import Started

Goods = Literal["clean", "few", "bad", "split", "critical"]
"""Clean; few defects, acceptable; bad, both reject; split, only the second finds enough to reject; critical, a grave
one that only the second finds."""

INSTRUMENTS = {
    "Caliper": "C-07",
    "Micrometer": "M-02",
    "Dial indicator": "D-01",
    "Torque meter": "T-11",
}
SAVES = 2  # how many times a small check is saved on its way


@dataclass(frozen=True)
class Look:
    """What one person finds: (sample number or None for a tally, code) and the readings by unit and characteristic."""

    faults: tuple[NewFinding, ...] = ()
    readings: dict[tuple[int, str], str] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)


Looks = Callable[[RoundOpened], tuple[Look, Look]]


def inspect(
    works: Works,
    batch: str,
    login: str,
    look: Callable[[RoundOpened], Look],
    *,
    a_unit: float = 1.0,
    units: int | None = None,
    saves: int = SAVES,
    sign: bool = True,
) -> Life[tuple[Started, Signed | None]]:
    """Take the free place, go through the sample and sign.

    Args: a_unit: minutes for each unit. units: stop after so many units, unsigned.
    """
    started = works.use.start_check(works.sitting(login), batch, knowing=True)
    opened = started.opened
    found = look(opened)
    n = len(opened.sample)
    until = n if units is None else min(units, n)
    yield from works.busy(login, until * a_unit + 4)
    yield 1
    size = max(1, -(-n // saves))
    for begin in range(1, until + 1, size):
        some = tuple(range(begin, min(begin + size, until + 1)))
        yield len(some) * a_unit
        works.use.record(works.sitting(login), entries_of(opened, started.check, found, some))
    if not sign or units is not None:
        return started, None
    yield 3
    signed = works.use.sign_check(works.hand(login), works.sitting(login), started.check)
    return started, signed


def entries_of(opened: RoundOpened, check: str, found: Look, units: tuple[int, ...]) -> Entries:
    """Return one save: the results of some units with what was found on them and measured of them."""
    if opened.procedure.content.tally:
        last = len(opened.sample) in units
        return Entries(check, findings=found.faults if last else (), tallied=units[-1])
    return Entries(
        check,
        results=tuple(NewResult(u) for u in units),
        findings=tuple(f for f in found.faults if f.unit in units),
        readings=tuple(
            NewReading(unit, code, typed, found.instruments.get(code))
            for (unit, code), typed in found.readings.items()
            if unit in units
        ),
    )


def looks(goods: Goods, seed: int) -> Looks:
    """Return what the two find in a round, the same for the same seed and plan."""

    def both(opened: RoundOpened) -> tuple[Look, Look]:
        chance = random.Random(seed)
        first, second = _faults(opened, goods, chance)
        readings = _readings(opened, chance)
        instruments = {
            c.code: INSTRUMENTS[c.instrument_type]
            for c in opened.procedure.content.variables()
            if c.instrument_type in INSTRUMENTS
        }
        return Look(first, readings[0], instruments), Look(second, readings[1], instruments)

    return both


def _faults(
    opened: RoundOpened, goods: Goods, chance: random.Random
) -> tuple[tuple[NewFinding, ...], tuple[NewFinding, ...]]:
    """Return what first and second find. The union stays within every Ac where the goods are acceptable."""
    first: list[NewFinding] = []
    second: list[NewFinding] = []
    units = list(range(1, len(opened.sample) + 1))
    chance.shuffle(units)
    tally = opened.procedure.content.tally

    def put(defect_class: DefectClass, count: int, *sides: list[NewFinding]) -> None:
        plan = opened.plan.of(defect_class)
        codes = [k.code for k in opened.procedure.content.keypad() if k.defect_class == defect_class]
        if plan is None or not codes:
            return
        if tally:
            for side in sides if count else ():
                side.append(NewFinding(None, codes[0], count))
            return
        for unit in [u for u in units if u <= plan.n][:count]:
            units.remove(unit)
            fault = NewFinding(unit, chance.choice(codes))
            for side in sides:
                side.append(fault)

    def allowed(defect_class: DefectClass) -> int:
        plan = opened.plan.of(defect_class)
        return plan.ac if plan else 0

    if goods == "few" and tally:  # counts of a tally add up: one of them is surely acceptable
        put("minor", min(1, allowed("minor")), first, second)
    elif goods == "few":
        minors, majors = allowed("minor"), allowed("major")
        if minors:
            put("minor", 1, *chance.choice([[first], [second], [first, second]]))
        if minors > 1:
            put("minor", 1, first, second)
        if majors > 1:
            put("major", 1, first, second)
    elif goods == "bad":
        put("major", allowed("major") + 1, first, second)
        put("minor", min(1, allowed("minor")), second)
    elif goods == "split":
        put("minor", min(1, allowed("minor")), first, second)
        put("major", allowed("major") + 1, second)
    elif goods == "critical":
        put("minor", min(1, allowed("minor")), first)
        put("critical", 1, second)
    return tuple(first), tuple(second)


def _readings(
    opened: RoundOpened, chance: random.Random
) -> tuple[dict[tuple[int, str], str], dict[tuple[int, str], str]]:
    """Return readings inside the limits; the second differ from the first by what a gauge differs."""
    first: dict[tuple[int, str], str] = {}
    second: dict[tuple[int, str], str] = {}
    for unit in range(1, len(opened.sample) + 1):
        for c in opened.procedure.content.variables():
            step, low, high = _steps(c)
            true = round(chance.gauss((low + high) / 2, (high - low) / 9))
            for side in (first, second):
                read = min(high, max(low, true + chance.choice((-1, 0, 0, 1))))
                side[unit, c.code] = str(read * step)
    return first, second


def _steps(c: Characteristic) -> tuple[Decimal, int, int]:
    """Return a gauge's resolution, finer than the limits are written, and the limits in such steps."""
    upper = c.upper if c.upper is not None else Decimal(1)
    lower = c.lower if c.lower is not None else upper / 5
    exponent = upper.as_tuple().exponent
    assert isinstance(exponent, int), "limits are finite"
    digits = min(3, 1 - exponent)
    step = Decimal(1).scaleb(-digits)
    return step, int(lower / step), int(upper / step)
