# SPDX-License-Identifier: Apache-2.0
"""Codes on paper, read back: from the pages of a PDF, or from a photograph or scan of one.

Foreign bytes come here in a child process alone (``read_in_child``), and pictures as the copy that the one decoder of
pictures has made of them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image

from qcdesk.domain.inputs import BadInput
from qcdesk.reports import pages

DPI = 200
PIXELS = 50_000_000
PAGES = 50  # pages in which codes are looked for: the first ones and the last; words are read to the end
SCANNED = 2  # of pages with words, so many are looked at again as scans are
LONGEST_TEXT = 20_000_000
DARKEST_STAIN = 70  # of 255; ink is darker, coffee is not
TURNS = (20, 45)  # degrees: squares that stand askew to the dots are told apart again
RESAMPLE = Image.Resampling.BICUBIC


@dataclass(frozen=True)
class PaperRead:
    """What was found: the texts of all square codes, and the words of the pages where the file has them."""

    codes: tuple[str, ...]
    text: str = ""


def read_paper(content: bytes) -> PaperRead:
    """Return the codes of a PDF or a picture.

    Raises: BadInput: ``pdf``: it cannot be opened, or is too big to be paper; ``picture``: it is neither.
    """
    if content.startswith(b"%PDF"):
        text = "\n".join(pages.text(content))
        count = pages.page_count(content)
        drawn = sorted({*range(min(count, PAGES - 1)), count - 1}) if count else []
        codes = [code for index in drawn for code in _read(_page(content, index))]
        if (
            not codes
        ):  # a scan that was saved as PDF, perhaps with words beside it; our own papers need none of this
            scanned = drawn[:SCANNED] if text.strip() else drawn
            codes = [code for index in scanned for code in _codes(_page(content, index))]
        if len(text) > LONGEST_TEXT:
            raise BadInput("pdf")
        return PaperRead(tuple(codes), text)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > PIXELS:
                raise BadInput("picture")
            return PaperRead(tuple(_codes(picture)))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as bad:
        raise BadInput("picture") from bad


def read_in_child(_request: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Do the reading of ``read_paper``; runs in the child process and hands back codes and words."""
    found = read_paper(payload)
    return {"codes": list(found.codes), "text": found.text}, b""


def _page(pdf: bytes, index: int) -> Image.Image:
    width, height = pages.page_size(pdf, index)
    if width * height * (DPI / 72) ** 2 > PIXELS:
        raise BadInput("pdf")
    drawn = pages.render_page(pdf, index, DPI)
    return Image.frombytes("RGBX", (drawn.width, drawn.height), drawn.pixels).convert("L")


def _codes(picture: Image.Image) -> list[str]:
    """Read a picture as it is; where nothing is found, without what is only a stain, then turned a little."""
    grey = picture.convert("L")
    ink = grey.point(lambda value: 255 if value > DARKEST_STAIN else 0)
    for tried in (
        grey,
        ink,
        *(one.rotate(turn, RESAMPLE, expand=True, fillcolor=255) for turn in TURNS for one in (grey, ink)),
    ):
        if codes := _read(tried):
            return codes
    return []


def _read(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture)
    return [one.text for one in found if one.format == zxingcpp.BarcodeFormat.QRCode and one.valid]
