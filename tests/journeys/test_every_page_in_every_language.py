# SPDX-License-Identifier: Apache-2.0
"""Every page stands in every language and in a longer one: nothing is clipped, no key is cut, all is translated."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, cast

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
from qcdesk.gui.density import FLOOR
from qcdesk.gui.problems import Place
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.forms import Field
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.pages import SearchedList
from qcdesk.gui.widgets.text import Text, text_width, wrapped
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, load, mark
from qcdesk.services.certify_batch import ToPrint
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.labels import LabelWish
from tests.journeys import told_problems
from tests.journeys.driving import PATIENCE_S, Hands
from tests.sentences import sentences
from tests.store.scenes import World
from tests.workspace import House

LOW = (1280, 720)
HEADING_PADDING = 22  # of the theme, and Qt's own margin


@contextmanager
def window(house: House, language: str) -> Iterator[Hands]:
    settings = config.Settings("station", station_name="Station 3", theme="light")
    known = load(language, config.resource("translations"))
    words = Listening(known.language, known.messages, known.plural)
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


def stands_whole(widget: QWidget) -> bool:
    """Tell whether nothing of a widget lies outside of what holds it."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def faults(hands: Hands) -> set[str]:
    """Return what cannot be read whole on the page in view, with its kind."""
    return faults_of(hands.window, hands.program.running.words.language)


def faults_of(window: QWidget, language: str) -> set[str]:
    """Return what cannot be read whole in a window, with its kind."""
    found: set[str] = set()
    texts = [one for one in window.findChildren(Text) if one.isVisible()]
    buttons = [one for one in window.findChildren(Button) if one.isVisible()]
    for text in texts:
        if text.text() and text.height() + 1 < text.heightForWidth(text.width()):
            found.add(f"clipped: {text.text()}")
    for button in buttons:
        if button.width() < button.minimumSizeHint().width():
            found.add(f"cut: {button.text()}")
    for key in (one for one in window.findChildren(FloorKey) if one.isVisible()):
        high = (
            key.minimumHeight() or FLOOR.key_least
        )  # the digits of a PIN may be lower, as they say themselves
        if key.width() < FLOOR.key_least or key.height() < high or not stands_whole(key):
            found.add(f"cut key: {key.accessibleName()}")
        if key.cut and language != STRETCHED:
            found.add(f"cut word: {key.accessibleName()}")
    for table in (one for one in window.findChildren(Table) if one.isVisible()):
        head = table.horizontalHeader()
        for at, column in enumerate(table.rows.columns):
            if head.isSectionHidden(at) or language == STRETCHED:
                continue
            room = head.sectionSize(at) - HEADING_PADDING
            if max(text_width(line, theme.LABEL, 600) for line in column.heading.split("\n")) > room:
                found.add(f"cut heading: {column.heading}")
    worded: list[Text | Button] = [*texts, *buttons]
    for widget in worded:
        right = widget.mapTo(window, widget.rect().topRight()).x()
        if right > window.width() and not inside_a_scroll_area(widget):
            found.add(f"outside: {widget.text()}")
    return found


def lasting_faults(hands: Hands) -> set[str]:
    """Return what cannot be read whole once the page is laid out: a busy machine takes its time for that."""
    end = time.monotonic() + PATIENCE_S
    while (found := faults(hands)) and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.02)
    return found


def openings(world: World) -> dict[str, tuple[object, ...]]:
    """Return what the pages are opened with that cannot be opened with nothing."""
    sheet = ChartSheet("Sheet", "About", ("Line",), None, ("Heading",), (("Row",),), ("Foot",), "sheet")
    batch, supplier = world.accepted.batch, "S1"
    return {
        **dict.fromkeys(("batch", "report", "register"), (batch,)),
        **dict.fromkeys(("supplier", "scorecard", "supplier_defects", "supplier_ledger"), (supplier,)),
        **dict.fromkeys(
            ("analysis_chart", "chart", "scorecard_paper", "scoreboard_paper"), (sheet, "", bool)
        ),
        "audit": (world.audit_reviewed,),
        "certificate": (batch, ToPrint(1, 1)),
        "comparison": (world.disagreed.batch,),
        "complaint": (2,),
        "corrective_action": (world.action,),
        "decision": (world.disagreed.batch, world.disagreed.third),
        "first_article": (batch,),
        "instruction": (world.code, 1),
        "labels": (batch, LabelWish("quarantine", copies=2)),
        "nonconformity": (1,),
        "procedure": (world.code,),
        "procedure_rule": ("major", {"rule": "zero"}),
        "runner": (world.first_check.first,),
        "severities": ("supplier", supplier, "Cơ khí Đông Á"),
        "slip": (world.house.use.keeping.anchor(world.house.hands["linh"]),),
        "stickers": (world.awaiting_second.batch,),
    }


class Listening(Catalogue):
    """A catalogue that remembers what it was asked for and had to say in English."""

    lacking: ClassVar[set[str]] = set()

    def say(self, message: str, /, *, context: object = "", **values: object) -> str:
        """Say it."""
        self._note(mark(message, context=str(context)))
        return super().say(message, context=context, **values)

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Say it."""
        self._note(one)
        return super().count(one, many, n, **values)

    def _note(self, message: str) -> None:
        if not any(self.messages.get(message, ())):
            self.lacking.add(message)


def refuse(page: QWidget | None, words: Catalogue) -> None:
    """Say no to whoever is on a page, in the most words; its lists find nothing, and every field is wrong."""
    assert page is not None
    cast("Place", page).show_problem(told_problems.blocked_clock(words))
    for table in (one for one in page.findChildren(SearchedList) if one.isVisible()):
        table.show_rows((), searching=True)
    wrong = told_problems.wrong_at("", words).told
    for field in (one for one in page.findChildren(Field) if one.isVisible()):
        field.show_wrong(wrong.fact)


@pytest.mark.parametrize("language", [STRETCHED, *LANGUAGES[1:]])
def test_nothing_is_clipped_or_left_in_english_on_any_page(world: World, look: None, language: str) -> None:
    opened_with, found = openings(world), dict[str, set[str]]()
    with window(world.house, language) as hands:
        hands.until(lambda: hands.here == "sign_in", "the wall")
        hands.settle()
        found["sign_in"] = lasting_faults(hands)
        hands.sign_in("linh")
        running = hands.program.running
        for name in [*sorted(running.window.names - {"sign_in", "runner"}), "runner"]:
            running.open(name, *opened_with.get(name, ()))
            hands.settle()
            hands.settle()  # what came back is laid out
            assert hands.here == name
            found[name] = lasting_faults(hands)
            if name != "runner":
                refuse(running.window.page, running.words)
                QApplication.processEvents()
                found[f"{name}, refused"] = lasting_faults(hands)
        # there the page of three classes of defects scrolls no more than in a large one
        hands.window.resize(*LOW)
        hands.settle()
        found["runner in a low window"] = lasting_faults(hands)
        if language != STRETCHED:  # what is that long leaves the keys so little that they scroll
            refuse(running.window.page, running.words)
            QApplication.processEvents()
            found["runner in a low window, refused"] = lasting_faults(hands)
    assert not {name: told for name, told in found.items() if told}
    if language != STRETCHED:  # what nobody can translate, since it is not among what translators are given
        assert not Listening.lacking - sentences().keys()


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
