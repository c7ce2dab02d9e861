# SPDX-License-Identifier: Apache-2.0
"""What goes out again: which lists there are, and who gives their rows, within the blind rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol, get_args

from qcdesk.domain.inputs import BadInput

Cell = str | int | Decimal | date | datetime | None
ExportKind = Literal[
    "suppliers",
    "products",
    "people",
    "roles",
    "qualifications",
    "catalogue",
    "instruments",
    "procedures",
    "batches",
    "makers",
    "rounds",
    "checks",
    "units",
    "findings",
    "measurements",
    "sign_offs",
    "holds",
    "shipments",
    "defects",
    "supplier_statuses",
    "supplier_merges",
    "severities",
    "dispositions",
    "concessions",
    "concession_budgets",
    "corrective_actions",
    "corrective_action_steps",
    "promises",
    "release_stops",
    "audit_templates",
    "audits",
    "audit_answers",
    "audit_steps",
    "complaints",
    "complaint_steps",
    "touches",
    "owner_figures",
    "nonconformities",
    "nonconformity_steps",
    "imports",
    "events",
    "left_out",
]
EXPORT_KINDS: tuple[ExportKind, ...] = tuple(kind for kind in get_args(ExportKind) if kind != "left_out")
"""In the order in which they can be imported again. Not among them: ``left_out``, which says what is missing."""
JSON_ONLY: frozenset[ExportKind] = frozenset(("procedures", "rounds", "audit_templates"))
"""Whose rows hold whole documents, too long for a cell of a table."""


@dataclass(frozen=True)
class ExportTable:
    """A list: its headers (those of an import where there is one), and its rows as they come."""

    headers: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


class ExportRows(Protocol):
    """Gives the rows of each list for one person."""

    def table(self, kind: ExportKind, person: str | None) -> ExportTable:
        """Return a list as this person (None: nobody in particular) may have it.

        What was found in a round that is not compared is left out, but for the person's own check, and for whoever
        has given up the second place or was put down as having seen the first check. How much is left out is not
        said, since that would tell whether anything was found; ``left_out`` names the checks. Nor is a number of an event
        after the first entry that is left out, nor its bytes, which carry the number: they would count the entries.
        """


def kinds_of(kind: str) -> tuple[ExportKind, ...]:
    """Return the lists that a word names: one, or ``all``. Raises: BadInput: ``unknown_kind`` (facts ``known``)."""
    if kind == "all":
        return EXPORT_KINDS
    for known in EXPORT_KINDS:
        if known == kind:
            return (known,)
    known_words = (*EXPORT_KINDS, "all")
    raise BadInput("unknown_kind", facts={"value": kind, "known": known_words}, where={"field": "kind"})
