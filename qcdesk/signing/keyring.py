# SPDX-License-Identifier: Apache-2.0
"""The port ``Keys`` with Ed25519 and sealed seeds: keys of people, of sessions and of the recovery sheet."""

from __future__ import annotations

from typing import cast

from qcdesk.domain.events import Strength
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import Kind
from qcdesk.services.ports import NewKey, SealedKey
from qcdesk.signing.keys import KeyPair, key_id
from qcdesk.signing.recovery import new_code, read_code, recovery_key
from qcdesk.signing.seals import FLOOR, Cost, Owner, Seal, choose_cost, open_seal, seal_key
from qcdesk.signing.secrets_rules import check_new_secret


class KeyHand:
    """A person's hand: signs with one key until it is closed. See the port ``Hand``."""

    __slots__ = ("_pair", "_person", "_session", "_strength")

    def __init__(self, pair: KeyPair, person: str, session: str | None, strength: Strength) -> None:
        """Take over the key; ``close`` lets go of it."""
        self._pair, self._person, self._session, self._strength = pair, person, session, strength

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

    def sign(self, kind: str, body: bytes) -> bytes:
        """Return 64 bytes of signature. Raises: ValueError: an unknown kind, or the key is closed."""
        return self._pair.sign(cast("Kind", kind), body)

    def close(self) -> None:
        """Let go of the key."""
        self._pair.close()

    def __repr__(self) -> str:
        """Show whose hand it is and nothing else."""
        return f"KeyHand({self._person}, {self._strength}, {self._pair!r})"


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
        self._cost = self._cost or choose_cost()
        pair = KeyPair.generate()
        seal = seal_key(pair, secret, vault=vault, person=person, cost=self._cost, floor=self._floor)
        sealed = SealedKey(pair.key, person, pair.public_key, seal.to_text())
        return NewKey(pair.key, pair.public_key, sealed, KeyHand(pair, person, None, "act"))

    def open(self, vault: str, login: str, sealed: SealedKey, secret: str) -> KeyHand:
        """Open a person's key. Raises as ``open_seal``; ``seal_key`` too when the row names another key."""
        if sealed.key != key_id(sealed.public_key):
            raise BadInput("seal_key")
        owner = Owner(vault, sealed.person, sealed.public_key)
        pair = open_seal(Seal.from_text(sealed.sealed), secret, owner, login=login, floor=self._floor)
        return KeyHand(pair, sealed.person, None, "act")

    def session(self, person: str, session: str) -> tuple[KeyHand, bytes]:
        """Make a session's key, which lies in memory only; the hand and the public key."""
        pair = KeyPair.generate()
        return KeyHand(pair, person, session, "entry"), pair.public_key

    def recovery(self) -> tuple[str, bytes]:
        """Make the recovery sheet's code, to be shown once, and the public key it opens."""
        code = new_code()
        with recovery_key(read_code(code)) as pair:
            return code, pair.public_key
