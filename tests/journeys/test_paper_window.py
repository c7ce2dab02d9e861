# SPDX-License-Identifier: Apache-2.0
"""A paper is dropped on the window by somebody who is not signed in, and the window says what it proves."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from qcdesk.checker import sealing
from qcdesk.config import Settings
from qcdesk.gui.app import Program
from qcdesk.gui.screens.papers.view import PapersView
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import PaperFacts
from qcdesk.signing.companies import StationCompany
from qcdesk.store.evidence import sealed_paper
from tests.company_files import NAME, PASSWORD, MemoryKeyring, company_file
from tests.journeys.conftest import opened
from tests.journeys.driving import Hands
from tests.workspace import Bench, HandClock, House


@pytest.fixture
def certificate(house: House, tmp_path: Path) -> Path:
    """The file of a certificate of this house, printed where its workstation is known."""
    house.batch("LOT-1")
    house.check("linh", "LOT-1")
    house.check("som", "LOT-1")
    batch = house.use.read.batch_by_number("LOT-1")
    house.use.release_batch(house.hands["som"], batch)
    issued = house.use.issue_certificate(house.hands["som"], batch).certificate
    printed = house.use.print_certificate(house.sittings["som"], issued)
    drawn = house.use.printing.certificate(printed.number, printed.copy)
    with house.use.look() as uow:
        vault, quantity = uow.vault, uow.certificate(issued).fact.quantity
    facts = PaperFacts(
        "conformity",
        batch,
        "LOT-1",
        1,
        "released",
        quantity,
        house.clock.now(),
        printed.number,
        printed.copy,
    )
    with house.database.reading() as connection:
        sealed = sealed_paper(connection, drawn, facts, Bench(house.clock).hand(vault))
    assert sealed is not None
    file = tmp_path / "certificate.pdf"
    file.write_bytes(sealed)
    return file


def drop(hands: Hands, file: Path) -> None:
    """Let a file fall on the page."""
    view = hands.window.findChild(PapersView)
    assert isinstance(view, PapersView)
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPoint(200, 200).toPointF(), copy, carried, left, none))
    assert not view.verdict.isVisible(), "the last answer stands there while this one is read"
    hands.until(view.choosing.isEnabled, "the answer")
    hands.settle()


def scan(hands: Hands, code: str) -> None:
    """Let a scanner type a code, which ends in Return."""
    view = hands.window.findChild(PapersView)
    assert isinstance(view, PapersView)
    view.code.edit.setFocus()
    QTest.keyClicks(view.code.edit, code)
    QTest.keyClick(view.code.edit, Qt.Key.Key_Return)
    hands.until(view.choosing.isEnabled, "the answer")
    hands.settle()


def test_a_paper_is_checked_without_signing_in(
    hands: Hands, house: House, certificate: Path, tmp_path: Path
) -> None:
    hands.until(lambda: hands.here == "sign_in", "the wall")
    hands.press("Check a paper")
    assert hands.here == "check_paper"
    hands.see("No paper was looked at yet")
    drop(hands, certificate)
    for words in (
        "This paper holds",
        "สมชาย ศรีสุข",
        "Nguyễn Thị Linh",
        "The two checks were signed by two different people, each with a key of their own.",
        "What this file cannot tell",
        "The print log has no file of these very bytes",
    ):
        hands.see(words)
    changed = tmp_path / "changed.pdf"
    content = certificate.read_bytes()
    changed.write_bytes(content[:900] + bytes([content[900] ^ 1]) + content[901:])
    drop(hands, changed)
    hands.see("This paper does not hold")
    found = sealing.unsealed(content)
    assert found is not None
    changed.write_bytes(
        found.pdf
    )  # its evidence was taken out, and its pages carry words: its code proves nothing
    drop(hands, changed)
    hands.see("This paper does not hold")
    with pypdfium2.PdfDocument(content) as opened:
        opened[0].render(scale=200 / 72).to_pil().convert("RGB").save(changed, "PDF", resolution=200)
    drop(hands, changed)
    hands.see("This site has issued it, and it stands")
    hands.see("This PDF carries no evidence")
    assert not hands.reads("Who signed")
    plain = tmp_path / "notes.txt"
    plain.write_text("no paper at all", "utf-8")
    drop(hands, plain)
    assert not hands.reads("This paper holds")
    hands.see("No paper was looked at yet")
    (code,) = house.use.files.on_paper(content)[0]
    scan(hands, code)
    hands.see("This site has issued it, and it stands")
    hands.see("LOT-1")
    scan(hands, code[:-6] + "000000")
    assert not hands.reads("it stands")
    house.use.withdraw_batch(house.hands["som"], house.use.read.batch_by_number("LOT-1"), "recall")
    scan(hands, code)
    hands.see("This certificate is void")
    drop(hands, certificate)
    hands.see("The release was withdrawn since the paper was printed.")
    hands.press("Back")
    hands.until(lambda: hands.here == "sign_in", "the wall again")


def test_a_company_that_signed_the_file_is_named_with_what_that_cannot_tell(
    hands: Hands, house: House, certificate: Path, tmp_path: Path
) -> None:
    file = tmp_path / "company.p12"
    file.write_bytes(company_file())
    kept = Settings("bench", company_file=str(file))
    signed = StationCompany(house.clock, MemoryKeyring(), lambda: kept).sign(
        certificate.read_bytes(), PASSWORD
    )
    certificate.write_bytes(signed)
    hands.press("Check a paper")
    drop(hands, certificate)
    for words in ("This paper holds", "The company's signature", NAME, "no file can tell"):
        hands.see(words)
    touched = bytearray(signed)
    touched[signed.index(b"/Contents <", len(signed) // 2) + 400] ^= 1
    certificate.write_bytes(touched)
    drop(hands, certificate)
    hands.see("This paper does not hold")
    hands.see("The company's signature does not fit this file.")


def test_whoever_only_checks_papers_opens_no_shop_first(certificate: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "empty", HandClock()) as (database, use):
        program = Program(use, Settings("station", language="en", theme="light"), Catalogue())
        program.begin()
        hands = Hands(program, House.on(database, HandClock()))
        hands.until(lambda: hands.here == "set_up", "the first start")
        hands.press("Check a paper")
        drop(hands, certificate)
        hands.see("This paper holds")
        hands.press("Back")
        hands.until(lambda: hands.here == "set_up", "the first start again")
        hands.close()
