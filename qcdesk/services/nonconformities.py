# SPDX-License-Identifier: Apache-2.0
"""Nonconformities, opened on a batch and carried on until somebody else closes them with what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from qcdesk.domain.attachments import Attachment
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
from qcdesk.domain.nonconformities import (
    Nonconformity,
    Step,
    open_on,
    require_not_being_checked,
    require_together,
)
from qcdesk.domain.times import log_day
from qcdesk.services.kept_pictures import require_kept_files
from qcdesk.services.ports import Clock, Hand, UnitOfWork
from qcdesk.services.sittings import Sitting

Taken = TypeVar("Taken", bound=Step)


@dataclass(frozen=True)
class NewNonconformity:
    """What somebody says of goods that are amiss; batch by id or number, owner by id (empty: who says it)."""

    batch: str
    quantity: int
    containment: str
    due: date
    codes: tuple[str, ...] = ()
    what: str = ""
    owner: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Nonconformities:
    """The use cases of nonconformities: entries of a sitting, but for closing one, which is an act."""

    begin: Callable[[], UnitOfWork]
    clock: Clock
    entering: Callable[[Sitting], Hand]

    def open(self, sitting: Sitting, new: NewNonconformity) -> NonconformityOpened:
        """Open one with the next number.

        Raises: NonconformityBlind, NothingNonconforming, BadInput; NotActive, ReadsOnly: also of the owner;
            BadInput: as ``domain.nonconformities.open_on``, ``unknown_batch``, ``unknown_person``, ``unknown_file``.
        """
        with self._writing(self.entering(sitting)) as (uow, hand):
            batch = uow.batch(new.batch)
            owner = uow.person(new.owner or hand.person)
            require_kept_files(uow, (a.sha256 for a in new.attachments))
            said = NonconformityOpened(
                uow.last_nonconformity() + 1,
                batch.id,
                new.quantity,
                new.codes,
                new.what.strip(),
                new.containment.strip(),
                owner.id,
                new.due,
                new.attachments,
            )
            beside = uow.nonconformities_of(batch.id)
            fact = open_on(said, batch, uow.found_in(batch.id), owner, self._today(), beside)
            uow.append(fact, hand)
            uow.commit()
        return fact

    def contain(
        self, sitting: Sitting, number: int, containment: str, files: tuple[Attachment, ...] = ()
    ) -> NonconformityContained:
        """Say what is done to contain it, from now on. Raises: NonconformityRefused, NonconformityBlind, BadInput."""

        def step(uow: UnitOfWork, found: Nonconformity, _hand: Hand) -> NonconformityContained:
            require_kept_files(uow, (a.sha256 for a in files))
            return found.contain(containment.strip(), files)

        return self._go_on(self.entering(sitting), number, step)

    def note(
        self, sitting: Sitting, number: int, note: str, files: tuple[Attachment, ...] = ()
    ) -> NonconformityNoted:
        """Put down what belongs to it. Raises: NonconformityRefused, NonconformityBlind, BadInput."""

        def step(uow: UnitOfWork, found: Nonconformity, _hand: Hand) -> NonconformityNoted:
            require_kept_files(uow, (a.sha256 for a in files))
            return found.note(note.strip(), files)

        return self._go_on(self.entering(sitting), number, step)

    def hand_over(self, sitting: Sitting, number: int, owner: str, reason: str) -> NonconformityHandedOver:
        """Give it to another person, with a reason. Raises: NonconformityRefused, NotActive, ReadsOnly, BadInput."""
        return self._go_on(
            self.entering(sitting),
            number,
            lambda uow, found, _: found.hand_over(uow.person(owner), reason.strip(), self._today()),
        )

    def put_off(self, sitting: Sitting, number: int, due: date, reason: str) -> NonconformityDue:
        """Say that it is due on another day, with a reason. Raises: NonconformityRefused, BadInput."""
        return self._go_on(
            self.entering(sitting),
            number,
            lambda _uow, found, _: found.put_off(due, reason.strip(), self._today()),
        )

    def link(
        self, sitting: Sitting, number: int, action: str, *, undone: bool = False
    ) -> NonconformityLinked:
        """Say that a corrective action (id or number) puts it right, or not after all. Raises: BadInput, …"""

        def step(uow: UnitOfWork, found: Nonconformity, _hand: Hand) -> NonconformityLinked:
            there = uow.action(action)
            return found.link(there.id, there.name, undone=undone)

        return self._go_on(self.entering(sitting), number, step)

    def close(self, act: Hand, number: int, reason: str = "") -> NonconformityClosed:
        """End it, over what was decided of the goods or with a reason; by another than who opened it last.

        Raises: NonconformityRefused, NonconformityOwn, NonconformityBlind; BadInput: ``missing``.
        """

        def step(uow: UnitOfWork, found: Nonconformity, hand: Hand) -> NonconformityClosed:
            decided = uow.goods_decided(found.opened.batch)
            return found.close(uow.person(hand.person), decided, reason.strip())

        return self._go_on(act, number, step)

    def reopen(self, sitting: Sitting, number: int, due: date, reason: str) -> NonconformityReopened:
        """Open one again that was closed too early. Raises: NonconformityRefused, NonconformityBlind, BadInput."""

        def step(uow: UnitOfWork, found: Nonconformity, _hand: Hand) -> NonconformityReopened:
            fact = found.reopen(due, reason.strip(), self._today())
            batch = uow.batch(found.opened.batch)
            require_together(found.opened, batch, uow.nonconformities_of(batch.id))
            return fact

        return self._go_on(self.entering(sitting), number, step)

    def _go_on(
        self, hand: Hand, number: int, step: Callable[[UnitOfWork, Nonconformity, Hand], Taken]
    ) -> Taken:
        with self._writing(hand) as (uow, _):
            found = uow.nonconformity(number)
            require_not_being_checked(uow.batch(found.opened.batch))
            fact = step(uow, found, hand)
            uow.append(fact, hand)
            uow.commit()
        return fact

    @contextmanager
    def _writing(self, hand: Hand) -> Iterator[tuple[UnitOfWork, Hand]]:
        """Begin a transaction of somebody who has a role; left with everything written or nothing."""
        with self.begin() as uow:
            uow.person(hand.person).require_any_role(self._today())
            yield uow, hand

    def _today(self) -> date:
        return log_day(self.clock.now())
