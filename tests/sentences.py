# SPDX-License-Identifier: Apache-2.0
"""What the program says, read from its sources once for all tests of a process: that takes seconds."""

from __future__ import annotations

from functools import cache

from messages import Said, Spoken, collected, spoken


@cache
def said_in_package() -> tuple[Spoken, ...]:
    """Return every place where the program says something."""
    return tuple(spoken())


@cache
def sentences() -> Said:
    """Return every sentence that translators are given."""
    return collected(iter(said_in_package()))
