# SPDX-License-Identifier: Apache-2.0
"""What the second check buys: figures come way by way, rest on what the fields say, and are those of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import SECOND_CHECKS, simulate
from qcdesk.gui.screens.second_check import texts, wishes
from qcdesk.gui.screens.second_check.presenter import Origin, SecondCheckPresenter, Stopped
from qcdesk.gui.screens.second_check.rows import Shown
from qcdesk.gui.screens.second_check.wishes import START, wish_of
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.reports import pages
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.detection_rows import SettledMark, SettledRow
from qcdesk.services.lot_rows import LotClassRow, LotRow
from qcdesk.wording import inputs
from qcdesk.wording.second_check_pictures import percent
from tests.cli.console import Console
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import PROCEDURE

SMALL = {**START, "lots": "30", "lot_size": "200"}
MINE = ("--lots", "30", "--lot-size", "200", "--bad-rate", "0.04", "--detect-first", "0.8")


class Page(Remembers):
    """A view whose fields hold what is put into them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = dict(START)
        self.sheets: list[ChartSheet] = []

    def values(self) -> dict[str, str]:
        return dict(self.fields)

    def fill(self, values: Mapping[str, str]) -> None:
        self.fields |= values

    @property
    def answer(self) -> Shown:
        found = self.last("show_answer")
        assert isinstance(found, Shown)
        return found


def opened(
    desk: Desk, page: Page, tasks: Tasks | None = None, words: Catalogue = EN, **fields: str
) -> SecondCheckPresenter:
    made = SecondCheckPresenter(
        page,
        desk.house.use,
        tasks or desk.tasks,
        words,
        desk.problems(page),
        desk.who,
        lambda sheet, _: page.sheets.append(sheet),
    )
    made.open(Origin({**SMALL, **fields}))
    return made


class Held:
    """Tasks of which those that play are done one by one, when they are let."""

    def __init__(self, desk: Desk) -> None:
        self.run = desk.tasks.run
        self._desk = desk
        self.waiting: list[tuple[Any, ...]] = []

    def render(self, work: Any, done: Any, failed: Any, *, latest: str | None = None) -> None:  # noqa: ANN401
        self.waiting.append((work, done, failed))

    def let(self) -> None:
        self._desk.tasks.render(*self.waiting.pop(0))


# What stands in the fields ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"bad": "101"}, "bad"),
        ({"bad": ""}, "bad"),
        ({"first": "-1"}, "first"),
        ({"primed": "ten"}, "primed"),
        ({"lot_size": "1"}, "lot_size"),
        ({"lot_size": "2000000"}, "lot_size"),
        ({"lots": "0"}, "lots"),
        ({"lots": "2000000"}, "lots"),
        ({"lots": "1000000", "bad": "100"}, "lots"),
        ({"seconds": "-3"}, "seconds"),
        ({"wage": "1,000.5"}, "wage"),
        ({"wage": "50.000"}, "wage"),
        ({"kind": "zero", "n": "0"}, "n"),
    ],
)
def test_bad_input_is_said_beside_its_field(fields: dict[str, str], where: str) -> None:
    with pytest.raises(BadInput) as bad:
        wish_of({**START, **fields})
    assert bad.value.where["field"] == where
    assert str(inputs.tell(bad.value, EN)) != "This cannot be taken as it is. Check it and try again."


@pytest.mark.parametrize(
    "rule",
    [
        ClassRule("major", "all"),
        ClassRule("major", "zero"),
        ClassRule("major", "zero", n=20),
        ClassRule("major", "zero", wish_of(START).imagined.rule.aql, "I"),
        replace(wish_of(START).imagined.rule, plan_type="double", standard="z1.4"),
    ],
)
def test_rule_of_a_procedure_is_the_rule_that_is_played(rule: ClassRule) -> None:
    wish = wish_of({**START, **wishes.rule_fields(rule)})
    expected = ClassRule("major", "all") if rule == ClassRule("major", "zero") else rule
    assert wish.imagined.rule == expected


