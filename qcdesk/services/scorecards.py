# SPDX-License-Identifier: Apache-2.0
"""A supplier's scorecard: what was recorded, each figure with its interval and against its own past.

Every figure is a share with its count and what it is a share of. Nothing here is a grade: the total is the weighted mean
of what went well, said with all it is made of, and with what it would be at either end of the intervals.

Recurrence is counted lot by lot: of all codes that lots showed (a code once for each lot that showed it, however often
it was found there), the share that an earlier lot of the supplier had shown before, in the same month or in the twelve
months before it. What recurs in a month is so known from how many lots showed each code: all of them where one of the
twelve months before had it, and all but the first of them where none had.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.inputs import BadInput
from qcdesk.services.figure_rows import FigureRow
from qcdesk.statistics.attributes_charts import laney_p, laney_u, p_chart, u_chart
from qcdesk.statistics.control_charts import Chart, Frozen
from qcdesk.statistics.dispersion import by_chance
from qcdesk.statistics.distributions import beta_below
from qcdesk.statistics.medians import median_interval
from qcdesk.statistics.rates import rate_interval, share_interval
from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.variables_charts import i_mr

Code = Literal[
    "acceptance", "critical", "major", "minor", "nonconforming", "recurrence", "on_time", "sent_back", "concessions",
    "escapes", "promises", "reply", "touches", "reported",
]  # fmt: skip
Word = Literal["as_before", "above", "below", "too_few", "nothing"]
"""Against its own past; ``too_few``: not enough months to tell; ``nothing``: nothing was recorded."""
CODES: Final[tuple[Code, ...]] = (
    "acceptance", "critical", "major", "minor", "nonconforming", "recurrence", "on_time", "sent_back", "concessions",
    "escapes", "promises", "reply", "touches", "reported",
)  # fmt: skip
GOOD: Final[frozenset[Code]] = frozenset(("acceptance", "on_time", "promises"))
"""Of these more is better."""
PER_MILLION: Final[frozenset[Code]] = frozenset(("critical", "major", "minor", "nonconforming"))
WEIGHTS: Final[Mapping[Code, int]] = {
    "acceptance": 3, "critical": 3, "major": 2, "minor": 1, "nonconforming": 0, "recurrence": 2, "on_time": 2,
    "sent_back": 1, "concessions": 1, "escapes": 3, "promises": 2, "reply": 0, "touches": 0, "reported": 0,
}  # fmt: skip
MONTHS: Final = 12
PAST: Final = 24
FEWEST: Final = 6
"""Months with lots that it takes to tell the last of them from those before."""
HEAVIEST: Final = 100
RATES: Final[frozenset[Code]] = frozenset(("touches", "reported"))
"""Of these there may be several for one: they are rates."""
DAYS: Final[frozenset[Code]] = frozenset(("reply",))
"""These are numbers of days: the median of them."""
NO_SHARES: Final[frozenset[Code]] = RATES | DAYS
"""These are no shares, and have no place in the mean."""
_RARE: Final = 0.00135
_CHANCE: Final = 0.01
_SHARES: Final[Mapping[Code, tuple[tuple[str, ...], str]]] = {
    "acceptance": (("accepted",), "decided"),
    "critical": (("nonconforming.critical",), "inspected"),
    "major": (("nonconforming.major",), "inspected"),
    "minor": (("nonconforming.minor",), "inspected"),
    "nonconforming": (("nonconforming",), "inspected"),
    "concessions": (("conceded",), "received"),
    "touches": (("touches",), "lots"),
    "reported": (("reported.critical", "reported.major", "reported.minor"), "months"),
    "escapes": (("escaped",), "out"),
    "promises": (("promises.kept",), "promises"),
    "reply": (("reply.days",), "replies"),
    "sent_back": (("disposed.return", "disposed.scrap"), "received"),
}


@dataclass(frozen=True, slots=True)
class MonthShare:
    """What a figure was in one month that had lots; of days: their sum, and how many replies they are of."""

    month: str
    count: int
    of: int

    @property
    def share(self) -> float:
        """The share, the rate, or the mean of the days."""
        return self.count / self.of


@dataclass(frozen=True)
class Measure:
    """One figure of the card: ``count`` of ``of``; ``of`` 0: nothing was recorded, and there is no share.

    ``low`` and ``high``: ends of its exact interval at 95 %, shares. ``months``: its own past, the present in it.
    ``chart``: the same as a control chart, where one can be drawn. Of days: ``middle`` is their median, ``of`` how many
    there are, ``high`` infinite where there are too few for an interval, and ``waiting`` how many replies are still due.
    """

    code: Code
    count: int
    of: int
    low: float
    high: float
    months: tuple[MonthShare, ...]
    word: Word
    weight: int
    chart: Chart | None
    middle: float | None = None
    waiting: int = 0

    @property
    def share(self) -> float:
        """The share, 0 … 1 (a rate, a median of days); only where something was recorded."""
        return self.count / self.of if self.middle is None else self.middle

    @property
    def good(self) -> tuple[float, float, float]:
        """What went well, with its ends: the share itself, or what is left of it."""
        if self.code in GOOD:
            return self.share, self.low, self.high
        return 1 - self.share, 1 - self.high, 1 - self.low


@dataclass(frozen=True, slots=True)
class Total:
    """The weighted mean of what went well, 0 … 1, and what it would be at the ends of all intervals."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Scorecard:
    """``months``: those that the figures are of, only such as had lots. ``total`` None: no mean can be told.

    No lot was decided yet, or nothing has a weight. That no uninspected goods came back says nothing good of them.
    """

    months: tuple[str, ...]
    measures: tuple[Measure, ...]
    total: Total | None

    def of(self, code: Code) -> Measure:
        """Return a measure of the card."""
        return next(one for one in self.measures if one.code == code)


