# SPDX-License-Identifier: Apache-2.0
"""The places of the window, in their order, and the pages to which the search leads by their words."""

from __future__ import annotations

from qcdesk.gui.main_window import Place
from qcdesk.gui.widgets.places import ANALYSIS
from qcdesk.i18n import Catalogue


def places(words: Catalogue) -> tuple[Place, ...]:
    """Return the rail: always the same places in the same order."""
    return (
        Place("board", words.say("Board"), "layout-dashboard"),
        Place("suppliers", words.say("Suppliers"), "factory"),
        Place("products", words.say("Products"), "shapes"),
        Place("procedures", words.say("Procedures"), "clipboard-list"),
        Place("defect_codes", words.say("Defects"), "tag"),
        Place("instruments", words.say("Instruments"), "ruler"),
        Place("complaints", words.say("Complaints"), "megaphone"),
        Place("analysis", words.say("Analysis"), "chart-column"),
        Place("people", words.say("People"), "users"),
        Place("log", words.say("Log"), "history", low=True),
        Place("settings", words.say("Settings"), "settings", low=True),
    )


def searched_pages(words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Return the pages that the search leads to by their words: those of the rail, and those behind them."""
    of_analysis = [
        (name, words.say("Analysis: {page}", page=words.say(word)))
        for name, word in ANALYSIS
        if name != "analysis"
    ]
    return (
        *((place.screen, place.word) for place in places(words) if place.screen != "board"),
        *of_analysis,
        ("explorer", words.say("What a plan lets through")),
        ("nonconformities", words.say("Nonconformities")),
        ("touches", words.say("Touches")),
        ("waiting", words.say("Waiting")),
        ("scoreboard", words.say("Scoreboard")),
        ("check_paper", words.say("Check a paper")),
        ("print_many", words.say("Print many papers")),
    )
