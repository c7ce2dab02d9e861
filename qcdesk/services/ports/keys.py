# SPDX-License-Identifier: Apache-2.0
"""Keys that sign for people, how they are sealed, and what makes and opens them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from qcdesk.domain.events import Strength
from qcdesk.domain.log import RECOVERY


class Hand(Protocol):
    """A key that can sign for a person: the person's own (acts) or the session's (entries)."""

    @property
    def person(self) -> str:
        """Whose it is."""

    @property
    def key(self) -> str:
        """The key's id."""

    @property
    def session(self) -> str | None:
        """The session in which it signs; None outside any."""

    @property
    def strength(self) -> Strength:
        """``act``: the person's own key; ``entry``: the session's."""

    def sign(self, kind: str, body: bytes) -> bytes:
        """Sign a body of a kind (trust.md §4); 64 bytes."""


@dataclass(frozen=True)
class SealedKey:
    """A person's seed under the person's secret, as it lies in the database (trust.md §5.2)."""

    key: str
    person: str
    public_key: bytes
    sealed: str


@dataclass(frozen=True)
class SealedBadge:
    """A person's seed under a badge and its PIN. ``id`` is derived from the badge's code and finds it, no more."""

    id: str
    person: str
    key: str
    public_key: bytes
    sealed: str


@dataclass(frozen=True)
class NewBadge:
    """A badge just made. ``code`` is shown and printed once and kept nowhere."""

    sealed: SealedBadge
    code: str = field(repr=False)


@dataclass(frozen=True)
class NewKey:
    """A key made at enrolment: public part, sealed seed, and a hand to sign the enrolment with."""

    key: str
    public_key: bytes
    sealed: SealedKey
    hand: Hand


@dataclass(frozen=True)
class Sheet:
    """The recovery sheet, opened: a hand of no person, which may sign beside one (see the port ``Hand``).

    ``next_code``: what the new sheet says, good from the moment at which this one is used; shown once.
    """

    hand: Hand
    next_code: str = field(repr=False)
    next_public_key: bytes

    @property
    def person(self) -> str:
        """Nobody: the sheet's own name."""
        return RECOVERY

    @property
    def key(self) -> str:
        """The key's id."""
        return self.hand.key

    @property
    def session(self) -> str | None:
        """None: it knows no sitting."""
        return None

    @property
    def strength(self) -> Strength:
        """``act``."""
        return self.hand.strength

    def sign(self, kind: str, body: bytes) -> bytes:
        """Sign a body; only ever asked for kind ``cosign``."""
        return self.hand.sign(kind, body)


class PinSeal(Protocol):
    """A key sealed under a PIN in memory, which never reaches a disk."""

    def open(self, login: str, pin: str) -> Hand:
        """Open it; WrongSecret."""


class Keys(Protocol):
    """Makes and opens keys; slow on purpose (about 0.4 s), so never called inside a transaction."""

    def make(self, vault: str, person: str, login: str, secret: str) -> NewKey:
        """Make a key and seal it; BadInput for a secret that is too weak."""

    def open(self, vault: str, login: str, sealed: SealedKey, secret: str) -> Hand:
        """Open a sealed key; WrongSecret."""

    def reseal(self, vault: str, login: str, sealed: SealedKey, old: str, new: str) -> tuple[Hand, SealedKey]:
        """Seal the same key under another password; the hand to sign that with. WrongSecret; BadInput: too weak."""

    def new_badge(self, vault: str, name: str, hand: Hand, pin: str) -> NewBadge:
        """Seal a hand's key under a new badge and a PIN of 6 digits.

        Raises: PasswordNeeded: the hand was not opened by password; BadInput ``pin_form``, ``pin_common``.
        """

    def find_badge(self, code: str) -> str:
        """Return what finds a badge by its code; BadInput ``badge_code``."""

    def open_badge(self, vault: str, login: str, sealed: SealedBadge, code: str, pin: str) -> Hand:
        """Open a key by badge and PIN; WrongSecret."""

    def pin_seal(self, vault: str, hand: Hand, pin: str) -> PinSeal:
        """Seal a hand's key under a PIN, in memory only. Raises as ``new_badge``; a badge's hand does, too."""

    def session(self, person: str, session: str) -> tuple[Hand, bytes]:
        """Make a session key that lives in memory only; the hand and its public key."""

    def recovery(self) -> tuple[str, bytes]:
        """Make the recovery sheet's code and the public key it opens."""

    def open_recovery(self, code: str) -> Hand:
        """Open the key of no person that a code opens; BadInput ``recovery_code`` for one that is written wrong."""
