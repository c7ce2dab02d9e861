# SPDX-License-Identifier: Apache-2.0
"""Draw the pictures of the demonstration in resources/demonstration; run by hand when one is changed.

    python packaging/make_pictures.py

They are plain drawings of invented parts, made for this program and under its licence. The holes of the cover
stand where the published readings say they were measured. The same script gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "demonstration"
WIDTH, HEIGHT = 720, 480
FINE = 4  # drawn this many times larger, then reduced: smooth edges
COLOURS = 48

GROUND, LINE, DARK = "#eef1ef", "#44504b", "#39423e"
METAL, METAL_LIGHT, METAL_DARK = "#b9c3be", "#d5dcd9", "#93a09a"
PLASTIC, PLASTIC_LIGHT, PLASTIC_DARK = "#7fa7bd", "#a9c6d5", "#5c8399"
CARD, CARD_LIGHT, CARD_DARK = "#c8ad86", "#dcc8a8", "#a0875f"
MARK = "#8f1b12"

# Centres of the 20 holes of 4.5 in a plate of 152.4 × 101.6, mm, rounded.
CORNER_HOLES = ((5.5, 5.5), (146.9, 5.5), (5.5, 96.1), (146.9, 96.1))
BOSS_HOLES = (
    *((117.9, 76.1), (117.9, 60.6), (129.8, 43.8), (129.8, 20.3), (117.9, 25.6), (117.9, 41.1)),
    *((96.4, 36.5), (83.4, 22.2), (61.4, 22.2), (39.4, 22.2), (26.4, 36.5), (26.4, 65.1)),
    *((39.4, 79.4), (61.4, 79.4), (83.4, 79.4), (96.4, 65.1)),
)


class Sheet:
    """A drawing sheet; all sizes in pixels of the finished picture."""

    def __init__(self) -> None:
        """Begin with the ground."""
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), GROUND)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, w: float, h: float, fill: str, r: float = 0, edge: float = 2) -> None:
        """Draw a box with round corners."""
        corners = (x * FINE, y * FINE, (x + w) * FINE, (y + h) * FINE)
        self._draw.rounded_rectangle(corners, r * FINE, fill, LINE, round(edge * FINE))

    def disc(self, x: float, y: float, r: float, fill: str | None, edge: float = 2, line: str = LINE) -> None:
        """Draw a disc, or with no fill a ring."""
        corners = ((x - r) * FINE, (y - r) * FINE, (x + r) * FINE, (y + r) * FINE)
        self._draw.ellipse(corners, fill, line, round(edge * FINE))

    def path(self, points: list[tuple[float, float]], line: str = LINE, width: float = 2) -> None:
        """Draw a line through points."""
        self._draw.line([(x * FINE, y * FINE) for x, y in points], line, round(width * FINE), "curve")

    def shape(self, points: list[tuple[float, float]], fill: str, edge: float = 2) -> None:
        """Draw a closed shape."""
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self._draw.polygon(scaled, fill, LINE, round(edge * FINE))

    def save(self, name: str) -> None:
        """Reduce and write."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        plain = small.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        plain.save(FOLDER / name, "PNG", optimize=True)


def _plate(sheet: Sheet) -> Callable[[float, float], tuple[float, float]]:
    scale, left, top = 3.9, 63.0, 42.0

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + (101.6 - y) * scale

    sheet.box(left, top, 152.4 * scale, 101.6 * scale, METAL, 14)
    x, y = at(15, 92)
    sheet.box(x, y, 126 * scale, 82 * scale, METAL_LIGHT, 26)
    x, y = at(36, 70)
    sheet.box(x, y, 50 * scale, 38 * scale, METAL_DARK, 16)
    for hole in CORNER_HOLES:
        sheet.disc(*at(*hole), 2.25 * scale, DARK)
    for hole in BOSS_HOLES:
        sheet.disc(*at(*hole), 2.25 * scale, "#56635d")
    return at


def cover() -> Sheet:
    """Draw the milled cover from above."""
    sheet = Sheet()
    _plate(sheet)
    return sheet


def cover_where() -> Sheet:
    """Draw where the cover is measured: corner hole, two distances, and points of the face."""
    sheet = Sheet()
    at = _plate(sheet)
    x, y = at(5.5, 5.5)
    sheet.disc(x, y, 17, None, 3, MARK)
    for end in (at(0, 5.5), at(5.5, 0)):
        sheet.path([(x, y), end], MARK, 3)
    for px in (20, 56, 96, 134):
        for py in (4, 97.5):
            cx, cy = at(px, py)
            sheet.path([(cx - 7, cy), (cx + 7, cy)], MARK, 3)
            sheet.path([(cx, cy - 7), (cx, cy + 7)], MARK, 3)
    return sheet


def cover_flatness() -> Sheet:
    """Draw the cover on three supports under a dial indicator."""
    sheet = Sheet()
    sheet.box(40, 380, 640, 46, METAL_DARK, 6)
    for x in (220, 350, 480):
        sheet.shape([(x, 330), (x + 22, 380), (x - 22, 380)], DARK)
    sheet.box(180, 290, 340, 40, METAL_LIGHT, 8)
    sheet.box(90, 246, 500, 44, METAL, 8)
    sheet.path([(600, 380), (600, 90), (470, 90)], DARK, 12)
    sheet.disc(440, 104, 54, "#ffffff", 5)
    for dx, dy in ((0, -42), (42, 0), (0, 42), (-42, 0)):
        sheet.path([(440 + dx * 0.84, 104 + dy * 0.84), (440 + dx, 104 + dy)], LINE, 4)
    sheet.path([(440, 104), (466, 78)], MARK, 5)
    sheet.path([(440, 158), (440, 240)], DARK, 8)
    sheet.disc(440, 241, 6, DARK)
    return sheet


