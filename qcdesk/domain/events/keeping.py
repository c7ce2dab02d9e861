# SPDX-License-Identifier: Apache-2.0
"""Certificates: issued for a released batch, printed and printed again, withdrawn with the release."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact

Certified = Literal["released", "released_under_concession"]


@dataclass(frozen=True)
class CertificateIssued(Fact):
    """A releaser certifies a released batch; numbers run from 1 without a gap.

    ``release``: number of the event that released it. ``record``: SHA-256 of the round's record. ``code``: the bytes in
    the printed code (domain/certificates.py), ``sig`` the releaser's signature of kind ``certificate`` on them.
    """

    TYPE = "certificate.issued"
    STRENGTH = "act"
    certificate: int
    batch: str
    round: str
    release: int
    verdict: Certified
    quantity: int
    on: date
    record: str
    code: bytes
    sig: bytes


@dataclass(frozen=True)
class CertificatePrinted(Fact):
    """A certificate is printed: 0 the first time, after that copy 1, 2 and so on.

    ``results``: as a certificate of analysis, with each result, whose prints are counted by themselves.
    """

    TYPE = "certificate.printed"
    certificate: int
    batch: str
    copy: int
    results: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class CertificateWithdrawn(Fact):
    """A certificate is void, since the release was taken back."""

    TYPE = "certificate.withdrawn"
    STRENGTH = "act"
    certificate: int
    batch: str
    reason: str
