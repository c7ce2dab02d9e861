# SPDX-License-Identifier: Apache-2.0
"""Rates and shares of any number of units: their exact intervals, at a cost that does not grow with the counts."""

from __future__ import annotations

from qcdesk.statistics.distributions import beta_quantile, chi_square_quantile


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


def share_interval(count: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Clopper-Pearson) interval for a share, as ``proportions.exact_interval`` does without SciPy.

    Args: count: 0 ... of. of: units looked at, 1 or more. confidence: between 0 and 1.
    Returns: lower and upper end, 0 ... 1.
    Raises: ValueError: counts or confidence out of range.
    Source: Clopper and Pearson, Biometrika 26 (1934) 404-413; 81 of 263 gives 0.2527 ... 0.3676 (Newcombe 1998).
    """
    if not 0 <= count <= of or of < 1 or not 0 < confidence < 1:
        raise ValueError(f"{count} of {of} at {confidence}")
    tail = (1 - confidence) / 2
    low = beta_quantile(tail, count, of - count + 1) if count else 0.0
    return low, beta_quantile(1 - tail, count + 1, of - count) if count < of else 1.0
