# SPDX-License-Identifier: Apache-2.0
"""Labels for the goods: the state large enough to be read across the hall, then what it is, then the code to scan.

One layout, drawn by two: on sheets and rolls as PDF here, for label printers as ZPL in ``zpl``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import zxingcpp

from qcdesk.i18n import Catalogue
from qcdesk.reports.inspection import LOOKS
from qcdesk.reports.paper import MM, SIZES, Pen, begin
from qcdesk.reports.typesetting import Style, TextBlock, clean, compose
from qcdesk.services.drawing_primitives import Anchor, Drawing, Rect, Role, Shape, status_shape
from qcdesk.services.labels import Label, Stock
from qcdesk.wording import labels as wording
from qcdesk.wording import states
from qcdesk.wording.inspection_reports import day, flat, moment
from qcdesk.wording.limits import number

LEADING = 1.363
"""Line box of Noto Sans and no more: a label has no air to spare, and no accent is cut."""
_READABLE = 6.5
"""Points of what is to be done where it gives way to the goods' name and amount."""
FINEST_BAR = 0.25 * MM
FINEST_SQUARE = 0.33 * MM
COARSEST_SQUARE = 0.38 * MM
"""Wider modules of a statement are no easier to read; the words have more use for the room."""
QUIET = 10
"""Modules of white beside a Code 128."""
QUIET_SQUARE = 4
"""Modules of white around a QR code."""


@dataclass(frozen=True)
class Written:
    """Lines of text; ``align`` within ``width``."""

    block: TextBlock
    x: float
    top: float
    width: float
    align: Anchor = "start"
    plain: str = ""
    """What it says, where it is one line of ASCII that every label printer can write by itself."""


@dataclass(frozen=True)
class Drawn:
    """A shape, scaled."""

    drawing: Drawing
    x: float
    top: float
    scale: float = 1.0


@dataclass(frozen=True)
class Bars:
    """A Code 128 of bars so wide."""

    payload: str
    x: float
    top: float
    module: float
    height: float
    modules: int


@dataclass(frozen=True)
class Square:
    """A QR code."""

    payload: str
    x: float
    top: float
    side: float


@dataclass(frozen=True)
class Together:
    """What cannot be told apart by a label printer: words on a dark ground, with their shape."""

    items: tuple[Written | Drawn, ...]
    x: float
    top: float
    width: float
    height: float


Item = Written | Drawn | Bars | Square | Together


def render(
    label: Label, words: Catalogue, stock: Stock, *, copies: int = 1, start: int = 1, page: str | None = None
) -> bytes:
    """Return labels as a PDF: on a sheet from a place on, or each on a page of its own; same label, same bytes."""
    out = io.BytesIO()
    wide, high = stock.width * MM, stock.height * MM
    size = SIZES[stock.paper] if stock.paper else (wide, high)
    title = words.say("Labels for batch {batch}", batch=" ".join(clean(label.number).split()))
    canvas = begin(out, size, title, author=label.shop, language=words.language)
    pen = Pen(canvas, size[1])
    items = layout(label, words, stock, in_black=not stock.paper)
    for index in range(start - 1, start - 1 + copies):
        if index >= start and index % stock.each == 0:
            canvas.showPage()
        column, row = index % stock.each % stock.columns, index % stock.each // stock.columns
        paint(pen, items, (stock.left + column * stock.across) * MM, (stock.top + row * stock.down) * MM)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def paint(pen: Pen, items: Iterable[Item], left: float = 0.0, top: float = 0.0) -> None:
    """Draw what a label has, with its corner at a place."""
    for item in items:
        if isinstance(item, Written):
            pen.text(item.block, left + item.x, top + item.top, item.width, item.align)
        elif isinstance(item, Drawn):
            pen.drawing(item.drawing, left + item.x, top + item.top, item.scale)
        elif isinstance(item, Bars):
            pen.bars(item.payload, left + item.x, top + item.top, item.module * item.modules, item.height)
        elif isinstance(item, Square):
            pen.qr_code(item.payload, left + item.x, top + item.top, item.side)
        else:
            paint(pen, item.items, left, top)


