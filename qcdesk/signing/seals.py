# SPDX-License-Identifier: Apache-2.0
"""A person's seed at rest: ChaCha20-Poly1305 under Argon2id of the person's secret, bound to whose it is.

A badge's seal is the same under HKDF(the badge's bits, Argon2id(PIN)): the stolen file alone cannot be guessed at.

The owner (vault, person, key) and the parameters are authenticated with the seed, so that a seal moved to
another row, or read with cheaper parameters, does not open.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from qcdesk.domain.canonical import NotCanonical, decode, encode
from qcdesk.domain.codec import BadData, from_data, to_data
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import WrongSecret
from qcdesk.services.trouble import Trouble
from qcdesk.signing.badges import badge_id, badge_key
from qcdesk.signing.keys import SEED_BYTES, KeyPair, key_id
from qcdesk.signing.secrets_rules import prepared

SALT_BYTES = 16
NONCE_BYTES = 12
TARGET_SECONDS = 0.4
_STEP_KIB = 16 * 1024
_TAG_BYTES = 16


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB, passes, lanes (Argon2id, version 0x13)."""

    memory_kib: int
    t: int
    p: int

    def within(self, floor: Cost) -> bool:
        """Tell whether each parameter is at least the floor's and at most the cap's."""
        mine, least, most = (self.memory_kib, self.t, self.p), astuple(floor), astuple(CAP)
        return all(low <= value <= high for low, value, high in zip(least, mine, most, strict=True))


def astuple(cost: Cost) -> tuple[int, int, int]:
    """Return memory in KiB, passes and lanes."""
    return cost.memory_kib, cost.t, cost.p


FLOOR = Cost(memory_kib=64 * 1024, t=3, p=1)  # RFC 9106 §4, second recommendation, with one lane
CAP = Cost(memory_kib=256 * 1024, t=12, p=4)  # a forged row must not eat the workstation's memory or hour


@dataclass(frozen=True)
class Owner:
    """Whose key a seal holds, as the log says: taken from the row it is read from, never from the seal."""

    vault: str
    person: str
    public_key: bytes


@dataclass(frozen=True)
class Seal:
    """A sealed seed: Argon2id parameters, 16 bytes of salt, 12 of nonce, 48 of seed and tag."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes
    v: int = 1

    def to_text(self) -> str:
        """Return the seal as one line of canonical JSON."""
        return encode(to_data(self)).decode()

    @staticmethod
    def from_text(text: str) -> Seal:
        """Return the seal that the text spells. Raises: BadInput: ``seal``: it spells none."""
        try:
            seal = from_data(Seal, decode(text.encode("utf-8", "surrogatepass")))
        except (NotCanonical, BadData):
            raise BadInput("seal") from None
        lengths = (len(seal.salt), len(seal.nonce), len(seal.sealed))
        if seal.v != 1 or lengths != (SALT_BYTES, NONCE_BYTES, SEED_BYTES + _TAG_BYTES):
            raise BadInput("seal")
        return seal


def seal_key(
    pair: KeyPair,
    secret: str,
    *,
    vault: str,
    person: str,
    cost: Cost,
    floor: Cost = FLOOR,
    badge: bytes | None = None,
) -> Seal:
    """Return the pair's seed sealed under a secret; as slow as the cost says, so never in a transaction.

    Args: badge: the 16 bytes of a badge's code; the secret is its PIN then.
    Raises: BadInput: ``seal_cost``: below the floor or above the cap; Trouble: ``memory``: not enough of it.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    stretched = _under(badge, _stretch(secret, salt, cost, floor))
    bound = _bound_to(Owner(vault, person, pair.public_key), cost, salt, badge)
    return Seal(cost, salt, nonce, ChaCha20Poly1305(stretched).encrypt(nonce, pair.seed(), bound))


