# SPDX-License-Identifier: Apache-2.0
"""The code on a certificate: read from paper that was tilted, blurred and stained, and refused when a bit is another.

Pages are drawn as a printer and a scanner at 200 dpi would leave them, the code 25, 30 and 40 mm wide. Every one of the
readings must succeed and give the very bytes that were signed.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from qcdesk import bootstrap
from qcdesk.checker.certificates import Sheet, Unreadable, Withdrawn, check, read, read_sheet, read_withdrawn
from qcdesk.cli.doors import Doors
from qcdesk.domain.certificates import CertificateCode, base45, printed_code
from qcdesk.domain.events import DefectCodeSaved, ProductSaved, SupplierSaved
from qcdesk.i18n import Catalogue
from qcdesk.reports import conformity, pages
from qcdesk.reports.codes import read_paper
from qcdesk.reports.paper import MM
from qcdesk.services.enrol_people import Founder
from qcdesk.services.fill_certificate import ConformityCertificate, fill_certificate
from qcdesk.services.ports import Hand
from tests.cli.console import Console
from tests.workspace import HandClock, House, cheap_keys, secret

SIZES_MM = (25, 30, 40)
SCAN_DPI = 200
ANGLES = (0, 4, 45, 172)
ROUND_ANGLES = tuple(range(0, 360, 5))


@dataclass
class Printed:
    """A site with two certificates on paper."""

    codes: list[str]
    pdfs: list[bytes]
    filled: list[ConformityCertificate]
    sheet: Sheet
    listed: Withdrawn
    releaser: Hand
    sheet_file: Path
    void_file: Path


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    folder = tmp_path_factory.mktemp("certificates")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QCDESK_STATION_FOLDER", str(folder / "station"))
        clock = HandClock()
        opened = bootstrap.open_workspace(
            str(folder / "workspace"), create=True, keys=cheap_keys(), clock=clock, station="bench 1"
        )
        use = opened.use
        _, hands = use.open_workspace(
            shop="Cơ khí Sông Hồng",
            owner=Founder("linh", "Nguyễn Thị Linh", secret("linh"), "17"),
            second=Founder("som", "สมชาย ศรีสุข", secret("som"), "23"),
        )
        house = House(use, clock, None, use.begin)  # type: ignore[arg-type]
        for login, hand in zip(("linh", "som"), hands, strict=True):
            house.hands[login], house.sittings[login] = hand, use.open_sitting(hand)
        house.supplier = use.save_supplier(house.sittings["linh"], SupplierSaved("", "S1", "Cơ khí Đông Á"))
        house.product = use.save_product(
            house.sittings["linh"], ProductSaved("", "PH-204", "Housing cover", "C")
        )
        for code, name, defect_class in (
            ("SCR", "Scratch", "minor"),
            ("DEN", "Dent", "major"),
            ("CRK", "Crack", "critical"),
        ):
            use.save_defect_code(house.sittings["linh"], DefectCodeSaved(code, name, defect_class))  # type: ignore[arg-type]
        house.approve()
        files = (folder / "people.json", folder / "void.json")
        found = Printed([], [], [], None, None, house.hands["som"], *files)  # type: ignore[arg-type]
        for number in ("DA-0418", "DA-0419"):
            fact = use.issue_certificate(house.hands["som"], house.released(number=number))
            first = use.print_certificate(house.sittings["linh"], fact.certificate)
            found.pdfs.append(use.printing.certificate(first.number, first.copy))
            with use.look() as uow:
                found.filled.append(
                    fill_certificate(
                        uow,
                        first.number,
                        first.copy,
                        on=clock.today(),
                        now=clock.now(),
                        zone=UTC,
                        picture=lambda _: None,
                        head=use.keeping.head(),
                        site=use.keeping.fingerprint(),
                    )
                )
        found.codes = [filled.code for filled in found.filled]
        use.keeping.people_sheet(house.hands["linh"], str(found.sheet_file))
        use.keeping.withdrawn_list(house.hands["linh"], str(found.void_file))
        found.sheet = read_sheet(found.sheet_file.read_bytes())
        found.listed = read_withdrawn(found.void_file.read_bytes())
        yield found
        opened.close()


# The paper ----------------------------------------------------------------------------------------------------------


def scanned(pdf: bytes, mm: int) -> Image.Image:
    """Return the part of the page with the code as a scan at 200 dpi, if the code were so wide on paper."""
    drawn = pages.render_page(pdf, 0, SCAN_DPI * mm / 30)
    page = Image.frombytes("RGBX", (drawn.width, drawn.height), drawn.pixels).convert("RGB")
    dot = drawn.height / 297  # of a millimetre
    return page.crop((0, int(drawn.height - 70 * dot), int(80 * dot), drawn.height))


def blurred(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.8, 1.2)))


def stained(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Put a coffee ring somewhere, specks everywhere, and two blots of ink of 1.6 mm inside the code.

    Not on one of its three corner squares: without those no reader finds any code of this kind, and a copy is printed.
    """
    picture = picture.copy()
    draw = ImageDraw.Draw(picture, "RGBA")
    width, height = picture.size
    dot = width / 80  # of a millimetre, were the code 30 mm
    left, top, side = 18 * dot, height - 48 * dot, 30 * dot
    x, y = left + chance.uniform(-0.5, 0.8) * side, top + chance.uniform(-0.5, 0.8) * side
    draw.ellipse((x, y, x + side, y + side), outline=(120, 80, 40, 120), width=round(1.5 * dot))
    for _ in range(2):
        x, y = left + chance.uniform(0.22, 0.78) * side, top + chance.uniform(0.22, 0.78) * side
        r = 0.8 * dot
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(60, 40, 20, 255))
    for _ in range(200):
        draw.point((chance.uniform(0, width), chance.uniform(0, height)), fill=(90, 90, 90, 255))
    return picture


