# SPDX-License-Identifier: Apache-2.0
"""The world failed, not the person and not the program: disk, lock, server, device."""

from __future__ import annotations

import errno
from pathlib import Path

from qcdesk.domain.canonical import INTEGER_LIMIT


class Trouble(Exception):
    """Adapters turn their driver's errors into this at the edge; people see it with "try again".

    Args:
        code: short stable name, such as ``disk_full``, ``locked`` or ``server_gone``.
        facts: what a sentence about it needs; never a secret.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


def require_believable(clock: int) -> int:
    """Return what a clock says (microseconds UTC). Raises: Trouble ``clock_far``: no signed number can hold it."""
    if not 0 <= clock < INTEGER_LIMIT:
        raise Trouble("clock_far")
    return clock


def unwritten(failed: OSError, path: Path) -> Trouble:
    """Return what a disk said as trouble: ``disk_full`` or ``file_unwritable`` (facts ``file``, ``reason``)."""
    full = failed.errno in (errno.ENOSPC, errno.EDQUOT)
    return Trouble("disk_full" if full else "file_unwritable", file=str(path), reason=failed.strerror or "")
