# SPDX-License-Identifier: Apache-2.0
"""The comparison in words: verdict with its reason and next step, who missed what, and the release from there."""

from __future__ import annotations

import pytest

from qcdesk.gui.changes import Changes
from qcdesk.gui.screens.comparison.presenter import ComparisonPresenter, ComparisonWays
from qcdesk.gui.screens.comparison.rows import PageRow
from qcdesk.services.record_entries import Entries
from tests.gui.screens.conftest import EN, Desk, Remembers, tell


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.went: list[str] = []
        ways = ComparisonWays(
            batch=lambda _: self.went.append("batch"),
            report=lambda _: self.went.append("report"),
            start=lambda _: self.went.append("start"),
            told=desk.notices.append,
        )
        self.presenter = ComparisonPresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            tell,
            desk.ask,
            Changes(),
            desk.who,
            ways,
        )

    def open(self, number: str, login: str) -> PageRow:
        self.desk.login = login
        self.presenter.open(number)
        return self.shown

    @property
    def shown(self) -> PageRow:
        page = self.view.last("show_page")
        assert isinstance(page, PageRow)
        return page


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_second_person_reads_the_verdict_and_releases(page: Page) -> None:
    house = page.desk.house
    number = house.batch(quantity=40)
    house.check("linh", number, {3: "SCR", 5: "DEN"})
    house.check("som", number, {3: "SCR"})
    shown = page.open(number, "som")
    assert shown.verdict.title == "Accepted by both checks together"
    assert (shown.verdict.act, shown.verdict.act_words) == ("release", "Release 40 pcs")
    assert [(row.unit, row.defect, row.missed) for row in shown.missed] == [
        ("Unit 5", "Dent", "สมชาย ศรีสุข missed it")
    ]
    assert [row.count for row in shown.legend] == ["1", "1", "0", "11"]
    page.presenter.act("release")
    assert page.desk.asked[-1].secret
    assert page.shown.verdict.state == "released"


def test_first_person_is_led_to_the_batch_with_the_reason(page: Page) -> None:
    shown = page.open(page.desk.house.accepted(), "linh")
    assert shown.verdict.act == "batch"
    assert "Whoever releases must be someone else." in shown.verdict.next_note
    assert shown.nothing_missed == "Neither found a defect."


def test_disagreement_leads_the_third_person_to_the_decision_and_nobody_else(page: Page) -> None:
    house = page.desk.house
    house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
    number = house.disagreed()
    assert page.open(number, "linh").verdict.act == "batch"
    shown = page.open(number, "minh")
    assert (shown.verdict.state, shown.verdict.act) == ("disagreed", "decide")
    page.presenter.act("decide")
    assert page.went == ["start"]


def test_rejected_batch_says_what_follows(page: Page) -> None:
    shown = page.open(page.desk.house.rejected(), "som")
    assert shown.verdict.state == "rejected"
    assert shown.verdict.next_title == "Next: rework, then a new round"


def test_tallied_goods_have_no_grid_and_no_estimate(page: Page) -> None:
    house = page.desk.house
    house.approve(tally=True, characteristics=())
    number = house.batch()
    for login in ("linh", "som"):
        started = house.start(login, number)
        house.use.record(house.sittings[login], Entries(started.check, tallied=8))
        house.sign(login, started)
    shown = page.open(number, "som")
    assert shown.units == ()
    assert shown.estimate.interval is None
    assert shown.agreement.share is None


def test_comparison_is_closed_before_the_second_signature(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number)
    page.desk.login = "som"
    page.presenter.open(number)
    assert page.view.problems[-1].kind == "refusal"
    assert "show_page" not in page.view.told
