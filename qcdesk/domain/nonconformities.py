# SPDX-License-Identifier: Apache-2.0
"""A nonconformity from its opening to its end: one owner always, and closed by another than who opened it.

Nothing is put down in one while its batch is being checked: what is never written, nobody reads before the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.batches import Batch, State, is_held
from qcdesk.domain.complaints import require_owner, require_words
from qcdesk.domain.events import (
    NonconformityClosed,
    NonconformityContained,
    NonconformityDue,
    NonconformityHandedOver,
    NonconformityLinked,
    NonconformityNoted,
    NonconformityOpened,
    NonconformityReopened,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import (
    NonconformityBlind,
    NonconformityOwn,
    NonconformityRefused,
    NothingNonconforming,
)

BEING_CHECKED: tuple[State, ...] = ("first_check", "awaiting_second", "second_check")
"""States from the opening of a round to its comparison."""
_NAME = re.compile("(?:[Nn][Cc]-)?([1-9][0-9]{0,8})")

Step: TypeAlias = (
    NonconformityContained
    | NonconformityNoted
    | NonconformityHandedOver
    | NonconformityDue
    | NonconformityLinked
    | NonconformityClosed
    | NonconformityReopened
)


@dataclass(frozen=True)
class Nonconformity:
    """Where a nonconformity stands.

    ``opener``: who opened it last, and so does not close it. ``attached``: files that came after it was opened.
    """

    opened: NonconformityOpened
    opener: str
    owner: str
    due: date
    containment: str
    hand_overs: int = 0
    actions: tuple[str, ...] = ()
    closed: NonconformityClosed | None = None
    attached: tuple[Attachment, ...] = ()

    @property
    def number(self) -> int:
        """Return its number."""
        return self.opened.nonconformity

    def files(self) -> tuple[Attachment, ...]:
        """Return every file that stands beside it, each once: those it was opened with first."""
        return tuple(dict.fromkeys((*self.opened.attachments, *self.attached)))

    def overdue(self, on: date) -> bool:
        """Tell whether its day went by and it is open."""
        return self.closed is None and self.due < on

    def after(self, step: Step, person: str) -> Nonconformity:
        """Return where it stands once a person took a step."""
        match step:
            case NonconformityContained():
                attached = (*self.attached, *step.attachments)
                return replace(self, containment=step.containment, attached=attached)
            case NonconformityNoted():
                return replace(self, attached=(*self.attached, *step.attachments))
            case NonconformityHandedOver():
                return replace(self, owner=step.owner, hand_overs=self.hand_overs + 1)
            case NonconformityDue():
                return replace(self, due=step.due)
            case NonconformityLinked():
                others = tuple(action for action in self.actions if action != step.action)
                return replace(self, actions=others if step.undone else (*others, step.action))
            case NonconformityClosed():
                return replace(self, closed=step)
            case NonconformityReopened():
                return replace(self, closed=None, due=step.due, opener=person)

    def require_open(self) -> None:
        """Refuse what comes after the end. Raises: NonconformityRefused."""
        if self.closed is not None:
            raise NonconformityRefused(self.number, "closed")

    def contain(self, containment: str, files: tuple[Attachment, ...] = ()) -> NonconformityContained:
        """Say what is done to contain it. Raises: NonconformityRefused, BadInput."""
        self.require_open()
        require_words(containment, "containment")
        return NonconformityContained(self.number, self.opened.batch, containment, files)

    def note(self, note: str, files: tuple[Attachment, ...] = ()) -> NonconformityNoted:
        """Put down what belongs to it. Raises: NonconformityRefused, BadInput."""
        self.require_open()
        require_words(note, "note")
        return NonconformityNoted(self.number, self.opened.batch, note, files)

    def hand_over(self, owner: Person, reason: str, on: date) -> NonconformityHandedOver:
        """Give it to another person, who must be able to work. Raises: NonconformityRefused, ReadsOnly, NotActive."""
        self.require_open()
        require_owner(owner, on)
        if owner.id == self.owner:
            raise NonconformityRefused(self.number, "same_owner", owner.name)
        require_words(reason, "reason")
        return NonconformityHandedOver(self.number, self.opened.batch, owner.id, reason)

    def put_off(self, due: date, reason: str, on: date) -> NonconformityDue:
        """Say that it is due on another day. Raises: NonconformityRefused, BadInput."""
        self.require_open()
        require_day(due, on)
        require_words(reason, "reason")
        return NonconformityDue(self.number, self.opened.batch, due, reason)

    def link(self, action: str, name: str, *, undone: bool = False) -> NonconformityLinked:
        """Say that a corrective action (its id, and number for words) puts it right, or not after all."""
        self.require_open()
        if (action in self.actions) != undone:
            raise NonconformityRefused(self.number, "not_linked" if undone else "linked", name)
        return NonconformityLinked(self.number, self.opened.batch, action, undone)

    def close(self, by: Person, over: int | None, reason: str) -> NonconformityClosed:
        """End it.

        Args: over: the event by which it was decided what becomes of the goods; None: nothing was.
        Raises: NonconformityRefused; NonconformityOwn: who opened it last; BadInput: neither decision nor reason.
        """
        self.require_open()
        if by.id == self.opener:
            raise NonconformityOwn(self.number, by.name)
        if over is None:
            require_words(reason, "reason")
        return NonconformityClosed(self.number, self.opened.batch, over, reason)

    def reopen(self, due: date, reason: str, on: date) -> NonconformityReopened:
        """Open it again. Raises: NonconformityRefused: it is open; BadInput."""
        if self.closed is None:
            raise NonconformityRefused(self.number, "open")
        require_day(due, on)
        require_words(reason, "reason")
        return NonconformityReopened(self.number, self.opened.batch, due, reason, together=True)


def begun(opened: NonconformityOpened, person: str) -> Nonconformity:
    """Return where a nonconformity stands that a person has just opened."""
    return Nonconformity(opened, person, opened.owner, opened.due, opened.containment)


def open_on(
    said: NonconformityOpened,
    batch: Batch,
    found: Collection[str],
    owner: Person,
    on: date,
    beside: Collection[Nonconformity] = (),
) -> NonconformityOpened:
    """Return what is put on record of a nonconformity of a batch.

    Args: found: the codes that compared rounds of the batch found. beside: the other nonconformities of the batch.
    Raises: NonconformityBlind; NothingNonconforming: neither stopped nor rejected, and no finding is named;
        BadInput: ``affected_outside``, ``affected_together``, ``affected_whole``, ``code_not_claimed``, ``missing``,
            ``day_past``; ReadsOnly, NotActive: the owner.
    """
    require_not_being_checked(batch)
    codes = tuple(dict.fromkeys(code.strip() for code in said.codes if code.strip()))
    for code in codes:
        if code not in found:
            raise BadInput("code_not_claimed", facts={"value": code}, where={"field": "codes"})
    if not codes:
        if not is_held(batch.state, batch.held):
            raise NothingNonconforming(batch.number)
        require_words(said.what, "what")
    if not 1 <= said.quantity <= batch.saved.quantity:
        facts: dict[str, object] = {"value": said.quantity, "quantity": batch.saved.quantity}
        raise BadInput("affected_outside", facts=facts, where={"field": "quantity"})
    require_together(replace(said, codes=codes), batch, beside)
    require_words(said.containment, "containment")
    require_owner(owner, on)
    require_day(said.due, on)
    return replace(said, batch=batch.id, codes=codes, owner=owner.id, together=True)


def require_together(one: NonconformityOpened, batch: Batch, beside: Collection[Nonconformity]) -> None:
    """Refuse more units of a code, together with what is open of the batch beside it, than there are.

    How many of its units have which of its codes one of several codes does not say: it counts whole for each of them.
    What is closed was dealt with, and is not counted.
    Raises: BadInput ``affected_together``, ``affected_whole``: where one of them names several codes.
    """
    for code in one.codes:
        others = [
            n for n in beside if n.closed is None and n.number != one.nonconformity and code in n.opened.codes
        ]
        affected = one.quantity + sum(n.opened.quantity for n in others)
        if affected > batch.saved.quantity:
            several = any(len(n.codes) > 1 for n in (one, *(other.opened for other in others)))
            raise BadInput(
                "affected_whole" if several else "affected_together",
                facts={
                    "code": code,
                    "value": affected,
                    "others": ", ".join(name_of(n.number) for n in others),
                    "quantity": batch.saved.quantity,
                },
                where={"field": "quantity"},
            )


def require_not_being_checked(batch: Batch) -> None:
    """Refuse to put anything down while a check of the batch may wait for its second. Raises: NonconformityBlind."""
    if batch.state in BEING_CHECKED:
        raise NonconformityBlind(batch.number)


def require_day(due: date, on: date) -> None:
    """Refuse a day that is past. Raises: BadInput: ``day_past``."""
    if due < on:
        raise BadInput("day_past", facts={"value": due}, where={"field": "due"})


def name_of(number: int) -> str:
    """Return the number of a nonconformity as people write it."""
    return f"NC-{number}"


def number_of(name: str) -> int:
    """Return the number of ``NC-3`` (or ``3``). Raises: BadInput: ``nonconformity_number``."""
    found = _NAME.fullmatch(name.strip())
    if found is None:
        raise BadInput("nonconformity_number", facts={"value": name}, where={"field": "nonconformity"})
    return int(found[1])
