# SPDX-License-Identifier: Apache-2.0
"""What the use cases need from outside: time, keys, a unit of work, files, a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Literal, Protocol, Self

from qcdesk.domain.anchors import Anchor, Lacking, Lost
from qcdesk.domain.audit_templates import AuditTemplate, TemplateVersion
from qcdesk.domain.audits import Audit
from qcdesk.domain.batches import Batch
from qcdesk.domain.complaints import Complaint
from qcdesk.domain.concessions import AskedConcession, Budget
from qcdesk.domain.corrective import CorrectiveAction, Stop
from qcdesk.domain.events import (
    BatchSaved,
    CertificateIssued,
    CheckSigned,
    ConcessionRequested,
    DefectCodeSaved,
    DefectReported,
    Fact,
    InstrumentSaved,
    OwnerFigures,
    ProductSaved,
    Reviewed,
    ShopChanged,
    Strength,
    SupplierSaved,
    TouchKind,
    Way,
)
from qcdesk.domain.explaining import Doubtful
from qcdesk.domain.guessing import Moment, Tries
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import RECOVERY, Event, StoredEvent
from qcdesk.domain.nonconformities import Nonconformity
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.promises import Happened
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.severity_runs import SeverityStep
from qcdesk.domain.suppliers import Merge, SupplierStanding
from qcdesk.domain.switching import Standing
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.inspection_report import Paper, Unsealed
from qcdesk.services.labels import LabelWish
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityRow
from qcdesk.services.part_rows import PartRow
from qcdesk.services.prints import Print, PrintRow, PrintsOf
from qcdesk.services.trouble import Trouble


class Clock(Protocol):
    """The one place where time comes from."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""

    def today(self) -> date:
        """Return the local day."""


class Ids(Protocol):
    """Where new ids come from."""

    def new(self) -> str:
        """Return a fresh id: 32 lower-case hexadecimal digits."""


class Hand(Protocol):
    """A key that can sign for a person: the person's own (acts) or the session's (entries)."""

    @property
    def person(self) -> str:
        """Whose it is."""

    @property
    def key(self) -> str:
        """The key's id."""

    @property
    def session(self) -> str | None:
        """The session in which it signs; None outside any."""

    @property
    def strength(self) -> Strength:
        """``act``: the person's own key; ``entry``: the session's."""

    def sign(self, kind: str, body: bytes) -> bytes:
        """Sign a body of a kind (trust.md §4); 64 bytes."""


@dataclass(frozen=True)
class SealedKey:
    """A person's seed under the person's secret, as it lies in the database (trust.md §5.2)."""

    key: str
    person: str
    public_key: bytes
    sealed: str


@dataclass(frozen=True)
class SealedBadge:
    """A person's seed under a badge and its PIN. ``id`` is derived from the badge's code and finds it, no more."""

    id: str
    person: str
    key: str
    public_key: bytes
    sealed: str


@dataclass(frozen=True)
class NewBadge:
    """A badge just made. ``code`` is shown and printed once and kept nowhere."""

    sealed: SealedBadge
    code: str = field(repr=False)


@dataclass(frozen=True)
class NewKey:
    """A key made at enrolment: public part, sealed seed, and a hand to sign the enrolment with."""

    key: str
    public_key: bytes
    sealed: SealedKey
    hand: Hand


@dataclass(frozen=True)
class Sheet:
    """The recovery sheet, opened: a hand of no person, which may sign beside one (see the port ``Hand``).

    ``next_code``: what the new sheet says, good from the moment at which this one is used; shown once.
    """

    hand: Hand
    next_code: str = field(repr=False)
    next_public_key: bytes

    @property
    def person(self) -> str:
        """Nobody: the sheet's own name."""
        return RECOVERY

    @property
    def key(self) -> str:
        """The key's id."""
        return self.hand.key

    @property
    def session(self) -> str | None:
        """None: it knows no sitting."""
        return None

    @property
    def strength(self) -> Strength:
        """``act``."""
        return self.hand.strength

    def sign(self, kind: str, body: bytes) -> bytes:
        """Sign a body; only ever asked for kind ``cosign``."""
        return self.hand.sign(kind, body)


class PinSeal(Protocol):
    """A key sealed under a PIN in memory, which never reaches a disk."""

    def open(self, login: str, pin: str) -> Hand:
        """Open it; WrongSecret."""


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


class Keys(Protocol):
    """Makes and opens keys; slow on purpose (about 0.4 s), so never called inside a transaction."""

    def make(self, vault: str, person: str, login: str, secret: str) -> NewKey:
        """Make a key and seal it; BadInput for a secret that is too weak."""

    def open(self, vault: str, login: str, sealed: SealedKey, secret: str) -> Hand:
        """Open a sealed key; WrongSecret."""

    def reseal(self, vault: str, login: str, sealed: SealedKey, old: str, new: str) -> tuple[Hand, SealedKey]:
        """Seal the same key under another password; the hand to sign that with. WrongSecret; BadInput: too weak."""

    def new_badge(self, vault: str, name: str, hand: Hand, pin: str) -> NewBadge:
        """Seal a hand's key under a new badge and a PIN of 6 digits.

        Raises: PasswordNeeded: the hand was not opened by password; BadInput ``pin_form``, ``pin_common``.
        """

    def find_badge(self, code: str) -> str:
        """Return what finds a badge by its code; BadInput ``badge_code``."""

    def open_badge(self, vault: str, login: str, sealed: SealedBadge, code: str, pin: str) -> Hand:
        """Open a key by badge and PIN; WrongSecret."""

    def pin_seal(self, vault: str, hand: Hand, pin: str) -> PinSeal:
        """Seal a hand's key under a PIN, in memory only. Raises as ``new_badge``; a badge's hand does, too."""

    def session(self, person: str, session: str) -> tuple[Hand, bytes]:
        """Make a session key that lives in memory only; the hand and its public key."""

    def recovery(self) -> tuple[str, bytes]:
        """Make the recovery sheet's code and the public key it opens."""

    def open_recovery(self, code: str) -> Hand:
        """Open the key of no person that a code opens; BadInput ``recovery_code`` for one that is written wrong."""


