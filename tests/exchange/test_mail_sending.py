# SPDX-License-Identifier: Apache-2.0
"""Mail is handed to a real server on this machine: encrypted, logged in, whole or not at all."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.mail_files import mail_bytes
from qcdesk.exchange.mail_sending import SmtpPost
from qcdesk.services.letters import Enclosure, Mail
from qcdesk.services.posts import MailServer, Watch
from qcdesk.services.trouble import Trouble
from tests.company_files import MemoryKeyring
from tests.workspace import HandClock

PASSWORD = "mật khẩu"
MAIL = mail_bytes(
    Mail(
        "Chen Wei",
        "chen@supplier.example",
        "",
        "",
        "不合格 NC-4",
        "Xin chào",
        HandClock().now(),
        "k",
        enclosures=(Enclosure("nc.pdf", b"%PDF-" + bytes(3_000)),),
    )
)


@dataclass
class Desk:
    """What a server took; ``refuses``: recipients, ``says``: the answer to a whole mail; None: it hangs up.

    ``waits``: seconds before it answers about a recipient.
    """

    taken: list[Envelope] = field(default_factory=list)
    refuses: tuple[str, ...] = ()
    says: str | None = "250 OK"
    waits: float = 0.0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.waits)
        if address in self.refuses:
            return "550 5.1.1 no such user here."
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.says is None:
            assert server.transport is not None
            server.transport.close()
            return "250 OK"
        if self.says.startswith("2"):
            self.taken.append(envelope)
        return self.says


def _let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"qc", PASSWORD.encode())
    return AuthResult(success=good, handled=False)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate of localhost with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(1))
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(signed.public_bytes(Encoding.PEM) + plain)
    return file


@dataclass
class House:
    """A server, and a station that sends by it."""

    desk: Desk
    server: MailServer
    keyring: MemoryKeyring = field(default_factory=MemoryKeyring)

    def post(self) -> SmtpPost:
        return SmtpPost(HandClock(), self.keyring, lambda: self.server)


def begun(pair: Path, how: str) -> tuple[Controller, Desk]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    desk = Desk()
    given: dict[str, Any] = {}
    if how != "plain":
        given["ssl_context" if how == "tls" else "tls_context"] = context
    secure: dict[str, Any] = {"require_starttls": True} if how == "starttls" else {}
    auth: dict[str, Any] = {
        "authenticator": _let_in,
        "auth_required": how == "starttls",
        "auth_require_tls": how == "starttls",
    }
    controller = Controller(
        desk,
        hostname="127.0.0.1",
        port=_free(),
        **given,
        **secure,
        **(auth if how != "plain" else {}),
        data_size_limit=100_000,
    )
    controller.start()
    return controller, desk


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(autouse=True)
def _quiet_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server logs of itself is not the program's."""
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)


