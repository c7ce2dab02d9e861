# SPDX-License-Identifier: Apache-2.0
"""A truly bad event in the window: the check shows it, two people declare it void, and its batch is checked afresh."""

from __future__ import annotations

from qcdesk.gui.screens.verification.view import VerificationView
from qcdesk.store.verification import verify
from tests.forging import write_past_every_rule
from tests.journeys.driving import Hands
from tests.journeys.test_sign_off_table import forge
from tests.workspace import House, secret


def view(hands: Hands) -> VerificationView:
    """Return the page that checks everything."""
    page = hands.program.running.window.page
    assert isinstance(page, VerificationView)
    return page


def give(hands: Hands, *, event: str, other: str) -> None:
    """Fill in the sheet for Linh and whoever else is named, and press its button."""
    sheet = hands.program.running.ask_sheet
    if not sheet.isVisible():
        hands.press("Declare an event void")
        hands.until(sheet.isVisible, "the sheet")
        hands.settle()
    if event:
        sheet.fill("event", event)
    sheet.fill("reason", "nobody signed it")
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value(other)
    if other:
        sheet.other_secret.password.setText(secret(other))
    hands.press("Declare it void")


def test_forged_release_is_shown_declared_void_by_two_and_the_batch_goes_to_a_new_round(
    hands: Hands, house: House
) -> None:
    number = house.accepted()
    with house.use.look() as uow:
        batch = uow.batch(number).id
    forged = forge(house, batch)
    hands.sign_in("linh")
    hands.program.running.open("verification")
    hands.press("Check everything")
    hands.see("1 thing does not hold")
    page = view(hands)
    row = page.table.model().index(0, 0)
    assert row.data() == str(forged)
    page.table.setCurrentIndex(row)

    give(hands, event="", other="")  # one person alone
    hands.see("Choose who signs with you.")
    give(hands, event=str(forged - 1), other="som")  # one that holds
    hands.see("verifies: it is what its signer wrote.")
    assert house.state(number) == "accepted"
    give(hands, event=str(forged), other="som")
    hands.see("Everything holds")
    assert house.state(number) == "registered"

    hands.open_batch(number)
    hands.act("Make the first check")
    hands.inspect({})
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    hands.settle()
    assert house.state(number) == "awaiting_second"
    assert verify(house.database).problems == ()


def test_two_have_the_tables_written_anew_and_everything_is_checked_again(hands: Hands, house: House) -> None:
    house.released()
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE batch SET rework_ordered = 1")
    hands.sign_in("linh")
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE person SET status = 'suspended' WHERE login = 'som'")
    hands.program.running.open("verification")
    hands.press("Check everything")
    hands.see("2 things do not hold")
    hands.see("Two people can have the tables written anew from the log.")
    hands.press("Write the tables anew")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    sheet.fill("reason", "a script wrote them")
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value("som")
    sheet.other_secret.password.setText(secret("som"))
    hands.press("Write them anew")
    hands.see("Everything holds")
    assert verify(house.database).problems == ()
    assert not view(hands).rebuilding.isVisible()
