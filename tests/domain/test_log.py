# SPDX-License-Identifier: Apache-2.0
"""The envelope: one form, signed with its kind, chained by hash."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any, cast

import pytest

from qcdesk.domain.canonical import NotCanonical, decode_object, encode
from qcdesk.domain.log import (
    GENESIS,
    BadEvent,
    CoSignature,
    Event,
    StoredEvent,
    event_hash,
    fingerprint,
    signed_bytes,
)


def event(**fields: object) -> Event:
    plain = Event(
        id="0" * 32,
        vault="a" * 32,
        seq=2,
        prev=b"\x01" * 32,
        at=1_767_225_600_000_000,
        clock=1_767_225_600_000_001,
        station="st-1",
        app="qcdesk 0.1.0",
        type="check.signed",
        by="b" * 32,
        key="c" * 32,
        session=None,
        body={"check": "x", "note": "Đạt"},
    )
    return replace(plain, **cast("dict[str, Any]", fields))


CO = CoSignature("p2", "d" * 32, b"\x07" * 64)


@pytest.mark.parametrize("each", [event(), event(co=(CO,)), event(by=None), event(seq=1, prev=GENESIS)])
def test_event_reads_back_from_its_bytes(each: Event) -> None:
    assert Event.from_bytes(each.to_bytes()) == each
    assert StoredEvent.of(each, bytes(64)).event() == each


def test_signed_bytes_are_as_specified() -> None:
    assert signed_bytes("event", b'{"a":1}') == b'QCDESKv1 5 event 7 {"a":1}'
    assert signed_bytes("certificate", b"") == b"QCDESKv1 11 certificate 0 "


def test_unknown_kind_is_not_signed() -> None:
    with pytest.raises(BadEvent):
        signed_bytes("letter", b"")  # type: ignore[arg-type]


def test_hash_is_as_specified_and_covers_the_signature() -> None:
    body, sig = b"{}", b"\x05" * 64
    assert event_hash(body, sig) == sha256(b"QCDESK-EVENT-1\x00" + bytes(7) + b"\x02" + body + sig).digest()
    assert event_hash(body, sig) != event_hash(body, b"\x06" * 64)
    assert event_hash(b"ab", b"c") != event_hash(b"a", b"bc")


def test_co_stands_in_the_event_only_when_somebody_co_signed() -> None:
    assert "co" not in decode_object(event().to_bytes())
    assert decode_object(event(co=(CO,)).to_bytes())["co"] == [
        {"person": "p2", "key": "d" * 32, "sig": "07" * 64}
    ]


def test_co_signers_sign_the_event_without_co() -> None:
    assert event(co=(CO,)).cosign_bytes() == event().to_bytes() == event().cosign_bytes()


def tampered(**fields: object) -> bytes:
    return encode({**decode_object(event(co=(CO,)).to_bytes()), **fields})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("v", 2),
        ("v", True),
        ("v", "1"),
        ("id", "0" * 31),
        ("id", "A" * 32),
        ("vault", ""),
        ("vault", "a" * 33),
        ("seq", 0),
        ("seq", -1),
        ("seq", "2"),
        ("seq", True),
        ("seq", 1),
        ("prev", "00" * 32),
        ("prev", "00" * 31),
        ("prev", None),
        ("at", -1),
        ("at", None),
        ("clock", "ok"),
        ("station", ""),
        ("station", None),
        ("app", 1),
        ("type", "check"),
        ("type", "check.Signed"),
        ("by", ""),
        ("by", 1),
        ("key", None),
        ("session", ""),
        ("body", []),
        ("body", None),
        ("co", []),
        ("co", None),
        ("co", {}),
        ("co", ["x"]),
        ("co", [{"person": "p", "key": "d" * 32}]),
        ("co", [{"person": "", "key": "d" * 32, "sig": "07" * 64}]),
        ("co", [{"person": "p", "key": "D" * 32, "sig": "07" * 64}]),
        ("co", [{"person": "p", "key": "d" * 32, "sig": "07" * 63}]),
        ("co", [{"person": "p", "key": "d" * 32, "sig": "0G" * 64}]),
        ("extra", 1),
    ],
)
def test_envelope_out_of_form_is_refused(name: str, value: object) -> None:
    with pytest.raises(BadEvent):
        Event.from_bytes(tampered(**{name: value}))


@pytest.mark.parametrize("name", ["v", "id", "prev", "by", "session", "body", "clock"])
def test_missing_field_is_refused(name: str) -> None:
    data = decode_object(event().to_bytes())
    del data[name]
    with pytest.raises(BadEvent):
        Event.from_bytes(encode(data))


def test_one_key_cannot_co_sign_twice_nor_beside_itself() -> None:
    for co in ((CO, replace(CO, person="p3")), (replace(CO, key="c" * 32),)):
        with pytest.raises(BadEvent):
            event(co=co).to_bytes()


def test_only_the_first_event_has_nothing_before_it() -> None:
    for each in (event(prev=GENESIS), event(seq=1)):
        with pytest.raises(BadEvent):
            each.to_bytes()


def test_other_spelling_of_a_stored_event_is_refused() -> None:
    body = event().to_bytes()
    for other in (
        body + b" ",
        body.replace(b'"v":1', b'"v":1,"v":1'),
        body.replace(b'"app"', b'"\\u0061pp"'),
    ):
        assert other != body
        with pytest.raises(NotCanonical):
            Event.from_bytes(other)


def test_fingerprint_is_sixteen_letters_in_four_groups() -> None:
    text = fingerprint(sha256(b"first event").digest())
    groups = text.split("-")
    assert [len(g) for g in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set("ABCDEFGHJKLMNPQRSTUVWXYZ")
    assert fingerprint(sha256(b"another").digest()) != text
    with pytest.raises(ValueError, match="32"):
        fingerprint(b"short")
