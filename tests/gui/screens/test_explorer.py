# SPDX-License-Identifier: Apache-2.0
"""The plan explorer: what is chosen is said in words with its risks, and goes into a procedure as it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import ClassRule, DefectClass, plans_for
from qcdesk.gui.screens.explorer import figures, texts
from qcdesk.gui.screens.explorer.charting import ticks_to
from qcdesk.gui.screens.explorer.plans import FIELDS_OF, WAYS, looked_at
from qcdesk.gui.screens.explorer.presenter import ExplorerPresenter, ExplorerWays, Origin
from qcdesk.gui.screens.explorer.rows import Choices, Explored, Use
from qcdesk.gui.screens.explorer.view import START, ExplorerView
from qcdesk.gui.screens.procedures.texts import rules_of
from qcdesk.i18n import Catalogue
from qcdesk.reports import pages
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.lot_rows import LotClassRow, LotRow
from qcdesk.wording import inputs
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import PROCEDURE


class Page(Remembers):
    """A view whose fields hold what is put into them."""

    def __init__(self, **fields: str) -> None:
        super().__init__()
        self.fields = {**START, **fields}
        self.sheets: list[ChartSheet] = []

    def values(self) -> dict[str, str]:
        return dict(self.fields)

    def fill(self, values: Mapping[str, str]) -> None:
        self.fields |= values

    @property
    def answer(self) -> Explored:
        found = self.last("show_answer")
        assert isinstance(found, Explored)
        return found


def explorer(
    desk: Desk,
    page: Page,
    used: list[Use] | None = None,
    origin: Origin | None = None,
    words: Catalogue = EN,
) -> ExplorerPresenter:
    taken = [] if used is None else used
    ways = ExplorerWays(
        use=lambda chosen, _: taken.append(chosen),
        back=lambda _: None,
        paper=lambda sheet, _: page.sheets.append(sheet),
    )
    made = ExplorerPresenter(page, desk.house.use, desk.tasks, words, desk.problems(page), ways)
    made.open(origin)
    return made


def choose(presenter: ExplorerPresenter, page: Page, **fields: str) -> None:
    page.fill(fields)
    presenter.changed(page.values())


def said(**fields: str) -> str:
    return texts.sentence(looked_at({**START, **fields}, "major"), EN)


# The plan ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Look at 125 units of 1800. Accept with up to 5 bad units."),
        ({"severity": "tightened"}, "Look at 125 units of 1800. Accept with up to 3 bad units."),
        ({"lot_size": "8", "aql": "0.65"}, "Look at all 8 units. Accept only when none is bad."),
        ({"aql": "40", "lot_size": "100"}, "Look at 20 units of 100. Accept with up to 14 defects."),
        ({"way": "zero", "n": "50"}, "Look at 50 units of 1800. Accept only when none is bad."),
        ({"way": "zero", "n": ""}, "Look at 125 units of 1800. Accept only when none is bad."),
        ({"way": "all"}, "Look at all 1800 units. Accept only when none is bad."),
        ({"way": "share"}, "Look at 180 units of 1800. Accept only when none is bad."),
        ({"way": "given", "n": "32", "ac": "2"}, "Look at 32 units of 1800. Accept with up to 2 bad units."),
        ({"way": "limit", "lot_size": "500", "limit": "1"}, "Look at 184 units of 500. Accept only when none is bad."),
        (
            {"plan_type": "double"},
            "Look at 80 units of 1800. Accept with up to 2, reject with 5; between them look at 80 more, and accept "
            "with up to 6.",
        ),
    ],
)  # fmt: skip
def test_plan_is_said_in_a_sentence(fields: dict[str, str], sentence: str) -> None:
    assert said(**fields) == sentence


def test_critical_is_accepted_in_no_sample() -> None:
    looked = looked_at({**START, "plan_type": "double"}, "critical")
    assert (looked.stages.n, looked.stages.ac) == ((125,), (0,))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"lot_size": ""}, "lot_size"),
        ({"lot_size": "1"}, "lot_size"),
        ({"lot_size": "1,800"}, "lot_size"),
        ({"way": "given", "n": "1900", "ac": "1"}, "n"),
        ({"way": "given", "n": "80 80", "ac": "1"}, "ac"),
        ({"way": "given", "n": "80", "ac": "5", "re": "4"}, "re"),
        ({"way": "given", "n": "", "ac": ""}, "n"),
        ({"way": "share", "share": "0"}, "share"),
        ({"way": "share", "share": "ten"}, "share"),
        ({"way": "limit", "limit": "100"}, "limit"),
        ({"way": "points", "good": "7"}, "bad"),
        ({"way": "points", "bad_risk": "-1"}, "bad_risk"),
        ({"way": "zero", "n": "0"}, "n"),
    ],
)
def test_bad_input_is_said_beside_its_field(fields: dict[str, str], where: str) -> None:
    with pytest.raises(BadInput) as bad:
        looked_at({**START, **fields}, "major")
    assert bad.value.where["field"] == where
    assert where in FIELDS_OF[next(way for way in WAYS if way == {**START, **fields}["way"])]
    assert str(inputs.tell(bad.value, EN)) != "This cannot be taken as it is. Check it and try again."


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("defect_class", ["critical", "major"])
def test_rule_that_a_procedure_takes_asks_for_the_same_plan(way: str, defect_class: DefectClass) -> None:
    looked = looked_at({**START, "way": way, "n": "40", "ac": "0"}, defect_class)
    if looked.rule is None:
        assert way in ("share", "points")
        return
    (rule,) = rules_of({defect_class: looked.rule})
    assert looked.lot is not None
    (plan,) = plans_for((rule,), looked.lot, "normal").classes
    assert tuple((one.n, one.ac) for one in plan.samples()) == tuple(
        zip(looked.stages.n, looked.stages.ac, strict=True)
    )


# Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("chance", "words"), [(1.0, "always"), (0.21, "21 times in 100"), (0.0, "never")])
def test_chance_is_always_or_never_only_where_it_is_certain(chance: float, words: str) -> None:
    assert texts.times(chance, EN) == words
    assert texts.times(0.9999999, EN) != "always"
    assert texts.times(1e-9, EN) != "never"


@pytest.mark.parametrize(("high", "end"), [(12.0, 12.0), (0.37, 0.4), (100.0, 100.0), (7.3, 8.0)])
def test_axis_ends_at_a_round_figure(high: float, end: float) -> None:
    last, ticks = ticks_to(high)
    assert last == pytest.approx(end)
    assert ticks[-1] == pytest.approx(last) and len(ticks) <= 8


def lot(counted: int, n: int = 125, seconds: int = 0) -> LotRow:
    return LotRow("b", "DA", 0, 1800, (LotClassRow("major", counted, n, "percent"),), seconds, 2 * n)


def test_real_lots_count_together_with_their_interval() -> None:
    real = figures.real_of([lot(3), lot(1)], "major", "percent")
    assert real is not None
    assert (real.lots, real.counted, real.units) == (2, 4, 250)
    assert real.low < 0.016 < real.high
    assert figures.real_of([lot(3)], "minor", "percent") is None
    assert figures.real_of([lot(3)], "major", "per_100") is None


def test_time_comes_from_the_checks_that_told() -> None:
    assert figures.seconds_a_unit([lot(0, 100, 4000), lot(0, 100, 0)]) == 20.0
    assert figures.seconds_a_unit([lot(0)]) is None


# The page ---------------------------------------------------------------------------------------------------------


def test_page_says_risks_source_and_what_others_cost(desk: Desk) -> None:
    page = Page()
    explorer(desk, page)
    shown = page.answer
    assert shown.more[0] == (
        "A batch with 2.2 % bad units passes 95 times in 100. "
        "A batch with 7.2 % bad units still passes 10 times in 100."
    )
    assert shown.source == "ISO 2859-1:1999, table 2-A · letter K, no arrow · several transcriptions agree"
    assert [row.name for row in shown.rows] == ["125 / 5", "50 / 2", "200 / 7"]
    assert shown.rows[0].here and shown.rows[0].time == "not known"
    assert len(shown.chart.curves) == 3


def test_sheet_says_what_the_page_says(desk: Desk) -> None:
    page = Page(procedure=PROCEDURE)
    explorer(desk, page, origin=Origin(PROCEDURE, "major")).print_sheet()
    (sheet,) = page.sheets
    assert sheet.lines == (page.answer.sentence, *page.answer.more)
    assert sheet.about == "Housing cover, incoming · Major"
    assert len(sheet.rows) == len(page.answer.rows)
    assert sheet.picture is not None
    (panel,) = sheet.picture.panels
    assert len(panel.curves) == len(sheet.rows) and len(panel.markers) == 2
    said = pages.text(desk.house.use.printing.chart(sheet, "1 Nov"))[0]
    assert page.answer.source.split(" · ")[0] in " ".join(said.split())


def test_arrow_is_told(desk: Desk) -> None:
    page = Page(aql="0.65", lot_size="8")
    explorer(desk, page)
    assert "letter A, whose arrow leads to the plan of F" in page.answer.source


def test_share_of_the_lot_is_warned_of_with_numbers(desk: Desk) -> None:
    page = Page(way="share")
    explorer(desk, page)
    assert "50 units: " in page.answer.warning and "5000 units: " in page.answer.warning


def test_class_of_a_procedure_brings_its_rule(desk: Desk) -> None:
    desk.house.approve(
        rules=(
            ClassRule("critical", "all"),
            ClassRule("major", "aql", Decimal("0.65"), "S-4"),
            ClassRule("minor", "all"),
        )
    )
    page = Page()
    presenter = explorer(desk, page, origin=Origin(PROCEDURE, "major"))
    assert (page.fields["aql"], page.fields["level"]) == ("0.65", "S-4")
    assert page.answer.others == (
        "Other classes of the procedure: Critical 1800 units, 0/1 · Minor 1800 units, 0/1"
    )
    choose(presenter, page, **{"class": "minor"})
    assert page.fields["way"] == "all"


def test_rule_that_is_being_written_goes_before_the_saved_one(desk: Desk) -> None:
    page = Page()
    rule = {"kind": "zero", "n": "13", "aql": "", "level": "II"}
    other = {"kind": "all", "n": "", "aql": "", "level": "II"}
    rules = {"major": rule, "minor": other}
    presenter = explorer(desk, page, origin=Origin(PROCEDURE, "major", rules, "500", writing=True))
    assert (page.fields["way"], page.fields["n"], page.fields["lot_size"]) == ("zero", "13", "500")
    choose(presenter, page, **{"class": "minor"})
    assert page.fields["way"] == "all"
    choose(presenter, page, **{"class": "major"})
    assert (page.fields["way"], page.fields["n"]) == ("zero", "13")


def test_real_lots_show_as_a_point_with_what_it_means(desk: Desk) -> None:
    batch = desk.house.batch()
    desk.house.check("linh", batch, {1: "SCR"})
    page = Page(supplier=desk.house.supplier.supplier)
    presenter = explorer(desk, page)
    choose(presenter, page, **{"class": "minor", "supplier": "all"})
    before = page.answer
    assert before.more[-1] == "All suppliers: no lot with a verdict in this class yet."
    assert [mark.shape for mark in before.chart.marks] == ["disc", "disc"]
    desk.house.check("som", batch, {1: "SCR"})
    presenter.again()
    assert [mark.shape for mark in page.answer.chart.marks] == ["disc", "disc", "open_diamond"]
    assert "the last 1 lot ran at" in page.answer.more[-1]


def test_wrong_field_is_told_and_the_last_plan_stays(desk: Desk) -> None:
    page = Page()
    presenter = explorer(desk, page)
    before = page.told["show_answer"][:]
    choose(presenter, page, lot_size="many")
    assert page.last("show_wrong")[0] == "lot_size"
    assert page.told["show_answer"] == before
    used: list[Use] = []
    presenter.use()
    assert page.last("show_refused")
    assert not used


def test_kept_plans_stay_beside_the_next_and_four_at_most(desk: Desk) -> None:
    page = Page()
    presenter = explorer(desk, page)
    for n in ("20", "30", "40", "50"):
        choose(presenter, page, way="zero", n=n)
        presenter.keep()
    choose(presenter, page, n="60")
    assert [row.name for row in page.answer.rows] == ["60 / 0", "50 / 0", "40 / 0", "30 / 0"]
    presenter.take(page.answer.rows[1].fields)
    assert page.fields["n"] == "50"
    assert [row.name for row in page.answer.rows] == ["50 / 0", "60 / 0", "40 / 0", "30 / 0"]
    presenter.clear()
    assert [row.name for row in page.answer.rows] == ["50 / 0"]


def test_plan_is_used_in_the_procedure_that_is_chosen(desk: Desk) -> None:
    page, used = Page(), list[Use]()
    presenter = explorer(desk, page, used)
    presenter.use()
    assert page.last("show_wrong")[0] == "procedure"
    choose(presenter, page, procedure=PROCEDURE)
    choose(presenter, page, aql="1.0", plan_type="double")
    presenter.use()
    (chosen,) = used
    assert (chosen.procedure, chosen.defect_class) == (PROCEDURE, "major")
    assert rules_of({"major": chosen.rule}) == (
        ClassRule("major", "aql", Decimal("1.0"), plan_type="double"),
    )


@pytest.mark.parametrize("fields", [{"way": "share"}, {"way": "given", "n": "50", "ac": "2"}])
def test_plan_that_a_procedure_does_not_take_is_refused_with_the_reason(
    desk: Desk, fields: dict[str, str]
) -> None:
    page, used = Page(procedure=PROCEDURE), list[Use]()
    presenter = explorer(desk, page, used)
    choose(presenter, page, **fields)
    presenter.use()
    assert not used
    fact, way, _ = page.last("show_refused")
    assert fact and way


# The widgets ------------------------------------------------------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot) -> ExplorerView:
    made = ExplorerView(EN)
    qtbot.addWidget(made)
    made.show_choices(Choices((("", "none"), ("IP-1", "IP-1")), (("", "nobody"),)))
    made.resize(1280, 720)
    return made


@pytest.mark.parametrize("way", WAYS)
def test_only_the_fields_of_a_way_show(view: ExplorerView, way: str) -> None:
    view.fill({"way": way})
    shown = {code for codes in FIELDS_OF.values() for code in codes if not view.form.field(code).isHidden()}
    assert shown == set(FIELDS_OF[next(each for each in WAYS if each == way)])


def test_what_is_wrong_stands_below_its_field_and_goes_with_the_answer(
    view: ExplorerView, desk: Desk
) -> None:
    view.show_wrong("lot_size", "Batch size is missing.")
    below = view.form.under("lot_size")
    assert not below.isHidden() and below.text() == "Batch size is missing."
    assert view.refused.isHidden()
    page = Page()
    explorer(desk, page)
    view.show_answer(page.answer)
    assert below.isHidden()
    assert view.table.rows.rowCount() == 3


def test_long_search_is_said_after_half_a_second(view: ExplorerView, desk: Desk, qtbot: QtBot) -> None:
    view.show_working()
    assert not view.sentence.text()
    qtbot.waitUntil(lambda: view.sentence.text() == "Computing the plan …")
    page = Page()
    explorer(desk, page)
    view.show_answer(page.answer)
    assert view.sentence.text() == page.answer.sentence


def test_row_of_the_table_is_taken_by_return(view: ExplorerView, desk: Desk, qtbot: QtBot) -> None:
    page = Page()
    explorer(desk, page)
    view.show_answer(page.answer)
    view.table.setCurrentIndex(view.table.model().index(1, 0))
    with qtbot.waitSignal(view.taken) as taken:
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert taken.args is not None
    assert taken.args[0]["level"] == "I"
