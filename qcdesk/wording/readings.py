# SPDX-License-Identifier: Apache-2.0
"""Readings and their limits in words."""

from __future__ import annotations

from decimal import Decimal

from qcdesk.domain.procedures import Characteristic
from qcdesk.i18n import Catalogue


def between(c: Characteristic, words: Catalogue) -> str:
    """Return the limits of a measured characteristic, with its unit."""
    say = words.say
    if c.lower is not None and c.upper is not None:
        return say("{low} to {high} {unit}", low=c.lower, high=c.upper, unit=c.unit)
    if c.upper is not None:
        return say("up to {high} {unit}", high=c.upper, unit=c.unit)
    return say("{low} {unit} and more", low=c.lower, unit=c.unit)


def outside_by(value: Decimal, lower: Decimal | None, upper: Decimal | None, words: Catalogue) -> str:
    """Return how far a reading is out of its limits."""
    if upper is not None and value > upper:
        return words.say("{by} above the upper limit", by=value - upper)
    if lower is not None and value < lower:
        return words.say("{by} below the lower limit", by=lower - value)
    return words.say("out of limits")
