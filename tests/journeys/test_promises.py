# SPDX-License-Identifier: Apache-2.0
"""Promises of ``resources/help/what_we_promise.md`` that no proof of a single rule shows: each as it would be tried."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from PIL import Image

from qcdesk.domain import canonical
from qcdesk.domain.codec import to_data
from qcdesk.domain.log import Event, StoredEvent
from qcdesk.domain.refusals import Refusal, SittingOver, TwoNeeded, WrongSecret
from qcdesk.exchange.stored_files import store_file
from qcdesk.services.record_entries import Entries, NewFinding, Withdraw
from qcdesk.services.trouble import Trouble
from qcdesk.store.verification import verify
from tests.journeys.lives import SOM, pdf_text, refused, sheet_of, used, verifies
from tests.workspace import PROCEDURE, Bench, House, content, secret

NEW = "a wholly new secret of som"


# Events put in from outside ---------------------------------------------------------------------------------------


def last(house: House, kind: str, batch: str = "") -> StoredEvent:
    """Return the last event of a kind (and of a batch) as it is stored."""
    with house.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT e.seq, e.body, e.sig, e.hash FROM event e JOIN line l ON l.seq = e.seq"
            " WHERE l.type = ? ORDER BY e.seq DESC",
            (kind,),
        ).all()
    found = [StoredEvent(r[0], bytes(r[1]), bytes(r[2]), bytes(r[3])) for r in rows]
    return next(e for e in found if batch in e.body.decode())


def chained(house: House, event: Event) -> Event:
    """Return an event with the number and the link that the next one has to have."""
    with house.database.reading() as connection:
        seq, digest = connection.exec_driver_sql(
            "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
        ).one()
    return replace(event, seq=seq + 1, prev=bytes(digest), id=f"{seq + 1:032x}")


def put(house: House, made: StoredEvent, *, owner: bool) -> None:
    """Put an event into the log over the program's own connection; an ``owner`` takes the rule away before."""
    with house.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if owner:
            connection.exec_driver_sql("DROP TRIGGER event_verified")
        connection.execute(
            sa.text("INSERT INTO event (seq, body, sig, hash) VALUES (:s, :b, :g, :h)"),
            {"s": made.seq, "b": made.body, "g": made.sig, "h": made.hash},
        )
        connection.commit()


def refused_and_found(house: House, made: StoredEvent) -> None:
    """Hold that the database refuses an event, and that it is found where the owner of the file puts it in."""
    with pytest.raises(sa.exc.DatabaseError):
        put(house, made, owner=False)
    put(house, made, owner=True)
    found = verify(house.database)
    assert made.seq in {p.event for p in found.problems}
    assert found.problems


