# SPDX-License-Identifier: Apache-2.0
"""Batches: where one stands, what holds it, and what may be done with it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from qcdesk.domain.concessions import require_in_time
from qcdesk.domain.dispositions import Part, require_dispositions
from qcdesk.domain.events import (
    BatchCancelled,
    BatchDisposed,
    BatchHeld,
    BatchPlaced,
    BatchReworked,
    BatchSaved,
    HoldLifted,
    Shipped,
    ShippedUnreleased,
    Withdrawn,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import (
    ChangedMeanwhile,
    Held,
    MakerStays,
    MissingRole,
    MoreThanReleased,
    NotHeld,
    ReworkersMissing,
    SelfConfirm,
    ShipDay,
    TwoNeeded,
    WrongState,
)

State = Literal[
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "rejected",
    "disagreed",
    "released",
    "returned",
    "scrapped",
    "split",
    "released_under_concession",
    "withdrawn",
    "cancelled",
]
STATES: tuple[State, ...] = get_args(State)
HELD_OF_ITSELF: tuple[State, ...] = ("rejected", "disagreed", "withdrawn")


def is_held(state: str, held: bool) -> bool:
    """Tell whether a batch is held: by a stop, or of itself (rejected, disagreed, withdrawn)."""
    return held or state in HELD_OF_ITSELF


STOPPABLE: tuple[State, ...] = (
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "rejected",
    "disagreed",
    "released",
    "released_under_concession",
)
"""States in which a batch can be stopped: also when all of it has left, as long as its release can be taken back."""
DISPOSABLE_WHEN_HELD: tuple[State, ...] = (
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "disagreed",
    "released",
    "withdrawn",
)
SETTLED_FROM: tuple[State, ...] = (
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "disagreed",
    "withdrawn",
)
"""States in which a held batch is sorted, returned or scrapped: never what is released."""
ENDED: tuple[State, ...] = ("returned", "scrapped", "split", "cancelled")
"""States that a batch never leaves."""
HoldKind = Literal["safety", "paperwork", "wrong_goods", "procedure", "other"]
HOLD_KINDS: tuple[HoldKind, ...] = ("safety", "paperwork", "wrong_goods", "procedure", "other")
SIGNATURE_HOLD = "signature"
"""The kind of hold that comes with a key in doubt; nobody chooses it."""


@dataclass(frozen=True)
class Shown:
    """Where a batch stands on the sheet that two people read before they sign: another one asks them anew."""

    state: State
    round: str | None
    hold: str | None


@dataclass(frozen=True)
class Batch:
    """A batch as the log says it is now.

    ``rework_ordered``: a rework was signed and has not been recorded as done. ``left_unreleased``: units that left
    without a release. ``registered_on``, ``released_on``: the earliest day that a calendar can have shown then.
    ``conceded_until``: the last day of the concession under which it was released. ``split_off``: units that became
    batches of their own. ``origins``: the batches that it was split from, the oldest first; empty: it was received whole.
    ``repaired``: it, or what it was split from, was sent to repair: it may not be what was asked for. ``regraded``: for
    which grade or use it, or what it was split from, was taken last; empty: for what it was made.
    """

    id: str
    saved: BatchSaved
    state: State = "registered"
    held: bool = False
    hold: str | None = None
    hold_by: str | None = None
    round_no: int = 0
    round: str | None = None
    reworkers: tuple[str, ...] = ()
    next_severity: Literal["normal", "tightened"] = "normal"
    again_used: bool = False
    rework_ordered: bool = False
    released: int = 0
    shipped: int = 0
    left_unreleased: int = 0
    registered_on: date = date.min
    released_on: date | None = None
    conceded_until: date | None = None
    split_off: int = 0
    origins: tuple[str, ...] = ()
    repaired: bool = False
    regraded: str = ""

    @property
    def here(self) -> int:
        """How many units it has that did not leave without a release and are no batch of their own."""
        return self.saved.quantity - self.left_unreleased - self.split_off

    @property
    def still_here(self) -> int:
        """How many units of those have not been shipped either."""
        return self.here - self.shipped

    @property
    def conceded_here(self) -> int:
        """How many units it has that are released under a concession and wait to be shipped."""
        return self.released - self.shipped if self.state == "released_under_concession" else 0

    @property
    def number(self) -> str:
        """The batch number people use."""
        return self.saved.number

    @property
    def shown(self) -> Shown:
        """Where it stands, as a sheet shows it."""
        return Shown(self.state, self.round, self.hold)

    def require_as_shown(self, shown: Shown | None) -> None:
        """Refuse what two people read of a batch that stands elsewhere now; None: nothing was shown."""
        if shown not in (None, self.shown):
            raise ChangedMeanwhile()

    def units_made_by(self, person: str) -> tuple[int, ...] | None:
        """Return the units a person made, empty when which is not known, None when none."""
        for maker in self.saved.makers:
            if maker.person == person:
                return maker.units
        return None

    def require_state(self, act: str, *states: State) -> None:
        """Refuse an act that this state does not have."""
        if self.state not in states:
            raise WrongState(self.number, self.state, act)

    def require_not_held(self, who_can: tuple[str, ...] = ()) -> None:
        """Refuse while quarantined."""
        if self.held:
            raise Held(self.number, self.hold_by or "", who_can)

    def change(self, saved: BatchSaved, by: Person, on: date) -> BatchSaved:
        """Change the record of a batch whose first round has not opened."""
        by.require_any_role(on)
        self.require_state("change", "registered")
        if self.round_no or self.origins:
            raise WrongState(self.number, self._was_begun(), "change")
        if saved.seen != self.saved.seen:
            raise ChangedMeanwhile(saving=True)
        if saved.number != self.number:
            self.require_not_held()
        require_sound(saved, on)
        makers = {m.person for m in saved.makers}
        if by.id not in makers and any(m.person == by.id for m in self.saved.makers):
            raise MakerStays(by.name)
        return saved

    def cancel(self, by: Person, reason: str, on: date) -> BatchCancelled:
        """Cancel a batch registered by mistake: only while no check was begun."""
        by.require_any_role(on)
        self.require_state("cancel", "registered")
        if self.round_no or self.origins:
            raise WrongState(self.number, self._was_begun(), "cancel")
        self.require_not_held()
        return BatchCancelled(self.id, require_reason(reason))

    def _was_begun(self) -> str:
        return "part" if self.origins else "begun_before"

    def stop(self, by: Person, hold: str, kind: str, reason: str, on: date) -> BatchHeld:
        """Quarantine: anyone with a role, alone, at once."""
        by.require_any_role(on)
        self.require_state("stop", *STOPPABLE)
        if self.held:
            raise Held(self.number, self.hold_by or "")
        if kind not in HOLD_KINDS:
            raise BadInput("hold_kind", facts={"kinds": HOLD_KINDS}, where={"field": "kind"})
        return BatchHeld(self.id, hold, kind, require_reason(reason))

    def lift(self, by: Person, other: Person, reason: str, on: date, family: str | None = None) -> HoldLifted:
        """End the hold: any two with the releaser role."""
        if not self.held or self.hold is None:
            raise NotHeld(self.number)
        require_two_releasers(by, other, on, "lift", family)
        return HoldLifted(self.id, self.hold, require_reason(reason))

    def rework(
        self,
        by: Person,
        other: Person,
        reason: str,
        on: date,
        way: Literal["rework", "repair"] = "rework",
    ) -> BatchDisposed:
        """Send a rejected or held batch to rework or to repair: one asks, another confirms."""
        self.require_disposable()
        by.require_any_role(on)
        other.require_any_role(on)
        if by.id == other.id:
            raise SelfConfirm(by.name)
        if self.rework_ordered or self.round is None:
            raise WrongState(self.number, "rework", "dispose")
        self.require_whole("dispose")
        return BatchDisposed(self.id, self.round, way, self.saved.quantity, require_reason(reason))

    def dispose(
        self,
        disposition: Literal["sort", "regrade", "return", "scrap"],
        by: Person,
        other: Person,
        reason: str,
        on: date,
        terms: str = "",
    ) -> BatchDisposed:
        """Sort, regrade, return or scrap all of a rejected or held batch that is here: one asks, another confirms.

        Args: terms: which grade, and what for, where it is regraded.
        """
        again = disposition in ("sort", "regrade")
        self.require_settled("sort" if again and self.state == "registered" else "dispose_goods", again=again)
        here = self.still_here
        if here < 1:
            raise WrongState(self.number, "shipped", "dispose_goods")
        if again:
            self.require_whole("dispose")
            if self.shipped:
                raise WrongState(self.number, "shipped", "sort")
        require_dispositions(self.number, here, (Part(disposition, here, (by.id,)),), by, other, on)
        round_ = self.round if self.state != "registered" else None
        return BatchDisposed(self.id, round_, disposition, here, require_reason(reason), terms.strip())

    def require_settled(self, act: str, *, again: bool) -> None:
        """Refuse an end for goods that are neither rejected nor held, or are released.

        What is conceded goes to its customer first; what that leaves is rejected. What is to be reworked may be returned
        or scrapped instead, as long as nobody put the rework down.

        Args: again: they are inspected anew after it, so they were before.
        """
        fit = self.state == "rejected" or (self.state in SETTLED_FROM and is_held(self.state, self.held))
        if self.state == "released_under_concession" and not self.conceded_here:
            fit = True
        if self.state == "registered" and (self.held or self.rework_ordered) and not again:
            fit = True
        if not fit:
            raise WrongState(self.number, "conceded" if self.conceded_here else self.state, act)
        if self.rework_ordered and again:
            raise WrongState(self.number, "rework", act)

    def require_whole(self, act: str) -> None:
        """Refuse inspecting anew what stayed of a batch: its rounds were about units that are elsewhere now."""
        if self.split_off:
            raise WrongState(self.number, "split", act)

    def place(self, by: Person, stands: str, on: date) -> BatchPlaced:
        """Say where the goods stand."""
        by.require_any_role(on)
        if self.state in ENDED:
            raise WrongState(self.number, self.state, "place")
        if not stands.strip():
            raise BadInput("missing", where={"field": "stands"})
        return BatchPlaced(self.id, stands.strip())

    def require_disposable(self) -> None:
        """Refuse disposing of a batch that is neither rejected nor held, or of which a part has left."""
        fit = self.state == "rejected" or (
            self.state in DISPOSABLE_WHEN_HELD and is_held(self.state, self.held)
        )
        if not fit or self.shipped:
            raise WrongState(self.number, "shipped" if fit else self.state, "dispose")

    def reworked(self, by: Person, reworkers: tuple[str, ...], note: str, on: date) -> BatchReworked:
        """Record who reworked; the next round is tightened."""
        by.require_any_role(on)
        if not self.rework_ordered or self.shipped:
            raise WrongState(self.number, "shipped" if self.shipped else self.state, "reworked")
        if not reworkers:
            raise ReworkersMissing(self.number)
        return BatchReworked(self.id, reworkers, note)

    def require_rework_recorded(self) -> None:
        """Refuse going on, to a new round or out of the house, while an ordered rework is not recorded as done."""
        if self.rework_ordered:
            raise ReworkersMissing(self.number)

    def ship(
        self, by: Person, shipment: str, quantity: int, to: str, on: date, document: str, today: date
    ) -> Shipped:
        """Record goods that leave: only of what was released, never while held."""
        by.require_any_role(today)
        self.require_state("ship", "released", "released_under_concession")
        self.require_not_held()
        if quantity < 1:
            raise BadInput("quantity", facts={"value": quantity}, where={"field": "quantity"})
        if not to.strip():
            raise BadInput("missing", where={"field": "to"})
        self._require_day(on, self.released_on or self.registered_on, today)
        self.require_in_time(max(on, today))
        left = min(self.released, self.here) - self.shipped
        if quantity > left:
            raise MoreThanReleased(self.number, quantity, left)
        return Shipped(self.id, shipment, quantity, to, on, document)

    def require_in_time(self, on: date) -> None:
        """Refuse what is done under a concession after its last day. Raises: ConcessionExpired."""
        if self.state == "released_under_concession" and self.conceded_until is not None:
            require_in_time(self.number, self.conceded_until, on)

    def _require_day(self, on: date, since: date, today: date) -> None:
        """Refuse a day before goods could leave, or after tomorrow; today is never too early, whatever the log says."""
        first, last = min(since, today), today + timedelta(days=1)
        if not first <= on <= last:
            raise ShipDay(self.number, on, first, last)

    def withdraw(
        self, by: Person, signers: tuple[str, ...], reason: str, on: date, family: str | None = None
    ) -> Withdrawn:
        """Take a release back: any signer or releaser alone."""
        self.require_state("withdraw", "released", "released_under_concession")
        by.require_active()
        if by.id not in signers and not by.has_role("releaser", on, family):
            raise MissingRole(by.name, "releaser")
        return Withdrawn(self.id, require_reason(reason))

    def ship_unreleased(
        self,
        by: Person,
        shipment: str,
        quantity: int,
        to: str,
        on: date,
        reason: str,
        document: str,
        today: date,
    ) -> ShippedUnreleased:
        """Put down goods that left without a release, whatever state the batch is in: it is told, not allowed."""
        by.require_any_role(today)
        if quantity < 1:
            raise BadInput("quantity", facts={"value": quantity}, where={"field": "quantity"})
        if not to.strip():
            raise BadInput("missing", where={"field": "to"})
        self._require_day(on, self.registered_on, today)
        left = self.here - self.shipped
        if quantity > left:
            raise MoreThanReleased(self.number, quantity, left)
        return ShippedUnreleased(
            self.id, shipment, quantity, to.strip(), on, require_reason(reason), document
        )


def require_sound(saved: BatchSaved, on: date) -> None:
    """Refuse a batch record that says nothing or contradicts itself."""
    if saved.quantity < 2:
        raise BadInput("lot_too_small", facts={"value": saved.quantity}, where={"field": "quantity"})
    if saved.supplier is None and not saved.line.strip():
        raise BadInput("supplier_or_line", where={"field": "supplier"})
    if saved.supplier is not None and saved.line.strip():
        raise BadInput("supplier_and_line", where={"field": "line"})
    if saved.made_on and saved.made_on > on:
        raise BadInput("made_later", facts={"made_on": saved.made_on}, where={"field": "made_on"})
    if saved.made_on and saved.ship_by and saved.ship_by < saved.made_on:
        raise BadInput(
            "ship_before_made",
            facts={"made_on": saved.made_on, "ship_by": saved.ship_by},
            where={"field": "ship_by"},
        )
    for maker in saved.makers:
        if any(not 1 <= unit <= saved.quantity for unit in maker.units):
            raise BadInput("unit_outside", facts={"quantity": saved.quantity}, where={"field": "makers"})


def require_reason(reason: str) -> str:
    """Return the reason trimmed; an empty one is refused."""
    if not reason.strip():
        raise BadInput("missing", where={"field": "reason"})
    return reason.strip()


def require_two_releasers(by: Person, other: Person, on: date, act: str, family: str | None = None) -> None:
    """Refuse unless two different people hold the releaser role, for the family of the product."""
    by.require_role("releaser", on, family)
    other.require_role("releaser", on, family)
    if by.id == other.id:
        raise TwoNeeded(act)
