# SPDX-License-Identifier: Apache-2.0
"""The unit of work on both engines: the main job, refusals that change nothing, forgeries, races, lost connections."""

from __future__ import annotations

import ast
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any, cast

import psycopg
import pytest
import sqlalchemy as sa

from qcdesk.domain import refusals as r
from qcdesk.domain.batches import Batch
from qcdesk.domain.canonical import encode
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import (
    BatchSaved,
    CheckSigned,
    CheckStarted,
    ClockJumped,
    Fact,
    FirstSeen,
    PersonUnlocked,
    ProcedureApproved,
    Recorded,
    Released,
    Resolution,
    Shipped,
    SupplierSaved,
    UnitResult,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import Event, StoredEvent, event_hash
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import ClockBlocked, Refusal, Unverified
from qcdesk.services import enrol_people
from qcdesk.services.ports import Hand
from qcdesk.services.record_entries import Entries, NewResult
from qcdesk.services.settle_round import round_sides
from qcdesk.services.trouble import Trouble
from qcdesk.signing.keys import KeyPair
from qcdesk.store import (
    answers,
    inspections,
    master_data,
    people_known,
    proofs,
    unit_of_work,
    writing,
)
from qcdesk.store.answers import Misused
from qcdesk.store.database import Database
from qcdesk.store.projection import Put, Row
from qcdesk.store.refused import rule_in
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verification import verify
from tests.workspace import (
    PROCEDURE,
    STATION,
    Bench,
    CountedIds,
    HandClock,
    House,
    connect,
    content,
    take_all_rights,
    use_of,
)


def head(house: House) -> tuple[int, str]:
    """Return number and hash of the last event."""
    with house.database.reading() as connection:
        row = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").one()
    return row[0], bytes(row[1]).hex()


def problems(house: House) -> list[str]:
    """Return what a verification finds."""
    return [p.code for p in verify(house.database).problems]


def find(house: House, number: str) -> Batch:
    """Return a batch."""
    with house.use.look() as uow:
        return uow.batch(number)


def test_batch_goes_through_two_people_to_shipment_and_verifies(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    assert house.state(batch) == "awaiting_second"
    signed = house.check("som", batch, {2: "SCR"})
    assert signed.compared is not None
    assert house.state(batch) == "accepted"
    house.use.release_batch(house.hands["som"], batch)
    house.use.ship_batch(house.sittings["linh"], batch, 12, "ACME")
    house.use.ship_batch(house.sittings["linh"], batch, 8, "ACME")
    found = find(house, batch)
    assert (found.state, found.released, found.shipped) == ("released", 20, 20)
    assert problems(house) == []


# Refused by the services: nothing changes -------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """What somebody tries after ``before`` has happened, and the refusal."""

    what: str
    refusal: type[Refusal]
    before: Callable[[House], str]
    act: Callable[[House, str], object]


def first_signed(house: House) -> str:
    batch = house.batch()
    house.check("linh", batch)
    return batch


def first_signed_of_makers(house: House) -> str:
    batch = house.batch(makers=("som",))
    house.check("linh", batch)
    return batch


def reworked_by_som(house: House) -> str:
    house.enrol("minh", "Trần Văn Minh", "inspector", "releaser")
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "polish")
    house.use.record_rework(house.sittings["linh"], batch, (house.id("som"),))
    house.check("linh", batch)
    return batch


def seen_by_a_later_inspector(house: House) -> str:
    house.enrol("lan", "王兰", "planner")
    batch = first_signed(house)
    house.use.look_at_first(house.sittings["lan"], batch, "batch page")
    house.use.grant_role(house.hands["linh"], house.hands["som"], house.id("lan"), RoleGrant("inspector"))
    return batch


def given_up_by_minh(house: House) -> str:
    house.enrol("minh", "Trần Văn Minh")
    batch = first_signed(house)
    house.use.give_up_place(house.sittings["minh"], batch, "must know")
    return batch


def held(house: House) -> str:
    batch = house.accepted()
    house.use.stop_batch(house.sittings["som"], batch, "other", "label")
    return batch


def second_begun(house: House) -> str:
    house.enrol("minh", "Trần Văn Minh")
    batch = first_signed(house)
    house.start("som", batch)
    return batch


def drafted(house: House) -> str:
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh"), title="New"))
    return PROCEDURE


def open_check(house: House, batch: str) -> str:
    """Return the id of the open check of a batch."""
    with house.use.look() as uow:
        standing = uow.round(uow.batch(batch).round or "")
        return next(c.id for c in standing.checks if c.state == "open")


CASES = (
    Case(
        "the first signer starts the second check",
        r.SamePerson,
        first_signed,
        lambda h, b: h.start("linh", b),
    ),
    Case(
        "a maker starts the second check", r.MadeUnits, first_signed_of_makers, lambda h, b: h.start("som", b)
    ),
    Case(
        "a maker starts the first check",
        r.MakerFirstNotAllowed,
        lambda h: h.batch(makers=("som",)),
        lambda h, b: h.start("som", b),
    ),
    Case("a reworker starts the second check", r.Reworked, reworked_by_som, lambda h, b: h.start("som", b)),
    Case(
        "who saw the first starts the second",
        r.HasSeenFirst,
        seen_by_a_later_inspector,
        lambda h, b: h.start("lan", b),
    ),
    Case("who gave up the place takes it", r.GaveUpPlace, given_up_by_minh, lambda h, b: h.start("minh", b)),
    Case(
        "the place is given up twice",
        r.GaveUpPlace,
        given_up_by_minh,
        lambda h, b: h.use.give_up_place(h.sittings["minh"], b, "again"),
    ),
    Case(
        "the last who could be second gives up the place",
        r.LastSecond,
        first_signed,
        lambda h, b: h.use.give_up_place(h.sittings["som"], b, "must know"),
    ),
    Case("a place that is taken", r.PlaceTaken, second_begun, lambda h, b: h.start("minh", b)),
    Case(
        "an entry into somebody else's check",
        r.NotYourCheck,
        second_begun,
        lambda h, b: h.use.record(h.sittings["minh"], Entries(open_check(h, b), results=(NewResult(1),))),
    ),
    Case(
        "a signature on somebody else's check",
        r.NotYourCheck,
        second_begun,
        lambda h, b: h.use.sign_check(h.hands["minh"], h.sittings["minh"], open_check(h, b)),
    ),
    Case(
        "a signature on an incomplete check",
        r.Incomplete,
        second_begun,
        lambda h, b: h.use.sign_check(h.hands["som"], h.sittings["som"], open_check(h, b)),
    ),
    Case(
        "the first signer releases",
        r.SamePerson,
        lambda h: h.accepted(),
        lambda h, b: h.use.release_batch(h.hands["linh"], b),
    ),
    Case(
        "a release with one signature",
        r.NotAccepted,
        first_signed,
        lambda h, b: h.use.release_batch(h.hands["som"], b),
    ),
    Case(
        "a release of what was rejected",
        r.NotAccepted,
        lambda h: h.rejected(),
        lambda h, b: h.use.release_batch(h.hands["som"], b),
    ),
    Case("a release while held", r.Held, held, lambda h, b: h.use.release_batch(h.hands["som"], b)),
    Case(
        "a hold lifted by one",
        r.TwoNeeded,
        held,
        lambda h, b: h.use.lift_hold(h.hands["som"], h.hands["som"], b, "fine"),
    ),
    Case("one of the two decides", r.SamePerson, lambda h: h.disagreed(), lambda h, b: h.start("som", b)),
    Case(
        "more is shipped than was released",
        r.MoreThanReleased,
        lambda h: h.released(),
        lambda h, b: h.use.ship_batch(h.sittings["linh"], b, 21, "ACME"),
    ),
    Case(
        "an author approves",
        r.AuthorCannotApprove,
        drafted,
        lambda h, b: h.use.approve_procedure(h.hands["linh"], b),
    ),
    Case(
        "a role granted alone",
        r.CannotGrantAlone,
        lambda h: h.batch(),
        lambda h, b: h.use.grant_role(h.hands["som"], h.hands["som"], h.id("linh"), RoleGrant("auditor")),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.what)
def test_refusal_changes_nothing(house: House, case: Case) -> None:
    batch = case.before(house)
    before = head(house)
    with pytest.raises(case.refusal):
        case.act(house, batch)
    assert head(house) == before
    assert problems(house) == []


# A faulty program: the services are left out, keys and chain are right -----------------------------------------------


def second_check_by(house: House, batch: str, login: str) -> CheckStarted:
    found = find(house, batch)
    return CheckStarted("c" * 32, found.round or "", found.id, "second")


def signature_on(house: House, batch: str, login: str) -> CheckSigned:
    """Return the first's signature, turned into one on the open second check."""
    found = find(house, batch)
    with house.use.look() as uow:
        first = uow.round(found.round or "").standing("first")
        assert first is not None
        return replace(uow.signed(first.id), check=open_check(house, batch), place="second")


def release(house: House, batch: str, login: str) -> Released:
    found = find(house, batch)
    return Released(found.id, found.round or "", found.saved.quantity, "0" * 64, ())


def entry_into_first(house: House, batch: str, login: str) -> Recorded:
    found = find(house, batch)
    with house.use.look() as uow:
        first = uow.round(found.round or "").standing("first")
    assert first is not None
    return Recorded(first.id, found.id, found.round or "", results=(UnitResult(1),))


def entry_into_open(house: House, batch: str, login: str) -> Recorded:
    return replace(entry_into_first(house, batch, login), check=open_check(house, batch))


def second_begun_after_sight(house: House) -> str:
    batch = second_begun(house)
    found = find(house, batch)
    with house.begin() as uow:
        uow.append(FirstSeen(found.round or "", found.id, "page"), house.sittings["som"].hand)
        uow.commit()
    return batch


def maker_at_second(house: House) -> str:
    batch = first_signed_of_makers(house)
    with house.begin() as uow:
        uow.append(second_check_by(house, batch, "som"), house.sittings["som"].hand)
        uow.commit()
    return batch


def reworker_at_second(house: House) -> str:
    batch = reworked_by_som(house)
    with house.begin() as uow:
        uow.append(second_check_by(house, batch, "som"), house.sittings["som"].hand)
        uow.commit()
    return batch


def shipment_of_21(house: House, batch: str, login: str) -> Shipped:
    return Shipped(find(house, batch).id, "a" * 32, 21, "ACME", date(2026, 3, 2))


def approval(house: House, code: str, login: str) -> ProcedureApproved:
    with house.use.look() as uow:
        draft = uow.procedure(code)
    return ProcedureApproved(code, draft.version, draft.hash)


@dataclass(frozen=True)
class Faulty:
    """What a faulty program appends for somebody, and the refusal that the database gives."""

    what: str
    refusal: type[Refusal] | tuple[type[Refusal], ...]
    before: Callable[[House], str]
    fact: Callable[[House, str, str], Fact]
    login: str


FAULTY = (
    Faulty("the first signer at the second check", r.SamePerson, first_signed, second_check_by, "linh"),
    Faulty("another person at a taken place", r.PlaceTaken, second_begun, second_check_by, "minh"),
    Faulty("a maker's second signature", r.MadeUnits, maker_at_second, signature_on, "som"),
    Faulty("a reworker's second signature", r.Reworked, reworker_at_second, signature_on, "som"),
    Faulty(
        "a signature after sight of the first", r.HasSeenFirst, second_begun_after_sight, signature_on, "som"
    ),
    Faulty("a signature on somebody else's check", r.NotYourCheck, second_begun, signature_on, "minh"),
    Faulty("a release by the first signer", r.SamePerson, lambda h: h.accepted(), release, "linh"),
    Faulty("a release with one signature", r.NotAccepted, first_signed, release, "som"),
    Faulty("a release of what was rejected", r.NotAccepted, lambda h: h.rejected(), release, "som"),
    Faulty("a release while held", r.Held, held, release, "som"),
    Faulty("a second release", (r.SamePerson, r.NotAccepted), lambda h: h.released(), release, "som"),
    Faulty("an entry into a signed check", r.CheckClosed, first_signed, entry_into_first, "linh"),
    Faulty("an entry into somebody else's check", r.NotYourCheck, second_begun, entry_into_open, "minh"),
    Faulty("more shipped than released", r.MoreThanReleased, lambda h: h.released(), shipment_of_21, "linh"),
    Faulty("an author's approval", r.AuthorCannotApprove, drafted, approval, "linh"),
)


@pytest.mark.parametrize("case", FAULTY, ids=lambda c: c.what)
def test_database_refuses_what_a_faulty_program_appends(house: House, case: Faulty) -> None:
    batch = case.before(house)
    fact = case.fact(house, batch, case.login)
    hand = house.hands[case.login] if fact.STRENGTH == "act" else house.sittings[case.login].hand
    before, known = (
        head(house),
        problems(house),
    )  # a faulty program has begun what it must not, and that is found
    with pytest.raises(case.refusal), house.begin() as uow:
        uow.append(fact, hand)  # nothing is committed
    assert head(house) == before
    assert problems(house) == known


def test_what_is_not_committed_is_not_there(house: House) -> None:
    before = head(house)
    with house.begin() as uow:
        uow.append(SupplierSaved("a" * 32, "S9", "Nine"), house.sittings["linh"].hand)
    assert head(house) == before
    with house.use.look() as look, pytest.raises(BadInput):
        look.supplier("S9")


def test_two_of_one_number_are_refused(house: House) -> None:
    house.batch("DA-7")
    with pytest.raises((BadInput, Refusal)):
        house.batch("DA-7")


def test_time_does_not_run_back(house: House, clock: HandClock) -> None:
    clock.forward(seconds=-60)
    with house.use.look():
        batch = house.batch()
    with house.database.reading() as connection:
        times = [row[0] for row in connection.exec_driver_sql("SELECT at FROM line ORDER BY seq")]
    assert times == sorted(times)
    clock.forward(seconds=-180)
    started = house.start("linh", batch)
    house.record("linh", started)
    with pytest.raises(ClockBlocked):
        house.sign("linh", started)


# Forged events -------------------------------------------------------------------------------------------------------


class Forger:
    """Makes an event after the last one, right in everything that is not changed on purpose."""

    def __init__(self, house: House) -> None:
        """Take Linh's sitting."""
        self.house, self.hand = house, house.sittings["linh"].hand
        seq, digest = head(house)
        with house.use.look() as uow:
            self.vault = uow.vault
        self.event = Event(
            id="e" * 32,
            vault=self.vault,
            seq=seq + 1,
            prev=bytes.fromhex(digest),
            at=house.clock.now(),
            clock=house.clock.now(),
            station="x",
            app="x",
            type="supplier.saved",
            by=self.hand.person,
            key=self.hand.key,
            session=self.hand.session,
            body=to_data(SupplierSaved("f" * 32, "S9", "Nine")),
        )

    def put(
        self,
        *,
        hand: Hand | None = None,
        seq: int | None = None,
        sig: bytes | None = None,
        digest: bytes | None = None,
        body: bytes | None = None,
        **changes: Any,  # noqa: ANN401 - any field of the event
    ) -> None:
        """Insert it by raw SQL, as the program's own connection does."""
        body = body or replace(self.event, **changes).to_bytes()
        sig = sig or (hand or self.hand).sign("event", body)
        row = {
            "seq": seq or self.event.seq,
            "body": body,
            "sig": sig,
            "hash": digest or event_hash(body, sig),
        }
        with self.house.database.engine.begin() as connection:
            take_all_rights(connection)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.execute(
                sa.text("INSERT INTO event (seq, body, sig, hash) VALUES (:seq, :body, :sig, :hash)"), row
            )


FORGED: tuple[tuple[str, Callable[[Forger], None]], ...] = (
    ("a gap in the numbers", lambda f: f.put(seq=f.event.seq + 1)),
    ("a number that its body does not have", lambda f: f.put(seq=f.event.seq + 1, prev=f.event.prev)),
    ("another number in its body", lambda f: f.put(body=_with_seq(f))),
    ("another event before it", lambda f: f.put(prev=b"\1" * 32)),
    ("another database's", lambda f: f.put(vault="0" * 32)),
    ("a hash that is not its own", lambda f: f.put(digest=b"\2" * 32)),
    ("a short hash", lambda f: f.put(digest=b"\2" * 31)),
    ("a short signature", lambda f: f.put(sig=b"\3" * 63)),
    ("no JSON", lambda f: f.put(body=b"nothing")),
    ("no text", lambda f: f.put(body=b"\xff\xfe")),
)


def _with_seq(forger: Forger) -> bytes:
    return replace(forger.event, seq=forger.event.seq + 5).to_bytes()


@pytest.mark.parametrize(("what", "forge"), FORGED, ids=[what for what, _ in FORGED])
def test_forged_event_is_refused(house: House, what: str, forge: Callable[[Forger], None]) -> None:
    forger = Forger(house)
    before = head(house)
    with pytest.raises(sa.exc.DBAPIError) as caught:
        forge(forger)
    assert rule_in(str(caught.value.orig)) == "unverified" or "check" in str(caught.value.orig).lower()
    assert head(house) == before


def _by_station(forger: Forger, **changes: Any) -> None:  # noqa: ANN401 - any field of the event
    """Sign with the workstation's own key, as a changed program would that has it."""
    station = KeyPair(hashlib.sha256(f"{forger.vault} {STATION}".encode()).digest())
    noted = {"type": "auth.failed", "by": None, "session": None, "key": station.key, "station": STATION}
    event = replace(forger.event, **{**noted, **changes})
    forger.put(body=event.to_bytes(), sig=station.sign("event", event.to_bytes()))


UNSIGNED: tuple[tuple[str, Callable[[Forger], None], str], ...] = (
    ("a wrong signature", lambda f: f.put(sig=b"\3" * 64), "event_signature"),
    ("somebody else's signature", lambda f: f.put(hand=f.house.sittings["som"].hand), "event_signature"),
    ("a key nobody has", lambda f: f.put(key="9" * 32), "event_key"),
    ("a key of another person", lambda f: f.put(key=f.house.sittings["som"].hand.key), "event_key"),
    ("a workstation's entry", lambda f: _by_station(f, type="supplier.saved"), "event_key"),
    ("a workstation's release", lambda f: _by_station(f, type="batch.released"), "event_key"),
    ("a workstation in a person's name", lambda f: _by_station(f, by=f.hand.person), "event_key"),
    (
        "a workstation in a session",
        lambda f: _by_station(f, by=f.hand.person, session=f.hand.session, type="supplier.saved"),
        "event_key",
    ),
    ("another workstation's note", lambda f: _by_station(f, station="elsewhere"), "event_key"),
    ("a session's act", lambda f: f.put(session=None, type="person.suspended"), "event_key"),
    (
        "a person's note for a workstation",
        lambda f: f.put(
            hand=f.house.hands["linh"],
            key=f.house.hands["linh"].key,
            by=None,
            session=None,
            type="auth.failed",
            station=STATION,
        ),
        "event_key",
    ),
    ("another form than the canonical", lambda f: f.put(body=f.event.to_bytes() + b" "), "event_form"),
)


@pytest.mark.parametrize(("what", "forge", "problem"), UNSIGNED, ids=[what for what, _, _ in UNSIGNED])
def test_event_without_its_signature_is_refused_or_found(
    house: House, what: str, forge: Callable[[Forger], None], problem: str
) -> None:
    """SQLite asks the program; a PostgreSQL server cannot check Ed25519, so every client checks what it reads."""
    forger = Forger(house)
    if house.database.dialect == "sqlite":
        with pytest.raises(sa.exc.DBAPIError, match="rule:unverified"):
            forge(forger)
        assert problems(house) == []
    else:
        forge(forger)
        assert problems(house) == [problem]


@pytest.mark.parametrize("place", ["second", "third", "release"])
def test_nothing_is_signed_on_top_of_an_unverifiable_event(server_house: House, place: str) -> None:
    """It counts as no signature: a server takes it in, and every client that would rely on it refuses."""
    house = server_house
    house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
    before: dict[str, Callable[[House], str]] = {
        "second": first_signed,
        "third": lambda h: h.disagreed(),
        "release": lambda h: h.accepted(),
    }
    batch = before[place](house)
    started = None
    if place != "release":
        login = "som" if place == "second" else "minh"
        started = house.start(login, batch)
        if place == "second":
            house.record(login, started)
        else:
            with house.use.look() as uow:
                disputed = round_sides(uow, uow.round(uow.batch(batch).round or "")).disputed()
            settled = (Resolution(c.unit, c.code, c.defect_class, c.count, False) for c in disputed)
            house.use.resolve(house.sittings["minh"], started.check, tuple(settled))
    with house.use.look() as uow:
        about = uow.batch(batch).id
    forger = Forger(house)
    event = replace(forger.event, type="batch.held", body={"batch": about})
    stored = StoredEvent.of(event, b"\1" * 64)
    line: Row = {
        "seq": event.seq,
        "type": event.type,
        "person": event.by,
        "session": event.session,
        "at": event.at,
    }
    rest: Row = {"act": 0, "station": event.station, "batch": about, "round": None, "checking": None}
    with house.database.engine.begin() as connection:
        writing.append(connection, stored, [Put("line", {**line, **rest})])
    acts: dict[str, Callable[[], object]] = {
        "second": lambda: house.sign("som", started) if started else None,
        "third": lambda: house.use.decide(house.hands["minh"], started.check) if started else None,
        "release": lambda: house.use.release_batch(house.hands["som"], batch),
    }
    with pytest.raises(Unverified):
        acts[place]()


# Two at once ---------------------------------------------------------------------------------------------------------


def at_once(location: str, clock: HandClock, *acts: Callable[[House], object], house: House) -> list[object]:
    """Let each act begin at the same moment, on a connection of its own; what each returned or raised."""
    barrier = Barrier(len(acts))

    def run(number: int, act: Callable[[House], object]) -> object:
        database = connect(location)
        own = replace(house, database=database, use=use_of(database, clock, salt=f"station {number}"))
        barrier.wait()
        try:
            return act(own)
        except Refusal as refusal:
            return refusal
        finally:
            database.dispose()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [f.result() for f in [pool.submit(run, n, act) for n, act in enumerate(acts)]]


def test_of_two_who_take_the_second_place_at_once_one_wins(
    house: House, location: str, clock: HandClock
) -> None:
    house.enrol("minh", "Trần Văn Minh")
    batch = first_signed(house)
    outcomes = at_once(
        location, clock, lambda h: h.start("som", batch), lambda h: h.start("minh", batch), house=house
    )
    lost = [o for o in outcomes if isinstance(o, Refusal)]
    assert len(lost) == 1
    assert isinstance(lost[0], r.PlaceTaken)
    assert problems(house) == []


def test_of_two_equal_signatures_at_once_one_counts(house: House, location: str, clock: HandClock) -> None:
    batch = first_signed(house)
    started = house.start("som", batch)
    house.record("som", started)
    outcomes = at_once(
        location, clock, lambda h: h.sign("som", started), lambda h: h.sign("som", started), house=house
    )
    lost = [o for o in outcomes if isinstance(o, Refusal)]
    assert len(lost) == 1
    assert isinstance(lost[0], r.CheckClosed | r.PlaceTaken)
    assert house.state(batch) == "accepted"
    with house.use.look() as uow:
        assert [s.place for s in uow.sign_offs(find(house, batch).round or "")] == ["first", "second"]
    assert problems(house) == []


def test_many_who_save_at_once_make_one_chain(house: House, location: str, clock: HandClock) -> None:
    def save(number: int) -> Callable[[House], object]:
        return lambda h: [h.batch(f"N-{number}-{i}") for i in range(5)]

    at_once(location, clock, *(save(n) for n in range(4)), house=house)
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM batch").scalar() == 20
    assert problems(house) == []


# A connection that breaks (PostgreSQL) -------------------------------------------------------------------------------


@pytest.fixture
def server_house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Open the house on a server."""
    server = request.getfixturevalue("postgresql_server")
    database = connect(server.fresh()[1])
    yield House.ready(database, HandClock())
    database.dispose()


def break_commit(
    database: Database, monkeypatch: pytest.MonkeyPatch, *, after: bool, gone: bool = False
) -> None:
    """Break the connection at the next commit: before the server took it, or after; ``gone``: for good."""
    dialect = database.engine.dialect
    real_commit = dialect.do_commit

    def commit(connection: Any) -> None:  # noqa: ANN401 - the pool's
        monkeypatch.setattr(dialect, "do_commit", real_commit)
        if after:
            real_commit(connection)
        if gone:

            def refuse(*_args: Any, **_named: Any) -> Any:  # noqa: ANN401
                raise psycopg.OperationalError("connection refused")

            monkeypatch.setattr(dialect, "connect", refuse)
        connection.driver_connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(dialect, "do_commit", commit)


def test_commit_that_took_is_taken_for_done(server_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    break_commit(server_house.database, monkeypatch, after=True)
    batch = server_house.batch()
    assert server_house.state(batch) == "registered"
    assert problems(server_house) == []


def test_commit_that_did_not_take_is_told_as_nothing_saved(
    server_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head(server_house)
    break_commit(server_house.database, monkeypatch, after=False)
    with pytest.raises(Trouble) as caught:
        server_house.batch()
    assert caught.value.code == "server_gone"
    assert head(server_house) == before
    server_house.batch()
    assert problems(server_house) == []


def test_commit_of_unknown_outcome_is_told_as_unknown(
    server_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_of_work, "LOOK_AGAIN", (0.0, 0.0))
    break_commit(server_house.database, monkeypatch, after=True, gone=True)
    with pytest.raises(Trouble) as caught:
        server_house.batch()
    assert caught.value.code == "outcome_unknown"


def test_connection_ended_by_the_server_is_trouble(server_house: House) -> None:
    def save() -> None:
        with server_house.begin() as uow:
            with server_house.database.engine.connect() as other:
                take_all_rights(other)
                other.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            saved = BatchSaved("b" * 32, "DA-1", server_house.product.product, 20)
            uow.append(saved, server_house.sittings["linh"].hand)

    with pytest.raises(Trouble) as caught:
        save()
    assert caught.value.code == "server_gone"
    server_house.batch()
    assert problems(server_house) == []


def test_server_writes_through(server_house: House) -> None:
    with server_house.database.reading() as connection:
        for setting in ("synchronous_commit", "fsync", "full_page_writes"):
            assert connection.exec_driver_sql(f"SHOW {setting}").scalar() == "on"


def test_encoded_body_is_what_was_signed(house: House) -> None:
    with house.database.reading() as connection:
        for row in connection.exec_driver_sql("SELECT body FROM event"):
            assert encode(Event.from_bytes(bytes(row[0])).body)


def test_what_no_font_can_print_is_not_signed(house: House) -> None:
    def refuses(text: str, field: str) -> None:
        raise BadInput("glyph", facts={"text": text}, where={"field": field})

    use = use_of(house.database, house.clock, salt="printed", require_printable=refuses)
    entry, before = house.sittings["linh"].hand, head(house)
    with use.begin() as uow, pytest.raises(BadInput, match="glyph"):
        uow.append(SupplierSaved("a" * 32, "S9", "Nine \U0001f600"), entry)
    assert head(house) == before


def test_nothing_is_signed_by_a_sheet_that_was_used_or_in_a_sitting_that_is_over(house: House) -> None:
    linh, sheet = house.hands["linh"], house.use.open_sheet(house.recovery_code)
    house.use.suspend(linh, "som", "on leave")
    house.use.lift_suspension(linh, sheet, "som")
    with house.begin() as uow, pytest.raises(r.WrongSheet):
        uow.append(PersonUnlocked(house.id("som"), 1), linh, co=(sheet,))
    entry = house.sittings["linh"].hand
    house.use.close_sitting(house.sittings["linh"])
    with house.begin() as uow, pytest.raises(r.SittingOver):
        uow.append(SupplierSaved("a" * 32, "S9", "Nine"), entry)


def test_unit_of_work_used_as_it_must_not_be_is_stopped_whatever_python_leaves_out(house: House) -> None:
    """The guards are no ``assert``: ``python -O`` removes those, and the log would take what nobody may write."""
    act, entry = house.hands["linh"], house.sittings["linh"].hand
    supplier, station = SupplierSaved("a" * 32, "S9", "Nine"), Bench(house.clock)
    before = head(house)
    with house.use.look() as looking, pytest.raises(Misused, match="only looks"):
        looking.append(supplier, entry)
    with house.use.look() as looking, pytest.raises(Misused, match="only looks"):
        looking.keep_record("0" * 64, b"{}")
    with house.begin() as uow, pytest.raises(Misused, match=r"supplier\.saved is signed as entry"):
        uow.append(supplier, act)
    with house.begin() as uow, pytest.raises(Misused, match="is signed as entry"):
        uow.note(supplier, station.hand(uow.vault))
    jumped = ClockJumped(9)
    with house.begin() as uow, pytest.raises(Misused, match="notes what happens there"):
        uow.note(jumped, Bench(house.clock, "bench 2").hand(uow.vault))
    with house.begin() as uow, pytest.raises(Misused, match="not introduced"):
        uow.note(jumped, station.hand("another workspace"))
    with house.begin() as uow, pytest.raises(Misused, match="twice at once"):
        uow.__enter__()
    with pytest.raises(Misused, match="outside of its with-block"):
        _ = house.begin().vault
    assert head(house) == before
    uow = house.begin()
    with uow:
        uow.append(supplier, entry)
        uow.commit()
        with pytest.raises(Misused, match="after the commit"):
            uow.append(SupplierSaved("b" * 32, "S10", "Ten"), entry)
    assert head(house)[0] == before[0] + 1
    for part in (unit_of_work, answers, inspections, master_data, people_known, proofs):
        told = ast.parse(Path(str(part.__file__)).read_text("utf-8"))
        assert not [node.lineno for node in ast.walk(told) if isinstance(node, ast.Assert)]


# The server's clock (trust.md §7, §8.7) --------------------------------------------------------------------------------


@pytest.fixture
def timed(server_house: House) -> House:
    """The house on a server whose clock counts, with a workstation's clock set to the same time."""
    house, ids = server_house, CountedIds("timed")
    house.approve(review_by=date(2200, 1, 1))  # the server's clock is not set by hand
    house.clock.at, house.clock.tick = server_now(house), 0
    bench = house.use.workstation

    def begin() -> SqlUnitOfWork:
        return SqlUnitOfWork(
            house.database, house.clock, ids, STATION, write=True, workstation=bench, server_time=True
        )

    timed = replace(house, use=replace(house.use, begin=begin), begin=begin)
    timed.use.open_sitting(timed.hands["linh"])
    return timed


def server_now(house: House) -> int:
    with house.database.reading() as connection:
        query = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
        return int(connection.exec_driver_sql(query).scalar_one())


def jumps(house: House) -> list[int]:
    with house.database.reading() as connection:
        return [
            int(a) for a in connection.exec_driver_sql("SELECT ahead FROM clock_jump ORDER BY seq").scalars()
        ]


def off_by(house: House, seconds: int) -> None:
    """Set the workstation's clock so far from the server's."""
    house.clock.at = server_now(house) + seconds * 1_000_000


@pytest.mark.parametrize("seconds", [-110, 0, 110])
def test_clocks_less_than_two_minutes_apart_are_no_event_and_the_servers_time_counts(
    timed: House, seconds: int
) -> None:
    before = server_now(timed)
    off_by(timed, seconds)
    timed.use.open_sitting(timed.hands["linh"])
    with timed.database.reading() as connection:
        body = connection.exec_driver_sql("SELECT body FROM event ORDER BY seq DESC LIMIT 1").scalar_one()
    event = Event.from_bytes(bytes(body))
    assert jumps(timed) == [] and before <= event.at <= server_now(timed)
    assert event.clock == timed.clock.at, "what the workstation's own clock read is on record beside it"


def test_a_workstation_more_than_two_minutes_ahead_of_the_server_is_a_clock_event_and_suspect(
    timed: House,
) -> None:
    batch = timed.batch()
    timed.check("linh", batch)
    off_by(timed, 130)
    timed.check("som", batch)
    assert len(jumps(timed)) == 1 and 120_000_000 < jumps(timed)[0] <= 131_000_000
    with timed.use.look() as uow:
        marks = [(s.place, s.clock_suspect) for s in uow.sign_offs(uow.batch(batch).round or "")]
    assert marks == [("first", False), ("second", True)]
    off_by(timed, 0)
    timed.batch()
    assert jumps(timed)[1:] == [0], "that it is right again is an event, too"
    assert problems(timed) == []


def test_a_workstation_more_than_two_minutes_behind_the_server_signs_no_act(timed: House) -> None:
    batch = timed.accepted()
    off_by(timed, -130)
    with pytest.raises(ClockBlocked):
        timed.use.release_batch(timed.hands["som"], batch)
    assert timed.state(batch) == "accepted"
    timed.batch()  # an entry is made, under the server's time
    off_by(timed, 0)
    timed.use.release_batch(timed.hands["som"], batch)
    assert timed.state(batch) == "released" and problems(timed) == []


def test_nothing_is_saved_that_the_recovery_sheet_signed_and_whose_use_is_left_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    linh, sheet = house.hands["linh"], house.use.open_sheet(house.recovery_code)
    house.use.suspend(linh, "som", "on leave")
    with monkeypatch.context() as changed:
        changed.setattr(enrol_people, "replace_sheet", lambda *said: None)
        with pytest.raises(r.DatabaseRefused):
            house.use.lift_suspension(linh, sheet, "som")
    house.batch()  # all still write, and the sheet is as good as before
    house.use.lift_suspension(linh, sheet, "som")
    house.batch()
    assert verify(house.database).ok


def test_who_reads_beside_a_look_waits_for_nobody_who_is_about_to_commit(house: House) -> None:
    """Through a second connection it would: for who commits, who waits until the first one has looked."""
    number = house.batch()
    with house.use.look() as look:
        look.head_seq()
        at_work = threading.Thread(target=house.batch, args=("MEANWHILE",))
        at_work.start()
        time.sleep(0.2)
        with house.database.reading() as connection:
            found = connection.exec_driver_sql("SELECT number FROM batch").scalars().all()
        assert found == [number]
        assert at_work.is_alive() or house.database.dialect == "postgresql"
    at_work.join()
    with house.database.reading() as connection:
        assert len(connection.exec_driver_sql("SELECT number FROM batch").all()) == 2


@dataclass
class Borrowed:
    """A hand with the names of somebody's key, and none of its secret."""

    person: str
    key: str
    strength: str
    session: str | None
    way: str = "password"

    def sign(self, _kind: str, _body: bytes) -> bytes:
        """Return a signature that is none."""
        return b"\x5a" * 64


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_what_no_key_of_the_library_signed_is_verified_as_it_is_written(house: House) -> None:
    """Person, key and session of a colleague stand in the tables; so the names alone open nothing."""
    entry, act = house.sittings["linh"].hand, house.hands["linh"]
    before = head(house)
    for hand in (entry, act):
        forged = Borrowed(hand.person, hand.key, hand.strength, hand.session)
        fact = SupplierSaved("b" * 32, "S9", "Nine") if hand is entry else PersonUnlocked(hand.person, 1)
        with house.begin() as uow, pytest.raises(Unverified):
            uow.append(fact, cast("Hand", forged))
    assert head(house) == before
