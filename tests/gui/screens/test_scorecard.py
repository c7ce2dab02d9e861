# SPDX-License-Identifier: Apache-2.0
"""The scorecard's page: what both signed in cards, weights that are changed and kept, and the page on paper."""

from __future__ import annotations

from collections.abc import Mapping

from pytestqt.qtbot import QtBot

from qcdesk.gui.screens.scorecard.presenter import ScorecardPresenter, ScorecardWays
from qcdesk.gui.screens.scorecard.rows import CauseLine, Shown
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.services.chart_sheets import ChartSheet
from tests.gui.gallery_scorecard import card
from tests.gui.screens.conftest import EN, Desk, Remembers


def opened(
    desk: Desk, page: Remembers, sheets: list[ChartSheet], kept: dict[str, int] | None = None
) -> ScorecardPresenter:
    weights = kept if kept is not None else {}

    def keep(new: Mapping[str, int]) -> None:
        weights.clear()
        weights.update(new)

    ways = ScorecardWays(lambda sheet, _: sheets.append(sheet), lambda _: None, lambda: dict(weights), keep)
    made = ScorecardPresenter(page, desk.house.use, desk.tasks, EN, desk.problems(page), ways)
    made.open(desk.house.supplier.supplier)
    return made


def shown(page: Remembers) -> Shown:
    found = page.last("show_card")
    assert isinstance(found, Shown)
    return found


def test_figures_stand_once_both_have_signed(desk: Desk) -> None:
    page, sheets, house = Remembers(), list[ChartSheet](), desk.house
    batch = house.batch(quantity=80)
    house.check("linh", batch, {2: "SCR"})
    presenter = opened(desk, page, sheets)
    assert shown(page).causes == ()
    assert not shown(page).figures  # nothing is received yet
    assert "Lots accepted at first" in shown(page).absent
    house.check("som", batch, {2: "SCR", 3: "SCR"})
    presenter.open()
    assert shown(page).causes == (CauseLine("SCR", "Scratch", 2, 0),)
    first = shown(page).figures[0].card
    assert (first.title, first.made_of) == ("Lots accepted at first", "1 of 1 lots")
    presenter.print_sheet()
    assert len(sheets) == 1


def test_nothing_recorded_prints_nothing(desk: Desk) -> None:
    page, sheets = Remembers(), list[ChartSheet]()
    presenter = opened(desk, page, sheets)
    assert shown(page).figures == () and shown(page).headline == "Nothing was recorded yet."
    presenter.print_sheet()
    assert sheets == []


def test_weights_are_changed_on_the_spot_kept_and_shown_on_paper(desk: Desk) -> None:
    page, sheets, kept = Remembers(), list[ChartSheet](), {"minor": 1, "of another program": 7}
    desk.house.rejected()
    presenter = opened(desk, page, sheets, kept)
    before = shown(page)
    assert before.usual
    presenter.weigh("minor", 40)
    assert kept["minor"] == 40 and not shown(page).usual and shown(page).total != before.total
    presenter.weigh("minor", 101)
    presenter.weigh("looks", 1)
    assert kept["minor"] == 40 and "looks" not in kept
    presenter.print_sheet()
    assert any(row[-1] == "40" for row in sheets[-1].rows)
    presenter.weigh_as_usual()
    assert kept == {} and shown(page).usual and shown(page).total == before.total


def test_the_figure_that_got_worse_is_chosen_and_its_past_is_drawn(qtbot: QtBot) -> None:
    held = card()
    qtbot.addWidget(held)
    view = held.findChild(ScorecardView)
    assert isinstance(view, ScorecardView)
    assert "Major defects" in view.headline.fact.text()
    assert view.cards.keys["major"].isChecked()
    assert "above its usual range" in view.cards.keys["major"].accessibleDescription()
    assert not view.past.isHidden() and view.no_past.isHidden()
    view.cards.keys["critical"].click()
    assert view.past.isHidden() and view.no_past.isHidden()
    assert not view.alike.isHidden(), "twenty months without any are no lack of months"
    view.heavier.click()
    assert view.weight.text() == "weighs 4 in the mean" and not view.usual.isHidden()
    assert view.cards.keys["critical"].isChecked()
    held.deleteLater()


def test_of_too_few_months_no_past_is_drawn(qtbot: QtBot) -> None:
    held = card(months=3)
    qtbot.addWidget(held)
    view = held.findChild(ScorecardView)
    assert isinstance(view, ScorecardView)
    view.cards.keys["critical"].click()
    assert view.past.isHidden() and view.alike.isHidden() and not view.no_past.isHidden()
    held.deleteLater()
