# SPDX-License-Identifier: Apache-2.0
"""What the proofs by attack share: figures of a long run, printed when everything else was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.conftest import location as location
from tests.store.conftest import postgresql_server as postgresql_server
from tests.store.conftest import scenes as scenes
from tests.store.conftest import sqlite_template as sqlite_template

_LINES = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a proof that asks one thing of many rules be asked about a few: ``--only badge_ --only hold_lifted_by_two``."""
    parser.addoption(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="rules whose names begin so, not all of them",
    )


@pytest.fixture
def only(pytestconfig: pytest.Config) -> tuple[str, ...]:
    """Return the beginnings of names that were asked for; none: all."""
    return tuple(pytestconfig.getoption("--only", []))


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Return a function that keeps one plain line of figures for the end of the run."""
    return pytestconfig.stash.setdefault(_LINES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures that were kept."""
    for line in config.stash.get(_LINES, []):
        terminalreporter.write_line(line)
