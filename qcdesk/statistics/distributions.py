# SPDX-License-Identifier: Apache-2.0
"""Distributions that need more than a sum: normal, t, F, chi-square, beta from SciPy, loaded late; noncentral t."""

from __future__ import annotations

import math
from typing import Any

_NEGLIGIBLE = 40.0  # e^-40 of the middle is beyond the last digit


def normal_below(z: float) -> float:
    """Return the share of a standard normal below ``z``."""
    from scipy import special

    return float(special.ndtr(z))


def log_normal_below(z: Any) -> Any:  # noqa: ANN401 - a NumPy array in, one out
    """Return the logarithm of the share of a standard normal below each of many values; tails lose no digits."""
    from scipy import special

    return special.log_ndtr(z)


def normal_quantile(share: float) -> float:
    """Return the value below which the share (0 … 1) of a standard normal lies."""
    from scipy import special

    return float(special.ndtri(share))


def normal_quantiles(shares: Any) -> Any:  # noqa: ANN401 - a NumPy array in, one out
    """Return the value below which each of many shares of a standard normal lies."""
    from scipy import special

    return special.ndtri(shares)


def t_quantile(share: float, df: float) -> float:
    """Return the value below which the share of Student's t with ``df`` degrees of freedom lies."""
    from scipy import special

    return float(special.stdtrit(df, share))


def t_below(value: float, df: float) -> float:
    """Return the share of Student's t with ``df`` degrees of freedom below a value."""
    from scipy import special

    return float(special.stdtr(df, value))


def f_above(value: float, df1: float, df2: float) -> float:
    """Return the share of F above a value: the p of an analysis of variance."""
    from scipy import special

    return float(special.fdtrc(df1, df2, value))


def f_quantile(share: float, df1: float, df2: float) -> float:
    """Return the value below which the share of F lies."""
    from scipy import special

    return float(special.fdtri(df1, df2, share))


def chi_square_quantile(share: float, df: float) -> float:
    """Return the value below which the share of chi-square with ``df`` degrees of freedom lies."""
    from scipy import special

    return float(special.chdtri(df, 1 - share))


def chi_square_above(value: float, df: float) -> float:
    """Return the share of chi-square above a value."""
    from scipy import special

    return float(special.chdtrc(df, value))


def beta_below(value: float, a: float, b: float) -> float:
    """Return the share of the beta distribution below a value (0 … 1): the regularised incomplete beta function."""
    from scipy import special

    return float(special.betainc(a, b, value))


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return the value below which the share of the beta distribution lies."""
    from scipy import special

    return float(special.betaincinv(a, b, share))


def noncentral_t_below(value: float, df: float, shift: float) -> float:
    """Return the share of noncentral t, with noncentrality ``shift``, below a value.

    SciPy's own gives no number for some values below zero (1.17: 69 degrees of freedom, -8.4, shift 5.6), so this is
    summed here.

    Source: computed from the definition: the normal share of value times s less the shift, averaged over s, the root of
        chi-square over its degrees of freedom. Over the logarithm of s that falls off smoothly on both sides, where the
        plain sum is exact to the last digits.
    """
    width = 1 / math.sqrt(2 * df)
    step = width / (6 * max(1.0, abs(value) / math.sqrt(df)))
    weights = terms = 0.0
    for direction in (1, -1):
        place = 0 if direction > 0 else -1
        while (log := df * (place * step - math.expm1(2 * place * step) / 2)) > -_NEGLIGIBLE:
            weight = math.exp(log)
            weights += weight
            terms += weight * math.erfc((shift - value * math.exp(place * step)) / math.sqrt(2)) / 2
            place += direction
    return min(1.0, terms / weights)
