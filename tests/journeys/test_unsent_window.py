# SPDX-License-Identifier: Apache-2.0
"""Mails that have not gone: nothing is lost unasked, who stands there reads nothing of them, the print log stays true."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from PySide6.QtWidgets import QFileDialog

from qcdesk.checker import company_seals
from qcdesk.gui.screens.print_many.view import PrintManyView
from qcdesk.services.prints import PrintRow
from qcdesk.services.trouble import Trouble
from tests.cli.test_leaving import Kept, ring
from tests.company_files import PASSWORD as OF_THE_FILE
from tests.company_files import company_file
from tests.exchange.test_mail_sending import Desk, _quiet_server, pair
from tests.journeys.driving import Hands
from tests.journeys.test_leaving_window import desk_hands, leaving, server
from tests.journeys.test_sending_window import answer, came, hands, type_password

__all__ = ["_quiet_server", "desk_hands", "hands", "pair", "ring", "server"]
GONE, CHEN = "gone@supplier.example", "chen@supplier.example"


def printed(hands: Hands) -> tuple[PrintRow, ...]:
    with hands.house.use.look() as uow:
        return tuple(uow.prints())


def refused_mail(hands: Hands, batch: str) -> None:
    """Send the report of a batch to somebody whom the server does not know."""
    hands.program.running.open("report", batch)
    hands.press("Send …")
    answer(hands, "Send the mail", to=GONE)
    hands.see(f"The mail to {GONE} is still here.")


@pytest.mark.logs
def test_who_closes_the_window_or_leaves_the_workspace_is_asked_about_mails_that_have_not_gone(
    hands: Hands, server: tuple[Controller, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, desk), house, window = server, hands.house, hands.window
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    (tmp_path / "Inspection report LOT-1.eml").write_text("another one")
    desk.refuses = (GONE,)
    batch = house.released(number="LOT-1")
    refused_mail(hands, batch)
    window.close()
    assert window.isVisible()
    hands.see("1 mail has not gone yet")
    hands.see(f"Inspection report LOT-1.eml for {GONE}")
    hands.press("Stay")
    hands.see(f"The mail to {GONE} is still here.")
    stayed = list[Exception]()
    monkeypatch.setattr(hands.program, "_open_other", lambda *_: pytest.fail("it was not left"))
    hands.program.running.shell.enter("elsewhere", stayed.append)
    hands.press("Stay")
    assert isinstance(stayed[0], Trouble) and hands.program.running.who is not None
    # Nobody else reads to whom: neither at the wall nor signed in.
    hands.program.running.lock()
    hands.see("1 mail has not gone yet.")
    assert not hands.reads(GONE)
    window.close()
    hands.see("Until then it can only wait, or be given up.")
    assert window.isVisible() and not hands.reads(GONE) and not hands.reads("Save them as files …")
    hands.press("Stay")
    hands.sign_in("som")
    hands.see("1 mail has not gone yet.")
    assert not hands.reads(GONE) and not hands.reads("What now …")
    hands.switch("linh")
    hands.see(f"The mail to {GONE} is still here.")
    assert not printed(hands)
    window.close()
    hands.press("Save them as files …")
    hands.until(lambda: not window.isVisible(), "the window to close")
    assert GONE in (tmp_path / "Inspection report LOT-1 2.eml").read_text()
    assert (tmp_path / "Inspection report LOT-1.eml").read_text() == "another one"
    assert [one.way for one in printed(hands)] == ["mailed"]


@pytest.mark.logs
def test_a_mail_on_its_way_goes_for_who_locks_the_window_and_who_closes_it_is_asked(
    hands: Hands, server: tuple[Controller, Desk]
) -> None:
    (_, desk), house, window = server, hands.house, hands.window
    desk.waits = 1.0
    batch = house.released(number="LOT-1")
    hands.program.running.open("report", batch)
    hands.press("Send …")
    answer(hands, "Send the mail", to="li@supplier.example")
    who = hands.program.running.who
    hands.program.running.lock()
    hands.until(lambda: desk.taken, "the mail")
    hands.until(
        lambda: who is not None and who.sitting.over, "the end of the sitting, which waited for the mail"
    )
    [sent] = printed(hands)
    assert sent.person == "Nguyễn Thị Linh" and not hands.reads("li@supplier.example")
    hands.sign_in("linh")
    hands.program.running.open("report", batch)
    hands.press("Send …")
    answer(hands, "Send the mail", to=CHEN)
    window.close()
    hands.see(f"Inspection report LOT-1.eml for {CHEN}")
    hands.press("Stay")
    hands.until(lambda: len(desk.taken) == 2, "the mail")
    hands.program.running.open("print_many")
    hands.see("1 of 1 batch is taken")
    view = hands.window.findChild(PrintManyView)
    assert view is not None
    for kind in ("certificate", "inspection", "labels"):
        view.kinds[kind].click()
    view.where.set_value("send")
    hands.press("Make 2 papers")
    answer(hands, "Send 2 mails", to=CHEN)
    window.close()
    hands.see(f"Inspection report LOT-1 for {CHEN}")
    hands.see(f"Labels LOT-1 for {CHEN}")
    assert not hands.reads("Save them as files …")
    hands.press("Give them up")
    assert not window.isVisible()
    hands.until(lambda: not hands.program.tasks.busy, "the mail to be stopped")
    assert len(desk.taken) == len(printed(hands)) == 2


@pytest.mark.logs
def test_the_print_log_has_a_paper_that_a_server_was_given_and_none_that_it_refused_before(
    hands: Hands, server: tuple[Controller, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, desk = server
    desk.refuses = (GONE,)
    refused_mail(hands, hands.house.released(number="LOT-1"))
    assert not printed(hands)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "saved.pdf"), ""))
    hands.press("Save as …")
    hands.until(lambda: printed(hands), "the paper that was saved meanwhile")
    hands.press("What now …")
    desk.says = "554 5.7.1 looks like spam"
    answer(hands, "Go on", to=CHEN)
    hands.see("looks like spam")
    hands.see("its paper stands in the print log already")
    sent, saved = printed(hands)
    assert (saved.way, saved.copy, sent.way, sent.copy) == ("saved", 0, "mailed", 1) and not desk.taken
    desk.says = "250 OK"
    hands.press("What now …")
    answer(hands, "Go on")
    hands.see(f"The mail server took the mail for {CHEN}.")
    (enclosed,) = came(desk).iter_attachments()
    assert printed(hands) == (sent, saved) and sha256(enclosed.get_content()).hexdigest() == sent.digest
    hands.press("Send …")
    answer(hands, "Send the mail", to=GONE)
    hands.see(f"The mail to {GONE} is still here.")
    hands.press("What now …")
    answer(hands, "Go on", now="drop")
    assert printed(hands) == (sent, saved)


@pytest.mark.logs
def test_the_certificates_password_is_asked_for_where_no_keyring_has_it(
    hands: Hands, server: tuple[Controller, Desk], ring: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, desk), house, running = server, hands.house, hands.program.running
    file, saved = tmp_path / "company.p12", tmp_path / "saved.pdf"
    file.write_bytes(company_file())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "papers"))
    (tmp_path / "papers").mkdir()
    batch = house.released(number="LOT-1")
    card = leaving(hands).certificate
    card.file.set_value(str(file))
    card.password.edit.setText(OF_THE_FILE)
    hands.press("Use this certificate")
    hands.see("It stands until")
    hands.click(card.always)
    for name in [one for one in ring.kept if one[1].startswith("certificate")]:
        del ring.kept[name]
    kept, sheet = dict(ring.kept), running.ask_sheet
    running.open("report", batch)
    hands.press("Save as …")
    hands.until(sheet.isVisible, "the sheet")
    type_password(hands, "wrong")
    hands.press("Go on")
    hands.see("The password does not open company.p12")
    assert not saved.exists()
    type_password(hands, OF_THE_FILE)
    answer(hands, "Go on")
    hands.until(saved.exists, "the file")
    assert company_seals.parted(saved.read_bytes()) is not None
    hands.press("Send …")
    hands.until(sheet.isVisible, "the sheet")
    type_password(hands, OF_THE_FILE)
    answer(hands, "Send the mail", to=CHEN)
    hands.see(f"The mail server took the mail for {CHEN}.")
    (enclosed,) = came(desk).iter_attachments()
    pdf = enclosed.get_payload(decode=True)
    assert isinstance(pdf, bytes) and company_seals.parted(pdf) is not None
    running.open("print_many")
    hands.see("1 of 1 batch is taken")
    view = hands.window.findChild(PrintManyView)
    assert view is not None
    view.kinds["certificate"].click()
    for kind in ("inspection", "labels"):
        view.kinds[kind].click()
    hands.press("Make 2 papers")
    hands.until(sheet.isVisible, "the sheet")
    type_password(hands, OF_THE_FILE)
    answer(hands, "Make 2 papers")
    hands.see("2 papers are in")
    made = list((tmp_path / "papers").iterdir())
    assert len(made) == 2 and all(company_seals.parted(one.read_bytes()) is not None for one in made)
    assert ring.kept == kept
