# SPDX-License-Identifier: Apache-2.0
"""Codes on paper, read back: from the pages of a PDF, or from a photograph or scan of one."""

from __future__ import annotations

import io
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from qcdesk.domain.inputs import BadInput
from qcdesk.reports import pages

DPI = 200
PIXELS = 50_000_000
DARKEST_STAIN = 70  # of 255; ink is darker, coffee is not
TURNS = (20, 45)  # degrees: squares that stand askew to the dots are told apart again
RESAMPLE = Image.Resampling.BICUBIC


@dataclass(frozen=True)
class PaperRead:
    """What was found: the texts of all square codes, and the words of the pages where the file has them."""

    codes: tuple[str, ...]
    text: str = ""


def read_paper(content: bytes) -> PaperRead:
    """Return the codes of a PDF or a picture. Raises: BadInput ``picture``: it is neither."""
    if content.startswith(b"%PDF"):
        codes: list[str] = []
        for index in range(min(pages.page_count(content), 50)):
            drawn = pages.render_page(content, index, DPI)
            codes += _codes(Image.frombytes("RGBX", (drawn.width, drawn.height), drawn.pixels))
        return PaperRead(tuple(codes), "\n".join(pages.text(content)))
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as picture:
            if picture.width * picture.height > PIXELS:
                raise BadInput("picture")
            return PaperRead(tuple(_codes(picture)))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as bad:
        raise BadInput("picture") from bad


def _codes(picture: Image.Image) -> list[str]:
    """Read a picture as it is; where nothing is found, without what is only a stain, then turned a little."""
    grey = picture.convert("L")
    ink = grey.point(lambda value: 255 if value > DARKEST_STAIN else 0)
    for tried in (
        grey,
        ink,
        *(one.rotate(turn, RESAMPLE, expand=True, fillcolor=255) for turn in TURNS for one in (grey, ink)),
    ):
        found = zxingcpp.read_barcodes(tried)
        codes = [one.text for one in found if one.format == zxingcpp.BarcodeFormat.QRCode and one.valid]
        if codes:
            return codes
    return []
