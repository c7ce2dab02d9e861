# SPDX-License-Identifier: Apache-2.0
"""Who signs in sees tries since last time and what was signed last; the owner sees locks at once."""

from __future__ import annotations

import pytest

from qcdesk.domain.refusals import WrongSecret
from tests.workspace import Bench, House, secret, use_of

WRONG = "not this one at all"
PLACE = "bench 1 by the window"


def fail(house: House, login: str, times: int = 1) -> None:
    for _ in range(times):
        house.clock.forward(seconds=300)
        with pytest.raises(WrongSecret):
            house.use.open_hand(login, WRONG)


def test_the_first_sign_in_has_nothing_before_it(house: House) -> None:
    house.enrol("minh", "Trần Văn Minh")
    notice = house.use.read.sign_in_notice(house.id("minh"))
    assert (notice.before_at, notice.failed, notice.signed) == (None, (), None)


def test_failed_tries_are_shown_with_time_and_workstation_at_every_sign_in_until_they_were_seen(
    house: House,
) -> None:
    fail(house, "linh", 2)
    house.clock.forward(seconds=300)
    notice = house.use.sign_in_notice(house.id("linh"))
    for _ in range(3):
        house.sit("linh")  # by whomever: a script signs in too, and so does whoever guessed right
        notice = house.use.sign_in_notice(house.id("linh"))
        assert [(f.station, f.way) for f in notice.failed] == [(PLACE, "password")] * 2
    house.use.saw_tries(house.id("linh"), notice.failed_to)
    assert house.use.sign_in_notice(house.id("linh")).failed == ()
    fail(house, "linh")
    assert len(house.use.sign_in_notice(house.id("linh")).failed) == 1


def test_tries_that_nobody_saw_are_shown_for_90_days(house: House) -> None:
    fail(house, "linh")
    house.clock.forward(days=89)
    assert len(house.use.sign_in_notice(house.id("linh")).failed) == 1
    house.clock.forward(days=2)
    assert house.use.sign_in_notice(house.id("linh")).failed == ()


def test_what_was_seen_before_the_log_was_cut_hides_nothing_that_follows(house: House) -> None:
    fail(house, "linh")
    with house.use.look() as uow:
        head = uow.head_seq()
    house.use.saw_tries(house.id("linh"), head + 40)
    assert len(house.use.sign_in_notice(house.id("linh")).failed) == 1


def test_other_peoples_tries_are_not_ones_own(house: House) -> None:
    fail(house, "som", 2)
    house.clock.forward(seconds=300)
    house.sit("linh")
    assert house.use.sign_in_notice(house.id("linh")).failed == ()


def test_last_signed_by_you_is_the_newest_act_before_this_sign_in(house: House) -> None:
    house.use.grant_qualification(house.hands["som"], house.hands["linh"], "linh", "IP-204", None)
    batch = house.released()
    house.sit("som")
    signed = house.use.read.sign_in_notice(house.id("som")).signed
    assert signed is not None
    assert (signed.kind, signed.station, signed.number) == ("batch.released", PLACE, batch)
    house.maker("Phạm Anh")  # Linh's entry, not an act
    house.sit("linh")
    signed = house.use.read.sign_in_notice(house.id("linh")).signed
    assert signed is not None
    assert signed.kind == "check.signed"


def test_a_lock_is_shown_at_once_and_stands_until_somebody_ends_it(house: House) -> None:
    assert house.use.read.locks(house.use.moment()) == ()
    fail(house, "linh", 10)
    (row,) = house.use.read.locks(house.use.moment())
    assert (row.name, row.login, row.station, row.stands) == ("Nguyễn Thị Linh", "linh", PLACE, True)
    assert row.until - row.at == 12 * 3600 * 1_000_000
    house.use.unlock(house.hands["som"], "linh")
    (row,) = house.use.read.locks(house.use.moment())
    assert (row.stands, row.unlocked_by) == (False, "สมชาย ศรีสุข")
    assert row.unlocked_at is not None


def test_a_lock_ends_by_time_and_older_ones_are_left_out_when_asked(house: House) -> None:
    fail(house, "linh", 10)
    house.clock.forward(seconds=12 * 3600)
    (row,) = house.use.read.locks(house.use.moment())
    assert not row.stands
    fail(house, "linh", 10)
    newer, older = house.use.read.locks(house.use.moment())
    assert (newer.stands, older.stands) == (True, False)
    assert house.use.read.locks(house.use.moment(), since=newer.at) == (newer,)


def test_a_workstation_without_a_name_is_not_called_by_its_id(house: House) -> None:
    bench = Bench(house.clock, "0123456789")
    bench.name = ""
    there = use_of(house.database, house.clock, salt="x", workstation=bench, read=house.use.read)
    there.open_sitting(there.open_hand("linh", secret("linh")))
    house.sit("linh")
    assert house.use.read.sign_in_notice(house.id("linh")).before_station == ""


def test_keys_and_badges_are_listed_with_who_is_locked(house: House) -> None:
    house.maker("Phạm Anh")  # has no key
    house.use.issue_badge(house.hands["linh"], house.hands["som"], "583920")
    fail(house, "som", 3)
    linh, som = house.use.read.person_keys(house.use.moment())
    assert (linh.login, linh.key, linh.failed, linh.locked_seconds) == ("linh", house.hands["linh"].key, 0, 0)
    assert linh.badge is not None
    assert linh.badge_since is not None
    assert (som.login, som.badge, som.failed) == ("som", None, 3)
    fail(house, "som", 7)
    house.use.stop_badge(house.hands["linh"], "linh", "lost")
    linh, som = house.use.read.person_keys(house.use.moment())
    assert linh.badge is None
    assert 0 < som.locked_seconds <= 12 * 3600
