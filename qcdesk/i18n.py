# SPDX-License-Identifier: Apache-2.0
"""The words people see: English whole sentences as source, catalogues for the other languages."""

from __future__ import annotations

import gettext
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import dropwhile, takewhile
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("en", "vi", "zh_CN", "th")
LANGUAGE_NAMES: Final = {"en": "English", "vi": "Tiếng Việt", "zh_CN": "简体中文", "th": "ไทย"}
"""Each as it calls itself: who looks for it need not read the language in force."""
STRETCHED: Final = "x-long"  # English made longer, to test layouts


DECIMAL_COMMA: Final = frozenset({"vi"})
"""The languages that write 1.234.567,89; the others write 1,234,567.89."""
_EXCHANGED: Final = str.maketrans(".,", ",.")


NO_SPACES: Final = frozenset({"zh_CN"})
"""The languages that set no space between two sentences."""
CONTEXT: Final = "\x04"  # as gettext parts a message from what it is about


def mark(message: str, *, context: str = "") -> str:
    """Return the message as ``say`` takes it; the extraction sees it. For tables whose texts are said elsewhere."""
    return f"{context}{CONTEXT}{message}" if context else message


@dataclass(frozen=True)
class Catalogue:
    """One language's sentences. It is an argument, since a report's language is not the window's.

    ``messages`` maps an English source to its translation, one text for each plural form; what is missing is
    said in English. An English word that means two things is told apart by a context before it (``CONTEXT``).
    """

    language: str = "en"
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    plural: Callable[[int], int] = field(default=lambda n: int(n != 1), repr=False)

    def say(self, message: str, /, *, context: object = "", **values: object) -> str:
        """Return the sentence with its values filled in: ``say("Unit {unit} of {total}", unit=7, total=80)``.

        Args: context: text that tells what a word that means two things is about: ``say("Open", context="button")``;
            typed as the values are, which callers hand over as one mapping.
        Raises: KeyError: a placeholder of the source has no value.
        """
        return self.pattern(message, context=context).format_map(values)

    def pattern(self, message: str, /, *, context: object = "") -> str:
        """Return the sentence of this language with its places still open."""
        found = self.messages.get(mark(message, context=str(context)))
        if found and found[0] and placeholders(found[0]) == placeholders(message):
            return found[0]
        return self._source(message)

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the sentence for ``n`` things: ``count("{n} unit", "{n} units", 7)`` fills in ``{n}``."""
        return self.counted(one, many, n).format_map({"n": n, **values})

    def counted(self, one: str, many: str, n: int, /) -> str:
        """Return the sentence for ``n`` things with its places still open."""
        found = self.messages.get(one, ())
        form = self.plural(n)
        text = found[form] if form < len(found) else ""
        if text and placeholders(one) <= placeholders(text) <= placeholders(many):
            return text
        return self._source(one if n == 1 else many)

    @property
    def languages(self) -> tuple[str, ...]:
        """The language in which this speaks, or both, the main one first."""
        return (self.language,)

    @property
    def comma(self) -> bool:
        """Tell whether figures have a decimal comma."""
        return self.language in DECIMAL_COMMA

    def figure(self, spelled: str) -> str:
        """Return a figure that is spelled as in English, ``1,234.5``, with the signs of this language."""
        return spelled.translate(_EXCHANGED) if self.comma else spelled

    def run_on(self, sentences: Iterable[str]) -> str:
        """Return sentences as one text; Chinese ones stand without a space between them."""
        return ("" if self.language in NO_SPACES else " ").join(filter(None, sentences))

    def _source(self, message: str) -> str:
        message = message.rpartition(CONTEXT)[2]
        return message + " " + "~" * (len(message) * 2 // 5) if self.language == STRETCHED else message


_NONCE: Final = "".join(chr(0x100000 + secrets.randbelow(0x10000)) for _ in range(3))
"""What nobody outside can know, so that no text that a person wrote is ever taken for one of two languages."""
_FIRST, _SECOND, _WHOLE, _END = (chr(0xFDD0 + place) + _NONCE for place in range(4))
_SENTENCE = (".", "!", "?", ":")
_PARTS = re.compile(r" · |[,;] |[，；、]")
_EDGE = re.compile(r"\s*\{(\w+)\}\s*")
_PAST = re.compile(r"\{\w+\}")
_TAIL = re.compile(r"\s*\{(\w+)\}\s*%?$")
_PAIR = re.compile(f"{_FIRST}(.*?){_SECOND}(.*?){_WHOLE}(.*?){_END}", re.DOTALL)
_JOINING: Final = frozenset({"of", "trên", "của", "từ", "的", "共", "จาก", "ของ", "ใน"})
"""Words that only join data to data, and say nothing alone."""


@dataclass(frozen=True)
class TwoLanguages(Catalogue):
    """Sentences of two languages side by side: labels are said twice, what people wrote stands once.

    What it says carries both in one text, through joins and formats alike; only what sets paper can part them again
    (``parted``). Dates and figures follow the main language, which is the first.
    """

    other: Catalogue = field(default_factory=Catalogue)

    @property
    def languages(self) -> tuple[str, ...]:
        """Both, the main one first."""
        return (self.language, self.other.language)

    def say(self, message: str, /, *, context: object = "", **values: object) -> str:
        """See ``Catalogue.say``."""
        first = super().say(message, context=context, **_halved(values, 0))
        return _beside(message, first, self.other.pattern(message, context=context), values)

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """See ``Catalogue.count``."""
        first = super().count(one, many, n, **_halved(values, 0))
        return _beside(many, first, self.other.counted(one, many, n), {"n": n, **values})

    def run_on(self, sentences: Iterable[str]) -> str:
        """See ``Catalogue.run_on``; each language joins its own as it is its way."""
        told = [one for one in sentences if one]
        if not told or not all(map(in_two, told)):
            return super().run_on(told)
        first = super().run_on(half(one, 0) for one in told)
        added, whole = (self.other.run_on(half(one, place) for one in told) for place in (1, 2))
        return f"{_FIRST}{first}{_SECOND}{added}{_WHOLE}{whole}{_END}"


def side_by_side(first: Catalogue, second: Catalogue) -> Catalogue:
    """Return the sentences of both, the first one's leading; of one language alone where they are the same."""
    if first.language == second.language:
        return first
    return TwoLanguages(first.language, first.messages, first.plural, second)


