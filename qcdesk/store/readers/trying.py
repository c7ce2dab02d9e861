# SPDX-License-Identifier: Apache-2.0
"""What a person may do with a batch now: each use case itself is tried, up to the moment at which it would write.

So the answer is never a second opinion about a rule: it is the very refusal that the act would meet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Self, cast

from qcdesk.domain.batches import Batch
from qcdesk.domain.events import Place, Strength
from qcdesk.domain.independence import Case, could
from qcdesk.domain.people import Person, Role
from qcdesk.domain.refusals import AskedForConcession, Blind, MissingRole, NobodyLeft, Refusal, WrongState
from qcdesk.domain.rounds import Check, Round
from qcdesk.domain.splitting import Piece, require_splittable
from qcdesk.services import (
    certify_batch,
    concessions,
    register_batch,
    revoke_keys,
    settle_round,
    sign_check,
    split_batch,
    start_check,
)
from qcdesk.services.foresight import case_of, current_round, family_of
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.rows import MayRow

_REMEMBERED = frozenset(
    (
        "approved_for",
        "batch",
        "check",
        "instruments",
        "people",
        "person",
        "procedure",
        "product",
        "round",
        "rounds",
        "shop",
        "supplier",
        "work",
    )
)


class _WouldWrite(Exception):
    """Every rule was passed: only writing is left."""


class _Trying:
    """A unit of work that reads once and never writes; inside another one that is open."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[tuple[object, ...], object] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        asked = getattr(self._uow, name)
        if name not in _REMEMBERED:
            return asked

        def remembered(*given: object) -> object:
            key = (name, *given)
            if key not in self._known:
                self._known[key] = asked(*given)
            return self._known[key]

        return remembered

    def _write(self, *_given: object, **_more: object) -> None:
        raise _WouldWrite

    append = keep_record = commit = seal = _write
    batch_verifies = _write  # asked last before a release; slow, and asked again at the act itself


def trying(uow: UnitOfWork) -> UnitOfWork:
    """Return a unit of work on which use cases may be tried; ``uow`` is open, and stays open longer."""
    return cast("UnitOfWork", _Trying(uow))


@dataclass(frozen=True)
class _EmptyHand:
    """A hand that signs nothing."""

    person: str
    key: str = ""
    session: str | None = None
    strength: Strength = "act"

    def sign(self, kind: str, body: bytes) -> bytes:
        raise AssertionError("nothing is signed while trying")


class _NoIds:
    """Ids for what is never written."""

    def new(self) -> str:
        return "0" * 32


IDS: Ids = _NoIds()
WORD = "-"  # stands for a reason that the act would ask for


def hand_of(person: str) -> Hand:
    """Return a hand for trying: it has a person and cannot sign."""
    return _EmptyHand(person)


def refusal_of(act: Callable[[], object]) -> Refusal | None:
    """Try a use case; None when it would have gone through."""
    try:
        act()
    except _WouldWrite:
        return None
    except Refusal as refusal:
        return refusal
    return None


def may_start(uow: UnitOfWork, person: str, batch: str, on: date) -> Refusal | None:
    """Try taking the place that is free, or going on with one's own check."""
    return refusal_of(lambda: start_check.start_check(uow, IDS, hand_of(person), batch, on, knowing=True))


def may_release(uow: UnitOfWork, person: str, batch: str, on: date) -> Refusal | None:
    """Try a release, but for the verification."""
    return refusal_of(lambda: settle_round.release_batch(uow, hand_of(person), batch, on))


def may_record_rework(uow: UnitOfWork, person: str, batch: str, on: date) -> Refusal | None:
    """Try putting down a rework; that nobody would be left is said once it is known who did it, and two put it down."""
    refusal = refusal_of(lambda: register_batch.record_rework(uow, hand_of(person), batch, (person,), "", on))
    return None if isinstance(refusal, NobodyLeft) else refusal


def might_be_second(uow: UnitOfWork, batch: str, person: str, on: date) -> bool:
    """Tell whether this person could make the second check of this round, or of the one that would open now."""
    try:
        case = case_of(uow, uow.batch(batch), on)
    except Refusal:
        return True  # no procedure yet: whoever is to check is not known, so everybody might be
    return any(p.id == person for p in could(case, "second"))


