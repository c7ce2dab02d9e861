# SPDX-License-Identifier: Apache-2.0
"""The owner's scoreboard: what the house did month by month, each figure held against its own past and nothing else.

Only whole months are judged; of the one that runs it is said how it stands so far. Months in which nothing happened at
all are left out.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from qcdesk.domain.complaints import MONTH
from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.inputs import BadInput
from qcdesk.services.care_rows import ComplaintRow, FiguresRow, HouseRow
from qcdesk.services.scorecards import FEWEST, PAST, MonthShare, Word, against_past, days_against_past
from qcdesk.services.use_cases import UseCases
from qcdesk.statistics.control_charts import Chart
from qcdesk.statistics.rates import rate_interval, share_interval

HouseCode = Literal[
    "written", "spoken", "escapes", "rework", "turnaround", "waiting", "units_per_hour", "promises", "repeat_orders",
    "referrals",
]  # fmt: skip
CODES: Final[tuple[HouseCode, ...]] = (
    "written", "spoken", "escapes", "rework", "turnaround", "waiting", "units_per_hour", "promises", "repeat_orders",
    "referrals",
)  # fmt: skip
COUNTS: Final[frozenset[HouseCode]] = frozenset(
    ("written", "spoken", "escapes", "repeat_orders", "referrals")
)
"""Of these it is counted how many a month had."""
MEANS: Final[frozenset[HouseCode]] = frozenset(("turnaround", "waiting", "units_per_hour"))
"""Of these it is the mean of the month."""
GOOD: Final[frozenset[HouseCode]] = frozenset(("units_per_hour", "promises", "repeat_orders", "referrals"))
"""Of these more is better."""
_RARE: Final = 0.00135
_DAYS_A_MONTH: Final = 31
MINUTES_AN_HOUR: Final = 60
MINUTES_A_DAY: Final = 1_440


@dataclass(frozen=True)
class HouseFigure:
    """One figure. ``months``: whole ones in which there was something to tell, the one that is judged last.

    A month's ``share`` is the number of what is counted, rework for each settled round, days, units an hour, or the
    share of promises that were kept. Of days, ``of`` is 1,440 for each batch: minutes are counted. ``low`` and
    ``high``: ends of the last month's exact interval at 95 %, None of a mean. ``so_far``: the month that runs.
    """

    code: HouseCode
    months: tuple[MonthShare, ...]
    word: Word
    chart: Chart | None
    low: float | None
    high: float | None
    so_far: MonthShare | None

    @property
    def last(self) -> MonthShare | None:
        """Return the month that is judged."""
        return self.months[-1] if self.months else None

    @property
    def moved(self) -> bool:
        """Tell whether it left its usual range."""
        return self.word in ("above", "below")

    @property
    def worse(self) -> bool:
        """Tell whether it left its usual range to the bad side."""
        return self.word == ("below" if self.code in GOOD else "above")

    @property
    def before(self) -> float:
        """Return what it usually was: of all months before the last."""
        past = self.months[:-1]
        return sum(one.count for one in past) / max(1, sum(one.of for one in past))


@dataclass(frozen=True)
class Scoreboard:
    """``month``: the last whole one in which something happened, empty before there is one."""

    month: str
    running: str
    figures: tuple[HouseFigure, ...]

    def of(self, code: HouseCode) -> HouseFigure:
        """Return a figure."""
        return next(one for one in self.figures if one.code == code)


def read_scoreboard(use: UseCases, month: str = "") -> Scoreboard:
    """Return the scoreboard as it stands, or as the figures make it at the end of a month.

    Raises: BadInput ``month_not_over``.
    """
    care, today = use.read.care, use.clock.today()
    if month:
        today = day_after(month, today)
    since = (today - timedelta(days=(PAST + 1) * _DAYS_A_MONTH)).isoformat()[:7]
    return scoreboard(
        care.house(since), care.complaints(closed=True), care.figures(), use.corrective_actions(), today
    )


def days_of(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month, written as 2026-03."""
    first = date(int(month[:4]), int(month[5:]), 1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def day_after(month: str, today: date) -> date:
    """Return the first day after a whole month. Raises: BadInput ``month_not_over``."""
    if not MONTH.fullmatch(month) or month >= today.isoformat()[:7]:
        raise BadInput("month_not_over", facts={"value": month}, where={"field": "month"})
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)


