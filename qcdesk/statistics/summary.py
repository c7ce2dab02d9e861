# SPDX-License-Identifier: Apache-2.0
"""Readings in short: number, mean, range, standard deviation, smallest and largest, in fitting digits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

_WORKING = Context(prec=50)


@dataclass(frozen=True)
class Summary:
    """Readings in short, all in the unit of the readings.

    ``minimum``, ``maximum`` and ``range`` have the decimals of the finest reading, ``mean`` one more,
    ``sd`` (with n - 1) two more; ``sd`` is None for a single reading.
    """

    n: int
    mean: Decimal
    range: Decimal
    sd: Decimal | None
    minimum: Decimal
    maximum: Decimal


def summarise(readings: Iterable[Decimal]) -> Summary:
    """Return the readings in short, computed in decimals and rounded once, half to even.

    Raises: ValueError: no readings, or one that is not finite.
    Source: NIST/SEMATECH e-Handbook of Statistical Methods, sections 1.3.5.1 and 1.3.5.6.
    """
    values = list(readings)
    if not values or not all(value.is_finite() for value in values):
        raise ValueError("a summary needs readings, all of them finite")
    places = max(_decimals(value) for value in values)
    with localcontext(_WORKING):
        n = len(values)
        mean = sum(values, Decimal(0)) / n
        low, high = min(values), max(values)
        sd = None
        if n > 1:
            sd = (sum(((value - mean) ** 2 for value in values), Decimal(0)) / (n - 1)).sqrt()
        return Summary(
            n=n,
            mean=_rounded(mean, places + 1),
            range=_rounded(high - low, places),
            sd=None if sd is None else _rounded(sd, places + 2),
            minimum=_rounded(low, places),
            maximum=_rounded(high, places),
        )


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def _rounded(value: Decimal, places: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-places))
    return abs(rounded) if rounded.is_zero() else rounded  # no minus before a zero
