# SPDX-License-Identifier: Apache-2.0
"""Where Thai may be broken at the end of a line: Qt finds no place by itself where the system has no Thai dictionary."""

from __future__ import annotations

import re
from functools import lru_cache

MAY_BREAK = "\u200b"  # shown only, never stored
_THAI = re.compile("[\u0e01-\u0e5b]+")


@lru_cache(maxsize=2048)
def breakable(text: str) -> str:
    """Return the text with a zero-width space wherever a Thai line may end; other text comes back as it is."""
    if _THAI.search(text) is None:
        return text
    from icu4py.breakers import LineBreaker  # lazy: only Thai needs its dictionary

    def parts(match: re.Match[str]) -> str:
        return MAY_BREAK.join(LineBreaker(match[0], "th"))

    return _THAI.sub(parts, text)
