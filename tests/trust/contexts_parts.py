# SPDX-License-Identifier: Apache-2.0
"""Batches that are split: by whom, from where, into how much, and what a part is and stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.store.scenes import World
from tests.trust.contexts_numbers import NEW, number, saying
from tests.trust.rule_cases import OTHER, Case, event, now

OF_THEMSELVES = ("rejected", "disagreed", "withdrawn")
STATES = (*OF_THEMSELVES, "registered", "first_check", "awaiting_second", "second_check", "accepted", "released",
          "returned", "scrapped", "cancelled", "split")  # fmt: skip


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _numbered(world)
    yield from _by_its_event(world)
    yield from _by_two(world)
    yield from _fit(world)
    yield from _unchecked(world)
    yield from _all_of_it(world)
    yield from _stays(world)
    yield from _rest(world)


def _said(world: World, *parts: tuple[str, int, str], kept: int = 0, of: str = "") -> tuple[str, ...]:
    """Return the statements that put a split into the log: parts by id, quantity and way."""
    written: list[Any] = [
        {"batch": batch, "number": NEW, "quantity": quantity, "way": way} for batch, quantity, way in parts
    ]
    return event(
        world.head + 1,
        "batch.split",
        world.linh,
        now(world),
        beside=(world.som,),
        batch=of or world.asked.batch,
        parts=written,
        kept=kept,
    )


def _part(world: World, quantity: int = 10, way: str = "sort", of: str = "", held: int = 0) -> str:
    return (
        "INSERT INTO batch_part (batch, seq, parent, quantity, way, terms, units, held, person, confirmed_by, reason)"
        f" VALUES ('{OTHER}', {world.head + 1}, '{of or world.asked.batch}', {quantity}, '{way}', '', '[]', {held},"
        f" '{world.linh}', '{world.som}', 'x')"
    )


def _numbered(world: World) -> Iterator[Case]:
    """A part has the number that the split gives it, and no other batch has one by it."""
    batch, seq = world.registered.batch, world.head + 1
    for kind, about, said in product(("batch.split", "batch.held"), (batch, OTHER), (NEW, "other")):
        written = saying(world, kind, batch=world.asked.batch, parts=[{"batch": about, "number": said}])
        wrong = (kind, about, said) != ("batch.split", batch, NEW)
        what = f"{kind} with a part {about} called {said}"
        yield Case("batch_number_by_its_event", what, wrong, written, number(seq, batch, NEW))


def _by_its_event(world: World) -> Iterator[Case]:
    mine = world.asked.batch
    for said, quantity, way, of in product(
        (OTHER, mine), (10, 11), ("sort", "scrap"), (mine, world.denied.batch)
    ):
        wrong = (said, quantity, way, of) != (OTHER, 10, "sort", mine)
        written = _said(world, (said, quantity, way), of=of)
        what = f"{quantity} of {of} as {said} to {way}"
        yield Case("batch_part_by_its_event", what, wrong, written, _part(world))
    for kind, by in (("batch.disposed", world.linh), ("batch.split", world.som)):
        parts = [{"batch": OTHER, "quantity": 10, "way": "sort"}]
        written = event(world.head + 1, kind, by, now(world), batch=mine, parts=parts, kept=10)
        yield Case("batch_part_by_its_event", f"{kind} by {by}", True, written, _part(world))
    later = (*_said(world, (OTHER, 10, "sort")), *event(world.head + 2, "batch.held", world.linh, now(world)))
    yield Case("batch_part_by_its_event", "by what is not the last", True, later, _part(world))


def _by_two(world: World) -> Iterator[Case]:
    for beside in ((), (world.linh,), (world.som,), (world.yen,), (world.hoa,)):
        written = event(world.head + 1, "batch.split", world.linh, now(world), beside=beside)
        yield Case("batch_part_by_two", f"beside {beside}", beside != (world.som,), written, _part(world))


def _fit(world: World) -> Iterator[Case]:
    batch = world.asked.batch
    for state, held, no, way in product(STATES, (0, 1), (0, 1), ("sort", "scrap", "inspect", "return")):
        untouched = held == 1 and state == "registered" and no == 0
        fits = state in OF_THEMSELVES or untouched or (held == 1 and state == "accepted")
        fits = fits and (way != "inspect" or untouched)
        ready = f"UPDATE batch SET state = '{state}', held = {held}, round_no = {no} WHERE id = '{batch}'"
        goes = held if way in ("sort", "inspect") else 0
        what = f"to {way} of what is {state}, {held}, {no}"
        yield Case("batch_part_fit", what, not fits, (ready,), _part(world, way=way, held=goes))
        if fits:
            wrong = _part(world, way=way, held=1 - goes)
            yield Case("batch_part_fit", f"{what}, its hold otherwise", True, (ready,), wrong)
    for changed in ("shipped = 1, released = 1", "rework_ordered = 1"):
        ready = f"UPDATE batch SET {changed} WHERE id = '{batch}'"
        yield Case("batch_part_fit", changed, True, (ready,), _part(world))
    ready = f"UPDATE batch SET supplier = NULL, line = 'Line 2' WHERE id = '{batch}'"
    for way in ("sort", "return"):
        yield Case("batch_part_fit", f"own goods to {way}", way == "return", (ready,), _part(world, way=way))
    yield Case("batch_part_fit", "of no batch", True, (), _part(world, of=OTHER))


def _unchecked(world: World) -> Iterator[Case]:
    scene = world.second_check
    for check, state in product(("open", "signed", "set_aside"), ("rejected", "disagreed")):
        ready = (
            f"UPDATE checking SET state = '{check}' WHERE round = '{scene.round}'",
            f"UPDATE batch SET state = '{state}' WHERE id = '{scene.batch}'",
        )
        runs = check == "open" and state != "rejected"
        what = f"{state} while checks are {check}"
        yield Case("batch_part_unchecked", what, runs, ready, _part(world, of=scene.batch))
        yield Case("batch_part_unchecked", f"another one, {what}", False, ready, _part(world))


def _all_of_it(world: World) -> Iterator[Case]:
    batch = world.asked.batch
    ready = f"UPDATE batch SET quantity = 20 WHERE id = '{batch}'"
    for first, second, kept in product((1, 2, 10), (2, 10), (0, 8, 16)):
        parts = ((OTHER, first, "sort"), ("e" * 32, second, "scrap"))
        wrong = first + second + kept != 20 or first < 2
        for state in ("rejected", "withdrawn"):
            stands = f"UPDATE batch SET state = '{state}' WHERE id = '{batch}'"
            yield Case(
                "batch_part_adds_up",
                f"{first}, {second} and {kept} of what is {state}",
                wrong or (kept > 0 and state != "rejected"),
                (ready, stands, *_said(world, *parts, kept=kept)),
                _part(world, first),
            )
    less = _said(world, (OTHER, 30, "sort"), kept=-10)
    yield Case("batch_part_adds_up", "less than nothing stays", True, (ready, *less), _part(world, 30))
    for of, gone in ((batch, 20 - 5), (world.denied.batch, 20)):
        left = (
            "INSERT INTO shipped_unreleased (id, batch, quantity, to_whom, on_day, document, reason, person, seq)"
            f" VALUES ('{OTHER}', '{of}', 5, 'x', '2026-03-01', '', 'x', '{world.linh}', 3)"
        )
        before = _part(world, 5, of=of).replace(OTHER, "d" * 32).replace(f" {world.head + 1},", " 3,")
        for what, there in (("left", left), ("were split off before", before)):
            for quantity in (15, 20):
                yield Case(
                    "batch_part_adds_up",
                    f"{quantity} when 5 of {of} {what}",
                    quantity != gone,
                    (ready, there, *_said(world, (OTHER, quantity, "sort"))),
                    _part(world, quantity),
                )


def _stays(world: World) -> Iterator[Case]:
    for batch, is_part in ((world.part, True), (world.registered.batch, False)):
        for changed in (f"number = '{NEW}'", "quantity = quantity + 1", f"product = '{OTHER}'",
                        f"supplier = '{OTHER}'", "state = 'cancelled'"):  # fmt: skip
            statement = f"UPDATE batch SET {changed} WHERE id = '{batch}'"
            yield Case("batch_part_stays", f"{changed} of {batch}", is_part, (), statement)
        yield Case(
            "batch_part_stays", "its note", False, (), f"UPDATE batch SET note = 'x' WHERE id = '{batch}'"
        )
    for batch, is_split in ((world.parted.batch, True), (world.asked.batch, False)):
        for state in ("registered", "withdrawn"):
            statement = f"UPDATE batch SET state = '{state}' WHERE id = '{batch}'"
            wrong = is_split and state == "registered"
            yield Case("batch_split_stays", f"{batch} to {state}", wrong, (), statement)


def _rest(world: World) -> Iterator[Case]:
    """Of 20 units 14 were split off: 6 may be asked for, approved, and come to an end."""
    for scene, most in ((world.parted, 6), (world.asked, 20)):
        for quantity in (6, 7, 20, 21):
            asked = (
                "INSERT INTO concession (id, batch, round, quantity, until_day, consent, person, body, at, seq) VALUES"
                f" ('{OTHER}', '{scene.batch}', '{scene.round}', {quantity}, '2030-01-01', NULL,"
                f" '{world.linh}', '', 1, 3)"
            )
            what = f"{quantity} of {scene.batch}"
            yield Case("concession_of_rest", what, quantity > most, (), asked)
            for answer in ("approved", "refused"):
                answered = (
                    "INSERT INTO concession_answer (concession, answer, batch, round, quantity, record, reason, person,"
                    f" other, at, seq) VALUES ('{world.wish}', '{answer}', '{scene.batch}', '{scene.round}', {quantity},"
                    f" 'r', '', '{world.linh}', '{world.som}', 1, 3)"
                )
                wrong = answer == "approved" and quantity > most
                yield Case("concession_approved_of_rest", f"{answer}: {what}", wrong, (), answered)
        for kind in ("rework", "sort", "scrap"):
            disposed = (
                "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
                f" ({world.head + 1}, '{scene.batch}', '{scene.round}', '{kind}', 6, 'p', 'q', '')"
            )
            wrong = kind != "scrap" and scene is world.parted
            yield Case("disposition_not_split", f"{kind} of {scene.batch}", wrong, (), disposed)
