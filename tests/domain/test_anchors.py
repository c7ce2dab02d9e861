# SPDX-License-Identifier: Apache-2.0
"""An anchor comes back from its file as it was signed, and a head from paper as it was printed; anything else is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.anchors import Anchor, Head, NotAnAnchor, PrintedHead, printed, read_bare, read_printed
from qcdesk.domain.log import fingerprint

HEAD = Head("ab" * 16, 1204, "9f3a2c7b1d04e6aa" + "0" * 48, 1_800_000_000_000_000)
ANCHOR = Anchor(HEAD, "cd" * 16, b"\x07" * 64)
SITE = fingerprint(b"\x5a" * 32)


def test_what_is_signed_is_the_canonical_form_of_four_fields() -> None:
    assert HEAD.body() == (
        b'{"at":1800000000000000,"hash":"'
        + HEAD.hash.encode()
        + b'","seq":1204,"vault":"'
        + b"ab" * 16
        + b'"}'
    )


def test_an_anchor_comes_back_from_its_file() -> None:
    assert Anchor.read(ANCHOR.text()) == ANCHOR
    assert set(json.loads(ANCHOR.text())) == {"vault", "seq", "hash", "at", "key", "sig"}


def test_members_of_another_program_are_passed_over() -> None:
    assert Anchor.read(json.dumps({**json.loads(ANCHOR.text()), "note": "kept by the bank"})) == ANCHOR


@pytest.mark.parametrize(
    "change",
    [
        *({"vault": v} for v in ("AB" * 16, "ab" * 15, 7, None)),
        *({"hash": h} for h in ("9f", "9F" * 32, None)),
        *({"seq": n} for n in (0, -1, 2**53, True, "1204", 1.0)),
        *({"at": n} for n in (-1, 2**53, None)),
        *({"key": k} for k in ("cd", None)),
        *({"sig": s} for s in ("07" * 63, "zz" * 64, None)),
    ],
    ids=str,
)
def test_a_file_out_of_form_is_no_anchor(change: dict[str, object]) -> None:
    with pytest.raises(NotAnAnchor):
        Anchor.read(json.dumps({**json.loads(ANCHOR.text()), **change}))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "9", "[" * 100_000, b"\xff\xfe"], ids=lambda t: repr(t[:9])
)
def test_anything_else_is_no_anchor(text: str | bytes) -> None:
    with pytest.raises(NotAnAnchor):
        Anchor.read(text)


def test_the_printed_head_is_short_enough_to_read_aloud() -> None:
    assert printed(HEAD.seq, HEAD.hash, SITE) == f"1204 · 9F3A 2C7B 1D04 E6AA · {SITE}"


@pytest.mark.parametrize(
    "change", [str.lower, lambda t: t.replace(" ", ""), lambda t: t.replace("·", "/"), lambda t: f"  {t}\n"]
)
def test_a_code_is_read_however_it_is_typed(change: object) -> None:
    assert callable(change)
    typed = change(printed(HEAD.seq, HEAD.hash, SITE))
    assert read_printed(typed) == PrintedHead(1204, "9f3a2c7b1d04e6aa", SITE)


@given(st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_every_printed_head_comes_back(seq: int, digest: bytes, root: bytes) -> None:
    site = fingerprint(root)
    assert read_printed(printed(seq, digest.hex(), site)) == PrintedHead(seq, digest.hex()[:16], site)


@pytest.mark.parametrize(
    "typed", ["", "1204", f"0 · 9F3A2C7B1D04E6AA · {SITE}", "1204 · 9F3A · ABCD", "/etc/passwd"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAnchor):
        read_printed(typed)


# The square code ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", ["", "ef" * 32])
def test_an_anchor_comes_back_from_its_square_code(record: str) -> None:
    code = ANCHOR.code(record)
    assert Anchor.read(code) == Anchor.read(code.encode()) == Anchor.read(f" {code}\n".strip()) == ANCHOR
    assert len(code) < len(ANCHOR.text())


@given(st.integers(0, 2**32), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_every_changed_character_is_another_anchor_or_none(place: int, letter: str) -> None:
    code = ANCHOR.code()
    at = 4 + place % (len(code) - 4)
    changed = code[:at] + letter + code[at + 1 :]
    if changed == code:
        return
    try:
        read = Anchor.read(changed)
    except NotAnAnchor:
        return
    said = 4 + 3 * 145 // 2  # what follows is the record's hash, which the log vouches for
    assert read != ANCHOR or at >= said - 1


@pytest.mark.parametrize(
    "code",
    [
        "QH1:",
        "QH1:A",
        "QH1:AAA",
        "QH1:é",
        "QH1:aaa",
        ANCHOR.code() + "A",
        ANCHOR.code() + "AAA",
        ANCHOR.code()[:-3],
    ],
)
def test_a_code_out_of_form_is_no_anchor(code: str) -> None:
    with pytest.raises(NotAnAnchor):
        Anchor.read(code)


@pytest.mark.parametrize("head", [Head("ab" * 16, 0, "0" * 64, 1), Head("ab" * 16, 2**53, "0" * 64, 1)])
def test_a_code_of_a_number_that_no_event_has_is_no_anchor(head: Head) -> None:
    with pytest.raises(NotAnAnchor):
        Anchor.read(Anchor(head, "cd" * 16, bytes(64)).code())


OLD = f"QCDESK:1:{HEAD.vault}:DA-1: ก:{'ef' * 32}:1204:{HEAD.hash}"


def test_a_code_of_an_earlier_version_is_a_head_that_nobody_signed() -> None:
    assert read_bare(OLD) == Head(HEAD.vault, 1204, HEAD.hash, 0)


@pytest.mark.parametrize(
    "change", [("1204", "0"), ("1204", "x"), ("QCDESK:1", "QCDESK:2"), (HEAD.hash, "9F")]
)
def test_what_is_no_such_code_is_none(change: tuple[str, str]) -> None:
    with pytest.raises(NotAnAnchor):
        read_bare(OLD.replace(*change))
