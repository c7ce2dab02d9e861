# SPDX-License-Identifier: Apache-2.0
"""A PIN alone opens a key only for who signed in, for three tries and ten idle minutes, and only in memory."""

from __future__ import annotations

import pickle

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Role
from qcdesk.domain.refusals import Locked, PasswordNeeded, PinOver, TryLater, WrongSecret
from qcdesk.services.pin_sittings import PinSitting
from tests.workspace import House, secret

PIN = "58392017"


@pytest.fixture
def sitting(house: House) -> PinSitting:
    """Let Linh, who signed in by password, use a PIN."""
    return house.use.begin_pin_sitting(house.use.open_hand("linh", secret("linh")), PIN)


def test_the_pin_opens_the_key_for_act_after_act(house: House, sitting: PinSitting) -> None:
    for role in ("planner", "arbiter"):
        hand = sitting.open(PIN)
        assert (hand.person, hand.key, hand.strength) == (house.id("linh"), house.hands["linh"].key, "act")
        house.use.take_role(hand, "som", role)


def test_three_wrong_tries_and_it_is_gone(house: House, sitting: PinSitting) -> None:
    for left in (2, 1, 0):
        house.clock.forward(seconds=60)
        with pytest.raises(WrongSecret) as caught:
            sitting.open("58392018")
        assert (caught.value.way, caught.value.pin_left) == ("pin", left)
    house.clock.forward(seconds=60)
    with pytest.raises(PinOver):
        sitting.open(PIN)
    with house.use.look() as uow:
        assert uow.tries(house.id("linh")).in_a_row == 3


def test_a_wrong_pin_waits_like_a_wrong_password(house: House, sitting: PinSitting) -> None:
    for _ in range(4):
        house.clock.forward(seconds=60)
        with pytest.raises(WrongSecret):
            house.use.open_hand("linh", "not this one")
    with pytest.raises(TryLater):
        sitting.open(PIN)
    assert sitting.standing


def test_a_right_pin_gives_the_three_tries_back(house: House, sitting: PinSitting) -> None:
    roles: tuple[Role, ...] = ("planner", "releaser", "inspector")
    for role in roles:
        house.clock.forward(seconds=60)
        with pytest.raises(WrongSecret) as caught:
            sitting.open("58392018")
        assert caught.value.pin_left == 2
        house.clock.forward(seconds=60)
        house.use.take_role(sitting.open(PIN), "som", role)


def test_ten_idle_minutes_and_it_is_gone(house: House, sitting: PinSitting) -> None:
    house.clock.forward(seconds=590)
    sitting.touch()
    house.clock.forward(seconds=590)
    still = sitting.standing
    house.clock.forward(seconds=11)
    sitting.touch()  # too late: nobody was there
    assert (still, sitting.standing) == (True, False)
    with pytest.raises(PinOver):
        sitting.open(PIN)


def test_the_idle_time_is_a_setting(house: House) -> None:
    sitting = house.use.begin_pin_sitting(house.use.open_hand("linh", secret("linh")), PIN, 2)
    house.clock.forward(seconds=121)
    assert not sitting.standing


def test_change_of_person_or_a_locked_screen_ends_it(sitting: PinSitting) -> None:
    sitting.end()
    with pytest.raises(PinOver):
        sitting.open(PIN)


def test_a_locked_person_has_no_pin_any_more(house: House, sitting: PinSitting) -> None:
    for _ in range(10):
        house.clock.forward(seconds=300)
        sitting.touch()
        with pytest.raises(WrongSecret):
            house.use.open_hand("linh", "not this one")
    with pytest.raises(Locked):
        sitting.open(PIN)
    assert not sitting.standing


def test_a_pin_begins_no_other_pin_and_no_sessions_key_does(house: House, sitting: PinSitting) -> None:
    for hand in (sitting.open(PIN), house.sittings["linh"].hand):
        with pytest.raises(PasswordNeeded):
            house.use.begin_pin_sitting(hand, "917263")


@pytest.mark.parametrize("pin", ["", "58392", "5839201758392", "583 92", "111111", "123456", "98765432"])
def test_a_pin_too_easy_to_guess_is_refused(house: House, pin: str) -> None:
    with pytest.raises(BadInput):
        house.use.begin_pin_sitting(house.use.open_hand("linh", secret("linh")), pin)


def test_it_is_neither_written_nor_shown(house: House, sitting: PinSitting) -> None:
    sitting.open(PIN)
    with pytest.raises(TypeError):
        pickle.dumps(sitting)
    assert PIN not in repr(sitting)
    content = b"".join(p.read_bytes() for p in house.database.folder.iterdir() if p.is_file())
    assert PIN.encode() not in content
