# SPDX-License-Identifier: Apache-2.0
"""Registering a batch: each wrong field is named, nothing is half registered, makers are kept."""

from __future__ import annotations

import pytest

from qcdesk.gui.screens.register.presenter import OWN, RegisterPresenter
from tests.gui.screens.conftest import EN, Desk, Remembers

EMPTY = dict.fromkeys(
    ("number", "quantity", "product", "supplier", "line", "order", "made_on", "ship_by", "note"), ""
)


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.opened: list[str] = []
        self.left: list[str] = []
        self.presenter = RegisterPresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            desk.who,
            desk.notices.append,
            self.opened.append,
            self.left.append,
            desk.ask,
        )
        self.presenter.open()
        self.good = {
            **EMPTY,
            "number": "DA-77",
            "quantity": "1800",
            "product": desk.house.product.product,
            "supplier": desk.house.supplier.supplier,
        }


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_registered_batch_is_opened(page: Page) -> None:
    page.presenter.save(page.good, ())
    assert [page.desk.house.state(batch) for batch in page.opened] == ["registered"]
    assert page.desk.notices == ["Batch DA-77 is registered."]


def test_a_number_that_reads_like_another_is_asked_about_and_then_registered(page: Page) -> None:
    page.presenter.save(page.good, ())
    page.presenter.save(page.good, ())
    assert [problem.kind for problem in page.view.problems] == [
        "refusal"
    ]  # the very same number is no question
    page.presenter.save({**page.good, "number": "DA-I0"}, ())
    page.presenter.save({**page.good, "number": "DA-lO"}, ())
    assert [asking.says for asking in page.desk.asked] == ["DA-lO reads like DA-I0, which is there already."]
    assert page.desk.notices[-1] == "Batch DA-lO is registered."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": ""}, "number"),
        ({"quantity": "1,800"}, "quantity"),
        ({"quantity": "1"}, "quantity"),
        ({"product": ""}, "product"),
        ({"supplier": ""}, "supplier"),
        ({"supplier": OWN}, "line"),
        ({"made_on": "2026-03-02", "ship_by": "2026-03-01"}, "ship_by"),
        ({"made_on": "2036-03-05"}, "made_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(page: Page, change: dict[str, str], field: str) -> None:
    page.presenter.save({**page.good, **change}, ())
    assert [problem.field for problem in page.view.problems] == [field]
    assert not page.opened


@pytest.mark.parametrize("units", ["1-", "x", "5-2", "99999"])
def test_units_that_name_nothing_are_refused(page: Page, units: str) -> None:
    line = {"person": page.desk.house.id("som"), "units": units}
    page.presenter.save(page.good, (line,))
    assert [problem.field for problem in page.view.problems] == ["makers"]


def test_maker_named_twice_is_refused(page: Page) -> None:
    line = {"person": page.desk.house.id("som"), "units": ""}
    page.presenter.save(page.good, (line, line))
    assert [problem.field for problem in page.view.problems] == ["makers"]


def test_batch_number_that_is_there_is_refused(page: Page) -> None:
    page.presenter.save(page.good, ())
    page.presenter.open()
    page.presenter.save(page.good, ())
    assert [problem.kind for problem in page.view.problems] == ["refusal"]


def test_change_begins_with_what_is_kept(page: Page) -> None:
    line = {"person": page.desk.house.id("som"), "units": "1-3, 7"}
    page.presenter.save(page.good, (line,))
    page.presenter.open(page.opened[0])
    _, _, values, makers, _ = page.view.last("edit")
    assert values["number"] == "DA-77"
    assert makers == [line]
    page.presenter.save({**values, "quantity": "90"}, makers)
    assert page.opened[0] == page.opened[1]
    page.presenter.leave()
    assert page.left == ["" if not page.opened else page.opened[0]]


def test_batch_with_a_check_begun_is_not_changed(page: Page) -> None:
    page.presenter.save(page.good, ())
    batch = page.opened[0]
    page.presenter.open(batch)
    page.desk.house.start("som", batch)
    page.presenter.save({**page.good, "quantity": "90"}, ())
    assert [problem.kind for problem in page.view.problems] == ["refusal"]


def test_that_a_supplier_is_blocked_is_said_on_the_form_and_its_goods_are_registered(desk: Desk) -> None:
    house = desk.house
    house.use.set_supplier_status(
        house.hands["linh"], None, house.supplier.supplier, "blocked", "cracks again"
    )
    page = Page(desk)
    remarks = page.view.last("show_remarks")
    assert "is blocked: its goods are registered" in remarks[house.supplier.supplier]
    page.presenter.save(page.good, ())
    assert [house.state(batch) for batch in page.opened] == ["registered"]
