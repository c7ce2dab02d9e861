# SPDX-License-Identifier: Apache-2.0
"""How often the figures of what both missed are right, counted over simulated checks of known goods.

Where every unit is as easy to see as any other: the share of runs in which the interval holds the true number. Where
some are harder: the share in which the lower bound is not above it. Runs in which the program says that its figure is
not to be leaned on are counted like all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from qcdesk.statistics.capture import (
    MissedEstimate,
    estimate_escapes,
    estimate_missed,
    estimate_with_rates,
)
from qcdesk.statistics.unseen import Learnt
from tests.bench.measuring import Size, Study, columns

Counts = tuple[int, int, int, int, int]
"""Found by both, by the first alone, by the second alone, missed by both; and how many of the runs came out so."""
PAIRS = (
    (0.5, 0.5), (0.6, 0.6), (0.7, 0.7), (0.8, 0.8), (0.9, 0.9), (0.95, 0.95), (0.99, 0.99),
    (0.5, 0.7), (0.5, 0.9), (0.6, 0.8), (0.7, 0.95), (0.5, 0.99), (0.8, 0.99),
)  # fmt: skip
"""Share of the nonconforming units that the first and the second person find."""
BAD = (0.001, 0.01, 0.03, 0.1, 0.2)
SAMPLES = (13, 50, 125, 500)
VISIBILITY: dict[str, tuple[tuple[float, float, float], ...]] = {
    "half easy 0.95, half hard 0.5": ((0.5, 0.95, 0.95), (0.5, 0.5, 0.5)),
    "most easy 0.99, a tenth hard 0.5": ((0.9, 0.99, 0.99), (0.1, 0.5, 0.5)),
    "half 0.9, half hardly ever 0.1": ((0.5, 0.9, 0.9), (0.5, 0.1, 0.1)),
    "three kinds 0.95, 0.8, 0.5": ((1 / 3, 0.95, 0.95), (1 / 3, 0.8, 0.8), (1 / 3, 0.5, 0.5)),
    "first 0.9 and 0.6, second 0.7 and 0.5": ((0.5, 0.9, 0.7), (0.5, 0.6, 0.5)),
    "first 0.99 and 0.7, second 0.9 and 0.5": ((0.5, 0.99, 0.9), (0.5, 0.7, 0.5)),
}
"""Kinds of defects: how many of all, found by the first, found by the second."""
SEEDED = 40
"""Units with known defects that each person had before, where people's rates have been learnt."""
FEW, MANY = 5, 10


@dataclass
class Tally:
    """What came out over some settings; a setting is a share of bad units and a sample size."""

    runs: int = 0
    held: int = 0
    many: int = 0
    many_held: int = 0
    widths: list[int] = field(default_factory=list)
    lowest: float = 1.0
    lowest_at: str = ""
    doubted: int = 0
    doubted_else: int = 0

    def add(self, counts: Counts, low: int, high: int) -> int:
        """Count runs that came out alike; return those that held."""
        both, one, other, missed, times = counts
        held = times if low <= missed <= high else 0
        self.runs, self.held = self.runs + times, self.held + held
        if both + one + other >= MANY:
            self.many, self.many_held = self.many + times, self.many_held + held
            self.widths.extend([high - low] * times)
        return held

    def doubt(self, counts: Counts, reliable: bool) -> None:
        """Count runs of which the program said that the figure is not to be leaned on."""
        both, one, other, _, times = counts
        if not reliable:
            self.doubted += times
            self.doubted_else += times if both and both + one + other >= FEW else 0

    def setting(self, held: int, runs: int, name: str) -> None:
        """Keep the setting that came out worst."""
        if held / runs < self.lowest:
            self.lowest, self.lowest_at = held / runs, name


def outcomes(
    kinds: Sequence[tuple[float, float, float]], bad: float, sample: int, runs: int
) -> Iterator[Counts]:
    """Yield what two independent checks of random samples came to, alike ones together."""
    seed = [round(1_000 * x) for kind in kinds for x in kind] + [round(10_000 * bad), sample]
    random = np.random.default_rng(seed)
    cells: npt.NDArray[np.int64] = np.zeros((runs, 4), dtype=np.int64)
    drawn = random.multinomial(sample, [*(bad * share for share, _, _ in kinds), 1 - bad], size=runs)
    for number, (_, a, b) in enumerate(kinds):
        shares = [a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)]
        cells += random.multinomial(drawn[:, number], shares)
    for row, times in zip(*np.unique(cells, axis=0, return_counts=True), strict=True):
        yield (int(row[0]), int(row[1]), int(row[2]), int(row[3]), int(times))


@cache
def _estimate(both: int, one: int, other: int, sample: int) -> MissedEstimate:
    return estimate_missed(both + one, both + other, both, sample)


@cache
def _escapes(both: int, one: int, other: int, sample: int) -> tuple[int, int]:
    found = estimate_escapes(both + one, both + other, both, sample, 10 * sample)
    return found.low, found.high


def equally_visible(size: Size) -> tuple[list[tuple[str, ...]], Tally]:
    """Return a line for each pair of people, and all of it together."""
    lines, whole = [], Tally()
    for a, b in PAIRS:
        tally = Tally()
        for bad, sample in product(BAD, SAMPLES):
            held = 0
            for counts in outcomes(((1.0, a, b),), bad, sample, size.runs):
                got = _estimate(*counts[:3], sample)
                assert got.missed_high is not None
                held += tally.add(counts, got.missed_low, got.missed_high)
                tally.doubt(counts, got.reliable)
            tally.setting(held, size.runs, f"{100 * bad:g} % of {sample}")
        lines.append((f"{a:g} / {b:g}", *_told(tally)))
        for name in ("runs", "held", "many", "many_held", "doubted", "doubted_else"):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        whole.widths += tally.widths
        if tally.lowest < whole.lowest:
            whole.lowest, whole.lowest_at = tally.lowest, f"{a:g} / {b:g}, {tally.lowest_at}"
    lines.append(("all", *_told(whole)))
    return lines, whole


