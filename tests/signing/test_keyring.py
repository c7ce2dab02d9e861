# SPDX-License-Identifier: Apache-2.0
"""The port: keys are made, sealed, opened; hands sign as what they are and show nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import BadEvent
from qcdesk.domain.refusals import WrongSecret
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
