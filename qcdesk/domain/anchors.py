# SPDX-License-Identifier: Apache-2.0
"""Heads of the log kept outside the database: what an anchor says, its file, and the code that is typed off paper.

An anchor names the log's last event at one time. Whoever later holds it against the log sees a cut end, a restored
old copy, and a log that was made anew (trust.md §6).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from qcdesk.domain.canonical import INTEGER_LIMIT, encode
from qcdesk.domain.log import HASH_BYTES, SIGNATURE_BYTES

LONGEST_FILE = 10_000  # bytes
PRINTED_DIGITS = 16  # of the hash: 64 bits, which nobody makes fit by trying
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LETTERS = 16
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

    @staticmethod
    def read(text: str | bytes) -> Anchor:
        """Return the anchor of a file; members that are none of ours are passed over.

        Raises: NotAnAnchor: not JSON, or a field is missing or out of form.
        """
        try:
            said = json.loads(text)
            head = Head(said["vault"], said["seq"], said["hash"], said["at"])
            anchor = Anchor(head, said["key"], bytes.fromhex(said["sig"]))
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
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
class Lost:
    """An event that was seen and is no longer there.

    ``kind``: ``missing``, the log ends before it; ``differs``, it holds another one; ``vault``, it is another log.
    ``seq`` and ``at``: the last such event, and when it was seen (microseconds UTC). ``last``: where the log ends now.
    ``since``: the last event that was seen and is still there; 0 where none is.
    """

    kind: Literal["missing", "differs", "vault"]
    seq: int
    at: int
    last: int
    since: int
