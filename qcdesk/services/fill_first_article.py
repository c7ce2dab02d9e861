# SPDX-License-Identifier: Apache-2.0
"""The first-article report as filled-in data: what the records say of one unit, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import DefectClass, ProcedureContent
from qcdesk.domain.refusals import WrongState
from qcdesk.services.inspection_report import DefectLine, InspectionReport, MeasuredLine
from qcdesk.services.nonconformity_rows import NonconformityRow
from qcdesk.services.ports import UnitOfWork


@dataclass(frozen=True)
class ArticleCharacteristic:
    """One characteristic of the unit: what was asked, what both found (none: it was looked at, not measured).

    ``conforms``: None where nobody looked at it on this unit. ``tools``: numbers of the instruments.
    """

    code: str
    name: str
    defect_class: DefectClass
    unit: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    results: tuple[Decimal, ...]
    conforms: bool | None
    tools: tuple[str, ...] = ()
    nonconformities: tuple[int, ...] = ()


@dataclass(frozen=True)
class FirstArticle:
    """One unit of a batch that both have inspected. ``unit``: sample number; ``of_batch``: its number in the batch."""

    report: InspectionReport
    unit: int
    of_batch: int
    characteristics: tuple[ArticleCharacteristic, ...]
    defects: tuple[DefectLine, ...]
    certificate: int | None
    looked: bool
    """Whether both went through this unit; else nothing can be said of what they did not find."""


@dataclass(frozen=True)
class Accounted:
    """What a unit came to. ``defects``: those that are no characteristic; ``looked``: whether anybody looked at it."""

    characteristics: tuple[ArticleCharacteristic, ...]
    defects: tuple[DefectLine, ...]
    looked: bool


_NONE: Final[Mapping[str, tuple[int, ...]]] = {}


def fill_first_article(
    uow: UnitOfWork,
    report: InspectionReport,
    batch_id: str,
    unit: int | None,
    known: Sequence[NonconformityRow],
) -> FirstArticle:
    """Return what is on record of a unit (None: the first that was measured), from a report that may be seen.

    Raises: WrongState: the second check is not signed; BadInput ``unit_not_drawn``, ``first_article_tallied``.
    """
    batch = uow.batch(batch_id)
    standing = next(one for one in uow.rounds(batch.id) if one.no == report.batch.round_no)
    if standing.compared is None:
        raise WrongState(batch.number, batch.state, "compare")
    if report.tally:
        raise BadInput("first_article_tallied", where={"field": "unit"})
    units = standing.opened.units
    measured = sorted({reading.unit for line in report.measured for reading in line.readings})
    chosen = unit if unit is not None else measured[0] if measured else 1
    if not 1 <= chosen <= len(units):
        raise BadInput("unit_not_drawn", facts={"unit": chosen, "n": len(units)}, where={"field": "unit"})
    accounted = account(report, standing.opened.procedure.content, chosen, _numbers(known))
    issued = next((c.number for c in reversed(uow.certificates(batch.id)) if c.withdrawn is None), None)
    return FirstArticle(
        report,
        chosen,
        units[chosen - 1],
        accounted.characteristics,
        accounted.defects,
        issued,
        accounted.looked,
    )


def account(
    report: InspectionReport,
    content: ProcedureContent,
    chosen: int,
    numbers: Mapping[str, tuple[int, ...]] = _NONE,
) -> Accounted:
    """Return what one unit of a sample came to, for each characteristic and each defect that was looked for.

    Args: numbers: the nonconformities that are known of a code.
    """
    found = tuple(
        d
        for d in report.defects
        if d.sample_no == chosen and not d.withdrawn and d.settled != "does_not_hold"
    )
    bad = {d.code for d in found}
    looked = report.comparison is not None and any(
        one.sample_no == chosen and one.state != "not_done" for one in report.comparison.units
    )
    lines = {line.code: line for line in report.measured}
    characteristics = []
    for one in content.characteristics:
        line = lines.get(one.code)
        results = _results(line, chosen)
        conforms: bool | None = False if one.code in bad else True if looked else None
        if line is not None:
            conforms = all(map(one.inside, results)) if results else None
        characteristics.append(
            ArticleCharacteristic(
                code=one.code,
                name=one.name,
                defect_class=one.defect_class,
                unit=one.unit,
                nominal=one.nominal,
                lower=one.lower,
                upper=one.upper,
                results=results,
                conforms=conforms,
                tools=tuple(gauge.number for gauge in line.instruments)
                if line is not None and results
                else (),
                nonconformities=() if conforms else numbers.get(one.code, ()),
            )
        )
    listed = {one.code for one in content.characteristics}
    return Accounted(tuple(characteristics), tuple(d for d in found if d.code not in listed), looked)


def _results(line: MeasuredLine | None, unit: int) -> tuple[Decimal, ...]:
    return () if line is None else tuple(one.value for one in line.readings if one.unit == unit)


def _numbers(known: Sequence[NonconformityRow]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for row in known:
        for code in row.nonconformity.opened.codes:
            found[code] = (*found.get(code, ()), row.number)
    return found
