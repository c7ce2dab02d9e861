# SPDX-License-Identifier: Apache-2.0
"""Search that forgives: ``dang`` finds Đặng, ``chongqing`` and ``cq`` find 重庆."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_HANZI = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def folded(texts: Iterable[str]) -> str:
    """Return what a row is found by: one searched column made of the texts that name it.

    Of every text: as written (case folded), in plain Latin letters, and for Chinese the whole pinyin and its
    initials. The parts stand on lines of their own, so that no match runs across two of them.
    """
    parts: list[str] = []
    for text in texts:
        plain = unicodedata.normalize("NFC", text).casefold()
        parts += [plain, latin(plain), *_pinyin(plain)]
    return "\n".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def wanted(query: str) -> tuple[str, ...]:
    """Return the words that a folded column must all contain; none for an empty query.

    A word with diacritics, hanzi or Thai is looked for as written (Đặng does not mean dang), one in plain
    letters in the folded forms too, since both stand in the column.
    """
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", query).casefold().split()))


def found(column: str, query: str) -> bool:
    """Tell whether a folded column answers the query."""
    return all(word in column for word in wanted(query))


def latin(text: str) -> str:
    """Return a text in plain small Latin letters, as near as they come."""
    if text.isascii():
        return text
    from anyascii import anyascii  # lazy: reads its tables from disk

    return anyascii(text).lower()


def _pinyin(text: str) -> tuple[str, ...]:
    if not _HANZI.search(text):
        return ()
    from pypinyin import Style, lazy_pinyin  # lazy: its dictionaries take a quarter of a second

    whole = latin("".join(lazy_pinyin(text)))
    initials = "".join("".join(lazy_pinyin(run, style=Style.FIRST_LETTER)) for run in _HANZI.findall(text))
    return whole, initials