def test_other_shares_go_on_to_where_few_batches_ship() -> None:
    shares = wishes.shares_of(wish_of(START))
    assert len(shares) == 7
    assert shares[-1] >= 0.08
    rare = wishes.shares_of(wish_of({**START, "bad": "0"}))
    assert all(share > 0 for share in rare)
    assert max(wishes.shares_of(wish_of({**START, "bad": "90"}))) <= 1


def mark(unit: int, first: bool, second: bool, holds: bool = True) -> SettledMark:
    return SettledMark(unit, "D1", "major", first, second, holds, looked_again=False)


def test_own_figures_come_from_the_last_lots_and_the_settled_rounds() -> None:
    lot = LotRow("b", "DA", 0, 1800, (LotClassRow("major", 3, 125, "percent"),), 5_000, 250)
    marks = (*(mark(u, True, True) for u in range(1, 9)), mark(9, True, False), mark(10, False, True))
    row = SettledRow(
        "b", "DA", 1, 0, "P", "IP", "a", "b", 125, (("major", 125),), (*marks, mark(11, True, False, False))
    )
    found = wishes.own_fields([lot], [row] * 2, "major")
    # Of the 9 units that one found, the other found 8: Lincoln's share, whatever both missed.
    assert found == {
        "lot_size": "1800",
        "bad": "2.4",
        "seconds": "20",
        "first": "89",
        "second": "89",
        "alarm": "0.43",
    }
    assert wishes.own_fields([], [], "major") == {}
    assert "first" not in wishes.own_fields([lot], [row], "major")


def test_own_figures_can_be_read_back_however_large_or_small() -> None:
    for counted, n, seconds, bad, each in (
        (50, 50, 123_400, "100", "1230"),
        (1, 2_000_000, 1, "0.00005", "0.01"),
    ):
        lot = LotRow("b", "DA", 0, 1800, (LotClassRow("major", counted, n, "percent"),), seconds, 100)
        found = wishes.own_fields([lot], [], "major")
        assert (found["bad"], found["seconds"]) == (bad, each)
        assert wish_of({**START, **found}).imagined.bad_rate == float(bad) / 100


def test_where_figures_come_from_is_said() -> None:
    own = {"bad": "2.4", "first": "89"}
    said = texts.sources({**START, **own}, own, 20, 3, EN)
    assert said == (
        "From your last 20 lots: bad units.\n"
        "What both people missed is not in it.\n"
        "From your last 3 settled batches: what the first finds of what the other found.\n"
        "Assumed, for want of own figures: seconds a unit, what the second finds."
    )
    assert "bad units" not in texts.sources({**START, "bad": "7"}, own, 20, 3, EN)


# The page ---------------------------------------------------------------------------------------------------------


def test_page_and_command_line_show_the_same_for_the_same_wish(desk: Desk) -> None:
    page = Page()
    opened(desk, page, seconds="30")
    data = {one["mode"]: one for one in Console()("simulate", *MINE, "--json").data["modes"]}
    wish = wish_of(page.fields)
    for row in page.answer.rows:
        one = simulate(replace(wish.imagined, mode=row.way))
        assert one.shipped.value == pytest.approx(data[row.way]["shipped_bad"], abs=1e-6)
        assert one.units == data[row.way]["units_inspected"]
        assert row.ships == percent(data[row.way]["shipped_bad"], Catalogue())
    assert page.answer.sentence.startswith("Of 100 such batches, ")
    assert [row.way for row in page.answer.rows] == list(SECOND_CHECKS)


def test_figures_come_way_by_way(desk: Desk) -> None:
    page, held = Page(), Held(desk)
    opened(desk, page, held)
    held.let()
    held.let()
    assert page.answer.sentence == ""
    assert [row.way for row in page.answer.rows if row.ships] == ["none", "single"]
    held.let()
    assert page.answer.sentence != ""
    assert [row.way for row in page.answer.rows if row.ships] == ["none", "single", "blind"]


