# SPDX-License-Identifier: Apache-2.0
"""What taking a place would cost later is pointed out before, and going on anyway is a choice."""

from __future__ import annotations

from typing import Any

from qcdesk.gui.changes import Changes
from qcdesk.gui.starting import Starting
from qcdesk.services.start_check import Started
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, tell, workspace

__all__ = ["desk", "workspace"]


def starting(at: Desk, opened: list[Started], ask: Any) -> Starting:  # noqa: ANN401 - the sheet, or none
    return Starting(at.house.use, at.tasks, EN, ask, tell, at.who, Changes(), opened.append)


def test_first_check_that_leaves_nobody_asks_before_it_is_taken(desk: Desk) -> None:
    opened: list[Started] = []
    asked: list[Any] = []
    number = desk.house.batch(makers=("som",))
    view = Remembers()
    starting(desk, opened, lambda asking, _work, _done: asked.append(asking)).start(
        number, desk.problems(view)
    )
    assert opened == []
    assert desk.house.state(number) == "registered"
    assert (asked[0].secret, asked[0].button) == (False, "Go on anyway")


def test_going_on_anyway_takes_the_place(desk: Desk) -> None:
    opened: list[Started] = []
    number = desk.house.batch(makers=("som",))
    starting(desk, opened, desk.ask).start(number, desk.problems(Remembers()))
    assert [started.place for started in opened] == ["first"]


def test_refused_start_is_said_where_one_stands(desk: Desk) -> None:
    opened: list[Started] = []
    number = desk.house.batch()
    desk.house.check("linh", number)
    view = Remembers()
    starting(desk, opened, desk.ask).start(number, desk.problems(view))
    assert opened == []
    assert view.problems[0].kind == "refusal"
