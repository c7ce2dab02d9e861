# SPDX-License-Identifier: Apache-2.0
"""Heads kept outside the database, held against the log: a cut tail, an old copy, a log made anew (trust.md §6).

An anchor's file is one JSON object: ``vault, seq, hash, at`` signed in its canonical form as kind ``head``, with ``key``
(id of the key that signed: a person's or a workstation's) and ``sig`` (hexadecimal digits).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qcdesk.checker import canonical, signatures
from qcdesk.checker.findings import Finding
from qcdesk.checker.lines import HASH, ID
from qcdesk.checker.sources import require_text

LONGEST = 10_000


@dataclass(frozen=True)
class Anchor:
    """A head: number and hash of a line that the log had at a time (microseconds UTC). ``name``: where it was kept."""

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


def read_anchor(path: Path) -> Anchor | Finding:
    """Return the anchor in a file, or the finding that it is none. Raises: NoLog: the file cannot be read."""
    text = require_text(path, LONGEST)
    try:
        said = json.loads(text)
        anchor = Anchor(
            str(path.name),
            said["vault"],
            said["seq"],
            said["hash"],
            said["at"],
            said["key"],
            bytes.fromhex(said["sig"]),
        )
        if not (ID.fullmatch(anchor.vault) and HASH.fullmatch(anchor.hash) and ID.fullmatch(anchor.key)):
            raise ValueError("out of form")
        if type(anchor.seq) is not int or type(anchor.at) is not int or anchor.seq < 1 or anchor.at < 0:
            raise ValueError("out of form")
    except (ValueError, KeyError, TypeError, RecursionError):
        return Finding.of(None, "anchor_form", file=path.name)
    return anchor


def against(
    anchors: Iterable[Anchor], vault: str | None, hashes: dict[int, str], keys: dict[str, str]
) -> list[Finding]:
    """Hold anchors against a log.

    Args: vault: the log's. hashes: of at least the lines that the anchors name. keys: id to public half of every key of
        a person or a workstation that the log ever knew, also one that is dead by now.
    """
    found = []
    for anchor in anchors:
        code = _problem(anchor, vault, hashes, keys)
        if code is not None:
            event = anchor.seq if code == "anchor_differs" else None
            found.append(Finding.of(event, code, file=anchor.name, seq=anchor.seq))
    return found


def _problem(anchor: Anchor, vault: str | None, hashes: dict[int, str], keys: dict[str, str]) -> str | None:
    if anchor.seq not in hashes:
        missing: str | None = "anchor_missing"
    else:
        missing = None if hashes[anchor.seq] == anchor.hash else "anchor_differs"
    if anchor.vault != vault:
        return "anchor_vault"
    if anchor.key not in keys:
        return missing or "anchor_key"  # cut off or made anew, the log may have lost the key as well
    if not signatures.verify(bytes.fromhex(keys[anchor.key]), "head", anchor.signed(), anchor.sig):
        return "anchor_signature"
    return missing
