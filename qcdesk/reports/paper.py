# SPDX-License-Identifier: Apache-2.0
"""Pages: the pen that draws text, primitives and pictures, and the flow that puts boxes onto pages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import zxingcpp
from PIL import Image, ImageOps
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from qcdesk.i18n import half
from qcdesk.reports import fonts, outlines
from qcdesk.reports.archival import make_archival
from qcdesk.reports.typesetting import Style, TextBlock, TextLine, clean, compose
from qcdesk.services.drawing_primitives import (
    Anchor,
    Circle,
    Drawing,
    Line,
    Point,
    Polyline,
    Rect,
    Role,
    Text,
)
from qcdesk.services.inspection_report import Paper, Picture, Shop

MM = 72 / 25.4
SIZES: dict[Paper, tuple[float, float]] = {"A4": (210 * MM, 297 * MM), "Letter": (612.0, 792.0)}
MARGIN = 13 * MM
FOOT = 9.5 * MM
"""How far above the edge the house's own line begins."""
SCALES = (1.0, 0.95, 0.9, 0.86, 0.82, 0.78, 0.74)
"""What is tried one after the other until a page that has to hold everything does."""
PICTURE_DPI = 220
_DARK = re.compile(rb"\x00+")
_SHORT = 40
_MOST_WRITTEN = 4_096
PICTURE_PIXELS = 50_000_000

# The light palette of screens.md §1.
PALETTE: dict[Role, str] = {
    "canvas": "#F0F2F1",
    "surface": "#FFFFFF",
    "sunken": "#E6EAE8",
    "line": "#D6DCD9",
    "edge": "#7A8580",
    "text": "#17211E",
    "text2": "#44504B",
    "text3": "#59655F",
    "action": "#14403A",
    "action_soft": "#DFEAE6",
    "accept": "#006CA8",
    "reject": "#8F1B12",
    "hold": "#652478",
    "attention": "#855A00",
    "accept_soft": "#E3EFF7",
    "reject_soft": "#FBE9E5",
    "hold_soft": "#F2EAF6",
    "attention_soft": "#FBF0D9",
}
_COLOURS = {role: HexColor(code) for role, code in PALETTE.items()}


class _Canvas(Canvas):
    """A PDF whose pages bear the house's own line at their foot, and its colour."""

    shop: Shop | None = None
    sides: tuple[float, float] = SIZES["A4"]

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401 - ReportLab's own
        """Begin it as ReportLab does, with nothing written yet."""
        super().__init__(*given, **more)
        self.written: dict[tuple[str, str, float], str] = {}
        """Short texts as they were written before: in a long table the same ones come again and again."""

    def showPage(self) -> None:  # noqa: N802 - ReportLab's word
        """End a page."""
        if self.shop is not None and self.shop.footer:
            width, height = self.sides
            size, text = 7.0, " ".join(self.shop.footer.split())
            while (line := compose(text, Style(size, 400, "text3"), width - 2 * MARGIN, max_lines=1)).cut:
                size -= 0.5
            Pen(self, height).text(line, MARGIN, height - FOOT, width - 2 * MARGIN, "middle")
        super().showPage()


def called(shop: Shop | str) -> str:
    """Return the name of a house, which may be all that is known of it."""
    return shop if isinstance(shop, str) else shop.name


def begin(
    out: io.BytesIO,
    size: tuple[float, float],
    title: str,
    *,
    author: Shop | str = "",
    language: str | None = None,
) -> Canvas:
    """Begin a PDF with pages of a size (points); the same strokes on it give the same bytes.

    Args: author: the house, whose colour and line at the foot the pages have, or its name alone.
    """
    fonts.font("NotoSans-Regular")
    canvas = _Canvas(
        out,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        initialFontName="NotoSans-Regular",
        lang=language,
    )
    canvas.sides = size
    canvas.setTitle(clean(half(title, 0))[:200])
    if author:
        canvas.setAuthor(clean(called(author))[:200])
    if not isinstance(author, str):
        canvas.shop = author
    canvas.setCreator("qcdesk")
    make_archival(canvas)
    return canvas


