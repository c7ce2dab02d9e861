# SPDX-License-Identifier: Apache-2.0
"""The documents that signatures stand on: canonical, whole, kept under their hash (trust.md §4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from qcdesk.domain import canonical
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import Resolution, RoundCompared
from qcdesk.domain.log import StoredEvent
from qcdesk.domain.rounds import Check, Round
from qcdesk.services.ports import UnitOfWork


@dataclass(frozen=True)
class Record:
    """A document in canonical form and its SHA-256."""

    sha256: str
    document: bytes


def check_record(uow: UnitOfWork, standing: Round, check: Check) -> Record:
    """Return the record of a check: what the round pinned, and every entry with who, when and event hash.

    Built from the events themselves, so that corrections and withdrawn findings are in it. Reads no other check.
    """
    document = canonical.encode_with(
        {
            "kind": "check",
            "v": 1,
            "check": check.id,
            "place": check.place,
            "person": check.person,
            "started_at": check.started_at,
            "opened_hash": standing.opened_hash,
        },
        {
            "opened": standing.opened.spelled,
            "entries": b"[" + b",".join(_entry(stored) for stored in uow.entries(check.id)) + b"]",
        },
    )
    return Record(hashlib.sha256(document).hexdigest(), document)


@lru_cache(maxsize=1024)
def _entry(stored: StoredEvent) -> bytes:
    """Return an entry as a record repeats it, in canonical form: spelled once, since an event never changes."""
    event = stored.event()
    return canonical.encode_with(
        {"seq": stored.seq, "hash": stored.hash.hex(), "at": event.at, "by": event.by},
        {"entry": event.spelled_body},
    )


def round_record(
    uow: UnitOfWork,
    standing: Round,
    compared: RoundCompared,
    earlier: tuple[Round, ...],
    resolutions: tuple[Resolution, ...] = (),
) -> Record:
    """Return the record of a round: both checks, the comparison, the decision, what earlier rounds came to."""
    checks = []
    for check in standing.checks:
        if check.signed_hash is not None:
            checks.append(
                {
                    "signed": to_data(uow.signed(check.id)) if check.place != "third" else None,
                    "event": check.signed_hash,
                    "person": check.person,
                    "at": check.signed_at,
                    "state": check.state,
                }
            )
        elif check.state == "set_aside":
            checks.append(
                {
                    "set_aside": check.id,
                    "place": check.place,
                    "person": check.person,
                    "record": check_record(uow, standing, check).sha256,
                }
            )
    return _record(
        {
            "kind": "round",
            "v": 1,
            "round": standing.id,
            "opened": to_data(standing.opened),
            "opened_hash": standing.opened_hash,
            "checks": checks,
            "compared": to_data(compared),
            "compared_hash": standing.compared_hash,
            "decided": [to_data(r) for r in resolutions],
            "decided_hash": standing.decided_hash,
            "earlier": [
                {
                    "round": r.id,
                    "no": r.no,
                    "opened_hash": r.opened_hash,
                    "compared": r.compared_hash,
                    "outcome": r.compared.outcome if r.compared else None,
                    "decided": r.decided.outcome if r.decided else None,
                }
                for r in earlier
            ],
        }
    )


def _record(document: object) -> Record:
    encoded = canonical.encode(document)
    return Record(hashlib.sha256(encoded).hexdigest(), encoded)
