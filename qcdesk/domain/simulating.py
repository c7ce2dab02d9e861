# SPDX-License-Identifier: Apache-2.0
"""What a second check buys: imagined batches of a known quality, inspected by people who find a known share.

Chance decides only where the bad units lie and who finds which of them. All else are the rules of the program itself:
the plan, which units a check asks for, its verdict, the comparison, whether the two disagree, and the settlement, in
which a third person sees what is true of every disputed unit.

Units that the same people come to in the same samples are alike to these rules. So a batch in which the two called as
many units of each kind good and bad as in one before comes out as that one did, and is not played through them again.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate
from random import Random
from typing import Literal

from qcdesk.domain import drawing
from qcdesk.domain.events import (
    BatchHeader,
    Finding,
    PinnedProcedure,
    Place,
    Resolution,
    RoundOpened,
    UnitResult,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.judging import compare_sides, outcome_of, require_complete, settle, sides_of
from qcdesk.domain.modes import looks_for, rank
from qcdesk.domain.procedures import ProcedureContent, ProcedureDefect
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import ClassRule, DefectClass, plans_for
from qcdesk.domain.staging import asked_of, judge_check
from qcdesk.statistics.misses import Share
from qcdesk.statistics.sampling_tables import Severity

SecondCheck = Literal["none", "single", "primed", "blind", "split"]
SECOND_CHECKS: tuple[SecondCheck, ...] = ("none", "single", "primed", "blind", "split")
MOST_LOTS = 1_000_000
MOST_UNITS = 1_000_000
MOST_CALLS = 5_000_000
"""Units that are bad or called so among those a person comes to, over all batches: some minutes of play."""
TOLD_EVERY = 100
_LOOKED_BETWEEN = 100_000
_CODE = "BAD"
_PLACES: tuple[Place, Place] = ("first", "second")


@dataclass(frozen=True)
class Imagined:
    """What is imagined. All shares are fractions, 0 … 1.

    ``lots`` batches of ``lot_size`` units, ``bad_rate`` of all these nonconforming (where that is no whole number a
    batch, some have one more than the others), inspected by ``rule``. ``detect_first`` and ``detect_second``: of the
    nonconforming units a person looks at, the share found. ``mode`` none: nobody looks. single: one check decides.
    primed: the second person sees the first's result, keeps it, and finds ``primed_detect`` of what the first missed.
    blind: the same units again, unseen. split: an overlap and fresh units. ``false_alarm``: share of the good units
    that a person calls bad.
    ``seconds_per_unit``: what looking at one unit takes.
    """

    lots: int
    bad_rate: float
    detect_first: float
    detect_second: float
    mode: SecondCheck
    rule: ClassRule
    lot_size: int = 1_000
    severity: Severity = "normal"
    primed_detect: float = 0.0
    false_alarm: float = 0.0
    seconds_per_unit: float = 30.0
    seed: int = 1

    def bad_before(self, lot: int) -> int:
        """Return the nonconforming units in the first so many batches, spread as evenly as whole units go."""
        units, lots = self._in_lots
        return (2 * lot * units + lots) // (2 * lots)

    @cached_property
    def _in_lots(self) -> tuple[int, int]:
        """Return how many nonconforming units there are in how many batches, exactly as the share is written."""
        return (Fraction(repr(self.bad_rate)) * self.lot_size).as_integer_ratio()

    @property
    def bad_units(self) -> int:
        """Return the nonconforming units in all the batches."""
        return self.bad_before(self.lots)

    @property
    def bad_share(self) -> float:
        """Return the share of nonconforming units that is played: the wished one, as near as whole units come."""
        return self.bad_units / (self.lots * self.lot_size)

    def require_sensible(self) -> None:
        """Refuse what cannot be imagined.

        Raises: BadInput: ``share`` (not 0 … 1), ``too_small``, ``too_large``, ``unknown_mode``, or of the rule.
        """
        if self.mode not in SECOND_CHECKS:
            raise BadInput(
                "unknown_mode", facts={"value": self.mode, "known": SECOND_CHECKS}, where={"field": "mode"}
            )
        for name in ("bad_rate", "detect_first", "detect_second", "primed_detect", "false_alarm"):
            value = getattr(self, name)
            if not 0 <= value <= 1:  # NaN is refused too
                raise BadInput("share", facts={"value": value}, where={"field": name})
        for name, most in (("lots", MOST_LOTS), ("lot_size", MOST_UNITS)):
            value = getattr(self, name)
            if value < 1:
                raise BadInput("too_small", facts={"value": value, "smallest": 1}, where={"field": name})
            if value > most:
                raise BadInput("too_large", facts={"value": value, "largest": most}, where={"field": name})
        if not self.seconds_per_unit >= 0:
            facts: dict[str, object] = {"value": self.seconds_per_unit, "smallest": 0}
            raise BadInput("too_small", facts=facts, where={"field": "seconds_per_unit"})

    def require_playable(self) -> None:
        """Refuse what would play for hours. Raises: BadInput ``too_much_to_play``, or of the rule."""
        n = plans_for((self.rule,), self.lot_size, self.severity).n
        calls = n * min(1.0, self.bad_share + self.false_alarm)
        if self.mode != "none" and self.lots * calls > MOST_CALLS:
            facts: dict[str, object] = {"lots": self.lots, "most": max(1, int(MOST_CALLS / calls))}
            raise BadInput("too_much_to_play", facts=facts, where={"field": "lots"})


@dataclass(frozen=True)
class Simulated:
    """What came out. ``shipped``: share of the batches that shipped, with its exact 95 % interval.

    ``settled``: batches on which the two disagreed, so that a third person decided. ``units``: looked at over all
    batches and people, the third's disputed ones included; ``seconds`` of it. ``bad_shipped``: nonconforming units in
    the batches that shipped, without those that were found.
    """

    of: Imagined
    shipped: Share
    settled: int
    units: int
    bad_shipped: int

    @property
    def seconds(self) -> float:
        """Return how long all of it took."""
        return self.units * self.of.seconds_per_unit

    @property
    def units_per_lot(self) -> float:
        """Return the units looked at per batch."""
        return self.units / self.of.lots

    @property
    def seconds_per_lot(self) -> float:
        """Return how long one batch took."""
        return self.seconds / self.of.lots


@dataclass(frozen=True)
class _Lot:
    """What came of one batch: does it ship, what was looked at, what was found of the bad units, did a third decide."""

    ships: bool
    units: int
    found: int
    settled: bool = False


@dataclass(frozen=True)
class _Called:
    """What people would call bad in one batch on looking at it, by sample number; ``bad`` are those of them that are."""

    bad: frozenset[int]
    first: frozenset[int]
    second: frozenset[int]


def ways_of(rule: ClassRule) -> tuple[SecondCheck, ...]:
    """Return the ways of checking that a rule allows: who takes one sample after another shares them, all of them."""
    return tuple(way for way in SECOND_CHECKS if way != "split" or rule.plan_type == "single")


def simulate(imagined: Imagined, progress: Callable[[int], object] | None = None) -> Simulated:
    """Return what comes of many batches. The same seed gives every way of checking the same batches.

    Args: progress: told how many are done, now and then; what it raises ends the play.
    Raises: BadInput.
    Source: the domain's own rules, played; nothing is computed from a formula beside them.
    """
    imagined.require_sensible()
    if imagined.mode == "none":
        return Simulated(imagined, Share.of(imagined.lots, imagined.lots), 0, 0, imagined.bad_units)
    opened, seen = _opened(imagined)
    chance, kinds = _Chance(imagined, seen), _Kinds(opened)
    played: dict[tuple[int, ...], _Lot] = {}
    shipped = settled = units = left = before = 0
    every = max(1, min(TOLD_EVERY, _LOOKED_BETWEEN // seen))  # who stops it does not wait long
    for done in range(imagined.lots):
        bad = imagined.bad_before(done + 1) - before
        before += bad
        pattern = kinds.pattern(chance.next_batch(bad))
        lot = played.get(pattern)
        if lot is None:
            lot = played[pattern] = play(imagined.mode, opened, kinds.example(pattern))
        units += lot.units
        settled += lot.settled
        if lot.ships:
            shipped += 1
            left += bad - lot.found
        if progress is not None and (done + 1) % every == 0:
            progress(done + 1)
    return Simulated(imagined, Share.of(shipped, imagined.lots), settled, units, left)


def _opened(imagined: Imagined) -> tuple[RoundOpened, int]:
    """Return the round that every batch is inspected in, and how many units anybody looks at whichever way it is checked.

    Units are alike, so that one drawing serves for all.
    """
    content = ProcedureContent(
        title="-",
        products=("-",),
        owner="-",
        review_by=date.max,
        rules=(imagined.rule,),
        defects=(ProcedureDefect(_CODE, "-", imagined.rule.defect_class),),
        defects_mode="split" if imagined.mode == "split" else "blind",
    )
    content.require_complete()
    plan = plans_for(content.rules, imagined.lot_size, imagined.severity)
    seed = bytes(drawing.SEED_BYTES)
    sample = drawing.draw(seed, imagined.lot_size, plan.n)
    fresh, overlap = drawing.draw_fresh(seed, imagined.lot_size, plan.n, sample)
    split = imagined.mode == "split"
    header = BatchHeader("-", "-", "-", "", "pcs", imagined.lot_size, "-", "-", "", "", (), None, None)
    opened = RoundOpened(
        round="-",
        batch="-",
        no=1,
        header=header,
        procedure=PinnedProcedure("-", 1, "-", content),
        plan=plan,
        severity_reason="start",
        seed=seed.hex(),
        sample=sample,
        fresh=fresh if split else (),
        overlap=overlap if split else (),
    )
    return opened, len(sample) + len(fresh)


class _Chance:
    """Where the bad units lie, and who would call which units bad; each of the three by a stream of its own."""

    def __init__(self, imagined: Imagined, seen: int) -> None:
        self._places, self._first, self._second = (
            Random(f"{imagined.seed} {stream}") for stream in ("places", "first", "second")
        )
        self._units = range(1, seen + 1)
        self._lot_size = imagined.lot_size
        self._by_bad: dict[int, tuple[int, list[float]]] = {}
        self._detect_first, self._alarm_first = imagined.detect_first, imagined.false_alarm
        self._detect_second, self._alarm_second = imagined.detect_second, imagined.false_alarm
        if imagined.mode == "primed":
            self._detect_second, self._alarm_second = imagined.primed_detect, 0.0
        self._alone = imagined.mode == "single"

    def next_batch(self, among: int) -> _Called:
        """Return a batch with so many bad units: drawn without replacement, each found or not by chance alone."""
        if among not in self._by_bad:
            self._by_bad[among] = _counts(self._lot_size, among, len(self._units))
        least, counts = self._by_bad[among]
        at = bisect_left(counts, self._places.random() * counts[-1])
        bad = self._places.sample(self._units, least + at)
        first = self._called(bad, self._detect_first, self._alarm_first, self._first)
        second = (
            frozenset[int]()
            if self._alone
            else self._called(bad, self._detect_second, self._alarm_second, self._second)
        )
        return _Called((first | second).intersection(bad), first, second)

    def _called(self, bad: list[int], detect: float, alarm: float, random: Random) -> frozenset[int]:
        found = [unit for unit in bad if random.random() < detect]
        if alarm:
            found += self._alarms(frozenset(bad), alarm, random)
        return frozenset(found)

    def _alarms(self, bad: Collection[int], alarm: float, random: Random) -> list[int]:
        """Return the good units that a person calls bad: how many are passed before the next one is geometric."""
        if alarm >= 1:
            return [unit for unit in self._units if unit not in bad]
        found, unit, passes = [], 0, math.log1p(-alarm)
        while (unit := unit + 1 + int(math.log(1.0 - random.random()) / passes)) <= self._units[-1]:
            if unit not in bad:
                found.append(unit)
        return found


def _counts(lot_size: int, bad: int, seen: int) -> tuple[int, list[float]]:
    """Return the least number of bad units among those seen, and from it on how often there are so many or fewer.

    Source: the hypergeometric distribution, by the ratio of each term to the one before; scaled to any sum.
    """
    least, most = max(0, seen - (lot_size - bad)), min(bad, seen)
    ratios = [
        (bad - k) * (seen - k) / ((k + 1) * (lot_size - bad - seen + k + 1)) for k in range(least, most)
    ]
    middle = sum(1 for ratio in ratios if ratio >= 1)
    below = list(
        accumulate((1 / ratio for ratio in reversed(ratios[:middle])), lambda a, b: a * b, initial=1.0)
    )
    above = list(accumulate(ratios[middle:], lambda a, b: a * b, initial=1.0))
    return least, list(accumulate((*reversed(below), *above[1:])))


class _Kinds:
    """Which units are alike: both people come to them, or fail to, in the same of their samples."""

    def __init__(self, opened: RoundOpened) -> None:
        ends = sorted({stage.cumulative_n for one in opened.plan.classes for stage in one.samples()})
        kinds: dict[tuple[int, int], list[int]] = {}
        for unit in range(1, len(opened.units) + 1):
            places = tuple(
                bisect_left(ends, rank(opened, unit) if place == "second" else unit)
                if looks_for(opened, place, unit, _CODE)
                else -1
                for place in _PLACES
            )
            kinds.setdefault((places[0], places[1]), []).append(unit)
        self._units = list(kinds.values())
        self._kind = {unit: number for number, alike in enumerate(self._units) for unit in alike}

    def pattern(self, called: _Called) -> tuple[int, ...]:
        """Return how many units of each kind are bad or good and called so by whom, as a number for each unit."""
        bad, first, second, kind = called.bad, called.first, called.second, self._kind
        return tuple(
            sorted(
                8 * kind[unit] + 4 * (unit in bad) + 2 * (unit in first) + (unit in second)
                for unit in first | second
                if unit in kind
            )
        )

    def example(self, pattern: tuple[int, ...]) -> _Called:
        """Return the first batch of a pattern: of each kind the units with the lowest numbers."""
        left = [iter(alike) for alike in self._units]
        units = [(next(left[number // 8]), number) for number in pattern]
        bad, first, second = (
            frozenset(unit for unit, number in units if number & which) for which in (4, 2, 1)
        )
        return _Called(bad, first, second)


def play(mode: SecondCheck, opened: RoundOpened, called: _Called) -> _Lot:
    """Return what the rules of the program make of one batch."""
    first = _check(opened, "first", called.first)
    looked = len(first.results)
    if mode == "single":
        _, verdict = judge_check(opened, first)
        return _Lot(verdict == "accepted", looked, len(_units(first) & called.bad))
    seen = _units(first) if mode == "primed" else frozenset[int]()
    second = _check(opened, "second", seen | called.second)
    looked += len(second.results)
    sides = sides_of(opened, first, second)
    outcome, _, _ = outcome_of(opened, sides, sides, compare_sides(opened, first, second))
    found = len((_units(first) | _units(second)) & called.bad)
    if outcome != "disagreed":
        return _Lot(outcome == "accepted", looked, found)
    disputed = sides.disputed()
    truth = [Resolution(c.unit, c.code, c.defect_class, c.count, c.unit in called.bad) for c in disputed]
    verdict, _ = settle(opened, sides, truth)
    return _Lot(verdict == "accepted", looked + len({c.unit for c in disputed}), found, settled=True)


def _check(opened: RoundOpened, place: Place, claimed: frozenset[int]) -> Work:
    """Return a check as the program lets it be made: it asks for units until it needs no more, and may be signed."""
    defect_class: DefectClass = opened.procedure.content.class_of(_CODE)
    work, done = Work(), 0
    while len(asked := asked_of(opened, work, place)) > done:
        done = len(asked)
        work = Work(
            results=_results(asked),
            findings=tuple(
                Finding(f"{place}-{unit}", unit, _CODE, defect_class) for unit in asked if unit in claimed
            ),
        )
    require_complete(opened, work, place)
    return work


@lru_cache(maxsize=16)
def _results(asked: tuple[int, ...]) -> tuple[UnitResult, ...]:
    return tuple(UnitResult(unit) for unit in asked)


def _units(work: Work) -> frozenset[int]:
    return frozenset(f.unit for f in work.findings if f.unit is not None)
