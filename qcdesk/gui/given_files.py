# SPDX-License-Identifier: Apache-2.0
"""Reading a file that somebody chose on a sheet."""

from __future__ import annotations

from pathlib import Path

from qcdesk.services.trouble import Trouble


def read_given(file: str, longest: int) -> bytes:
    """Return what a file holds; at most one byte beyond ``longest``, so that whoever keeps it can refuse it.

    Raises: Trouble ``file_unreadable``.
    """
    try:
        with Path(file).open("rb") as opened:
            return opened.read(longest + 1)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        reason = problem.strerror or "" if isinstance(problem, OSError) else ""
        raise Trouble("file_unreadable", file=Path(file).name, reason=reason) from problem
