# SPDX-License-Identifier: Apache-2.0
"""The port ``CompanySigner``: a certificate with its key in a PKCS#12 file, signatures as PAdES asks (level B-B).

The library that signs is loaded late, and is an extra of the installation: without it nothing is signed, and what others
signed is said to be unread. The certificate's own worth is not judged: which issuers a reader trusts no file can say.

Source: ETSI EN 319 142-1, 6.3; RFC 7292 (PKCS#12); RFC 5652 (CMS).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from qcdesk import config
from qcdesk.checker import company_seals
from qcdesk.checker.sealing import CannotSeal
from qcdesk.domain.inputs import BadInput
from qcdesk.services.company_signatures import CompanyCertificate, CompanyChoice, CompanySigned, Found
from qcdesk.services.keyrings import Keyring
from qcdesk.services.ports import Clock
from qcdesk.services.trouble import Trouble

LONGEST_FILE: Final = 1_000_000
LEAST_BITS: Final = 2048
_CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_NAMES: Final = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.LOCALITY_NAME, NameOID.COUNTRY_NAME)
_LONGEST_NAME: Final = 200
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AROUND: Final = 4_096
"""Bytes of a signature beside its certificates."""


@dataclass(frozen=True)
class _Opened:
    """A certificate with its key, as its file holds both, and those that stand for it."""

    content: bytes
    password: bytes
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]


class StationCompany:
    """Signs with the certificate that this station's settings name. See the port ``CompanySigner``."""

    def __init__(self, clock: Clock, keyring: Keyring, settings: Callable[[], config.Settings]) -> None:
        """Take the clock, the keyring, and what reads the settings of this station."""
        self._clock, self._keyring, self._settings = clock, keyring, settings

    def choice(self) -> CompanyChoice:
        """See the port."""
        kept = self._settings()
        return CompanyChoice(kept.company_file, kept.company_signs and bool(kept.company_file))

    def enter(self, file: str, password: str) -> CompanyCertificate:
        """See the port."""
        seen = self.look(file, password)
        self._keyring.put(_secret_of(file), password)
        return seen

    def forget(self, file: str) -> None:
        """See the port."""
        if file:
            self._keyring.drop(_secret_of(file))

    def look(self, file: str = "", password: str | None = None) -> CompanyCertificate:
        """See the port."""
        return _told(self._open(file, password).certificate)

    def sign(self, pdf: bytes, password: str | None = None) -> bytes:
        """See the port."""
        if company_seals.parted(pdf) is not None:
            return pdf
        opened = self._open("", password)
        at = _moment(self._clock.now())
        size = sum(len(one.public_bytes(Encoding.DER)) for one in (opened.certificate, *opened.others))
        try:
            waiting = company_seals.begun(pdf, at.strftime("%Y%m%d%H%M%S"), size + _AROUND)
            return waiting.signed(_signature(opened, waiting.digest))
        except CannotSeal as odd:
            raise BadInput("company_pdf") from odd

    def asks(self) -> bool:
        """See the port."""
        if not self.choice().always:
            return False
        try:
            self._open("", None)
        except BadInput as bad:
            return bad.code == "company_password_needed"
        return False

    def leaving(self, pdf: bytes, password: str | None = None) -> bytes:
        """See the port."""
        return self.sign(pdf, password) if self.choice().always else pdf

    def read(self, content: bytes) -> CompanySigned | None:
        """See the port."""
        return read(content)

    def _open(self, file: str, password: str | None) -> _Opened:
        file = file or self._settings().company_file
        if not file:
            raise BadInput("company_none")
        if password is None:
            password = self._keyring.get(_secret_of(file))
        return _opened(Path(file), password, self._clock.now())


def _secret_of(file: str) -> str:
    """Return the name of the password of a certificate's file in the keyring."""
    return f"certificate {file}"


def _opened(file: Path, password: str | None, now: int) -> _Opened:
    try:
        with file.open("rb") as source:
            content = source.read(LONGEST_FILE + 1)
    except OSError as failed:
        raise Trouble("file_unreadable", file=str(file), reason=failed.strerror or "") from failed
    where: dict[str, object] = {"field": "company_file"}
    if len(content) > LONGEST_FILE or not _is_pkcs12(content):
        raise BadInput("company_file", facts={"file": file.name}, where=where)
    try:
        opening = (password or "").encode()
        key, certificate, others = pkcs12.load_key_and_certificates(content, opening)
    except UnsupportedAlgorithm as odd:
        raise BadInput("company_file", facts={"file": file.name}, where=where) from odd
    except ValueError as wrong:
        code = "company_password_needed" if password is None else "company_password"
        raise BadInput(code, facts={"file": file.name}, where={"field": "company_password"}) from wrong
    if key is None or certificate is None:
        raise BadInput("company_no_key", facts={"file": file.name}, where=where)
    if isinstance(key, rsa.RSAPrivateKey):
        good = key.key_size >= LEAST_BITS
    else:
        good = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, _CURVES)
    if not good:
        raise BadInput("company_key_kind", facts={"file": file.name}, where=where)
    if not _may_sign(certificate):
        raise BadInput("company_usage", facts={"file": file.name}, where=where)
    at = _moment(now)
    if at > certificate.not_valid_after_utc:
        raise BadInput("company_expired", facts={"day": certificate.not_valid_after_utc.date()}, where=where)
    if at < certificate.not_valid_before_utc:
        raise BadInput("company_early", facts={"day": certificate.not_valid_before_utc.date()}, where=where)
    return _Opened(content, opening, certificate, tuple(others))


