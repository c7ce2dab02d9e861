# SPDX-License-Identifier: Apache-2.0
"""Scorecards in words: what a figure is of, what it is now, its interval, and how it stands against its own past."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.scorecards import (
    DAYS,
    FEWEST,
    GOOD,
    NO_SHARES,
    PER_MILLION,
    RATES,
    Code,
    Found,
    Measure,
    Scorecard,
    Word,
)
from qcdesk.statistics.histograms import pareto
from qcdesk.wording.chart_pictures import control_picture, months_picture, pareto_picture
from qcdesk.wording.spelling import fixed, listed, whole

NAMES: Final[Mapping[Code, str]] = {
    "acceptance": mark("Lots accepted at first"),
    "critical": mark("Critical defect: units per million"),
    "major": mark("Major defect: units per million"),
    "minor": mark("Minor defect: units per million"),
    "nonconforming": mark("Nonconforming units per million"),
    "recurrence": mark("Codes of a lot that an earlier lot showed"),
    "on_time": mark("Lots released by their ship-by day"),
    "sent_back": mark("Goods returned or scrapped"),
    "concessions": mark("Goods under a concession"),
    "escapes": mark("Lots with an escape"),
    "promises": mark("Promises kept"),
    "reply": mark("Days to reply"),
    "touches": mark("Touches for each batch"),
    "reported": mark("Reported from outside a month"),
}
SHORT: Final[Mapping[Code, str]] = {
    "acceptance": mark("Lots accepted at first"),
    "critical": mark("Critical defects"),
    "major": mark("Major defects"),
    "minor": mark("Minor defects"),
    "nonconforming": mark("Nonconforming units"),
    "recurrence": mark("Codes of earlier lots"),
    "on_time": mark("Lots on time"),
    "sent_back": mark("Returned or scrapped"),
    "concessions": mark("Under a concession"),
    "escapes": mark("Lots that escaped"),
    "promises": mark("Promises kept"),
    "reply": mark("Time to reply"),
    "touches": mark("Touches for each batch"),
    "reported": mark("Reported from outside"),
}
"""Where the unit stands beside the value."""
_OF: Final[Mapping[Code, str]] = {
    "acceptance": mark("{count} of {of} lots"),
    "critical": mark("{count} of {of} units"),
    "major": mark("{count} of {of} units"),
    "minor": mark("{count} of {of} units"),
    "nonconforming": mark("{count} of {of} units"),
    "recurrence": mark("{count} of {of} codes, lot by lot"),
    "on_time": mark("{count} of {of} lots decided or overdue"),
    "sent_back": mark("{count} of {of} received"),
    "concessions": mark("{count} of {of} received"),
    "touches": mark("{count} for {of} lots"),
    "escapes": mark("{count} of {of} lots released"),
    "promises": mark("{count} of {of} decided"),
}
WORDS: Final[Mapping[Word, str]] = {
    "as_before": mark("as before"),
    "above": mark("above its usual range"),
    "below": mark("below its usual range"),
    "too_few": mark("too few months"),
    "nothing": mark("nothing recorded"),
}
_TENS: Final = 10
_BARS: Final = 10
_SHARES: Final = (2.0, 0.85, 1.6, 1.35, 1.15, 0.65)
"""How wide the columns are on paper: an interval of units per million is long, and so are the counts behind it."""
_CHARTS: Final = 4  # beside the causes and the figures, as many as one page holds


def name(code: Code, words: Catalogue) -> str:
    """Return what a figure is called."""
    return words.say(NAMES[code])


def value(one: Measure, words: Catalogue) -> str:
    """Return a figure as it stands: percent, or units in a million; "nothing recorded" where nothing was."""
    return amount(one.share, one.code, words) if one.of else words.say(WORDS["nothing"])


def amount(share: float, code: Code, words: Catalogue) -> str:
    """Return a share as the card says it."""
    if code in PER_MILLION:
        return whole(round(share * 1e6), words)
    if code in RATES:
        return fixed(share, _digits(share), words)
    if code in DAYS:
        return fixed(share, 1, words).removesuffix(words.figure(".0"))
    return words.say("{n} %", n=fixed(100 * share, 1, words))


def _digits(rate: float) -> int:
    """Return how many places a rate is written with: three figures, as far as these are not whole."""
    if rate < _TENS:
        return 2
    return 1 if rate < _TENS * _TENS else 0


def counted(one: Measure, words: Catalogue) -> str:
    """Return what a figure is made of; empty where nothing was recorded."""
    if one.code in DAYS:
        return _replied(one, words)
    count = whole(one.count, words)
    if one.code == "reported" and one.of:
        return words.count("{count} in {n} month", "{count} in {n} months", one.of, count=count)
    return words.say(_OF[one.code], count=count, of=whole(one.of, words)) if one.of else ""


def _replied(one: Measure, words: Catalogue) -> str:
    if not one.of:
        return words.count("{n} still due", "{n} still due", one.waiting) if one.waiting else ""
    if one.waiting:
        return words.count(
            "median of {n} reply, {waiting} still due", "median of {n} replies, {waiting} still due", one.of,
            waiting=one.waiting,
        )  # fmt: skip
    return words.count("median of {n} reply", "median of {n} replies", one.of)


def interval(one: Measure, words: Catalogue) -> str:
    """Return the interval of a figure; empty where nothing was recorded."""
    if not one.of:
        return ""
    if math.isinf(one.high):
        return words.say("too few replies")
    if one.code in PER_MILLION or one.code in NO_SHARES:
        return words.say(
            "{low}–{high}", low=amount(one.low, one.code, words), high=amount(one.high, one.code, words)
        )
    return words.say(
        "{low}–{high} %", low=fixed(100 * one.low, 1, words), high=fixed(100 * one.high, 1, words)
    )


def past(one: Measure, words: Catalogue) -> str:
    """Return how the last month stands against those before."""
    return words.say(WORDS[one.word]) if one.of else ""


def unit(one: Measure, words: Catalogue) -> str:
    """Return what a figure on a card is of, where its name does not say it."""
    if not one.of:
        return ""
    if one.code in PER_MILLION:
        return words.say("per million")
    if one.code == "reported":
        return words.say("a month")
    return words.say("days") if one.code in DAYS else ""


def short_name(code: Code, words: Catalogue) -> str:
    """Return what a figure is called where its unit stands beside its value."""
    return words.say(SHORT[code])


def weight(one: Measure, words: Catalogue) -> str:
    """Return how much a figure weighs in the mean; empty where it has no place in it."""
    return words.say("weight {n}", n=one.weight) if one.of and one.code not in NO_SHARES else ""


def worse(one: Measure) -> bool:
    """Tell whether a figure has left its usual range to the bad side."""
    return one.word == ("below" if one.code in GOOD else "above")


def headline(card: Scorecard, words: Catalogue, urgent: str = "") -> str:
    """Return the one sentence that needs someone, or that nothing does.

    Args: urgent: what of its corrective actions needs somebody (``corrective.needs_someone``); it comes first.
    """
    if urgent:
        return urgent
    if not card.months:
        return words.say("Nothing was recorded yet.")
    found = [short_name(one.code, words) for one in card.measures if worse(one)]
    if not found:
        if all(one.word in ("too_few", "nothing") for one in card.measures):
            return words.say("Too few months are on record to tell one from another.")
        return words.say("Nothing got worse than usual in the last month on record.")
    return words.say("Worse than usual in the last month on record: {figures}.", figures=listed(found, words))


def total(card: Scorecard, words: Catalogue) -> str:
    """Return the weighted mean with what it is made of."""
    if not card.of("acceptance").of:
        return words.say("No lot was decided yet, so there is no mean.")
    if card.total is None:
        return words.say("No figure that was recorded has a weight, so there is no mean.")
    n = sum(1 for one in card.measures if one.of and one.weight and one.code not in NO_SHARES)
    return words.count(
        "Weighted mean of what went well: {share} %, between {low} % and {high} %; of {n} figure, weighted as below.",
        "Weighted mean of what went well: {share} %, between {low} % and {high} %; of {n} figures, weighted as below.",
        n,
        share=fixed(100 * card.total.share, 1, words),
        low=fixed(100 * card.total.low, 1, words),
        high=fixed(100 * card.total.high, 1, words),
    )


def mean(card: Scorecard, words: Catalogue) -> str:
    """Return the weighted mean alone, where its figures stand elsewhere; empty: there is none."""
    if card.total is None:
        return ""
    return words.say(
        "Weighted mean of what went well: {share} %, between {low} % and {high} %.",
        share=fixed(100 * card.total.share, 1, words),
        low=fixed(100 * card.total.low, 1, words),
        high=fixed(100 * card.total.high, 1, words),
    )


def period(card: Scorecard, words: Catalogue) -> str:
    """Return what months the figures are of."""
    if not card.months:
        return ""
    return words.count(
        "{n} month on record: {first}",
        "{n} months on record: {first} to {last}",
        len(card.months),
        first=card.months[0],
        last=card.months[-1],
    )


def headings(words: Catalogue) -> tuple[str, ...]:
    """Return the headings of the card's table."""
    return (
        words.say("Figure"), words.say("Now"), words.say("Made of"), words.say("Interval (95 %)"),
        words.say("Last month"), words.say("Weight"),
    )  # fmt: skip


