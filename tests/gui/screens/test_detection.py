# SPDX-License-Identifier: Apache-2.0
"""What each check finds: everybody's for who looks after the shop, else one's own, with the batches behind it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qcdesk.domain.events import ComplaintTaken
from qcdesk.gui.screens.detection.presenter import DetectionPresenter, DetectionWays
from qcdesk.gui.screens.detection.rows import Batches, Choices, Detected, LineRow
from qcdesk.gui.screens.detection.view import START, DetectionView
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.reports import pages
from qcdesk.services.chart_sheets import ChartSheet
from tests.gui.screens.conftest import EN, Desk, Remembers


class Page(Remembers):
    """A view whose fields hold what is put into them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = dict(START)
        self.sheets: list[ChartSheet] = []
        self.compared: list[tuple[str, int]] = []

    def values(self) -> dict[str, str]:
        return dict(self.fields)

    def clear(self) -> None:
        self.fields = dict(START)
        self.told.clear()

    @property
    def answer(self) -> Detected:
        found = self.last("show_answer")
        assert isinstance(found, Detected)
        return found

    @property
    def batches(self) -> Batches:
        found = self.last("show_batches")
        assert isinstance(found, Batches)
        return found


def opened(desk: Desk, page: Page, words: Catalogue = EN) -> DetectionPresenter:
    ways = DetectionWays(
        comparison=lambda batch, no: page.compared.append((batch, no)),
        paper=lambda sheet, _: page.sheets.append(sheet),
    )
    made = DetectionPresenter(page, desk.house.use, desk.tasks, words, desk.problems(page), desk.who, ways)
    made.open()
    return made


def choose(presenter: DetectionPresenter, page: Page, **fields: str) -> None:
    page.fields |= fields
    presenter.changed(page.values())


def inspected(desk: Desk) -> str:
    """Let Tú miss what Minh finds; return the number of the batch."""
    house = desk.house
    for login, name in (("tu", "Trần Tú"), ("minh", "Lê Minh")):
        house.enrol(login, name, "inspector")
    batch = house.batch()
    house.check("tu", batch, {1: "DEN"})
    house.check("minh", batch, {1: "DEN", 2: "SCR"})
    return batch


def cells(rows: tuple[LineRow, ...]) -> list[tuple[str, ...]]:
    return [row.cells[:3] for row in rows]


def test_owner_sees_everybody_in_the_order_of_the_names(desk: Desk) -> None:
    inspected(desk)
    page = Page()
    presenter = opened(desk, page)
    assert page.answer.sentence == (
        "Of 2 settled defects the first checks missed 1: not enough to tell how often (1.3 to 99 %)."
    )
    assert cells(page.answer.lists["people"]) == [("Lê Minh", "2", "0"), ("Trần Tú", "2", "1")]
    assert [row.cells[0] for row in page.answer.lists["pairs"]] == ["Lê Minh and Trần Tú"]
    assert all(row.vague for row in page.answer.lists["people"])
    choose(presenter, page, person=desk.house.id("tu"))
    assert page.answer.sentence.startswith("Trần Tú missed 1 of 2 settled defects")
    assert cells(page.answer.lists["people"]) == [("Trần Tú", "2", "1")]


def test_colleague_sees_the_own_checks_alone(desk: Desk) -> None:
    inspected(desk)
    desk.login = "tu"
    page = Page()
    opened(desk, page)
    assert page.last("show_choices").people == ()
    assert page.answer.sentence.startswith("You missed 1 of 2 settled defects")
    assert page.answer.own
    assert "Lê Minh" not in str(page.answer)
    assert page.answer.lists["pairs"] == ()


def test_what_somebody_else_saw_and_chose_is_gone_before_anything_is_read(desk: Desk, qtbot: QtBot) -> None:
    inspected(desk)
    page = Page()
    presenter = opened(desk, page)
    choose(presenter, page, person=desk.house.id("minh"))
    desk.login = "tu"
    presenter.open()
    assert page.fields["person"] == ""
    assert len(page.told["show_answer"]) == 1

    view = DetectionView(EN)
    qtbot.addWidget(view)
    view.show()
    view.show_choices(Choices((), (), (), (("", "Everybody"), ("m", "Lê Minh"))))
    view.show_answer(page.answer)
    view.show_batches(Batches("Batches behind Lê Minh", ()))
    view.clear()
    shown = [each.text() for each in view.findChildren(Text) if each.isVisibleTo(view)]
    assert not any("Lê Minh" in text or "missed" in text for text in shown)
    assert all(table.rows.rowCount() == 0 for table in view.tables.values())