def _is_pkcs12(content: bytes) -> bool:
    """Tell whether a file is of that form: a sequence that begins with version 3."""
    return content[:1] == b"\x30" and b"\x02\x01\x03" in content[2:10]


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _signature(opened: _Opened, digest: bytes) -> bytes:
    """Return a signature over what has this SHA-256, as DER. Raises: Trouble ``company_library``."""
    try:
        from pyhanko.sign.signers.pdf_cms import SimpleSigner
    except ImportError as missing:
        raise Trouble("company_library") from missing
    signer = SimpleSigner.load_pkcs12_data(opened.content, [], opened.password)
    made = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True))
    return bytes(made.dump())


def read(content: bytes) -> CompanySigned | None:
    """Return what a company's signature on a file says; None: there is none in the form that this program writes."""
    parts = company_seals.parted(content)
    if parts is None:
        return None
    try:
        at = datetime.strptime(parts.at, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return CompanySigned("changed", 0)
    said = (at - _EPOCH) // timedelta(microseconds=1)
    if not parts.whole:
        return CompanySigned("changed", said)
    found, certificate = _read(parts.signature, parts.digest)
    return CompanySigned(found, said, certificate)


def _read(signature: bytes, digest: bytes) -> tuple[Found, CompanyCertificate | None]:
    try:
        from asn1crypto import cms
        from pyhanko.sign.general import CMSExtractionError
        from pyhanko.sign.validation.errors import SignatureValidationError
        from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity
    except ImportError:
        return "unread", None
    try:
        info = cms.ContentInfo.load(signature, strict=True)
        if info["content_type"].native != "signed_data":
            return "changed", None
        data = info["content"]
        (signer,) = data["signer_infos"]
        whose = extract_certs_for_validation(data).signer_cert
        certificate = _told(x509.load_der_x509_certificate(whose.dump()))
        if not signer["signed_attrs"] or _written(signer, data["certificates"], whose) != signature:
            return "changed", certificate
        intact, valid = validate_sig_integrity(signer, whose, "data", digest)
    except (CMSExtractionError, SignatureValidationError, UnsupportedAlgorithm, *_ODD):
        return "changed", None
    return ("intact" if intact and valid else "changed"), certificate


def _written(signer: Any, certificates: Any, whose: Any) -> bytes:  # noqa: ANN401 - of a library without types
    """Return the whole signature as it is written of what of it is signed or checked: its frame is nobody's word."""
    from asn1crypto import cms

    digest = signer["digest_algorithm"]
    if digest.dump() not in _SHA256:
        return b""
    named = {"issuer": whose.issuer, "serial_number": whose.serial_number}
    again = {name: signer[name] for name in ("signed_attrs", "signature_algorithm", "signature")}
    sid = cms.SignerIdentifier({"issuer_and_serial_number": named})
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "signer_infos": [{"version": "v1", "sid": sid, "digest_algorithm": digest, **again}],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()


_SHA256: Final = tuple(map(bytes.fromhex, ("300d06096086480165030402010500", "300b0609608648016503040201")))
"""SHA-256 named as an algorithm, with and without its empty parameters: both are right (RFC 5754)."""
_ODD: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError)
"""What readers of a form raise for what is not of it."""


def _told(certificate: x509.Certificate) -> CompanyCertificate:
    """Return what a certificate says."""
    return CompanyCertificate(
        _name(certificate.subject),
        _name(certificate.issuer),
        _microseconds(certificate.not_valid_before_utc),
        _microseconds(certificate.not_valid_after_utc),
        certificate.subject == certificate.issuer,
    )


def _name(name: x509.Name) -> str:
    """Return a name in one line; whatever cannot be shown is left out."""
    parts = [str(one.value) for kind in _NAMES for one in name.get_attributes_for_oid(kind)]
    text = ", ".join(dict.fromkeys(parts)) or name.rfc4514_string()
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return shown[:_LONGEST_NAME] or "–"


def _moment(at: int) -> datetime:
    return _EPOCH + timedelta(microseconds=at)


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
