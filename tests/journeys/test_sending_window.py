# SPDX-License-Identifier: Apache-2.0
"""Mails of the window go out by a real server on this machine; what it does not take is still here, and can be saved."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from PySide6.QtWidgets import QFileDialog, QLineEdit

from qcdesk.domain.events import ComplaintTaken
from qcdesk.gui.screens.print_many.view import PrintManyView
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.posts import MailServer
from qcdesk.services.prints import PrintsOf
from tests.cli.test_leaving import Kept, ring
from tests.exchange.test_mail_sending import PASSWORD, Desk, _quiet_server, begun, pair
from tests.journeys.driving import Hands
from tests.journeys.test_leaving_window import desk_hands, server
from tests.workspace import secret

__all__ = ["_quiet_server", "begun", "desk_hands", "pair", "ring", "server"]


@pytest.fixture
def hands(desk_hands: Hands, server: tuple[Controller, Desk]) -> Hands:
    """The window of a station that sends by the server."""
    controller, _ = server
    chosen = MailServer("127.0.0.1", controller.port, "starttls", "qc", "qc@factory.example")
    desk_hands.house.use.post.enter(chosen, PASSWORD)
    running = desk_hands.program.running
    running.change_settings(
        replace(
            running.settings,
            mail_server=chosen.host,
            mail_port=chosen.port,
            mail_user=chosen.user,
            mail_sender=chosen.sender,
        )
    )
    return desk_hands


def answer(hands: Hands, button: str, **answers: str) -> None:
    """Fill in the sheet and press its button."""
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    for code, text in answers.items():
        sheet.fill(code, text)
    hands.press(button)
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()


def type_password(hands: Hands, typed: str) -> None:
    """Type into the hidden field of the sheet."""
    lines = hands.all(QLineEdit, hands.program.running.ask_sheet)
    next(one for one in lines if one.echoMode() == QLineEdit.EchoMode.Password).setText(typed)


def came(desk: Desk, place: int = -1) -> EmailMessage:
    """Return a mail that the server took, the newest unless named."""
    content = desk.taken[place].content
    assert isinstance(content, bytes)
    found = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    return found


@pytest.mark.logs
def test_a_paper_is_sent_and_one_that_is_refused_stays_until_it_went_or_was_saved(
    hands: Hands, server: tuple[Controller, Desk], ring: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, desk), house = server, hands.house
    saved = tmp_path / "kept.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    batch = house.released(number="LOT-1")
    hands.program.running.open("report", batch)
    hands.press("Send …")
    hands.see("Enclosed: Inspection report LOT-1.pdf.")
    hands.see("It goes from qc@factory.example by 127.0.0.1.")
    sheet = hands.program.running.ask_sheet
    sheet.fill("to", "nobody")
    hands.press("Send the mail")
    hands.see("“nobody” is no mail address")
    answer(hands, "Send the mail", to="chen@supplier.example", subject="LOT-1", language="vi")
    hands.see("The mail server took the mail for chen@supplier.example.")
    mail = came(desk)
    (enclosed,) = mail.iter_attachments()
    pdf = enclosed.get_payload(decode=True)
    assert isinstance(pdf, bytes) and pdf.startswith(b"%PDF") and mail["Subject"] == "LOT-1"
    body = mail.get_body()
    assert body is not None and body["Content-Language"] == "vi"
    desk.refuses, desk.waits = ("gone@supplier.example",), 1.0
    hands.press("Send …")
    answer(hands, "Send the mail", to="lee@supplier.example")
    hands.see("Sending the mail to lee@supplier.example …")
    hands.press("Cancel")
    hands.see("Sending was stopped; nothing was sent.")
    desk.waits = 0.0
    hands.press("What now …")
    answer(hands, "Go on", to="gone@supplier.example")
    hands.see("The mail to gone@supplier.example is still here.")
    hands.see("no such user here")
    shown, running = hands.window, hands.program.running
    # It takes a new window, as another language does.
    running.change_settings(replace(running.settings, idle_minutes=20))
    hands.until(lambda: hands.window is not shown, "the new window")
    hands.see("The mail to gone@supplier.example is still here.")
    hands.press("What now …")
    answer(hands, "Go on", now="save")
    hands.until(saved.exists, "the file")
    assert b"gone@supplier.example" in saved.read_bytes()
    hands.until(lambda: not hands.reads("is still here"), "the panel to go")
    hands.program.running.open("report", batch)
    ring.kept.clear()
    hands.press("Send …")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    type_password(hands, "wrong")
    answer(hands, "Send the mail", to="li@supplier.example")
    hands.see("does not let us in with this login")
    hands.press("What now …")
    hands.until(sheet.isVisible, "the sheet")
    type_password(hands, PASSWORD)
    answer(hands, "Go on", to="le@supplier.example")
    hands.see("The mail server took the mail for le@supplier.example.")
    assert came(desk)["To"] == "le@supplier.example" and not ring.kept and len(desk.taken) == 2
    assert not hands.reads("is still here")
    with house.use.look() as uow:
        found = uow.prints(PrintsOf(batch=house.use.read.batch_by_number("LOT-1")))
        assert [one.way for one in found] == ["mailed"] * 3


@pytest.mark.logs
def test_requests_and_answers_are_put_down_once_they_were_taken(
    hands: Hands, server: tuple[Controller, Desk]
) -> None:
    (_, desk), house = server, hands.house
    action = house.use.open_action(
        house.sittings["linh"], NewAction(house.supplier.supplier, "Dents on covers", ("DEN",))
    ).action
    hands.program.running.open("corrective_action", action)
    hands.settle()
    hands.press("Send …")
    answer(hands, "Send the mail", to="chen@supplier.example")
    hands.see("The mail to chen@supplier.example is kept with CA-1.")
    assert "CA-1" in str(came(desk)["Subject"])
    assert [one.who for one in house.use.corrective_action(action).told] == ["chen@supplier.example"]
    taken = ComplaintTaken(
        0, "Nova", "a@nova.example", "en", "written", "It rattles.", house.clock.today(), ""
    )
    number = house.use.care.take_complaint(house.sittings["linh"], taken).complaint
    hands.program.running.open("complaint", number)
    hands.settle()
    desk.says = "554 5.7.1 looks like spam"
    hands.press("Send an answer")
    answer(hands, "Send the mail", text="We look into it.")
    hands.see("looks like spam")

    def answers() -> int:
        return house.use.read.care.complaint(
            number, house.sittings["linh"].person, house.clock.now()
        ).row.complaint.answers

    assert answers() == 0
    desk.says = "250 OK"
    hands.press("What now …")
    answer(hands, "Go on")
    hands.until(lambda: answers() == 1, "the answer")
    assert came(desk)["To"] == "Nova <a@nova.example>" or "a@nova.example" in came(desk)["To"]


@pytest.mark.logs
def test_papers_of_many_batches_are_sent_and_what_is_refused_for_all_stops_the_rest(
    hands: Hands, server: tuple[Controller, Desk]
) -> None:
    (_, desk), house = server, hands.house
    for n in range(2):
        house.released(number=f"LOT-{n}")
    hands.program.running.open("print_many")
    hands.see("2 of 2 batches are taken")
    view = hands.window.findChild(PrintManyView)
    assert view is not None
    view.kinds["inspection"].click()
    view.where.set_value("send")
    desk.refuses = ("gone@supplier.example",)
    hands.press("Make 4 papers")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.see("Each paper goes in a mail of its own")
    sheet.secret.password.setText(secret("linh"))
    answer(hands, "Issue and send", to="gone@supplier.example", language="th")
    hands.until(lambda: "4 papers were not sent" in view.outcome.words, "the end")
    assert not desk.taken
    hands.press("Try again")
    answer(hands, "Send 4 mails", to="chen@supplier.example")
    hands.until(lambda: "took 4 mails for chen@supplier.example" in view.outcome.words, "the mails")
    hands.window.close()  # nothing waits
    assert not hands.window.isVisible()
    kinds = sorted(str(came(desk, n)["Subject"]).split("-")[0] for n in range(4))
    assert kinds == ["certificate"] * 2 + ["inspection"] * 2
    with house.use.look() as uow:
        assert {one.way for one in uow.prints()} == {"mailed"}
