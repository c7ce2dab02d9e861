# SPDX-License-Identifier: Apache-2.0
"""A small house on a fresh SQLite file, migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.upgrading import upgrade
from tests.workspace import HandClock, House, connect


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one file, to copy from."""
    folder = tmp_path_factory.mktemp("services-template")
    database = connect(str(folder))
    upgrade(database)
    database.dispose()
    return folder / FILE_NAME


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    """Open a fresh database."""
    folder = tmp_path / "house"
    folder.mkdir()
    shutil.copy(migrated, folder / FILE_NAME)
    opened = connect(str(folder))
    yield opened
    opened.dispose()


@pytest.fixture
def house(database: Database) -> House:
    """Open a house of two people, Linh and Som, who both sat down."""
    return House.open(database, HandClock())
