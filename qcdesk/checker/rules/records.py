# SPDX-License-Identifier: Apache-2.0
"""The documents that signatures stand on, written anew from the log: a signed record says what its lines say (§4).

The record of a check is what its round pinned and every entry of its own; the record of a round is both checks, the
comparison, the decision and what the rounds before came to. Both are canonical, so one digest tells whether they hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from qcdesk.checker import canonical
from qcdesk.checker.lines import Line
from qcdesk.checker.rules.state import Check


def entry(line: Line) -> dict[str, Any]:
    """Return an entry as the record of its check repeats it."""
    return {"seq": line.seq, "hash": line.hash, "at": line.at, "by": line.by, "entry": line.body}


def of_check(opened: dict[str, Any], opened_hash: str, check: Check) -> bytes:
    """Return the record of a check. ``opened``: what the round's first line says."""
    return canonical.write(
        {
            "kind": "check",
            "v": 1,
            "check": check.id,
            "place": check.place,
            "person": check.person,
            "started_at": check.begun_at,
            "opened_hash": opened_hash,
            "opened": opened,
            "entries": check.entries,
        }
    )


def of_round(
    opened: dict[str, Any],
    opened_hash: str,
    checks: Iterable[Check],
    compared: dict[str, Any],
    compared_hash: str,
    decided: list[dict[str, Any]],
    decided_hash: str | None,
    earlier: list[dict[str, Any]],
) -> bytes:
    """Return the record of a round: ``decided`` is what the third person settled, if one was asked."""
    said = (_of_both(each) for each in checks if each.state != "open")
    return canonical.write(
        {
            "kind": "round",
            "v": 1,
            "round": opened["round"],
            "opened": opened,
            "opened_hash": opened_hash,
            "checks": list(said),
            "compared": compared,
            "compared_hash": compared_hash,
            "decided": decided,
            "decided_hash": decided_hash,
            "earlier": earlier,
        }
    )


def _of_both(check: Check) -> dict[str, Any]:
    if check.state == "aside":
        return {"set_aside": check.id, "place": check.place, "person": check.person, "record": check.record}
    return {
        "signed": check.said,
        "event": check.hash,
        "person": check.person,
        "at": check.signed_at,
        "state": check.state,
    }


def digest(document: bytes) -> str:
    """Return what a signature names a record by."""
    return sha256(document).hexdigest()
