# SPDX-License-Identifier: Apache-2.0
"""Writes the checker as one file, ``qcdesk-check.pyz``, which any Python 3.11 or newer runs with nothing installed."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from qcdesk.checker import schema

_OLDEST = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the same sources give the same bytes, so that a published hash can be compared
_SPDX = "# SPDX-License-Identifier: Apache-2.0\n"
_MAIN = f'''{_SPDX}"""Starts the checker."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("The checker needs Python 3.11 or newer.")
    from qcdesk.checker.command import main

    sys.exit(main())
'''


def packed() -> bytes:
    """Return the file's bytes: the sources of this package, the figures it asks for, the schema it knows, and a start."""
    made = io.BytesIO()
    made.write(b"#!/usr/bin/env python3\n")
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "__main__.py", _MAIN.encode())
        _put(archive, "qcdesk/__init__.py", f'{_SPDX}"""Holds the checker and nothing else."""\n'.encode())
        for part in ("checker", "statistics"):
            for name, text in sorted(_sources(resources.files("qcdesk") / part, f"qcdesk/{part}")):
                _put(archive, name, text)
        _put(archive, f"qcdesk/checker/{schema.WRITTEN}", schema.written())
    return made.getvalue()


def write(path: Path) -> None:
    """Write it, executable. Raises: OSError."""
    path.write_bytes(packed())
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _sources(folder: Traversable, under: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{under}/{entry.name}")
        elif entry.name.endswith(".py"):
            yield f"{under}/{entry.name}", entry.read_bytes()


def _put(archive: zipfile.ZipFile, name: str, text: bytes) -> None:
    info = zipfile.ZipInfo(name, _OLDEST)
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text)
