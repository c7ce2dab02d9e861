# SPDX-License-Identifier: Apache-2.0
"""Draws every piece and every screen, light and dark, floor and desk, into PNG files, to be looked at.

Run: QT_QPA_PLATFORM=offscreen python -m tests.gui.gallery FOLDER [NAME ...]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from qcdesk.gui import status, theme
from qcdesk.gui.density import FLOOR
from qcdesk.gui.widgets.buttons import ActionRow, Button, IconButton, Segments
from qcdesk.gui.widgets.cards import Card, add, row
from qcdesk.gui.widgets.charts import Limits, LimitsBar, RunChart
from qcdesk.gui.widgets.chips import StatusChip
from qcdesk.gui.widgets.forms import ChoiceField, DateField, LineField
from qcdesk.gui.widgets.keys import FloorKey, Keypad
from qcdesk.gui.widgets.notices import EmptyState, NoticeBand, RefusalPanel, TroublePanel
from qcdesk.gui.widgets.people import PersonButton, PersonTile
from qcdesk.gui.widgets.pictures import CirclesPicture, IntervalBar
from qcdesk.gui.widgets.reading import ReadingField
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.widgets.secrets import PinDots, SecretField
from qcdesk.gui.widgets.strips import Judgement, JudgementStrip, WaySteps
from qcdesk.gui.widgets.text import Text
from qcdesk.gui.widgets.timeline import Happening, Timeline
from qcdesk.i18n import Catalogue
from tests.gui import gallery_detection, gallery_master, gallery_numbers, gallery_scorecard, gallery_screens

EN = Catalogue()


class Ground(QWidget):
    """The canvas of a window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("canvas"))


