# SPDX-License-Identifier: Apache-2.0
"""From readings and counts to charts: which kind fits, what it is drawn from, and where each point leads.

Whatever cannot be drawn is refused by the statistics (``BadReadings``); ``wording.processes`` has the words for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, Literal

from qcdesk.services.analysis_rows import LotCountRow, LotCounts, ReadingColumns, SubgroupRow
from qcdesk.statistics.attributes_charts import c_chart, g_chart, laney_p, laney_u, np_chart, p_chart, u_chart
from qcdesk.statistics.capability import Capability, Limits, capability
from qcdesk.statistics.control_charts import Chart, Frozen
from qcdesk.statistics.dispersion import by_chance
from qcdesk.statistics.histograms import ParetoBar, pareto
from qcdesk.statistics.readings import BadReadings, Column
from qcdesk.statistics.subgroups import Subgroups, sized_subgroups
from qcdesk.statistics.variables_charts import i_mr, xbar_r, xbar_s
from qcdesk.statistics.weighted_charts import Cusum, cusum, ewma

ReadingKind = Literal["xbar-r", "xbar-s", "i-mr", "ewma", "cusum"]
CountKind = Literal["p", "np", "c", "u", "laney-p", "laney-u", "g"]
READING_KINDS: Final[tuple[ReadingKind, ...]] = ("xbar-r", "xbar-s", "i-mr", "ewma", "cusum")
COUNT_KINDS: Final[tuple[CountKind, ...]] = ("p", "laney-p", "np", "u", "laney-u", "c", "g")
Why = Literal[
    "asked", "small", "large", "uneven", "single", "share", "rate", "wandering_share", "wandering_rate"
]
"""Why a kind is drawn: somebody asked for it; subgroups are small and alike, large, or uneven; single values; shares of
units, or defects per unit where nobody counted the units that have them; either with a level that wanders."""

LARGEST_FOR_RANGES = 10  # readings in a subgroup: beyond, the range throws too much of them away
WANDERS = 0.01  # so seldom chance alone spreads counts as far


@dataclass(frozen=True)
class ReadingChart:
    """A chart of readings. ``left_out``: subgroups of a single reading, where the chart asks for more of them.

    ``subgroups`` are those drawn; ``single`` whether each reading is a point of its own.
    """

    chart: Chart
    why: Why
    subgroups: tuple[SubgroupRow, ...]
    left_out: int
    single: bool
    _ends: tuple[int, ...]

    def behind(self, point: int) -> SubgroupRow:
        """Return the check that a point of the chart, counted from 1, comes from."""
        return self.subgroups[bisect_left(self._ends, point) if self.single else point - 1]

    @property
    def names(self) -> tuple[str, ...]:
        """The batch numbers of the points; empty where a batch has several points."""
        return (
            ()
            if self.single and len(self._ends) < len(self.chart.main.points)
            else tuple(one.number for one in self.subgroups)
        )


@dataclass(frozen=True)
class CountChart:
    """A chart of counts lot by lot. ``left_out``: tallied lots, where the chart asks how many units were bad."""

    chart: Chart
    why: Why
    lots: tuple[LotCountRow, ...]
    left_out: int

    def behind(self, point: int) -> LotCountRow:
        """Return the lot that a point, counted from 1, comes from; of a g chart the one that ends the run."""
        return self.lots[point - 1]

    @property
    def names(self) -> tuple[str, ...]:
        """The batch numbers of the points."""
        return tuple(one.number for one in self.lots)


@dataclass(frozen=True)
class Cause:
    """A bar of a Pareto chart: the code it stands for."""

    code: str
    bar: ParetoBar


def fitting_readings(columns: ReadingColumns) -> tuple[ReadingKind, Why]:
    """Return which chart fits readings, and why.

    Subgroups of one size up to 10: means and ranges; larger or uneven ones: means and standard deviations; where fewer
    than two have more than one reading: single values.
    Source: Montgomery (2013), sections 6.2-6.4.
    """
    several = {size for size in columns.sizes if size > 1}
    if sum(size > 1 for size in columns.sizes) < 2:
        return "i-mr", "single"
    if len(several) > 1:
        return "xbar-s", "uneven"
    return ("xbar-r", "small") if max(several) <= LARGEST_FOR_RANGES else ("xbar-s", "large")


def fitting_counts(lots: Sequence[LotCountRow]) -> tuple[CountKind, Why]:
    """Return which chart fits counts, and why.

    Shares of units where the units are known of at least half of the lots, else defects per unit; Laney's, where the
    counts vary from lot to lot so far as chance alone would one time in a hundred. Lots of which no unit was looked at
    do not count.
    """
    counted = [lot for lot in lots if lot.units]
    known = [lot for lot in counted if lot.nonconforming is not None]
    if 2 * len(known) >= len(counted):
        if _wanders([lot.nonconforming or 0 for lot in known], known, of_units=True):
            return "laney-p", "wandering_share"
        return "p", "share"
    if _wanders([lot.nonconformities for lot in counted], counted, of_units=False):
        return "laney-u", "wandering_rate"
    return "u", "rate"


def chart_readings(
    columns: ReadingColumns,
    kind: ReadingKind | None = None,
    *,
    frozen: Frozen | None = None,
    rules: str = "nelson",
    weight: float = 0.2,
    setting: Cusum | None = None,
) -> ReadingChart:
    """Draw readings.

    Args: kind: None for the one that fits. frozen: limits of an earlier period, see ``frozen_by``. rules: shewhart, we,
        nelson; EWMA and CUSUM know limits only. weight: of an EWMA. setting: of a CUSUM.
    Raises: BadReadings: ``too_few``, ``constant``, ``unknown``, ``outside``.
    """
    fits, why = fitting_readings(columns)
    if kind is None:
        kind = fits
    else:
        why = "asked"
    single = kind == "i-mr" or (kind in ("ewma", "cusum") and fits == "i-mr")
    subgroups, values, sizes = columns.subgroups, columns.values, columns.sizes
    if single:
        ends = tuple(accumulate(sizes))
        drawn: Column | Subgroups = values
    else:
        subgroups, values, sizes = _of_several(columns)
        if len(sizes) < (1 if frozen is not None else 2):
            raise BadReadings("too_few", n=len(sizes), least=2, of="subgroups")
        ends, drawn = (), sized_subgroups(values, sizes)
    chart = _drawn(kind, drawn, frozen, rules, weight, setting)
    return ReadingChart(chart, why, subgroups, len(columns.subgroups) - len(subgroups), single, ends)


def chart_lots(
    counts: Sequence[LotCountRow],
    kind: CountKind | None = None,
    *,
    frozen: Frozen | None = None,
    rules: str = "nelson",
) -> CountChart:
    """Draw what was found lot by lot; lots of which no unit was looked at are passed over.

    Args: kind: None for the one that fits; ``g`` counts the good lots between two that have anything. frozen, rules: as
        for ``chart_readings``.
    Raises: BadReadings: ``too_few``, ``constant``, ``unknown``, ``outside``; ``sizes_differ`` (``low``, ``high``): of c,
        which compares counts of samples of one size.
    """
    fits, why = fitting_counts(counts)
    if kind is None:
        kind = fits
    else:
        why = "asked"
    looked = tuple(lot for lot in counts if lot.units)
    by_unit = kind in ("p", "np", "laney-p")
    lots = tuple(lot for lot in looked if not by_unit or lot.nonconforming is not None)
    left_out = len(looked) - len(lots)
    sizes = [float(lot.units) for lot in lots]
    defects = [float(lot.nonconformities) for lot in lots]
    bad = [float(lot.nonconforming or 0) for lot in lots]
    if len(lots) < (1 if frozen is not None else 2):
        raise BadReadings("too_few", n=len(lots), least=2, of="points")
    if kind == "g":
        between, ending = _between(lots)
        return CountChart(g_chart(between, frozen=frozen, rules=rules), why, ending, left_out)
    if kind == "c":
        if min(sizes) < max(sizes):
            raise BadReadings("sizes_differ", low=int(min(sizes)), high=int(max(sizes)))
        return CountChart(c_chart(defects, frozen=frozen, rules=rules), why, lots, left_out)
    if kind in ("u", "laney-u"):
        draw = u_chart if kind == "u" else laney_u
        return CountChart(draw(defects, sizes, frozen=frozen, rules=rules), why, lots, left_out)
    drawing = {"p": p_chart, "np": np_chart, "laney-p": laney_p}[kind]
    return CountChart(drawing(bad, sizes, frozen=frozen, rules=rules), why, lots, left_out)


def frozen_by(chart: Chart) -> Frozen:
    """Return what a later period is held against: where this chart's limits come from."""
    if chart.kind in ("laney-p", "laney-u"):
        return Frozen(chart.center, chart.ratio)
    if chart.kind in ("p", "np", "c", "u", "g"):
        return Frozen(chart.center)  # the spread follows from the centre
    return Frozen(chart.center, chart.sigma)


