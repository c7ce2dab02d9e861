# SPDX-License-Identifier: Apache-2.0
"""The inspection report, read back from its PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.reports import inspection, pages
from qcdesk.services.inspection_report import (
    ComparisonFacts,
    ConcessionFacts,
    DefectLine,
    EarlierRound,
    Gauge,
    InspectionReport,
    Paper,
    Picture,
    ReviewedClaim,
    Shop,
    VerdictState,
)
from qcdesk.services.trouble import Trouble
from tests.reports.reports_example import disagreed, example, grid, signatures

WORDS = Catalogue()


def read(report: InspectionReport, words: Catalogue = WORDS) -> tuple[str, ...]:
    return tuple(page.replace("\r\n", "\n") for page in pages.text(inspection.render(report, words)))


def flat(report: InspectionReport) -> str:
    return re.sub(r"\s+", " ", " ".join(read(report)))


def test_first_page_says_verdict_batch_classes_and_signatures() -> None:
    first = read(example())[0]
    for part in (
        "Accepted and released",
        "DA-2611-0418",
        "Vĩnh Tiến Pump Works",
        "ISO 2859-1:1999",
        "Nguyễn Thị Linh",
        "สมชาย ศรีสุข",
        "李娜",
        "Inspected independently by",
        "staff no. 1057",
        "2026-11-18 16:31 +07:00",
        "Both probably missed about 1 unit; 0 to 4.",
        "Sampling finds faults; it cannot prove there are none.",
    ):
        assert part in first, part


def test_every_page_bears_batch_and_its_number() -> None:
    texts = read(example(n=1250))
    assert len(texts) > 3
    for index, page in enumerate(texts, 1):
        assert f"page {index} of {len(texts)}" in page
        assert "DA-2611-0418" in page


def test_names_in_four_scripts_are_copied_exactly() -> None:
    text = flat(example())
    for name in (
        "Công ty TNHH Cơ khí Đông Á",
        "泵壳盖",
        "王敏",
        "ตรวจสอบฝาครอบตัวเรือน",
        "Lỗ ren M6, phía trên bên phải",
        "凹痕",
    ):
        assert name in text, name


def test_same_report_gives_the_same_bytes() -> None:
    assert inspection.render(example(), WORDS) == inspection.render(example(), WORDS)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_paper_is_as_asked(paper: Paper, size: tuple[int, int]) -> None:
    pdf = inspection.render(example(), WORDS, paper=paper)
    assert tuple(map(round, pages.page_size(pdf, 0))) == size
    assert "李娜" in pages.text(pdf)[0]


def test_title_and_language_are_in_the_document() -> None:
    pdf = inspection.render(example(), WORDS)
    with pypdfium2.PdfDocument(pdf) as document:
        facts = document.get_metadata_dict()
    assert facts["Title"] == "Inspection report DA-2611-0418"
    assert facts["Author"] == "Vĩnh Tiến Pump Works"
    assert b"/Lang" in pdf


@pytest.mark.parametrize(
    "state",
    [
        "accepted",
        "released",
        "rejected",
        "disagreed",
        "quarantined",
        "released_under_concession",
        "awaiting_second",
    ],
)
def test_every_state_has_its_word_and_can_be_printed(state: VerdictState) -> None:
    words = {
        "accepted": "Accepted",
        "released": "Accepted and released",
        "rejected": "Rejected",
        "disagreed": "Disagreement",
        "quarantined": "Quarantined",
        "released_under_concession": "RELEASED UNDER CONCESSION",
        "awaiting_second": "Waiting for second check",
    }
    assert words[state] in " ".join(read(example(state=state, photos=False))[0].split())


def test_batch_on_hold_says_so_beside_its_verdict() -> None:
    batch = replace(example().batch, held=True, hold_reason="Crack seen on unit 4")
    first = read(example(batch=batch, state="accepted"))[0]
    assert "Stopped: nothing may be released or shipped" in first
    assert "Crack seen on unit 4" in first


def test_a_concession_stands_on_the_first_page_with_who_asked_and_who_approved() -> None:
    asked = replace(signatures()[0], meaning="concession_asked_by", name="Lê Lan", role="planner")
    approved = tuple(
        replace(asked, meaning="concession_approved_by", name=name, role="concession")
        for name in ("Trần Minh", "Phạm Nga")
    )
    facts = ConcessionFacts(
        60,
        date(2026, 12, 18),
        "Hidden once mounted",
        (("SCR", "Scratch"),),
        "mail of 3 May",
        (asked, *approved),
    )
    first = " ".join(
        read(example(state="released_under_concession", concession=facts, decision=None))[0].split()
    )
    for part in (
        *(
            "RELEASED UNDER CONCESSION",
            "may leave as they are until 2026-12-18",
            "Deviation: Hidden once mounted",
        ),
        *(
            "mail of 3 May",
            "Concession asked for by Lê Lan",
            "Concession approved by",
            "Trần Minh",
            "Phạm Nga",
        ),
    ):
        assert part in first


def test_missing_second_signature_is_shown_as_missing() -> None:
    first = read(example(state="awaiting_second", signatures=signatures()[:1], comparison=None))[0]
    assert "Not signed yet" in first


def test_unsigned_batch_says_that_nobody_has_signed() -> None:
    assert "Nobody has signed yet." in read(example(signatures=(), comparison=None, state="registered"))[0]


def test_makers_own_check_is_printed_beside_the_name() -> None:
    marked = replace(signatures()[0], marks=("makers_own_check",))
    assert "Maker's own check" in read(example(signatures=(marked, *signatures()[1:])))[0]


def test_third_person_earlier_rounds_and_set_aside_checks_are_told() -> None:
    text = flat(disagreed())
    for part in (
        "Decision of the third person",
        "Phạm Thu Hà looked at every disputed unit",
        "it holds",
        "Round 1, 2026-11-16: Rejected",
        "First check taken back by Nguyễn Thị Linh; it had rejected: 13 Major, 2 Minor.",
        "Interrupted by an alarm.",
        "Not done, and weighed like nonconforming units: 17, 88, 90",
        "5f1c9a0e77d2b4c1",
    ):
        assert part in text, part


def test_every_instrument_stands_by_its_check_with_its_date_and_one_that_both_used_once() -> None:
    report = example()
    used = (Gauge("CAL-1", date(2026, 3, 2), "first"), Gauge("CAL-2", None, "second"))
    report = replace(report, measured=(replace(report.measured[0], instruments=used), *report.measured[1:]))
    text = " ".join(" ".join(pages.text(inspection.render(report, WORDS))).split())
    assert "first check: CAL-1, calibrated until" in text and "second check: CAL-2" in text
    assert "Caliper C-07, calibrated until" in text and "check: Caliper C-07" not in text


def test_who_rejected_after_all_signs_with_the_reason_also_of_an_earlier_round() -> None:
    linh = replace(
        signatures()[0], meaning="rejected_after_all_by", reason="it is a crack indeed", event=20_500
    )
    before = EarlierRound(1, "rejected", date(2026, 11, 3), ("Linh",), "a bent pin", rejected_by="Linh")
    report = example(signatures=(*signatures()[:2], linh), earlier=(before,))
    text = " ".join(" ".join(pages.text(inspection.render(report, WORDS))).split())
    assert "Rejected after all by" in text and "it is a crack indeed" in text
    assert "Rejected after all by Linh: a bent pin" in text


def test_withdrawn_defect_keeps_its_reason() -> None:
    assert "Withdrawn: Oil, wiped off and looked at again." in flat(example())


def test_tally_compares_counts_without_agreement_or_estimate() -> None:
    compared = ComparisonFacts((), 0, 0, 0, 0, first_total=9, second_total=10)
    text = flat(example(tally=True, comparison=compared))
    assert "First check: 9 found. Second check: 10 found." in text
    assert "units were tallied" in text
    assert "kappa" not in text
    assert "probably missed" not in text


def test_unreliable_estimate_is_not_given_as_a_number() -> None:
    facts = ComparisonFacts(
        grid(125, 0, 2, 3),
        0,
        2,
        3,
        120,
        missed=6,
        reliable=False,
        unreliable_why="no_overlap",
    )
    text = flat(example(comparison=facts))
    assert "No estimate of what both missed. The two found nothing in common" in text
    assert "probably missed" not in text


def test_codes_of_kappa_reasons_and_roles_are_said_in_words() -> None:
    facts = ComparisonFacts(grid(125, 0, 0, 0), 0, 0, 0, 125, kappa_why="no_variation")
    signed = tuple(replace(s, role="quality_manager") for s in signatures())
    text = flat(example(comparison=facts, reasons=("critical_by_one",), signatures=signed))
    assert "agreement beyond chance has no meaning" in text
    assert "claims a critical defect that the other did not see" in text
    assert "Quality manager · staff no." in text


def test_table_headings_are_repeated_on_every_page() -> None:
    many = tuple(DefectLine("minor", f"D-{k}", f"Dent {k}", "both", k) for k in range(1, 121))
    texts = read(example(defects=many, photos=False))
    bearing = [page for page in texts if re.search(r"Dent \d+", page) and "Inspection report" in page][1:]
    assert len(bearing) >= 2
    assert all("Defect, place and note" in page for page in bearing)
    assert all(f"Dent {k}\u0020" in " ".join(texts).replace("\n", " ") for k in range(1, 121))


def test_hostile_names_change_nothing_but_their_own_place() -> None:
    evil = "<b>\u202eX</b>" + "y" * 10_000
    report = example()
    report = replace(
        report,
        shop=Shop(evil, evil),
        batch=replace(
            report.batch, number=evil, product_name=evil, supplier=evil, order=evil, unit_word=evil
        ),
        procedure=replace(report.procedure, title=evil, approved_by=evil, code=evil),
        signatures=tuple(replace(s, name=evil, role=evil, staff=evil) for s in signatures()),
        defects=tuple(replace(d, name=evil, place=evil, note=evil) for d in report.defects),
        measured=tuple(
            replace(m, name=evil, instruments=(Gauge(evil, None, "first"),), unit=evil)
            for m in report.measured
        ),
        notes=(evil,) * 4,
        reasons=(evil,) * 5,
    )
    pdf = inspection.render(report, WORDS)
    texts = pages.text(pdf)
    assert "Released by" in texts[0]
    assert "Accepted and released" in texts[0]
    assert "<b>⟨U+202E⟩X</b>" in "".join(texts).replace("\r\n", "")
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            inside = page.get_textpage().get_text_bounded(left=30, right=page.get_width() - 30)
            assert inside.count("y") == page.get_textpage().get_text_range().count("y")


def test_long_text_is_cut_in_its_place_and_stands_whole_at_the_end() -> None:
    supplier = "Công ty " + " ".join(f"từ{k}" for k in range(300))
    report = example()
    texts = read(replace(report, batch=replace(report.batch, supplier=supplier)))
    assert "[1]" in texts[0]
    assert supplier in re.sub(r"\s+", " ", texts[-1])


def test_broken_picture_leaves_a_sentence_in_its_frame() -> None:
    broken = DefectLine(
        "major", "D-1", "Dent", "both", 3, photo=Picture(b"\xff\xd8\xff no picture", "image/jpeg")
    )
    assert "This picture cannot be drawn." in flat(example(defects=(broken,)))


def test_pictures_are_never_stretched() -> None:
    pdf = inspection.render(example(), WORDS)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for item in page.get_objects(filter=(3,)):  # type: ignore[attr-defined]
                left, bottom, right, top = item.get_bounds()
                wide, high = item.get_px_size()
                assert (right - left) / (top - bottom) == pytest.approx(wide / high, rel=0.02)


def test_code_is_read_back_from_the_printed_page() -> None:
    report = example()
    image = pages.render_page(inspection.render(report, WORDS), 0, 200)
    drawn = Image.frombytes("RGB", (image.width, image.height), image.pixels, "raw", "BGRX")
    found = zxingcpp.read_barcodes(drawn)
    assert [code.text for code in found] == [report.qr]


def test_twelve_hundred_and_fifty_units_keep_their_numbers() -> None:
    texts = " ".join(read(example(n=1250, photos=False)))
    for unit in (1, 625, 1249, 1250):
        assert re.search(rf"\b{unit}\b", texts)


def test_layout_holds_in_a_longer_language() -> None:
    texts = read(disagreed(), Catalogue(STRETCHED))
    assert "李娜" in texts[0]


def test_file_is_written_whole_or_refused_as_trouble(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    inspection.write(b"%PDF-1", target)
    inspection.write(b"%PDF-2", target)
    assert target.read_bytes() == b"%PDF-2"
    assert [p.name for p in tmp_path.iterdir()] == ["report.pdf"]
    with pytest.raises(Trouble):
        inspection.write(b"%PDF-3", tmp_path / "nowhere" / "report.pdf")


def test_charts_come_after_every_fact_and_leave_the_first_page_as_it_is() -> None:
    found = tuple(DefectLine("minor", "D-1", "Dent", "both", k) for k in (1, 2))
    report = disagreed()
    report = replace(report, defects=(*report.defects, *found))
    texts = read(report)
    bare = read(replace(report, measured=(), defects=()))
    whole = "".join(texts)
    first_chart = whole.index("Measured, unit by unit")
    for fact in ("Decision of the third person", "Round 1, 2026-11-16", "Interrupted by an alarm."):
        assert whole.index(fact) < first_chart
    assert first_chart < whole.index("What was found, from the most to the least")
    assert "Measured, unit by unit" not in texts[0] and "Released by" in texts[0]
    assert "unit by unit" not in "".join(bare).replace("The sample, unit by unit", "")


@pytest.mark.parametrize(
    "mark",
    [
        "Maker's own check",
        "Clock suspect",
        "Enrolled by way of the recovery sheet of 2 May 2026",
        "The key is in doubt from event 4100 on",
    ],
)
def test_every_doubt_about_a_signature_stands_beside_it(mark: str) -> None:
    plain = tuple(replace(s, marks=(), by_sheet=None, suspect_from=None) for s in signatures())
    assert mark not in flat(example(signatures=plain))
    first, *others = plain
    marks = ("makers_own_check", "clock_suspect")
    doubted = replace(first, marks=marks, by_sheet=date(2026, 5, 2), suspect_from=4100)
    assert mark in flat(example(signatures=(doubted, *others)))


def test_who_came_by_the_recovery_sheet_is_marked_beside_the_approval_of_the_limits() -> None:
    whole = example(signatures=tuple(replace(s, by_sheet=None) for s in signatures()))
    mark = "Enrolled by way of the recovery sheet of 2 May 2026"
    assert mark not in flat(whole)
    assert mark in flat(replace(whole, procedure=replace(whole.procedure, by_sheet=date(2026, 5, 2))))


def test_a_review_is_named_in_the_heading_beside_each_characteristic_and_claim_by_claim() -> None:
    whole = example()
    report = replace(
        whole,
        procedure=replace(whole.procedure, mode="review", reviewed=("Pull force", "Weld section")),
        measured=(replace(whole.measured[0], reviewed=True), *whole.measured[1:]),
        defects=(replace(whole.defects[0], reviewed=True), *whole.defects[1:]),
        reviews=(
            ReviewedClaim(3, "PUL", "Pull force", "major", True, typed="48 N"),
            ReviewedClaim(7, "WLD", "Weld section", "critical", False, "a scratch of the saw"),
        ),
    )
    text = flat(report)
    assert "Nothing here is inspected twice: the second person reviews what the first found." in text
    assert "The check and its review accept, and the batch is released." in text
    assert "Not inspected twice: Pull force, Weld section." in text
    assert "3 Pull force 48 N Major it is so" in text
    assert "it is not so a scratch of the saw" in text
    # Of one measured line on two pages, on one of which a narrow column breaks it, and of one defect.
    assert text.replace("re\ufffeinspected", "re-inspected").count("reviewed, not re-inspected") == 3


def test_a_blind_report_says_nothing_of_review_or_of_two_samples() -> None:
    text = flat(example())
    for words in ("inspected twice", "re-inspected", "Each sample is judged by itself", "are fresh"):
        assert words not in text


def test_both_samples_of_a_split_stand_side_by_side_and_fresh_units_are_said() -> None:
    whole = example()
    samples = ((0, 0), (4, 5), (7, 6))
    report = replace(
        whole,
        procedure=replace(whole.procedure, mode="split"),
        plan=replace(whole.plan, fresh=83, overlap=42),
        classes=tuple(replace(c, samples=s) for c, s in zip(whole.classes, samples, strict=True)),
    )
    text = flat(report)
    assert "First person's sample: Critical 0, Major 4 and Minor 7." in text
    assert "Second person's sample: Critical 0, Major 5 and Minor 6." in text
    n = whole.plan.n
    assert f"Both looked at 42 units; units {n + 1} to {n + 83} are fresh, the second person's only." in text
    assert "sample split between the two" in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_page_bears_the_house_own_line_and_its_colour(paper: Paper) -> None:
    footer = "MST 0301 234 567 · จดทะเบียน 苏州 " + "x" * 80
    shop = replace(example().shop, footer=footer, accent="#7A1F5C")
    plain, own = (
        inspection.render(replace(example(), shop=one), WORDS, paper=paper) for one in (example().shop, shop)
    )
    assert all("MST 0301 234 567" in said and "x" * 80 in said for said in pages.text(own))
    assert len(pages.text(plain)) == len(pages.text(own))
    colours = {
        page.pixels[at : at + 3]
        for page in [pages.render_page(own, 0, 60)]
        for at in range(0, len(page.pixels), 4)
    }
    assert bytes((0x5C, 0x1F, 0x7A)) in colours
