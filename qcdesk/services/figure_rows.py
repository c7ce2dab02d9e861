# SPDX-License-Identifier: Apache-2.0
"""Figures of a supplier as they are kept, month by month; see ``store.figures`` for what counts and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class FigureRow(NamedTuple):
    """One figure of one month (``2026-03``). ``code``: of a defect, empty for all other figures."""

    month: str
    name: str
    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class SupplierFigures:
    """The figures of one supplier, and what the defect codes in them are called."""

    rows: tuple[FigureRow, ...]
    names: dict[str, str]


class DefectFigureRow(NamedTuple):
    """How many defects of a code were found, or reported from outside, of a product in a month.

    ``product``: its code, empty where none was named. ``name``: ``found.major``, ``reported.minor`` …
    """

    product: str
    month: str
    name: str
    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class DefectFigures:
    """All defects of a supplier, and what the codes and products in them are called."""

    rows: tuple[DefectFigureRow, ...]
    names: dict[str, str]
    products: dict[str, str]


@dataclass(frozen=True, slots=True)
class BehindRow:
    """What counts in a figure: a lot with the two who signed what was found in it, or a defect reported from outside.

    ``batch``: its id, empty where a report names none; ``number``: of the lot, else what the report refers to.
    ``first``, ``second``: who signed, empty for a report; ``at``: when the second did, or the report was made.
    """

    batch: str
    number: str
    product: str
    month: str
    amount: int
    first: str
    second: str
    at: int
    reported: bool = False


@dataclass(frozen=True, slots=True)
class LotRunRow:
    """A lot with its final verdict: units looked at (0: tallied goods), and how often each class and code was found."""

    batch: str
    number: str
    product: str
    units: int
    accepted: bool
    found: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class DefectPhotoRow:
    """A photo of a defect, by its hash, and on which unit of which lot it was taken."""

    photo: str
    batch: str
    number: str
    unit: int | None
    at: int
