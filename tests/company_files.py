# SPDX-License-Identifier: Apache-2.0
"""Certificates of a company, made when a test runs, and a keyring that forgets them with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

NAME = "Đông Packaging"
PASSWORD = "giấy chứng nhận"
FROM, DAYS = datetime(2025, 1, 1, tzinfo=UTC), 3_650
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey


class MemoryKeyring:
    """See the port ``Keyring``."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


@cache
def curve_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate(
    key: Key, *, name: str = NAME, begins: datetime = FROM, days: int = DAYS, signs: bool = True
) -> x509.Certificate:
    """Return a certificate that nobody else stands for."""
    who = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        ]
    )
    usage = x509.KeyUsage(signs, False, not signs, False, False, False, False, False, False)
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(begins).not_valid_after(begins + timedelta(days=days))
    by = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return made.add_extension(usage, critical=True).sign(key, by)


def company_file(
    key: Key | None = None,
    *,
    password: str = PASSWORD,
    begins: datetime = FROM,
    days: int = DAYS,
    signs: bool = True,
) -> bytes:
    """Return a PKCS#12 file with a certificate and its key."""
    key = key or curve_key()
    made = certificate(key, begins=begins, days=days, signs=signs)
    return pkcs12.serialize_key_and_certificates(
        b"company", key, made, None, BestAvailableEncryption(password.encode())
    )


def bare_file() -> bytes:
    """Return a PKCS#12 file without a key."""
    made = certificate(curve_key())
    return pkcs12.serialize_key_and_certificates(
        b"company", None, made, None, BestAvailableEncryption(PASSWORD.encode())
    )
