# SPDX-License-Identifier: Apache-2.0
"""Is this signature good? Ed25519 over the bytes of a kind, nothing remembered between two questions."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from qcdesk.domain.log import KINDS, SIGNATURE_BYTES, Kind, signed_bytes

PUBLIC_KEY_BYTES = 32

# The points of small order, in each spelling that decoders take. A signature that fits every message can be
# made for them without any secret (Chalkias et al., "Taming the many EdDSAs", 2020), so nobody may enrol
# one.
_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    )
)


def verify(public_key: bytes, kind: Kind, body: bytes, sig: bytes) -> bool:
    """Tell whether ``sig`` (64 bytes) is this public key's (32 bytes) on a body of this kind.

    Never raises for anything that a damaged or forged row can hold: wrong lengths, no point of the curve,
    an unknown kind and keys of small order are simply no signature.
    """
    if len(sig) != SIGNATURE_BYTES or len(public_key) != PUBLIC_KEY_BYTES:
        return False
    if kind not in KINDS or public_key in _SMALL_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(sig, signed_bytes(kind, body))
    except (InvalidSignature, ValueError):
        return False
    return True
