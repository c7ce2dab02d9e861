# SPDX-License-Identifier: Apache-2.0
"""Goods that leave, on a day between their release, or registration, and tomorrow; and a rework that leaves nobody.

Who reworked inspects no more. That nobody is left who could, two people put down who do more than read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, day, event, now

DAY = 86_400_000_000


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _days(world)
    yield from _nobody_left(world)


def _days(world: World) -> Iterator[Case]:
    """A calendar may be a day ahead or behind; and today is not too early, also after another station's future."""
    at, seq, batch = now(world) + 40 * DAY, world.head + 1, world.released.batch
    begun = at - 30 * DAY
    since = {
        "shipment": (
            f"UPDATE sign_off SET at = {begun} WHERE batch = '{batch}' AND place = 'release'",
            f"UPDATE sign_off SET at = 0, seq = seq + 100000 WHERE batch = '{batch}' AND place <> 'release'",
            f"UPDATE sign_off SET at = 0, seq = seq + 200000 WHERE batch <> '{batch}'",
        ),
        "shipped_unreleased": (
            f"UPDATE batch SET registered_at = {begun} WHERE id = '{batch}'",
            f"UPDATE batch SET registered_at = {at + 50 * DAY} WHERE id <> '{batch}'",
        ),
    }
    for table, ready in since.items():
        reason = ("reason, ", "'', ") if table == "shipped_unreleased" else ("", "")
        for kind, clock in (("as it is", None), ("behind", begun - 9 * DAY), ("ahead", at + 9 * DAY)):
            written = event(seq, "batch.shipped", world.linh, at, clock=clock)
            for days in (-42, -39, -31, -28, 0, 1, 4, 9, 13):
                first = -40 if kind == "behind" else -31
                last = 11 if kind == "ahead" else 2
                leaves = (
                    f"INSERT INTO {table} (id, batch, quantity, to_whom, on_day, document, {reason[0]}person, seq)"
                    f" VALUES ('{OTHER}', '{batch}', 1, 'x', '{day(at, days)}', '', {reason[1]}'p', {seq})"
                )
                what = f"{days} days from now, the clock {kind}"
                yield Case(f"{table}_on_day", what, not first <= days <= last, (*ready, *written), leaves)


def _nobody_left(world: World) -> Iterator[Case]:
    at, seq, batch, other = now(world), world.head + 1, world.accepted.batch, world.rejected.batch
    who = "SELECT DISTINCT person FROM role_for_batch WHERE role = 'inspector' AND batch = "
    everybody = {
        "batch_reworker": "INSERT INTO batch_reworker (batch, person, seq)"
        f" SELECT '{{}}', person, {seq} FROM ({who}'{{}}') AS p",
        "batch_maker": "INSERT INTO batch_maker (batch, person, units, seq)"
        f" SELECT '{{}}', person, '[]', {seq} FROM ({who}'{{}}') AS p",
    }
    ordered = (
        "DELETE FROM batch_maker",
        "DELETE FROM batch_reworker",
        f"UPDATE batch SET rework_ordered = 1 WHERE id = '{batch}'",
    )
    done = f"UPDATE batch SET rework_ordered = 0 WHERE id = '{batch}'"
    for table, marked in everybody.items():
        for of, but in product((batch, other), (None, world.som)):
            mark = (marked.format(of, of), *((f"DELETE FROM {table} WHERE person = '{but}'",) if but else ()))
            for beside in ((), (world.som,), (world.linh,), (world.lan,)):
                act = event(seq, "batch.reworked", world.linh, at, beside=beside)
                nobody = of == batch and but is None
                two = world.som in beside or world.lan in beside
                for later in ((), event(seq + 1, "batch.held", world.linh, at)):
                    wrong = nobody and (not two or bool(later))
                    what = f"{table} of {of} but {but}, {beside} beside, {len(later)} later"
                    ready = (*ordered, *mark, *act, *later)
                    yield Case("batch_reworked_by_two", what, wrong, ready, done)
            rest = f"UPDATE batch SET note = 'x' WHERE id = '{batch}'"
            alone = (*ordered, *mark, *event(seq, "batch.reworked", world.linh, at))
            yield Case("batch_reworked_by_two", f"{table}, still ordered", False, alone, rest)
            never = (*alone, f"UPDATE batch SET rework_ordered = 0 WHERE id = '{batch}'")
            yield Case("batch_reworked_by_two", f"{table}, never ordered", False, never, rest)
    planners = (*ordered, "DELETE FROM role_grant WHERE role = 'inspector'")
    alone = event(seq, "batch.reworked", world.linh, at)
    yield Case("batch_reworked_by_two", "nobody inspects at all", True, (*planners, *alone), done)
