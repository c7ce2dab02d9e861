# SPDX-License-Identifier: Apache-2.0
"""Where a panel of a chart lies on its field: from figures to places and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qcdesk.services.drawing_primitives import Point

Measure = Callable[[str, float, int], float]
"""Width of a text in a size and weight, in the units of the field."""


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """Where a panel's data lie on the field, and which figures its edges are."""

    x: float
    y: float
    width: float
    height: float
    low_x: float
    high_x: float
    low_y: float
    high_y: float

    def at(self, x: float, y: float) -> Point:
        """Return the place of a pair of figures on the field."""
        across = (x - self.low_x) / (self.high_x - self.low_x)
        up = (y - self.low_y) / (self.high_y - self.low_y)
        return self.x + self.width * across, self.y + self.height * (1 - up)

    def figures(self, x: float, y: float) -> tuple[float, float]:
        """Return the pair of figures at a place on the field."""
        across, up = (x - self.x) / self.width, 1 - (y - self.y) / self.height
        return (
            self.low_x + across * (self.high_x - self.low_x),
            self.low_y + up * (self.high_y - self.low_y),
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a place on the field is in the panel."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def inside(value: float, place: PanelPlace) -> float:
    """Return a figure of the upright axis, brought to its end where it lies beyond."""
    return min(max(value, place.low_y), place.high_y)