def cells(one: Measure, words: Catalogue) -> tuple[str, ...]:
    """Return a line of the card's table."""
    return (
        name(one.code, words), value(one, words), counted(one, words), interval(one, words), past(one, words),
        str(one.weight),
    )  # fmt: skip


def _printed(one: Measure, words: Catalogue) -> tuple[str, ...]:
    """Return a line of the table on paper, where no cell takes two lines."""
    called, now, _, between, past, weight = cells(one, words)
    made_of = words.say("{count} of {of}", count=whole(one.count, words), of=whole(one.of, words))
    return called, now, made_of, between, past, weight


def past_picture(one: Measure, words: Catalogue) -> ChartPicture | None:
    """Return the past of a figure as a small control chart; None where none can be drawn."""
    months = [month.month for month in one.months]
    if one.chart is None:
        broken = words.say(WORDS[one.word]) if one.word in ("above", "below") else ""
        shares = [month.share for month in one.months] if len(months) >= FEWEST else []
        name, percent = short_name(one.code, words), one.code not in NO_SHARES | PER_MILLION
        return months_picture(months, shares, words, title=name, percent=percent, broken=broken)
    drawn = control_picture(one.chart, words, names=months, title=short_name(one.code, words))
    panel = drawn.panels[0]
    share, month = replace(panel.y, title=words.say("Share")), replace(panel.x, title=words.say("Month"))
    return replace(drawn, panels=(replace(panel, x=month, y=share, title=""),), note="")


