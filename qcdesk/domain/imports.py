# SPDX-License-Identifier: Apache-2.0
"""What an import brings: typed rows, and everything that is wrong with a file, before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import DefectClass

ImportKind = Literal["suppliers", "products", "people", "batches", "defects", "catalogue", "figures"]
IMPORT_KINDS: tuple[ImportKind, ...] = (
    "suppliers", "products", "people", "batches", "defects", "catalogue", "figures"
)  # fmt: skip


@dataclass(frozen=True)
class SupplierRow:
    """A supplier; without a code it is given one when it is created. ``row`` is the line of the file, from 1."""

    row: int
    name: str
    code: str | None = None
    name_latin: str | None = None
    country: str | None = None
    address: str = ""
    contact: str = ""
    note: str = ""


@dataclass(frozen=True)
class ProductRow:
    """A product with its revision and the unit it is counted in."""

    row: int
    code: str
    name: str
    revision: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class PersonRow:
    """A person to be listed (a maker, say), not enrolled: no key, no signature."""

    row: int
    name: str
    login: str | None = None
    staff: str | None = None


@dataclass(frozen=True)
class BatchRow:
    """A batch to register; ``product`` is a code, ``supplier`` a name or a code, ``quantity`` in units."""

    row: int
    number: str
    product: str
    quantity: int
    supplier: str | None = None
    order: str | None = None
    made_on: date | None = None
    ship_by: date | None = None
    line: str | None = None


@dataclass(frozen=True)
class DefectRow:
    """A defect that somebody outside reported; never part of a check. ``source`` says who.

    ``supplier_address``: tells suppliers of the same name apart.
    """

    row: int
    code: str
    source: str
    batch: str | None = None
    supplier: str | None = None
    product: str | None = None
    defect_class: DefectClass | None = None
    count: int = 1
    found_on: date | None = None
    note: str = ""
    reference: str | None = None
    supplier_address: str | None = None


@dataclass(frozen=True)
class CatalogueRow:
    """A defect code with its class and its name, also by language tag (``vi``, ``zh_CN``, ``th``)."""

    row: int
    code: str
    name: str
    defect_class: DefectClass
    names: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class MonthRow:
    """What the owner counted of a month (``2026-03``)."""

    row: int
    month: str
    repeat_orders: int
    referrals: int


ImportRow = SupplierRow | ProductRow | PersonRow | BatchRow | DefectRow | CatalogueRow | MonthRow


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in one cell: a BadInput's code and facts with their place; row 1 is usually the header."""

    row: int
    column: str
    value: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reference:
    """What a row that is wrong elsewhere refers to: looked for all the same, so that all is told at once."""

    row: int
    name: str
    value: str


@dataclass(frozen=True)
class ImportPlan:
    """A file as it would be imported: its good rows, and the problems for which none of them is.

    ``read`` counts the file's rows, ``repeated`` the rows left out because the map says so, ``questions`` are rows
    that read like another one and are put to a person, ``unused`` the columns that feed nothing, ``more`` the
    problems beyond those listed. ``references`` are of the rows that are not good. ``notes`` name what is in the file
    and was not taken, or is not seen by whoever opens it. ``another`` are the answers of the map: values that read like
    something else and are another one.
    """

    kind: ImportKind
    rows: tuple[ImportRow, ...]
    problems: tuple[RowProblem, ...] = ()
    questions: tuple[RowProblem, ...] = ()
    read: int = 0
    repeated: int = 0
    unused: tuple[str, ...] = ()
    more: int = 0
    references: tuple[Reference, ...] = ()
    notes: tuple[RowProblem, ...] = ()
    another: frozenset[str] = frozenset()

    def require_clean(self) -> None:
        """Refuse the whole file for its first problem, with the number of all: all rows or none.

        Raises: BadInput: the problem's own code and facts with ``problems``; ``where`` has row and column.
        """
        if self.problems:
            first = self.problems[0]
            facts = {**first.facts, "value": first.value, "problems": len(self.problems) + self.more}
            raise BadInput(first.code, facts=facts, where={"row": first.row, "column": first.column})
