# SPDX-License-Identifier: Apache-2.0
"""What charts are drawn from: readings in columns, counts lot by lot, and what there is to choose from.

Only what is settled is ever in here; see ``store.readers.analysis``. Times are microseconds UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from qcdesk.domain.sampling import DefectClass
from qcdesk.services.lot_rows import LotSupplierRow
from qcdesk.statistics.readings import Column

Whose = Literal["first", "second", "both"]
"""Whose readings: of the first checks, of the second ones, or each check by itself."""

OWN_GOODS: Final = "own"
"""In the place of a supplier's id: what the shop makes itself, which has no supplier."""


@dataclass(frozen=True, slots=True)
class CharacteristicChoice:
    """A measured characteristic with ``readings`` to chart.

    Its unit and its limits are those of the procedure version last used; None: it has none. Readings in another unit are
    not counted.
    """

    code: str
    name: str
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    nominal: Decimal | None
    readings: int


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """A product, by its code, of which ``lots`` are settled; what was measured on it, in the order of its procedure."""

    code: str
    name: str
    lots: int
    characteristics: tuple[CharacteristicChoice, ...]


@dataclass(frozen=True, slots=True)
class AnalysisChoices:
    """What there is to choose from: suppliers with settled lots, products with them, and from when to when they go.

    ``own``: there are settled lots of own goods, too. ``workspace``: the id of where all this is.
    """

    suppliers: tuple[LotSupplierRow, ...]
    products: tuple[ProductChoice, ...]
    first_at: int | None
    last_at: int | None
    own: bool = False
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class AnalysisWish:
    """What is to be charted: ``supplier`` by id or `OWN_GOODS`, ``product`` and ``characteristic`` by
    code; empty: all.

    Readings are always those of one product and one characteristic; where either is empty there are none.

    ``since`` and ``until``: when the check began, microseconds UTC, from the one up to below the other; None: no end.
    ``place``: whose readings. ``unit``: only readings in this unit, where the unit of a characteristic ever changed.
    """

    supplier: str = ""
    product: str = ""
    characteristic: str = ""
    since: int | None = None
    until: int | None = None
    place: Whose = "first"
    unit: str = ""


class SubgroupRow(NamedTuple):
    """One check's sample of one batch: where it leads to, and the limits that it was judged by.

    ``supplier``: id, empty for own goods. ``at``: when the check began. ``place``: first or second.
    """

    batch: str
    number: str
    supplier: str
    at: int
    place: Literal["first", "second"]
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class ReadingColumns:
    """Readings in the order of time, subgroup after subgroup, in each by unit.

    ``values`` in the unit of the characteristic. ``sizes``: readings in each subgroup, 1 or more; ``subgroups``, as
    many, say where each comes from.
    """

    values: Column
    sizes: tuple[int, ...]
    subgroups: tuple[SubgroupRow, ...]


@dataclass(frozen=True, slots=True)
class LotCountRow:
    """What the two checks of a lot found together, as settled.

    ``units`` looked at by either; ``nonconforming`` of them have a nonconformity, None of tallied goods, of which
    nobody can say on which unit it was. ``by_class`` and ``by_code``: nonconformities; ``by_code`` has measured
    characteristics, too, once per unit out of limits. ``at``: when the first check began.
    """

    batch: str
    number: str
    supplier: str
    at: int
    units: int
    nonconforming: int | None
    nonconformities: int
    by_class: tuple[tuple[DefectClass, int], ...]
    by_code: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LotCounts:
    """Lots in the order of time, and what the defect codes and characteristics in them are called."""

    lots: tuple[LotCountRow, ...]
    names: dict[str, str]