def _cap(sheet: Sheet) -> None:
    sheet.shape([(190, 190), (530, 190), (550, 380), (170, 380)], PLASTIC)
    for i in range(1, 17):
        x = 190 + i * 20
        slope = (x - 360) * 0.117
        sheet.path([(x, 206), (x + slope * 0.9, 368)], PLASTIC_DARK, 4)
    sheet.box(170, 376, 380, 34, PLASTIC_LIGHT, 6)
    sheet.shape([(200, 190), (214, 164), (506, 164), (520, 190)], PLASTIC_LIGHT)
    sheet.box(330, 70, 60, 96, PLASTIC, 12)
    sheet.box(318, 54, 84, 28, PLASTIC_LIGHT, 10)


def cap() -> Sheet:
    """Draw a spout cap from the side."""
    sheet = Sheet()
    _cap(sheet)
    return sheet


def cap_flash() -> Sheet:
    """Draw the spout cap with flash at its lower rim."""
    sheet = Sheet()
    _cap(sheet)
    points = [(386.0, 410.0), (400.0, 428.0), (412.0, 414.0), (430.0, 434.0), (446.0, 416.0), (462.0, 410.0)]
    sheet.shape(points, PLASTIC_LIGHT)
    sheet.disc(424, 416, 52, None, 5, MARK)
    return sheet


def cap_scratch() -> Sheet:
    """Draw the spout cap with a scratch on its shoulder."""
    sheet = Sheet()
    _cap(sheet)
    sheet.path([(236, 182), (262, 174), (288, 178), (310, 170)], "#ffffff", 4)
    sheet.path([(240, 186), (264, 178), (288, 182)], PLASTIC_DARK, 2)
    sheet.disc(272, 178, 50, None, 5, MARK)
    return sheet


def shaft() -> Sheet:
    """Draw a turned shaft from the side."""
    sheet = Sheet()
    sheet.box(60, 206, 130, 68, METAL_LIGHT, 4)
    sheet.box(188, 176, 250, 128, METAL, 4)
    sheet.box(436, 206, 150, 68, METAL_LIGHT, 4)
    sheet.box(584, 218, 76, 44, METAL_DARK, 4)
    for x in range(592, 656, 9):
        sheet.path([(x, 220), (x + 5, 260)], LINE, 2)
    sheet.box(236, 222, 120, 36, METAL_DARK, 18)
    sheet.path([(30, 240), (690, 240)], LINE, 1)
    return sheet


def housing() -> Sheet:
    """Draw a connector housing from the front."""
    sheet = Sheet()
    sheet.box(110, 110, 500, 260, PLASTIC_DARK, 26)
    sheet.box(140, 140, 440, 200, PLASTIC, 16)
    for row in range(2):
        for column in range(8):
            sheet.box(166 + column * 49, 172 + row * 74, 34, 58, DARK, 5)
    sheet.box(300, 84, 120, 30, PLASTIC_LIGHT, 8)
    sheet.box(70, 200, 42, 80, PLASTIC_DARK, 10)
    sheet.box(608, 200, 42, 80, PLASTIC_DARK, 10)
    return sheet


def carton() -> Sheet:
    """Draw a printed folding carton."""
    sheet = Sheet()
    sheet.shape([(150, 170), (430, 210), (430, 420), (150, 370)], CARD)
    sheet.shape([(430, 210), (590, 150), (590, 340), (430, 420)], CARD_DARK)
    sheet.shape([(150, 170), (310, 110), (590, 150), (430, 210)], CARD_LIGHT)
    sheet.shape([(180, 214), (400, 246), (400, 290), (180, 256)], "#f6f2ea")
    for i in range(14):
        x = 196 + i * 14
        sheet.path([(x, 300 + i * 2.0), (x, 346 + i * 2.0)], DARK, 3 + (i * 5) % 4)
    return sheet


def logo() -> Image.Image:
    """Return the mark of the invented shop: a lighthouse in a disc."""
    size = 240
    big = Image.new("RGBA", (size * FINE, size * FINE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)

    def scaled(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * FINE, y * FINE) for x, y in points]

    draw.ellipse(scaled((4, 4), (236, 236)), "#14403a")
    draw.polygon(scaled((104, 92), (136, 92), (150, 196), (90, 196)), "#ffffff")
    draw.rectangle(scaled((100, 70), (140, 88)), "#ffffff")
    draw.polygon(scaled((96, 68), (144, 68), (120, 46)), "#ffffff")
    draw.polygon(scaled((146, 79), (222, 56), (222, 102)), "#bfe3d6")
    draw.polygon(scaled((94, 79), (18, 56), (18, 102)), "#bfe3d6")
    draw.polygon(scaled((99, 124), (141, 124), (144, 148), (96, 148)), "#14403a")
    return big.resize((size, size), Image.Resampling.LANCZOS)


SHEETS: dict[str, Callable[[], Sheet]] = {
    "cover.png": cover,
    "cover_where.png": cover_where,
    "cover_flatness.png": cover_flatness,
    "cap.png": cap,
    "cap_flash.png": cap_flash,
    "cap_scratch.png": cap_scratch,
    "shaft.png": shaft,
    "housing.png": housing,
    "carton.png": carton,
}


def main() -> None:
    """Write every picture."""
    for name, draw in SHEETS.items():
        draw().save(name)
    logo().quantize(COLOURS, Image.Quantize.FASTOCTREE).save(FOLDER / "logo.png", "PNG", optimize=True)


if __name__ == "__main__":
    main()
