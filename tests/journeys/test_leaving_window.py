# SPDX-License-Identifier: Apache-2.0
"""Signature and mail in the window, over real files and a real server on this machine: what is tried, kept and sent."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from qcdesk import config
from qcdesk.gui.screens.leaving.view import LeavingView
from tests.cli.test_leaving import Kept, ring
from tests.company_files import NAME, bare_file, company_file
from tests.company_files import PASSWORD as OF_THE_FILE
from tests.exchange.test_mail_sending import PASSWORD, Desk, _quiet_server, begun, pair
from tests.journeys.conftest import ADAPTERS, opened
from tests.journeys.driving import Hands
from tests.workspace import HandClock, move_in

__all__ = ["_quiet_server", "pair", "ring"]


@pytest.fixture
def desk_hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: Kept, look: None) -> Iterator[Hands]:
    """The window of a station that keeps its settings."""
    monkeypatch.setenv(config.STATION_VARIABLE, str(tmp_path / "station"))
    clock = HandClock()
    with opened(tmp_path / "workspace", clock) as (database, use):
        adapters = {name: getattr(use, name) for name in (*ADAPTERS, "review", "company", "post")}
        made = Hands.on(move_in(database, clock, **adapters), mode="desk", keep_settings=config.save_settings)
        made.sign_in("linh")
        yield made
        made.close()


@pytest.fixture
def server(pair: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Controller, Desk]]:
    """A mail server whose certificate this computer trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    controller, desk = begun(pair, "starttls")
    yield controller, desk
    controller.stop()


def leaving(hands: Hands) -> LeavingView:
    """Go to the page as people do."""
    hands.program.running.open("settings")
    hands.press("Signature and mail")
    view = hands.window.findChild(LeavingView)
    assert isinstance(view, LeavingView)
    return view


@pytest.mark.logs
def test_a_certificate_is_kept_once_it_opened_and_what_is_none_leaves_nothing_behind(
    desk_hands: Hands, ring: Kept, tmp_path: Path
) -> None:
    hands, file = desk_hands, tmp_path / "company.p12"
    file.write_bytes(company_file())
    (tmp_path / "bare.p12").write_bytes(bare_file())
    (tmp_path / "old.p12").write_bytes(company_file(days=100))
    (tmp_path / "notes.p12").write_text("no certificate")
    card = leaving(hands).certificate
    hands.see("This station does not sign for the company.")
    for name, typed, fact in (
        ("gone.p12", OF_THE_FILE, "gone.p12"),
        ("notes.p12", OF_THE_FILE, "notes.p12 is no certificate with its key"),
        ("bare.p12", OF_THE_FILE, "bare.p12 holds no private key"),
        ("old.p12", OF_THE_FILE, "The company's certificate stood until 11 Apr 2025 only."),
        ("company.p12", "wrong", "The password does not open company.p12"),
    ):
        card.file.set_value(str(tmp_path / name))
        card.password.edit.setText(typed)
        hands.press("Use this certificate")
        hands.see(fact)
        assert not ring.kept and not config.load_settings().company_file
    card.password.edit.setText(OF_THE_FILE)
    hands.press("Use this certificate")
    hands.see(NAME)
    hands.see("It stands until")
    assert list(ring.kept.values()) == [OF_THE_FILE] and not card.password.secret()
    hands.click(card.always)
    kept = config.load_settings()
    assert (kept.company_file, kept.company_signs) == (str(file), True)
    assert OF_THE_FILE not in (tmp_path / "station" / config.SETTINGS_FILE).read_text("utf-8")
    hands.press("Remove")
    hands.see("This station does not sign for the company.")
    hands.until(lambda: not ring.kept, "the password to be gone")
    assert not config.load_settings().company_file and file.exists()


@pytest.mark.logs
def test_a_mail_server_is_kept_once_it_let_us_in_and_takes_a_mail_for_trial(
    desk_hands: Hands, ring: Kept, server: tuple[Controller, Desk]
) -> None:
    hands, (controller, desk) = desk_hands, server
    card = leaving(hands).mail
    hands.see("This station sends mail by no server.")

    def attempt(port: int, typed: str, fact: str) -> None:
        card.form.fill({"server": "127.0.0.1", "security": "starttls", "port": str(port), "keep": "yes",
                        "mail_user": "qc", "sender": "qc@factory.example"})  # fmt: skip
        card.password.edit.setText(typed)
        hands.press("Use this server")
        hands.see(fact)

    attempt(70_000, PASSWORD, "70000")
    assert card.keeping.isChecked()
    attempt(controller.port, "wrong", "does not let us in")
    attempt(1, PASSWORD, "does not answer")
    ring.broken = True
    attempt(controller.port, PASSWORD, "This computer keeps no secrets for programs")
    hands.see("Set up the keyring of the system")
    assert not ring.kept and not config.load_settings().mail_server
    ring.broken = False
    hands.press("Try again")
    hands.see("This station sends mail from qc@factory.example by 127.0.0.1")
    assert list(ring.kept.values()) == [PASSWORD] and not card.problems.isVisible()
    card.form.fill({**card.form.values(), "sender": "lab@factory.example"})
    hands.press("Use this server")  # the login stays, and so does its password
    hands.see("lab@factory.example by 127.0.0.1")
    card.to.set_value("nobody")
    card.to.changed.emit()
    hands.press("Send a trial")
    hands.see("“nobody” is no mail address")
    card.to.set_value("chen@supplier.example")
    hands.press("Send a trial")
    hands.see("The mail server took the mail for chen@supplier.example.")
    (taken,) = desk.taken
    assert taken.mail_from == "lab@factory.example" and isinstance(taken.content, bytes)
    assert message_from_bytes(taken.content, policy=policy.default)["Subject"] == "Trial mail of qcdesk"
    desk.refuses = ("gone@supplier.example",)
    card.to.set_value("gone@supplier.example")
    hands.press("Send a trial")
    hands.see("no such user here")
    hands.click(card.keeping)
    hands.press("Use this server")  # from now on the password is typed each time
    hands.until(lambda: not ring.kept and card.using.isEnabled(), "the password to be gone")
    card.to.set_value("chen@supplier.example")
    hands.press("Send a trial")
    hands.see("is not in the keyring of this computer")
    card.password.edit.setText(PASSWORD)
    hands.press("Send a trial")
    hands.until(lambda: len(desk.taken) == 2, "the second mail")
    assert not ring.kept and not card.keeping.isChecked()
    hands.press("Remove")
    hands.see("This station sends mail by no server.")
