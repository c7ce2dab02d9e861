# SPDX-License-Identifier: Apache-2.0
"""How bad ones come into a sample: from a finite lot, from a stream, or as nonconformities per item."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

Distribution = Literal["hypergeometric", "binomial", "poisson"]
LARGEST_LOT = 1_000_000_000
_WHOLE = 1e-6  # of a unit: a share that was written with few digits still means so many bad units
_FEW = 8  # so many logarithms are summed as quickly as by the series
_STIRLING = 1_000.0  # from here the series is exact to the last bit with three terms


class BadPlan(ValueError):
    """A plan, a quality or a risk with which nothing can be computed.

    Args:
        code: see the functions that raise it.
        facts: what it is about: ``value``, ``most``, ``least``, ``stage`` and so on.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


class Model(Protocol):
    """The chance of one way to a count: such-and-such units bad, the others good, in this order."""

    @property
    def name(self) -> Distribution:
        """The distribution that it leads to."""

    @property
    def several(self) -> bool:
        """Whether a unit can count more than once."""

    def require(self, n: int, p: float) -> None:
        """Raise BadPlan for a quality or a sample that cannot be."""

    def whole_below(self, p: float) -> tuple[float, float, float] | None:
        """Return the two qualities between which p lies, and how far along; None where goods can have just p."""

    def least(self, n: int, p: float) -> int:
        """Return the fewest bad that n units can hold."""

    def most(self, n: int, p: float) -> int:
        """Return the most bad that n units can hold."""

    def log_one_way(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of the chance of one way to count bad ones among n."""

    def log_step(self, n: int, count: int, p: float) -> float:
        """Return what one bad unit more adds to it, where one more is possible."""


@dataclass(frozen=True)
class Stream:
    """A stream of units, each bad with the same chance; a lot taken from it at random is one too (type B)."""

    name: Distribution = "binomial"
    several: bool = False

    def require(self, n: int, p: float) -> None:
        """Raise BadPlan ``share_outside`` for a share below 0 or above 1."""
        _require_share(p)

    def whole_below(self, p: float) -> None:
        """Return None: a stream can have any share."""

    def least(self, n: int, p: float) -> int:
        """Return 0, unless all are bad."""
        return n if p == 1 else 0

    def most(self, n: int, p: float) -> int:
        """Return n, unless none is bad."""
        return 0 if p == 0 else n

    def log_one_way(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of p^count (1 - p)^(n - count)."""
        bad = count * math.log(p) if count else 0.0
        return bad + ((n - count) * math.log1p(-p) if n > count else 0.0)

    def log_step(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of p / (1 - p)."""
        return math.log(p) - math.log1p(-p)


@dataclass(frozen=True)
class Lot:
    """One lot of so many units, from which units are drawn without putting any back (type A).

    Raises: BadPlan: ``lot_too_small`` (``value``, ``smallest``), ``lot_too_large`` (``value``, ``most``).
    """

    size: int
    name: Distribution = "hypergeometric"
    several: bool = False

    def __post_init__(self) -> None:
        if self.size < 2:
            raise BadPlan("lot_too_small", value=self.size, smallest=2)
        if self.size > LARGEST_LOT:
            raise BadPlan("lot_too_large", value=self.size, most=LARGEST_LOT)

    def require(self, n: int, p: float) -> None:
        """Raise BadPlan ``share_outside``, or ``sample_above_lot`` where the plan takes more than there is."""
        _require_share(p)
        if n > self.size:
            raise BadPlan("sample_above_lot", sample=n, lot=self.size)

    def whole_below(self, p: float) -> tuple[float, float, float] | None:
        """Return the shares of the two lots that come nearest, and how far p lies between; None where one has it."""
        bad = p * self.size
        if abs(bad - round(bad)) <= _WHOLE:
            return None
        low = math.floor(bad)
        return low / self.size, (low + 1) / self.size, bad - low

    def bad(self, p: float) -> int:
        """Return how many units are bad at a share."""
        return round(p * self.size)

    def least(self, n: int, p: float) -> int:
        """Return how many bad ones must be among n."""
        return max(0, n - (self.size - self.bad(p)))

    def most(self, n: int, p: float) -> int:
        """Return how many bad ones can be among n."""
        return min(n, self.bad(p))

    def log_one_way(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of bad·(bad-1)… good·(good-1)… over N·(N-1)…"""
        bad = self.bad(p)
        if count > bad or n - count > self.size - bad:
            return -math.inf
        return log_falling(bad, count) + log_falling(self.size - bad, n - count) - _all_ways(self.size, n)

    def log_step(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of the bad ones left over the good ones that the last unit was drawn from."""
        bad = self.bad(p)
        return math.log((bad - count) / (self.size - bad - n + count + 1))


@dataclass(frozen=True)
class PerItem:
    """Nonconformities, of which a unit can have several: a mean number in each, independent of each other."""

    name: Distribution = "poisson"
    several: bool = True

    def require(self, n: int, p: float) -> None:
        """Raise BadPlan ``rate_outside`` for a mean that is no number or below 0."""
        if not 0 <= p <= 1e6:
            raise BadPlan("rate_outside", value=p)

    def whole_below(self, p: float) -> None:
        """Return None: any mean can be."""

    def least(self, n: int, p: float) -> int:
        """Return 0."""
        return 0

    def most(self, n: int, p: float) -> int:
        """Return a number without meaning, unless there is none at all."""
        return 0 if p == 0 else 1 << 62

    def log_one_way(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of p^count e^(-np); what else there is stands in the number of ways."""
        return (count * math.log(p) if count else 0.0) - n * p

    def log_step(self, n: int, count: int, p: float) -> float:
        """Return the logarithm of the mean."""
        return math.log(p)


def model_for(lot_size: int | None, *, per_item: bool = False) -> Model:
    """Return the model that fits: nonconformities by Poisson; units of a lot without, of a stream with replacement.

    Args: lot_size: units of the lot; None for a stream. per_item: whether a unit can count more than once.
    Raises: BadPlan: ``lot_too_small``, ``lot_too_large``.
    """
    if per_item:
        return PerItem()
    return Stream() if lot_size is None else Lot(lot_size)


@lru_cache(maxsize=1024)  # the same for every quality of a curve
def _all_ways(size: int, n: int) -> float:
    return log_falling(size, n)


def log_falling(top: int, n: int) -> float:
    """Return the logarithm of top·(top-1)…(top-n+1), also where top is so large that logarithms of factorials lose it."""
    if n < _FEW:
        return math.fsum([math.log(top - i) for i in range(n)])
    rest = top - n
    if rest < _STIRLING:
        return math.lgamma(top + 1) - math.lgamma(rest + 1)
    # The difference of two Stirling series, so arranged that the large parts cancel before they are rounded.
    tail = -(rest + 0.5) * math.log1p(-n / top) - n
    return n * math.log(top) + tail + _series(top) - _series(rest)


def _series(x: float) -> float:
    return 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5)


def _require_share(p: float) -> None:
    if not 0 <= p <= 1:
        raise BadPlan("share_outside", value=p)
