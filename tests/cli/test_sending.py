# SPDX-License-Identifier: Apache-2.0
"""Papers and mails that are handed to the house's own mail server, by the command line."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from qcdesk.checker import papers
from tests.cli.shops import Shop
from tests.cli.test_leaving import Kept, ring, shop
from tests.exchange.test_mail_sending import PASSWORD, _quiet_server, begun, pair

__all__ = ["_quiet_server", "pair", "ring", "shop"]
FROM = ("--sender", "qc@factory.example", "--user", "qc")


def test_a_report_and_a_saved_mail_reach_the_server_and_only_then_it_is_said(
    shop: Shop, ring: Kept, pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    controller, desk = begun(pair, "starttls")
    server = ("--server", "127.0.0.1", "--port", str(controller.port))
    try:
        wrong = shop("mail", "use", *server, *FROM, words=("wrong",))
        assert wrong.status == 2 and wrong.error["code"] == "mail_login" and not ring.kept
        assert shop.good("mail", "show")["server"] is None
        shop.good("mail", "use", *server, *FROM, words=(PASSWORD,))
        assert list(ring.kept.values()) == [PASSWORD]
        assert shop.good("mail", "try")["security"] == "starttls"
        for name in ("board.pdf", "board.eml"):
            shop.good("report", "scoreboard", "-o", str(tmp_path / name))
        nobody = shop("send", str(tmp_path / "board.eml"))
        assert nobody.status == 2 and nobody.error["code"] == "mail_no_recipient"
        for name in ("board.pdf", "board.eml"):
            told = shop.good("send", str(tmp_path / name), "--to", "chen@supplier.example")
            assert told["to"] == "chen@supplier.example"
            [known] = [one for one in shop.good("report", "list")["papers"] if one["event"] in told["prints"]]
            assert known["way"] == ("saved" if name.endswith("pdf") else "mailed")
        for taken in desk.taken:
            assert isinstance(taken.content, bytes)
            (enclosed,) = message_from_bytes(taken.content, policy=policy.default).iter_attachments()
            pdf = enclosed.get_payload(decode=True)
            assert isinstance(pdf, bytes) and papers.check(pdf).holds
        desk.refuses = ("gone@supplier.example",)
        refused = shop("send", str(tmp_path / "board.pdf"), "--to", "gone@supplier.example", text=True)
        assert refused.status == 2 and "nothing was sent" in refused.err and "no such user" in refused.err
        shop.good("mail", "use", *server, *FROM, "--no-keep", words=(PASSWORD,))
        assert not ring.kept and shop.good("mail", "show")["server"] == "127.0.0.1"
        asked = shop("send", str(tmp_path / "board.pdf"), "--to", "chen@supplier.example", words=(PASSWORD,))
        assert asked.status == 0 and not ring.kept and len(desk.taken) == 3
        shop.good("mail", "forget")
        none = shop("send", str(tmp_path / "board.pdf"), "--to", "chen@supplier.example")
        assert none.error["code"] == "mail_none"
    finally:
        controller.stop()


def test_mail_never_goes_unencrypted_and_what_is_no_paper_not_at_all(shop: Shop, tmp_path: Path) -> None:
    plain = shop("mail", "use", "--server", "127.0.0.1", "--sender", "a@b.example", "--security", "none")
    assert plain.status == 2 and plain.error["code"] == "unknown_kind"
    odd = tmp_path / "notes.txt"
    odd.write_text("not a paper")
    assert shop("send", str(odd), "--to", "a@b.example").status == 2
