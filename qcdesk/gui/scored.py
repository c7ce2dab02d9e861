# SPDX-License-Identifier: Apache-2.0
"""A supplier's figures as cards, and what they come to in one sentence; the same on every page that shows them."""

from __future__ import annotations

from qcdesk.gui.widgets.measure_cards import MeasureCard
from qcdesk.i18n import Catalogue
from qcdesk.services.scorecards import Code, Measure, Scorecard
from qcdesk.wording import scorecards

FEW = 5
_FIRST: tuple[Code, ...] = (
    "acceptance", "critical", "major", "promises", "reply", "touches", "escapes", "reported", "recurrence", "on_time",
)  # fmt: skip
"""What one asks first of a supplier from whom one might buy again."""


def measure_card(one: Measure, words: Catalogue) -> MeasureCard:
    """Return a figure as its card shows it."""
    main = one.chart.main if one.chart is not None else None
    points = tuple(month.share for month in one.months)
    low, high = (tuple(main.lcl), tuple(main.ucl)) if main is not None else ((), ())
    outside = frozenset(
        place
        for place, (least, value, most) in enumerate(zip(low, points, high, strict=False))
        if not least <= value <= most
    )
    return MeasureCard(
        one.code,
        scorecards.short_name(one.code, words),
        scorecards.value(one, words),
        scorecards.unit(one, words),
        words.say("95 %: {interval}", interval=scorecards.interval(one, words)) if one.of else "",
        scorecards.counted(one, words),
        scorecards.past(one, words),
        scorecards.worse(one),
        points,
        tuple(max(0.0, each) for each in low),
        high,
        outside,
    )


def first_measures(card: Scorecard, most: int = FEW) -> tuple[Measure, ...]:
    """Return the figures that a page with room for few shows: what got worse, then what one asks first.

    They stand in the order in which one asks, so that a card has its place.
    """
    recorded = [card.of(code) for code in _FIRST if card.of(code).of or card.of(code).waiting]
    told = [one for one in recorded if one.code != "critical" or one.count]
    chosen = sorted(told, key=lambda one: not scorecards.worse(one))[:most]
    return tuple(one for one in told if one in chosen)