@dataclass(frozen=True, slots=True)
class Found:
    """How often a code was found in the months of a card, by class and by whom."""

    code: str
    count: int
    reported: int


@dataclass(frozen=True, slots=True)
class Reply:
    """How many days a supplier took from being asked to its first answer, and in which month that came."""

    month: str
    days: int


def scorecard(
    rows: Sequence[FigureRow],
    weights: Mapping[Code, int] | None = None,
    months: int = MONTHS,
    actions: Sequence[CorrectiveAction] = (),
) -> Scorecard:
    """Make the card of the last ``months`` months that had lots.

    Args: actions: the supplier's corrective actions, their promises as the lots have decided them.
    Raises: BadInput ``weight``: one is not 0 … 100, or of no figure of the card.
    """
    given = {**WEIGHTS, **require_weights(weights or {})}
    sums: dict[str, Counter[str]] = {}
    codes: dict[str, Counter[str]] = {}
    answered, waiting = replies(actions)
    for row in (*rows, *_of_actions(actions, answered)):
        sums.setdefault(row.month, Counter())[row.name] += row.amount
        if row.name == "shown":
            codes.setdefault(row.month, Counter())[row.code] += row.amount
    active = sorted(month for month, names in sums.items() if _anything(names))
    for month in active:
        sums[month]["months"] = 1
    used = tuple(active[-months:])
    measures = tuple(
        _measure(code, _past(code, active[-PAST:], sums, codes), frozenset(used), given[code])
        if code != "reply"
        else _replied(_past(code, active[-PAST:], sums, codes), used, given[code], answered, waiting)
        for code in CODES
    )
    weighed = [one for one in measures if one.of and one.weight and one.code not in NO_SHARES]
    total = None
    if weighed and any(one.of for one in measures if one.code == "acceptance"):
        heavy = sum(one.weight for one in weighed)
        share, low, high = (sum(one.weight * one.good[end] for one in weighed) / heavy for end in range(3))
        total = Total(share, low, high)
    return Scorecard(used, measures, total)


