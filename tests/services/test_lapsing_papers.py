# SPDX-License-Identifier: Apache-2.0
"""Certificates that lapse are told in time, and no longer once another one outlives them."""

from __future__ import annotations

from datetime import date, timedelta

from qcdesk.domain.events import SupplierPaper, SupplierSaved
from qcdesk.services.lapsing_papers import file_name, lapsing

TODAY = date(2026, 3, 2)


def paper(days: int | None, kind: str = "ISO 9001", issuer: str = "TÜV") -> SupplierPaper:
    return SupplierPaper(kind, "1", issuer, None if days is None else TODAY + timedelta(days=days))


def found(*papers: SupplierPaper, days: int = 30) -> list[int]:
    said = lapsing([SupplierSaved("s", "S1", "Works", papers=papers)], TODAY, days)
    return [(one.until - TODAY).days for one in said]


def test_what_lapses_within_thirty_days_or_has_lapsed_is_told_the_first_to_end_first() -> None:
    assert found(paper(30, "A"), paper(31, "B"), paper(-400, "C"), paper(None, "D"), paper(0, "E")) == [
        -400,
        0,
        30,
    ]
    assert found(paper(31, "B"), days=31) == [31]


def test_what_another_one_of_its_kind_and_issuer_outlives_is_renewed() -> None:
    assert found(paper(-1), paper(400)) == []
    assert found(paper(-1), paper(None)) == []
    assert found(paper(-9), paper(-1)) == [-1]
    assert found(paper(-1), paper(400, issuer="another house")) == [-1]


def test_a_copy_is_called_after_its_certificate_and_what_it_is() -> None:
    iso = SupplierPaper("ISO 9001:2015", "12/34")
    assert file_name(iso, b"%PDF-1.7") == "ISO 9001_2015-12_34.pdf"
    assert file_name(SupplierPaper("材质证明"), b"\x89PNG\r\n") == "材质证明.png"
    assert file_name(iso, b"plain words") == "ISO 9001_2015-12_34"
