# SPDX-License-Identifier: Apache-2.0
"""How often batches that went out had an escape, by procedure, by plan, and by the two who looked.

A batch counts once, however many complaints are about it; what is classified, a person has classified. What no customer
complained of is in no rate: the share that slipped through is at least what is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from qcdesk.services.care_rows import WentOutRow
from qcdesk.statistics.misses import Share

EscapeBy = Literal["procedure", "plan", "pair"]
BY: Final[tuple[EscapeBy, ...]] = ("procedure", "plan", "pair")


@dataclass(frozen=True, slots=True)
class EscapeRate:
    """``share``: of the batches that went out those with an escape. ``row``: any of them, for the words of it."""

    by: EscapeBy
    key: tuple[object, ...]
    share: Share
    row: WentOutRow


def escape_rates(rows: Iterable[WentOutRow], by: EscapeBy) -> tuple[EscapeRate, ...]:
    """Return a rate for each procedure version, plan or pair, in the order of their names: nobody is ranked."""
    went: Counter[tuple[object, ...]] = Counter()
    escaped: Counter[tuple[object, ...]] = Counter()
    any_of: dict[tuple[object, ...], WentOutRow] = {}
    for row in rows:
        key = _key(row, by)
        went[key] += 1
        escaped[key] += row.escape
        any_of.setdefault(key, row)
    found = [EscapeRate(by, key, Share.of(escaped[key], n), any_of[key]) for key, n in went.items()]
    return tuple(sorted(found, key=lambda one: tuple(map(_order, one.key))))


def all_rates(rows: Iterable[WentOutRow]) -> Mapping[EscapeBy, tuple[EscapeRate, ...]]:
    """Return the rates of each kind."""
    rows = tuple(rows)
    return {by: escape_rates(rows, by) for by in BY}


def _order(part: object) -> tuple[bool, object]:
    """Numbers before words, each in their order."""
    return (False, part) if isinstance(part, int) else (True, str(part).casefold())


def _key(row: WentOutRow, by: EscapeBy) -> tuple[object, ...]:
    if by == "procedure":
        return row.procedure, row.version
    if by == "pair":
        return tuple(sorted((row.first, row.second), key=str.casefold))
    return row.n, row.severity, *(part for accept in row.accepts for part in accept)