def _halved(values: Mapping[str, object], place: int) -> dict[str, object]:
    return {name: half(v, place) if isinstance(v, str) else v for name, v in values.items()}


def _beside(source: str, first: str, pattern: str, values: Mapping[str, object]) -> str:
    """Return a text with what the second language adds to it; a label says there nothing but itself.

    Within a sentence, what it holds in two languages stands whole: the data of a part belongs to the sentence.
    """
    whole = pattern.format_map(_halved(values, 2))
    if whole == first:
        return first
    if source.endswith(_SENTENCE):
        added = whole
    else:
        added = _label(pattern, values, first)
        added = added.format_map(_halved(values, 2 if _PAST.sub("", added).strip(" ·") else 1))
    return f"{_FIRST}{first}{_SECOND}{added}{_WHOLE}{whole}{_END}" if added else first


def _label(pattern: str, values: Mapping[str, object], first: str) -> str:
    """Return a label without the data at its parts' ends, which stand beside it; what has data within stays whole.

    So does a day, whose figures say nothing without their month. What the first language says in the same words, or
    only joins, is not said again.
    """
    names = placeholders(pattern)
    if (
        "day" in names
        and names <= {"day", "year"}
        and all(isinstance(values.get(name), int) for name in names)
    ):
        return pattern
    kept = []
    for part in _PARTS.split(pattern):
        words = part
        while found := _EDGE.match(words) or _TAIL.search(words):
            if _NONCE in str(values.get(found[1], "")):  # itself in two languages: no data
                break
            words = (words[: found.start()] + words[found.end() :]).strip(" ()（）")
        whole = "{" in words and not any(
            f"{{{name}}}" in words for name in values if _NONCE in str(values[name])
        )
        words = part if whole else words
        words = words.strip(" :：=")
        if not any(map(str.isalpha, words)) or words.lower() in _JOINING:
            continue
        if "{" in words or not re.search(rf"(?<!\w){re.escape(words)}(?![^\W\d])", first):
            kept.append(words)
    return " · ".join(kept)


