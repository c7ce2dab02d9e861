# SPDX-License-Identifier: Apache-2.0
"""The only threads of the window: one worker owns the database, a small pool renders.

``work`` holds no Qt object and all its input. ``done`` and ``failed`` are called on the thread of the window, through
a queued signal of an object that lives there. Entries are shown as saved only in ``done``, that is after the commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

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
    done: Callable[[Any], None]
    failed: Failed
    latest: str | None
    ticket: int


class _Mailbox(QObject):
    """Lives on the thread of the window and calls there what the others bring."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._open, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _open(self, letter: Callable[[], None]) -> None:
        letter()


class ThreadTasks:
    """The threads of a running window. Build and close it on the thread of the window."""

    def __init__(self, renderers: int = 2) -> None:
        self._mailbox = _Mailbox()
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._tickets: dict[str, int] = {}
        self._next = 0
        self._closed = False
        self._counting = threading.Lock()
        self._under_way = 0
        self._worker = threading.Thread(target=self._serve, name="database", daemon=True)
        self._worker.start()
        self._pool = ThreadPoolExecutor(renderers, thread_name_prefix="render")

    def _job(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, latest: str | None
    ) -> _Job:
        self._next += 1
        with self._counting:
            self._under_way += 1
        if latest is not None:
            self._tickets[latest] = self._next
        return _Job(work, done, failed, latest, self._next)

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

    def _overtaken(self, job: _Job) -> bool:
        return job.latest is not None and self._tickets[job.latest] != job.ticket

    def _do(self, job: _Job) -> None:
        if self._overtaken(job) or (self._closed and job.latest is not None):
            self._finished()
            return  # a question nobody waits for; a write is always done
        try:
            result = job.work()
        except (
            Exception
        ) as problem:  # a thread's net: nothing may be lost between threads; ``failed`` sorts it
            self._post(job, problem, None)
        else:
            self._post(job, None, result)

    def _post(self, job: _Job, problem: Exception | None, result: object) -> None:
        def letter() -> None:
            self._finished()
            if self._overtaken(job):
                return
            if problem is not None:
                job.failed(problem)
            else:
                job.done(result)

        self._mailbox.arrived.emit(letter)

    def _finished(self) -> None:
        with self._counting:
            self._under_way -= 1

    @property
    def busy(self) -> bool:
        """Whether anything that was asked for has not come back."""
        with self._counting:
            return self._under_way > 0

    def close(self) -> None:
        """Take nothing new, drop waiting questions, and return when the last write is done."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._worker.join()
