# SPDX-License-Identifier: Apache-2.0
"""A plan is chosen where one sees what it lets through, and is used in a procedure, by mouse and keys alone."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.sampling import ClassRule
from qcdesk.gui.screens.explorer.view import ExplorerView
from qcdesk.gui.screens.procedures.writing import WritingView
from qcdesk.gui.widgets.forms import ChoiceField, LineField
from tests.journeys.driving import Hands
from tests.workspace import PROCEDURE, House


def newest(house: House) -> ProcedureVersion:
    rows = house.use.read.procedures(house.clock.today())
    return max((row.version for row in rows if row.version.code == PROCEDURE), key=lambda v: v.version)


def choose(hands: Hands, field: str, code: str) -> None:
    """Go through a choice with the arrow keys until it says what is wanted."""
    control = hands.all(ExplorerView)[0].form.field(field)
    assert isinstance(control, ChoiceField)
    for _ in range(control.edit.count()):
        if control.value() == code:
            return
        down = control.edit.findData(code) > control.edit.currentIndex()
        QTest.keyClick(control.edit, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    assert control.value() == code


def say_lot(hands: Hands, lot: str) -> None:
    control = hands.all(ExplorerView)[0].form.field("lot_size")
    assert isinstance(control, LineField)
    control.edit.selectAll()
    QTest.keyClicks(control.edit, lot)


def test_plan_is_chosen_in_the_explorer_and_used_in_a_procedure(hands: Hands, house: House) -> None:
    house.accepted()
    hands.sign_in("linh")
    hands.program.running.open("procedures")
    hands.press("What a plan lets through")
    hands.see("Look at 125 units of 1800. Accept with up to 5 bad units.")
    say_lot(hands, "500")
    hands.see("Look at 50 units of 500. Accept with up to 2 bad units.")
    choose(hands, "supplier", "all")
    hands.see("All suppliers: the last 1 lot ran at 0 % bad")
    hands.press("Use in procedure")
    hands.see("Choose the procedure that takes it.")
    choose(hands, "procedure", PROCEDURE)
    hands.see("Other classes of the procedure")
    choose(hands, "aql", "1.0")
    choose(hands, "plan_type", "double")
    hands.see("between them look at 32 more")
    hands.press(f"Use in {PROCEDURE}")
    hands.see("Version 1 stays in force until this one is approved.")
    hands.see("AQL 1.0, level II, double")
    hands.press("Save the draft")
    hands.until(lambda: hands.here == "procedure", "the draft")
    hands.settle()
    draft = newest(house)
    assert (draft.version, draft.state) == (2, "draft")
    rules = {rule.defect_class: rule for rule in draft.content.rules}
    assert rules["major"] == ClassRule("major", "aql", Decimal("1.0"), plan_type="double")
    assert rules["minor"] == ClassRule("minor", "aql", Decimal("6.5"))


def test_form_that_is_being_written_waits_for_the_plan(hands: Hands, house: House) -> None:
    hands.sign_in("linh")
    hands.program.running.open("procedure_writing", PROCEDURE)
    hands.settle()
    (form,) = hands.all(WritingView)
    title = form.form.field("title")
    assert isinstance(title, LineField)
    title.edit.setFocus()
    title.edit.selectAll()
    QTest.keyClicks(title.edit, "Cover, by c = 0")
    hands.press("What does it let through?")
    hands.see("Use in the procedure")
    choose(hands, "way", "zero")
    (page,) = hands.all(ExplorerView)
    n = page.form.field("n")
    assert isinstance(n, LineField)
    n.edit.setFocus()
    QTest.keyClicks(n.edit, "32")
    hands.see("Look at 32 units of 1800. Accept only when none is bad.")
    hands.press("Use in the procedure")
    hands.see("c = 0 in 32 units")
    assert title.value() == "Cover, by c = 0"
    hands.press("Save the draft")
    hands.until(lambda: hands.here == "procedure", "the draft")
    hands.settle()
    draft = newest(house)
    assert draft.content.title == "Cover, by c = 0"
    assert ClassRule(page.values()["class"], "zero", n=32) in draft.content.rules  # type: ignore[arg-type]
