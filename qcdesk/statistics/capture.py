# SPDX-License-Identifier: Apache-2.0
"""What both checks missed: two independent searches of the same units tell how many neither of them found.

Assumed, and to be said wherever the figures are shown: the two searched independently, and every
nonconforming unit was as easy to find as any other. Units that are harder to see make the true number
larger than the estimate.

There are three figures beside Chapman's estimate:

- The interval is the set of the likeliest numbers, as ``qcdesk.statistics.unseen`` weighs them. Comparisons signed by
  earlier programs hold the interval of an exact test instead (``method`` exact), and are counted again so.
- The lower bound (``at_least``) is one-sided and exact. Given how many each found, the number that both found is
  hypergeometric when there are N nonconforming units in all; the bound is the smallest N that so small an overlap does
  not refute. Where some units are harder to see than others, for both people alike, the overlap is larger than that at
  the true N, so that the bound holds there all the more, which neither the estimate nor the interval does.
- The exact interval inverts the same test from both sides; what refutes is Blaker's two-sided probability: the
  observed tail and the largest opposite tail not above it. It covers the truth in at least the stated share of cases
  for every N and every pair of detection rates, and so in more than that of most. It carries the batch estimate.

Source: Chapman, University of California Publications in Statistics 1 (1951) 131-160; Seber, The Estimation of Animal
Abundance, 2nd edition 1982, section 3.1; Chao, Biometrics 43 (1987) 783-791, for lower bounds under unequal visibility;
Blaker, Canadian Journal of Statistics 28 (2000) 783-798, applied to two lists.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from qcdesk.statistics.proportions import at_least, at_most
from qcdesk.statistics.unseen import Learnt, Unseen, unseen

CaptureReason = Literal["nothing_found", "one_found_nothing", "no_overlap", "too_few", "overlap_below_chance"]
Method = Literal["exact", "posterior"]
_LONGEST_SEARCH = 2_000  # totals tried one by one; past it the wider, equal-tailed end stands
MOST_FOUND = 1_000_000
"""Units found that are counted with; past it sums would take minutes."""
FEWEST_FOUND = 5  # fewer units found in all tell nothing dependable about two detection rates


class BadCounts(ValueError):
    """Counts that cannot come from two checks of one sample.

    Args:
        code: ``negative``, ``both_above_one`` (more found by both than by one of them),
            ``found_above_sample``, ``sample_above_lot``, ``sample_needed``, ``learnt_above_seeded``, ``too_many``.
        facts: the counts concerned, by the names of the arguments.
    """

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


@dataclass(frozen=True)
class MissedEstimate:
    """How many nonconforming units both missed.

    ``first``, ``second``, ``both``: units found. ``found``: distinct units. ``missed``: the estimate,
    ``total`` = found + missed. ``missed_low`` … ``missed_high``: the interval, which always holds the
    estimate; ``missed_high`` is None where nothing bounds it (nothing found by both and no sample size
    given). ``detection_first`` and ``detection_second``: share of the other's finds that this one found
    too, None without any. ``capped``: fewer units were left than the formula asks for. ``reason`` says why
    not ``reliable``; ``overlap_below_chance`` is a caution beside a reliable one, too. ``at_least``: what was missed
    with the stated confidence also where some units are harder to see than others. ``method``: of the interval.
    """

    first: int
    second: int
    both: int
    found: int
    total: Fraction
    missed: Fraction
    missed_low: int
    missed_high: int | None
    detection_first: Fraction | None
    detection_second: Fraction | None
    capped: bool
    reliable: bool
    reason: CaptureReason | None
    at_least: int
    method: Method


@dataclass(frozen=True)
class EscapeEstimate:
    """Nonconforming units still in the batch and not found: in the sample, missed by both, and outside it."""

    escapes: Fraction
    low: int
    high: int


def estimate_missed(
    first: int,
    second: int,
    both: int,
    sample: int | None = None,
    confidence: float = 0.95,
    method: Method = "posterior",
) -> MissedEstimate:
    """Return Chapman's estimate of what two independent checks both missed, with an interval and a lower bound.

    Args: first, second: nonconforming units each found. both: found by both. sample: units that both looked
        at; what neither found cannot be more than is left of it. confidence: of the interval and of the bound.
        method: exact gives the interval of comparisons that earlier programs signed.
    Returns: total (n1+1)(n2+1)/(m+1) - 1, missed = total - (n1+n2-m) = (n1-m)(n2-m)/(m+1). Not reliable when
        nothing, or by one nothing, or by both nothing was found, or when fewer than 5 were found in all. (By the
        exact method also where the two lists overlap less than independent ones could; else a caution.)
    Raises: BadCounts.
    Source: Chapman (1951), eq. for the unbiased estimate; interval and bound as the module's text says. 12, 9 and 5
        found give total 20.667, missed 4.667.
    """
    _require_counts(first, second, both, sample)
    found = first + second - both
    plain = Fraction((first - both) * (second - both), both + 1)
    room = None if sample is None else sample - found
    missed = plain if room is None else min(plain, Fraction(room))
    bound, refuted = _lower_bound(first, second, both, room, 1 - confidence)
    high: int | None
    if method == "exact":
        low, high, refuted = _interval(first, second, both, sample, 1 - confidence)
    elif both == 0:
        low, high = bound if first and second else 0, room  # no overlap bounds nothing from above
    else:
        middle = unseen(first, second, both, room, confidence)
        low, high = middle.low, middle.high
    # The printed interval holds the printed estimate; widening keeps what it promises.
    low = min(low, math.floor(missed))
    high = None if high is None else max(high, math.ceil(missed))
    reason = _reason(first, second, both, refuted)
    return MissedEstimate(
        first=first,
        second=second,
        both=both,
        found=found,
        total=found + missed,
        missed=missed,
        missed_low=low,
        missed_high=high,
        detection_first=Fraction(both, second) if second else None,
        detection_second=Fraction(both, first) if first else None,
        capped=missed < plain,
        reliable=reason is None or (method != "exact" and reason == "overlap_below_chance"),
        reason=reason,
        at_least=bound,
        method=method,
    )


def estimate_with_rates(
    first: int,
    second: int,
    both: int,
    sample: int,
    learnt_first: Learnt | None,
    learnt_second: Learnt | None,
    confidence: float = 0.95,
) -> Unseen:
    """Return what both missed where units with known defects have told how well people find.

    It holds where nothing was found, too: how many there can be follows from how well the two find. It rests on this:
    what people find of seeded units, or of what somebody else found, they find of every other.

    Args: first, second, both, sample, confidence: as ``estimate_missed``. learnt_first, learnt_second: found of known
        ones, apart from these counts; None where nothing is known of a person.
    Raises: BadCounts.
    Source: as ``qcdesk.statistics.unseen``.
    """
    _require_counts(first, second, both, sample)
    for learnt in (learnt_first, learnt_second):
        if learnt is not None and not 0 <= learnt.found <= learnt.of:
            raise BadCounts("learnt_above_seeded", found=learnt.found, of=learnt.of)
    room = sample - (first + second - both)
    return unseen(first, second, both, room, confidence, (learnt_first, learnt_second))


def estimate_escapes(
    first: int,
    second: int,
    both: int,
    sample: int,
    lot_size: int,
    confidence: float = 0.95,
    method: Method = "posterior",
) -> EscapeEstimate:
    """Return how many nonconforming units stay in the batch unfound, once those found are taken out.

    Missed in the sample, and outside it the sample's estimated rate: missed + (N - n)(found + missed)/n.
    When every unit was inspected, only what both missed. The interval joins two exact ones, each at half
    the permitted error (Bonferroni): nonconforming units in the sample from the two lists, then in the
    batch from the sample.

    Args: as ``estimate_missed``, of a random sample; lot_size: units of the batch, sample or more. method: of what
        both missed, where there is nothing outside the sample.
    Raises: BadCounts.
    Source: two-list estimate as above; batch from sample: inverted hypergeometric test (Clopper and Pearson's
        principle for a finite population; Cochran, Sampling Techniques, 3rd edition 1977, section 3.6).
    """
    _require_counts(first, second, both, sample)
    if sample > lot_size:
        raise BadCounts("sample_above_lot", sample=sample, lot_size=lot_size)
    if sample < 1:
        raise BadCounts("sample_needed", sample=sample)
    middle = estimate_missed(first, second, both, sample, confidence, method)
    if sample == lot_size:
        assert middle.missed_high is not None
        return EscapeEstimate(middle.missed, middle.missed_low, middle.missed_high)
    escapes = middle.missed + Fraction(lot_size - sample, sample) * middle.total
    error = (1 - confidence) / 2
    inner = estimate_missed(first, second, both, sample, 1 - error, "exact")
    assert inner.missed_high is not None
    in_sample_low, in_sample_high = inner.found + inner.missed_low, inner.found + inner.missed_high
    outside = lot_size - sample

    def not_too_few(bad: int) -> bool:
        return at_least(in_sample_low, lot_size, bad, sample) > error / 2

    def not_too_many(bad: int) -> bool:
        return at_most(in_sample_high, lot_size, bad, sample) > error / 2

    fewest = _first_true(in_sample_low, in_sample_low + outside, not_too_few)
    most = _last_true(in_sample_high, in_sample_high + outside, not_too_many)
    return EscapeEstimate(
        escapes,
        min(fewest - middle.found, math.floor(escapes)),
        max(most - middle.found, math.ceil(escapes)),
    )


def _require_counts(first: int, second: int, both: int, sample: int | None) -> None:
    if min(first, second, both, 0 if sample is None else sample) < 0:
        raise BadCounts("negative", first=first, second=second, both=both, sample=sample or 0)
    if max(first, second) > MOST_FOUND:
        raise BadCounts("too_many", found=max(first, second), most=MOST_FOUND)
    if both > min(first, second):
        raise BadCounts("both_above_one", first=first, second=second, both=both)
    if sample is not None and first + second - both > sample:
        raise BadCounts("found_above_sample", found=first + second - both, sample=sample)


def _lower_bound(first: int, second: int, both: int, room: int | None, error: float) -> tuple[int, bool]:
    """Return the fewest missed that an overlap as small as this does not refute, and whether it refutes all."""
    found = first + second - both

    def small_enough(missed: int) -> bool:
        return at_most(both, found + missed, first, second) > error

    if room is not None and not small_enough(room):
        return room, not at_most(both, found + room, first, second) > error / 2
    return _first_true(0, _beyond(room, small_enough), small_enough), False


def _interval(
    first: int, second: int, both: int, sample: int | None, error: float
) -> tuple[int, int | None, bool]:
    """Return the numbers missed that the test does not refute, and whether it refutes all of them."""
    found = first + second - both
    room = None if sample is None else sample - found

    # The more units there are in all, the more of a coincidence is a large overlap, the less a small one.
    def small_enough(missed: int, tail: float) -> bool:
        return at_most(both, found + missed, first, second) > tail

    def large_enough(missed: int, tail: float) -> bool:
        return at_least(both, found + missed, first, second) > tail

    def acceptable(missed: int) -> bool:
        return _two_sided(both, found + missed, first, second) > error

    def low_end(tail: float) -> int:
        if room is not None and not small_enough(room, tail):
            return room
        return _first_true(0, _beyond(room, lambda x: small_enough(x, tail)), lambda x: small_enough(x, tail))

    def high_end(tail: float) -> int:
        if room is not None and large_enough(room, tail):
            return room
        beyond = _beyond(room, lambda x: not large_enough(x, tail))
        return _last_true(0, beyond, lambda x: large_enough(x, tail))

    if room is not None and not small_enough(room, error / 2):
        return room, room, True
    # The end lies between the one that leaves the whole error on its side and the one that leaves half of it.
    low, inner = low_end(error / 2), low_end(error)
    if inner - low <= _LONGEST_SEARCH:
        low = next((x for x in range(low, inner) if acceptable(x)), inner)
    if both == 0:
        return low, room, False
    high, inner = high_end(error / 2), high_end(error)
    if high - inner <= _LONGEST_SEARCH:
        high = next((x for x in range(high, inner, -1) if acceptable(x)), inner)
    return min(low, high), high, False


def _two_sided(both: int, total: int, first: int, second: int) -> float:
    """Return Blaker's probability of an overlap as unusual as this one."""
    lower, upper = at_most(both, total, first, second), at_least(both, total, first, second)
    fuzz = 1 + 1e-9  # tails that are equal on paper stay equal
    if lower <= upper:
        most = min(first, second)
        start = _first_true(both + 1, most + 1, lambda k: at_least(k, total, first, second) <= lower * fuzz)
        return min(1.0, lower + at_least(start, total, first, second))
    least = max(0, first + second - total)
    end = _last_true(least - 1, both - 1, lambda k: at_most(k, total, first, second) <= upper * fuzz)
    return min(1.0, upper + at_most(end, total, first, second))


def _beyond(room: int | None, holds: Callable[[int], bool]) -> int:
    """Return a number of missed units at which ``holds`` is true: the room, or found by doubling."""
    if room is not None:
        return room
    step = 1
    while not holds(step):
        step *= 2
    return step


def _first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest number in low … high for which ``holds``, known true at ``high``, is true."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _last_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the largest number in low … high for which ``holds``, known true at ``low``, is true."""
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _reason(first: int, second: int, both: int, refuted: bool) -> CaptureReason | None:
    if first == second == 0:
        return "nothing_found"
    if first == 0 or second == 0:
        return "one_found_nothing"
    if both == 0:
        return "no_overlap"
    if first + second - both < FEWEST_FOUND:
        return "too_few"
    return "overlap_below_chance" if refuted else None
