# SPDX-License-Identifier: Apache-2.0
"""Seals: only the owner's secret opens them, in the owner's row, at the owner's cost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from argon2.exceptions import HashingError

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import WrongSecret
from qcdesk.services.trouble import Trouble
from qcdesk.signing import seals
from qcdesk.signing.keys import KeyPair
from qcdesk.signing.seals import CAP, FLOOR, Cost, Owner, Seal, choose_cost, open_seal, seal_key

CHEAP = Cost(memory_kib=64, t=1, p=1)
SECRET = "tiefer Brunnen im Hof"
PAIR = KeyPair(bytes(range(32)))
OWNER = Owner("a" * 32, "person-1", PAIR.public_key)
SEAL = seal_key(PAIR, SECRET, vault=OWNER.vault, person=OWNER.person, cost=CHEAP, floor=CHEAP)


def opened(seal: Seal = SEAL, secret: str = SECRET, owner: Owner = OWNER) -> KeyPair:
    return open_seal(seal, secret, owner, login="linh", floor=CHEAP)


def test_secret_opens_the_seal_to_the_same_key() -> None:
    with opened() as pair:
        assert pair.seed() == PAIR.seed()


def test_secret_opens_however_the_keyboard_spells_it() -> None:
    accented = seal_key(PAIR, "mèo đen ngủ", vault="a" * 32, person="person-1", cost=CHEAP, floor=CHEAP)
    opened(accented, "me\u0300o đen ngu\u0309").close()


@pytest.mark.parametrize("wrong", ["", SECRET + " ", SECRET.lower(), "\ud800", "x" * 5000])
def test_wrong_secret_is_refused_with_the_login_and_nothing_else(wrong: str) -> None:
    with pytest.raises(WrongSecret) as caught:
        opened(secret=wrong)
    assert {k: v for k, v in caught.value.facts().items() if v is not None} == {
        "login": "linh",
        "way": "password",
    }
    assert caught.value.__context__ is None
    assert not wrong or wrong not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize(
    "other",
    [
        replace(OWNER, vault="b" * 32),
        replace(OWNER, person="person-2"),
        replace(OWNER, public_key=KeyPair(bytes(32)).public_key),
    ],
    ids=["vault", "person", "key"],
)
def test_seal_moved_to_another_row_does_not_open(other: Owner) -> None:
    with pytest.raises(WrongSecret):
        opened(owner=other)


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_flipped_bit_anywhere_in_a_seal_keeps_it_shut(part: str) -> None:
    whole = getattr(SEAL, part)
    for place in range(len(whole)):
        touched = bytearray(whole)
        touched[place] ^= 1
        changes: dict[str, bytes] = {part: bytes(touched)}
        with pytest.raises(WrongSecret):
            opened(replace(SEAL, **changes))  # type: ignore[arg-type]


def test_parameters_changed_within_the_limits_keep_it_shut() -> None:
    for cost in (replace(CHEAP, memory_kib=72), replace(CHEAP, t=2), replace(CHEAP, p=2)):
        with pytest.raises(WrongSecret):
            opened(replace(SEAL, cost=cost))


@pytest.mark.parametrize(
    "cost",
    [
        replace(FLOOR, memory_kib=FLOOR.memory_kib - 1),
        replace(FLOOR, t=2),
        replace(FLOOR, p=0),
        replace(FLOOR, memory_kib=CAP.memory_kib + 1),
        replace(FLOOR, t=CAP.t + 1),
        replace(FLOOR, p=CAP.p + 1),
        replace(FLOOR, t=-3),
        CHEAP,
    ],
)
def test_cost_below_the_floor_or_above_the_cap_is_refused_both_ways(cost: Cost) -> None:
    with pytest.raises(BadInput) as caught:
        open_seal(replace(SEAL, cost=cost), SECRET, OWNER, login="linh")
    assert caught.value.code == "seal_cost"
    with pytest.raises(BadInput):
        seal_key(PAIR, SECRET, vault=OWNER.vault, person=OWNER.person, cost=cost)


def test_floor_and_cap_are_those_promised() -> None:
    assert Cost(memory_kib=64 * 1024, t=3, p=1) == FLOOR
    assert CAP.memory_kib == 256 * 1024


def test_seed_of_another_key_under_the_right_seal_is_refused() -> None:
    class Impostor(KeyPair):
        def seed(self) -> bytes:
            return bytes(32)

    wrong = seal_key(
        Impostor(bytes(range(32))), SECRET, vault=OWNER.vault, person=OWNER.person, cost=CHEAP, floor=CHEAP
    )
    with pytest.raises(BadInput) as caught:
        opened(wrong)
    assert caught.value.code == "seal_key"


def test_two_seals_of_one_key_share_neither_salt_nor_text() -> None:
    other = seal_key(PAIR, SECRET, vault=OWNER.vault, person=OWNER.person, cost=CHEAP, floor=CHEAP)
    assert other.salt != SEAL.salt
    assert other.nonce != SEAL.nonce
    assert other.sealed != SEAL.sealed


def test_seal_reads_back_from_its_text_and_shows_no_seed() -> None:
    text = SEAL.to_text()
    assert Seal.from_text(text) == SEAL
    for shown in (text, repr(SEAL), repr(OWNER)):
        assert PAIR.seed().hex() not in shown
        assert SECRET not in shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        SEAL.to_text() + " ",
        SEAL.to_text().replace('"v":1', '"v":2'),
        SEAL.to_text().replace('"t":1', '"t":1.0'),
        SEAL.to_text().replace(SEAL.nonce.hex(), SEAL.nonce.hex()[2:]),
        SEAL.to_text().replace(SEAL.salt.hex(), ""),
        SEAL.to_text().replace(SEAL.sealed.hex(), SEAL.sealed.hex() + "00"),
        "\ud800",
    ],
)
def test_text_that_spells_no_seal_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        Seal.from_text(text)
    assert caught.value.code == "seal"


def test_too_little_memory_is_trouble_and_keeps_the_secret_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(seals, "hash_secret_raw", fails)
    with pytest.raises(Trouble) as caught:
        opened()
    assert caught.value.code == "memory"
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("seconds_per_mib_pass", "wanted"),
    [
        (1.0, FLOOR),
        (0.4 / (64 * 3), FLOOR),
        (0.4 / (128 * 3) * 0.999, Cost(128 * 1024, 3, 1)),
        (0.4 / (256 * 6) * 0.999, Cost(256 * 1024, 6, 1)),
        (1e-9, Cost(256 * 1024, CAP.t, 1)),
    ],
)
def test_cost_is_raised_until_it_takes_its_time_and_no_further(
    seconds_per_mib_pass: float, wanted: Cost
) -> None:
    assert choose_cost(lambda cost: cost.memory_kib / 1024 * cost.t * seconds_per_mib_pass) == wanted


def test_real_floor_seals_and_opens() -> None:
    seal = seal_key(PAIR, SECRET, vault=OWNER.vault, person=OWNER.person, cost=FLOOR)
    open_seal(seal, SECRET, OWNER, login="linh").close()
