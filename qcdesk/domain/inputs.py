# SPDX-License-Identifier: Apache-2.0
"""What came in and cannot be taken: a problem and the place where it stands."""

from __future__ import annotations


class BadInput(Exception):
    """Something a person typed or a file holds cannot be taken; nothing was changed.

    Args:
        code: short stable name of the problem, such as ``number`` or ``unknown_batch``.
        facts: what a sentence about it needs (see ``qcdesk.wording``): the value, what would be right.
        where: the place, as far as known: ``file``, ``row`` (1-based), ``column``, ``field``.
    """

    def __init__(
        self, code: str, *, facts: dict[str, object] | None = None, where: dict[str, object] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts or {}
        self.where = where or {}

    def __str__(self) -> str:
        return f"{self.code} {self.facts} {self.where}"
