# SPDX-License-Identifier: Apache-2.0
"""People, their keys and badges, and the tries that failed, as a unit of work tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.guessing import Moment, Tries
from qcdesk.domain.people import Person
from qcdesk.services.ports.keys import SealedBadge, SealedKey


@dataclass(frozen=True)
class KnownKey:
    """A person's key: while it is good, and from which event on it is in doubt."""

    key: str
    person: str
    from_seq: int
    until_seq: int | None = None
    ended: str | None = None
    suspect_from: int | None = None


class PeopleQuestions(Protocol):
    """The questions of a unit of work about people, their keys, and workstations."""

    def people(self) -> tuple[Person, ...]:
        """Return everybody."""

    def person(self, person: str) -> Person:
        """Return a person by id or login; BadInput ``unknown_person``; SheetNotHere for the recovery sheet, nobody."""

    def keys_of(self, person: str) -> tuple[KnownKey, ...]:
        """Return all keys a person has had, oldest first."""

    def open_sessions(self, person: str) -> tuple[str, ...]:
        """Return the person's sittings that are open."""

    def acted_at(self, person: str, station: str) -> bool:
        """Tell whether the person ever signed an act at a workstation; signing in is one."""

    def touched(self, person: str, since: int, until: int | None) -> tuple[str, ...]:
        """Return the batches that a person acted on or entered anything about, in events of these numbers."""

    def tries(self, person: str) -> Tries:
        """Return the row of failed tries in which a person stands, as the log says."""

    def strange_tries(self, person: str) -> tuple[Moment, ...]:
        """Return when and where tries failed lately, at workstations where the person has not acted since.

        Being unlocked by somebody else ends them all.
        """

    def standing_lock(self, person: str) -> int | None:
        """Return the number of a person's last lock that nobody ended; whether its time is over is not asked."""

    def sealed(self, login: str) -> SealedKey:
        """Return a person's active sealed key; NotActive where it has ended, BadInput ``unknown_login``."""

    def sealed_badge(self, badge: str) -> SealedBadge | None:
        """Return the seal of a badge that opens an active key, or None."""

    def badges(self, person: str) -> tuple[str, ...]:
        """Return the ids of a person's badges that were not stopped."""

    def recovery_key(self) -> str:
        """Return the id of the key that the good recovery sheet opens."""

    def station_key(self, station: str) -> str | None:
        """Return the id of the key that was introduced for a workstation, or None."""

    def knows_station_key(self, key: str) -> bool:
        """Tell whether the log ever took up this key of a workstation, for whichever one."""
