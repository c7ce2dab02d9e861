# SPDX-License-Identifier: Apache-2.0
"""The certificate says who did what and what is not certain, on one page, whatever the names and the language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.reports import conformity, pages
from qcdesk.services.fill_certificate import ConformityCertificate
from qcdesk.services.inspection_report import (
    ConcessionFacts,
    InspectionReport,
    Meaning,
    Paper,
    Signature,
    VerdictState,
)
from tests.reports.reports_example import example

EN = Catalogue("en")
BY = Signature("released_by", "王敏", "31", "releaser", "2026-11-18T13:20:00+07:00", 4211)


def certificate(**changes: object) -> ConformityCertificate:
    report: InspectionReport = replace(example(), state="released")
    made = ConformityCertificate(
        123, 0, date(2026, 11, 18), report, BY, "QC1:" + "A" * 290, "1204 · 9F3A · ABCD"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def said(made: ConformityCertificate, words: Catalogue = EN, paper: Paper = "A4") -> str:
    pdf = conformity.render(made, words, paper=paper)
    assert pages.page_count(pdf) == 1
    return " ".join(pages.text(pdf)[0].split())


def test_everybody_who_signed_stands_on_it_with_name_number_time_and_event() -> None:
    text = said(certificate())
    for signature in certificate().report.signatures:
        assert signature.name in text and signature.at[:10] in text
    assert "Inspected independently by" in text and "Sampling finds faults" in text and "No. 000123" in text


def test_whoever_certifies_what_another_released_is_named() -> None:
    assert "Certified by" in said(certificate()) and "王敏" in said(certificate())
    released = next(s for s in certificate().report.signatures if s.meaning == "released_by")
    assert "Certified by" not in said(certificate(issued=released))


def test_a_reprint_says_which_copy_it_is() -> None:
    assert "Copy" not in said(certificate())
    assert "Copy 3" in said(certificate(copy=3))


def test_regraded_goods_are_certified_for_their_grade_alone() -> None:
    for terms in ("B, for inner parts", "for inner parts " * 60):
        text = said(certificate(report=replace(certificate().report, regraded=terms)))
        assert "Taken for another grade or use: " + terms[:40].strip() in text
    assert "another grade" not in said(certificate())


def test_a_release_under_concession_says_so_large() -> None:
    state: VerdictState = "released_under_concession"
    text = said(certificate(report=replace(certificate().report, state=state)))
    assert "RELEASED UNDER CONCESSION" in text and "Accepted and released" not in text


def conceded(**changes: object) -> ConformityCertificate:
    """Return a certificate of what was released under a concession; ``changes`` of the concession."""
    named: tuple[tuple[Meaning, str], ...] = (("concession_asked_by", "Lê Lan"), ("concession_approved_by", "Trần Minh"),
             ("concession_approved_by", "Phạm Nga"))  # fmt: skip
    facts = ConcessionFacts(
        60,
        date(2026, 12, 18),
        "Scratches on the rear, hidden once mounted",
        (("SCR", "Scratch"),),
        "mail of 3 November",
        tuple(replace(BY, meaning=meaning, name=name, role="concession") for meaning, name in named),
        "ACME Pumps",
        "0a1b" * 16,
    )
    report = certificate().report
    signed = tuple(s for s in report.signatures if s.meaning.startswith("inspected"))
    state: VerdictState = "released_under_concession"
    facts = replace(facts, **changes)  # type: ignore[arg-type]
    return certificate(
        report=replace(report, state=state, concession=facts, decision=None, signatures=signed)
    )


def test_a_concession_stands_on_the_certificate_whole() -> None:
    text = said(conceded())
    for part in (
        *("RELEASED UNDER CONCESSION", "60 pcs", "2026-12-18", "ACME Pumps", "mail of 3 November"),
        *("Scratches on the rear, hidden once mounted", "SCR Scratch", "0A1B 0A1B 0A1B 0A1B"),
        *(
            "Concession asked for by Lê Lan",
            "Concession approved by",
            "Trần Minh",
            "Phạm Nga",
            "Certified by",
        ),
    ):
        assert part in text
    assert "consented" not in said(conceded(consent=""))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_long_deviation_covers_nothing_of_the_code(paper: Paper) -> None:
    text = said(
        conceded(deviation="Scratches on the rear of the cover, hidden once mounted. " * 20), paper=paper
    )
    assert "Concession approved by" in text and "Site fingerprint" in text and "…" in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_long_names_and_languages_stay_on_one_page(paper: Paper) -> None:
    report = certificate().report
    long = replace(
        report,
        shop=replace(report.shop, name="A shop with a name that goes on " * 4, address="Street\n" * 5),
        batch=replace(report.batch, number="BATCH-0123456789-" * 4, product_name="Housing cover " * 12),
        signatures=tuple(replace(s, name=f"{s.name} {'of a long family ' * 5}") for s in report.signatures),
    )
    assert "BATCH-0123456789-" * 4 in said(certificate(report=long), Catalogue(STRETCHED), paper).replace(
        " ", ""
    )


def test_the_same_print_gives_the_same_bytes() -> None:
    assert conformity.render(certificate(), EN) == conformity.render(certificate(), EN)


MARKED = replace(
    BY, marks=("makers_own_check", "clock_suspect"), by_sheet=date(2026, 5, 2), suspect_from=4100
)
MARKS = (
    "Maker's own check",
    "Clock suspect",
    "Enrolled by way of the recovery sheet of 2 May 2026",
    "The key is in doubt from event 4100 on",
)


def test_nothing_is_marked_where_nothing_is_in_doubt() -> None:
    report = certificate().report
    plain = replace(
        report,
        signatures=tuple(replace(s, marks=(), by_sheet=None, suspect_from=None) for s in report.signatures),
    )
    assert not [mark for mark in MARKS if mark in said(certificate(report=plain))]


@pytest.mark.parametrize("mark", MARKS)
def test_every_doubt_about_a_signature_stands_beside_it_on_the_certificate(mark: str) -> None:
    report = certificate().report
    first, *others = report.signatures
    doubted = replace(first, marks=MARKED.marks, by_sheet=MARKED.by_sheet, suspect_from=MARKED.suspect_from)
    assert mark in said(certificate(report=replace(report, signatures=(doubted, *others))))


@pytest.mark.parametrize("mark", MARKS[1:])
def test_every_doubt_about_whoever_certifies_stands_on_the_certificate(mark: str) -> None:
    assert mark in said(certificate(issued=MARKED))


def test_a_certificate_never_says_inspected_twice_of_what_was_reviewed() -> None:
    report = certificate().report
    blind = said(certificate())
    assert "without seeing what the first had found" in blind and "not inspected twice" not in blind.lower()
    mixed = replace(report, procedure=replace(report.procedure, reviewed=("Pull force",)))
    text = said(certificate(report=mixed))
    assert "Not inspected twice, but reviewed by the second person: Pull force." in text
    alone = replace(report, procedure=replace(report.procedure, mode="review", reviewed=("Pull force",)))
    text = said(certificate(report=alone))
    assert "without seeing what the first had found" not in text
    assert "One person inspected these goods and another reviewed what the first had found" in text
    assert "Nothing here is inspected twice" in text
    assert "second person reviewed the first check" in text