def pictured(card: Scorecard, words: Catalogue) -> tuple[ChartPicture, ...]:
    """Return the charts of a card: what is out of its range first."""
    first = sorted(card.measures, key=lambda one: (one.word not in ("above", "below"), not one.weight))
    return tuple(picture for one in first if (picture := past_picture(one, words)) is not None)


def causes_picture(found: Sequence[Found], names: Mapping[str, str], words: Catalogue) -> ChartPicture | None:
    """Return what was found as a Pareto chart; None: nothing was."""
    if not found:
        return None
    bars: dict[str, int] = {}
    for one in found:
        called = names.get(one.code, one.code)
        called = called if called not in bars else words.say("{name} ({code})", name=called, code=one.code)
        bars[called] = one.count + one.reported
    return pareto_picture(pareto(bars)[:_BARS], words, title=words.say("What was found"))


def sheet_of(
    card: Scorecard,
    found: Sequence[Found],
    names: Mapping[str, str],
    code: str,
    called: str,
    words: Catalogue,
    urgent: str = "",
    supplier: str = "",
) -> ChartSheet | None:
    """Return the card as one page of paper; None where nothing was recorded; what is all good has no chart yet.

    Args: found: what was found in its months, see ``causes``. names: of codes. code, called: of the supplier.
        urgent: see ``headline``. supplier: its id, by which the print log finds the sheet.
    """
    past_charts = pictured(card, words)
    causes = causes_picture(found, names, words)
    first = causes or (past_charts[0] if past_charts else None)
    recorded = [one for one in card.measures if one.of]
    if first is None and not recorded:
        return None
    absent = [short_name(one.code, words) for one in card.measures if not one.of]
    return ChartSheet(
        title=words.say("Scorecard of {name}", name=called),
        about=words.say("{code} · {period}", code=code, period=period(card, words)),
        lines=(headline(card, words, urgent), total(card, words)),
        picture=first,
        headings=headings(words),
        rows=tuple(_printed(one, words) for one in recorded),
        foot=(
            *([words.say("Nothing recorded: {figures}.", figures=listed(absent, words))] if absent else []),
            words.say(
                "Only lots with a final verdict count, each once, by its first inspection. Intervals are exact (95 %). "
                "Last month: the last one on record, against the limits of those before."
            ),
        ),
        file=words.say("Scorecard {code}", code=code),
        low=True,
        shares=_SHARES,
        small=(past_charts if causes else past_charts[1:])[:_CHARTS],
        strong=tuple(place for place, one in enumerate(recorded) if worse(one)),
        of=supplier,
    )


def alike_lines(groups: Sequence[Sequence[str]], words: Catalogue) -> list[str]:
    """Return in sentences who cannot be told apart."""
    return [
        words.say("{names} cannot be told apart.", names=listed(group, words))
        for group in groups
        if len(group) > 1
    ] or [words.say("Every two of them can be told apart.")]
