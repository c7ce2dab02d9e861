# SPDX-License-Identifier: Apache-2.0
"""Labels for printers that read ZPL II: their own letters and bars where these are sure, pictures for all the rest.

A label printer writes ASCII by itself and prints blanks for what its font lacks; so every line with anything else goes to
it as a picture (^GFA), drawn by the same pen as the paper, and so do the state on its ground and square codes.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterable

from PIL import Image

from qcdesk.i18n import Catalogue
from qcdesk.reports import pages
from qcdesk.reports.labels import Bars, Item, Square, Together, Written, layout, paint, qr_code, squares_of
from qcdesk.reports.paper import MM, Pen, begin
from qcdesk.services.labels import Label, Stock

DARK = 150  # of 255; fine strokes stay whole
PLAIN_BARS = frozenset(string.ascii_letters + string.digits + "-./ ")
"""What means nothing but itself in the data of ^BC."""
FEWEST_DOTS = 2
"""Of a module of a QR code; one that would be finer is drawn with the rest."""
ESCAPE = "_"


def render(label: Label, words: Catalogue, stock: Stock, *, density: int, copies: int = 1) -> bytes:
    """Return a label as ZPL for a printer of ``density`` dots an inch; the same label gives the same bytes."""
    scale = density / 72
    items = layout(label, words, stock, in_black=True)
    drawings = [item for item in items if not _is_own(item, scale)]
    picture = _picture(drawings, stock, density)
    lines = [
        "^XA",
        "^CI28",
        f"^PW{_dots(stock.width * MM, scale)}",
        f"^LL{_dots(stock.height * MM, scale)}",
        "^LH0,0",
    ]
    for item in items:
        if isinstance(item, Written) and item.plain:
            lines.append(_letters(item, scale))
        elif isinstance(item, Bars):
            lines.append(_bars(item, scale))
        elif isinstance(item, Square) and _module(item, scale) >= FEWEST_DOTS:
            lines.append(_square(item, scale))
        else:
            lines.append(_graphic(picture, _box(item), scale))
    lines += [f"^PQ{copies}", "^XZ", ""]
    return "\n".join(lines).encode("ascii")


def _is_own(item: Item, scale: float) -> bool:
    """Tell whether it goes to the printer by itself, in its letters, bars or whole dots."""
    if isinstance(item, Square):
        return _module(item, scale) >= FEWEST_DOTS
    return isinstance(item, Bars) or (isinstance(item, Written) and bool(item.plain))


def _dots(points: float, scale: float) -> int:
    return max(0, round(points * scale))


def _letters(item: Written, scale: float) -> str:
    """Return a line in the printer's scalable font, on the baseline that it has on paper and no wider."""
    style = item.block.lines[0].runs[0].style
    high = _dots(style.size, scale)
    base = _dots(item.top + item.block.baseline, scale)
    return f"^FT{_dots(item.x, scale)},{base}^A0N,{high},{high}^FH{ESCAPE}^FD{_escaped(item.plain)}^FS"


def _bars(item: Bars, scale: float) -> str:
    """Return a Code 128: the printer's own, with bars of whole dots, or drawn where its data could mean more."""
    module = max(1, int(item.module * scale + 0.02))
    place = f"^FO{_dots(item.x, scale)},{_dots(item.top, scale)}"
    high = _dots(item.height, scale)
    if set(item.payload) <= PLAIN_BARS:
        return f"{place}^BY{module},3,{high}^BCN,{high},N,N,N,A^FD{item.payload}^FS"
    canvas_wide, canvas_high = module * item.modules, high
    out = io.BytesIO()
    canvas = begin(out, (canvas_wide, canvas_high), "")
    Pen(canvas, canvas_high).bars(item.payload, 0, 0, canvas_wide, canvas_high)
    canvas.showPage()
    canvas.save()
    return place + _field(_dark(out.getvalue(), 72))


def _module(item: Square, scale: float) -> int:
    """Return how many dots a module of a QR code has on the printer, whole ones, so that all are the same."""
    return int(item.side / squares_of(item.payload) * scale + 0.02)


def _square(item: Square, scale: float) -> str:
    """Return a QR code in whole dots, at the lower right of its place."""
    module = _module(item, scale)
    drawn = memoryview(qr_code(item.payload).to_image(scale=module, add_quiet_zones=False))  # type: ignore[arg-type]
    assert drawn.shape is not None
    size = drawn.shape[1], drawn.shape[0]
    dark = Image.frombytes("L", size, drawn.tobytes()).point(lambda value: 255 - value)
    left = _dots(item.x + item.side, scale) - size[0]
    top = _dots(item.top + item.side, scale) - size[1]
    return f"^FO{left},{top}{_field(dark)}"


def _box(item: Item) -> tuple[float, float, float, float]:
    """Return where an item stands: left, top, right, bottom."""
    if isinstance(item, Written):
        return item.x, item.top, item.x + item.width, item.top + item.block.height
    if isinstance(item, Square):
        return item.x, item.top, item.x + item.side, item.top + item.side
    assert isinstance(item, Together)
    return item.x, item.top, item.x + item.width, item.top + item.height


def _picture(items: Iterable[Item], stock: Stock, density: int) -> Image.Image:
    """Return what the printer cannot make, drawn in its dots."""
    size = (stock.width * MM, stock.height * MM)
    out = io.BytesIO()
    canvas = begin(out, size, "")
    paint(Pen(canvas, size[1]), items)
    canvas.showPage()
    canvas.save()
    return _dark(out.getvalue(), density)


def _dark(pdf: bytes, density: int) -> Image.Image:
    """Return the first page in black (255) and nothing (0)."""
    page = pages.render_page(pdf, 0, density)
    grey = Image.frombytes("RGBX", (page.width, page.height), page.pixels).convert("L")
    return grey.point(lambda value: 255 if value < DARK else 0)


def _graphic(picture: Image.Image, box: tuple[float, float, float, float], scale: float) -> str:
    """Return the part of the picture within a box, without the white around it."""
    left, top, right, bottom = (_dots(side, scale) for side in box)
    part = picture.crop((left, top, min(right + 1, picture.width), min(bottom + 1, picture.height)))
    found = part.getbbox()
    if found is None:
        return ""
    return f"^FO{left + found[0]},{top + found[1]}{_field(part.crop(found))}"


def _field(part: Image.Image) -> str:
    row = (part.width + 7) // 8
    data = part.convert("1").tobytes()
    return f"^GFA,{len(data)},{len(data)},{row},{data.hex().upper()}^FS"


def _escaped(text: str) -> str:
    """Return text in which nothing is a command: what is no plain letter goes as the code of its byte."""
    plain = string.ascii_letters + string.digits + " .,:;/()+-"
    return "".join(c if c in plain else f"{ESCAPE}{ord(c):02X}" for c in text)
