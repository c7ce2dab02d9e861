# SPDX-License-Identifier: Apache-2.0
"""A start goes on from the last verified head only where there is no doubt; else the whole log is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import qcdesk.store.verified_heads as module
from qcdesk.checker.lines import hash_of
from qcdesk.domain.refusals import Unverified
from qcdesk.services.ports import Problem, Verified
from qcdesk.services.settle_round import release_batch
from qcdesk.store.keeping import SqlKeeping
from qcdesk.store.last_verified import FOLDER, StationVerifications
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verified_heads import VerifiedHeads
from tests.checker.logs import opened
from tests.workspace import STATION, CountedIds, HandClock, House, laid, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Open a workspace whose log has some events."""
    made = standing(tmp_path / "ws")
    yield made
    made.database.dispose()


@pytest.fixture
def keeping(house: House, tmp_path: Path) -> SqlKeeping:
    """Return what keeps a workspace of some events, verified once."""
    made = SqlKeeping(
        house.database, house.clock, None, None, StationVerifications(tmp_path), VerifiedHeads(tmp_path)
    )
    assert made.verify().ok
    return made


def work(house: House) -> None:
    house.released(number="B-1")


def test_only_what_came_after_the_verified_head_is_read(house: House, keeping: SqlKeeping) -> None:
    before = keeping.head()[0]
    work(house)
    found = keeping.verify_tail()
    assert found.ok
    assert (found.since, found.checked, found.head) == (before, keeping.head()[0] - before, keeping.head())


def test_without_a_verified_head_the_whole_log_is_read(house: House, tmp_path: Path) -> None:
    fresh = SqlKeeping(
        house.database, house.clock, None, None, StationVerifications(tmp_path), VerifiedHeads(tmp_path)
    )
    assert fresh.verify_tail().since == 0
    assert fresh.verify_tail().since == fresh.head()[0]


def shelf(tmp_path: Path) -> Path:
    (found,) = (tmp_path / FOLDER).glob("*.shelf")
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"form": "qcdesk-shelf-', b'"form": "qcdesk-shelf-0'),
        (b'"people":', b'"people" :'),
        (b'"seq": ', b'"seq": 1'),
    ],
)
def test_changed_shelf_is_thrown_away(keeping: SqlKeeping, tmp_path: Path, old: bytes, new: bytes) -> None:
    content = shelf(tmp_path).read_bytes()
    assert old in content
    shelf(tmp_path).write_bytes(content.replace(old, new, 1))
    found = keeping.verify_tail()
    assert (found.ok, found.since) == (True, 0)


def test_shelf_of_another_program_is_thrown_away(
    keeping: SqlKeeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "__version__", "999")
    assert keeping.verify_tail().since == 0


def test_shelf_of_another_head_is_thrown_away(house: House, keeping: SqlKeeping) -> None:
    with opened(house.database.folder) as db:
        db.execute("UPDATE event SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM event)")
    found = keeping.verify_tail()
    assert (found.ok, found.since) == (False, 0)


def test_what_does_not_hold_after_the_head_is_found_and_remembered(
    house: House, keeping: SqlKeeping, tmp_path: Path
) -> None:
    work(house)
    with opened(house.database.folder) as db:
        seq, body = db.execute("SELECT seq, body FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        db.execute("UPDATE event SET body = ? WHERE seq = ?", (body.replace(b'"v":1', b'"v":2'), seq))
        db.execute("DELETE FROM record")
    found = keeping.verify_tail()
    assert {p.code for p in found.problems} >= {"event_hash", "record_missing"}
    assert found.since
    again = keeping.verify_tail()
    assert (again.ok, again.since) == (False, 0), "after a failure the whole log is read"
    with house.use.look() as uow:
        assert StationVerifications(tmp_path).failed(uow.vault)


def test_forged_signature_after_the_head_counts_as_nothing(house: House, keeping: SqlKeeping) -> None:
    work(house)
    with opened(house.database.folder) as db:
        seq = db.execute("SELECT max(seq) FROM event").fetchone()[0]
        db.execute("UPDATE event SET sig = zeroblob(64) WHERE seq = ?", (seq,))
        body = db.execute("SELECT body FROM event WHERE seq = ?", (seq,)).fetchone()[0]
        db.execute("UPDATE event SET hash = ? WHERE seq = ?", (hash_of(body, bytes(64)), seq))
    found = [
        p for p in keeping.verify_tail().problems if not p.code.startswith("schema")
    ]  # the rules were off
    assert {p.code for p in found} == {"event_signature"}


def test_after_a_failed_verification_nothing_is_released_until_the_whole_log_holds(tmp_path: Path) -> None:
    database = laid(tmp_path / "other")
    house = House.ready(database, HandClock())
    verified = StationVerifications(tmp_path)
    keeping = SqlKeeping(database, house.clock, None, None, verified, VerifiedHeads(tmp_path))
    batch = house.accepted()
    with opened(database.folder) as db:
        db.execute("UPDATE supplier SET country = 'XX'")
    assert not keeping.verify().ok
    assert not keeping.verify_tail().ok
    with pytest.raises(Unverified) as refused:
        release_batch(unit_of(house, verified), house.hands["som"], batch, house.clock.today())
    assert refused.value.whole
    with opened(database.folder) as db:
        db.execute("UPDATE supplier SET country = 'VN'")
    with pytest.raises(Unverified):
        release_batch(unit_of(house, verified), house.hands["som"], batch, house.clock.today())
    database.dispose()


def test_whole_verification_that_holds_lets_release_again(house: House, tmp_path: Path) -> None:
    verified = StationVerifications(tmp_path)
    batch = house.accepted()
    with house.use.look() as uow:
        vault = uow.vault
    verified.keep(vault, Verified(1, (Problem(1, None, "event_hash", {}),), (1, "")), 1)
    with pytest.raises(Unverified):
        release_batch(unit_of(house, verified), house.hands["som"], batch, house.clock.today())
    keeping = SqlKeeping(house.database, house.clock, None, None, verified, VerifiedHeads(tmp_path))
    assert keeping.verify_tail().ok, "which reads the whole log after a failure"
    release_batch(unit_of(house, verified), house.hands["som"], batch, house.clock.today())
    assert house.state(batch) == "released"


def test_lost_event_alone_is_not_a_failed_verification(tmp_path: Path) -> None:
    verified = StationVerifications(tmp_path)
    lost = Problem(None, None, "seen_missing", {})
    for problems, failed in (
        ((lost,), False),
        ((lost, Problem(1, None, "event_hash", {})), True),
        ((), False),
    ):
        verified.keep("ab" * 16, Verified(1, problems, (1, "")), 1)
        assert verified.failed("ab" * 16) is failed


def unit_of(house: House, verified: StationVerifications) -> SqlUnitOfWork:
    return SqlUnitOfWork(house.database, house.clock, CountedIds("r"), STATION, write=True, verified=verified)
