# SPDX-License-Identifier: Apache-2.0
"""P10: verifying the log, with and without its signatures, against the bare loop over the chain's hashes."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite

from qcdesk.domain.log import GENESIS
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.database import FILE_NAME, open_database
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verification import verify
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect


def run(folder: Path, size: Size) -> list[Line]:
    """Verify a log of a few times as many events as there are rounds."""
    database = connect(str(folder), durable=True)
    upgrade(database)
    house = House.ready(database, HandClock())
    started = house.start("linh", house.batch(quantity=300))
    for n in range(size.rounds * 2):
        found = NewFinding(n % len(started.opened.sample) + 1, "SCR")
        house.use.record(house.sittings["linh"], Entries(started.check, findings=(found,)))
    unsigned = open_database(str(folder), lambda _key, _kind, _body, _sig: True)
    bare: Any = sqlite.connect(str(folder / FILE_NAME), isolation_level=None)
    whole, (count, head) = verify(database), _chain(bare)
    assert whole.ok, whole.problems
    assert (whole.checked, whole.head[1]) == (count, head), "both sides came to the same head"
    few = min(size.rounds, 15)
    lines = [
        compare(name, target, ours=partial(verify, each), base=partial(_chain, bare), rounds=few, per=count)
        for name, target, each in (
            ("P10 an event, hashes and tables, no signatures", "2.5x, then 1.4x (hashes only)", unsigned),
            ("P10 an event, everything", "", database),
        )
    ]
    bare.close()
    unsigned.dispose()
    database.dispose()
    return lines


def _chain(connection: Any) -> tuple[int, str]:  # noqa: ANN401 - the driver's own connection
    """Return how many events there are and the last hash."""
    prev, count = GENESIS, 0
    for body, sig, stored in connection.execute("SELECT body, sig, hash FROM event ORDER BY seq"):
        digest = sha256(b"QCDESK-EVENT-1\0" + len(body).to_bytes(8, "big") + body + sig).digest()
        assert digest == stored
        assert prev.hex().encode() in body
        prev, count = digest, count + 1
    return count, prev.hex()


BENCH = Bench("audit", "the log verified", run)
