# SPDX-License-Identifier: Apache-2.0
"""A complaint from its first word to its end: one owner always, call-backs that turn overdue, and what may be done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from qcdesk.domain.events import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintCalledBack,
    ComplaintClosed,
    ComplaintHandedOver,
    ComplaintJudged,
    ComplaintLinked,
    ComplaintTaken,
    OwnerFigures,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person, Role
from qcdesk.domain.refusals import ComplaintNotYours, ComplaintRefused

MOST_HAND_OVERS = 2
"""A complaint that changed hands more often than this is shown to the quality manager."""
MANAGING: tuple[Role, ...] = ("planner", "administrator")
"""Roles whose holders manage complaints: they go on with those of others, too."""
JUDGING: Role = "arbiter"
"""The role of who says whether a complaint is an escape: of who settles what two others disagree about."""
LONGEST_AGO = 10
"""Years: what came in longer ago is taken for a slip of the hand."""
LONGEST_ANSWER = 10_000
MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")

Step: TypeAlias = (
    ComplaintAcknowledged
    | ComplaintHandedOver
    | ComplaintCalledBack
    | ComplaintLinked
    | ComplaintJudged
    | ComplaintAnswered
    | ComplaintClosed
)


@dataclass(frozen=True)
class Complaint:
    """Where a complaint stands.

    ``call_back``: the promised time that is still open, microseconds UTC. ``missed``: call-backs that came, or were put
    off, after their time.
    """

    taken: ComplaintTaken
    owner: str
    call_back: int | None
    acknowledged: ComplaintAcknowledged | None = None
    hand_overs: int = 0
    missed: int = 0
    batches: tuple[str, ...] = ()
    judged: ComplaintJudged | None = None
    answers: int = 0
    closed: ComplaintClosed | None = None

    @property
    def number(self) -> int:
        """Return its number."""
        return self.taken.complaint

    @property
    def too_often(self) -> bool:
        """Tell whether it changed hands too often."""
        return self.hand_overs > MOST_HAND_OVERS

    def overdue(self, now: int) -> bool:
        """Tell whether a promised call-back is past its time."""
        return self.closed is None and self.call_back is not None and self.call_back < now

    def after(self, step: Step, at: int) -> Complaint:
        """Return where it stands once a step was taken at a time, microseconds UTC."""
        match step:
            case ComplaintAcknowledged():
                return replace(self, acknowledged=step)
            case ComplaintHandedOver():
                return replace(self, owner=step.owner, hand_overs=self.hand_overs + 1)
            case ComplaintCalledBack(called=True, reached=False, call_back=None):
                return self  # what was promised still is
            case ComplaintCalledBack():
                late = self.call_back is not None and self.call_back < at
                return replace(self, call_back=step.call_back, missed=self.missed + late)
            case ComplaintLinked():
                others = tuple(batch for batch in self.batches if batch != step.batch)
                return replace(self, batches=others if step.undone else (*others, step.batch))
            case ComplaintJudged():
                return replace(self, judged=step)
            case ComplaintAnswered():
                return replace(self, answers=self.answers + 1)
            case ComplaintClosed():
                return replace(self, closed=step)

    def require_open(self) -> None:
        """Refuse what comes after the end. Raises: ComplaintRefused."""
        if self.closed is not None:
            raise ComplaintRefused(self.number, "closed")

    def is_for(self, person: Person, on: date) -> bool:
        """Tell whether somebody may go on with it: its owner, or whoever manages complaints."""
        return person.id == self.owner or any(person.has_role(role, on) for role in MANAGING)

    def require_for(self, person: Person, owner: str, on: date) -> None:
        """Refuse whoever neither has it nor manages complaints.

        Args: owner: the name of whose it is.
        Raises: ComplaintRefused: it is closed; ComplaintNotYours.
        """
        self.require_open()
        if not self.is_for(person, on):
            raise ComplaintNotYours(self.number, owner)

    def acknowledge(self, by_whom: str, how: str, day: date, today: date) -> ComplaintAcknowledged:
        """Say that the customer confirmed it, once. Raises: ComplaintRefused: it was before; BadInput."""
        self.require_open()
        if self.acknowledged is not None:
            raise ComplaintRefused(self.number, "acknowledged", self.acknowledged.by_whom)
        require_words(by_whom, "by_whom")
        require_words(how, "how")
        if day > today + timedelta(days=1) or day < self.taken.received:
            raise BadInput("acknowledged_when", facts={"day": day}, where={"field": "on"})
        return ComplaintAcknowledged(self.number, by_whom, how, day)

    def hand_over(self, owner: Person, reason: str, on: date) -> ComplaintHandedOver:
        """Give it to another person, who must be able to work. Raises: ComplaintRefused, ReadsOnly, NotActive."""
        self.require_open()
        require_owner(owner, on)
        if owner.id == self.owner:
            raise ComplaintRefused(self.number, "same_owner", owner.name)
        require_words(reason, "reason")
        return ComplaintHandedOver(self.number, owner.id, reason)

    def calls_back(
        self, called: bool, note: str, call_back: int | None, now: int, *, reached: bool = True
    ) -> ComplaintCalledBack:
        """Put down a call, whether it reached somebody, or another time. Raises: BadInput, ComplaintRefused."""
        self.require_open()
        require_ahead(call_back, now)
        if not called and call_back is None:
            raise BadInput("missing", where={"field": "call_back"})
        if called and reached:
            require_words(note, "said_or_why")
        elif not called and self.call_back is not None:
            require_words(note, "reason")
        return ComplaintCalledBack(self.number, called, note, call_back, reached if called else None)

    def link(self, batch: str, number: str, since: date, *, undone: bool = False) -> ComplaintLinked:
        """Say that it is about a batch, or not after all.

        Args: number: the batch's, for words. since: the first day on which the batch can have been there.
        Raises: ComplaintRefused; BadInput: ``complaint_before_batch``.
        """
        self.require_open()
        if (batch in self.batches) != undone:
            raise ComplaintRefused(self.number, "not_linked" if undone else "linked", number)
        if self.taken.received < since and not undone:
            facts: dict[str, object] = {"batch": number, "day": since, "received": self.taken.received}
            raise BadInput("complaint_before_batch", facts=facts, where={"field": "batch"})
        return ComplaintLinked(self.number, batch, undone)

    def judge(
        self, escape: bool, about: str, reason: str, proposed: tuple[str, ...], *, out: bool
    ) -> ComplaintJudged:
        """Say whether it is an escape. ``out``: one of its batches was released or shipped, once.

        What was said may be changed, with another reason than the one before.
        Raises: ComplaintRefused: an escape of no batch, or of none that went out, said already, or changed for the
            same reason; BadInput.
        """
        self.require_open()
        require_words(reason, "reason")
        require_words(about, "about")
        if self.judged is not None:
            if (self.judged.escape, self.judged.about.strip()) == (escape, about.strip()):
                raise ComplaintRefused(self.number, "judged", about.strip())
            if self.judged.reason.strip() == reason.strip():
                raise ComplaintRefused(self.number, "same_reason")
        if escape and not self.batches:
            raise ComplaintRefused(self.number, "no_batch")
        if escape and not out:
            raise ComplaintRefused(self.number, "never_out")
        return ComplaintJudged(self.number, escape, about, reason, proposed)

    def close(self, outcome: str) -> ComplaintClosed:
        """End it. Raises: ComplaintRefused: not acknowledged, not judged, or a call-back is still promised; BadInput."""
        self.require_open()
        require_words(outcome, "outcome")
        if self.acknowledged is None:
            raise ComplaintRefused(self.number, "not_acknowledged")
        if self.judged is None:
            raise ComplaintRefused(self.number, "not_judged")
        if self.call_back is not None:
            raise ComplaintRefused(self.number, "call_back_open")
        return ComplaintClosed(self.number, outcome)


def begun(taken: ComplaintTaken) -> Complaint:
    """Return where a complaint stands that was just taken."""
    return Complaint(taken, taken.owner, taken.call_back)


def take(taken: ComplaintTaken, owner: Person, on: date, today: date, now: int) -> ComplaintTaken:
    """Return what is put on record of a complaint. ``on``: the day of the log; ``today``: the one by the calendar here.

    Raises: BadInput: ``missing``, ``complaint_ahead``, ``complaint_long_ago``, ``call_back_past``; ReadsOnly,
        NotActive: of the owner.
    """
    require_words(taken.customer, "customer")
    require_words(taken.words, "words")
    came = taken.received
    if came > today:
        raise BadInput("complaint_ahead", facts={"day": came}, where={"field": "received"})
    if (came.year + LONGEST_AGO, came.month, came.day) < (today.year, today.month, today.day):
        raise BadInput("complaint_long_ago", facts={"day": came}, where={"field": "received"})
    require_ahead(taken.call_back, now)
    require_owner(owner, on)
    return replace(taken, owner=owner.id)


def require_owner(owner: Person, on: date) -> None:
    """Refuse as owner whoever does not work here. Raises: NotActive, ReadsOnly."""
    owner.require_any_role(on)


def require_ahead(call_back: int | None, now: int) -> None:
    """Refuse a call-back that is promised for a time gone by. Raises: BadInput: ``call_back_past``."""
    if call_back is not None and call_back <= now:
        raise BadInput("call_back_past", where={"field": "call_back"})


def require_words(text: str, field: str) -> None:
    """Refuse what says nothing. Raises: BadInput: ``missing``, at the field."""
    if not text.strip():
        raise BadInput("missing", where={"field": field})


def require_figures(said: OwnerFigures, on: date) -> None:
    """Refuse figures of no month, or of one that has not begun. Raises: BadInput: ``month``, ``number_below``."""
    if not MONTH.fullmatch(said.month) or said.month > (on + timedelta(days=1)).isoformat()[:7]:
        raise BadInput("month", facts={"value": said.month}, where={"field": "month"})
    for field in ("repeat_orders", "referrals"):
        if not 0 <= getattr(said, field) <= 1_000_000:
            raise BadInput("month_figure", facts={"value": getattr(said, field)}, where={"field": field})