def test_newest_wish_wins(desk: Desk) -> None:
    page, held = Page(), Held(desk)
    presenter = opened(desk, page, held, lots="200")
    held.let()
    page.told.clear()
    work, done, failed = held.waiting.pop()
    presenter.changed({**page.fields, "bad": "8"})
    with pytest.raises(Stopped):
        work()
    failed(Stopped())
    done(simulate(wish_of(SMALL).imagined))
    assert "show_answer" not in page.told
    held.let()
    assert page.answer.assumed == texts.assumed(wish_of({**page.fields, "bad": "8"}), EN)


def test_stopped_play_keeps_what_was_played_and_goes_on_when_asked(desk: Desk) -> None:
    page, held = Page(), Held(desk)
    presenter = opened(desk, page, held)
    held.let()
    presenter.stop()
    held.let()  # it was at its last hundred, and is through
    assert "show_stopped" in page.told
    assert not held.waiting
    presenter.play_on()
    assert held.waiting


def test_bad_input_is_told_and_nothing_is_played(desk: Desk) -> None:
    page, held = Page(), Held(desk)
    presenter = opened(desk, page, held)
    held.waiting.clear()
    presenter.changed({**page.fields, "bad": "lots"})
    assert page.last("show_wrong")[0] == "bad"
    assert not held.waiting


def test_plan_of_a_procedure_is_taken_over(desk: Desk) -> None:
    page, held = Page(), Held(desk)
    presenter = opened(desk, page, held)
    presenter.changed({**page.fields, "procedure": PROCEDURE, "class": "minor"})
    assert (page.fields["aql"], page.fields["class"]) == ("6.5", "minor")


def test_wage_gives_the_price_of_a_batch_that_is_stopped(desk: Desk) -> None:
    page = Page()
    opened(desk, page, wage="20", bad="8", first="20", second="95")
    assert page.answer.paid
    assert any("for each such batch that it stops" in line for line in page.answer.lines)
    assert all(row.cost for row in page.answer.rows)


def test_what_chance_alone_may_make_is_no_batch_that_was_stopped(desk: Desk) -> None:
    page = Page()
    opened(desk, page, wage="20", bad="0.5", alarm="2")
    assert any("that it stops any does not show in 30 batches" in line for line in page.answer.lines)
    assert any("a third person clears those" in line for line in page.answer.lines)


@pytest.mark.parametrize(
    "fields", [{"seconds": "0"}, {"bad": "0"}, {"lots": "1"}, {"lot_size": "2"}, {"kind": "all"}]
)
def test_page_answers_at_the_ends_of_what_can_be_imagined(desk: Desk, fields: dict[str, str]) -> None:
    page = Page()
    opened(desk, page, None, EN, **{"lots": "20", **fields})
    assert page.problems == []
    assert page.answer.sentence
    assert len(page.answer.rows) == 5


def test_minutes_of_quick_looks_are_no_nought() -> None:
    assert [texts.minutes(each, Catalogue()) for each in (0, 1.6, 90, 2_400)] == ["0", "0.027", "1.5", "40"]


def test_double_plan_has_no_second_check_on_other_units(desk: Desk) -> None:
    page = Page()
    opened(desk, page, plan_type="double")
    assert "split" not in [row.way for row in page.answer.rows]
    assert page.problems == []


def test_sheet_says_what_the_page_says(desk: Desk) -> None:
    page = Page()
    presenter = opened(desk, page)
    presenter.print_sheet()
    (sheet,) = page.sheets
    assert sheet.lines == (page.answer.sentence, *page.answer.lines)
    assert len(sheet.rows) == len(page.answer.rows)
    assert sheet.more == (page.answer.shares,)
    said = " ".join(" ".join(pages.text(desk.house.use.printing.chart(sheet, "1 Nov"))).split())
    assert page.answer.sentence in said
    assert "blind, other units" in said


def test_page_opens_in_a_stretched_language(desk: Desk) -> None:
    wish = wish_of(SMALL)
    played = {way: simulate(replace(wish.imagined, mode=way)) for way in SECOND_CHECKS}
    assert "~" in texts.shown(wish, played, {}, Catalogue("x-long")).sentence
