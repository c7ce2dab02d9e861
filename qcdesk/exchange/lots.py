# SPDX-License-Identifier: Apache-2.0
"""Lot numbers out of free text, as far as they stand there plainly; what is not plain is left and told.

"Lots: 041816A Exp. 04/19; 070816E Exp. 07/19" names two lots and two days. Nothing is guessed: a number is taken only
after a word for lots, alone between two separators or beside others of the very same shape, and never where it reads
like a day, a range or part of a longer number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NUMBER_WORD = r"(?:numbers?|nos?\b|codes?|#|số|号码?|號碼?)"
_LOT = re.compile(
    rf"(?:\b(?:lots?|batch(?:es)?|lotes?|chargen?|lô)(?![^\W\d_])|批[号號次]|ล็อต)(?:[\s./]*{_NUMBER_WORD})*[\s.:：#]*",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,;，；、\n]|\s{2,}|\.(?=\s|$)|\b(?:and|or|und|et|y|và)\b|&", re.IGNORECASE)
# What follows is a day until the next separator.
_DAY_WORD = re.compile(
    r"\b(?:exp|expir[a-z]*|expiry|bud|beyond|best|use|used|sell|bb|mfg|hsd|date[sd]?)(?![^\W\d_])|有效期",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?:[0-9]{{1,4}}[/.-][0-9]{{1,2}}(?:[/.-][0-9]{{2,4}})?|[0-9]{{1,2}}[/-](?:19|20)[0-9]{{2}}|(?:19|20)[0-9]{{2}}"
    rf"|(?:[0-9]{{1,2}}\s+)?{_MONTHS}(?:\s+[0-9]{{1,4}})*)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|(?<=\s))[a-zA-Z0-9]\)\s*")  # "a) … b) …"
# Fewer than five figures alone are as often a month ("0919").
_ONE = re.compile(r"(?=[^\s]*[0-9])(?![0-9]{1,4}$)[A-Za-z0-9][A-Za-z0-9@/_.-]{1,38}[A-Za-z0-9]")
_RANGE = re.compile(r"([A-Za-z0-9]{3,})-([A-Za-z0-9]{3,})")


@dataclass(frozen=True)
class LotsRead:
    """The lot numbers of a text, each once and in its order, and what stood after a word for lots and was not read."""

    lots: tuple[str, ...]
    rest: tuple[str, ...] = ()


def read_lots(text: str) -> LotsRead:
    """Return the lot numbers that a free text names."""
    lots: dict[str, None] = {}
    rest: list[str] = []
    marks = [*_LOT.finditer(text)]
    ends = (*(mark.start() for mark in marks[1:]), len(text))
    for mark, end in zip(marks, ends, strict=False):
        for piece in _PIECES.split(text[mark.end() : end]):
            said = _LISTED.sub("", piece).strip(" \t.:()")
            day = _DAY_WORD.search(said)
            before = (said[: day.start()] if day else said).strip(" \t.:(")
            if not before or _DAY.fullmatch(before):
                continue
            found = before.split()
            if len(found) > 1 and _DAY.fullmatch(found[-1]):
                found.pop()
            if not _plain(found):
                rest.append(before)
                break  # numbers after other words are of something else: items, articles, invoices
            lots.update(dict.fromkeys(found))
    return LotsRead(tuple(lots), tuple(rest))


def _plain(found: list[str]) -> bool:
    """Return whether words are lot numbers: each looks like one, and all like the first."""
    return len({_shape(one) for one in found}) == 1 and all(
        _ONE.fullmatch(one) and not _DAY.fullmatch(one) and not _is_range(one) for one in found
    )


def _is_range(one: str) -> bool:
    ends = _RANGE.fullmatch(one)
    return ends is not None and _shape(ends[1]) == _shape(ends[2])


def _shape(text: str) -> str:
    return re.sub("[A-Za-z]", "A", re.sub("[0-9]", "9", text))
