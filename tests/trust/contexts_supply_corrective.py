# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about what came again: which event lays a stop, who decides about it, and what it holds back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import Case, event, now, quoted

OTHERS = {"supplier": "t", "product": "NUT", "code": "SCR", "action": "a", "lot": "b"}


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _laid(world)
    yield from _stays(world)
    yield from _decided(world)
    yield from _holds_back(world)
    yield from _tightens(world)


def _stop(world: World, seq: int, **changed: object) -> str:
    values = {
        "seq": seq,
        "supplier": world.house.supplier.supplier,
        "product": "BOLT",
        "code": "DEN",
        "action": world.action,
        "lot": world.bolt.batch,
        "decided": None,
        **changed,
    }
    return (
        f"INSERT INTO release_stop ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"
    )


def _laid(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind, decided in product(("defect.repeated", "action.closed"), (None, seq)):
        yield Case(
            "release_stop_by_its_event",
            f"{kind}, decided in {decided}",
            kind != "defect.repeated" or decided is not None,
            event(seq, kind, world.linh, at),
            _stop(world, seq, decided=decided),
        )
    both = event(seq, "defect.repeated", world.linh, at) + event(seq + 1, "action.closed", world.linh, at)
    yield Case("release_stop_by_its_event", "of another event", True, both, _stop(world, seq + 1))


def _stays(world: World) -> Iterator[Case]:
    for name, other in OTHERS.items():
        yield Case(
            "release_stop_stays",
            f"another {name}",
            True,
            (),
            f"UPDATE release_stop SET {name} = {quoted(other)} WHERE seq = {world.stop}",
        )
    for before in (None, 3):
        ready = (
            ()
            if before is None
            else (f"UPDATE release_stop SET decided = {before} WHERE seq = {world.stop}",)
        )
        yield Case(
            "release_stop_stays",
            f"decided, before in {before}",
            before is not None,
            ready,
            f"UPDATE release_stop SET decided = 4 WHERE seq = {world.stop}",
        )


def _decided(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = (
        (world.linh, (world.som,)),
        (world.linh, ()),
        (world.linh, (world.lan,)),
        (world.linh, (world.linh,)),
    )
    for kind, (by, beside), late in product(("stop.decided", "batch.lifted"), pairs, (False, True)):
        act = event(seq, kind, by, at, beside=beside)
        after = event(seq + 1, "supplier.saved", world.linh, at) if late else ()
        yield Case(
            "release_stop_by_two",
            f"{kind} by {by} with {beside}, {'late' if late else 'at once'}",
            kind != "stop.decided" or beside != (world.som,) or late,
            (*act, *after),
            f"UPDATE release_stop SET decided = {seq} WHERE seq = {world.stop}",
        )
    decide = f"UPDATE release_stop SET decided = {seq} WHERE seq = {world.stop}"
    by_two = event(seq, "stop.decided", world.linh, at, beside=(world.som,))
    plug = "UPDATE product SET family = 'Plugs' WHERE code = 'PLUG'"
    for family in ("Cables", "Plugs", "Nothing"):
        grant = (
            f"UPDATE role_grant SET families = '[\"{family}\"]'"
            f" WHERE person = '{world.som}' AND role = 'releaser'"
        )
        yield Case(
            "release_stop_by_two",
            f"one releases {family}",
            family != "Cables",  # which bolts are of
            (plug, grant, *by_two),
            decide,
        )
    yield Case(
        "release_stop_by_two",
        "two lift a hold, and another event decides",
        True,
        (
            *event(seq, "batch.lifted", world.linh, at, beside=(world.som,)),
            *event(seq + 1, "stop.decided", world.linh, at, beside=(world.som,)),
        ),
        decide,
    )
    yield Case(
        "release_stop_by_two",
        "nothing of a decision changes",
        False,
        (),
        f"UPDATE release_stop SET code = 'SCR' WHERE seq = {world.stop}",
    )


def _holds_back(world: World) -> Iterator[Case]:
    of = world.bolt.batch
    for state, decided, other in product(
        ("released", "released_under_concession", "rejected"),
        (False, True),
        ({}, {"supplier": "t"}, {"product": "NUT"}),
    ):
        ready: tuple[str, ...] = ("UPDATE release_stop SET decided = 3",) if decided else ()
        ready += tuple(f"UPDATE release_stop SET {name} = {quoted(value)}" for name, value in other.items())
        yield Case(
            "batch_release_stopped",
            f"{state}, {'decided' if decided else 'standing'}, {other}",
            state != "rejected" and not decided and not other,
            ready,
            f"UPDATE batch SET state = '{state}' WHERE id = '{of}'",
        )
    yield Case(
        "batch_release_stopped",
        "what was released stays so",
        False,
        (f"UPDATE batch SET state = 'released' WHERE id = '{of}'",),
        f"UPDATE batch SET state = 'released', note = 'x' WHERE id = '{of}'",
    )


def _tightens(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    names = "seq, defect_class, supplier, product, procedure, severity, changed, state, batch, person, other"
    for kind, to in product(("defect.repeated", "action.closed"), ("tightened", "normal")):
        row = f"{seq}, 'major', 's', 'BOLT', 'IP-9', '{to}', 1, 'x', NULL, '{world.linh}', ''"
        act = event(seq, kind, world.linh, at)
        statement = f"INSERT INTO severity ({names}) VALUES ({row})"
        said = f"{to} by {kind}"
        yield Case(
            "severity_by_its_event", said, (kind, to) != ("defect.repeated", "tightened"), act, statement
        )
        yield Case("severity_by_two", said, kind != "defect.repeated", act, statement)
        lans = statement.replace(world.linh, world.lan)
        by_lan = event(seq, kind, world.lan, at)
        yield Case("severity_by_planners", said, kind != "defect.repeated", by_lan, lans)
