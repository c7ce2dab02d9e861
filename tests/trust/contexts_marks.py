# SPDX-License-Identifier: Apache-2.0
"""Cases of the rule that an event says how it counts: what older programs left out, nothing of this schema does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import Case

_MARKS: Mapping[str, tuple[str, ...]] = {
    "defect.reported": ("stops",),
    "defects.reported": ("stops",),
    "nonconformity.opened": ("together",),
    "nonconformity.reopened": ("together",),
    "audit.closed": ("reopens",),
    "round.again": ("stands",),
    "concession.approved": ("arrived", "judged"),
    "nonconformity.noted": (),
}


def cases(world: World) -> Iterator[Case]:
    """Yield every case: each mark left out, denied and said."""
    for kind, marks in _MARKS.items():
        for said in product((None, False, True), repeat=len(marks)):
            body = {name: value for name, value in zip(marks, said, strict=True) if value is not None}
            yield _case(world, kind, body, refused=not all(said))
    for called, reached in product((False, True), (None, False, True)):
        outcome = {} if reached is None else {"reached": reached}
        yield _case(
            world, "complaint.called_back", {"called": called, **outcome}, refused=called and reached is None
        )
    for tightens in (None, "", "rounds"):
        yield _case(
            world,
            "defect.repeated",
            {} if tightens is None else {"tightens": tightens},
            refused=tightens is None,
        )


def _case(world: World, kind: str, body: Mapping[str, object], *, refused: bool) -> Case:
    written = json.dumps({"type": kind, "body": body}).encode().hex()
    seq = world.head + 1
    return Case(
        "event_says_how_it_counts",
        f"{kind} with {body}",
        refused,
        (
            f"INSERT INTO event (seq, body, sig, hash) VALUES ({seq}, X'{written}', X'{'00' * 64}', X'{seq:064x}')",
        ),
        "INSERT INTO event (seq, body, sig, hash)"
        f" SELECT seq + 1, body, sig, substr(sig, 1, 32) FROM event WHERE seq = {seq}",
    )
