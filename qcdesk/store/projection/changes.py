# SPDX-License-Identifier: Apache-2.0
"""What an event does to the tables: the kinds of change, and how one is made of a fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import TypeAlias

from qcdesk.domain import canonical
from qcdesk.domain.canonical import Json
from qcdesk.domain.clocks import BEHIND_US
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import Fact
from qcdesk.domain.log import RECOVERY, Event

Value: TypeAlias = str | int | None
Row: TypeAlias = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Put:
    """Insert a row; with ``over`` an existing row of the same key is replaced (never for append-only tables).

    ``keep``: columns that stay as they are where the row is there already.
    """

    table: str
    row: Row
    over: bool = False
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Set:
    """Change columns of the rows in which ``where`` holds."""

    table: str
    where: Row
    values: Row


@dataclass(frozen=True, slots=True)
class Add:
    """Add to a number in the rows in which ``where`` holds."""

    table: str
    where: Row
    column: str
    amount: int


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove rows of a list that is written anew as a whole (makers, grants)."""

    table: str
    where: Row


@dataclass(frozen=True, slots=True)
class Inherit:
    """Insert a row whose ``column`` takes over the greatest value that it has in the rows of some people, or nothing."""

    table: str
    row: Row
    column: str
    people: tuple[str, ...]

    def with_value(self, value: Value) -> Put:
        """Return the row to insert once it is known what these people's rows hold."""
        return Put(self.table, {**self.row, self.column: value})


Change: TypeAlias = Put | Set | Add | Drop | Inherit


def document(value: object) -> str:
    """Return a dataclass (or plain data) as canonical JSON text, as the tables keep it."""
    data = to_data(value) if hasattr(value, "__dataclass_fields__") else value
    return canonical.encode(data).decode()


def changes(event: Event, fact: Fact) -> Iterator[Change]:
    """Yield what an event writes, in order; first the event's own line in the index, and who signed beside."""
    body = event.body
    yield Put(
        "line",
        {
            "seq": event.seq,
            "type": event.type,
            "person": event.by,
            "session": event.session,
            "at": event.at,
            "act": int(fact.STRENGTH in ("act", "either") and event.session is None),
            "station": event.station,
            "batch": text_of(body.get("batch")),
            "round": text_of(body.get("round")),
            "checking": text_of(body.get("check")),
        },
    )
    if event.at - event.clock > BEHIND_US:
        yield Put(
            "clock_behind",
            {
                "seq": event.seq,
                "station": event.station,
                "seconds": (event.at - event.clock) // 1_000_000,
            },
        )
    for co in event.co:
        waits = co.person == RECOVERY and event.type != "recovery.used"
        row: Row = {"seq": event.seq, "person": co.person, "key": co.key}
        yield Put("line_signer", {**row, "next_sheet": event.seq + 1 if waits else None})
    yield from project(fact, event)


@singledispatch
def project(fact: Fact, event: Event) -> Iterator[Change]:
    """Yield what a fact writes beside the event's own line; each kind of fact registers its own."""
    raise NotImplementedError(type(fact).__name__)


def text_of(value: object) -> str | None:
    """Return a text of the body, or None for anything else."""
    return value if isinstance(value, str) else None


def pinned(value: Json) -> str:
    """Return a part of an event's body as canonical JSON text: as it was signed, whatever fields came later."""
    return canonical.encode(value).decode()


def other_of(event: Event) -> str:
    """Return who signed beside the first; empty where nobody did."""
    return event.co[0].person if event.co else ""


def json_text(value: object) -> str:
    """Return plain data as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