def limits_of(columns: ReadingColumns, target: float | None = None) -> Limits:
    """Return the limits that the newest readings were judged by."""
    last = columns.subgroups[-1] if columns.subgroups else None
    return Limits() if last is None else Limits(last.lower, last.upper, target)


def limits_changed(columns: ReadingColumns) -> bool:
    """Tell whether not all readings were judged by the same limits."""
    return len({(one.lower, one.upper) for one in columns.subgroups}) > 1


def capability_of(columns: ReadingColumns, limits: Limits | None = None) -> Capability:
    """Compare readings with limits (None: those in force for the newest of them).

    Raises: BadReadings: ``too_few``, ``constant``, ``no_limit``, ``limits_crossed``, ``outside``.
    """
    limits = limits_of(columns) if limits is None else limits
    several = columns.sizes and min(columns.sizes) > 1
    return capability(sized_subgroups(columns.values, columns.sizes) if several else columns.values, limits)


def causes_of(counts: LotCounts, lots: Sequence[LotCountRow] | None = None) -> tuple[Cause, ...]:
    """Return what was found, from the most to the least frequent: of all lots, or of some.

    Raises: BadReadings: ``constant``: nothing was found.
    """
    found = Counter[str]()
    for lot in counts.lots if lots is None else lots:
        found.update(dict(lot.by_code))
    called = {code: counts.names.get(code, code) for code in found}
    twice = {name for name, times in Counter(called.values()).items() if times > 1}
    names = {code: f"{name} ({code})" if name in twice else name for code, name in called.items()}
    codes = {name: code for code, name in names.items()}
    return tuple(Cause(codes[bar.name], bar) for bar in pareto({names[code]: n for code, n in found.items()}))


