# SPDX-License-Identifier: Apache-2.0
"""One line of the log: its row as stored, the envelope inside, the hash and the bytes that are signed (trust.md §4)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from qcdesk.checker import canonical

GENESIS = bytes(32)
ID = re.compile("[0-9a-f]{32}")
HASH = re.compile("[0-9a-f]{64}")
_SIGNATURE = re.compile("[0-9a-f]{128}")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # the site's fingerprint is read aloud: no I and O, no digits
_TYPE = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
_NAMES = frozenset(
    [
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
    ]
)
_TAIL = re.compile(
    rb'"prev":"([0-9a-f]{64})","seq":([1-9][0-9]{0,15}),"session":(?:null|"(?:[^"\\]|\\.)+"),'
    rb'"station":"(?:[^"\\]|\\.)+","type":"[a-z_.]+","v":1,"vault":"([0-9a-f]{32})"\}'
)
"""How the canonical form ends: keys are sorted, and no string holds a bare quotation mark."""


class Row(NamedTuple):
    """A row of the log: the signed bytes, 64 bytes of signature, the hash of both."""

    seq: int
    body: bytes
    sig: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody else's signature on the same act."""

    person: str
    key: str
    sig: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says. ``at`` and ``clock``: microseconds UTC. ``by`` None: a workstation. ``bare``: for co-signers."""

    seq: int
    id: str
    prev: str
    vault: str
    at: int
    clock: int
    station: str
    type: str
    by: str | None
    key: str
    session: str | None
    body: dict[str, Any]
    co: tuple[Signer, ...]
    bare: bytes
    hash: str

    @property
    def behind(self) -> bool:
        """Whether the workstation's clock stood behind the log by more than is believed (trust.md §8.7)."""
        return self.at - self.clock > BEHIND

    @property
    def signers(self) -> tuple[str, ...]:
        """Everybody who signed, the main signer first."""
        return ((self.by,) if self.by is not None else ()) + tuple(c.person for c in self.co)


BEHIND = 120_000_000
"""A clock that is off by up to two minutes is believed; microseconds."""


class BadLine(ValueError):
    """A row is not of the form that the log takes; the text says in which way."""


def hash_of(body: bytes, sig: bytes) -> bytes:
    """Return the 32 bytes that the next line names as ``prev``."""
    return sha256(b"QCDESK-EVENT-1\0" + len(body).to_bytes(8, "big") + body + sig).digest()


def framed(kind: str, body: bytes) -> bytes:
    """Return what is signed: kind and lengths are inside, so that no signature passes for another kind's."""
    return b"QCDESKv1 %d %s %d %s" % (len(kind), kind.encode("ascii"), len(body), body)


def key_id(public_key: bytes) -> str:
    """Return the name of a key: the first 16 bytes of its public key's SHA-256, as 32 hexadecimal digits."""
    return sha256(public_key).hexdigest()[:32]


def fingerprint(first: str) -> str:
    """Return 16 letters of the first line's hash, as they stand in the foot of every report."""
    number, letters = int(first or "0", 16), ""
    for _ in range(16):
        number, digit = divmod(number, len(_LETTERS))
        letters += _LETTERS[digit]
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4)) if first else ""


def link(row: Row) -> tuple[str, int, str] | None:
    """Return ``prev``, number and vault without reading the whole body; None: it does not end as a line does."""
    found = _TAIL.search(row.body, max(0, len(row.body) - 4_096))
    if found is None or found.end() != len(row.body):
        return None
    return found[1].decode(), int(found[2]), found[3].decode()


def read(row: Row) -> Line:
    """Return what a row says. Raises: BadLine: not canonical, or a field is missing, unknown or out of form."""
    try:
        data = canonical.read(row.body)
    except canonical.NotCanonical as problem:
        raise BadLine(str(problem)) from None
    co: tuple[Signer, ...] = ()
    bare = row.body
    if "co" in data:
        signers = data.pop("co")
        co = _co(signers, data.get("key"))
        bare = canonical.write(data)
    if data.keys() != _NAMES:
        raise BadLine("fields missing or unknown")
    if type(data["v"]) is not int or data["v"] != 1:
        raise BadLine("another version of the log")
    for name in ("seq", "at", "clock"):
        if type(data[name]) is not int or data[name] < 0:
            raise BadLine(f"{name} is no whole number")
    for name, shape in (("id", ID), ("vault", ID), ("key", ID), ("prev", HASH), ("type", _TYPE)):
        if type(data[name]) is not str or not shape.fullmatch(data[name]):
            raise BadLine(f"{name} is out of form")
    for name in ("station", "app"):
        if type(data[name]) is not str or not data[name]:
            raise BadLine(f"{name} is empty")
    for name in ("by", "session"):
        if data[name] is not None and (type(data[name]) is not str or not data[name]):
            raise BadLine(f"{name} is empty")
    if type(data["body"]) is not dict:
        raise BadLine("body is no object")
    if data["seq"] != row.seq:
        raise BadLine("it has another number inside")
    return Line(
        data["seq"],
        data["id"],
        data["prev"],
        data["vault"],
        data["at"],
        data["clock"],
        data["station"],
        data["type"],
        data["by"],
        data["key"],
        data["session"],
        data["body"],
        co,
        bare,
        row.hash.hex(),
    )


def said_by(row: Row) -> dict[str, Any]:
    """Return what a row says, in whatever form it was written; nothing where that cannot be read at all."""
    try:
        data = json.loads(row.body)
    except (ValueError, RecursionError):
        return {}
    body = data.get("body") if type(data) is dict else None
    return body if type(body) is dict else {}


def _co(found: Any, main: object) -> tuple[Signer, ...]:  # noqa: ANN401 - whatever stands there
    if type(found) is not list or not found:
        raise BadLine("co is no list of signatures")
    keys, made = [main], []
    for each in found:
        if type(each) is not dict or each.keys() != {"person", "key", "sig"}:
            raise BadLine("a co-signature has fields missing or unknown")
        person, key, sig = each["person"], each["key"], each["sig"]
        if not (type(person) is str and person and type(key) is str and type(sig) is str):
            raise BadLine("a co-signature is out of form")
        if not ID.fullmatch(key) or not _SIGNATURE.fullmatch(sig):
            raise BadLine("a co-signature is out of form")
        keys.append(key)
        made.append(Signer(person, key, bytes.fromhex(sig)))
    if len(set(keys)) != len(keys):
        raise BadLine("one key signed twice")
    return tuple(made)