def layout(label: Label, words: Catalogue, stock: Stock, *, in_black: bool) -> tuple[Item, ...]:
    """Return what stands where on a label, in points from its corner; ``in_black``: the printer has no colours."""
    return _Layout(label, words, stock, in_black).items()


def shape_of(label: Label) -> tuple[Shape, Role]:
    """Return shape and colour of the state that stands large on it."""
    if label.kind == "hold" and label.stopped:
        return LOOKS["quarantined"]
    if label.kind == "sample":
        return "dashed", "text2"
    if label.kind == "quarantine":
        return "barred", "attention"
    return LOOKS[label.state]


class _Layout:
    """Puts the state on top, the code at the bottom, and between them as much of the rest as there is room for."""

    def __init__(self, label: Label, words: Catalogue, stock: Stock, in_black: bool) -> None:
        self.label, self.words, self.in_black = label, words, in_black
        self.width, self.height = stock.width * MM, stock.height * MM
        self.edge = self.rim = 2.4 * MM if stock.height < 45 else 3 * MM
        if stock.paper and not stock.left:  # labels that fill the sheet: printers do not reach its edges
            self.edge, self.rim = 5 * MM, 3.6 * MM
        self.inner = self.width - 2 * self.edge
        self.loose = False
        self.size = max(6.5, min(9.0, self.height / MM * 0.18))

    def items(self) -> tuple[Item, ...]:
        head, used = self._head()
        top, bottom = self.rim + used + 3, self.height - self.rim
        code, room, floor = self._code(top, bottom)
        self.loose = room < self.inner and not any(isinstance(item, Bars) for item in code)
        return (head, *code, *self._between(top, room, floor))

    # The state --------------------------------------------------------------------------------------------------

    def _head(self) -> tuple[Item, float]:
        """Return the band with the state: dark where nothing may leave, in a frame where it may not yet, else open."""
        label, high = self.label, max(6.6 * MM, self.height * 0.2)
        shape, role = shape_of(label)
        if self.in_black:
            role = "text"
        dark = label.kind == "hold"
        on_it: Role = "surface" if dark else role
        side = high - 8
        room = self.inner - side - 22
        size = high * 0.66
        told = wording.heading(label, self.words)
        while (word := self._block(told, size, room, 700, on_it, 1)).cut and size > high * 0.46:
            size -= 0.5
        two = word.second is not None
        size = high * 0.46 / LEADING
        while (word.cut or (two and word.height > high)) and size > 4:
            word = self._block(told, size, room, 700, on_it, 1 if two else 2)
            size -= 0.5
        if word.height > high - 2:  # a long state in two languages: the band is higher, and no line leaves it
            word = self._block(told, _READABLE, room, 700, on_it, 2)
            high = max(high, word.height + 4)
        x, top = self.edge, self.rim
        items: list[Written | Drawn] = []
        if dark:
            items.append(Drawn(Drawing(0, 0, (Rect(x, top, self.inner, high, fill=role, radius=4),)), 0, 0))
        elif label.kind != "release" or label.until is not None:
            frame = Rect(x + 1, top + 1, self.inner - 2, high - 2, stroke=role, stroke_width=2, radius=4)
            items.append(Drawn(Drawing(0, 0, (frame,)), 0, 0))
        sign = status_shape(shape, on_it, ground=role if dark else "surface")
        items.append(Drawn(sign, x + 7, top + 4, side / 24))
        items.append(Written(word, x + side + 15, top + (high - word.height) / 2, room))
        return Together(tuple(items), x, top, self.inner, high), high

    # The code ---------------------------------------------------------------------------------------------------

    def _code(self, top: float, bottom: float) -> tuple[list[Item], float, float]:
        """Return the code with the number, how wide the rest may be, and where it ends.

        Bars below where the number fits into them, since every scanner reads these; else a square at the right.
        """
        payload = " ".join(self.label.number.split())
        modules = _bars(payload)
        if self.label.proof and (beside := self._proved(payload, modules, top, bottom)) is not None:
            return beside
        if modules and (modules + 2 * QUIET) * FINEST_BAR <= self.inner:
            return self._barred(payload, modules, bottom, self.inner)
        side = min(bottom - top, self.inner * 0.42)
        found: list[Item] = []
        if (count := squares_of(payload)) and side / count >= FINEST_SQUARE * 0.6:
            found.append(Square(payload, self.width - self.edge - side, bottom - side, side))
        room = self.inner - side - 8 if found else self.inner
        name = self._number(room, 2)
        found.append(self._written(name, payload, self.edge, bottom - name.height, room))
        return found, room, bottom - name.height - 2

    def _proved(
        self, payload: str, modules: int, top: float, bottom: float
    ) -> tuple[list[Item], float, float] | None:
        """Return the certificate's code as a square at the right, with the number beside it.

        None: there is no room for modules that print, or none for the number's bars beside them.
        """
        count = squares_of(self.label.proof)
        module = min(COARSEST_SQUARE, (bottom - top) / (count + QUIET_SQUARE)) if count else 0.0
        side = module * count
        room = self.inner - side - max(8.0, QUIET_SQUARE * module)
        if module < FINEST_SQUARE or (modules and (modules + 2 * QUIET) * FINEST_BAR > room):
            return None
        square = Square(self.label.proof, self.width - self.edge - side, bottom - side, side)
        if modules:
            found, _, floor = self._barred(payload, modules, bottom, room)
            return [square, *found], room, floor
        name = self._number(room, 2)
        own = self._written(name, payload, self.edge, bottom - name.height, room)
        return [square, own], room, bottom - name.height - 2

    def _barred(
        self, payload: str, modules: int, bottom: float, width: float
    ) -> tuple[list[Item], float, float]:
        high = max(6.4 * MM, self.height * 0.17)
        when = self._when()
        room = width - when.width - 8
        name = self._number(room, 1)
        module = min(0.5 * MM, width / (modules + 2 * QUIET))
        left = self.edge + min(QUIET * module, width - modules * module)
        bars = Bars(payload, left, bottom - high, module, high, modules)
        tall = max(name.height, when.height)
        top = bottom - high - tall - 1
        beside = Written(when, self.edge, top + tall - when.height, width, "end")
        own = self._written(name, payload, self.edge, top + tall - name.height, room)
        return [bars, own, beside], width, top - 1

    def _when(self) -> TextBlock:
        """Return when and by which event the label was true."""
        style = self._style(self.size * 0.8, 400, "text2")
        event = compose(self.words.say("event {event}", event=self.label.event), style, self.inner)
        return replace(compose(moment(self.label.at), style, self.inner), second=event)

    def _number(self, room: float, lines: int) -> TextBlock:
        size = self.size * 1.75
        while (
            name := self._block(self.label.number, size, room, 700, "text", 1)
        ).cut and size > self.size * 1.2:
            size -= 0.5
        while (name := self._block(self.label.number, size, room, 700, "text", lines)).cut and size > 6.5:
            size -= 0.5
        return name

    # What is between --------------------------------------------------------------------------------------------

    def _between(self, top: float, room: float, floor: float) -> list[Item]:
        """Return the lines by their order on the label; the least important are left out where there is no room."""
        free = floor - top
        lines = list(self._lines(room, free))
        kept = sorted(range(len(lines)), key=lambda i: lines[i][0])
        taken: set[int] = set()
        for i in kept:
            if lines[i][2].height <= free:
                taken.add(i)
                free -= lines[i][2].height
            elif lines[i][0] == 1:  # without the name of the goods, another name would be read as theirs
                break
        items: list[Item] = []
        for i in sorted(taken):
            _, text, block = lines[i]
            items.append(self._written(block, text, self.edge, top, room))
            top += block.height
        return items

    def _lines(self, room: float, free: float) -> Iterable[tuple[int, str, TextBlock]]:
        """Yield the lines with how important each is, 0 the most."""
        label, say, small = self.label, self.words.say, self.size * 0.86
        amount = say("{n} {unit}", n=number(label.quantity), unit=flat(label.unit))
        code = " · ".join(
            filter(
                None,
                (
                    flat(label.product_code),
                    say("revision {revision}", revision=flat(label.revision)) if label.revision else "",
                    amount,
                ),
            )
        )
        if label.kind == "sample":  # how many are taken hangs on what is found
            code = flat(label.product_code)
        name = self._block(label.product_name, self.size * 1.15, room, 600, "text", 2)
        goods = self._block(code, self.size, room, 500, "text", 2)
        asks = wording.asks(label, self.words)
        yield 1, flat(label.product_name), name
        yield 2, code, goods
        yield 0, asks, self._asked(asks, room, free, (name.height + goods.height, name.height))
        if label.repaired or label.regraded:
            other = (
                say(states.REGRADED, terms=flat(label.regraded).rstrip(" ."))
                if label.regraded
                else say(states.REPAIRED)
            )
            yield 3, other, self._block(other, small, room, 600, "text", 2)
        origin = " · ".join(filter(None, (flat(label.supplier), flat(label.order), day(label.made_on))))
        if origin:
            yield 5, origin, self._block(origin, small, room, 400, "text2", 1)
        if label.certificate:
            certified = say("Certificate {number}", number=f"{label.certificate:06d}")
            yield 3, certified, self._block(certified, small, room, 500, "text", 1)
        if self.loose:  # it stands beside no bars
            when = self._when()
            yield 1, "", when
        shop = flat(label.shop)
        yield 4, shop, self._block(shop, small, room, 400, "text2", 1)

    def _asked(self, asks: str, room: float, free: float, wanted: Sequence[float]) -> TextBlock:
        """Return what is to be done: a little smaller where the goods then have the room they want beside it."""
        for beside in wanted:
            told = self._shrunk(asks, room, free - beside, _READABLE)
            if not told.cut and told.height <= free - beside:
                return told
        return self._shrunk(asks, room, free, 4.5)

    def _shrunk(self, asks: str, room: float, free: float, least: float) -> TextBlock:
        weight, size = 600 if self.label.kind == "hold" else 400, self.size
        told = self._block(asks, size, room, weight, "text", 3)
        while (told.cut or told.height > free) and size > least:
            size = max(least, size - 0.5)
            told = self._block(asks, size, room, weight, "text", 4)
        return told

    # Pieces -----------------------------------------------------------------------------------------------------

    def _block(self, text: str, size: float, room: float, weight: int, role: Role, lines: int) -> TextBlock:
        return compose(flat(text), self._style(size, weight, role), room, max_lines=lines)

    def _style(self, size: float, weight: int, role: Role) -> Style:
        return Style(size, weight, "text" if self.in_black and role == "text2" else role, size * LEADING)

    def _written(self, block: TextBlock, text: str, x: float, top: float, width: float) -> Written:
        whole = len(block.lines) == 1 and not block.cut and block.second is None
        plain = flat(text) if whole and text.isascii() else ""
        return Written(block, x, top, width, "start", plain)


def _bars(payload: str) -> int:
    """Return how many modules a Code 128 of it has; 0: it cannot be one."""
    if not payload or not payload.isascii() or not payload.isprintable() or len(payload) > 48:
        return 0
    return modules_of(zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.Code128))[1]


def squares_of(payload: str) -> int:
    """Return how many modules a side of the QR code has; 0: it holds too much."""
    try:
        return modules_of(qr_code(payload))[0]
    except ValueError:
        return 0


def qr_code(payload: str) -> zxingcpp.Barcode:
    """Return the QR code that stands on paper. Raises: ValueError: it holds too much."""
    return zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


def modules_of(code: zxingcpp.Barcode) -> Sequence[int]:
    """Return rows and columns of a code that is to be drawn."""
    shape = memoryview(code.to_image(scale=1, add_quiet_zones=False)).shape  # type: ignore[arg-type]
    assert shape is not None
    return shape
