# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about nonconformities: counted, of goods that are amiss, never blind, closed by another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from qcdesk.domain.batches import STATES
from tests.store.scenes import World
from tests.trust.rule_cases import Case, event, now, quoted

_BLIND = ("first_check", "awaiting_second", "second_check")
_HELD = ("rejected", "disagreed", "withdrawn")


def cases(world: World) -> Iterator[Case]:
    """Yield every case. The world has three: the first is closed, the third was closed and is open again."""
    yield from _in_a_row(world)
    yield from _within(world)
    yield from _together(world)
    yield from _of_something(world)
    yield from _not_blind(world)
    yield from _by_event(world)
    yield from _in_order(world)
    yield from _by_another(world)
    yield from _by_another_than_of_others(world)
    yield from _over_something(world)


def _one(world: World, **changed: object) -> str:
    values = {"number": 4, "seq": world.head, "batch": world.rejected.batch, "quantity": 1, "person": world.linh,
              "at": 1, "body": "{}", **changed}  # fmt: skip
    return (
        f"INSERT INTO nonconformity ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"
    )


def _step(world: World, **changed: object) -> str:
    values = {"seq": world.head, "nonconformity": 2, "batch": world.rejected.batch, "type": "nonconformity.noted",
              "rests_on": None, "person": world.linh, "at": 1, "body": "{}", **changed}  # fmt: skip
    names = ", ".join(values)
    return f"INSERT INTO nonconformity_step ({names}) VALUES ({', '.join(map(quoted, values.values()))})"


def _in_a_row(world: World) -> Iterator[Case]:
    for number in (4, 5, 9):
        yield Case(
            "nonconformity_in_a_row",
            f"nonconformity {number} after three",
            number != 4,
            (),
            _one(world, number=number),
        )
    gone = ("DELETE FROM nonconformity_step", "DELETE FROM nonconformity")
    for number in (1, 2):
        yield Case(
            "nonconformity_in_a_row",
            f"{number} as the first of all",
            number != 1,
            gone,
            _one(world, number=number),
        )


def _within(world: World) -> Iterator[Case]:
    there = world.scalar(f"SELECT quantity FROM batch WHERE id = '{world.rejected.batch}'")
    larger = f"UPDATE batch SET quantity = quantity + 10 WHERE id = '{world.accepted.batch}'"
    for quantity, ready in product((there, there + 1), ((), (larger,))):
        yield Case(
            "nonconformity_within_batch",
            f"{quantity} of {there}",
            quantity > there,
            ready,
            _one(world, quantity=quantity),
        )


def _together(world: World) -> Iterator[Case]:
    """Units of a code, of what is open of the same batch, since a line says that they are added up."""
    there = int(world.scalar(f"SELECT quantity FROM batch WHERE id = '{world.rejected.batch}'"))
    gone = ("DELETE FROM nonconformity_step", "DELETE FROM nonconformity")
    larger = f"UPDATE batch SET quantity = quantity + 10 WHERE id = '{world.accepted.batch}'"
    marks, last = (None, False, True), ("noted", "closed", "reopened")
    for mark, before, code, other, kind, sum_ in product(
        marks, marks, ("SCR", "DEN"), (False, True), last, (there, there + 1)
    ):
        body = json.dumps({"codes": ["CRK", "SCR"]} | ({} if before is None else {"together": before}))
        first = _one(
            world, number=7, quantity=1, body=body, batch=(world.accepted if other else world.rejected).batch
        )
        step = _step(world, seq=9_000_001, nonconformity=7, type=f"nonconformity.{kind}")
        earlier = _step(world, seq=9_000_000, nonconformity=7, type="nonconformity.closed")
        said = json.dumps({"codes": [code]} | ({} if mark is None else {"together": mark}))
        counted = (mark or before) and (sum_ - 1 + (code == "SCR" and not other and kind != "closed")) > there
        yield Case(
            "nonconformity_together_within",
            f"{code}, {sum_} of {there}, of another batch {other}, {kind}, marks {before} {mark}",
            bool(counted),
            (*gone, larger, first, earlier, step),
            _one(world, number=8, quantity=sum_ - 1, body=said),
        )
        again = _one(world, number=8, quantity=sum_ - 1, body=said)
        ended = _step(world, seq=9_000_002, nonconformity=8, type="nonconformity.closed")
        reopened = json.dumps({} if mark is None else {"together": mark})
        yield Case(
            "nonconformity_step_together_within",
            f"{code}, {sum_} of {there}, of another batch {other}, {kind}, marks {before} {mark}",
            bool(counted),
            (*gone, larger, first, earlier, step, again, ended),
            _step(world, nonconformity=8, type="nonconformity.reopened", body=reopened),
        )
    all_ = _one(world, number=8, quantity=there + 1, body='{"codes": ["SCR"], "together": true}')
    for kind in ("noted", "reopened"):
        yield Case("nonconformity_step_together_within", f"{kind}", kind == "reopened", (*gone, all_),
                   _step(world, nonconformity=8, type=f"nonconformity.{kind}"))  # fmt: skip


