# SPDX-License-Identifier: Apache-2.0
"""Report and stickers are shown, printed and saved from one PDF; a print that fails or is cancelled sends nothing."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from qcdesk import config
from qcdesk.domain.refusals import WrongState
from qcdesk.gui.printers import PrintJob, new_printer
from qcdesk.gui.screens.report.habits import Habits
from qcdesk.gui.screens.report.papers import ReportWays
from qcdesk.gui.screens.report.presenter import ReportPresenter
from qcdesk.gui.screens.report.view import ReportView
from qcdesk.i18n import load
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.labels import LabelWish
from qcdesk.services.printers import NoPrinters
from qcdesk.services.prints import Print
from qcdesk.wording.chart_pictures import OperatingCurve, oc_picture
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.journeys.lives import pdf_text
from tests.reports.queue import fake_queue


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return " ".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    finally:
        document.close()


class Page:
    def __init__(self, desk: Desk, **answers: object) -> None:
        self.desk = desk
        usual: dict[str, object] = {
            "pixel_ratio": 1.0,
            "print_range": ((0,), 150),
            "paint_on_paper": True,
            "end_printing": True,
        }
        self.view = Remembers(**{**usual, **answers})
        self.left: list[str] = []
        self.went_on: list[str] = []
        self.to_log: list[bool] = []
        self.habits: dict[str, dict[str, str]] = {}
        self.presenter = ReportPresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            desk.who,
            desk.notices.append,
            ReportWays(self.left.append, self.went_on.append, lambda: self.to_log.append(True)),
            Habits(lambda kind: self.habits.get(kind, {}), self.habits.__setitem__),
            Remembers(),
            desk.ask,
        )


def test_pages_are_those_of_the_saved_file(desk: Desk, tmp_path: Path) -> None:
    page = Page(desk)
    page.presenter.open(desk.house.released())
    width, height, pixels, place, zoom, ends, _ = page.view.last("show_page")
    assert (place[:9], zoom) == ("Page 1 of", "125 %")
    assert len(pixels) == width * height * 4
    assert ends[0]
    page.presenter.save(str(tmp_path / "r.pdf"))
    saved = (tmp_path / "r.pdf").read_bytes()
    assert desk.house.use.printing.page(saved, 0, 120) == (width, height, pixels)


def test_report_that_would_break_the_blind_shows_nothing(desk: Desk) -> None:
    batch = desk.house.batch()
    desk.house.check("som", batch)
    page = Page(desk)
    page.presenter.open(batch)
    if page.view.problems:
        assert "show_page" not in page.view.told
    else:  # it is printed as far as this person may see it
        assert page.view.told["show_page"]


def test_stickers_are_shown_on_the_same_page_as_the_report(desk: Desk, tmp_path: Path) -> None:
    batch = desk.house.batch("DA-1")
    desk.house.start("linh", batch)
    page = Page(desk)
    page.presenter.open_stickers(batch)
    title, _note, name, back, _ = page.view.last("show_paper")
    assert (title, name, back) == ("Stickers for DA-1", "Stickers for DA-1.pdf", "Back to the batch")
    assert page.view.told["show_page"]
    page.presenter.save(str(tmp_path / "s.pdf"))
    assert (tmp_path / "s.pdf").read_bytes() == desk.house.use.printing.stickers(batch)
    page.presenter.leave()
    assert page.left == [batch]


def test_stickers_asked_for_in_a_check_lead_back_to_it(desk: Desk) -> None:
    batch = desk.house.batch()
    check = desk.house.start("linh", batch).check
    page = Page(desk)
    page.presenter.open_stickers(batch, check)
    assert page.view.last("show_paper")[3] == "Back to the check"
    page.presenter.leave()
    assert (page.left, page.went_on) == ([], [check])


def test_stickers_before_a_sample_is_drawn_are_refused_and_nothing_is_shown(desk: Desk) -> None:
    page = Page(desk)
    page.presenter.open_stickers(desk.house.batch())
    assert [problem.kind for problem in page.view.problems] == ["refusal"]
    assert "show_page" not in page.view.told
    page.presenter.again()
    assert [problem.kind for problem in page.view.problems] == ["refusal", "refusal"]


def test_labels_are_shown_on_the_same_page_and_those_of_a_roll_are_had_for_a_label_printer(
    desk: Desk, tmp_path: Path
) -> None:
    batch = desk.house.batch("DA-1")
    page = Page(desk)
    page.presenter.open_labels(batch, LabelWish(copies=2, density=300))
    assert page.view.last("show_paper")[2] == "Labels for DA-1.pdf"
    assert page.view.last("show_label_printer")[:2] == (True, "")
    page.presenter.save_zpl(str(tmp_path / "l.zpl"))
    assert (tmp_path / "l.zpl").read_bytes().startswith(b"^XA")
    page.presenter.speak_beside("th")
    both = desk.house.use.printing.in_language("en", "th").label_zpl(batch, LabelWish(copies=2), 300)
    page.presenter.save_zpl(str(tmp_path / "two.zpl"))
    assert (tmp_path / "two.zpl").read_bytes() == both
    page.presenter.open_labels(batch, LabelWish(stock="a4-14"))
    assert page.view.last("show_label_printer")[0] is False
    page.presenter.save_zpl(str(tmp_path / "none.zpl"))
    assert not (tmp_path / "none.zpl").exists()


def test_labels_are_sent_to_the_queue_of_a_label_printer_which_is_remembered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = fake_queue(tmp_path, monkeypatch)
    batch, page = desk.house.batch("DA-1"), Page(desk)
    page.presenter.open_labels(batch, LabelWish(density=300))
    made = desk.house.use.printing.label_zpl(batch, LabelWish(), 300)
    page.presenter.send_zpl("Zebra 2")
    assert sent.read_bytes() == made
    assert desk.notices == ["Sent to Zebra 2."]
    page.presenter.open_labels(batch, LabelWish())
    assert page.view.last("show_label_printer")[:2] == (True, "Zebra 2")
    assert page.view.last("show_printer") == ""


@pytest.mark.logs
def test_a_label_printer_that_takes_nothing_is_trouble(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_queue(tmp_path, monkeypatch)
    page = Page(desk)
    page.presenter.open_labels(desk.house.batch("DA-1"), LabelWish())
    page.presenter.send_zpl("nobody")
    assert [problem.kind for problem in page.view.problems] == ["trouble"]


def test_a_label_that_would_not_be_true_is_refused_and_nothing_is_shown(desk: Desk) -> None:
    page = Page(desk)
    page.presenter.open_labels(desk.house.batch(), LabelWish("release"))
    assert [problem.kind for problem in page.view.problems] == ["refusal"]
    assert "show_page" not in page.view.told


def test_zoom_and_turning_stop_at_the_ends(desk: Desk) -> None:
    page = Page(desk)
    page.presenter.open(desk.house.released())
    drawn = len(page.view.told["show_page"])
    page.presenter.turn(-1)
    assert len(page.view.told["show_page"]) == drawn
    for _ in range(9):
        page.presenter.zoom(-1)
    assert page.view.last("show_page")[4] == "50 %"


def test_printing_paints_at_the_printers_density_and_sends(desk: Desk) -> None:
    page = Page(desk)
    page.presenter.open(desk.house.released())
    page.presenter.print_pages()
    width, height, _, _ = page.view.last("paint_on_paper")
    assert abs(width / height - 210 / 297) < 0.01
    assert round(width / 150 * 25.4) == 210
    assert page.view.last("end_printing")[0] == {"send": True}


@pytest.mark.logs
def test_printer_that_does_not_answer_is_trouble_and_sends_nothing(desk: Desk) -> None:
    page = Page(desk, paint_on_paper=False)
    page.presenter.open(desk.house.released())
    page.presenter.print_pages()
    assert [problem.kind for problem in page.view.problems] == ["trouble"]
    assert page.view.last("end_printing")[0] == {"send": False}


@pytest.mark.logs
def test_what_a_printer_refuses_at_the_very_end_is_not_told_as_printed(desk: Desk) -> None:
    page = Page(desk, end_printing=False)
    page.presenter.open(desk.house.released())
    page.presenter.print_pages()
    [problem] = page.view.problems
    assert problem.kind == "trouble" and problem.told.fact == "The printer does not answer."
    assert [call[0]["send"] for call in page.view.told["end_printing"]] == [True]
    assert printed(desk) == []
    page.view._answers["end_printing"] = True
    page.presenter.print_pages()
    assert printed(desk) == [("inspection", 0, "printed")]


@pytest.mark.logs
def test_what_a_printer_took_and_the_log_did_not_is_said(desk: Desk) -> None:
    page = Page(desk)
    page.presenter.open(desk.house.released())

    def somebody_else_prints(**_: object) -> bool:
        page.view._answers["end_printing"] = True
        desk.house.use.prints.tell(desk.who().sitting, cast("Print", page.presenter._pdf), "saved")
        return True

    page.view._answers["end_printing"] = somebody_else_prints
    page.presenter.print_pages()
    [problem] = page.view.problems
    assert "could not be put into the print log" in problem.told.fact and "Destroy" in problem.told.way
    assert desk.notices == [] and printed(desk) == [("inspection", 0, "saved")]


class Shut(NoPrinters):
    """Printers that were sent a paper, as the toolkit says, and accept none."""

    def takes(self, printer: str) -> bool:
        return printer != "Attic"


@pytest.mark.logs
def test_what_the_system_did_not_accept_is_not_told_whatever_the_toolkit_says(desk: Desk) -> None:
    desk.house.use = replace(desk.house.use, printers=Shut())
    for printer, left in (("Attic", []), ("Office", [("inspection", 0, "printed")])):
        page = Page(desk, printer_name=printer)
        page.presenter.open(
            desk.house.use.read.batch_by_number("R-1") if left else desk.house.released(number="R-1")
        )
        page.presenter.print_pages()
        assert printed(desk) == left and len(page.view.problems) == (not left)


@pytest.mark.logs
def test_labels_that_no_label_printer_takes_are_not_told(desk: Desk, tmp_path: Path) -> None:
    page = Page(desk)
    page.presenter.open_labels(desk.house.released(), LabelWish("release"))
    with pytest.MonkeyPatch.context() as patch:
        sent = fake_queue(tmp_path, patch)
        page.presenter.send_zpl("nobody")
        assert [problem.kind for problem in page.view.problems] == ["trouble"] and printed(desk) == []
        page.presenter.send_zpl("Zebra")
    assert sent.read_bytes().startswith(b"^XA") and printed(desk) == [("label", 0, "label_printer")]


def printed(desk: Desk) -> list[tuple[str, int, str]]:
    """Return what the print log has: which paper, which copy, and how it left."""
    with desk.house.use.look() as uow:
        return [(one.document, one.copy, one.way) for one in uow.prints()]


def test_cancelled_print_sends_nothing(desk: Desk) -> None:
    page = Page(desk, print_range=((0, 0, 0), 72))
    page.presenter.open(desk.house.released())

    def cancel(*_: object) -> bool:
        page.presenter.cancel()
        return True

    page.view._answers["paint_on_paper"] = cancel
    page.presenter.print_pages()
    assert len(page.view.told["paint_on_paper"]) == 1
    assert page.view.last("end_printing")[0] == {"send": False}
    assert desk.notices == ["Nothing was printed."]


def test_page_is_painted_whole_on_paper(qtbot: QtBot, tmp_path: Path) -> None:
    printer = new_printer("Report")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    view = ReportView(EN, lambda *_: PrintJob(printer))
    qtbot.addWidget(view)
    view.show_ready(2, letter=False)
    with qtbot.waitSignal(view.print_wanted):
        view.printing.click()
    pages, dpi = view.print_range()
    assert pages == (0, 1)
    assert dpi >= 72
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(0)
    pixels = bytes(image.constBits())
    assert view.paint_on_paper(210, 297, pixels)
    assert view.paint_on_paper(210, 297, pixels)
    assert view.end_printing(send=True)
    assert (tmp_path / "out.pdf").stat().st_size > 0


@pytest.mark.parametrize("paper", ["inspection", "certificate", "stickers", "labels", "first_article"])
def test_what_is_shown_is_what_is_saved_and_printed_in_two_languages_too(
    desk: Desk, tmp_path: Path, paper: str
) -> None:
    house = desk.house
    page = Page(desk, print_range=((0,), 120))
    if paper == "stickers":
        batch = house.batch()
        house.start("linh", batch)
        page.presenter.open_stickers(batch)
    elif paper == "labels":
        page.presenter.open_labels(house.released(), LabelWish("release", "roll-60x40"))
        assert page.view.last("show_ready")[1]["sheet"] == (60.0, 40.0)
    elif paper == "first_article":
        page.presenter.open_first_article(house.accepted(), 2)
    elif paper == "certificate":
        batch = house.released()
        number = house.use.issue_certificate(house.hands["linh"], batch).certificate
        page.presenter.open_certificate(batch, house.use.print_certificate(house.sittings["linh"], number))
    else:
        page.presenter.open(house.released())
    page.presenter.speak_beside("vi")
    file = tmp_path / "paper.pdf"
    page.presenter.save(str(file))
    assert page.view.last("show_page")[:3] == house.use.printing.page(file.read_bytes(), 0, 120)
    page.presenter.print_pages()  # of a signed paper this is copy 1, and so it is shown
    assert page.view.last("show_page")[:3] == page.view.last("paint_on_paper")[:3]


def test_labels_of_a_roll_are_printed_at_their_own_size_and_sheets_at_theirs() -> None:
    for sheet, points in (((100, 50), (283, 142)), ((60, 40), (170, 113)), ((215.9, 279.4), (612, 792))):
        layout = new_printer("Labels", sheet).pageLayout()
        size = layout.fullRectPoints().size()
        assert (size.width(), size.height()) == pytest.approx(points, abs=1)
        assert layout.mode() == layout.Mode.FullPageMode


def test_a_print_without_evidence_says_so_beside_it_and_on_it(desk: Desk, tmp_path: Path) -> None:
    """The log does not know this workstation: nobody has signed in at it."""
    house, page = desk.house, Page(desk)
    batch = house.released()
    page.presenter.open(batch)
    assert "no evidence" in page.view.last("show_unsealed")
    page.presenter.save(str(tmp_path / "r.pdf"))
    assert "nobody has signed in at this workstation yet" in text_of(tmp_path / "r.pdf")
    page.presenter.leave()


def test_certificate_says_which_print_it_is(desk: Desk, tmp_path: Path) -> None:
    house, page = desk.house, Page(desk)
    batch = house.released()
    number = house.use.issue_certificate(house.hands["linh"], batch).certificate
    for note, name in (
        ("The first print", "Certificate 000001.pdf"),
        ("Copy 1", "Certificate 000001 copy 1.pdf"),
        ("Copy 2", "Certificate 000001 copy 2.pdf"),
    ):
        page.presenter.open_certificate(batch, house.use.print_certificate(house.sittings["linh"], number))
        assert page.view.last("show_paper")[:3] == ("Certificate 000001", note, name)
    assert page.view.told["show_page"]
    page.presenter.save(str(tmp_path / "c.pdf"))
    assert "copy 2" in text_of(tmp_path / "c.pdf").casefold()
    page.presenter.leave()
    assert page.left == [batch]


def test_certificate_that_went_void_meanwhile_shows_nothing(desk: Desk) -> None:
    house, page = desk.house, Page(desk)
    batch = house.released()
    number = house.use.issue_certificate(house.hands["linh"], batch).certificate
    printed = house.use.print_certificate(house.sittings["linh"], number)
    house.use.withdraw_batch(house.hands["linh"], batch, "wrong label")
    page.presenter.open_certificate(batch, printed)
    assert [problem.kind for problem in page.view.problems] == ["refusal"]
    assert "show_page" not in page.view.told


def test_closing_slip_names_the_last_event_and_leads_back_to_the_log(desk: Desk, tmp_path: Path) -> None:
    house, page = desk.house, Page(desk)
    house.released()
    anchor = house.use.keeping.anchor(house.hands["linh"])
    page.presenter.open_slip(anchor)
    page.presenter.save(str(tmp_path / "slip.pdf"))
    assert str(anchor.head.seq) in text_of(tmp_path / "slip.pdf")
    page.presenter.leave()
    assert page.to_log == [True]


def test_chart_is_shown_as_a_sheet_and_leads_back_to_where_it_was(desk: Desk, tmp_path: Path) -> None:
    page, back = Page(desk), list[bool]()
    curve = OperatingCurve("125 / 5", [0, 0.02, 0.1], [1, 0.96, 0.02])
    sheet = ChartSheet(
        "A plan", "Major", ("In words",), oc_picture([curve], EN), ("Plan",), (("125 / 5",),), ("Source",), "Plan 125 / 5"
    )  # fmt: skip
    page.presenter.open_chart(sheet, "Back to the plan", lambda: back.append(True))
    assert page.view.told["show_paper"][-1][2] == "Plan-125---5.pdf"
    page.presenter.save(str(tmp_path / "plan.pdf"))
    assert "In words" in text_of(tmp_path / "plan.pdf")
    page.presenter.leave()
    assert back == [True]


def test_no_sticker_is_printed_before_a_sample_is_drawn(desk: Desk) -> None:
    with pytest.raises(WrongState):
        desk.house.use.printing.stickers(desk.house.batch())


def test_paper_has_a_language_of_its_own_and_a_chart_that_of_its_page(desk: Desk) -> None:
    page = Page(desk)
    page.presenter.open(desk.house.released())
    assert page.view.last("show_language")[0] == "en"
    english = page.presenter._pdf
    page.presenter.speak("vi")
    assert page.view.last("show_language")[0] == "vi"
    words = load("vi", config.resource("translations"))
    assert words.say("Inspection report") in pdf_text(page.presenter._pdf)
    assert words.say("Inspection report") not in pdf_text(english)


def test_a_paper_in_two_languages_is_what_is_saved_and_is_so_again_next_time(
    desk: Desk, tmp_path: Path
) -> None:
    batch, page = desk.house.released(), Page(desk, printer_name="Office 2")
    page.presenter.open(batch)
    page.presenter.speak("vi")
    page.presenter.speak_beside("th")
    page.presenter.cut("Letter")
    page.presenter.print_pages()
    assert page.view.last("show_language")[:2] == ("vi", "th")
    assert page.view.last("show_ready")[1] == {"letter": True, "sheet": (215.9, 279.4)}
    page.presenter.save(str(tmp_path / "r.pdf"))
    saved = (tmp_path / "r.pdf").read_bytes()
    shown = page.view.last("show_page")[:3]
    assert desk.house.use.printing.page(saved, 0, 120) == shown
    text = "".join(text_of(tmp_path / "r.pdf").split())
    for language in ("vi", "th"):
        label = load(language, config.resource("translations")).say("Inspection report")
        assert "".join(label.split()) in text
    kept = {"language": "vi", "second": "th", "paper": "Letter", "printer": "Office 2"}
    assert page.habits == {"inspection": kept}
    page.presenter.open_stickers(batch)
    assert page.view.last("show_language")[:2] == ("en", "")
    page.presenter.open(batch)
    assert page.view.last("show_language")[:2] == ("vi", "th")
    assert page.view.last("show_printer") == "Office 2"


def test_the_language_that_stands_first_is_none_to_stand_second(qtbot: QtBot) -> None:
    view = ReportView(EN, languages=("en", "vi", "th"))
    qtbot.addWidget(view)
    view.show_language("vi", "th")
    box = view.second.edit
    assert [box.itemData(i) for i in range(box.count())] == ["", "en", "th"]
    assert view.second.value() == "th"
    with qtbot.waitSignal(view.second_wanted) as wanted:
        box.setCurrentIndex(0)
        box.activated.emit(0)
    assert wanted.args == [""]


def test_no_page_of_the_paper_before_stands_under_the_title_of_another(qtbot: QtBot) -> None:
    view = ReportView(EN)
    qtbot.addWidget(view)
    view.show_ready(1, letter=False)
    view.show_page(2, 1, bytes(8), "Page 1 of 1", "125 %", (True, True))
    view.show_unsealed("This print carries no evidence, and says why.")
    assert not view.page.isHidden() and view.place.text()
    view.show_ready(0, letter=False)
    assert view.page.isHidden() and not view.place.text() and view.unsealed.isHidden()
    view.show_ready(1, letter=False)
    assert view.page.isHidden(), "its own page is not drawn yet; the one before is of another paper"


def test_what_is_mailed_is_what_is_shown_and_saved(desk: Desk, tmp_path: Path) -> None:
    page = Page(desk)
    page.presenter.open(desk.house.released())
    page.presenter.save(str(tmp_path / "DA-1.eml"))
    shown = page.view.last("show_page")
    mail = message_from_bytes((tmp_path / "DA-1.eml").read_bytes(), policy=policy.default)
    (enclosed,) = mail.iter_attachments()
    assert enclosed.get_filename() == "DA-1.pdf"
    assert desk.house.use.printing.page(enclosed.get_content(), 0, 120) == shown[:3]
    assert desk.notices[-1].endswith("DA-1.eml.")


def test_what_is_mailed_is_signed_by_the_company_as_what_is_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = type(desk.house.use.company)
    monkeypatch.setattr(company, "leaving", lambda _self, pdf, _password: pdf + b"% signed by the company")
    page = Page(desk)
    page.presenter.open(desk.house.released())
    page.presenter.save(str(tmp_path / "DA-1.eml"))
    mail = message_from_bytes((tmp_path / "DA-1.eml").read_bytes(), policy=policy.default)
    (enclosed,) = mail.iter_attachments()
    assert enclosed.get_content().endswith(b"% signed by the company")
    with desk.house.use.look() as uow:
        [told] = uow.prints()
    assert told.digest == sha256(enclosed.get_content()).hexdigest()
