# SPDX-License-Identifier: Apache-2.0
"""Pictures that come in: PNG or JPEG by content, decoded once and apart, kept as they came and as a clean copy."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts, work_apart
from qcdesk.exchange.stored_files import store_file

PICTURE_BYTES = 50_000_000
PIXELS = 50_000_000
JPEG_QUALITY = 90

PictureKind = Literal["png", "jpeg"]

_STARTS: tuple[tuple[bytes, PictureKind], ...] = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))

# What Pillow raises on damaged bytes: its own errors are OSErrors, its parsers let these through.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
)


@dataclass(frozen=True)
class Picture:
    """A picture that was decoded whole: width and height in pixels of the upright copy.

    ``copy`` is the same kind of file made anew: upright, without position, camera or comment.
    """

    kind: PictureKind
    width: int
    height: int
    original: bytes
    copy: bytes


@dataclass(frozen=True)
class StoredPicture:
    """A picture on the disk: SHA-256 of the bytes that came and of the copy that is shown and printed."""

    original: str
    copy: str
    width: int
    height: int


def read_picture(payload: bytes) -> Picture:
    """Decode a picture in a child process; the copy is made there, so no other decoder meets foreign bytes.

    Raises: BadInput: ``picture_empty``, ``picture_too_big`` (facts ``bytes``, ``longest``), ``picture_kind``
        (neither PNG nor JPEG by content), ``picture_too_many_pixels`` (``width``, ``height``, ``longest``),
        ``picture_animated``, ``picture_damaged``, and those of ``work_apart``.
    """
    if not payload:
        raise BadInput("picture_empty")
    if len(payload) > PICTURE_BYTES:
        raise BadInput("picture_too_big", facts={"bytes": len(payload), "longest": PICTURE_BYTES})
    kind = _kind(payload)
    how, copy = work_apart(decode_in_child, {}, payload)
    return Picture(kind, how["width"], how["height"], payload, copy)


def store_picture(folder: Path, picture: Picture) -> StoredPicture:
    """Keep both the bytes that came and the copy, each under its hash.

    Raises: Trouble: ``disk_full``, ``file_unwritable``.
    """
    original, copy = store_file(folder, picture.original), store_file(folder, picture.copy)
    return StoredPicture(original, copy, picture.width, picture.height)


def decode_in_child(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    """Do the decoding of ``read_picture``; runs in the child process and hands back the copy."""
    kind = _kind(payload)
    try:
        with Image.open(io.BytesIO(payload), formats=("PNG",) if kind == "png" else ("JPEG",)) as opened:
            width, height = opened.size
            if width * height > PIXELS:
                facts: Facts = {"width": width, "height": height, "longest": PIXELS}
                raise BadInput("picture_too_many_pixels", facts=facts)
            # A phone's JPEG may hold a second, smaller picture behind the first; a PNG that moves is no evidence.
            if kind == "png" and getattr(opened, "n_frames", 1) > 1:
                raise BadInput("picture_animated")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            plain = _plain(upright)
    except (*_DAMAGE, struct.error, zlib.error, Image.DecompressionBombError) as damaged:
        raise BadInput("picture_damaged", facts={"reason": type(damaged).__name__}) from damaged
    buffer = io.BytesIO()
    if kind == "png":
        plain.save(buffer, "PNG", compress_level=3)
    else:
        plain.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return {"width": plain.width, "height": plain.height}, buffer.getvalue()


def _kind(payload: bytes) -> PictureKind:
    for start, kind in _STARTS:
        if payload.startswith(start):
            return kind
    raise BadInput("picture_kind", facts={"wants": "PNG, JPEG"})


def _plain(image: Image.Image) -> Image.Image:
    """Return eight bits a channel, grey or coloured, and nothing but pixels."""
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    else:
        image = image.convert("RGBA" if image.has_transparency_data else _colour(image))
    image.info.clear()  # Pillow would write comments and profiles from here into the copy
    return image


def _colour(image: Image.Image) -> str:
    return "L" if image.mode in ("1", "L") else "RGB"
