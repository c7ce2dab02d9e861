# SPDX-License-Identifier: Apache-2.0
"""The port: keys are made, sealed, opened; hands sign as what they are and show nothing."""

from __future__ import annotations

import logging
import pickle
from dataclasses import replace

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import BadEvent
from qcdesk.domain.refusals import PasswordNeeded, WrongSecret
from qcdesk.services.ports import Hand, Keys
from qcdesk.signing.keyring import Ed25519Keys
from qcdesk.signing.keys import KeyPair
from qcdesk.signing.recovery import read_code, recovery_key
from qcdesk.signing.seals import Cost
from qcdesk.signing.verifying import verify

CHEAP = Cost(memory_kib=64, t=1, p=1)
VAULT = "a" * 32
SECRET = "tiefer Brunnen im Hof"
KEYS = Ed25519Keys(CHEAP, floor=CHEAP)


def test_keyring_is_the_port() -> None:
    port: Keys = KEYS
    hand: Hand = port.session("p1", "s1")[0]
    assert hand.session == "s1"


def test_made_key_opens_with_its_secret_and_signs_acts() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    hand = KEYS.open(VAULT, "linh", made.sealed, SECRET)
    assert (hand.person, hand.key, hand.session, hand.strength) == ("p1", made.key, None, "act")
    for each in (hand, made.hand):
        assert verify(made.public_key, "event", b"{}", each.sign("event", b"{}"))


def test_wrong_secret_other_vault_and_other_persons_row_do_not_open() -> None:
    linh, minh = KEYS.make(VAULT, "p1", "linh", SECRET), KEYS.make(VAULT, "p2", "minh", SECRET)
    with pytest.raises(WrongSecret):
        KEYS.open(VAULT, "linh", linh.sealed, SECRET + "!")
    with pytest.raises(WrongSecret):
        KEYS.open("b" * 32, "linh", linh.sealed, SECRET)
    with pytest.raises(WrongSecret):
        KEYS.open(VAULT, "minh", replace(minh.sealed, sealed=linh.sealed.sealed), SECRET)
    with pytest.raises(WrongSecret):
        KEYS.open(VAULT, "minh", replace(linh.sealed, person="p2"), SECRET)


def test_row_that_names_another_key_is_refused() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    with pytest.raises(BadInput) as caught:
        KEYS.open(VAULT, "linh", replace(made.sealed, key="0" * 32), SECRET)
    assert caught.value.code == "seal_key"


def test_program_itself_reads_no_cheap_seal() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    with pytest.raises(BadInput) as caught:
        Ed25519Keys().open(VAULT, "linh", made.sealed, SECRET)
    assert caught.value.code == "seal_cost"


def test_guessable_secret_makes_no_key() -> None:
    with pytest.raises(BadInput):
        KEYS.make(VAULT, "p1", "linh", "linhlinhlinh1")


def test_password_is_changed_by_the_old_one_and_opens_the_same_key() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    hand, again = KEYS.reseal(VAULT, "linh", made.sealed, SECRET, "another deep well here")
    assert hand.key == made.key
    assert KEYS.open(VAULT, "linh", again, "another deep well here").key == made.key
    with pytest.raises(WrongSecret):
        KEYS.open(VAULT, "linh", again, SECRET)
    with pytest.raises(WrongSecret):
        KEYS.reseal(VAULT, "linh", made.sealed, "not my deep well", "another deep well here")
    with pytest.raises(BadInput):
        KEYS.reseal(VAULT, "linh", made.sealed, SECRET, "short")


PIN = "583920"


