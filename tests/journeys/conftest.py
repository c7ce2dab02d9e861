# SPDX-License-Identifier: Apache-2.0
"""A whole workspace on SQLite, as the program builds it, with keys that open at once and a clock set by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from qcdesk import bootstrap
from qcdesk.gui import theme
from qcdesk.reports.glyphs import require_printable
from qcdesk.store.database import FILE_NAME
from qcdesk.store.upgrading import upgrade
from tests.journeys.driving import Hands
from tests.workspace import STATION, HandClock, House, cheap_keys, connect


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, to copy from: laying the tables durably takes seconds."""
    folder = tmp_path_factory.mktemp("empty")
    database = connect(str(folder))
    upgrade(database)
    database.dispose()
    return folder / FILE_NAME


@contextmanager
def standing_house(folder: Path, empty_workspace: Path, clock: HandClock | None = None) -> Iterator[House]:
    """Make a house of two people, a product and an approved procedure, which prints and imports as the program does."""
    clock = clock or HandClock()
    location = str(folder / "workspace")
    (folder / "workspace").mkdir(parents=True)
    shutil.copyfile(empty_workspace, folder / "workspace" / FILE_NAME)
    built = bootstrap.open_workspace(location, create=True, keys=cheap_keys(), clock=clock, station=STATION)
    database = connect(location)
    use = built.use
    made = House.ready(
        database,
        clock,
        read=use.read,
        own=use.own,
        review=use.review,
        files=use.files,
        keeping=use.keeping,
        printing=use.printing,
        importing=use.importing,
        require_printable=require_printable,
    )
    yield made
    database.dispose()
    built.close()


@pytest.fixture
def empty(tmp_path: Path, empty_workspace: Path) -> Iterator[House]:
    """Two people, a supplier and a product; nothing is approved yet. Papers can be printed."""
    location = str(tmp_path / "workspace")
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / FILE_NAME).write_bytes(empty_workspace.read_bytes())
    clock = HandClock()
    built = bootstrap.open_workspace(location, create=True, keys=cheap_keys(), clock=clock, station=STATION)
    database = connect(location)
    upgrade(database)
    use = built.use
    made = House.open(
        database,
        clock,
        **{name: getattr(use, name) for name in ("read", "own", "files", "keeping", "printing", "importing")},
    )
    yield made
    database.dispose()
    built.close()


@pytest.fixture
def house(tmp_path: Path, empty_workspace: Path) -> Iterator[House]:
    """Two people, a product and an approved procedure."""
    with standing_house(tmp_path, empty_workspace) as made:
        yield made


@pytest.fixture
def house_next_door(tmp_path: Path, empty_workspace: Path) -> Iterator[House]:
    """Another workspace with people of the same names."""
    with standing_house(tmp_path / "next door", empty_workspace) as made:
        yield made


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
