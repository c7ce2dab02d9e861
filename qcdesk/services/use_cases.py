# SPDX-License-Identifier: Apache-2.0
"""Everything a person can do, bound to its adapters: what window and command line both receive.

Acts take the person's own opened key (``Hand`` from ``open_hand``: the secret was asked for this act); entries take
the ``Sitting``. Times and ids come from the adapters given to ``bootstrap``. Every method is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.batches import Shown
from qcdesk.domain.corrective import CorrectiveAction, Step, Stop
from qcdesk.domain.events import (
    ActionClosed,
    ActionOpened,
    ActionReplied,
    ActionSent,
    ActionStep,
    BadgeStopped,
    BatchCancelled,
    BatchDisposed,
    BatchHeld,
    BatchPlaced,
    BatchReworked,
    BatchSaved,
    BatchSplit,
    CertificateIssued,
    CheckRetracted,
    CheckSetAside,
    ClockCorrected,
    ConcernExplained,
    ConcessionApproved,
    ConcessionBudget,
    ConcessionRefused,
    ConcessionRequested,
    DefectCodeSaved,
    DefectReported,
    EventVoided,
    GraceGranted,
    HoldLifted,
    InstrumentSaved,
    KeyChanged,
    KeyEnrolled,
    LanguageChosen,
    PersonEnrolled,
    PersonListed,
    PersonRenamed,
    PersonUnlocked,
    PlaceGivenUp,
    ProcedureApproved,
    ProcedureDrafted,
    ProcedureRetired,
    ProductSaved,
    PromiseMade,
    Recorded,
    RejectedAfterAll,
    Released,
    Resolution,
    Resolved,
    RoundAgain,
    RoundOrdered,
    RoundReopened,
    SecretChanged,
    SeveritySet,
    Shipped,
    ShippedUnreleased,
    ShopChanged,
    StopDecided,
    SupplierMerged,
    SupplierSaved,
    SupplierStatusSet,
    SupplierUnmerged,
    Withdrawn,
    WorkspaceRestored,
)
from qcdesk.domain.events.revocations import WhyRevoked
from qcdesk.domain.guessing import TRIES_SHOWN_US, TRIES_TO_LOCK, Moment
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person, Role, RoleGrant
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.reviewing import Mark, Opened
from qcdesk.domain.sampling import DefectClass, SamplingPlan
from qcdesk.domain.splitting import Piece
from qcdesk.domain.switching import SetTo
from qcdesk.domain.times import log_day
from qcdesk.services import (
    approve_procedure,
    certify_batch,
    change_secrets,
    choose_language,
    concessions,
    corrective_actions,
    enrol_people,
    explain_concern,
    fill_label,
    issue_badges,
    keep_master_data,
    mend_log,
    merge_suppliers,
    record_entries,
    recover,
    register_batch,
    repeated_defects,
    revoke_keys,
    settle_round,
    sign_check,
    signing_in,
    sittings,
    split_batch,
    start_check,
    supplier_status,
    switch_severity,
)
from qcdesk.services.audit_suppliers import Audits
from qcdesk.services.care import Care
from qcdesk.services.company_signatures import CompanySigner
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.enrol_people import Founder
from qcdesk.services.issue_badges import Issued
from qcdesk.services.labels import LabelKind
from qcdesk.services.letters import Letters
from qcdesk.services.nonconformities import Nonconformities
from qcdesk.services.pin_sittings import PinSitting, begin_pin_sitting
from qcdesk.services.ports import (
    Certificate,
    Clock,
    Files,
    Hand,
    Ids,
    ImportFile,
    Keeping,
    Keys,
    NothingTaken,
    Printing,
    Progress,
    Sheet,
    TakenAlong,
    UnitOfWork,
    Workstation,
)
from qcdesk.services.posts import Post
from qcdesk.services.printers import NoPrinters, Printers
from qcdesk.services.rows import BlindReader, Readers, ReviewReader, SigningPage, SignInNotice, TriedRow
from qcdesk.services.sittings import Sitting
from qcdesk.services.tell_prints import Prints


@dataclass(frozen=True)
class UseCases:
    """The façade.

    ``begin`` opens a unit of work that may write, ``look`` one that only reads; ``read`` is for lists and pages, and
    ``own`` is all that a running check may load, but for what ``review`` opens of a first check to its second person.
    """

    begin: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    clock: Clock
    ids: Ids
    keys: Keys
    read: Readers
    own: BlindReader
    review: ReviewReader
    files: Files
    keeping: Keeping
    printing: Printing
    importing: ImportFile
    letters: Letters
    workstation: Workstation
    company: CompanySigner
    post: Post
    taken: TakenAlong = field(default_factory=NothingTaken)
    printers: Printers = field(default_factory=NoPrinters)

    @property
    def care(self) -> Care:
        """Return what is done about complaints and touches, and the owner's own figures."""
        return Care(self.begin, self.clock, self._entering)

    @property
    def prints(self) -> Prints:
        """Return what is put on record of papers that leave."""
        return Prints(self.begin, self.look, self._entering, self.workstation, self.company)

    @property
    def nonconformities(self) -> Nonconformities:
        """Return what is done about nonconformities."""
        return Nonconformities(self.begin, self.clock, self._entering)

    # Sittings -----------------------------------------------------------------------------------------------

    @property
    def is_opened(self) -> bool:
        """Whether two people have opened the workspace; until then there is nothing to sign in to."""
        uow = self.look()
        try:
            with uow:
                return bool(uow.vault)
        except BadInput:
            return False

    def open_workspace(self, *, shop: str, owner: Founder, second: Founder) -> tuple[str, tuple[Hand, Hand]]:
        """Open an empty workspace with its first two people; the recovery code and their hands."""
        return enrol_people.open_workspace(
            self.begin(), self.keys, self.ids, vault=self.ids.new(), shop=shop, owner=owner, second=second
        )

    def open_hand_by_log(self, login: str, secret: str) -> Hand:
        """Open a person's own key, whatever the tables say of the person: for ``rebuild_tables``, which asks the log."""
        return self.gate().open(login, secret, by_log=True)

    def open_hand(self, login: str, secret: str, sheet: Sheet | None = None) -> Hand:
        """Open a person's own key with the secret, for acts; WrongSecret, TryLater, Locked (not with the ``sheet``)."""
        return self.gate().open(login, secret, sheet)

    def gate(self) -> signing_in.Gate:
        """Return what every secret goes through."""
        return signing_in.Gate(self.begin, self.look, self.clock, self.keys, self.workstation)

    def open_badge(self, code: str, pin: str) -> Hand:
        """Open a person's own key by badge and PIN, for acts; BadgeUnknown, and as ``open_hand``."""
        return self.gate().open_badge(code, pin)

    def person_of_badge(self, code: str) -> Person:
        """Return whose badge was scanned, to ask for the PIN by name; BadgeUnknown."""
        return self.gate().person_of_badge(code)

    def begin_pin_sitting(self, hand: Hand, pin: str, idle_minutes: int = 10) -> PinSitting:
        """Let a PIN open this hand's key for further acts of the same sitting; in memory only."""
        return begin_pin_sitting(self.gate(), hand, pin, idle_minutes)

    def moment(self) -> Moment:
        """Return this moment as the workstation sees it, for what asks whether a lock still stands."""
        return self.workstation.moment(self.clock.now())

    def sign_in_notice(self, person: str) -> SignInNotice:
        """Return what to show somebody who has just signed in; failed tries until they were seen at this workstation.

        A sign-in alone is no sign that they were seen: a script signs in too, and so does whoever guessed right.
        """
        return self.read.sign_in_notice(
            person, self._seen(f"tries {person}"), self.clock.now() - TRIES_SHOWN_US
        )

    def saw_tries(self, person: str, up_to: int) -> None:
        """Keep at this workstation that somebody has seen the tries up to an event."""
        self._saw(f"tries {person}", up_to)

    def others_tried(self, person: str) -> tuple[TriedRow, ...]:
        """Return runs of failed tries of others, for whoever looks after the shop; until they were seen here.

        A run that led to a lock is told by the lock.
        """
        rows = self.read.tried(self._seen(f"others {person}"), self.clock.now() - TRIES_SHOWN_US)
        return tuple(row for row in rows if row.person != person and row.in_a_row < TRIES_TO_LOCK)

    def saw_others_tried(self, person: str, up_to: int) -> None:
        """Keep at this workstation that whoever looks after the shop has seen others' tries up to an event."""
        self._saw(f"others {person}", up_to)

    def _saw(self, what: str, up_to: int) -> None:
        with self.look() as uow:
            vault = uow.vault
        self.workstation.saw_up_to(vault, what, up_to)

    def _seen(self, what: str) -> int:
        """Return up to which event tries were seen here; 0 where the log ends before it and goes on anew."""
        with self.look() as uow:
            seen = self.workstation.seen_up_to(uow.vault, what)
            return seen if seen <= uow.head_seq() else 0

    def open_sitting(self, hand: Hand, idle_minutes: int = sittings.IDLE_MINUTES) -> Sitting:
        """Open a sitting for entries, which is over after so many idle minutes (2 to 30)."""
        return sittings.open_sitting(self.begin(), self.keys, self.ids, hand, self.workstation, idle_minutes)

    def sit_down_again(self, hand: Hand, sitting: Sitting) -> None:
        """Go on in a sitting that is over, whose person has opened the own key again."""
        sittings.sit_down_again(self.begin, self.keys, self.ids, hand, sitting, self.workstation)

    def close_sitting(self, sitting: Sitting) -> None:
        """Close a sitting; one that is closed already stays so."""
        sitting.close(self.begin)

    def _day(self) -> date:
        """Return the day by which it is decided what has lapsed."""
        return log_day(self.clock.now())

    def _entering(self, sitting: Sitting) -> Hand:
        """Return the hand that signs an entry of a sitting. Raises: SittingOver."""
        return sittings.hand_at_work(self.begin, sitting)

    # Secrets ------------------------------------------------------------------------------------------------

    def unlock(self, act: Hand, person: str, sheet: Sheet | None = None) -> PersonUnlocked:
        """End another person's lock, or one's own with the opened recovery sheet."""
        return signing_in.unlock(self.gate(), act, person, sheet)

    def change_password(self, login: str, old: str, new: str) -> SecretChanged:
        """Choose another password; the key stays."""
        return change_secrets.change_password(self.gate(), login, old, new)

    def change_key(self, login: str, secret: str) -> KeyChanged:
        """Get a new key under the same password, signed in by the old one; badges end."""
        return change_secrets.change_key(self.gate(), login, secret)

    def issue_badge(self, act: Hand, other: Hand, pin: str) -> Issued:
        """Make a badge for whose hand ``act`` is, opened by password; one other person signs beside."""
        return issue_badges.issue_badge(self.gate(), act, other, pin)

    def stop_badge(self, act: Hand, person: str, reason: str) -> tuple[BadgeStopped, ...]:
        """Stop somebody's badge; anybody may."""
        return issue_badges.stop_badge(self.gate(), act, person, reason)

    # People -------------------------------------------------------------------------------------------------

    def enrol(
        self,
        by: Hand,
        other: Hand,
        *,
        login: str,
        name: str,
        roles: tuple[Role, ...],
        secret: str,
        staff: str = "",
        languages: tuple[str, ...] = (),
        another_person: bool = False,
        listed: str = "",
    ) -> PersonEnrolled:
        """Enrol a person: two enrolled people (or one and the opened recovery sheet) and the new one sign."""
        return enrol_people.enrol(
            self.begin(),
            self.keys,
            self.ids,
            by,
            other,
            login=login,
            name=name,
            roles=roles,
            secret=secret,
            on=self._day(),
            staff=staff,
            languages=languages,
            another_person=another_person,
            listed=listed,
        )

    def list_person(
        self, sitting: Sitting, name: str, staff: str = "", *, another_person: bool = False
    ) -> PersonListed:
        """List a maker, who has no key; a name that reads like somebody's is refused unless it is another person."""
        return enrol_people.list_person(
            self.begin(),
            self.ids,
            self._entering(sitting),
            name,
            self._day(),
            staff,
            another_person=another_person,
        )

    def choose_language(self, sitting: Sitting, language: str) -> LanguageChosen:
        """Choose in which language one reads, at every workstation; empty: in that of each."""
        return choose_language.choose_language(self.begin(), self._entering(sitting), language)

    def change_languages(self, act: Hand, person: str, languages: tuple[str, ...]) -> None:
        """Change the languages in which a person works; one administrator."""
        enrol_people.change_languages(self.begin(), act, person, languages, self._day())

    def rename_person(
        self, by: Hand, other: Hand, person: str, name: str, *, another_person: bool = False
    ) -> PersonRenamed:
        """Write a person's name in another way; two sign."""
        return enrol_people.rename_person(
            self.begin(), by, other, person, name, self._day(), another_person=another_person
        )

    def open_sheet(self, code: str) -> Sheet:
        """Open the recovery sheet, to sign beside one person; ``next_code`` is the new sheet's, once it was used."""
        return recover.open_sheet(self.look(), self.keys, code)

    def revoke_key(
        self,
        by: Hand,
        other: Hand | None,
        person: str,
        why: WhyRevoked,
        suspect_from: int | None = None,
    ) -> revoke_keys.Revoked:
        """End a person's key: the person alone (``other`` None), or two others; the sheet may be the second."""
        return revoke_keys.revoke_key(
            self.begin(), self.ids, by, other, person, why, self._day(), suspect_from
        )

    def enrol_new_key(self, by: Hand, other: Hand, person: str, secret: str) -> KeyEnrolled:
        """Give an enrolled person a new key: two others (the sheet may be the second) and the new key sign."""
        return revoke_keys.enrol_new_key(self.begin(), self.keys, by, other, person, secret, self._day())

    def reopen_round(
        self, by: Hand, other: Hand, batch: str, reason: str, *, seen: Shown | None = None
    ) -> RoundReopened:
        """Send a batch with a signature in doubt to a new round; two sign."""
        return revoke_keys.reopen_round(self.begin(), by, other, batch, reason, self._day(), seen=seen)

    def grant_role(self, by: Hand, other: Hand, person: str, grant: RoleGrant) -> None:
        """Grant a role; two sign."""
        enrol_people.grant_role(self.begin(), by, other, person, grant, self._day())

    def take_role(self, act: Hand, person: str, role: Role) -> None:
        """Take a role away; one administrator."""
        enrol_people.take_role(self.begin(), act, person, role, self._day())

    def grant_qualification(
        self, by: Hand, other: Hand, person: str, procedure: str, until: date | None
    ) -> None:
        """Qualify a person for a procedure; two sign."""
        enrol_people.grant_qualification(self.begin(), by, other, person, procedure, until, self._day())

    def take_qualification(self, act: Hand, person: str, procedure: str) -> None:
        """Take a qualification away; one administrator."""
        enrol_people.take_qualification(self.begin(), act, person, procedure, self._day())

    def suspend(self, act: Hand, person: str, reason: str) -> None:
        """Suspend a person; one administrator."""
        enrol_people.suspend(self.begin(), act, person, reason, self._day())

    def lift_suspension(self, by: Hand, other: Hand, person: str) -> None:
        """Lift a suspension; two sign."""
        enrol_people.lift_suspension(self.begin(), by, other, person, self._day())

    def explain_concern(
        self, sitting: Sitting, concern: str, note: str, *, since: int = 0
    ) -> ConcernExplained:
        """Put down why something that wanted explaining is as it is; an administrator whom it is not about.

        Args: concern: its key. since: from when on to look for it, in microseconds.
        """
        hand = self._entering(sitting)
        rows = self.read.concerns(sitting.person, since)
        return explain_concern.explain_concern(self.begin(), hand, rows, concern, note, self._day())

    # Master data --------------------------------------------------------------------------------------------

    def save_supplier(
        self,
        sitting: Sitting,
        supplier: SupplierSaved,
        *,
        another: bool = False,
        other: Hand | None = None,
    ) -> SupplierSaved:
        """Add (empty id) or change a supplier; another name or country takes two once it had a batch."""
        hand, today = self._entering(sitting), self._day()
        return keep_master_data.save_supplier(
            self.begin(), self.ids, hand, supplier, today, another=another, other=other
        )

    def save_product(
        self, sitting: Sitting, product: ProductSaved, *, another: bool = False, other: Hand | None = None
    ) -> ProductSaved:
        """Add (empty id) or change a product; another name or unit takes two once a batch of it is registered."""
        hand, today = self._entering(sitting), self._day()
        return keep_master_data.save_product(
            self.begin(), self.ids, hand, product, today, another=another, other=other
        )

    def save_defect_code(
        self, sitting: Sitting, code: DefectCodeSaved, *, another: bool = False
    ) -> DefectCodeSaved:
        """Add or change a code of the catalogue."""
        return keep_master_data.save_defect_code(
            self.begin(), self._entering(sitting), code, self._day(), another=another
        )

    def save_instrument(
        self,
        sitting: Sitting,
        instrument: InstrumentSaved,
        *,
        another: bool = False,
        other: Hand | None = None,
    ) -> InstrumentSaved:
        """Add (empty id) or change an instrument; letting one that is relied on measure longer or again takes two."""
        hand, today = self._entering(sitting), self._day()
        return keep_master_data.save_instrument(
            self.begin(), self.ids, hand, instrument, today, another=another, other=other
        )

    def change_shop(self, act: Hand, shop: ShopChanged, other: Hand | None = None) -> ShopChanged:
        """Change how the shop calls itself; that a third person need not release any more takes two."""
        return keep_master_data.change_shop(self.begin(), act, shop, self._day(), other)

    def draft_procedure(self, sitting: Sitting, code: str, content: ProcedureContent) -> ProcedureDrafted:
        """Write a new version, or rewrite the draft there is."""
        return approve_procedure.draft_procedure(
            self.begin(), self._entering(sitting), code, content, self._day()
        )

    def approve_procedure(
        self,
        act: Hand,
        code: str,
        version: int | None = None,
        seen_hash: str | None = None,
        *,
        open_batches: Literal["continue", "re_inspect"] = "continue",
    ) -> ProcedureApproved:
        """Approve a draft that somebody else wrote; ``open_batches``: what becomes of batches under inspection."""
        return approve_procedure.approve_procedure(
            self.begin(), act, code, version, seen_hash, self._day(), open_batches
        )

    def grant_grace(
        self, by: Hand, other: Hand, code: str, until: date, reason: str, version: int | None = None
    ) -> GraceGranted:
        """Let rounds open under a version whose review is overdue, until a day; two planners."""
        return approve_procedure.grant_grace(
            self.begin(), by, other, code, version, until, reason, self._day()
        )

    def retire_procedure(
        self, act: Hand, code: str, reason: str, version: int | None = None
    ) -> ProcedureRetired:
        """Retire a version."""
        return approve_procedure.retire_procedure(self.begin(), act, code, version, reason, self._day())

    def set_supplier_status(
        self, by: Hand, other: Hand | None, supplier: str, to: str, reason: str, *, seen: int | None = None
    ) -> SupplierStatusSet:
        """Approve, restrict or block a supplier; letting more through takes two releasers."""
        return supplier_status.set_supplier_status(
            self.begin(), by, other, supplier, to, reason, self._day(), seen=seen
        )

    def merge_suppliers(
        self, by: Hand, other: Hand, supplier: str, same_as: str, reason: str
    ) -> SupplierMerged:
        """Say that a supplier is the same as another one; two planners."""
        return merge_suppliers.merge_suppliers(
            self.begin(), by, other, supplier, same_as, reason, self._day()
        )

    def unmerge_suppliers(
        self, by: Hand, other: Hand, supplier: str, reason: str, *, seen: int | None = None
    ) -> SupplierUnmerged:
        """Take a supplier apart again from the one that it is the same as; two planners."""
        return merge_suppliers.unmerge_suppliers(
            self.begin(), by, other, supplier, reason, self._day(), seen=seen
        )

    def set_severity(
        self,
        by: Hand,
        other: Hand | None,
        supplier: str | None,
        product: str,
        defect_class: DefectClass,
        to: SetTo,
        reason: str,
        *,
        seen: int | None = None,
    ) -> SeveritySet:
        """Set how strictly the next lots are inspected; two planners, one for leaving reduced inspection."""
        return switch_severity.set_severity(
            self.begin(), by, other, supplier, product, defect_class, to, reason, self._day(), seen=seen
        )

    @property
    def audits(self) -> Audits:
        """What can be done about audits of suppliers."""
        return Audits(self.begin, self.look, self.ids, self._day, self._entering, self.taken)

    # Batches ------------------------------------------------------------------------------------------------

    def register_batch(self, sitting: Sitting, saved: BatchSaved, *, another: bool = False) -> BatchSaved:
        """Register a batch (empty id), or change one whose first round has not opened."""
        return register_batch.register_batch(
            self.begin(), self.ids, self._entering(sitting), saved, self._day(), another=another
        )

    def cancel_batch(self, sitting: Sitting, batch: str, reason: str) -> BatchCancelled:
        """Cancel a batch on which no check was begun."""
        return register_batch.cancel_batch(self.begin(), self._entering(sitting), batch, reason, self._day())

    def stop_batch(self, sitting: Sitting, batch: str, kind: str, reason: str) -> BatchHeld:
        """Quarantine a batch; one person is enough. ``kind`` is one of domain.batches.HOLD_KINDS."""
        return register_batch.stop_batch(
            self.begin(), self.ids, self._entering(sitting), batch, kind, reason, self._day()
        )

    def lift_hold(
        self, by: Hand, other: Hand, batch: str, reason: str, *, hold: str | None = None
    ) -> HoldLifted:
        """End a hold, the one that was shown; two releasers."""
        return register_batch.lift_hold(self.begin(), by, other, batch, reason, self._day(), hold=hold)

    def dispose_batch(
        self,
        by: Hand,
        other: Hand,
        batch: str,
        disposition: str,
        reason: str,
        *,
        terms: str = "",
        seen: Shown | None = None,
    ) -> BatchDisposed:
        """Send a rejected or held batch to rework, repair, sorting or another grade, back, or to scrap; by two."""
        return register_batch.dispose_batch(
            self.begin(), by, other, batch, disposition, reason, self._day(), terms=terms, seen=seen
        )

    def split_batch(
        self,
        by: Hand,
        other: Hand,
        batch: str,
        pieces: Sequence[Piece],
        kept: int,
        reason: str,
        *,
        seen: Shown | None = None,
    ) -> BatchSplit:
        """Split a rejected or held batch into parts that go different ways; one asks, another confirms."""
        today = self._day()
        return split_batch.split_batch(
            self.begin(), self.ids, by, other, batch, pieces, kept, reason, today, seen=seen
        )

    def place_batch(self, sitting: Sitting, batch: str, stands: str) -> BatchPlaced:
        """Say where the goods of a batch stand."""
        return register_batch.place_batch(self.begin(), self._entering(sitting), batch, stands, self._day())

    def record_rework(
        self,
        sitting: Sitting,
        batch: str,
        by: tuple[str, ...],
        note: str = "",
        *,
        knowing: bool = False,
        other: Hand | None = None,
    ) -> BatchReworked:
        """Record who reworked; the batch waits for a new, tightened round. That nobody is left for it takes two."""
        hand, today = self._entering(sitting), self._day()
        return register_batch.record_rework(
            self.begin(), hand, batch, by, note, today, knowing=knowing, other=other
        )

    # Concessions --------------------------------------------------------------------------------------------

    def request_concession(self, act: Hand, batch: str, wish: concessions.Wish) -> ConcessionRequested:
        """Ask that a rejected batch be used as it is."""
        return concessions.request_concession(self.begin(), self.ids, act, batch, wish, self._day())

    def approve_concession(
        self, by: Hand, other: Hand, batch: str, *, seen: Shown | None = None
    ) -> ConcessionApproved:
        """Release a rejected batch under the concession that was asked for; two approve who did not ask."""
        return concessions.approve_concession(self.begin(), by, other, batch, self._day(), seen=seen)

    def refuse_concession(self, act: Hand, batch: str, reason: str) -> ConcessionRefused:
        """Refuse a concession that was asked for."""
        return concessions.refuse_concession(self.begin(), act, batch, reason, self._day())

    def set_concession_budget(
        self, by: Hand, other: Hand, supplier: str, percent: Decimal, months: int, reason: str
    ) -> ConcessionBudget:
        """Say how much of a supplier's goods may be conceded; two planners sign."""
        return concessions.set_budget(self.begin(), by, other, supplier, percent, months, reason, self._day())

    def release_batch(self, act: Hand, batch: str, *, seen: tuple[str, int] | None = None) -> Released:
        """Release an accepted batch."""
        return settle_round.release_batch(self.begin(), act, batch, self._day(), seen=seen)

    def ship_batch(
        self, sitting: Sitting, batch: str, quantity: int, to: str, on: date | None = None, document: str = ""
    ) -> Shipped:
        """Record goods that leave."""
        today = self.clock.today()
        return register_batch.ship_batch(
            self.begin(), self.ids, self._entering(sitting), batch, quantity, to, on or today, document, today
        )

    def ship_unreleased(
        self,
        sitting: Sitting,
        batch: str,
        quantity: int,
        to: str,
        reason: str,
        on: date | None = None,
        document: str = "",
    ) -> ShippedUnreleased:
        """Put down goods that left without a release."""
        today = self.clock.today()
        return register_batch.ship_unreleased(
            self.begin(),
            self.ids,
            self._entering(sitting),
            batch,
            quantity,
            to,
            on or today,
            reason,
            document,
            today,
        )

    def withdraw_batch(self, act: Hand, batch: str, reason: str) -> Withdrawn:
        """Take a release back."""
        return register_batch.withdraw_batch(self.begin(), act, batch, reason, self._day())

    def void_event(self, by: Hand, other: Hand, number: int, reason: str) -> EventVoided:
        """Declare an event void that fails verification; two people."""
        return mend_log.void_event(self.begin(), by, other, number, reason, self._day())

    def sign_restore(
        self, by: Hand, other: Hand, lost_from: int, lost_to: int | None, said: str
    ) -> WorkspaceRestored:
        """Sign what was lost after an anchor did not fit; two people, one an administrator."""
        return mend_log.sign_restore(self.begin(), by, other, lost_from, lost_to, said, self._day())

    def rebuild_tables(
        self, by: Hand, other: Hand, reason: str, progress: Progress | None = None
    ) -> mend_log.Rebuilt:
        """Write the tables anew from the log; two people. The rules of the log then say who they are."""
        return mend_log.rebuild_tables(self.begin(), by, other, reason, self._day(), progress)

    def correct_clock(
        self, by: Hand, other: Hand, true_time: int, said: str, *, knowing: bool = False
    ) -> ClockCorrected:
        """Name the true time; two people. ``knowing``: they mean it though it is far from what the clock reads."""
        now, on = self.clock.now(), self._day()
        return mend_log.correct_clock(self.begin(), by, other, true_time, said, now, on, knowing=knowing)

    def certificate_of(self, batch: str) -> Certificate | None:
        """Return the certificate of which a copy would be printed; None: it is to be issued first."""
        with self.look() as uow:
            return certify_batch.standing_certificate(uow, batch)

    def labels_of(self, batch: str) -> tuple[LabelKind, ...]:
        """Return the labels that are true of a batch now, the one that goes with its state first."""
        with self.look() as uow:
            return fill_label.labels_of(uow, batch)

    def issue_certificate(self, act: Hand, batch: str) -> CertificateIssued:
        """Certify a released batch with the next number."""
        return certify_batch.issue_certificate(self.begin(), act, batch, self.clock.today(), self._day())

    def print_certificate(
        self, sitting: Sitting, number: int, *, results: bool = False
    ) -> certify_batch.ToPrint:
        """Put on record that a certificate is printed; ``printing.certificate`` then makes that print."""
        hand = self._entering(sitting)
        return certify_batch.print_certificate(self.begin(), hand, number, self._day(), results=results)

    def report_defect(self, sitting: Sitting, report: DefectReported) -> DefectReported:
        """Put down a defect reported from outside."""
        return register_batch.report_defect(
            self.begin(), self.ids, self._entering(sitting), report, self._day()
        )

    # Corrective actions -------------------------------------------------------------------------------------

    def corrective_actions(self, supplier: str | None = None) -> tuple[CorrectiveAction, ...]:
        """Return corrective actions (of a supplier) with where their promises stand, the newest first."""
        return corrective_actions.all_actions(self.look(), self._day(), supplier)

    def corrective_action(self, action: str) -> CorrectiveAction:
        """Return one by its number (``CA-7``) or id, with where its promises stand."""
        return corrective_actions.one_action(self.look(), action, self._day())

    def overdue_actions(self) -> tuple[CorrectiveAction, ...]:
        """Return the corrective actions of which a step or a promise is overdue, the oldest first."""
        return corrective_actions.overdue_actions(self.look(), self._day())

    def stops_standing(self) -> tuple[Stop, ...]:
        """Return the stops of defects that came again about which nobody has decided."""
        return corrective_actions.stops_standing(self.look())

    def open_action(self, sitting: Sitting, new: NewAction) -> ActionOpened:
        """Open a corrective action with the next number."""
        return corrective_actions.open_action(
            self.begin(), self.ids, self._entering(sitting), new, self._day()
        )

    def say_step(
        self,
        sitting: Sitting,
        action: str,
        step: Step,
        *,
        text: str | None = None,
        due: date | None = None,
        person: str | None = None,
        done: bool | None = None,
        attachments: tuple[Attachment, ...] = (),
    ) -> ActionStep:
        """Say what stands in one of the eight disciplines; what is not given stays."""
        return corrective_actions.say_step(
            self.begin(),
            self._entering(sitting),
            action,
            step,
            self._day(),
            text=text,
            due=due,
            person=person,
            done=done,
            attachments=attachments,
        )

    def record_sent(
        self,
        sitting: Sitting,
        action: str,
        *,
        to: str,
        language: str,
        subject: str,
        text: str,
        attachments: tuple[Attachment, ...],
    ) -> ActionSent:
        """Put down that a mail was written for the supplier."""
        return corrective_actions.record_sent(
            self.begin(),
            self._entering(sitting),
            action,
            self._day(),
            to=to,
            language=language,
            subject=subject,
            text=text,
            attachments=attachments,
        )

    def record_reply(
        self,
        sitting: Sitting,
        action: str,
        *,
        sender: str,
        text: str,
        received: date | None = None,
        promise: int | None = None,
        attachments: tuple[Attachment, ...] = (),
    ) -> ActionReplied:
        """Put down what the supplier answered, or that a promised document came."""
        return corrective_actions.record_reply(
            self.begin(),
            self._entering(sitting),
            action,
            self._day(),
            sender=sender,
            text=text,
            received=received,
            promise=promise,
            attachments=attachments,
        )

    def make_promise(
        self,
        sitting: Sitting,
        action: str,
        words: str,
        due: date,
        test: PromiseTest,
        *,
        replaces: int | None = None,
    ) -> PromiseMade:
        """Put down a promise with the test that decides it."""
        return corrective_actions.make_promise(
            self.begin(),
            self.ids,
            self._entering(sitting),
            action,
            words,
            due,
            test,
            self._day(),
            replaces=replaces,
        )

    def close_action(self, act: Hand, action: str, reason: str) -> ActionClosed:
        """Close a corrective action whose promises have passed their tests."""
        return corrective_actions.close_action(self.begin(), act, action, reason, self._day())

    def decide_stop(self, by: Hand, other: Hand, action: str, reason: str) -> tuple[StopDecided, ...]:
        """Let goods be released again that a defect which came again holds back; two releasers."""
        return repeated_defects.decide_stop(self.begin(), by, other, action, reason, self._day())

    # Checks -------------------------------------------------------------------------------------------------

    def plan_batch(self, batch: str) -> SamplingPlan:
        """Return the plan that a round opened now would pin; draws nothing."""
        uow = self.look()
        with uow:
            return start_check.plan_batch(uow, uow.batch(batch))

    def start_check(self, sitting: Sitting, batch: str, *, knowing: bool = False) -> start_check.Started:
        """Take the place that is free now (first, second, third), or go on with one's own open check."""
        return start_check.start_check(
            self.begin(), self.ids, self._entering(sitting), batch, self._day(), knowing=knowing
        )

    def record(self, sitting: Sitting, entries: record_entries.Entries) -> Recorded:
        """Put entries on record in one's own open check; returns after the commit."""
        return record_entries.record_entries(
            self.begin(), self.ids, self._entering(sitting), entries, self._day()
        )

    def open_reviewed(
        self,
        sitting: Sitting,
        check: str,
        opened: tuple[Opened, ...],
        readings: tuple[record_entries.NewReading, ...] = (),
    ) -> Recorded:
        """Open claims of the first check of what is in review, with own readings where anything is left: one save."""
        return self.record(sitting, record_entries.Entries(check, readings=readings, reviewed=opened))

    def set_aside(self, sitting: Sitting, check: str, reason: str) -> CheckSetAside:
        """End an open check without a signature."""
        return start_check.set_aside(self.begin(), self._entering(sitting), check, reason, self._day())

    def give_up_place(self, sitting: Sitting, batch: str, reason: str) -> PlaceGivenUp:
        """Give up the second place of this round on purpose."""
        return start_check.give_up_place(self.begin(), self._entering(sitting), batch, reason, self._day())

    def look_at_first(self, sitting: Sitting, batch: str, what: str) -> None:
        """Refuse (Blind) or put down that the first check was seen before the second was signed."""
        start_check.look_at_first(self.begin(), self._entering(sitting), batch, what, self._day())

    def look_at_every_first(self, sitting: Sitting, what: str) -> None:
        """Refuse (Blind) or put down that the first checks that wait for their second were all taken out."""
        start_check.look_at_every_first(self.begin(), self._entering(sitting), what, self._day())

    def signing_page(self, sitting: Sitting, check: str) -> SigningPage:
        """Return what would be signed now."""
        return sign_check.signing_page(self.look(), sitting.person, check)

    def sign_check(
        self,
        act: Hand,
        sitting: Sitting,
        check: str,
        *,
        seen_record: str | None = None,
        meaning: str | None = None,
    ) -> sign_check.Signed:
        """Sign one's own first or second check; the second compares in the same transaction."""
        return sign_check.sign_check(
            self.begin(),
            act,
            self._entering(sitting),
            check,
            self._day(),
            seen_record=seen_record,
            meaning=meaning,
        )

    def retract_check(self, act: Hand, check: str, reason: str) -> CheckRetracted:
        """Take one's own signed check back before release."""
        return sign_check.retract_check(self.begin(), self.ids, act, check, reason, self._day())

    def resolve(self, sitting: Sitting, check: str, resolutions: tuple[Resolution, ...]) -> Resolved:
        """Put down, as the third person, what is true of disputed claims."""
        return settle_round.resolve_disputes(
            self.begin(), self._entering(sitting), check, resolutions, self._day()
        )

    def preview_decision(self, check: str) -> str:
        """Return what the third person's decision would come to now."""
        return settle_round.preview_decision(self.look(), check)

    def decide(
        self,
        act: Hand,
        check: str,
        *,
        seen_outcome: str | None = None,
        seen_settled: Mapping[Mark, bool] | None = None,
    ) -> settle_round.Decided:
        """Sign "I decide"."""
        return settle_round.decide(
            self.begin(),
            act,
            check,
            self._day(),
            seen_outcome=seen_outcome,
            seen_settled=seen_settled,
        )

    def order_round(self, act: Hand, batch: str, reason: str) -> RoundOrdered:
        """Order a new round of a batch that a retracted check holds; an arbiter who signed nothing in this one."""
        return settle_round.order_round(self.begin(), act, batch, reason, self._day())

    def reject_after_all(self, act: Hand, batch: str, reason: str) -> RejectedAfterAll:
        """Reject a disagreed batch as one of the two."""
        return settle_round.reject_after_all(self.begin(), act, batch, reason, self._day())

    def do_again(
        self, act: Hand, other: Hand, batch: str, reason: str, *, seen: Shown | None = None
    ) -> RoundAgain:
        """Do a disagreed round again; both sign."""
        return settle_round.do_again(self.begin(), act, other, batch, reason, self._day(), seen=seen)
