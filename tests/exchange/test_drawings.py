# SPDX-License-Identifier: Apache-2.0
"""A logo that is drawn is kept as plain outlines that look the same; what could run or fetch anything is refused."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.drawings import DRAWING_BYTES, is_drawing, outline_in_child, read_drawing
from qcdesk.i18n import Catalogue
from qcdesk.reports import outlines
from qcdesk.wording.inputs import tell

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="-10 5 200 100">'
LOGO = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
{HEAD}
<title>Logo</title><metadata><x xmlns="urn:other" anything="1"/></metadata>
<defs><style>.a{{fill:#c02020}} .b, .c {{stroke: navy; stroke-width:3; fill:none}}</style>
<linearGradient id="unused"><stop offset="0"/></linearGradient></defs>
<g transform="translate(10 10) rotate(10)" fill="rgb(20,60,160)">
<rect x="0" y="0" width="40" height="30" rx="6"/><circle class="a" cx="70" cy="20" r="15"/>
<ellipse cx="120" cy="25" rx="20" ry="10" transform="rotate(-30 120 25)"/></g>
<path class="b" d="M10,70 q20-30 40 0t40 0 m10 0a20 12 30 1 1 20 5.5zM150 60h20v20H150z"/>
<path fill-rule="evenodd" style="fill:#0a8" d="M100 70 l20 0 0 30-20 0z m5 5 10 0 0 20-10 0zc0 0 4 4 8 0s-4-8-8 0"/>
<polyline class="c" points="0,95 20,85 40,95 60,85"/><polygon points="60 95 80 100 70 80"/>
<line x1="140" y1="90" x2="180" y2="100" stroke="#fa0" stroke-width="4" stroke-linecap="round"/>
<rect width="50" height="50" display="none"/>
</svg>""".encode()


def read(body: str, head: str = HEAD) -> bytes:
    """Return the copy of a drawing, read in this process."""
    return outline_in_child({}, f"{head}{body}</svg>".encode())[1]


