# SPDX-License-Identifier: Apache-2.0
"""Long rows of points for a picture: no more than it can show, and never without their peaks."""

from __future__ import annotations

from typing import Any

from qcdesk.statistics.readings import Column


def ends(column: Column) -> tuple[float, float]:
    """Return the least and the greatest of a column that is not empty."""
    import numpy as np

    held = np.frombuffer(column, dtype=np.float64)
    return float(held.min()), float(held.max())


def thinned(x: Column, y: Column, low: float, high: float, strips: int) -> list[tuple[float, float]]:
    """Return the points whose x lies from ``low`` to ``high``, thinned where there are many.

    Args: x, y: of one length, x rising. strips: 1 or more.
    Returns: all of them up to twice as many as strips, else the least and the greatest y of each strip in order; every
        peak is kept.
    """
    import numpy as np

    places, values = np.frombuffer(x, dtype=np.float64), np.frombuffer(y, dtype=np.float64)
    start, end = np.searchsorted(places, low, side="left"), np.searchsorted(places, high, side="right")
    places, values = places[start:end], values[start:end]
    if values.size > 2 * strips:
        long = -(-values.size // strips)
        whole = values.size // long
        even = values[: whole * long].reshape(whole, long)
        begins = np.arange(whole) * long
        kept = [even.argmin(axis=1) + begins, even.argmax(axis=1) + begins]
        if rest := values[whole * long :].size:  # shorter than a strip
            kept.append(_peaks(values[-rest:]) + whole * long)
        at = np.unique(np.concatenate(kept))
        places, values = places[at], values[at]
    return list(zip(places.tolist(), values.tolist(), strict=True))


def _peaks(values: Any) -> Any:  # noqa: ANN401 - NumPy stays inside
    import numpy as np

    return np.array([values.argmin(), values.argmax()])
