# SPDX-License-Identifier: Apache-2.0
"""Flat rows of complaints, touches and waiting, and the port that reads them; times are microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from qcdesk.domain.complaints import Complaint, Step
from qcdesk.domain.events import TouchKind


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint in a list. ``numbers``: of its batches.

    ``served``: when something was done for the customer (read back, called, answered), with the day on which it was
    done where that was said.
    """

    complaint: Complaint
    owner_name: str
    numbers: tuple[str, ...]
    taken_at: int
    taken_by: str
    served: tuple[tuple[int, date | None], ...]
    closed_at: int | None

    @property
    def number(self) -> int:
        """Return its number."""
        return self.complaint.number


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something that was done about a complaint, by whom and when."""

    seq: int
    at: int
    person: str
    step: Step
    to_name: str
    """Who has it from then on, where it was handed over; else the number of the batch that was linked."""


@dataclass(frozen=True, slots=True)
class SawRow:
    """What one inspector found in a batch then: codes with how many units, as the signed record has it."""

    place: str
    person: str
    found: tuple[tuple[str, str, int], ...]
    """Code, name and count of each."""


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A batch that a complaint is about.

    ``saw`` is empty where the two checks are not open to this reader (``closed``), or there were none.
    ``being_checked``: a check of it may wait for its second, and nobody says then what came of it.
    """

    batch: str
    number: str
    product: str
    procedure: str
    version: int
    closed: bool
    saw: tuple[SawRow, ...]
    being_checked: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """All that is on record of a complaint."""

    row: ComplaintRow
    steps: tuple[StepRow, ...]
    linked: tuple[LinkedRow, ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Something that customers complain of and that no step of a procedure looks for, for the procedure's owner."""

    procedure: str
    owner: str
    about: str
    complaint: int
    at: int


@dataclass(frozen=True, slots=True)
class EscapeRow:
    """A judged complaint, for the rates of what slipped through: its batch, procedure, and the two who looked."""

    complaint: int
    escape: bool
    batch: str
    number: str
    procedure: str
    version: int
    first: str
    second: str
    at: int


@dataclass(frozen=True, slots=True)
class WentOutRow:
    """A batch that was released, by the round it was released on. ``escape``: a complaint about it was judged one.

    ``first``, ``second``: the two who looked, by name. ``n``: the sample; ``severity`` and the acceptance numbers by
    class make up its plan.
    """

    batch: str
    at: int
    procedure: str
    version: int
    first: str
    second: str
    n: int
    severity: str
    accepts: tuple[tuple[str, int], ...]
    escape: bool


@dataclass(frozen=True, slots=True)
class TouchRow:
    """A touch that stands: one that was logged, or a rework on record that nobody logged as one."""

    seq: int
    at: int
    person: str
    kind: TouchKind
    batch: str | None
    number: str
    order: str


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """How often a batch was touched that was worked on: a check was begun or a touch logged, were it undone since."""

    batch: str
    number: str
    registered_at: int
    touches: int


@dataclass(frozen=True, slots=True)
class StayRow:
    """How long a batch was in one state: ``until`` None: it still is. ``person``: whose act brought it there.

    ``state``: of the batch, or ``held`` where it was stopped meanwhile, whatever its state.
    """

    state: str
    since: int
    until: int | None
    person: str

    def lasts_us(self, now: int) -> int:
        """Return how long it lasts, or lasted."""
        return max(0, (now if self.until is None else self.until) - self.since)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A batch that has not left yet, and for what and whom it waits, by ship-by and age as on the board.

    ``wants``: ``first``, ``second``, ``third``, ``release``, ``lift``, ``decide_stop`` where a defect came again after
    its corrective action, ``supplier`` where that is blocked, ``dispose``, ``rework``, ``ship``, or ``procedure`` where
    nothing is approved to inspect it by. ``people``: those who could do it, by name; one alone where
    a check is open. ``open_since``: when that check was begun. ``person``: whose act left it waiting, since ``since``.
    """

    batch: str
    number: str
    product: str
    supplier: str
    state: str
    held: bool
    since: int
    person: str
    ship_by: date | None
    wants: str
    people: tuple[str, ...]
    open_since: int | None = None

    @property
    def takes_two(self) -> bool:
        """Tell whether two of ``people`` must act together: a stop stands before it, or one asks and another confirms."""
        return self.wants in ("lift", "decide_stop", "supplier", "dispose")


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """What the owner counted by hand of a month."""

    month: str
    repeat_orders: int
    referrals: int


HouseKind = Literal["registered", "settled", "rework", "turnaround", "waiting", "work"]


@dataclass(frozen=True, slots=True)
class HouseRow:
    """What happened in the house in a month (``2026-03``) and its scoreboard counts.

    ``registered`` batches, ``settled`` rounds, ``rework``: batches sent to rework, repair or sorting, each 1 of 1.
    ``turnaround``: minutes from the receipt of ``of`` batches to their release, ``waiting``: those of them in which
    nobody was at it, ``work``: units that checks looked at, in ``of`` minutes; a check of more than half a day lay
    unfinished overnight, and is left out.
    """

    kind: HouseKind
    month: str
    count: int = 1
    of: int = 1


class CareReader(Protocol):
    """What lists and pages about complaints and touches ask."""

    def complaints(self, *, closed: bool = False, owner: str | None = None) -> tuple[ComplaintRow, ...]:
        """Return the complaints that are open (or with ``closed`` all), the oldest promise first, then the oldest."""

    def complaint(self, number: int, person: str | None, now: int) -> ComplaintPage:
        """Return a complaint, as a person may see the checks of its batches (None: nobody's eyes, so none of them)."""

    def proposals(self, owner: str | None = None) -> tuple[ProposalRow, ...]:
        """Return what is proposed to owners of procedures (by name) whose procedure in force still does not have it."""

    def escapes(self) -> tuple[EscapeRow, ...]:
        """Return the complaints that were judged, one row for each batch, newest first."""

    def went_out(self, since: int = 0, most: int = 5_000) -> tuple[WentOutRow, ...]:
        """Return the batches that were released from a time on, the newest first, and whether one was an escape."""

    def touches(self, batch: str | None = None, limit: int = 200) -> tuple[TouchRow, ...]:
        """Return touches that stand, newest first."""

    def touched(self, last: int = 50) -> tuple[TouchedRow, ...]:
        """Return the newest batches that were worked on with their touches, oldest first."""

    def figures(self) -> tuple[FiguresRow, ...]:
        """Return what the owner counted, month by month."""

    def stays(self, batch: str) -> tuple[StayRow, ...]:
        """Return how long a batch was in each of its states, oldest first."""

    def queue(self, today: date, *, named: bool = True, most: int = 500) -> tuple[QueueRow, ...]:
        """Return batches that have not left yet, by ship-by and age; without ``named`` nobody is looked for."""

    def queue_length(self) -> int:
        """Return how many batches have not left yet, be they ever so many."""

    def signed_at(self, since: int) -> tuple[int, ...]:
        """Return the times of signatures that stand, checks, decisions and releases, oldest first; the newest 2,000."""

    def house(self, since: str) -> tuple[HouseRow, ...]:
        """Return what the scoreboard of the house counts, from a month on; of checks only those that are settled."""