def open_seal(
    seal: Seal, secret: str, owner: Owner, *, login: str, floor: Cost = FLOOR, badge: bytes | None = None
) -> KeyPair:
    """Return the key of its owner; close it when done. As slow as ``seal_key``.

    Args: badge: as ``seal_key``.
    Raises: WrongSecret: the secret does not open it, or the seal is another row's or was touched (the two
        cannot be told apart); BadInput: ``seal_cost``: parameters below the floor or above the cap;
        ``seal_key``: it opens, but not to the enrolled public key; Trouble: ``memory``.
    """
    stretched = _under(badge, _stretch(secret, seal.salt, seal.cost, floor))
    try:
        seed = ChaCha20Poly1305(stretched).decrypt(
            seal.nonce, seal.sealed, _bound_to(owner, seal.cost, seal.salt, badge)
        )
    except (InvalidTag, ValueError):  # ValueError: a nonce or a text of a length that cannot be
        seed = b""
    if not seed:
        raise WrongSecret(login)
    if len(seed) != SEED_BYTES:
        raise BadInput("seal_key")
    pair = KeyPair(seed)
    if pair.public_key != owner.public_key:
        pair.close()
        raise BadInput("seal_key")
    return pair


def choose_cost(timed: Callable[[Cost], float] | None = None, *, target: float = TARGET_SECONDS) -> Cost:
    """Return the cost at which one opening takes about ``target`` seconds here; floor and cap hold first.

    Memory is raised first, as guessing hardware pays for it most; passes only when memory is at its cap.

    Args: timed: seconds that a cost takes, measured when not given.
    """
    timed = timed or _measured
    cost = FLOOR
    spent = max(timed(cost), 1e-6)
    if spent >= target:
        return cost
    memory = int(FLOOR.memory_kib * target / spent) // _STEP_KIB * _STEP_KIB
    cost = Cost(min(max(memory, FLOOR.memory_kib), CAP.memory_kib), FLOOR.t, FLOOR.p)
    if cost.memory_kib < CAP.memory_kib:
        return cost
    spent = max(timed(cost), 1e-6)
    passes = max(FLOOR.t, int(FLOOR.t * target / spent))
    return Cost(CAP.memory_kib, min(passes, CAP.t), FLOOR.p)


def _measured(cost: Cost) -> float:
    """Return how many seconds one stretching takes here, the better of two."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        _stretch("how long does it take here", bytes(SALT_BYTES), cost, FLOOR)
        best = min(best, time.perf_counter() - start)
    return best


def _stretch(secret: str, salt: bytes, cost: Cost, floor: Cost) -> bytes:
    """Return 32 bytes that cannot be had for less than the cost."""
    if not cost.within(floor):
        raise BadInput("seal_cost", facts={"memory_kib": cost.memory_kib, "passes": cost.t, "lanes": cost.p})
    try:
        return hash_secret_raw(
            prepared(secret), salt, cost.t, cost.memory_kib, cost.p, SEED_BYTES, Type.ID, ARGON2_VERSION
        )
    except (HashingError, MemoryError):
        needed_mib = cost.memory_kib // 1024
    raise Trouble("memory", needed_mib=needed_mib)


def _under(badge: bytes | None, stretched: bytes) -> bytes:
    return stretched if badge is None else badge_key(badge, stretched)


def _bound_to(owner: Owner, cost: Cost, salt: bytes, badge: bytes | None) -> bytes:
    """Return what is authenticated beside the seed: whose it is, how it was stretched, and which badge it takes."""
    return encode(
        {
            **({} if badge is None else {"badge": badge_id(badge)}),
            "vault": owner.vault,
            "person": owner.person,
            "key": key_id(owner.public_key),
            "public_key": owner.public_key.hex(),
            "kdf": {
                "name": "argon2id",
                "version": ARGON2_VERSION,
                "memory_kib": cost.memory_kib,
                "t": cost.t,
                "p": cost.p,
                "salt": salt.hex(),
            },
        }
    )
