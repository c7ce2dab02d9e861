# SPDX-License-Identifier: Apache-2.0
"""Millimetres to pixels by the screen's true density, and the sizes of floor and desk mode that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QScreen

Mode = Literal["desk", "floor"]

NOMINAL_DPI = 96.0
_PLAUSIBLE_DPI = (70.0, 420.0)
"""Outside of this a screen lies about its size: projectors and remote desktops say 0, 25 or 5,000."""


def true_dpi(screen: QScreen | None) -> float:
    """Return the density in logical pixels an inch, the nominal 96 where the screen gives nothing to believe."""
    if screen is None:
        return NOMINAL_DPI
    return believable(screen.physicalDotsPerInch())


def believable(dpi: float) -> float:
    """Return ``dpi`` where a real screen can have it, else the nominal one."""
    return dpi if _PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1] else NOMINAL_DPI


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes of one mode on one screen; all lengths in logical pixels, rounded up so that a minimum stays one."""

    mode: Mode
    dpi: float = NOMINAL_DPI

    def mm(self, length_mm: float) -> int:
        """Return a length given in millimetres, in pixels."""
        return round(length_mm * self.dpi / 25.4)

    @property
    def floor(self) -> bool:
        return self.mode == "floor"

    @property
    def key(self) -> int:
        """Height of a floor key: 20 mm."""
        return self.mm(20)

    @property
    def key_least(self) -> int:
        """Least height and width of anything used per unit: 15 mm."""
        return self.mm(15)

    @property
    def key_gap(self) -> int:
        """Space between floor keys: 3 mm."""
        return self.mm(3)

    @property
    def button(self) -> int:
        """Height of a button."""
        return self.key_least if self.floor else 42

    @property
    def margin(self) -> int:
        """Margin of the window."""
        return 16 if self.floor else 28

    @property
    def padding(self) -> int:
        """Padding of a card."""
        return 14 if self.floor else 20


DESK = Metrics("desk")
FLOOR = Metrics("floor")


def metrics_for(mode: Mode, screen: QScreen | None) -> Metrics:
    """Return the sizes of a mode on a screen."""
    return Metrics(mode, true_dpi(screen))
