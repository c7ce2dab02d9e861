# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of the place "Analysis" to the window."""

from __future__ import annotations

from qcdesk.gui.screens.analysis.view import AnalysisView
from qcdesk.gui.shell import Shell


def add_analysis_pages(shell: Shell) -> None:
    """Add the charts, and the pages beside them."""
    _charts(shell)


def _charts(shell: Shell) -> None:
    view = AnalysisView(shell.words)
    view.places.wanted.connect(lambda page: shell.open(page))
    shell.window.add_page("analysis", view)
