# SPDX-License-Identifier: Apache-2.0
"""A batch whose goods go three ways, through the window: split by two, sorted, inspected anew, released; all adds up."""

from __future__ import annotations

import json

import sqlalchemy as sa

from qcdesk.gui.screens.ask.rows import Rows
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.journeys.test_goods_window import press_act
from tests.workspace import House, secret

BAD = dict.fromkeys(range(1, 9), "SCR")


def split_together(hands: Hands, reason: str, *parts: tuple[str, str, str]) -> Rows:
    """Let Linh and Som say which way the parts of a batch go: units, way, claimed criticals in it."""
    press_act(hands, "Split into parts")
    sheet = hands.program.running.ask_sheet
    sheet.fill("reason", reason)
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value("som")
    sheet.other_secret.password.setText(secret("som"))
    (rows,) = hands.all(Rows)
    fill(rows, *parts)
    return rows


def fill(rows: Rows, *parts: tuple[str, str, str]) -> None:
    """Fill in the lines of a split, one for each part."""
    lines = [{"quantity": units, "way": way, "units": critical} for units, way, critical in parts]
    rows.set_value(json.dumps(lines))


def test_a_rejected_batch_goes_three_ways_and_every_unit_is_accounted_for(hands: Hands, house: House) -> None:
    house.approve()
    batch = house.batch(number="L-100", quantity=100)
    for login in ("linh", "som"):
        house.check(login, batch, BAD)
    hands.sign_in("linh")
    hands.open_batch(batch)
    rows = split_together(hands, "two welds of three are good", ("60", "sort", ""), ("30", "return", ""))
    sheet = hands.program.running.ask_sheet
    assert rows.told == "90 of 100 pcs have a way; 10 are left." and not sheet.button.isEnabled()
    hands.press("Another part")
    assert len(rows.editor.forms()) == 3
    fill(rows, ("60", "sort", ""), ("30", "return", ""), ("10", "scrap", ""))
    assert rows.told == "All 100 pcs have a way."
    hands.press("Sign it together")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    hands.see("Split into parts")
    hands.see("L-100/1, 60 pcs")
    assert [house.state(f"L-100/{n}") for n in (1, 2, 3)] == ["registered", "returned", "scrapped"]
    hands.open_batch("L-100/1")
    hands.see("L-100, 60 of its 100 pcs")
    house.use.record_rework(house.sittings["linh"], "L-100/1", (house.maker("Lê Văn Tám"),))
    for login in ("linh", "som"):
        house.check(login, "L-100/1")
    house.use.release_batch(house.hands["som"], "L-100/1")
    with house.use.look() as look:
        whole, part = look.batch(batch), look.batch("L-100/1")
        (opened,) = (one.opened for one in look.rounds(part.id))
    assert (opened.plan.severity, opened.plan.lot_size, part.released) == ("tightened", 60, 60)
    kinds = [row.kind for row in house.use.read.timeline(part.id, house.id("linh"))]
    assert kinds[0] == "batch.saved"
    assert kinds.index("round.compared") < kinds.index("batch.split") < kinds.index("batch.reworked")
    told = pdf_text(house.use.printing.inspection(part.id, house.id("linh")))
    for words in ("Part of batch L-100: 60 of its 100 pcs", "To be sorted", "Round 1", "Rejected"):
        assert words in told
    of_whole = pdf_text(house.use.printing.inspection(whole.id, house.id("linh")))
    for words in ("L-100/1: 60 pcs", "L-100/2: 30 pcs", "L-100/3: 10 pcs"):
        assert words in of_whole
    figures = _figures(house)
    assert (figures["received"], figures["lots"], figures["decided"]) == (100, 1, 1)
    gone = [figures[f"disposed.{way}"] for way in ("sort", "return", "scrap")]
    assert (gone, sum(gone), figures["released"]) == ([60, 30, 10], 100, 60)
    assert verify(house.database).ok


def _figures(house: House) -> dict[str, int]:
    """Return what is counted of the supplier, by name."""
    with house.database.reading() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT name, sum(amount) FROM figure WHERE supplier = :s AND product = '*' GROUP BY name"
            ),
            {"s": house.supplier.supplier},
        )
        return {str(name): int(amount) for name, amount in rows}


def test_a_unit_with_a_claimed_critical_is_said_to_be_in_one_part(hands: Hands, house: House) -> None:
    house.approve()
    batch = house.rejected(number="L-7", quantity=100)
    hands.sign_in("linh")
    hands.open_batch(batch)
    rows = split_together(hands, "one is cracked", ("60", "sort", ""), ("40", "scrap", ""))
    with house.use.look() as look:
        (claimed,) = look.critical_units(look.batch(batch).id)
    assert rows.told == f"Say of each of these units in which one part it is: {claimed}."
    fill(rows, ("60", "sort", ""), ("40", "scrap", str(claimed)))
    hands.press("Sign it together")
    hands.until(lambda: not hands.program.running.ask_sheet.isVisible(), "the sheet to close")
    hands.settle()
    with house.use.look() as look:
        sorted_out, scrapped = (look.critical_units(look.batch(f"L-7/{n}").id) for n in (1, 2))
    assert (sorted_out, scrapped) == ((), (1,))
