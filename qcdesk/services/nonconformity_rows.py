# SPDX-License-Identifier: Apache-2.0
"""Flat rows of nonconformities, and the port that reads them; times are microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from qcdesk.domain.nonconformities import Nonconformity, Step
from qcdesk.domain.sampling import DefectClass


@dataclass(frozen=True, slots=True)
class NonconformityRow:
    """A nonconformity in a list, with the names of what it is about. ``supplier``: its id; empty: own goods.

    ``called``: its codes as the catalogue calls them; a code that is not in it stands for itself.
    """

    nonconformity: Nonconformity
    batch: str
    batch_number: str
    product: str
    supplier: str
    supplier_name: str
    owner_name: str
    opened_at: int
    opened_by: str
    opener_name: str
    closed_at: int | None
    closed_by: str
    called: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return its number."""
        return self.nonconformity.number


@dataclass(frozen=True, slots=True)
class NonconformityStepRow:
    """Something that was done about a nonconformity, by whom and when.

    ``event``: its number in the log, where this reader is told it. ``to_name``: who sees to it from then on, or the
    number of the corrective action.
    """

    event: int | None
    at: int
    person: str
    step: Step
    to_name: str


@dataclass(frozen=True, slots=True)
class NonconformingRow:
    """A code that it names: what compared rounds found of it before it was opened. ``units``: tallied ones too."""

    code: str
    name: str
    defect_class: DefectClass
    units: int
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoodsDecidedRow:
    """What was decided of the goods: a disposition, a concession, or a split, by whom and beside whom.

    ``reason``: empty where its words could tell what a check found that is not compared.
    """

    event: int | None
    at: int
    kind: Literal["rework", "repair", "sort", "regrade", "return", "scrap", "inspect", "split", "concession"]
    quantity: int
    people: tuple[str, ...]
    reason: str
    counts: bool
    """Whether it was closed over this one."""


@dataclass(frozen=True, slots=True)
class NonconformityPage:
    """All that is on record of a nonconformity.

    ``opened_event``: number of the event that opened it, where this reader is told it. ``stands``: where the goods are.
    ``actions``: number, title and state of the corrective actions.
    """

    row: NonconformityRow
    opened_event: int | None
    batch_state: str
    held: bool
    quantity: int
    stands: str
    defects: tuple[NonconformingRow, ...]
    steps: tuple[NonconformityStepRow, ...]
    decided: tuple[GoodsDecidedRow, ...]
    actions: tuple[tuple[str, str], ...]


class NonconformityReader(Protocol):
    """What lists and pages about nonconformities ask. Nothing in them comes from a round that is not compared."""

    def listed(
        self,
        *,
        closed: bool = False,
        owner: str | None = None,
        batch: str | None = None,
        supplier: str | None = None,
    ) -> tuple[NonconformityRow, ...]:
        """Return nonconformities that are open (or with ``closed`` all), the earliest due first, closed ones last.

        Args: supplier: of its batches, and of those of whoever it is the same as.
        """

    def page(self, number: int, person: str | None) -> NonconformityPage:
        """Return one, with numbers of events as a person is told them (None: nobody in particular)."""

    def findable(self, batch: str) -> tuple[tuple[str, str], ...]:
        """Return code and name of what compared rounds of a batch found, the gravest first."""
