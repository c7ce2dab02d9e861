# SPDX-License-Identifier: Apache-2.0
"""The PIN of one sitting: after a sign-in by password or badge, for further acts of the same person, in memory only.

Three wrong tries, ten idle minutes, a change of person or a locked screen, and it is gone; each wrong try counts in the
log like any other. Nothing of it reaches a disk, where all PINs of six digits could be tried in days.
"""

from __future__ import annotations

from typing import NoReturn

from qcdesk.domain.guessing import Moment
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import Locked, PinOver, WrongSecret
from qcdesk.services.ports import Hand, PinSeal
from qcdesk.services.signing_in import Gate

PIN_TRIES = 3
IDLE_MINUTES = 10
_MINUTE_US = 60_000_000


class PinSitting:
    """A person's key under a PIN, for as long as the person stays."""

    __slots__ = ("_gate", "_idle_us", "_left", "_person", "_seal", "_touched", "_vault")

    def __init__(self, gate: Gate, vault: str, person: Person, seal: PinSeal, idle_minutes: int) -> None:
        """Begin; see ``begin_pin_sitting``."""
        self._gate, self._vault, self._person = gate, vault, person
        self._seal: PinSeal | None = seal
        self._idle_us, self._left = idle_minutes * _MINUTE_US, PIN_TRIES
        self._touched = self._now()

    @property
    def person(self) -> str:
        """Whose it is."""
        return self._person.id

    @property
    def standing(self) -> bool:
        """Whether the PIN still opens the key; asking after the idle time ends it."""
        if self._seal is not None and self._now().since(self._touched) >= self._idle_us:
            self.end()
        return self._seal is not None

    def touch(self) -> None:
        """The person is at work: the idle time begins anew, unless it is over already."""
        if self.standing:
            self._touched = self._now()

    def end(self) -> None:
        """Let go of it: the person changed, or the screen was locked."""
        self._seal = None

    def open(self, pin: str) -> Hand:
        """Open the key for one act. Slow on purpose.

        Raises: PinOver: gone; WrongSecret with ``pin_left``: how many tries are left; TryLater, Locked, NotActive.
        """
        seal = self._seal
        if not self.standing or seal is None:
            raise PinOver(self._person.name)
        uow = self._gate.look()
        with uow:
            person = uow.person(self._person.id)
        try:
            hand = self._gate.attempt(self._vault, person, "pin", lambda: seal.open(person.login or "", pin))
        except WrongSecret as wrong:
            self._left -= 1
            if self._left <= 0:
                self.end()
            wrong.pin_left = self._left
            raise
        except Locked:
            self.end()
            raise
        self._left = PIN_TRIES
        self._touched = self._now()
        return hand

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled."""
        raise TypeError("the PIN of a sitting stays in memory")

    def __repr__(self) -> str:
        """Show whose it is and nothing of the seal."""
        return f"PinSitting({self._person.id})"

    def _now(self) -> Moment:
        return self._gate.workstation.moment(self._gate.clock.now())


def begin_pin_sitting(gate: Gate, hand: Hand, pin: str, idle_minutes: int = IDLE_MINUTES) -> PinSitting:
    """Seal a hand's key, just opened by password or badge, under a PIN of 6 digits or more, in memory.

    Raises: PasswordNeeded: the hand was opened by a PIN itself; BadInput ``pin_form``, ``pin_common``.
    """
    uow = gate.look()
    with uow:
        vault, person = uow.vault, uow.person(hand.person)
    return PinSitting(gate, vault, person, gate.keys.pin_seal(vault, hand, pin), idle_minutes)
