# SPDX-License-Identifier: Apache-2.0
"""The risk of any attribute plan: how often it passes goods of a given quality, exactly, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from qcdesk.statistics.risk_models import BadPlan, Model

MOST_STAGES = 50
MOST_COUNTED = 500  # in plans of several stages, whose ways are counted exactly
LARGEST_SAMPLE = 1_000_000
_NEGLIGIBLE = 45.0  # a term e^-45 of the largest is beyond the last bit of a float


@dataclass(frozen=True)
class Stages:
    """A plan of one or more samples, drawn one after the other.

    ``n`` is the units of each sample; ``ac`` and ``re`` are the cumulative acceptance and rejection numbers after
    it; an ``ac`` of None cannot accept yet. A later sample may be empty, where the lot has no unit left. After the
    last sample every count below ``re`` accepts, so that the gap between Ac and Re of reduced inspection in Z1.4
    accepts the lot, as that standard says.

    Raises: BadPlan: ``no_stages``, ``stages_differ`` (``n``, ``ac``, ``re``: how many of each), ``sample_too_small``,
        ``sample_too_large``, ``ac_below_zero``, ``ac_not_below_re``, ``ac_falls``, ``re_falls``, ``ac_missing``,
        ``too_many_stages``, ``count_too_large``.
    """

    n: tuple[int, ...]
    ac: tuple[int | None, ...]
    re: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.n:
            raise BadPlan("no_stages")
        if not len(self.n) == len(self.ac) == len(self.re):
            raise BadPlan("stages_differ", n=len(self.n), ac=len(self.ac), re=len(self.re))
        if len(self.n) > MOST_STAGES:
            raise BadPlan("too_many_stages", most=MOST_STAGES)
        if self.n[0] < 1 or min(self.n) < 0:
            raise BadPlan("sample_too_small", value=min(self.n))
        if sum(self.n) > LARGEST_SAMPLE:
            raise BadPlan("sample_too_large", value=sum(self.n), most=LARGEST_SAMPLE)
        before_ac, before_re = -1, 1
        for number, (ac, re) in enumerate(zip(self.ac, self.re, strict=True), 1):
            if ac is not None and ac < 0:
                raise BadPlan("ac_below_zero", value=ac)
            if re <= (-1 if ac is None else ac):
                raise BadPlan("ac_not_below_re", ac=ac, re=re, stage=number)
            if ac is not None and ac < before_ac:
                raise BadPlan("ac_falls", ac=ac, stage=number)
            if re < before_re:
                raise BadPlan("re_falls", re=re, stage=number)
            before_ac, before_re = before_ac if ac is None else ac, re
        if self.ac[-1] is None:
            raise BadPlan("ac_missing", stage=len(self.n))
        if len(self.n) > 1 and self.re[-1] > MOST_COUNTED:
            raise BadPlan("count_too_large", value=self.re[-1], most=MOST_COUNTED)

    @classmethod
    def single(cls, n: int, ac: int, re: int | None = None) -> Stages:
        """Return a single plan; ``re`` is Ac + 1 unless it is given."""
        return cls((n,), (ac,), (ac + 1 if re is None else re,))

    @property
    def total(self) -> int:
        """Units of all samples together."""
        return sum(self.n)

    @property
    def cumulative(self) -> tuple[int, ...]:
        """Units drawn up to and with each sample."""
        return tuple(sum(self.n[: i + 1]) for i in range(len(self.n)))

    def accepts_to(self, stage: int) -> int:
        """Return the largest count that accepts after a stage (from 0); -1 where none does."""
        if stage == len(self.n) - 1:
            return self.re[-1] - 1
        ac = self.ac[stage]
        return -1 if ac is None else ac


@dataclass(frozen=True)
class Outcome:
    """What a plan comes to at one quality: ``accepts``, ``rejects`` and ``reached``, one share for each stage."""

    accepts: tuple[float, ...]
    rejects: tuple[float, ...]
    reached: tuple[float, ...]


def acceptance(plan: Stages, model: Model, p: float) -> float:
    """Return how often the plan passes goods of a quality (Pa).

    Exactly 0 and 1 are returned only where it is certain.

    Args: model: how bad ones come into a sample (``risk_models``). p: share of bad units, 0 … 1; for nonconformities
        their mean number in a unit, 0 or more.
    Raises: BadPlan: ``share_outside``, ``sample_above_lot``.
    Source: computed from its definition; the chance of each path is the number of ways to it times the chance of one.
    """
    model.require(plan.total, p)
    low = model.whole_below(p)
    if low is None:
        return _acceptance(plan, model, p)
    # No lot has such a share: between the two lots that come nearest, in proportion.
    below, above, weight = low
    return (1 - weight) * _acceptance(plan, model, below) + weight * _acceptance(plan, model, above)


def _acceptance(plan: Stages, model: Model, p: float) -> float:
    pa = math.fsum(
        _sum(plan, model, p, stage, _first(plan, stage), plan.accepts_to(stage))
        for stage in range(len(plan.n))
    )
    if pa > 1 - 1e-9 or pa < 1e-290:
        always, never = _certain(plan, model, p)
        if always or never:
            return 1.0 if always else 0.0
        return min(max(pa, math.ulp(0.0)), math.nextafter(1.0, 0.0))
    return pa


def outcome(plan: Stages, model: Model, p: float) -> Outcome:
    """Return how often each stage accepts, rejects, and is reached, at a quality as for ``acceptance``.

    Raises: BadPlan: ``share_outside``, ``sample_above_lot``.
    """
    model.require(plan.total, p)
    found = model.whole_below(p)
    if found is not None:
        below, above, weight = found
        one, other = _outcome(plan, model, below), _outcome(plan, model, above)
        mixed = (
            tuple((1 - weight) * a + weight * b for a, b in zip(x, y, strict=True))
            for x, y in (
                (one.accepts, other.accepts),
                (one.rejects, other.rejects),
                (one.reached, other.reached),
            )
        )
        return Outcome(*mixed)
    return _outcome(plan, model, p)


def _outcome(plan: Stages, model: Model, p: float) -> Outcome:
    accepts, rejects, reached, here = [], [], [], 1.0
    for stage in range(len(plan.n)):
        reached.append(here)
        good = _sum(plan, model, p, stage, _first(plan, stage), plan.accepts_to(stage))
        on = _sum(
            plan, model, p, stage, max(_first(plan, stage), plan.accepts_to(stage) + 1), plan.re[stage] - 1
        )
        accepts.append(min(good, here))
        rejects.append(max(0.0, here - good - on))
        here = min(on, here)
    return Outcome(tuple(accepts), tuple(rejects), tuple(reached))


def continuing(plan: Stages, model: Model, p: float, stage: int) -> Iterator[tuple[int, float]]:
    """Yield each count with which the stage after this one (from 0) is begun, and how often."""
    n = plan.cumulative[stage]
    low = max(_first(plan, stage), plan.accepts_to(stage) + 1, model.least(n, p))
    ways = _ways_to(plan, stage, model.several)
    for count in range(low, min(plan.re[stage] - 1, model.most(n, p)) + 1):
        yield count, math.exp(ways(count) + model.log_one_way(n, count, p))


def counted(model: Model, p: float, n: int, low: int, high: int) -> float:
    """Return how often n units hold low … high bad ones; a small chance keeps its digits."""
    return _sum(Stages.single(n, max(high, 0)), model, p, 0, low, high)


def _first(plan: Stages, stage: int) -> int:
    """Return the smallest count there can be after a stage: below it an earlier one would have accepted."""
    return max((plan.accepts_to(before) + 1 for before in range(stage)), default=0)


def _sum(plan: Stages, model: Model, p: float, stage: int, low: int, high: int) -> float:
    """Return the chance that the count after a stage lies in low … high; summed from its thick end outward."""
    n = plan.cumulative[stage]
    low, high = max(low, model.least(n, p)), min(high, model.most(n, p))
    if low > high:
        return 0.0
    ways = _ways_to(plan, stage, model.several)
    start = min(max(int(n * p), low), high)
    middle = model.log_one_way(n, start, p)
    terms = [ways(start) + middle]
    best = terms[0]
    for step, end in ((1, high), (-1, low)):
        chance, before = middle, terms[0]
        for count in range(start + step, end + step, step):
            chance += model.log_step(n, count - 1, p) if step > 0 else -model.log_step(n, count, p)
            term = ways(count) + chance
            if term < best - _NEGLIGIBLE and term < before:
                break
            best, before = max(best, term), term
            terms.append(term)
    return min(1.0, math.fsum(map(math.exp, terms)))


def _ways_to(plan: Stages, stage: int, several: bool) -> Callable[[int], float]:
    """Return what gives the logarithm of the ways for the units up to a stage to hold a count, no earlier one ending."""
    if stage > 0:
        known = _ways(plan, several)[stage]
        return lambda count: known.get(count, -math.inf)
    if several:
        log_n = math.log(plan.n[0])
        return lambda count: count * log_n - math.lgamma(count + 1)
    return partial(_log_choose, plan.n[0])


@lru_cache(maxsize=256)
def _ways(plan: Stages, several: bool) -> tuple[dict[int, float], ...]:
    """Return for each stage the logarithm of the ways to each count below its rejection number.

    Counted in whole numbers: nothing is lost however many they are. With ``several`` nonconformities in a unit the
    ways are those to spread ``count`` of them over the units, divided by count! as the Poisson distribution does.
    """
    found: list[dict[int, float]] = []
    ways = {0: 1}
    for stage, n in enumerate(plan.n):
        after: dict[int, int] = {}
        top = plan.re[stage] - 1
        one = [1]
        for x in range(1, top + 1):
            one.append(one[-1] * n if several else one[-1] * (n - x + 1) // x)
        for count, before in ways.items():
            for x in range(top - count + 1):
                if one[x]:
                    many = before * one[x] * (math.comb(count + x, x) if several else 1)
                    after[count + x] = after.get(count + x, 0) + many
        spread = {count: math.lgamma(count + 1) if several else 0.0 for count in after}
        found.append({count: math.log(many) - spread[count] for count, many in after.items()})
        ways = {count: many for count, many in after.items() if count > plan.accepts_to(stage)}
    return tuple(found)


@lru_cache(maxsize=65_536)
def _log_choose(n: int, k: int) -> float:
    """Return the logarithm of the number of ways to choose; exact to the last bits also for large n."""
    if k > n:
        return -math.inf
    k = min(k, n - k)
    if k < 60:
        return math.log(math.comb(n, k))
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _certain(plan: Stages, model: Model, p: float) -> tuple[bool, bool]:
    """Tell whether every path accepts, and whether none does; the counts that can come are always in a row."""
    first, last = 0, 0
    accepted = rejected = False
    for stage, n in enumerate(plan.n):
        drawn, accepts, rejects = plan.cumulative[stage], plan.accepts_to(stage), plan.re[stage]
        first = max(first, model.least(drawn, p))
        last = min(model.most(drawn, p), last + (rejects + 1 if model.several else n))
        accepted = accepted or first <= min(last, accepts)
        rejected = rejected or max(first, rejects) <= last
        first, last = max(first, accepts + 1), min(last, rejects - 1)
        if first > last:
            break
    return not rejected, not accepted
