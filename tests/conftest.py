# SPDX-License-Identifier: Apache-2.0
"""What holds for every test: no screen, no user's folders, repeatable examples, no unexpected log record."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.platform.startswith("linux"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt loads: without a display it would end the process
    if not os.environ.get("XDG_RUNTIME_DIR"):  # the PostgreSQL server of the tests keeps its locks there
        runtime = Path(tempfile.gettempdir()) / f"qcdesk-tests-{os.getuid()}"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)

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


@pytest.fixture(autouse=True)
def own_station(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings, logs and workspaces of the user who runs the tests out of reach."""
    folder = tmp_path_factory.mktemp("station")
    monkeypatch.setenv("QCDESK_STATION_FOLDER", str(folder))
    monkeypatch.delenv("QCDESK_WORKSPACE", raising=False)
    return folder


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
