# SPDX-License-Identifier: Apache-2.0
"""Control charts as data: points, centre line, limits and what breaks a rule; no words and no drawing."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypedDict, get_args

from qcdesk.statistics import run_rules
from qcdesk.statistics.readings import BadReadings, Column, kept
from qcdesk.statistics.run_rules import Rule, Signals, Violation

ChartKind = Literal[
    "xbar-r", "xbar-s", "i-mr", "p", "np", "c", "u", "laney-p", "laney-u", "g", "ewma", "cusum"
]
CHARTS: Final[tuple[ChartKind, ...]] = get_args(ChartKind)
TrackName = Literal[
    "mean",
    "range",
    "sd",
    "value",
    "moving_range",
    "proportion",
    "count",
    "rate",
    "between",
    "ewma",
    "upper",
    "lower",
]
WIDTH = 3.0  # standard deviations from the centre line to a limit


@dataclass(frozen=True)
class Frozen:
    """What a process that is under control runs at: ``center`` and ``sigma`` from an earlier study (phase II).

    What ``sigma`` is of, each chart says. Either may be None: it is then estimated from the points at hand.
    """

    center: float | None = None
    sigma: float | None = None

    @property
    def phase(self) -> Literal[1, 2]:
        """2 where anything is given, else 1."""
        return 1 if self.center is None and self.sigma is None else 2

    @property
    def whole(self) -> bool:
        """Whether both are given, so that no limit rests on the points at hand."""
        return self.center is not None and self.sigma is not None

    def known_sigma(self) -> float | None:
        """Return ``sigma`` where it is given.

        Raises: BadReadings: ``outside`` for one that is not above 0, or is infinite.
        """
        if self.sigma is not None and not 0 < self.sigma < math.inf:
            raise BadReadings("outside", what="sigma", value=self.sigma, low=0, high=math.inf)
        return self.sigma


@dataclass(frozen=True)
class Track:
    """One row of points with its lines.

    ``points``, ``center``, ``ucl``, ``lcl``, ``se`` (standard deviation of a plotted point) are as long as each other;
    ``first`` is the 1-based number of the first point (2 for moving ranges). ``signals`` has every rule that was
    asked, with the completing points, counted like the points of the chart.
    """

    name: TrackName
    points: Column
    center: Column
    ucl: Column
    lcl: Column
    se: Column
    signals: tuple[Signals, ...]
    first: int = 1

    def violations(self) -> Iterator[Violation]:
        """Yield what breaks a rule, rule by rule, each with its members; numbers count like the points of the chart."""
        for one in run_rules.violations(self.signals, self.points, self.center, self.se):
            if self.first == 1:
                yield one
            else:
                shift = self.first - 1
                yield Violation(one.index + shift, one.rule, tuple(i + shift for i in one.members))

    @property
    def in_control(self) -> bool:
        """Whether no rule is broken."""
        return not any(one.points for one in self.signals)


@dataclass(frozen=True)
class Chart:
    """A control chart.

    ``main`` is what the chart is named after, ``beside`` the ranges, deviations or moving ranges (of a CUSUM: its
    lower side). ``center`` and ``sigma`` are the process's; ``estimator`` names how ``sigma`` came about (``given``
    where it was frozen). ``estimated_from`` counts the points that limits rest on, 0 where they were given.
    ``ratio`` is Laney's σz.
    """

    kind: ChartKind
    main: Track
    beside: Track | None
    center: float
    sigma: float
    estimator: str
    phase: Literal[1, 2]
    estimated_from: int
    ratio: float | None = None

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The rows of points, the main one first."""
        return (self.main,) if self.beside is None else (self.main, self.beside)

    @property
    def in_control(self) -> bool:
        """Whether no rule is broken in any row."""
        return all(track.in_control for track in self.tracks)


@dataclass(frozen=True)
class Base:
    """Which points the limits rest on: the first ``first`` of them (all: None) without ``leave_out`` (1-based)."""

    first: int | None = None
    leave_out: Collection[int] = ()

    def mask(self, count: int, *, least: int) -> Any:  # noqa: ANN401 - NumPy stays inside
        """Return which of ``count`` points count, as a NumPy array; None where all do.

        Raises: BadReadings: ``too_few``, ``outside``.
        """
        import numpy as np

        out = set(self.leave_out)
        if self.first is not None and not 1 <= self.first <= count:
            raise BadReadings("outside", what="base", value=self.first, low=1, high=count)
        if out and not 1 <= min(out) <= max(out) <= count:
            odd = min(out) if min(out) < 1 else max(out)
            raise BadReadings("outside", what="leave_out", value=odd, low=1, high=count)
        counted = (self.first or count) - sum(1 for i in out if i <= (self.first or count))
        if counted < least:
            raise BadReadings("too_few", n=counted, least=least, of="points")
        if not out and (self.first is None or self.first == count):
            return None
        mask = np.zeros(count, dtype=bool)
        mask[: self.first or count] = True
        for i in out:
            mask[i - 1] = False
        return mask


ALL: Final = Base()


class Options(TypedDict, total=False):
    """What every chart with limits from its own points can be told.

    ``frozen``: what the process runs at, for phase II (what its numbers are of, each chart says). ``base``: the points
    that the limits rest on. ``rules``: shewhart, we, nelson (the default). ``width``: of the limits, in standard
    deviations.
    """

    frozen: Frozen | None
    base: Base
    rules: str
    width: float


def track(
    name: TrackName,
    points: Any,  # noqa: ANN401 - NumPy stays inside
    center: Any,  # noqa: ANN401
    se: Any,  # noqa: ANN401
    rules: tuple[Rule, ...],
    *,
    reach: Any = None,  # noqa: ANN401
    low: float | None = None,
    high: Any = None,  # noqa: ANN401
    width: float = WIDTH,
    first: int = 1,
) -> Track:
    """Put a row of points together with its lines and what they break.

    Args: points: a NumPy array. center, se: the same, or one number. reach: from the centre line to the limits, where
        it is not ``width`` times ``se``. low, high: where limits end whatever the figures say.
    """
    import numpy as np

    reach = width * se if reach is None else reach
    ucl, lcl = center + reach, center - reach
    if low is not None:
        lcl = np.maximum(lcl, low)
    if high is not None:
        ucl = np.minimum(ucl, high)
    found = run_rules.signals(rules, points, center, ucl, lcl, se)
    size = points.size

    def all_along(value: Any) -> Column:  # noqa: ANN401 - NumPy stays inside
        return kept(value if np.ndim(value) else np.full(size, value, dtype=np.float64))

    return Track(
        name, kept(points), all_along(center), all_along(ucl), all_along(lcl), all_along(se), found, first
    )


def width_of(width: float) -> float:
    """Return the width of limits, in standard deviations.

    Raises: BadReadings: ``outside``.
    """
    if not 0 < width <= 10:
        raise BadReadings("outside", what="width", value=width, low=0, high=10)
    return width
