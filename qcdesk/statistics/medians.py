# SPDX-License-Identifier: Apache-2.0
"""Medians: the middle of some values, and between which of them the middle of all lies."""

from __future__ import annotations

import math
from collections.abc import Sequence


def median_interval(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the interval for a median that asks nothing of how values are distributed.

    Args: values: independent ones, in any order. confidence: between 0 and 1.
    Returns: two of the values; None: there are too few (below 6 at 95 %).
    Raises: ValueError: confidence out of range.
    Source: ISO 16269-7:2001: the k-th value from either end, k the largest for which no more than half of what is left
        of the confidence lies below the k-th of n tosses of a coin; n = 10 gives k = 2, n = 20 gives k = 6.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence}")
    ordered, n = sorted(values), len(values)
    tail, below, k = (1 - confidence) / 2, 0.0, 0
    while k < n:
        below += math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * math.log(2))
        if below > tail:
            break
        k += 1
    return (ordered[k - 1], ordered[n - k]) if k else None
