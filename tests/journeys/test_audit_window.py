# SPDX-License-Identifier: Apache-2.0
"""A supplier is audited through the window: template, answers by key, both signatures, what differs, and the paper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section, said
from qcdesk.domain.audits import Answer
from qcdesk.gui.screens.audits.view import AuditView, TemplatesView
from qcdesk.services import taken_audits
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.workspace import House, secret

PICTURES = os.environ.get("QCDESK_AUDIT_PICTURES")


def text(words: str) -> tuple[LocalText, ...]:
    return (LocalText("en", words),)


def template() -> AuditTemplate:
    safe = Question("A1", text("Emergency exits are open."), text("Try the doors."), critical=True)
    order = Question("A2", text("Places are in order."), kind="points", points=10)
    plain = Question("A3", text("Instructions are current."))
    return AuditTemplate(text("Small audit"), (Section("A", text("Floor"), (safe, order, plain)),))


def sheet_signed(hands: Hands, button: str, login: str = "", *, other: str = "", **filled: str) -> None:
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    for code, value in filled.items():
        sheet.fill(code, value)
    if login:
        sheet.secret.password.setText(secret(login))
    if other:
        sheet.other.set_value(other)
        sheet.other_secret.password.setText(secret(other))
    hands.press(button)
    hands.until(lambda: not sheet.isVisible(), "the sheet goes")
    hands.settle()


def answer(hands: Hands, key: str = "", points: str = "", *, clicked: str = "") -> None:
    [page] = hands.all(AuditView)
    if points:
        page.points.set_value(points)
        QTest.keyClick(page.points.edit, Qt.Key.Key_Return)
    elif clicked:
        hands.click(page.by_value[clicked])
    else:
        QTest.keyClicks(page, key)
    hands.settle()
    hands.settle()


def shows_a_photo(hands: Hands) -> bool:
    return any(
        not label.pixmap().isNull() for label in hands.all(QLabel) if label.accessibleName() == "Photo 1"
    )


def picture(hands: Hands, name: str) -> None:
    if PICTURES:
        hands.picture(Path(PICTURES) / f"{name}.png")


@pytest.mark.usefixtures("look")
def test_an_audit_goes_from_its_template_to_its_report_through_the_window(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.use.audits.save_template(house.sittings["linh"], "SMALL", template())
    hands = Hands.on(house, mode="desk")
    try:
        hands.sign_in("som")
        hands.program.running.open("suppliers")
        hands.press("Audits")
        hands.see("No audit yet")
        picture(hands, "empty")
        hands.press("Audit templates")
        hands.until(lambda: hands.here == "audit_templates", "the templates")
        hands.settle()
        picture(hands, "templates")
        hands.press("Approve it")
        sheet_signed(hands, "Approve it", "som")
        hands.switch("linh")
        hands.program.running.open("audits")
        hands.press("Begin an audit")
        sheet_signed(hands, "Begin", supplier=house.supplier.supplier, template="SMALL")
        hands.see("0 of 3 answered")
        picture(hands, "runner")
        answer(hands, "1")
        photo = tmp_path / "exit.png"
        seen = QImage(80, 60, QImage.Format.Format_RGB32)
        seen.fill(0xFF8800)
        seen.save(str(photo))
        hands.all(AuditView)[0].photo_wanted.emit("A1", str(photo))
        hands.settle()
        hands.settle()
        drawing = tmp_path / "plan.pdf"
        drawing.write_bytes(b"%PDF-1.4 the plan of the exits" * 99)
        hands.all(AuditView)[0].file_wanted.emit("A1", str(drawing))
        hands.settle()
        hands.settle()
        answer(hands, points="12")
        hands.see("from 0 to 10")
        answer(hands, points="8")
        hands.see("2 of 3 answered")
        answer(hands, clicked="no")
        hands.press("Sign: I audited")
        sheet_signed(hands, "Sign", "linh")
        hands.see("Signed. Somebody else now answers")
        hands.switch("som")
        hands.program.running.open("audits")
        hands.settle()
        [row] = house.use.read.audits()
        assert (row.state, row.score) == ("signed", None)
        hands.program.running.open("audit", row.id)
        hands.see("0 of 3 answered")
        assert not hands.reads("8 of 10")
        hands.until(lambda: shows_a_photo(hands), "the photo of the evidence")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "again.pdf"), ""))
        hands.press(f"{drawing.name}, 3 kB")
        hands.until((tmp_path / "again.pdf").is_file, "the file of the evidence")
        assert (tmp_path / "again.pdf").read_bytes() == drawing.read_bytes()
        picture(hands, "evidence")
        answer(hands, clicked="partly")
        answer(hands, points="8")
        answer(hands, clicked="no")
        picture(hands, "review")
        hands.press("Sign: I reviewed the evidence")
        sheet_signed(hands, "Sign", "som")
        hands.see("Some answers differ")
        hands.press("Settle together")
        sheet_signed(hands, "Sign and close", "som", other="linh", A1="yes")
        hands.see("Passed under conditions: the score of 60.0 %")
        picture(hands, "closed")
        hands.program.running.open("audits")
        hands.settle()
        picture(hands, "list")
        hands.program.running.open("audit", row.id)
        report = tmp_path / "A-1.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
        hands.press("Save as PDF")
        hands.until(report.is_file, "the report")
        hands.see("1 printed paper")
        hands.settle()
        if PICTURES:
            (Path(PICTURES) / "audit.pdf").write_bytes(report.read_bytes())
        told = pdf_text(report.read_bytes())
        for words in ("Passed under conditions", "“I reviewed the evidence”: สมชาย ศรีสุข", "A file of 3 kB"):
            assert words in told
        hands.press("Ask for corrective action")
        hands.until(hands.program.running.ask_sheet.isVisible, "the sheet")
        hands.settle()
        picture(hands, "findings-asked")
        sheet_signed(hands, "Open the action")
        hands.until(lambda: hands.here == "corrective_action", "the action")
        hands.see("CA-1 Findings of audit A-1")
        hands.see("A2 Places are in order. 8 of 10.")
        picture(hands, "findings")
        assert house.use.corrective_action("CA-1").codes == ("A-1/A2", "A-1/A3")
        hands.program.running.open("audit", row.id)
        hands.press("Open CA-1")
        hands.until(lambda: hands.here == "corrective_action", "the action again")
        assert verify(house.database).problems == ()
    finally:
        hands.close()


@pytest.mark.usefixtures("look")
def test_an_audit_is_taken_along_answered_in_its_file_and_brought_back(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.use.audits.save_template(house.sittings["linh"], "SMALL", template())
    house.use.audits.approve_template(house.hands["som"], "SMALL")
    opened = house.use.audits.open(house.sittings["linh"], "S1", "SMALL")
    file = tmp_path / "A-1.json"
    hands = Hands.on(house, mode="desk")
    try:
        hands.sign_in("linh")
        hands.program.running.open("audit", opened.audit)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
        hands.press("Take it along")
        hands.until(file.is_file, "the file")
        taken, photos = taken_audits.from_file(file.read_bytes())
        for code in ("A1", "A3"):
            taken = taken_audits.answered(taken, Answer(code, "yes", None, "seen there"), house.clock.now())
        file.write_bytes(taken_audits.to_file(taken, photos))
        hands.program.running.open("audits")
        hands.settle()
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
        hands.press("Bring one back")
        hands.see("Bring back answers of A-1")
        hands.see("Now: Yes (seen there)")
        picture(hands, "brought")
        sheet_signed(hands, "Bring them back")
        hands.see("2 of 3 answered")
        hands.see("2 answers came in.")
        hands.press("Bring back answers")
        hands.see("Everything that was answered in the file is here already.")
        house.use.audits.answer(house.sittings["linh"], opened.audit, [Answer("A1", "no", None, "seen here")])
        hands.press("Bring back answers")
        hands.see("1 question was answered otherwise here since: decide what is true, and answer it here.")
        hands.see("Here: No (seen here). In the file: Yes (seen there)")
        picture(hands, "collides")
        hands.press("Go to the audit")
        hands.until(lambda: "Go to the audit" not in hands.said(), "the sheet to close")
        assert verify(house.database).ok
    finally:
        hands.close()


@pytest.mark.usefixtures("look")
def test_a_template_is_written_in_two_languages_exported_imported_and_approved_by_another(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands.on(house, mode="desk")

    def part(code: str) -> None:
        [page] = hands.all(TemplatesView)
        rows = [page.parts.rows.row(place) for place in range(page.parts.rows.rowCount())]
        page.part_wanted.emit(next(row for row in rows if row.code == code))

    def held(code: str = "OWN") -> AuditTemplate:
        return house.use.audits.template(code).content

    try:
        hands.sign_in("linh")
        hands.program.running.open("audit_templates")
        hands.settle()
        hands.see("No template yet")
        hands.press("New template")
        sheet_signed(
            hands,
            "Write it as a draft",
            template="OWN",
            title="Own audit",
            section="Goods",
            question="Goods are marked.",
        )
        hands.press("Add a question")
        sheet_signed(
            hands, "Save it", sections="A", code="A-2", question="Tools are clean.", kind="points", points="5",
            weight="2", critical="yes",
        )  # fmt: skip
        assert [(q.code, q.points, q.weight, q.critical) for q in held().questions] == [
            ("A-1", 0, 1, False),
            ("A-2", 5, 2, True),
        ]
        part("A-2")
        sheet_signed(hands, "Save it", place="up", guidance="Look at three tools.")
        assert [q.code for q in held().questions] == ["A-2", "A-1"]
        hands.press("Add a section")
        sheet_signed(hands, "Save it", code="B", title="People", weight="3", question="People are trained.")
        hands.press("Title and limits")
        sheet_signed(hands, "Save it", title="Our own audit", pass_percent="90", conditional_percent="70")
        [page] = hands.all(TemplatesView)
        page.language.set_value("vi")
        page.language.changed.emit()
        part("A-1")
        sheet_signed(hands, "Save it", question="Hàng có nhãn.")
        picture(hands, "template")
        assert said(held().questions[1].text, "vi") == "Hàng có nhãn."
        assert said(held().questions[1].text, "en") == "Goods are marked."
        hands.press("Title and limits")
        sheet = hands.program.running.ask_sheet
        hands.until(sheet.isVisible, "the sheet")
        hands.settle()
        sheet.fill("title", "Kiểm tra")
        sheet.fill("conditional_percent", "95")
        hands.press("Save it")
        hands.see("95")
        sheet.close_sheet()
        assert held().conditional_percent == 70
        for name in ("own.xlsx", "own.json"):
            file = tmp_path / name
            monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, f=file: (str(f), ""))
            hands.press("Export")
            hands.until(file.is_file, "the file")
            hands.settle()
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, f=file: (str(f), ""))
            hands.press("Import")
            sheet_signed(hands, "Import it", template=name.upper())
            assert held(name.upper()) == held()
        hands.switch("som")
        hands.program.running.open("audit_templates")
        hands.settle()
        page.chosen.emit("OWN")
        hands.see("OWN v1")
        hands.press("Approve it")
        sheet_signed(hands, "Approve it", "som")
        part("B-1")
        sheet = hands.program.running.ask_sheet
        hands.until(sheet.isVisible, "the sheet")
        hands.settle()
        sheet.fill("place", "out")
        hands.press("Save it")
        hands.see("Section B has no question.")
        sheet.close_sheet()
        hands.until(lambda: not sheet.isVisible(), "the sheet goes")
        hands.settle()
        part("B")
        sheet_signed(hands, "Save it", place="out")
        hands.until(lambda: house.use.audits.template("OWN").version == 2, "the second version")
        newest, first = house.use.audits.template("OWN"), house.use.audits.template("OWN", 1)
        assert (newest.version, newest.state, len(newest.content.sections)) == (2, "draft", 1)
        assert (first.state, len(first.content.sections)) == ("approved", 2)
        assert verify(house.database).ok
    finally:
        hands.close()
