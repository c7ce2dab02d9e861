# SPDX-License-Identifier: Apache-2.0
"""Labels are offered as the batch stands; what was chosen is shown, and what cannot be is told in its place."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.gui.labelling import Labelling
from qcdesk.services.labels import LabelWish
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, workspace

__all__ = ["desk", "workspace"]


def test_only_labels_that_are_true_are_offered_and_the_chosen_one_is_shown(desk: Desk) -> None:
    shown: list[tuple[str, LabelWish]] = []
    labelling = Labelling(desk.house.use, desk.tasks, EN, desk.ask, lambda *what: shown.append(what))
    batch = desk.house.released()
    desk.answers = {"kind": "release", "stock": "a4-24", "copies": "3", "start": "5", "density": ""}
    labelling.print_labels(batch, desk.problems(Remembers()))
    kinds = [code for code, _ in desk.asked[-1].questions[0].choices]
    assert kinds == ["release", "sample"]
    assert shown == [(batch, LabelWish("release", "a4-24", 3, 5))]


def test_a_place_that_the_stock_does_not_have_is_refused(desk: Desk) -> None:
    labelling = Labelling(desk.house.use, desk.tasks, EN, desk.ask, lambda *_: None)
    desk.answers = {
        "kind": "quarantine",
        "stock": "roll-60x40",
        "copies": "1",
        "start": "2",
        "density": "300",
    }
    with pytest.raises(BadInput, match="too_large"):
        labelling.print_labels(desk.house.batch(), desk.problems(Remembers()))


def test_the_place_is_asked_for_on_a_sheet_and_the_density_on_a_roll(desk: Desk) -> None:
    shown: list[LabelWish] = []
    labelling = Labelling(desk.house.use, desk.tasks, EN, desk.ask, lambda _, wish: shown.append(wish))
    desk.answers = {"stock": "roll-60x40", "start": "", "density": "600"}
    labelling.print_labels(desk.house.batch(), desk.problems(Remembers()))
    only = {question.code: question.only for question in desk.asked[-1].questions}
    assert only["start"] == ("stock", "a4-8", "a4-14", "a4-24", "letter-10")
    assert only["density"] == ("stock", "roll-100x50", "roll-60x40")
    assert (shown[-1].start, shown[-1].density) == (1, 600)
