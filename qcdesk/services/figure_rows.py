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


@dataclass(frozen=True, slots=True)
class LotBehindRow:
    """A lot behind a figure: what it counts of it, and in which month."""

    batch: str
    number: str
    month: str
    amount: int