@dataclass(frozen=True)
class KnownKey:
    """A person's key: while it is good, and from which event on it is in doubt."""

    key: str
    person: str
    from_seq: int
    until_seq: int | None = None
    ended: str | None = None
    suspect_from: int | None = None


@dataclass(frozen=True)
class OthersEvent:
    """An event that somebody else signed: number and hash (0 and zeros: there is none), and the rounds opened since."""

    seq: int
    hash: bytes
    rounds_since: int


@dataclass(frozen=True)
class KnownBatch:
    """A batch as an import meets it; ``changeable``: registered, and its first round has not opened."""

    saved: BatchSaved
    state: str
    changeable: bool


@dataclass(frozen=True)
class SignedOff:
    """A signature in a round: where it stands, whose, on which record; nothing of the verdict.

    ``by_sheet``: when the person (or this key) came by the recovery sheet. ``suspect_from``: the key is in
    doubt from this event on, which is this one or earlier.
    """

    event: int
    place: str
    person: str
    check: str | None
    meaning: str
    record: str
    at: int
    maker: bool
    standing: bool
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None
    clock_behind: bool = False
    """Whether some of what it stands on was entered while the workstation's clock stood behind the log."""

    @property
    def role(self) -> str:
        """The role in which it was given."""
        return {"third": "arbiter", "release": "releaser"}.get(self.place, "inspector")


@dataclass(frozen=True)
class RejectedByOne:
    """One of two who disagree has rejected: the event, who, when and why; the rest as in ``SignedOff``."""

    event: int
    person: str
    at: int
    reason: str
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None


@dataclass(frozen=True)
class ActSigned:
    """Somebody's signature under an act that is no sign-off; the rest as in ``SignedOff``."""

    event: int
    person: str
    at: int
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None


@dataclass(frozen=True)
class GivenConcession:
    """The concession under which a round's goods were released: asked for by one, approved by two, on a record."""

    asked: ConcessionRequested
    requested: ActSigned
    approved: tuple[ActSigned, ...]
    record: str

    @property
    def event(self) -> int:
        """The event that released the goods."""
        return self.approved[0].event


@dataclass(frozen=True)
class Certificate:
    """A certificate as its event says it. ``printed``: how often; ``withdrawn``: when, None while it stands.

    ``analyses``: which copy comes next of those with each result, which are counted by themselves.
    ``clock_suspect``, ``by_sheet``, ``suspect_from``: of whoever certified it, as of any signature (``SignedOff``).
    """

    number: int
    fact: CertificateIssued
    person: str
    key: str
    at: int
    event: int
    printed: int
    withdrawn: int | None = None
    analyses: int = 0
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None


@dataclass(frozen=True)
class TouchMade:
    """A touch as it stands; ``stands``: it is one, and was not taken back."""

    batch: str | None
    order: str
    kind: TouchKind
    person: str
    stands: bool


@dataclass(frozen=True)
class Delivery:
    """A lot as it came: a batch that is no part of another. ``product`` is a code; ``seq``, ``at``: it was registered.

    ``merged``: the event by which its supplier is the same as the one that was asked for; 0: it is that one.
    """

    batch: str
    number: str
    supplier: str | None
    product: str
    state: str
    seq: int
    at: int
    merged: int = 0


