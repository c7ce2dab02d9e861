# SPDX-License-Identifier: Apache-2.0
"""The owner's scoreboard in words: each figure with its interval, and one sentence where it moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.scoreboards import (
    COUNTS,
    MINUTES_A_DAY,
    MINUTES_AN_HOUR,
    HouseCode,
    HouseFigure,
    Scoreboard,
)
from qcdesk.services.scorecards import FEWEST
from qcdesk.wording.chart_pictures import control_picture, months_picture
from qcdesk.wording.scorecards import WORDS
from qcdesk.wording.spelling import day, fixed, whole

NAMES: Final[Mapping[HouseCode, str]] = {
    "written": mark("Written complaints"),
    "spoken": mark("Spoken complaints"),
    "escapes": mark("Escapes"),
    "rework": mark("Rework"),
    "turnaround": mark("From receipt to release"),
    "waiting": mark("Waiting until release"),
    "units_per_hour": mark("Units inspected"),
    "promises": mark("Promises kept"),
    "repeat_orders": mark("Repeat orders"),
    "referrals": mark("Referrals"),
}
UNITS: Final[Mapping[HouseCode, str]] = {
    "written": mark("a month"),
    "spoken": mark("a month"),
    "escapes": mark("a month"),
    "rework": mark("per settled round"),
    "turnaround": mark("days"),
    "waiting": mark("days"),
    "units_per_hour": mark("an hour"),
    "promises": mark("%"),
    "repeat_orders": mark("a month"),
    "referrals": mark("a month"),
}
_DAYS: Final = ("turnaround", "waiting")
_WHOLE_FROM: Final = 100
_SENTENCES: Final = 3
"""Paper has room for so many; the charts show the rest."""


def amount(code: HouseCode, share: float, words: Catalogue) -> str:
    """Return a figure without its unit: a count, days, or percent."""
    if code in _DAYS:
        return fixed(share, 1, words)
    if code == "promises":
        return fixed(100 * share, 0, words)
    if code in COUNTS:
        return fixed(share, 1, words) if share % 1 else fixed(share, 0, words)
    if code == "rework":
        return fixed(share, 2, words)
    return fixed(share, 0, words) if share >= _WHOLE_FROM else fixed(share, 1, words)


def value(one: HouseFigure, words: Catalogue) -> str:
    """Return what a figure was in the last whole month; a dash where there was nothing to tell."""
    return amount(one.code, one.last.share, words) if one.last else "–"


def note(one: HouseFigure, words: Catalogue) -> str:
    """Return the interval of a figure, or of how many it is the mean."""
    last = one.last
    if last is None:
        return words.say("nothing recorded")
    if one.low is not None and one.high is not None:
        between = words.say(
            "95 % interval {low} to {high}",
            low=amount(one.code, one.low, words),
            high=amount(one.code, one.high, words),
        )
        if one.code in COUNTS:
            return between
        return words.say("{between} · {n} of {of}", between=between, n=last.count, of=last.of)
    if one.code == "units_per_hour":
        return words.say("{n} hours of work", n=fixed(last.of / MINUTES_AN_HOUR, 1, words))
    return words.count("mean of {n} batch", "mean of {n} batches", last.of // MINUTES_A_DAY)


def word(one: HouseFigure, words: Catalogue) -> str:
    """Return in a word how it stands against its own past."""
    return words.say(WORDS[one.word])


def so_far(one: HouseFigure, words: Catalogue) -> str:
    """Return how it stands in the month that runs; nothing where there is nothing yet."""
    if one.so_far is None:
        return ""
    return words.say("so far {value}", value=amount(one.code, one.so_far.share, words))


def sentence(one: HouseFigure, words: Catalogue) -> str:
    """Return the one sentence about a figure that moved; nothing about one that did not."""
    if not one.moved or one.last is None:
        return ""
    facts = {
        "name": words.say(NAMES[one.code]),
        "value": amount(one.code, one.last.share, words),
        "unit": words.say(UNITS[one.code]),
        "month": one.last.month,
        "before": amount(one.code, one.before, words),
    }
    if one.word == "above":
        return words.say("{name}: {value} {unit} in {month}, above the usual range around {before}.", **facts)
    return words.say("{name}: {value} {unit} in {month}, below the usual range around {before}.", **facts)


def sentences(board: Scoreboard, words: Catalogue) -> tuple[str, ...]:
    """Return a sentence for each figure that moved, what got worse first."""
    moved = sorted((one for one in board.figures if one.moved), key=lambda one: not one.worse)
    return tuple(sentence(one, words) for one in moved)


def headline(board: Scoreboard, words: Catalogue) -> str:
    """Return the first sentence of the page."""
    if not board.month:
        return words.say("The first whole month is not over yet.")
    moved = sum(1 for one in board.figures if one.moved)
    if moved:
        return words.count(
            "In {month}, {n} figure left its usual range.",
            "In {month}, {n} figures left their usual range.",
            moved,
            month=board.month,
        )
    if all(one.word in ("too_few", "nothing") for one in board.figures):
        return words.say("Too few months have passed to tell one from another.")
    return words.say("In {month}, nothing left its usual range.", month=board.month)


def made_of(one: HouseFigure, words: Catalogue) -> str:
    """Return what a figure is made of where its interval does not say it."""
    if one.last is None or one.code in COUNTS:
        return ""
    if one.low is not None:
        return words.say("{n} of {of}", n=whole(one.last.count, words), of=whole(one.last.of, words))
    return note(one, words)


def interval(one: HouseFigure, words: Catalogue) -> str:
    """Return the interval of a figure; nothing of a mean."""
    if one.low is None or one.high is None:
        return ""
    low, high = amount(one.code, one.low, words), amount(one.code, one.high, words)
    return words.say("95 %: {low}–{high}", low=low, high=high)


def past_picture(one: HouseFigure, words: Catalogue) -> ChartPicture | None:
    """Return the past of a figure as a control chart; None where none can be drawn."""
    months = [month.month for month in one.months]
    if one.chart is None:
        name, broken = words.say(NAMES[one.code]), word(one, words) if one.moved else ""
        shares = [month.share for month in one.months] if len(months) >= FEWEST else []
        return months_picture(
            months, shares, words, title=name, percent=one.code == "promises", broken=broken
        )
    drawn = control_picture(one.chart, words, names=months, title=words.say(NAMES[one.code]))
    panel = drawn.panels[0]
    x, y = replace(panel.x, title=""), replace(panel.y, title="")
    return replace(drawn, panels=(replace(panel, x=x, y=y, title=""),), note="")


_SHARES: Final = (1.5, 1.1, 1.9, 0.7, 1.2)
"""Of the columns of the table, on paper."""


def headings(words: Catalogue) -> tuple[str, ...]:
    """Return the headings of the table."""
    return (words.say("Figure"), words.say("Last month"), words.say("Interval, or of"), words.say("Usually"),
            words.say("Against its past"))  # fmt: skip


def cells(one: HouseFigure, words: Catalogue) -> tuple[str, ...]:
    """Return a line of the table."""
    told = value(one, words)
    if one.last is not None:
        told = words.say("{value} {unit}", value=told, unit=words.say(UNITS[one.code]))
    usual = amount(one.code, one.before, words) if len(one.months) > 1 else ""
    return words.say(NAMES[one.code]), told, note(one, words), usual, word(one, words)


def sheet_of(board: Scoreboard, words: Catalogue, period: tuple[date, date] | None = None) -> ChartSheet:
    """Return the scoreboard as one page of paper: a chart for each figure, or a table where there are none yet.

    Args: period: the first and the last day of which it is the summary; None: it is the scoreboard as it stands.
    """
    charts = [(one, picture) for one in board.figures if (picture := past_picture(one, words)) is not None]
    drawn = {one.code for one, _ in charts}
    left = [words.say("{name}: {word}", name=words.say(NAMES[one.code]), word=word(one, words))
            for one in board.figures if one.code not in drawn]  # fmt: skip
    rest = [words.say("No chart: {figures}.", figures="; ".join(left))] if charts and left else []
    return ChartSheet(
        title=words.say("Scoreboard")
        if period is None
        else words.say(
            "Period summary, {first} to {last}", first=day(period[0], words), last=day(period[1], words)
        ),
        about=words.say("The last whole month in which something happened: {month}", month=board.month)
        if board.month
        else "",
        lines=(headline(board, words), *sentences(board, words)[:_SENTENCES]),
        picture=None,
        headings=headings(words),
        shares=_SHARES,
        rows=() if charts else tuple(cells(one, words) for one in board.figures),
        foot=(
            *rest,
            words.say(
                "Each figure is held against its own past alone, with limits from the months before the last; months in "
                "which nothing happened are left out. Intervals are exact (95 %)."
            ),
        ),
        file=words.say("Scoreboard {month}", month=board.month or board.running)
        if period is None
        else words.say("Period summary {month}", month=period[0].isoformat()[:7]),
        small=tuple(replace(picture, title=_titled(one, words)) for one, picture in charts),
        strong=(),
    )


def _titled(one: HouseFigure, words: Catalogue) -> str:
    """Return what stands over a chart on paper: the figure with its interval or number."""
    said = words.say("{value} {unit}", value=value(one, words), unit=words.say(UNITS[one.code]))
    return words.say(
        "{name}: {value} ({note})", name=words.say(NAMES[one.code]), value=said, note=_short(one, words)
    )


def _short(one: HouseFigure, words: Catalogue) -> str:
    """Return the interval in figures alone, or of how many it is the mean."""
    if one.low is None or one.high is None or one.last is None:
        return note(one, words)
    low, high = amount(one.code, one.low, words), amount(one.code, one.high, words)
    return words.say("{low}–{high}", low=low, high=high)
