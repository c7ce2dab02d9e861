# SPDX-License-Identifier: Apache-2.0
"""The cheapest of all double plans that keep two risks: any sample sizes, acceptance and rejection numbers."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from operator import mul

from qcdesk.statistics.risk import LARGEST_SAMPLE, Stages, acceptance, counted
from qcdesk.statistics.risk_averages import average_sample
from qcdesk.statistics.risk_models import Lot, Model, PerItem

_MOST_WORK = 6_000_000  # chances added up; then it is given up, after about two seconds
_CLOSE = 1e-11  # what is within it of a risk is judged by the exact chances


@dataclass(frozen=True)
class Points:
    """The two risk points: ``good`` is rejected at most ``alpha``, ``bad`` passes at most ``beta`` of the time."""

    model: Model
    good: float
    alpha: float
    bad: float
    beta: float

    def rejects_good_less(self, plan: Stages) -> bool:
        """Tell whether it rejects the good quality at most alpha of the time."""
        return 1 - acceptance(plan, self.model, self.good) <= self.alpha

    def passes_bad_less(self, plan: Stages) -> bool:
        """Tell whether it passes the bad quality at most beta of the time."""
        return acceptance(plan, self.model, self.bad) <= self.beta


def cheapest_double(points: Points, start: Stages, most_work: int = _MOST_WORK) -> Stages | None:
    """Return the double plan with the smallest average sample number at the good quality, of all there are.

    Searched are all n1, n2 of 1 or more, 0 <= Ac1 < Ac2, Ac1 + 2 <= Re1 <= Ac2 + 1. For each Ac1, Re1 and n1 the average
    grows with n2, and the smallest n2 that keeps beta grows with Ac2, so that the first Ac2 that keeps alpha is the best.
    No test of n units at all keeps both risks below a certain n (the Neyman-Pearson test says which), so that n1 + n2
    has a least value and each n1 and Ac1 a least average; those that cannot win by it are passed over.

    Args: start: a double plan that keeps both risks. most_work: chances to add up at most.
    Returns: the plan; None where the search takes more than ``most_work``, so that nothing can be said of all.
    Source: computed from its definition.
    """
    search = _Search(points, start, most_work)
    try:
        return search.run()
    except _TooMuch:
        return None


class _TooMuch(Exception):
    """The search takes more work than was allowed."""


@dataclass
class _Search:
    points: Points
    best: Stages
    left: int
    average: float = 0.0
    top: int = 0
    _sums: dict[tuple[bool, int], array[float]] = field(default_factory=dict)
    _rests: dict[tuple[bool, int, int], array[float]] = field(default_factory=dict)

    def run(self) -> Stages:
        points = self.points
        self.average = average_sample(self.best, points.model, points.good)
        self.top = 2 * self.best.re[-1] + 20
        least = self._least_total()
        ways = sorted(self._firsts(least))
        for bound, n1, ac in ways:
            if bound >= self.average:
                break
            self._best_with(n1, ac, least)
        return self.best

    def _spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise _TooMuch

    def _firsts(self, least: int) -> Iterator[tuple[float, int, int]]:
        """Yield each n1 and Ac1 that can win, with an average that none of their plans is below."""
        for n1 in range(1, min(math.ceil(self.average), self._largest() - 1) + 1):
            good, bad = self._sum(True, n1), self._sum(False, n1)
            rest = max(1, least - n1)
            for ac in range(self.top - 1):
                if bad[ac] > self.points.beta + _CLOSE:
                    break
                re = max(ac + 2, bisect_left(good, 1 - self.points.alpha - _CLOSE) + 1)
                if re > self.top:
                    raise _TooMuch
                bound = n1 + rest * (good[re - 1] - good[ac])
                if bound < self.average:
                    yield bound, n1, ac

    def _best_with(self, n1: int, ac: int, least: int) -> None:
        good = self._sum(True, n1)
        self._rests.clear()
        re = max(ac + 2, bisect_left(good, 1 - self.points.alpha - _CLOSE) + 1)
        low = max(1, least - n1)
        while True:
            if re > self.top:
                raise _TooMuch
            share = good[re - 1] - good[ac]
            if n1 + low * share >= self.average:
                return
            high = self._most_second(n1, share)
            # Ac2 is at least Re1 - 1: a larger Re1 wants a larger second sample, and comes to it more often.
            if low > high or not self._keeps_bad(n1, high, ac, re, re - 1):
                return
            self._best_second(n1, ac, re, low, high, share)
            re += 1

    def _best_second(self, n1: int, ac: int, re: int, low: int, high: int, share: float) -> None:
        last = re - 1
        while last + 1 < self.top and self._keeps_bad(n1, high, ac, re, last + 1):
            last += 1
        if not self._keeps_good(n1, low, ac, re, last):
            return
        for ac2 in range(re - 1, last + 1):
            n2, above = low, high
            while n2 < above:
                middle = (n2 + above) // 2
                if self._keeps_bad(n1, middle, ac, re, ac2):
                    above = middle
                else:
                    n2 = middle + 1
            low = n2
            if self._keeps_good(n1, n2, ac, re, ac2) and self._take(n1, n2, high, ac, re, ac2):
                return
        if last + 1 >= self.top:
            raise _TooMuch

    def _take(self, n1: int, n2: int, high: int, ac: int, re: int, ac2: int) -> bool:
        """Keep a plan when the exact chances agree; tell whether they do."""
        for size in range(n2, high + 1):
            plan = Stages((n1, size), (ac, ac2), (re, ac2 + 1))
            self._spend(50 * re)
            if not self.points.rejects_good_less(plan):
                return False
            if self.points.passes_bad_less(plan):
                average = average_sample(plan, self.points.model, self.points.good)
                if average < self.average:
                    self.best, self.average = plan, average
                return True
        return False

    def _most_second(self, n1: int, share: float) -> int:
        most = self._largest() - n1
        spare = self.average - n1
        return most if share * most <= spare else math.floor(spare / share)

    def _keeps_bad(self, n1: int, n2: int, ac: int, re: int, ac2: int) -> bool:
        return self._passes(False, n1, n2, ac, re, ac2) <= self.points.beta + _CLOSE

    def _keeps_good(self, n1: int, n2: int, ac: int, re: int, ac2: int) -> bool:
        return self._passes(True, n1, n2, ac, re, ac2) >= 1 - self.points.alpha - _CLOSE

    def _passes(self, good: bool, n1: int, n2: int, ac: int, re: int, ac2: int) -> float:
        first = self._sum(good, n1)
        self._spend(re - ac)
        later = (first[x] - first[x - 1] for x in range(ac + 1, re))
        if isinstance(self.points.model, Lot):
            rests = (self._rest(good, n1, n2, x)[ac2 - x] for x in range(ac + 1, re))
            of_lot: float = first[ac] + sum(map(mul, later, rests))
            return of_lot
        passes: float = first[ac] + sum(map(mul, later, self._sum(good, n2)[ac2 - ac - 1 :: -1]))
        return passes

    def _sum(self, good: bool, n: int) -> array[float]:
        """Return how often the first n units hold 0, 1, 2 … bad ones at most."""
        known = self._sums.get((good, n))
        if known is None:
            known = self._sums[good, n] = self._summed(good, n, 0, 0)
        return known

    def _rest(self, good: bool, n1: int, n2: int, found: int) -> array[float]:
        """Return the same for the n2 units after n1 that held so many; kept for one n1 at a time."""
        known = self._rests.get((good, n2, found))
        if known is None:
            known = self._rests[good, n2, found] = self._summed(good, n2, n1, found)
        return known

    def _summed(self, good: bool, n: int, before: int, found: int) -> array[float]:
        times = 4 if isinstance(self.points.model, Lot) else 2  # longer to compute than to add up
        self._spend(times * self.top)
        p = self.points.good if good else self.points.bad
        return array("d", accumulate(_chances(self.points.model, p, n, self.top, before, found)))

    def _largest(self) -> int:
        model = self.points.model
        return model.size if isinstance(model, Lot) else LARGEST_SAMPLE

    def _least_total(self) -> int:
        """Return the smallest n with which any test keeps both risks, one that decides by lot among them."""
        low, high = 1, self.best.total
        while low < high:
            middle = (low + high) // 2
            if self._some_test(middle):
                high = middle
            else:
                low = middle + 1
        return low

    def _some_test(self, n: int) -> bool:
        good, bad = self._sum(True, n), self._sum(False, n)
        wanted = 1 - self.points.alpha - _CLOSE
        if wanted <= 0:
            return True
        at = bisect_left(good, wanted)
        if at > self.top:
            raise _TooMuch
        below, passes = (good[at - 1], bad[at - 1]) if at else (0.0, 0.0)
        part = (wanted - below) / (good[at] - below)
        return passes + part * (bad[at] - passes) <= self.points.beta + _CLOSE


def _chances(model: Model, p: float, n: int, top: int, before: int, found: int) -> Iterator[float]:
    """Yield the chances of 0 … top bad ones among n units."""
    if isinstance(model, PerItem):
        chance = math.exp(-n * p)
        for k in range(top + 1):
            yield chance
            chance *= n * p / (k + 1)
        return
    if isinstance(model, Lot):
        bad, good = model.bad(p) - found, model.size - before - (model.bad(p) - found)
        chance = -1.0
        for k in range(top + 1):
            if k > min(n, bad) or n - k > good or bad < 0 or good < 0:
                yield 0.0
                continue
            if chance < 0:
                rest = Lot(bad + good) if bad + good >= 2 else None
                chance = 1.0 if rest is None else counted(rest, bad / rest.size, n, k, k)
            yield chance
            if good - n + k + 1:
                chance *= (bad - k) * (n - k) / ((k + 1) * (good - n + k + 1))
        return
    if p in (0, 1):
        yield from (1.0 if k == n * p else 0.0 for k in range(top + 1))
        return
    chance, odds = math.exp(n * math.log1p(-p)), p / (1 - p)
    for k in range(top + 1):
        yield chance
        chance *= max(0, n - k) / (k + 1) * odds
