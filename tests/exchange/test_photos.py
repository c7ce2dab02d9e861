# SPDX-License-Identifier: Apache-2.0
"""Pictures: by content, decoded whole, made anew without what they should not tell."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange import photos
from qcdesk.exchange.photos import decode_in_child, read_picture, store_picture
from qcdesk.exchange.stored_files import stored_file


def saved(kind: str, image: Image.Image | None = None, **more: object) -> bytes:
    buffer = io.BytesIO()
    (image or Image.new("RGB", (30, 20), (200, 30, 30))).save(buffer, kind, **more)
    return buffer.getvalue()


def refusal(payload: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        decode_in_child({}, payload)
    return refused.value.code


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_picture_is_kept_as_it_came_and_as_a_copy(tmp_path: Path) -> None:
    payload = saved("PNG")
    picture = read_picture(payload)
    stored = store_picture(tmp_path, picture)
    assert (picture.kind, picture.width, picture.height) == ("png", 30, 20)
    assert stored_file(tmp_path, stored.original) == payload
    with Image.open(io.BytesIO(stored_file(tmp_path, stored.copy))) as copy:
        assert copy.getpixel((3, 3)) == (200, 30, 30)


def test_copy_is_upright_and_tells_no_position_nor_comment() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    payload = saved("JPEG", exif=exif, comment=b"secret comment")
    assert b"secret" in payload
    how, copy = decode_in_child({}, payload)
    assert (how["width"], how["height"]) == (20, 30)
    assert b"secret" not in copy
    assert b"Exif" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert image.format == "JPEG"
        assert len(image.getexif()) == 0


@pytest.mark.parametrize(
    "payload", [saved("GIF"), saved("BMP"), saved("TIFF"), b"<svg xmlns='x'/>", b"%PDF-1.7", b"%!PS", b"x"]
)
def test_other_kinds_are_refused_whatever_they_are_called(payload: bytes) -> None:
    assert refusal(payload) == "picture_kind"


def test_empty_and_endless_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="picture_empty"):
        read_picture(b"")
    monkeypatch.setattr(photos, "PICTURE_BYTES", 10)
    with pytest.raises(BadInput, match="picture_too_big"):
        read_picture(saved("PNG"))


def test_dimensions_are_read_before_any_pixel() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 1_001, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert refusal(bomb) == "picture_too_many_pixels"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_cut_or_touched_picture_is_refused(kind: str) -> None:
    payload = saved(kind, Image.effect_noise((200, 200), 50))
    for length in (9, 30, len(payload) // 2):
        assert refusal(payload[:length]) == "picture_damaged"
    if kind == "PNG":
        middle = len(payload) // 2
        assert refusal(payload[:middle] + b"\x00\x01\x02" + payload[middle + 3 :]) == "picture_damaged"


def test_name_of_one_kind_over_the_bytes_of_another_is_refused() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n" + saved("JPEG")) == "picture_damaged"


def test_picture_that_moves_is_refused() -> None:
    frames = [Image.new("RGB", (8, 8), (n, 0, 0)) for n in range(3)]
    assert refusal(saved("PNG", frames[0], save_all=True, append_images=frames[1:])) == "picture_animated"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_becomes_eight_bits(mode: str) -> None:
    _, copy = decode_in_child({}, saved("PNG", Image.new(mode, (9, 9))))
    with Image.open(io.BytesIO(copy)) as image:
        assert image.mode in ("L", "RGB", "RGBA")


def test_print_colours_become_screen_colours() -> None:
    _, copy = decode_in_child({}, saved("JPEG", Image.new("CMYK", (9, 9))))
    with Image.open(io.BytesIO(copy)) as image:
        assert image.mode == "RGB"
