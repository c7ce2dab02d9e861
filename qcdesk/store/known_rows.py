# SPDX-License-Identifier: Apache-2.0
"""Rows that were read before and are still so, because the log still ends where it ended then.

Every row of a projection is what the log makes of it, so as long as the head of the log is the same, number and hash,
each question about projections has the same answer. What is asked for every act (people, roles, the shop, a pinned
round) is therefore read once by a station that works alone, and anew after anybody else has written.

Kept for one thread each: whoever writes holds the lock on the log while this is compared and taken up.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

from qcdesk.store.statements import Rows
from qcdesk.store.tables import CACHES, KEPT, ON_SERVER, OWN, PROJECTIONS

MOST = 300
"""Answers to one question that are kept; beyond, they are all forgotten."""
LONGEST = 200
"""Rows of an answer that is kept."""
_FROM = re.compile(r"\bFROM\s+(\w+)", re.IGNORECASE)
_JOINED = re.compile(r"\bJOIN\s+(\w+)", re.IGNORECASE)
_LOG = frozenset(("event", "line"))
_NOT_OF_THE_LOG = frozenset((*KEPT, *ON_SERVER, *CACHES, *OWN))


@lru_cache(maxsize=1024)
def tables_of(query: str) -> frozenset[str]:
    """Return the tables on which an answer depends.

    An event that is joined to a row by its number never changes, so it counts only where the log itself is searched.
    """
    return frozenset(_FROM.findall(query)) | (frozenset(_JOINED.findall(query)) - _LOG)


@lru_cache(maxsize=1024)
def outlives(query: str) -> bool:
    """Return whether an answer is still good in the next transaction when the log still ends where it did."""
    tables = tables_of(query)
    return bool(tables) and not tables & (_LOG | _NOT_OF_THE_LOG) and tables <= frozenset(PROJECTIONS)


@dataclass
class KnownRows:
    """Answers in one transaction, some of which were given in an earlier one: by question, then by its values.

    ``head``: hash of the last event for which they hold; None for an empty log, or when not known.
    """

    head: bytes | None = None
    answers: dict[str, dict[Hashable, Rows]] = field(default_factory=dict)
    long: dict[tuple[str, Hashable], Rows] = field(default_factory=dict)
    """Answers of many rows, which no later transaction gets."""
    asking: dict[str, set[str]] = field(default_factory=dict)
    """Questions by the tables on which their answers depend."""

    def get(self, query: str, values: Hashable) -> Rows | None:
        """Return an answer that was given before, or None."""
        given = self.answers.get(query)
        found = given.get(values) if given is not None else None
        return self.long.get((query, values)) if found is None and self.long else found

    def put(self, query: str, values: Hashable, rows: Rows) -> None:
        """Keep an answer."""
        given = self.answers.get(query)
        if given is None:
            given = self.answers[query] = {}
            for table in tables_of(query):
                self.asking.setdefault(table, set()).add(query)
        if len(rows) > LONGEST:
            self.long[query, values] = rows
        else:
            given[values] = rows

    def changed(self, tables: frozenset[str]) -> None:
        """Forget the answers that depend on tables that were written."""
        for table in tables:
            for query in self.asking.pop(table, ()):
                self.answers.pop(query, None)
                for asked in [a for a in self.long if a[0] == query]:
                    del self.long[asked]

    def for_later(self, head: bytes) -> KnownRows:
        """Return what still holds in a later transaction that finds this head; this is used up."""
        for query in [q for q, given in self.answers.items() if len(given) > MOST or not outlives(q)]:
            del self.answers[query]
        return KnownRows(head, self.answers, {}, self.asking)

    def at(self, head: bytes) -> KnownRows:
        """Return what holds in a transaction that found this head; this is used up."""
        return KnownRows(head, self.answers, {}, self.asking) if head == self.head else KnownRows(head)