def _drawn(
    kind: ReadingKind,
    drawn: Column | Subgroups,
    frozen: Frozen | None,
    rules: str,
    weight: float,
    setting: Cusum | None,
) -> Chart:
    if kind == "ewma":
        return ewma(drawn, weight=weight, frozen=frozen)
    if kind == "cusum":
        return cusum(drawn, setting=setting, frozen=frozen)
    if not isinstance(drawn, Subgroups):
        return i_mr(drawn, frozen=frozen, rules=rules)
    return (xbar_r if kind == "xbar-r" else xbar_s)(drawn, frozen=frozen, rules=rules)


def _of_several(columns: ReadingColumns) -> tuple[tuple[SubgroupRow, ...], Column, tuple[int, ...]]:
    """Return the subgroups of more than one reading: a single one has no range."""
    if not columns.sizes or min(columns.sizes) > 1:
        return columns.subgroups, columns.values, columns.sizes
    values, at, kept = columns.values[:0], 0, []
    for number, size in enumerate(columns.sizes):
        if size > 1:
            values += columns.values[at : at + size]
            kept.append(number)
        at += size
    return (
        tuple(columns.subgroups[number] for number in kept),
        values,
        tuple(columns.sizes[number] for number in kept),
    )


def _between(lots: Sequence[LotCountRow]) -> tuple[list[float], tuple[LotCountRow, ...]]:
    """Return how many good lots lie between two that have anything, and the later of the two."""
    events = [number for number, lot in enumerate(lots) if lot.nonconformities]
    gaps = [float(later - number - 1) for number, later in pairwise(events)]
    return gaps, tuple(lots[number] for number in events[1:])


def _wanders(counts: Sequence[float], lots: Sequence[LotCountRow], *, of_units: bool) -> bool:
    return len(lots) > 1 and by_chance(counts, [lot.units for lot in lots], of_units=of_units) < WANDERS
