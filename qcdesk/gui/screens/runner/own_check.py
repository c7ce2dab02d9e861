# SPDX-License-Identifier: Apache-2.0
"""Where one is in one's own check, and what its page tells of every unit: done, found, measured, still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.procedures import Characteristic, ProcedureDefect
from qcdesk.domain.sampling import DefectClass
from qcdesk.gui.screens.runner.review import Review
from qcdesk.services.rows import FindingRow, MeasuredRow, OwnCheckPage, UnitRow

SERIOUSNESS: Final[tuple[DefectClass, ...]] = ("critical", "major", "minor")
KEYS_BY_CLASSES: Final = {1: 12, 2: 8, 3: 4}
"""How many keys a class may have before the rest stands behind one more: the page never scrolls."""


@dataclass(frozen=True, slots=True)
class Did:
    """Something that undo takes back: a finding, or going on from a unit."""

    what: Literal["found", "went"]
    finding: str = ""
    name: str = ""
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """Where one is: the page as it was read last, and the unit in hand (``index`` into its units).

    ``waiting``: units whose result is being saved. ``last``: one is on the last page. ``review``: None outside any.
    ``measuring``: the characteristic one is at, where one has chosen it. ``did``: what undo would take back.
    """

    page: OwnCheckPage
    index: int
    waiting: frozenset[int] = frozenset()
    last: bool = False
    review: Review | None = None
    measuring: str | None = None
    did: Did | None = None

    @property
    def place(self) -> int:
        """Where the unit in hand stands among the units of the check."""
        return min(self.index, len(self.page.units) - 1)

    @property
    def unit(self) -> UnitRow:
        """The unit in hand."""
        return self.page.units[self.place]

    @property
    def standing(self) -> list[FindingRow]:
        """What was found on the unit in hand, or in a tally, and not withdrawn."""
        unit = None if self.page.tally else self.unit.unit
        return [f for f in self.page.findings if f.withdrawn is None and f.unit == unit]

    @property
    def missing(self) -> str | None:
        """The characteristic whose reading is still missing on the unit in hand: missing is not good."""
        return missing(self.page, self.unit.unit)

    @property
    def current(self) -> str | None:
        """What is measured now: what one is at, else what is missing, else the last one there is."""
        if self.page.tally or self.last:
            return None
        if self.review is not None:
            claim = self.review.claim
            variables = {c.code for c in self.page.procedure.content.variables()}
            return claim.code if claim is not None and claim.code in variables else None
        asked_here = asked(self.page, self.unit.unit)
        if not asked_here:
            return None
        return self.measuring or self.missing or asked_here[-1].code


def left_at(page: OwnCheckPage) -> int:
    """Return where the check was left: the unit touched last, unless it is done; else the next open one."""
    finished = done_units(page)
    touched = [(f.at, f.unit) for f in page.findings if f.unit is not None] + [
        (m.at, m.unit) for m in page.measured
    ]
    if touched:
        unit = max(touched)[1]
        if unit not in finished:
            return index_of(page, unit)
    return next((i for i, u in enumerate(page.units) if u.unit not in finished), max(0, len(page.units) - 1))


def index_of(page: OwnCheckPage | None, unit: int) -> int:
    """Return where a sample number stands among the units of a check: the second person may have only some of them."""
    units = page.units if page is not None else ()
    return next((i for i, one in enumerate(units) if one.unit == unit), 0)


def done_units(page: OwnCheckPage) -> frozenset[int]:
    """Return the sample numbers of the units that are done."""
    return frozenset(unit.unit for unit in page.units if unit.done)


def by_findings(page: OwnCheckPage) -> bool:
    """Tell whether what is found may change how many units are asked for."""
    staged = page.plan is not None and any(one.stages for one in page.plan.classes)
    return staged or page.procedure.content.curtail


def to_gather(page: OwnCheckPage) -> bool:
    """Tell whether a sample has still to be gathered: nothing of it is on record, and units are told apart."""
    begun = page.findings or page.measured or any(unit.done for unit in page.units)
    return not page.tally and (bool(page.further) or (page.place == "first" and not begun))


def keys_of(page: OwnCheckPage, defect_class: str) -> list[ProcedureDefect]:
    """Return the keys of a class; what the second person only reviews has none."""
    content = page.procedure.content
    reviewed = codes_in_review(content) if page.place == "second" else frozenset[str]()
    return [k for k in content.keypad() if k.defect_class == defect_class and k.code not in reviewed]


def most_keys(page: OwnCheckPage) -> int:
    """Return how many keys a class may have."""
    classes = {key.defect_class for key in page.procedure.content.keypad()}
    return KEYS_BY_CLASSES.get(len(classes), 4)


def asked(page: OwnCheckPage, unit: int) -> tuple[Characteristic, ...]:
    """Return what is measured on a unit in this check: of a sample of one's own, or in review, not everything."""
    measures = next((u.measures for u in page.units if u.unit == unit), None)
    return tuple(c for c in page.procedure.content.variables() if measures is None or c.code in measures)


def reading_of(page: OwnCheckPage, unit: int, code: str) -> MeasuredRow | None:
    """Return the reading that stands for a characteristic of a unit."""
    found = [m for m in page.measured if m.unit == unit and m.characteristic == code and not m.replaced]
    return found[-1] if found else None


def missing(page: OwnCheckPage, unit: int) -> str | None:
    """Return the first characteristic of a unit that has no reading yet."""
    return next((c.code for c in asked(page, unit) if reading_of(page, unit, c.code) is None), None)


def outside(page: OwnCheckPage, unit: int) -> list[MeasuredRow]:
    """Return what stands of a unit outside its limits."""
    return [m for m in page.measured if m.unit == unit and not m.inside and not m.replaced]


def good_instruments(page: OwnCheckPage, today: date) -> dict[str, str]:
    """Return with which instrument each characteristic is measured: the one used last, or the only one that is good."""
    used = {m.characteristic: m.instrument for m in page.measured if m.instrument}
    chosen: dict[str, str] = {}
    for c in page.procedure.content.variables():
        good = [
            i.number
            for i in page.instruments
            if c.measured_with(i.kind)
            and not i.blocked
            and i.calibrated_until is not None
            and i.calibrated_until >= today
        ]
        last = used.get(c.code)
        if last:
            chosen[c.code] = last
        elif len(good) == 1 and c.instrument_type:
            chosen[c.code] = good[0]
    return chosen