def test_badge_and_pin_open_the_key_together_and_neither_alone() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    badge = KEYS.new_badge(VAULT, "Linh", made.hand, PIN)
    other = KEYS.new_badge(VAULT, "Linh", made.hand, PIN)
    assert KEYS.find_badge(badge.code) == badge.sealed.id != other.sealed.id
    hand = KEYS.open_badge(VAULT, "linh", badge.sealed, badge.code, PIN)
    assert (hand.person, hand.key, hand.strength) == ("p1", made.key, "act")
    for code, pin in ((badge.code, "583921"), (other.code, PIN), (badge.code, ""), (badge.code, SECRET)):
        with pytest.raises(WrongSecret) as caught:
            KEYS.open_badge(VAULT, "linh", badge.sealed, code, pin)
        assert caught.value.way == "badge"
        assert caught.value.__context__ is None


def test_seal_of_a_badge_is_bound_to_its_row_and_is_no_seal_of_a_password() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    badge = KEYS.new_badge(VAULT, "Linh", made.hand, PIN)
    for vault, sealed in (
        ("b" * 32, badge.sealed),
        (VAULT, replace(badge.sealed, person="p2")),
        (VAULT, replace(badge.sealed, sealed=made.sealed.sealed)),
    ):
        with pytest.raises(WrongSecret):
            KEYS.open_badge(vault, "linh", sealed, badge.code, PIN)
    with pytest.raises(WrongSecret):
        KEYS.open(VAULT, "linh", replace(made.sealed, sealed=badge.sealed.sealed), PIN)
    with pytest.raises(BadInput):
        KEYS.open_badge(VAULT, "linh", replace(badge.sealed, key="0" * 32), badge.code, PIN)


def test_badge_takes_a_password_and_a_pin_takes_a_password_or_a_badge() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    badge = KEYS.new_badge(VAULT, "Linh", made.hand, PIN)
    by_badge = KEYS.open_badge(VAULT, "linh", badge.sealed, badge.code, PIN)
    by_pin = KEYS.pin_seal(VAULT, by_badge, PIN).open("linh", PIN)
    entry, _ = KEYS.session("p1", "s1")
    for hand in (by_badge, by_pin, entry):
        with pytest.raises(PasswordNeeded):
            KEYS.new_badge(VAULT, "Linh", hand, PIN)
    for hand in (by_pin, entry):
        with pytest.raises(PasswordNeeded):
            KEYS.pin_seal(VAULT, hand, PIN)


def test_pin_in_memory_opens_the_key_and_is_neither_written_nor_shown() -> None:
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    seal = KEYS.pin_seal(VAULT, made.hand, "58392017")
    assert seal.open("linh", "58392017").key == made.key
    with pytest.raises(WrongSecret) as caught:
        seal.open("linh", "58392018")
    assert caught.value.way == "pin"
    with pytest.raises(TypeError):
        pickle.dumps(seal)
    assert "58392017" not in repr(seal)


def test_session_key_signs_entries_until_it_is_closed() -> None:
    hand, public_key = KEYS.session("p1", "s1")
    assert (hand.person, hand.session, hand.strength) == ("p1", "s1", "entry")
    assert verify(public_key, "event", b"{}", hand.sign("event", b"{}"))
    hand.close()
    with pytest.raises(ValueError, match="closed"):
        hand.sign("event", b"{}")


def test_unknown_kind_is_not_signed() -> None:
    with pytest.raises(BadEvent):
        KEYS.session("p1", "s1")[0].sign("letter", b"{}")


def test_recovery_code_opens_the_key_that_was_named() -> None:
    code, public_key = KEYS.recovery()
    assert recovery_key(read_code(code)).public_key == public_key


@pytest.mark.logs
def test_no_secret_in_words_errors_or_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = KEYS.make(VAULT, "p1", "linh", SECRET)
    hand = KEYS.open(VAULT, "linh", made.sealed, SECRET)
    with pytest.raises(WrongSecret) as caught:
        KEYS.open(VAULT, "linh", made.sealed, "not my deep well")
    pair = hand._pair
    assert isinstance(pair, KeyPair)
    shown = " ".join(map(repr, (made, hand, KEYS, made.sealed, caught.value))) + caplog.text
    for hidden in (SECRET, "not my deep well", pair.seed().hex(), repr(pair.seed())):
        assert hidden not in shown
