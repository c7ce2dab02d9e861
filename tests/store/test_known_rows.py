# SPDX-License-Identifier: Apache-2.0
"""Rows read before: still so while the log ends where it did, and read anew after anybody has written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.refusals import ChangedMeanwhile, Refusal
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.known_rows import LONGEST, MOST, KnownRows, outlives, tables_of
from tests.overhearing import overheard
from tests.workspace import HandClock, House, connect, use_of

PEOPLE = "SELECT id FROM person"


def test_question_depends_on_every_table_that_it_reads() -> None:
    query = "SELECT r.id FROM round r JOIN event e ON e.seq = r.seq LEFT JOIN hold h ON h.id = r.id"
    assert tables_of(query) == {"round", "hold"}, "an event joined by its number never changes"
    assert tables_of("SELECT 1 FROM event WHERE seq IN (SELECT seq FROM line)") == {"event", "line"}


def test_only_what_the_log_makes_outlives_a_transaction() -> None:
    assert outlives(PEOPLE)
    for table in ("event", "line", "record", "sealed_key", "search_text", "alembic_version"):
        assert not outlives(f"SELECT 1 FROM {table}")


def test_answers_hold_for_the_same_head_alone() -> None:
    known = KnownRows()
    known.put(PEOPLE, (), [{"id": "a"}])
    later = known.for_later(b"head")
    assert later.at(b"other").get(PEOPLE, ()) is None
    assert later.at(b"head").get(PEOPLE, ()) == [{"id": "a"}]


def test_written_table_is_forgotten() -> None:
    known = KnownRows()
    for rows in ([{"id": "a"}], [{"id": "a"}] * (LONGEST + 1)):
        known.put(PEOPLE, len(rows), rows)
        known.put("SELECT code FROM supplier", len(rows), rows)
    known.changed(frozenset({"person"}))
    for length in (1, LONGEST + 1):
        assert known.get(PEOPLE, length) is None
        assert known.get("SELECT code FROM supplier", length) is not None


def test_what_is_kept_has_bounds() -> None:
    known = KnownRows()
    known.put(PEOPLE, "long", [{"id": "a"}] * (LONGEST + 1))
    for number in range(MOST + 1):
        known.put("SELECT code FROM supplier", number, [])
    later = known.for_later(b"head").at(b"head")
    assert later.get(PEOPLE, "long") is None
    assert later.get("SELECT code FROM supplier", 1) is None


def other_station(house: House, location: str, clock: HandClock) -> House:
    """Return the same people at another workstation."""
    database = connect(location)
    return replace(house, database=database, use=use_of(database, clock, salt="other"))


def test_what_another_workstation_has_written_is_seen(house: House, location: str, clock: HandClock) -> None:
    started = house.start("linh", house.batch())
    house.record("linh", started)
    second = other_station(house, location, clock)
    second.use.suspend(second.hands["som"], house.id("linh"), "left")
    second.database.dispose()
    with pytest.raises(Refusal):
        house.sign("linh", started)


def test_entry_between_looking_and_signing_is_told(house: House, location: str, clock: HandClock) -> None:
    """The record is compared inside the transaction that signs, whatever was read before."""
    started = house.start("linh", house.batch())
    house.record("linh", started)
    shown = house.use.signing_page(house.sittings["linh"], started.check).record
    second = other_station(house, location, clock)
    second.use.record(second.sittings["linh"], Entries(started.check, findings=(NewFinding(2, "SCR"),)))
    second.database.dispose()
    with pytest.raises(ChangedMeanwhile):
        house.use.sign_check(
            house.hands["linh"], house.sittings["linh"], started.check, seen_record=shown, meaning=None
        )


def test_what_was_rolled_back_is_not_remembered(house: House) -> None:
    batch = house.batch()
    with house.begin() as uow:
        saved = replace(uow.batch(batch).saved, quantity=77)
        uow.append(saved, house.sittings["linh"].hand)
        assert uow.batch(batch).saved.quantity == 77
    with house.begin() as uow:
        assert uow.batch(batch).saved.quantity == 20


def test_unchanging_questions_are_asked_once(house: House) -> None:
    started = house.start("linh", house.batch(quantity=300))
    asked: list[str] = []
    finding = Entries(started.check, findings=(NewFinding(1, "SCR"),))
    house.use.record(house.sittings["linh"], finding)
    with overheard(lambda _cursor, statement, _values: asked.append(statement), house.database):
        house.use.record(house.sittings["linh"], finding)
    assert [q for q in asked if q.startswith("SELECT") and "FROM person" in q] == []
    assert len(asked) <= 9, asked


def test_what_was_shown_to_be_signed_is_not_asked_again_but_the_entries_are(house: House) -> None:
    started = house.start("linh", house.batch())
    house.record("linh", started)
    page = house.use.signing_page(house.sittings["linh"], started.check)
    asked: list[str] = []
    with overheard(lambda _cursor, statement, _values: asked.append(statement), house.database):
        house.use.sign_check(
            house.hands["linh"], house.sittings["linh"], started.check, seen_record=page.record
        )
    shown = ("FROM round r JOIN event", "FROM checking c", "FROM person ")
    assert [q for q in asked if q.startswith("SELECT") and any(part in q for part in shown)] == []
    assert [q for q in asked if q.startswith("SELECT seq, body, sig, hash FROM event")]


def test_who_was_stopped_after_the_page_was_shown_signs_nothing(
    house: House, location: str, clock: HandClock
) -> None:
    started = house.start("linh", house.batch())
    house.record("linh", started)
    house.use.signing_page(house.sittings["linh"], started.check)
    second = other_station(house, location, clock)
    second.use.suspend(second.hands["som"], house.id("linh"), "left")
    second.database.dispose()
    with pytest.raises(Refusal):
        house.sign("linh", started)
