# SPDX-License-Identifier: Apache-2.0
"""Ed25519 keys: made from random bits, held in one object with a short life, named by their public half."""

from __future__ import annotations

import secrets
from hashlib import sha256
from types import TracebackType
from typing import NoReturn, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.domain import signed_here
from qcdesk.domain.log import Kind, signed_bytes

SEED_BYTES = 32


def key_id(public_key: bytes) -> str:
    """Return the name of a key: the first 16 bytes of its public key's SHA-256, as 32 hex digits."""
    return sha256(public_key).hexdigest()[:32]


class KeyPair:
    """A private key while it is needed. ``close`` (or leaving ``with``) lets go of it.

    The seed lies in the library's own memory only, which the library wipes when it is freed; Python cannot
    promise that for copies of its own. Neither ``repr`` nor pickling shows it.
    """

    __slots__ = ("_private", "key", "public_key")

    def __init__(self, seed: bytes) -> None:
        """Take a seed of 32 bytes. Raises: ValueError: another length."""
        if len(seed) != SEED_BYTES:
            raise ValueError("a seed has 32 bytes")
        self._private: Ed25519PrivateKey | None = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._private.public_key().public_bytes_raw()
        self.key = key_id(self.public_key)

    @classmethod
    def generate(cls) -> KeyPair:
        """Return a new key from the operating system's random bits."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @property
    def closed(self) -> bool:
        """Whether the key was let go of."""
        return self._private is None

    def sign(self, kind: Kind, body: bytes) -> bytes:
        """Return 64 bytes of signature over a body of this kind. Raises: ValueError: the key is closed."""
        sig = self._open().sign(signed_bytes(kind, body))
        signed_here.note(self.public_key, sig)
        return sig

    def seed(self) -> bytes:
        """Return the 32 secret bytes, to be sealed at once. Raises: ValueError: the key is closed."""
        return self._open().private_bytes_raw()

    def close(self) -> None:
        """Let go of the key; what signed before stays signed."""
        self._private = None

    def __enter__(self) -> Self:
        """Hand itself over."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the key."""
        self.close()

    def __repr__(self) -> str:
        """Show the public name only."""
        return f"KeyPair({self.key}, {'closed' if self.closed else 'open'})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or written down."""
        raise TypeError("a private key is neither copied nor pickled")

    def _open(self) -> Ed25519PrivateKey:
        if self._private is None:
            raise ValueError("the key is closed")
        return self._private
