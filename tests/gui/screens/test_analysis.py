# SPDX-License-Identifier: Apache-2.0
"""The page of charts says what they come to, leads from a point to its batch, and says why there is none."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk.gui.problems import Problems
from qcdesk.gui.screens.analysis.periods import crossed, period_of, start_of
from qcdesk.gui.screens.analysis.presenter import AnalysisPresenter, AnalysisWays
from qcdesk.gui.screens.analysis.rows import Analysed, Chosen, LineRow, Listed, Nothing, Origin
from qcdesk.gui.screens.analysis.view import START, AnalysisView
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.services.analysis_rows import (
    OWN_GOODS,
    AnalysisChoices,
    AnalysisWish,
    CharacteristicChoice,
    LotCountRow,
    LotCounts,
    ProductChoice,
    ReadingColumns,
    SubgroupRow,
)
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.lot_rows import LotSupplierRow
from qcdesk.services.trouble import Trouble
from tests.gui.screens.conftest import EN, Remembers, tell

DAY_US = 86_400_000_000
TODAY = date(2026, 11, 22)
BEGAN = start_of(date(2026, 8, 1)) + DAY_US // 2


def samples(shifts: list[float], low: float | None = 9.9, high: float | None = 10.13) -> ReadingColumns:
    """Return a sample of five a day around 10, shifted by so much; without any shift nothing breaks a rule."""
    chance = Random(0)
    values = array("d")
    for shift in shifts:
        values.extend(round(chance.gauss(10, 0.02) + shift, 3) for _ in range(5))
    rows = tuple(
        SubgroupRow(f"id{at}", f"DA-{at}", "s1", BEGAN + at * DAY_US, "first", low, high)
        for at in range(len(shifts))
    )
    return ReadingColumns(values, (5,) * len(shifts), rows)


def lots(found: list[dict[str, int]], units: int = 80) -> LotCounts:
    """Return a batch a day with these defects."""
    rows = tuple(
        LotCountRow(
            f"id{at}", f"DA-{at}", "s1", BEGAN + at * DAY_US, units, sum(by.values()), sum(by.values()),
            (("major", sum(by.values())),), tuple(sorted(by.items())),
        )
        for at, by in enumerate(found)
    )  # fmt: skip
    return LotCounts(rows, {"SCR": "Scratch", "DEN": "Dent"})


QUIET = [0.0] * 25
JUMP = [*QUIET[:12], 0.06, *QUIET[13:]]


@dataclass
class Read:
    """The readers of the port, over columns that a test lays down."""

    columns: ReadingColumns = field(default_factory=lambda: samples(JUMP))
    counts: LotCounts = field(
        default_factory=lambda: lots([{"SCR": 1 + at * 7 % 5, "DEN": 1} for at in range(25)])
    )
    products: int = 2
    wishes: list[AnalysisWish] = field(default_factory=list)
    fails: bool = False
    workspace: str = ""

    def analysis_choices(self) -> AnalysisChoices:
        bore = CharacteristicChoice("DIA", "Bore", "mm", Decimal("9.9"), Decimal("10.1"), None, 125)
        known = (ProductChoice("CP", "Cover", 25, (bore,)), ProductChoice("HI", "Hinge", 3, ()))
        suppliers = (LotSupplierRow("s1", "Kim Long"), LotSupplierRow("s2", "Minh An"))
        last = BEGAN + 24 * DAY_US
        return AnalysisChoices(suppliers, known[: self.products], BEGAN, last, True, self.workspace)

    def _within(self, wish: AnalysisWish, at: int, supplier: str) -> bool:
        since, until = wish.since, wish.until
        in_time = (since is None or at >= since) and (until is None or at < until)
        return in_time and wish.supplier in ("", supplier)

    def readings(self, wish: AnalysisWish) -> ReadingColumns:
        self.wishes.append(wish)
        if self.fails:
            raise Trouble("damaged")
        values, sizes, rows, at = array("d"), [], [], 0
        for row, size in zip(self.columns.subgroups, self.columns.sizes, strict=True):
            if self._within(wish, row.at, row.supplier):
                values += self.columns.values[at : at + size]
                sizes.append(size)
                rows.append(row)
            at += size
        return ReadingColumns(values, tuple(sizes), tuple(rows))

    def lot_counts(self, wish: AnalysisWish) -> LotCounts:
        self.wishes.append(wish)
        kept = tuple(lot for lot in self.counts.lots if self._within(wish, lot.at, lot.supplier))
        return replace(self.counts, lots=kept)


class Clock:
    def today(self) -> date:
        return TODAY


@dataclass
class Use:
    read: Read
    clock: Clock = field(default_factory=Clock)


class Page(Remembers):
    """A view whose fields hold what is put into them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = dict(START)

    def values(self) -> dict[str, str]:
        return dict(self.fields)

    def fill(self, values: Mapping[str, str]) -> None:
        self.fields |= values

    @property
    def answer(self) -> Analysed:
        found = self.last("show_answer")
        assert isinstance(found, Analysed)
        return found

    @property
    def nothing(self) -> Nothing:
        found = self.last("show_nothing")
        assert isinstance(found, Nothing)
        return found


