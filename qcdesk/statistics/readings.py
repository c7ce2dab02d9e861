# SPDX-License-Identifier: Apache-2.0
"""Columns of readings: checked once, computed on with NumPy, handed back as plain arrays of floats."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

Column: TypeAlias = "array[float]"
"""Floats in a row, eight bytes each: ten million of them take no more room than that."""

LARGEST = 1e150
"""Beyond it squares overflow; no instrument reads so far."""

Readings: TypeAlias = "Sequence[float] | Column | Any"
"""What the functions take: a sequence of floats, or anything NumPy sees as numbers (its own arrays too)."""


class BadReadings(ValueError):
    """What was measured cannot be computed with.

    Args:
        code: ``not_finite``, ``too_large`` (``row``: 1-based, or ``what``), ``too_few`` (``n``, ``least``, ``of``:
            points, subgroups, parts …), ``constant`` (nothing varies), ``same_length`` (two columns that belong
            together differ: ``one``, ``other``), ``negative``, ``not_whole``, ``above_size``, ``size_zero`` (``row``),
            ``limits_crossed`` (``lower``, ``upper``), ``no_limit``, ``outside`` (``what``, ``value``, ``low``,
            ``high``), ``unbalanced`` (``cell``, ``n``), ``unknown`` (``what``, ``value``, ``known``), ``uneven``
            (``n``, ``size``), ``sizes_differ`` (``low``, ``high``), ``no_curve``, ``no_standard`` (``unit``).
        facts: as named.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


def numbers(values: Readings, *, least: int = 1, of: str = "readings") -> Any:  # noqa: ANN401 - NumPy stays inside
    """Return the values as a NumPy array of floats.

    Args: values: one column. least: how many are needed. of: what they are, for the refusal.
    Raises: BadReadings: ``not_finite`` or ``too_large`` with the first such row, ``too_few``.
    """
    import numpy as np

    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1:
        column = column.reshape(-1)
    if column.size and not (column.min() > -LARGEST and column.max() < LARGEST):  # not so for NaN either
        row = int(np.argmin(np.abs(column) < LARGEST))
        raise BadReadings("not_finite" if not np.isfinite(column[row]) else "too_large", row=row + 1)
    if column.size < least:
        raise BadReadings("too_few", n=int(column.size), least=least, of=of)
    return column


def spelled_numbers(text: str) -> Column:
    """Return numbers that stand in a text with commas between them; fewer where some of it is no number.

    Args: text: points as decimal signs. A text at a time is several times faster than a number at a time.
    """
    import numpy as np

    try:
        return kept(np.fromstring(text, dtype=np.float64, sep=","))
    except (
        ValueError,
        DeprecationWarning,
    ):  # which of them is for NumPy and the interpreter's settings to say
        return array("d")


def kept(values: Any) -> Column:  # noqa: ANN401 - NumPy stays inside
    """Return a NumPy array, or floats, as a column."""
    tobytes = getattr(values, "tobytes", None)
    if tobytes is None:
        return array("d", values)
    column = array("d")
    column.frombytes(values.astype("float64", copy=False).tobytes())
    return column


def mean_of(values: Iterable[float]) -> float:
    """Return the mean of a few floats, summed without loss."""
    listed = list(values)
    return math.fsum(listed) / len(listed)
