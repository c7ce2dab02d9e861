# SPDX-License-Identifier: Apache-2.0
"""What the plan explorer shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qcdesk.gui.screens.explorer.plans import Fields
from qcdesk.gui.widgets.curve_parts import CurveParts

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields offer beside the tables: procedures and suppliers, (code, words)."""

    procedures: tuple[Choice, ...]
    suppliers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan in the comparison. ``here``: the one that is looked at; ``kept``: put there by hand."""

    name: str
    how: str
    good: str
    bad: str
    worst: str
    units: str
    time: str
    fields: Fields
    here: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Explored:
    """The whole answer.

    ``sentence`` in large letters, ``more`` under it a sentence each. ``warning``: why it is a bad plan. ``source``: where
    it stands and what that rests on. ``others``: what the other classes of the procedure would have.
    """

    sentence: str
    more: tuple[str, ...]
    warning: str
    source: str
    others: str
    chart: CurveParts
    rows: tuple[PlanRow, ...]
    time_note: str


@dataclass(frozen=True, slots=True)
class Use:
    """The chosen plan as the fields of a procedure's class rule."""

    procedure: str
    defect_class: str
    rule: Mapping[str, str]
