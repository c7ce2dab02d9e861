# SPDX-License-Identifier: Apache-2.0
"""Files kept beside the database under their SHA-256, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from qcdesk import durable
from qcdesk.services.trouble import Trouble, unwritten

_NAME = re.compile("[0-9a-f]{64}")


def store_file(folder: Path, payload: bytes) -> str:
    """Keep bytes under their hash and return it; the same bytes are kept once.

    Returns only after the file and its name are on the disk, so that an event may name it (trust.md §3).
    Raises: Trouble: ``disk_full``, ``file_unwritable``.
    """
    sha256 = hashlib.sha256(payload).hexdigest()
    path = folder / sha256
    try:
        durable.make_folder(folder)
        there = path.is_file() and path.read_bytes() == payload  # a damaged copy is written again
    except OSError as failed:
        raise unwritten(failed, path) from failed
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
    """Open a file that takes the place of ``path`` when all went well, as ``qcdesk.durable`` does.

    Raises: Trouble: ``disk_full``, ``file_unwritable`` (facts ``file``, ``reason``).
    """
    try:
        with durable.written_whole(path) as file:
            yield file
    except OSError as failed:
        raise unwritten(failed, path) from failed
