# SPDX-License-Identifier: Apache-2.0
"""The machine this runs on: its own key, its steady clock, and what it remembers by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qcdesk.domain.events import Way
from qcdesk.domain.guessing import Moment


class StationHand(Protocol):
    """A workstation's own key: signs station events, anchors and prints, nothing else (trust.md §4)."""

    @property
    def station(self) -> str:
        """The workstation."""

    @property
    def key(self) -> str:
        """The key's id."""

    @property
    def public_key(self) -> bytes:
        """The key's public half."""

    def sign(self, kind: str, body: bytes) -> bytes:
        """Sign a station event, a ``head`` or a ``paper``; 64 bytes. Raises: ValueError: anything else."""


@dataclass(frozen=True)
class KeptTry:
    """A failed try that could not be put on record yet: a workstation not introduced, a disk that was full."""

    person: str
    way: Way
    moment: Moment


class Workstation(Protocol):
    """The machine this runs on: its own key for each workspace, and a clock that nobody sets."""

    @property
    def station(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """What people call it; empty when it has no name."""

    @property
    def gave_up(self) -> str:
        """The id that it gave up since the program began, because the log knows it as another's; empty: none."""

    def hand(self, vault: str) -> StationHand:
        """Return its key for a workspace, made at the first need and kept in the station's folder; Trouble."""

    def renew(self, vault: str, spent: str) -> StationHand:
        """Return another id and key for a workspace, whose log cannot take the key ``spent``; ``station`` is it now.

        Where another program of this machine has made them already, they are those; where nothing can be kept, they
        are this program's alone.
        """

    def moment(self, at: int) -> Moment:
        """Return this moment: the given time of day (microseconds UTC) beside the clock that nobody sets."""

    def steady(self) -> tuple[str, int]:
        """Return which start of the machine this is, and microseconds since on the clock that nobody sets."""

    def kept_tries(self, vault: str) -> tuple[KeptTry, ...]:
        """Return the failed tries that wait to be put on record, oldest first."""

    def keep_try(self, vault: str, failed: KeptTry) -> None:
        """Keep a failed try until it can be put on record; in memory where the folder cannot be written."""

    def drop_tries(self, vault: str) -> None:
        """Forget the kept tries: they are on record now."""

    def seen_up_to(self, vault: str, what: str) -> int:
        """Return up to which event somebody has said here to have seen something; 0: nothing yet."""

    def saw_up_to(self, vault: str, what: str, seq: int) -> None:
        """Keep up to which event it was seen; in memory where the folder cannot be written."""


class TakenAlong(Protocol):
    """Which audits were taken along from this station, by workspace and id. Nothing of it raises."""

    def note(self, vault: str, audit: str, on: date) -> None:
        """Keep that an audit was taken along on a day."""

    def since(self, vault: str, audit: str) -> date | None:
        """Return since when an audit is away; None: it is not, as far as this station knows."""

    def over(self, vault: str, audit: str) -> None:
        """Forget it: it was brought back."""


class NothingTaken:
    """See the port ``TakenAlong``: where no station remembers anything."""

    def note(self, vault: str, audit: str, on: date) -> None:
        """See the port."""

    def since(self, vault: str, audit: str) -> date | None:
        """See the port."""
        return None

    def over(self, vault: str, audit: str) -> None:
        """See the port."""
