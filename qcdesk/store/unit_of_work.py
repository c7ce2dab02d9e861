# SPDX-License-Identifier: Apache-2.0
"""The unit of work on SQLite and PostgreSQL: one transaction, in which events are chained, signed and projected."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from qcdesk import __version__
from qcdesk.domain.anchors import Head, SeenAct
from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.cleaning import RequirePrintable, cleaned, composed, require_body_printable
from qcdesk.domain.clocks import SECOND_US, Reading, ahead_seconds, require_not_behind, time_of
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import (
    BatchSaved,
    BatchSplit,
    ClockCorrected,
    ClockJumped,
    Fact,
    Recorded,
    Resolved,
    SplitGoods,
)
from qcdesk.domain.log import GENESIS, RECOVERY, CoSignature, Event, StoredEvent, event_hash
from qcdesk.domain.refusals import SittingOver, WrongSheet
from qcdesk.domain.signed_here import made
from qcdesk.durable import sync_file
from qcdesk.services.ports import (
    Clock,
    Hand,
    Ids,
    Progress,
    SealedBadge,
    SealedKey,
    StationHand,
    Workstation,
)
from qcdesk.services.searching import folded
from qcdesk.services.trouble import Trouble, require_believable
from qcdesk.store import figures, mapping, writing
from qcdesk.store.anchors import MOST_NOTED, RESTORED, StationAnchors, mark_of
from qcdesk.store.answers import HEAD, Misused
from qcdesk.store.audits_known import AuditsKnown
from qcdesk.store.care import Care
from qcdesk.store.corrective import Corrective
from qcdesk.store.database import TAKE_THE_LOG, Database, begin_looking, begin_writing, translated
from qcdesk.store.inspections import Inspections
from qcdesk.store.known_rows import KnownRows
from qcdesk.store.last_verified import StationVerifications
from qcdesk.store.master_data import MasterData
from qcdesk.store.nonconformities import Nonconformities
from qcdesk.store.people_known import PeopleKnown
from qcdesk.store.prints import Prints
from qcdesk.store.projection import Drop, Put, Row, Set, changes
from qcdesk.store.proofs import Proofs
from qcdesk.store.rewriting import Reckoning, rewrite
from qcdesk.store.seals import left_over
from qcdesk.store.statements import asked_of

APP = f"qcdesk {__version__}"
LOOK_AGAIN = (0.0, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each look at a log whose server went away."""
WHILE_BLOCKED = ("clock.corrected", "session.opened", "station.introduced")
"""The acts that a clock behind the log leaves: two people correct it, and they sign in to do so."""
ENDS_SEALS = ("session.opened", "key.revoked", "key.changed", "badge.stopped", "badge.issued")
"""With these goes whatever seal is left over of an ended key or badge, whoever wrote the end without dropping it."""


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise Misused(what)


