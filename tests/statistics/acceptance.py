# SPDX-License-Identifier: Apache-2.0
"""How often a plan accepts, worked out from its definition sample by sample; written apart from the product."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

Numbers = tuple[tuple[int, int | None, int], ...]
"""One sample a row: units, Ac or None, Re; Ac and Re stand against all that was found so far."""


def accepted(numbers: Numbers, quality: float, *, per_unit: bool) -> float:
    """Return the probability that a lot of this quality is accepted.

    Args: quality: fraction nonconforming (binomial), or nonconformities per unit (``per_unit``, Poisson). A count
        between Ac and Re after the last sample accepts.
    """
    undecided = [1.0]  # by what was found so far
    probability = 0.0
    for place, (n, ac, re) in enumerate(numbers, 1):
        found = _found(n, quality, re, per_unit)
        now = [
            math.fsum(undecided[k] * found[count - k] for k in range(max(0, count - n if not per_unit else 0), count + 1)
                      if k < len(undecided) and count - k < len(found))
            for count in range(re)
        ]  # fmt: skip
        last = place == len(numbers)
        probability += math.fsum(p for count, p in enumerate(now) if last or (ac is not None and count <= ac))
        undecided = [0.0 if ac is not None and count <= ac else p for count, p in enumerate(now)]
    return probability


@cache
def _found(n: int, quality: float, below: int, per_unit: bool) -> Sequence[float]:
    """Return the probabilities of finding 0, 1, … (fewer than ``below``) in a sample of n."""
    if per_unit:
        mean = n * quality
        return [
            math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) if mean else float(k == 0)
            for k in range(below)
        ]
    if quality in (0.0, 1.0):
        return [float(k == n * quality) for k in range(below)]
    logs = math.log(quality), math.log1p(-quality)
    whole = math.lgamma(n + 1)
    return [
        math.exp(whole - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * logs[0] + (n - k) * logs[1])
        if k <= n
        else 0.0
        for k in range(below)
    ]
