# SPDX-License-Identifier: Apache-2.0
"""Goods that leave, and what is said of it: on a day between their release, or registration, and tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, day, event, now

DAY = 86_400_000_000


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _days(world)


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
