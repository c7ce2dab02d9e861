# SPDX-License-Identifier: Apache-2.0
"""Of which units a check may say something: the drawn sample, or the second person's own where all is split."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, quoted

Pinned = dict[str, Any]
ROWS = {
    "results": (
        "unit_result",
        "INSERT INTO unit_result (checking, unit, not_done, seq) VALUES ('{check}', {unit}, NULL, 1)",
    ),
    "findings": (
        "finding",
        "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, at, seq,"
        f" withdrawn) VALUES ('{OTHER}', '{{check}}', '', '', {{unit}}, 'SCR', 'minor', 1, '', '', 1, 1, NULL)",
    ),
    "readings": (
        "reading",
        "INSERT INTO reading (id, checking, round, batch, unit, characteristic, typed, value, measure, inside,"
        f" defect_class, at, reason, replaced, seq) VALUES ('{OTHER}', '{{check}}', '', '', {{unit}}, 'DIA', '12', '12',"
        " 'mm', 1, 'major', 1, '', 0, 1)",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Around:
    """What a round pinned: ``shared`` says whether the second person looks at all of the drawn sample."""

    what: str
    shared: bool
    change: Callable[[Pinned], None]


def _as_it_is(_opened: Pinned) -> None:
    pass


def _content(**changes: object) -> Callable[[Pinned], None]:
    def change(opened: Pinned) -> None:
        content = opened["procedure"]["content"]
        for name, value in changes.items():
            if value is None:
                content.pop(name, None)
            else:
                content[name] = value

    return change


def _mode(mode: str | None) -> Callable[[Pinned], None]:
    def change(opened: Pinned) -> None:
        (bore,) = opened["procedure"]["content"]["characteristics"]
        bore.pop("mode")
        if mode:
            bore["mode"] = mode

    return change


def _one_joined(opened: Pinned) -> None:
    opened["plan"]["n"] -= 1
    opened["overlap"] = [unit for unit in opened["overlap"] if unit <= opened["plan"]["n"]]


def _nothing_fresh(opened: Pinned) -> None:
    del opened["fresh"], opened["overlap"]


AROUND = (
    Around("all is split", False, _as_it_is),
    Around("the bore is blind", True, _mode(None)),
    Around("the bore is reviewed", True, _mode("review")),
    Around("the defects are blind", True, _content(defects_mode=None)),
    Around("the defects are called blind", True, _content(defects_mode="blind")),
    Around("there are no defects", False, _content(defects=[], defects_mode=None)),
    Around("nothing is said of defects", False, _content(defects=None, defects_mode=None)),
    Around("nothing is measured", False, _content(characteristics=[])),
    Around("a unit joined the sample", False, _one_joined),
    Around("nothing is fresh", False, _nothing_fresh),
)


def cases(world: World) -> Iterator[Case]:
    """Yield a signature over an entry on each kind of unit, of each kind of round, in each place."""
    scene = world.split
    with world.house.use.look() as uow:
        pinned = uow.round(scene.round).opened.spelled
    for around in AROUND:
        opened: Pinned = json.loads(pinned)
        around.change(opened)
        stored = json.dumps(opened, ensure_ascii=False, separators=(",", ":"))
        for place in ("first", "second", "third"):
            for unit in _units(json.loads(pinned)):
                for name in ROWS:
                    refused = unit not in _allowed(opened, place, shared=around.shared)
                    yield _signed(world, name, unit, place, stored, refused, around.what)
    stored = json.dumps(json.loads(pinned), ensure_ascii=False, separators=(",", ":"))
    last = len(json.loads(pinned)["sample"]) + 1
    bare: Pinned = json.loads(pinned)
    _nothing_fresh(bare)
    alone = json.dumps(bare, ensure_ascii=False, separators=(",", ":"))
    split = f"UPDATE round SET opened = {quoted(stored)} WHERE id = '{world.first_check.round}'"
    for unit in _units(json.loads(pinned)):
        refused = unit not in _allowed(bare, "second", shared=False)
        case = _signed(world, "results", unit, "second", alone, refused, "only another round has fresh units")
        yield Case(case.trigger, case.what, refused, (split, *case.ready), case.statement)
    for name, (_, row) in ROWS.items():
        case = _signed(world, name, 1, "first", stored, False, "another check has what this one may not have")
        elsewhere = row.format(check=world.registered.batch, unit=last).replace(OTHER, "e" * 32)
        yield Case(case.trigger, case.what, False, (*case.ready, elsewhere), case.statement)


def _units(opened: Pinned) -> tuple[int, ...]:
    """Return one unit of each kind: in the overlap, the first person's alone, the last drawn, fresh, none."""
    m, overlap = len(opened["sample"]), opened["overlap"]
    alone = next(u for u in range(1, m) if u not in overlap)
    return 0, overlap[0], alone, m, m + 1, m + len(opened["fresh"]), m + len(opened["fresh"]) + 1


def _allowed(opened: Pinned, place: str, *, shared: bool) -> set[int]:
    """Return the units of which a check may say something, as people read the rule."""
    m = len(opened["sample"])
    drawn = set(range(1, m + 1))
    if place != "second":
        return drawn
    own = set(opened.get("overlap", ())) | set(range(m + 1, m + len(opened.get("fresh", ())) + 1))
    joined = set(range(opened["plan"]["n"] + 1, m + 1))
    return drawn | own if shared else own | joined


def _signed(world: World, name: str, unit: int, place: str, stored: str, refused: bool, what: str) -> Case:
    scene, (_, row) = world.split, ROWS[name]
    ready = (
        f"UPDATE round SET opened = {quoted(stored)} WHERE id = '{scene.round}'",
        *(
            f"DELETE FROM {each} WHERE checking IN ('{scene.second}', '{scene.first}')"
            for each, _ in ROWS.values()
        ),
        f"UPDATE checking SET state = 'retracted' WHERE id = '{scene.first}'",
        f"UPDATE checking SET place = '{place}' WHERE id = '{scene.second}'",
        f"DELETE FROM sign_off WHERE round = '{scene.round}'",
        row.format(check=scene.second, unit=unit),
    )
    statement = (
        "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at, maker,"
        f" standing) VALUES ({world.head + 1}, '{scene.batch}', '{scene.round}', 'second', '{world.som}', 'k',"
        f" '{scene.second}', '', 'accepted', 'r', 1, 0, 1)"
    )
    return Case(
        "sign_off_own_sample",
        f"{what}: {name} of unit {unit} in the {place} check",
        refused,
        ready,
        statement,
    )
