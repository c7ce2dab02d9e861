# SPDX-License-Identifier: Apache-2.0
"""A small house on a fresh SQLite file, migrated once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.store.database import Database
from tests.workspace import House, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Open a house of two people, Linh and Som, who both sat down."""
    made = standing(tmp_path / "house", procedure=False)
    yield made
    made.database.dispose()


@pytest.fixture
def database(house: House) -> Database:
    """Return the database of the house."""
    return house.database
