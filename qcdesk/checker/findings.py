# SPDX-License-Identifier: Apache-2.0
"""What does not hold, as data: the event's number, the batch, a code and facts; and the sentence of each code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


def mark(message: str) -> str:
    """Return a sentence unchanged; the translators' collection finds it by this call."""
    return message


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold. ``event`` None: it stands at no line of the log. ``batch``: its number as known."""

    event: int | None
    batch: str | None
    code: str
    facts: Mapping[str, str]

    @staticmethod
    def of(event: int | None, code: str, batch: str | None = None, **facts: object) -> Finding:
        """Return a finding with its facts as text."""
        return Finding(event, batch, code, {name: str(fact) for name, fact in facts.items()})


SENTENCES: Final[dict[str, str]] = {
    # The chain and the signatures
    "event_form": mark("This event is not written as the program writes it ({reason})."),
    "event_hash": mark("This event was changed: it no longer fits its own hash."),
    "event_key": mark("This event is signed with a key that was not active then, or is another person's."),
    "event_signature": mark("The signature of this event is not good."),
    "event_unknown": mark("This event is of a kind that this version does not know ({type})."),
    "event_shape": mark("What this event says is not of the form of its kind ({where})."),
    "event_strength": mark("This event is signed with the wrong kind of key."),
    "chain_broken": mark("The chain is broken here: this event does not follow event {after}."),
    "chain_empty": mark("The log is empty."),
    "other_vault": mark("This event belongs to another workspace."),
    "time_back": mark("The time of this event lies before that of the event before it."),
    "cancelled": mark("Verification was stopped here; what follows was not looked at."),
    "key_again": mark("A key comes a second time here; it stays that of its first owner."),
    # Around the log
    "database_damaged": mark("The database is damaged: {reason}."),
    "record_missing": mark("The signed record {record} is missing."),
    "record_damaged": mark("The signed record {record} was changed."),
    "file_missing": mark("The picture or file {file} is missing."),
    "file_damaged": mark("The picture or file {file} was changed."),
    "backup_missing": mark("The backup lacks {file}."),
    "backup_changed": mark("{file} is not what it was when the backup was made."),
    "backup_head": mark("The backup says that its log ends with event {seq}, and it does not."),
    "dump_head": mark("The file says that its log ends with event {seq}, and it does not."),
    # Anchors
    "anchor_form": mark("{file} is not an anchor."),
    "anchor_vault": mark("The anchor {file} is of another workspace."),
    "anchor_key": mark("The anchor {file} is signed with a key that this log does not know."),
    "anchor_signature": mark("The signature of the anchor {file} is not good."),
    "anchor_missing": mark(
        "The anchor {file} names event {seq}, which this log no longer has: its end was cut off, "
        "or an older copy was put in its place."
    ),
    "anchor_differs": mark(
        "The anchor {file} names another event {seq} than this log holds: the log was made anew."
    ),
}


def sentence(finding: Finding) -> str:
    """Return a finding in plain English, for who has nothing but the checker."""
    facts = {name: " ".join(fact.split()) for name, fact in finding.facts.items()}
    return SENTENCES[finding.code].format_map(_Known(facts))


class _Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"
