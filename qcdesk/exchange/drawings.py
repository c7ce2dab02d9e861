# SPDX-License-Identifier: Apache-2.0
"""Logos that come as SVG: read apart, refused where they could run or fetch anything, kept as plain outlines made anew.

Of what came nothing is kept but lines, curves and plain colours; the copy has them in one form that any reader of ours
can check line by line (``reports/outlines.py``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PIL import ImageColor

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts, work_apart
from qcdesk.exchange.xml_parts import walk_xml

DRAWING_BYTES: Final = 1_000_000
PIECES: Final = 20_000
"""Lines and curves of one drawing."""
SIDE: Final = 1000.0
"""The longer side of the copy."""
FARTHEST: Final = 100 * SIDE
SVG: Final = "http://www.w3.org/2000/svg"

_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_SILENT = frozenset({"title", "desc", "metadata", "style"})
_ACTIVE = frozenset(
    {"script", "foreignObject", "image", "use", "a", "animate", "animateTransform", "animateMotion", "set", "handler",
     "iframe", "audio", "video", "feImage", "discard", "mpath"}
)  # fmt: skip
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_LENGTH = re.compile(rf"\s*({_NUMBER.pattern})\s*([a-z]*)\s*")
_CALL = re.compile(r"\s*,?\s*([a-zA-Z]+)\s*\(([^()]*)\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\.?[A-Za-z_][\w-]*")

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Piece = tuple[str, tuple[Point, ...]]
"""``M``, ``L``, ``C`` or ``Z`` with its points."""


def read_drawing(payload: bytes) -> bytes:
    """Read an SVG in a child process and return the outlines that are kept of it, as an SVG made anew.

    Raises: BadInput: ``picture_too_big`` (facts ``bytes``, ``longest``), ``drawing_active`` (``what``: it could run or
        fetch something), ``drawing_text``, ``drawing_shade``, ``drawing_clear``, ``drawing_cut``, ``drawing_again``,
        ``drawing_effect`` (``what``) and ``drawing_beyond`` (``what``): a logo cannot have it here;
        ``drawing_too_large`` (``longest``), ``drawing_empty``, ``dtd``, ``xml_damaged``, and those of ``work_apart``.
    """
    if len(payload) > DRAWING_BYTES:
        raise BadInput("picture_too_big", facts={"bytes": len(payload), "longest": DRAWING_BYTES})
    return work_apart(outline_in_child, {}, payload)[1]


def is_drawing(payload: bytes) -> bool:
    """Tell whether bytes look like an SVG: they begin as XML does, and name one."""
    return payload.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in payload[:10_000]


def outline_in_child(_request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    """Do the reading of ``read_drawing``; runs in the child process."""
    try:
        return {}, _Drawing(payload).copy()
    except (ValueError, ArithmeticError, IndexError) as damaged:
        raise BadInput("drawing_beyond", facts={"what": type(damaged).__name__}) from damaged


def _beyond(what: str) -> BadInput:
    """Return the refusal of what is not kept: a logo is drawn as it came, or not at all."""
    if what in ("<text>", "<textPath>", "<tspan>"):
        return BadInput("drawing_text")
    if what in ("clip-path", "mask", "<clipPath>", "<mask>"):
        return BadInput("drawing_cut")
    if what.endswith("opacity"):
        return BadInput("drawing_clear")
    if what.startswith("url(") or what.endswith(("Gradient>", "<pattern>")):
        return BadInput("drawing_shade")
    if what in ("filter", "<filter>", "mix-blend-mode", "backdrop-filter"):
        return BadInput("drawing_effect", facts={"what": what})
    if what == "<use>":
        return BadInput("drawing_again")
    return BadInput("drawing_beyond", facts={"what": what[:40]})


_PLAIN: Final = {
    "clip-path": "none",
    "mask": "none",
    "filter": "none",
    "backdrop-filter": "none",
    "mix-blend-mode": "normal",
    "marker": "none",
    "marker-start": "none",
    "marker-mid": "none",
    "marker-end": "none",
    "stroke-dasharray": "none",
    "paint-order": "normal",
    "vector-effect": "none",
    "transform-origin": "0 0",
    "transform-box": "view-box",
    "visibility": "visible",
}
"""What is not kept, with the value that changes nothing."""
_BY_STYLE: Final = frozenset({"d", "x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "points"})
"""Where a shape lies; read from its attributes alone."""
_MITER: Final = 4.0
"""How far a sharp corner reaches where nothing is said (SVG 1.1, 11.4)."""
_UNEVEN: Final = 0.02


@dataclass(frozen=True)
class _Look:
    """How shapes are drawn here; what is inside inherits it."""

    matrix: Matrix
    fill: str = "#000000"
    stroke: str = "none"
    width: float = 1.0
    rule: str = "nonzero"
    cap: str = "butt"
    join: str = "miter"
    miter: float = _MITER
    colour: str = "#000000"
    shown: bool = True


class _Drawing:
    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._rules: list[tuple[str, dict[str, str]]] = []
        self._lines: list[str] = []
        self._pieces = 0
        self._size: tuple[float, float] = (0.0, 0.0)

    def copy(self) -> bytes:
        self._look_for_styles()
        self._walk()
        if not self._lines:
            raise BadInput("drawing_empty")
        wide, high = map(_told, self._size)
        head = f'<svg xmlns="{SVG}" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        return "\n".join((head, *self._lines, "</svg>", "")).encode("ascii")

    # First what could do harm, and the styles -------------------------------------------------------------------

    def _look_for_styles(self) -> None:
        styles: list[str] = []
        inside: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            space, _, local = name.rpartition(" ")
            inside.append(local if space == SVG else "")
            if local in _ACTIVE and not _is_repeated(local, attributes):
                raise BadInput("drawing_active", facts={"what": f"<{local}>"})
            for key, value in attributes.items():
                plain = key.rpartition(" ")[2].lower()
                if plain.startswith("on") or (plain in ("href", "src", "data") and not value.startswith("#")):
                    raise BadInput("drawing_active", facts={"what": plain})
                if _fetches(value):
                    raise BadInput("drawing_active", facts={"what": "url()"})
            if local in _ACTIVE:
                raise _beyond(f"<{local}>")

        def ended(_name: str) -> None:
            inside.pop()

        def text(content: str) -> None:
            if inside and inside[-1] == "style":
                styles.append(content)

        walk_xml(self._payload, "logo.svg", start, ended, text)
        sheet = re.sub(r"/\*.*?\*/", "", "".join(styles), flags=re.DOTALL)
        if "@" in sheet or _fetches(sheet):
            raise BadInput("drawing_active", facts={"what": "<style>"})
        for selectors, body in _RULE.findall(sheet):
            for selector in selectors.split(","):
                if not _SELECTOR.fullmatch(selector.strip()):
                    raise _beyond(selector.strip())
                self._rules.append((selector.strip(), _declared(body)))

    # Then the shapes --------------------------------------------------------------------------------------------

    def _walk(self) -> None:
        looks: list[_Look | None] = []  # None: nothing in here is drawn

        def start(name: str, attributes: dict[str, str]) -> None:
            space, _, local = name.rpartition(" ")
            if not looks:
                if (space, local) != (SVG, "svg"):
                    raise _beyond(f"<{local}>")
                looks.append(self._look(_Look(self._frame(attributes)), local, attributes))
                return
            above = looks[-1]
            if above is None or space != SVG or local in _SILENT or local == "defs":
                looks.append(None)
                return
            look = self._look(above, local, attributes)
            if local in _SHAPES:
                self._draw(look, list(_pieces(local, attributes)))
            elif local != "g":
                raise _beyond(f"<{local}>")
            looks.append(look)

        def ended(_name: str) -> None:
            looks.pop()

        walk_xml(self._payload, "logo.svg", start, ended)

    def _frame(self, attributes: dict[str, str]) -> Matrix:
        box = [float(found) for found in _NUMBER.findall(attributes.get("viewBox", ""))]
        if len(box) != 4:
            box = [0.0, 0.0, _length(attributes.get("width", "")), _length(attributes.get("height", ""))]
        left, top, wide, high = box
        if not (0 < wide < math.inf and 0 < high < math.inf):
            raise _beyond("viewBox")
        scale = SIDE / max(wide, high)
        self._size = (max(1.0, wide * scale), max(1.0, high * scale))
        return (scale, 0, 0, scale, -left * scale, -top * scale)

    def _look(self, above: _Look, local: str, attributes: dict[str, str]) -> _Look:
        said = {key: value for key, value in attributes.items() if " " not in key}
        classes = {f".{name}" for name in attributes.get("class", "").split()}
        styled: dict[str, str] = {}
        for named in ({local}, classes):  # of a class more than of a kind, of each the last
            for selector, declared in self._rules:
                if selector in named:
                    styled |= declared
        styled |= _declared(attributes.get("style", ""))
        for key in _BY_STYLE & styled.keys():
            raise _beyond(f"style: {key}")
        said |= styled
        for key in ("opacity", "fill-opacity", "stroke-opacity"):
            given = said.get(key, "1").strip()
            if float(given.removesuffix("%")) / (100 if given.endswith("%") else 1) != 1:
                raise _beyond(key)
        hidden = said.get("display") == "none" or said.get("visibility") == "hidden"
        for key, plain in _PLAIN.items():
            if said.get(key, plain).strip() not in (plain, "") and above.shown and not hidden:
                raise _beyond(key)
        if not above.shown and said.get("visibility") == "visible":
            raise _beyond("visibility")
        colour = _colour(said.get("color", "inherit"), above.colour, above.colour)
        look = replace(
            above,
            colour=colour,
            fill=_colour(said.get("fill", "inherit"), above.fill, colour),
            stroke=_colour(said.get("stroke", "inherit"), above.stroke, colour),
            rule=_one_of(said.get("fill-rule", above.rule), ("nonzero", "evenodd")),
            cap=_one_of(said.get("stroke-linecap", above.cap), ("butt", "round", "square")),
            join=_one_of(said.get("stroke-linejoin", above.join), ("miter", "round", "bevel")),
            miter=_length(said.get("stroke-miterlimit", "") or str(above.miter)),
            shown=above.shown and not hidden,
        )
        if "stroke-width" in said:
            look = replace(look, width=_length(said["stroke-width"]))
        for name, numbers in _CALL.findall(said.get("transform", "")):
            values = [float(found) for found in _NUMBER.findall(numbers)]
            look = replace(look, matrix=_times(look.matrix, _moved(name, values)))
        return look

    def _draw(self, look: _Look, pieces: Sequence[Piece]) -> None:
        self._pieces += len(pieces)
        if self._pieces > PIECES:
            raise BadInput("drawing_too_large", facts={"longest": PIECES})
        a, b, c, d, _, _ = look.matrix
        width = look.width * math.sqrt(abs(a * d - b * c))
        stroke = look.stroke if width > 0 else "none"
        if not look.shown or not pieces or (look.fill == "none" and stroke == "none"):
            return
        said = " ".join(
            letter + " ".join(_told(value) for point in points for value in _at(look.matrix, point))
            for letter, points in pieces
        )
        if stroke != "none" and _is_uneven(look.matrix):
            raise _beyond("transform")
        miter = (
            f' stroke-miterlimit="{_told(look.miter)}"' if stroke != "none" and look.miter != _MITER else ""
        )
        self._lines.append(
            f'<path fill="{look.fill}" fill-rule="{look.rule}" stroke="{stroke}" stroke-width="{_told(width)}"'
            f' stroke-linecap="{look.cap}" stroke-linejoin="{look.join}"{miter} d="{said}"/>'
        )


def _is_repeated(local: str, attributes: dict[str, str]) -> bool:
    """Tell whether it draws again what stands in the drawing itself, which neither runs nor fetches anything."""
    names = [value for key, value in attributes.items() if key.rpartition(" ")[2].lower() == "href"]
    return local == "use" and all(value.startswith("#") for value in names)


def _fetches(value: str) -> bool:
    """Tell whether something points out of the drawing."""
    flat = "".join(value.split()).lower()
    return bool(re.search(r"url\((?![\"']?#)", flat)) or "javascript:" in flat or "\\" in flat


def _declared(body: str) -> dict[str, str]:
    found = {}
    for declared in body.split(";"):
        key, colon, value = declared.partition(":")
        if colon:
            found[key.strip()] = value.replace("!important", "").strip()
    return found


def _is_uneven(m: Matrix) -> bool:
    """Tell whether a stroke would be wider one way than another."""
    a, b, c, d = m[:4]
    along, across = math.hypot(a, b), math.hypot(c, d)
    longer = max(along, across)
    return abs(along - across) > _UNEVEN * longer or abs(a * c + b * d) > _UNEVEN * longer * longer


def _colour(said: str, above: str, current: str) -> str:
    said = said.strip()
    if said == "inherit":
        return above
    if said in ("none", "transparent"):
        return "none"
    if said.lower() == "currentcolor":
        return current
    try:
        channels = ImageColor.getrgb(said)
    except ValueError:
        raise _beyond(said) from None
    if len(channels) == 4 and channels[3] != 255:
        raise BadInput("drawing_clear")
    return "#{:02x}{:02x}{:02x}".format(*channels[:3])


def _one_of(said: str, known: tuple[str, ...]) -> str:
    if said.strip() not in known:
        raise _beyond(said)
    return said.strip()


def _length(said: str) -> float:
    found = _LENGTH.fullmatch(said)
    if found is None or found[2] not in _UNITS:
        raise _beyond(said or "width")
    return float(found[1]) * _UNITS[found[2]]


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, l_ = n
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * l_ + e,
        b * k + d * l_ + f,
    )


def _at(m: Matrix, point: Point) -> Point:
    x, y = point
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _moved(name: str, v: Sequence[float]) -> Matrix:
    if name == "matrix" and len(v) == 6:
        return (v[0], v[1], v[2], v[3], v[4], v[5])
    if name == "translate" and len(v) in (1, 2):
        return (1, 0, 0, 1, v[0], v[1] if len(v) == 2 else 0)
    if name == "scale" and len(v) in (1, 2):
        return (v[0], 0, 0, v[-1], 0, 0)
    if name == "rotate" and len(v) in (1, 3):
        angle = math.radians(v[0])
        turn: Matrix = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0, 0)
        if len(v) == 1:
            return turn
        return _times(_times((1, 0, 0, 1, v[1], v[2]), turn), (1, 0, 0, 1, -v[1], -v[2]))
    if name == "skewX" and len(v) == 1:
        return (1, 0, math.tan(math.radians(v[0])), 1, 0, 0)
    if name == "skewY" and len(v) == 1:
        return (1, math.tan(math.radians(v[0])), 0, 1, 0, 0)
    raise _beyond(name)


def _told(value: float) -> str:
    if not abs(value) <= FARTHEST:
        raise _beyond("coordinates")
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


# Shapes as lines and curves -------------------------------------------------------------------------------------


def _pieces(local: str, attributes: dict[str, str]) -> Iterator[Piece]:
    def of(name: str) -> float:
        return _length(attributes.get(name, "0") or "0")

    if local == "path":
        yield from _path(attributes.get("d", ""))
    elif local == "line":
        yield "M", ((of("x1"), of("y1")),)
        yield "L", ((of("x2"), of("y2")),)
    elif local in ("polyline", "polygon"):
        values = [float(found) for found in _NUMBER.findall(attributes.get("points", ""))]
        for place in range(0, len(values) - 1, 2):
            yield "L" if place else "M", ((values[place], values[place + 1]),)
        if local == "polygon" and len(values) > 1:
            yield "Z", ()
    elif local == "rect":
        yield from _rect(of("x"), of("y"), of("width"), of("height"), attributes)
    else:
        rx, ry = (of("r"), of("r")) if local == "circle" else (of("rx"), of("ry"))
        if rx > 0 and ry > 0:
            cx, cy = of("cx"), of("cy")
            yield "M", ((cx + rx, cy),)
            yield from _arc((cx + rx, cy), rx, ry, 0, large=False, sweep=True, end=(cx - rx, cy))
            yield from _arc((cx - rx, cy), rx, ry, 0, large=False, sweep=True, end=(cx + rx, cy))
            yield "Z", ()


def _rect(x: float, y: float, wide: float, high: float, attributes: dict[str, str]) -> Iterator[Piece]:
    if wide <= 0 or high <= 0:
        return
    given = [_length(attributes[key]) for key in ("rx", "ry") if key in attributes]
    rx, ry = (given[0], given[-1]) if given else (0.0, 0.0)
    rx, ry = min(max(rx, 0.0), wide / 2), min(max(ry, 0.0), high / 2)
    if not rx or not ry:
        corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
        yield from ((("L" if place else "M"), (corner,)) for place, corner in enumerate(corners))
        yield "Z", ()
        return
    right, low = x + wide, y + high
    sides: tuple[tuple[Point, Point], ...] = (
        ((right - rx, y), (right, y + ry)),
        ((right, low - ry), (right - rx, low)),
        ((x + rx, low), (x, low - ry)),
        ((x, y + ry), (x + rx, y)),
    )
    yield "M", ((x + rx, y),)
    for straight, round_ in sides:
        yield "L", (straight,)
        yield from _arc(straight, rx, ry, 0, large=False, sweep=True, end=round_)
    yield "Z", ()


class _Said:
    """The letters and numbers of a path's data."""

    def __init__(self, data: str) -> None:
        self._data, self._at = data, 0

    def _skip(self) -> None:
        while self._at < len(self._data) and self._data[self._at] in " ,\t\r\n\f":
            self._at += 1

    def letter(self) -> str:
        """Return the next command; empty: there is none, a number goes on, or it is over."""
        self._skip()
        if self._at < len(self._data) and self._data[self._at].isalpha():
            self._at += 1
            return self._data[self._at - 1]
        return ""

    @property
    def over(self) -> bool:
        self._skip()
        return self._at >= len(self._data)

    def number(self) -> float:
        self._skip()
        found = _NUMBER.match(self._data, self._at)
        if found is None:
            raise _beyond("d")
        self._at = found.end()
        return float(found[0])

    def flag(self) -> bool:
        self._skip()
        sign = self._data[self._at : self._at + 1]
        if sign not in ("0", "1"):
            raise _beyond("d")
        self._at += 1
        return sign == "1"


