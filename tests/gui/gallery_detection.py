# SPDX-License-Identifier: Apache-2.0
"""What each check finds in the gallery: everybody's, the pairs, the batches behind one, one's own. All invented."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import cast

from PySide6.QtWidgets import QWidget

from qcdesk.domain.sampling import DefectClass
from qcdesk.gui.asking import Who
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Problems, Told
from qcdesk.gui.screens.detection.presenter import DetectionPresenter, DetectionWays
from qcdesk.gui.screens.detection.rows import LineRow, Listing
from qcdesk.gui.screens.detection.view import DetectionView
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.services.detection_rows import DetectionPage, SettledMark, SettledRow
from qcdesk.services.use_cases import UseCases
from tests.gui.gallery_screens import PLACES
from tests.workspace import HandClock

EN = Catalogue()
DESK, NARROW = (1440, 900), (1280, 720)
PEOPLE = (("p1", "Lê Minh"), ("p2", "Nguyễn Thị Linh"), ("p3", "Som Chaiyaphum"), ("p4", "Trần Tú"))
FINDS = {"p1": 0.92, "p2": 0.88, "p3": 0.81, "p4": 0.93}
CODES: tuple[tuple[str, str, DefectClass, float], ...] = (
    ("DIA", "Bore diameter", "major", 0.02),
    ("CRK", "Crack", "critical", 0.004),
    ("DEN", "Dent", "major", 0.03),
    ("SCR", "Scratch on the visible side", "minor", 0.05),
)
DAYS_US = 86_400_000_000


def settled(chance: random.Random, place: int, start: int) -> SettledRow:
    """Return a round of 80 units that two people went through; of some a third settled what they disagreed on."""
    first, second = chance.sample(sorted(FINDS), 2)
    third = chance.random() < 0.15
    marks = []
    for unit in range(1, 81):
        for code, _, defect_class, share in CODES:
            if chance.random() < share:
                one, other = chance.random() < FINDS[first], chance.random() < FINDS[second]
                if one or other:
                    again = third and one != other
                    marks.append(
                        SettledMark(unit, code, defect_class, one, other, holds=True, looked_again=again)
                    )
    sizes: tuple[tuple[DefectClass, int], ...] = (("critical", 80), ("major", 80), ("minor", 50))
    at = start + place * 3 * DAYS_US
    return SettledRow(
        f"b{place}", f"DA-{place}", 1, at, "PH-204", "IP-204", first, second, 80, sizes, tuple(marks)
    )


def page(start: int, *, own: bool, rounds: int) -> DetectionPage:
    """Return rounds of a year, the newest first; or those of the first person, with the others hidden."""
    chance = random.Random(7)
    rows = [settled(chance, place, start) for place in range(rounds)][::-1]
    people = PEOPLE[:1] if own else PEOPLE
    if own:
        rows = [row for row in rows if row.first == "p1"]
    named = tuple((code, name) for code, name, _, _ in CODES)
    return DetectionPage("p1", not own, tuple(rows), False, people, (("PH-204", "Housing cover"),), named)


def detection(
    *, words: Catalogue = EN, listing: Listing = "people", row: int = 1, behind: bool = False, own: bool = False,
    rounds: int = 110,
) -> QWidget:  # fmt: skip
    """Return the window with the page."""
    view, clock = DetectionView(words), HandClock()
    held = MainWindow(PLACES, words)
    held.add_page("detection", view, place="analysis")
    shown = page(clock.at - 330 * DAYS_US, own=own, rounds=rounds)
    read = SimpleNamespace(detection=lambda *_: shown)
    presenter = DetectionPresenter(
        view,
        cast("UseCases", SimpleNamespace(read=read, clock=clock)),
        ImmediateTasks(),
        words,
        Problems(lambda cause: Told(str(cause)), words, view),
        lambda: cast("Who", SimpleNamespace(person="p1")),
        DetectionWays(comparison=lambda *_: None, paper=lambda *_: None),
    )
    held.keep(presenter)
    view.behind_wanted.connect(presenter.batches)
    presenter.open()
    if view.tabs is not None and rounds:
        view.tabs.chosen.emit(listing)
        view.tables[listing].selectRow(row)
    picked = view.tables[listing].current_row()
    if behind and isinstance(picked, LineRow):
        presenter.batches(listing, picked)
    held.show_page("detection")
    return held


PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "detection": (detection, DESK),
    "detection-narrow": (partial(detection, listing="codes"), NARROW),
    "detection-pairs": (partial(detection, listing="pairs"), NARROW),
    "detection-behind": (partial(detection, behind=True), NARROW),
    "detection-own": (partial(detection, listing="classes", own=True), NARROW),
    "detection-none": (partial(detection, rounds=0), NARROW),
    "detection-stretched": (partial(detection, words=Catalogue(STRETCHED)), NARROW),
}
