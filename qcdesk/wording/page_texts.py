# SPDX-License-Identifier: Apache-2.0
"""The text of printed pages as a program reads it back, and whether a text stands there that was set on them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from qcdesk.i18n import half, parted

Run = tuple[str, ...]
"""Texts that follow each other on a page: the cells of a row, or one sentence."""
FIRST: Final = 24
"""Letters of a text that a page must show before it may be cut."""
CUT: Final = "…"
_KEPT: Final = re.compile(r"\[\d+\]")
"""The number under which a text that was cut stands whole at the end."""
OPEN: Final = "\0"
"""A place in a sentence that is left open."""
_LIGATURES: Final = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""Letters joined in one sign, such as ffi, which whoever reads a page back tells apart."""
_BETWEEN: Final = "·,;，；、"


class Pages:
    """The text of pages, without the spaces and line ends that setting it brings."""

    def __init__(self, text: str) -> None:
        self._flat = _flat(text.replace("\x02", "-").replace("\ufffe", "-"))

    def show(self, run: Run, times: int = 1) -> bool:
        """Tell whether texts stand one behind the other in so many places; a long one may be cut there."""
        parts = [part for part in ((_flat(half(one, 0)), _beside(one)) for one in run) if part[0]]
        if not parts:
            return True
        head = parts[0][0][: FIRST // 2]
        plain = head if head in self._flat else ""
        place = self._flat.find(plain)
        while place >= 0:
            if self._all(parts, place):
                times -= 1
                if times == 0:
                    return True
            place = self._flat.find(plain, place + 1) if place < len(self._flat) else -1
        return False

    def figure(self, sentence: str) -> int:
        """Return the first whole number that stands where a sentence is left open; 0: the sentence stands nowhere."""
        before, behind = (re.escape(_flat(part)) for part in half(sentence, 0).split(OPEN))
        found = re.search(f"{before}([0-9]{{1,9}}){behind}", self._flat)
        return int(found[1]) if found is not None else 0

    def _all(self, parts: Sequence[tuple[str, str]], place: int) -> bool:
        for first, second in parts:
            place = self._after(first, place)
            if place < 0:
                return False
            place = self._behind(second, place)
        return True

    def _after(self, part: str, place: int) -> int:
        """Return where a text ends that begins here; -1: it does not stand here."""
        for count, character in enumerate(part):
            if self._flat[place : place + 1] == character:
                place += 1
                continue
            code = f"⟨U+{ord(character):04X}⟩"
            if self._flat.startswith(code, place):
                place += len(code)
            elif unicodedata.category(character) not in ("Cc", "Cf", "Mn", "Zl", "Zp"):
                return self._cut(part, count, place)
        return place

    def _cut(self, part: str, count: int, place: int) -> int:
        """Return where a text ends that is cut after so many letters; whoever cuts it sooner shows it whole elsewhere."""
        if self._flat[place : place + 1] != CUT:
            return -1
        kept = _KEPT.match(self._flat, place + 1)
        end = kept.end() if kept is not None else place + 1
        return end if count >= FIRST or (kept is not None and part in self._flat) else -1

    def _behind(self, second: str, place: int) -> int:
        """Return where the second language ends, if it begins here."""
        at = place
        for character in second:
            while self._flat[at : at + 1] != character:
                if self._flat[at : at + 1] == CUT:
                    return at + 1
                if not self._flat[at : at + 1] or self._flat[at] not in _BETWEEN:
                    return place
                at += 1
            at += 1
        return at


def _flat(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).translate(_LIGATURES).split())


def _beside(text: str) -> str:
    """Return what the second language adds to a text."""
    return _flat("".join(other for _, other in parted(text) if other))
