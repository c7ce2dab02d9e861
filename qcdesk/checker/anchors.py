# SPDX-License-Identifier: Apache-2.0
"""Heads kept outside the database, held against the log: a cut tail, an old copy, a log made anew (trust.md §6).

An anchor's file is one JSON object: ``vault, seq, hash, at`` signed in its canonical form as kind ``head``, with ``key``
(id of the key that signed: a workstation's or a person's) and ``sig`` (hexadecimal digits). A backup's manifest holds
one under ``anchor``; an older one has a bare ``head`` that nobody signed. The square code on paper is ``QH1:`` and
base45 of the same, as numbers; it may be given as it was scanned.

That the log lacks a head, or holds another event in its place, is a finding whoever signed it: a log that was cut off or
made anew has often lost the key as well. That a head fits is worth less without a good signature: anybody may have
written it after the end was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qcdesk.checker import canonical, signatures
from qcdesk.checker.certificates import Unreadable, from_base45
from qcdesk.checker.findings import Finding
from qcdesk.checker.lines import HASH, ID

CODE = "QH1:"
_BYTES = 1 + 16 + 8 + 32 + 8 + 16 + 64 + 32


@dataclass(frozen=True)
class Anchor:
    """A head: number and hash of a line that the log had at a time (microseconds UTC). ``name``: where it was kept.

    ``key`` and ``sig`` are empty where nobody signed it.
    """

    name: str
    vault: str
    seq: int
    hash: str
    at: int
    key: str
    sig: bytes

    def signed(self) -> bytes:
        """Return the canonical bytes that were signed."""
        return canonical.write({"vault": self.vault, "seq": self.seq, "hash": self.hash, "at": self.at})


def read_text(name: str, text: bytes) -> Anchor | Finding:
    """Return the anchor that a text is, or the finding that it is none."""
    if text.startswith(CODE.encode()):
        return _of_code(text.decode("utf-8", "replace").strip())
    try:
        said = json.loads(text)
        if "head" in said and "files" in said:
            said = said.get("anchor") or _bare(said)
        return _anchor(name, said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Finding.of(None, "anchor_form", file=name)


def _bare(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the head of a backup that was made before heads were signed, or where the log knew no workstation."""
    return {"vault": manifest["vault"], "at": manifest["at"], **manifest["head"], "key": "", "sig": ""}


def _anchor(name: str, said: dict[str, Any]) -> Anchor:
    """Return an anchor of its members. Raises: ValueError, KeyError, TypeError: out of form."""
    anchor = Anchor(
        name, said["vault"], said["seq"], said["hash"], said["at"], said["key"], bytes.fromhex(said["sig"])
    )
    bare = anchor.key == "" and anchor.sig == b""
    if not bare and len(anchor.sig) != 64:
        raise ValueError("out of form")
    if not (
        ID.fullmatch(anchor.vault) and HASH.fullmatch(anchor.hash) and (bare or ID.fullmatch(anchor.key))
    ):
        raise ValueError("out of form")
    if type(anchor.seq) is not int or type(anchor.at) is not int or anchor.seq < 1 or anchor.at < 0:
        raise ValueError("out of form")
    return anchor


def _of_code(text: str) -> Anchor | Finding:
    name = text[:20]
    try:
        said = from_base45(text[len(CODE) :])
    except Unreadable:
        return Finding.of(None, "anchor_form", file=name)
    seq, at = int.from_bytes(said[17:25], "big"), int.from_bytes(said[57:65], "big")
    if len(said) != _BYTES or said[0] != 1 or not 1 <= seq < 2**53 or at >= 2**53:
        return Finding.of(None, "anchor_form", file=name)
    return Anchor(name, said[1:17].hex(), seq, said[25:57].hex(), at, said[65:81].hex(), said[81:145])


def against(
    anchors: Iterable[Anchor], vault: str | None, hashes: dict[int, str], keys: dict[str, str]
) -> list[Finding]:
    """Hold anchors against a log.

    Args: vault: the log's. hashes: of at least the lines that the anchors name. keys: id to public half of every key of
        a person or a workstation that the log ever knew, also one that is dead by now; of any other key the public half
        is left out, and its signature is not good on a head.
    """
    found = []
    for anchor in anchors:
        wrong = _differs(anchor, vault, hashes)
        for code in (wrong, _worth(anchor, keys) if wrong != "anchor_vault" else None):
            if code is not None:
                event = anchor.seq if code == "anchor_differs" else None
                found.append(Finding.of(event, code, file=anchor.name, seq=anchor.seq))
    return found


def _differs(anchor: Anchor, vault: str | None, hashes: dict[int, str]) -> str | None:
    if anchor.vault != vault:
        return "anchor_vault"
    if anchor.seq not in hashes:
        return "anchor_missing"
    return None if hashes[anchor.seq] == anchor.hash else "anchor_differs"


def _worth(anchor: Anchor, keys: dict[str, str]) -> str | None:
    """Return what is wrong with the signature of one that has any."""
    if not anchor.key:
        return None
    public = keys.get(anchor.key)
    if public is None:
        return "anchor_key"
    good = public != "" and signatures.verify(bytes.fromhex(public), "head", anchor.signed(), anchor.sig)
    return None if good else "anchor_signature"