class SqlUnitOfWork(
    PeopleKnown, MasterData, Inspections, AuditsKnown, Care, Corrective, Nonconformities, Prints, Proofs
):
    """See the port ``UnitOfWork``. ``write`` begins at once with the right to write; else it only looks."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        station: str | Callable[[], str],
        *,
        write: bool,
        anchors: StationAnchors | None = None,
        workstation: Workstation | None = None,
        server_time: bool = False,
        verified: StationVerifications | None = None,
        require_printable: RequirePrintable | None = None,
    ) -> None:
        """Remember the adapters; nothing is opened before ``with``. ``anchors``: the heads that this station saw.

        ``workstation``: whose steady clock watches the other one; ``server_time``: whether a server's clock does, too;
        ``require_printable``: what refuses text that paper cannot show.
        """
        super().__init__(database)
        self._anchors, self._verified = anchors, verified
        self._require_printable = require_printable
        self._workstation = workstation
        self._server_time = server_time and database.dialect == "postgresql"
        self._clock, self._ids, self._write = clock, ids, write
        self._where = station if callable(station) else lambda: station
        self._head: Head | None = None  # of what is not yet committed
        self._actor: Hand | None = None
        self._acts: deque[SeenAct] = deque(
            maxlen=MOST_NOTED
        )  # what the events did that are not yet committed
        self._appended: list[bytes] = []  # hashes of events that are not yet committed
        self._settles: set[str] = set()
        """Of these, the lines in which two sign what was lost."""
        self._began: tuple[int, bytes] = (0, b"")
        """Number and hash of the last event before this transaction."""
        self._reckoned: Reckoning | None = None
        self._before: sa.Connection | None = None  # through which this thread looked before
        self._over = False  # committed
        self._dirty = False  # anything written, committed or not
        self._remembers = False  # leaves what it reads for the next transaction

    @property
    def _station(self) -> str:
        """The workstation; it may come by another id within a transaction that introduces it."""
        return self._where()

    # The transaction ---------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        """Begin: writes take the lock at once, so that two people cannot both become the second."""
        _must(self._open is None, "a unit of work is not entered twice at once")
        self._appended.clear()
        self._settles.clear()
        self._acts.clear()
        self._head = self._actor = None
        self._over = self._dirty = False
        self._remembers = self._write
        self._forget()
        with translated(), ExitStack() as undo:
            connection = self._database.take()
            undo.callback(self._database.rest, connection)
            if self._write:
                begin_writing(connection)
            else:
                begin_looking(connection)
                self._before = getattr(self._database.looking, "connection", None)
                self._database.looking.connection = connection
            self._open = connection
            undo.callback(self._close)  # reading the head may fail as any reading
            if self._write:
                self._take_up()
            undo.pop_all()
        return self

    def _close(self) -> None:
        self._open = None
        if not self._write:
            self._database.looking.connection = self._before

    def remember(self) -> None:
        """See the port."""
        if not self._remembers:
            self._take_up()
            self._remembers = True

    def _take_up(self) -> None:
        """Find the head of the log, and with it what an earlier transaction of this thread has left."""
        head = self._head_row()
        self._began = (head["seq"], bytes(head["hash"])) if head else (0, b"")
        before: KnownRows | None = getattr(self._database.known, "rows", None)
        if before is not None and head is not None:
            self._database.known.rows = None  # whatever happens before the end, it is not left half changed
            self._known = before.at(bytes(head["hash"]))
            self._known.put(HEAD, (), [dict(head)])

    def _leave(self) -> None:
        """Leave what was read for the next transaction of this thread, for as long as nobody else writes."""
        head = self._known.get(HEAD, ())
        self._database.known.rows = self._known.for_later(bytes(head[0]["hash"])) if head else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and give the connection back."""
        clean = not self._over and not self._dirty and not isinstance(error, sa.exc.DBAPIError)
        if self._remembers and clean:
            self._leave()
        connection = self._connection
        self._close()
        with suppress(Trouble):  # what was committed is committed, whatever closing says now
            self._database.rest(connection)
        if isinstance(error, sa.exc.DBAPIError | MemoryError):
            with translated():
                raise error

    def commit(self) -> None:
        """Make it durable; returns only then. Afterwards this unit of work only looks.

        Raises: Trouble: nothing was saved, and why (a server that went away: ``server_gone``); ``outcome_unknown``:
        whether it was saved could not be found out. Nothing is ever signed a second time here.
        """
        signer, acts, restored = None, [], frozenset[str]()
        if self._anchors is not None and self._head is not None:
            restored = self._restored()
            signer, acts = self._signer_of_heads(), [self._with_number(act) for act in self._acts]
        try:
            self._connection.commit()
        except (sa.exc.DBAPIError, MemoryError) as problem:
            self._settle(problem)
        if self._anchors is not None and self._head is not None and signer is not None:
            self._anchors.saw(self._head, signer, acts, restored)
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

    def _restored(self) -> frozenset[str]:
        """Return the lines in which two have signed what was lost, up to what is about to be committed.

        Read are only those that came since this program knew them; nothing is, where nobody else has written.
        """
        seq, digest, known = self._database.restored
        if (seq, digest) != self._began:
            there = asked_of(self._connection, _HASH_OF, {"seq": seq})
            goes_on = bool(there) and bytes(there[0]["hash"]) == digest
            since, known = (seq, known) if goes_on else (0, frozenset())
            rows = asked_of(self._connection, _RESTORED, {"since": since})
            known |= {mark_of(bytes(row["hash"])) for row in rows}
        known |= self._settles
        self._database.restored = (self._began[0] + len(self._appended), self._appended[-1], known)
        return known

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

    # The log ------------------------------------------------------------------------------------------------

    def append(self, fact: Fact, hand: Hand, co: Sequence[Hand] = ()) -> Event:
        """Chain, sign and write an event with its projections.

        What was typed is cleaned here, whichever way it came in; text that came in with letters and marks apart is put
        together; what nobody can sign or print is refused by name.
        """
        self._require_writing()
        fact = cleaned(fact)
        try:
            return self._append(fact, hand, co)
        except NotCanonical:
            whole = composed(fact)
            if whole == fact:
                raise
            return self._append(whole, hand, co)

    def _append(self, fact: Fact, hand: Hand, co: Sequence[Hand]) -> Event:
        right = fact.STRENGTH in (hand.strength, "either")
        _must(right, f"{fact.TYPE} is signed as {fact.STRENGTH}")
        publics: dict[str, str] = {}
        if fact.TYPE != "workspace.opened":
            own = ("person.enrolled", "key.enrolled", "key.changed")
            brought = getattr(fact, "key", None) if fact.TYPE in own else None
            for each in (hand, *(h for h in co if h.key != brought)):
                publics[each.key] = self._require_active(each)
        reading = self._read_clocks()
        if hand.strength == "act" and fact.TYPE not in WHILE_BLOCKED:
            require_not_behind(reading, self._last_time())
        at_once = ("workspace.opened", "recovery.used")  # the second follows straight on its act
        if fact.TYPE not in WHILE_BLOCKED and fact.TYPE not in at_once:
            self._watch(reading)
        event = self._next(fact, hand.key, hand.person, hand.session, reading)
        if self._require_printable is not None and not event.spelled_body.isascii():
            require_body_printable(fact, event.body, self._require_printable)
        if co:
            bare = event.cosign_bytes()
            event = Event(
                **{
                    **{f: getattr(event, f) for f in event.__dataclass_fields__},
                    "co": tuple(CoSignature(h.person, h.key, h.sign("cosign", bare)) for h in co),
                }
            )
        self._put(event, fact, hand.sign, publics)
        if hand.strength == "act":
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

    def _put(
        self,
        event: Event,
        fact: Fact,
        sign: Callable[[str, bytes], bytes],
        publics: Mapping[str, str] | None = None,
    ) -> None:
        """Sign an event, and write it with its projections.

        Args: publics: public halves of its keys as the database has them. What a key of this library with just that half
            has signed a moment ago is not verified a second time as it is written; anything else is.
        """
        body = event.to_bytes()
        sig = sign("event", body)
        signed = ((event.key, sig), *((beside.key, beside.sig) for beside in event.co))
        own = all(made(bytes.fromhex((publics or {}).get(key, "")), by) for key, by in signed)
        stored = StoredEvent(event.seq, body, sig, event_hash(body, sig))
        brought = tuple(changes(event, fact))
        with self._writing(stored.hash if own else None):
            writing.append(self._connection, stored, brought)
            figures.follow(self._connection, event, fact, brought)
            self._appended.append(stored.hash)
            if fact.TYPE == RESTORED:
                self._settles.add(mark_of(stored.hash))
        self._changed("event", *(c.table for c in brought))
        if isinstance(fact, Recorded | Resolved):
            mapping.remember(event, fact, body)  # its check asks for it again and again
        self._known.put(HEAD, (), ({"seq": stored.seq, "hash": stored.hash, "at": event.at},))
        self._keep_found(fact)
        if fact.TYPE in ENDS_SEALS and (over := left_over(self._connection)):
            self._keep(*over)
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

    def _require_active(self, hand: Hand) -> str:
        """Return the public half of a key as the database has it; "" of the recovery sheet's.

        Refused is a key that is not active now: a sitting that was closed, a key that was given up, an old sheet.
        """
        if hand.person == RECOVERY:
            if self.recovery_key() != hand.key:
                raise WrongSheet()
            return ""
        query = (
            "SELECT public_key FROM session WHERE key = :k AND closed IS NULL"
            if hand.strength == "entry"
            else "SELECT public_key FROM person_key WHERE key = :k AND until_seq IS NULL"
        )
        public = self._scalar(query, k=hand.key)
        if public is None:
            raise SittingOver(self.person(hand.person).name)
        return str(public)

    def _keep_found(self, fact: Fact) -> None:
        """Keep the folded text by which a batch is found; a cache, made anew whenever it is missing."""
        goods: BatchSaved | SplitGoods
        named: tuple[tuple[str, str], ...]
        if isinstance(fact, BatchSaved):
            goods, named = fact, ((fact.batch, fact.number),)
        elif isinstance(fact, BatchSplit):
            goods, named = fact.goods, tuple((part.batch, part.number) for part in fact.parts)
        else:
            return
        product = self.product(goods.product)
        supplier = self.supplier(goods.supplier).name if goods.supplier else goods.line
        self._keep(
            *(
                Put("search_text", {"kind": "batch", "id": batch, "folded": folded(words)}, over=True)
                for batch, number in named
                for words in [(number, goods.order, product.code, product.name, supplier)]
            )
        )

    def _keep(self, *kept: Put | Set | Drop) -> None:
        with self._writing():
            writing.keep(self._connection, kept)
        self._changed(*(change.table for change in kept))

    def reckon_tables(self, progress: Progress | None = None) -> None:
        """See the port."""
        if self._reckoned is not None:
            self._reckoned.close()
        self._reckoned = Reckoning(self._database, progress)

    def rewrite_tables(self) -> int | None:
        """See the port. Whatever was read before is forgotten: the tables say something else now."""
        if self._reckoned is None:
            raise Misused("what the tables should hold is reckoned first")
        reckoned, self._reckoned = self._reckoned, None
        try:
            with translated():
                mends = reckoned.mends(self._connection)
        finally:
            reckoned.close()
        if mends is None:
            return None
        if mends:
            with self._writing():
                rewrite(self._connection, mends)
        with translated():
            differing = figures.differing(self._connection)
        if differing:
            with self._writing():
                figures.refill(self._connection)
        if mends or differing:
            self._forget()
        return len(mends) + differing

    def keep_record(self, sha256: str, document: bytes) -> None:
        """See the port."""
        with self._writing():
            writing.keep_record(self._connection, sha256, document)
        self._changed("record")

    def seal(self, sealed: SealedKey) -> None:
        """See the port."""
        row: Row = {
            "key": sealed.key,
            "person": sealed.person,
            "public_key": sealed.public_key.hex(),
            "sealed": sealed.sealed,
        }
        self._keep(Put("sealed_key", row))

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

    def drop_badges(self, badges: Sequence[str]) -> None:
        """See the port."""
        self._keep(*(Drop("sealed_badge", {"id": badge}) for badge in badges))


_KNOWN_JUMP = (
    "SELECT j.ahead FROM clock_jump j WHERE j.station = :s AND j.seq >"
    " coalesce((SELECT max(c.seq) FROM clock_correction c), 0) ORDER BY j.seq DESC LIMIT 1"
)
_SERVER_CLOCK = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS now"
_BY_HASH = "SELECT seq FROM event WHERE hash = :hash"
_HASH_OF = "SELECT hash FROM event WHERE seq = :seq"
_RESTORED = (
    "SELECT e.hash FROM line l JOIN event e ON e.seq = l.seq"  # noqa: S608 - our own name
    f" WHERE l.batch IS NULL AND l.type = '{RESTORED}' AND l.seq > :since"
)
_NUMBER = "SELECT number FROM batch WHERE id = :b"
