# SPDX-License-Identifier: Apache-2.0
"""Sample data and windows of the gallery, one entry per screen. Names and figures are invented and agree."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QWidget

from qcdesk.domain.procedures import ProcedureContent, ProcedureDefect
from qcdesk.gui.asking import Asking, Question
from qcdesk.gui.density import FLOOR
from qcdesk.gui.main_window import MainWindow, Place
from qcdesk.gui.measured_pairs import MeasuredCell, MeasuredPair
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.gui.screens.batch import rows as batch_rows
from qcdesk.gui.screens.batch.view import BatchView
from qcdesk.gui.screens.board.rows import WaitCard
from qcdesk.gui.screens.board.view import BoardView
from qcdesk.gui.screens.comparison import rows as comparison_rows
from qcdesk.gui.screens.comparison.view import ComparisonView
from qcdesk.gui.screens.decision import rows as decision_rows
from qcdesk.gui.screens.decision.view import DecisionView
from qcdesk.gui.screens.runner.rows import (
    ActsRow,
    ClaimLine,
    ClaimRow,
    ClassRow,
    HeadRow,
    KeyRow,
    MeasureRow,
    ReviewRow,
    StepRow,
    UnitsRow,
    VerdictRow,
)
from qcdesk.gui.screens.runner.view import RunnerView
from qcdesk.gui.screens.sign.rows import CountRow, SigningRow
from qcdesk.gui.screens.sign.view import SignSheet
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.screens.sign_in.view import SignInView
from qcdesk.gui.widgets.charts import Limits
from qcdesk.gui.widgets.lists import LaneCard
from qcdesk.gui.widgets.pictures import FoundBy, GridUnit
from qcdesk.gui.widgets.strips import CellState, Judgement, UnitCell
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import LANGUAGES, Catalogue
from qcdesk.wording import modes

EN = Catalogue()
BLIND = ProcedureContent("", (), "", date(2027, 1, 1), (), defects=(ProcedureDefect("DEN", "Dent", "major"),))
PLACES = (
    Place("board", "Board", "layout-dashboard"),
    Place("batches", "Batches", "package"),
    Place("suppliers", "Suppliers", "factory"),
    Place("procedures", "Procedures", "clipboard-list"),
    Place("products", "Products", "shapes"),
    Place("people", "People", "users"),
    Place("settings", "Settings", "settings", low=True),
)


def product_picture() -> str:
    """Return the path of a drawn part, to stand for a photograph."""
    path = Path(tempfile.gettempdir()) / "qcdesk-gallery-part.png"
    image = QImage(440, 320, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = QLinearGradient(0, 0, 440, 320)
    shade.setColorAt(0, "#aab5b0")
    shade.setColorAt(0.5, "#d3dad7")
    shade.setColorAt(1, "#97a29d")
    painter.setPen(QPen(QColor("#56635d"), 2))
    painter.setBrush(shade)
    painter.drawRoundedRect(QRectF(10, 10, 420, 300), 40, 40)
    painter.setBrush("#8d9893")
    painter.drawRoundedRect(QRectF(80, 70, 280, 180), 22, 22)
    painter.setBrush("#39423e")
    for x, y, r in (
        (50, 50, 16),
        (390, 50, 16),
        (50, 270, 16),
        (390, 270, 16),
        (220, 160, 52),
        (130, 120, 14),
    ):
        painter.drawEllipse(QPointF(x, y), r, r)
    painter.end()
    image.save(str(path))
    return str(path)


def sign_in() -> QWidget:
    view, rows = _wall()
    view.show_chosen(rows[0])
    return _frame(view, alone=True)


def sign_in_badge() -> QWidget:
    view, rows = _wall()
    view.show_badge(rows[0])
    for digit in "58":
        view._pad.dots.type_sign(digit)
    return _frame(view, alone=True)


def sign_in_waits() -> QWidget:
    view, rows = _wall()
    view.show_badge(rows[0])
    told = Told("Wrong PIN.", "Next try in 4 seconds. After 6 more, another person must unlock you.")
    view.show_problem(Problem("refusal", told, ValueError()))
    return _frame(view, alone=True)


def _wall() -> tuple[SignInView, tuple[TileRow, ...]]:
    view = SignInView(EN, FLOOR, LANGUAGES)
    view.show_station("Station 3 · Final inspection", "Wed 18 Nov   10:24")
    people = [
        ("Nguyễn Thị Linh", "Inspector"),
        ("สมชาย ศรีสุข", "Inspector"),
        ("王敏", "Inspector"),
        ("Trần Văn Huy", "Inspector"),
        ("Anong Chaiyasit", "Quality manager"),
        ("陈伟", "Arbiter"),
        ("Maria Ortiz", "Owner"),
        ("Đặng Quốc Bảo", "Inspector"),
        ("Phạm Thu Hà", "Releaser"),
        ("ก้องภพ วงศ์ไทย", "Inspector"),
        ("李娜", "Planner"),
        ("Karen Holt", "Auditor · reads only"),
        ("เอกชัย ใจดี", "Inspector"),
    ]
    rows = tuple(TileRow(str(i), name, role, str(1042 + i)) for i, (name, role) in enumerate(people))
    view.show_people(rows)
    return view, rows


def _frame(view: QWidget, *, alone: bool = False, place: str = "board") -> MainWindow:
    window = MainWindow(PLACES, EN)
    window.add_page("page", view, alone=alone, place=place)
    window.show_page("page")
    return window


def board() -> QWidget:
    view = BoardView(EN)
    view.show_day("Wednesday 18 November")
    view.show_person("Nguyễn Thị Linh", "Inspector")
    cover, shaft = "Housing cover PH-204 C", "Shaft SX-9 A"
    start = "Start second check"
    view.show_waiting(
        (
            WaitCard(
                "start_second",
                "1",
                "start_second",
                "DA-2611-0415",
                cover,
                "Cơ khí Đông Á",
                "waits 3 h 20 min",
                "Ship by today 16:00",
                True,
                start,
            ),
            WaitCard(
                "continue_check",
                "2",
                "continue_check",
                "DA-2611-0418",
                cover,
                "Cơ khí Đông Á",
                "63 of 125 units",
                "Ship by Fri 20 Nov",
                False,
                "Continue",
            ),
            WaitCard(
                "start_second",
                "3",
                "start_second",
                "SP-0977",
                shaft,
                "สยามพรีซิชั่น",
                "waits 55 min",
                "Ship by Thu 19 Nov",
                False,
                start,
            ),
            WaitCard(
                "decide",
                "4",
                "decide",
                "SP-0969",
                shaft,
                "东莞精密塑胶",
                "waits 1 day",
                "Ship by Thu 19 Nov",
                False,
                "Decide",
            ),
        )
    )
    inspect = [
        LaneCard("a", "HP-88120", "Today 18:00", True, "Spout cap 38 mm", "Hòa Phát Plastics", "waits 5 h"),
        LaneCard("b", "DG-20261117", "Thu 19 Nov", False, "Connector housing", "东莞精密塑胶", "waits 2 h"),
        LaneCard("c", "SP-0981", "Fri 20 Nov", False, shaft, "สยามพรีซิชั่น", "waits 1 h"),
        LaneCard("d", "L2-4471", "Mon 23 Nov", False, "Bracket B7", "Own line 2", "waits 20 min"),
    ]
    view.show_lane("to_inspect", inspect * 3, 12)
    view.show_lane(
        "waiting_second",
        [
            LaneCard("e", "DA-2611-0415", "Today 16:00", True, cover, "Cơ khí Đông Á", "waits 3 h 20 min"),
            LaneCard(
                "f", "L2-4466", "Fri 20 Nov", False, "Bracket B7", "Own line 2", "not yours: you made units"
            ),
        ],
        2,
    )
    third = LaneCard(
        "g", "SP-0969", "Thu 19 Nov", False, shaft, "สยามพรีซิชั่น", "needs a third person", "attention"
    )
    view.show_lane("disagreement", [third], 1)
    view.show_lane(
        "quarantined",
        [
            LaneCard(
                "h",
                "HP-88102",
                "Thu 19 Nov",
                False,
                "Spout cap 38 mm",
                "Hòa Phát",
                "stopped by 王敏 · 1 day",
                "hold",
            )
        ],
        1,
    )
    view.show_lane(
        "to_release",
        [LaneCard("j", "DA-2611-0409", "Fri 20 Nov", False, cover, "Đông Á", "accepted 08:12")],
        1,
    )
    view.show_lane(
        "ready_to_ship",
        [LaneCard("i", "L2-4460", "Thu 19 Nov", False, "Bracket B7", "Own line 2", "released 07:40")],
        8,
    )
    return _frame(view)


def _classes(counts: dict[str, int]) -> tuple[ClassRow, ...]:
    def keys(*named: tuple[str, str]) -> tuple[KeyRow, ...]:
        return tuple(KeyRow(name, name, icon, counts.get(name, 0)) for name, icon in named)

    return (
        ClassRow(
            "critical",
            "Critical",
            "One critical defect rejects the batch.",
            keys(("Crack", "zap"), ("Wrong alloy mark", "badge-x")),
        ),
        ClassRow(
            "major",
            "Major",
            "Numbers: found so far in this check",
            keys(
                ("Burr on bore", "circle-dot-dashed"),
                ("Dent", "circle-arrow-down"),
                ("Bad thread", "bolt"),
                ("Edge chipped", "scissors-line-dashed"),
            ),
        ),
        ClassRow(
            "minor",
            "Minor",
            "",
            keys(
                ("Scratch", "slash"), ("Stain", "droplets"), ("Tool mark", "waves"), ("Other …", "ellipsis")
            ),
        ),
    )


def _runner(*, blind: bool, over: bool) -> RunnerView:
    view = RunnerView(EN, FLOOR)
    person = ("สมชาย ศรีสุข", "Second check") if blind else ("Nguyễn Thị Linh", "First check")
    kind = modes.kind_of_second(BLIND, EN) if blind else ("", "")
    view.show_head(HeadRow("DA-2611-0418", "PH-204 C · Cơ khí Đông Á", *person, blind, *kind))
    view.show_saved("Saved 14:09:41" if blind else "Saved 11:44:07")
    here = 11 if blind else 63
    marks = {8} if blind else {13, 21, 32, 45, 57, 60}
    strip: tuple[CellState, ...] = tuple(
        "found" if i in marks else "done" if i < here else "open" for i in range(125)
    )
    cells = tuple(UnitCell(i + 1, s, "1 major" if s == "found" else "") for i, s in enumerate(strip))
    view.show_units(
        UnitsRow(f"Unit {here + 1}", "of 125", f"{here} done · {125 - here} to go", strip, cells, here)
    )
    counts = {"Stain": 1} if blind else {"Dent": 3, "Bad thread": 1, "Scratch": 1, "Stain": 1}
    if over:
        counts = {"Burr on bore": 2, "Dent": 2, "Bad thread": 1, "Edge chipped": 1, "Scratch": 2, "Stain": 1}
    view.show_classes(_classes(counts))
    text = "Turn the cover. Look along both sealing edges against the light, then at bore 1."
    view.show_step(
        StepRow("Step 3 of 6", "Edges and bore 1", text, product_picture(), ((0.5, 0.5),)),
        before=True,
        after=True,
    )
    limits = Limits(11.98, 12.05, 12.0, "11.98", "12.05", "12.00")
    run = tuple(11.995 + 0.0018 * i + (0.008 if i % 3 else -0.002) for i in range(5 if blind else 18))
    last = 12.07 if over else 12.03
    view.show_measure(
        MeasureRow(
            "bore1",
            "Bore 1, diameter",
            "Reading 19 of 32",
            "11.98 to 12.05 mm",
            "mm",
            limits,
            f"{last:.2f}",
            "outside" if over else "inside",
            "0.02 above the upper limit" if over else "inside the limits",
            (*run, last),
            f"last {len(run) + 1} units, mm",
            "" if blind or over else "Creeping up: the last 10 average 0.010 more than the first 9.",
            "Both readings stay in the record" if over else "Caliper C-07 is listening",
        )
    )
    major = 6 if over else 0 if blind else 4
    view.show_verdict(
        VerdictRow(
            "So far rejected" if over else "So far acceptable",
            over,
            (
                Judgement("Critical", "Critical: 0 found", "0 allowed · 1 rejects", 0, 1),
                Judgement("Major", f"Major: {major} found", "5 allowed · 6 reject", major, 6),
                Judgement("Minor", "Minor: 2 found", "10 allowed · 11 reject", 2, 11),
            ),
        )
    )
    view.show_acts(ActsRow("Bad thread, unit 61", "Next unit" if over else "No defect, next unit"))
    return view


def runner() -> QWidget:
    return _frame(_runner(blind=False, over=False), alone=True)


def runner_blind() -> QWidget:
    return _frame(_runner(blind=True, over=False), alone=True)


def runner_review() -> QWidget:
    view = _runner(blind=False, over=False)
    head = HeadRow("DA-2611-0418", "PH-204 C · Cơ khí Đông Á", "สมชาย ศรีสุข", "Second check", False)
    view.show_head(replace(head, kind="Review of the first check", kind_note="Of Weld section only."))
    lines = (
        ClaimLine("Unit 7", "Weld section · so", "so"),
        ClaimLine("Unit 21", "Weld section", "open"),
        ClaimLine("Unit 58", "84.2 N · not so", "not_so"),
    )
    facts = (("Place", "top left"), ("Note", "A pore of 2 mm in the root."), ("Put on record", "11:37"))
    claim = ClaimRow(
        "c", "Unit 21", "no. 1,204 of the batch", "Weld section", "Critical", "", "", None, None, facts,
        Path(product_picture()).read_bytes(), True, "",
    )  # fmt: skip
    view.show_review(ReviewRow("Open each", "1 of 3 left", lines, 1, claim, "", ""))
    view.show_measure(None)
    view.show_acts(
        ActsRow(
            "Back to unit 7",
            "It is so, that was the last",
            skip="give a reason",
            skip_words="It is not so",
        )
    )
    return view


def runner_review_reading() -> QWidget:
    view = runner_review()
    assert isinstance(view, RunnerView)
    facts = (("Measured with", "F-02"), ("Put on record", "11:41"))
    claim = ClaimRow(
        "d", "Unit 58", "no. 1,733 of the batch", "Pull-off force", "Major", "84.2 N", "5.8 below the lower limit",
        Limits(90.0, None, None, "90", "", ""), 84.2, facts, b"", False, "You said: it is not so. Slipped in the clamp.",
    )  # fmt: skip
    lines = (
        ClaimLine("Unit 7", "Weld section · so", "so"),
        ClaimLine("Unit 21", "Weld section · so", "so"),
        ClaimLine("Unit 58", "84.2 N · not so", "not_so"),
    )
    view.show_review(ReviewRow("Open each", "All 3 are opened", lines, 2, claim, "", ""))
    return view


def runner_over() -> QWidget:
    return _frame(_runner(blind=False, over=True), alone=True)


def runner_keypad() -> QWidget:
    view = _runner(blind=False, over=False)
    view.measure.show_keypad(True)
    for sign in "12,0":
        view.measure.reading.type_sign(sign)
    return _frame(view, alone=True)


def sign() -> QWidget:
    return _sign(lambda sheet: sheet.offer_ways(False))


def sign_badge() -> QWidget:
    def read(sheet: SignSheet) -> None:
        sheet.show_badge("7KQ4")
        for digit in "5829":
            sheet._secret.pad.dots.type_sign(digit)

    return _sign(read)


def sign_pin_waits() -> QWidget:
    def wrong(sheet: SignSheet) -> None:
        sheet.offer_ways(True)
        told = Told("Wrong PIN.", "Next try in 1 second. After 8 more, another person must unlock you.")
        sheet.show_problem(Problem("refusal", told, ValueError()))

    return _sign(wrong)


def ask_two() -> QWidget:
    window = _frame(_runner(blind=True, over=False), alone=True)
    sheet = AskSheet(window, EN, FLOOR)
    asking = Asking(
        "Give Lê Thị Hoa a role",
        "We give Lê Thị Hoa the role chosen here.",
        "Give the role",
        (Question("role", "Role", "choice", (("i", "Inspector"), ("r", "Releaser"))),),
        other=True,
    )
    sheet.show_asking(asking, "Nguyễn Thị Linh", "Owner", (("som", "สมชาย ศรีสุข"),), pin=True)

    def opened() -> None:
        sheet.open()
        sheet.show_badge("som", "7KQ4")

    window.gallery_open = opened  # type: ignore[attr-defined]
    return window


def _sign(then: Callable[[SignSheet], None]) -> QWidget:
    window = _frame(_runner(blind=True, over=False), alone=True)
    sheet = SignSheet(window, EN, FLOOR)
    sheet.show_signing(
        SigningRow(
            "Sign your check",
            "You are about to sign this. Read it; it cannot be edited afterwards.",
            "“I inspected independently”",
            "I inspected 125 units of batch DA-2611-0418 myself, against procedure IP-204 v7, "
            "without seeing the first check.",
            (
                ("Batch", "DA-2611-0418 · 1,800 pcs · Housing cover PH-204 C"),
                ("Supplier", "Công ty TNHH Cơ khí Đông Á"),
                ("Looked at", "125 of 125 units in 2 h 19 min · 32 of 32 readings · 6 photos"),
                ("Not done", "nothing"),
                ("Withdrawn", "1 defect, with your reason"),
            ),
            "What you found",
            "By your check alone: acceptable",
            False,
            (
                CountRow("Critical", "0", "0 allowed"),
                CountRow("Major", "4", "5 allowed, 6 reject"),
                CountRow("Minor", "6", "10 allowed, 11 reject"),
            ),
            "Your signature decides nothing alone. Both checks are then compared.",
            "Record 7F3A 91C2 · 18 Nov 2026, 16:31 +07:00 · Station 3",
            "Sign",
            "Back to my check",
            "สมชาย ศรีสุข",
            "Inspector · staff no. 1057",
        )
    )

    def opened() -> None:
        sheet.open()
        then(sheet)

    window.gallery_open = opened  # type: ignore[attr-defined]
    return window


BORE = Limits(11.98, 12.05, 12.0, "11.98", "12.05", "12")
MEASURED = (
    MeasuredPair(
        "Unit 14", 14, "DIA", "Bore", "11.98 to 12.05 mm", BORE,
        MeasuredCell("12.07 mm", "0.02 above the upper limit", True, 12.07, "C-07"),
        MeasuredCell("12.04 mm", "inside the limits", False, 12.04, "C-03"), "0.03 mm",
    ),
    MeasuredPair(
        "Unit 1", 1, "DIA", "Bore", "11.98 to 12.05 mm", BORE,
        MeasuredCell("12.03 mm", "inside the limits", False, 12.03, "C-07"),
        MeasuredCell("12.03 mm", "inside the limits", False, 12.03, "C-03"), "none",
    ),
    MeasuredPair(
        "Unit 2", 2, "DIA", "Bore", "11.98 to 12.05 mm", BORE,
        MeasuredCell("11.99 mm", "inside the limits", False, 11.99, "C-07"), None, "",
    ),
)  # fmt: skip
BOTH = ("Nguyễn Thị Linh", "สมชาย ศรีสุข")


def decision() -> QWidget:
    view = DecisionView(EN, FLOOR)
    held = MainWindow(PLACES, EN)
    held.add_page("decision", view, place="batches")
    held.show_page("decision")
    view.show_page(
        decision_rows.PageRow(
            "DA-2611-0418",
            "What is true of it?",
            "DA-2611-0418  ·  Housing cover C  ·  the two checks disagree, you decide",
            "1 of 2 claims settled",
            (
                decision_rows.ClaimRow(
                    "14:DIA", "Unit 14", "Bore", "Major", False,
                    "Nguyễn Thị Linh measured it out of limits, สมชาย ศรีสุข did not.", "", "",
                    measured=MEASURED[0],
                ),
                decision_rows.ClaimRow(
                    "33:CRK", "Unit 33", "Crack", "Critical", True,
                    "สมชาย ศรีสุข found it, Nguyễn Thị Linh did not.", "beside the seal", "there",
                ),
            ),
            "",
            "Not settled yet",
            "Look at each unit and say what is true of it.",
            "Sign: I decide",
            BOTH,
            MEASURED,
        )
    )  # fmt: skip
    return held


def comparison() -> QWidget:
    view = ComparisonView(EN)
    found: dict[int, FoundBy] = dict.fromkeys((14, 33, 46, 61, 77, 92, 118), "both")
    found |= dict.fromkeys((22, 58), "first")
    found |= dict.fromkeys((9, 70, 103), "second")
    legend = (
        ("both", "7", "both found"),
        ("first", "2", "only Linh"),
        ("second", "3", "only สมชาย"),
        ("neither", "113", "neither"),
    )
    missed = (
        ("first", 58, "Major", "Dent", "left flange", "สมชาย missed it"),
        ("first", 22, "Minor", "Scratch", "top face", "สมชาย missed it"),
        ("second", 70, "Major", "Burr on bore", "bore 1, lower edge", "Linh missed it"),
        ("second", 9, "Minor", "Stain", "pocket floor", "Linh missed it"),
        ("second", 103, "Minor", "Tool mark", "sealing edge, right", "Linh missed it"),
    )
    view.show_page(
        comparison_rows.PageRow(
            "DA-2611-0418",
            "DA-2611-0418  ·  Housing cover PH-204 C  ·  round 1  ·  125 units, the same for both",
            comparison_rows.VerdictRow(
                "accepted",
                "Accepted by both checks together",
                "Major: 5 found, 5 allowed, 6 reject. One more major would have rejected the batch.",
                "Next: release",
                "You can: you did not make the first check",
                "release",
                "Release 1,800 pcs",
                "check",
            ),
            tuple(comparison_rows.LegendRow(f, c, w) for f, c, w in legend),  # type: ignore[arg-type]
            tuple(GridUnit(i, found.get(i, "neither"), f"Unit {i}") for i in range(1, 126)),
            tuple(
                comparison_rows.MissedRow(f, f"Unit {n}", n, c, d, p, m, "photo")  # type: ignore[arg-type]
                for f, n, c, d, p, m in missed
            ),
            "5 of 12 defective units",
            comparison_rows.EstimateRow(
                ("Linh", "สมชาย"),
                ("9 units", "10 units"),
                (2, 7, 3),
                "Both probably missed about 1 unit; 0 to 4.",
                (0.8, 0, 4),
                "Estimated from how much of each other's finds they also saw (Chapman, 95 %). "
                "It assumes that both looked on their own, and that every bad unit is as easy to see as any other.",
                "In all 1,800: about 180 units with some defect (90 to 290), most of them minor.",
            ),
            comparison_rows.AgreementRow(
                "120",
                "of 125 units judged alike · kappa 0.72",
                0.72,
                0.6,
                "floor 0.60",
                "normal",
                "above the floor",
            ),
            (
                comparison_rows.CheckerRow(
                    "Nguyễn Thị Linh", "first · 2 h 41 min · 12:58", "9 found", "of 12 found by either"
                ),
                comparison_rows.CheckerRow(
                    "สมชาย ศรีสุข", "second, blind · 2 h 19 min · 16:31", "10 found", "of 12 found by either"
                ),
            ),
            measured=MEASURED,
        )
    )
    return _frame(view, place="batches")


def batch() -> QWidget:
    view = BatchView(EN)
    fact, limit = batch_rows.FactRow, batch_rows.LimitRow
    view.show_page(
        batch_rows.PageRow(
            "Board",
            "DA-2611-0418",
            "awaiting_second",
            "Housing cover PH-204, revision C  ·  Công ty TNHH Cơ khí Đông Á",
            "Fri 20 Nov, 16:00",
            "in 2 days 3 h",
            False,
            (
                ("Registered", "Yesterday 16:40"),
                ("First check", "Nguyễn Thị Linh, 12:58"),
                ("Second check", "waits 24 min"),
                ("Compared", ""),
                ("Released", ""),
            ),
            2,
            "2",
            (
                fact("Quantity", "1,800 pcs"),
                fact("Order", "PO-5521, line 2"),
                fact("Sample", "125 units", "level II, drawn 10:02"),
                fact("Procedure", "IP-204 v7", "approved by Anong, 3 Nov"),
                fact("Made", "14-15 Nov", "Đông Á, cell 4"),
                fact("Made by", "2 people", "none of ours"),
            ),
            (
                limit("Critical", "0 allowed · 1 rejects", "c = 0"),
                limit("Major", "5 allowed · 6 reject", "AQL 1.5"),
                limit("Minor", "10 allowed · 11 reject", "AQL 4.0"),
            ),
            (
                Happening(
                    "Today",
                    "12:58",
                    "Nguyễn Thị Linh signed: “I inspected”",
                    "125 units in 2 h 41 min · event 20 418",
                    "pen-line",
                    True,
                ),
                Happening("Today", "11:37", "Photo added to unit 58", "Dent, left flange", "camera", False),
                Happening(
                    "Today",
                    "11:31",
                    "Withdrawn: scratch on unit 52",
                    "Linh: “cutting oil, wiped off”. It stays in the record.",
                    "undo-2",
                    False,
                ),
                Happening(
                    "Today",
                    "10:17",
                    "First check started",
                    "Station 3 · caliper C-07, calibrated until 2 Feb 2027",
                    "play",
                    False,
                ),
                Happening(
                    "Today",
                    "10:02",
                    "Sample drawn: 125 of 1,800",
                    "Seed kept, can be drawn again",
                    "dices",
                    False,
                ),
                Happening(
                    "Yesterday",
                    "16:40",
                    "Registered by Phạm Thu Hà",
                    "Label scanned at goods-in",
                    "scan-line",
                    False,
                ),
            ),
            "Round 1",
            "Others see the lines of your check only after the second person has signed.",
            (
                batch_rows.AllowedRow("read", "Read my check", "125 units, 4 major, 5 minor", "file-text"),
                batch_rows.AllowedRow(
                    "label", "Print hold label", "70 × 50 mm, printer at station 3", "printer"
                ),
                batch_rows.AllowedRow(
                    "retract",
                    "Retract my check",
                    "Says why, signed. The check is then done again.",
                    "rotate-ccw",
                ),
                batch_rows.AllowedRow(
                    "stop", "Stop this batch", "Anyone may. Two people lift it.", "octagon-pause", "hold"
                ),
            ),
            (
                batch_rows.RefusedRow(
                    "start_second",
                    "Second check: not you",
                    "You made the first check of this batch. The second person must be someone else.",
                    (
                        batch_rows.WhoRow("1", "สมชาย ศรีสุข", "qualified, here now"),
                        batch_rows.WhoRow("2", "王敏", "qualified, here now"),
                    ),
                ),
                batch_rows.RefusedRow(
                    "release", "Release: not yet", "It needs a second, independent check first."
                ),
            ),
        )
    )
    return _frame(view, place="batches")


PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "sign-in": (sign_in, (1280, 800)),
    "sign-in-badge": (sign_in_badge, (1280, 800)),
    "sign-in-waits": (sign_in_waits, (1280, 800)),
    "board": (board, (1440, 900)),
    "runner": (runner, (1280, 800)),
    "runner-blind": (runner_blind, (1280, 800)),
    "runner-review": (runner_review, (1280, 800)),
    "runner-review-reading": (runner_review_reading, (1280, 800)),
    "runner-over": (runner_over, (1280, 800)),
    "runner-keypad": (runner_keypad, (1280, 800)),
    "runner-low": (runner, (1280, 720)),
    "runner-keypad-low": (runner_keypad, (1280, 720)),
    "sign": (sign, (1280, 800)),
    "sign-badge": (sign_badge, (1280, 800)),
    "sign-pin-waits": (sign_pin_waits, (1280, 800)),
    "ask-two": (ask_two, (1280, 800)),
    "comparison": (comparison, (1440, 900)),
    "comparison-whole": (comparison, (1280, 1500)),
    "decision": (decision, (1280, 900)),
    "batch": (batch, (1440, 900)),
}