def _told(tally: Tally) -> tuple[str, ...]:
    many = f"{100 * tally.many_held / tally.many:.1f}" if tally.many else "-"
    return (
        f"{100 * tally.held / tally.runs:.1f}",
        f"{100 * tally.lowest:.1f} ({tally.lowest_at})",
        many,
        f"{np.median(tally.widths):g}" if tally.widths else "-",
        f"{100 * tally.doubted / tally.runs:.1f}",
        f"{100 * tally.doubted_else / tally.runs:.1f}",
    )


def unequally_visible(size: Size) -> tuple[list[tuple[str, ...]], float]:
    """Return a line for each mixture of defects, and the lowest share of runs in which the bound held."""
    lines: list[tuple[str, ...]] = []
    lowest = 1.0
    for name, kinds in VISIBILITY.items():
        bound, interval = Tally(), Tally()
        useful = 0
        for bad, sample in product(BAD, SAMPLES):
            held = 0
            for counts in outcomes(kinds, bad, sample, size.runs):
                got = _estimate(*counts[:3], sample)
                assert got.missed_high is not None
                held += bound.add(counts, got.at_least, sample)
                interval.add(counts, got.missed_low, got.missed_high)
                useful += counts[4] if got.at_least > 0 and sum(counts[:3]) >= MANY else 0
            bound.setting(held, size.runs, f"{100 * bad:g} % of {sample}")
        lowest = min(lowest, bound.lowest)
        lines.append(
            (
                name,
                f"{100 * bound.held / bound.runs:.1f}",
                f"{100 * bound.lowest:.1f} ({bound.lowest_at})",
                f"{100 * useful / max(bound.many, 1):.0f}",
                f"{100 * interval.many_held / interval.many:.1f}" if interval.many else "-",
            )
        )
    return lines, lowest


def with_rates(size: Size) -> list[tuple[str, ...]]:
    """Return how the interval does that knows what each found of ``SEEDED`` units."""
    lines = []
    for a, b in PAIRS:
        tally = Tally()
        random = np.random.default_rng([round(1_000 * a), round(1_000 * b)])
        for bad, sample in product(BAD, SAMPLES):
            held, runs = 0, max(size.runs // 10, 1)
            for counts in outcomes(((1.0, a, b),), bad, sample, runs):
                for _ in range(counts[4]):
                    known = [Learnt(int(random.binomial(SEEDED, p)), SEEDED) for p in (a, b)]
                    both, one, other, missed, _ = counts
                    got = estimate_with_rates(both + one, both + other, both, sample, known[0], known[1])
                    held += tally.add((both, one, other, missed, 1), got.low, got.high)
            tally.setting(held, runs, f"{100 * bad:g} % of {sample}")
        lines.append((f"{a:g} / {b:g}", *_told(tally)[:4]))
    return lines


def whole_batch(size: Size) -> list[tuple[str, ...]]:
    """Return how the interval does for a batch ten times the sample."""
    lines = []
    for a, b in PAIRS[::3]:
        tally, random = Tally(), np.random.default_rng([7, round(1_000 * a), round(1_000 * b)])
        for bad, sample in product(BAD, SAMPLES[:3]):
            held, runs = 0, max(size.runs // 10, 1)
            outside = random.binomial(9 * sample, bad, size=runs)
            drawn = [c for c in outcomes(((1.0, a, b),), bad, sample, runs) for _ in range(c[4])]
            for (both, one, other, missed, _), more in zip(drawn, outside, strict=True):
                low, high = _escapes(both, one, other, sample)
                held += tally.add((both, one, other, missed + int(more), 1), low, high)
            tally.setting(held, runs, f"{100 * bad:g} % of {sample}")
        lines.append((f"{a:g} / {b:g}", *_told(tally)[:4]))
    return lines


def study(size: Size) -> str:
    """Return the tables."""
    equal, whole = equally_visible(size)
    unequal, lowest = unequally_visible(size)
    settings = len(PAIRS) * len(BAD) * len(SAMPLES)
    heads = ("found by", "held %", "lowest setting %", "held % of 10+ found", "median width", "doubted %",
             "doubted else %")  # fmt: skip
    return "\n\n".join(
        (
            f"Every unit as easy to see: {settings} settings, {size.runs} runs each. Asked: every setting 93 % or more,"
            f" 93 to 98 % over all with {MANY} or more found; doubted only with nothing in common or fewer than {FEW}.",
            columns([heads, *equal]),
            f"Some units harder to see: {len(VISIBILITY) * len(BAD) * len(SAMPLES)} settings. Asked: the bound"
            f" holds in 95 % or more of every setting. Lowest: {100 * lowest:.1f} %.",
            columns([("defects", "bound held %", "lowest setting %", "bound above 0 % of 10+ found",
                      "interval held % of 10+ found"), *unequal]),
            f"Every unit as easy to see, and both people known from {SEEDED} seeded units each.",
            columns([heads[:5], *with_rates(size)]),
            "The batch, ten times the sample: two exact intervals joined, each at half the error.",
            columns([heads[:5], *whole_batch(size)]),
            f"Over all with {MANY} or more found: {100 * whole.many_held / max(whole.many, 1):.2f} %;"
            f" lowest setting: {100 * whole.lowest:.1f} % ({whole.lowest_at}).",
        )
    )  # fmt: skip


STUDY = Study("coverage", "how often the figures of what both missed are right", study)
