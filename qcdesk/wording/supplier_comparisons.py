# SPDX-License-Identifier: Apache-2.0
"""Suppliers side by side in words: what is compared, who cannot be told apart, and the page on paper."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.interval_tables import IntervalCell, IntervalColumn, IntervalTable
from qcdesk.services.scorecards import CODES, GOOD, NO_SHARES, PER_MILLION, Code, Measure
from qcdesk.services.supplier_comparisons import Apart, Comparison, told_apart
from qcdesk.wording import scorecards
from qcdesk.wording.spelling import figure, fixed, listed

COLUMNS: Final = 7
"""So many figures have room beside the mean."""
_FIRST: Final[tuple[Code, ...]] = (
    "acceptance", "major", "minor", "critical", "reported", "recurrence", "on_time", "promises", "escapes", "reply",
    "sent_back", "concessions", "touches", "nonconforming",
)  # fmt: skip
_NAMED: Final = 3
_HALF: Final = 0.5


def columns_of(found: Comparison) -> tuple[Code, ...]:
    """Return the figures that are compared: such as were recorded of anybody, in the order of what they say."""
    return tuple(code for code in _FIRST if found.recorded(code))[:COLUMNS]


def table_of(found: Comparison, words: Catalogue) -> IntervalTable | None:
    """Return the comparison as intervals in columns; None: nothing was recorded of anybody."""
    codes = columns_of(found)
    means = [one.card.total for one in found.suppliers if one.card.total is not None]
    if not codes and not means:
        return None
    columns = [
        IntervalColumn(words.say("Weighted mean"), words.say("0 to 100 %"), 1.0),
        *(_column(code, found.recorded(code), words) for code in codes),
    ]
    rows = []
    for one in found.suppliers:
        total = one.card.total
        mean = None
        if total is not None:
            text = words.say("{n} %", n=fixed(100 * total.share, 1, words))
            mean = IntervalCell(text, total.share, total.low, total.high)
        cells = [_cell(one.card.of(code), words) for code in codes]
        rows.append((one.supplier.name, one.supplier.code, (mean, *cells)))
    return IntervalTable(tuple(columns), tuple(rows), "\u2013")


def _column(code: Code, known: Mapping[str, Measure], words: Catalogue) -> IntervalColumn:
    ends = [one.high for one in known.values() if math.isfinite(one.high)]
    most = max([*ends, *(one.share for one in known.values())])
    top = _round_top(most)
    if code not in NO_SHARES and (code in GOOD or top > _HALF):
        top = 1.0
    unit = next((scorecards.unit(one, words) for one in known.values()), "")
    name = scorecards.short_name(code, words)
    title = words.say("{figure}, {unit}", figure=name, unit=unit) if unit else name
    return IntervalColumn(title, words.say("0 to {to}", to=_scale(top, code, words)), top)


def _scale(top: float, code: Code, words: Catalogue) -> str:
    if code in PER_MILLION or code in NO_SHARES:
        return scorecards.amount(top, code, words).removesuffix(".00")
    return words.say("{n} %", n=figure(f"{100 * top:.10g}", words))


def _round_top(most: float) -> float:
    """Return the round number at or above the greatest: 1, 2 or 5 times a power of ten."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= most * (1 - 1e-9)))


def _cell(one: Measure, words: Catalogue) -> IntervalCell | None:
    if not one.of:
        return None
    high = one.high if math.isfinite(one.high) else None
    return IntervalCell(scorecards.value(one, words), one.share, one.low, high)


def apart_lines(found: Comparison, words: Catalogue) -> tuple[str, ...]:
    """Return in sentences by what somebody can be told apart, and last by what nobody can."""
    lines, none = [], []
    for code in columns_of(found):
        known = found.recorded(code)
        if len(known) < 2:
            continue
        apart, name = (
            told_apart({each: (one.low, one.high) for each, one in known.items()}),
            scorecards.short_name(code, words),
        )
        if apart.pairs:
            lines.append(_apart_line(name, apart, len(known), words))
        else:
            none.append(name)
    if none:
        lines.append(
            words.say("No two of them can be told apart by: {figures}.", figures=listed(none, words))
        )
    return tuple(lines)


def _apart_line(name: str, apart: Apart, n: int, words: Catalogue) -> str:
    every = n * (n - 1) // 2
    if len(apart.pairs) == every:
        return words.say("{figure}: every two of them can be told apart.", figure=name)
    if len(apart.pairs) > _NAMED:
        return words.say(
            "{figure}: {apart} of {pairs} pairs can be told apart.",
            figure=name,
            apart=len(apart.pairs),
            pairs=every,
        )
    pairs = listed(
        [words.say("{one} from {other}", one=one, other=other) for one, other in apart.pairs], words
    )
    return words.say("{figure}: {pairs} can be told apart, and no others.", figure=name, pairs=pairs)


def headline(found: Comparison, words: Catalogue) -> str:
    """Return what the page is, in one sentence."""
    if not found.suppliers:
        return words.say("Nothing was recorded yet.")
    return words.say("In the order of their codes: this is no ranking. Where lines overlap, nobody is ahead.")


def weights_line(found: Comparison, words: Catalogue) -> str:
    """Return what the means are made of."""
    if not found.suppliers:
        return ""
    card = found.suppliers[0].card
    parts = [
        words.say("{figure} {n}", figure=scorecards.short_name(code, words), n=card.of(code).weight)
        for code in CODES
        if card.of(code).weight and code not in NO_SHARES
    ]
    if not parts:
        return words.say("No figure has a weight, so there is no mean.")
    return words.say("Weights in the mean, of what was recorded: {weights}.", weights=listed(parts, words))


def left_out(found: Comparison, words: Catalogue) -> str:
    """Return how many suppliers stand elsewhere."""
    if not found.left_out:
        return ""
    return words.count(
        "{n} other supplier has figures; choose who is compared.",
        "{n} other suppliers have figures; choose who is compared.",
        found.left_out,
    )


def sheet_of(found: Comparison, words: Catalogue) -> ChartSheet | None:
    """Return the comparison as one page of paper; None: there is nothing to compare."""
    table = table_of(found, words)
    if table is None:
        return None
    return ChartSheet(
        title=words.say("Suppliers side by side"),
        about=words.count("{n} supplier", "{n} suppliers", len(found.suppliers)),
        lines=(headline(found, words),),
        picture=None,
        headings=(),
        rows=(),
        foot=(
            *apart_lines(found, words),
            weights_line(found, words),
            words.say(
                "A line is the exact interval at 95 %, a dot the figure, a dash nothing recorded; each column has its own"
                " scale."
            ),
            *filter(None, (left_out(found, words),)),
        ),
        file=words.say("Suppliers side by side"),
        table=table,
    )
