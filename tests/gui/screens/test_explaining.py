# SPDX-License-Identifier: Apache-2.0
"""The owner's list: a question is told in words, and its explanation is put down by somebody else."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from qcdesk.domain.refusals import OwnConcern
from qcdesk.gui.screens.explaining.presenter import ExplainingPresenter
from qcdesk.gui.screens.explaining.view import ExplainingView, QuestionRow
from tests.gui.screens.conftest import EN, Desk, Remembers


def page(desk: Desk, view: Remembers) -> ExplainingPresenter:
    return ExplainingPresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who, desk.ask, desk.notices.append
    )


def hasty(desk: Desk) -> None:
    """Let somebody sign in 7 seconds after somebody else worked at the same bench."""
    desk.house.clock.forward(seconds=3600)
    desk.house.clock.tick = 0  # how often the clock is looked at is not the point
    desk.house.batch()
    desk.house.clock.forward(seconds=7)
    desk.house.sit("som")


def rows(view: Remembers) -> list[QuestionRow]:
    return list(view.last("show_rows"))


def test_question_is_told_in_words_with_both_names(desk: Desk) -> None:
    hasty(desk)
    view = Remembers()
    page(desk, view).open()
    told = rows(view)[0]
    assert told.what == "สมชาย ศรีสุข signed in at bench 1, 7 s after Nguyễn Thị Linh worked there."
    assert told.explained == ""


def test_explanation_is_put_down_and_shown_by_whom(desk: Desk) -> None:
    desk.house.enrol("tu", "Trần Tú", "administrator")
    hasty(desk)
    view = Remembers()
    one = page(desk, view)
    one.open()
    key = rows(view)[0].key
    desk.login = "tu"
    desk.answers["note"] = "change of shift"
    one.explain(key)
    told = next(row for row in rows(view) if row.key == key)
    assert (told.explained, told.note) == ("Trần Tú", "change of shift")


def test_whom_it_is_about_does_not_explain_it(desk: Desk) -> None:
    hasty(desk)
    view = Remembers()
    one = page(desk, view)
    one.open()
    desk.answers["note"] = "nothing happened"
    with pytest.raises(OwnConcern):
        one.explain(rows(view)[0].key)


def test_others_than_the_owners_kind_are_refused_in_words(desk: Desk) -> None:
    desk.house.enrol("tu", "Trần Tú", "inspector")
    desk.login = "tu"
    view = Remembers()
    page(desk, view).open()
    assert view.problems[-1].kind == "refusal"
    assert "show_rows" not in view.told


def test_long_question_stands_whole_in_a_narrow_window(qtbot: QtBot) -> None:
    view = ExplainingView(EN)
    qtbot.addWidget(view)
    view.resize(1176, 720)  # 1280 px less the rail
    short = QuestionRow("a", "2026-11-18 09:12", "Short.", "", "", "", "")
    long = QuestionRow("b", "2026-11-18 09:12", "Linh took 4.1 s for each of 80 units; " * 3, "", "", "", "")
    view.show_rows((short, long))
    view.show()
    assert view.table.rowHeight(1) >= view.table.rowHeight(0) + 20
    narrow = view.table.rowHeight(1)
    view.resize(2400, 720)
    qtbot.waitUntil(lambda: view.table.rowHeight(1) < narrow)
