# SPDX-License-Identifier: Apache-2.0
"""The look that every test of the window stands on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from qcdesk.gui import theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> theme.Theme:
    """Return the light theme at text size 1; fonts are loaded once.

    It is laid on anew only after a test that changed it: Qt then polishes every widget that is still there.
    """
    if not qapp.styleSheet():
        return theme.install(qapp, "light", 1.0)
    now = theme.current()
    if now.dark:
        now.set_scheme("light")
    return now


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what only the platform without a screen says: it has no size hints to hand on."""
    for item in items:
        if "gui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
