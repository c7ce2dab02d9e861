# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about severities: which step from where, brought by a lot or by people, and what it lets open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, event, now, quoted

STATES = ("normal", "tightened", "reduced", "discontinued")
LOT = ("round.compared", "round.decided", "round.rejected_after_all")
KEY = ("supplier", "product", "procedure", "defect_class")
STEPS = {
    ("normal", "tightened"), ("normal", "reduced"), ("tightened", "normal"), ("reduced", "normal"),
    *((state, state) for state in STATES),
}  # fmt: skip
"""What may follow what, whoever brings it."""


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _by_event(world)
    yield from _once(world)
    yield from _moves(world)
    yield from _signed(world)
    yield from _planned(world)
    yield from _opens(world)


def _row(world: World, seq: int, severity: str = "tightened", **changed: object) -> str:
    values = {
        "seq": seq,
        "defect_class": "major",
        "supplier": "s",
        "product": "BOLT",
        "procedure": "IP-9",
        "severity": severity,
        "changed": 1,
        "state": "x",
        "batch": None,
        "person": world.linh,
        "other": "",
        **changed,
    }
    names, said = ", ".join(values), ", ".join(map(quoted, values.values()))
    return f"INSERT INTO severity ({names}) VALUES ({said})"


def _by_event(world: World) -> Iterator[Case]:
    at, seq, bolt = now(world), world.head + 1, world.bolt.batch
    for kind, by, about in product(
        (*LOT, "severity.set", "batch.saved"), (world.linh, world.som), (bolt, None, world.accepted.batch)
    ):
        act = event(seq, kind, by, at, batch=about)
        after = event(seq + 1, "supplier.saved", world.linh, at)
        for of in (bolt, None):
            right = kind != "batch.saved" and by == world.linh and about == of
            for late in ((), after):
                yield Case(
                    "severity_by_its_event",
                    f"{kind} by {by} about {about}: a row of {of}, {'late' if late else 'at once'}",
                    not right or bool(late),
                    (*act, *late),
                    _row(world, seq, batch=of),
                )


def _once(world: World) -> Iterator[Case]:
    seq, bolt = world.head, world.accepted.batch
    for before, of, defect_class in product((bolt, None), (bolt, None), ("major", "minor")):
        ready = (_row(world, 3, batch=before, defect_class=defect_class),)
        yield Case(
            "severity_once_of_batch",
            f"a row of {of} after one of {before}, {defect_class}",
            before == of == bolt and defect_class == "major",
            ready,
            _row(world, seq, batch=of),
        )


def _elsewhere() -> Iterator[dict[str, object]]:
    """Yield nothing, and each part of what is switched by itself as another one."""
    yield {}
    others = {"supplier": "t", "product": "NUT", "procedure": "IP-8", "defect_class": "minor"}
    for name in KEY:
        yield {name: others[name]}


def _moves(world: World) -> Iterator[Case]:
    seq, lot = world.head, world.accepted.batch
    for was, to, by, other in product((None, *STATES), STATES, (lot, None), _elsewhere()):
        before = () if was is None else (_row(world, 3, "normal"), _row(world, 4, was, **other))
        stood = "normal" if was is None or other else was
        right = (stood, to) in STEPS
        right = right or ((stood, to) == ("tightened", "discontinued") and by is not None)
        right = right or (to == "tightened" and by is None)
        yield Case(
            "severity_moves",
            f"from {was} of {other} to {to} by {'a lot' if by else 'people'}",
            not right,
            before,
            _row(world, seq, to, batch=by),
        )


