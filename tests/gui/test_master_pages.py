# SPDX-License-Identifier: Apache-2.0
"""Every page of master data opens in the window, in every theme and at length; its controls are named and reachable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Protocol

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.analysis.view import AnalysisView
from qcdesk.gui.screens.defect_codes.model import codes_model
from qcdesk.gui.screens.defect_codes.view import DefectCodesView
from qcdesk.gui.screens.instruments.model import instruments_model
from qcdesk.gui.screens.instruments.view import InstrumentsView
from qcdesk.gui.screens.leaving.view import LeavingView
from qcdesk.gui.screens.people.model import people_model
from qcdesk.gui.screens.people.view import PeopleView
from qcdesk.gui.screens.procedures.model import procedures_model
from qcdesk.gui.screens.procedures.rows import Written
from qcdesk.gui.screens.procedures.view import ProceduresView, ProcedureView
from qcdesk.gui.screens.procedures.writing import WritingView
from qcdesk.gui.screens.products.model import products_model
from qcdesk.gui.screens.products.view import ProductsView
from qcdesk.gui.screens.register.view import RegisterView
from qcdesk.gui.screens.report.view import ReportView
from qcdesk.gui.screens.set_up.view import SetUpView
from qcdesk.gui.screens.settings.view import SettingsView
from qcdesk.gui.screens.suppliers.model import batches_model, defects_model, suppliers_model
from qcdesk.gui.screens.suppliers.view import SuppliersView, SupplierView
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.services.rows import SupplierDefectRow
from tests.gui import gallery_master

TODAY = date(2026, 11, 18)


def today() -> date:
    return TODAY


class ModelTester(Protocol):
    def check(self, model: QAbstractItemModel) -> None: ...


def pages(words: Catalogue) -> list[QWidget]:
    return [
        AnalysisView(words),
        DefectCodesView(words),
        InstrumentsView(words, today),
        PeopleView(words, today),
        ProceduresView(words, today),
        ProcedureView(words),
        WritingView(words),
        ProductsView(words),
        RegisterView(words),
        ReportView(words),
        SetUpView(words),
        SettingsView(words),
        LeavingView(words),
        SuppliersView(words, today),
        SupplierView(words, today),
    ]


@pytest.mark.parametrize("language", ["en", STRETCHED])
def test_every_control_is_named_and_reached_by_key(qtbot: QtBot, language: str) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView)
    nameless = []
    for page in pages(Catalogue(language)):
        qtbot.addWidget(page)
        page.resize(1310, 880)
        for kind in kinds:
            for control in page.findChildren(kind):
                inner = control.parent()
                if isinstance(inner, QComboBox | QTableView) or control.objectName().startswith("qt_"):
                    continue  # parts of a control that Qt makes by itself
                if control.isHidden() and not control.accessibleName():
                    continue  # its word comes with what it is shown for
                by_key = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
                shown = not control.property("eye") and type(inner).__name__ != "SecretField"
                if not control.accessibleName() or (shown and not by_key):
                    nameless.append((type(page).__name__, type(control).__name__, control.accessibleName()))
    assert not nameless


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_picture_of_the_gallery_is_drawn(look: theme.Theme, scheme: theme.Scheme) -> None:
    look.set_scheme(scheme)
    for build, size in gallery_master.PICTURES.values():
        window = build()
        window.resize(*size)
        window.show()
        assert not window.grab().isNull()
        window.close()
        window.deleteLater()  # what is left Qt polishes again at the next change of the look, all of it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_models_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    words = gallery_master.EN
    filled: list[tuple[Any, tuple[Any, ...]]] = [
        (products_model(words), gallery_master.PRODUCTS),
        (codes_model(words), gallery_master.CODES),
        (instruments_model(words, today), gallery_master.INSTRUMENTS),
        (people_model(words, today), gallery_master.PEOPLE),
        (procedures_model(words, today), ()),
        (suppliers_model(words, today), ()),
        (batches_model(words, today), ()),
        (defects_model(words, today), ()),
    ]
    for model, rows in filled:
        model.show_rows(rows)
        qtmodeltester.check(model)


def test_a_defect_from_outside_shows_the_day_on_which_it_was_found_with_its_year() -> None:
    model = defects_model(gallery_master.EN, lambda: date(2026, 3, 2))
    imported = 1_772_438_400_000_000  # 2 March 2026
    row = SupplierDefectRow("SCR", "Scratch", "minor", 1, None, "R-1", imported, "import", date(2024, 6, 5))
    model.show_rows([row, replace(row, found_on=None)])
    shown = [model.index(at, 5).data() for at in range(2)]
    assert sorted(shown) == ["2 Mar", "5 Jun 2024"]


def problem(field: str) -> Problem:
    return Problem("input", Told("Name is missing.", "Fill it in."), ValueError(), field=field)


def test_wrong_field_is_marked_and_reached(qtbot: QtBot) -> None:
    page = ProductsView(gallery_master.EN)
    qtbot.addWidget(page)
    page.edit("New product", {})
    page.show_problem(problem("product"))  # the rule speaks of the product's code
    field = page.editor.form.field("code")
    assert field.property("wrong") or field.wrong  # type: ignore[union-attr]
    assert not page.editor.problems.isVisibleTo(page.editor)
    page.show_problem(problem("somewhere else"))
    assert page.editor.problems.isVisibleTo(page.editor)


def test_lines_are_added_moved_and_taken_out(qtbot: QtBot) -> None:
    page = WritingView(gallery_master.EN)
    qtbot.addWidget(page)
    steps = ({"title": "a", "language": "en"}, {"title": "b", "language": "en"})
    page.write("x", "", Written({}, steps=steps), new=True)
    assert [line["title"] for line in page.steps.values()] == ["a", "b"]
    page.steps._lines[1].moved.emit(-1)
    assert [line["title"] for line in page.steps.values()] == ["b", "a"]
    page.steps._lines[0].removed.emit()
    page.steps.adding.click()
    assert [line["title"] for line in page.steps.values()] == ["a", ""]


def test_written_procedure_with_changes_is_not_left_by_chance(qtbot: QtBot) -> None:
    page = WritingView(gallery_master.EN)
    qtbot.addWidget(page)
    page.write("x", "", Written({}), new=True)
    page.steps.adding.click()
    with qtbot.assertNotEmitted(page.left):
        page.back.click()
    assert page.unsaved.isVisibleTo(page)
    with qtbot.waitSignal(page.left):
        page.leaving.click()
