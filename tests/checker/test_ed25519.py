# SPDX-License-Identifier: Apache-2.0
"""Ed25519 in plain Python: the vectors of RFC 8032, and the same answers as OpenSSL for every key that is taken."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.checker.ed25519 import L, P, decode_key, verify

RFC_8032 = (  # section 7.1: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
)
SMALL_ORDER = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
)
OTHER_SPELLINGS = (  # y at or above p: the same points again
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def openssl(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_vectors_of_the_rfc(public: str, message: str, signature: str) -> None:
    good = (bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert verify(*good)
    assert not verify(good[0], good[1] + b"!", good[2])


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
@settings(max_examples=25, deadline=None)
def test_every_signature_that_openssl_makes_is_good(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert verify(key.public_key().public_bytes_raw(), message, key.sign(message))


@given(bit=st.integers(0, 64 * 8 - 1))
@settings(max_examples=120, deadline=None)
def test_any_flipped_bit_of_a_signature_is_refused_as_openssl_does(bit: int) -> None:
    signature = bytearray(KEY.sign(b"batch"))
    signature[bit // 8] ^= 1 << bit % 8
    assert verify(PUBLIC, b"batch", bytes(signature)) is openssl(PUBLIC, b"batch", bytes(signature)) is False


@given(bit=st.integers(0, 32 * 8 - 1))
@settings(max_examples=60, deadline=None)
def test_any_flipped_bit_of_a_key_is_refused_as_openssl_does(bit: int) -> None:
    public = bytearray(PUBLIC)
    public[bit // 8] ^= 1 << bit % 8
    signature = KEY.sign(b"batch")
    assert verify(bytes(public), b"batch", signature) is openssl(bytes(public), b"batch", signature) is False


@pytest.mark.parametrize("times", [1, 2, 7])
def test_a_signature_with_s_beyond_the_order_is_refused(times: int) -> None:
    signature = KEY.sign(b"batch")
    s = int.from_bytes(signature[32:], "little") + times * L
    malleable = signature[:32] + s.to_bytes(32, "little")
    assert not verify(PUBLIC, b"batch", malleable)
    assert not openssl(PUBLIC, b"batch", malleable)


@pytest.mark.parametrize("public", [*SMALL_ORDER, *OTHER_SPELLINGS])
def test_keys_of_small_order_and_other_spellings_are_no_keys(public: str) -> None:
    """Stricter than OpenSSL, which takes them: R and S of zero then fit messages that nobody signed."""
    key = bytes.fromhex(public)
    assert decode_key(key) is None
    for r in (SMALL_ORDER[0], SMALL_ORDER[2], SMALL_ORDER[3], public):
        assert not verify(key, b"anything", bytes.fromhex(r) + bytes(32))


def test_the_neutral_point_as_key_would_sign_everything_in_openssl() -> None:
    """Why the rule above is needed: OpenSSL accepts this one for every message."""
    neutral = bytes.fromhex(SMALL_ORDER[0])
    assert openssl(neutral, b"anything", neutral + bytes(32))
    assert not verify(neutral, b"anything", neutral + bytes(32))


def test_r_of_small_order_or_in_another_spelling_is_judged_as_openssl_does() -> None:
    for r in (*SMALL_ORDER, *OTHER_SPELLINGS):
        for s in (0, 1, L - 1):
            signature = bytes.fromhex(r) + s.to_bytes(32, "little")
            assert verify(PUBLIC, b"batch", signature) is openssl(PUBLIC, b"batch", signature) is False


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65, 128])
def test_other_lengths_are_no_signature_and_no_key(length: int) -> None:
    assert not verify(PUBLIC, b"batch", bytes(length))
    assert decode_key(bytes(length)) is None


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=60, deadline=None)
def test_bytes_that_are_no_point_are_no_key_for_openssl_either(public: bytes) -> None:
    if decode_key(public) is None and int.from_bytes(public, "little") % 2**255 < P:
        assert not openssl(public, b"", KEY.sign(b""))