class UnitOfWork(Protocol):
    """One transaction: read, append events (which write their projections), commit; left without commit, nothing."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed."""

    @property
    def vault(self) -> str:
        """The 128-bit id of this database; BadInput ``no_workspace`` when it was never opened."""

    def append(self, fact: Fact, hand: Hand, co: Sequence[Hand] = ()) -> Event:
        """Chain, sign and write an event and its projections; ``co`` sign beside the first."""

    def note(self, fact: Fact, station: StationHand) -> Event:
        """Append a station event: no person, signed by the workstation's own key, whatever its clock reads."""

    def station_key(self, station: str) -> str | None:
        """Return the id of the key that was introduced for a workstation, or None."""

    def knows_station_key(self, key: str) -> bool:
        """Tell whether the log ever took up this key of a workstation, for whichever one."""

    def tries(self, person: str) -> Tries:
        """Return the row of failed tries in which a person stands, as the log says."""

    def strange_tries(self, person: str) -> tuple[Moment, ...]:
        """Return when and where tries failed lately, at workstations where the person has not acted since.

        Being unlocked by somebody else ends them all.
        """

    def acted_at(self, person: str, station: str) -> bool:
        """Tell whether the person ever signed an act at a workstation; signing in is one."""

    def standing_lock(self, person: str) -> int | None:
        """Return the number of a person's last lock that nobody ended; whether its time is over is not asked."""

    def commit(self) -> None:
        """Make it durable; returns only then."""

    def keep_record(self, sha256: str, document: bytes) -> None:
        """Keep a signed document whole, under its hash."""

    def record(self, sha256: str) -> bytes:
        """Return a kept document; Trouble ``record_damaged`` when it no longer fits its hash."""

    def seal(self, sealed: SealedKey) -> None:
        """Keep a sealed key (not part of the log)."""

    def sealed(self, login: str) -> SealedKey:
        """Return a person's active sealed key; NotActive where it has ended, BadInput ``unknown_login``."""

    def replace_seal(self, sealed: SealedKey) -> None:
        """Keep another seal of a key in place of the one there is; after ``secret.changed``."""

    def drop_seal(self, key: str) -> None:
        """Delete the seal of a key that has ended."""

    def seal_badge(self, sealed: SealedBadge) -> None:
        """Keep the seal of a badge; after ``badge.issued``."""

    def sealed_badge(self, badge: str) -> SealedBadge | None:
        """Return the seal of a badge that opens an active key, or None."""

    def drop_badges(self, badges: Sequence[str]) -> None:
        """Delete the seals of stopped badges."""

    def badges(self, person: str) -> tuple[str, ...]:
        """Return the ids of a person's badges that were not stopped."""

    def recovery_key(self) -> str:
        """Return the id of the key that the good recovery sheet opens."""

    def keys_of(self, person: str) -> tuple[KnownKey, ...]:
        """Return all keys a person has had, oldest first."""

    def open_sessions(self, person: str) -> tuple[str, ...]:
        """Return the person's sittings that are open."""

    def touched(self, person: str, since: int, until: int | None) -> tuple[str, ...]:
        """Return the batches that a person acted on or entered anything about, in events of these numbers."""

    def retraction_hold(self, batch: str) -> str | None:
        """Return the hold that a retracted check has brought to a batch and that nothing has ended; else None."""

    def suspect_checks(self, round_id: str) -> tuple[SignedOff, ...]:
        """Return the standing signatures of a round that were given with a key in doubt then, without their records."""

    def head_seq(self) -> int:
        """Return the number of the last event."""

    def remember(self) -> None:
        """Take up what this thread's last act has read, and leave what is read here for its next.

        Asked first in a look that an act usually follows. It all holds for as long as nobody has written meanwhile; what
        people entered is read anew all the same.
        """

    def people(self) -> tuple[Person, ...]:
        """Return everybody."""

    def person(self, person: str) -> Person:
        """Return a person by id or login; BadInput ``unknown_person``; SheetNotHere for the recovery sheet, nobody."""

    def supplier(self, supplier: str) -> SupplierSaved:
        """Return a supplier by id or code; BadInput ``unknown_supplier``."""

    def product(self, product: str) -> ProductSaved:
        """Return a product by id or code (its newest revision); BadInput ``unknown_product``."""

    def defect_code(self, code: str) -> DefectCodeSaved:
        """Return a code of the catalogue; BadInput ``unknown_defect``."""

    def listed_codes(self) -> Mapping[str, frozenset[str]]:
        """Return every code that the catalogue or a version of a procedure lists, each with its classes there.

        No lot has another one.
        """

    def code_names(self) -> Mapping[str, frozenset[str]]:
        """Return every such code with what it is called there, in any language."""

    def instrument(self, instrument: str) -> InstrumentSaved:
        """Return an instrument by id or number; BadInput ``unknown_instrument``."""

    def is_relied_on(self, instrument: str) -> bool:
        """Tell whether an instrument ever had a calibration, which readings may rest on, or was ever blocked."""

    def instruments(self) -> tuple[InstrumentSaved, ...]:
        """Return all instruments."""

    def shop(self) -> ShopChanged:
        """Return how the shop calls itself."""

    def procedure(self, code: str, version: int | None = None) -> ProcedureVersion:
        """Return a version (None: the newest); BadInput ``unknown_procedure``."""

    def approved_for(self, product: str) -> ProcedureVersion | None:
        """Return the approved version that covers a product code, or None."""

    def batch(self, batch: str) -> Batch:
        """Return a batch by id or number; BadInput ``unknown_batch``."""

    def last_of_others(self, person: str) -> OthersEvent:
        """Return the last event that a person other than this one signed first; what workstations note is nobody's."""

    def critical_units(self, batch: str) -> tuple[int, ...]:
        """Return units (numbers in the batch) on which anyone ever claimed a critical; for samples and splits only.

        Those of a part are its first; what went into a part is here no more.
        """

    def round(self, round_id: str) -> Round:
        """Return a round."""

    def rounds(self, batch: str) -> tuple[Round, ...]:
        """Return all rounds of a batch, oldest first."""

    def check(self, check: str) -> Check:
        """Return a check; BadInput ``unknown_check``."""

    def signed(self, check: str) -> CheckSigned:
        """Return what a signed check's signature says. The verdict is in it: never before the second signature."""

    def rejected_by_one(self, round_id: str) -> RejectedByOne | None:
        """Return the act by which one of two who disagree has rejected a round; None: nobody has."""

    def sign_offs(self, round_id: str) -> tuple[SignedOff, ...]:
        """Return the signatures of a round in order."""

    def work(self, check: str) -> Work:
        """Return what a check has put on record. Reads that check and no other."""

    def standing_readings(self, check: str) -> dict[tuple[int, str], str]:
        """Return the reading that stands for each unit and characteristic of a check: its id."""

    def went_on(self, check: str, unit: int, reading: str) -> bool:
        """Tell whether a check has entries of another unit since a reading of this one."""

    def keeps_file(self, sha256: str) -> bool:
        """Tell whether a photo or file is kept under this hash."""

    def standing_findings(self, check: str) -> frozenset[str]:
        """Return the ids of a check's findings that were not withdrawn."""

    def to_review(self, check: str, codes: frozenset[str]) -> tuple[Reviewed, ...]:
        """Return what an open second check is to open of the first's: claims of these codes that stand, nothing else."""

    def entries(self, check: str) -> tuple[StoredEvent, ...]:
        """Return the entry events of a check in order, as stored."""

    def measured_behind(self, check: str) -> dict[str, tuple[int, ...]]:
        """Return what stands of a check that was read while the workstation's clock stood behind: units by instrument."""

    def opened_behind(self, round_id: str) -> bool:
        """Tell whether a round was opened while the workstation's clock stood behind the log."""

    def claimed(self, batch: str) -> dict[str, str]:
        """Return every code that anyone ever claimed on a batch with its gravest class, withdrawn or not."""

    def concession(self, batch: str) -> AskedConcession | None:
        """Return the concession that is asked for in the present round of a batch and not answered."""

    def given_concession(self, round_id: str) -> GivenConcession | None:
        """Return the concession that released the goods of a round; None: none did."""

    def part_of(self, batch: str) -> PartRow | None:
        """Return the batch that one was split from, with what went into this part; None: it is no part."""

    def parts_of(self, batch: str) -> tuple[PartRow, ...]:
        """Return the parts that a batch was split into, the first first."""

    def hold_of(self, batch: str) -> tuple[str, str]:
        """Return kind and reason of the hold that stands over a batch; both empty where none does."""

    def askers(self, batch: str) -> tuple[str, ...]:
        """Return who ever asked for a concession for the units of a batch."""

    def conceders(self, batch: str) -> tuple[str, ...]:
        """Return who ever asked for a concession of a batch, or approved one."""

    def concession_budget(self, supplier: str) -> Budget | None:
        """Return how much of a supplier's goods may be conceded; None: nobody has said."""

    def received_and_conceded(self, supplier: str, begins: date, ends: date) -> tuple[int, int]:
        """Return units received of a supplier and conceded, from a day to before another.

        Received are lots on which two came to a verdict that stands, on them or on a part of them.
        """

    def nonconformity(self, number: int) -> Nonconformity:
        """Return where a nonconformity stands; BadInput ``unknown_nonconformity``."""

    def nonconformities_of(self, batch: str) -> tuple[Nonconformity, ...]:
        """Return where every nonconformity of a batch stands, in the order of their numbers."""

    def last_nonconformity(self) -> int:
        """Return the number of the last nonconformity; 0: there is none."""

    def found_in(self, batch: str) -> tuple[str, ...]:
        """Return the codes of what the two checks of compared rounds of a batch found, the gravest first."""

    def goods_decided(self, batch: str) -> int | None:
        """Return the last event by which it was decided what becomes of a batch's goods; None: there is none."""

    def complaint(self, number: int) -> Complaint:
        """Return where a complaint stands; BadInput ``unknown_complaint``."""

    def went_out(self, batch: str) -> bool:
        """Tell whether a batch was ever released, also under concession, or units of it were shipped."""

    def last_complaint(self) -> int:
        """Return the number of the last complaint; 0: there is none."""

    def owner_figures(self) -> tuple[OwnerFigures, ...]:
        """Return what the owner counted, of each month what was said last."""

    def touch(self, touch: int) -> TouchMade:
        """Return a touch by the number of its event; BadInput ``unknown_touch``."""

    def next_print(self, document: str, subject: str, state: str) -> int:
        """Return which copy of a paper (see ``PaperPrinted``) leaves next: 0 where none has."""

    def prints(self, of: PrintsOf | None = None) -> tuple[PrintRow, ...]:
        """Return the papers that left, the newest first and 500 at most: those asked for, or all."""

    def certificate_left(self, document: str, number: int, copy: int) -> bool:
        """Tell whether this print of a certificate has left, in this form: ``certificate`` or ``analysis``."""

    def being_checked(self) -> tuple[str, ...]:
        """Return the batches of which a first check may wait for its second, by id."""

    def open_under(self, procedure: str) -> tuple[tuple[str, str], ...]:
        """Return batch and round of everything being inspected by a version of a procedure, not yet released."""

    def severities(self, supplier: str | None, product: str, procedure: str) -> dict[DefectClass, Standing]:
        """Return where each class of a supplier (None: own goods), product and procedure (both by code) stands.

        A class of which no lot has counted and that nobody has set is not among them.
        """

    def supplier_standing(self, supplier: str) -> SupplierStanding:
        """Return how a supplier (its id) stands; approved where nobody has said anything."""

    def first_merged(self, one: str, other: str) -> int:
        """Return the event that first said of two suppliers (ids) that they are the same; 0: none ever did."""

    def supplier_merges(self) -> tuple[Merge, ...]:
        """Return which suppliers are the same as another one, in the order in which it was said."""

    def severity_steps(
        self, round_id: str, supplier: str | None, product: str, procedure: str
    ) -> tuple[SeverityStep, ...]:
        """Return what was said of each class before a round was opened, oldest first; the newest of many."""

    def audit_template(self, code: str, version: int | None = None) -> TemplateVersion:
        """Return a version of an audit template, the newest without a number; BadInput ``unknown_template``."""

    def approved_template(self, code: str) -> TemplateVersion:
        """Return the newest approved version of an audit template; where none is, the draft."""

    def knows_template(self, code: str) -> bool:
        """Tell whether there is an audit template of this code."""

    def last_audit_no(self) -> int:
        """Return the number of the newest audit; 0: there is none."""

    def audit(self, audit: str) -> Audit:
        """Return an audit by its id or number (``A-7``) with all answers; BadInput ``unknown_audit``."""

    def actions(
        self, supplier: str | None = None, number: int | None = None, *, unclosed: bool = False
    ) -> tuple[CorrectiveAction, ...]:
        """Return corrective actions (of a supplier, or by number; or all that are not closed), the oldest first.

        Where their promises stand is not asked: each is open here, see ``services.corrective_actions``.
        """

    def action(self, action: str) -> CorrectiveAction:
        """Return one by its id or its number (``CA-7``); BadInput ``unknown_action``."""

    def last_action(self) -> int:
        """Return the highest number that a corrective action has; 0: there is none."""

    def deliveries(self, supplier: str, since: int, product: str) -> Iterator[Delivery]:
        """Yield the lots of a supplier that were registered after an event, in the order in which they were.

        Those of whoever is the same as it are among them. Args: product: a code; empty: any.
        """

    def delivery_of(self, batch: str) -> Delivery:
        """Return the lot that a batch is, or is a part of."""

    def judged_since(self, supplier: str, since: int) -> tuple[str, ...]:
        """Return the batches of a supplier, and of who is the same, that were there before an event and judged after."""

    def happened(self, batch: str) -> tuple[Happened, ...]:
        """Return what the standing verdict on a batch follows from, the first first."""

    def told_of(self, lot: str) -> Mapping[str, DefectClass]:
        """Return the codes that were found outside any inspection in a lot or its parts, each with its class."""

    def standing_stops(self, supplier: str | None = None, product: str | None = None) -> tuple[Stop, ...]:
        """Return the stops that stand (for a supplier, and a product's code), the oldest first."""

    def repeats_open(self, supplier: str, product: str) -> tuple[Stop, ...]:
        """Return what came again of a supplier (and who is the same) and a product, while its action is not closed.

        Also where two have let the goods be released again; the oldest first.
        """

    def had_verdict(self, batch: str) -> bool:
        """Tell whether a round of a batch ever came to accepted or rejected, whatever became of it since."""

    def reinspected(self, round_id: str) -> bool:
        """Tell whether the signatures of a round no longer count because a new version judges it anew."""

    def breaks_rule(self, number: int) -> bool:
        """Tell whether an event breaks a rule, whoever signed it. Slow, so asked outside a transaction."""

    def lost_by_event(self, number: int) -> tuple[str, ...]:
        """Return what an event names by hash for a round to rest on, files and records, and is gone or damaged."""

    def reckon_tables(self, progress: Progress | None = None) -> None:
        """Reckon what the tables should hold, as the log alone says. Slow, so asked outside a transaction.

        Raises: Trouble ``cancelled``.
        """

    def rewrite_tables(self) -> int | None:
        """Write anew, within this transaction, what differs from what was reckoned; how many rows it was.

        None: the log has gone on in a way that asks for reckoning anew.
        Raises: LogNotWhole: the log itself lacks something. Trouble ``server_owner``: only the owner of a server's
            tables may.
        """

    def failed_event(self, number: int, *, breaks_rule: bool = False) -> Doubtful:
        """Return an event that fails verification.

        Args: breaks_rule: it was found to break one, so that its signature need not fail.
        Raises: BadInput ``unknown_event``; EventHolds: it verifies; AlreadyThere ``void``: it is void already.
        """

    def event_hash(self, seq: int) -> str:
        """Return the hash of an event, as hex."""

    def certificate(self, number: int) -> Certificate:
        """Return a certificate; BadInput ``unknown_certificate``."""

    def certificates(self, batch: str | None = None) -> tuple[Certificate, ...]:
        """Return the certificates of a batch (None: all), in the order of their numbers."""

    def last_certificate(self) -> int:
        """Return the highest number that was given; 0 before the first."""

    @property
    def verification_failed(self) -> bool:
        """Whether the last verification at this station found what concerns every batch, and none has held since."""

    def batch_verifies(self, batch: str, *, rules: bool = True) -> bool:
        """Tell whether every event of a batch still fits its hash and signature, and its records their hashes.

        And, with ``rules``, whether the events brought the batch by the rules to where it stands: the checker's replay.
        No, too, where the last verification at this station found what concerns every batch, or this one.
        """

    # Look-ups for an import, once for all its rows -------------------------------------------------------------

    def suppliers(self) -> tuple[SupplierSaved, ...]:
        """Return all suppliers, in the order in which they were saved."""

    def products(self) -> tuple[ProductSaved, ...]:
        """Return all products, in the order in which they were saved."""

    def had_batches(self, product: str) -> bool:
        """Tell whether any batch of a product was ever registered."""

    def had_batches_from(self, supplier: str) -> bool:
        """Tell whether any batch from a supplier was ever registered."""

    def defect_codes(self) -> tuple[DefectCodeSaved, ...]:
        """Return the whole catalogue."""

    def batch_numbers(self, but: str = "") -> tuple[str, ...]:
        """Return every number that any batch ever had, without those of one (``but``, its id)."""

    def numbers_had(self, numbers: Sequence[str], but: str = "") -> dict[str, str]:
        """Return which of these numbers a batch ever had, also before, with its number now; without one (``but``)."""

    def batches_by_number(self, numbers: Sequence[str]) -> dict[str, KnownBatch]:
        """Return those of these batches that are there, with their makers."""

    def reported(self, sources: Sequence[str]) -> tuple[DefectReported, ...]:
        """Return all defects that these sources have reported."""

    def lost(self) -> Lost | None:
        """Return the last event that this station saw and the log no longer holds; None: everything seen is there."""

    def taken(self, kind: str, value: str) -> bool:
        """Tell whether a code or number of a kind (``batch``, ``supplier``, ``product``) is there already."""


