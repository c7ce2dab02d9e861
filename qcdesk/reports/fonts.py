# SPDX-License-Identifier: Apache-2.0
"""The program's fonts for paper: which one has a character, how wide it is, how a cluster is shaped.

ReportLab 5.1.0 is pinned, because its own shaping has faults that are avoided or mended here and in
``typesetting`` (each has a test that reads a PDF back): shaped alternates without a way back to the text
(``actual_text``, ``addObjects``), code points above U+FFFF in the ToUnicode table (``addObjects``), one font
for a whole word (``itemise``), a baseline that drifts after raised marks, and Thai broken inside a cluster
(``typesetting``).
"""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from qcdesk.config import resource
from qcdesk.reports.glyphs import coverage, font_for

WEIGHTS = (400, 500, 600, 700)
_PRIVATE = 0xF0000  # + glyph id: the code of a glyph that no character reaches. Fixed, so that bytes repeat
_LOCK = threading.Lock()


class ReportFont(TTFont):
    """A font file whose shaped glyphs can be written and read back."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False)
        self._sources: dict[int, str] = {}
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
        self._scale = 1000 / self._shaper.face.upem

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """Return the glyphs of ``text``, left to right, in thousandths of the size."""
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        uharfbuzz.shape(self._shaper, buffer, {"kern": True, "liga": False})
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        starts = [*sorted({info.cluster for info in infos}), len(text)]
        sources = {a: text[a:b] for a, b in pairwise(starts)}
        glyphs_of = Counter(info.cluster for info in infos)
        glyphs = []
        for info, place in zip(infos, places, strict=True):
            source = sources[info.cluster] if glyphs_of[info.cluster] == 1 else ""
            code = self._code(info.codepoint, source)
            glyphs.append(
                Glyph(
                    code,
                    place.x_advance * self._scale,
                    place.x_offset * self._scale,
                    place.y_offset * self._scale,
                    self.face.getCharWidth(code),  # type: ignore[no-untyped-call]
                )
            )
        return tuple(glyphs)

    def _code(self, glyph: int, source: str) -> int:
        """Return a code point that draws ``glyph``: its own character, or one of plane 15 that is ours."""
        if len(source) == 1 and self.face.charToGlyph.get(ord(source)) == glyph:
            return ord(source)
        code = _PRIVATE + glyph
        if code not in self.face.charToGlyph:
            self.face.charWidths[code] = self._shaper.get_glyph_h_advance(glyph) * self._scale
            self.face.charToGlyph[code] = glyph
        if source:
            self._sources.setdefault(code, source)
        return code

    def read_back(self, code: int) -> str:
        """Return the text that a PDF reader gets for a code point drawn in this font."""
        return self._sources.get(code, "\ufffd") if code >= _PRIVATE else chr(code)

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401
        """Write the font into the document, with a ToUnicode table that is right above U+FFFF as well."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            base = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("ascii")
            doc.idToObject[f"toUnicodeCMap:{base}"].content = self._to_unicode(base, subset)

    def _to_unicode(self, name: str, subset: list[int]) -> str:
        head = (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <<\n"
            f"/Registry ({name}) /Ordering ({name}) /Supplement 0\n>> def\n"
            f"/CMapName /{name} def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n"
        )
        body = []
        for first in range(0, len(subset), 100):  # a block holds at most 100 lines
            codes = subset[first : first + 100]
            body.append(f"{len(codes)} beginbfchar")
            for index, code in enumerate(codes, first):
                text = self.read_back(code).encode("utf-16-be").hex().upper()
                body.append(f"<{index:02X}> <{text}>")
            body.append("endbfchar")
        tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        return head + "\n".join(body) + tail


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn glyph: code point in its font; advance, offsets, declared width in thousandths of the size."""

    code: int
    advance: float
    x_offset: float
    y_offset: float
    width: float


_LOADED: dict[str, ReportFont] = {}


@cache
def font(name: str) -> ReportFont:
    """Return a font of the program, loaded at its first use."""
    with _LOCK:
        if name not in _LOADED:
            _LOADED[name] = ReportFont(name, str(resource(f"fonts/{name}.ttf")))
            pdfmetrics.registerFont(_LOADED[name])
        return _LOADED[name]


_THAI = frozenset(f"NotoSansThai-{word}" for word in ("Regular", "Medium", "SemiBold", "Bold"))


def itemise(text: str, weight: int) -> Iterator[tuple[str, str]]:
    """Yield (font, text) runs; every character of ``text`` has a font (see ``typesetting.clean``).

    A combining mark or a space stays in the font of what stands before it wherever that has it, and so does a sign
    after Thai: where a run ends in a mark, readers that copy it would put a space before a narrow sign of the next run.
    """
    if text.isascii():  # every font of the program for Latin letters has all of it
        if text:
            name = font_for(text[0], weight)
            assert name is not None
            yield name, text
        return
    current, start = "", 0
    for index, character in enumerate(text):
        kind = unicodedata.category(character)
        stays = character == " " or kind in ("Mn", "Mc") or (kind in ("Po", "Pe") and current in _THAI)
        if current and stays and ord(character) in coverage(current):
            continue
        name = font_for(character, weight)
        assert name is not None, f"U+{ord(character):04X} has no font"
        if name != current:
            if index > start:
                yield current, text[start:index]
            current, start = name, index
    if text:
        yield current, text[start:]


@lru_cache(maxsize=50_000)
def needs_shaping(character: str) -> bool:
    """Tell whether a character is drawn right only when shaped: marks, and Thai."""
    return "\u0e00" <= character <= "\u0e7f" or unicodedata.combining(character) != 0


@lru_cache(maxsize=20_000)
def shaped(name: str, text: str) -> tuple[Glyph, ...]:
    """Return the glyphs of one run in one font."""
    return font(name).shape(text)


def run_width(name: str, text: str, *, shape: bool) -> float:
    """Return the width of a run in thousandths of the size."""
    if shape:
        return sum(glyph.advance for glyph in shaped(name, text))
    return float(font(name).stringWidth(text, 1000))


def actual_text(name: str, text: str, glyphs: tuple[Glyph, ...]) -> str | None:
    """Return the text to write beside the glyphs, or None when reading these back gives it anyway.

    Readers put characters in order by place, so a mark that is moved over its base would be read after others.
    """
    if any(glyph.x_offset or glyph.y_offset for glyph in glyphs):
        return text
    face = font(name)
    read = "".join(face.read_back(glyph.code) for glyph in glyphs)
    return None if read == text else text
