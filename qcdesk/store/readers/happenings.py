# SPDX-License-Identifier: Apache-2.0
"""What a line of history says: the facts of an event as short texts, within a person's sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from qcdesk.domain.canonical import Json
from qcdesk.domain.log import Event
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import asked, in_lots
from qcdesk.store.readers.sight import ENTRIES, WORDS, Sight

_BODIES = sa.text("SELECT seq, body FROM event WHERE seq IN :seqs").bindparams(
    sa.bindparam("seqs", expanding=True)
)
_QUIET = frozenset(
    (
        "batch",
        "check",
        "digest",
        "first",
        "hash",
        "hold",
        "key",
        "lost",
        "meaning",
        "mode",
        "of_batch",
        "over",
        "picture",
        "procedure_hash",
        "public_key",
        "record",
        "recovery_public_key",
        "report",
        "round",
        "second",
        "seed",
        "session",
        "subject_id",
        "sha256",
        "mapping_sha256",
        "vault",
    )
)
"""Fields that say nothing to a reader of history."""


def told(
    connection: sa.Connection,
    lines: Sequence[Row],
    sights: Mapping[str | None, Sight],
    names: Mapping[str, str],
) -> list[tuple[Row, dict[str, str]]]:
    """Return the lines that a person may see, each with its facts; ``beside`` names who else signed, one a line.

    Entries come without their content, which is never loaded. A signature that is not open yet is told without
    loading what it says: only that the first check is signed.
    """
    seen = [line for line in lines if line["type"] not in ENTRIES or sights[line["batch"]].entry(line)]
    wanted = [line["seq"] for line in seen if line["type"] not in ENTRIES and not _closed(line, sights)]
    bodies: dict[int, Mapping[str, Json]] = {}
    others: dict[int, str] = {}
    for lot in in_lots(wanted):
        for row in asked(connection, _BODIES, seqs=lot):
            event = Event.from_bytes(bytes(row["body"]))
            bodies[row["seq"]] = event.body
            others[row["seq"]] = "\n".join(names.get(one.person, one.person) for one in event.co)
    found = []
    for line in seen:
        facts = facts_of(line["type"], bodies.get(line["seq"], {}), names)
        if others.get(line["seq"]):
            facts["beside"] = others[line["seq"]]
        if line["type"] in WORDS and not sights[line["batch"]].words(line["seq"], line["person"]):
            facts.pop("reason", None)
        if line["type"] == "check.signed" and line["seq"] not in bodies:
            facts["place"] = "first"  # the second signature is compared, and so open, at once
        found.append((line, facts))
    _tell_repairs(found)
    return found


def _tell_repairs(found: Sequence[tuple[Row, dict[str, str]]]) -> None:
    """Say of goods that were put down as done, which two people had sent to repair, that they were repaired."""
    ordered: dict[str, str] = {}
    for line, facts in sorted(found, key=lambda one: int(one[0]["seq"])):
        if line["type"] == "batch.disposed":
            ordered[line["batch"]] = facts.get("disposition", "")
        elif line["type"] == "batch.reworked" and ordered.get(line["batch"]) == "repair":
            facts["repaired"] = "true"


def _closed(line: Row, sights: Mapping[str | None, Sight]) -> bool:
    if line["type"] != "check.signed":
        return False
    sight = sights[line["batch"]]
    return not sight.open(line["seq"]) and not sight.own(line["checking"])


def facts_of(kind: str, body: Mapping[str, Json], names: Mapping[str, str]) -> dict[str, str]:
    """Return what a sentence about an event needs, as short texts; nested content is left out."""
    facts = {name: _text(value) for name, value in body.items() if _short(name, value)}
    person = body.get("person")
    if isinstance(person, str) and person in names:
        facts["person_name"] = names[person]
    match kind, body:
        case "round.opened", {"procedure": {"code": str(code), "version": int(version)}, "sample": [*sample]}:
            facts |= {"procedure": code, "version": str(version), "n": str(len(sample))}
        case "role.granted", {"grant": {"role": str(role)}}:
            facts["role"] = role
        case "defects.reported", {"rows": [*rows]}:
            facts["n"] = str(len(rows))
        case "log.voided", {"lost": [*lost]} if lost:
            facts["lost"] = str(len(lost))
        case "batch.split", {"parts": [*parts]}:
            facts["parts"] = ", ".join(
                f"{one['number']} ({one['quantity']})" for one in parts if isinstance(one, dict)
            )
        case "batch.reworked", {"by": [*people]}:
            facts["by"] = ", ".join(names.get(str(p), str(p)) for p in people)
    return facts


def _short(name: str, value: Json) -> bool:
    return name not in _QUIET and isinstance(value, str | int) and value != ""


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
