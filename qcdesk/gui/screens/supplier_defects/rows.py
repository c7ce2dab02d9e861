# SPDX-License-Identifier: Apache-2.0
"""What the page of a supplier's defects shows: pictures, what stands behind a bar, and photos side by side."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.widgets.bars import Bar
from qcdesk.gui.widgets.side_by_side import PhotoLine
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.supplier_defects import Way


@dataclass(frozen=True)
class Pictured:
    """The bars and the trend of the chosen one; ``place``: which bar that is, from 0. Months are a chart."""

    way: Way
    bars: tuple[Bar, ...]
    months: ChartPicture | None
    place: int
    trend: ChartPicture | None


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A lot or report behind a bar; ``batch`` empty: it leads nowhere."""

    batch: str
    number: str
    month: str
    signed: str
    count: int


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A code or product that has no bar of its own; ``key`` leads to what stands behind it."""

    key: str
    name: str
    count: int
    share: str


@dataclass(frozen=True)
class Behind:
    """What stands behind the bar that is called ``name``; ``others``: what the bar of the rarest is made of."""

    name: str
    lines: tuple[BehindLine, ...]
    photos: tuple[PhotoLine, ...]
    others: tuple[OtherLine, ...] = ()
