# SPDX-License-Identifier: Apache-2.0
"""A fresh workspace on SQLite for every journey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.store.upgrading import upgrade
from tests.workspace import HandClock, House, connect


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Open a workspace of two people in which a batch can be registered and checked at once."""
    database = connect(str(tmp_path / "workspace"))
    upgrade(database)
    yield House.ready(database, HandClock())
    database.dispose()
