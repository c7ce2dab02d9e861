# SPDX-License-Identifier: Apache-2.0
"""Text for paper: every text that a person wrote passes through ``compose`` and nothing else.

There is no markup on this way, so nothing a person types can become any: text goes in as characters and comes out as
lines of glyphs. What has no visible form is dropped, what no font can draw is shown as its code (⟨U+0645⟩), so that
nothing is lost silently and never printed as a box. Order on paper is the order of the characters: right-to-left
controls are shown as codes too, and reorder nothing.

A paper in two languages is set here and nowhere else: a text that carries both (``i18n.TwoLanguages``) has the second,
smaller and in a quieter tone, beside the first where one short line holds both, else under it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from icu4py.breakers import CharacterBreaker

from qcdesk.i18n import in_two, parted
from qcdesk.reports import fonts
from qcdesk.reports.fonts import Glyph
from qcdesk.reports.glyphs import BREAK, DROPPED, LINE_ENDS, SPACES, visible
from qcdesk.services.drawing_primitives import Role
from qcdesk.services.line_ends import line_parts

ELLIPSIS = "…"
_BETWEEN = (" · ", "; ", ", ")
_BESIDE = 44  # characters: a sentence longer than a label is read under the other, not after it
_LABEL = 24  # characters: what is so short stands after the other wherever there is room
_SHORT = 48  # characters of what is worth being kept set
_QUIETER: dict[Role, Role] = {"text": "text2", "text2": "text3"}


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
    """Lines of text. ``cut`` says that the text is longer than the lines it was given, which end in an ellipsis.

    ``second``: the same in the second language of the paper, under these lines.
    """

    lines: tuple[TextLine, ...]
    line_height: float
    baseline: float
    cut: bool = False
    second: TextBlock | None = None

    @property
    def height(self) -> float:
        """Height of all lines in points."""
        return self.line_height * len(self.lines) + (self.second.height if self.second else 0.0)

    @property
    def width(self) -> float:
        """Width of the longest line in points."""
        own = max((line.width for line in self.lines), default=0.0)
        return max(own, self.second.width) if self.second else own

    def single_lines(self) -> Iterator[TextBlock]:
        """Yield a block for each line, for texts that may go over the end of a page."""
        for line in self.lines:
            yield TextBlock((line,), self.line_height, self.baseline)
        if self.second:
            yield from self.second.single_lines()

    def ended(self, tail: TextLine) -> TextBlock:
        """Return the block with a mark behind what is cut of it."""
        if self.second and self.second.cut and not self._cut_here():
            return replace(self, second=self.second.ended(tail))
        last = self.lines[-1]
        joined = TextLine((*last.runs, *tail.runs), last.width + tail.width)
        return replace(self, lines=(*self.lines[:-1], joined), cut=True)

    def _cut_here(self) -> bool:
        last = self.lines[-1]
        return bool(last.runs) and last.runs[-1].text.endswith(ELLIPSIS)


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
        In two languages, each has so many lines, and the second one more.
    """
    if isinstance(text, str) and len(text) <= _SHORT and not last_line_room:
        return _again(text, style, width, max_lines)
    return _set(
        [Span(text, style)] if isinstance(text, str) else text, style, width, max_lines, last_line_room
    )


@lru_cache(maxsize=4_096)
def _again(text: str, style: Style, width: float, max_lines: int | None) -> TextBlock:
    """Return a short text set; in a long table the same words and figures come again and again."""
    return _set([Span(text, style)], style, width, max_lines, 0.0)


def _set(
    spans: Sequence[Span], style: Style, width: float, max_lines: int | None, last_line_room: float
) -> TextBlock:
    if not any(in_two(span.text) for span in spans):
        return _composed(spans, style, width, max_lines, last_line_room)
    first, second = _languages(spans)
    other = quieter(style)
    added = sum(len(span.text) for span in second)
    if added <= _LABEL or added + sum(len(span.text) for span in first) <= _BESIDE:
        both = _composed([*first, Span("\u2002", other), *second], style, width, None, 0.0)
        if len(both.lines) == 1:
            return both
    main = _composed(first, style, width, max_lines, last_line_room)
    more = None if max_lines is None else max_lines + 1
    under = _composed(second, other, width, more, last_line_room)
    return replace(main, second=under, cut=main.cut or under.cut)


@lru_cache(maxsize=500)
def quieter(style: Style) -> Style:
    """Return how the second language looks beside a style: smaller, lighter, in the second tone."""
    size = max(6.5, style.size * (0.62 if style.size >= 16 else 0.88))
    weight = 400 if style.weight <= 600 else 500
    return Style(size, weight, _QUIETER.get(style.role, style.role), size * 1.4)


def _languages(spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Part spans into those of the main language, with all data, and those of the second, with none but its own."""
    first: list[Span] = []
    second: list[Span] = []
    between = ""
    for span in spans:
        style = quieter(span.style)
        for text, other in parted(span.text):
            first.append(Span(text, span.style))
            if other is None:
                found = next((sign for sign in _BETWEEN if sign in text), " ")
                between = found if between in ("", " ") else between
                continue
            if second and between:
                second.append(Span(between, style))
            between = ""
            second.append(Span(other.strip(" ") if not second else other, style))
    return first, second


def _composed(
    spans: Sequence[Span], style: Style, width: float, max_lines: int | None, last_line_room: float
) -> TextBlock:
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
            shape = style.size >= 13 or (not part.isascii() and any(map(fonts.needs_shaping, part)))  # kerned
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
    for segment in line_parts(text[start:end]):
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