@dataclass(frozen=True)
class KeptPhoto:
    """A photo that is kept twice: the SHA-256 of the copy that is shown and printed, and of the bytes as they came."""

    copy: str
    original: str


class Files(Protocol):
    """Photos and imported files, beside the database under their SHA-256."""

    def keep_photo(self, content: bytes) -> KeptPhoto:
        """Check, re-encode and keep a PNG or JPEG that is evidence. BadInput for anything else."""

    def keep_picture(self, content: bytes) -> str:
        """Check, re-encode and keep a PNG or JPEG; its SHA-256. BadInput for anything else."""

    def keep_logo(self, content: bytes) -> str:
        """Check and keep a PNG, a JPEG, or an SVG of plain outlines, which is made anew; its SHA-256. BadInput else."""

    def read_audit_template(self, file: str) -> AuditTemplate:
        """Read an audit template from XLSX, ODS, CSV or JSON; empty: the general one that comes with the program."""

    def write_audit_template(self, file: str, content: AuditTemplate) -> None:
        """Write an audit template; JSON where the name ends so, else XLSX."""

    def keep_file(self, content: bytes) -> str:
        """Keep any file as it came, at most ``ATTACHMENT_BYTES`` long; its SHA-256.

        Raises: BadInput ``file_empty``, ``file_too_big``.
        """

    def read(self, sha256: str) -> bytes:
        """Return a kept file; Trouble when it no longer fits its hash."""

    def on_paper(self, content: bytes) -> tuple[tuple[str, ...], str]:
        """Return the codes on a paper, and its words where it is a PDF; nothing of it is kept.

        Raises: BadInput: what is neither a PDF nor a picture, or cannot be read; see ``exchange.papers``.
        """


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold: the event it stands at (None: elsewhere), the batch, and a code with facts."""

    event: int | None
    batch: str | None
    code: str
    facts: dict[str, str]


@dataclass(frozen=True)
class Explained:
    """What was found of an event, and what two people have said of it, in which event and when (microseconds UTC)."""

    problem: Problem
    event: int
    at: int
    people: str
    reason: str


@dataclass(frozen=True)
class Verified:
    """What a verification found. ``head`` is the number and hash of the last event that was looked at."""

    checked: int
    problems: tuple[Problem, ...]
    head: tuple[int, str]
    since: int = 0
    """The verified line after which was read; 0: the whole log."""
    explained: tuple[Explained, ...] = ()
    """What was found and two people have explained: it stops nothing."""
    remarks: tuple[Problem, ...] = ()
    """What is worth telling and is no fault: it stops nothing, and nobody has to explain it."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems


