# SPDX-License-Identifier: Apache-2.0
"""One workspace in which everything has happened, made once; tests damage copies of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.store.upgrading import upgrade
from tests.checker.logs import copy_of
from tests.store.scenes import World
from tests.workspace import HandClock, House, connect


class Lawful(World):
    """The scenes without the one that only a faulty program plays."""

    def _void(self) -> None:
        """Declare nothing void: every line is good."""


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workspace in which batches stand everywhere; nobody changes it."""
    folder = tmp_path_factory.mktemp("played")
    database = connect(str(folder))
    upgrade(database)
    Lawful(House.ready(database, HandClock()))
    database.dispose()
    return folder


@pytest.fixture
def damaged(played: Path, tmp_path: Path) -> Path:
    """Return a copy to damage."""
    return copy_of(played, tmp_path / "copy")
