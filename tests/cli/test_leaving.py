# SPDX-License-Identifier: Apache-2.0
"""What leaves the house: a company's signature on papers, by the command line."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.errors import NoKeyringError, PasswordDeleteError

from qcdesk.checker import command as checker
from qcdesk.checker import company_seals, papers
from qcdesk.cli.doors import Doors
from qcdesk.signing import companies
from tests.cli.console import Console, Ran, nowhere
from tests.cli.shops import Shop, off_paper
from tests.company_files import NAME, PASSWORD, company_file


class Kept:
    """The keyring of a system, in memory; ``broken``: one that keeps nothing."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise NoKeyringError
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Kept:
    made = Kept()
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(made, name))
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(tmp_path_factory.mktemp("leaving")).ready()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "company.p12"
    path.write_bytes(company_file())
    return str(path)


def verified(file: Path, *, text: bool = False) -> Ran:
    told = Console(Doors(open_workspace=nowhere, read_paper=off_paper, read_company=companies.read))
    return told("verify", str(file), *([] if text else ["--json"]))


def test_a_report_is_signed_for_the_company_and_still_proves_itself(
    shop: Shop, ring: Kept, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "board.pdf"
    told = shop.good("signature", "use", file, words=(PASSWORD,))
    assert NAME in told["certificate"]["subject"] and not told["always"]
    assert list(ring.kept.values()) == [PASSWORD]
    made = shop.good("report", "scoreboard", "-o", str(paper), "--pades")
    assert made["sealed"] and company_seals.parted(paper.read_bytes()) is not None
    ran = verified(paper)
    assert ran.status == 0 and ran.data["ok"] and ran.data["company"]["intact"] is True
    said = verified(paper, text=True).out
    for sentence in (NAME, "stands until", "no file can tell", "Nothing in this file was changed"):
        assert sentence in said
    assert checker.main([str(paper)]) == 0 and "A company signed" in capsys.readouterr().out
    plain = tmp_path / "plain.pdf"
    shop.good("report", "scoreboard", "-o", str(plain))
    assert company_seals.parted(plain.read_bytes()) is None


def test_a_signed_paper_that_was_changed_is_refused(
    shop: Shop, ring: Kept, file: str, tmp_path: Path
) -> None:
    shop.good("signature", "use", file, words=(PASSWORD,))
    paper = tmp_path / "board.pdf"
    shop.good("report", "scoreboard", "-o", str(paper), "--pades")
    content = paper.read_bytes()
    parts = company_seals.parted(content)
    assert parts is not None
    start = content.index(b"/Contents <", len(parts.content))
    wanted = {
        10: "paper_pages",
        len(parts.content) + 60: "paper_company",
        start + 300: "paper_company_signature",
        len(content) - 40: "paper_company",
    }
    for place, code in wanted.items():
        touched = bytearray(content)
        touched[place] ^= 1
        paper.write_bytes(touched)
        ran = verified(paper)
        assert ran.status == 1 and code in [one["code"] for one in ran.data["problems"]], place
    shortened = papers.check(content[: start + 400]).findings
    assert [one.code for one in shortened] == ["paper_changed"]
    assert papers.check(content + parts.content[-200:]).findings[0].code == "paper_company"


def test_every_paper_that_leaves_is_signed_where_that_is_set(
    shop: Shop, ring: Kept, file: str, tmp_path: Path
) -> None:
    shop.good("signature", "use", file, "--always", words=(PASSWORD,))
    for name in ("board.pdf", "board.eml"):
        shop.good("report", "scoreboard", "-o", str(tmp_path / name))
    assert company_seals.parted((tmp_path / "board.pdf").read_bytes()) is not None
    shop.good("signature", "forget")
    assert not ring.kept and Path(file).exists()
    assert shop.good("signature", "show")["file"] is None
    refused = shop("report", "scoreboard", "-o", str(tmp_path / "no.pdf"), "--pades")
    assert refused.status == 2 and refused.error["code"] == "company_none"
    assert not (tmp_path / "no.pdf").exists()


def test_without_a_keyring_the_password_is_asked_for_each_time_and_never_kept(
    shop: Shop, ring: Kept, file: str, tmp_path: Path
) -> None:
    shop.good("signature", "use", file, words=(PASSWORD,))
    ring.kept.clear()
    paper = tmp_path / "board.pdf"
    wrong = shop("report", "scoreboard", "-o", str(paper), "--pades", words=("wrong",))
    assert wrong.status == 2 and wrong.error["code"] == "company_password" and not paper.exists()
    missing = shop("report", "scoreboard", "-o", str(paper), "--pades")
    assert missing.error["code"] == "company_password_needed"
    shop.good("report", "scoreboard", "-o", str(paper), "--pades", words=(PASSWORD,))
    assert company_seals.parted(paper.read_bytes()) is not None and not ring.kept
    assert NAME in shop.good("signature", "show", words=(PASSWORD,))["certificate"]["subject"]
    shop.good("signature", "use", file, "--always", words=(PASSWORD,))
    ring.kept.clear()
    paper.unlink()
    untyped = shop("report", "scoreboard", "-o", str(paper))
    assert untyped.error["code"] == "company_password_needed" and not paper.exists()
    shop.good("report", "scoreboard", "-o", str(paper), words=(PASSWORD,))
    assert company_seals.parted(paper.read_bytes()) is not None and not ring.kept
    ring.broken = True
    refused = shop("signature", "use", file, words=(PASSWORD,))
    assert refused.status == 4 and refused.error["code"] == "keyring"
    shop.good("signature", "forget")


def test_a_paper_that_was_written_before_is_signed_later(
    shop: Shop, ring: Kept, file: str, tmp_path: Path
) -> None:
    paper, later = tmp_path / "board.pdf", tmp_path / "later.pdf"
    shop.good("report", "scoreboard", "-o", str(paper))
    shop.good("signature", "use", file, words=(PASSWORD,))
    shop.good("signature", "add", str(paper), "-o", str(later))
    parts = company_seals.parted(later.read_bytes())
    assert parts is not None and parts.content == paper.read_bytes()
    shop.good("signature", "forget")
