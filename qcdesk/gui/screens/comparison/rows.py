# SPDX-License-Identifier: Apache-2.0
"""What the comparison shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.measured_pairs import MeasuredPair
from qcdesk.gui.widgets.pictures import FoundBy, GridUnit


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """The verdict with its reason and the next step; ``state`` gives shape and colour."""

    state: str
    title: str
    reason: str
    next_title: str
    next_note: str
    act: str = ""
    act_words: str = ""
    act_icon: str = ""


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One entry above the grid: how many units, and who found them."""

    found: FoundBy
    count: str
    words: str


@dataclass(frozen=True, slots=True)
class MissedRow:
    """What one caught and the other missed, without blame."""

    found: FoundBy
    unit: str
    unit_number: int
    defect_class: str
    defect: str
    place: str
    missed: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class AloneRow:
    """What one found where the other did not look, and why nobody missed it. ``doubted``: the second says not so."""

    found: FoundBy
    unit: str
    defect_class: str
    defect: str
    place: str
    why: str
    photo: str = ""
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of two samples judged by itself: whose, how many units, the verdict, and each class with whether it rejects."""

    title: str
    note: str
    verdict: str
    rejected: bool
    classes: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """What both probably missed. ``interval`` (point, low, high) None: no estimate, ``sentence`` says why.

    ``circles``: there is something that both looked at.
    """

    names: tuple[str, str]
    notes: tuple[str, str]
    counts: tuple[int, int, int]
    sentence: str
    interval: tuple[float, float, float] | None
    how: str
    meaning: str
    circles: bool = True


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """How many units were judged alike; ``share`` None where units are not told apart."""

    count: str
    words: str
    share: float | None
    floor: float | None = None
    floor_words: str = ""
    state: str = ""
    state_words: str = ""


@dataclass(frozen=True, slots=True)
class CheckerRow:
    """One of the two people; ``marks``: what stands beside the signature."""

    name: str
    note: str
    found: str
    found_note: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRow:
    """The whole page. ``heading``: that nothing was inspected twice; ``alone``: what only one of the two looked at.

    ``measured``: every reading of the two. ``severities``: how strictly each class was inspected, and why.
    """

    back: str
    subject: str
    verdict: VerdictRow
    legend: tuple[LegendRow, ...]
    units: tuple[GridUnit, ...]
    missed: tuple[MissedRow, ...]
    missed_note: str
    estimate: EstimateRow
    agreement: AgreementRow
    people: tuple[CheckerRow, CheckerRow]
    tally: str = ""
    nothing_missed: str = ""
    heading: str = ""
    samples: tuple[SampleRow, ...] = ()
    alone: tuple[AloneRow, ...] = ()
    alone_note: str = ""
    alone_title: str = ""
    units_hint: str = ""
    measured: tuple[MeasuredPair, ...] = ()
    severities: str = ""
