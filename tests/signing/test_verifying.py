# SPDX-License-Identifier: Apache-2.0
"""Verifying: a signature holds for its bytes, its kind and its key, and for nothing else."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from qcdesk.domain.canonical import decode_object, encode
from qcdesk.domain.log import KINDS, Kind
from qcdesk.signing.keys import KeyPair
from qcdesk.signing.verifying import verify

PAIR = KeyPair(bytes(range(32)))
BODY = encode({"batch": "B-1", "note": "Đạt 合格", "seq": 7, "vault": "a" * 32, "verdict": "accepted"})
SIG = PAIR.sign("event", BODY)


def test_good_signature_holds() -> None:
    assert verify(PAIR.public_key, "event", BODY, SIG)


def test_flip_of_any_bit_of_any_byte_of_the_body_breaks_it() -> None:
    for place in range(len(BODY)):
        for bit in range(8):
            forged = bytearray(BODY)
            forged[place] ^= 1 << bit
            assert not verify(PAIR.public_key, "event", bytes(forged), SIG)


def test_flip_of_any_bit_of_the_signature_or_the_key_breaks_it() -> None:
    for place in range(64 * 8):
        forged = bytearray(SIG)
        forged[place // 8] ^= 1 << place % 8
        assert not verify(PAIR.public_key, "event", BODY, bytes(forged))
    for place in range(32 * 8):
        other = bytearray(PAIR.public_key)
        other[place // 8] ^= 1 << place % 8
        assert not verify(bytes(other), "event", BODY, SIG)


@pytest.mark.parametrize("made", KINDS)
@pytest.mark.parametrize("asked", KINDS)
def test_signature_of_one_kind_is_never_one_of_another(made: Kind, asked: Kind) -> None:
    assert verify(PAIR.public_key, asked, BODY, PAIR.sign(made, BODY)) == (made == asked)


@pytest.mark.parametrize(
    ("field", "value"), [("vault", "b" * 32), ("batch", "B-2"), ("seq", 8), ("verdict", "rejected")]
)
def test_signature_cannot_be_replayed_on_other_facts(field: str, value: object) -> None:
    assert not verify(PAIR.public_key, "event", encode({**decode_object(BODY), field: value}), SIG)


@pytest.mark.parametrize(
    "other",
    [
        BODY + b" ",
        BODY[:-1],
        b"",
        BODY.replace(b'"seq":7', b'"seq": 7'),
        BODY.replace(b'"seq":7', b'"seq":7,"seq":7'),
        BODY.replace(b'"batch"', b'"\\u0062atch"'),
        BODY.replace("Đạt".encode(), "Đa\u0323t".encode()),
        b'{"vault":"' + b"a" * 32 + b'",' + BODY[1:].replace(b',"vault":"' + b"a" * 32 + b'"', b""),
    ],
)
def test_same_facts_spelled_otherwise_are_not_what_was_signed(other: bytes) -> None:
    assert other != BODY
    assert not verify(PAIR.public_key, "event", other, SIG)


def test_other_persons_key_does_not_verify() -> None:
    assert not verify(KeyPair.generate().public_key, "event", BODY, SIG)


@pytest.mark.parametrize("sig", [b"", SIG[:-1], SIG + b"\0", bytes(64), b"\xff" * 64])
def test_signature_of_another_length_or_of_nothing_is_none(sig: bytes) -> None:
    assert not verify(PAIR.public_key, "event", BODY, sig)


@pytest.mark.parametrize(
    "key", [b"", PAIR.public_key[:-1], PAIR.public_key + b"\0", b"\x02" + bytes(31), b"\xff" * 32]
)
def test_key_that_is_none_verifies_nothing(key: bytes) -> None:
    assert not verify(key, "event", BODY, SIG)


def test_unknown_kind_verifies_nothing() -> None:
    assert not verify(PAIR.public_key, "letter", BODY, SIG)  # type: ignore[arg-type]


def test_signature_made_twice_as_large_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(SIG[32:], "little") + order
    assert not verify(PAIR.public_key, "event", BODY, SIG[:32] + s.to_bytes(32, "little"))


def test_key_of_small_order_that_signs_everything_verifies_nothing() -> None:
    neutral = b"\x01" + bytes(31)
    for_everything = neutral + bytes(32)
    Ed25519PublicKey.from_public_bytes(neutral).verify(for_everything, b"anything")  # the attack is real
    assert not verify(neutral, "event", BODY, for_everything)