def half(text: str, place: int) -> str:
    """Return a text in the main language (0) or in the second: its labels alone (1), or whole, with all data (2).

    What is in none stands in each.
    """
    return _PAIR.sub(lambda found: found[place + 1], text) if _NONCE in text else text


def in_two(text: str) -> bool:
    """Tell whether some of a text is in two languages."""
    return _NONCE in text


def parted(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield a text's stretches: (first, second) where it is in two languages, (text, None) where it is in none."""
    if _NONCE not in text:
        yield text, None
        return
    place = 0
    for found in _PAIR.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], None
        yield found[1], found[2]
        place = found.end()
    if place < len(text):
        yield text[place:], None


def placeholders(message: str) -> frozenset[str]:
    """Return the names in braces; a text that is no valid format has none that could match its source."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(message) if name is not None)
    except ValueError:
        return frozenset({message})


def language_for(locale: str | None) -> str:
    """Return the language to show for a locale's name, such as ``vi_VN.UTF-8``, ``zh-Hans-CN`` or ``C``."""
    first = re.split(r"[-_.@]", locale or "", maxsplit=1)[0].lower()
    return {"vi": "vi", "zh": "zh_CN", "th": "th"}.get(first, "en")


def load(language: str, folder: Path) -> Catalogue:
    """Return the catalogue of a language from ``<folder>/<language>.po``; without such a file, English.

    Args: language: one of LANGUAGES, or STRETCHED. folder: ``config.resource("translations")``.
    Raises: ValueError: the language is unknown, or the file is damaged.
    """
    if language == STRETCHED:
        return Catalogue(STRETCHED)
    if language not in LANGUAGES:
        raise ValueError(f"language is one of {', '.join(LANGUAGES)}")
    file = folder / f"{language}.po"
    if not file.is_file():
        return Catalogue(language)
    messages = _read(file, file.stat().st_mtime_ns)
    rule = re.search(r"plural=([^;\n]+)", messages.get("", ("",))[0])
    plural = gettext.c2py(rule.group(1).strip()) if rule else (lambda n: 0)
    return Catalogue(language, messages, plural)


@lru_cache(maxsize=len(LANGUAGES))
def _read(file: Path, _changed: int) -> Mapping[str, tuple[str, ...]]:
    """Read a catalogue once: papers, letters and proofs are in other languages than the window."""
    return MappingProxyType(read_po(file.read_text(encoding="utf-8")))


def available(folder: Path) -> tuple[str, ...]:
    """Return the languages one can choose: English, and those with a catalogue in ``folder`` that is released.

    A catalogue whose head is marked fuzzy is still being read over on screens and papers: nobody is offered it.
    """
    return tuple(code for code in LANGUAGES if code == "en" or _released(folder / f"{code}.po"))


def _released(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open(encoding="utf-8") as lines:
        head = takewhile(str.strip, dropwhile(lambda line: not line.strip(), lines))
        return not any(line.startswith("#,") and "fuzzy" in line for line in head)


_LINE = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])?\s*"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def read_po(text: str) -> dict[str, tuple[str, ...]]:
    """Return what a ``.po`` source says: message to its forms; entries marked fuzzy are left out.

    The sources are read as they are, so that no compiled catalogue can lag behind them.
    Raises: ValueError: a line that is none of comment, msgctxt, msgid, msgid_plural, msgstr or a string.
    """
    messages: dict[str, tuple[str, ...]] = {}
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        parts: dict[str, str] = {}
        keyword, fuzzy = "", False
        for line in block.strip().splitlines():
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            match = _LINE.match(line)
            if match is None or not (match[1] or keyword):
                raise ValueError(f"not a line of a catalogue: {line}")
            keyword = match[1] or keyword
            parts[keyword] = parts.get(keyword, "") + re.sub(
                r"\\(.)", lambda m: _ESCAPES.get(m[1], m[0]), match[2]
            )
        if "msgid" in parts and not (fuzzy and parts["msgid"]):
            key = mark(parts["msgid"], context=parts.get("msgctxt", ""))
            messages[key] = tuple(v for k, v in parts.items() if k.startswith("msgstr"))
    return messages
