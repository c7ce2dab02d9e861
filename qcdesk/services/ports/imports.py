# SPDX-License-Identifier: Apache-2.0
"""Files of rows that come in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from qcdesk.services.ports.keeping import Progress
from qcdesk.services.ports.keys import Hand


@dataclass(frozen=True)
class RowProblem:
    """A field of an import that cannot be taken."""

    row: int
    column: str
    value: str
    problem: str
    facts: dict[str, object]


@dataclass(frozen=True)
class ImportResult:
    """What an import read and did; with errors, nothing was changed.

    ``questions`` are rows that were taken and have another one's name: a person should look. ``notes`` name what is in
    the file and was not taken (columns, formulas), or is not seen by whoever opens it (hidden rows, columns, sheets).
    ``more`` counts the errors beyond those listed. ``repeated`` of the unchanged rows repeat another row of the file.
    """

    read: int
    created: int
    updated: int
    unchanged: int
    errors: tuple[RowProblem, ...]
    questions: tuple[RowProblem, ...] = ()
    notes: tuple[RowProblem, ...] = ()
    more: int = 0
    repeated: int = 0


class ImportFile(Protocol):
    """Files that come in: all rows or none, in one transaction."""

    def __call__(
        self,
        hand: Hand,
        kind: str,
        file: str,
        *,
        mapping: str | None = None,
        encoding: str | None = None,
        dry_run: bool = False,
        sheet: str | None = None,
        another: Collection[str] = (),
        progress: Progress | None = None,
    ) -> ImportResult:
        """Import a file of one of ``domain.imports.IMPORT_KINDS``; BadInput for a file refused whole."""
