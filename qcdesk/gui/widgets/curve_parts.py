# SPDX-License-Identifier: Apache-2.0
"""What a curve on the screen is made of: axes, curves, and points with the words that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from qcdesk.gui.theme import Role

MarkShape = Literal["disc", "open_diamond"]
Dash = Literal["solid", "dashed", "dotted", "dash_dot"]
DASHES: Final[dict[Dash, tuple[float, ...]]] = {
    "solid": (),
    "dashed": (7.0, 5.0),
    "dotted": (1.5, 3.5),
    "dash_dot": (9.0, 4.0, 1.5, 4.0),
}
"""Lengths of stroke and gap in px."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis from ``low`` to ``high`` with its ticks in words; ``name`` says what it counts."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Joined points from left to right; ``told`` (one a point) is said where one hovers."""

    points: tuple[tuple[float, float], ...]
    role: Role = "text2"
    width: float = 1.4
    dash: Dash = "solid"
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with what it says where one hovers or goes to it by key.

    ``title`` and ``note`` stand beside it; ``guides`` joins it to both axes. ``span``: the ends of an interval along x,
    drawn as a bar through the point.
    """

    x: float
    y: float
    told: str
    shape: MarkShape = "disc"
    role: Role = "text2"
    radius: float = 3.4
    title: str = ""
    note: str = ""
    guides: bool = False
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class CurveParts:
    """A whole picture of curves; ``told`` is all of it in words, for who does not see it."""

    x: Axis
    y: Axis
    curves: tuple[Curve, ...] = ()
    marks: tuple[Mark, ...] = ()
    told: str = ""
