# SPDX-License-Identifier: Apache-2.0
"""What pages leave behind ends on the window's thread, whichever thread makes the objects that wake the collector."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from qcdesk.gui.collecting import CollectingHere
from qcdesk.gui.tasks import ThreadTasks

MANY = 20_000


@pytest.fixture
def tasks(look: object) -> Iterator[ThreadTasks]:
    made = ThreadTasks()
    yield made
    made.close()


class Page:
    """Something that holds itself in a circle, and tells on which thread it ends."""

    def __init__(self, ended: list[str]) -> None:
        self._ended = ended
        self._itself = self

    def __del__(self) -> None:
        self._ended.append(threading.current_thread().name)


def make_many() -> list[list[int]]:
    return [[n] for n in range(MANY)]


def test_circles_end_on_the_windows_thread(tasks: ThreadTasks, qtbot: QtBot) -> None:
    ended: list[str] = []
    Page(ended)
    made: list[object] = []
    tasks.run(make_many, made.append, made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert ended == []
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["MainThread"]


def test_who_waits_for_an_answer_is_let_go_of_on_the_windows_thread(tasks: ThreadTasks, qtbot: QtBot) -> None:
    ended: list[str] = []
    gate = threading.Event()

    class Waiting:
        def take(self, answer: object) -> None: ...

        def __del__(self) -> None:
            ended.append(threading.current_thread().name)

    asked: list[object] = []
    for _ in range(3):
        tasks.run(lambda: gate.wait(5), Waiting().take, Waiting().take, latest="page")
    tasks.run(lambda: True, asked.append, asked.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(asked))
    assert ended == ["MainThread"] * 6


@pytest.mark.parametrize("before", [gc.enable, gc.disable])
def test_collector_is_left_as_it_was_once_the_last_window_is_closed(
    look: object, before: Callable[[], None]
) -> None:
    before()
    by_itself = gc.isenabled()
    first, second = CollectingHere(), CollectingHere()
    first.end()
    assert not gc.isenabled()
    second.end()
    assert gc.isenabled() is by_itself
