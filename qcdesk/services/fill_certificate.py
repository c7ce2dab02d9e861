# SPDX-License-Identifier: Apache-2.0
"""The certificate of conformity as filled-in data, from the signed records of the round that was released."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, tzinfo

from qcdesk.domain.anchors import printed
from qcdesk.domain.certificates import printed_code
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import local_date, to_rfc3339
from qcdesk.services.certify_batch import require_standing
from qcdesk.services.fill_report import Picture, fill_inspection_report
from qcdesk.services.inspection_report import InspectionReport, Paper, Signature
from qcdesk.services.ports import UnitOfWork


@dataclass(frozen=True)
class ConformityCertificate:
    """One print of a certificate. ``report``: the round it stands on. ``copy``: 0 for the first print.

    ``issued``: who certified it. ``code``: the characters of the printed code. ``anchor``: the log's head when it was
    printed, as paper shows it.
    """

    number: int
    copy: int
    on: date
    report: InspectionReport
    issued: Signature
    code: str
    anchor: str


def fill_certificate(
    uow: UnitOfWork,
    number: int,
    copy: int,
    *,
    on: date,
    now: int,
    zone: tzinfo,
    picture: Picture,
    head: tuple[int, str],
    site: str,
    page: Paper | None = None,
    results: bool = False,
) -> ConformityCertificate:
    """Return a print that was put on record.

    Args: results: it was counted as one with each result.
    Raises: BadInput ``unknown_certificate``: no such certificate or print; CertificateVoid, Held, SeenEventLost,
        Unverified.
    """
    certificate = uow.certificate(number)
    if not 0 <= copy < (certificate.analyses if results else certificate.printed):
        raise BadInput("unknown_certificate", facts={"number": number}, where={"field": "number"})
    require_standing(uow, certificate)
    report = fill_inspection_report(
        uow,
        certificate.fact.batch,
        certificate.person,
        on=on,
        now=now,
        zone=zone,
        picture=picture,
        head=head,
        site=site,
        page=page,
    )
    person = uow.person(certificate.person)
    return ConformityCertificate(
        number=number,
        copy=copy,
        on=certificate.fact.on,
        report=replace(report, batch=replace(report.batch, quantity=certificate.fact.quantity)),
        issued=Signature(
            meaning="released_by",
            name=person.name,
            staff=person.staff or "",
            role="releaser",
            at=to_rfc3339(certificate.at, zone),
            event=certificate.event,
            marks=("clock_suspect",) if certificate.clock_suspect else (),
            by_sheet=None if certificate.by_sheet is None else local_date(certificate.by_sheet, zone),
            suspect_from=certificate.suspect_from,
        ),
        code=printed_code(certificate.fact.code, certificate.fact.sig),
        anchor=printed(head[0], head[1], site),
    )
