# SPDX-License-Identifier: Apache-2.0
"""The numbers of batches: each stays with the batch that ever had it, and a stop with the number.

A batch has a number by an event that says so. What is stopped gets no other number and is not cancelled. A batch is
changed by who read what is changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, now, quoted

NEW = "NEVER HAD"


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _named(world)
    yield from _had(world)
    yield from _noted(world)
    yield from _stopped(world)
    yield from _as_read(world)


def saying(world: World, kind: str, **said: object) -> tuple[str, ...]:
    """Return the statements that put an event into the log whose bytes say this."""
    seq = world.head + 1
    body = json.dumps({"type": kind, "body": said}).encode().hex()
    return (
        f"INSERT INTO event (seq, body, sig, hash) VALUES ({seq}, X'{body}', X'{'00' * 64}', X'{seq:064x}')",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) VALUES"
        f" ({seq}, {quoted(kind)}, {quoted(world.linh)}, NULL, {now(world)}, 0, 'bench 1', {quoted(said.get('batch'))},"
        " NULL, NULL)",
    )


def number(seq: int, batch: str, called: str) -> str:
    """Return the statement that notes a number of a batch."""
    return f"INSERT INTO batch_number (seq, batch, number) VALUES ({seq}, '{batch}', '{called}')"


def _named(world: World) -> Iterator[Case]:
    """A number is noted as the event of that number says it, and of that event alone."""
    batch, seq = world.registered.batch, world.head + 1
    for kind, about, said in product(("batch.saved", "batch.held"), (batch, OTHER), (NEW, "other")):
        right = (kind, about, said) == ("batch.saved", batch, NEW)
        written = saying(world, kind, batch=about, number=said)
        what = f"{kind} of {about} saying {said}"
        yield Case("batch_number_by_its_event", what, not right, written, number(seq, batch, NEW))
    written = saying(world, "batch.saved", batch=batch, number=NEW)
    another = number(world.head, batch, NEW)
    yield Case("batch_number_by_its_event", "of the event before", True, written, another)


def _had(world: World) -> Iterator[Case]:
    batch, seq = world.registered.batch, world.head + 1
    for about, called in product((batch, OTHER), (NEW, "HAD")):
        before = number(0, batch, "HAD")
        wrong = about == OTHER and called == "HAD"
        what = f"{called} for {about}"
        yield Case("batch_number_taken", what, wrong, (before,), number(seq, about, called))


def _noted(world: World) -> Iterator[Case]:
    """A batch is called only what is noted of it at the same event."""
    batch, seq = world.registered.batch, world.head + 1
    columns = (
        "product, supplier, line, quantity, order_no, note, state, held, lane_since, round_no, next_severity,"
        " again_used, rework_ordered, released, shipped, registered_at, registered_by"
    )
    for at, of, called in product((seq, seq + 1), (batch, OTHER), (NEW, "other")):
        what = f"{called} noted of {of} at {at}"
        noted = number(at, of, called)
        anew = (
            f"INSERT INTO batch (id, number, seq, {columns})"
            f" SELECT '{OTHER}', '{NEW}', {seq}, {columns} FROM batch WHERE id = '{batch}'"
        )
        yield Case("batch_number_noted", what, (at, of, called) != (seq, OTHER, NEW), (noted,), anew)
        change = f"UPDATE batch SET number = '{NEW}', seq = {seq} WHERE id = '{batch}'"
        right = (at, of, called) == (seq, batch, NEW)
        yield Case("batch_number_noted_again", what, not right, (noted,), change)
    rest = f"UPDATE batch SET note = 'x', seq = {seq} WHERE id = '{batch}'"
    yield Case("batch_number_noted_again", "its note", False, (), rest)


def _stopped(world: World) -> Iterator[Case]:
    for held, state in product((0, 1), ("registered", "cancelled")):
        stands = f"UPDATE batch SET held = {held}, state = '{state}' WHERE id = '{world.registered.batch}'"
        for change, wrong in (
            (f"number = '{NEW}'", True),
            ("note = 'x'", False),
            ("state = 'cancelled'", state != "cancelled"),
            ("state = 'first_check'", False),
        ):
            statement = f"UPDATE batch SET {change} WHERE id = '{world.registered.batch}'"
            what = f"{change} while {state}, held {held}"
            yield Case("batch_held_stays", what, wrong and bool(held), (stands,), statement)


def _as_read(world: World) -> Iterator[Case]:
    batch, seq = world.registered.batch, world.head + 1
    stood = world.scalar(f"SELECT seq FROM batch WHERE id = '{batch}'")
    for seen in (stood, stood - 1, None):
        said = saying(world, "batch.saved", **({} if seen is None else {"seen": seen}))
        change = f"UPDATE batch SET note = 'x', seq = {seq} WHERE id = '{batch}'"
        yield Case("batch_changed_as_read", f"{seen} was read", seen != stood, said, change)
    elsewhere = f"UPDATE batch SET state = 'first_check' WHERE id = '{batch}'"
    yield Case("batch_changed_as_read", "where it stands", False, (), elsewhere)
