# SPDX-License-Identifier: Apache-2.0
"""The code on a certificate has one spelling, fits its square, and refuses what does not fit its places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.certificates import CertificateCode, base45, printed_code

CODE = CertificateCode(
    vault="ab" * 16,
    number=123,
    verdict="released",
    quantity=1800,
    on=date(2026, 11, 22),
    record="cd" * 32,
    event="ef" * 32,
    key="01" * 16,
    batch="DA-0418",
    product="PH-204",
    revision="C",
)


def test_every_field_has_its_place() -> None:
    body = CODE.body()
    assert body[:2] == b"\x01\x01" and body[2:18] == b"\xab" * 16
    assert int.from_bytes(body[18:22], "big") == 123 and int.from_bytes(body[22:26], "big") == 1800
    assert int.from_bytes(body[26:28], "big") == (date(2026, 11, 22) - date(2000, 1, 1)).days
    assert body[28:60] == b"\xcd" * 32 and body[60:92] == b"\xef" * 32 and body[92:108] == b"\x01" * 16
    assert body[108:] == b"\x07DA-0418\x06PH-204\x01C"


def test_a_plain_certificate_takes_about_200_bytes() -> None:
    assert 150 <= len(CODE.body()) + 64 <= 200
    assert len(printed_code(CODE.body(), bytes(64))) <= 311, (
        "a code of version 10, level M, whose squares are 0.5 mm"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2**32},
        {"number": -1},
        {"quantity": 2**32},
        {"on": date(1999, 12, 31)},
        {"on": date(2180, 1, 1)},
        {"record": "cd"},
        {"vault": "zz" * 16},
        {"verdict": "accepted"},
        {"batch": "x" * 256},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"fit|another length|not in tuple|hexadecimal"):
        replace(CODE, **change).body()  # type: ignore[arg-type]


def test_a_signature_is_64_bytes() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        printed_code(CODE.body(), bytes(63))


@pytest.mark.parametrize(
    ("content", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")]
)
def test_base45_is_that_of_rfc_9285(content: bytes, text: str) -> None:
    assert base45(content) == text


@given(st.binary(max_size=300))
def test_base45_packs_two_bytes_in_three_characters(content: bytes) -> None:
    assert len(base45(content)) == len(content) // 2 * 3 + len(content) % 2 * 2