def _path(data: str) -> Iterator[Piece]:
    said, letter, before = _Said(data), "", ""
    here: Point = (0.0, 0.0)
    begin, bend = here, here
    while not said.over:
        letter = said.letter() or {"M": "L", "m": "l", "Z": "", "z": ""}.get(letter, letter)
        if not letter or (not before and letter not in "Mm"):
            raise _beyond("d")
        x0, y0 = here if letter.islower() else (0.0, 0.0)

        def point(x0: float = x0, y0: float = y0) -> Point:
            return x0 + said.number(), y0 + said.number()

        kind = letter.upper()
        smooth = (2 * here[0] - bend[0], 2 * here[1] - bend[1])
        if kind == "Z":
            yield "Z", ()
            here = begin
        elif kind == "M":
            here = begin = point()
            yield "M", (here,)
        elif kind in "LHV":
            here = (
                point() if kind == "L"
                else (x0 + said.number(), here[1]) if kind == "H"
                else (here[0], y0 + said.number())
            )  # fmt: skip
            yield "L", (here,)
        elif kind in "CS":
            first = point() if kind == "C" else smooth if before in ("C", "S") else here
            bend, end = point(), point()
            yield "C", (first, bend, end)
            here = end
        elif kind in "QT":
            bend = point() if kind == "Q" else smooth if before in ("Q", "T") else here
            end = point()
            yield "C", (_between(here, bend), _between(end, bend), end)
            here = end
        elif kind == "A":
            rx, ry, turned = said.number(), said.number(), said.number()
            large, sweep = said.flag(), said.flag()
            end = point()
            yield from _arc(here, abs(rx), abs(ry), turned, large=large, sweep=sweep, end=end)
            here = end
        else:
            raise _beyond(letter)
        if kind not in "CSQT":
            bend = here
        before = kind


