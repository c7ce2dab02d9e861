# SPDX-License-Identifier: Apache-2.0
"""A badge takes its person's password and one other person; stopping it takes anybody, and then it opens nothing."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    BadgeUnknown,
    NoBadge,
    NotActive,
    PasswordNeeded,
    ReadsOnly,
    TryLater,
    TwoNeeded,
    WrongSecret,
)
from qcdesk.services.issue_badges import Issued
from qcdesk.signing.badges import new_code
from qcdesk.store.verification import verify
from tests.workspace import House, refused, secret

PIN = "583920"


def issue(house: House, login: str = "linh", other: str = "som") -> Issued:
    """Issue a badge."""
    return house.use.issue_badge(house.hands[login], house.hands[other], PIN)


def test_badge_and_pin_open_the_persons_own_key(house: House) -> None:
    issued = issue(house)
    assert house.use.person_of_badge(issued.code).login == "linh"
    hand = house.use.open_badge(issued.code, PIN)
    assert (hand.person, hand.key) == (house.id("linh"), house.hands["linh"].key)
    house.use.open_sitting(hand)
    assert verify(house.database).ok


def test_scanned_or_typed_the_code_is_the_same(house: House) -> None:
    issued = issue(house)
    for spelled in (issued.code.replace("-", ""), issued.code.lower(), issued.code.replace("-", " ") + "\n"):
        house.use.open_badge(spelled, PIN)


def test_the_key_and_the_password_stay(house: House) -> None:
    before = house.hands["linh"].key
    issue(house)
    assert house.use.open_hand("linh", secret("linh")).key == before


def test_a_wrong_pin_counts_like_a_wrong_password(house: House) -> None:
    issued = issue(house)
    for wait in (0, 1, 2, 4):
        house.clock.forward(seconds=300)
        with pytest.raises(WrongSecret) as caught:
            house.use.open_badge(issued.code, "583921")
        assert (caught.value.way, caught.value.wait) == ("badge", wait)
    with pytest.raises(TryLater):
        house.use.open_hand("linh", secret("linh"))
    with pytest.raises(TryLater):
        house.use.open_badge(issued.code, PIN)


def test_two_people_sign_a_badge(house: House) -> None:
    with pytest.raises(TwoNeeded) as caught:
        issue(house, "linh", "linh")
    assert caught.value.who_can == ("สมชาย ศรีสุข",)


def test_somebody_suspended_neither_gets_nor_gives_nor_stops_a_badge(house: House) -> None:
    issue(house)
    house.use.suspend(house.hands["linh"], "som", "looks wrong")
    for act in (
        lambda: issue(house, "som", "linh"),
        lambda: issue(house, "linh", "som"),
        lambda: house.use.stop_badge(house.hands["som"], "linh", "lost"),
    ):
        assert refused(NotActive, act).person == "สมชาย ศรีสุข"


def test_who_only_reads_gives_nobody_a_badge(house: House) -> None:
    house.enrol("ai", "李娜", "auditor")
    assert refused(ReadsOnly, lambda: issue(house, "linh", "ai")).person == "李娜"


def test_a_badge_takes_the_password_itself(house: House) -> None:
    issued = issue(house)
    by_badge = house.use.open_badge(issued.code, PIN)
    by_pin = house.use.begin_pin_sitting(by_badge, PIN).open(PIN)
    for hand in (by_badge, by_pin, house.sittings["linh"].hand):
        with pytest.raises(PasswordNeeded):
            house.use.issue_badge(hand, house.hands["som"], PIN)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", "123456", "000000"])
def test_a_pin_that_is_none_or_is_tried_first_makes_no_badge(house: House, pin: str) -> None:
    with pytest.raises(BadInput):
        house.use.issue_badge(house.hands["linh"], house.hands["som"], pin)


def test_a_new_badge_ends_the_one_before(house: House) -> None:
    first, second = issue(house), issue(house)
    assert second.fact.stops == (first.fact.badge,)
    with pytest.raises(BadgeUnknown):
        house.use.open_badge(first.code, PIN)
    house.use.open_badge(second.code, PIN)


def test_anybody_stops_a_lost_badge_and_its_seal_is_deleted(house: House) -> None:
    issued = issue(house)
    (fact,) = house.use.stop_badge(house.hands["som"], "linh", "lost on the floor")
    assert fact.badge == issued.fact.badge
    with pytest.raises(BadgeUnknown):
        house.use.open_badge(issued.code, PIN)
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sealed_badge").scalar_one() == 0
    house.use.open_hand("linh", secret("linh"))
    assert verify(house.database).ok


def test_a_deleted_seal_is_not_left_in_the_file(house: House) -> None:
    issue(house)
    with house.database.reading() as connection:
        seal = connection.exec_driver_sql("SELECT sealed FROM sealed_badge").scalar_one()
    house.use.stop_badge(house.hands["som"], "linh", "lost")
    assert seal.encode() not in b"".join(
        p.read_bytes() for p in house.database.folder.iterdir() if p.is_file()
    )


def test_stopping_takes_a_badge_and_a_reason(house: House) -> None:
    with pytest.raises(NoBadge):
        house.use.stop_badge(house.hands["som"], "linh", "lost")
    issue(house)
    with pytest.raises(BadInput):
        house.use.stop_badge(house.hands["som"], "linh", " ")


def test_a_code_that_no_badge_bears_finds_nobody(house: House) -> None:
    issued = issue(house)
    with pytest.raises(BadgeUnknown):
        house.use.open_badge(new_code(), PIN)
    with pytest.raises(BadInput):
        house.use.open_badge(issued.code[:-1] + ("0" if issued.code[-1] != "0" else "1"), PIN)


def test_the_code_is_in_no_table_and_no_event(house: House) -> None:
    issued = issue(house)
    house.use.open_badge(issued.code, PIN)
    content = b"".join(p.read_bytes() for p in house.database.folder.iterdir() if p.is_file())
    for spelled in (issued.code, issued.code.replace("-", ""), PIN):
        assert spelled.encode() not in content
    assert issued.code not in repr(issued)
