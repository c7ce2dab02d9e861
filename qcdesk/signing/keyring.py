# SPDX-License-Identifier: Apache-2.0
"""The port ``Keys`` with Ed25519 and sealed seeds: keys of people, of sessions and of the recovery sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn, cast

from qcdesk.domain.events import Strength, Way
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import RECOVERY, Kind
from qcdesk.domain.refusals import PasswordNeeded, WrongSecret
from qcdesk.services.ports import Hand, NewBadge, NewKey, SealedBadge, SealedKey
from qcdesk.signing import badges
from qcdesk.signing.keys import KeyPair, key_id
from qcdesk.signing.recovery import new_code, read_code, recovery_key
from qcdesk.signing.seals import FLOOR, Cost, Owner, Seal, choose_cost, open_seal, seal_key
from qcdesk.signing.secrets_rules import check_new_pin, check_new_secret


class KeyHand:
    """A person's hand: signs with one key until it is closed. See the port ``Hand``."""

    __slots__ = ("_pair", "_person", "_session", "_strength", "_way")

    def __init__(
        self, pair: KeyPair, person: str, session: str | None, strength: Strength, way: Way | None = None
    ) -> None:
        """Take over the key; ``close`` lets go of it. ``way``: what opened it; None for a session's."""
        self._pair, self._person, self._session, self._strength = pair, person, session, strength
        self._way = way

    @property
    def person(self) -> str:
        """Whose it is."""
        return self._person

    @property
    def key(self) -> str:
        """The key's id."""
        return self._pair.key

    @property
    def session(self) -> str | None:
        """The session in which it signs; None outside any."""
        return self._session

    @property
    def strength(self) -> Strength:
        """``act``: the person's own key; ``entry``: the session's."""
        return self._strength

    @property
    def way(self) -> Way | None:
        """What opened it: a password, a badge, a PIN; None for a session's key."""
        return self._way

    @property
    def pair(self) -> KeyPair:
        """The key itself, to be sealed anew."""
        return self._pair

    def sign(self, kind: str, body: bytes) -> bytes:
        """Return 64 bytes of signature. Raises: ValueError: an unknown kind, or the key is closed."""
        return self._pair.sign(cast("Kind", kind), body)

    def close(self) -> None:
        """Let go of the key."""
        self._pair.close()

    def __repr__(self) -> str:
        """Show whose hand it is and nothing else."""
        return f"KeyHand({self._person}, {self._strength}, {self._pair!r})"