@dataclass(frozen=True)
class BackupSeen:
    """What a backup holds and what it lacks, looked at before it is restored; nothing of it was verified yet.

    ``folder``: the backup itself, where a folder of several was named. ``made``, ``last_at``: when it was made, and its
    last entry (microseconds UTC). ``files``: photos and imported files. ``bytes``: of all. ``lost``: what this station
    saw and the copy has not; ``held``: anchors that were brought, held against it; ``lacking``: what the workspace that
    is replaced holds beyond it. ``known``: whether this station ever saw this workspace, so that it can tell.
    """

    folder: str
    vault: str
    shop: str
    made: int
    last_at: int
    batches: int
    people: int
    files: int
    bytes: int
    lost: Lost | None
    held: HeldAgainst
    lacking: Lacking | None
    known: bool


@dataclass(frozen=True)
class LastVerified:
    """How the last whole verification on a station ended; ``at`` in microseconds UTC, ``problems`` how many."""

    at: int
    checked: int
    problems: int
    first: Problem | None


@dataclass(frozen=True)
class Exported:
    """What went out: path and rows of each file; ``verified`` what a verification before it found, where one was due."""

    files: tuple[tuple[str, int], ...]
    verified: Verified | None


@dataclass(frozen=True)
class HeldAgainst:
    """Anchors held against the log: how many, and what does not fit.

    ``unsigned``: names of those that bear no signature, such as a code typed off paper. That one of them does not fit
    counts as of any other; that it fits is worth what the place is worth where it was kept. ``proven``: those that do
    not fit though somebody whom the log knows has signed them; from then on nothing is released at this station until
    two people have signed what was lost.
    """

    anchors: int
    problems: tuple[Problem, ...]
    unsigned: tuple[str, ...] = ()
    proven: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class BackedUp:
    """A finished, verified backup: folder, files, bytes, and the digest of its manifest."""

    folder: str
    files: int
    bytes: int
    digest: str


