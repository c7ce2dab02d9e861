# SPDX-License-Identifier: Apache-2.0
"""Heads of the log kept outside the database: what an anchor says, its file, and the codes that stand on paper.

An anchor names the log's last event at one time. Whoever later holds it against the log sees a cut end, a restored
old copy, and a log that was made anew (trust.md §6).

The square code on paper is ``QH1:`` and base45 (RFC 9285) of these bytes, all numbers big-endian::

    version    1   1
    vault     16   id of the workspace
    seq        8   number of the event
    hash      32   of the event
    at         8   when, microseconds UTC
    key       16   id of the key that signed: a workstation's or a person's
    sig       64   Ed25519, kind ``head``, on the canonical form of vault, seq, hash and at
    record    32   SHA-256 of the record that the paper shows; zeros: none. Not signed here: the log vouches for it
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from qcdesk.domain.canonical import INTEGER_LIMIT, encode
from qcdesk.domain.certificates import base45, from_base45
from qcdesk.domain.log import HASH_BYTES, SIGNATURE_BYTES

LONGEST_FILE = 10_000  # bytes
PRINTED_DIGITS = 16  # of the hash: 64 bits, which nobody makes fit by trying
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LETTERS = 16
_CODE = "QH1:"
CODES = (_CODE, "QCDESK:1:", "{")
"""How what a square code on paper says begins: signed, of an earlier version, and as a file holds it."""
_BYTES = 1 + 16 + 8 + 32 + 8 + 16 + SIGNATURE_BYTES + 32
_BARE_CODE = re.compile(r"QCDESK:1:([0-9a-f]{32}):.{1,100}:[0-9a-f]{64}:([0-9]{1,16}):([0-9a-f]{64})")
_PRINTED = re.compile(r"([0-9]{1,16})([0-9A-F]{16})([A-HJ-NP-Z]{16})")


class NotAnAnchor(ValueError):
    """A file or a typed code is no anchor. Says nothing of what was in it."""


@dataclass(frozen=True)
class Head:
    """The log's last event at a time: ``hash`` is hex; ``at`` in microseconds UTC."""

    vault: str
    seq: int
    hash: str
    at: int

    def body(self) -> bytes:
        """Return the canonical bytes, which are signed as kind ``head``."""
        return encode({"vault": self.vault, "seq": self.seq, "hash": self.hash, "at": self.at})


@dataclass(frozen=True)
class Anchor:
    """A head with the signature on it: ``key`` is the id of a person's or a station's key, ``sig`` 64 bytes."""

    head: Head
    key: str
    sig: bytes

    def text(self) -> str:
        """Return the file: one JSON object on one line. It is also what the printed code holds."""
        head = self.head
        said = {"vault": head.vault, "seq": head.seq, "hash": head.hash, "at": head.at}
        return json.dumps({**said, "key": self.key, "sig": self.sig.hex()}, separators=(",", ":"))

    def code(self, record: str = "") -> str:
        """Return the square code on paper: what ``text`` says, half as long, and the hash of the record shown."""
        head = self.head
        said = (
            b"\x01",
            bytes.fromhex(head.vault),
            head.seq.to_bytes(8, "big"),
            bytes.fromhex(head.hash),
            head.at.to_bytes(8, "big"),
            bytes.fromhex(self.key),
            self.sig,
            bytes.fromhex(record or "00" * HASH_BYTES),
        )
        return _CODE + base45(b"".join(said))

    @staticmethod
    def read(text: str | bytes) -> Anchor:
        """Return the anchor of a file, or of a square code; members that are none of ours are passed over.

        Raises: NotAnAnchor: neither, or a field is missing or out of form.
        """
        if text[:4] in (_CODE, _CODE.encode()):
            return _of_code(text)
        try:
            said = json.loads(text)
            head = Head(said["vault"], said["seq"], said["hash"], said["at"])
            anchor = Anchor(head, said["key"], bytes.fromhex(said["sig"]))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
            raise NotAnAnchor("not an anchor") from problem
        for text_, shape in ((head.vault, _ID), (head.hash, _HASH), (anchor.key, _ID)):
            if type(text_) is not str or not shape.fullmatch(text_):
                raise NotAnAnchor("out of form")
        for number, least in ((head.seq, 1), (head.at, 0)):
            if type(number) is not int or not least <= number < INTEGER_LIMIT:
                raise NotAnAnchor("out of form")
        if len(anchor.sig) != SIGNATURE_BYTES:
            raise NotAnAnchor("out of form")
        return anchor


