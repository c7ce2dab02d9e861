# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about suppliers' status, and about suppliers that are one.

Who may set which status over which, and what it keeps from being released; who says that suppliers are one, of which
suppliers, and what stands of each of them then.
"""

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
    yield from _merged(world)
    yield from _merged_by(world)
    yield from _no_chain(world)
    yield from _stays(world)
    yield from _undone(world)
    yield from _batches(world)
    yield from _kept_together(world)
    yield from _discontinued(world)


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


def _merge(world: World, seq: int, **changed: object) -> str:
    values = {
        "seq": seq,
        "supplier": world.blocked,
        "root": world.root,
        "reason": "why",
        "at": 1,
        "person": world.linh,
        "other": world.som,
        "undone": None,
        **changed,
    }
    names, said = ", ".join(values), ", ".join(map(quoted, values.values()))
    return f"INSERT INTO supplier_merge ({names}) VALUES ({said})"


def _merged(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind, by, of, undone in product(
        ("supplier.merged", "supplier.unmerged"), (world.linh, world.mai), (seq, seq - 1), (None, 3)
    ):
        yield Case(
            "supplier_merge_by_its_event",
            f"{kind} by {by}, row of {of - seq}, undone {undone}",
            (kind, by, of, undone) != ("supplier.merged", world.linh, seq, None),
            event(seq, kind, by, at),
            _merge(world, of, undone=undone),
        )


def _merged_by(world: World) -> Iterator[Case]:
    at, seq, planners = now(world), world.head + 1, {world.linh, world.som, world.mai}
    for by, beside, other, of in product(
        (world.linh, world.lan, world.hoa),
        ((), (world.som,), (world.lan,), (world.linh,), (world.som, world.mai)),
        (world.som, world.lan, world.mai),
        (0, 1),
    ):
        signers = {by, *beside} if of == 0 else {world.linh, world.som}
        later = event(seq + 1, "supplier.merged", world.linh, at, beside=(world.som,))
        yield Case(
            "supplier_merge_by_two",
            f"{by} with {beside}, beside {other}, of {of}",
            len(signers & planners) < 2 or other not in signers,
            (*event(seq, "supplier.merged", by, at, beside=beside), *later),
            _merge(world, seq + of, person=OTHER, other=other),
        )


def _no_chain(world: World) -> Iterator[Case]:
    one, two, three, four = world.blocked, world.root, world.merged, world.house.supplier.supplier
    for (supplier, root), undone in product(
        ((three, four), (four, one), (one, two), (two, three), (two, four), (one, four), (four, two)),
        (None, 3),
    ):
        known = {one: two}
        bad = undone is None and (supplier in known or root in known or supplier in known.values())
        yield Case(
            "supplier_merge_no_chain",
            f"{supplier} into {root}, undone {undone}",
            bad,
            ("DELETE FROM supplier_merge", _merge(world, 3, undone=undone)),
            _merge(world, world.head, supplier=supplier, root=root),
        )


def _stays(world: World) -> Iterator[Case]:
    at = f"WHERE seq = {world.merge}"
    changes = {
        "supplier": world.blocked,
        "root": world.blocked,
        "reason": "x",
        "at": 2,
        "person": OTHER,
        "other": OTHER,
    }
    for name, value in changes.items():
        change = f"UPDATE supplier_merge SET {name} = {quoted(value)} {at}"
        yield Case("supplier_merge_stays", f"another {name}", True, (), change)
    for before in (None, 3):
        ready = () if before is None else (f"UPDATE supplier_merge SET undone = {before} {at}",)
        change = f"UPDATE supplier_merge SET undone = 4 {at}"
        yield Case("supplier_merge_stays", f"undone, before {before}", before is not None, ready, change)


def _undone(world: World) -> Iterator[Case]:
    at, seq, planners = now(world), world.head + 1, {world.linh, world.som, world.mai}
    for kind, by, beside, late in product(
        ("supplier.unmerged", "supplier.merged"),
        (world.linh, world.lan),
        ((), (world.som,), (world.lan,), (world.linh,)),
        (False, True),
    ):
        act = event(seq, kind, by, at, beside=beside)
        after = event(seq + 1, "supplier.merged", world.linh, at, beside=(world.mai,)) if late else ()
        yield Case(
            "supplier_merge_undone_by_two",
            f"{kind} by {by} with {beside}, {'late' if late else 'at once'}",
            kind != "supplier.unmerged" or late or len({by, *beside} & planners) < 2,
            (*act, *after),
            f"UPDATE supplier_merge SET undone = {seq} WHERE seq = {world.merge}",
        )
    both = (
        *event(seq, "supplier.merged", world.linh, at, beside=(world.som,)),
        *event(seq + 1, "supplier.unmerged", world.linh, at, beside=(world.som,)),
    )
    for said in (seq, seq + 1):
        change = f"UPDATE supplier_merge SET undone = {said} WHERE seq = {world.merge}"
        yield Case("supplier_merge_undone_by_two", f"by line {said - seq}", said == seq, both, change)
    nothing = f"UPDATE supplier_merge SET reason = 'y' WHERE seq = {world.merge}"
    yield Case("supplier_merge_undone_by_two", "nothing of an end changes", False, (), nothing)


def _part(world: World, batch: str) -> str:
    return (
        "INSERT INTO batch_part (batch, seq, parent, quantity, way, terms, units, held, person, confirmed_by, reason)"
        f" VALUES ('{batch}', {world.head}, '{world.accepted.batch}', 5, 'sort', '', '[]', 0, '{world.linh}',"
        f" '{world.som}', 'x')"
    )


def _batches(world: World) -> Iterator[Case]:
    of = world.registered.batch
    columns = (
        "product, quantity, order_no, note, state, held, lane_since, round_no, next_severity, again_used,"
        " rework_ordered, released, shipped, registered_at, registered_by, seq"
    )
    for supplier, undone in product((world.merged, world.root, world.blocked, None), (None, 3)):
        ready = (f"UPDATE supplier_merge SET undone = {quoted(undone)} WHERE seq = {world.merge}",)
        line = "''" if supplier else "'L1'"
        bad = supplier == world.merged and undone is None
        anew = (
            f"INSERT INTO batch (id, number, supplier, line, {columns})"
            f" SELECT '{OTHER}', 'X-1', {quoted(supplier)}, {line}, {columns} FROM batch WHERE id = '{of}'"
        )
        yield Case("batch_of_merged", f"of {supplier}, undone {undone}", bad, ready, anew)
        for part in (OTHER, of):
            what = f"of {supplier}, undone {undone}, {part} is a part"
            yield Case("batch_of_merged", what, bad and part != OTHER, (*ready, _part(world, part)), anew)
        for was in (supplier, world.blocked):
            stood = f"UPDATE batch SET supplier = {quoted(was)}, line = {chr(39) * 2 if was else line} WHERE id = '{of}'"
            change = (
                f"UPDATE batch SET supplier = {quoted(supplier)}, line = {line}, note = 'y' WHERE id = '{of}'"
            )
            what = f"from {was} to {supplier}, undone {undone}"
            yield Case("batch_to_merged", what, bad and was != supplier, (*ready, stood), change)


def _kept_together(world: World) -> Iterator[Case]:
    """What stands of a supplier stands of whoever is the same, whichever way round, and no longer than they are."""
    mine, theirs, third = world.house.supplier.supplier, world.merged, world.root
    ways: tuple[tuple[str, tuple[tuple[str, str, int | None], ...], bool], ...] = (
        ("apart", (), False),
        ("mine is theirs", ((mine, theirs, None),), True),
        ("theirs is mine", ((theirs, mine, None),), True),
        ("both a third", ((mine, third, None), (theirs, third, None)), True),
        ("one of two a third", ((mine, third, None), (world.blocked, third, None)), False),
        ("mine a third and theirs a fourth", ((mine, third, None), (theirs, world.blocked, None)), False),
        ("mine was a third", ((mine, third, 3), (theirs, third, None)), False),
        ("theirs was a third", ((mine, third, None), (theirs, third, 3)), False),
        ("mine was theirs", ((mine, theirs, 3),), False),
        ("theirs was mine", ((theirs, mine, 3),), False),
    )
    for what, said, one in ways:
        rows = (
            "DELETE FROM supplier_merge",
            *(
                _merge(world, 3 + n, supplier=supplier, root=root, undone=undone)
                for n, (supplier, root, undone) in enumerate(said)
            ),
        )
        blocked = (
            "DELETE FROM supplier_status",
            _row(world, 3, "blocked", supplier=theirs),
            f"UPDATE batch SET supplier = '{mine}', line = '' WHERE id = '{world.accepted.batch}'",
        )
        release = f"UPDATE batch SET state = 'released' WHERE id = '{world.accepted.batch}'"
        yield Case("batch_supplier_not_blocked", what, one, (*rows, *blocked), release)
        stopped = (f"UPDATE release_stop SET supplier = '{theirs}', decided = NULL WHERE seq = {world.stop}",)
        bolts = f"UPDATE batch SET state = 'released' WHERE id = '{world.bolt.batch}'"
        yield Case("batch_release_stopped", what, one, (*rows, *stopped), bolts)
        ended = (f"UPDATE severity SET supplier = '{theirs}'",)
        opened = (
            "INSERT INTO round (id, batch, no, opened, seq)"
            f" SELECT '{OTHER}', '{world.waiting.batch}', 9, opened, {world.head} FROM round"
            f" WHERE id = '{world.bolt.round}'"
        )
        yield Case("round_not_discontinued", what, one, (*rows, *ended), opened)
        yield from _budgets(world, what, rows, mine, theirs, one=one)


def _budgets(
    world: World, what: str, rows: tuple[str, ...], mine: str, theirs: str, *, one: bool
) -> Iterator[Case]:
    """Of 100 units received, 60 by mine, half may be conceded; 15 were, of theirs."""
    at, seq, asked = now(world), world.head + 1, world.asked
    ready = (
        *rows,
        *event(seq, "concession.approved", world.linh, at),
        f"UPDATE batch SET quantity = 2, released = 0, shipped = 0, registered_at = {at}, supplier = NULL, line = 'x',"
        " state = 'accepted'",
        f"UPDATE batch SET quantity = 60, supplier = '{mine}', line = '' WHERE id = '{asked.batch}'",
        f"UPDATE batch SET quantity = 40, supplier = '{theirs}', line = '' WHERE id = '{world.conceded.batch}'",
        f"UPDATE concession_answer SET at = {at}, quantity = 15",
    )
    part = _part(world, world.conceded.batch)  # its units were received with what it is a part of
    for whose, most, parts in (
        (theirs, 35 if one else 1_000_000, ()),
        (mine, 35 if one else 30, ()),
        *([(mine, 15, (part,))] if one else []),
    ):
        budget = f"UPDATE concession_budget SET per_10000 = 5000, months = 12, supplier = '{whose}'"
        for more in (0, 1):
            if most == 1_000_000 and more:
                continue
            row = (
                "INSERT INTO concession_answer (concession, answer, batch, round, quantity, record, reason, person,"
                f" other, at, seq) VALUES ('{world.wish}', 'approved', '{asked.batch}', '{asked.round}',"
                f" {most + more}, 'r', '', '{world.bao}', '{world.tho}', 1, {seq})"
            )
            yield Case(
                "concession_approved_within_budget",
                f"{what}, budget of {whose}, {most} + {more}, {len(parts)} parts",
                more == 1,
                (*ready, *parts, budget),
                row,
            )


def _discontinued(world: World) -> Iterator[Case]:
    """Where inspection is discontinued, only a later word on the same supply and class lets a round open."""
    opened = (
        "INSERT INTO round (id, batch, no, opened, seq)"
        f" SELECT '{OTHER}', '{world.waiting.batch}', 9, opened, {world.head} FROM round"
        f" WHERE id = '{world.bolt.round}'"
    )
    key = {
        "supplier": world.house.supplier.supplier,
        "product": "BOLT",
        "procedure": "IP-905",
        "defect_class": "major",
    }
    others = {"supplier": world.root, "product": "NUT", "procedure": "IP-X", "defect_class": "minor"}
    for name in ("", *others):
        row = {**key, **({name: others[name]} if name else {}), "seq": world.head, "severity": "normal", "changed": 1,
               "state": "x", "batch": None, "person": world.linh, "other": ""}  # fmt: skip
        later = f"INSERT INTO severity ({', '.join(row)}) VALUES ({', '.join(map(quoted, row.values()))})"
        yield Case("round_not_discontinued", f"another {name or 'word'}", name != "", (later,), opened)
