# SPDX-License-Identifier: Apache-2.0
"""Keys: fresh, named by their public half, and silent about their seed."""

from __future__ import annotations

import copy
import pickle
from hashlib import sha256

import pytest

from qcdesk.signing.keys import KeyPair, key_id

# RFC 8032 §7.1, test 1
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")


def test_public_key_is_that_of_rfc_8032() -> None:
    assert KeyPair(SEED).public_key == PUBLIC


def test_key_is_named_by_the_first_half_of_the_hash() -> None:
    assert KeyPair(SEED).key == key_id(PUBLIC) == sha256(PUBLIC).digest()[:16].hex()


def test_each_generated_key_is_another() -> None:
    assert len({KeyPair.generate().public_key for _ in range(20)}) == 20


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_seed_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        KeyPair(bytes(length))


def test_closed_key_signs_nothing_and_gives_no_seed() -> None:
    with KeyPair(SEED) as pair:
        pair.sign("event", b"{}")
    assert pair.closed
    with pytest.raises(ValueError, match="closed"):
        pair.sign("event", b"{}")
    with pytest.raises(ValueError, match="closed"):
        pair.seed()


def test_neither_words_nor_copies_show_the_seed() -> None:
    pair = KeyPair(SEED)
    for text in (repr(pair), str(pair), f"{pair}"):
        assert SEED.hex() not in text
        assert repr(SEED) not in text
    assert not hasattr(pair, "__dict__")
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(pair)
