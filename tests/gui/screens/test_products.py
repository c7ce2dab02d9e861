# SPDX-License-Identifier: Apache-2.0
"""Products, defect codes and instruments are kept the same way: found, changed, refused beside the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qcdesk.domain.events import DefectCodeSaved, InstrumentSaved
from qcdesk.gui.screens.defect_codes.presenter import DefectCodesPresenter
from qcdesk.gui.screens.instruments.model import standing
from qcdesk.gui.screens.instruments.presenter import InstrumentsPresenter
from qcdesk.gui.screens.products.presenter import ProductsPresenter
from qcdesk.gui.screens.products.view import ProductsView
from tests.gui.screens.conftest import EN, Desk, Remembers

NEW = {
    "code": "LT-1",
    "revision": "A",
    "name": "Khóa chốt",
    "family": "",
    "unit": "pcs",
    "picture": "",
    "note": "",
}


def products(desk: Desk, view: Remembers) -> ProductsPresenter:
    made = ProductsPresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who, desk.notices.append, desk.ask
    )
    made.open()
    return made


def test_product_that_is_saved_stands_in_the_list(desk: Desk) -> None:
    view = Remembers()
    page = products(desk, view)
    page.add()
    page.save(NEW)
    rows, _ = view.last("show_rows")
    assert {row.name for row in rows} == {"Housing cover", "Khóa chốt"}
    assert desk.notices == ["Khóa chốt is saved."]
    assert view.last("edit")[1]["id"]


def test_list_is_found_without_accents(desk: Desk) -> None:
    view = Remembers()
    page = products(desk, view)
    page.add()
    page.save(NEW)
    page.search("khoa")
    rows, told = view.last("show_rows")
    assert [row.code for row in rows] == ["LT-1"]
    assert told == {"searching": True}


def test_empty_name_is_refused_beside_its_field(desk: Desk) -> None:
    view = Remembers()
    page = products(desk, view)
    page.add()
    page.save({**NEW, "name": " "})
    assert [problem.field for problem in view.problems] == ["name"]
    assert not desk.notices


def test_number_and_revision_that_are_there_are_refused(desk: Desk) -> None:
    view = Remembers()
    page = products(desk, view)
    page.add()
    page.save({**NEW, "code": "PH-204", "revision": "C"})
    assert [problem.kind for problem in view.problems] == ["refusal"]


def test_product_of_which_there_are_batches_is_called_otherwise_by_two(desk: Desk) -> None:
    view = Remembers()
    page = products(desk, view)
    desk.house.batch()
    page.choose(desk.house.product)
    page.save({**page.values(desk.house.product), "note": "in boxes"})
    assert not desk.asked
    page.save({**page.values(desk.house.product), "name": "Cover"})
    (asked,) = desk.asked
    assert asked.other and "takes two different people" in asked.says
    assert desk.notices[-1] == "Cover is saved."


def test_picture_that_cannot_be_read_is_trouble(desk: Desk, tmp_path: Path) -> None:
    view = Remembers()
    page = products(desk, view)
    page.add()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qcdesk.gui.problems.logging.Logger.warning", lambda *_: None)
        page.save({**NEW, "picture": f"file:{tmp_path / 'none.png'}"})
    assert [problem.kind for problem in view.problems] == ["trouble"]


def test_defect_code_that_is_there_is_not_overwritten(desk: Desk) -> None:
    view = Remembers()
    page = DefectCodesPresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who, desk.notices.append, desk.ask
    )
    page.open()
    page.add()
    values = {
        "code": "scr",
        "class": "major",
        "name": "x",
        "vi": "",
        "zh_CN": "",
        "th": "",
        "note": "",
        "retired": "",
    }
    page.save(values)
    assert [problem.kind for problem in view.problems] == ["refusal"]
    assert {row.name for row in desk.house.use.read.defect_codes()} == {"Scratch", "Dent", "Crack"}


def test_names_in_other_languages_are_kept(desk: Desk) -> None:
    view = Remembers()
    page = DefectCodesPresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who, desk.notices.append, desk.ask
    )
    page.open()
    scratch = next(row for row in desk.house.use.read.defect_codes() if row.code == "SCR")
    page.choose(scratch)
    page.save({**page.values(scratch), "vi": "Trầy xước", "zh_CN": "划伤", "th": ""})
    saved = next(row for row in desk.house.use.read.defect_codes() if row.code == "SCR")
    assert [(each.language, each.name) for each in saved.names] == [("vi", "Trầy xước"), ("zh_CN", "划伤")]
    assert isinstance(saved, DefectCodeSaved)


def test_gauge_is_good_for_longer_by_two_and_what_a_colleague_did_meanwhile_stays(desk: Desk) -> None:
    view = Remembers()
    page = InstrumentsPresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who, desk.notices.append, desk.ask
    )
    use, sitting = desk.house.use, desk.house.sittings["som"]
    gauge = use.save_instrument(sitting, InstrumentSaved("", "CAL-1", "caliper", date(2026, 2, 1)))
    page.choose(gauge)
    page.save({**page.values(gauge), "until": "2027-01-01"})
    (asked,) = desk.asked
    assert asked.other and "takes two different people" in asked.says
    shown = page.chosen
    assert shown is not None and shown.calibrated_until == date(2027, 1, 1)
    use.save_instrument(sitting, replace(shown, blocked=True, note="dropped on the floor"))
    page.save({**page.values(shown), "note": "drawer 3"})
    assert [problem.kind for problem in view.problems] == ["refusal"]
    assert [row.blocked for row in use.read.instruments() if row.number == "CAL-1"] == [True]


def test_instrument_that_is_due_stands_first(desk: Desk) -> None:
    view = Remembers()
    page = InstrumentsPresenter(
        view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who, desk.notices.append, desk.ask
    )
    page.open()
    for number, until in (("C-2", "2027-02-02"), ("C-1", "2026-03-01")):
        page.add()
        page.save({"number": number, "kind": "caliper", "until": until, "blocked": "", "note": ""})
    rows, _ = view.last("show_rows")
    assert [row.number for row in rows] == ["C-1", "C-2"]


@pytest.mark.parametrize(
    ("until", "blocked", "shape"),
    [
        (date(2026, 3, 1), False, "triangle"),
        (date(2026, 3, 2), False, "flag"),
        (date(2027, 1, 1), False, "tick"),
        (None, False, "barred"),
        (date(2027, 1, 1), True, "octagon"),
    ],
)
def test_instrument_says_whether_it_may_be_used(until: date | None, blocked: bool, shape: str) -> None:
    row = InstrumentSaved("i", "C-1", "caliper", until, blocked)
    assert standing(row, date(2026, 3, 2), EN)[1].shape == shape


def test_record_with_changes_is_not_left_by_choosing_another(desk: Desk, qtbot: QtBot) -> None:
    view = ProductsView(EN)
    qtbot.addWidget(view)
    rows = desk.house.use.read.products()
    view.show_rows(rows, searching=False)
    view.edit("Housing cover", {"id": rows[0].product, "name": "Housing cover"})
    view.editor.form.changed.emit()
    with qtbot.assertNotEmitted(view.chosen):
        view.list.chosen.emit(rows[0])
    assert view.editor.unsaved.isVisibleTo(view.editor)
    view.editor.back.click()
    with qtbot.waitSignal(view.chosen):
        view.list.chosen.emit(rows[0])
