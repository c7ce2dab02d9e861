# SPDX-License-Identifier: Apache-2.0
"""The gate: failed tries wait and lock, counted in the log; another person unlocks; a workstation is introduced."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from qcdesk.domain.events import BatchHeld, PersonUnlocked, SessionOpened, StationIntroduced
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import Event
from qcdesk.domain.refusals import (
    ClockBlocked,
    Locked,
    NotActive,
    NotLocked,
    SheetNotHere,
    SheetNotNeeded,
    TryLater,
    UnlockedByAnother,
    WrongSecret,
    WrongSheet,
)
from qcdesk.services.ports import Hand, KeptTry
from qcdesk.services.signing_in import vault_of
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.signing.keys import KeyPair
from qcdesk.signing.stations import KeptWorkstation, StationKey
from qcdesk.store.answers import Misused
from qcdesk.store.database import Database
from qcdesk.store.readers.doubts import recovery_uses
from qcdesk.store.verification import verify
from tests.checker.logs import codes
from tests.workspace import STATION, Bench, House, refused, secret, use_of

WRONG = "not the one that was chosen"


def fail(house: House, login: str, times: int = 1, use: UseCases | None = None) -> WrongSecret:
    """Try a wrong secret so many times, waiting long enough before each; the last refusal. Others work meanwhile."""
    refusals = []
    for _ in range(times):
        house.clock.forward(seconds=300)
        for sitting in house.sittings.values():
            sitting.touch()
        with pytest.raises(WrongSecret) as caught:
            (use or house.use).open_hand(login, WRONG)
        refusals.append(caught.value)
    return refusals[-1]


def kinds(house: House) -> list[str]:
    """Return the types of all events in order."""
    with house.database.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT type FROM line ORDER BY seq")]


def other_station(house: House, name: str = "bench 2") -> UseCases:
    """Return the use cases at another workstation, on the same database and clock."""
    return use_of(house.database, house.clock, salt=name, workstation=Bench(house.clock, name))


def test_each_failure_is_an_event_that_says_whose_and_how_long(house: House) -> None:
    refusal = fail(house, "linh", 4)
    assert (refusal.login, refusal.way, refusal.wait, refusal.left) == ("linh", "password", 4, 6)
    assert kinds(house)[-4:] == ["auth.failed"] * 4
    with house.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT person, station, way, in_a_row FROM failed_try ORDER BY seq"
        ).all()
    assert [tuple(r) for r in rows] == [(house.id("linh"), STATION, "password", n) for n in (1, 2, 3, 4)]
    assert verify(house.database).ok


def test_a_wait_not_over_refuses_even_the_right_secret_before_it_is_tried(house: House) -> None:
    fail(house, "linh", 6)
    before = kinds(house)
    for word in (secret("linh"), WRONG):
        with pytest.raises(TryLater) as caught:
            house.use.open_hand("linh", word)
        assert 0 < caught.value.seconds <= 16
    assert kinds(house) == before


def test_after_the_wait_the_right_secret_opens(house: House) -> None:
    fail(house, "linh", 6)
    house.clock.forward(seconds=16)
    assert house.use.open_hand("linh", secret("linh")).person == house.id("linh")


def test_waits_are_each_persons_own(house: House) -> None:
    fail(house, "linh", 9)
    house.use.open_hand("som", secret("som"))


def test_ten_in_a_row_lock_and_the_lock_is_an_event(house: House) -> None:
    refusal = fail(house, "linh", 10)
    assert refusal.left == 0
    assert kinds(house)[-2:] == ["auth.failed", "auth.locked"]
    house.clock.forward(seconds=12 * 3600 - 60)
    with pytest.raises(Locked) as caught:
        house.use.open_hand("linh", secret("linh"))
    assert caught.value.who_can == ("สมชาย ศรีสุข",)
    house.clock.forward(seconds=60)
    house.use.open_hand("linh", secret("linh"))


def test_after_a_lock_a_new_row_begins(house: House) -> None:
    fail(house, "linh", 10)
    house.clock.forward(seconds=12 * 3600)
    refusal = fail(house, "linh")
    assert (refusal.wait, refusal.left) == (0, 9)


def test_signing_in_ends_the_row(house: House) -> None:
    fail(house, "linh", 5)
    house.clock.forward(seconds=300)
    house.sit("linh")
    refusal = fail(house, "linh")
    assert refusal.left == 9


def test_any_act_of_the_persons_key_ends_the_row_and_an_entry_does_not(house: House) -> None:
    fail(house, "linh", 5)
    house.maker("Phạm Văn Anh")  # an entry of Linh's session
    assert fail(house, "linh").left == 4
    house.use.take_role(house.hands["linh"], "som", "planner")
    assert fail(house, "linh").left == 9


def test_a_lock_is_ended_by_no_act_of_ones_own(house: House) -> None:
    fail(house, "linh", 10)
    house.use.take_role(house.hands["linh"], "som", "planner")  # with a key opened before
    with pytest.raises(Locked):
        house.use.open_hand("linh", secret("linh"))


def test_another_person_unlocks(house: House) -> None:
    fail(house, "linh", 10)
    fact = house.use.unlock(house.hands["som"], "linh")
    assert fact.person == house.id("linh")
    house.use.open_hand("linh", secret("linh"))
    assert fail(house, "linh").left == 9
    assert verify(house.database).ok


def test_the_recovery_sheet_unlocks_where_fewer_than_two_others_can_sign(
    house: House, tmp_path: Path
) -> None:
    fail(house, "linh", 10)
    house.clock.forward(seconds=300)
    sheet = house.use.open_sheet(house.recovery_code)
    hand = house.use.open_hand("linh", secret("linh"), sheet)
    assert house.use.unlock(hand, "linh", sheet).person == house.id("linh")
    house.use.open_hand("linh", secret("linh"))
    assert [row.act for row in recovery_uses(house.database.reading, house.clock.now())] == [
        "person.unlocked"
    ]
    with pytest.raises(WrongSheet):
        house.use.open_sheet(house.recovery_code)
    house.use.open_sheet(sheet.next_code)
    assert verify(house.database).ok
    assert codes(tmp_path / "house") == set()


def test_the_sheet_unlocks_nobody_while_two_others_can_sign(house: House) -> None:
    house.enrol("minh", "Trần Văn Minh")
    fail(house, "linh", 10)
    house.clock.forward(seconds=300)
    sheet = house.use.open_sheet(house.recovery_code)
    hand = house.use.open_hand("linh", secret("linh"), sheet)
    with pytest.raises(SheetNotNeeded):
        house.use.unlock(hand, "linh", sheet)
    with pytest.raises(Locked):
        house.use.open_hand("linh", secret("linh"))


def test_whoever_unlocks_somebody_else_takes_no_sheet(house: House) -> None:
    fail(house, "linh", 10)
    with pytest.raises(SheetNotNeeded):
        house.use.unlock(house.hands["som"], "linh", house.use.open_sheet(house.recovery_code))


def test_with_the_sheet_the_longest_wait_still_stands_and_a_wrong_secret_still_counts(
    house: House, tmp_path: Path
) -> None:
    fail(house, "linh", 10)
    sheet = house.use.open_sheet(house.recovery_code)
    with pytest.raises(TryLater):
        house.use.open_hand("linh", secret("linh"), sheet)
    house.clock.forward(seconds=300)
    with pytest.raises(WrongSecret):
        house.use.open_hand("linh", WRONG, sheet)
    with pytest.raises(TryLater):
        house.use.open_hand("linh", secret("linh"), sheet)
    assert verify(house.database).ok
    assert codes(tmp_path / "house") == set()


def test_a_sheet_that_was_used_lets_nobody_try_while_locked(house: House) -> None:
    fail(house, "linh", 10)
    house.clock.forward(seconds=300)
    sheet = house.use.open_sheet(house.recovery_code)
    house.use.unlock(house.use.open_hand("linh", secret("linh"), sheet), "linh", sheet)
    fail(house, "linh", 10)
    house.clock.forward(seconds=300)
    with pytest.raises(WrongSheet):
        house.use.open_hand("linh", secret("linh"), sheet)


def unlock_past_the_services(house: House, *co: Hand) -> None:
    """Write Linh's unlocking of herself as no service would: the database alone stands in the way."""
    uow = house.use.begin()
    with uow:
        lock = uow.standing_lock(house.id("linh"))
        assert lock is not None
        uow.append(PersonUnlocked(house.id("linh"), lock), house.hands["linh"], co=co)
        uow.commit()


