# SPDX-License-Identifier: Apache-2.0
"""What comes after a sheet was opened stands in every language, too: keypads, waits, refusals, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk import config
from qcdesk.gui.asking import Asking, Question
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.gui.screens.sign.view import SignSheet
from qcdesk.gui.screens.sign_in.view import SignInView
from qcdesk.gui.widgets.notices import ProblemArea
from qcdesk.gui.widgets.sheets import Sheet
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, load
from tests.journeys import told_problems
from tests.journeys.test_every_page_in_every_language import Listening
from tests.journeys.test_every_sheet_in_every_language import LEAST, faults
from tests.journeys.told_sheets import FACT, FACTS, sources

EVERY = pytest.mark.parametrize("language", [STRETCHED, *LANGUAGES[1:]])
SECOND = ("som", "สมชาย ศรีสุข")
States = dict[str, Callable[[], object]]


def found_in(sheet: Sheet, states: States, language: str) -> dict[str, set[str]]:
    """Bring a sheet into each state; return what cannot be read whole there, or is left in English."""
    found = {}
    for name, come in states.items():
        come()
        told = faults(sheet, language) | told_problems.english_left(sheet, language, Listening.lacking)
        found[name] = told
        sheet.close_sheet()
    return {name: told for name, told in found.items() if told}


def fullest(words: Catalogue) -> dict[str, Asking]:
    """Return the sheets with the most on them: signed by one, by two, with lines, and without a secret."""
    asked = [one for source in sources(words) for _, one in source.askings()]
    kinds: dict[str, Callable[[Asking], bool]] = {
        "one signs": lambda one: one.secret and not one.other,
        "two sign": lambda one: one.other,
        "lines": lambda one: any(q.kind == "rows" for q in one.questions),
        "no secret": lambda one: not one.secret,
    }
    return {
        name: max(filter(fits, asked), key=lambda one: (len(one.questions), len(one.says)))
        for name, fits in kinds.items()
    }


def asked_states(sheet: AskSheet, words: Catalogue) -> States:
    """Return how the sheet that asks comes into each of its later states."""
    problems = told_problems.every_problem(words)

    def opened(asking: Asking, *, pin: bool = True) -> None:
        sheet.show_asking(asking, FACTS["name"], FACT, (SECOND,), pin=pin)
        sheet.open()

    def own_badge(asking: Asking) -> None:
        opened(asking)
        sheet.show_badge("", "7KQ4")
        sheet.show_problem(problems["waits"])

    def other_badge(asking: Asking) -> None:
        opened(asking)
        sheet.show_badge(SECOND[0], "7KQ4")

    def missing(asking: Asking) -> None:
        opened(asking, pin=False)
        sheet.give()

    def nobody_chosen(asking: Asking) -> None:
        opened(asking, pin=False)
        for question in asking.questions:
            if question.kind in ("line", "text"):
                sheet.fill(question.code, "7")
        sheet.secret.password.setText("x")
        sheet.give()

    def wrong(asking: Asking) -> None:
        opened(asking, pin=False)
        for question in asking.questions:
            sheet.show_problem(told_problems.wrong_at(question.code, words))

    def working(asking: Asking) -> None:
        opened(asking)
        sheet.show_working(True)
        sheet.show_working(False)
        sheet.show_working(True)

    def refused(asking: Asking, kind: str) -> None:
        sheet.show_working(False)
        opened(asking)
        sheet.show_problem(problems[kind])

    states: States = {}
    for name, asking in fullest(words).items():
        for kind in problems if name in ("one signs", "two sign") else ("refusal",):
            states[f"{name}, {kind}"] = partial(refused, asking, kind)
        for come in (wrong, missing, *((own_badge,) if asking.secret else ()),
                     *((other_badge, nobody_chosen) if asking.other else ()), working):  # fmt: skip
            states[f"{name}, {come.__name__}"] = partial(come, asking)

    def long_questions() -> None:
        """Each question is a whole sentence, as those of an audit are."""
        asked = problems["refusal"].told
        fields = (
            Question("a", f"{asked.fact} {asked.way}"),
            Question("b", asked.way, "choice", (("x", "x"),)),
        )
        opened(Asking(asked.fact, asked.way, words.say("Sign"), (*fields, Question("c", asked.fact, "text"))))

    def many_lines() -> None:
        """What comes in is said line by line, as the answers of an audit are; none may hide another."""
        asked = problems["refusal"].told
        opened(Asking(words.say("Sign"), "\n".join([asked.fact] * 26), words.say("Sign"), note=asked.way))

    return {**states, "long questions": long_questions, "many lines": many_lines}


@EVERY
def test_what_follows_on_a_sheet_stands_in_every_language(qtbot: QtBot, look: None, language: str) -> None:
    known = load(language, config.resource("translations"))
    words = Listening(known.language, known.messages, known.plural)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(*LEAST)
    ground.show()
    ask = AskSheet(ground, words, FLOOR)
    assert not found_in(ask, asked_states(ask, words), language)


def test_the_report_of_a_mistake_is_copied_where_a_person_signs_and_signs_in(
    qtbot: QtBot, look: None
) -> None:
    ground, words, copied = QWidget(), Catalogue(), QGuiApplication.clipboard()
    qtbot.addWidget(ground)
    sheet, wall = SignSheet(ground, words, FLOOR), SignInView(words, FLOOR, LANGUAGES)
    qtbot.addWidget(wall)
    for view in (sheet, wall):
        copied.setText("")
        view.show_problem(told_problems.bug(words))
        area = view.findChild(ProblemArea)
        assert area is not None and area.panel is not None
        area.panel.button.click()
        assert "LookupError" in copied.text()
