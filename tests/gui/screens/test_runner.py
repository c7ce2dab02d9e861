# SPDX-License-Identifier: Apache-2.0
"""The runner: saved is said after the commit, undo deletes nothing, missing is not good, blind is blind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcdesk.domain.events import InstrumentSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import measures_on, units_for
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import InstrumentOverdue
from qcdesk.gui.changes import Changes
from qcdesk.gui.density import FLOOR
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.runner.presenter import RunnerPresenter, RunnerWays
from qcdesk.gui.screens.runner.review_parts import ClaimButton, ClaimList, ClaimPart
from qcdesk.gui.screens.runner.rows import (
    ClaimLine,
    ClaimRow,
    ClassRow,
    KeyRow,
    MeasureRow,
    ReviewRow,
    StepRow,
    UnitsRow,
)
from qcdesk.gui.screens.runner.view import RunnerView
from qcdesk.gui.theme import SUBJECT
from qcdesk.gui.widgets.charts import Limits
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.strips import UnitCell
from qcdesk.gui.widgets.text import Text, text_width
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.start_check import Started
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from tests.gui.screens.conftest import EN, Desk, Remembers, picture
from tests.workspace import content

PULL = Characteristic(
    "PUL", "Pull force", "variable", "major", "N", lower=Decimal(90), mode="review", destructive=True
)
WELD = Characteristic("WLD", "Weld section", "attribute", "critical", mode="review", destructive=True)


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


def reviewing(
    page: Page, *, blind: bool = False, welds: tuple[int, ...] = (2,), pulls: dict[int, str] | None = None
) -> tuple[str, Started]:
    """Let the second person open a check whose two tests destroy the unit; ``blind``: more is looked at."""
    house = page.desk.house
    if blind:
        house.approve(characteristics=(*content("x").characteristics, PULL, WELD))
    else:
        house.approve(defects=(), characteristics=(PULL, WELD))
    number = house.batch(quantity=200)
    first = house.start("linh", number)
    units = units_for(first.opened, "first")
    good = {"DIA": "12.03", "PUL": "103"}
    house.use.record(
        house.sittings["linh"],
        Entries(
            first.check,
            tuple(NewResult(u) for u in units),
            (*(NewFinding(u, "WLD", place="top left", note="a pore") for u in welds), *canary(blind)),
            tuple(
                NewReading(u, code, (pulls or {}).get(u, good[code]) if code == "PUL" else good[code])
                for u in units
                for code in measures_on(first.opened, "first", u)
            ),
        ),
    )
    house.sign("linh", first)
    page.desk.login = "som"
    second = house.start("som", number)
    page.presenter.open(second.check)
    return number, second


def canary(blind: bool) -> tuple[NewFinding, ...]:
    return (NewFinding(5, "DEN", place="CANARY", note="CANARY"),) if blind else ()


def review(page: Page) -> ReviewRow:
    shown = page.view.last("show_review")
    assert isinstance(shown, ReviewRow)
    return shown


def test_a_photo_is_put_on_record_with_the_hash_of_what_came_and_of_its_copy(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "scratch.png"
    path.write_bytes(picture())
    number = page.begin()
    page.presenter.photo(str(path))
    page.presenter.found("SCR")
    with page.desk.house.use.look() as uow:
        (check,) = uow.rounds(uow.batch(number).id)[-1].checks
        (found,) = uow.work(check.id).findings
    assert found.photo_original == sha256(picture()).hexdigest()
    assert found.photo is not None
    assert page.desk.house.use.files.read(found.photo) != picture()


def test_a_planned_photo_is_asked_for_and_goes_with_its_defect(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "scratch.png"
    path.write_bytes(picture())
    page.begin(photo_classes=("minor",))
    page.presenter.found("SCR")
    made = page.presenter.page
    assert made is not None and not made.findings
    assert "SCR" not in page.view.last("ask_photo")  # the name of the defect, as people say it
    page.presenter.photo(str(path))
    made = page.presenter.page
    assert made is not None
    assert [(f.code, f.photo is not None) for f in made.findings] == [("SCR", True)]


@pytest.mark.logs
@pytest.mark.parametrize("broken", [False, True], ids=["no photo is chosen", "the photo cannot be read"])
def test_a_defect_is_never_lost_for_want_of_its_photo(page: Page, tmp_path: Path, broken: bool) -> None:
    page.begin(photo_classes=("minor",))
    page.presenter.found("SCR")
    if broken:
        page.presenter.photo(str(tmp_path / "not there.png"))
        assert len(page.view.problems) == 1
    else:
        page.presenter.no_photo()
    made = page.presenter.page
    assert made is not None
    assert [(f.code, f.photo) for f in made.findings] == [("SCR", None)]
    assert "not signed like that" in page.desk.notices[-1]


def test_only_instruments_of_the_kind_that_the_procedure_names_are_offered(page: Page) -> None:
    house = page.desk.house
    for number, kind in (("C-1", "caliper"), ("C-2", "Caliper"), ("T-1", "tape")):
        house.use.save_instrument(house.sittings["linh"], InstrumentSaved("", number, kind, date(2027, 1, 1)))
    page.begin(characteristics=(replace(content("x").characteristics[0], instrument_type="Caliper"),))
    page.presenter.choose_instrument()
    assert [number for number, _ in page.desk.asked[-1].questions[0].choices] == ["C-1", "C-2"]


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


def test_where_all_is_reviewed_the_check_opens_on_what_was_found(page: Page) -> None:
    reviewing(page, pulls={4: "84.2"})
    shown = review(page)
    assert [(line.unit, line.what, line.state) for line in shown.lines] == [
        ("Unit 2", "Weld section", "open"),
        ("Unit 4", "84.2 N", "open"),
    ]
    assert shown.progress == "2 of 2 left"
    claim = shown.claim
    assert claim is not None
    assert (claim.title, claim.name, claim.defect_class) == ("Unit 2", "Weld section", "Critical")
    assert [value for name, value in claim.facts if name in ("Place", "Note")] == ["top left", "a pore"]
    head = page.view.last("show_head")
    assert (head.blind, head.kind) == (False, "Review of the first check")
    assert page.presenter.unit_in_hand is None


def test_a_value_out_of_limits_is_opened_with_its_limits(page: Page) -> None:
    reviewing(page, welds=(), pulls={4: "84.2"})
    claim = review(page).claim
    assert claim is not None and claim.limits is not None
    assert (claim.value, claim.verdict, claim.reading) == ("84.2 N", "5.8 below the lower limit", 84.2)
    assert claim.limits.lower_words == "90"


def test_main_key_says_it_is_so_and_opens_the_next_until_none_is_left(page: Page) -> None:
    reviewing(page, pulls={4: "84.2"})
    assert page.view.last("show_acts").main == "It is so, next"
    page.presenter.go_on()
    assert [line.state for line in review(page).lines] == ["so", "open"]
    assert review(page).progress == "1 of 2 left"
    assert page.view.last("show_acts").main == "It is so, that was the last"
    page.presenter.go_on()
    assert review(page).progress == "All 2 are opened"
    assert [one.found for one in page.view.last("show_verdict").classes][:2] == [1, 1]
    page.presenter.go_on()
    last = page.view.last("show_last")
    assert (last.title, last.back) == ("All 2 finds are opened.", "Back to the review")
    page.presenter.go_on()
    assert len(page.signing) == 1


def test_it_is_not_so_needs_a_reason_and_can_be_taken_back(page: Page) -> None:
    _, second = reviewing(page)
    page.desk.answers = {"note": " "}
    with pytest.raises(BadInput):
        page.presenter.not_done()
    page.desk.answers = {"note": "the pore is in the clamp"}
    page.presenter.not_done()
    claim = review(page).claim
    assert claim is not None
    assert claim.said == "You said: it is not so. the pore is in the clamp"
    assert page.view.last("show_acts").skip_words == "It is so after all"
    page.presenter.not_done()
    (row,) = page.desk.house.use.review.claims(second.check, page.desk.house.id("som"))
    assert (row.agrees, row.said) == (True, "")


@pytest.mark.parametrize(("typed", "agrees"), [("95", False), ("88", True)])
def test_what_is_measured_again_speaks_for_itself(page: Page, typed: str, agrees: bool) -> None:
    _, second = reviewing(page, welds=(), pulls={4: "84.2"})
    assert page.view.last("show_measure").progress == "If anything is left of it"
    page.presenter.measured("PUL", typed)
    claim = review(page).claim
    assert claim is not None and claim.said == f"You measured {typed} N."
    acts = page.view.last("show_acts")
    assert (acts.main, acts.can_skip) == ("Measured again, that was the last", False)
    page.presenter.go_on()
    (row,) = page.desk.house.use.review.claims(second.check, page.desk.house.id("som"))
    assert row.agrees is agrees
    assert bool(row.said) is not agrees


def test_another_unit_is_measured_or_found_again(page: Page) -> None:
    reviewing(page)
    page.desk.answers = {"code": "PUL", "unit": "7", "value": "61"}
    page.presenter.another_unit()
    page.desk.answers = {"code": "WLD", "unit": "8", "value": ""}
    page.presenter.another_unit()
    made = page.presenter.page
    assert made is not None
    assert [(m.unit, m.typed, m.inside) for m in made.measured] == [(7, "61", False)]
    assert [(f.unit, f.code) for f in made.findings] == [(8, "WLD")]
    assert page.desk.notices == ["Unit 7 is on record.", "Unit 8 is on record."]


@pytest.mark.parametrize(
    "answers",
    [
        {"code": "PUL", "unit": "7", "value": ""},
        {"code": "PUL", "unit": "", "value": "61"},
        {"code": "PUL", "unit": "seven", "value": "61"},
    ],
)
def test_another_unit_without_its_number_or_reading_is_refused(page: Page, answers: dict[str, str]) -> None:
    reviewing(page)
    page.desk.answers = answers
    with pytest.raises(BadInput):
        page.presenter.another_unit()


def test_nothing_found_leaves_nothing_to_open(page: Page) -> None:
    reviewing(page, welds=())
    shown = review(page)
    assert (shown.claim, shown.lines, shown.progress) == (None, (), "")
    page.presenter.go_on()
    assert page.view.last("show_last").title == "There was nothing to open."


def walk(page: Page) -> None:
    check = page.presenter.page
    assert check is not None
    for _ in check.units:
        page.presenter.measured("DIA", "12.03")
        page.presenter.go_on()
    assert page.presenter.unit_in_hand is None


def test_review_comes_after_the_last_unit_and_shows_nothing_else_of_the_first_check(page: Page) -> None:
    reviewing(page, blind=True)
    assert "WLD" not in page.counts() and "DEN" in page.counts()
    assert page.view.last("show_review") is None
    walk(page)
    shown = review(page)
    assert [line.what for line in shown.lines] == ["Weld section"]
    assert "CANARY" not in repr(page.view.told)
    head = page.view.last("show_head")
    assert (head.blind, head.kind_note) == (False, "Of Pull force and Weld section only.")


def test_way_back_from_the_review_leads_to_the_units_and_their_head(page: Page) -> None:
    reviewing(page, blind=True)
    walk(page)
    page.presenter.undo()
    assert page.view.last("show_review") is None
    assert page.view.last("show_head").blind
    page.presenter.go_on()
    assert review(page).claim is not None


def test_check_left_in_its_review_reopens_there(page: Page) -> None:
    _, second = reviewing(page, blind=True, pulls={4: "84.2"})
    walk(page)
    page.presenter.go_on()
    again = Page(page.desk)
    again.presenter.open(second.check)
    claim = review(again).claim
    assert claim is not None and (claim.title, claim.value) == ("Unit 4", "84.2 N")
    again.presenter.undo()
    assert review(again).claim is not None  # back to the claim before
    again.presenter.undo()
    assert again.unit().startswith("Unit")


def test_signing_sent_back_for_what_is_not_opened_leads_to_that_claim(page: Page) -> None:
    reviewing(page, blind=True, pulls={4: "84.2"})
    walk(page)
    page.presenter.go_to(4)
    claim = review(page).claim
    assert claim is not None and claim.title == "Unit 4"


def test_no_finding_is_made_by_a_key_of_the_units_during_a_review(page: Page) -> None:
    reviewing(page)
    page.presenter.found("WLD")
    made = page.presenter.page
    assert made is not None and made.findings == ()


def test_photo_of_a_claim_is_brought(page: Page) -> None:
    house = page.desk.house
    house.approve(defects=(), characteristics=(WELD,))
    sha256 = house.use.files.keep_picture(picture())
    number = house.batch()
    first = house.start("linh", number)
    results = tuple(NewResult(u) for u in units_for(first.opened, "first"))
    house.use.record(
        house.sittings["linh"], Entries(first.check, results, (NewFinding(1, "WLD", photo=sha256),))
    )
    house.sign("linh", first)
    page.desk.login = "som"
    page.presenter.open(house.start("som", number).check)
    claim = review(page).claim
    assert claim is not None and claim.photo == house.use.files.read(sha256)


def test_first_person_is_told_what_the_second_will_open(page: Page) -> None:
    page.begin(defects=(), characteristics=(WELD,))
    while page.presenter.unit_in_hand is not None:
        page.presenter.go_on()
    last = page.view.last("show_last")
    assert last.steps == ("Leave the numbers on what is left: the second person may measure it again.",)
    assert "opens what you found" in last.note


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
    assert verdict.classes[0].limit_words == "0 allowed · 1 reject"  # wherever in the sample it is found


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


@pytest.mark.parametrize("has_photo", [True, False])
def test_photo_of_a_claim_can_be_made_larger_by_key_and_by_touch(qtbot: QtBot, has_photo: bool) -> None:
    part, asked = ClaimPart(EN), list[bool]()
    qtbot.addWidget(part)
    part.larger_wanted.connect(lambda: asked.append(True))
    content_ = picture() if has_photo else b""
    claim = ClaimRow("c", "Unit 2", "", "Weld", "Major", "", "", None, None, (), content_, has_photo, "")
    part.show_claim(ReviewRow("Open each", "1 of 1 left", (), 0, claim, "", ""))
    part.resize(640, 560)
    part.show()
    assert part.larger.isVisible() is has_photo
    QTest.keyClick(part.larger, Qt.Key.Key_Return)
    if has_photo:
        QTest.mouseClick(part.picture, Qt.MouseButton.LeftButton, pos=part.picture.rect().center())
    assert len(asked) == (2 if has_photo else 1)


def test_number_of_the_unit_in_review_is_never_cut(qtbot: QtBot) -> None:
    part = ClaimPart(EN)
    qtbot.addWidget(part)
    claim = ClaimRow(
        "c", "Unit 1,204", "no. 118,204 of the batch", "Weld", "Major", "", "", None, None, (), b"", True, ""
    )
    part.show_claim(ReviewRow("Open each", "1 of 1 left", (), 0, claim, "", ""))
    part.resize(420, 560)
    part.show()
    title = next(text for text in part.findChildren(Text) if text.text() == "Unit 1,204")
    assert title.width() >= text_width("Unit 1,204", SUBJECT, 700)


def test_claim_list_keeps_its_buttons_and_the_focus_while_only_the_place_changes(qtbot: QtBot) -> None:
    part, asked = ClaimList(EN, FLOOR), list[int]()
    qtbot.addWidget(part)
    part.chosen.connect(asked.append)
    lines = (ClaimLine("Unit 2", "Weld", "open"), ClaimLine("Unit 4", "84 N", "open"))
    part.show_review(ReviewRow("Open each", "2 of 2 left", lines, 0, None, "", ""))
    before = part.findChildren(ClaimButton)
    QTest.mouseClick(before[1], Qt.MouseButton.LeftButton)
    assert asked == [1]
    part.show_review(ReviewRow("Open each", "2 of 2 left", lines, 1, None, "", ""))
    assert part.findChildren(ClaimButton) == before
    assert [button.isChecked() for button in before] == [False, True]


def keys_of(defect_class: str, names: int) -> ClassRow:
    keys = tuple(KeyRow(f"{defect_class}{n}", f"Scratch {n} is too deep", "", n) for n in range(names))
    return ClassRow(defect_class, defect_class.capitalize(), "One of these rejects the batch.", keys)


@pytest.mark.parametrize("names", [(4, 4, 4), (2, 4, 3), (8, 8), (12,)])
@pytest.mark.parametrize("problem", [False, True], ids=["calm", "refused"])
def test_no_key_is_cut_in_a_low_window(qtbot: QtBot, names: tuple[int, ...], problem: bool) -> None:
    view = RunnerView(EN, FLOOR)
    qtbot.addWidget(view)
    view.resize(1280, 720)
    cells = tuple(UnitCell(n, "open") for n in range(1, 81))
    view.show_units(
        UnitsRow("Unit 1", "of 80", "0 done", ("open",) * 80, cells, 0, "On this unit only: Bore")
    )
    view.show_classes([keys_of(c, n) for c, n in zip(("critical", "major", "minor"), names, strict=False)])
    view.show_step(StepRow("Step 1 of 2", "Edges", "Look along every edge. " * 20), before=True, after=True)
    warning = "Creeping up: the last 10 average 0.010 more than the first 9."
    limits = Limits(11.98, 12.05)
    view.show_measure(
        MeasureRow(
            "DIA", "Bore", "1 of 1", "11.98 to 12.05", "mm", limits, warning=warning, instrument="C-07"
        )
    )
    if problem and len(names) == 3:  # of more rows of keys the last then scrolls
        view.show_problem(Problem("refusal", Told("Wrong.", "Try again."), ValueError()))
    view.show()
    for keypad in (False, True):
        view.measure.show_keypad(keypad and not problem)
        QApplication.processEvents()
        shown = [key for key in view.findChildren(FloorKey) if key.isVisible()]
        assert len(shown) >= sum(names) + 7
        for key in shown:
            assert min(key.width(), key.height()) >= FLOOR.key_least and not key.cut, key.text()
            assert key.visibleRegion().boundingRect() == key.rect(), key.text()


def test_a_key_never_moves_while_one_goes_from_unit_to_unit(qtbot: QtBot) -> None:
    view = RunnerView(EN, FLOOR)
    qtbot.addWidget(view)
    view.resize(1280, 720)
    view.show_classes([keys_of("critical", 1), keys_of("major", 4), keys_of("minor", 4)])
    view.show()
    seen = set()
    cells = tuple(UnitCell(n, "open") for n in range(1, 81))
    for here, of in ((0, "of 80"), (5, "of 80  ·  no. 1,204 of the batch"), (79, "of 80")):
        view.show_units(UnitsRow(f"Unit {here + 1}", of, "0 done", ("open",) * 80, cells, here))
        QApplication.processEvents()
        places = [key.mapTo(view, key.rect().topLeft()).toTuple() for key in view.findChildren(FloorKey)]
        seen.add(tuple(place for place in places))
    assert len(seen) == 1
