# SPDX-License-Identifier: Apache-2.0
"""What the scorecard's page shows: cards in words, and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.widgets.measure_cards import MeasureCard
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.chart_sheets import ChartSheet


@dataclass(frozen=True)
class FigureLine:
    """One figure: its card, its weight in the mean (None: it has no place in it), and its past; None: too few months.

    ``alike``: there are months enough, and all are the same, so that nothing can be drawn.
    """

    card: MeasureCard
    weight: int | None
    picture: ChartPicture | None
    alike: bool = False


@dataclass(frozen=True)
class CauseLine:
    """What was found of a code in checks and reported from outside."""

    code: str
    name: str
    count: int
    reported: int


@dataclass(frozen=True)
class Shown:
    """The whole page. ``absent``: what was not recorded, in a sentence. ``usual``: no weight was changed.

    ``urgent``: the headline needs somebody; ``loud``: something is broken, or held back.
    ``sheet`` None: there is nothing to print yet.
    """

    supplier: str
    name: str
    note: str
    headline: str
    urgent: bool
    loud: bool
    total: str
    figures: tuple[FigureLine, ...]
    absent: str
    usual: bool
    causes: tuple[CauseLine, ...]
    sheet: ChartSheet | None