def pieces() -> QWidget:
    ground = Ground()
    grid = QGridLayout(ground)
    grid.setContentsMargins(28, 20, 28, 20)
    grid.setSpacing(12)

    buttons = Card("Buttons and floor keys")
    line = row(12)
    working = Button("Sign", "filled")
    pressed = FloorKey("Dent", FLOOR, icon="circle-arrow-down", count=4)
    pressed.setDown(True)
    add(
        line,
        Button("Start second check", "filled"),
        Button("Read my check"),
        Button("All 6", "text"),
        Button("Stop batch", "hold", icon="octagon-pause"),
        None,
    )
    line2 = row(12)
    off = Button("Not now")
    off.setEnabled(False)
    add(line2, working, off, IconButton("x", "Close"), Button("Register batch", icon="plus"), None)
    working.set_working("Checking your PIN …")
    keys = row(FLOOR.key_gap)
    add(
        keys,
        FloorKey("Dent", FLOOR, icon="circle-arrow-down", count=3),
        pressed,
        FloorKey("Wrong alloy mark", FLOOR, icon="badge-x", kind="critical"),
        FloorKey("Undo", FLOOR, icon="undo-2", note="Bad thread, unit 61"),
    )
    add(buttons.body, line, line2, keys, None)
    grid.addWidget(buttons, 0, 0)

    states = Card("Status: word + shape + colour")
    inner = QGridLayout()
    codes = (
        "to_inspect first_check waiting_second disagreement quarantined rejected ready_to_ship released late "
        "promise_due not_you normal not_done released_under_concession"
    )
    for place, code in enumerate(codes.split()):
        inner.addWidget(StatusChip.of(code, EN), place // 3, place % 3)
    states.body.addLayout(inner)
    states.body.addWidget(StatusChip.of("conditional", EN, soft=True), 0, Qt.AlignmentFlag.AlignLeft)
    grid.addWidget(states, 1, 0)

    words = Card("Type: one family in every script")
    add(
        words.body,
        Text("Unit 64, batch number", theme.SUBJECT, 700),
        Text("Page title · Trang · 页面 · หน้า", theme.PAGE, 600),
        Text("Card title · Thẻ · การ์ด · 卡片", theme.CARD, 600),
        Text("Body: Đặng kiểm tra · ตรวจครั้งที่สอง · 第二次检验"),
        Text(
            "พลิกฝาครอบ ส่องขอบซีลทั้งสองข้างกับแสงแล้วดูรูที่ 1 จากนั้นตรวจเกลียวและขอบทุกด้านอีกครั้งหนึ่งก่อนบันทึกผล",
            theme.BODY,
            wrap=True,
        ),
        Text("Secondary: waits 3 h 20 min ≤ 0.05 ⌀ 12 ⊥", theme.SECONDARY, 400, "text2"),
        None,
    )
    grid.addWidget(words, 2, 0)

    says = Card("Refusal, trouble, confirmation")
    add(
        says.body,
        RefusalPanel(
            "You made unit 7, so you cannot check this batch",
            "สมชาย and 王敏 can; both are here now.",
            "Ask สมชาย",
        ),
        TroublePanel(
            "The 16:40 backup did not finish: the disk is full",
            "Your work is saved. Free 200 MB on drive D, then try again.",
            "Try again",
        ),
        EmptyState(
            "Nothing waits for you",
            "3 batches wait for others. The next one usually comes at 14:00.",
            "Register a batch",
        ),
    )
    grid.addWidget(says, 0, 1, 2, 1)

    fields = Card("Fields")
    pair = row(12)
    good, bad = LineField("Number", "As on the label"), LineField("Quantity")
    bad.set_value("1,800.5")
    bad.show_wrong("“1,800.5” is no whole number.")
    choice = ChoiceField("Level", (("I", "General I"), ("II", "General II")))
    choice.set_value("II")
    add(pair, good, bad, choice, DateField("Ship by", optional=True, none_words="not set"))
    segments = Segments((("aql", "AQL"), ("c0", "c = 0"), ("fixed", "Fixed"), ("all", "100 %")), "Plan")
    segments.choose("aql")
    dots = PinDots("PIN")
    dots.type_sign("1")
    dots.type_sign("2")
    more = row(12)
    add(more, SecretField("Your password", "Show"), dots, segments)
    last = row(12)
    add(
        last,
        SearchField("Search batch, supplier, person … or scan"),
        PersonButton("Nguyễn Thị Linh", "Inspector"),
    )
    add(fields.body, pair, more, last, None)
    grid.addWidget(fields, 2, 1)

    limits = Limits(11.98, 12.05, 12.0, "11.98", "12.05", "12.00")
    measured = Card("Measured")
    field, outside = ReadingField(), ReadingField()
    for each, typed in ((field, "12,03"), (outside, "12.07")):
        each.set_unit("mm")
        each.show_reading(typed, "inside" if each is field else "outside")
    bar, bar2, chart = LimitsBar(), LimitsBar(), RunChart()
    bar.show_reading(limits, 12.03, "")
    bar2.show_reading(limits, 12.07, "")
    chart.show_run((12.0, 12.01, 11.99, 12.02, 12.03, 12.02, 12.04, 12.07), limits, "")
    add(measured.body, field, bar, outside, bar2, chart)
    grid.addWidget(measured, 0, 2)

    strips = Card("Strips")
    strip = JudgementStrip()
    strip.show_judgement(
        "So far rejected",
        rejected=True,
        classes=(
            Judgement("Critical", "Critical: 0 found", "0 allowed · 1 rejects", 0, 1),
            Judgement("Major", "Major: 6 found", "5 allowed · 6 reject", 6, 6),
        ),
    )
    way = WaySteps()
    way.show_steps(
        (("Registered", "Yesterday"), ("First check", "Linh"), ("Second check", "24 min"), ("Compared", "")),
        2,
        "2",
    )
    circles, interval = CirclesPicture(), IntervalBar()
    circles.show_counts(("Linh", "สมชาย"), ("9 units", "10 units"), 2, 7, 3, "")
    interval.show_interval(0.8, 0, 4, "")
    add(strips.body, strip, way, circles, interval, None)
    grid.addWidget(strips, 1, 2)

    last_card = Card("Lists")
    timeline = Timeline("What happened")
    timeline.show_lines(
        (
            Happening(
                "Today",
                "12:58",
                "Nguyễn Thị Linh signed: “I inspected”",
                "125 units in 2 h 41 min",
                "pen-line",
                True,
            ),
            Happening("Today", "11:37", "Photo added to unit 58", "Dent, left flange", "camera", False),
            Happening("Yesterday", "16:40", "Registered by Phạm Thu Hà", "", "scan-line", False),
        )
    )
    tiles = row(12)
    first = PersonTile("Nguyễn Thị Linh", "Inspector")
    first.setChecked(True)
    add(tiles, first, PersonTile("สมชาย ศรีสุข", "Inspector"), PersonTile("王敏", "Arbiter"))
    stop = ActionRow("Stop this batch", "Anyone may. Two people lift it.", icon="octagon-pause", kind="hold")
    add(last_card.body, timeline, stop, tiles, None)
    grid.addWidget(last_card, 2, 2)
    pad = Card("Keypad")
    pad.body.addWidget(Keypad(FLOOR, "Delete digit", decimal=","))
    grid.addWidget(pad, 0, 3, 2, 1)
    band = NoticeBand("Undo", ground)
    ground.resize(2300, 1300)
    band.tell("Dent noted on unit 64", lambda: None)
    return ground


PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "pieces": (pieces, (2300, 1300)),
    **gallery_screens.PICTURES,
    **gallery_master.PICTURES,
    **gallery_numbers.PICTURES,
    **gallery_detection.PICTURES,
    **gallery_scorecard.PICTURES,
}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = theme.install(app, "light", 1.0)
    for name, (build, size) in PICTURES.items():
        if len(arguments) > 1 and name not in arguments[1:]:
            continue
        for scheme in ("light", "dark"):
            look.set_scheme("light" if scheme == "light" else "dark")
            widget = build()
            widget.resize(*size)
            widget.show()
            app.processEvents()
            opened = getattr(widget, "gallery_open", None)
            if opened is not None:
                opened()
                app.processEvents()
            widget.grab().save(str(folder / f"{name}-{scheme}.png"))
            widget.close()
            widget.deleteLater()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}; {len(status.LOOKS)} states known")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
