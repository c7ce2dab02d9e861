# SPDX-License-Identifier: Apache-2.0
"""The closing slip: the log's last event at the end of a day, on paper, to be kept away from the computer."""

from __future__ import annotations

import io
from dataclasses import dataclass

from qcdesk.domain.anchors import Anchor, printed
from qcdesk.i18n import Catalogue
from qcdesk.reports.paper import MM, SIZES, Box, Pen, begin, called, gap, stacked, text_box
from qcdesk.reports.typesetting import Style, TextBlock, compose
from qcdesk.services.inspection_report import Paper, Shop
from qcdesk.wording.inspection_reports import flat, moment
from qcdesk.wording.limits import number

EDGE = 22 * MM
SIDE = 44 * MM


@dataclass(frozen=True)
class Slip:
    """What a slip says. ``at``: RFC 3339 with the offset of the place. ``site``: the fingerprint."""

    shop: Shop | str
    anchor: Anchor
    at: str
    site: str
    name: str
    staff: str


def render(slip: Slip, words: Catalogue, paper: Paper) -> bytes:
    """Return the slip as a PDF of one page; the same slip gives the same bytes."""
    say = words.say
    width, height = SIZES[paper]
    inner = width - 2 * EDGE
    out = io.BytesIO()
    canvas = begin(out, (width, height), say("Closing slip"), author=slip.shop)
    pen = Pen(canvas, height)
    head = slip.anchor.head
    code = printed(head.seq, head.hash, slip.site)
    shop = compose(" ".join(called(slip.shop).split()), Style(13, 600), inner * 0.55, max_lines=2)
    title = compose(say("Closing slip"), Style(17, 700), inner * 0.4, max_lines=1)
    top = EDGE
    pen.text(shop, EDGE, top + 4)
    pen.text(title, EDGE, top, inner, "end")
    top += max(shop.height + 4, title.height) + 4
    pen.line((EDGE, top), (EDGE + inner, top), "action", 1.2)
    top += 9 * MM
    room = inner - SIDE - 12 * MM
    signed = say(
        "{name} · staff no. {staff} · {time}", name=slip.name, staff=slip.staff, time=moment(slip.at)
    )
    if not slip.staff:
        signed = say("{name} · {time}", name=slip.name, time=moment(slip.at))
    label = Style(7.5, 500, "text3")
    parts: list[Box] = [
        text_box(compose(say("The last event of the log"), label, room)),
        text_box(compose(number(head.seq), Style(30, 700), room, max_lines=1)),
        gap(6),
        text_box(compose(say("Its code, to be typed or read aloud"), label, room)),
        text_box(_on_one_line(code, room)),
        gap(6),
        text_box(compose(say("Signed by"), label, room)),
        text_box(compose(flat(signed), Style(9.5, 400), room, max_lines=3)),
    ]
    pen.qr_code(slip.anchor.text(), EDGE + inner - SIDE, top, SIDE)
    block = stacked(parts)
    block.paint(pen, EDGE, top)
    top += max(block.height, SIDE) + 8 * MM
    pen.line((EDGE, top), (EDGE + inner, top), "line", 0.6)
    top += 4 * MM
    for sentence in (
        say("Keep this away from the computer: in a folder of papers, or with somebody else."),
        say(
            "It shows later whether the end of the log was cut off, an old copy was put back, "
            "or the whole was made anew."
        ),
        say("To check: qcdesk verify --anchor, with the code above or with the file that the square holds."),
    ):
        text = compose(sentence, Style(8.5, 400, "text2"), inner, max_lines=3)
        pen.text(text, EDGE, top)
        top += text.height
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _on_one_line(code: str, room: float) -> TextBlock:
    """Return a code in the largest letters with which it stands on one line: whoever types it loses no place."""
    tried = (compose(code, Style(size, 600), room) for size in (12.0, 11.0, 10.0, 9.0))
    return next(
        (one for one in tried if len(one.lines) == 1), compose(code, Style(8.0, 600), room, max_lines=3)
    )
