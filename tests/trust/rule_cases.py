# SPDX-License-Identifier: Apache-2.0
"""Cases of single rules of the database: what stands around, what is tried, and what the rules of the product say to it.

Whether a case is to be refused is worked out from the rule as people read it, never from the trigger that keeps it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.store.scenes import World

OTHER = "f" * 32
"""An id that nothing has."""
RECOVERY = "recovery"


@dataclass(frozen=True)
class Case:
    """One try at one rule.

    ``ready``: what is written before, by hand and past all rules. ``refused``: whether this trigger, alone, must refuse
    the statement; where it must not, the statement changes one row.
    """

    trigger: str
    what: str
    refused: bool
    ready: tuple[str, ...]
    statement: str


def quoted(value: object) -> str:
    """Return a value as SQL spells it."""
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def now(world: World) -> int:
    """Return when the last event was, in microseconds UTC."""
    return world.scalar("SELECT at FROM line ORDER BY seq DESC LIMIT 1")


def day(at: int, days: int) -> date:
    """Return the day so many days after a moment, in UTC."""
    return datetime.fromtimestamp(at / 1_000_000, UTC).date() + timedelta(days=days)


def event(
    seq: int,
    kind: str,
    by: str | None,
    at: int,
    *,
    beside: tuple[str, ...] = (),
    station: str = "bench 1",
    batch: str | None = None,
    clock: int | None = None,
    **said: object,
) -> tuple[str, ...]:
    """Return the statements that put an event into the log: its bytes, its line, and who signed beside.

    Args: said: what its body says. clock: what the workstation's clock read (None: the event's
        time). Whoever signs beside twice does so with two keys.
    """
    body = json.dumps({"body": said} if clock is None else {"body": said, "clock": clock}).encode().hex()
    return (
        f"INSERT INTO event (seq, body, sig, hash) VALUES ({seq}, X'{body}', X'{'00' * 64}', X'{seq:064x}')",
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) VALUES"
        f" ({seq}, {quoted(kind)}, {quoted(by)}, NULL, {at}, 1, {quoted(station)}, {quoted(batch)}, NULL, NULL)",
        *(
            f"INSERT INTO line_signer (seq, person, key) VALUES ({seq}, {quoted(person)}, 'key {number}')"
            for number, person in enumerate(beside)
        ),
    )
