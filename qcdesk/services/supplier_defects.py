# SPDX-License-Identifier: Apache-2.0
"""Defects of one supplier by code, class, product or month, and how often they were found lot by lot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.services.figure_rows import DefectFigureRow, LotRunRow
from qcdesk.statistics.attributes_charts import c_chart, laney_u, u_chart
from qcdesk.statistics.control_charts import Chart
from qcdesk.statistics.dispersion import by_chance
from qcdesk.statistics.readings import BadReadings

Way = Literal["code", "class", "product", "month"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)
FEWEST: Final = 6
"""Lots, or months, that it takes for limits."""
MONTHS: Final = 24
_CHANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class DefectBar:
    """What was found in checks and reported from outside of one code, class, product or month (``key``)."""

    key: str
    found: int
    reported: int

    @property
    def count(self) -> int:
        """Both together."""
        return self.found + self.reported


@dataclass(frozen=True)
class DefectTrend:
    """Defects lot by lot, or where no lot was inspected, those reported month by month; ``chart`` None: too few.

    ``names`` of its points; ``batches``: their ids, empty for months.
    """

    names: tuple[str, ...]
    batches: tuple[str, ...]
    counts: tuple[int, ...]
    chart: Chart | None


def key_of(row: DefectFigureRow, way: Way) -> str:
    """Return to which bar a figure belongs."""
    by: dict[Way, str] = {
        "code": row.code,
        "class": row.name.partition(".")[2],
        "product": row.product,
        "month": row.month,
    }
    return by[way]


def bars(rows: Iterable[DefectFigureRow], way: Way) -> tuple[DefectBar, ...]:
    """Return what was found, the most frequent first; months and classes in their own order."""
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        sums.setdefault(key_of(row, way), Counter())[row.name.partition(".")[0]] += row.amount
    found = [DefectBar(key, names["found"], names["reported"]) for key, names in sums.items()]
    if way == "month":
        return tuple(sorted(found, key=lambda bar: bar.key))
    if way == "class":
        order: dict[str, int] = {name: place for place, name in enumerate(BY_SERIOUSNESS)}
        return tuple(sorted(found, key=lambda bar: order.get(bar.key, len(order))))
    return tuple(sorted(found, key=lambda bar: (-bar.count, bar.key)))


def pairs(rows: Iterable[DefectFigureRow], way: Way, key: str) -> frozenset[tuple[str, str]]:
    """Return name and code of every figure that a bar is made of."""
    return frozenset((row.name, row.code) for row in rows if key_of(row, way) == key)


def trend(
    rows: Sequence[DefectFigureRow], lots: Iterable[LotRunRow], way: Way, keys: Collection[str]
) -> DefectTrend:
    """Return how often what a bar stands for was found in each lot that units were looked at of; a month: all of it.

    ``keys``: what the bar stands for, one or, where the rarest stand together, several.

    Limits are those of a u-chart, of Laney's where lots differ by more than chance. Where there is no such lot, or what
    was reported was in none of them, it is counted month by month, also in months without any, from the first to the
    last.
    """
    reported = [row for row in rows if row.name.startswith("reported.")]
    looked = [lot for lot in lots if lot.units and (way != "product" or lot.product in keys)]
    if looked:
        counts = tuple(
            sum(n for found, code, n in lot.found if _counts(found, code, way, keys)) for lot in looked
        )
        only_reported = way != "month" and any(key_of(row, way) in keys for row in reported)
        if any(counts) or not only_reported:
            chart = _of_lots(counts, tuple(lot.units for lot in looked))
            return DefectTrend(
                tuple(lot.number for lot in looked), tuple(lot.batch for lot in looked), counts, chart
            )
    if not reported:
        return DefectTrend((), (), (), None)
    months = _months(min(row.month for row in reported), max(row.month for row in reported))[-MONTHS:]
    sums: Counter[str] = Counter()
    for row in reported:
        if way == "month" or key_of(row, way) in keys:
            sums[row.month] += row.amount
    counts = tuple(sums[month] for month in months)
    return DefectTrend(tuple(months), (), counts, _of_months(counts))


def _counts(found: str, code: str, way: Way, keys: Collection[str]) -> bool:
    asked = {"code": code, "class": found}.get(way)
    return asked is None or asked in keys


def _of_lots(counts: Sequence[int], units: Sequence[int]) -> Chart | None:
    if len(counts) < FEWEST:
        return None
    found, sizes = [float(n) for n in counts], [float(n) for n in units]
    try:
        wanders = by_chance(found, sizes, of_units=False) < _CHANCE
        return (laney_u if wanders else u_chart)(found, sizes, rules="shewhart")
    except BadReadings:
        return None


def _of_months(counts: Sequence[int]) -> Chart | None:
    if len(counts) < FEWEST:
        return None
    found = [float(n) for n in counts]
    try:
        if by_chance(found, [1.0] * len(found), of_units=False) < _CHANCE:
            return laney_u(found, 1.0, rules="shewhart")
        return c_chart(found, rules="shewhart")
    except BadReadings:
        return None


def _months(first: str, last: str) -> list[str]:
    """Return all months between two, with both."""
    year, month = int(first[:4]), int(first[5:])
    found = []
    while (one := f"{year:04}-{month:02}") <= last:
        found.append(one)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
