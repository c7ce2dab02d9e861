# SPDX-License-Identifier: Apache-2.0
"""The unit of a first-article report is chosen among those that were looked at."""

from __future__ import annotations

from qcdesk.gui.first_articles import FirstArticles
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, workspace

__all__ = ["desk", "workspace"]


def test_the_unit_is_chosen_among_those_that_were_looked_at(desk: Desk) -> None:
    shown: list[tuple[str, int]] = []
    chosen = FirstArticles(
        desk.house.use, desk.tasks, EN, desk.ask, desk.who, lambda batch, unit: shown.append((batch, unit))
    )
    batch, view = desk.house.accepted(), Remembers()
    desk.answers = {"unit": "3"}
    chosen.ask_for_unit(batch, desk.problems(view))
    [question] = desk.asked[-1].questions
    units = desk.house.use.read.comparison(batch, desk.who().person, desk.house.use.clock.now()).units
    assert [int(code) for code, _ in question.choices] == list(units)
    assert shown == [(batch, 3)]
    assert not desk.asked[-1].recorded


def test_of_a_batch_whose_second_check_is_not_signed_no_unit_is_offered(desk: Desk) -> None:
    chosen = FirstArticles(desk.house.use, desk.tasks, EN, desk.ask, desk.who, lambda *_: None)
    batch, view = desk.house.batch(), Remembers()
    desk.house.check("som", batch)
    chosen.ask_for_unit(batch, desk.problems(view))
    assert [problem.kind for problem in view.problems] == ["refusal"]
    assert not desk.asked
