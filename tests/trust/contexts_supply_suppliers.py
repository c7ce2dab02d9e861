# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about suppliers' status: who may set which over which, and what it keeps from being released."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, event, now, quoted

LEAST_FIRST = ("approved", "conditional", "blocked")


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _by_event(world)
    yield from _signed(world)
    yield from _steps(world)
    yield from _released(world)


def _row(world: World, seq: int, status: str = "blocked", **changed: object) -> str:
    values = {
        "seq": seq,
        "supplier": world.blocked,
        "status": status,
        "reason": "why",
        "at": 1,
        "person": world.linh,
        "other": "",
        **changed,
    }
    names, said = ", ".join(values), ", ".join(map(quoted, values.values()))
    return f"INSERT INTO supplier_status ({names}) VALUES ({said})"


def _by_event(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind, by in product(("supplier.status", "supplier.saved"), (world.linh, world.som)):
        for of in (seq, seq + 1):
            right = kind == "supplier.status" and by == world.linh and of == seq
            yield Case(
                "supplier_status_by_its_event",
                f"{kind} by {by}, row of {of - seq}",
                not right,
                event(seq, kind, by, at),
                _row(world, of),
            )


def _signed(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for by, beside, person, other in product(
        (world.linh, world.hoa),
        ((), (world.som,), (world.hoa,)),
        (world.linh, world.hoa, OTHER),
        ("", world.som),
    ):
        if person == other or by in beside:
            continue
        signers = {by, *beside} - {world.hoa}  # who is suspended and does nothing
        wrong = person not in signers or (other != "" and other not in signers)
        yield Case(
            "supplier_status_by_workers",
            f"{by} with {beside}, as {person} and {other}",
            wrong,
            event(seq, "supplier.status", by, at, beside=beside),
            _row(world, seq, person=person, other=other),
        )


def _steps(world: World) -> Iterator[Case]:
    seq, releasers = world.head + 1, {world.linh, world.som, world.tam}
    for was, to, by, other in product(
        ("", *LEAST_FIRST), LEAST_FIRST, (world.linh, world.lan), ("", world.som, world.lan)
    ):
        if by == other:
            continue
        rows = ("DELETE FROM supplier_status", _row(world, 3, "blocked" if was != "blocked" else "approved"),
                _row(world, 4, was)) if was else ("DELETE FROM supplier_status",)  # fmt: skip
        looser = LEAST_FIRST.index(to) < LEAST_FIRST.index(was or "approved")
        yield Case(
            "supplier_status_by_two",
            f"{was or 'nothing'} to {to} by {by} and {other}",
            looser and not {by, other} <= releasers,
            (*rows, _row(world, 5, "blocked", supplier=world.house.supplier.supplier)),
            _row(world, seq, to, person=by, other=other),
        )


def _released(world: World) -> Iterator[Case]:
    for stood, state, was, of in product(
        ("accepted", "released"),
        ("released", "released_under_concession", "returned"),
        LEAST_FIRST,
        ("own", "blocked"),
    ):
        comes = "supplier = NULL, line = 'L1'" if of == "own" else f"supplier = '{world.blocked}', line = ''"
        yield Case(
            "batch_supplier_not_blocked",
            f"{stood} to {state}, {of} goods, {was}",
            of == "blocked" and was == "blocked" and state != stood and state != "returned",
            (
                "DELETE FROM supplier_status",
                _row(world, 3, "approved" if was == "blocked" else "blocked"),
                _row(world, 4, was),
                _row(world, 5, "blocked", supplier=world.house.supplier.supplier),
                f"UPDATE batch SET {comes}, state = '{stood}' WHERE id = '{world.accepted.batch}'",
            ),
            f"UPDATE batch SET state = '{state}' WHERE id = '{world.accepted.batch}'",
        )