@dataclass(frozen=True)
class Dumped:
    """The log written out as one file: how many events and pictures, its bytes and SHA-256, and the head it ends with."""

    file: str
    events: int
    files: int
    bytes: int
    digest: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Health:
    """One line of the doctor."""

    name: str
    ok: bool
    facts: dict[str, str]


Progress = Callable[[int, int], bool]
"""Told how much of how much is done; returns False to cancel."""


class Keeping(Protocol):
    """Looking after the workspace as a whole."""

    def verify(self, progress: Progress | None = None) -> Verified:
        """Check chain, canonical form, signatures, keys active then, records, files, and every projection row.

        What it comes to is kept at this station: until the whole log holds again, nothing is released, shipped or
        printed; of other batches it is, where all that was found is what signers did in some against a rule.
        """

    def verify_tail(self, progress: Progress | None = None) -> Verified:
        """Check what came after the last head up to which everything held at this station; else the whole log."""

    def verify_if_due(self, hour: int, progress: Progress | None = None) -> Verified | None:
        """Check the whole log when the hour of the local day came round since it last was here; None: it is not due."""

    def last_verified(self) -> LastVerified | None:
        """Return how the last verification on this station ended; None: there was none that came to an end."""

    def lost(self) -> Lost | None:
        """Return the last event that this station saw and the log no longer holds; None: everything seen is there."""

    def lacking(self, old: str) -> Lacking:
        """Return what another copy of this workspace holds and this one does not: a folder, a file, or an address.

        Raises: BadInput: ``no_workspace``, ``other_workspace``. Trouble ``database_damaged``: nothing of it can be read.
        """

    def against(self, given: Sequence[str]) -> HeldAgainst:
        """Hold anchors against the log: files, folders of them, backups' manifests, codes typed off paper.

        Raises: BadInput ``not_an_anchor``: nothing of this kind, facts ``file``.
        """

    def anchor(self, hand: Hand | None = None) -> Anchor:
        """Return the log's head now, signed by this hand; without one, by the workstation.

        Raises: BadInput ``station_unknown``: nobody has signed in at this workstation yet, so the log knows no key of it.
        """

    def signed_head(self) -> Anchor | None:
        """Return the log's head now, signed by the workstation; None: the log does not know this workstation yet."""

    def keep_anchor(self, anchor: Anchor, folder: str) -> str:
        """Write an anchor's file into a folder, whole or not at all; its path. Raises: Trouble ``file_unwritable``."""

    def sealed(self, pdf: bytes, facts: PaperFacts) -> bytes:
        """Return a print that carries its evidence, sealed by the workstation.

        It comes back as it is where the log does not know this workstation, and while a check runs that somebody may
        not see.
        """

    def unsealed(self, document: PaperKind, subject: str) -> Unsealed:
        """Return why a print would carry no evidence now; empty: it would."""

    def people_sheet(self, hand: Hand, path: str) -> int:
        """Write who signs here, for whoever checks certificates elsewhere; its bytes. Raises: MissingRole."""

    def withdrawn_list(self, hand: Hand, path: str) -> int:
        """Write which certificates there are, for whoever checks them elsewhere; how many are void.

        Raises: MissingRole: neither administrator nor releaser. It says nothing of who signs it: see the checker.
        """

    def newest_anchor(self) -> Anchor | None:
        """Return the newest head that this station saw, as it was signed then; None: it saw none yet."""

    def backup(self, folder: str, progress: Progress | None = None) -> BackedUp:
        """Copy the whole workspace, with files, while in use; verified, then renamed."""

    def backup_if_due(
        self, folder: str, hour: int, keep: int, progress: Progress | None = None
    ) -> BackedUp | None:
        """Make the day's backup once its hour has come, restore it for trial, keep the newest; None: not due yet."""

    def dump(self, path: str, progress: Progress | None = None) -> Dumped:
        """Write the log as one file for the stand-alone checker: every line and record, the hashes of all files.

        It holds what a backup holds but for the pictures, first checks as well: whoever has it can read them.
        """

    def schema(self) -> tuple[str, str]:
        """Return the schema revision that is there and the one this program brings."""

    def upgrade(self) -> str:
        """Bring the schema up to date, after a backup; the revision."""

    def fingerprint(self) -> str:
        """Return the site's fingerprint: 16 letters of event 1."""

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last event."""

    def location(self) -> str:
        """Return where the workspace lies, without a secret."""

    def doctor(self) -> tuple[Health, ...]:
        """Check installation, database, disk, clock, fonts."""

    def export(self, kind: str, folder: str, person: str | None, form: str) -> Exported:
        """Write lists out again (``csv`` or ``jsonl``), within the blind rule.

        Before the log itself goes out, which is what an audit asks for, the whole of it is verified.
        """


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


class Workspaces(Protocol):
    """Workspaces as places: the one that is open, and a backup that becomes another one."""

    @property
    def location(self) -> str:
        """Where the open workspace lies; a server's address with its password."""

    @property
    def vault(self) -> str:
        """Which workspace is open; empty: nobody has begun it yet, or none could be opened."""

    def look_at(
        self, folder: str, location: str, given: Sequence[str] = (), replaces: str = ""
    ) -> BackupSeen:
        """Return what a backup holds, and what it lacks against what was seen here, and against anchors brought.

        Args: folder: a backup, or a folder of backups, of which the newest is taken. location: where it is to be
            restored. given: files of anchors, scans of paper that bears one, or codes typed off paper. replaces: the
            workspace whose place it takes, damaged or not; empty: none is there.
        Raises: BadInput: ``not_a_backup``, ``backup_incomplete``, ``not_an_anchor``, ``other_workspace``. Trouble:
            ``schema_newer``; ``database_damaged``: nothing of the workspace that is replaced can be read.
        """

    def restore(self, folder: str, location: str, progress: Progress | None = None) -> Verified:
        """Restore a backup where nothing is, or only a workspace that nobody has begun; whole, or not at all.

        Raises: BadInput: ``not_a_backup``, ``backup_incomplete``, ``workspace_exists``, ``workspace_not_empty``.
            Trouble: ``schema_newer``, ``disk_full``, ``file_unwritable``, ``restore_failed``, ``cancelled``.
        """

    def free_place(self) -> str:
        """Return where a backup is restored to unless somebody says otherwise; empty: that must be said."""

    def remembers(self, location: str) -> bool:
        """Tell whether this station should begin there from now on: it is not where it would begin by itself."""