def _signed(world: World) -> Iterator[Case]:
    at, seq, lot = now(world), world.head + 1, world.accepted.batch
    beside_each: tuple[tuple[str, ...], ...] = ((), (world.som,), (world.linh,), (world.minh,))
    for was, to, by, beside, other, elsewhere in product(
        (None, "reduced", "tightened"),
        ("normal", "tightened"),
        (lot, None),
        beside_each,
        ("", world.som, world.linh),
        _elsewhere(),
    ):
        if elsewhere and (was != "reduced" or to != "normal" or beside or other):
            continue
        act = event(seq, "severity.set", world.linh, at, beside=beside)
        before = () if was is None else (_row(world, 3, "normal"), _row(world, 4, was, **elsewhere))
        stood = None if elsewhere else was
        two = other == world.som and world.som in beside
        refused = by is None and not two and (stood, to) != ("reduced", "normal")
        if other == world.linh and not refused:
            continue  # nobody is named twice, whatever rules there are
        yield Case(
            "severity_by_two",
            f"from {was} of {elsewhere} to {to} by {by}, {beside} beside, {other} named",
            refused,
            (*act, *before),
            _row(world, seq, to, batch=by, other=other),
        )
    act = event(seq, "severity.set", world.linh, at) + event(
        seq + 1, "severity.set", world.linh, at, beside=(world.som,)
    )
    yield Case("severity_by_two", "beside another event", True, act, _row(world, seq, other=world.som))


def _planned(world: World) -> Iterator[Case]:
    seq, lot = world.head, world.accepted.batch
    planners = {world.linh, world.som, world.tam}
    for by, other, of, code in product(
        (world.linh, world.lan, world.tam),
        ("", world.som, world.lan, world.tam),
        (lot, None),
        ("CABLE", "PLUG"),
    ):
        may = planners if code == "CABLE" else planners - {world.tam}
        wrong = by not in may or (other != "" and other not in may)
        if by == other:
            continue
        yield Case(
            "severity_by_planners",
            f"{by} and {other} of {code}, {'a lot' if of else 'set'}",
            of is None and wrong,
            (),
            _row(world, seq, product=code, batch=of, person=by, other=other),
        )


def _opens(world: World) -> Iterator[Case]:
    own, supplied = world.made.batch, world.waiting.batch
    supplier = f"(SELECT supplier FROM batch WHERE id = '{supplied}')"
    for batch, switching, kind, defect_class, last, elsewhere in product(
        (supplied, own),
        (True, False),
        ("aql", "zero"),
        ("major", "minor"),
        ("discontinued", "tightened"),
        _elsewhere(),
    ):
        if elsewhere and (
            not switching or kind != "aql" or defect_class != "major" or last != "discontinued"
        ):
            continue
        code = "BOLT" if batch == supplied else "PH-204"
        if "product" in elsewhere:  # which other batches from this supplier are of
            elsewhere = {"product": "PH-204" if batch == supplied else "BOLT"}
        said = {
            "procedure": {
                "code": "IP-9",
                "content": {
                    **({"switching": {"edition": "z1.4"}} if switching else {}),
                    "rules": [
                        {"kind": kind, "defect_class": defect_class},
                        {"kind": "all", "defect_class": "critical"},
                    ],
                },
            }
        }
        rows = (
            "DELETE FROM severity",
            _row(world, 3, "discontinued" if last == "tightened" else "tightened", product=code),
            _row(world, 4, last, **{"product": code, **elsewhere}),
            _row(world, 5, "normal", product=code, defect_class="minor"),
        )
        here = (f"UPDATE severity SET supplier = {supplier} WHERE supplier = 's'",) if batch == supplied else (
            "UPDATE severity SET supplier = '' WHERE supplier = 's'",
        )  # fmt: skip
        stopped = (
            switching
            and kind == "aql"
            and defect_class == "major"
            and last == "discontinued"
            and not elsewhere
        )
        yield Case(
            "round_not_discontinued",
            f"of {code}, switching {switching}, {kind} for {defect_class}, {last} of {elsewhere}",
            stopped,
            (*rows, *here),
            f"INSERT INTO round (id, batch, no, opened, seq) VALUES ('{OTHER}', '{batch}', 9,"
            f" {quoted(json.dumps(said))}, {world.head})",
        )
