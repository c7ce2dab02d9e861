# SPDX-License-Identifier: Apache-2.0
"""P10: verifying a long log, against the bare loop over the chain's hashes: the chain, everything, the last 1,000."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite

from qcdesk.checker import signatures
from qcdesk.checker.checking import check_chain
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.sources import open_source
from qcdesk.checker.walk import Standing, Walk
from qcdesk.domain.log import GENESIS
from qcdesk.signing.verifying import verify as good
from qcdesk.store.database import FILE_NAME, open_database
from qcdesk.store.tail import verify_tail
from qcdesk.store.verification import verify
from qcdesk.store.verified_heads import VerifiedHead, VerifiedHeads
from tests.bench import long_log
from tests.bench.measuring import Bench, Line, Size, compare

LAST = 1_000
LONG = 50_000
"""With more events than this, each of them is verified once, and the pair of bare loops tells little."""


def run(folder: Path, size: Size) -> list[Line]:
    """Write a log as long as is asked for, and verify it."""
    log = long_log.write(folder / "log", size.events)
    source = open_source(log)
    database = open_database(str(log), good)
    bare: Any = sqlite.connect(str(log / FILE_NAME), isolation_level=None)
    count, hash_ = _chain(bare)
    after = max(count - LAST, count // 2)
    head = _head(log, folder, after)
    chain, whole, tail = check_chain(source), verify(database), verify_tail(database, head)
    assert chain.holds, chain.findings
    assert whole.ok, whole.problems
    assert tail is not None and tail.ok, tail
    assert chain.checked == whole.checked == count, "both sides read every line"
    assert whole.head[1] == tail.head[1] == hash_, "both sides came to the same head"
    few = min(size.rounds, 5) if count <= LONG else 1
    warm = int(count <= LONG)
    measure = partial(compare, again=None, rounds=few, warm=warm)
    every, last = partial(_chain, bare), partial(_chain, bare, after)
    lines = [
        measure(
            "P10 an event, the chain",
            "2.5x, then 1.4x",
            ours=_afresh(partial(check_chain, source)),
            base=every,
            per=count,
        ),
        measure(
            "P10 an event, everything", "", ours=_afresh(partial(verify, database)), base=every, per=count
        ),
        measure(
            f"P10 the last {count - after:,}, at a start",
            "",
            ours=_afresh(partial(verify_tail, database, head)),
            base=last,
        ),
    ]
    bare.close()
    database.dispose()
    return lines


def _afresh(work: Callable[[], object]) -> Callable[[], object]:
    """Return the work as a process does it that has not verified a signature yet."""

    def run() -> object:
        signatures.forget()
        return work()

    return run


def _head(log: Path, station: Path, at: int) -> VerifiedHead:
    """Return the head at a number, with where every rule stood there."""
    walk = Walk(Replay(), Standing(), frozenset())
    rows = (row for page in open_source(log).pages(0) for row in page)
    walk.take(islice(rows, at))
    heads = VerifiedHeads(station)
    heads.keep(walk.standing, walk.rules)
    head = heads.head(walk.standing.vault or "")
    assert head is not None
    return head


def _chain(connection: Any, after: int = 0) -> tuple[int, str]:  # noqa: ANN401 - the driver's own connection
    """Return how many events there are (after a number) and the last hash."""
    count, prev = 0, GENESIS
    if after:
        ((prev,),) = connection.execute("SELECT hash FROM event WHERE seq = ?", (after,)).fetchall()
    for body, sig, stored in connection.execute(
        "SELECT body, sig, hash FROM event WHERE seq > ? ORDER BY seq", (after,)
    ):
        digest = sha256(b"QCDESK-EVENT-1\0" + len(body).to_bytes(8, "big") + body + sig).digest()
        assert digest == stored
        assert prev.hex().encode() in body
        prev, count = digest, count + 1
    return count, prev.hex()


BENCH = Bench("audit", "a long log verified", run)