def test_every_figure_leads_to_the_batches_behind_it(desk: Desk) -> None:
    batch = inspected(desk)
    page = Page()
    presenter = opened(desk, page)
    presenter.batches("people", page.answer.lists["people"][1])
    (row,) = page.batches.rows
    assert (row.number, row.cells[2:]) == (batch, ("2", "1", "0"))
    assert page.batches.heading == "Batches behind Trần Tú"
    presenter.comparison(row)
    assert [no for _, no in page.compared] == [1]
    presenter.batches("codes", page.answer.lists["codes"][0])
    assert page.batches.heading.startswith("Batches behind")
    presenter.batches_of_month(0)
    assert [one.number for one in page.batches.rows] == [batch]
    presenter.batches("pairs", page.answer.lists["pairs"][0])
    assert [one.number for one in page.batches.rows] == [batch]


def test_what_nothing_was_settled_of_has_no_picture(desk: Desk) -> None:
    inspected(desk)
    page = Page()
    presenter = opened(desk, page)
    choose(presenter, page, **{"class": "critical"})
    assert page.answer.picture is None
    presenter.print_sheet("people", "")
    assert page.sheets == []


def test_sheet_says_what_the_page_says(desk: Desk) -> None:
    inspected(desk)
    page = Page()
    opened(desk, page).print_sheet("people", "Last 12 months")
    (sheet,) = page.sheets
    assert sheet.lines[0] == page.answer.sentence
    assert [row[0] for row in sheet.rows] == ["Lê Minh", "Trần Tú"]
    assert sheet.picture == page.answer.picture
    pdf = desk.house.use.printing.chart(sheet, "22 Nov 2026")
    assert pages.page_count(pdf) == 1


def test_page_shows_table_sentence_and_way_to_the_batches(desk: Desk, qtbot: QtBot) -> None:
    inspected(desk)
    view = DetectionView(EN)
    qtbot.addWidget(view)
    view.show()
    page = Page()
    opened(desk, page)
    view.show_choices(page.last("show_choices"))
    view.show_answer(page.answer)
    assert view.sentence.text() == page.answer.sentence
    assert not view.tables["people"].isSortingEnabled()
    view.tables["people"].selectRow(1)
    assert view.told.text() == page.answer.lists["people"][1].told
    with qtbot.waitSignal(view.behind_wanted) as asked:
        view.opening.click()
    assert asked.args == ["people", page.answer.lists["people"][1]]
    view.show_batches(Batches("Batches behind Trần Tú", ()))
    shown = [view.listing]
    view.leaving.click()
    shown.append(view.listing)
    assert shown == ["batches", "people"]


def test_escapes_of_procedure_plan_and_pair_are_for_whoever_looks_after_the_shop(desk: Desk) -> None:
    house = desk.house
    inspected(desk)
    for number in ("OUT-1", "OUT-2"):
        house.released(number=number)
    taken = ComplaintTaken(0, "Nova", "", "en", "spoken", "It rattles.", house.clock.today(), "", None)
    house.use.care.take_complaint(house.sittings["linh"], taken, ("OUT-1",))
    house.use.care.judge(house.sittings["linh"], 1, escape=True, about="rattles", reason="loose")
    page = Page()
    presenter = opened(desk, page)
    rows = page.answer.lists["escapes"]
    assert [(row.cells[1], row.cells[2], row.cells[3]) for row in rows] == [
        ("Procedure", "2", "1"),
        ("Plan", "2", "1"),
        ("Pair", "2", "1"),
    ]
    assert rows[0].cells[4].startswith("50 % (1.3 to 99") and rows[0].vague
    house.use.care.judge(house.sittings["linh"], 1, escape=False, about="rattles", reason="it was dropped")
    presenter.open()
    assert [row.cells[3] for row in page.answer.lists["escapes"]] == ["0", "0", "0"]
    desk.login = "tu"
    presenter.open()
    assert page.answer.lists["escapes"] == ()
