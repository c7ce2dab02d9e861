# SPDX-License-Identifier: Apache-2.0
"""A whole workspace on SQLite, as the program builds it, with keys that open at once and a clock set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from qcdesk import bootstrap
from qcdesk.gui import theme
from qcdesk.reports.glyphs import require_printable
from qcdesk.services.use_cases import UseCases
from qcdesk.store.database import Database
from tests.journeys.driving import Hands
from tests.store.scenes import World
from tests.workspace import STATION, HandClock, House, cheap_keys, connect, laid, move_in

ADAPTERS = ("read", "own", "files", "keeping", "printing", "importing", "letters")


@contextmanager
def opened(folder: Path, clock: HandClock) -> Iterator[tuple[Database, UseCases]]:
    """Open an empty workspace as the program does."""
    laid(folder).dispose()
    built = bootstrap.open_workspace(
        str(folder), create=True, keys=cheap_keys(), clock=clock, station=STATION
    )
    database = connect(str(folder))
    yield database, built.use
    database.dispose()
    built.close()


@contextmanager
def standing_house(folder: Path, clock: HandClock | None = None, *, another: bool = False) -> Iterator[House]:
    """Give a house of two people, a product and an approved procedure, which prints and imports as the program does.

    Args: another: not the workspace that all the others are a copy of.
    """
    clock = clock or HandClock()
    with opened(folder / "workspace", clock) as (database, use):
        adapters = {name: getattr(use, name) for name in (*ADAPTERS, "review")}
        adapters["require_printable"] = require_printable
        yield (House.ready if another else move_in)(database, clock, **adapters)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """Two people, a supplier and a product; nothing is approved yet. Papers can be printed."""
    clock = HandClock()
    with opened(tmp_path / "workspace", clock) as (database, use):
        yield move_in(database, clock, procedure=False, **{name: getattr(use, name) for name in ADAPTERS})


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Two people, a product and an approved procedure."""
    with standing_house(tmp_path) as made:
        yield made


@pytest.fixture
def house_next_door(tmp_path: Path) -> Iterator[House]:
    """Another workspace with people of the same names."""
    with standing_house(tmp_path / "next door", another=True) as made:
        yield made


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give a workspace in which everything has happened once, to look at; made once for all tests of this process."""
    clock = HandClock()
    with opened(tmp_path_factory.mktemp("world") / "workspace", clock) as (database, use):
        adapters = {name: getattr(use, name) for name in (*ADAPTERS, "review")}
        yield World(House.ready(database, clock, **adapters))


@pytest.fixture
def look(qapp: QApplication) -> None:
    """Show the light look at text size 1."""
    if not qapp.styleSheet():
        theme.install(qapp, "light", 1.0)


@pytest.fixture
def hands(house: House, look: None) -> Iterator[Hands]:
    """The window, and hands on it."""
    made = Hands.on(house)
    yield made
    made.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what only the platform without a screen says: it has no size hints to hand on."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support"))