@dataclass
class At:
    """The page with its presenter, and where it led."""

    page: Any
    read: Read
    presenter: AnalysisPresenter
    batches: list[str]
    sheets: list[ChartSheet]
    kept: dict[str, Any]
    notices: list[tuple[str, Callable[[], None]]]

    def choose(self, **fields: str) -> None:
        self.presenter.changed({**self.page.values(), **fields})

    def listed(self, listing: str) -> Listed:
        found = next(one for one in self.page.answer.lists if one.listing == listing)
        assert isinstance(found, Listed)
        return found


def analysis(
    read: Read | None = None,
    page: Any = None,  # noqa: ANN401 - any view
    origin: Origin | None = None,
    words: Catalogue = EN,
) -> At:
    page = page or Page()
    read = read or Read()
    batches: list[str] = []
    sheets: list[ChartSheet] = []
    kept: dict[str, Any] = {}
    notices: list[tuple[str, Callable[[], None]]] = []

    def keep(limits: Mapping[str, object]) -> None:
        kept.clear()
        kept.update(limits)

    ways = AnalysisWays(
        batch=batches.append,
        back=lambda _: None,
        paper=lambda sheet, _: sheets.append(sheet),
        kept=lambda: kept,
        keep=keep,
        notice=lambda line, undo: notices.append((line, undo)),
    )
    use: Any = Use(read)
    presenter = AnalysisPresenter(page, use, ImmediateTasks(), words, Problems(tell, EN, page), ways)
    presenter.open(origin)
    return At(page, read, presenter, batches, sheets, kept, notices)


def test_own_goods_can_be_chosen_and_are_named() -> None:
    own = samples(QUIET)
    own = replace(own, subgroups=tuple(row._replace(supplier="") for row in own.subgroups))
    at = analysis(Read(own))
    assert (OWN_GOODS, "own goods") in at.page.last("show_choices").suppliers
    assert at.listed("points").rows[0].cells[-1] == "own goods"
    at.choose(supplier=OWN_GOODS)
    assert at.read.wishes[-1].supplier == OWN_GOODS


# What it says -----------------------------------------------------------------------------------------------------


def test_point_that_broke_a_rule_is_said_with_its_batch_and_leads_to_it() -> None:
    at = analysis()
    assert (
        at.page.answer.sentence == "1 point broke a rule; every reading lies inside the procedure's limits."
    )
    assert at.page.answer.more[0] == "DA-12, Mean: beyond a limit."
    assert at.page.answer.note == "chosen for small samples of one size"
    (row,) = at.listed("broken").rows
    assert (row.number, row.batch, row.spot) == ("DA-12", "id12", (0, 12))
    at.presenter.spotted((0, 12))
    chosen = at.page.last("show_chosen")
    assert isinstance(chosen, Chosen)
    assert chosen.words == "DA-12: Mean 10.058. Beyond a limit."
    at.presenter.batch(chosen.batch)
    assert at.batches == ["id12"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (samples(QUIET), "The process is in control, and every reading lies inside the procedure's limits."),
        (samples(QUIET, low=None, high=None), "The process is in control."),
        (
            samples(QUIET, low=9.98),
            "The process is in control, but 16 % of the readings lie outside the procedure's limits.",
        ),
        (
            samples(JUMP, high=10.07),
            "1 point broke a rule, and 0.8 % of the readings lie outside the procedure's limits.",
        ),
    ],
)
def test_sentence_keeps_control_and_limits_apart(columns: ReadingColumns, sentence: str) -> None:
    assert analysis(Read(columns)).page.answer.sentence == sentence


def test_moving_range_leads_to_the_later_of_its_two_values() -> None:
    at = analysis()
    at.choose(kind="i-mr")
    assert at.page.answer.title == "Single values and moving ranges"
    at.presenter.spotted((1, 0))
    assert at.page.last("show_chosen").batch == "id0"  # the second value of the first sample
    at.presenter.spotted((1, 4))
    assert at.page.last("show_chosen").batch == "id1"


