# SPDX-License-Identifier: Apache-2.0
"""What the proofs by attack share: figures of a long run, printed when everything else was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.conftest import postgresql_server as postgresql_server
from tests.store.conftest import sqlite_template as sqlite_template

_LINES = pytest.StashKey[list[str]]()


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Return a function that keeps one plain line of figures for the end of the run."""
    return pytestconfig.stash.setdefault(_LINES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures that were kept."""
    for line in config.stash.get(_LINES, []):
        terminalreporter.write_line(line)
