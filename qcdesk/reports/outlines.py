# SPDX-License-Identifier: Apache-2.0
"""Logos of outlines: the plain SVG that is kept of one, checked line by line and drawn as vectors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MIME: Final = "image/svg+xml"
START: Final = b"<svg "
LONGEST: Final = 4_000_000
_N = r"-?[0-9]{1,6}(?:\.[0-9]{1,2})?"
_HEAD = re.compile(
    rf'<svg xmlns="http://www\.w3\.org/2000/svg" width="({_N})" height="({_N})" viewBox="0 0 \1 \2">'
)
_PATH = re.compile(
    r'<path fill="(none|#[0-9a-f]{6})" fill-rule="(nonzero|evenodd)" stroke="(none|#[0-9a-f]{6})"'
    rf' stroke-width="({_N})" stroke-linecap="(butt|round|square)" stroke-linejoin="(miter|round|bevel)"'
    rf'(?: stroke-miterlimit="({_N})")? d="([MLCZ0-9 .-]*)"/>'
)
_PIECE = re.compile(rf"([MLCZ])((?:{_N}(?: {_N})*)?)")
_TAKES = {"M": 2, "L": 2, "C": 6, "Z": 0}
CAPS: Final = {"butt": 0, "round": 1, "square": 2}
JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}


@dataclass(frozen=True)
class Outline:
    """One shape: its colours (empty: none) and its lines and curves."""

    fill: str
    even_odd: bool
    stroke: str
    width: float
    cap: int
    join: int
    pieces: tuple[tuple[str, tuple[float, ...]], ...]
    miter: float = 4.0


@dataclass(frozen=True)
class Outlines:
    """A logo: its size, and its shapes from the lowest to the topmost."""

    width: float
    height: float
    shapes: tuple[Outline, ...]


@lru_cache(maxsize=8)
def read(data: bytes) -> Outlines | None:
    """Return the outlines of a kept logo; None where anything in it is not of the form in which it is kept."""
    if len(data) > LONGEST or not data.isascii():
        return None
    head, *paths = data.decode("ascii").removesuffix("\n").split("\n")
    found = _HEAD.fullmatch(head)
    if found is None or not paths or paths.pop() != "</svg>":
        return None
    width, height = float(found[1]), float(found[2])
    shapes = []
    for line in paths:
        said = _PATH.fullmatch(line)
        if said is None:
            return None
        pieces: list[tuple[str, tuple[float, ...]]] = []
        for piece in re.split(r" (?=[MLCZ])", said[8]):
            one = _PIECE.fullmatch(piece)
            numbers = tuple(map(float, one[2].split())) if one is not None else ()
            if one is None or len(numbers) != _TAKES[one[1]] or (not pieces and one[1] != "M"):
                return None
            pieces.append((one[1], numbers))
        fill, stroke = ("" if colour == "none" else colour for colour in (said[1], said[3]))
        even_odd, pen = said[2] == "evenodd", float(said[4])
        cap, join, miter = CAPS[said[5]], JOINS[said[6]], float(said[7] or Outline.miter)
        shapes.append(Outline(fill, even_odd, stroke, pen, cap, join, tuple(pieces), max(1.0, miter)))
    return Outlines(width, height, tuple(shapes)) if width > 0 and height > 0 else None
