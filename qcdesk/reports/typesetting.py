# SPDX-License-Identifier: Apache-2.0
"""Text for paper: every text that a person wrote passes through ``compose`` and nothing else.

There is no markup on this way, so nothing a person types can become any: text goes in as characters and comes out as
lines of glyphs. What has no visible form is dropped, what no font can draw is shown as its code (⟨U+0645⟩), so that
nothing is lost silently and never printed as a box. Order on paper is the order of the characters: right-to-left
controls are shown as codes too, and reorder nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker

from qcdesk.reports import fonts
from qcdesk.reports.fonts import Glyph
from qcdesk.reports.glyphs import BREAK, DROPPED, LINE_ENDS, SPACES, visible
from qcdesk.services.drawing_primitives import Role

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: size in points, weight 400 to 700, colour role.

    The line box is the same for every script (screens.md §1), so that no vowel or stacked accent is cut.
    """

    size: float
    weight: int = 400
    role: Role = "text"
    leading: float | None = None

    @property
    def line_height(self) -> float:
        """Height of one line in points."""
        if self.leading is not None:
            return self.leading
        return self.size * (1.36 if self.size >= 16.5 else 1.5)

    @property
    def baseline(self) -> float:
        """Distance of the baseline from the top of the line box, in points (Noto Sans: 1069 over, 293 under)."""
        return (self.line_height - 1.362 * self.size) / 2 + 1.069 * self.size


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font and style on a line; ``glyphs`` is None where characters are drawn as they are."""

    font: str
    style: Style
    text: str
    width: float
    glyphs: tuple[Glyph, ...] | None


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: runs from left to right and their width in points."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text. ``cut`` says that the text is longer than the lines it was given, which end in an ellipsis."""

    lines: tuple[TextLine, ...]
    line_height: float
    baseline: float
    cut: bool = False

    @property
    def height(self) -> float:
        """Height of all lines in points."""
        return self.line_height * len(self.lines)

    @property
    def width(self) -> float:
        """Width of the longest line in points."""
        return max((line.width for line in self.lines), default=0.0)


def clean(text: str) -> str:
    """Return ``text`` in NFC with only characters that a font of the program can draw, and ``\\n`` for line ends.

    What has no glyph, controls and right-to-left controls become visible codes such as ``⟨U+202E⟩``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(LINE_ENDS)
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).translate(DROPPED).translate(SPACES)
    return "".join(visible(character) for character in text)


def compose(
    text: str | Sequence[Span],
    style: Style,
    width: float,
    *,
    max_lines: int | None = None,
    last_line_room: float = 0.0,
) -> TextBlock:
    """Break text into lines no wider than ``width`` points.

    Args: text: one string in ``style``, or spans with styles of their own; ``style`` then gives the line box.
        max_lines: cut after so many lines, with an ellipsis; None: all of it.
        last_line_room: points to leave free behind the ellipsis.
    Returns: at least one line. A word wider than the line is broken between clusters, never inside one.
    """
    spans = [Span(text, style)] if isinstance(text, str) else list(text)
    pieces = [Span(clean(span.text), span.style) for span in spans]
    whole = "".join(piece.text for piece in pieces)
    styles = _Styles(pieces)
    lines: list[TextLine] = []
    cut = False
    for start, end in _breaks(whole, styles, width):
        if max_lines is not None and len(lines) == max_lines:
            cut = True
            break
        lines.append(_line(whole, start, end, styles))
    if cut:
        lines[-1] = _shortened(lines[-1], width - last_line_room)
    return TextBlock(tuple(lines), style.line_height, style.baseline, cut)


class _Styles:
    """The style at each place of a text made of spans."""

    def __init__(self, pieces: Sequence[Span]) -> None:
        self._edges: list[tuple[int, int, Style]] = []
        place = 0
        for piece in pieces:
            self._edges.append((place, place + len(piece.text), piece.style))
            place += len(piece.text)

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, Style]]:
        for first, last, style in self._edges:
            a, b = max(first, start), min(last, end)
            if a < b:
                yield a, b, style


def _runs(text: str, start: int, end: int, styles: _Styles) -> Iterator[Run]:
    for a, b, style in styles.within(start, end):
        for name, part in fonts.itemise(text[a:b].replace(BREAK, ""), style.weight):
            shape = style.size >= 13 or any(map(fonts.needs_shaping, part))  # large type is kerned
            glyphs = fonts.shaped(name, part) if shape else None
            yield Run(name, style, part, fonts.run_width(name, part, shape=shape) * style.size / 1000, glyphs)


def _width(text: str, start: int, end: int, styles: _Styles) -> float:
    return sum(_measured(text[a:b], style) for a, b, style in styles.within(start, end))


@lru_cache(maxsize=50_000)
def _measured(text: str, style: Style) -> float:
    """Return the width of a short text; the same words and clusters come again and again."""
    piece = _Styles([Span(text, style)])
    return sum(run.width for run in _runs(text, 0, len(text), piece))


def _line(text: str, start: int, end: int, styles: _Styles) -> TextLine:
    runs = tuple(_runs(text, start, end, styles))
    return TextLine(runs, sum(run.width for run in runs))


def _breaks(text: str, styles: _Styles, width: float) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line; spaces at its end hang over the edge and are left out."""
    offset = 0
    for paragraph in text.split("\n"):
        yield from _paragraph(text, offset, offset + len(paragraph), styles, width)
        offset += len(paragraph) + 1


def _paragraph(text: str, start: int, end: int, styles: _Styles, width: float) -> Iterator[tuple[int, int]]:
    if end - start <= 80 and _width(text, start, end, styles) <= width:
        yield start, start + len(text[start:end].rstrip())
        return
    line_start = line_end = place = start
    used = 0.0  # width of the line up to `place`, hanging spaces included
    for segment in LineBreaker(text[start:end], "th"):
        body = len(segment.rstrip(" " + BREAK))
        segment_end = place + len(segment)
        wide = _width(text, place, place + body, styles)
        if used + wide > width and line_end > line_start:
            yield line_start, line_end
            line_start = line_end = place
            used = 0.0
        if wide > width:
            for cluster in CharacterBreaker(text[place : place + body], "th"):
                step = _width(text, place, place + len(cluster), styles)
                if used + step > width and line_end > line_start:
                    yield line_start, line_end
                    line_start = place
                    used = 0.0
                place += len(cluster)
                line_end = place
                used += step
            wide = 0.0
        elif body:
            line_end = place + body
        used += wide + _width(text, place + (body if wide else 0), segment_end, styles)
        place = segment_end
    yield line_start, line_end


def _shortened(line: TextLine, width: float) -> TextLine:
    """Return the line with its end replaced by an ellipsis that fits."""
    style = line.runs[-1].style if line.runs else Style(8)
    pieces = [Span(run.text, run.style) for run in line.runs]
    while True:
        spans = [*pieces, Span(ELLIPSIS, style)]
        text = "".join(span.text for span in spans)
        shorter = _line(text, 0, len(text), _Styles(spans))
        if shorter.width <= width or not pieces:
            return shorter
        clusters = list(CharacterBreaker(pieces[-1].text, "th"))[:-1]
        kept = "".join(clusters).rstrip()
        pieces[-1:] = [Span(kept, pieces[-1].style)] if kept else []
