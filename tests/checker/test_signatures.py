# SPDX-License-Identifier: Apache-2.0
"""Signatures one by one and on other cores: the same answers with `cryptography` and without."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.checker import signatures
from qcdesk.checker.lines import framed
from qcdesk.checker.signatures import Here, Job, OtherCores, verifier_for, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))).public_key().public_bytes_raw()
SIG = KEY.sign(framed("event", b"{}"))


@pytest.mark.parametrize("fast", [True, False])
def test_a_signature_of_one_kind_is_none_of_another(monkeypatch: pytest.MonkeyPatch, fast: bool) -> None:
    monkeypatch.setattr(signatures, "FAST", fast)
    assert verify(PUBLIC, "event", b"{}", SIG)
    for kind in ("cosign", "head", "certificate"):
        assert not verify(PUBLIC, kind, b"{}", SIG)


def test_a_good_signature_that_is_remembered_makes_no_other_one_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "KEPT", 2)
    monkeypatch.setattr(signatures, "_GOOD", set())
    others = [KEY.sign(framed("event", b'{"n":%d}' % n)) for n in range(5)]
    for _ in range(2):
        assert verify(PUBLIC, "event", b"{}", SIG)
        assert verify(PUBLIC, "event", b"{}", SIG)
        for bit in range(8 * len(SIG)):
            forged = bytearray(SIG)
            forged[bit // 8] ^= 1 << bit % 8
            assert not verify(PUBLIC, "event", b"{}", bytes(forged))
        assert not verify(OTHER, "event", b"{}", SIG)
        for n, other in enumerate(others):  # more of them than are remembered
            assert verify(PUBLIC, "event", b'{"n":%d}' % n, other)
            assert not verify(PUBLIC, "event", b"{}", other)


@pytest.mark.parametrize("fast", [True, False])
def test_a_key_of_small_order_signs_nothing(monkeypatch: pytest.MonkeyPatch, fast: bool) -> None:
    monkeypatch.setattr(signatures, "FAST", fast)
    neutral = b"\x01" + bytes(31)
    assert not verify(neutral, "event", b"{}", neutral + bytes(32))


@pytest.mark.parametrize(
    ("public", "sig"), [(b"", SIG), (PUBLIC[:31], SIG), (PUBLIC, SIG[:63]), (b"\xff" * 32, SIG)]
)
def test_what_is_no_key_or_no_signature_is_not_good_and_nothing_raises(public: bytes, sig: bytes) -> None:
    assert not verify(public, "event", b"{}", sig)


def test_every_bad_one_is_named_wherever_it_is_verified() -> None:
    pages = [
        [Job(seq, PUBLIC, "event", b"{}", SIG if seq % 7 else bytes(64)) for seq in range(start, start + 20)]
        for start in (1, 21, 41)
    ]
    for verifier in (Here(), OtherCores(1)):
        for page in pages:
            verifier.take(page)
        assert verifier.finish() == {seq for seq in range(1, 61) if seq % 7 == 0}
        verifier.close()


def test_a_short_log_starts_no_process() -> None:
    assert isinstance(verifier_for(100), Here)


def test_where_no_other_process_can_live_this_one_verifies() -> None:
    pages = [[Job(seq, PUBLIC, "event", b"{}", SIG if seq % 3 else bytes(64))] for seq in range(1, 31)]
    verifier = OtherCores(1)
    verifier.take(pages[0])
    verifier.finish()
    for process in verifier._pool._processes.values():  # as when the system runs out of memory
        process.kill()
        process.join()
    for page in pages[1:]:
        verifier.take(page)
    assert verifier.finish() == {seq for seq in range(1, 31) if seq % 3 == 0}
    verifier.close()
