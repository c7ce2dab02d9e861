# SPDX-License-Identifier: Apache-2.0
"""A supplier's scorecard in the gallery: two years of lots, nothing yet. All invented."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import cast

from PySide6.QtWidgets import QWidget

from qcdesk.domain.events import SupplierSaved
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Problems, Told
from qcdesk.gui.screens.scorecard.presenter import ScorecardPresenter, ScorecardWays
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.services.figure_rows import FigureRow, SupplierFigures
from qcdesk.services.use_cases import UseCases
from tests.gui.gallery_screens import PLACES

EN = Catalogue()
DESK, NARROW = (1440, 900), (1280, 720)
NAMES = {"SCR": "Scratch", "DEN": "Dent", "SHO": "Short shot", "DIA": "Bore diameter"}


def rows(months: int = 20, last: int = 34) -> tuple[FigureRow, ...]:
    """Return months with five lots each; in the last one ``last`` units had a major defect."""
    chance, found = random.Random(3), []
    for number in range(months):
        month = f"{2025 + number // 12}-{number % 12 + 1:02}"
        major = last if number == months - 1 else chance.randrange(3, 9)
        minor = chance.randrange(8, 20)
        for name, amount in (
            ("lots", 5),
            ("received", 4_000),
            ("decided", 5),
            ("accepted", chance.randrange(3, 6)),
            ("inspected", 500),
            ("nonconforming", major + minor),
            ("nonconforming.major", major),
            ("nonconforming.minor", minor),
            ("due", 5),
            ("late", chance.randrange(2)),
        ):
            found.append(FigureRow(month, name, "", amount))
        for code, amount in (("DEN", major), ("SCR", minor), ("SHO", chance.randrange(4)), ("DIA", 1)):
            found.append(FigureRow(month, "found.major", code, amount))
            found.append(FigureRow(month, "shown", code, min(5, amount)))
        found.append(FigureRow(month, "reported.major", "SHO", chance.randrange(2)))
    return tuple(found)


def card(*, words: Catalogue = EN, months: int = 20) -> QWidget:
    """Return the window with the page."""
    view = ScorecardView(words)
    held = MainWindow(PLACES, words)
    held.add_page("scorecard", view, place="suppliers")
    one = SupplierSaved("s1", "DG-1", "东莞市精密塑胶有限公司")
    read = SimpleNamespace(
        supplier=lambda _: SimpleNamespace(supplier=one),
        figures=lambda _, today: SupplierFigures(rows(months), NAMES),
    )
    clock = SimpleNamespace(today=lambda: date(2026, 3, 2))
    kept: dict[str, int] = {}

    def keep(weights: Mapping[str, int]) -> None:
        kept.clear()
        kept.update(weights)

    presenter = ScorecardPresenter(
        view,
        cast(
            "UseCases",
            SimpleNamespace(read=read, corrective_actions=lambda _: (), clock=clock, look=nullcontext),
        ),
        ImmediateTasks(),
        words,
        Problems(lambda cause: Told(str(cause)), words, view),
        ScorecardWays(lambda *_: None, lambda _: None, lambda: dict(kept), keep),
    )
    view.weight_wanted.connect(presenter.weigh)
    view.usual_wanted.connect(presenter.weigh_as_usual)
    held.keep(presenter)
    presenter.open("s1")
    held.show_page("scorecard")
    return held


PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "scorecard": (card, DESK),
    "scorecard-narrow": (card, NARROW),
    "scorecard-none": (partial(card, months=0), NARROW),
    "scorecard-stretched": (partial(card, words=Catalogue(STRETCHED)), NARROW),
}