def test_chart_of_what_was_found_says_its_level_and_offers_its_kinds() -> None:
    at = analysis()
    at.choose(what="found", kind="xbar-r", look="limits")
    assert at.page.answer.sentence == "The batches are of one level: 5 % of 2,000 units were bad."
    kinds, looks, look, named = at.page.last("show_kinds")
    assert [code for code, _ in kinds] == ["", "p", "laney-p", "np", "u", "laney-u", "c", "g"]
    assert ([code for code, _ in looks], look, named) == (["time", "causes"], "time", {"readings": False})


def test_capability_says_what_is_expected_outside_with_its_interval() -> None:
    at = analysis(Read(samples(QUIET, low=9.95, high=10.05)))
    at.choose(look="limits")
    assert at.page.answer.sentence.startswith("The process does not keep its limits: of a million about ")
    assert at.page.answer.more[0].startswith("Ppk 0.77, between 0.66 and 0.89; ")
    rows = {row.cells[0]: row for row in at.listed("figures").rows}
    assert " to " in rows["Cpk"].cells[2]
    assert at.page.answer.picture.panels[0].bars is not None


def test_limits_that_changed_are_said_where_readings_are_compared_with_the_newest() -> None:
    columns = samples(QUIET)
    older = (columns.subgroups[0]._replace(lower=9.5), *columns.subgroups[1:])
    at = analysis(Read(replace(columns, subgroups=older)))
    at.choose(look="limits")
    assert at.page.answer.warning.startswith("The limits changed in this period")


def test_bar_leads_to_the_batches_behind_it() -> None:
    at = analysis(Read(counts=lots([{"SCR": 4}, {"SCR": 2, "DEN": 1}, {"DEN": 1}])))
    at.choose(what="found")
    at.choose(look="causes")
    assert at.page.answer.sentence == "Scratch makes 75 % of 8 defects." or at.page.answer.more
    at.presenter.spotted((0, 1))
    shown, which = at.page.last("show_lists")[:2]
    assert which == "lots"
    assert [row.number for row in shown[-1].rows] == ["DA-2", "DA-1"]
    assert at.page.last("show_chosen").words == "Dent: 2 in 2 batches."


def test_many_causes_share_a_last_bar_and_all_stand_in_the_rows() -> None:
    at = analysis(Read(counts=lots([{f"C{code:02}": 30 - code for code in range(20)}])))
    at.choose(what="found")
    at.choose(look="causes")
    names = at.page.answer.picture.panels[0].x.names
    assert len(names) == 12 and names[-1] == "9 others"
    assert len(at.listed("causes").rows) == 20
    before = len(at.page.told["show_chosen"]) if "show_chosen" in at.page.told else 0
    at.presenter.spotted((0, 11))  # what is behind the last bar is many causes: nothing to lead to
    assert len(at.page.told.get("show_chosen", [])) == before


def test_few_points_are_not_called_a_process_in_control() -> None:
    at = analysis(Read(samples(QUIET[:6]), lots([{"SCR": 2}, {"SCR": 3}, {"SCR": 1}])))
    assert (
        at.page.answer.sentence
        == "None of 6 points broke a rule, and every reading lies inside the procedure's limits."
    )
    at.choose(what="found")
    assert at.page.answer.sentence == "None of 3 points broke a rule; over all 2.5 % of 240 units were bad."


def test_level_of_later_lots_is_their_own_not_that_of_their_limits() -> None:
    at = analysis(Read(counts=lots([{"SCR": 2}, {"SCR": 3}] * 10 + [{"SCR": 4}] * 5)))
    at.choose(what="found", limits="period", base_until="2026-08-20", period="days", since="2026-08-21")
    assert at.page.answer.sentence == "None of 5 points broke a rule; over all 5 % of 400 units were bad."


def test_causes_that_tie_are_not_ranked() -> None:
    at = analysis(Read(counts=lots([{f"C{code}": 1 for code in range(4)}])))
    at.choose(what="found", look="causes")
    assert at.page.answer.sentence == "No cause stands out: 4 kinds among 4 defects."


# Why there is none ------------------------------------------------------------------------------------------------


def test_workspace_without_settled_batches_says_when_one_counts() -> None:
    at = analysis(Read(products=0))
    assert at.page.nothing.fact == "Nothing to chart yet"
    assert "both people have checked it" in at.page.nothing.way


