# SPDX-License-Identifier: Apache-2.0
"""The scorecard's page: what both signed, what leads to the batches behind it, and the page on paper."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qcdesk.gui.screens.scorecard.presenter import ScorecardPresenter
from qcdesk.gui.screens.scorecard.rows import CauseLine, FigureLine, Shown
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.services.chart_sheets import ChartSheet
from tests.gui.gallery_scorecard import card
from tests.gui.screens.conftest import EN, Desk, Remembers


def opened(desk: Desk, page: Remembers, sheets: list[ChartSheet]) -> ScorecardPresenter:
    made = ScorecardPresenter(
        page,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(page),
        lambda sheet, _: sheets.append(sheet),
        lambda _: None,
    )
    made.open(desk.house.supplier.supplier)
    return made


def shown(page: Remembers) -> Shown:
    found = page.last("show_card")
    assert isinstance(found, Shown)
    return found


def test_a_code_leads_to_its_batches_once_both_have_signed(desk: Desk) -> None:
    page, sheets, house = Remembers(), list[ChartSheet](), desk.house
    batch = house.batch(quantity=80)
    house.check("linh", batch, {2: "SCR"})
    presenter = opened(desk, page, sheets)
    assert shown(page).causes == () and not shown(page).figures[0].recorded
    presenter.print_sheet()
    assert sheets == []
    house.check("som", batch, {2: "SCR", 3: "SCR"})
    presenter.open()
    assert shown(page).causes == (CauseLine("SCR", "Scratch", 2, 0),)
    assert shown(page).figures[0].cells[2] == "1 of 1 lots"
    presenter.lots(shown(page).causes[0])
    name, lots, _ = page.last("show_lots")
    assert name == "Scratch" and [(lot.number, lot.count) for lot in lots] == [(batch, 2)]
    presenter.print_sheet()
    assert len(sheets) == 1


def test_the_figure_that_got_worse_is_chosen_and_its_past_is_drawn(qtbot: QtBot) -> None:
    held = card()
    qtbot.addWidget(held)
    view = held.findChild(ScorecardView)
    assert isinstance(view, ScorecardView)
    assert "Major defect" in view.sentence.text()
    picked = view.figures.current_row()
    assert isinstance(picked, FigureLine) and picked.cells[0].startswith("Major")
    assert not view.past.isHidden() and view.no_past.isHidden()
    view.figures.selectRow(view.figures.rows.rowCount() - 1)
    assert view.past.isHidden() and not view.no_past.isHidden()
