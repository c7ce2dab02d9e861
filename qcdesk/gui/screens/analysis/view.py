# SPDX-License-Identifier: Apache-2.0
"""What the readings and findings of a product say: the sentence, the chart, the points that broke a rule."""

from __future__ import annotations

from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import Places
from qcdesk.i18n import Catalogue


class AnalysisView(DeskPage):
    """The page."""

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("Analysis"))
        self.places = Places(words, "analysis")
        self.body.addWidget(self.places)
        self.empty = EmptyState(
            say("Nothing to chart yet"),
            say("A batch counts once both people have checked it and what they found is settled."),
            icon="chart-column",
        )
        self.body.addWidget(self.empty, 1)
