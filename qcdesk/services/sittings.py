# SPDX-License-Identifier: Apache-2.0
"""A sitting, in which a person's entries are signed by a key that lives in memory only, until nobody works there.

It is over when it is closed, or after some idle minutes by a clock that nobody sets; what then asks for its hand is
refused, whichever way it came (trust.md §2). The person signs in again into the same sitting: whoever holds it goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Literal, NoReturn

from qcdesk.domain.events import SessionClosed, SessionOpened
from qcdesk.domain.refusals import NotYourSession, SittingOver
from qcdesk.services.ports import Hand, Ids, Keys, UnitOfWork, Workstation
from qcdesk.services.signing_in import introduce
from qcdesk.services.trouble import Trouble

IDLE_MINUTES = 10
LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES = 2, 30
_MINUTE_US = 60_000_000
Over = Literal["", "idle", "closed"]


class Sitting:
    """A person at work on a station: entries are signed by the hand of the session."""

    __slots__ = ("_hand", "_idle_minutes", "_name", "_over", "_person", "_steady", "_told", "_touched")

    def __init__(
        self, name: str, hand: Hand, steady: Callable[[], tuple[str, int]], idle_minutes: int = IDLE_MINUTES
    ) -> None:
        """Begin; see ``open_sitting``. ``steady``: the workstation's (see the port)."""
        self._name, self._person, self._hand, self._steady = name, hand.person, hand, steady
        self._over: Over = ""
        self._told = False  # whether the log knows that it is over
        self._touched = steady()
        self._idle_minutes = IDLE_MINUTES
        self.keep_for(idle_minutes)

    @property
    def person(self) -> str:
        """Whose it is."""
        return self._person

    @property
    def session(self) -> str:
        """The session that is open now, or was the last."""
        return self._hand.session or ""

    @property
    def over(self) -> Over:
        """Why it is over; empty: it stands. Asking after the idle time ends it for good."""
        if not self._over:
            start, now = self._steady()
            before, touched = self._touched
            if start != before or now - touched >= self._idle_minutes * _MINUTE_US:
                self._over = "idle"
        return self._over

    @property
    def hand(self) -> Hand:
        """What signs its entries. Raises: SittingOver: it was closed, or nobody worked here for too long."""
        over = self.over
        if over:
            raise SittingOver(self._name, self._idle_minutes if over == "idle" else 0)
        return self._hand

    def touch(self) -> None:
        """The person is at work: the idle time begins anew, unless it is over already."""
        if not self.over:
            self._touched = self._steady()

    def keep_for(self, idle_minutes: int) -> None:
        """Stand for so many idle minutes, 2 to 30. Raises: ValueError: fewer or more."""
        if not LEAST_IDLE_MINUTES <= idle_minutes <= MOST_IDLE_MINUTES:
            raise ValueError("a sitting stands for 2 to 30 idle minutes")
        self._idle_minutes = idle_minutes

    def close(self, begin: Callable[[], UnitOfWork]) -> None:
        """End it, and put that on record once; its key is dead from here on. Raises: Trouble: it is not on record."""
        self._over = self.over or "closed"
        if self._told:
            return
        uow = begin()
        with uow:
            self.put_down_closed(uow)
            uow.commit()
        self._told = True

    def put_down_closed(self, uow: UnitOfWork) -> None:
        """Put its end on record, in a transaction that is open, unless the log knows of it."""
        if not self._told and self.session in uow.open_sessions(self._person):
            uow.append(SessionClosed(self.session), self._hand)

    def renew(self, hand: Hand) -> None:
        """Go on under the key of a new session of the same person. Raises: NotYourSession."""
        if hand.person != self._person:
            raise NotYourSession(self._name)
        self._hand, self._over, self._told, self._touched = hand, "", False, self._steady()

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled."""
        raise TypeError("a sitting stays in memory")

    def __repr__(self) -> str:
        """Show whose it is."""
        return f"Sitting({self._person}, {self.session})"


def open_sitting(
    uow: UnitOfWork,
    keys: Keys,
    ids: Ids,
    hand: Hand,
    workstation: Workstation,
    idle_minutes: int = IDLE_MINUTES,
) -> Sitting:
    """Open a sitting: the person's key certifies a session key. The first one at a workstation introduces that."""
    entry, name = _open_session(uow, keys, ids, hand, workstation)
    return Sitting(name, entry, workstation.steady, idle_minutes)


def sit_down_again(
    begin: Callable[[], UnitOfWork],
    keys: Keys,
    ids: Ids,
    hand: Hand,
    sitting: Sitting,
    workstation: Workstation,
) -> None:
    """Open another session in a sitting that is over: the same person goes on where the work was left.

    Raises: NotYourSession: the hand is somebody else's.
    """
    if hand.person != sitting.person:
        with begin() as uow:
            raise NotYourSession(uow.person(sitting.person).name)
    entry, _name = _open_session(begin(), keys, ids, hand, workstation, sitting)
    sitting.renew(entry)


def hand_at_work(begin: Callable[[], UnitOfWork], sitting: Sitting) -> Hand:
    """Return the hand for an entry, which is a sign of work; a sitting that was idle too long is put down as closed.

    Raises: SittingOver.
    """
    if sitting.over:
        with suppress(Trouble):  # nothing is signed with it any more, whether or not the log can be told now
            sitting.close(begin)
    sitting.touch()
    return sitting.hand


def _open_session(
    uow: UnitOfWork, keys: Keys, ids: Ids, hand: Hand, workstation: Workstation, before: Sitting | None = None
) -> tuple[Hand, str]:
    session = ids.new()
    entry, public = keys.session(hand.person, session)
    with uow:
        person = uow.person(hand.person)
        person.require_active()
        waited = introduce(uow, workstation, hand)
        vault = uow.vault
        if before is not None:
            before.put_down_closed(uow)
        uow.append(SessionOpened(session, entry.key, public), hand)
        uow.commit()
    if waited:
        workstation.drop_tries(vault)
    return entry, person.name
