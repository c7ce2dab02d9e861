# SPDX-License-Identifier: Apache-2.0
"""Batches, their parts and holds, as a unit of work tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.batches import Batch
from qcdesk.domain.events import BatchSaved
from qcdesk.domain.sampling import DefectClass
from qcdesk.services.part_rows import PartRow


@dataclass(frozen=True)
class KnownBatch:
    """A batch as an import meets it; ``changeable``: registered, and its first round has not opened."""

    saved: BatchSaved
    state: str
    changeable: bool


class BatchQuestions(Protocol):
    """The questions of a unit of work about batches, whatever was found in their inspection."""

    def batch(self, batch: str) -> Batch:
        """Return a batch by id or number; BadInput ``unknown_batch``."""

    def batch_numbers(self, but: str = "") -> tuple[str, ...]:
        """Return every number that any batch ever had, without those of one (``but``, its id)."""

    def numbers_had(self, numbers: Sequence[str], but: str = "") -> dict[str, str]:
        """Return which of these numbers a batch ever had, also before, with its number now; without one (``but``)."""

    def batches_by_number(self, numbers: Sequence[str]) -> dict[str, KnownBatch]:
        """Return those of these batches that are there, with their makers."""

    def part_of(self, batch: str) -> PartRow | None:
        """Return the batch that one was split from, with what went into this part; None: it is no part."""

    def parts_of(self, batch: str) -> tuple[PartRow, ...]:
        """Return the parts that a batch was split into, the first first."""

    def hold_of(self, batch: str) -> tuple[str, str]:
        """Return kind and reason of the hold that stands over a batch; both empty where none does."""

    def retraction_hold(self, batch: str) -> str | None:
        """Return the hold that a retracted check has brought to a batch and that nothing has ended; else None."""

    def went_out(self, batch: str) -> bool:
        """Tell whether a batch was ever released, also under concession, or units of it were shipped."""

    def had_verdict(self, batch: str) -> bool:
        """Tell whether a round of a batch ever came to accepted or rejected, whatever became of it since."""

    def being_checked(self) -> tuple[str, ...]:
        """Return the batches of which a first check may wait for its second, by id."""

    def critical_units(self, batch: str) -> tuple[int, ...]:
        """Return units (numbers in the batch) on which anyone ever claimed a critical; for samples and splits only.

        Those of a part are its first; what went into a part is here no more.
        """

    def claimed(self, batch: str) -> dict[str, str]:
        """Return every code that anyone ever claimed on a batch with its gravest class, withdrawn or not."""

    def found_in(self, batch: str) -> tuple[str, ...]:
        """Return the codes of what the two checks of compared rounds of a batch found, the gravest first."""

    def told_of(self, lot: str) -> Mapping[str, DefectClass]:
        """Return the codes that were found outside any inspection in a lot or its parts, each with its class."""
