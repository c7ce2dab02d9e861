# SPDX-License-Identifier: Apache-2.0
"""What the last inspected lots were like: what both checks found together, and how long the checks took."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.sampling import DefectClass
from qcdesk.statistics.sampling import Basis


@dataclass(frozen=True, slots=True)
class LotClassRow:
    """One class of one lot: ``counted`` in ``n`` units, nonconforming units (percent) or nonconformities (per_100)."""

    defect_class: DefectClass
    counted: int
    n: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot with its final verdict. ``seconds`` and ``units``: of both checks together, as they were signed."""

    batch: str
    number: str
    at: int
    lot_size: int
    classes: tuple[LotClassRow, ...]
    seconds: int
    units: int

    def of(self, defect_class: DefectClass) -> LotClassRow | None:
        """Return what was found of a class; None where the plan had no rule for it."""
        return next((one for one in self.classes if one.defect_class == defect_class), None)


@dataclass(frozen=True, slots=True)
class LotSupplierRow:
    """A supplier that delivered something, by name."""

    supplier: str
    name: str