def _between(end: Point, bend: Point) -> Point:
    return end[0] + 2 / 3 * (bend[0] - end[0]), end[1] + 2 / 3 * (bend[1] - end[1])


def _arc(
    start: Point, rx: float, ry: float, turned: float, *, large: bool, sweep: bool, end: Point
) -> Iterator[Piece]:
    """Yield an elliptical arc as curves of a quarter turn at most.

    Source: SVG 1.1, appendix F.6, conversion from endpoint to centre parameterisation.
    """
    if start == end:
        return
    if not rx or not ry:
        yield "L", (end,)
        return
    phi = math.radians(turned)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, -sin * dx + cos * dy
    grown = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grown, ry * grown
    below = (rx * y) ** 2 + (ry * x) ** 2
    share = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) * (-1 if large == sweep else 1)
    mx, my = share * rx * y / ry, -share * ry * x / rx
    cx = cos * mx - sin * my + (start[0] + end[0]) / 2
    cy = sin * mx + cos * my + (start[1] + end[1]) / 2
    first = math.atan2((y - my) / ry, (x - mx) / rx)
    swept = math.atan2((-y - my) / ry, (-x - mx) / rx) - first
    if sweep and swept < 0:
        swept += 2 * math.pi
    elif not sweep and swept > 0:
        swept -= 2 * math.pi
    count = max(1, math.ceil(abs(swept) / (math.pi / 2) - 1e-9))
    step = swept / count
    reach = 4 / 3 * math.tan(step / 4)

    def on(angle: float, along: float) -> Point:
        u = math.cos(angle) - along * math.sin(angle)
        v = math.sin(angle) + along * math.cos(angle)
        return cos * rx * u - sin * ry * v + cx, sin * rx * u + cos * ry * v + cy

    for number in range(count):
        angle = first + number * step
        last = end if number == count - 1 else on(angle + step, 0)
        yield "C", (on(angle, reach), on(angle + step, -reach), last)
