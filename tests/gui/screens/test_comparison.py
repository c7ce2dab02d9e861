# SPDX-License-Identifier: Apache-2.0
"""The comparison in words: verdict with its reason and next step, who missed what, and the release from there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.reviewing import Opened
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from qcdesk.gui.changes import Changes
from qcdesk.gui.screens.comparison.presenter import ComparisonPresenter, ComparisonWays
from qcdesk.gui.screens.comparison.rows import PageRow
from qcdesk.gui.screens.comparison.view import ComparisonView
from qcdesk.gui.widgets.text import Text
from qcdesk.services.record_entries import Entries, NewFinding, NewResult
from qcdesk.services.start_check import Started
from tests.gui.screens.conftest import EN, Desk, Remembers, picture, tell
from tests.workspace import House, content


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


def test_page_says_how_strictly_each_class_was_inspected_and_why(page: Page) -> None:
    house = page.desk.house
    number = house.batch(quantity=40)
    house.check("linh", number)
    house.check("som", number)
    assert page.open(number, "som").severities == ""
    rules = (
        ClassRule("critical", "all"),
        ClassRule("major", "aql", Decimal("4.0")),
        ClassRule("minor", "all"),
    )
    house.approve(rules=rules, characteristics=(), switching=Switching())
    for number in ("LOT-1", "LOT-2", "LOT-3"):
        bad = {1: "DEN"} if number != "LOT-3" else {}
        house.batch(number, 4)
        house.check("linh", number, bad)
        house.check("som", number, bad)
    shown = page.open("LOT-3", "som").severities
    assert shown == "Major: tightened inspection, 2 lots in a row were not accepted (LOT-1 and LOT-2)."


def test_what_earlier_rounds_tell_is_for_the_owner_alone(page: Page) -> None:
    house = page.desk.house
    house.enrol("tu", "Trần Tú", "inspector")
    number = house.accepted()
    page.open(number, "linh")
    assert page.view.last("show_learnt") == (
        "Too little is settled before to learn how well these two find: it takes 20 bad units of each.",
    )
    page.open(number, "tu")
    assert page.view.last("show_learnt") == ()


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


@pytest.fixture
def split(page: Page) -> Page:
    """A procedure in which everything is split."""
    bore = replace(content("x").characteristics[0], mode="split")
    page.desk.house.approve(defects_mode="split", characteristics=(bore,))
    return page


def both_made(page: Page, of_first: str = "", of_second: str = "") -> tuple[str, Started, int]:
    """Return a batch that both checked, each with a defect on a unit that only that person had."""
    house = page.desk.house
    number = house.batch(quantity=200)
    first = house.start("linh", number)
    alone = next(u for u in range(1, len(first.opened.sample) + 1) if u not in first.opened.overlap)
    house.record("linh", first, {alone: of_first} if of_first else {})
    house.sign("linh", first)
    second = house.start("som", number)
    house.record("som", second, {len(second.opened.units): of_second} if of_second else {})
    house.sign("som", second)
    return number, second, alone


def test_units_that_only_one_had_are_named_so_and_not_as_left_out(split: Page) -> None:
    number, second, alone = both_made(split, "DEN", "SCR")
    shown = split.open(number, "som")
    opened = second.opened
    m, common = len(opened.sample), len(opened.overlap)
    legend = {row.found: (row.count, row.words) for row in shown.legend}
    assert legend["first_sample"] == (str(m - common), "first sample only")
    assert legend["second_sample"] == (str(len(opened.fresh)), "second sample only")
    assert "not_done" not in legend
    grid = {unit.number: unit for unit in shown.units}
    assert len(grid) == len(opened.units)
    assert grid[alone].found == "first_sample_found"
    assert grid[alone].words == f"Unit {alone}: First sample only, nonconforming · Dent"
    assert grid[len(opened.units)].found == "second_sample_found"
    assert grid[opened.overlap[0]].found == "neither"


def test_defect_where_the_other_did_not_look_is_listed_and_nobody_missed_it(split: Page) -> None:
    number, second, alone = both_made(split, "DEN", "SCR")
    shown = split.open(number, "som")
    assert shown.missed == ()
    assert shown.nothing_missed == "Where both looked, neither found a defect."
    assert [person.found_note for person in shown.people] == ["of 0 found where both looked"] * 2
    assert [(row.unit, row.defect, row.why) for row in shown.alone] == [
        (f"Unit {alone}", "Dent", "only Nguyễn Thị Linh had it"),
        (f"Unit {len(second.opened.units)}", "Scratch", "only สมชาย ศรีสุข had it"),
    ]


def test_both_samples_of_a_split_round_are_judged_side_by_side(split: Page) -> None:
    number, _, _ = both_made(split, of_second="CRK")
    shown = split.open(number, "som")
    assert shown.verdict.state == "rejected"
    assert [(one.title, one.rejected) for one in shown.samples] == [
        ("First sample · Nguyễn Thị Linh", False),
        ("Second sample · สมชาย ศรีสุข", True),
    ]
    assert shown.samples[1].classes[0] == ("Critical: 1 found, 0 allowed, 1 reject.", True)


def test_page_says_how_many_units_both_had(split: Page) -> None:
    number, second, _ = both_made(split)
    shown = split.open(number, "som")
    opened = second.opened
    assert f"{len(opened.sample)} units each, {len(opened.overlap)} in common" in shown.subject
    assert "second, own sample" in shown.people[1].note
    assert shown.heading == ""


def test_blind_round_has_one_sample_and_no_units_of_one_alone(page: Page) -> None:
    shown = page.open(page.desk.house.accepted(), "som")
    assert shown.samples == ()
    assert shown.alone == ()
    assert "the same for both" in shown.subject
    assert "second, blind" in shown.people[1].note


def test_part_that_is_split_makes_two_samples_of_different_size(page: Page) -> None:
    bore = replace(content("x").characteristics[0], mode="split")
    page.desk.house.approve(characteristics=(bore,))
    number, second, _ = both_made(page)
    shown = page.open(number, "som")
    m, units = len(second.opened.sample), len(second.opened.units)
    assert f"{m} units in the first sample, {units} in the second, {m} in both" in shown.subject
    assert [row.found for row in shown.legend] == ["both", "first", "second", "neither", "second_sample"]


def test_unit_left_out_is_told_from_one_that_only_one_had(page: Page) -> None:
    house = page.desk.house
    house.approve(not_done_allowed=True, characteristics=())
    number = house.batch()
    first = house.start("linh", number)
    results = tuple(NewResult(u, "lost" if u == 2 else None) for u in range(1, len(first.opened.sample) + 1))
    house.use.record(house.sittings["linh"], Entries(first.check, results=results))
    house.sign("linh", first)
    house.check("som", number)
    shown = page.open(number, "som")
    assert [(row.found, row.count) for row in shown.legend][-1] == ("not_done", "1")
    assert shown.units[1].found == "not_done"


def photographed(house: House) -> tuple[str, str]:
    """Return a batch of which one person photographed a dent that the other missed, and the photo."""
    sha256 = house.use.files.keep_picture(picture())
    number = house.batch()
    first = house.start("linh", number)
    house.record("linh", first)
    house.use.record(
        house.sittings["linh"], Entries(first.check, findings=(NewFinding(1, "DEN", photo=sha256),))
    )
    house.sign("linh", first)
    house.check("som", number)
    return number, sha256


def test_photo_of_a_defect_that_one_missed_is_shown_large_and_not_once_it_was_changed(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = page.desk.house
    number, sha256 = photographed(house)
    shown = page.open(number, "som")
    page.presenter.photo(shown.missed[0].photo)
    assert page.view.last("show_photo") == house.use.files.read(sha256)
    monkeypatch.setattr("qcdesk.gui.problems.logging.Logger.warning", lambda *_: None)
    other = QImage(64, 48, QImage.Format.Format_RGB32)
    other.fill(Qt.GlobalColor.red)
    assert other.save(str(house.database.folder / "files" / sha256), "PNG")  # type: ignore[call-overload]
    page.presenter.photo(shown.missed[0].photo)
    assert len(page.view.told["show_photo"]) == 1
    assert page.view.problems[-1].told.fact == "A stored picture or file is not what was kept."


def test_what_was_reviewed_is_said_not_to_be_inspected_again(page: Page) -> None:
    house = page.desk.house
    weld = Characteristic("WLD", "Weld section", "attribute", mode="review", destructive=True)
    house.approve(defects=(), characteristics=(weld,))
    number = house.batch(quantity=200)
    house.check("linh", number, {3: "WLD", 5: "WLD"})
    second = house.start("som", number)
    third, fifth = house.use.review.claims(second.check, house.id("som"))
    said = (Opened(third.claim), Opened(fifth.claim, agrees=False, note="a shadow"))
    house.use.open_reviewed(house.sittings["som"], second.check, said)
    house.sign("som", second)
    shown = page.open(number, "som")
    assert shown.heading.startswith("Nothing here is inspected twice")
    assert shown.alone_title == "What was reviewed"
    assert [(row.unit, row.why, row.doubted) for row in shown.alone] == [
        ("Unit 3", "reviewed, not re-inspected", False),
        ("Unit 5", "สมชาย ศรีสุข: not so", True),
    ]
    assert [row.found for row in shown.legend] == ["first_sample"]
    assert not shown.estimate.circles
    assert "inspected once" in shown.subject
    assert "second, by review" in shown.people[1].note
    assert [person.found for person in shown.people] == ["", ""]  # what was found once is no count of two
    assert (shown.agreement.count, shown.agreement.share) == ("–", None)


def test_unit_on_which_only_the_reviewed_was_found_is_not_shown_as_good(page: Page) -> None:
    house = page.desk.house
    weld = Characteristic("WLD", "Weld section", "attribute", mode="review", destructive=True)
    house.approve(characteristics=(*content("x").characteristics, weld))
    number = house.batch(quantity=200)
    house.check("linh", number, {3: "WLD"})
    second = house.start("som", number)
    house.record("som", second)
    house.review("som", second)
    house.sign("som", second)
    shown = page.open(number, "som")
    assert shown.units[2].found == "first_sample_found"
    assert shown.units[2].words == "Unit 3: Found where one of the two looked · Weld section"
    counts = {row.found: int(row.count) for row in shown.legend}
    assert (counts["neither"], counts["first_sample_found"]) == (len(shown.units) - 1, 1)
    assert shown.heading == ""


def test_reading_that_one_missed_is_named_as_the_procedure_names_it(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number, readings={2: "12.09"})
    house.check("som", number)
    shown = page.open(number, "som")
    assert [row.defect for row in shown.missed] == ["Bore out of limits"]
    assert shown.units[1].words == "Unit 2: Only in the first check · Bore"


def test_grid_tells_in_words_about_the_unit_one_is_at_by_key_and_by_touch(qtbot: QtBot, page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number, {2: "DEN"})
    house.check("som", number)
    view = ComparisonView(EN)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show_page(page.open(number, "som"))
    view.show()
    QTest.keyClick(view.grid, Qt.Key.Key_Right)
    assert "Unit 2: Only in the first check · Dent" in [text.text() for text in view.findChildren(Text)]
    QTest.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=view.grid.box(0).center().toPoint())
    assert "Unit 1: No finding" in [text.text() for text in view.findChildren(Text)]
