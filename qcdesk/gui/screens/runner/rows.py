# SPDX-License-Identifier: Apache-2.0
"""What the runner shows of one's own check, in words that are ready to show; of another's, only what is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qcdesk.gui.widgets.charts import Limits
from qcdesk.gui.widgets.strips import CellState, Judgement, UnitCell


@dataclass(frozen=True, slots=True)
class HeadRow:
    """Batch, person and place; ``blind`` turns the head into the dark band. ``kind``: what kind of second check it is."""

    number: str
    about: str
    person: str
    place: str
    blind: bool
    kind: str = ""
    kind_note: str = ""


@dataclass(frozen=True, slots=True)
class UnitsRow:
    """Where one is in the sample. ``here`` is an index into ``cells`` and ``strip``.

    ``only``: what is looked at on this unit, where not all is; None: in this check it is the same on each.
    """

    title: str
    of: str
    done: str
    strip: tuple[CellState, ...]
    cells: tuple[UnitCell, ...]
    here: int
    only: str | None = None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A defect on the keypad: how often it was found in this check."""

    code: str
    name: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The keys of one class; ``note`` stands beside its name or, for critical, beside its keys."""

    defect_class: str
    name: str
    note: str
    keys: tuple[KeyRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the work instruction; ``picture`` is an image or its path, ``marks`` places on it, 0 to 1."""

    progress: str
    title: str
    text: str
    picture: str | bytes = ""
    marks: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """The characteristic to be measured now."""

    characteristic: str
    name: str
    progress: str
    limits_words: str
    unit: str
    limits: Limits
    typed: str = ""
    verdict: Literal["", "inside", "outside"] = ""
    verdict_words: str = ""
    run: tuple[float, ...] = ()
    run_words: str = ""
    warning: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """The verdict so far, by class."""

    words: str
    rejected: bool
    classes: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class ActsRow:
    """Words of the bottom row: what undo takes back, what the main key says, what is possible now.

    ``skip_words``: what stands on the key beside, where it does not leave a unit out.
    """

    undo: str
    main: str
    main_icon: str = "check"
    skip: str = ""
    can_undo: bool = True
    can_skip: bool = True
    can_go_on: bool = True
    skip_words: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in the list of a review."""

    unit: str
    what: str
    state: Literal["open", "so", "not_so"]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of the first person as its second opens it; ``reading`` and ``limits`` where it was measured."""

    claim: str
    title: str
    of: str
    name: str
    defect_class: str
    value: str
    verdict: str
    limits: Limits | None
    reading: float | None
    facts: tuple[tuple[str, str], ...]
    photo: bytes
    has_photo: bool
    said: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The page of a review: what there is to open, how much is left, and the claim in view (None: nothing was found)."""

    title: str
    progress: str
    lines: tuple[ClaimLine, ...]
    here: int
    claim: ClaimRow | None
    nothing: str
    nothing_note: str


@dataclass(frozen=True, slots=True)
class LastRow:
    """The last page: what to do with the goods before one signs, and what is still missing.

    ``back``: words of the way back, where it does not lead to the units.
    """

    title: str
    steps: tuple[str, ...]
    note: str
    missing: str = ""
    go_words: str = ""
    go_to: int = 0
    back: str = ""
