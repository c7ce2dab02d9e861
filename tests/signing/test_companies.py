# SPDX-License-Identifier: Apache-2.0
"""A company signs a PDF that leaves: a second opinion takes it for good, and no other section is taken for one."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from qcdesk.checker import company_seals, sealing
from qcdesk.checker.sealing import CannotSeal
from qcdesk.config import Settings
from qcdesk.domain.inputs import BadInput
from qcdesk.reports.paper import SIZES, begin
from qcdesk.services.company_signatures import CompanySigned
from qcdesk.services.trouble import Trouble
from qcdesk.signing.companies import StationCompany, read
from tests.company_files import (
    DAYS,
    FROM,
    NAME,
    PASSWORD,
    Key,
    MemoryKeyring,
    bare_file,
    company_file,
    curve_key,
    rsa_key,
)
from tests.workspace import HandClock


def drawn() -> bytes:
    out = io.BytesIO()
    canvas = begin(out, SIZES["A4"], "Report")
    for _ in range(2):
        canvas.drawString(60, 700, "Accepted")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def paper() -> bytes:
    return sealing.sealed(drawn(), b"{}")


def station(file: Path, *, always: bool = False, keyring: MemoryKeyring | None = None) -> StationCompany:
    kept = Settings("bench", company_file=str(file), company_signs=always)
    return StationCompany(HandClock(), keyring or MemoryKeyring(), lambda: kept)


def made(folder: Path, content: bytes) -> Path:
    file = folder / "company.p12"
    file.write_bytes(content)
    return file


@pytest.fixture(scope="module")
def signed(paper: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return station(made(tmp_path_factory.mktemp("company"), company_file())).sign(paper, PASSWORD)


@pytest.mark.parametrize("key", [curve_key, rsa_key])
def test_another_program_finds_the_signature_good_and_over_the_whole_file(
    key: Callable[[], Key], paper: bytes, tmp_path: Path
) -> None:
    """As pyHanko reads the whole PDF and compares its sections, which is not how it was written here."""
    signed = station(made(tmp_path, company_file(key()))).sign(paper, PASSWORD)
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    status = validate_pdf_signature(
        found, ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
    )
    assert (status.intact, status.valid, status.trusted, status.bottom_line) == (True, True, True, True)
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    told = read(signed)
    assert told is not None and told.certificate is not None and told.found == "intact"
    assert NAME in told.certificate.subject and told.certificate.own_word
    assert told.certificate.until == int((FROM + timedelta(days=DAYS)).timestamp()) * 1_000_000
    assert abs(told.at - HandClock().now()) < 60_000_000


def test_what_was_there_before_stays_byte_for_byte(signed: bytes, paper: bytes) -> None:
    parts = company_seals.parted(signed)
    assert parts is not None and parts.whole and parts.content == paper and signed.startswith(paper)
    inner = sealing.unsealed(parts.content)
    assert inner is not None and inner.whole


def test_a_print_without_evidence_can_be_signed_and_a_signed_one_stays(tmp_path: Path) -> None:
    by = station(made(tmp_path, company_file()), always=True, keyring=MemoryKeyring())
    signed = by.sign(drawn(), PASSWORD)
    told = read(signed)
    assert told is not None and told.found == "intact" and by.sign(signed) == signed
    assert read(drawn()) is None


def test_no_byte_of_a_signed_file_can_be_changed(signed: bytes, paper: bytes) -> None:
    """Every byte of the section around the place of its signature."""
    start = signed.index(b"/Contents <", len(paper))
    places = [
        *range(len(paper) + 1, start),
        *range(start, len(signed) - 300, 200),
        *range(len(signed) - 300, len(signed)),
    ]
    for place in (0, len(paper) // 2, *places):
        touched = bytearray(signed)
        touched[place] ^= 1
        told = read(bytes(touched))
        assert told is None or told.found == "changed", place


def test_nothing_can_stand_behind_the_signature(signed: bytes, paper: bytes) -> None:
    for more in (b"\n", b"%", signed[len(paper) :]):
        told = read(signed + more)
        assert told is None or told.found == "changed"


def test_a_signature_of_another_paper_is_told(signed: bytes, paper: bytes, tmp_path: Path) -> None:
    other = sealing.sealed(drawn(), b'{"a":1}')
    by = company_seals.parted(signed)
    assert by is not None
    moved = company_seals.begun(other, by.at, 2 * len(by.signature)).signed(by.signature)
    told = read(moved)
    assert told is not None and told.found == "changed"


def refused(content: bytes, folder: Path, password: str | None = PASSWORD) -> str:
    with pytest.raises(BadInput) as caught:
        station(made(folder, content)).look("", password)
    return caught.value.code


def test_each_certificate_that_cannot_sign_is_refused_by_its_reason(tmp_path: Path) -> None:
    now = datetime.fromtimestamp(HandClock().now() / 1_000_000, UTC)
    assert refused(company_file(), tmp_path, "wrong") == "company_password"
    assert refused(company_file(), tmp_path, None) == "company_password_needed"
    assert refused(b"-----BEGIN CERTIFICATE-----", tmp_path) == "company_file"
    assert refused(bare_file(), tmp_path) == "company_no_key"
    assert refused(company_file(begins=now - timedelta(days=9), days=8), tmp_path) == "company_expired"
    assert refused(company_file(begins=now + timedelta(days=1)), tmp_path) == "company_early"
    assert refused(company_file(ed25519.Ed25519PrivateKey.generate()), tmp_path) == "company_key_kind"
    assert refused(company_file(ec.generate_private_key(ec.SECP256K1())), tmp_path) == "company_key_kind"
    assert refused(company_file(rsa.generate_private_key(65537, 1024)), tmp_path) == "company_key_kind"
    assert refused(company_file(signs=False), tmp_path) == "company_usage"
    with pytest.raises(Trouble, match="file_unreadable"):
        station(tmp_path / "gone.p12").look("", PASSWORD)


def test_a_station_without_a_certificate_signs_nothing_and_what_leaves_stays(paper: bytes) -> None:
    by = StationCompany(HandClock(), MemoryKeyring(), lambda: Settings("bench"))
    assert by.leaving(paper) == paper and not by.choice().file
    with pytest.raises(BadInput, match="company_none"):
        by.sign(paper)


def test_whatever_leaves_is_signed_with_the_password_of_the_keyring(paper: bytes, tmp_path: Path) -> None:
    keyring, file = MemoryKeyring(), made(tmp_path, company_file())
    by = station(file, always=True, keyring=keyring)
    with pytest.raises(BadInput, match="company_password_needed"):
        by.leaving(paper)
    with pytest.raises(BadInput, match="company_password"):
        by.enter(str(file), "wrong")
    assert not keyring.kept
    by.enter(str(file), PASSWORD)
    told = read(by.leaving(paper))
    assert told is not None and told.found == "intact"
    by.forget(str(file))
    assert not keyring.kept


def test_a_password_is_asked_for_only_where_whatever_leaves_is_signed_and_no_keyring_has_it(
    paper: bytes, tmp_path: Path
) -> None:
    file, keyring = made(tmp_path, company_file()), MemoryKeyring()
    asked = station(file, always=True, keyring=keyring)
    assert asked.asks() and not station(file).asks()
    with pytest.raises(BadInput, match="company_password_needed"):
        asked.leaving(paper)
    assert company_seals.parted(asked.leaving(paper, PASSWORD)) is not None
    asked.enter(str(file), PASSWORD)
    assert not asked.asks()


def test_only_what_the_program_draws_is_signed(paper: bytes, tmp_path: Path) -> None:
    by = station(made(tmp_path, company_file()))
    for odd in (b"", b"%PDF-1.7 nothing", drawn()[:-20], paper.replace(b"/Kids", b"/Sons")):
        with pytest.raises(BadInput, match="company_pdf"):
            by.sign(odd, PASSWORD)
    with pytest.raises(CannotSeal):
        company_seals.begun(paper, "20260101000000", company_seals.LONGEST + 1)


def test_a_signature_that_is_none_is_told_and_never_breaks_the_reader(signed: bytes, paper: bytes) -> None:
    good = company_seals.parted(signed)
    assert good is not None
    waiting = company_seals.begun(paper, good.at, len(good.signature) + 4_096)
    assert read(waiting.signed(b"0\x04abcd")) == CompanySigned("changed", told_at(signed))
    for odd in (b"0\x80" + bytes(9), good.signature[:2] + bytes(len(good.signature) - 2)):
        told = read(waiting.signed(odd))
        assert told is None or told.found == "changed"


def told_at(content: bytes) -> int:
    told = read(content)
    assert told is not None
    return told.at


def test_no_byte_of_the_signature_itself_can_be_changed(signed: bytes) -> None:
    """Neither what is signed in it nor its frame, which a signature does not cover."""
    good = company_seals.parted(signed)
    assert good is not None
    start = signed.index(b"/Contents <", len(good.content)) + len(b"/Contents <")
    for place in range(start, start + 2 * len(good.signature)):
        touched = bytearray(signed)
        touched[place] = ord("0") if touched[place] != ord("0") else ord("7")
        told = read(bytes(touched))
        assert told is None or told.found == "changed", place
