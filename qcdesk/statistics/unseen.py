# SPDX-License-Identifier: Apache-2.0
"""How many two people both missed, as a distribution over every possible number: what its middle part holds.

Each person finds a nonconforming unit with a probability of the own, the same for every unit. About a person of whom
nothing is known, that probability is taken as Beta(1/2, 2/5) and the number N of nonconforming units as likely as
N^(1/4); integrating the two probabilities out leaves a weight for every N. The set of the heaviest N with 95 % of the
weight is the interval. It is no matter of belief here: the three exponents were chosen because this set, of those
measured, covers the truth in at least 93 % of the runs of every simulated setting while it stays narrow where people
find nearly all (``python -m tests.bench.coverage`` prints what was measured). Where seeded units or settled
disagreements have told how well a person finds, what they told is added to that person's Beta.

Source: computed from its definition; Castledine, Biometrika 68 (1981) 197-210, for the integrated two-list likelihood.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

FOUND_PRIOR, MISSED_PRIOR, TOTAL_POWER = 0.5, 0.4, 0.25
_NEGLIGIBLE = 45.0  # logarithm of the weight below the heaviest from which on nothing is left to add
_FINE = (
    100  # numbers on either side of the heaviest that are weighed one by one; beyond, in steps of a hundredth
)
_STIRLING = 1e4  # from here on the series' next term is below 1e-14
_ALIKE = 1e-9  # weights this near count as equal, so that every machine draws the same line


@dataclass(frozen=True)
class Learnt:
    """How well a person finds, from units whose truth is known: ``found`` of ``of`` nonconforming ones."""

    found: int
    of: int


@dataclass(frozen=True)
class Unseen:
    """Numbers missed: ``low`` … ``high`` hold the confidence asked for, ``middle`` as much on either side."""

    low: int
    middle: int
    high: int


def unseen(
    first: int,
    second: int,
    both: int,
    room: int | None,
    confidence: float,
    learnt: tuple[Learnt | None, Learnt | None] = (None, None),
) -> Unseen:
    """Return what both probably missed.

    Args: first, second, both: nonconforming units found. room: units left in which something can have been missed,
        None: any number. confidence: between 0 and 1. learnt: of the first person and of the second.
    Source: as the module's text says.
    """
    weight = _weights(first, second, both, learnt)
    cells = _cells(weight, _heaviest(weight, room), room)
    total = math.fsum(mass for _, _, _, mass in cells)
    kept, low, high = 0.0, cells[0][1], 0
    for _, start, end, mass in sorted(cells, key=lambda c: (-round(c[0] / _ALIKE), c[1])):
        low, high = min(low, start), max(high, end)
        kept += mass
        if kept >= (confidence - _ALIKE) * total:
            break
    below, middle = 0.0, 0
    for _, start, end, mass in sorted(cells, key=lambda c: c[1]):
        if below + mass >= (0.5 - _ALIKE) * total:
            middle = start + int((end - start) * (0.5 * total - below) / mass) if end > start else start
            break
        below += mass
    return Unseen(low, middle, high)


def _weights(
    first: int, second: int, both: int, learnt: tuple[Learnt | None, Learnt | None]
) -> Callable[[int], float]:
    """Return the logarithm of the weight of a number missed, but for a constant."""
    found = first + second - both
    people = []
    for own, known in zip((first, second), learnt, strict=True):
        hits, misses = (known.found, known.of - known.found) if known else (0, 0)
        people.append((misses + MISSED_PRIOR - own, hits + misses + FOUND_PRIOR + MISSED_PRIOR))
    (a, b), (c, d) = people

    def weight(missed: int) -> float:
        total = found + missed
        return (
            _log_ratio(missed, 1 + found, 1)
            + _log_ratio(total, a, b)
            + _log_ratio(total, c, d)
            + TOTAL_POWER * math.log(max(total, 1))
        )

    return weight


def _log_ratio(z: int, p: float, q: float) -> float:
    """Return ln Γ(z+p) - ln Γ(z+q).

    Source: where both are large, Stirling's series (DLMF 5.11.1) with its large terms taken from each other first: the
    difference of two logarithms of 10^16 would have no digits left.
    """
    u, v, d = z + p, z + q, p - q
    if min(u, v) < _STIRLING:
        return math.lgamma(u) - math.lgamma(v)
    return (v - 0.5) * math.log1p(d / v) + d * (math.log(u) - 1) + (1 / u - 1 / v) / 12


def _heaviest(weight: Callable[[int], float], room: int | None) -> int:
    """Return the number with the largest weight: weights rise to it, and fall from there."""
    if room == 0:
        return 0
    low, high = 0, 1
    while (room is None or high < room) and weight(2 * high) > weight(high):
        high *= 2
    high = 2 * high if room is None else min(2 * high, room)
    # Neighbours far out differ by less than a float holds, so that thirds are compared, not neighbours.
    while high - low > 2:
        third = (high - low) // 3
        if weight(low + third) < weight(high - third):
            low += third + 1
        else:
            high -= third
    return max(range(low, high + 1), key=weight)


def _cells(
    weight: Callable[[int], float], heaviest: int, room: int | None
) -> list[tuple[float, int, int, float]]:
    """Return log density, first and last number, and mass of stretches, each around its own middle."""
    top = weight(heaviest)
    cells = [(0.0, heaviest, heaviest, 1.0)]
    for direction, last in ((-1, 0), (1, room)):
        at = heaviest
        while last is None or at != last:
            width = 1 + abs(at - heaviest) // _FINE
            if last is not None:
                width = min(width, abs(last - at))
            near, far = at + direction, at + direction * width
            density = weight((near + far) // 2) - top
            if density < -_NEGLIGIBLE:
                break
            cells.append((density, min(near, far), max(near, far), width * math.exp(density)))
            at = far
    return cells
