# SPDX-License-Identifier: Apache-2.0
"""Certifying a released batch: issued once by a releaser, printed and printed again, void with the release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qcdesk.domain.certificates import CertificateCode
from qcdesk.domain.events import CertificateIssued, CertificatePrinted
from qcdesk.domain.events.keeping import Certified
from qcdesk.domain.refusals import AlreadyCertified, CertificateVoid, NotReleased, Unverified
from qcdesk.services.foresight import case_of
from qcdesk.services.ports import Certificate, Hand, UnitOfWork
from qcdesk.services.settle_round import require_nothing_lost

RELEASED: tuple[Certified, ...] = ("released", "released_under_concession")


@dataclass(frozen=True)
class ToPrint:
    """A certificate and which print of it comes next: 0 is the first, after it copy 1, 2 and so on.

    ``results``: it is printed as a certificate of analysis, with each result; else of conformity.
    """

    number: int
    copy: int
    results: bool = False


def issue_certificate(
    uow: UnitOfWork, act: Hand, batch_id: str, on: date, day: date | None = None
) -> CertificateIssued:
    """Certify what was released, under a concession too, with the next number; the releaser's own key signs its code.

    Args: on: the day that stands on it; day: by which roles are asked, where that is another.
    Raises: NotReleased, Held, ConcessionExpired, MissingRole, NotActive, AlreadyCertified, SeenEventLost, Unverified.
    """
    with uow:
        batch = uow.batch(batch_id)
        verdict = next((one for one in RELEASED if one == batch.state), None)
        if verdict is None:
            raise NotReleased(batch.number, batch.state)
        batch.require_not_held()
        batch.require_in_time(max(on, day or on))
        case = case_of(uow, batch, day or on)
        person = uow.person(act.person)
        person.require_role("releaser", day or on, case.families)
        require_nothing_lost(uow)
        if not uow.batch_verifies(batch.id):
            raise Unverified(batch.number, uow.verification_failed)
        release, record = _release(uow, batch.round or "")
        for earlier in uow.certificates(batch.id):
            if earlier.fact.release == release and earlier.withdrawn is None:
                raise AlreadyCertified(batch.number, earlier.number)
        header = uow.round(batch.round or "").opened.header
        number = uow.last_certificate() + 1
        code = CertificateCode(
            vault=uow.vault,
            number=number,
            verdict=verdict,
            quantity=batch.released,
            on=on,
            record=record,
            event=uow.event_hash(release),
            key=act.key,
            batch=header.number,
            product=header.product_code,
            revision=header.revision,
        ).body()
        fact = CertificateIssued(
            certificate=number,
            batch=batch.id,
            round=batch.round or "",
            release=release,
            verdict=verdict,
            quantity=batch.released,
            on=on,
            record=record,
            code=code,
            sig=act.sign("certificate", code),
        )
        uow.append(fact, act)
        uow.commit()
    return fact


def _release(uow: UnitOfWork, round_id: str) -> tuple[int, str]:
    """Return the event that released the goods of a round, and the record it stands on."""
    conceded = uow.given_concession(round_id)
    if conceded is not None:
        return conceded.event, conceded.record
    signed = next(s for s in uow.sign_offs(round_id) if s.place == "release")
    return signed.event, signed.record


def print_certificate(
    uow: UnitOfWork, entry: Hand, number: int, on: date, *, results: bool = False
) -> ToPrint:
    """Put on record that a certificate is printed, and say as which copy; the paper is made from this alone.

    Args: results: as a certificate of analysis, whose prints are counted by themselves.
    Raises: BadInput ``unknown_certificate``; CertificateVoid, Held, NotActive, ReadsOnly, SeenEventLost, Unverified.
    """
    with uow:
        certificate = uow.certificate(number)
        uow.person(entry.person).require_any_role(on)
        require_standing(uow, certificate)
        copy = certificate.analyses if results else certificate.printed
        fact = CertificatePrinted(number, certificate.fact.batch, copy, results)
        uow.append(fact, entry)
        uow.commit()
    return ToPrint(number, fact.copy, results)


def standing_certificate(uow: UnitOfWork, batch_id: str) -> Certificate | None:
    """Return the certificate of the release that stands, of which a copy can be printed; None: to be issued first.

    Of a batch that is not released any more it is the last one, whose refusal says that it is void.
    """
    batch = uow.batch(batch_id)
    found = uow.certificates(batch.id)
    if batch.state not in RELEASED:
        return found[-1] if found else None
    return next((c for c in reversed(found) if c.withdrawn is None and c.fact.round == batch.round), None)


def require_standing(uow: UnitOfWork, certificate: Certificate) -> None:
    """Refuse to print what does not stand: nothing comes out of the printer for it.

    Raises: CertificateVoid, Held, SeenEventLost, Unverified.
    """
    batch = uow.batch(certificate.fact.batch)
    if (
        certificate.withdrawn is not None
        or batch.state != certificate.fact.verdict
        or batch.round != certificate.fact.round
    ):
        raise CertificateVoid(certificate.number, batch.number)
    batch.require_not_held()
    require_nothing_lost(uow)
    if not uow.batch_verifies(batch.id):
        raise Unverified(batch.number, uow.verification_failed)
