# SPDX-License-Identifier: Apache-2.0
"""What the board shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaitCard:
    """One thing that waits for the person: ``act`` is the use case's name, ``state`` gives word, shape, colour."""

    act: str
    key: str
    state: str
    subject: str
    product: str
    supplier: str
    age: str
    ship_by: str
    late: bool
    button: str
