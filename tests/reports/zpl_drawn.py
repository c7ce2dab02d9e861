# SPDX-License-Identifier: Apache-2.0
"""A label printer for tests: draws what our ZPL asks for and gives back the picture and the words it wrote itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

import zxingcpp
from PIL import Image


@dataclass(frozen=True)
class Label:
    """What came out: the picture without its plain letters, these by place, and how many labels."""

    picture: Image.Image
    written: tuple[tuple[int, int, str], ...]
    copies: int

    def codes(self) -> set[str]:
        """Return what a scanner reads on it."""
        return {code.text for code in zxingcpp.read_barcodes(self.picture)}


FIELD = re.compile(r"\^F([OT])(\d+),(\d+)(.*?)\^FS", re.DOTALL)
COMMANDS = {
    "^XA",
    "^CI",
    "^PW",
    "^LL",
    "^LH",
    "^FO",
    "^FT",
    "^A0",
    "^FH",
    "^FD",
    "^FS",
    "^BY",
    "^BC",
    "^GF",
    "^PQ",
    "^XZ",
}


def drawn(zpl: bytes) -> Label:
    """Print it. Any command that the program does not mean to send is an error."""
    text = zpl.decode("ascii")
    assert text.startswith("^XA") and text.rstrip().endswith("^XZ")
    assert set(re.findall(r"\^..", text)) <= COMMANDS and "~" not in text
    size = (int(_after(text, "PW")), int(_after(text, "LL")))
    page, written = Image.new("L", size, 255), []
    for how, left, top, what in FIELD.findall(text):
        x, y = int(left), int(top)
        if what.startswith("^GFA"):
            part = _graphic(what)
            assert x + part.width <= size[0] + 7 and y + part.height <= size[1]
            page.paste(0, (x, y), part)
        elif "^BC" in what:
            page.paste(_bars(what), (x, y))
        else:
            assert how == "T"
            written.append((x, y, _said(what)))
    return Label(page, tuple(written), int(_after(text, "PQ")))


def _after(text: str, command: str) -> str:
    found = re.search(rf"\^{command}(\d+)", text)
    assert found is not None
    return found[1]


def _graphic(what: str) -> Image.Image:
    found = re.fullmatch(r"\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)", what)
    assert found is not None
    total, whole, row = (int(found[i]) for i in (1, 2, 3))
    data = bytes.fromhex(found[4])
    assert total == whole == len(data)
    return Image.frombytes("1", (row * 8, len(data) // row), data).convert("L")


def _bars(what: str) -> Image.Image:
    found = re.fullmatch(r"\^BY(\d+),3,(\d+)\^BCN,(\d+),N,N,N,A\^FD([^^]*)", what)
    assert found is not None
    code = zxingcpp.create_barcode(found[4], zxingcpp.BarcodeFormat.Code128)
    one = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    return one.resize((one.width * int(found[1]), int(found[3])), Image.Resampling.NEAREST)


def _said(what: str) -> str:
    found = re.fullmatch(r"\^A0N,\d+,\d+\^FH_\^FD([^^]*)", what)
    assert found is not None
    return re.sub("_([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), found[1])
