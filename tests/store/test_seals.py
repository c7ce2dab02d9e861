# SPDX-License-Identifier: Apache-2.0
"""An old seal put back, a seal of an ended key or badge, and a missing one are seen; what the program keeps holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from qcdesk.domain.events import BadgeIssued, KeyRevoked
from qcdesk.domain.refusals import Refusal
from qcdesk.store.database import Database
from qcdesk.store.verification import verify
from tests.checker.logs import opened
from tests.workspace import House, secret, standing

NEW_PASSWORD = "another heron by the river"
PIN = "583920"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def found(database: Database) -> set[str]:
    """Return the codes of what does not hold of seals; no rule of the database is there any more."""
    return {p.code for p in verify(database).problems if p.code.startswith("seal_")}


def told(database: Database) -> set[str]:
    """Return the codes of what is only told of seals: nothing of them stops anything."""
    assert found(database) == set()
    return {p.code for p in verify(database).remarks}


def kept(house: House, table: str) -> list[tuple[object, ...]]:
    with opened(house.database.folder) as db:
        return db.execute(f"SELECT * FROM {table}").fetchall()


def put(house: House, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    with opened(house.database.folder) as db:
        db.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def changed_password(house: House) -> None:
    house.use.change_password("linh", secret("linh"), NEW_PASSWORD)


def changed_key(house: House) -> None:
    house.use.change_key("linh", secret("linh"))


def test_seals_hold_through_changed_passwords_keys_and_badges(house: House) -> None:
    house.use.issue_badge(house.hands["linh"], house.hands["som"], PIN)
    house.use.issue_badge(house.hands["som"], house.hands["linh"], PIN)
    house.use.stop_badge(house.hands["linh"], house.hands["som"].person, "lost")
    changed_password(house)
    assert verify(house.database).problems == ()


def test_an_old_seal_put_back_is_seen(house: House) -> None:
    before = kept(house, "sealed_key")
    changed_password(house)
    put(house, "sealed_key", before)
    assert found(house.database) == {"seal_differs"}


def test_the_seal_of_a_changed_key_put_back_is_seen(house: House) -> None:
    before = kept(house, "sealed_key")
    changed_key(house)
    assert found(house.database) == set()
    put(
        house,
        "sealed_key",
        [*kept(house, "sealed_key"), *(r for r in before if r[0] == house.hands["linh"].key)],
    )
    assert told(house.database) == {"seal_left"}


def test_the_seal_of_a_stopped_badge_put_back_is_seen(house: House) -> None:
    house.use.issue_badge(house.hands["linh"], house.hands["som"], PIN)
    before = kept(house, "sealed_badge")
    house.use.stop_badge(house.hands["som"], house.hands["linh"].person, "lost")
    put(house, "sealed_badge", before)
    assert told(house.database) == {"seal_left"}


def test_a_first_seal_under_another_public_key_is_seen(house: House) -> None:
    rows = [(r[0], r[1], "ab" * 32, r[3]) for r in kept(house, "sealed_key")]
    put(house, "sealed_key", rows)
    assert found(house.database) == {"seal_differs"}


def test_another_text_for_a_badge_is_seen_and_a_missing_seal_too(house: House) -> None:
    house.use.issue_badge(house.hands["linh"], house.hands["som"], PIN)
    put(house, "sealed_badge", [(*r[:4], f"{r[4]} ") for r in kept(house, "sealed_badge")])
    put(house, "sealed_key", kept(house, "sealed_key")[1:])
    assert found(house.database) == {"seal_differs", "seal_missing"}


def test_a_seal_of_a_key_that_nobody_enrolled_is_seen(house: House) -> None:
    (first, *rest) = kept(house, "sealed_key")
    put(house, "sealed_key", [first, *rest, ("0" * 32, *first[1:])])
    assert found(house.database) == {"seal_extra"}


def test_whoever_ends_the_own_key_by_a_script_leaves_no_seal(house: House) -> None:
    """An act of one that stands stops no shop: the seal goes with it, though nobody dropped it."""
    hand, uow = house.hands["linh"], house.begin()
    with uow:
        uow.append(KeyRevoked(hand.person, hand.key, "lost", None, uow.open_sessions(hand.person)), hand)
        uow.commit()
    seen = verify(house.database)
    assert (seen.problems, seen.remarks) == ((), ())
    assert hand.key not in {row[0] for row in kept(house, "sealed_key")}


def test_what_is_left_over_goes_at_the_next_sign_in(house: House) -> None:
    house.use.issue_badge(house.hands["linh"], house.hands["som"], PIN)
    before = kept(house, "sealed_badge"), kept(house, "sealed_key")
    changed_key(house)
    put(house, "sealed_badge", before[0])
    put(house, "sealed_key", [*kept(house, "sealed_key"), before[1][0]])
    assert told(house.database) == {"seal_left"}
    house.sit("som")
    assert told(house.database) == set()


def test_a_badge_without_its_seal_stops_nothing(house: House) -> None:
    house.use.issue_badge(house.hands["linh"], house.hands["som"], PIN)
    with opened(house.database.folder) as db:
        db.execute("DELETE FROM sealed_badge")
    assert told(house.database) == {"badge_missing"}


def test_a_badge_takes_another_person_in_the_database_too(house: House) -> None:
    hand, uow = house.hands["linh"], house.begin()
    with pytest.raises(Refusal), uow:
        uow.append(BadgeIssued(hand.person, "1" * 32, hand.key, "0" * 64), hand)
