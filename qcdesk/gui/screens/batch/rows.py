# SPDX-License-Identifier: Apache-2.0
"""What the batch page shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qcdesk.gui.widgets.timeline import Happening


@dataclass(frozen=True, slots=True)
class AllowedRow:
    """An act that is allowed now."""

    act: str
    words: str
    note: str
    icon: str
    kind: Literal["framed", "filled", "hold"] = "framed"


@dataclass(frozen=True, slots=True)
class WhoRow:
    """Somebody who could do it instead."""

    person: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """An act that is refused: the fact, the reason, and who can."""

    act: str
    fact: str
    why: str
    who: tuple[WhoRow, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the batch; ``wide``: it takes a line of its own."""

    name: str
    value: str
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What is allowed in the sample, per class."""

    defect_class: str
    allowed: str
    basis: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """The whole page. ``heading``: that nothing of it is inspected twice, or (``conceded``) released under concession."""

    back: str
    number: str
    state: str
    about: str
    ship_by: str
    ship_in: str
    late: bool
    steps: tuple[tuple[str, str], ...]
    step: int
    step_mark: str
    facts: tuple[FactRow, ...]
    limits: tuple[LimitRow, ...]
    happened: tuple[Happening, ...]
    round: str
    blind_note: str
    allowed: tuple[AllowedRow, ...]
    refused: tuple[RefusedRow, ...]
    picture: str = ""
    hold: str = ""
    hold_note: str = ""
    heading: str = ""
    conceded: bool = False
    printed: tuple[Happening, ...] = ()