@dataclass(frozen=True)
class Printed:
    """A finished PDF."""

    file: str
    pages: int
    digest: str


@dataclass(frozen=True)
class CodeCard:
    """A card with a secret code. ``remark`` stands beside it on the sheet."""

    heading: str
    name: str
    note: str
    code: str = field(repr=False)
    remark: str = ""


@dataclass(frozen=True)
class PaperFacts:
    """What a print says of what it is about: a batch, a nonconformity (its number as text), an action, an audit,
    a procedure (its code and version).

    ``certificate``: 0: it is none; ``copy``: 0 is the first print of one. ``seq``: the last event when it was filled in;
    0: now. ``record``: what a sheet of figures says, for a program to read.
    """

    document: PaperKind
    subject: str
    number: str
    round_no: int
    state: str
    quantity: int
    at: int
    certificate: int = 0
    copy: int = 0
    seq: int = 0
    record: str = ""


PaperKind = Literal[
    "inspection",
    "certificate",
    "first_article",
    "nonconformity",
    "corrective",
    "audit",
    "instruction",
    "figures",
]


@dataclass(frozen=True)
class PrintJob:
    """One paper of many: labels; else a certificate, of analysis with ``results``; else (0) the inspection report of the
    batch, as ``person`` may see it. ``name``: the batch as people call it.
    """

    batch: str
    name: str
    person: str = ""
    certificate: int = 0
    copy: int = 0
    paper: Paper | None = None
    results: bool = False
    label: LabelWish | None = None

    @property
    def file(self) -> str:
        """A name without an ending that every file system takes, and that no two papers share."""
        name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in self.name)[:80]
        if self.label is not None:
            return f"labels-{name}-{self.batch[-6:]}"
        if self.certificate:
            kind = "analysis" if self.results else "certificate"
            return f"{kind}-{self.certificate:06d}-{self.copy}-{name}"
        return f"inspection-{name}-{self.batch[-6:]}"


