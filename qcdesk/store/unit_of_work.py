# SPDX-License-Identifier: Apache-2.0
"""The unit of work on SQLite and PostgreSQL: one transaction, in which events are chained, signed and projected."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from qcdesk import __version__
from qcdesk.domain.anchors import Head, Lost, SeenAct
from qcdesk.domain.batches import Batch
from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.clocks import SECOND_US, Reading, ahead_seconds, require_not_behind, time_of
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import (
    BatchSaved,
    CertificateIssued,
    CheckSigned,
    ClockCorrected,
    ClockJumped,
    DefectCodeSaved,
    DefectReported,
    Fact,
    InstrumentSaved,
    ProductSaved,
    Recorded,
    Resolved,
    Reviewed,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.guessing import TRIES_TO_LOCK, Moment, Tries
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import GENESIS, RECOVERY, BadEvent, CoSignature, Event, StoredEvent, event_hash
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.refusals import AlreadyThere, EventHolds, SheetNotHere, SittingOver, WrongSheet
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.durable import sync_file
from qcdesk.services.ports import (
    Certificate,
    Clock,
    Hand,
    Ids,
    KnownBatch,
    KnownKey,
    SealedBadge,
    SealedKey,
    SignedOff,
    StationHand,
    Workstation,
)
from qcdesk.services.searching import folded
from qcdesk.services.trouble import Trouble, require_believable
from qcdesk.store import mapping, writing
from qcdesk.store.anchors import MOST_NOTED, StationAnchors, lost_by
from qcdesk.store.chain import EventProblem, check_event
from qcdesk.store.database import TAKE_THE_LOG, Database, begin_looking, begin_writing, let_go, translated
from qcdesk.store.first_claims import claims_of_first
from qcdesk.store.keys_of import KEY_ROWS, Known, Signer, sheet_key
from qcdesk.store.known_rows import KnownRows
from qcdesk.store.last_verified import StationVerifications
from qcdesk.store.projection import Drop, Put, Row, Set, changes
from qcdesk.store.statements import Rows, asked_of

APP = f"qcdesk {__version__}"
LOOK_AGAIN = (0.0, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each look at a log whose server went away."""
WHILE_BLOCKED = ("clock.corrected", "session.opened", "station.introduced")
"""The acts that a clock behind the log leaves: two people correct it, and they sign in to do so."""


class Misused(Exception):
    """A mistake of ours: the unit of work is used as it must not be. Raised whatever the interpreter leaves out."""


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise Misused(what)


