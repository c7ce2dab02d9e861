# SPDX-License-Identifier: Apache-2.0
"""What the scorecard's page shows: lines in words, and what each leads to."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.chart_sheets import ChartSheet


@dataclass(frozen=True)
class FigureLine:
    """One figure. ``worse``: it left its usual range to the bad side. ``picture``: its past; None: too few months."""

    cells: tuple[str, ...]
    worse: bool
    recorded: bool
    picture: ChartPicture | None


@dataclass(frozen=True)
class CauseLine:
    """What was found of a code in checks and reported from outside."""

    code: str
    name: str
    count: int
    reported: int


@dataclass(frozen=True)
class LotLine:
    """A lot behind a code; ``batch``: its id."""

    batch: str
    number: str
    month: str
    count: int


@dataclass(frozen=True)
class Shown:
    """The whole page. ``sheet`` None: there is nothing to print yet."""

    supplier: str
    name: str
    note: str
    headline: str
    total: str
    figures: tuple[FigureLine, ...]
    causes: tuple[CauseLine, ...]
    picture: ChartPicture | None
    sheet: ChartSheet | None