class Printing(Protocol):
    """Reports as PDF, filled in from records."""

    def in_language(self, language: str, second: str = "") -> Printing:
        """Return what prints the same in another language than that of the window or the command.

        Args: second: a language that stands smaller beside or under the first; empty, none does.
        """

    def inspection(
        self, batch: str, person: str, paper: Paper | None = None, round_no: int | None = None
    ) -> Print:
        """Return the inspection report of a batch as this person may see it; Blind, Unverified."""

    def stickers(
        self, batch: str, person: str | None = None, paper: Paper | None = None, *, drawn: bool = False
    ) -> Print:
        """Return stickers for the units that the standing round asks for now; WrongState when none is open.

        Args: person: whose own open check may have asked for a further sample; else the first one. drawn: every unit
            that was drawn, also of samples that may never be asked for.
        """

    def certificate(
        self, number: int, copy: int, paper: Paper | None = None, *, results: bool = False
    ) -> Print:
        """Return a certificate, as a print that was put on record (0: the first; n: copy n).

        Of conformity on one page, or (``results``) of analysis: the same number and code, with each result.
        Raises: BadInput ``unknown_certificate``; CertificateVoid, Held, SeenEventLost, Unverified: nothing is printed.
        """

    def many(
        self, jobs: Iterable[PrintJob]
    ) -> Generator[tuple[PrintJob, Print | Refusal | BadInput | Trouble], None, None]:
        """Yield each paper, or why there is none, in the order of the jobs; they are drawn on several cores.

        Whoever stops early leaves nothing running. A job is taken shortly before it is filled in.
        """

    def label(self, batch: str, wish: LabelWish) -> Print:
        """Return labels for a batch as PDF, saying the state in which it is now.

        Raises: BadInput; Held, NotHeld, ConcessionExpired, SeenEventLost, Unverified, WrongState: it would not be true.
        """

    def label_zpl(self, batch: str, wish: LabelWish, density: int) -> Print:
        """Return labels of a roll for a printer that reads ZPL, in its dots an inch; refused as ``label`` is."""

    def first_article(
        self,
        batch: str,
        person: str,
        unit: int | None,
        known: Sequence[NonconformityRow],
        paper: Paper | None = None,
    ) -> Print:
        """Return the first-article report of a unit by its sample number (None: the first that was measured).

        Args: known: the nonconformities of the batch.
        Raises: Blind, Unverified, WrongState: the second check is not signed; BadInput: no such unit, or a tally.
        """

    def instruction(self, code: str, version: int | None = None, paper: Paper | None = None) -> Print:
        """Return a version of a procedure (None: the newest) as a work instruction; BadInput ``unknown_procedure``."""

    def slip(self, anchor: Anchor, person: str | None, paper: Paper | None = None) -> bytes:
        """Return the closing slip of an anchor that this person signed, or (None) this workstation."""

    def audit(self, audit: str, person: str, paper: Paper | None = None) -> Print:
        """Return the report of an audit that is closed; AuditState."""

    def nonconformity(self, read: Callable[[], NonconformityPage], paper: Paper | None = None) -> Print:
        """Return the report of a nonconformity, as its page tells whoever reads it; read anew while others write."""

    def eight_d(self, action: str, paper: Paper | None = None) -> Print:
        """Return the report of a corrective action as it stands, by its id or number."""

    def chart(self, sheet: ChartSheet, day: str, paper: Paper | None = None) -> Print:
        """Return a chart with its words and rows on a sheet; ``day``, on which it is printed, in words."""

    def card(self, card: CodeCard, paper: Paper | None = None) -> bytes:
        """Return a card with a code, by itself (paper None) or on a sheet; it touches no database."""

    def save(self, pdf: bytes, path: str) -> Printed:
        """Write a PDF aside, sync, rename."""

    def save_plain(self, content: bytes, path: str) -> None:
        """Write what is no PDF in the same way."""

    def send(self, content: bytes, printer: str, title: str) -> None:
        """Send what a label printer reads to its queue, past every driver. Raises: Trouble ``printer``, ``no_queues``."""

    def page_count(self, pdf: bytes) -> int:
        """Return how many pages a PDF has."""

    def sheet(self, pdf: bytes) -> tuple[float, float]:
        """Return width and height of the first page in mm."""

    def page(self, pdf: bytes, index: int, dpi: int) -> tuple[int, int, bytes]:
        """Return width, height and BGRA bytes of a page (0-based)."""


@dataclass(frozen=True)
class RowProblem:
    """A field of an import that cannot be taken."""

    row: int
    column: str
    value: str
    problem: str
    facts: dict[str, object]


@dataclass(frozen=True)
class ImportResult:
    """What an import read and did; with errors, nothing was changed.

    ``questions`` are rows that were taken and have another one's name: a person should look. ``notes`` name what is in
    the file and was not taken (columns, formulas), or is not seen by whoever opens it (hidden rows, columns, sheets).
    ``more`` counts the errors beyond those listed. ``repeated`` of the unchanged rows repeat another row of the file.
    """

    read: int
    created: int
    updated: int
    unchanged: int
    errors: tuple[RowProblem, ...]
    questions: tuple[RowProblem, ...] = ()
    notes: tuple[RowProblem, ...] = ()
    more: int = 0
    repeated: int = 0


class ImportFile(Protocol):
    """Files that come in: all rows or none, in one transaction."""

    def __call__(
        self,
        hand: Hand,
        kind: str,
        file: str,
        *,
        mapping: str | None = None,
        encoding: str | None = None,
        dry_run: bool = False,
        sheet: str | None = None,
        another: Collection[str] = (),
        progress: Progress | None = None,
    ) -> ImportResult:
        """Import a file of one of ``domain.imports.IMPORT_KINDS``; BadInput for a file refused whole."""
