# SPDX-License-Identifier: Apache-2.0
"""Suppliers side by side in the window: those with most on record or those asked for, and the page on paper."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qcdesk.domain.events import SupplierSaved
from qcdesk.gui.screens.suppliers_compare.presenter import Shown, SuppliersComparePresenter
from qcdesk.gui.screens.suppliers_compare.view import SuppliersCompareView
from qcdesk.services.chart_sheets import ChartSheet
from tests.gui.screens.conftest import EN, Desk, Remembers


def shown(page: Remembers) -> Shown:
    found = page.last("show_comparison")
    assert isinstance(found, Shown)
    return found


def test_suppliers_are_chosen_by_their_codes_weighed_as_kept_and_printed(desk: Desk) -> None:
    page, sheets, house = Remembers(), list[ChartSheet](), desk.house
    made = SuppliersComparePresenter(
        page,
        house.use,
        desk.tasks,
        EN,
        desk.problems(page),
        lambda sheet, _: sheets.append(sheet),
        lambda: {"acceptance": 9, "of another program": 1},
    )
    made.open()
    assert shown(page).table is None
    made.print_sheet()
    assert sheets == []
    house.rejected()
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "Nhà máy B"))
    house.accepted(supplier=other.supplier)
    made.open()
    assert len(shown(page).suppliers) == 2 and "acceptance" not in shown(page).weights
    assert "Lots accepted at first 9" in shown(page).weights and "no ranking" in shown(page).headline
    made.choose("S2, NOBODY")
    assert "NOBODY" in page.problems[-1].told.fact
    made.choose(" S2 ")
    assert shown(page).suppliers == (other.supplier,) and shown(page).apart == ()
    made.print_sheet()
    assert sheets[-1].table is not None and len(sheets[-1].table.rows) == 1


def test_a_row_leads_to_its_scorecard_by_mouse_and_key(qtbot: QtBot, desk: Desk) -> None:
    view = SuppliersCompareView(EN)
    qtbot.addWidget(view)
    desk.house.rejected()
    made = SuppliersComparePresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(Remembers()), lambda *_: None, dict
    )
    made.open()
    opens: list[str] = []
    view.supplier_wanted.connect(opens.append)
    view.table.chosen.emit(0)
    assert opens == [desk.house.supplier.supplier]
    assert "Lots accepted at first: 0.0 %" in view.table.row_words(0)
    view.deleteLater()