@dataclass(frozen=True)
class Trial:
    """One batch, one person, one day: everything that could be done now."""

    uow: UnitOfWork
    batch: Batch
    person: Person
    on: date

    def rows(self) -> tuple[MayRow, ...]:
        """Return every act, allowed or with its refusal."""
        acts: tuple[tuple[str, Callable[[], Refusal | None]], ...] = (
            ("start", lambda: may_start(self.uow, self.person.id, self.batch.id, self.on)),
            ("sign", self._sign),
            ("decide", self._decide),
            ("reject_after_all", self._reject),
            ("again", self._again),
            ("order_round", self._order),
            ("reopen_round", self._reopen),
            ("release", lambda: may_release(self.uow, self.person.id, self.batch.id, self.on)),
            ("certificate", self._certificate),
            ("ship", self._ship),
            ("ship_unreleased", self._left),
            ("stop", self._stop),
            ("lift", self._lift),
            ("dispose_rework", self._dispose),
            ("dispose_goods", self._dispose_goods),
            ("split", self._split),
            ("place", self._place),
            ("ask_concession", self._ask_concession),
            ("approve_concession", self._approve_concession),
            ("refuse_concession", self._refuse_concession),
            ("record_rework", lambda: may_record_rework(self.uow, self.person.id, self.batch.id, self.on)),
            ("retract", self._retract),
            ("withdraw", self._withdraw),
            ("cancel", self._cancel),
            ("give_up", self._give_up),
            ("see_first", self._see_first),
            ("report", self._see_first),
        )
        return tuple(self._row(act, tried()) for act, tried in acts)

    def blind(self) -> bool:
        """Tell whether the first check is closed to this person."""
        if self._round is None:
            return False
        return isinstance(self._look(), Blind)

    def _row(self, act: str, why_not: Refusal | None) -> MayRow:
        if why_not is None:
            return MayRow(act, allowed=True)
        named = tuple(getattr(why_not, "who_can", ()))
        return MayRow(act, allowed=False, why_not=why_not, who_can=named or self._who_can(act, why_not))

    def _who_can(self, act: str, why_not: Refusal) -> tuple[str, ...]:
        """Name who could do it instead, where the refusal itself has no room for names."""
        if isinstance(why_not, WrongState):
            return ()
        if act == "lift":
            return self._names(lambda p: p.has_role("releaser", self.on))
        if act in ("reject_after_all", "again", "retract", "sign"):
            signers = {c.person for c in self._checks if c.state in ("open", "signed") and c.place != "third"}
            return self._names(lambda p: p.id in signers)
        if act == "reopen_round":
            return self._names(lambda p: may_act(p, self.on))
        if act in ("withdraw", "certificate"):
            return self._names(lambda p: p.has_role("releaser", self.on))
        if act == "release" and self._round is not None:
            case = self._case()
            return tuple(p.name for p in could(case, "release") if p.id != self.person.id) if case else ()
        return ()

    def _names(self, rule: Callable[[Person], bool]) -> tuple[str, ...]:
        return tuple(
            p.name for p in self.uow.people() if p.id != self.person.id and p.status == "active" and rule(p)
        )

    def _case(self) -> Case | None:
        try:
            return case_of(self.uow, self.batch, self.on)
        except Refusal:
            return None

    @property
    def _round(self) -> Round | None:
        return current_round(self.uow, self.batch)

    @property
    def _checks(self) -> tuple[Check, ...]:
        return self._round.checks if self._round else ()

    @property
    def _hand(self) -> Hand:
        return hand_of(self.person.id)

    def _state(self, act: str) -> Refusal:
        return WrongState(self.batch.number, self.batch.state, act)

    def _sign(self) -> Refusal | None:
        places: tuple[Place, ...] = ("first", "second")
        opened = [c for c in self._checks if c.state == "open" and c.place in places]
        mine = next((c for c in opened if c.person == self.person.id), opened[-1] if opened else None)
        if mine is None:
            return self._state("sign")
        return refusal_of(lambda: sign_check.sign_check(self.uow, self._hand, self._hand, mine.id, self.on))

    def _decide(self) -> Refusal | None:
        if self.batch.state != "disagreed":
            return self._state("decide")
        mine = next((c for c in self._checks if c.place == "third" and c.state == "open"), None)
        if mine is None or mine.person != self.person.id:
            return may_start(self.uow, self.person.id, self.batch.id, self.on)
        return refusal_of(lambda: settle_round.decide(self.uow, self._hand, mine.id, self.on))

    def _reject(self) -> Refusal | None:
        return refusal_of(
            lambda: settle_round.reject_after_all(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _again(self) -> Refusal | None:
        signers = [c.person for c in self._checks if c.state == "signed" and c.place != "third"]
        other = next((p for p in signers if p != self.person.id), self.person.id)
        return refusal_of(
            lambda: settle_round.do_again(self.uow, self._hand, hand_of(other), self.batch.id, WORD, self.on)
        )

    def _order(self) -> Refusal | None:
        return refusal_of(
            lambda: settle_round.order_round(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _reopen(self) -> Refusal | None:
        return refusal_of(
            lambda: revoke_keys.reopen_round(
                self.uow, self._hand, self._another(None), self.batch.id, WORD, self.on
            )
        )

    def _certificate(self) -> Refusal | None:
        there = certify_batch.standing_certificate(self.uow, self.batch.id)
        if there is None:
            return refusal_of(
                lambda: certify_batch.issue_certificate(self.uow, self._hand, self.batch.id, self.on)
            )
        return refusal_of(
            lambda: certify_batch.print_certificate(self.uow, self._hand, there.number, self.on)
        )

    def _ship(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.ship_batch(
                self.uow, IDS, self._hand, self.batch.id, 1, WORD, self.on, "", self.on
            )
        )

    def _left(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.ship_unreleased(
                self.uow, IDS, self._hand, self.batch.id, 1, WORD, self.on, WORD, "", self.on
            )
        )

    def _stop(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.stop_batch(
                self.uow, IDS, self._hand, self.batch.id, "other", WORD, self.on
            )
        )

    def _lift(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.lift_hold(
                self.uow, self._hand, self._another("releaser"), self.batch.id, WORD, self.on
            )
        )

    def _dispose(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.dispose_batch(
                self.uow, self._hand, self._another(None), self.batch.id, "rework", WORD, self.on
            )
        )

    def _dispose_goods(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.dispose_batch(
                self.uow, self._hand, self._another(None), self.batch.id, "scrap", WORD, self.on
            )
        )

    def _split(self) -> Refusal | None:
        kept = self.batch.conceded_here
        whole = Piece("", self.batch.still_here - kept, "scrap", units=self._critical())
        return refusal_of(
            lambda: split_batch.split_batch(
                self.uow, IDS, self._hand, self._another(None), self.batch.id, (whole,), kept, WORD, self.on
            )
        )

    def _critical(self) -> tuple[int, ...]:
        """Return where units with a claimed critical are, once a split may tell of them."""
        if refusal_of(lambda: require_splittable(self.batch)) is not None:
            return ()
        return self.uow.critical_units(self.batch.id)

    def _place(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.place_batch(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _ask_concession(self) -> Refusal | None:
        if self.batch.state != "rejected" or self.uow.concession(self.batch.id) is not None:
            return self._state("concession")
        wish = concessions.Wish(1, self.on, WORD, WORD)
        return refusal_of(
            lambda: concessions.request_concession(self.uow, IDS, self._hand, self.batch.id, wish, self.on)
        )

    def _approve_concession(self) -> Refusal | None:
        """Try whether this person may be one of the two; who the other is shows only when both sign."""
        asked = self.uow.concession(self.batch.id)
        if self.batch.state != "rejected" or asked is None:
            return self._state("concession")
        family = family_of(self.uow, self.batch)
        if not self.person.has_role("concession", self.on, family):
            return MissingRole(self.person.name, "concession")
        if asked.person == self.person.id:
            able = self._names(lambda p: p.has_role("concession", self.on, family))
            return AskedForConcession(self.person.name, "approve", able, "asked")
        return None

    def _refuse_concession(self) -> Refusal | None:
        if self.batch.state != "rejected" or self.uow.concession(self.batch.id) is None:
            return self._state("concession")
        return refusal_of(
            lambda: concessions.refuse_concession(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _another(self, role: Role | None) -> Hand:
        """Return somebody else who could be the second of two; oneself where there is nobody."""
        for one in self.uow.people():
            fit = one.has_role(role, self.on) if role else may_act(one, self.on)
            if one.id != self.person.id and fit:
                return hand_of(one.id)
        return self._hand

    def _retract(self) -> Refusal | None:
        signed = [c for c in self._checks if c.state == "signed" and c.place != "third"]
        mine = next((c for c in signed if c.person == self.person.id), signed[0] if signed else None)
        if mine is None:
            return self._state("retract")
        return refusal_of(lambda: sign_check.retract_check(self.uow, IDS, self._hand, mine.id, WORD, self.on))

    def _withdraw(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.withdraw_batch(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _cancel(self) -> Refusal | None:
        return refusal_of(
            lambda: register_batch.cancel_batch(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _give_up(self) -> Refusal | None:
        if self._round is None:
            return self._state("give_up")
        return refusal_of(
            lambda: start_check.give_up_place(self.uow, self._hand, self.batch.id, WORD, self.on)
        )

    def _see_first(self) -> Refusal | None:
        if not any(c.place == "first" for c in self._checks):
            return self._state("see_first")
        return self._look()

    def _look(self) -> Refusal | None:
        return refusal_of(
            lambda: start_check.look_at_first(self.uow, self._hand, self.batch.id, WORD, self.on)
        )


def may_act(person: Person, on: date) -> bool:
    """Tell whether a person does more than read."""
    return refusal_of(lambda: person.require_any_role(on)) is None
