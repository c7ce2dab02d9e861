# SPDX-License-Identifier: Apache-2.0
"""Complaints and touches, taken and carried on; and what the owner counts by hand of a month."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from qcdesk.domain.complaints import JUDGING, Complaint, Step, require_figures, require_words, take
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
    TouchKind,
    TouchLogged,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import CodeNames
from qcdesk.domain.nonconformities import require_not_being_checked
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.refusals import TouchNotUndone
from qcdesk.domain.times import log_day
from qcdesk.services.ports import Clock, Hand, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.sittings import Sitting

Taken = TypeVar("Taken", bound=Step)


@dataclass(frozen=True)
class Care:
    """The use cases of complaints and touches; each one is an entry of a sitting."""

    begin: Callable[[], UnitOfWork]
    clock: Clock
    entering: Callable[[Sitting], Hand]

    # Touches ------------------------------------------------------------------------------------------------

    def touch(
        self, sitting: Sitting, kind: TouchKind, batch: str | None = None, order: str = ""
    ) -> tuple[int, TouchLogged]:
        """Log a touch on a batch (id or number) or on an order; the number of its event, to undo it by.

        Raises: BadInput: neither is named, or there is no such batch; ReadsOnly.
        """
        with self._writing(sitting) as (uow, hand):
            if batch is None and not order.strip():
                raise BadInput("touch_of_nothing", where={"field": "batch"})
            found = None if batch is None else uow.batch(batch)
            fact = TouchLogged(
                found.id if found else None, order or (found.saved.order if found else ""), kind
            )
            event = uow.append(fact, hand)
            uow.commit()
        return event.seq, fact

    def undo_touch(self, sitting: Sitting, touch: int) -> TouchLogged:
        """Take one's own touch back. Raises: TouchNotUndone: it is another's, or was taken back; BadInput."""
        with self._writing(sitting) as (uow, hand):
            made = uow.touch(touch)
            if made.person != hand.person or not made.stands:
                raise TouchNotUndone(touch)
            fact = TouchLogged(made.batch, made.order, made.kind, touch)
            uow.append(fact, hand)
            uow.commit()
        return fact

    # Complaints ---------------------------------------------------------------------------------------------

    def take_complaint(
        self, sitting: Sitting, taken: ComplaintTaken, batches: tuple[str, ...] = ()
    ) -> ComplaintTaken:
        """Take a complaint; its number is given here, its owner is whoever is named (empty: who takes it).

        Args: batches: ids or numbers of what it is about.
        Raises: BadInput: as ``domain.complaints.take`` and ``link``; NotActive, ReadsOnly: of the owner;
            NonconformityBlind: as ``link``.
        """
        with self._writing(sitting) as (uow, hand):
            now = self.clock.now()
            owner = uow.person(taken.owner or hand.person)
            numbered = replace(taken, complaint=uow.last_complaint() + 1, bound=True)
            fact = take(numbered, owner, log_day(now), self.clock.today(), now)
            uow.append(fact, hand)
            for batch in batches:
                uow.append(_linked(uow, uow.complaint(fact.complaint), batch), hand)
            uow.commit()
        return fact

    def acknowledge(
        self, sitting: Sitting, complaint: int, by_whom: str, how: str, on: date | None = None
    ) -> ComplaintAcknowledged:
        """Put down that it was read back and acknowledged, once.

        Raises: BadInput, ComplaintRefused; ComplaintNotYours.
        """
        today = log_day(self.clock.now())
        return self._go_on(
            sitting, complaint, lambda _uow, found: found.acknowledge(by_whom, how, on or today, today)
        )

    def hand_over(self, sitting: Sitting, complaint: int, owner: str, reason: str) -> ComplaintHandedOver:
        """Give it to another person, with a reason.

        Raises: BadInput, ComplaintRefused, NotActive, ReadsOnly; ComplaintNotYours.
        """
        return self._go_on(
            sitting,
            complaint,
            lambda uow, found: found.hand_over(uow.person(owner), reason, log_day(self.clock.now())),
        )

    def call_back(
        self,
        sitting: Sitting,
        complaint: int,
        *,
        called: bool,
        reached: bool = True,
        note: str = "",
        next_at: int | None = None,
    ) -> ComplaintCalledBack:
        """Put down that the customer was called, and when the next call was promised. Raises: BadInput, …

        Args: reached: whether the call reached somebody; one that did not leaves a promised call open.
        """
        return self._go_on(
            sitting,
            complaint,
            lambda _uow, found: found.calls_back(called, note, next_at, self.clock.now(), reached=reached),
        )

    def link(self, sitting: Sitting, complaint: int, batch: str, *, undone: bool = False) -> ComplaintLinked:
        """Say that it is about a batch (id or number), or not after all.

        Raises: BadInput, ComplaintRefused; NonconformityBlind: the batch is being checked.
        """
        return self._go_on(
            sitting, complaint, lambda uow, found: _linked(uow, found, batch, undone=undone), by_owner=False
        )

    def judge(
        self, sitting: Sitting, complaint: int, *, escape: bool, about: str, reason: str
    ) -> ComplaintJudged:
        """Say whether it is an escape, and what it is about; procedures that do not look for it get a proposal.

        Args: about: a defect code, in either case, or its name, is taken as that code; other words stay as they are.
        Whoever settles what others disagree about says so, whoever has the complaint.
        Raises: BadInput; ComplaintRefused: closed, said already, or an escape though none of its batches ever went
            out; MissingRole; NonconformityBlind: one of its batches is being checked.
        """
        on = log_day(self.clock.now())

        def step(uow: UnitOfWork, found: Complaint) -> ComplaintJudged:
            found.require_open()
            uow.person(sitting.person).require_role(JUDGING, on)
            for batch in found.batches:
                require_not_being_checked(uow.batch(batch))
            out = any(uow.went_out(batch) for batch in found.batches)
            meant = CodeNames(uow.code_names()).find(about) or about
            return found.judge(escape, meant, reason, blind_to(uow, found, meant), out=out)

        return self._go_on(sitting, complaint, step, by_owner=False)

    def answer(
        self, sitting: Sitting, complaint: int, *, to: str, subject: str, text: str
    ) -> ComplaintAnswered:
        """Put down the mail by which the customer was answered. Raises: BadInput, ComplaintRefused."""

        def step(_uow: UnitOfWork, found: Complaint) -> ComplaintAnswered:
            found.require_open()
            for field, said in (("to", to), ("subject", subject), ("text", text)):
                require_words(said, field)
            return ComplaintAnswered(complaint, to, subject, text)

        return self._go_on(sitting, complaint, step)

    def require_mine(self, sitting: Sitting, complaint: int) -> None:
        """Refuse whoever may not go on with it, before anything is written beside it.

        Raises: ComplaintRefused: it is closed; ComplaintNotYours, BadInput.
        """
        on = log_day(self.clock.now())
        with self.begin() as uow:
            found = uow.complaint(complaint)
            found.require_for(uow.person(sitting.person), uow.person(found.owner).name, on)

    def close(self, sitting: Sitting, complaint: int, outcome: str) -> ComplaintClosed:
        """End it, with what came of it. Raises: ComplaintRefused, BadInput."""
        return self._go_on(sitting, complaint, lambda _uow, found: found.close(outcome))

    # The owner's own figures --------------------------------------------------------------------------------

    def say_figures(self, sitting: Sitting, said: tuple[OwnerFigures, ...]) -> None:
        """Put down repeat orders and referrals of months, all or none. Raises: BadInput, ReadsOnly."""
        with self._writing(sitting) as (uow, hand):
            for figures in said:
                require_figures(figures, log_day(self.clock.now()))
                uow.append(figures, hand)
            uow.commit()

    def _go_on(
        self,
        sitting: Sitting,
        complaint: int,
        step: Callable[[UnitOfWork, Complaint], Taken],
        *,
        by_owner: bool = True,
    ) -> Taken:
        with self._writing(sitting) as (uow, hand):
            found = uow.complaint(complaint)
            if by_owner:
                on = log_day(self.clock.now())
                found.require_for(uow.person(hand.person), uow.person(found.owner).name, on)
            fact = step(uow, found)
            about = {*found.batches} if isinstance(fact, ComplaintJudged) else set()
            if isinstance(fact, ComplaintLinked):
                about = {fact.batch}
            with proving(uow, hand, log_day(self.clock.now()), *sorted(about)):
                uow.append(fact, hand)
            uow.commit()
        return fact

    @contextmanager
    def _writing(self, sitting: Sitting) -> Iterator[tuple[UnitOfWork, Hand]]:
        """Begin a transaction of somebody who has a role; left with everything written or nothing."""
        hand = self.entering(sitting)
        with self.begin() as uow:
            uow.person(hand.person).require_any_role(log_day(self.clock.now()))
            yield uow, hand


def _linked(uow: UnitOfWork, found: Complaint, batch: str, *, undone: bool = False) -> ComplaintLinked:
    there = uow.batch(batch)
    if not undone:
        require_not_being_checked(there)
    since = there.saved.made_on or there.registered_on
    return found.link(there.id, there.number, since, undone=undone)


def blind_to(uow: UnitOfWork, found: Complaint, about: str) -> tuple[str, ...]:
    """Return the codes of the procedures for what a complaint is about that look for no such thing."""
    names = [about]
    with suppress(BadInput):
        names.append(uow.defect_code(about).name)
    blind = []
    for batch in found.batches:
        version = uow.approved_for(uow.product(uow.batch(batch).saved.product).code)
        if version is not None and not any(looks_for(version.content, name) for name in names):
            blind.append(version.code)
    return tuple(dict.fromkeys(blind))


def looks_for(content: ProcedureContent, what: str) -> bool:
    """Tell whether a defect, characteristic or step of a procedure is about this: its code, its name, or its words."""
    wanted = _plain(what)
    named = {_plain(x) for d in content.defects for x in (d.code, d.name)}
    named |= {_plain(x) for c in content.characteristics for x in (c.code, c.name)}
    return wanted in named or any(
        wanted in _plain(text) for step in content.steps for text in (step.title, step.text)
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