def test_the_database_refuses_ones_own_unlocking_without_the_sheet(house: House) -> None:
    fail(house, "linh", 10)
    with pytest.raises(UnlockedByAnother):
        unlock_past_the_services(house)


def test_the_database_refuses_the_sheet_on_an_unlocking_while_two_others_can_sign(house: House) -> None:
    house.enrol("minh", "Trần Văn Minh")
    fail(house, "linh", 10)
    with pytest.raises(SheetNotHere):
        unlock_past_the_services(house, house.use.open_sheet(house.recovery_code))


def test_nobody_unlocks_themselves(house: House) -> None:
    fail(house, "linh", 10)
    said = refused(UnlockedByAnother, lambda: house.use.unlock(house.hands["linh"], "linh"))
    assert (said.person, said.who_can) == ("Nguyễn Thị Linh", ("สมชาย ศรีสุข",))


def test_only_who_is_locked_is_unlocked(house: House) -> None:
    fail(house, "linh", 9)
    with pytest.raises(NotLocked):
        house.use.unlock(house.hands["som"], "linh")
    fail(house, "linh")
    house.clock.forward(seconds=12 * 3600)
    with pytest.raises(NotLocked):
        house.use.unlock(house.hands["som"], "linh")


def test_someone_suspended_does_not_unlock_and_opens_nothing(house: House) -> None:
    house.enrol("minh", "Trần Văn Minh")
    house.use.suspend(house.hands["linh"], "minh", "left")
    fail(house, "linh", 10)
    for act in (
        lambda: house.use.unlock(house.hands["minh"], "linh"),
        lambda: house.use.open_hand("minh", secret("minh")),
    ):
        assert refused(NotActive, act).person == "Trần Văn Minh"


