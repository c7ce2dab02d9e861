# SPDX-License-Identifier: Apache-2.0
"""Files kept beside the database under their SHA-256, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from qcdesk.services.trouble import Trouble

_NAME = re.compile("[0-9a-f]{64}")


def store_file(folder: Path, payload: bytes) -> str:
    """Keep bytes under their hash and return it; the same bytes are kept once.

    Returns only after the file and its name are on the disk, so that an event may name it (trust.md §3).
    Raises: Trouble: ``disk_full``, ``file_unwritable``.
    """
    sha256 = hashlib.sha256(payload).hexdigest()
    path = folder / sha256
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = path.is_file() and path.read_bytes() == payload  # a damaged copy is written again
    except OSError as failed:
        raise _trouble(failed, path) from failed
    if not there:
        with written_whole(path) as file:
            file.write(payload)
    return sha256


def stored_file(folder: Path, sha256: str) -> bytes:
    """Return kept bytes, compared with their hash before anybody sees them.

    Raises: Trouble: ``stored_file_missing``, ``stored_file_changed`` or ``file_unreadable`` (fact ``sha256``).
        ValueError: that is no hash.
    """
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"no SHA-256: {sha256[:80]!r}")
    try:
        payload = (folder / sha256).read_bytes()
    except FileNotFoundError as missing:
        raise Trouble("stored_file_missing", sha256=sha256) from missing
    except OSError as failed:
        raise Trouble("file_unreadable", sha256=sha256, reason=failed.strerror) from failed
    if hashlib.sha256(payload).hexdigest() != sha256:
        raise Trouble("stored_file_changed", sha256=sha256)
    return payload


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that takes its place when all went well: synced, renamed, folder synced.

    After any error the file that stood there stands there still, and no other is left behind.
    Raises: Trouble: ``disk_full``, ``file_unwritable`` (facts ``file``, ``reason``).
    """
    beside = ""
    try:
        descriptor, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
        beside = ""
        _sync_folder(path.parent)
    except OSError as failed:
        raise _trouble(failed, path) from failed
    finally:
        if beside:
            Path(beside).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder; its journal orders the rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _trouble(failed: OSError, path: Path) -> Trouble:
    full = failed.errno in (errno.ENOSPC, errno.EDQUOT)
    return Trouble("disk_full" if full else "file_unwritable", file=str(path), reason=failed.strerror)
