# SPDX-License-Identifier: Apache-2.0
"""Readings that are hard to believe: repeated, rounded, or bunched just inside a limit.

What is believable depends on the goods and on the gauge, so that a person is never held against a textbook: always
against what the other person read off the same units of the same batches.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qcdesk.domain.concerns import Concern, Kind
from qcdesk.statistics.proportions import at_least, binomial_at_least

CHANCE = 1e-5
FEWEST = 30
"""Readings by each of the two before their habits are compared."""
SHORTEST_LIST = 8
"""Readings in a row that came in the same order before; fewer come back by themselves."""
NEAR_LIMIT = Decimal("0.05")
"""Of the width between the limits: what lies this near inside one is just inside."""
WINDOW_US = 90 * 86_400 * 1_000_000


@dataclass(frozen=True)
class ReadingLine:
    """A reading that stands in a check of a compared round. ``check`` and ``other_check`` are the two checks'.

    ``characteristic`` says the procedure, too. ``value`` has the digits as typed; limits are None where there are none.
    """

    seq: int
    at: int
    person: str
    batch: str
    check: str
    other_check: str
    characteristic: str
    unit: int
    value: Decimal
    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True)
class _Series:
    """One characteristic of one check, by unit, with the other person's."""

    own: tuple[ReadingLine, ...]
    others: tuple[ReadingLine, ...]

    @property
    def last(self) -> ReadingLine:
        return max(self.own, key=lambda line: line.seq)


def reading_habits(lines: Iterable[ReadingLine]) -> list[Concern]:
    """Return what wants explaining in readings."""
    found = []
    for series in _by_habit(lines):
        found += [
            *_repeated(series),
            *_more_often("repeated", _again, series),
            *_more_often("rounded", _round, series),
            *_more_often("bunched", _inside, series),
            *_bent(series),
        ]
    return found


def _by_habit(lines: Iterable[ReadingLine]) -> Iterator[list[_Series]]:
    """Yield for each person the series, in order, that another person measured too: a habit is not of one product."""
    checks: dict[tuple[str, str], list[ReadingLine]] = defaultdict(list)
    for line in lines:
        checks[line.check, line.characteristic].append(line)
    habits: dict[str, list[_Series]] = defaultdict(list)
    for (_, characteristic), own in checks.items():
        others = checks.get((own[0].other_check, characteristic), [])
        common = {line.unit for line in own} & {line.unit for line in others}
        if common:
            habits[own[0].person].append(
                _Series(
                    tuple(sorted((x for x in own if x.unit in common), key=lambda x: x.unit)),
                    tuple(sorted((x for x in others if x.unit in common), key=lambda x: x.unit)),
                )
            )
    for several in habits.values():
        yield sorted(several, key=lambda series: series.last.seq)


def _repeated(several: Sequence[_Series]) -> Iterator[Concern]:
    """Yield series that repeat a list of an earlier check, value by value, though others' readings make that unlikely."""
    lists: dict[tuple[str, tuple[Decimal, ...]], str] = {}
    for series in several:
        characteristic, values = series.last.characteristic, tuple(line.value for line in series.own)
        if len(values) < SHORTEST_LIST:
            continue
        others = [line.value for line in series.others]
        odds = sum(math.log((others.count(value) + 1) / (len(others) + 1)) for value in values)
        known = characteristic, values
        if known in lists and odds + math.log(len(lists)) < math.log(CHANCE):
            yield _told("repeated", series.last, readings=len(values), of=len(values), before=lists[known])
        lists.setdefault(known, series.last.batch)


def _again(lines: Sequence[ReadingLine]) -> tuple[int, int]:
    """Return how many readings repeat the one before them, and how many could."""
    return sum(a.value == b.value for a, b in itertools.pairwise(lines)), max(0, len(lines) - 1)


def _round(lines: Sequence[ReadingLine]) -> tuple[int, int]:
    """Return how many readings end in 0 or 5, of how many."""
    return sum(line.value.as_tuple().digits[-1] in (0, 5) for line in lines), len(lines)


def _inside(lines: Sequence[ReadingLine]) -> tuple[int, int]:
    """Return how many readings lie just inside a limit, of how many."""
    return sum(map(_just_inside, lines)), len(lines)


def _more_often(
    kind: Kind, count: Callable[[Sequence[ReadingLine]], tuple[int, int]], several: Sequence[_Series]
) -> Iterator[Concern]:
    """Yield where a person's readings have a mark far more often than the other person's of the same units."""
    window: list[tuple[int, int, int, int, int]] = []
    for series in several:
        now = series.last.at
        window = [each for each in window if now - each[0] <= WINDOW_US]
        window.append((now, *count(series.own), *count(series.others)))
        hits, n, other_hits, other_n = (sum(each[i] for each in window) for i in range(1, 5))
        if min(n, other_n) < FEWEST or hits * other_n <= other_hits * n:
            continue
        if at_least(hits, n + other_n, hits + other_hits, n) < CHANCE:
            yield _told(kind, series.last, readings=hits, of=n, other=other_hits, other_of=other_n, before="")
            window = []


def _bent(several: Sequence[_Series]) -> Iterator[Concern]:
    """Yield where a person reads just inside what the other reads outside, and hardly ever the other way round."""
    window: list[tuple[int, int, int]] = []
    for series in several:
        now = series.last.at
        window = [each for each in window if now - each[0] <= WINDOW_US]
        pairs = [(a, b) for a in series.own for b in series.others if a.unit == b.unit]
        inside = sum(_just_inside(a) and _outside(b) for a, b in pairs)
        window.append((now, inside, sum(_just_inside(b) and _outside(a) for a, b in pairs)))
        hits, other = sum(each[1] for each in window), sum(each[2] for each in window)
        if binomial_at_least(hits, hits + other, 0.5) < CHANCE:
            yield _told("bent", series.last, readings=hits, other=other)
            window = []


def _outside(line: ReadingLine) -> bool:
    low, high = line.lower, line.upper
    return (low is not None and line.value < low) or (high is not None and high < line.value)


def _just_inside(line: ReadingLine) -> bool:
    if line.lower is None or line.upper is None:
        return False
    near = (line.upper - line.lower) * NEAR_LIMIT
    return line.lower <= line.value <= line.lower + near or line.upper - near <= line.value <= line.upper


def _told(kind: Kind, line: ReadingLine, **facts: object) -> Concern:
    told = {"characteristic": line.characteristic, **{name: str(value) for name, value in facts.items()}}
    key = f"{kind}:{line.characteristic}:{line.seq}" if told.get("before") else f"{kind}:{line.seq}"
    return Concern(key, kind, line.seq, line.at, line.person, "", line.batch, told)
