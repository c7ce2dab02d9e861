# SPDX-License-Identifier: Apache-2.0
"""Comparison: what two checks of the same sample found, unit by unit, and what both probably missed.

Everything here can stand in a signed record: whole numbers, words, and fractions as decimal strings of six
places. Units are named by sample number (the drawn order, 1-based). A unit counts as found nonconforming by
a person who claims anything on it; a mark is one defect code on one unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.sampling import BY_SERIOUSNESS, Claim, Claimed, DefectClass, SamplingPlan, union_of
from qcdesk.statistics.agreement import agreement_on_units
from qcdesk.statistics.capture import Method, estimate_escapes, estimate_missed

State = Literal["both", "first", "second", "neither", "not_compared"]
Caught = Literal["first", "second"]
PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Estimate:
    """What both missed, and what that means for the whole batch; see ``qcdesk.statistics.capture``.

    ``first``, ``second``, ``both``: nonconforming units found in the ``sample`` units drawn at random that
    both looked at. ``missed`` with ``missed_low`` … ``missed_high``: nonconforming units there that neither
    found. ``batch`` with ``batch_low`` … ``batch_high``: nonconforming units in the batch that nobody
    found. ``reason`` says why not ``reliable``. Intervals at 95 %. ``at_least``: missed, with 95 %, also where some
    are harder to see than others. ``method``: of the interval; earlier programs took the exact one, and no bound.
    """

    sample: int
    first: int
    second: int
    both: int
    missed: str
    missed_low: int
    missed_high: int
    batch: str
    batch_low: int
    batch_high: int
    reliable: bool
    reason: str | None
    at_least: int | None = field(default=None, metadata=LATER)
    method: Method = field(default="exact", metadata=LATER)


@dataclass(frozen=True)
class Compared:
    """The two checks against each other, for one class or (``defect_class`` None) for all together.

    ``both`` … ``neither`` count units that both looked at; the ``…_marks`` the same by unit and defect code.
    ``first_count`` and ``second_count`` are nonconformities as entered. ``agreement_percent`` is of units,
    with its exact 95 % interval. Of tallied goods only the two counts are known: all else is None, with
    ``reason`` ``tally``. ``kappa_reason``: ``tally``, ``no_units``, ``no_variation``; ``estimate_reason``:
    ``tally``, ``no_units``.
    """

    defect_class: DefectClass | None
    first_count: int
    second_count: int
    both: int | None = None
    first_only: int | None = None
    second_only: int | None = None
    neither: int | None = None
    both_marks: int | None = None
    first_only_marks: int | None = None
    second_only_marks: int | None = None
    agreement_percent: str | None = None
    agreement_low: str | None = None
    agreement_high: str | None = None
    kappa: str | None = None
    kappa_low: str | None = None
    kappa_high: str | None = None
    kappa_reason: str | None = None
    estimate: Estimate | None = None
    estimate_reason: str | None = None


@dataclass(frozen=True)
class UnitState:
    """A unit on which something was claimed: by whom, its most serious class, and the codes."""

    unit: int
    state: State
    defect_class: DefectClass
    both_codes: tuple[str, ...]
    first_codes: tuple[str, ...]
    second_codes: tuple[str, ...]


@dataclass(frozen=True)
class CaughtByOne:
    """A mark that one person made and the other did not; of a tally, by how many one counted more."""

    unit: int | None
    code: str
    defect_class: DefectClass
    count: int
    by: Caught


@dataclass(frozen=True)
class Comparison:
    """The two checks of a round side by side.

    ``sample``: units in it; ``drawn``: those of them drawn at random (the first in drawn order; the rest
    joined for another reason). ``total`` holds all classes together, ``classes`` each class of the plan.
    ``units`` lists only units with a claim; ``not_compared`` those that one of the two could not look at.
    ``caught_by_one`` is what one caught and the other missed, the most serious first.
    """

    lot_size: int
    sample: int
    drawn: int
    tally: bool
    total: Compared
    classes: tuple[Compared, ...]
    units: tuple[UnitState, ...]
    not_compared: tuple[int, ...]
    caught_by_one: tuple[CaughtByOne, ...]

    def of(self, defect_class: DefectClass) -> Compared | None:
        """Return the comparison of one class, None where neither plan nor findings know it."""
        return next((one for one in self.classes if one.defect_class == defect_class), None)

    def grid(self) -> tuple[State, ...]:
        """Return the state of every unit of the sample in drawn order; empty for a tally."""
        if self.tally:
            return ()
        states: list[State] = ["neither"] * self.sample
        for unit in self.not_compared:
            states[unit - 1] = "not_compared"
        for one in self.units:
            states[one.unit - 1] = one.state
        return tuple(states)


def compare(
    first: Iterable[Claim],
    second: Iterable[Claim],
    plan: SamplingPlan,
    sample: int | None = None,
    *,
    not_compared: Collection[int] = (),
    not_compared_in: Mapping[DefectClass, Collection[int]] | None = None,
    tally: bool = False,
) -> Comparison:
    """Return the comparison of two checks of the same units.

    Units that one of the two left out say nothing about either, so they stay out of counts, kappa and
    estimate. Units that joined the sample without being drawn count for agreement but not for the estimate,
    which speaks for the batch.

    Args: first, second: claims that stand (withdrawn ones left out), readings out of limits among them.
        sample: units in the sample, plan.n unless some joined it. not_compared: sample numbers that either
        left out, or that only one of them had. not_compared_in: such units of one class besides. tally: the goods
        cannot be told apart; only counts are compared.
    Raises: ValueError: a claim on a unit outside the sample, or without a unit in a check that is no tally.
    Source: matching by unit and defect code; statistics as ``qcdesk.statistics.agreement`` and ``capture``.
    """
    size = plan.n if sample is None else sample
    mine, other = union_of(first), union_of(second)
    named = {one.defect_class for one in plan.classes} | {c.defect_class for c in (*mine, *other)}
    classes = [c for c in BY_SERIOUSNESS if c in named]
    if tally:
        return Comparison(
            lot_size=plan.lot_size,
            sample=size,
            drawn=plan.n,
            tally=True,
            total=_counts_only(mine, other, None),
            classes=tuple(_counts_only(mine, other, c) for c in classes),
            units=(),
            not_compared=(),
            caught_by_one=_counted_more(mine, other),
        )
    for claim in (*mine, *other):
        if claim.unit is None or not 1 <= claim.unit <= size:
            raise ValueError(f"unit {claim.unit} is not in a sample of {size}")
    left_out = frozenset(not_compared)
    more = not_compared_in or {}
    return Comparison(
        lot_size=plan.lot_size,
        sample=size,
        drawn=plan.n,
        tally=False,
        total=_compared(mine, other, None, plan, size, left_out),
        classes=tuple(
            _compared(mine, other, c, plan, size, left_out.union(more.get(c, ()))) for c in classes
        ),
        units=_unit_states(mine, other, left_out),
        not_compared=tuple(sorted(left_out)),
        caught_by_one=_caught_by_one(mine, other, left_out),
    )


def _compared(
    mine: tuple[Claimed, ...],
    other: tuple[Claimed, ...],
    defect_class: DefectClass | None,
    plan: SamplingPlan,
    size: int,
    left_out: frozenset[int],
) -> Compared:
    a = [c for c in mine if defect_class in (None, c.defect_class) and c.unit not in left_out]
    b = [c for c in other if defect_class in (None, c.defect_class) and c.unit not in left_out]
    a_units, b_units = _units(a), _units(b)
    a_marks, b_marks = {(c.unit, c.code) for c in a}, {(c.unit, c.code) for c in b}
    both = len(a_units & b_units)
    first_only, second_only = len(a_units - b_units), len(b_units - a_units)
    neither = size - len(left_out) - both - first_only - second_only
    a_drawn, b_drawn = _drawn(a_units, plan), _drawn(b_units, plan)
    drawn = plan.n - sum(1 for unit in left_out if unit <= plan.n)
    return replace(
        _agreed(both, first_only, second_only, neither),
        defect_class=defect_class,
        first_count=sum(c.count for c in a),
        second_count=sum(c.count for c in b),
        both=both,
        first_only=first_only,
        second_only=second_only,
        neither=neither,
        both_marks=len(a_marks & b_marks),
        first_only_marks=len(a_marks - b_marks),
        second_only_marks=len(b_marks - a_marks),
        # Units left out were not looked at by both: they are as unknown as the rest of the batch.
        estimate=_estimate(len(a_drawn), len(b_drawn), len(a_drawn & b_drawn), drawn, plan.lot_size)
        if drawn
        else None,
        estimate_reason=None if drawn else "no_units",
    )


@lru_cache(maxsize=4_096)  # imagined batches, by the thousand, ask for the same again
def _agreed(both: int, first_only: int, second_only: int, neither: int) -> Compared:
    """Return how far the two agree on units, in the words of a record; the counts as entered stay open."""
    agreed = agreement_on_units(both, first_only, second_only, neither)
    return Compared(
        defect_class=None,
        first_count=0,
        second_count=0,
        agreement_percent=_text(None if agreed.share is None else 100 * agreed.share),
        agreement_low=_text(None if agreed.share_low is None else 100 * agreed.share_low),
        agreement_high=_text(None if agreed.share_high is None else 100 * agreed.share_high),
        kappa=_text(agreed.kappa),
        kappa_low=_text(agreed.low),
        kappa_high=_text(agreed.high),
        kappa_reason=agreed.reason,
    )


@lru_cache(
    maxsize=4_096
)  # the total and its one class ask for the same; so do imagined batches, by the thousand
def _estimate(first: int, second: int, both: int, drawn: int, lot_size: int) -> Estimate:
    missed = estimate_missed(first, second, both, drawn)
    batch = estimate_escapes(first, second, both, drawn, lot_size)
    assert missed.missed_high is not None  # the sample bounds it
    return Estimate(
        sample=drawn,
        first=missed.first,
        second=missed.second,
        both=missed.both,
        missed=_decimals(missed.missed),
        missed_low=missed.missed_low,
        missed_high=missed.missed_high,
        batch=_decimals(batch.escapes),
        batch_low=batch.low,
        batch_high=batch.high,
        reliable=missed.reliable,
        reason=missed.reason,
        at_least=missed.at_least,
        method=missed.method,
    )


def _counts_only(
    mine: tuple[Claimed, ...], other: tuple[Claimed, ...], defect_class: DefectClass | None
) -> Compared:
    return Compared(
        defect_class=defect_class,
        first_count=sum(c.count for c in mine if defect_class in (None, c.defect_class)),
        second_count=sum(c.count for c in other if defect_class in (None, c.defect_class)),
        kappa_reason="tally",
        estimate_reason="tally",
    )


def _unit_states(
    mine: tuple[Claimed, ...], other: tuple[Claimed, ...], left_out: frozenset[int]
) -> tuple[UnitState, ...]:
    a, b = _by_unit(mine), _by_unit(other)
    states = []
    for unit in sorted(a.keys() | b.keys()):
        a_codes, b_codes = a.get(unit, {}), b.get(unit, {})
        state: State = "both" if a_codes and b_codes else "first" if a_codes else "second"
        states.append(
            UnitState(
                unit=unit,
                state="not_compared" if unit in left_out else state,
                defect_class=min((*a_codes.values(), *b_codes.values()), key=BY_SERIOUSNESS.index),
                both_codes=tuple(sorted(a_codes.keys() & b_codes.keys())),
                first_codes=tuple(sorted(a_codes.keys() - b_codes.keys())),
                second_codes=tuple(sorted(b_codes.keys() - a_codes.keys())),
            )
        )
    return tuple(states)


def _caught_by_one(
    mine: tuple[Claimed, ...], other: tuple[Claimed, ...], left_out: frozenset[int]
) -> tuple[CaughtByOne, ...]:
    a, b = {(c.unit, c.code): c for c in mine}, {(c.unit, c.code): c for c in other}
    caught = [_caught(c, "first") for key, c in a.items() if key not in b and c.unit not in left_out]
    caught += [_caught(c, "second") for key, c in b.items() if key not in a and c.unit not in left_out]
    return tuple(sorted(caught, key=_seriousness))


def _caught(claim: Claimed, by: Caught) -> CaughtByOne:
    return CaughtByOne(claim.unit, claim.code, claim.defect_class, claim.count, by)


def _counted_more(mine: tuple[Claimed, ...], other: tuple[Claimed, ...]) -> tuple[CaughtByOne, ...]:
    a = {(c.code, c.defect_class): c.count for c in mine}
    b = {(c.code, c.defect_class): c.count for c in other}
    caught = []
    for code, defect_class in a.keys() | b.keys():
        more = a.get((code, defect_class), 0) - b.get((code, defect_class), 0)
        if more:
            by: Caught = "first" if more > 0 else "second"
            caught.append(CaughtByOne(None, code, defect_class, abs(more), by))
    return tuple(sorted(caught, key=_seriousness))


def _seriousness(one: CaughtByOne) -> tuple[int, int, str, str]:
    return BY_SERIOUSNESS.index(one.defect_class), one.unit or 0, one.code, one.by


def _units(claims: Iterable[Claimed]) -> set[int]:
    return {claim.unit for claim in claims if claim.unit is not None}


def _drawn(units: set[int], plan: SamplingPlan) -> set[int]:
    return {unit for unit in units if unit <= plan.n}


def _by_unit(claims: tuple[Claimed, ...]) -> dict[int, dict[str, DefectClass]]:
    units: dict[int, dict[str, DefectClass]] = {}
    for claim in claims:
        if claim.unit is not None:
            units.setdefault(claim.unit, {})[claim.code] = claim.defect_class
    return units


def _text(value: Fraction | float | None) -> str | None:
    return None if value is None else _decimals(Fraction(value))


def _decimals(value: Fraction) -> str:
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)
    return str(abs(rounded) if rounded.is_zero() else rounded)
