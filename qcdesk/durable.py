# SPDX-License-Identifier: Apache-2.0
"""Files and folders that are on the disk when the call returns: whole or not at all, and their names too.

A name is on the disk only when the folder that holds it was synced. That goes for a folder as for a file: a picture
whose bytes were synced is lost with the folder whose name was not.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".part"


def make_folder(folder: Path) -> None:
    """Make a folder and whatever is missing above it; one that is there is left alone. Raises: OSError."""
    missing = []
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        missing.append(place)
        place = place.parent
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that takes its place when all went well.

    After any error the file that stood there stands there still, and no other is left behind. A process that is
    killed meanwhile leaves one whose name begins with a dot and ends in ``.part``.
    Raises: OSError.
    """
    beside = path.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    placed = False
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        placed = True
    finally:
        if not placed:
            with suppress(OSError):
                beside.unlink()
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Bring a file's bytes and length to the disk. Raises: OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk. Raises: OSError."""
    if os.name == "nt":
        return  # Windows cannot open a folder; its journal orders the names
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