def seen(svg: bytes) -> Image.Image:
    """Return how Qt draws an SVG on white."""
    image = QImage(800, 400, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(svg).render(painter)
    painter.end()
    return Image.frombytes("RGB", (800, 400), bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())


def test_the_outlines_look_as_the_drawing_does(qapp: object) -> None:
    copy = read_drawing(LOGO)
    assert copy == read_drawing(LOGO)
    apart = ImageChops.difference(*(seen(one).reduce(4) for one in (LOGO, copy)))
    assert ImageStat.Stat(seen(LOGO).convert("L")).stddev[0] > 30
    assert sum(apart.convert("L").histogram()[50:]) == 0  # of 255, between whole spots of 4 by 4


def test_what_is_kept_holds_only_outlines() -> None:
    copy = read_drawing(LOGO)
    assert is_drawing(LOGO) and is_drawing(copy) and not is_drawing(b"\x89PNG")
    for gone in (b"<g", b"style=", b"class", b"title", b"urn:", b"metadata", b"defs", b"--"):
        assert gone not in copy
    found = outlines.read(copy)
    assert found is not None
    assert (found.width, found.height) == (1000, 500)
    assert len(found.shapes) == 8
    assert outline_in_child({}, copy)[1].count(b"<path") == 8


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<defs><script/></defs>",
        '<path d="M0 0h9v9z" onclick="alert(1)"/>',
        '<image href="logo.png" width="9" height="9"/>',
        '<use href="logo.svg#x"/>',
        '<use href="#x" onclick="alert(1)"/>',
        '<a href="https://x.test"><path d="M0 0h9v9z"/></a>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        '<path fill="url(https://x.test/a#b)" d="M0 0h9v9z"/>',
        '<path style="fill:ur\\6c(x)" d="M0 0h9v9z"/>',
        "<style>@import 'https://x.test/a.css';</style>",
        "<style>.a{background:url(//x.test)}</style>",
        '<path d="M0 0h9v9z"><animate attributeName="d"/></path>',
        '<path d="M0 0h9v9z" xlink:href="javascript:alert(1)"/>',
    ],
)
def test_what_could_run_or_fetch_is_refused(body: str) -> None:
    with pytest.raises(BadInput, match="drawing_active"):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        '<path fill="hwb(1)" d="M0 0h9v9z"/>',
        '<path style="transform-origin: 5px 5px" transform="rotate(9)" d="M0 0h9v9z"/>',
        '<circle style="r:5px" r="9"/>',
        '<g visibility="hidden"><path visibility="visible" d="M0 0h9v9z"/></g>',
        '<path stroke="red" transform="scale(2 1)" d="M0 0h9v9z"/>',
        '<path stroke="red" paint-order="stroke" d="M0 0h9v9z"/>',
        '<path d="M0 0h9v9z" transform="skewZ(3)"/>',
        '<path d="L0 0"/>',
        '<path d="M0 0a1 1 0 2 0 3 3"/>',
        '<path d="M0 0 1e300 5"/>',
        '<rect width="50%" height="9"/>',
        "<svg><path d='M0 0h9v9z'/></svg>",
        "<style>g > path {fill:red}</style>",
    ],
)
def test_what_a_logo_cannot_have_is_refused(body: str) -> None:
    with pytest.raises(BadInput, match="drawing_beyond"):
        read(body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<text>Minh</text>", "drawing_text"),
        ('<path fill="url(#g)" d="M0 0h9v9z"/>', "drawing_shade"),
        ('<style>.a{stroke:url(#p)}</style><path class="a" d="M0 0h9v9z"/>', "drawing_shade"),
        ('<radialGradient id="g"/>', "drawing_shade"),
        ('<path fill="#123456" opacity="0.5" d="M0 0h9v9z"/>', "drawing_clear"),
        ('<path fill="#12345680" d="M0 0h9v9z"/>', "drawing_clear"),
        ('<g clip-path="url(#c)"><path d="M0 0h9v9z"/></g>', "drawing_cut"),
        ('<g style="mask:url(#c)"><path d="M0 0h9v9z"/></g>', "drawing_cut"),
        ('<use href="#x"/>', "drawing_again"),
        ('<defs><path id="x" d="M0 0h9v9z"/></defs><use xlink:href="#x" x="9"/>', "drawing_again"),
        ('<path filter="url(#f)" d="M0 0h9v9z"/>', "drawing_effect"),
        ('<path style="mix-blend-mode:multiply" d="M0 0h9v9z"/>', "drawing_effect"),
    ],
)
def test_what_of_a_logo_is_not_drawn_is_said_and_how_to_bring_it_all_the_same(body: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(body)
    assert refused.value.code == code
    assert "PNG" in str(tell(refused.value, Catalogue()))


def test_colours_and_corners_are_those_of_the_drawing() -> None:
    styles = "<style>.b{fill:red} path{fill:blue} .a{fill:lime} .b{stroke:navy;stroke-miterlimit:10}</style>"
    first = '<path class="a b" d="M0 0h9v9z"/>'
    second = '<g color="#abcdef"><path style="fill:currentColor" stroke="red" d="M0 0h9"/></g>'
    found = outlines.read(read(styles + first + second))
    assert found is not None
    assert [(one.fill, one.stroke, one.miter) for one in found.shapes] == [
        ("#00ff00", "#000080", 10.0),
        ("#abcdef", "#ff0000", 4.0),
    ]


def test_what_is_no_drawing_empty_or_too_large_is_refused() -> None:
    path = '<path d="M0 0h9v9z"/>'
    for body, head, code in (
        ("", HEAD, "drawing_empty"),
        ('<path fill="none" d="M0 0h9v9z"/>', HEAD, "drawing_empty"),
        (f'<path d="M0 0{"h1" * 20_001}"/>', HEAD, "drawing_too_large"),
        (path, f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{HEAD}", "dtd"),
        (path, HEAD.replace("200 100", "0 100"), "drawing_beyond"),
        (f"<g>{path}", HEAD, "xml_damaged"),
        ("<g>" * 70 + "</g>" * 70, HEAD, "xml_damaged"),
    ):
        with pytest.raises(BadInput, match=code):
            read(body, head)
    with pytest.raises(BadInput, match="picture_too_big"):
        read_drawing(b"<svg" + b" " * DRAWING_BYTES)


def test_a_kept_drawing_that_was_changed_is_not_drawn() -> None:
    copy = read_drawing(LOGO)
    for old, new in (
        (b"</svg>", b"<script/></svg>"),
        (b'fill="#c02020"', b'fill="red"'),
        (b' d="M', b' onload="x" d="M'),
        (b' d="M', b' d="Q'),
        (b"</svg>", b""),
    ):
        assert outlines.read(copy.replace(old, new, 1)) is None
