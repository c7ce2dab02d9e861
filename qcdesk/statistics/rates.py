# SPDX-License-Identifier: Apache-2.0
"""Rates: the exact interval for how often something happens for each unit looked at."""

from __future__ import annotations

from qcdesk.statistics.distributions import chi_square_quantile


def rate_interval(count: int, of: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval for a Poisson rate.

    Args: count: how often it happened, 0 or more. of: units looked at, above 0. confidence: between 0 and 1.
    Returns: lower and upper end, per unit.
    Raises: ValueError: counts or confidence out of range.
    Source: Garwood, Biometrika 28 (1936) 437-442; 10 counted give 4.795 ... 18.390.
    """
    if count < 0 or not of > 0 or not 0 < confidence < 1:
        raise ValueError(f"{count} of {of} at {confidence}")
    tail = (1 - confidence) / 2
    low = chi_square_quantile(tail, 2 * count) / 2 if count else 0.0
    return low / of, chi_square_quantile(1 - tail, 2 * count + 2) / 2 / of
