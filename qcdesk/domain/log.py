# SPDX-License-Identifier: Apache-2.0
"""One line of the log: its envelope, the bytes that are signed, the hash that chains it to the line before.

The stored bytes are what was signed; nothing is serialised again to verify.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Literal, cast

from qcdesk.domain.canonical import INTEGER_LIMIT, Json, decode_object, encode, encode_with
from qcdesk.domain.remembering import Remembered

Kind = Literal["event", "cosign", "certificate", "head", "paper"]
KINDS: tuple[Kind, ...] = ("event", "cosign", "certificate", "head", "paper")
VERSION = 1
GENESIS = bytes(32)
HASH_BYTES = 32
SIGNATURE_BYTES = 64
KEPT_BYTES = 8 * 1024 * 1024
"""Of events that were read: so many bytes of them are not read again, which is a day's work of one person."""

_FIELDS = (
    "v",
    "id",
    "vault",
    "seq",
    "prev",
    "at",
    "clock",
    "station",
    "app",
    "type",
    "by",
    "key",
    "session",
    "body",
)
_SHAPES = {
    "id": re.compile(r"[0-9a-f]{32}"),
    "vault": re.compile(r"[0-9a-f]{32}"),
    "key": re.compile(r"[0-9a-f]{32}"),
    "type": re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+"),
}
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
RECOVERY = "recovery"
"""The name under which the recovery sheet's key signs beside a person: it is nobody, and never signs first."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # read aloud and copied by hand: no I and O, no digits


class BadEvent(ValueError):
    """An event is not of the form that the log takes."""


@dataclass(frozen=True)
class CoSignature:
    """Somebody else's signature on the same act, of kind ``cosign`` over the event's bytes without ``co``.

    ``key``: key id, 32 hex digits. ``sig``: 64 bytes.
    """

    person: str
    key: str
    sig: bytes


@dataclass(frozen=True)
class Event:
    """What one line of the log says.

    ``id``: fresh, 32 hex digits. ``vault``: 128-bit id of the database, hex. ``seq``: number, from 1.
    ``prev``: hash of the event before. ``at``: the event's time, never below the last one's; ``clock``: what
    the station's own clock read; both in microseconds UTC. ``app``: program and version. ``by``: person, None
    for station events. ``key``: id of the key that signed. ``session``: None outside of a sitting. ``body``:
    what happened, as the codec writes it.
    """

    id: str
    vault: str
    seq: int
    prev: bytes
    at: int
    clock: int
    station: str
    app: str
    type: str
    by: str | None
    key: str
    session: str | None
    body: Mapping[str, Json]
    co: tuple[CoSignature, ...] = ()
    v: int = field(default=VERSION)

    def to_bytes(self) -> bytes:
        """Return the canonical bytes, which kind ``event`` signs and the log stores.

        Raises: BadEvent: a field is out of form; NotCanonical: the body cannot be signed.
        """
        data: dict[str, object] = {
            "v": self.v,
            "id": self.id,
            "vault": self.vault,
            "seq": self.seq,
            "prev": self.prev.hex(),
            "at": self.at,
            "clock": self.clock,
            "station": self.station,
            "app": self.app,
            "type": self.type,
            "by": self.by,
            "key": self.key,
            "session": self.session,
            "body": dict(self.body),
        }
        if self.co:
            data["co"] = [{"person": c.person, "key": c.key, "sig": c.sig.hex()} for c in self.co]
        _check(data)
        del data["body"]
        return encode_with(data, {"body": self.spelled_body})

    @cached_property
    def spelled_body(self) -> bytes:
        """What happened, in canonical form: a part of ``to_bytes``, and of every record that repeats it.

        Raises: NotCanonical: the body cannot be signed.
        """
        return encode({"body": dict(self.body)})[len(b'{"body":') : -1]  # as deep as it will stand

    def cosign_bytes(self) -> bytes:
        """Return the canonical bytes without ``co``, which each co-signer signs with kind ``cosign``."""
        return (replace(self, co=()) if self.co else self).to_bytes()

    @staticmethod
    def from_bytes(body: bytes) -> Event:
        """Return the event that these stored bytes spell.

        Raises: NotCanonical: not the canonical form; BadEvent: fields are missing, unknown or out of form.
        """
        data = decode_object(body)
        _check(data)
        get = cast("dict[str, str]", data)  # the shapes were checked; integers and the body are read below
        co = cast("list[dict[str, str]]", data.get("co", []))
        return Event(
            v=cast("int", data["v"]),
            id=get["id"],
            vault=get["vault"],
            seq=cast("int", data["seq"]),
            prev=bytes.fromhex(get["prev"]),
            at=cast("int", data["at"]),
            clock=cast("int", data["clock"]),
            station=get["station"],
            app=get["app"],
            type=get["type"],
            by=cast("str | None", data["by"]),
            key=get["key"],
            session=cast("str | None", data["session"]),
            body=cast("dict[str, Json]", data["body"]),
            co=tuple(CoSignature(c["person"], c["key"], bytes.fromhex(c["sig"])) for c in co),
        )


@dataclass(frozen=True)
class StoredEvent:
    """A row of the log, as stored: the signed bytes, 64 bytes of signature, the hash of both."""

    seq: int
    body: bytes
    sig: bytes
    hash: bytes

    @staticmethod
    def of(event: Event, sig: bytes) -> StoredEvent:
        """Return the row for an event and the main signature on it."""
        body = event.to_bytes()
        return StoredEvent(event.seq, body, sig, event_hash(body, sig))

    def event(self) -> Event:
        """Return what the row says. Raises as ``Event.from_bytes``; nothing of the chain is verified."""
        return self._event

    @cached_property
    def _event(self) -> Event:
        return read_event(self.body)


_read = Remembered[bytes, Event](KEPT_BYTES, Event.from_bytes)


def read_event(body: bytes) -> Event:
    """Return what ``Event.from_bytes`` returns; the events of an open check are asked for at each entry, and read once.

    The same bytes always say the same. Raises: as ``Event.from_bytes``.
    """
    return _read(body)


def remember_event(body: bytes, event: Event) -> None:
    """Keep what bytes say that were spelled just now from this very event, so that nobody has to read them."""
    _read.put(body, event)


def signed_bytes(kind: Kind, body: bytes) -> bytes:
    """Return what Ed25519 signs; kind and lengths are inside, so that no signature passes for another kind's.

    Raises: BadEvent: an unknown kind.
    """
    if kind not in KINDS:
        raise BadEvent("unknown kind of signature")
    return b"QCDESKv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body)


def event_hash(body: bytes, sig: bytes) -> bytes:
    """Return the 32 bytes that the next event carries as ``prev``; they cover the signature too."""
    return sha256(b"QCDESK-EVENT-1\0" + len(body).to_bytes(8, "big") + body + sig).digest()


def fingerprint(event1_hash: bytes) -> str:
    """Return the root of trust for the eye: 16 letters in four groups (73 bits of the first event's hash).

    Raises: ValueError: not a hash.
    """
    if len(event1_hash) != HASH_BYTES:
        raise ValueError("a hash has 32 bytes")
    number, letters = int.from_bytes(event1_hash, "big"), ""
    for _ in range(16):
        number, digit = divmod(number, len(_LETTERS))
        letters += _LETTERS[digit]
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def _check(data: Mapping[str, object]) -> None:
    """Refuse an envelope with a field missing, unknown or out of form."""
    if data.keys() - {"co"} != set(_FIELDS):
        raise BadEvent("fields missing or unknown")
    if data["v"] is True or data["v"] != VERSION:
        raise BadEvent("another version of the log")
    for name, shape in _SHAPES.items():
        text = data[name]
        if type(text) is not str or not shape.fullmatch(text):
            raise BadEvent(f"{name} is out of form")
    for name in ("seq", "at", "clock"):
        number = data[name]
        if type(number) is not int or not 0 <= number < INTEGER_LIMIT:
            raise BadEvent(f"{name} is not a whole number")
    for name in ("station", "app", "by", "session"):
        text = data[name]
        optional = name in ("by", "session")
        if not (text is None and optional) and not (type(text) is str and text):
            raise BadEvent(f"{name} is empty")
    prev = data["prev"]
    if type(prev) is not str or not _HASH.fullmatch(prev):
        raise BadEvent("prev is not a hash")
    if data["seq"] == 0 or (data["seq"] == 1) != (prev == GENESIS.hex()):
        raise BadEvent("only event 1 has nothing before it")
    if type(data["body"]) is not dict:
        raise BadEvent("body is not an object")
    if "co" in data:
        _check_co(data["co"], str(data["key"]))


def _check_co(co: object, main_key: str) -> None:
    """Refuse co-signatures out of form, or two by one key; whether persons differ is the act's own rule."""
    if type(co) is not list or not co:
        raise BadEvent("co is not a list of signatures")
    keys = [main_key]
    for each in co:
        if type(each) is not dict or each.keys() != {"person", "key", "sig"}:
            raise BadEvent("a co-signature has fields missing or unknown")
        person, key, sig = each["person"], each["key"], each["sig"]
        if type(person) is not str or not person:
            raise BadEvent("a co-signature has no person")
        if type(key) is not str or not _SHAPES["key"].fullmatch(key) or type(sig) is not str:
            raise BadEvent("a co-signature is out of form")
        if not _SIGNATURE.fullmatch(sig):
            raise BadEvent("a co-signature is out of form")
        keys.append(key)
    if len(set(keys)) != len(keys):
        raise BadEvent("one key signed twice")
