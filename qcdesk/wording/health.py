# SPDX-License-Identifier: Apache-2.0
"""What a verification found and what the doctor saw, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qcdesk.i18n import Catalogue, mark, placeholders
from qcdesk.wording.spelling import quoted

_PROBLEMS: Final[dict[str, str]] = {
    "event_form": mark("This event is not written as the program writes it."),
    "event_hash": mark("This event was changed: it no longer fits its own hash."),
    "event_key": mark("This event is signed with a key that was not active then."),
    "event_signature": mark("The signature of this event is not good."),
    "event_unknown": mark("This event is of a kind that this version does not know ({type})."),
    "event_strength": mark("This event is signed with the wrong kind of key."),
    "chain_broken": mark("The chain is broken here: this event does not follow event {after}."),
    "other_vault": mark("This event belongs to another workspace."),
    "cancelled": mark("Verification was stopped here; what follows was not looked at."),
    "row_extra": mark("The table {table} holds a row that the log never made ({key})."),
    "row_missing": mark("The table {table} lacks a row that the log made ({key})."),
    "row_differs": mark("A row of the table {table} was changed ({key}): {columns}."),
    "record_missing": mark("The signed record {record} is missing."),
    "record_damaged": mark("The signed record {record} was changed."),
    "file_missing": mark("The picture or file {file} is missing."),
    "file_damaged": mark("The picture or file {file} was changed."),
}
_GOOD: Final[dict[str, str]] = {}
_BAD: Final[dict[str, str]] = {}


def problem(code: str, facts: Mapping[str, str], words: Catalogue) -> str:
    """Return one thing that does not hold, as a sentence."""
    return _filled(_PROBLEMS.get(code, mark("Something here is not as it was written.")), facts, words)


def line(name: str, ok: bool, facts: Mapping[str, str], words: Catalogue) -> str:
    """Return one line of the doctor."""
    table = _GOOD if ok else _BAD
    return _filled(table.get(name, mark("In order.") if ok else mark("Not in order.")), facts, words)


def _filled(message: str, facts: Mapping[str, str], words: Catalogue) -> str:
    values = {name: quoted(value) for name, value in facts.items()}
    return words.say(message, **{name: values.get(name, "…") for name in placeholders(message)})