def _of_something(world: World) -> Iterator[Case]:
    for state, held in product(STATES, (0, 1)):
        stands = f"UPDATE batch SET state = '{state}', held = {held} WHERE id = '{world.registered.batch}'"
        yield Case(
            "nonconformity_of_something",
            f"a batch that was never compared, {state}, {held}",
            not held and state not in _HELD,
            (stands,),
            _one(world, batch=world.registered.batch),
        )
    yield Case("nonconformity_of_something", "accepted", False, (), _one(world, batch=world.accepted.batch))


def _not_blind(world: World) -> Iterator[Case]:
    there, other = world.rejected.batch, world.accepted.batch
    for state, which in product(STATES, (there, other)):
        stands = f"UPDATE batch SET state = '{state}' WHERE id = '{which}'"
        blind = state in _BLIND and which == there
        for trigger, statement in (
            ("nonconformity_not_blind", _one(world)),
            ("nonconformity_step_not_blind", _step(world)),
        ):
            yield Case(trigger, f"{which} is {state}", blind, (stands,), statement)


def _by_event(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    there, other = world.rejected.batch, world.accepted.batch
    for kind, by, batch, later in product(
        ("nonconformity.opened", "nonconformity.noted"),
        (world.linh, world.som),
        (there, other),
        (False, True),
    ):
        made = event(seq, kind, by, at, batch=batch)
        made += event(seq + 1, "supplier.saved", world.linh, at) if later else ()
        said = f"{kind} by {by} of {batch}, {later}"
        own = by == world.linh and batch == there
        row_seq = seq + 1 if later else seq
        yield Case(
            "nonconformity_by_its_event",
            said,
            not (own and kind == "nonconformity.opened" and not later),
            made,
            _one(world, seq=row_seq),
        )
        yield Case(
            "nonconformity_step_by_its_event",
            said,
            not (own and kind == "nonconformity.noted" and not later),
            made,
            _step(world, seq=row_seq),
        )
    for number in (2, 3):
        made = event(seq, "nonconformity.noted", world.linh, at, batch=there)
        elsewhere = f"UPDATE nonconformity SET batch = '{other}' WHERE number = 3"
        yield Case(
            "nonconformity_step_by_its_event",
            f"of nonconformity {number} while the third is of another batch",
            number == 3,
            (*made, elsewhere),
            _step(world, seq=seq, nonconformity=number),
        )


def _in_order(world: World) -> Iterator[Case]:
    for number, kind in product((1, 2, 3), ("noted", "closed", "reopened")):
        yield Case(
            "nonconformity_step_in_order",
            f"nonconformity {number} is {kind}",
            (kind == "reopened") != (number == 1),
            (),
            _step(world, nonconformity=number, type=f"nonconformity.{kind}"),
        )


def _by_another(world: World) -> Iterator[Case]:
    opened = {1: world.linh, 2: world.linh, 3: world.som}
    for number, kind, person in product(
        (1, 2, 3), ("noted", "closed", "reopened"), (world.linh, world.som, world.minh)
    ):
        yield Case(
            "nonconformity_closed_by_another",
            f"nonconformity {number} is {kind} by {person}",
            kind == "closed" and person == opened[number],
            (),
            _step(world, nonconformity=number, type=f"nonconformity.{kind}", person=person),
        )


def _by_another_than_of_others(world: World) -> Iterator[Case]:
    """Yield who closes the second, which Linh opened, while Som opened all the others."""
    others = f"UPDATE nonconformity SET person = '{world.som}' WHERE number <> 2"
    for person in (world.linh, world.som):
        yield Case(
            "nonconformity_closed_by_another",
            f"the second is closed by {person}, and another one opened the others",
            person == world.linh,
            (others,),
            _step(world, type="nonconformity.closed", person=person),
        )


def _over_something(world: World) -> Iterator[Case]:
    def seq(table: str, batch: str) -> int:
        return world.scalar(f"SELECT max(seq) FROM {table} WHERE batch = '{batch}'")

    own = seq("disposition", world.rejected.batch)
    others = seq("disposition", world.reworked.batch)
    yes = seq("concession_answer", world.conceded.batch)
    no = seq("concession_answer", world.denied.batch)
    parts, crates = seq("batch_part", world.part), seq("batch_part", world.crate_part)
    for (batch, over, good), reason, kind in product(
        (
            (world.rejected.batch, own, True),
            (world.rejected.batch, others, False),
            (world.rejected.batch, yes, False),
            (world.conceded.batch, yes, True),
            (world.conceded.batch, own, False),
            (world.denied.batch, no, False),
            (world.parted.batch, parts, True),
            (world.part, parts, True),
            (world.parted.batch, crates, False),
            (world.part, crates, False),
            (world.rejected.batch, 1, False),
            (world.rejected.batch, None, None),
        ),
        ("", " ", "as agreed", None),
        ("closed", "noted"),
    ):
        body = "{}" if reason is None else f'{{"reason": "{reason}"}}'
        holds = bool(reason and reason.strip()) if good is None else good
        yield Case(
            "nonconformity_closed_over_something",
            f"{kind} of {batch} over {over}, {reason!r}",
            kind == "closed" and not holds,
            (),
            _step(world, batch=batch, type=f"nonconformity.{kind}", rests_on=over, body=body),
        )