def replies(actions: Iterable[CorrectiveAction]) -> tuple[tuple[Reply, ...], int]:
    """Return how long first answers took, and how many actions that were sent still wait for one.

    Asked is on the day of the first mail; what was never sent neither waits nor counts.
    """
    found, waiting = [], 0
    for action in actions:
        sent = min((told.on for told in action.told if told.kind == "sent"), default=None)
        if sent is None:
            continue
        came = min(
            (told.on for told in action.told if told.kind == "replied" and told.on >= sent), default=None
        )
        if came is None:
            waiting += action.state != "closed"
            continue
        found.append(Reply(came.isoformat()[:7], (came - sent).days))
    return tuple(found), waiting


def require_weights(weights: Mapping[Code, int]) -> Mapping[Code, int]:
    """Return weights that can be taken. Raises: BadInput ``weight``."""
    for code, weight in weights.items():
        if code not in CODES or not 0 <= weight <= HEAVIEST:
            raise BadInput(
                "weight",
                facts={"name": code, "value": weight, "known": ", ".join(CODES)},
                where={"field": "weight"},
            )
    return weights


def causes(rows: Iterable[FigureRow], months: Collection[str] | None = None) -> tuple[Found, ...]:
    """Return what was found by code, the most frequent first; None: in all months."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        kind = row.name.partition(".")[0]
        if row.code and kind in ("found", "reported") and (months is None or row.month in months):
            found.setdefault(row.code, Counter())[kind] += row.amount
    listed = [Found(code, n["found"], n["reported"]) for code, n in found.items()]
    return tuple(sorted(listed, key=lambda one: (-one.count - one.reported, one.code)))


def alike(shares: Mapping[str, tuple[float, float]]) -> tuple[tuple[str, ...], ...]:
    """Return groups of names whose intervals all overlap, as large as they get, from the lowest on.

    A name may stand in two groups: A and B cannot be told apart, nor B and C, and yet C is clearly above A. Those that
    share no group can be told apart.
    """
    groups: list[frozenset[str]] = []
    for name in sorted(shares, key=lambda n: (shares[n][1], n)):
        end = shares[name][1]
        group = frozenset(other for other, (low, high) in shares.items() if low <= end <= high)
        if not any(group <= before for before in groups):
            groups = [before for before in groups if not before <= group]
            groups.append(group)
    return tuple(tuple(sorted(group)) for group in groups)


def _anything(names: Counter[str]) -> bool:
    """Tell whether a month had lots, promises that came due, replies, or defects reported from outside."""
    known = names["decided"] or names["due"] or names["lots"] or names["promises"] or names["replies"]
    return bool(known) or any(name.startswith("reported.") for name in names)


def _past(
    code: Code, active: Sequence[str], sums: Mapping[str, Counter[str]], codes: Mapping[str, Counter[str]]
) -> tuple[MonthShare, ...]:
    """Return what a figure was month by month, without months in which there was nothing to have a share of."""
    found = []
    for month in active:
        names = sums[month]
        if code == "recurrence":
            lots = codes.get(month, Counter[str]())
            year = f"{int(month[:4]) - 1:04}{month[4:]}"
            before = set[str]().union(*(c for m, c in codes.items() if year <= m < month))
            new = sum(1 for code in lots if code not in before)
            found.append(MonthShare(month, lots.total() - new, lots.total()))
        elif code == "on_time":
            found.append(MonthShare(month, names["due"] - names["late"], names["due"]))
        elif code in _SHARES:
            counted, of = _SHARES[code]
            of_month = names[of]
            total = sum(names[one] for one in counted)
            found.append(MonthShare(month, total if code in NO_SHARES else min(total, of_month), of_month))
    if code in RATES and not any(one.count for one in found):
        return ()  # nobody notes them here
    return tuple(one for one in found if one.of)


def _measure(code: Code, past: tuple[MonthShare, ...], used: frozenset[str], weight: int) -> Measure:
    now = [one for one in past if one.month in used]
    count, of = sum(one.count for one in now), sum(one.of for one in now)
    if not of:
        return Measure(code, 0, 0, 0.0, 1.0, past, "nothing", weight, None)
    rate = code in RATES
    low, high = rate_interval(count, of) if rate else share_interval(count, of)
    word, chart = against_past(past, rate=rate)
    return Measure(code, count, of, low, high, past, word, weight, chart)


def _replied(
    past: tuple[MonthShare, ...], used: Sequence[str], weight: int, answered: Iterable[Reply], waiting: int
) -> Measure:
    days = [one.days for one in answered if one.month in used]
    if not days:
        return Measure("reply", 0, 0, 0.0, 1.0, past, "nothing", weight, None, waiting=waiting)
    low, high = median_interval(days) or (0.0, math.inf)
    word, chart = days_against_past(past)
    middle = float(median(days))
    return Measure("reply", sum(days), len(days), low, high, past, word, weight, chart, middle, waiting)


def days_against_past(past: Sequence[MonthShare]) -> tuple[Word, Chart | None]:
    """Hold the mean of the last month's days against those of the months before, as single values."""
    if len(past) < FEWEST:
        return "too_few", None
    means = [one.share for one in past]
    try:
        known = i_mr(means[:-1])
        chart = i_mr(means, frozen=Frozen(known.center, known.sigma), rules="shewhart")
    except BadReadings:  # it never varied
        return ("above" if means[-1] > means[0] else "below" if means[-1] < means[0] else "as_before"), None
    return _word_of(chart), chart