def test_empty_period_offers_all_there_is() -> None:
    at = analysis()
    at.choose(period="d30")
    assert at.page.nothing == Nothing(
        "Nothing here in this period", "There are batches of 2026-08-01 to 2026-08-25.", "Show all there is"
    )
    at.presenter.all_there_is()
    assert at.page.answer.sentence.startswith("1 point")
    assert at.page.fields["period"] == "all"


def test_too_few_points_are_refused_in_a_sentence() -> None:
    at = analysis(Read(samples([0.0]), lots([{"SCR": 1}])))
    at.choose(kind="xbar-r")
    assert at.page.nothing.fact == "There are too few subgroups: 1. It takes 2 or more."
    at.choose(look="limits")
    assert at.page.nothing.fact == "There are too few values: 5. It takes 15 or more."
    at.choose(what="found")
    assert at.page.nothing.fact == "There are too few points: 1. It takes 2 or more."


def test_nothing_found_and_no_limits_are_no_errors() -> None:
    at = analysis(Read(samples(QUIET, low=None, high=None), lots([{}] * 25)))
    at.choose(look="limits")
    assert at.page.nothing.fact == "There are no limits to compare with"
    for look in ("time", "causes"):
        at.choose(what="found", look=look)
        assert at.page.nothing.fact == "Nothing was found"
        assert at.page.nothing.way.startswith("In 25 batches 2,000 units were looked at")


@pytest.mark.logs
def test_trouble_is_told_and_asked_anew() -> None:
    at = analysis(Read(fails=True))
    assert [problem.kind for problem in at.page.problems] == ["trouble"]
    at.read.fails = False
    at.presenter.again()
    assert at.page.answer.sentence


# Periods and limits -----------------------------------------------------------------------------------------------


def test_period_is_read_and_a_day_before_its_first_is_said_beside_its_field() -> None:
    at = analysis()
    at.choose(period="days", since="2026-08-05", until="2026-08-10")
    assert len(at.listed("points").rows) == 6
    asked = len(at.read.wishes)
    at.choose(until="2026-08-04")
    assert at.page.last("show_wrong")[:2] == ("until", "This day lies before the first one.")
    assert len(at.read.wishes) == asked
    assert (
        crossed({"limits": "period", "base_since": "2026-08-05", "base_until": "2026-08-04"}) == "base_until"
    )
    assert period_of({"period": "year"}, TODAY) == (start_of(date(2026, 1, 1)), None)
    assert period_of({"period": "d30"}, TODAY) == (start_of(date(2026, 10, 23)), None)


def test_points_are_held_against_the_limits_of_an_earlier_period() -> None:
    drifted = [*QUIET[:15], *[0.04] * 10]
    at = analysis(Read(samples(drifted)))
    at.choose(period="days", since="2026-08-16", limits="period", base_until="2026-08-15")
    assert at.page.answer.sentence.startswith("10 points broke a rule")
    assert "held against the limits of up to 2026-08-15, which rest on 15 points" in at.page.answer.more[-1]
    at.choose(base_until="2026-07-31")
    assert at.page.nothing.fact == "The earlier period has too few points"


def test_limits_are_kept_for_the_batches_that_follow() -> None:
    at = analysis(Read(samples(QUIET)))
    assert at.page.answer.freezing
    at.presenter.freeze()
    assert at.page.nothing.fact == "No batch since the limits were kept"
    assert at.page.last("show_choices").kept == "Kept, up to 2026-08-25"
    at.read.columns = samples([*QUIET, 0.06, 0.0])
    at.choose(rules="we")
    at.presenter.open()
    assert at.page.answer.sentence.startswith("1 point broke a rule")
    assert [row.number for row in at.listed("points").rows] == ["DA-26", "DA-25"]
    assert not at.page.answer.freezing
    at.choose(what="found")  # of something else no limits were kept
    assert (at.page.fields["limits"], at.page.last("show_choices").kept) == ("own", "")
    at.choose(what="m:DIA")
    at.choose(limits="kept")
    assert [row.number for row in at.listed("points").rows] == ["DA-26", "DA-25"]


def test_kept_limits_are_forgotten_and_both_are_undone() -> None:
    at = analysis(Read(samples(QUIET)))
    at.presenter.freeze()
    assert list(at.kept) == ["|CP|m:DIA||first"] and at.page.nothing.forgetting
    at.notices[-1][1]()
    assert not at.kept and at.page.fields["limits"] == "own" and at.page.answer.freezing
    at.presenter.freeze()
    kept = dict(at.kept)
    at.presenter.forget()
    assert not at.kept and at.page.last("show_choices").kept == ""
    at.notices[-1][1]()
    assert at.kept == kept and at.page.fields["limits"] == "kept"


