# SPDX-License-Identifier: Apache-2.0
"""From a search to the charts, from a point that broke a rule to its batch, and back to the same chart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcdesk.gui.screens.analysis.view import AnalysisView
from qcdesk.gui.screens.products.view import ProductsView
from qcdesk.gui.widgets.search import SearchField
from tests.journeys.driving import Hands
from tests.workspace import House

AROUND = ("12.00", "12.01", "11.99", "12.02", "12.00")
"""Readings of one batch after the other; that of the fifth lie higher, inside the limits of 11.98 and 12.05."""


def inspected(house: House, count: int, high: int) -> list[str]:
    """Return batches that both people accepted, all of one level but one."""
    numbers = []
    for batch in range(count):
        number = house.batch()
        measured = {
            unit: "12.04" if batch == high else AROUND[(unit * 3 + batch) % len(AROUND)]
            for unit in range(1, 21)
        }
        house.check("linh", number, readings=measured)
        house.check("som", number)
        numbers.append(number)
    return numbers


def test_point_that_broke_a_rule_leads_to_its_batch_and_the_chart_is_still_there(
    hands: Hands, house: House
) -> None:
    numbers = inspected(house, 6, high=4)
    hands.sign_in("linh")
    QTest.keyClick(hands.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.all(SearchField)[0].setFocus()
    hands.type("Analysis")
    hands.see("broke a rule; every reading lies inside the procedure's limits.")
    hands.see(f"{numbers[4]}, Mean: beyond a limit.")
    (page,) = hands.all(AnalysisView)
    page.chart.setFocus()
    for _ in range(6):
        QTest.keyClick(page.chart, Qt.Key.Key_PageDown)
        if numbers[4] in page.chart.accessibleDescription():
            break
    QTest.keyClick(page.chart, Qt.Key.Key_Return)
    hands.see("Beyond a limit")
    hands.press(f"Open {numbers[4]}")
    hands.until(lambda: hands.here == "batch", "the batch")
    hands.see(numbers[4])
    hands.press("Analysis")
    hands.see(f"{numbers[4]}, Mean: beyond a limit.")
    hands.press("Print")
    hands.until(lambda: hands.here == "analysis_chart", "the sheet")
    hands.press("Back to the chart")
    QTest.keyClick(page.places, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: hands.here == "search", "the search")
    hands.program.running.open("products")
    hands.settle()
    (products,) = hands.all(ProductsView)
    products.list.table.setFocus()
    products.list.table.selectRow(0)
    hands.until(lambda: products.analysis.isEnabled(), "the way to the charts")
    hands.click(products.analysis)
    hands.see("The limits rest on 6 points only")
    hands.click(page.back)
    hands.until(lambda: hands.here == "products", "the products")
