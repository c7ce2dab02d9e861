# SPDX-License-Identifier: Apache-2.0
"""The certificate of analysis as filled-in data: the certificate of a batch with what was measured and looked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qcdesk.domain.procedures import Characteristic, DefectClass, ProcedureContent
from qcdesk.services.fill_certificate import ConformityCertificate
from qcdesk.services.inspection_report import Gauge, InspectionReport, MeasuredLine
from qcdesk.services.ports import UnitOfWork
from qcdesk.statistics.summary import Summary, summarise

FEW = 6
"""So many readings are all told."""


@dataclass(frozen=True)
class MeasuredResult:
    """A measured characteristic: what was asked, and what came out over both checks.

    ``method``: the kind of instrument that the procedure names; ``values``: each reading, where they are few.
    """

    code: str
    name: str
    defect_class: DefectClass
    unit: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    method: str
    instruments: tuple[Gauge, ...]
    summary: Summary | None
    outside: int
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class LookedFor:
    """A defect or attribute that each unit was looked at for, and on how many of them it was found."""

    code: str
    name: str
    defect_class: DefectClass
    n: int
    found: int


@dataclass(frozen=True)
class Analysis:
    """One print of a certificate with the results that it stands on."""

    certificate: ConformityCertificate
    measured: tuple[MeasuredResult, ...]
    looked: tuple[LookedFor, ...]


def fill_analysis(uow: UnitOfWork, certificate: ConformityCertificate) -> Analysis:
    """Return a filled certificate with its results, each from the records that both have signed."""
    batch = uow.batch(uow.certificate(certificate.number).fact.batch)
    content = uow.round(batch.round or "").opened.procedure.content
    report = certificate.report
    return Analysis(certificate, measured_in(report, content), looked_for(report, content))


def measured_in(report: InspectionReport, content: ProcedureContent) -> tuple[MeasuredResult, ...]:
    """Return what was measured over both checks, in the order of the procedure."""
    asked = {one.code: one for one in content.variables()}
    return tuple(_measured(line, asked[line.code]) for line in report.measured)


def _measured(line: MeasuredLine, asked: Characteristic) -> MeasuredResult:
    values = tuple(reading.value for reading in line.readings)
    return MeasuredResult(
        code=line.code,
        name=line.name,
        defect_class=asked.defect_class,
        unit=line.unit,
        nominal=line.nominal,
        lower=line.lower,
        upper=line.upper,
        method=asked.instrument_type,
        instruments=line.instruments,
        summary=summarise(values) if values else None,
        outside=line.outside,
        values=values if len(values) <= FEW else (),
    )


def looked_for(report: InspectionReport, content: ProcedureContent) -> tuple[LookedFor, ...]:
    """Return what was looked for with what both found together, as the verdict counts it; a tally has no units."""
    sizes = {line.defect_class: line.n for line in report.classes}
    standing = [d for d in report.defects if not d.withdrawn and d.settled != "does_not_hold"]
    lines = []
    for key in content.keypad():
        of = [d for d in standing if d.code == key.code]
        if report.tally:
            found = max(sum(d.count for d in of if d.found_by == place) for place in ("first", "second"))
        else:
            found = len({d.sample_no for d in of})
        lines.append(
            LookedFor(key.code, key.name, key.defect_class, sizes.get(key.defect_class, report.plan.n), found)
        )
    return tuple(lines)
