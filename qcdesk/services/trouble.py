# SPDX-License-Identifier: Apache-2.0
"""The world failed, not the person and not the program: disk, lock, server, device."""

from __future__ import annotations


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
