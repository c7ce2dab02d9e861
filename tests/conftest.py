# SPDX-License-Identifier: Apache-2.0
"""What holds for every test: no screen, no user's folders, repeatable examples, no unexpected log record."""

from __future__ import annotations

import faulthandler
import gc
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Protocol, TextIO

if sys.platform.startswith("linux"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt loads: without a display it would end the process
    if not os.environ.get("XDG_RUNTIME_DIR"):  # the PostgreSQL server of the tests keeps its locks there
        runtime = Path(tempfile.gettempdir()) / f"qcdesk-tests-{os.getuid()}"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2_000_000_000:
        # Thousands of small workspaces are saved durably, each act with several syncs: a disk would be waited for most.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))

import logging

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("searching", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


class Worker(Protocol):
    """One of the processes of a run on several cores."""

    config: pytest.Config
    gateway: Any
    workerinput: dict[str, str]


_CRASHES = pytest.StashKey[Path]()
_CRASH = pytest.StashKey[TextIO]()


LONGEST = {"trust", "test_demonstration.py", "test_benchmarks.py"}
"""Folders and files of the tests that take seconds each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long: one that begins last leaves all cores but one idle."""
    items.sort(key=lambda item: LONGEST.isdisjoint(item.path.parts))


def pytest_collection() -> None:
    """Search for no garbage while the tests are collected: next to nothing of what is made then ever goes."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Keep what was imported and collected out of every later search for garbage: it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


OF_WINDOWS = {"qapp", "qtbot"}
"""What a test asks for, itself or by what it asks for, that builds windows."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Look for garbage on this thread alone while a test builds windows, and once it is over.

    In a run on several cores a second thread of the process listens to the first one. A collector that runs on that
    thread ends windows there, and Qt takes the process down, often many tests later.
    """
    if OF_WINDOWS.isdisjoint(getattr(item, "fixturenames", ())):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()  # what has come together is looked through at once, by this thread


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Worker) -> None:
    """Give each process of a run on several cores the file into which it writes where it stood when it crashed."""
    stash = node.config.stash
    if _CRASHES not in stash:
        stash[_CRASHES] = Path(tempfile.mkdtemp(prefix="qcdesk-crashes-"))
    node.workerinput["crash"] = str(stash[_CRASHES] / str(node.gateway.id))


def pytest_sessionstart(session: pytest.Session) -> None:
    """In such a process: its standard error is often thrown away, so what Python says of a crash goes into that file."""
    inside = getattr(session.config, "workerinput", None)
    if inside is not None:
        file = open(inside["crash"], "w", encoding="utf-8")  # noqa: SIM115 - open until the crash
        session.config.stash[_CRASH] = file  # a test may let Python write its crashes elsewhere meanwhile
        faulthandler.enable(file)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say where each process that crashed stood."""
    folder = config.stash.get(_CRASHES, None)
    if folder is None:
        return
    for file in sorted(folder.iterdir()):
        said = file.read_text(encoding="utf-8", errors="replace")
        if said:
            terminalreporter.section(f"{file.name} crashed here")
            terminalreporter.write_line(said)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def stations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return where each next test's station is: pytest itself looks through all folders there are to number one more."""
    folder = tmp_path_factory.mktemp("stations")
    return (folder / str(number) for number in itertools.count(1))


@pytest.fixture(autouse=True)
def own_station(stations: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep settings, logs and workspaces of the user who runs the tests out of reach."""
    folder = next(stations)
    folder.mkdir()
    monkeypatch.setenv("QCDESK_STATION_FOLDER", str(folder))
    monkeypatch.delenv("QCDESK_WORKSPACE", raising=False)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that leaves a record of WARNING or above, unless it is marked ``logs``."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [r for r in records if r.levelno >= logging.WARNING]
    assert not loud, f"unexpected log records: {[r.getMessage() for r in loud]}"


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Hold a test's widgets until they are closed.

    pytest-qt remembers them weakly. A window and the sheets on it hold each other, so once the test has returned only
    the garbage collector ends them, if need be in the middle of painting: then Qt draws on what is gone.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def hold(widget: QWidget, **named: Any) -> None:  # noqa: ANN401 - handed on as it is
        held.append(widget)
        add(widget, **named)

    monkeypatch.setattr(qtbot, "addWidget", hold)
    return qtbot
