# SPDX-License-Identifier: Apache-2.0
"""Whether one event breaks a rule: the log gone through up to it, with its signatures, in which nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.checker.lines import Row
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.signatures import verifier_for
from qcdesk.checker.walk import Standing, Walk
from qcdesk.store.database import Database
from qcdesk.store.verification import page_of


def breaks_rule(database: Database, number: int) -> bool:
    """Tell whether a rule does not allow this event, or it says nothing that counts: what two people may explain."""
    verifier = verifier_for(number)
    bad: frozenset[int] = frozenset()
    try:
        while True:
            walk = Walk(Replay(), Standing(), bad)
            for page in _pages(database, number):
                jobs, _ = walk.take(page)
                if not bad:
                    verifier.take(jobs)
            now = frozenset(verifier.finish())
            if now == bad:
                rules = walk.rules
                owes = any(finding.event == number for finding in rules.owing())
                return owes or number in rules.broken or number in rules.failed
            bad = now
    finally:
        verifier.close()


def _pages(database: Database, until: int) -> Iterator[list[Row]]:
    """Yield the log up to an event, and what follows on the same page: what an event asks for comes after it."""
    after = -(2**62)  # below any number a row could have
    while after < until:
        with database.reading() as connection:
            page = page_of(connection, after)
        if not page:
            return
        yield page
        after = page[-1].seq
