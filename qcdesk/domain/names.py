# SPDX-License-Identifier: Apache-2.0
"""Names, codes and notes: what may stand in them, and which two a reader would take for one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import RECOVERY

NAME_LENGTH = 200
CODE_LENGTH = 64
LOGIN_LENGTH = 32
TEXT_LENGTH = 10_000
MARKS_IN_A_ROW = 4  # a Thai letter carries up to three; a heap of them is paint, not writing

CodeKind = Literal[
    "batch", "supplier", "product", "defect", "characteristic", "order", "staff", "reference", "line"
]

# Drawn as nothing although Unicode does not count them as control or format characters.
_BLANKS = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810)}
_BLANKS |= {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_BIDI_CONTROLS = {0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_JOINERS = {
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x2060,
    0xFEFF,
    0x00AD,
}  # Thai breaks, Arabic, soft hyphens
_PLAIN_CODE = re.compile(
    "[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)*"
)  # as codes usually are: nothing to mend or refuse
_CODE_SIGNS = set(" -_./#+:()&*,'°%")


def clean_name(typed: str, *, field: str = "name", longest: int = NAME_LENGTH) -> str:
    """Return a name (person, supplier, product …) as it is kept: NFC, trimmed, inner runs of spaces folded.

    Args: typed: one line of text. field: where it stands, for the error. longest: in characters.
    Raises: BadInput: ``missing``, ``too_long`` (facts ``longest``), ``character`` (facts ``character`` as
        ``U+200B``, ``name``, ``position`` counted from 1), each with ``where`` = field.
    """
    if (
        typed.isascii() and typed.isprintable()
    ):  # nothing below can be in it, and most names of a long list are so
        name = " ".join(typed.split())
        _require_length(name, longest, field)
        return name
    name = _folded_spaces(unicodedata.normalize("NFC", typed))
    _require_length(name, longest, field)
    for position, character in enumerate(name, 1):
        if _hidden(character):
            raise _bad_character(character, position, field)
    _require_written(name, field)
    return name


def clean_text(typed: str, *, field: str = "note", longest: int = TEXT_LENGTH, empty: bool = True) -> str:
    r"""Return a note or an address as it is kept: NFC, lines parted by ``\n``, no other control character.

    Spaces inside stay; Thai word breaks and joiners, which some scripts need, stay too. What turns the
    reading direction around is refused: it could make a signed sentence read otherwise than it is.
    Raises: BadInput: as ``clean_name``; ``missing`` only where ``empty`` is False.
    """
    if typed.isascii() and typed.isprintable():
        text = typed.strip()
        if text or not empty:
            _require_length(text, longest, field)
        return text
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    if text or not empty:
        _require_length(text, longest, field)
    for position, character in enumerate(text, 1):
        code = ord(character)
        if character != "\n" and code not in _JOINERS and (_hidden(character) or code in _BIDI_CONTROLS):
            raise _bad_character(character, position, field)
    _require_written(text, field)
    return text


def clean_code(typed: str, kind: CodeKind, *, longest: int = CODE_LENGTH) -> str:
    """Return a batch number or a supplier's, product's or defect's code as it is kept.

    Letters and digits of any script, single spaces inside, and ``-_./#+:()&*,'°%``; never two spellings that
    look the same (full-width, superscript): those are refused with the plain one named.
    Raises: BadInput: ``missing``, ``too_long``, ``character``, ``code_without_letter``, or ``code_spelling``
        (facts ``typed``, ``right``).
    """
    if len(typed) <= longest and _PLAIN_CODE.fullmatch(typed):
        return typed
    code = _folded_spaces(unicodedata.normalize("NFC", typed))
    _require_length(code, longest, kind)
    for position, character in enumerate(code, 1):
        if _hidden(character):
            raise _bad_character(character, position, kind)
    plain = unicodedata.normalize("NFKC", code)
    if plain != code:
        raise BadInput("code_spelling", facts={"typed": code, "right": plain}, where={"field": kind})
    for position, character in enumerate(code, 1):
        if unicodedata.category(character)[0] not in "LNM" and character not in _CODE_SIGNS:
            raise _bad_character(character, position, kind)
    if not any(character.isalnum() for character in code):
        raise BadInput("code_without_letter", facts={"typed": code}, where={"field": kind})
    _require_written(code, kind)
    return code


def clean_login(typed: str) -> str:
    """Return a login as it is kept: small ASCII letters, digits and ``. _ -``, a letter or digit first.

    Raises: BadInput: ``missing``, ``login`` (facts ``typed``, ``longest``) or ``login_reserved``.
    """
    login = typed.strip().lower()
    if not login:
        raise BadInput("missing", where={"field": "login"})
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", login) or len(login) > LOGIN_LENGTH:
        raise BadInput(
            "login", facts={"typed": typed[:80], "longest": LOGIN_LENGTH}, where={"field": "login"}
        )
    if login == RECOVERY:
        raise BadInput("login_reserved", facts={"login": login}, where={"field": "login"})
    return login


def without_invisible(text: str) -> str:
    """Return the text without format characters and blanks, for whoever declares that they may be dropped."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and ord(c) not in _BLANKS)


