# SPDX-License-Identifier: Apache-2.0
"""A workspace for commands, made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.shops import Shop


@pytest.fixture(scope="session")
def made_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Make a workspace by commands alone, once."""
    patch = pytest.MonkeyPatch()
    patch.setenv("QCDESK_STATION_FOLDER", str(tmp_path_factory.mktemp("station")))
    try:
        return Shop(tmp_path_factory.mktemp("made")).ready()
    finally:
        patch.undo()


@pytest.fixture
def shop(made_shop: Shop, tmp_path: Path) -> Shop:
    """Return a workspace of two people with a product, a supplier and an approved procedure."""
    mine = Shop(tmp_path)
    mine.clock.at = made_shop.clock.at
    shutil.copytree(made_shop.workspace, mine.workspace)
    return mine


@pytest.fixture
def empty(tmp_path: Path) -> Shop:
    """Return a place where no workspace is yet."""
    return Shop(tmp_path)
