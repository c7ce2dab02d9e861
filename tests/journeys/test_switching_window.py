# SPDX-License-Identifier: Apache-2.0
"""A supplier's lots drive inspection through every severity: decided in the window, shown with the plan, on paper."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.strips import JudgementStrip
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.workspace import House, secret

RULES = (
    ClassRule("critical", "all"),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "all"),
)


@pytest.fixture
def supplied(house: House) -> House:
    """A procedure of which one class switches, with nothing to measure."""
    house.approve(rules=RULES, characteristics=(), switching=Switching())
    return house


def lots(house: House, numbers: Iterable[int], *, bad: bool = False) -> None:
    """Check lots to their verdict; those that are not accepted are dented all over."""
    for number in numbers:
        with house.use.look() as uow:
            known = f"LOT-{number}" in uow.batch_numbers()
        if not known:
            house.batch(f"LOT-{number}", 4)
        found = dict.fromkeys(range(1, 5), "DEN") if bad else {}
        house.check("linh", f"LOT-{number}", found)
        house.check("som", f"LOT-{number}", found)


def set_severity(hands: Hands, to: str, reason: str) -> None:
    """Open the supplier's severities, and let Linh and Som sign another one."""
    hands.program.running.open("supplier", hands.house.supplier.supplier)
    hands.settle()
    hands.press("Severity of inspection")
    hands.see("How that came")
    hands.press("Set another severity")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    sheet.fill("to", to)
    sheet.fill("reason", reason)
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value("som")
    sheet.other_secret.password.setText(secret("som"))
    hands.press("Set the severity")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()


def paper(house: House, number: str) -> str:
    """Return what a batch's report says."""
    with house.use.look() as uow:
        batch = uow.batch(number).id
    return pdf_text(house.use.printing.inspection(batch, house.id("linh")))


def test_lots_lead_from_normal_to_discontinued_and_back_to_reduced(hands: Hands, supplied: House) -> None:
    house = supplied
    lots(house, (1, 2), bad=True)
    hands.sign_in("linh")
    house.batch("LOT-3", 4)
    hands.open_batch("LOT-3")
    hands.see("Tightened: 2 lots in a row were not accepted (LOT-1 and LOT-2).")
    lots(house, range(3, 8), bad=True)
    assert "Major: tightened inspection, 2 lots in a row were not accepted (LOT-1 and LOT-2)." in paper(
        house, "LOT-3"
    )

    house.batch("LOT-8", 4)
    hands.open_batch("LOT-8")
    hands.see("Discontinued: 5 lots were not accepted on tightened inspection")
    hands.see("Make the first check: not now")
    hands.see("Two planners sign that corrective action was taken")

    set_severity(hands, "tightened", "a new mould, tried on 50 pieces")
    hands.see("Tightened")
    hands.open_batch("LOT-8")
    hands.see("Tightened: corrective action was taken: a new mould, tried on 50 pieces")
    hands.act("Make the first check")
    hands.until(
        lambda: any("1 reject · Tightened" in strip.accessibleName() for strip in hands.all(JudgementStrip)),
        "the severity in the runner",
    )
    hands.inspect({})
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    house.check("som", "LOT-8")
    assert "corrective action was taken: a new mould, tried on 50 pieces" in paper(house, "LOT-8")

    lots(house, range(9, 13))
    house.batch("LOT-13", 4)
    hands.open_batch("LOT-13")
    hands.see("Normal: the last 5 lots were accepted")
    lots(house, range(13, 28))
    set_severity(hands, "reduced", "steady since May, the customer agrees")
    (run,) = [chart for chart in hands.all(ChartView) if chart.isVisible()]
    assert (run.words_of((0, 7)), run.words_of((0, 8))) == ("Discontinued", "Lot: LOT-8\nTightened")
    assert run.words_of((0, 28)) == "Lot: next lot\nReduced"
    run.chosen.emit(0, 0)
    hands.until(lambda: hands.here == "batch", "the batch of the first lot")
    house.batch("LOT-28", 4)
    hands.open_batch("LOT-28")
    hands.see("Reduced: reduced inspection was approved: steady since May, the customer agrees")
    lots(house, (28,))
    whole = paper(house, "LOT-28")
    assert "Major: reduced inspection, reduced inspection was approved" in whole
    drawn = whole[whole.index("How strictly the lots up to this one were inspected") :]
    for row in ("Discontinued", "Tightened", "Normal", "Reduced", "LOT-28"):
        assert row in drawn
    [now] = house.use.read.severities(supplier=house.supplier.supplier).now
    assert (now.stands.severity, now.stands.by) == ("reduced", ("Nguyễn Thị Linh", "สมชาย ศรีสุข"))
    assert verify(house.database).problems == ()
