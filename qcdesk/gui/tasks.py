# SPDX-License-Identifier: Apache-2.0
"""The only threads of the window: one worker owns the database, a small pool renders.

``work`` holds no Qt object and all its input. ``done`` and ``failed`` are called on the thread of the window, through
a queued signal of an object that lives there. Entries are shown as saved only in ``done``, that is after the commit.
No other thread ever holds ``done`` or ``failed``: whoever lets go last of a page ends it, and Qt ends pages on the
window's thread only. For the same reason the garbage collector stays on that thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from qcdesk.gui.collecting import CollectingHere

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Tasks(Protocol):
    """What a presenter needs to do work without making the window wait."""

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """Do ``work`` on the thread of the database, in the order asked for.

        ``latest`` names a question (never a write): a newer one under the same name drops this one's answer.
        """

    def render(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """Do ``work`` that touches no database (a report, a thumbnail) beside it."""


class ImmediateTasks:
    """Does everything at once, where it stands: for tests of presenters."""

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """Do the work now."""
        try:
            result = work()
        except Exception as problem:  # the same net as a thread has: ``failed`` tells a refusal from a bug
            failed(problem)
            return
        done(result)

    render = run


class WhileOpen:
    """The tasks of one window: once it is closed, its pages are gone, and no answer is brought to them any more.

    Writes that were asked for are done all the same.
    """

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._open = True

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """See ``Tasks``."""
        self._tasks.run(work, self._while_open(done), self._while_open(failed), latest=latest)

    def render(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """See ``Tasks``."""
        self._tasks.render(work, self._while_open(done), self._while_open(failed), latest=latest)

    def end(self) -> None:
        """Bring no more answers."""
        self._open = False

    def _while_open(self, call: Callable[[T], None]) -> Callable[[T], None]:
        def answer(value: T) -> None:
            if self._open:
                call(value)

        return answer


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    latest: str | None
    ticket: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a job; of one that was overtaken, nothing did."""

    ticket: int
    result: Any = None
    problem: Exception | None = None
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class _Waiting:
    done: Callable[[Any], None]
    failed: Failed
    latest: str | None


class _Mailbox(QObject):
    """Lives on the thread of the window and brings there what the others send."""

    arrived = Signal(object)

    def __init__(self, open_letter: Callable[[_Outcome], None]) -> None:
        super().__init__()
        self._open_letter = open_letter
        self.arrived.connect(self._open, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _open(self, letter: _Outcome) -> None:
        self._open_letter(letter)


class ThreadTasks:
    """The threads of a running window. Build, ask and close it on the thread of the window."""

    def __init__(self, renderers: int = 2) -> None:
        self._collecting = CollectingHere()
        self._mailbox = _Mailbox(self._answer)
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._waiting: dict[int, _Waiting] = {}
        self._newest: dict[str, int] = {}
        self._next = 0
        self._closed = False
        self._worker = threading.Thread(target=self._serve, name="database", daemon=True)
        self._worker.start()
        self._pool = ThreadPoolExecutor(renderers, thread_name_prefix="render")

    def _job(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, latest: str | None
    ) -> _Job:
        self._next += 1
        self._waiting[self._next] = _Waiting(done, failed, latest)
        if latest is not None:
            self._newest[latest] = self._next
        return _Job(work, latest, self._next)

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """Queue ``work`` for the thread of the database."""
        if self._closed:
            return
        self._queue.put(self._job(work, done, failed, latest))

    def render(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, *, latest: str | None = None
    ) -> None:
        """Give ``work`` to the pool."""
        if self._closed:
            return
        self._pool.submit(self._do, self._job(work, done, failed, latest))

    def _serve(self) -> None:
        while (job := self._queue.get()) is not None:
            self._do(job)
            del job  # what it was to work on is not held until the next one comes

    def _overtaken(self, latest: str | None, ticket: int) -> bool:
        return latest is not None and self._newest[latest] != ticket

    def _do(self, job: _Job) -> None:
        if self._overtaken(job.latest, job.ticket) or (self._closed and job.latest is not None):
            # a question nobody waits for; a write is always done
            self._mailbox.arrived.emit(_Outcome(job.ticket, overtaken=True))
            return
        try:
            result = job.work()
        except (
            Exception
        ) as problem:  # a thread's net: nothing may be lost between threads; ``failed`` sorts it
            self._mailbox.arrived.emit(_Outcome(job.ticket, problem=problem))
        else:
            self._mailbox.arrived.emit(_Outcome(job.ticket, result))

    def _answer(self, outcome: _Outcome) -> None:
        waiting = self._waiting.pop(outcome.ticket, None)
        if waiting is None or outcome.overtaken or self._overtaken(waiting.latest, outcome.ticket):
            return
        if outcome.problem is not None:
            waiting.failed(outcome.problem)
        else:
            waiting.done(outcome.result)

    @property
    def busy(self) -> bool:
        """Whether anything that was asked for has not come back."""
        return bool(self._waiting)

    def close(self) -> None:
        """Take nothing new, drop waiting questions, and return when the last write is done."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._worker.join()
        self._collecting.end()
