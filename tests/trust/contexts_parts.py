# SPDX-License-Identifier: Apache-2.0
"""Batches that are split: by whom, from where, into how much, and what a part is and stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.store.scenes import World
from tests.trust.contexts_acting import after, reads_only
from tests.trust.contexts_numbers import NEW, number, saying
from tests.trust.rule_cases import OTHER, Case, event, now

OF_THEMSELVES = ("rejected", "disagreed", "withdrawn")
WAYS = ("inspect", "rework", "repair", "sort", "regrade", "return", "scrap")
ANOTHER = "e" * 32
"""An id that nothing has, either."""
CONCEDED = "released_under_concession"
STATES = (*OF_THEMSELVES, CONCEDED, "registered", "first_check", "awaiting_second", "second_check", "accepted",
          "released", "returned", "scrapped", "cancelled", "split")  # fmt: skip


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
    yield from _of_its_origins(world)
    yield from _born(world)
    yield from _inspected(world)
    yield from _into_its_parts(world)
    yield from _to_its_end(world)
    yield from _critical(world)
    yield from _of_two(world)


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


def _part(
    world: World, quantity: int = 10, way: str = "sort", of: str = "", held: int = 0, part: str = OTHER
) -> str:
    return (
        "INSERT INTO batch_part (batch, seq, parent, quantity, way, terms, units, held, person, confirmed_by, reason)"
        f" VALUES ('{part}', {world.head + 1}, '{of or world.asked.batch}', {quantity}, '{way}', '', '[]', {held},"
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
    written = event(world.head + 1, "batch.split", world.linh, now(world), beside=(world.som,))
    for reader in (world.som, world.minh):
        what = f"while {reader} only reads"
        ready = (*written, *reads_only(reader))
        yield Case("batch_part_by_two", what, reader == world.som, ready, _part(world))


def _fit(world: World) -> Iterator[Case]:
    batch = world.asked.batch
    for state, held, no, way in product(STATES, (0, 1), (0, 1), ("sort", "scrap", "inspect", "return")):
        untouched = held == 1 and state == "registered" and no == 0
        fits = state in (*OF_THEMSELVES, CONCEDED) or untouched or (held == 1 and state == "accepted")
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
        yield Case("batch_part_fit", changed, "ordered" in changed, (ready,), _part(world))
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
    for first, second, kept in product((0, 1, 2, 10), (2, 10), (0, 8, 16, 17, 18)):
        parts = ((OTHER, first, "sort"), (ANOTHER, second, "scrap"))
        wrong = first + second + kept != 20 or first < 1
        for state in ("rejected", "withdrawn"):
            stands = f"UPDATE batch SET state = '{state}' WHERE id = '{batch}'"
            yield Case(
                "batch_part_adds_up",
                f"{first}, {second} and {kept} of what is {state}",
                wrong or (kept > 0 and state != "rejected"),
                (ready, stands, *_said(world, *parts, kept=kept)),
                _part(world, first),
            )
    for state, shipped, kept in product((CONCEDED, "rejected"), (0, 3, 8), (0, 4, 5, 8, 9)):
        stands = (
            f"UPDATE batch SET quantity = 20, state = '{state}', released = 8, shipped = {shipped}"
            f" WHERE id = '{batch}'"
        )
        for gone in (20 - shipped - kept, 20 - kept):
            yield Case(
                "batch_part_adds_up",
                f"{gone} and {kept} of 20 that are {state}, 8 of them released and {shipped} shipped",
                gone + kept + shipped != 20 or (state == CONCEDED and kept + shipped < 8),
                (stands, *_said(world, (OTHER, gone, "sort"), kept=kept)),
                _part(world, gone),
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
        ended = f"UPDATE batch SET state = 'cancelled' WHERE id = '{batch}'"
        again = f"UPDATE batch SET state = 'cancelled', note = 'x' WHERE id = '{batch}'"
        yield Case("batch_part_stays", f"{batch}, which is cancelled", False, (ended,), again)
        yield Case(
            "batch_part_stays", "its note", False, (), f"UPDATE batch SET note = 'x' WHERE id = '{batch}'"
        )
    for batch, is_split in ((world.parted.batch, True), (world.asked.batch, False)):
        for state in ("registered", "withdrawn"):
            statement = f"UPDATE batch SET state = '{state}' WHERE id = '{batch}'"
            wrong = is_split and state == "registered"
            yield Case("batch_split_stays", f"{batch} to {state}", wrong, (), statement)
        stands = f"UPDATE batch SET state = 'registered' WHERE id = '{batch}'"
        noted = f"UPDATE batch SET state = 'registered', note = 'x' WHERE id = '{batch}'"
        yield Case("batch_split_stays", f"{batch} that is registered", False, (stands,), noted)


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
        for kind in ("rework", "repair", "sort", "regrade", "scrap"):
            disposed = (
                "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
                f" ({world.head + 1}, '{scene.batch}', '{scene.round}', '{kind}', 6, 'p', 'q', '')"
            )
            wrong = kind != "scrap" and scene is world.parted
            yield Case("disposition_not_split", f"{kind} of {scene.batch}", wrong, (), disposed)


def _origin(world: World, origin: str, of: str = OTHER, later: int = 0) -> str:
    seq = world.head + 1 + later
    return f"INSERT INTO batch_origin (batch, origin, seq) VALUES ('{of}', '{origin}', {seq})"


def _of_its_origins(world: World) -> Iterator[Case]:
    """A part comes from what it was split from, and from all that this came from; from nothing else."""
    whole, rest = world.parted.batch, world.part
    for parent, origin in product(
        (rest, world.asked.batch), (rest, whole, world.asked.batch, world.crate.batch)
    ):
        wrong = origin not in {rest: (rest, whole)}.get(parent, (parent,))
        what = f"{origin} of a part of {parent}"
        yield Case("batch_origin_of_part", what, wrong, (_part(world, of=parent),), _origin(world, origin))
    ready = (_part(world, of=rest),)
    for what, row in (
        ("another batch", _origin(world, rest, of=ANOTHER)),
        ("by another event", _origin(world, rest, later=1)),
    ):
        yield Case("batch_origin_of_part", what, True, ready, row)


def _birth(world: World, like: str, **otherwise: str) -> str:
    """Return the statement that puts a part into the batches: as that batch is, but for some columns."""
    said = {
        "id": f"'{OTHER}'",
        "number": f"'{NEW}'",
        "seq": str(world.head + 1),
        "quantity": "10",
    } | otherwise
    copied = [name for name in _INHERITED if name not in said]
    return (
        f"INSERT INTO batch ({', '.join([*said, *copied])})"
        f" SELECT {', '.join([*said.values(), *copied])} FROM batch WHERE id = '{like}'"
    )


_INHERITED = (
    "product", "supplier", "line", "order_no", "made_on", "ship_by", "note", "state", "held", "lane_since",
    "round_no", "again_used", "next_severity", "rework_ordered", "released", "shipped", "registered_at",
    "registered_by",
)  # fmt: skip


def _born(world: World) -> Iterator[Case]:
    """A part is all that its batch was, has its own quantity, and is inspected as its way demands."""
    mine, said = world.asked.batch, event(world.head + 1, "batch.split", world.linh, now(world))
    origin = _origin(world, mine)
    for way, severity, ordered in product(WAYS, ("normal", "tightened"), (0, 1)):
        right = severity == ("normal" if way == "inspect" else "tightened")
        right = right and ordered == int(way in ("rework", "repair", "sort", "regrade"))
        new = {"next_severity": f"'{severity}'", "rework_ordered": str(ordered)}
        ready = (*said, _part(world, way=way), origin)
        what = f"to {way}, next {severity}, rework {ordered}"
        yield Case("batch_born_of_part", what, not right, ready, _birth(world, mine, **new))
    sorts = {"next_severity": "'tightened'", "rework_ordered": "1"}
    ready = (*said, _part(world), origin)
    for column, value in (
        ("product", f"'{OTHER}'"),
        ("supplier", f"'{OTHER}'"),
        ("supplier", "NULL"),
        ("line", "'other'"),
        ("order_no", "'other'"),
        ("made_on", "'2026-01-01'"),
        ("ship_by", "'2026-01-01'"),
        ("round_no", "round_no + 1"),
        ("again_used", "1 - again_used"),
        ("quantity", "11"),
    ):
        row = _birth(world, mine, **{**sorts, column: value})
        yield Case("batch_born_of_part", f"{column} is {value}", True, ready, row)
    row = _birth(world, world.registered.batch, **sorts)
    yield Case("batch_born_of_part", "as another batch was", True, ready, row)
    row = _birth(world, mine, **sorts, id=f"'{ANOTHER}'")
    apart = _origin(world, mine, of=ANOTHER)
    yield Case("batch_born_of_part", "what is no part", True, (*ready, apart), row)
    later = event(world.head + 2, "batch.split", world.linh, now(world))
    row = _birth(world, mine, **sorts, seq=str(world.head + 2))
    yield Case("batch_born_of_part", "by another split", True, (*ready, *later), row)
    saved = event(world.head + 1, "batch.saved", world.linh, now(world))
    yield Case("batch_born_of_part", "what is registered", False, saved, _birth(world, mine))
    for parent, right_count in ((mine, 1), (world.part, 2)):
        for origins in (
            (),
            (parent,),
            (parent, world.parted.batch),
            (parent, world.parted.batch, world.crate.batch),
        ):
            rows = tuple(_origin(world, one) for one in origins)
            what = f"{len(origins)} origins of a part of {parent}"
            wrong = len(origins) != right_count
            ready = (*said, _part(world, of=parent), *rows)
            yield Case("batch_born_of_part", what, wrong, ready, _birth(world, parent, **sorts))


def _inspected(world: World) -> Iterator[Case]:
    """No round of a part is opened before its makers, its reworkers and its hold are those of its batch."""
    part, whole, crate = world.part, world.parted.batch, world.crate_part
    nobody = f"DELETE FROM batch_maker WHERE batch IN ('{part}', '{whole}')"

    def made(batch: str, person: str) -> str:
        return f"INSERT INTO batch_maker (batch, person, units, seq) VALUES ('{batch}', '{person}', '[]', 3)"

    def reworked(batch: str, person: str) -> str:
        return f"INSERT INTO batch_reworker (batch, person, seq) VALUES ('{batch}', '{person}', 3)"

    def opened(batch: str) -> str:
        return f"INSERT INTO round (id, batch, no, opened, seq) VALUES ('{OTHER}', '{batch}', 99, '{{}}', 3)"

    people = (world.som, world.minh)
    for by, (then, now_) in product((made, reworked), product((None, *people), repeat=2)):
        before = (by(whole, then),) if then else ()
        since = (by(part, now_),) if now_ else ()
        what = f"{by.__name__} by {then} before and by {now_} now"
        yield Case("round_of_part", what, then not in (None, now_), (nobody, *before, *since), opened(part))
    for what, wrong, ready in (
        ("the hold stands", False, ()),
        ("there is no hold", True, (f"DELETE FROM hold WHERE batch = '{crate}'",)),
        ("it is held by something else", True, (f"UPDATE hold SET seq = 3 WHERE batch = '{crate}'",)),
        ("another batch is held", True, (f"UPDATE hold SET batch = '{part}' WHERE batch = '{crate}'",)),
    ):
        yield Case("round_of_part", what, wrong, ready, opened(crate))
    free = f"DELETE FROM hold WHERE batch = '{part}'"
    yield Case("round_of_part", "nothing held it", False, (free,), opened(part))
    yield Case("round_of_part", "of what is no part", False, (), opened(world.registered.batch))


def _of_two(world: World) -> Iterator[Case]:
    """A single unit is a part of a batch, and nothing else is."""
    like = world.registered.batch
    for quantity, ready in product(("1", "2"), ((), (_part(world, 1),), (_part(world, 1, part=ANOTHER),))):
        wrong = quantity == "1" and ready != (_part(world, 1),)
        what = f"{quantity} after {len(ready)} parts"
        yield Case("batch_of_two", what, wrong, ready, _birth(world, like, quantity=quantity))
    for batch, quantity in product((like, world.part), ("1", "2")):
        statement = f"UPDATE batch SET quantity = {quantity} WHERE id = '{batch}'"
        wrong = quantity == "1" and batch == like
        yield Case("batch_of_two_stays", f"{quantity} of {batch}", wrong, (), statement)


def _into_its_parts(world: World) -> Iterator[Case]:
    """A batch is split by the split that is being written, when all that is still here went into parts."""
    batch, other = world.asked.batch, world.denied.batch
    twenty = f"UPDATE batch SET quantity = 20 WHERE id = '{batch}'"
    said = event(world.head + 1, "batch.split", world.linh, now(world), batch=batch)
    into = f"UPDATE batch SET state = 'split' WHERE id = '{batch}'"
    all_of_it = (twenty, _part(world, 20))

    def case(what: str, wrong: bool, ready: tuple[str, ...], statement: str = into) -> Case:
        return Case("batch_moves", f"into its parts: {what}", wrong, ready, statement)

    for old in STATES:
        stands = f"UPDATE batch SET state = '{old}' WHERE id = '{batch}'"
        wrong = old not in (*OF_THEMSELVES, CONCEDED, "registered", "accepted", "split")
        yield case(f"from {old}", wrong, (stands, *said, *all_of_it))
    for kind, about in (("batch.disposed", batch), ("batch.split", other)):
        written = event(world.head + 1, kind, world.linh, now(world), batch=about)
        yield case(f"{kind} of {about}", True, (*written, *all_of_it))
    yield case("by a split that is over", True, (*said, *after(world), *all_of_it))
    stands = f"UPDATE batch SET state = 'accepted' WHERE id = '{batch}'"
    elsewhere = into.replace("'split'", "'second_check'")
    yield case("to a check", True, (stands, *said, *all_of_it), elsewhere)
    for shipped, split in product((0, 4), (16, 20)):
        stands = f"UPDATE batch SET quantity = 20, released = 20, shipped = {shipped} WHERE id = '{batch}'"
        ready = (stands, *said, _part(world, split))
        yield case(f"{split} when {shipped} were shipped", shipped + split != 20, ready)
    for of, left, parent, split in product((batch, other), (0, 5), (batch, other), (15, 20)):
        gone = (
            "INSERT INTO shipped_unreleased (id, batch, quantity, to_whom, on_day, document, reason, person, seq)"
            f" VALUES ('{OTHER}', '{of}', {left}, 'x', '2026-03-01', '', 'x', '{world.linh}', 3)"
        )
        wrong = parent != batch or split + (left if of == batch else 0) != 20
        ready = (twenty, *said, *((gone,) if left else ()), _part(world, split, of=parent))
        yield case(f"{split} of {parent} when {left} of {of} left", wrong, ready)


def _to_its_end(world: World) -> Iterator[Case]:
    """A part that is split off to be returned or scrapped is, at once; from nowhere else, and nothing else is."""
    batch = world.registered.batch
    said = event(world.head + 1, "batch.split", world.linh, now(world), batch=world.asked.batch)

    def case(what: str, wrong: bool, ready: tuple[str, ...], new: str) -> Case:
        statement = f"UPDATE batch SET state = '{new}' WHERE id = '{batch}'"
        return Case("batch_moves", f"a part to its end: {what}", wrong, (*said, *ready), statement)

    for way, new in product(("return", "scrap", "sort"), ("returned", "scrapped", "released")):
        part = _part(world, way=way, part=batch)
        yield case(
            f"to {way}, {new}",
            (way, new) not in (("return", "returned"), ("scrap", "scrapped")),
            (part,),
            new,
        )
    part = _part(world, way="scrap", part=batch)
    checked = f"UPDATE batch SET state = 'released' WHERE id = '{batch}'"
    yield case("from where it was released", True, (checked, part), "scrapped")
    yield case("another one", True, (_part(world, way="scrap"),), "scrapped")
    yield case("later", True, (part, *after(world)), "scrapped")


def _critical(world: World) -> Iterator[Case]:
    """What was found critical on a batch that this one was split from is never used as it is."""
    asked, origin, other = world.asked.batch, world.accepted.batch, world.registered.batch
    asks = (
        "INSERT INTO concession (id, batch, round, quantity, until_day, consent, person, body, at, seq) VALUES"
        f" ('{OTHER}', '{asked}', '{world.asked.round}', 6, '2030-01-01', NULL, '{world.linh}', '', 1, 3)"
    )
    nothing = f"DELETE FROM finding WHERE batch IN ('{asked}', '{origin}', '{other}')"
    found = (
        "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, photo, at, seq,"
        f" withdrawn) VALUES ('{OTHER}', 'c', 'r', '{origin}', NULL, 'X', 'critical', 1, '', '', NULL, 1, 3, NULL)"
    )
    read = (
        "INSERT INTO reading (id, checking, round, batch, unit, characteristic, typed, value, measure, inside,"
        " defect_class, instrument, calibrated_until, at, reason, replaced, seq) VALUES"
        f" ('{OTHER}', 'c', 'r', '{origin}', 1, 'X', '1', '1', 'mm', 0, 'critical', NULL, NULL, 1, '', 0, 3)"
    )
    for claim, of in product((found, read), (asked, other)):
        ready = (nothing, claim, _origin(world, origin, of=of))
        what = f"{claim[12:19]} on what {of} was split from"
        yield Case("concession_not_critical", what, of == asked, ready, asks)