def _word_of(chart: Chart) -> Word:
    main = chart.main
    if main.points[-1] > main.ucl[-1]:
        return "above"
    return "below" if main.points[-1] < main.lcl[-1] else "as_before"


def _of_actions(actions: Iterable[CorrectiveAction], answered: Iterable[Reply]) -> list[FigureRow]:
    """Return what corrective actions count month by month: promises that were decided, kept ones, and replies."""
    rows = [
        FigureRow(promise.decision.on.isoformat()[:7], name, "", 1)
        for action in actions
        for promise in action.promises
        if promise.decision.on is not None and promise.decision.state != "open"
        for name in ("promises", *(["promises.kept"] if promise.decision.state == "kept" else []))
    ]
    for one in answered:
        rows += [FigureRow(one.month, "replies", "", 1), FigureRow(one.month, "reply.days", "", one.days)]
    return rows


def against_past(past: Sequence[MonthShare], *, rate: bool) -> tuple[Word, Chart | None]:
    """Hold the last month against those before: by a chart with their limits, or where they show nothing, by chance."""
    if len(past) < FEWEST:
        return "too_few", None
    counts, sizes = [float(one.count) for one in past], [float(one.of) for one in past]
    before, n = sum(counts[:-1]), sum(sizes[:-1])
    try:
        wanders = by_chance(counts[:-1], sizes[:-1], of_units=not rate) < _CHANCE
        drawing = (laney_u if wanders else u_chart) if rate else laney_p if wanders else p_chart
        known = drawing(counts[:-1], sizes[:-1])
        frozen = Frozen(known.center, known.ratio) if wanders else Frozen(known.center)
        chart = drawing(counts, sizes, frozen=frozen, rules="shewhart")
    except BadReadings:
        return "too_few" if rate else _by_chance(past[-1], (before + 0.5) / (n + 1)), None
    return _word_of(chart), chart


def _by_chance(last: MonthShare, share: float) -> Word:
    if _at_least(last.count, last.of, share) < _RARE:
        return "above"
    below = 1 - _at_least(last.count + 1, last.of, share)
    return "below" if below < _RARE else "as_before"


def _at_least(count: int, of: int, share: float) -> float:
    """Return how probable so many of that many are, or more (DLMF 8.17.5)."""
    if not 0 < count <= of:
        return float(count <= 0)
    return beta_below(share, count, of - count + 1)
