# SPDX-License-Identifier: Apache-2.0
"""Work beside the window: in order, answered on its thread, newer questions win, writes are never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from qcdesk.domain.refusals import Refusal
from qcdesk.gui.tasks import ImmediateTasks, ThreadTasks, WhileOpen


@pytest.fixture
def tasks(look: object) -> Iterator[ThreadTasks]:
    made = ThreadTasks()
    yield made
    made.close()


def never(answer: object) -> None:
    raise AssertionError(answer)


def test_work_is_done_in_order_and_answers_come_on_the_windows_thread(
    tasks: ThreadTasks, qtbot: QtBot
) -> None:
    answers: list[tuple[int, str]] = []
    for n in range(5):
        tasks.run(
            lambda n=n: (n, threading.current_thread().name),  # type: ignore[misc]
            lambda got: answers.append((got[0], f"{got[1]}/{threading.current_thread().name}")),
            never,
        )
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert answers == [(n, "database/MainThread") for n in range(5)]


def test_refusal_reaches_failed(tasks: ThreadTasks, qtbot: QtBot) -> None:
    problems: list[Exception] = []

    def refuse() -> None:
        raise Refusal

    tasks.run(refuse, never, problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    assert isinstance(problems[0], Refusal)


def test_bug_in_work_reaches_failed_and_the_worker_goes_on(tasks: ThreadTasks, qtbot: QtBot) -> None:
    problems: list[Exception] = []
    answers: list[int] = []
    tasks.run(lambda: 1 // 0, answers.append, problems.append)
    tasks.run(lambda: 7, answers.append, never)
    qtbot.waitUntil(lambda: bool(answers))
    assert isinstance(problems[0], ZeroDivisionError)
    assert answers == [7]


def test_newer_question_drops_the_older_answer(tasks: ThreadTasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    tasks.run(lambda: gate.wait(5), lambda _: None, never)
    tasks.run(lambda: "d", answers.append, never, latest="search")
    tasks.run(lambda: "da", answers.append, never, latest="search")
    tasks.run(lambda: "kept", answers.append, never)
    gate.set()
    qtbot.waitUntil(lambda: "kept" in answers)
    assert answers == ["da", "kept"]


def test_closing_waits_for_writes_and_drops_questions() -> None:
    tasks = ThreadTasks()
    gate = threading.Event()
    done: list[str] = []
    tasks.run(lambda: gate.wait(5), lambda _: None, never)
    tasks.run(lambda: done.append("written"), lambda _: None, never)
    tasks.run(lambda: done.append("asked"), lambda _: None, never, latest="page")
    closing = threading.Timer(0.05, gate.set)
    closing.start()
    tasks.close()
    assert done == ["written"]


def test_nothing_is_taken_after_closing() -> None:
    tasks = ThreadTasks()
    tasks.close()
    done: list[int] = []
    tasks.run(lambda: done.append(1), lambda _: None, never)
    tasks.render(lambda: done.append(2), lambda _: None, never)
    assert done == []


def test_rendering_does_not_wait_for_the_database(tasks: ThreadTasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    tasks.run(lambda: gate.wait(5), lambda _: None, never)
    tasks.render(lambda: "drawn", answers.append, never)
    qtbot.waitUntil(lambda: answers == ["drawn"])
    gate.set()


def test_immediate_tasks_answer_at_once() -> None:
    answers: list[object] = []
    ImmediateTasks().run(lambda: 3, answers.append, never)
    ImmediateTasks().run(lambda: 1 // 0, never, answers.append)
    assert answers[0] == 3
    assert isinstance(answers[1], ZeroDivisionError)


def test_a_closed_window_is_brought_no_answer_but_its_writes_are_done(
    tasks: ThreadTasks, qtbot: QtBot
) -> None:
    said: list[str] = []
    after: list[bool] = []
    window = WhileOpen(tasks)
    window.run(lambda: said.append("written"), never, never)
    window.end()
    tasks.run(lambda: True, after.append, never)
    qtbot.waitUntil(lambda: bool(after))
    assert said == ["written"]
