# SPDX-License-Identifier: Apache-2.0
"""What the scoreboard shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.widgets.measure_cards import MeasureCard
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.chart_sheets import ChartSheet


@dataclass(frozen=True)
class FigureRow:
    """A figure: its card, and its past as a chart where there is one. ``alike``: months enough, and all are the same."""

    card: MeasureCard
    picture: ChartPicture | None
    alike: bool = False


@dataclass(frozen=True)
class BoardRow:
    """The whole page; ``first``: the code of the figure whose past stands below."""

    headline: str
    sentences: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    first: str
    worse: bool
    sheet: ChartSheet
