# SPDX-License-Identifier: Apache-2.0
"""Operating characteristics of 200 points, against summing the same chances of a single sample one by one."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

from qcdesk.statistics.risk import Stages
from qcdesk.statistics.risk_models import Lot, Model, Stream
from qcdesk.statistics.risk_points import curve
from tests.bench.measuring import Bench, Line, Size, compare

POINTS = 200
LOT = 10_000
PLANS = {
    "single, n 80, Ac 2": Stages.single(80, 2),
    "single, n 2000, Ac 21": Stages.single(2000, 21),
    "double, n 125 and 125, Ac 5 and 12": Stages((125, 125), (5, 12), (9, 13)),
    "multiple, 7 of 32, Ac to 6": Stages((32,) * 7, (None, 0, 1, 2, 3, 4, 6), (3, 3, 4, 5, 6, 6, 7)),
}


def _one_by_one(plan: Stages, model: Model, most: float, points: int) -> float:
    """Sum what as many units would hold, with whole numbers, as one does without thinking of speed."""
    n, top, total = plan.total, plan.re[-1], 0.0
    for step in range(points):
        p = step * most / points
        if isinstance(model, Lot):
            bad = round(p * LOT)
            ways = sum(math.comb(bad, x) * math.comb(LOT - bad, n - x) for x in range(min(top, bad + 1)))
            total += ways / math.comb(LOT, n)
        else:
            total += math.fsum(math.comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(top))
    return total


def run(folder: Path, size: Size) -> list[Line]:
    """Draw each curve in a stream and in a lot."""
    models: tuple[Model, ...] = (Stream(), Lot(LOT))
    points = min(POINTS, size.rounds)
    return [
        compare(
            f"{points} points, {name}, {model.name}",
            "50,000 µs",
            ours=partial(curve, plan, model, points),
            base=partial(_one_by_one, plan, model, curve(plan, model, 2)[-1].p, points),
            rounds=max(2, size.starts),
        )
        for name, plan in PLANS.items()
        for model in models
    ]


BENCH = Bench("curves", "operating characteristics of sampling plans", run)
