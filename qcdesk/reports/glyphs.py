# SPDX-License-Identifier: Apache-2.0
"""Which characters the program's fonts can draw: asked of whatever is typed, long before anything is printed.

Nothing here loads what draws: the tables of the font files are enough, and each is read once, at the first character
that no font before it has.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import uharfbuzz

from qcdesk.config import resource
from qcdesk.domain.inputs import BadInput

LINE_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n") | {ord("\t"): " "}
# No visible form of their own: soft hyphen, joiners, variation selectors, byte order mark. U+200B stays as a break.
DROPPED = dict.fromkeys(
    [0xAD, 0x34F, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
SPACES = dict.fromkeys(
    map(ord, "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u1680"), " "
)
BREAK = "\u200b"
_drawn: set[str] = set()  # what was asked of before: a long list asks it again and again
_NAMED = 8  # of a text in another script; more tell nobody more
_WORDS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}


def stack(weight: int) -> tuple[str, ...]:
    """Return the font files to ask for a character, in order; the names are those of resources/fonts."""
    word = _WORDS[weight]
    chinese = "NotoSansSC-Bold" if weight >= 600 else "NotoSansSC-Regular"
    return (
        f"NotoSans-{word}",
        f"NotoSansThai-{word}",
        "NotoSansMath-Regular",
        chinese,
        "NotoSansSymbols-Regular",
        "NotoSansSymbols2-Regular",
        "NotoSansSCRare-Regular",
    )


@cache
def coverage(name: str) -> frozenset[int]:
    """Return the code points that a font of the program has."""
    file = uharfbuzz.Blob.from_file_path(str(resource(f"fonts/{name}.ttf")))
    return frozenset(uharfbuzz.Face(file).unicodes)


@lru_cache(maxsize=50_000)
def font_for(character: str, weight: int) -> str | None:
    """Return the first font that has the character, or None."""
    code = ord(character)
    for name in stack(weight):
        if code in coverage(name):
            return name
    return None


@lru_cache(maxsize=50_000)
def visible(character: str) -> str:
    """Return a character as paper shows it: itself, its parts, or its code in brackets where no font has it."""
    if character in ("\n", BREAK):
        return character
    if _drawable(character):
        return character
    parts = unicodedata.normalize("NFD", character)
    if len(parts) > 1 and all(_drawable(part) for part in parts):
        return parts
    return f"⟨U+{ord(character):04X}⟩"


def _drawable(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return False
    return font_for(character, 400) is not None


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that paper can only show as codes, each once, in order."""
    text = unicodedata.normalize("NFC", text.replace("\r", "\n")).translate(LINE_ENDS).translate(DROPPED)
    text = text.translate(SPACES)
    return tuple(dict.fromkeys(c for c in text if len(visible(c)) > 2 and visible(c)[0] == "⟨" != c))


def require_printable(text: str, field: str) -> None:
    """Refuse text that would print as codes, before it is signed.

    Raises: BadInput: ``glyph`` (facts ``characters``, as they look or by their names; ``codes``), at the field.
    """
    if _drawn.issuperset(text):
        return
    lost = missing(text)[:_NAMED]
    if not lost:
        _drawn.update(unicodedata.normalize("NFC", text))
    else:
        codes = " ".join(f"U+{ord(character):04X}" for character in lost)
        shown = " ".join(
            unicodedata.name(c, "").lower() if unicodedata.category(c)[0] in "CZ" else c for c in lost
        )
        raise BadInput("glyph", facts={"characters": shown, "codes": codes}, where={"field": field})
