# SPDX-License-Identifier: Apache-2.0
"""Rows of a list with what each is found by, narrowed as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from qcdesk.services.searching import folded, found

RowT = TypeVar("RowT")


class Finding(Generic[RowT]):
    """Rows once loaded. Build it off the thread of the window: folding Chinese names reads a dictionary."""

    def __init__(
        self, rows: Iterable[RowT] = (), texts: Callable[[RowT], Iterable[str]] = lambda _: ()
    ) -> None:
        self._rows = [(row, folded(texts(row))) for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> tuple[RowT, ...]:
        """All rows in their order."""
        return tuple(row for row, _ in self._rows)

    def matching(self, text: str) -> tuple[RowT, ...]:
        """Return the rows that answer what was typed; all for an empty text."""
        return tuple(row for row, column in self._rows if found(column, text))
