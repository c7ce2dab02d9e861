# SPDX-License-Identifier: Apache-2.0
"""What two checks measured, side by side with the limits, in words; for whoever compares or decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qcdesk.domain.procedures import Characteristic
from qcdesk.gui.widgets.charts import Limits
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ComparisonPage, MeasuredRow
from qcdesk.wording.readings import between, outside_by


@dataclass(frozen=True, slots=True)
class MeasuredCell:
    """One person's reading: as typed with its unit, how it lies, with what, and where on the scale."""

    value: str
    note: str
    outside: bool
    at: float
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredPair:
    """One unit and characteristic with the readings of both; None: that person has none of it.

    ``apart``: by how much the two differ, "" where only one measured.
    """

    unit: str
    number: int
    code: str
    name: str
    limits_words: str
    limits: Limits
    first: MeasuredCell | None
    second: MeasuredCell | None
    apart: str

    @property
    def outside(self) -> bool:
        """Whether either reading is out of limits."""
        return any(cell is not None and cell.outside for cell in (self.first, self.second))


def measured_pairs(page: ComparisonPage, words: Catalogue) -> tuple[MeasuredPair, ...]:
    """Return every unit and characteristic that either measured: out of limits first, then by unit."""
    kinds = {c.code: c for c in page.content.variables()}
    first, second = _standing(page.first_measured), _standing(page.second_measured)
    order = {code: place for place, code in enumerate(kinds)}
    marks = sorted({*first, *second}, key=lambda mark: (mark[0], order.get(mark[1], len(order))))
    pairs = [
        _pair(mark, kinds[mark[1]], first.get(mark), second.get(mark), words)
        for mark in marks
        if mark[1] in kinds
    ]
    return tuple(sorted(pairs, key=lambda pair: not pair.outside))


def _standing(rows: Sequence[MeasuredRow]) -> dict[tuple[int, str], MeasuredRow]:
    return {(row.unit, row.characteristic): row for row in rows if not row.replaced}


def _pair(
    mark: tuple[int, str],
    c: Characteristic,
    first: MeasuredRow | None,
    second: MeasuredRow | None,
    words: Catalogue,
) -> MeasuredPair:
    say = words.say
    apart = ""
    if first is not None and second is not None:
        by = abs(Decimal(first.value) - Decimal(second.value))
        apart = say("{by} {unit}", by=by, unit=c.unit) if by else say("none")
    return MeasuredPair(
        unit=say("Unit {unit}", unit=mark[0]),
        number=mark[0],
        code=c.code,
        name=c.name,
        limits_words=between(c, words),
        limits=_limits(c),
        first=_cell(first, c, words),
        second=_cell(second, c, words),
        apart=apart,
    )


def _cell(row: MeasuredRow | None, c: Characteristic, words: Catalogue) -> MeasuredCell | None:
    if row is None:
        return None
    value = Decimal(row.value)
    note = words.say("inside the limits") if row.inside else outside_by(value, c.lower, c.upper, words)
    shown = words.say("{value} {unit}", value=row.typed, unit=row.measure)
    return MeasuredCell(shown, note, not row.inside, float(value), row.instrument or "")


def _limits(c: Characteristic) -> Limits:
    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    def text(value: Decimal | None) -> str:
        return "" if value is None else str(value)

    return Limits(
        number(c.lower), number(c.upper), number(c.nominal), text(c.lower), text(c.upper), text(c.nominal)
    )
