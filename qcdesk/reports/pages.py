# SPDX-License-Identifier: Apache-2.0
"""Pages of a finished PDF as pictures and as text, for preview, printing and reading back."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
from pypdfium2 import PdfDocument

from qcdesk.domain.inputs import BadInput


@dataclass(frozen=True)
class PageImage:
    """A drawn page: 32 bits a pixel in the order blue, green, red, unused (Qt's RGB32), rows without padding."""

    width: int
    height: int
    pixels: bytes


def _opened(pdf: bytes) -> PdfDocument:
    try:
        return PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise BadInput("pdf") from error


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has. Raises: BadInput: ``pdf``, it cannot be opened."""
    with _opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, index: int) -> tuple[float, float]:
    """Return width and height of a page in points (1/72 inch). Raises: BadInput: ``pdf``; IndexError: no such page."""
    with _opened(pdf) as document:
        return _page(document, index).get_size()


def render_page(pdf: bytes, index: int, dpi: float) -> PageImage:
    """Return a page (from 0) drawn at ``dpi`` dots an inch on white.

    Raises: BadInput: ``pdf``, it cannot be opened. IndexError: no such page.
    """
    with _opened(pdf) as document:
        page = _page(document, index)
        bitmap = page.render(scale=dpi / 72, prefer_bgrx=True)
        row = bitmap.width * 4
        buffer = memoryview(bitmap.buffer)
        if bitmap.stride == row:
            pixels = bytes(buffer[: row * bitmap.height])
        else:
            pixels = b"".join(bytes(buffer[y * bitmap.stride :][:row]) for y in range(bitmap.height))
        image = PageImage(bitmap.width, bitmap.height, pixels)
        bitmap.close()
        page.close()
        return image


def text(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page as a reader would copy it.

    Raises: BadInput: ``pdf``, it cannot be opened.
    """
    with _opened(pdf) as document:
        out = []
        for index in range(len(document)):
            page = _page(document, index)
            content = page.get_textpage()
            out.append(content.get_text_range())
            content.close()
            page.close()
        return tuple(out)


def _page(document: PdfDocument, index: int) -> pypdfium2.PdfPage:
    if not 0 <= index < len(document):
        raise IndexError(f"page {index} of {len(document)}")
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise BadInput("pdf") from error