ELSEWHERE: dict[str, Callable[[Event, str, str], Event]] = {
    "another batch": lambda e, batch, _round: replace(e, body={**e.body, "batch": batch}),
    "another round": lambda e, batch, round_: replace(e, body={**e.body, "batch": batch, "round": round_}),
    "another meaning": lambda e, _batch, _round: replace(e, body={**e.body, "meaning": "released"}),
    "another verdict": lambda e, _batch, _round: replace(e, body={**e.body, "verdict": "rejected"}),
    "another act": lambda e, _batch, _round: replace(e, type="batch.released"),
    "another workspace": lambda e, _batch, _round: replace(e, vault="a" * 32),
    "another person": lambda e, _batch, _round: replace(e, by="b" * 32),
    "once again": lambda e, _batch, _round: e,
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_signature_used_elsewhere_is_refused_and_found(house: House, where: str) -> None:
    signed, other = house.batch(), house.batch()
    house.start("som", other)
    house.check("linh", signed)
    with house.use.look() as uow:
        target = uow.batch(other)
    genuine = last(house, "check.signed")
    moved = ELSEWHERE[where](genuine.event(), target.id, target.round or "")
    refused_and_found(house, StoredEvent.of(chained(house, moved), genuine.sig))


def test_a_signature_of_another_workspace_is_refused_and_found_here(
    house: House, house_next_door: House
) -> None:
    batch = house_next_door.batch()
    house.batch()
    house_next_door.check("linh", batch)
    stranger = last(house_next_door, "check.signed")
    made = StoredEvent.of(chained(house, stranger.event()), stranger.sig)
    refused_and_found(house, made)


# A screen left open -----------------------------------------------------------------------------------------------


def test_whoever_sits_down_at_an_open_session_signs_no_act_in_it(house: House) -> None:
    """The secret of the person named is asked for each act: one's own is not theirs, and the session signs none."""
    batch = house.accepted()
    with pytest.raises(WrongSecret):
        house.use.open_hand("som", secret("linh"))
    genuine = last(house, "check.signed")
    with house.use.look() as uow:
        found = uow.batch(batch)
    sitting = house.sittings["som"]
    release = replace(
        genuine.event(),
        type="batch.released",
        by=house.id("som"),
        key=sitting.hand.key,
        session=sitting.hand.session,
        body={"batch": found.id, "round": found.round or "", "quantity": 20, "record": "0" * 64, "over": []},
        co=(),
    )
    event = chained(house, release)
    try:
        sig = sitting.hand.sign("event", event.to_bytes())
    except Refusal:
        sig = bytes(64)
    refused_and_found(house, StoredEvent.of(event, sig))
    assert house.state(batch) == "accepted"


# A secret that was reset ------------------------------------------------------------------------------------------


def test_a_reset_takes_two_makes_a_new_key_and_both_stay_visible(house: House) -> None:
    batch = house.batch()
    house.check("som", batch)
    old = house.hands["som"].key
    linh = house.hands["linh"]
    with refused(TwoNeeded, "the recovery sheet stands in"):
        house.use.enrol_new_key(linh, linh, "som", NEW)
    with pytest.raises(WrongSecret):  # nobody sets a secret for a key that is there
        house.use.change_password("som", "what Linh guesses", NEW)
    sheet = sheet_of(house)
    house.use.enrol_new_key(linh, sheet, "som", NEW)
    used(house, sheet)
    house.clock.forward(seconds=10)
    with pytest.raises(WrongSecret):  # the old secret opens nothing, and the old key nobody
        house.use.open_hand("som", secret("som"))
    house.clock.forward(seconds=10)
    new = house.use.open_hand("som", NEW)
    assert new.key != old
    with refused(SittingOver, "Sign in again", reader=SOM):
        house.use.change_languages(house.hands["som"], house.id("som"), ("th",))
    with house.database.reading() as connection:
        keys = connection.exec_driver_sql(
            "SELECT key, until_seq IS NULL FROM person_key WHERE person = ? ORDER BY from_seq", (new.person,)
        ).all()
        left = connection.exec_driver_sql("SELECT count(*) FROM sealed_key WHERE key = ?", (old,)).scalar()
    assert [tuple(row) for row in keys] == [(old, 0), (new.key, 1)]
    assert left == 0
    assert last(house, "check.signed").event().key == old  # what was signed with it stays signed with it
    verifies(house)


# A defect and its picture -----------------------------------------------------------------------------------------


def test_a_defect_withdrawn_before_signing_is_printed_on_the_report_with_its_reason(house: House) -> None:
    number = house.batch()
    begun = house.start("linh", number)
    house.record("linh", begun, {2: "DEN", 3: "SCR"})
    with house.use.look() as uow:
        dent = next(f.id for f in uow.work(begun.check).findings if f.code == "DEN")
    house.use.record(house.sittings["linh"], Entries(begun.check, withdraw=(Withdraw(dent, "it was dirt"),)))
    house.sign("linh", begun)
    house.check("som", number)
    house.use.release_batch(house.hands["som"], number)
    with house.use.look() as uow:
        batch = uow.batch(number).id
    paper = pdf_text(house.use.printing.inspection(batch, house.id("linh")))
    assert paper.count("Withdrawn: it was dirt") == 1, "the dent, and not the scratch that stands"
    assert paper.index("Dent") < paper.index("Withdrawn: it was dirt")
    assert last(house, "check.recorded", "it was dirt").event().by == house.id("linh")
    verifies(house)


def test_a_picture_changed_after_signing_is_neither_shown_nor_printed(house: House) -> None:
    folder = house.database.folder / "files"
    kept = store_file(folder, square("red"))
    number = house.batch()
    begun = house.start("linh", number)
    house.record("linh", begun)
    house.use.record(
        house.sittings["linh"], Entries(begun.check, findings=(NewFinding(1, "DEN", photo=kept),))
    )
    house.sign("linh", begun)
    house.check("som", number)
    with house.use.look() as uow:
        batch = uow.batch(number).id
    assert house.use.printing.inspection(batch, house.id("linh")).startswith(b"%PDF")
    (folder / kept).write_bytes(square("green"))  # a picture that can be drawn as well as the one signed
    with pytest.raises(Trouble, match="stored_file_changed"):
        house.use.files.read(kept)
    with pytest.raises(Trouble, match="stored_file_changed"):
        house.use.printing.inspection(batch, house.id("linh"))
    assert {p.code for p in verify(house.database).problems} == {"file_damaged"}


def square(colour: str) -> bytes:
    """Return a small picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(made, "PNG")
    return made.getvalue()


# Limits -----------------------------------------------------------------------------------------------------------


def test_limits_changed_afterwards_change_nothing_that_was_signed(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    with house.use.look() as uow:
        pinned = uow.round(uow.batch(batch).round or "").opened.procedure
    narrow = replace(content("x").characteristics[0], upper=Decimal("12.01"))
    house.approve(characteristics=(narrow,))  # 12.03 would be out of limits
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as uow:
        standing = uow.round(uow.batch(batch).round or "")
        record = uow.record(str(last(house, "check.signed").event().body["record"]))
    assert standing.opened.procedure == pinned and pinned.version == 1
    assert b"12.05" in record and b"12.01" not in record  # the limits stand whole in what was signed
    fresh = house.start("linh", house.batch())
    assert fresh.opened.procedure.version == 2
    verifies(house)


def test_limits_changed_in_the_file_are_found(house: House) -> None:
    house.released()
    with house.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'procedure_version'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        wide = content(
            house.id("linh"),
            characteristics=(replace(content("x").characteristics[0], upper=Decimal("12.50")),),
        )
        done = connection.exec_driver_sql(
            "UPDATE procedure_version SET content = ? WHERE code = ?",
            (canonical.encode(to_data(wide)).decode(), PROCEDURE),
        )
        assert done.rowcount == 1
        connection.commit()
    tables = {p.facts.get("table") for p in verify(house.database).problems}
    assert "procedure_version" in tables


# The clock --------------------------------------------------------------------------------------------------------


def test_what_is_signed_under_a_clock_that_jumped_ahead_says_so_on_screen_and_paper(house: House) -> None:
    before = house.batch()
    house.check("linh", before)
    bench = house.use.workstation
    assert isinstance(bench, Bench)
    bench.steady_us = house.clock.at
    house.clock.forward(days=2)  # set on: the steady clock stayed where it was
    house.check("som", before)
    with house.use.look() as uow:
        batch = uow.batch(before).id
    page = house.use.read.batch(batch, house.id("linh"), house.clock.at)
    assert [(s.name == SOM, s.clock_suspect) for s in page.signatures] == [(False, False), (True, True)]
    assert "Clock suspect" in pdf_text(house.use.printing.inspection(batch, house.id("linh")))
    assert last(house, "clock.jumped").seq
    verifies(house)