def plain(picture: Image.Image, _chance: random.Random) -> Image.Image:
    return picture


TREATMENTS: tuple[Callable[[Image.Image, random.Random], Image.Image], ...] = (plain, blurred, stained)


def turned(
    paper: Image.Image,
    angle: float,
    treat: Callable[[Image.Image, random.Random], Image.Image],
    chance: random.Random,
) -> Image.Image:
    """Return the paper as it lies on the glass: stains are on the paper before it is laid, a blur is the scanner's."""
    lain = (treat(paper, chance) if treat is stained else paper).rotate(
        angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    return lain if treat is stained else treat(lain, chance)


def read_from(picture: Image.Image) -> tuple[str, ...]:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return read_paper(out.getvalue()).codes


def read_all(printed: Printed, angles: tuple[int, ...], seeds: int) -> tuple[int, list[str]]:
    """Read the code at every size, angle and treatment; how many readings, and which failed."""
    count, failed = 0, []
    for mm in SIZES_MM:
        paper = scanned(printed.pdfs[0], mm)
        for angle in angles:
            for treat in TREATMENTS:
                for seed in range(seeds):
                    chance = random.Random(f"{mm}/{angle}/{treat.__name__}/{seed}")
                    lain = turned(paper, angle + chance.uniform(-1, 1), treat, chance)
                    count += 1
                    if read_from(lain) != (printed.codes[0],):
                        failed.append(f"{mm} mm, {angle} degrees, {treat.__name__}, {seed}")
    return count, failed


def test_certificate_code_is_read_from_tilted_blurred_and_stained_paper(printed: Printed) -> None:
    count, failed = read_all(printed, ANGLES, 1)
    assert count == len(SIZES_MM) * len(ANGLES) * len(TREATMENTS)
    assert not failed


@pytest.mark.long
def test_certificate_code_is_read_at_every_angle(printed: Printed, figures: Callable[[str], None]) -> None:
    count, failed = read_all(printed, ROUND_ANGLES, 2)
    figures(f"certificate code: {count} readings at 25, 30 and 40 mm, 200 dpi, {len(failed)} failed")
    assert not failed


def test_squares_are_wide_enough_for_any_scanner_also_with_long_names(printed: Printed) -> None:
    for filled in (printed.filled[0], replace(printed.filled[0], code="QC1:" + "A" * 1_200)):
        modules = conformity.modules(filled.code)
        side = max(conformity.CODE_SIDE, modules * conformity.LEAST_MODULE)
        assert side / modules / MM >= 0.33
        pdf = conformity.render(filled, Catalogue("en"))
        assert pages.page_count(pdf) == 1
        assert read_paper(pdf).codes == (filled.code,)


# The bits -----------------------------------------------------------------------------------------------------------


def holds(code: str, sheet: Sheet, listed: Withdrawn) -> bool:
    try:
        return not check(read(code), sheet, listed)
    except Unreadable:
        return False


def test_every_flipped_bit_is_refused(printed: Printed) -> None:
    certificate = read(printed.codes[0])
    content = certificate.signed + certificate.sig
    assert holds("QC1:" + base45(content), printed.sheet, printed.listed)
    for bit in range(8 * len(content)):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not holds("QC1:" + base45(bytes(flipped)), printed.sheet, printed.listed), f"bit {bit}"


def test_every_changed_character_is_refused(printed: Printed) -> None:
    code = printed.codes[0]
    for place in range(4, len(code)):
        other = "A" if code[place] != "A" else "B"
        assert not holds(code[:place] + other + code[place + 1 :], printed.sheet, printed.listed), (
            f"character {place}"
        )


def test_what_one_releaser_makes_up_alone_does_not_hold(printed: Printed) -> None:
    """The key that certifies signs a batch which nobody registered: nothing of the site says that it knows it."""
    good = read(printed.codes[0])
    made_up = CertificateCode(
        vault=good.vault, number=3, verdict="released", quantity=5_000, on=good.on, record="1" * 64, event="2" * 64,
        key=printed.releaser.key, batch="DA-9999", product=good.product, revision=good.revision,
    ).body()  # fmt: skip
    code = printed_code(made_up, printed.releaser.sign("certificate", made_up))
    assert not holds(code, printed.sheet, printed.listed)
    found = told(printed, code)
    assert (found["status"], found["ok"]) == (1, False)
    assert "not known to the list" in str(found["problems"])


def test_a_code_cut_off_or_longer_is_refused(printed: Printed) -> None:
    for code in (*(printed.codes[0][:n] for n in range(4, len(printed.codes[0]))), printed.codes[0] + "000"):
        assert not holds(code, printed.sheet, printed.listed)


# The text beside it -------------------------------------------------------------------------------------------------


def told(printed: Printed, paper: Path | str) -> dict[str, object]:
    def reading(content: bytes) -> tuple[tuple[str, ...], str]:
        found = read_paper(content)
        return found.codes, found.text

    console = Console(Doors(open_workspace=Console().doors.open_workspace, read_paper=reading))
    ran = console(
        *("certificate", "check", str(paper), "--people", str(printed.sheet_file)),
        *("--withdrawn", str(printed.void_file), "--json"),
    )
    return {"status": ran.status, **json.loads(ran.out)}


def test_a_genuine_paper_holds(printed: Printed, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(printed.pdfs[0])
    for given in (tmp_path / "paper.pdf", printed.codes[0]):
        found = told(printed, given)
        assert (found["status"], found["ok"], found["problems"]) == (0, True, [])
        assert (found["batch"], found["signed_by"]) == ("DA-0418", "สมชาย ศรีสุข")


def test_another_batchs_text_beside_a_genuine_code_is_told(printed: Printed, tmp_path: Path) -> None:
    for changed, said in (
        (replace(printed.filled[1], code=printed.codes[0]), "DA-0418"),
        (_with(printed.filled[0], quantity=2_000), "20"),
        (_with(printed.filled[0], product_code="PH-999"), "PH-204"),
        (replace(printed.filled[0], number=7), "000001"),
    ):
        (tmp_path / "paper.pdf").write_bytes(conformity.render(changed, Catalogue("en")))
        found = told(printed, tmp_path / "paper.pdf")
        assert found["status"] == 1
        assert any(said in problem for problem in found["problems"])  # type: ignore[attr-defined]


def test_paper_without_a_code_is_refused(printed: Printed, tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "white").save(tmp_path / "blank.png")
    assert told(printed, tmp_path / "blank.png")["status"] == 2


def _with(filled: ConformityCertificate, **facts: object) -> ConformityCertificate:
    batch = replace(filled.report.batch, **facts)  # type: ignore[arg-type]
    return replace(filled, report=replace(filled.report, batch=batch))
