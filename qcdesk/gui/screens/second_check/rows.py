# SPDX-License-Identifier: Apache-2.0
"""What the page about the second check shows."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.simulating import SecondCheck
from qcdesk.services.chart_pictures import ChartPicture

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way of checking. ``led``: the one that the sentence speaks of; texts are empty until it was played."""

    way: SecondCheck
    name: str
    ships: str = ""
    between: str = ""
    units: str = ""
    minutes: str = ""
    left: str = ""
    cost: str = ""
    led: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of it so far.

    ``sentence`` and ``lines``: in words. ``ways`` and ``shares``: the two charts. ``assumed``: what all of it rests on.
    ``paid``: whether costs are shown.
    """

    sentence: str
    lines: tuple[str, ...]
    ways: ChartPicture
    shares: ChartPicture
    rows: tuple[WayRow, ...]
    assumed: str
    paid: bool = False