def test_a_failure_elsewhere_while_a_secret_was_tried_counts_before_it_opens(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, there = house.use.keys.open, other_station(house)
    there.open_sitting(there.open_hand("som", secret("som")))

    def slowly(vault: str, login: str, sealed: object, word: str) -> object:
        if word == secret("linh"):
            fail(house, "linh", 10, there)
        return opening(vault, login, sealed, word)  # type: ignore[arg-type]

    monkeypatch.setattr(type(house.use.keys), "open", lambda _, *args: slowly(*args))
    with pytest.raises(Locked):
        house.use.open_hand("linh", secret("linh"))


# Workstations ------------------------------------------------------------------------------------------------


def test_the_first_sign_in_at_a_workstation_introduces_it_and_no_later_one(house: House) -> None:
    assert kinds(house)[:3] == ["workspace.opened", "station.introduced", "session.opened"]
    house.sit("linh")
    there = other_station(house)
    there.open_sitting(there.open_hand("som", secret("som")))
    assert kinds(house).count("station.introduced") == 2
    assert verify(house.database).ok


def bench_of(house: House, folder: Path, station: str = STATION) -> KeptWorkstation:
    """Return a workstation that keeps its keys in a folder, with the id that its settings say."""
    return KeptWorkstation(folder, station, folder.name, lambda: ("s", house.clock.steady))


def at(house: House, bench: KeptWorkstation) -> UseCases:
    """Return the use cases at a workstation."""
    return use_of(house.database, house.clock, salt=f"{bench.name} {bench.station}", workstation=bench)


def introduced(house: House) -> list[tuple[str, str]]:
    """Return the id of each workstation that was introduced, and the one it gave up for it."""
    with house.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT body FROM event ORDER BY seq").scalars()
        said = [Event.from_bytes(bytes(row)) for row in rows]
    return [
        (str(e.body["station"]), str(e.body.get("instead", "")))
        for e in said
        if e.type == "station.introduced"
    ]


def test_settings_copied_from_another_workstation_take_nothing_over(house: House, tmp_path: Path) -> None:
    """One sign-in under another machine's id leaves that machine as it is, and ends in a machine that works."""
    house.sit("linh")
    bench = bench_of(house, tmp_path / "copied")
    there = at(house, bench)
    there.open_sitting(there.open_hand("som", secret("som")))
    assert bench.gave_up == STATION != bench.station
    assert introduced(house)[1:] == [(bench.station, STATION)]
    with house.use.look() as uow:
        assert uow.station_key(STATION) == house.use.workstation.hand(uow.vault).key
    fail(house, "linh", 1, there)
    house.clock.forward(seconds=300)
    house.use.open_sitting(house.use.open_hand("linh", secret("linh")))
    fail(house, "som")
    assert kinds(house).count("auth.failed") == 2 and kinds(house).count("station.introduced") == 2
    assert verify(house.database).ok


def test_a_machine_goes_on_under_the_id_that_it_made_for_itself(house: House, tmp_path: Path) -> None:
    house.sit("linh")
    bench = bench_of(house, tmp_path / "copied")
    at(house, bench).open_hand("som", secret("som"))
    later = bench_of(house, tmp_path / "copied")
    there = at(house, later)
    there.open_sitting(there.open_hand("som", secret("som")))
    assert later.station == bench.station and not later.gave_up
    assert kinds(house).count("station.introduced") == 2


def test_a_key_that_was_superseded_in_an_older_log_ends_in_a_machine_that_works(
    house: House,
) -> None:
    """An older program let a newer key take over an id: whoever has the older one comes by an id of its own."""
    house.sit("linh")
    vault = vault_of(house.use.gate())
    other = StationKey(KeyPair(b"o" * 32), STATION)
    with house.use.look() as uow:
        assert uow.station_key(STATION) != other.key
    supersede(house, other)
    fail(house, "linh")
    assert [t.person for t in house.use.workstation.kept_tries(vault)] == [house.id("linh")]
    house.clock.forward(seconds=300)
    hand = house.use.open_hand("linh", secret("linh"))
    house.use.open_sitting(hand)
    assert introduced(house)[-1] == (house.use.workstation.station, STATION)
    assert not house.use.workstation.kept_tries(vault)
    found = verify(house.database)
    assert found.ok and [r.code for r in found.remarks] == ["station_taken"]


def supersede(house: House, key: StationKey) -> None:
    """Introduce another key of an id that has one, as programs of before did: the rule against it is taken down."""
    with house.database.engine.connect() as connection:
        ask = "SELECT sql FROM sqlite_master WHERE name = 'station_key_one_stands'"
        rule = connection.exec_driver_sql(ask).scalar_one()
        connection.exec_driver_sql("DROP TRIGGER station_key_one_stands")
        connection.commit()
    uow = house.use.begin()
    with uow:
        uow.append(StationIntroduced(STATION, key.key, key.public_key, "before"), house.hands["som"])
        uow.commit()
    with house.database.engine.connect() as connection:
        connection.exec_driver_sql(rule)
        connection.commit()


def test_an_older_key_put_back_from_a_copy_ends_in_a_machine_that_works(house: House, tmp_path: Path) -> None:
    """The folder of a machine is put back as it was before: another id, another key, and everything goes on."""
    house.sit("linh")
    bench = bench_of(house, tmp_path / "pc", "pc")
    at(house, bench).open_hand("som", secret("som"))
    with house.use.look() as uow:
        file = tmp_path / "pc" / "workspaces" / f"{uow.vault}.key"
    file.write_bytes(b"k" * 32)  # another key, which the log never took up
    for _ in range(2):
        again = bench_of(house, tmp_path / "pc", "pc")
        there = at(house, again)
        there.open_sitting(there.open_hand("som", secret("som")))
        assert introduced(house)[-1] == (again.station, "pc")
    assert len(introduced(house)) == 3
    other = bench_of(house, tmp_path / "pc", "settings made anew")
    (tmp_path / "pc" / "workspaces" / f"{file.stem}.station").unlink()
    file.write_bytes(bytes.fromhex("00" * 32))
    assert at(house, other).open_hand("som", secret("som")).person == house.id("som")
    assert other.station == "settings made anew"


def test_an_id_drawn_anew_beside_a_key_that_is_known_keeps_nobody_out(house: House, tmp_path: Path) -> None:
    """Settings that could not be read are begun anew with another id; the key of the workspace is there still."""
    house.sit("linh")
    at(house, bench_of(house, tmp_path / "pc", "pc")).open_hand("som", secret("som"))
    bench = bench_of(house, tmp_path / "pc", "drawn anew")
    there = at(house, bench)
    there.open_sitting(there.open_hand("som", secret("som")))
    assert introduced(house)[-1] == (bench.station, "drawn anew")
    assert verify(house.database).ok


def test_a_folder_that_keeps_nothing_keeps_nobody_out(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.sit("linh")
    bench = bench_of(house, tmp_path / "copied")
    there = at(house, bench)
    with house.use.look() as uow:
        bench.hand(uow.vault)

    def full(_self: object, _file: Path, _content: bytes) -> None:
        raise OSError("no room")

    monkeypatch.setattr(KeptWorkstation, "_put", full)
    there.open_sitting(there.open_hand("som", secret("som")))
    assert introduced(house)[-1] == (bench.station, STATION)


def test_tries_before_the_first_sign_in_are_kept_and_put_on_record_with_it(house: House) -> None:
    there = other_station(house)
    before = kinds(house)
    assert fail(house, "linh", 3, there).left == 7
    assert kinds(house) == before
    with pytest.raises(TryLater):
        there.open_hand("linh", secret("linh"))
    there.open_sitting(there.open_hand("som", secret("som")))
    assert kinds(house)[len(before) :] == ["station.introduced", *["auth.failed"] * 3, "session.opened"]
    with house.use.look() as uow:
        assert uow.tries(house.id("linh")).in_a_row == 3
        assert not there.workstation.kept_tries(uow.vault)
    assert verify(house.database).ok


def test_a_fresh_station_folder_for_each_try_gains_no_guess(house: House, tmp_path: Path) -> None:
    """Counted per person, whatever folder the station keeps, and on record with the next sign-in anywhere."""
    beside = tmp_path / "workspace"
    beside.mkdir()

    def fresh(name: str) -> UseCases:
        station = KeptWorkstation(tmp_path / name, name, "", lambda: ("s", house.clock.steady), beside)
        return use_of(house.database, house.clock, salt=name, workstation=station)

    refusals = [fail(house, "linh", 1, fresh(f"bench {n}")) for n in range(10, 20)]
    assert [r.left for r in refusals] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    with pytest.raises(Locked):
        fresh("bench 20").open_hand("linh", secret("linh"))
    before = kinds(house)
    there = fresh("bench 21")
    there.open_sitting(there.open_hand("som", secret("som")))
    assert kinds(house)[len(before) :].count("auth.failed") == 10
    assert "auth.locked" in kinds(house)[len(before) :]
    with pytest.raises(Locked):
        fresh("bench 22").open_hand("linh", secret("linh"))
    assert verify(house.database).ok


def test_tries_that_wait_go_on_record_with_a_single_act_too(house: House, tmp_path: Path) -> None:
    house.use.workstation.keep_try("", KeptTry(house.id("linh"), "password", house.use.workstation.moment(1)))
    house.use.open_hand("som", secret("som"))
    assert kinds(house)[-1] == "auth.failed"
    with house.use.look() as uow:
        assert not house.use.workstation.kept_tries(uow.vault)
    assert verify(house.database).ok


def test_the_first_key_opened_at_a_workstation_introduces_it_even_for_a_single_act(house: House) -> None:
    there = other_station(house)
    fail(house, "linh", 3, there)
    house.clock.forward(seconds=300)
    there.take_role(there.open_hand("linh", secret("linh")), "som", "planner")
    assert kinds(house)[-5:] == ["station.introduced", *["auth.failed"] * 3, "role.taken"]
    assert fail(house, "linh", 1, there).left == 9
    assert verify(house.database).ok


def test_a_workspace_that_cannot_be_written_can_still_be_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> object:
        raise Trouble("disk_full")

    monkeypatch.setattr(type(house.begin()), "append", full)
    assert other_station(house).open_hand("linh", secret("linh")).person == house.id("linh")


def test_ten_tries_before_the_first_sign_in_lock_and_the_one_who_signs_in_can_unlock(house: House) -> None:
    there = other_station(house)
    fail(house, "linh", 10, there)
    with pytest.raises(Locked):
        there.open_hand("linh", secret("linh"))
    there.unlock(there.open_hand("som", secret("som")), "linh")
    there.open_hand("linh", secret("linh"))
    assert not there.workstation.kept_tries("")


def test_a_try_that_cannot_be_put_on_record_is_trouble_and_counts_all_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = type(house.begin()).note

    def full(*_: object) -> object:
        raise Trouble("disk_full")

    monkeypatch.setattr(type(house.begin()), "note", full)
    for _ in range(5):
        house.clock.forward(seconds=300)
        with pytest.raises(Trouble):
            house.use.open_hand("linh", WRONG)
    with pytest.raises(TryLater):
        house.use.open_hand("linh", secret("linh"))
    monkeypatch.setattr(type(house.begin()), "note", real)
    assert fail(house, "linh").left == 4
    with house.use.look() as uow:
        assert uow.tries(house.id("linh")).in_a_row == 6


def test_a_clock_set_back_keeps_no_failure_off_the_record(house: House) -> None:
    house.clock.forward(days=-2)
    before = kinds(house).count("auth.failed")
    for _ in range(2):
        with pytest.raises(WrongSecret):
            house.use.open_hand("linh", WRONG)
    assert kinds(house).count("auth.failed") == before + 2
    with pytest.raises(ClockBlocked):
        house.use.take_role(house.hands["linh"], "som", "planner")
    assert verify(house.database).ok


def test_an_unknown_login_is_no_failure(house: House) -> None:
    before = kinds(house)
    with pytest.raises(BadInput):
        house.use.open_hand("nobody", WRONG)
    assert kinds(house) == before


def test_a_workstation_signs_nothing_a_person_does(house: House, database: Database) -> None:
    hand = house.use.workstation.hand("0" * 32)
    for fact in (BatchHeld("b", "h", "other", "x"), SessionOpened("s", "k", b"")):
        with house.begin() as uow, pytest.raises(Misused):
            uow.note(fact, hand)
    with suppress(ValueError):
        hand.sign("certificate", b"{}")
        pytest.fail("a certificate was signed")
