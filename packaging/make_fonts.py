# SPDX-License-Identifier: Apache-2.0
"""Make the font files in resources/fonts from the Noto packages; run by hand when a font is renewed.

The full fonts come from the npm packages named in ``SOURCES`` (an MIT wrapper around fonts under the SIL Open
Font License 1.1). Fetch and unpack them with npm's own client, then give the folder:

    npm install --prefix FOLDER @expo-google-fonts/noto-sans@0.4.2 ...      (all of SOURCES)
    python packaging/make_fonts.py FOLDER

Why subsets: the Chinese fonts alone are 10 MB for each weight. Why two Chinese families: "Noto Sans SC" holds
GB 2312 in two weights, which is what nearly all text needs; "Noto Sans SC Rare" holds every other hanzi of the
Unified Repertoire in one weight, because personal names use them (祎, 玥, 喆) and a name is never a box. It has
a family name of its own so that Qt falls back to it by glyph. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fontTools.subset as subset
from fontTools.ttLib import TTFont

SOURCES = {
    "noto-sans": "0.4.2",
    "noto-sans-thai": "0.4.2",
    "noto-sans-sc": "0.4.3",
    "noto-sans-symbols": "0.4.1",
    "noto-sans-symbols-2": "0.4.1",
    "noto-sans-math": "0.4.2",
}
FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"

# Latin with every extension, Greek, Cyrillic, combining marks, punctuation, super- and subscripts, currency,
# letter-like symbols: suppliers write their names in all of these.
LATIN = [
    (0x0020, 0x02FF), (0x0300, 0x036F), (0x0370, 0x052F), (0x1AB0, 0x1ABE), (0x1D00, 0x1DFF),
    (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x218F),
    (0x2212, 0x2212), (0x25CC, 0x25CC), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06),
    (0xFE20, 0xFE2F), (0xFFFD, 0xFFFD),
]  # fmt: skip
# Geometrical tolerancing, arrows, number forms and dingbats of the two symbol fonts; mathematical relations.
SYMBOLS = [(0x2190, 0x21FF), (0x2300, 0x23FF), (0x2460, 0x24FF)]
SYMBOLS_2 = [(0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2B00, 0x2BFF)]
MATH = [(0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF), (0x27C0, 0x27FF)]
HANZI = [(0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x3FFFF)]
CJK_EXTRA = [
    (0x2014, 0x2026), (0x2460, 0x2473), (0x3000, 0x303F), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3200, 0x33FF),
    (0xFF01, 0xFFEF),
]  # fmt: skip
WEIGHTS = {"Regular": "400Regular", "Medium": "500Medium", "SemiBold": "600SemiBold", "Bold": "700Bold"}
KEPT_FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "rlig", "abvm", "blwm"]


@dataclass(frozen=True)
class Piece:
    """One file to make: where it comes from, what it keeps, and the family it is given when that changes."""

    package: str
    weight: str
    prefix: str
    characters: frozenset[int] | None  # None: all of the source
    family: str | None = None


def gb2312() -> Iterator[int]:
    """Yield the 7,445 code points of GB 2312."""
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield ord(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def spread(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the code points of inclusive ranges."""
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def pieces() -> list[Piece]:
    """Return every font file of the program."""
    latin, common = spread(LATIN), frozenset(gb2312()) | spread(CJK_EXTRA) | spread([(0x20, 0x7E)])
    out = [Piece("noto-sans", w, "NotoSans", latin) for w in WEIGHTS]
    out += [Piece("noto-sans-thai", w, "NotoSansThai", None) for w in WEIGHTS]
    out += [Piece("noto-sans-sc", w, "NotoSansSC", common) for w in ("Regular", "Bold")]
    out.append(
        Piece("noto-sans-sc", "Regular", "NotoSansSCRare", spread(HANZI) - common, "Noto Sans SC Rare")
    )
    out.append(Piece("noto-sans-symbols", "Regular", "NotoSansSymbols", spread(SYMBOLS)))
    out.append(Piece("noto-sans-symbols-2", "Regular", "NotoSansSymbols2", spread(SYMBOLS_2)))
    out.append(Piece("noto-sans-math", "Regular", "NotoSansMath", spread(MATH)))
    return out


def rename(font: TTFont, family: str) -> None:
    """Give ``font`` another family name, in every record that carries it."""
    compact = family.replace(" ", "")
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
        elif record.nameID in (3, 4):
            record.string = f"{family} Regular"
        elif record.nameID == 6:
            record.string = f"{compact}-Regular"


def make(source: Path, piece: Piece, target: Path) -> None:
    """Write one font file from the unpacked package in ``source``."""
    options = subset.Options()
    options.layout_features = KEPT_FEATURES
    options.name_IDs = ["*"]  # ids 16 and 17 group the weights into one family
    options.notdef_outline = True
    options.hinting = False  # half the size; screens of today and paper do without
    options.recalc_timestamp = False
    stem = piece.prefix.removesuffix("Rare")
    folder = WEIGHTS[piece.weight]
    font = TTFont(source / folder / f"{stem}_{folder}.ttf", recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=piece.characters if piece.characters is not None else font.getBestCmap())
    cutter.subset(font)
    if piece.family:
        rename(font, piece.family)
    font.save(target)


def unpacked(folder: Path, package: str) -> Path:
    """Return where npm put a package: under node_modules, or plainly in the folder."""
    for place in (folder / "node_modules" / "@expo-google-fonts" / package, folder / package):
        if place.is_dir():
            return place
    sys.exit(f"{package} is not in {folder}: npm install --prefix {folder} @expo-google-fonts/{package}")


def main() -> None:
    """Make all files and put each font's licence beside it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="folder with the unpacked npm packages")
    folder: Path = parser.parse_args().folder
    FONTS.mkdir(parents=True, exist_ok=True)
    for piece in pieces():
        source = unpacked(folder, piece.package)
        target = FONTS / f"{piece.prefix}-{piece.weight}.ttf"
        make(source, piece, target)
        licence = FONTS / f"OFL-{piece.prefix.removesuffix('Rare')}.txt"
        licence.write_bytes((source / "LICENSE_FONT").read_bytes())
        print(f"{target.name}: {target.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
