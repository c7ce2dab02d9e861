# SPDX-License-Identifier: Apache-2.0
"""Touches of each batch as a u-chart, one batch a unit: which batches take more trouble than the others let expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcdesk.services.care_rows import TouchedRow
from qcdesk.statistics.attributes_charts import u_chart
from qcdesk.statistics.control_charts import Chart

FEWEST = 8
"""With fewer batches nothing is said of what is usual."""


@dataclass(frozen=True)
class TouchChart:
    """The batches, how often one is touched on average, and the chart; None: too few, or nobody touched any."""

    rows: tuple[TouchedRow, ...]
    average: float
    chart: Chart | None

    @property
    def limit(self) -> float | None:
        """Return above how many touches something is wrong."""
        return None if self.chart is None else float(self.chart.main.ucl[0])

    @property
    def over(self) -> tuple[TouchedRow, ...]:
        """Return the batches above the limit."""
        limit = self.limit
        return () if limit is None else tuple(row for row in self.rows if row.touches > limit)


def touch_chart(rows: Sequence[TouchedRow]) -> TouchChart:
    """Return the chart of batches in their order, oldest first."""
    counts = [row.touches for row in rows]
    average = sum(counts) / len(counts) if counts else 0.0
    chart = u_chart(counts, 1, rules="shewhart") if len(counts) >= FEWEST and len(set(counts)) > 1 else None
    return TouchChart(tuple(rows), average, chart)
