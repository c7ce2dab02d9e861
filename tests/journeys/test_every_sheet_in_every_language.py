# SPDX-License-Identifier: Apache-2.0
"""Every sheet stands in every language and in a longer one, on the smallest window: read whole, all translated."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qcdesk import config
from qcdesk.domain.refusals import Incomplete
from qcdesk.gui.density import FLOOR
from qcdesk.gui.problems import Problem, Problems, Told
from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.gui.screens.code.view import CodeSheet
from qcdesk.gui.screens.sign.rows import SigningRow
from qcdesk.gui.screens.sign.view import SignSheet
from qcdesk.gui.screens.unsent.presenter import UnsentPresenter
from qcdesk.gui.screens.unsent.view import UnsentSheet
from qcdesk.gui.widgets.sheets import Sheet
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import LANGUAGES, STRETCHED, load
from qcdesk.services.trouble import Trouble
from tests.gui.screens.test_unsent import Mails
from tests.journeys import told_problems
from tests.journeys.test_every_page_in_every_language import Listening, faults_of, lasting_faults, window
from tests.journeys.told_sheets import FACT, FACTS, GUI, sources
from tests.sentences import sentences
from tests.store.scenes import World

LEAST = (1280, 720)


def faults(sheet: Sheet, language: str) -> set[str]:
    """Return what cannot be read whole on a sheet: also where it needs more room than it has."""
    QApplication.processEvents()
    found = faults_of(sheet, language)
    for text in sheet.findChildren(Text):
        if language != STRETCHED and text.isVisible() and text.cut and FACT not in text.text():
            found.add(f"cut: {text.text()}")
    needs, panel = sheet.panel.minimumSizeHint(), sheet.panel
    if needs.height() > panel.height() or needs.width() > panel.width():
        found.add(f"cramped: {needs.toTuple()} in {panel.size().toTuple()}")
    return found


@pytest.mark.parametrize("language", [STRETCHED, *LANGUAGES[1:]])
def test_nothing_is_clipped_or_left_in_english_on_any_sheet(qtbot: QtBot, look: None, language: str) -> None:
    known = load(language, config.resource("translations"))
    words = Listening(known.language, known.messages, known.plural)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(*LEAST)
    ground.show()
    ask, code = AskSheet(ground, words, FLOOR), CodeSheet(ground, words)
    found: dict[str, set[str]] = {}
    for source in sources(words):
        for where, asking in source.askings():
            ask.show_asking(asking, FACTS["name"], FACT, (("som", "สมชาย ศรีสุข"),), pin=True)
            ask.open()
            found[where] = faults(ask, language)
            ask.close_sheet()
        for where, (title, says, done) in source.cards():
            code.show_code(title, says, done, FACT)
            code.open()
            found[where] = faults(code, language)
            code.close_sheet()
    unsent, told = UnsentSheet(ground, words), Told(FACT, FACT)
    for own, others in ((1, 0), (8, 2), (0, 1), (0, 2)):
        mails = Mails(*(f"{n} {FACT}" for n in range(own)), others=others)
        problems = Problems(lambda _: told, words, unsent)
        UnsentPresenter(unsent, mails, words, problems, str).may_go(str)
        found[f"unsent {own} {others}"] = faults(unsent, language)
        if own:
            unsent.show_problem(Problem("trouble", told, Trouble("disk_full")))
            found[f"unsent {own} {others} and trouble"] = faults(unsent, language)
        unsent.close_sheet()
    assert not {where: told for where, told in found.items() if told}
    if language != STRETCHED:
        assert not Listening.lacking - sentences().keys()


@pytest.mark.parametrize("language", [STRETCHED, *LANGUAGES[1:]])
def test_the_sheet_that_signs_a_check_stands_in_every_language(
    world: World, look: None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with the keypad, with what was refused beside it, and where it cannot be signed yet."""
    with window(world.house, language) as hands:
        hands.window.resize(*LEAST)
        hands.until(lambda: hands.here == "sign_in", "the wall")
        hands.sign_in("linh")
        sheet, words = hands.program.running.sign_sheet, hands.program.running.words
        shown, show = list[SigningRow](), sheet.show_signing

        def remember(row: SigningRow) -> None:
            shown.append(row)
            show(row)

        monkeypatch.setattr(sheet, "show_signing", remember)
        hands.program.running.signing.open(world.first_check.first, lambda _: None)
        hands.until(sheet.isVisible, "the sheet")
        lasting_faults(hands)
        found = {"opened": faults(sheet, language)}
        for kind, problem in told_problems.every_problem(words).items():
            sheet.show_badge("7KQ4")
            sheet.show_problem(problem)
            found[kind] = faults(sheet, language) | told_problems.english_left(
                sheet.panel, language, Listening.lacking
            )
        missing = told_problems.told(Incomplete((17, 88, 90)), words).told
        sheet.show_signing(replace(shown[-1], refused=(missing.fact, missing.way, 17)))
        hands.settle()
        found["refused"] = faults(sheet, language)
        assert not {name: told for name, told in found.items() if told}


def test_every_kind_of_sheet_and_every_asking_is_opened() -> None:
    """A new sheet, or an asking that is written where it is not read, is noticed."""
    assert set(Sheet.__subclasses__()) == {AskSheet, CodeSheet, SignSheet, UnsentSheet}
    words = Listening()
    opened = {where.split(" ")[0] for source in sources(words) for where, _ in source.askings()}
    opened |= {where for source in sources(words) for where, _ in source.cards()}
    assert opened == set(written()) and len(opened) > 90
    unread = {
        where.split(":")[0]
        for source in sources(words)
        for where, asking in source.askings()
        if FACT in (asking.title, asking.button)
    }
    assert unread == {
        "screens/ask/presenter.py",
        "sending.py",
    }  # what others hand in; else words are followed


def written() -> Iterator[str]:
    """Yield where the windows write a sheet down."""
    for path in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Asking", "Once"):
                yield f"{path.relative_to(GUI)}:{node.lineno}"