def _of_code(text: str | bytes) -> Anchor:
    try:
        bare = text if isinstance(text, str) else text.decode("ascii")
        said = from_base45(bare.strip()[len(_CODE) :])
    except ValueError as problem:
        raise NotAnAnchor("not a code") from problem
    if len(said) != _BYTES or said[0] != 1:
        raise NotAnAnchor("another code")
    seq, at = int.from_bytes(said[17:25], "big"), int.from_bytes(said[57:65], "big")
    if not 1 <= seq < INTEGER_LIMIT or at >= INTEGER_LIMIT:
        raise NotAnAnchor("out of form")
    return Anchor(Head(said[1:17].hex(), seq, said[25:57].hex(), at), said[65:81].hex(), said[81:145])


def read_bare(text: str) -> Head:
    """Return the head of a square code of an earlier version, which nobody signed; its time is not known (0).

    Raises: NotAnAnchor: no such code.
    """
    found = _BARE_CODE.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) < INTEGER_LIMIT:
        raise NotAnAnchor("no such code")
    return Head(found[1], int(found[2]), found[3], 0)


@dataclass(frozen=True)
class PrintedHead:
    """What is left of a head on paper: event number, the hash's first 16 digits (lower case), the site's fingerprint."""

    seq: int
    digits: str
    fingerprint: str


def printed(seq: int, digest: str, fingerprint: str) -> str:
    """Return a head as paper shows it: ``1204 · 9F3A 2C7B 1D04 E6AA · ABCD-EFGH-JKLM-NPQR``.

    Args: digest: hash of the event, hex. fingerprint: the site's 16 letters.
    """
    if len(digest) != 2 * HASH_BYTES:
        raise ValueError("a hash has 32 bytes")
    code = digest[:PRINTED_DIGITS].upper()
    groups = " ".join(code[i : i + 4] for i in range(0, PRINTED_DIGITS, 4))
    return f"{seq} · {groups} · {fingerprint}"


def read_printed(typed: str) -> PrintedHead:
    """Return the head that somebody typed off paper; spaces, dots, dashes and small letters make no difference.

    Raises: NotAnAnchor: no such code.
    """
    found = _PRINTED.fullmatch(re.sub(r"[\s.·,;/\u2013-]", "", typed).upper())
    if found is None:
        raise NotAnAnchor("no such code")
    seq, digits = int(found[1]), found[2]
    if not 1 <= seq < INTEGER_LIMIT:
        raise NotAnAnchor("no such code")
    return PrintedHead(seq, digits.lower(), "-".join(found[3][i : i + 4] for i in range(0, _LETTERS, 4)))


@dataclass(frozen=True)
class SeenAct:
    """What an event did, as far as it was noted outside the log: its kind, its batch's number, and who.

    ``batch`` and ``person``: ids where nothing tells number or name; empty where there is none.
    """

    seq: int
    kind: str
    batch: str = ""
    person: str = ""


@dataclass(frozen=True)
class Lacking:
    """What another copy of the log holds and this one does not, oldest first.

    ``unread``: how many lines of the other copy could not be read, any of which may be one more.
    """

    acts: tuple[SeenAct, ...]
    unread: int = 0


@dataclass(frozen=True)
class Lost:
    """An event that was seen and is no longer there.

    ``kind``: ``missing``, the log ends before it; ``differs``, it holds another one; ``vault``, it is another log.
    ``seq`` and ``at``: the last such event, and when it was seen (microseconds UTC). ``last``: where the log ends now.
    ``since``: the last event that was seen and is still there; 0 where none is. ``acts``: what the lost events did, as
    far as this station noted it, oldest first.
    """

    kind: Literal["missing", "differs", "vault"]
    seq: int
    at: int
    last: int
    since: int
    acts: tuple[SeenAct, ...] = ()
