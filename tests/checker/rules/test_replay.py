# SPDX-License-Identifier: Apache-2.0
"""The replay takes every log that the program writes: the demonstration's months, and a house where all has happened.

And none stops it, whatever one of its lines says: one field is replaced, as whoever holds the key could write it, and the
log goes on from there, rules and tables.
"""

from __future__ import annotations

import copy
import pickle
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qcdesk.checker import lines
from qcdesk.checker.lines import Line
from qcdesk.checker.rules.shapes import SHAPES
from qcdesk.store.verification import Ledger
from tests.checker.logs import checked, opened


def test_whatever_the_program_allowed_the_rules_allow(played: Path) -> None:
    assert checked(played).findings == ()


# A line may say whatever its key signs -------------------------------------------------------------------------------

HOSTILE: tuple[Any, ...] = (
    0, 1, 2, 3, -1, 2**53 - 1, None, True, False, "", "x", "NaN", "sNaN", "Infinity", "1e9", "-0", "0", "=", "@",
    "99999999999999999999999999.999999999", "critical", "major", "minor", "review", "split", "blind", "all", "zero",
    "aql", "tightened", "reduced", "third", "9999-12-31", "0001-01-01", "f" * 32, "0" * 32, "0" * 64, [], {}, [1],
    [1, 1], "1" * 5_000,
)  # fmt: skip
FOLLOWING = 25
"""How many lines of the honest log come after a hostile one."""
Place = tuple[str | int, ...]


def places(value: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Yield every place of a body, and what stands there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inside:
        yield (*at, name), item
        yield from places(item, (*at, name))


def changed(body: dict[str, Any], chance: random.Random, known: dict[str | int, list[Any]]) -> dict[str, Any]:
    """Return a body in which one place says something else, which some other line says there, or which is hostile."""
    found = copy.deepcopy(body)
    all_of_it = list(places(found))
    if not all_of_it:
        return found
    at, _ = chance.choice(all_of_it)
    inside: Any = found
    for name in at[:-1]:
        inside = inside[name]
    of_its_kind = known.get(next((name for name in reversed(at) if isinstance(name, str)), ""), [])
    inside[at[-1]] = copy.deepcopy(
        chance.choice(of_its_kind if of_its_kind and chance.random() < 0.5 else HOSTILE)
    )
    return found


def hostile_lines(log: list[Line], chance: random.Random, count: int) -> dict[int, list[Line]]:
    """Return changed lines by where they stand, all of the form of their kind."""
    known: dict[str | int, list[Any]] = {}
    for line in log:
        for at, value in places(line.body):
            known.setdefault(at[-1], []).append(value)
    found: dict[int, list[Line]] = {}
    for _ in range(count):
        number = chance.randrange(1, len(log))
        line = log[number]
        tried = (changed(line.body, chance, known) for _ in range(40))
        body = next((b for b in tried if b != line.body and SHAPES[line.type][1](b) is None), None)
        if body is not None:
            found.setdefault(number, []).append(replace(line, body=body))
    return found


def took(folder: Path, seed: int, count: int) -> int:
    """Let the log go on from so many hostile lines; return of how many something was found."""
    with opened(folder) as db:
        rows = db.execute("SELECT seq, body, sig, hash FROM event ORDER BY seq").fetchall()
    log = [lines.read(lines.Row(*row)) for row in rows]
    hostile = hostile_lines(log, random.Random(seed), count)
    ledger, found = Ledger(), 0
    for number, line in enumerate(log):
        before = pickle.dumps(ledger) if number in hostile else b""
        for wrong in hostile.get(number, ()):
            one: Ledger = pickle.loads(before)
            for each in (wrong, *log[number + 1 : number + FOLLOWING]):
                one.come_by(each)
                if one.keys.of(each) is not None:
                    one.apply(each)
            found += bool(one.findings)
        ledger.come_by(line)
        ledger.apply(line)
    assert ledger.findings == []
    return found


def test_no_line_however_hostile_stops_the_replay(played: Path) -> None:
    assert took(played, 1, 150) > 40  # else they would be too tame to prove anything


@pytest.mark.long
def test_no_line_of_many_stops_the_replay(played: Path) -> None:
    for seed in range(100):
        took(played, seed, 500)
