# SPDX-License-Identifier: Apache-2.0
"""What a second check buys: imagined batches of a known quality, inspected by people who find a known share.

Chance decides only where the bad units lie and who finds which of them. All else are the rules of the program itself:
the plan, which units a check asks for, its verdict, the comparison, whether the two disagree, and the settlement, in
which a third person sees what is true of every disputed unit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
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
TOLD_EVERY = 100
_CODE = "BAD"


@dataclass(frozen=True)
class Imagined:
    """What is imagined. All shares are fractions, 0 … 1.

    ``lots`` batches of ``lot_size`` units, ``bad_rate`` of the units nonconforming (as many in each batch, rounded),
    inspected by ``rule``. ``detect_first`` and ``detect_second``: of the nonconforming units a person looks at, the
    share found. ``mode`` none: nobody looks. single: one check decides. primed: the second person sees the first's
    result, keeps it, and finds ``primed_detect`` of what the first missed. blind: the same units again, unseen. split:
    an overlap and fresh units. ``false_alarm``: share of the good units that a person calls bad.
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


@dataclass(frozen=True)
class _Lot:
    """One batch: does it ship, what was looked at, what was found of the bad units, did a third person decide."""

    ships: bool
    units: int
    found: int
    settled: bool = False


def simulate(imagined: Imagined, progress: Callable[[int], object] | None = None) -> Simulated:
    """Return what comes of many batches.

    Args: progress: told how many are done, now and then.
    Raises: BadInput.
    Source: the domain's own rules, played; nothing is computed from a formula beside them.
    """
    imagined.require_sensible()
    # Each kind of chance has its own stream, so that the same seed gives every way of checking the same batches.
    places, first, second = (Random(f"{imagined.seed} {stream}") for stream in ("places", "first", "second"))
    bad = round(imagined.bad_rate * imagined.lot_size)
    if imagined.mode == "none":
        return Simulated(imagined, Share.of(imagined.lots, imagined.lots), 0, 0, bad * imagined.lots)
    opened = _opened(imagined)
    shipped = settled = units = left = 0
    for done in range(imagined.lots):
        hidden = _bad_units(places, imagined.lot_size, len(opened.units), bad)
        lot = _one(imagined, opened, hidden, first, second)
        units += lot.units
        settled += lot.settled
        if lot.ships:
            shipped += 1
            left += bad - lot.found
        if progress is not None and (done + 1) % TOLD_EVERY == 0:
            progress(done + 1)
    return Simulated(imagined, Share.of(shipped, imagined.lots), settled, units, left)


def _opened(imagined: Imagined) -> RoundOpened:
    """Return the round that every batch is inspected in: units are alike, so that one drawing serves for all."""
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
    fresh, overlap = (
        drawing.draw_fresh(seed, imagined.lot_size, plan.n, sample) if imagined.mode == "split" else ((), ())
    )
    header = BatchHeader("-", "-", "-", "", "pcs", imagined.lot_size, "-", "-", "", "", (), None, None)
    return RoundOpened(
        round="-",
        batch="-",
        no=1,
        header=header,
        procedure=PinnedProcedure("-", 1, "-", content),
        plan=plan,
        severity_reason="start",
        seed=seed.hex(),
        sample=sample,
        fresh=fresh,
        overlap=overlap,
    )


def _bad_units(random: Random, lot_size: int, looked_at: int, bad: int) -> frozenset[int]:
    """Return which of the units that somebody may look at (by sample number) are bad: drawn without replacement."""
    found = []
    left = lot_size
    for unit in range(1, looked_at + 1):
        if random.random() * left < bad:
            found.append(unit)
            bad -= 1
        left -= 1
    return frozenset(found)


def _one(
    imagined: Imagined, opened: RoundOpened, bad: frozenset[int], by_first: Random, by_second: Random
) -> _Lot:
    claimed = _claimed(opened, bad, imagined.detect_first, imagined.false_alarm, by_first)
    first = _check(opened, "first", claimed)
    looked = len(first.results)
    if imagined.mode == "single":
        _, verdict = judge_check(opened, first)
        return _Lot(verdict == "accepted", looked, len(_units(first) & bad))
    if imagined.mode == "primed":
        more = _claimed(opened, bad, imagined.primed_detect, 0.0, by_second)
        second = _check(opened, "second", _units(first) | more)
    else:
        own = _claimed(opened, bad, imagined.detect_second, imagined.false_alarm, by_second)
        second = _check(opened, "second", own)
    looked += len(second.results)
    sides = sides_of(opened, first, second)
    outcome, _, _ = outcome_of(opened, sides, sides, compare_sides(opened, first, second))
    found = len((_units(first) | _units(second)) & bad)
    if outcome != "disagreed":
        return _Lot(outcome == "accepted", looked, found)
    disputed = sides.disputed()
    truth = [Resolution(c.unit, c.code, c.defect_class, c.count, c.unit in bad) for c in disputed]
    verdict, _ = settle(opened, sides, truth)
    return _Lot(verdict == "accepted", looked + len({c.unit for c in disputed}), found, settled=True)


def _claimed(
    opened: RoundOpened, bad: Collection[int], detect: float, alarm: float, random: Random
) -> frozenset[int]:
    """Return the units that a person would call bad on looking at them."""
    units: Iterable[int] = range(1, len(opened.units) + 1) if alarm else sorted(bad)
    return frozenset(u for u in units if random.random() < (detect if u in bad else alarm))


def _check(opened: RoundOpened, place: Place, claimed: frozenset[int]) -> Work:
    """Return a check as the program lets it be made: it asks for units until it needs no more, and may be signed."""
    defect_class: DefectClass = opened.procedure.content.class_of(_CODE)
    work, done = Work(), 0
    while len(asked := asked_of(opened, work, place)) > done:
        done = len(asked)
        work = Work(
            results=tuple(UnitResult(unit) for unit in asked),
            findings=tuple(
                Finding(f"{place}-{unit}", unit, _CODE, defect_class) for unit in asked if unit in claimed
            ),
        )
    require_complete(opened, work, place)
    return work


def _units(work: Work) -> frozenset[int]:
    return frozenset(f.unit for f in work.findings if f.unit is not None)
