# SPDX-License-Identifier: Apache-2.0
"""Where a line may end: at spaces, in Thai between words, in Chinese between most signs (Unicode's rules, by ICU)."""

from __future__ import annotations

_PERCENT = "%‰"


def line_parts(text: str) -> list[str]:
    """Return the parts of a text between which a line may end, each with its spaces; a figure keeps its per cent."""
    from icu4py.breakers import LineBreaker  # lazy: charts on a screen that is being opened need it first

    kept: list[str] = []
    for part in LineBreaker(text, "th"):
        if kept and part[0] in _PERCENT and kept[-1].rstrip()[-1:].isdigit():
            kept[-1] += part
        else:
            kept.append(part)
    return kept
