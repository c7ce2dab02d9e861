# SPDX-License-Identifier: Apache-2.0
"""Pictures that a person picked: read and kept off the thread of the window."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qcdesk.services.ports import Files
from qcdesk.services.trouble import Trouble

FROM_FILE: Final = "file:"


def kept_picture(files: Files, value: str, *, logo: bool = False) -> str | None:
    """Return the key under which the picture of a field is kept; a file chosen just now is kept first.

    Args: logo: it may be a drawing, too.

    Raises: BadInput: no picture; Trouble ``file_unreadable``.
    """
    if not value.startswith(FROM_FILE):
        return value or None
    path = Path(value.removeprefix(FROM_FILE))
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise Trouble("file_unreadable", file=path.name, reason=problem.strerror or "") from problem
    return files.keep_logo(content) if logo else files.keep_picture(content)