@pytest.fixture(params=["starttls", "tls"])
def house(pair: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    controller, desk = begun(pair, request.param)
    server = MailServer("127.0.0.1", controller.port, request.param, "qc", "qc@factory.example")
    made = House(desk, server)
    made.post().enter(server, PASSWORD)
    yield made
    controller.stop()


def test_a_draft_goes_out_whole_from_the_sender_to_its_recipient(house: House) -> None:
    assert house.post().send(MAIL) == "chen@supplier.example"
    (taken,) = house.desk.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("qc@factory.example", ["chen@supplier.example"])
    assert isinstance(taken.content, bytes)
    came = message_from_bytes(taken.content, policy=policy.default)
    assert (
        came["From"] == "qc@factory.example" and came["Subject"] == "不合格 NC-4" and came["X-Unsent"] is None
    )
    (enclosed,) = came.iter_attachments()
    assert enclosed.get_payload(decode=True) == b"%PDF-" + bytes(3_000)


def test_another_recipient_takes_the_place_of_the_named_one(house: House) -> None:
    assert house.post().send(MAIL, "li@supplier.example") == "li@supplier.example"
    (taken,) = house.desk.taken
    assert taken.rcpt_tos == ["li@supplier.example"] and b"chen@" not in (taken.content or b"")
    with pytest.raises(BadInput, match="mail_address"):
        house.post().send(MAIL, "a@b.example\r\nRCPT TO:<x@y.example>")


def test_what_the_server_refuses_is_told_and_nothing_is_sent(house: House) -> None:
    post = house.post()
    with pytest.raises(BadInput, match="mail_login"):
        post.send(MAIL, password="wrong")
    house.desk.refuses = ("chen@supplier.example",)
    with pytest.raises(BadInput, match="mail_recipient") as refused:
        post.send(MAIL)
    assert refused.value.facts["reason"] == "5.1.1 no such user here"
    two = MAIL.replace(b"To: ", b"To: li@supplier.example, ")
    with pytest.raises(BadInput, match="mail_recipient"):
        post.send(two)  # not to the other one alone either
    house.desk.refuses, house.desk.says = (), "554 5.7.1 looks like spam"
    with pytest.raises(Trouble, match="mail_refused") as said:
        post.send(MAIL)
    assert "spam" in str(said.value.facts["reason"])
    with pytest.raises(BadInput, match="mail_too_big"):
        post.send(MAIL + b"x" * 100_000)
    assert not house.desk.taken


def test_a_server_that_goes_silent_over_the_text_leaves_it_unknown(house: House) -> None:
    house.desk.says = None
    with pytest.raises(Trouble, match="mail_unsure"):
        house.post().send(MAIL)


def test_what_is_stopped_before_its_end_was_not_sent_and_its_share_is_told(house: House) -> None:
    long, told = MAIL.replace(b"Xin", b"\r\n.Xin" + b"\r\nxxxxxxxx" * 7_000), list[tuple[int, int]]()

    def until(most: int) -> Watch:
        def watch(done: int, total: int) -> bool:
            told.append((done, total))
            return done < most

        return watch

    for most in (0, 1):
        with pytest.raises(Trouble, match="mail_stopped"):
            house.post().send(long, watch=until(most))
    assert not house.desk.taken and [done for done, _ in told] == [0, 0, 65_536]
    house.post().send(long, watch=until(10**9))
    (taken,) = house.desk.taken
    assert isinstance(taken.content, bytes) and b"\r\n.Xin" in taken.content and told[-1][0] == told[-1][1]


def test_a_server_that_is_not_told_the_end_keeps_nothing_and_what_it_is_told_between_stands_before(
    house: House,
) -> None:
    house.post().begin(MAIL).drop()
    handing = house.post().begin(MAIL)
    assert handing.to == "chen@supplier.example" and not house.desk.taken
    del handing  # nobody ends or drops it
    house.desk.says = "554 5.7.1 looks like spam"
    refused = house.post().begin(MAIL)
    with pytest.raises(Trouble, match="mail_refused"):
        refused.end()
    house.desk.says = "250 OK"
    taken = house.post().begin(MAIL)
    taken.end()
    assert len(house.desk.taken) == 1


def test_a_server_that_does_not_prove_itself_gets_no_password(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Trouble, match="mail_certificate"):
        house.post().send(MAIL)
    assert not house.desk.taken


def test_the_password_lies_in_the_keyring_alone_and_is_asked_for_without_it(house: House) -> None:
    assert list(house.keyring.kept.values()) == [PASSWORD]
    assert house.post().attempt() == house.server
    house.post().forget(house.server)
    with pytest.raises(BadInput, match="mail_password_needed"):
        house.post().send(MAIL)
    house.post().send(MAIL, password=PASSWORD)
    with pytest.raises(BadInput, match="mail_login"):
        house.post().enter(house.server, "wrong")
    assert not house.keyring.kept and len(house.desk.taken) == 1


def test_nothing_is_sent_unencrypted_or_to_a_server_that_is_not_there(pair: Path) -> None:
    controller, desk = begun(pair, "plain")
    server = MailServer("127.0.0.1", controller.port, "starttls", "", "qc@factory.example")
    keyring = MemoryKeyring()

    def post(one: MailServer) -> SmtpPost:
        return SmtpPost(HandClock(), keyring, lambda: one)

    try:
        with pytest.raises(Trouble, match="mail_no_tls"):
            post(server).send(MAIL)
        with pytest.raises(Trouble, match="mail_no_tls"):
            post(replace(server, security="tls")).send(MAIL)
        with pytest.raises(Trouble, match="mail_unreachable"):
            post(replace(server, port=_free())).send(MAIL)
        with pytest.raises(Trouble, match="mail_unknown_host"):
            post(replace(server, host="nowhere.invalid")).send(MAIL)
    finally:
        controller.stop()
    assert not desk.taken


def test_what_is_no_mail_and_what_goes_to_nobody_is_refused() -> None:
    post = SmtpPost(HandClock(), MemoryKeyring(), lambda: None)
    with pytest.raises(BadInput, match="mail_none"):
        post.send(MAIL)
    server = MailServer("127.0.0.1", 1, "tls", "", "qc@factory.example")
    post = SmtpPost(HandClock(), MemoryKeyring(), lambda: server)
    with pytest.raises(BadInput, match="no_mail"):
        post.send(b"nothing")
    with pytest.raises(BadInput, match="mail_no_recipient"):
        post.send(MAIL.replace(b"To: ", b"X-To: ", 1))
    with pytest.raises(BadInput, match="mail_address"):
        post.enter(replace(server, sender="nobody"), "")
