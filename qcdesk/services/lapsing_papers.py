# SPDX-License-Identifier: Apache-2.0
"""Certificates that suppliers hold and that lapse, or have lapsed: whoever plans asks for the next one in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from qcdesk.domain.events import SupplierPaper, SupplierSaved

SOON_DAYS: Final = 30
"""So long before its end a certificate is spoken of."""
_NAMES: Final = ((b"%PDF", ".pdf"), (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"PK\x03\x04", ".zip"))


@dataclass(frozen=True, slots=True)
class LapsingPaper:
    """A certificate of a supplier that lapses on a day, or did."""

    supplier: SupplierSaved
    paper: SupplierPaper
    until: date


def lapsing(
    suppliers: Iterable[SupplierSaved], today: date, days: int = SOON_DAYS
) -> tuple[LapsingPaper, ...]:
    """Return what lapses within so many days or has lapsed, what ends first first.

    A paper that another one of its kind and issuer outlives is renewed, and nobody need ask for it.
    """
    found, last = [], today + timedelta(days=days)
    for supplier in suppliers:
        ends: dict[tuple[str, str], LapsingPaper] = {}
        for paper in supplier.papers:
            kind = (paper.kind, paper.issuer)
            until = paper.until or date.max
            if kind not in ends or ends[kind].until < until:
                ends[kind] = LapsingPaper(supplier, paper, until)
        found += [one for one in ends.values() if one.until <= last]
    return tuple(sorted(found, key=lambda one: (one.until, one.supplier.name, one.paper.kind)))


def file_name(paper: SupplierPaper, content: bytes) -> str:
    """Return what a kept copy is called when it goes out: kinds of file are told by how they begin."""
    ending = next((ending for begins, ending in _NAMES if content.startswith(begins)), "")
    named = "-".join(part for part in (paper.kind, paper.number) if part)
    return "".join(sign if sign.isalnum() or sign in " -_." else "_" for sign in named) + ending