def scoreboard(
    happened: Iterable[HouseRow],
    complaints: Sequence[ComplaintRow],
    said: Iterable[FiguresRow],
    actions: Iterable[CorrectiveAction],
    today: date,
) -> Scoreboard:
    """Make the scoreboard.

    Args: happened: of the last two years. complaints: all. said: what the owner counted. actions: with their promises
        as the lots have decided them.
    """
    found = _summed(happened, complaints, said, actions)
    running = today.isoformat()[:7]
    active = sorted({month for months in found.values() for month in months if month < running})[-PAST:]
    figures = tuple(_figure(code, found, active, running) for code in CODES)
    return Scoreboard(active[-1] if active else "", running, figures)


def _summed(
    happened: Iterable[HouseRow],
    complaints: Sequence[ComplaintRow],
    said: Iterable[FiguresRow],
    actions: Iterable[CorrectiveAction],
) -> Mapping[str, Mapping[str, tuple[int, int]]]:
    """Return by name and month how much was counted, and of how much."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    of: dict[str, Counter[str]] = defaultdict(Counter)

    def add(name: str, month: str, count: int = 1, size: int = 1) -> None:
        counts[name][month] += count
        of[name][month] += size

    for row in happened:
        add(row.kind, row.month, row.count, row.of)
    for one in complaints:
        taken = one.complaint.taken
        add(taken.said_as, taken.received.isoformat()[:7])
        if one.complaint.judged is not None and one.complaint.judged.escape:
            add("escapes", taken.received.isoformat()[:7])
    for month in said:
        add("repeat_orders", month.month, month.repeat_orders)
        add("referrals", month.month, month.referrals)
    for action in actions:
        for promise in action.promises:
            decision = promise.decision
            if decision.on is not None and decision.state != "open":
                add("promises", decision.on.isoformat()[:7], int(decision.state == "kept"))
    return {
        name: {month: (n, of[name][month]) for month, n in months.items()} for name, months in counts.items()
    }


def _figure(
    code: HouseCode,
    found: Mapping[str, Mapping[str, tuple[int, int]]],
    active: Sequence[str],
    running: str,
) -> HouseFigure:
    months = tuple(one for month in active if (one := _month(code, found, month)) is not None)
    now = _month(code, found, running)
    if not months:
        return HouseFigure(code, (), "nothing", None, None, None, now)
    word, chart = _judged(code, months)
    low, high = _interval(code, months[-1])
    return HouseFigure(code, months, word, chart, low, high, now)


def _month(
    code: HouseCode, found: Mapping[str, Mapping[str, tuple[int, int]]], month: str
) -> MonthShare | None:
    """Return a figure of a month; None where there was nothing to tell it of."""

    def of(name: str) -> tuple[int, int]:
        return found.get(name, {}).get(month, (0, 0))

    match code:
        case "written" | "spoken" | "escapes":
            return MonthShare(month, of(code)[0], 1)
        case "repeat_orders" | "referrals":
            return MonthShare(month, of(code)[0], 1) if month in found.get(code, {}) else None
        case "rework":
            count, size = of("rework")[0], of("settled")[0]
        case "units_per_hour":
            units, minutes = of("work")
            count, size = units * MINUTES_AN_HOUR, minutes
        case "turnaround" | "waiting":
            count, batches = of(code)
            size = batches * MINUTES_A_DAY
        case _:
            count, size = of(code)
    return MonthShare(month, count, size) if size else None


def _interval(code: HouseCode, last: MonthShare) -> tuple[float | None, float | None]:
    if code in MEANS:
        return None, None
    return share_interval(last.count, last.of) if code == "promises" else rate_interval(last.count, last.of)


def _judged(code: HouseCode, months: Sequence[MonthShare]) -> tuple[Word, Chart | None]:
    """Hold the last month against those before it."""
    if len(months) < FEWEST:
        return "too_few", None
    if code in MEANS:
        return days_against_past(months)
    if code == "promises":
        return against_past(months, rate=False)
    if not any(one.count for one in months[:-1]):
        # Where it never happened before, all of it fell into the last of these months: by chance in so few cases.
        share = months[-1].of / sum(one.of for one in months)
        return ("above" if months[-1].count and share ** months[-1].count < _RARE else "as_before"), None
    return against_past(months, rate=True)
