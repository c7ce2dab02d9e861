# SPDX-License-Identifier: Apache-2.0
"""What a backup says of itself: the folder's form, its manifest, and how either is found again.

A backup is a folder of one form for both engines::

    qcdesk-20261120T081500Z/
        manifest.json    head of the log, sizes, SHA-256 of every file
        qcdesk.sqlite    every table: SQLite's own pages, or PostgreSQL's rows in the same schema
        files/           photos and imported files under their SHA-256

The manifest is an anchor too: where the log knows the workstation that made the backup, it signs the head.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from qcdesk import __version__
from qcdesk.domain.anchors import Anchor
from qcdesk.domain.inputs import BadInput
from qcdesk.store.database import FILE_NAME

FORMAT = "qcdesk-backup-1"
MANIFEST = "manifest.json"
MANIFEST_BYTES = 100_000_000
HASH = re.compile("[0-9a-f]{64}")
_NAME = re.compile(f"{re.escape(FILE_NAME)}|files/[0-9a-f]{{64}}")
FOLDER_NAME = re.compile(r"qcdesk-\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True)
class Copied:
    """A file of a backup, with its size in bytes and its SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. ``problems``: how many the workspace itself had, which the copy has too.

    ``anchor``: the head, signed by the workstation that made it; None in older ones, and where the log did not know it.
    """

    vault: str
    seq: int
    hash: str
    at: int
    schema: str
    problems: int
    files: tuple[Copied, ...]
    anchor: Anchor | None = None


def find_backup(folder: Path) -> Path:
    """Return the backup that a folder is, or the newest one in it. Raises: BadInput: ``not_a_backup``."""
    if (folder / MANIFEST).is_file():
        return folder
    inside = (
        [p for p in folder.iterdir() if FOLDER_NAME.fullmatch(p.name) and (p / MANIFEST).is_file()]
        if folder.is_dir()
        else []
    )
    if not inside:
        raise BadInput("not_a_backup", facts={"file": str(folder)}, where={"file": str(folder)})
    return max(inside, key=lambda p: (read_manifest(p).at, p.name))


def read_manifest(backup: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises: BadInput: ``not_a_backup``: no manifest, another form, or a name that leads out of the folder.
    """
    try:
        path = backup / MANIFEST
        if path.stat().st_size > MANIFEST_BYTES:
            raise ValueError("too long")
        said = json.loads(path.read_text("utf-8"))
        if said["format"] != FORMAT:
            raise ValueError("another format")
        files = tuple(Copied(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in said["files"])
        if any(not _NAME.fullmatch(f.name) or not HASH.fullmatch(f.sha256) for f in files):
            raise ValueError("a name that is none of ours")
        if FILE_NAME not in {f.name for f in files}:
            raise ValueError("no database")
        head = said["head"]
        return Manifest(
            vault=str(said["vault"]),
            seq=int(head["seq"]),
            hash=str(head["hash"]),
            at=int(said["at"]),
            schema=str(said["schema"]),
            problems=int(said["problems"]),
            files=files,
            anchor=Anchor.read(json.dumps(said["anchor"])) if said.get("anchor") is not None else None,
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
        raise BadInput("not_a_backup", facts={"file": str(backup)}, where={"file": str(backup)}) from problem


def text_of(manifest: Manifest, letters: str) -> bytes:
    """Return the manifest's file. Args: letters: the site's fingerprint, for the eye."""
    said = {
        "format": FORMAT,
        "app": f"qcdesk {__version__}",
        "vault": manifest.vault,
        "fingerprint": letters,
        "schema": manifest.schema,
        "at": manifest.at,
        "head": {"seq": manifest.seq, "hash": manifest.hash},
        "anchor": json.loads(manifest.anchor.text()) if manifest.anchor is not None else None,
        "problems": manifest.problems,
        "files": [{"name": f.name, "bytes": f.bytes, "sha256": f.sha256} for f in manifest.files],
    }
    return (json.dumps(said, indent=1) + "\n").encode()