def test_limits_kept_in_another_workspace_do_not_show_here() -> None:
    at = analysis(Read(samples(QUIET)))
    at.presenter.freeze()
    at.read.workspace = "another"
    at.presenter.open()
    assert (at.page.fields["limits"], at.page.last("show_choices").kept) == ("own", "")


# Coming and going -------------------------------------------------------------------------------------------------


def test_choices_survive_leaving_and_an_origin_begins_with_what_it_is_about() -> None:
    at = analysis()
    at.choose(period="y1", kind="ewma", rules="we")
    at.presenter.open()
    assert {key: at.page.fields[key] for key in ("period", "kind", "rules")} == {
        "period": "y1", "kind": "ewma", "rules": "we",
    }  # fmt: skip
    at.presenter.open(Origin(product="HI", supplier="s2", back=("supplier", "s2"), back_words="Minh An"))
    assert at.page.last("show_back") == "Minh An"
    assert {key: at.page.fields[key] for key in ("product", "supplier", "what", "period")} == {
        "product": "HI", "supplier": "s2", "what": "found", "period": "all",
    }  # fmt: skip


def test_what_only_changes_the_drawing_reads_nothing_anew() -> None:
    at = analysis()
    asked = len(at.read.wishes)
    at.choose(kind="xbar-s", rules="shewhart")
    at.choose(look="limits")
    assert len(at.read.wishes) == asked
    at.choose(place="both")
    assert at.read.wishes[-1].place == "both"


def test_paper_has_the_same_picture_words_and_rows() -> None:
    at = analysis()
    at.presenter.print_sheet("broken")
    (sheet,) = at.sheets
    assert (sheet.title, sheet.about) == (
        "Cover: Bore",
        "All suppliers and own goods · all time · first checks",
    )
    assert sheet.picture is at.page.answer.picture
    assert sheet.lines[0] == at.page.answer.sentence
    assert [row[:3] for row in sheet.rows] == [("DA-12: beyond a limit", "2026-08-13", "Mean")]
    assert all(len(row) == len(sheet.headings) for row in sheet.rows)


# The page itself --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", STRETCHED])
def test_row_and_keys_choose_a_point_and_the_button_opens_its_batch(qtbot: QtBot, language: str) -> None:
    view = AnalysisView(Catalogue(language))
    qtbot.addWidget(view)
    view.resize(1176, 720)
    at = analysis(page=view)
    view.changed.connect(at.presenter.changed)
    view.spotted.connect(at.presenter.spotted)
    view.batch_wanted.connect(at.presenter.batch)
    view.show()
    row = view.tables["broken"].rows.row(0)
    assert isinstance(row, LineRow)
    view.chart.setFocus()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        QTest.keyClick(view.chart, key)
    assert view.opening.isVisible() and "DA-12" in view.opening.text()
    view.opening.click()
    view.tables["broken"].selectRow(0)
    QTest.keyClick(view.tables["broken"], Qt.Key.Key_Return)
    assert at.batches == ["id12", "id12"]
    assert view.looks is not None
    view.looks.chosen.emit("limits")
    assert view.stack.currentWidget() is view.tables["figures"]
    assert not view.opening.isVisible()


@pytest.mark.logs
def test_page_says_the_last_sentence_again_where_the_next_answer_fails(qtbot: QtBot) -> None:
    view = AnalysisView(Catalogue())
    qtbot.addWidget(view)
    view.resize(1176, 720)
    view.show()
    assert not view.words_card.isVisible() and not view.printing.isVisible()
    at = analysis(page=view)
    view._say_working()
    at.read.fails = True
    at.presenter.changed({**view.values(), "period": "y1"})
    assert view.problems.isVisible()
    assert view.sentence.text() == "1 point broke a rule; every reading lies inside the procedure's limits."


def test_rare_defects_are_charted_by_the_good_batches_between_them() -> None:
    found: list[dict[str, int]] = [{"SCR": 1} if at in (3, 4, 9, 20, 24) else {} for at in range(25)]
    at = analysis(Read(counts=lots(found)))
    at.choose(what="found", kind="g")
    assert at.page.answer.title == "Good batches between two with a defect"
    assert at.page.answer.sentence.endswith(
        "over all 4.25 good batches lay between two with a defect on average."
    )
    assert at.page.answer.picture.panels[0].title == "Good batches between"
    assert [row.number for row in at.listed("points").rows] == ["DA-24", "DA-20", "DA-9", "DA-4"]