class MemorySeal:
    """A key sealed under a PIN in memory. See the port ``PinSeal``. It is neither pickled nor written anywhere."""

    __slots__ = ("_floor", "_owner", "_seal")

    def __init__(self, seal: Seal, owner: Owner, floor: Cost) -> None:
        """Take the seal and whose key is in it."""
        self._seal, self._owner, self._floor = seal, owner, floor

    def open(self, login: str, pin: str) -> KeyHand:
        """Open it. Raises: WrongSecret; Trouble ``memory``."""
        try:
            pair = open_seal(self._seal, pin, self._owner, login=login, floor=self._floor)
        except WrongSecret:
            pair = None
        if pair is None:
            raise WrongSecret(login, "pin")
        return KeyHand(pair, self._owner.person, None, "act", "pin")

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled."""
        raise TypeError("a PIN's seal stays in memory")

    def __repr__(self) -> str:
        """Show nothing of the seal."""
        return f"MemorySeal({self._owner.person})"


class Ed25519Keys:
    """Keys of people, sealed under their secrets. See the port ``Keys``.

    Args:
        cost: of a new seal; measured once, at the first key made, when not given.
        floor: below which no seal is made or read. Tests give a lower one; the program never does.
    """

    def __init__(self, cost: Cost | None = None, *, floor: Cost = FLOOR) -> None:
        """Remember what a seal costs here."""
        self._cost, self._floor = cost, floor

    def make(self, vault: str, person: str, login: str, secret: str) -> NewKey:
        """Make a key and seal it. Raises: BadInput: the secret is too easy to guess."""
        check_new_secret(secret, about=(login,))
        pair = KeyPair.generate()
        seal = seal_key(pair, secret, vault=vault, person=person, cost=self._chosen(), floor=self._floor)
        sealed = SealedKey(pair.key, person, pair.public_key, seal.to_text())
        return NewKey(pair.key, pair.public_key, sealed, KeyHand(pair, person, None, "act", "password"))

    def open(self, vault: str, login: str, sealed: SealedKey, secret: str) -> KeyHand:
        """Open a person's key. Raises as ``open_seal``; ``seal_key`` too when the row names another key."""
        if sealed.key != key_id(sealed.public_key):
            raise BadInput("seal_key")
        owner = Owner(vault, sealed.person, sealed.public_key)
        pair = open_seal(Seal.from_text(sealed.sealed), secret, owner, login=login, floor=self._floor)
        return KeyHand(pair, sealed.person, None, "act", "password")

    def reseal(
        self, vault: str, login: str, sealed: SealedKey, old: str, new: str
    ) -> tuple[KeyHand, SealedKey]:
        """Seal the same key under another password. Raises: as ``open`` and ``make``."""
        check_new_secret(new, about=(login,))
        hand = self.open(vault, login, sealed, old)
        seal = seal_key(
            hand.pair, new, vault=vault, person=sealed.person, cost=self._chosen(), floor=self._floor
        )
        return hand, replace(sealed, sealed=seal.to_text())

    def new_badge(self, vault: str, name: str, hand: Hand, pin: str) -> NewBadge:
        """Seal a key under a new badge and a PIN. Raises: PasswordNeeded; BadInput: as ``check_new_pin``."""
        if not isinstance(hand, KeyHand) or hand.way != "password":
            raise PasswordNeeded(name)
        check_new_pin(pin)
        pair, code = hand.pair, badges.new_code()
        bits = badges.read_code(code)
        seal = seal_key(
            pair, pin, vault=vault, person=hand.person, cost=self._chosen(), floor=self._floor, badge=bits
        )
        kept = SealedBadge(badges.badge_id(bits), hand.person, pair.key, pair.public_key, seal.to_text())
        return NewBadge(kept, code)

    def find_badge(self, code: str) -> str:
        """Return what finds a badge. Raises: BadInput ``badge_code``."""
        return badges.badge_id(badges.read_code(code))

    def open_badge(self, vault: str, login: str, sealed: SealedBadge, code: str, pin: str) -> KeyHand:
        """Open a key by badge and PIN. Raises as ``open``."""
        if sealed.key != key_id(sealed.public_key):
            raise BadInput("seal_key")
        owner, bits = Owner(vault, sealed.person, sealed.public_key), badges.read_code(code)
        try:
            pair = open_seal(
                Seal.from_text(sealed.sealed), pin, owner, login=login, floor=self._floor, badge=bits
            )
        except WrongSecret:
            pair = None
        if pair is None:
            raise WrongSecret(login, "badge")
        return KeyHand(pair, sealed.person, None, "act", "badge")

    def pin_seal(self, vault: str, hand: Hand, pin: str) -> MemorySeal:
        """Seal a key under a PIN in memory. Raises: PasswordNeeded; BadInput: as ``check_new_pin``."""
        if not isinstance(hand, KeyHand) or hand.way not in ("password", "badge"):
            raise PasswordNeeded(hand.person)
        check_new_pin(pin, exactly=False)
        owner = Owner(vault, hand.person, hand.pair.public_key)
        seal = seal_key(
            hand.pair, pin, vault=vault, person=hand.person, cost=self._chosen(), floor=self._floor
        )
        return MemorySeal(seal, owner, self._floor)

    def _chosen(self) -> Cost:
        """Return what a seal costs here; measured once."""
        self._cost = self._cost or choose_cost()
        return self._cost

    def session(self, person: str, session: str) -> tuple[KeyHand, bytes]:
        """Make a session's key, which lies in memory only; the hand and the public key."""
        pair = KeyPair.generate()
        return KeyHand(pair, person, session, "entry"), pair.public_key

    def recovery(self) -> tuple[str, bytes]:
        """Make the recovery sheet's code, to be shown once, and the public key it opens."""
        code = new_code()
        with recovery_key(read_code(code)) as pair:
            return code, pair.public_key

    def open_recovery(self, code: str) -> KeyHand:
        """Open the recovery sheet's key. Raises: BadInput ``recovery_code``: the code is written wrong."""
        return KeyHand(recovery_key(read_code(code)), RECOVERY, None, "act")
