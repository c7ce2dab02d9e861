# SPDX-License-Identifier: Apache-2.0
"""The runner: saved is said after the commit, undo deletes nothing, missing is not good, blind is blind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from qcdesk.domain.refusals import InstrumentOverdue
from qcdesk.gui.changes import Changes
from qcdesk.gui.screens.runner.presenter import RunnerPresenter, RunnerWays
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import content


class Page:
    def __init__(self, desk: Desk, use: UseCases | None = None) -> None:
        self.desk = desk
        self.view = Remembers()
        self.signing: list[str] = []
        self.left: list[str] = []
        self.stickers: list[tuple[str, str]] = []
        ways = RunnerWays(
            leave=self.left.append,
            sign=lambda check, _go: self.signing.append(check),
            stickers=lambda batch, check: self.stickers.append((batch, check)),
            told=desk.notices.append,
        )
        self.presenter = RunnerPresenter(
            self.view,
            use or desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            desk.ask,
            Changes(),
            desk.who,
            ways,
        )

    def begin(self, **procedure: Any) -> str:  # noqa: ANN401 - any field of the procedure
        house = self.desk.house
        if procedure:
            house.approve(**procedure)
        number = house.batch()
        started = house.start(self.desk.login, number)
        self.presenter.open(started.check)
        return number

    def counts(self) -> dict[str, int]:
        return {key.code: key.count for row in self.view.last("show_classes") for key in row.keys}

    def unit(self) -> str:
        return str(self.view.last("show_units").title)


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_defect_is_counted_and_saved_after_the_commit(page: Page) -> None:
    page.begin()
    page.presenter.found("DEN")
    assert page.counts()["DEN"] == 1
    assert page.view.last("show_saved").startswith("Saved ")


@pytest.mark.logs
def test_trouble_says_not_saved_and_try_again_saves_it(desk: Desk) -> None:
    broken: list[bool] = [True]

    class Falls(UseCases):
        def record(self, sitting: Any, entries: Any) -> Any:  # noqa: ANN401
            if broken:
                raise Trouble("disk_full")
            return super().record(sitting, entries)

    use = desk.house.use
    page = Page(desk, Falls(**{name: getattr(use, name) for name in use.__dataclass_fields__}))
    page.begin()
    page.presenter.found("DEN")
    assert page.view.last("show_saved") == ("Not saved", {"trouble": True})
    assert page.counts()["DEN"] == 0
    assert page.view.problems[-1].kind == "trouble"
    broken.clear()
    page.presenter.try_again()
    assert page.counts()["DEN"] == 1


def test_unit_whose_reading_is_missing_cannot_be_left_as_done(page: Page) -> None:
    page.begin()
    assert not page.view.last("show_acts").can_go_on
    page.presenter.go_on()
    assert page.unit() == "Unit 1"
    page.presenter.measured("DIA", "12,03")
    page.presenter.go_on()
    assert page.unit() == "Unit 2"


def test_reading_out_of_limits_stays_in_view_until_it_is_kept(page: Page) -> None:
    page.begin()
    page.presenter.measured("DIA", "12.07")
    row = page.view.last("show_measure")
    assert (row.typed, row.verdict) == ("12.07", "outside")
    assert row.verdict_words == "0.02 above the upper limit"
    page.presenter.measure_again("DIA")
    page.presenter.measured("DIA", "12,050")
    row = page.view.last("show_measure")
    assert (row.typed, row.verdict) == ("12,050", "inside")
    made = page.presenter.page
    assert made is not None
    assert [(m.typed, m.replaced) for m in made.measured] == [("12.07", True), ("12,050", False)]


def test_reading_with_thousands_separator_is_refused(page: Page) -> None:
    page.begin()
    page.presenter.measured("DIA", "1,234.5")
    assert page.view.problems[-1].kind == "input"
    assert page.view.last("show_measure").typed == ""


def test_undo_withdraws_as_a_slip_then_returns_to_the_unit_before(page: Page) -> None:
    page.begin()
    page.presenter.measured("DIA", "12.03")
    page.presenter.go_on()
    page.presenter.found("SCR")
    page.presenter.undo()
    assert page.counts()["SCR"] == 0
    made = page.presenter.page
    assert made is not None
    assert [f.withdrawn for f in made.findings] == ["slip"]
    page.presenter.undo()
    assert page.unit() == "Unit 1"


def test_older_defect_is_withdrawn_only_with_a_reason(page: Page) -> None:
    page.begin()
    page.presenter.found("SCR")
    check = page.presenter.page
    assert check is not None
    page.presenter.open(check.check)
    page.desk.answers = {"reason": "cutting oil, wiped off"}
    page.presenter.undo()
    made = page.presenter.page
    assert made is not None
    assert [f.withdrawn for f in made.findings] == ["cutting oil, wiped off"]


def test_unit_is_left_out_with_a_reason_where_the_procedure_allows_it(page: Page) -> None:
    page.begin(not_done_allowed=True)
    page.desk.answers = {"reason": "Missing from the sample", "note": "tray 2"}
    page.presenter.not_done()
    made = page.presenter.page
    assert made is not None
    assert made.units[0].not_done == "Missing from the sample tray 2"
    assert page.unit() == "Unit 2"


def test_last_page_says_what_to_do_with_the_goods_and_leads_to_the_signature(page: Page) -> None:
    page.begin()
    while page.presenter.unit_in_hand is not None:
        page.presenter.measured("DIA", "12.03")
        page.presenter.go_on()
    last = page.view.last("show_last")
    assert "stickers" in last.steps[0]
    assert "Put every unit back as you found it." in last.steps
    assert last.missing == ""
    page.presenter.go_on()
    assert len(page.signing) == 1


def test_check_reopens_where_it_was_left(page: Page) -> None:
    page.begin()
    for _ in range(3):
        page.presenter.measured("DIA", "12.03")
        page.presenter.go_on()
    page.presenter.found("SCR")
    made = page.presenter.page
    assert made is not None
    other = Page(page.desk)
    other.presenter.open(made.check)
    assert other.unit() == "Unit 4"


def test_stickers_are_offered_until_the_first_entry_of_a_first_check(page: Page) -> None:
    page.begin()
    assert page.view.last("show_stickers") is True
    page.presenter.stickers()
    made = page.presenter.page
    assert made is not None
    assert page.stickers == [(made.batch, made.check)]
    page.presenter.found("DEN")
    assert page.view.last("show_stickers") is False


def test_tally_offers_no_stickers_since_it_tells_no_units_apart(page: Page) -> None:
    page.begin(tally=True, characteristics=())
    assert page.view.last("show_stickers") is False


def test_second_check_offers_no_stickers_since_the_goods_carry_them(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("som", number)
    page.presenter.open(house.start("linh", number).check)
    assert page.view.last("show_stickers") is False


def test_tally_counts_units_and_defects_without_telling_units_apart(page: Page) -> None:
    page.begin(tally=True, characteristics=())
    page.presenter.go_on()
    page.presenter.found("SCR")
    assert page.view.last("show_tally")[0] == "1 looked at"
    page.desk.answers = {"tallied": "8"}
    page.presenter.not_done()
    made = page.presenter.page
    assert made is not None
    assert sum(unit.done for unit in made.units) == 8
    assert [f.unit for f in made.findings] == [None]


def test_second_check_is_said_to_be_blind_and_starts_from_zero(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number, {1: "DEN", 2: "SCR"})
    page.desk.login = "som"
    page.presenter.open(house.start("som", number).check)
    head = page.view.last("show_head")
    assert (head.blind, head.kind) == (True, "Blind second check")
    assert set(page.counts().values()) == {0}
    assert all(one.found == 0 for one in page.view.last("show_verdict").classes)


def test_second_check_on_an_own_sample_says_so_and_hides_as_much(page: Page) -> None:
    house = page.desk.house
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(defects_mode="split", characteristics=(bore,))
    number = house.batch(quantity=200)
    house.check("linh", number, {1: "DEN"})
    page.desk.login = "som"
    page.presenter.open(house.start("som", number).check)
    head = page.view.last("show_head")
    assert (head.blind, head.kind) == (True, "Second check, own sample")
    assert "cannot see what the first person found" in head.kind_note
    assert page.view.last("show_units").only is None  # the same is looked at on each of its units


def test_unit_on_which_not_everything_is_looked_at_says_what(page: Page) -> None:
    house = page.desk.house
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(characteristics=(bore,))
    number = house.batch(quantity=200)
    house.check("linh", number)
    page.desk.login = "som"
    started = house.start("som", number)
    page.presenter.open(started.check)
    opened = started.opened
    only: dict[int, tuple[str, str | None]] = {}
    alone = next(u for u in range(1, len(opened.sample) + 1) if u not in opened.overlap)
    for unit in (opened.overlap[0], alone, len(opened.units)):
        page.presenter.go_to(unit)
        measure = page.view.last("show_measure")
        only[unit] = page.view.last("show_units").only, measure and measure.progress
    assert list(only.values()) == [
        ("On this unit: everything", "Reading 1 of 1"),
        ("On this unit only: the defects", None),
        ("On this unit only: Bore", "Reading 1 of 1"),
    ]


def test_first_check_says_nothing_of_a_kind_nor_of_single_units(page: Page) -> None:
    bore = replace(content("x").characteristics[0], mode="split")
    page.begin(characteristics=(bore,))
    assert page.view.last("show_head").kind == ""
    assert page.view.last("show_units").only is None


def test_live_words_say_found_allowed_and_reject(page: Page) -> None:
    page.begin()
    page.presenter.found("CRK")
    verdict = page.view.last("show_verdict")
    assert verdict.rejected
    assert verdict.classes[0].found_words == "Critical: 1 found"
    assert verdict.classes[0].limit_words == "0 allowed · 1 reject"


def test_stop_from_the_runner_holds_the_batch(page: Page) -> None:
    number = page.begin()
    page.desk.answers = {"kind": "safety", "reason": "sharp edge"}
    page.presenter.stop()
    with page.desk.house.use.look() as uow:
        assert uow.batch(number).held


@pytest.mark.parametrize("refused", [InstrumentOverdue("C-03", None)])
def test_refused_entry_leaves_the_unit_in_hand(
    desk: Desk, refused: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(desk)
    page.begin()

    def refuse(*_given: object) -> None:
        raise refused

    recorded: Callable[..., object] = refuse
    monkeypatch.setattr(UseCases, "record", recorded)
    page.presenter.measured("DIA", "12.03")
    assert page.view.problems[-1].kind == "refusal"
    assert page.unit() == "Unit 1"
