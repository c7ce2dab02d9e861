# SPDX-License-Identifier: Apache-2.0
"""Verifying what came after the last verified head: chain, form, signatures, rules, and the records and files named.

What lies before was whole when it was verified, and is not read again here; nor are tables compared with the log. The
rules of the database are: one that somebody added could keep events from ever being written. So a start costs what was
written since, and the whole log is read nightly and before an audit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from qcdesk.checker.findings import not_voided, remarks
from qcdesk.checker.lines import Row
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.signatures import verifier_for
from qcdesk.checker.walk import Walk
from qcdesk.services.ports import Problem, Progress, Verified
from qcdesk.store.database import Database
from qcdesk.store.schema_text import differences, digest_of
from qcdesk.store.verification import Held, apart, explained_of, files_of, page_of, problem_of
from qcdesk.store.verified_heads import VerifiedHead


def verify_tail(
    database: Database, head: VerifiedHead, progress: Progress | None = None, held: Held | None = None
) -> Verified | None:
    """Check the lines after a verified head; None: the log does not go on from there, so all of it must be read."""
    with database.reading() as connection:
        there = connection.execute(_HASH, {"seq": head.seq}).scalar()
        until = connection.exec_driver_sql("SELECT max(seq) FROM event").scalar() or 0
    if there is None or bytes(there).hex() != head.hash:
        return None
    verifier = verifier_for(until - head.seq)
    bad: frozenset[int] = frozenset()
    try:
        while True:
            rules = head.rules()
            if rules is None:
                return None
            walk = Walk(rules, head.standing(), bad)
            for page in _pages(database, head.seq, until):
                jobs, _ = walk.take(page)
                if not bad:
                    verifier.take(jobs)
                if progress is not None and not progress(walk.done, until - head.seq):
                    cancelled = Problem(walk.standing.seq, None, "cancelled", {})
                    return _answer(walk, head, (cancelled,))
            now = frozenset(verifier.finish())
            if now == bad:
                break
            bad = now
    finally:
        verifier.close()
    with database.reading() as connection:
        around = list(_records(connection, walk))
    if head.schema != digest_of(database):
        around += differences(database)
    around += files_of(database, walk.wanted, walk.rules.number)
    found = _answer(walk, head, tuple(around))
    if found.ok and held is not None:
        held(walk.standing, walk.rules)
    return found


def _pages(database: Database, after: int, until: int) -> Iterator[list[Row]]:
    while after < until:
        with database.reading() as connection:
            page = [row for row in page_of(connection, after) if row.seq <= until]
        if not page:
            return
        yield page
        after = page[-1].seq


def _answer(walk: Walk[Replay], head: VerifiedHead, around: tuple[Problem, ...]) -> Verified:
    rules = walk.rules
    cancelled = any(problem.code == "cancelled" for problem in around)
    findings = [*rules.findings, *(() if cancelled else rules.owing())]
    found = [problem_of(f) for f in not_voided(findings, rules.voided)]
    standing = walk.standing
    left, lost, worth = apart(around, rules.lost)
    said = (*explained_of(findings, rules.voided), *lost)
    told = (*(problem_of(f) for f in remarks(findings)), *worth)
    return Verified(walk.done, (*found, *left), (standing.seq, standing.hash), head.seq, said, told)


def _records(connection: sa.Connection, walk: Walk[Replay]) -> Iterator[Problem]:
    for name, (seq, batch) in walk.wanted.records.items():
        document = connection.execute(_RECORD, {"name": name}).scalar()
        if document is None:
            yield Problem(seq, walk.rules.number(batch), "record_missing", {"record": name})
        elif hashlib.sha256(bytes(document)).hexdigest() != name:
            yield Problem(seq, walk.rules.number(batch), "record_damaged", {"record": name})


_HASH = sa.text("SELECT hash FROM event WHERE seq = :seq")
_RECORD = sa.text("SELECT document FROM record WHERE sha256 = :name")
