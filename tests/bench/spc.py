# SPDX-License-Identifier: Apache-2.0
"""Means and ranges of a million readings with every rule of Nelson, against one NumPy pass of mean and range."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from qcdesk.statistics.subgroups import even_subgroups
from qcdesk.statistics.variables_charts import xbar_r
from tests.bench.measuring import Bench, Line, Size, compare

SUBGROUP = 5
READINGS_PER_BATCH = 10  # of ``Size.many`` batches: a million


def _charted(readings: Any) -> object:  # noqa: ANN401 - a NumPy array
    return xbar_r(even_subgroups(readings, SUBGROUP), rules="nelson")


def _bare(readings: Any) -> object:  # noqa: ANN401 - a NumPy array
    table = readings.reshape(-1, SUBGROUP)
    return table.mean(axis=1), np.ptp(table, axis=1)


def run(folder: Path, size: Size) -> list[Line]:
    """Chart the same readings both ways, in turn."""
    count = size.many * READINGS_PER_BATCH
    readings = np.random.default_rng(4).normal(10.0, 0.2, count)
    rounds = max(2, size.rounds // 10)
    return [
        compare(
            f"X-bar/R, {count:,} readings, 8 rules",
            "2x",
            ours=partial(_charted, readings),
            base=partial(_bare, readings),
            rounds=rounds,
        ),
    ]


BENCH = Bench("spc", "control charts of long columns, all rules", run)