def skeleton(name: str) -> str:
    """Return what a hurried reader sees: equal for two names that are easily taken for one another.

    NFKC, case folded, invisible characters removed, look-alike letters mapped to one of them (our own short
    table, for Latin, Cyrillic, Greek and Cherokee letters, small capitals, dashes and a few hanzi and kana).
    Diacritics stay: Dung and Dũng are two names. On which vowel of a syllable the tone mark stands does not
    matter: hòa and hoà are one name in two spellings.
    """
    if name.isascii():  # as most are; the same without what only other letters need
        text = name.lower().translate(_LOOKS_LIKE)
        for pair, one in _PAIRS:
            text = text.replace(pair, one)
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", without_invisible(unicodedata.normalize("NFKC", name)))
    text = unicodedata.normalize("NFD", text.casefold().replace("i̇", "i"))
    text = text.translate(_LOOKS_LIKE)
    for pair, one in _PAIRS:
        text = text.replace(pair, one)
    return unicodedata.normalize("NFC", " ".join(_tones_last(word) for word in text.split()))


def _tones_last(word: str) -> str:
    """Return a decomposed word with the marks of the Vietnamese tones behind it."""
    tones = "".join(c for c in word if c in _TONES)
    return "".join(c for c in word if c not in _TONES) + tones if tones else word


def look_alike(a: str, b: str) -> bool:
    """Tell whether two names or numbers read alike; equal ones do too."""
    return skeleton(a) == skeleton(b)


def _folded_spaces(text: str) -> str:
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text.strip(" \t\r\n"))
    return re.sub(" +", " ", spaced).strip(" ")


@lru_cache(maxsize=20_000)
def _hidden(character: str) -> bool:
    code = ord(character)
    category = unicodedata.category(character)
    if category == "Cn":
        # Hanzi newer than the interpreter's tables are names all the same; the last two of a plane never are.
        return not (0x20000 <= code <= 0x3FFFF and code & 0xFFFF < 0xFFFE)
    return category[0] == "C" or category in ("Zl", "Zp") or code in _BLANKS or code == 0xFFFD


def _bad_character(character: str, position: int, field: str) -> BadInput:
    facts: dict[str, object] = {
        "character": f"U+{ord(character):04X}",
        "name": unicodedata.name(character, "").lower(),
        "position": position,
    }
    return BadInput("character", facts=facts, where={"field": field})


def _require_length(text: str, longest: int, field: str) -> None:
    if not text:
        raise BadInput("missing", where={"field": field})
    if len(text) > longest:
        raise BadInput("too_long", facts={"length": len(text), "longest": longest}, where={"field": field})


def _require_written(text: str, field: str) -> None:
    """Refuse a mark without its letter, which would join the text before it, and heaps of marks."""
    if text and not any(map(_marks, text)):
        return
    in_a_row = MARKS_IN_A_ROW
    for position, character in enumerate(text, 1):
        in_a_row = in_a_row + 1 if _marks(character) else 0
        if in_a_row > MARKS_IN_A_ROW:
            raise _bad_character(character, position, field)


@lru_cache(maxsize=20_000)
def _marks(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _table() -> dict[int, str]:
    alike = {
        "a": "аαɑ", "b": "вβ", "c": "сϲ", "d": "ԁ", "e": "еεҽ", "f": "ƒ", "g": "ɡԍ", "h": "һнηհ", "j": "јϳ",
        "k": "кκ", "l": "i1|іιıɩӏǀ¦", "m": "м", "n": "νո", "o": "0оοօ〇○", "p": "рρ", "q": "ԛ", "s": "ѕ",
        "t": "тτ", "u": "սυʋ", "v": "ѵ", "w": "ԝ", "x": "хχ×", "y": "уүγ", "z": "ζ", "đ": "ðɖ",
        "-": "‐‑‒–—―−ー一", "'": "’‘ʼ`´′ʹ", '"': "“”″„", ".": "·․・", ",": "‚、", "口": "囗ロ", "日": "曰",
        "力": "カ", "工": "エ", "二": "ニ", "八": "ハ", "卜": "ト", "才": "オ",
    }  # fmt: skip
    return {ord(other): one for one, others in alike.items() for other in others}


_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_SMALL_CAPITALS = str.maketrans(
    "ᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᎩᏃᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ",
    "abcdehljklmprstvwyzabcdeghljklmnoprtuvwyz",
)
_LOOKS_LIKE = _table() | _SMALL_CAPITALS
_PAIRS = (("rn", "m"), ("vv", "w"))


class CodeNames:
    """Codes with the names that they have: what people type is found by the code, in either case, or by a name."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Take every code with its names."""
        self._codes = set(names)
        self._called: dict[str, set[str]] = {}
        self._cased: dict[str, set[str]] = {}
        for code, called in names.items():
            self._cased.setdefault(_plain(code), set()).add(code)
            for name in called:
                self._called.setdefault(_plain(name), set()).add(code)

    def find(self, typed: str) -> str | None:
        """Return the code that is meant; None: there is none, or several are called so."""
        if typed.strip() in self._codes:
            return typed.strip()
        for known in (self._cased, self._called):
            found = known.get(_plain(typed), set())
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