class Pen:
    """Draws on one document; all places are points from the top left corner of the page."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas: Any = canvas
        self._height = height
        shop = getattr(canvas, "shop", None)
        self._colours = dict(_COLOURS)
        self._codes: dict[Role, str] = {}
        self._written: dict[tuple[str, str, float], str] = getattr(canvas, "written", {})
        if shop is not None and shop.accent:
            self._colours["action"] = HexColor(shop.accent)

    def text(
        self, block: TextBlock, x: float, top: float, width: float = 0.0, align: Anchor = "start"
    ) -> None:
        """Draw a text block whose line boxes begin at ``top``; ``align`` needs ``width``."""
        for line in block.lines:
            free = width - line.width
            shift = 0.0 if align == "start" else free if align == "end" else free / 2
            self._line(line, x + shift, top + block.baseline)
            top += block.line_height
        if block.second:
            self.text(block.second, x, top, width, align)

    def _line(self, line: TextLine, x: float, baseline: float) -> None:
        if not line.runs:
            return
        canvas = self._canvas
        code = [f"q BT 1 0 0 1 {x:.3f} {self._height - baseline:.3f} Tm"]
        colour: Role | None = None
        for run in line.runs:
            if run.style.role != colour:
                colour = run.style.role
                code.append(self._filled(colour))
            code.append(self._run(run.font, run.text, run.style, run.glyphs))
        code.append("ET Q")
        canvas._code.append(" ".join(code))

    def _filled(self, role: Role) -> str:
        if role not in self._codes:
            red, green, blue = self._colours[role].rgb()
            self._codes[role] = f"{red:.4g} {green:.4g} {blue:.4g} rg"
        return self._codes[role]

    def _run(self, name: str, text: str, style: Style, glyphs: tuple[fonts.Glyph, ...] | None) -> str:
        if glyphs is None and len(text) <= _SHORT:
            written = self._written
            if len(written) >= _MOST_WRITTEN:
                written.clear()
            if (key := (name, text, style.size)) not in written:
                written[key] = self._spelled(name, text, style, None)
            return written[key]
        return self._spelled(name, text, style, glyphs)

    def _spelled(self, name: str, text: str, style: Style, glyphs: tuple[fonts.Glyph, ...] | None) -> str:
        canvas, face = self._canvas, fonts.font(name)
        drawn = text if glyphs is None else "".join(chr(g.code) for g in glyphs)
        code: list[str] = []
        place = 0
        for subset, coded in face.splitString(drawn, canvas._doc):
            code.append(f"{face.getSubsetInternalName(subset, canvas._doc)} {style.size:g} Tf")
            if glyphs is None:
                code.append(f"({canvas._escape(coded)}) Tj")
                continue
            raised = 0.0
            row: list[str] = []
            for byte, glyph in zip(coded, glyphs[place : place + len(coded)], strict=True):
                rise = glyph.y_offset * style.size / 1000
                if rise != raised:  # set and taken back glyph by glyph: nothing that follows can drift
                    code.append(f"[{''.join(row)}] TJ {rise:.3f} Ts")
                    row, raised = [], rise
                before, after = -glyph.x_offset, glyph.width - glyph.advance + glyph.x_offset
                shift = f"{before:.1f} " if before else ""
                row.append(f"{shift}({canvas._escape(bytes((byte,)))})" + (f" {after:.1f} " if after else ""))
            code.append(f"[{''.join(row)}] TJ" + (" 0 Ts" if raised else ""))
            place += len(coded)
        whole = " ".join(code)
        beside = fonts.actual_text(name, text, glyphs) if glyphs is not None else None
        if beside is None:
            return whole
        return f"/Span <</ActualText <FEFF{beside.encode('utf-16-be').hex().upper()}>>> BDC {whole} EMC"

    def line(self, start: Point, end: Point, role: Role, width: float) -> None:
        """Draw a straight line."""
        (x0, y0), (x1, y1), high = start, end, self._height
        place = f"{x0:.3f} {high - y0:.3f} m {x1:.3f} {high - y1:.3f} l"
        self._canvas._code.append(f"q 1 J {self._stroked(role, width)} {place} S Q")

    def rect(self, shape: Rect, dash: tuple[float, float] | None = None) -> None:
        """Draw a rectangle, with a dashed frame when ``dash`` gives stroke and gap."""
        if dash:
            self._canvas.saveState()
            self._canvas.setDash(*dash)
        self.drawing(Drawing(0, 0, (shape,)), 0, 0)
        if dash:
            self._canvas.restoreState()

    def drawing(self, drawing: Drawing, x: float, top: float, scale: float = 1.0) -> None:
        """Draw primitives with their top left corner at (x, top)."""
        code = self._canvas._code
        code.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {self._height - top:.3f} cm 1 J 1 j")
        for item in drawing.items:
            if not isinstance(item, Text):
                code.append(self._shape(item))
                continue
            block = compose(item.text, Style(item.size, item.weight, item.role), 10_000, max_lines=1)
            shift = {"start": 0.0, "middle": block.width / 2, "end": block.width}[item.anchor]
            height, self._height = self._height, 0.0
            self._line(block.lines[0], item.at[0] - shift, item.at[1])
            self._height = height
        code.append("Q")

    def _shape(self, item: Line | Rect | Circle | Polyline) -> str:
        """Return the strokes of a primitive, written straight: a long table is made of little else."""
        if isinstance(item, Line):
            (x0, y0), (x1, y1) = item.start, item.end
            return f"{self._stroked(item.role, item.width)} {x0:.3f} {-y0:.3f} m {x1:.3f} {-y1:.3f} l S"
        if isinstance(item, Rect):
            path = (
                _rounded(item)
                if item.radius
                else (f"{item.x:.3f} {-item.y - item.height:.3f} {item.width:.3f} {item.height:.3f} re")
            )
        elif isinstance(item, Circle):
            path = _circle(item.radius, item.dashed)
        else:
            path = " ".join(
                f"{px:.3f} {-py:.3f} {'l' if place else 'm'}" for place, (px, py) in enumerate(item.points)
            ) + (" h" if item.closed else "")
        if item.fill is None and item.stroke is None:
            return ""
        paint = "S" if item.fill is None else "f*" if item.stroke is None else "B*"
        colours = "" if item.fill is None else self._filled(item.fill) + " "
        if item.stroke is not None:
            colours += self._stroked(item.stroke, item.stroke_width) + " "
        if isinstance(item, Circle):
            return f"q 1 0 0 1 {item.centre[0]:.3f} {-item.centre[1]:.3f} cm {colours}{path} {paint} Q"
        return f"{colours}{path} {paint}"

    def _stroked(self, role: Role, width: float) -> str:
        return f"{self._filled(role)[:-2]}RG {width:.3f} w"

    def scaled(self, box: Box, x: float, top: float, scale: float) -> None:
        """Draw a box larger or smaller, with its top left corner at (x, top)."""
        self._canvas.saveState()
        self._canvas.translate(x, self._height - top)
        self._canvas.scale(scale, scale)
        box.paint(Pen(self._canvas, 0.0), 0.0, 0.0)
        self._canvas.restoreState()

    def picture(self, picture: Picture, box: Rect, *, align: Literal["centre", "start"] = "centre") -> bool:
        """Fit a picture into the box, never stretched; return False when its bytes cannot be decoded."""
        if picture.mime == outlines.MIME:
            return self._outlines(picture.data, box, align)
        reader = _decoded(picture, box.width, box.height)
        if reader is None:
            return False
        wide, high = reader.getSize()
        scale = min(box.width / wide, box.height / high)
        w, h = wide * scale, high * scale
        x = box.x + ((box.width - w) / 2 if align == "centre" else 0)
        self._canvas.drawImage(reader, x, self._height - box.y - (box.height + h) / 2, w, h)
        return True

    def _outlines(self, data: bytes, box: Rect, align: Literal["centre", "start"]) -> bool:
        """Draw a logo of outlines as vectors, cut at its own edges."""
        found = outlines.read(data)
        if found is None:
            return False
        scale = min(box.width / found.width, box.height / found.height)
        w, h = found.width * scale, found.height * scale
        canvas = self._canvas
        canvas.saveState()
        left = box.x + ((box.width - w) / 2 if align == "centre" else 0)
        canvas.transform(scale, 0, 0, -scale, left, self._height - box.y - (box.height - h) / 2)
        edge = canvas.beginPath()
        edge.rect(0, 0, found.width, found.height)
        canvas.clipPath(edge, stroke=0, fill=0)
        for shape in found.shapes:
            path = canvas.beginPath()
            for letter, numbers in shape.pieces:
                if letter == "Z":
                    path.close()
                else:
                    {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo}[letter](*numbers)
            if shape.fill:
                canvas.setFillColor(HexColor(shape.fill))
            if shape.stroke:
                canvas.setStrokeColor(HexColor(shape.stroke))
                canvas.setLineWidth(shape.width)
                canvas.setLineCap(shape.cap)
                canvas.setLineJoin(shape.join)
                canvas.setMiterLimit(shape.miter)
            canvas.drawPath(
                path,
                stroke=int(bool(shape.stroke)),
                fill=int(bool(shape.fill)),
                fillMode=int(not shape.even_odd),
            )
        canvas.restoreState()
        return True

    def qr_code(self, payload: str, x: float, top: float, side: float) -> None:
        """Draw a QR code of level M, without the quiet zone, as rectangles: sharp on any printer."""
        code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
        assert modules.shape is not None
        count = modules.shape[0]
        step, rows = side / count, modules.tobytes()
        written = [f"q {self._filled('text')}"]
        for row in range(count):
            y = self._height - top - (row + 1) * step
            for run in _DARK.finditer(rows[row * count : (row + 1) * count]):
                wide = (run.end() - run.start()) * step
                written.append(f"{x + run.start() * step:.3f} {y:.3f} {wide:.3f} {step:.3f} re")
        self._canvas._code.append(" ".join((*written, "f Q")))

    def bars(self, payload: str, x: float, top: float, width: float, height: float) -> None:
        """Draw a Code 128, without the quiet zone, as rectangles."""
        code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.Code128)
        modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
        assert modules.shape is not None
        count = modules.shape[1]
        step = width / count
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColor(self._colours["text"])
        path = canvas.beginPath()
        for column in range(count):
            if modules[0, column] == 0:
                path.rect(x + column * step, self._height - top - height, step, height)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()


_ROUND = 0.5523
"""How far the handles of a curve reach along a quarter of a circle."""


@lru_cache(maxsize=500)
def _circle(r: float, dashed: bool) -> str:
    """Return a circle around the origin as four curves; a chart has hundreds that differ in their place alone."""
    k = r * _ROUND
    path = (
        f"{r:.3f} 0 m {r:.3f} {k:.3f} {k:.3f} {r:.3f} 0 {r:.3f} c {-k:.3f} {r:.3f} {-r:.3f} {k:.3f} {-r:.3f} 0 c"
        f" {-r:.3f} {-k:.3f} {-k:.3f} {-r:.3f} 0 {-r:.3f} c {k:.3f} {-r:.3f} {r:.3f} {-k:.3f} {r:.3f} 0 c h"
    )
    return f"[{r * 0.35:.3f} {r * 0.42:.3f}] 0 d {path}" if dashed else path


def _rounded(item: Rect) -> str:
    """Return a rectangle with round corners."""
    r = min(item.radius, item.width / 2, item.height / 2)
    x, y, wide, high = item.x, -item.y - item.height, item.x + item.width, -item.y
    k = r * (1 - _ROUND)
    return (
        f"{x + r:.3f} {y:.3f} m {wide - r:.3f} {y:.3f} l"
        f" {wide - k:.3f} {y:.3f} {wide:.3f} {y + k:.3f} {wide:.3f} {y + r:.3f} c {wide:.3f} {high - r:.3f} l"
        f" {wide:.3f} {high - k:.3f} {wide - k:.3f} {high:.3f} {wide - r:.3f} {high:.3f} c {x + r:.3f} {high:.3f} l"
        f" {x + k:.3f} {high:.3f} {x:.3f} {high - k:.3f} {x:.3f} {high - r:.3f} c {x:.3f} {y + r:.3f} l"
        f" {x:.3f} {y + k:.3f} {x + k:.3f} {y:.3f} {x + r:.3f} {y:.3f} c h"
    )


def _decoded(picture: Picture, width: float, height: float) -> ImageReader | None:
    """Return the picture upright, on white, no finer than print needs; position data stays behind."""
    try:
        with Image.open(io.BytesIO(picture.data), formats=("PNG", "JPEG")) as source:
            if source.width * source.height > PICTURE_PIXELS:
                return None
            bound = (int(width / 72 * PICTURE_DPI), int(height / 72 * PICTURE_DPI))
            source.draft("RGB", (bound[0] * 2, bound[1] * 2))
            upright = ImageOps.exif_transpose(source).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    white = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(white, upright).convert("RGB")
    flat.thumbnail(bound)
    if picture.mime == "image/png":
        return ImageReader(flat)
    packed = io.BytesIO()
    flat.save(packed, "JPEG", quality=86)
    packed.seek(0)
    return ImageReader(packed)


@dataclass(frozen=True)
class Box:
    """Something with a height that can be drawn at (x, top)."""

    height: float
    paint: Callable[[Pen, float, float], None]


def gap(height: float) -> Box:
    """Return empty space."""
    return Box(height, lambda pen, x, top: None)


def text_box(block: TextBlock, *, indent: float = 0.0) -> Box:
    """Return a text block as a box."""
    return Box(block.height, lambda pen, x, top: pen.text(block, x + indent, top))


def stacked(boxes: Iterable[Box]) -> Box:
    """Return boxes one under the other, kept together."""
    parts = tuple(boxes)

    def paint(pen: Pen, x: float, top: float) -> None:
        for part in parts:
            part.paint(pen, x, top)
            top += part.height

    return Box(sum(part.height for part in parts), paint)


def scaled(box: Box, scale: float) -> Box:
    """Return a box smaller as a whole."""
    if scale == 1:
        return box
    return Box(box.height * scale, lambda pen, x, top: pen.scaled(box, x, top, scale))


def beside(boxes: Iterable[tuple[float, Box]]) -> Box:
    """Return boxes side by side, each at its distance from the left."""
    parts = tuple(boxes)

    def paint(pen: Pen, x: float, top: float) -> None:
        for left, part in parts:
            part.paint(pen, x + left, top)

    return Box(max((part.height for _, part in parts), default=0.0), paint)


@dataclass(frozen=True)
class Column:
    """A column of a table: width in points, alignment."""

    width: float
    align: Anchor = "start"


Cell = TextBlock | Box


def table_row(
    columns: Iterable[Column],
    cells: Iterable[Cell],
    *,
    padding: float = 2.8,
    ground: bool = False,
    rule: bool = True,
) -> Box:
    """Return one row of a table: texts and boxes in their columns, with a rule under it."""
    placed = list(zip(columns, cells, strict=True))
    inner = max((cell.height for _, cell in placed), default=0.0)
    height = inner + 2 * padding
    width = sum(column.width for column, _ in placed)

    def paint(pen: Pen, x: float, top: float) -> None:
        if ground:
            pen.rect(Rect(x, top, width, height, fill="canvas", radius=4))
        elif rule:
            pen.line((x, top + height), (x + width, top + height), "line", 0.6)
        for column, cell in placed:
            if isinstance(cell, TextBlock):
                pen.text(cell, x + 4, top + padding, column.width - 8, column.align)
            else:
                cell.paint(pen, x + 4, top + padding)
            x += column.width

    return Box(height, paint)


class Flow:
    """Puts boxes onto pages from top to bottom; layout only, so that the number of pages is known before drawing.

    With ``full``, which is given each page when it is, pages are let go of then, so that a paper of thousands takes no
    more memory than one of ten.
    """

    def __init__(
        self,
        left: float,
        top: float,
        bottom: float,
        full: Callable[[list[tuple[Box, float, float]]], None] | None = None,
        again: Box | None = None,
    ) -> None:
        """Begin with no page. ``again``: what stands at the head of every page but the first."""
        self.left, self.top, self.bottom = left, top, bottom
        self._full, self._again = full, again
        self.pages: list[list[tuple[Box, float, float]]] = []
        self._y = self._begun = bottom

    @property
    def page_count(self) -> int:
        """How many pages have been begun."""
        return len(self.pages)

    def new_page(self) -> None:
        """Begin a page."""
        self.end_page()
        self.pages.append([])
        self._y = self.top
        if self._again is not None and self.page_count > 1:
            self.pages[-1].append((self._again, self.left, self.top))
            self._y += self._again.height
        self._begun = self._y

    def end_page(self) -> None:
        """Hand the page over; after the last one, whoever draws page by page asks for it."""
        if self._full is not None and self.pages:
            self._full(self.pages[-1])
            self.pages[-1] = []

    def fits(self, height: float) -> bool:
        """Tell whether so many points are left on the page."""
        return self._y + height <= self.bottom

    def place(self, box: Box, *, keep: float = 0.0) -> None:
        """Put a box below the last one, on a new page when it and ``keep`` points after it do not fit."""
        if not self.pages or (self._y + box.height + keep > self.bottom and self._y > self._begun):
            self.new_page()
        self.pages[-1].append((box, self.left, self._y))
        self._y += box.height

    def table(self, heading: Box, rows: Iterable[Box]) -> None:
        """Put rows under their heading, which is repeated on every page that they reach."""
        waiting = True
        for row in rows:
            if waiting or self._y + row.height > self.bottom:
                if not waiting:
                    self.new_page()
                self.place(heading, keep=row.height)
                waiting = False
            self.place(row)