class SqlUnitOfWork:
    """See the port ``UnitOfWork``. ``write`` begins at once with the right to write; else it only looks."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        station: str,
        *,
        write: bool,
        anchors: StationAnchors | None = None,
        workstation: Workstation | None = None,
        server_time: bool = False,
        verified: StationVerifications | None = None,
    ) -> None:
        """Remember the adapters; nothing is opened before ``with``. ``anchors``: the heads that this station saw.

        ``workstation``: whose steady clock watches the other one; ``server_time``: whether a server's clock does, too.
        """
        self._workstation = workstation
        self._server_time = server_time and database.dialect == "postgresql"
        self._database, self._clock, self._ids = database, clock, ids
        self._station, self._write, self._anchors = station, write, anchors
        self._verified = verified
        self._head: Head | None = None  # of what is not yet committed
        self._actor: Hand | None = None
        self._acts: deque[SeenAct] = deque(
            maxlen=MOST_NOTED
        )  # what the events did that are not yet committed
        self._open: sa.Connection | None = None
        self._known = KnownRows()
        """What was asked already: nothing changes in a transaction but by what it writes itself."""
        self._events: dict[Hashable, tuple[StoredEvent, ...]] = {}
        self._appended: list[bytes] = []  # hashes of events that are not yet committed
        self._over = False  # committed
        self._dirty = False  # anything written, committed or not

    # The transaction ---------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        """Begin: writes take the lock at once, so that two people cannot both become the second."""
        _must(self._open is None, "a unit of work is not entered twice at once")
        self._appended.clear()
        self._acts.clear()
        self._head = self._actor = None
        self._over = self._dirty = False
        self._forget()
        with translated(), ExitStack() as undo:
            connection = undo.enter_context(self._database.engine.connect())
            if self._write:
                begin_writing(connection)
            else:
                begin_looking(connection)
            self._open = connection
            undo.callback(self._close)  # reading the head may fail as any reading
            if self._write:
                self._take_up()
            undo.pop_all()
        return self

    def _close(self) -> None:
        self._open = None

    def _take_up(self) -> None:
        """Find the head of the log, and with it what an earlier transaction of this thread has left."""
        head = self._head_row()
        before: KnownRows | None = getattr(self._database.known, "rows", None)
        if before is not None and head is not None:
            self._database.known.rows = None  # whatever happens before the end, it is not left half changed
            self._known = before.at(bytes(head["hash"]))
            self._known.put(_HEAD, (), [dict(head)])

    def _leave(self) -> None:
        """Leave what was read for the next transaction of this thread, for as long as nobody else writes."""
        head = self._known.get(_HEAD, ())
        self._database.known.rows = self._known.for_later(bytes(head[0]["hash"])) if head else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and give the connection back."""
        if self._write and not self._over and not self._dirty and not isinstance(error, sa.exc.DBAPIError):
            self._leave()
        connection, self._open = self._connection, None
        with suppress(Trouble):  # what was committed is committed, whatever closing says now
            let_go(connection)
        if isinstance(error, sa.exc.DBAPIError | MemoryError):
            with translated():
                raise error

    def commit(self) -> None:
        """Make it durable; returns only then. Afterwards this unit of work only looks.

        Raises: Trouble: nothing was saved, and why (a server that went away: ``server_gone``); ``outcome_unknown``:
        whether it was saved could not be found out. Nothing is ever signed a second time here.
        """
        signer, acts = None, []
        if self._anchors is not None and self._head is not None:
            signer, acts = self._signer_of_heads(), [self._with_number(act) for act in self._acts]
        try:
            self._connection.commit()
        except (sa.exc.DBAPIError, MemoryError) as problem:
            self._settle(problem)
        if self._anchors is not None and self._head is not None and signer is not None:
            self._anchors.saw(self._head, signer, acts)
        self._head = self._actor = None
        self._acts.clear()
        self._appended.clear()
        if self._write:
            self._leave()
        self._forget()
        self._over = True

    def _signer_of_heads(self) -> Hand | StationHand | None:
        """Return the workstation's key where the log knows it, else that of who has just acted; None: neither."""
        if self._workstation is not None:
            station = self._workstation.hand(self.vault)
            if self.station_key(self._station) == station.key:
                return station
        return self._actor

    def _with_number(self, act: SeenAct) -> SeenAct:
        """Return what was done with the number that people know the batch by: the lost end of a log tells it no more."""
        if not act.batch or act.kind == "batch.saved":
            return act
        return replace(act, batch=str(self._scalar(_NUMBER, b=act.batch) or act.batch))

    def _settle(self, problem: sa.exc.DBAPIError | MemoryError) -> None:
        """Find out whether a commit that ended in an error was one all the same; if not, raise what happened.

        SQLite can fail after its commit point, while the emptied journal is brought to the disk; a server can answer a
        commit into a broken connection. Then the events are there.
        """
        local = self._database.dialect == "sqlite"
        if not local and not getattr(problem, "connection_invalidated", False):
            with translated():
                raise problem
        self._connection.invalidate()  # locks are let go, and what was not committed is undone
        if not self._was_committed():
            if not local:
                raise Trouble("server_gone") from problem
            with translated():
                raise problem
        self._connection.rollback()  # nothing is left to undo; this lets the connection be used again
        if local:
            self._sync_journal()

    def _sync_journal(self) -> None:
        """Bring the emptied journal to the disk, without which a power cut could still roll back."""
        journal = Path(f"{self._database.engine.url.database}-journal")
        try:
            if journal.exists():
                sync_file(journal)
        except OSError as failed:
            raise Trouble("outcome_unknown") from failed

    def _was_committed(self) -> bool:
        """Look on a fresh connection whether what was being committed is in the log.

        On a server the lock comes first: it may still be at work on the lost connection's commit, and holds it until
        then.
        """
        if not self._appended:
            if self._database.dialect == "sqlite":
                return False
            raise Trouble("outcome_unknown")
        for wait in LOOK_AGAIN:
            sleep(wait)
            try:
                with self._database.engine.connect() as fresh:
                    if self._database.dialect != "sqlite":
                        fresh.exec_driver_sql(TAKE_THE_LOG)
                    found = asked_of(fresh, _BY_HASH, {"hash": self._appended[-1]})
                    fresh.rollback()
            except (sa.exc.DBAPIError, MemoryError):
                continue  # the server is still away, the disk still out of order
            return bool(found)
        raise Trouble("outcome_unknown")

    @property
    def _connection(self) -> sa.Connection:
        if self._open is None:
            raise Misused("outside of its with-block")
        return self._open

    # The log ------------------------------------------------------------------------------------------------

    @property
    def vault(self) -> str:
        """See the port."""
        found = self._scalar("SELECT vault FROM workspace")
        if found is None:
            raise BadInput("no_workspace")
        return str(found)

    def append(self, fact: Fact, hand: Hand, co: Sequence[Hand] = ()) -> Event:
        """Chain, sign and write an event with its projections."""
        self._require_writing()
        _must(hand.strength == fact.STRENGTH, f"{fact.TYPE} is signed as {fact.STRENGTH}")
        if fact.TYPE != "workspace.opened":
            own = ("person.enrolled", "key.enrolled", "key.changed")
            brought = getattr(fact, "key", None) if fact.TYPE in own else None
            for each in (hand, *(h for h in co if h.key != brought)):
                self._require_active(each)
        reading = self._read_clocks()
        if fact.STRENGTH == "act" and fact.TYPE not in WHILE_BLOCKED:
            require_not_behind(reading, self._last_time())
        at_once = ("workspace.opened", "recovery.used")  # the second follows straight on its act
        if fact.TYPE not in WHILE_BLOCKED and fact.TYPE not in at_once:
            self._watch(reading)
        event = self._next(fact, hand.key, hand.person, hand.session, reading)
        if co:
            bare = event.cosign_bytes()
            event = Event(
                **{
                    **{f: getattr(event, f) for f in event.__dataclass_fields__},
                    "co": tuple(CoSignature(h.person, h.key, h.sign("cosign", bare)) for h in co),
                }
            )
        self._put(event, fact, hand.sign)
        if fact.STRENGTH == "act":
            self._actor = hand
        return event

    def note(self, fact: Fact, station: StationHand) -> Event:
        """See the port. A clock far behind keeps no failed try off the record: its time is the last event's then."""
        self._require_writing()
        _must(fact.STRENGTH == "station", f"{fact.TYPE} is signed as {fact.STRENGTH}")
        _must(station.station == self._station, "a workstation notes what happens there")
        introduced = self.station_key(self._station) == station.key
        _must(introduced, "a workstation that was not introduced signs nothing")
        event = self._next(fact, station.key, None, None, self._read_clocks())
        self._put(event, fact, station.sign)
        return event

    def _require_writing(self) -> None:
        _must(self._write, "a unit of work that only looks appends nothing")
        _must(not self._over, "what comes after the commit would be a transaction of its own")

    def _read_clocks(self) -> Reading:
        """Return what the clocks read now."""
        wall = require_believable(self._clock.now())
        server = None
        if self._server_time:
            with translated():
                server = int(asked_of(self._connection, _SERVER_CLOCK)[0]["now"])
        if self._workstation is None:
            return Reading(wall, 0, server)
        moment = self._workstation.moment(wall)
        return Reading(wall, moment.steady, server, moment.start)

    def _last_time(self) -> int | None:
        head = self._head_row()
        return head["at"] if head else None

    def _watch(self, reading: Reading) -> None:
        """Note that this station's clock jumped ahead, and that it is right again (trust.md §8.7).

        A start of the program is not enough for the second: only a clock that was seen to jump is seen to come back.
        """
        if self._workstation is None:
            return
        station = self._workstation.hand(self.vault)
        if self.station_key(self._station) != station.key:
            return  # nobody has signed in here yet
        start = self._database.clock_start
        if start is None or start.start != reading.start:
            start = self._database.clock_start = reading
        ahead = ahead_seconds(reading, start) * SECOND_US
        known = self._scalar(_KNOWN_JUMP, s=self._station) or 0
        if ahead and known <= 0:
            self._database.clock_jumped = True
            self.note(ClockJumped(ahead), station)
        elif not ahead and known > 0 and self._database.clock_jumped:
            self._database.clock_jumped = False
            self.note(ClockJumped(0), station)

    def _next(self, fact: Fact, key: str, by: str | None, session: str | None, reading: Reading) -> Event:
        """Return the event that comes next in the log, not yet signed."""
        head = self._head_row()
        last = head["at"] if head else None
        clock = reading.wall
        at = fact.true_time if isinstance(fact, ClockCorrected) else time_of(reading, last)
        return Event(
            id=self._ids.new(),
            vault=getattr(fact, "vault", None) or self.vault,
            seq=head["seq"] + 1 if head else 1,
            prev=bytes(head["hash"]) if head else GENESIS,
            at=at,
            clock=clock,
            station=self._station,
            app=APP,
            type=fact.TYPE,
            by=by,
            key=key,
            session=session,
            body=to_data(fact),
        )

    def _put(self, event: Event, fact: Fact, sign: Callable[[str, bytes], bytes]) -> None:
        """Sign an event, and write it with its projections."""
        body = event.to_bytes()
        sig = sign("event", body)
        stored = StoredEvent(event.seq, body, sig, event_hash(body, sig))
        brought = tuple(changes(event, fact))
        with self._writing(stored.hash):
            writing.append(self._connection, stored, brought)
            self._appended.append(stored.hash)
        self._changed("event", *(c.table for c in brought))
        if isinstance(fact, Recorded | Resolved):
            mapping.remember(event, fact, body)  # its check asks for it again and again
        self._known.put(_HEAD, (), ({"seq": stored.seq, "hash": stored.hash, "at": event.at},))
        self._keep_found(fact)
        self._head = Head(event.vault, event.seq, stored.hash.hex(), event.at)
        batch = event.body.get("number" if isinstance(fact, BatchSaved) else "batch")
        self._acts.append(SeenAct(event.seq, event.type, str(batch or ""), event.by or ""))

    @contextmanager
    def _writing(self, signed: bytes | None = None) -> Iterator[None]:
        """Let the database's rules know that it is the program that writes (and which event it has just signed)."""
        self._require_writing()
        self._database.writing.on, self._database.writing.signed = True, signed
        self._dirty = True
        try:
            with translated():
                yield
        finally:
            self._database.writing.on, self._database.writing.signed = False, None

    def _require_active(self, hand: Hand) -> None:
        """Refuse a key that is not active now: a sitting that was closed, a key that was given up, an old sheet."""
        if hand.person == RECOVERY:
            if self.recovery_key() != hand.key:
                raise WrongSheet()
            return
        query = (
            "SELECT 1 FROM session WHERE key = :k AND closed IS NULL"
            if hand.strength == "entry"
            else "SELECT 1 FROM person_key WHERE key = :k AND until_seq IS NULL"
        )
        if self._scalar(query, k=hand.key) is None:
            raise SittingOver(self.person(hand.person).name)

    def recovery_key(self) -> str:
        """See the port."""
        public = self._scalar("SELECT public_key FROM recovery_sheet WHERE until_seq IS NULL")
        return next(iter(sheet_key(bytes.fromhex(public)))) if public else ""

    def keys_of(self, person: str) -> tuple[KnownKey, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT key, person, from_seq, until_seq, ended, suspect_from FROM person_key WHERE person = :p"
            " ORDER BY from_seq",
            p=person,
        )
        return tuple(KnownKey(**row) for row in rows)

    def open_sessions(self, person: str) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT id FROM session WHERE person = :p AND closed IS NULL ORDER BY opened", p=person
        )
        return tuple(row["id"] for row in rows)

    def touched(self, person: str, since: int, until: int | None) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT batch, min(seq) AS first FROM line WHERE person = :p AND seq >= :s AND seq <= :u"
            " AND batch IS NOT NULL GROUP BY batch ORDER BY min(seq)",
            p=person,
            s=since,
            u=until if until is not None else self.head_seq(),
        )
        return tuple(row["batch"] for row in rows)

    def suspect_checks(self, round_id: str) -> tuple[SignedOff, ...]:
        """See the port."""
        return self._signed_off(_IN_DOUBT, round_id)

    def head_seq(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(seq) AS seq FROM event") or 0)

    def _keep_found(self, fact: Fact) -> None:
        """Keep the folded text by which a batch is found; a cache, made anew whenever it is missing."""
        if not isinstance(fact, BatchSaved):
            return
        product = self.product(fact.product)
        supplier = self.supplier(fact.supplier).name if fact.supplier else fact.line
        text = folded((fact.number, fact.order, product.code, product.name, supplier))
        self._keep(Put("search_text", {"kind": "batch", "id": fact.batch, "folded": text}, over=True))

    def _keep(self, *kept: Put | Set | Drop) -> None:
        with self._writing():
            writing.keep(self._connection, kept)
        self._changed(*(change.table for change in kept))

    def lost(self) -> Lost | None:
        """See the port."""
        if self._anchors is None:
            return None
        return lost_by(self._connection, self._anchors, self._database.verify)

    def keep_record(self, sha256: str, document: bytes) -> None:
        """See the port."""
        with self._writing():
            writing.keep_record(self._connection, sha256, document)
        self._changed("record")

    def record(self, sha256: str) -> bytes:
        """See the port."""
        found = self._scalar("SELECT document FROM record WHERE sha256 = :sha256", sha256=sha256)
        document = bytes(found) if found is not None else b""
        if hashlib.sha256(document).hexdigest() != sha256:
            raise Trouble("record_damaged", record=sha256)
        return document

    def seal(self, sealed: SealedKey) -> None:
        """See the port."""
        row: Row = {
            "key": sealed.key,
            "person": sealed.person,
            "public_key": sealed.public_key.hex(),
            "sealed": sealed.sealed,
        }
        self._keep(Put("sealed_key", row))

    def sealed(self, login: str) -> SealedKey:
        """See the port."""
        row = self._row(
            "SELECT s.key, s.person, k.public_key, s.sealed FROM person p"
            " JOIN person_key k ON k.person = p.id AND k.until_seq IS NULL"
            " JOIN sealed_key s ON s.key = k.key WHERE p.login = :login",
            login=login,
        )
        if row is None:
            for known in self._rows(f"{_PERSON} WHERE login = :login", login=login):
                self.person(known["id"]).require_active()  # whoever has gone is told so
            raise BadInput("unknown_login", facts={"login": login}, where={"field": "login"})
        return SealedKey(row["key"], row["person"], bytes.fromhex(row["public_key"]), row["sealed"])

    def replace_seal(self, sealed: SealedKey) -> None:
        """See the port."""
        self._keep(Set("sealed_key", {"key": sealed.key}, {"sealed": sealed.sealed}))

    def drop_seal(self, key: str) -> None:
        """See the port."""
        self._keep(Drop("sealed_key", {"key": key}))

    def seal_badge(self, sealed: SealedBadge) -> None:
        """See the port."""
        row: Row = {
            "id": sealed.id,
            "person": sealed.person,
            "key": sealed.key,
            "public_key": sealed.public_key.hex(),
            "sealed": sealed.sealed,
        }
        self._keep(Put("sealed_badge", row))

    def sealed_badge(self, badge: str) -> SealedBadge | None:
        """See the port."""
        row = self._row(_BADGE, b=badge)
        if row is None:
            return None
        return SealedBadge(
            row["id"], row["person"], row["key"], bytes.fromhex(row["public_key"]), row["sealed"]
        )

    def drop_badges(self, badges: Sequence[str]) -> None:
        """See the port."""
        self._keep(*(Drop("sealed_badge", {"id": badge}) for badge in badges))

    def badges(self, person: str) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT id FROM badge WHERE person = :p AND stopped IS NULL ORDER BY issued", p=person
        )
        return tuple(row["id"] for row in rows)

    # Failed tries -------------------------------------------------------------------------------------------

    def station_key(self, station: str) -> str | None:
        """See the port."""
        found = self._scalar("SELECT key FROM station_key WHERE station = :s AND active = 1", s=station)
        return None if found is None else str(found)

    def tries(self, person: str) -> Tries:
        """See the port."""
        row = self._row(_LAST_TRY, p=person)
        if row is None:
            return Tries()
        ended = (
            _UNLOCKED_SINCE
            if row["in_a_row"] >= TRIES_TO_LOCK
            else f"{_UNLOCKED_SINCE} UNION ALL {_ACTED_SINCE}"
        )
        if self._scalar(f"SELECT 1 FROM ({ended}) AS ended LIMIT 1", p=person, s=row["seq"]) is not None:  # noqa: S608
            return Tries()
        at = row["at"] if row["tried"] is None else row["tried"]
        return Tries(row["in_a_row"], Moment(at, row["station"], row["start"], row["steady"]))

    def standing_lock(self, person: str) -> int | None:
        """See the port."""
        found = self._scalar(
            "SELECT seq FROM person_lock WHERE person = :p AND unlocked IS NULL ORDER BY seq DESC LIMIT 1",
            p=person,
        )
        return None if found is None else int(found)

    # Reading ------------------------------------------------------------------------------------------------

    def people(self) -> tuple[Person, ...]:
        """See the port."""
        rows = (
            self._rows(f"{_GRANTS} ORDER BY seq, role"),
            self._rows(f"{_HELD} ORDER BY procedure"),
            self._rows(f"{_PERSON} ORDER BY seq, id"),
        )
        before, people = getattr(self._database.known, "people", (None, ()))
        if before is None or any(a is not b for a, b in zip(before, rows, strict=True)):
            people = tuple(_people(*rows))
            self._database.known.people = rows, people
        return people

    def person(self, person: str) -> Person:
        """See the port."""
        if person == RECOVERY:
            raise SheetNotHere()
        found = next((p for p in self.people() if person in (p.id, p.login)), None)
        if found is None:
            raise BadInput("unknown_person", facts={"person": person}, where={"field": "person"})
        return found

    def supplier(self, supplier: str) -> SupplierSaved:
        """See the port."""
        row = self._row(f"{_SUPPLIER} WHERE id = :s OR code = :s", s=supplier)
        if row is None:
            raise BadInput("unknown_supplier", facts={"supplier": supplier}, where={"field": "supplier"})
        return mapping.supplier(row)

    def product(self, product: str) -> ProductSaved:
        """See the port."""
        row = self._row(f"{_PRODUCT} WHERE id = :p OR code = :p ORDER BY seq DESC LIMIT 1", p=product)
        if row is None:
            raise BadInput("unknown_product", facts={"product": product}, where={"field": "product"})
        return mapping.product(row)

    def defect_code(self, code: str) -> DefectCodeSaved:
        """See the port."""
        row = self._row(
            f"{_DEFECT_CODE} WHERE code = :c",
            c=code,
        )
        if row is None:
            raise BadInput("unknown_defect", facts={"code": code}, where={"field": "defect"})
        return mapping.defect_code(row)

    def instrument(self, instrument: str) -> InstrumentSaved:
        """See the port."""
        row = self._row(f"{_INSTRUMENT} WHERE id = :i OR number = :i", i=instrument)
        if row is None:
            raise BadInput(
                "unknown_instrument", facts={"instrument": instrument}, where={"field": "instrument"}
            )
        return mapping.instrument(row)

    def instruments(self) -> tuple[InstrumentSaved, ...]:
        """See the port."""
        return tuple(mapping.instrument(r) for r in self._rows(f"{_INSTRUMENT} ORDER BY number"))

    def shop(self) -> ShopChanged:
        """See the port."""
        row = self._row("SELECT name, address, logo, paper, third_releases FROM shop")
        if row is None:
            raise BadInput("no_workspace")
        return mapping.shop(row)

    def procedure(self, code: str, version: int | None = None) -> ProcedureVersion:
        """See the port."""
        row = self._row(
            f"{_PROCEDURE} WHERE v.code = :c AND (CAST(:v AS BIGINT) IS NULL OR v.version = CAST(:v AS BIGINT))"
            " ORDER BY v.version DESC LIMIT 1",
            c=code,
            v=version,
        )
        if row is None:
            raise BadInput("unknown_procedure", facts={"procedure": code}, where={"field": "procedure"})
        return mapping.procedure_version(row)

    def approved_for(self, product: str) -> ProcedureVersion | None:
        """See the port."""
        row = self._row(
            f"{_VERSION} FROM procedure_product p JOIN procedure_version v ON v.code = p.code AND v.version = p.version"
            " WHERE p.product = :p AND v.state = 'approved' ORDER BY v.approved_at DESC LIMIT 1",
            p=product,
        )
        return mapping.procedure_version(row) if row else None

    def batch(self, batch: str) -> Batch:
        """See the port."""
        row = self._row(f"{_BATCH} WHERE id = :b OR number = :b", b=batch)
        if row is None:
            raise BadInput("unknown_batch", facts={"batch": batch}, where={"field": "batch"})
        holder = None
        if row["hold"] is not None:
            holder = self._scalar(
                "SELECT p.name FROM hold h JOIN person p ON p.id = h.person WHERE h.id = :h", h=row["hold"]
            )
        hands = self._rows(_HANDS, b=row["id"])
        return mapping.batch(
            row,
            [h for h in hands if h["part"] == "maker"],
            [h for h in hands if h["part"] == "reworker"],
            holder,
        )

    def critical_units(self, batch: str) -> tuple[int, ...]:
        """See the port."""
        found = self._rows(
            "SELECT DISTINCT r.opened, f.unit FROM finding f JOIN round r ON r.id = f.round"
            " WHERE f.batch = :b AND f.defect_class = 'critical' AND f.unit IS NOT NULL"
            " UNION SELECT DISTINCT r.opened, m.unit FROM reading m JOIN round r ON r.id = m.round"
            " WHERE m.batch = :b AND m.defect_class = 'critical' AND m.inside = 0",
            b=batch,
        )
        return tuple(sorted({mapping.opened(row).units[row["unit"] - 1] for row in found}))

    def round(self, round_id: str) -> Round:
        """See the port."""
        row = self._row(f"{_ROUND} WHERE r.id = :r", r=round_id)
        if row is None:
            raise BadInput("unknown_round", facts={"round": round_id})
        return self._round(row)

    def rounds(self, batch: str) -> tuple[Round, ...]:
        """See the port."""
        return tuple(
            self._round(row) for row in self._rows(f"{_ROUND} WHERE r.batch = :b ORDER BY r.no", b=batch)
        )

    def _round(self, row: mapping.Row) -> Round:
        checks = self._rows(_CHECKS, r=row["id"])
        carries = mapping.opened(row).carries
        parts: dict[str, list[mapping.Row]] = {}
        for part in self._rows(_PARTS, r=row["id"], c=carries or row["id"]):
            parts.setdefault(part["part"], []).append(part)
        compared = next(iter(parts.get("compared", ())), None)
        decided = next(iter(parts.get("decided", ())), None)
        return mapping.round_(
            row,
            bytes(row["hash"]).hex(),
            tuple(_check(c) for c in checks),
            given_up=tuple(dict.fromkeys(p["person"] for p in parts.get("given_up", ()))),
            seen_first=tuple(dict.fromkeys(p["person"] for p in parts.get("seen_first", ()))),
            only_second=self._scalar(_ONLY_SECOND, c=carries) if carries else None,
            compared=(compared["body"], bytes(compared["hash"]).hex()) if compared else None,
            decided=(decided["body"], bytes(decided["hash"]).hex(), decided["person"]) if decided else None,
        )

    def check(self, check: str) -> Check:
        """See the port."""
        found = self._rows(_CHECKS_WITH, c=check)
        row = next((r for r in found if r["id"] == check), None)
        if row is not None:  # its round is asked for next
            self._known.put(_CHECKS, (("r", row["round"]),), found)
        if row is None:
            raise BadInput("unknown_check", facts={"check": check}, where={"field": "check"})
        return _check(row)

    def signed(self, check: str) -> CheckSigned:
        """See the port."""
        found = self._stored("seq = (SELECT signed FROM checking WHERE id = :c)", c=check)
        fact = mapping.fact_in(found[0].body) if found else None
        if not isinstance(fact, CheckSigned):
            raise BadInput("unknown_check", facts={"check": check}, where={"field": "check"})
        return fact

    def sign_offs(self, round_id: str) -> tuple[SignedOff, ...]:
        """See the port."""
        return self._signed_off(_SIGN_OFFS, round_id)

    def _signed_off(self, query: str, round_id: str) -> tuple[SignedOff, ...]:
        return tuple(
            SignedOff(
                event=row["seq"],
                place=row["place"],
                person=row["person"],
                check=row["checking"],
                meaning=row["meaning"],
                record=row["record"],
                at=row["at"],
                maker=bool(row["maker"]),
                standing=bool(row["standing"]),
                clock_suspect=(row["ahead"] or 0) > 0,
                by_sheet=row["by_sheet"],
                suspect_from=row["suspect_from"],
            )
            for row in self._rows(query, r=round_id)
        )

    def work(self, check: str) -> Work:
        """See the port."""
        work = Work()
        for stored in self.entries(check):
            fact = mapping.fact_in(stored.body)
            if isinstance(fact, Recorded | Resolved):
                work = work.with_(fact)
        return work

    def standing_readings(self, check: str) -> dict[tuple[int, str], str]:
        """See the port."""
        rows = self._rows(
            "SELECT unit, characteristic, id FROM reading WHERE checking = :c AND replaced = 0", c=check
        )
        return {(r["unit"], r["characteristic"]): r["id"] for r in rows}

    def went_on(self, check: str, unit: int, reading: str) -> bool:
        """See the port."""
        since = "checking = :c AND unit <> :u AND seq > (SELECT seq FROM reading WHERE id = :r)"
        parts = (f"SELECT 1 FROM {table} WHERE {since}" for table in ("unit_result", "reading", "finding"))  # noqa: S608
        return self._scalar(" UNION ALL ".join(parts) + " LIMIT 1", c=check, u=unit, r=reading) is not None

    def standing_findings(self, check: str) -> frozenset[str]:
        """See the port."""
        rows = self._rows("SELECT id FROM finding WHERE checking = :c AND withdrawn IS NULL", c=check)
        return frozenset(r["id"] for r in rows)

    def to_review(self, check: str, codes: frozenset[str]) -> tuple[Reviewed, ...]:
        """See the port."""
        with translated():
            return claims_of_first(self._connection, check, codes)

    def entries(self, check: str) -> tuple[StoredEvent, ...]:
        """See the port."""
        return self._stored(
            "seq IN (SELECT seq FROM line WHERE checking = :c"
            " AND type IN ('check.recorded', 'check.resolved'))",
            c=check,
        )

    def open_under(self, procedure: str) -> tuple[tuple[str, str], ...]:
        """See the port."""
        found = self._rows(
            "SELECT b.id, b.round, r.opened FROM batch b JOIN round r ON r.id = b.round WHERE b.state IN"
            " ('first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed') ORDER BY b.seq, b.id"
        )
        return tuple(
            (row["id"], row["round"]) for row in found if mapping.opened(row).procedure.code == procedure
        )

    def reinspected(self, round_id: str) -> bool:
        """See the port."""
        return self._scalar("SELECT 1 FROM reinspection WHERE round = :r", r=round_id) is not None

    def failed_event(self, number: int) -> tuple[str, str | None]:
        """See the port."""
        found = self._stored("seq = :n", n=number)
        if not found:
            raise BadInput("unknown_event", facts={"value": number}, where={"field": "number"})
        if self._scalar("SELECT 1 FROM voided WHERE event_no = :n", n=number) is not None:
            raise AlreadyThere("void", str(number))
        if check_event(found[0], self._known_key, self._database.verify) is EventProblem.NONE:
            raise EventHolds(number)
        try:
            named = found[0].event().body.get("batch")
        except (NotCanonical, BadEvent):
            named = self._scalar("SELECT batch FROM line WHERE seq = :n", n=number)
        known = self._scalar("SELECT id FROM batch WHERE id = :b", b=str(named)) if named else None
        return found[0].hash.hex(), known

    def event_hash(self, seq: int) -> str:
        """See the port."""
        return bytes(self._scalar("SELECT hash FROM event WHERE seq = :s", s=seq)).hex()

    def certificate(self, number: int) -> Certificate:
        """See the port."""
        row = self._row(f"{_CERTIFICATE} WHERE c.number = :n", n=number)
        if row is None:
            raise BadInput("unknown_certificate", facts={"number": number}, where={"field": "number"})
        return self._certificate(row)

    def certificates(self, batch: str | None = None) -> tuple[Certificate, ...]:
        """See the port."""
        rows = (
            self._rows(f"{_CERTIFICATE} ORDER BY c.number")
            if batch is None
            else self._rows(f"{_CERTIFICATE} WHERE c.batch = :b ORDER BY c.number", b=batch)
        )
        return tuple(self._certificate(row) for row in rows)

    def _certificate(self, row: mapping.Row) -> Certificate:
        """Return what the event says: a row that somebody changed is not what is printed."""
        (stored,) = self._stored("seq = :s", s=row["seq"])
        event = stored.event()
        fact = mapping.fact_of(event)
        if not isinstance(fact, CertificateIssued) or fact.certificate != row["number"] or event.by is None:
            raise Trouble("record_damaged", record=str(row["number"]))
        return Certificate(
            fact.certificate,
            fact,
            event.by,
            event.key,
            event.at,
            event.seq,
            row["printed"],
            row["withdrawn"],
            clock_suspect=(row["ahead"] or 0) > 0,
            by_sheet=row["by_sheet"],
            suspect_from=row["suspect_from"],
        )

    def last_certificate(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT coalesce(max(number), 0) FROM certificate") or 0)

    @property
    def verification_failed(self) -> bool:
        """See the port."""
        return self._verified is not None and self._verified.failed(self.vault)

    def batch_verifies(self, batch: str) -> bool:
        """See the port."""
        if self.verification_failed:
            return False
        for stored in self._stored(
            "seq IN (SELECT seq FROM line WHERE batch = :b) AND seq NOT IN (SELECT event_no FROM voided)",
            b=batch,
        ):
            if check_event(stored, self._known_key, self._database.verify) is not EventProblem.NONE:
                return False
        for row in self._rows("SELECT record FROM sign_off WHERE batch = :b", b=batch):
            try:
                self.record(row["record"])
            except Trouble as trouble:
                if trouble.code != "record_damaged":
                    raise  # a disk that does not answer says nothing about the record
                return False
        return True

    def _known_key(self, key: str, seq: int) -> Known | None:
        row = self._row(_ACTIVE_THEN, k=key, s=seq)
        if row is not None:
            return Signer(row["person"], row["session"], row["station"]), bytes.fromhex(row["public_key"])
        sheets = self._rows(
            "SELECT public_key FROM recovery_sheet WHERE from_seq < :s AND (until_seq IS NULL OR until_seq >= :s)",
            s=seq,
        )
        found = (sheet_key(bytes.fromhex(row["public_key"])).get(key) for row in sheets)
        return next((known for known in found if known is not None), None)

    def taken(self, kind: str, value: str) -> bool:
        """See the port."""
        return self._scalar(_TAKEN[kind], v=value) is not None

    # Look-ups for an import ---------------------------------------------------------------------------------

    def suppliers(self) -> tuple[SupplierSaved, ...]:
        """See the port."""
        return tuple(mapping.supplier(r) for r in self._rows(f"{_SUPPLIER} ORDER BY seq, id"))

    def products(self) -> tuple[ProductSaved, ...]:
        """See the port."""
        return tuple(mapping.product(r) for r in self._rows(f"{_PRODUCT} ORDER BY seq, id"))

    def defect_codes(self) -> tuple[DefectCodeSaved, ...]:
        """See the port."""
        return tuple(mapping.defect_code(r) for r in self._rows(f"{_DEFECT_CODE} ORDER BY code"))

    def batch_numbers(self) -> tuple[str, ...]:
        """See the port."""
        return tuple(r["number"] for r in self._rows("SELECT number FROM batch ORDER BY seq, id"))

    def batches_by_number(self, numbers: Sequence[str]) -> dict[str, KnownBatch]:
        """See the port."""
        found: dict[str, KnownBatch] = {}
        for part in _parts(numbers):
            rows = self._rows(f"{_BATCH} WHERE number IN ({part.names})", **part.values)
            makers: dict[str, list[mapping.Row]] = {}
            ids = _parts([row["id"] for row in rows])
            for of in ids:
                query = f"SELECT batch, person, units FROM batch_maker WHERE batch IN ({of.names}) ORDER BY person"  # noqa: S608
                for maker in self._rows(query, **of.values):
                    makers.setdefault(maker["batch"], []).append(maker)
            for row in rows:
                batch = mapping.batch(row, makers.get(row["id"], ()), (), None)
                fresh = batch.state == "registered" and not batch.round_no
                found[batch.number] = KnownBatch(batch.saved, batch.state, fresh)
        return found

    def reported(self, sources: Sequence[str]) -> tuple[DefectReported, ...]:
        """See the port."""
        return tuple(
            mapping.reported(row)
            for part in _parts(sources)
            for row in self._rows(f"{_REPORTED} WHERE source IN ({part.names}) ORDER BY seq", **part.values)
        )

    # Plumbing -----------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._known = KnownRows()
        self._events.clear()

    def _changed(self, *tables: str) -> None:
        """Forget what was read of tables that this transaction has written."""
        self._known.changed(frozenset(tables))
        if "event" in tables:
            self._events.clear()

    def _rows(self, query: str, **parameters: object) -> Rows:
        values = tuple(parameters.items())
        rows = self._known.get(query, values)
        if rows is None:
            with translated():
                rows = asked_of(self._connection, query, parameters)
            self._known.put(query, values, rows)
        return rows

    def _head_row(self) -> mapping.Row | None:
        """Return number, hash and time of the last event."""
        return self._row(_HEAD)

    def _row(self, query: str, **parameters: object) -> mapping.Row | None:
        found = self._rows(query, **parameters)
        return found[0] if found else None

    def _scalar(self, query: str, **parameters: object) -> Any:  # noqa: ANN401 - a column of any type
        row = self._row(query, **parameters)
        return next(iter(row.values())) if row is not None else None

    def _stored(self, where: str, **parameters: object) -> tuple[StoredEvent, ...]:
        asked = (where, *parameters.items())
        found = self._events.get(asked)
        if found is None:
            found = stored_events(
                self._rows(f"SELECT seq, body, sig, hash FROM event WHERE {where} ORDER BY seq", **parameters)  # noqa: S608
            )
            self._events[asked] = found
        return found


@dataclass(frozen=True)
class _Part:
    """Some of many values, for one IN list."""

    names: str
    values: dict[str, object]


def _parts(values: Sequence[str]) -> list[_Part]:
    """Return values in parts small enough for one statement."""
    unique = list(dict.fromkeys(values))
    parts = []
    for start in range(0, len(unique), 500):
        some = {f"v{i}": value for i, value in enumerate(unique[start : start + 500])}
        parts.append(_Part(", ".join(f":{name}" for name in some), {**some}))
    return parts


def _people(grants: Rows, held: Rows, rows: Rows) -> Iterator[Person]:
    """Yield everybody with roles and qualifications."""
    granted: dict[str, list[mapping.Row]] = {}
    qualified: dict[str, list[mapping.Row]] = {}
    for row in grants:
        granted.setdefault(row["person"], []).append(row)
    for row in held:
        qualified.setdefault(row["person"], []).append(row)
    for row in rows:
        yield mapping.person(row, granted.get(row["id"], ()), qualified.get(row["id"], ()))


def _check(row: mapping.Row) -> Check:
    return mapping.check(row, bytes(row["hash"]).hex() if row["hash"] is not None else None, row["at"])


def stored_events(rows: Iterable[mapping.Row]) -> tuple[StoredEvent, ...]:
    """Return rows of the log as stored events."""
    return tuple(StoredEvent(r["seq"], bytes(r["body"]), bytes(r["sig"]), bytes(r["hash"])) for r in rows)


_KNOWN_JUMP = (
    "SELECT j.ahead FROM clock_jump j WHERE j.station = :s AND j.seq >"
    " coalesce((SELECT max(c.seq) FROM clock_correction c), 0) ORDER BY j.seq DESC LIMIT 1"
)
_SERVER_CLOCK = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS now"
_HEAD = (  # a line that somebody forged into the log may stand in no index; the chain goes on from it all the same
    "SELECT e.seq, e.hash, (SELECT at FROM line ORDER BY seq DESC LIMIT 1) AS at FROM event e"
    " ORDER BY e.seq DESC LIMIT 1"
)
_BY_HASH = "SELECT seq FROM event WHERE hash = :hash"
_BADGE = (
    "SELECT s.id, s.person, s.key, k.public_key, s.sealed FROM badge b JOIN sealed_badge s ON s.id = b.id"
    " JOIN person_key k ON k.key = b.key AND k.until_seq IS NULL WHERE b.id = :b AND b.stopped IS NULL"
)
_LAST_TRY = (
    "SELECT seq, at, station, in_a_row, start, steady, tried FROM failed_try WHERE person = :p"
    " ORDER BY seq DESC LIMIT 1"
)
_UNLOCKED_SINCE = "SELECT seq FROM person_lock WHERE person = :p AND unlocked > :s"
_ACTED_SINCE = "SELECT seq FROM line WHERE person = :p AND act = 1 AND seq > :s"
_ACTIVE_THEN = KEY_ROWS.format(  # a key's own last act is the one that ends it
    k=":k",
    person_key="from_seq <= :s AND (until_seq IS NULL OR until_seq >= :s)",
    session="opened < :s AND (closed IS NULL OR closed >= :s)",
    station_key="from_seq < :s AND (until_seq IS NULL OR until_seq >= :s)",
)
_PERSON = (
    "SELECT id, login, name, staff, status, languages, CASE WHEN status = 'listed' OR EXISTS ("
    "SELECT 1 FROM person_key k WHERE k.person = person.id AND k.until_seq IS NULL) THEN NULL ELSE ("
    "SELECT k.ended FROM person_key k WHERE k.person = person.id ORDER BY k.from_seq DESC LIMIT 1) END AS ended"
    " FROM person"
)
JUMP_BEFORE = (
    "SELECT j.ahead FROM clock_jump j WHERE j.station = l.station AND j.seq < l.seq AND j.seq >"
    " coalesce((SELECT max(c.seq) FROM clock_correction c WHERE c.seq < l.seq), 0) ORDER BY j.seq DESC LIMIT 1"
)
"""By how much the clock of a line's station was known to be ahead when the line came; above 0 it is suspect."""
_SIGN_OFFS = (
    "SELECT g.seq, g.place, g.person, g.checking, g.meaning, g.record, g.at, g.maker, g.standing,"  # noqa: S608
    f" ({JUMP_BEFORE}) AS ahead,"
    " coalesce(b.by_sheet, k.by_sheet) AS by_sheet,"
    " CASE WHEN k.suspect_from <= g.seq THEN k.suspect_from END AS suspect_from"
    " FROM sign_off g JOIN person p ON p.id = g.person JOIN line l ON l.seq = g.seq JOIN person_key k ON k.key = g.key"
    " LEFT JOIN person_key b ON b.person = p.id AND b.from_seq = p.seq WHERE g.round = :r ORDER BY g.seq"
)
_IN_DOUBT = _SIGN_OFFS.replace("g.record", "'' AS record").replace(
    "WHERE g.round = :r", "WHERE g.round = :r AND g.standing = 1 AND k.suspect_from <= g.seq"
)
"""Asked while a check runs, so it brings nothing of the other one: no row but of a key in doubt, and no record's hash."""
_GRANTS = "SELECT person, role, families, until FROM role_grant"
_HELD = "SELECT person, procedure, until FROM qualification"
_SUPPLIER = "SELECT id, code, name, name_latin, country, address, contact, note, source FROM supplier"
_DEFECT_CODE = "SELECT code, name, defect_class, names, note, retired, source FROM defect_code"
_NUMBER = "SELECT number FROM batch WHERE id = :b"
_CERTIFICATE = (
    "SELECT c.number, c.seq, (SELECT count(*) FROM certificate_copy p WHERE p.number = c.number) AS printed,"  # noqa: S608
    " (SELECT w.at FROM certificate_withdrawn w WHERE w.number = c.number) AS withdrawn,"
    f" ({JUMP_BEFORE}) AS ahead,"
    " coalesce(b.by_sheet, k.by_sheet) AS by_sheet,"
    " CASE WHEN k.suspect_from <= c.seq THEN k.suspect_from END AS suspect_from"
    " FROM certificate c LEFT JOIN line l ON l.seq = c.seq LEFT JOIN person p ON p.id = c.person"
    " LEFT JOIN person_key k ON k.key = c.key"
    " LEFT JOIN person_key b ON b.person = p.id AND b.from_seq = p.seq"
)
_REPORTED = (
    "SELECT id, source, code, name, defect_class, count, batch, supplier, product, found_on, reference, note"
    " FROM reported_defect"
)
_PRODUCT = "SELECT id, code, revision, name, family, unit, picture, note, source FROM product"
_INSTRUMENT = "SELECT id, number, kind, calibrated_until, blocked, note FROM instrument"
_VERSION = (
    "SELECT v.code, v.version, v.state, v.author, v.content, v.hash, v.approved_by, v.approved_at,"
    " (SELECT max(g.until) FROM procedure_grace g WHERE g.code = v.code AND g.version = v.version) AS grace_until,"
    " (SELECT count(*) FROM procedure_stopped s WHERE s.code = v.code AND s.version = v.version) AS stopped"
)
_PROCEDURE = f"{_VERSION} FROM procedure_version v"
_BATCH = (
    "SELECT id, number, product, supplier, line, quantity, order_no, made_on, ship_by, note, source, state, held,"
    " hold, round, round_no, next_severity, again_used, rework_ordered, released, shipped,"
    " (SELECT coalesce(sum(u.quantity), 0) FROM shipped_unreleased u WHERE u.batch = batch.id) AS left_unreleased"
    " FROM batch"
)
_ROUND = "SELECT r.id, r.batch, r.no, r.opened, e.hash FROM round r JOIN event e ON e.seq = r.seq"
_ONLY_SECOND = (
    "SELECT s.person FROM sign_off s JOIN comparison k ON k.round = s.round"
    " WHERE s.round = :c AND s.place = 'second'"
)
_PARTS = (
    "SELECT 'compared' AS part, c.body AS body, e.hash AS hash, CAST(NULL AS TEXT) AS person"
    " FROM comparison c JOIN event e ON e.seq = c.seq WHERE c.round = :r"
    " UNION ALL SELECT 'decided', d.body, e.hash, d.person"
    " FROM decision d JOIN event e ON e.seq = d.seq WHERE d.round = :r"
    " UNION ALL SELECT 'given_up', NULL, NULL, person FROM place_given_up WHERE round IN (:r, :c)"
    " UNION ALL SELECT 'seen_first', NULL, NULL, person FROM first_seen WHERE round IN (:r, :c)"
)
_CHECK = (
    "SELECT c.id, c.round, c.batch, c.place, c.person, c.state, c.started_at, c.reason, e.hash, l.at FROM checking c"
    " LEFT JOIN event e ON e.seq = c.signed LEFT JOIN line l ON l.seq = c.signed"
)
_CHECKS = f"{_CHECK} WHERE c.round = :r ORDER BY c.seq"
_CHECKS_WITH = f"{_CHECK} WHERE c.round = (SELECT round FROM checking WHERE id = :c) ORDER BY c.seq"  # noqa: S608
_HANDS = (
    "SELECT 'maker' AS part, person, units, 0 AS seq FROM batch_maker WHERE batch = :b"
    " UNION ALL SELECT 'reworker', person, '', seq FROM batch_reworker WHERE batch = :b ORDER BY seq, person"
)
_TAKEN = {
    "batch": "SELECT 1 FROM batch WHERE number = :v",
    "supplier": "SELECT 1 FROM supplier WHERE code = :v",
    "product": "SELECT 1 FROM product WHERE trim(code || ' ' || revision) = :v",
    "instrument": "SELECT 1 FROM instrument WHERE number = :v",
    "procedure": "SELECT 1 FROM procedure_version WHERE code = :v",
}
