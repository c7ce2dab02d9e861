# SPDX-License-Identifier: Apache-2.0
"""Every page stands in a language that is longer than English, and in Thai: nothing is clipped, no key is cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from icu4py.breakers import LineBreaker
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from qcdesk import config
from qcdesk.gui import theme
from qcdesk.gui.app import Program
from qcdesk.gui.breaks import MAY_BREAK
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.text import Text, text_width, wrapped
from qcdesk.i18n import STRETCHED, load
from tests.journeys.driving import Hands
from tests.workspace import House


@contextmanager
def window(house: House, language: str) -> Iterator[Hands]:
    settings = config.Settings("station", station_name="Station 3", theme="light")
    words = load(language, config.resource("translations"))
    program = Program(house.use, settings, words, keep_settings=lambda _: None)
    program.running.window.resize(1280, 800)
    program.begin()
    hands = Hands(program, house)
    yield hands
    hands.close()


def inside_a_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def faults(hands: Hands) -> set[str]:
    """Return what cannot be read whole on the page in view, with its kind."""
    found: set[str] = set()
    window = hands.window
    for text in hands.all(Text):
        if text.text() and text.height() + 1 < text.heightForWidth(text.width()):
            found.add(f"clipped: {text.text()}")
    for button in hands.all(Button):
        if button.width() < button.minimumSizeHint().width():
            found.add(f"cut: {button.text()}")
    worded: list[Text | Button] = [*hands.all(Text), *hands.all(Button)]
    for widget in worded:
        right = widget.mapTo(window, widget.rect().topRight()).x()
        if right > window.width() and not inside_a_scroll_area(widget):
            found.add(f"outside: {widget.text()}")
    return found


OPENED_WITH_MORE = {
    "analysis_chart": "a sheet",
    "audit": "an audit under way",
    "certificate": "a print on record",
    "chart": "a sheet",
    "comparison": "two signed checks",
    "complaint": "a complaint",
    "corrective_action": "an action",
    "decision": "a third check",
    "nonconformity": "a nonconformity",
    "procedure_rule": "a rule",
    "scoreboard_paper": "a sheet",
    "scorecard_paper": "a sheet",
    "severities": "a run of severities",
    "slip": "a signed anchor",
}
"""The pages that only a longer story leads to; their own journeys read them."""


@pytest.mark.parametrize("language", [STRETCHED, "th"])
def test_nothing_is_clipped_on_any_page(house: House, look: None, language: str) -> None:
    batch = house.use.read.batch_by_number(house.batch("LOT-10", 1_200))
    supplier = house.use.read.suppliers()[0].supplier.code
    procedure = house.use.read.procedures(house.use.clock.today())[0].version.code
    opened_with: dict[str, tuple[object, ...]] = {
        **dict.fromkeys(("batch", "report", "stickers", "register"), (batch,)),
        **dict.fromkeys(("supplier", "scorecard", "supplier_defects", "supplier_ledger"), (supplier,)),
        "procedure": (procedure,),
    }
    found: dict[str, set[str]] = {}
    with window(house, language) as hands:
        hands.until(lambda: hands.here == "sign_in", "the wall")
        hands.settle()
        found["sign_in"] = faults(hands)
        hands.sign_in("linh")
        main = hands.program.running.window
        pages = main.names - OPENED_WITH_MORE.keys() - {"runner"}
        for name in sorted(pages):
            hands.program.running.open(name, *opened_with.get(name, ()))
            hands.settle()
            hands.settle()  # what came back is laid out
            found[name] = faults(hands)
        hands.program.running.open("batch", batch)
        hands.settle()
        hands.act(hands.program.running.words.say("Make the first check"))
        hands.until(lambda: hands.here == "runner", "the runner")
        hands.settle()
        found["runner"] = faults(hands)
    assert OPENED_WITH_MORE.keys() <= main.names
    assert not {name: told for name, told in found.items() if told}


def test_words_that_are_cut_stand_whole_in_a_tip(qtbot: QtBot, look: None) -> None:
    text = Text("Whatever does not fit")
    qtbot.addWidget(text)
    text.show()
    for width, cut in ((1_000, False), (60, True)):
        text.resize(width, 30)
        QToolTip.hideText()
        place = text.rect().center()
        QApplication.sendEvent(text, QHelpEvent(QEvent.Type.ToolTip, place, text.mapToGlobal(place)))
        assert text.cut is cut and (QToolTip.text() == text.text()) is cut
    QToolTip.hideText()


def test_the_longest_thai_sentence_wraps_between_words(qtbot: QtBot, look: None) -> None:
    words = load("th", config.resource("translations"))
    longest = max((one[0] for one in words.messages.values() if "{" not in one[0]), key=len)
    text = Text(longest, wrap=True)
    qtbot.addWidget(text)
    lines = wrapped(longest, theme.BODY, 400, 220)
    assert len(lines) > 3 and all(text_width(line, theme.BODY) <= 220 for line in lines)
    ends = {part for word in LineBreaker(longest, "th") for part in [word.strip()]}
    assert all(any(line.replace(MAY_BREAK, "").endswith(end) for end in ends if end) for line in lines)
    assert text.text() == longest == text.accessibleName()  # as it is stored, copied and read aloud
