# SPDX-License-Identifier: Apache-2.0
"""Photos, pictures and files kept by their hashes, wherever a database keeps them."""

from __future__ import annotations

import hashlib

from qcdesk.store.database import Database

FOLDER = "files"


def digest(database: Database, name: str) -> str:
    """Return the SHA-256 of what is kept under a name; empty: nothing is."""
    path = database.folder / FOLDER / name
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def is_kept(database: Database, name: str) -> bool:
    """Tell whether anything is kept under a name."""
    return (database.folder / FOLDER / name).is_file()
