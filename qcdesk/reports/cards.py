# SPDX-License-Identifier: Apache-2.0
"""A card with a secret code for a scanner: a badge, or the code of a recovery sheet. Printed once and kept nowhere."""

from __future__ import annotations

import io

from qcdesk.i18n import Catalogue
from qcdesk.reports.paper import MM, SIZES, Pen, begin
from qcdesk.reports.typesetting import Style, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Paper
from qcdesk.services.ports import CodeCard
from qcdesk.wording.inspection_reports import flat

WIDE, HIGH = 85.6 * MM, 54 * MM
EDGE = 20 * MM
_SIDE, _INNER = 25 * MM, 4 * MM


def render(card: CodeCard, words: Catalogue, paper: Paper | None) -> bytes:
    """Return the card as a PDF of one page: by itself (paper None), or at the head of a sheet to cut it out of."""
    size = (WIDE, HIGH) if paper is None else SIZES[paper]
    out = io.BytesIO()
    canvas = begin(out, size, card.heading)
    pen = Pen(canvas, size[1])
    left = top = 0.0 if paper is None else EDGE
    _card(pen, card, left, top)
    if paper is not None:
        room = size[0] - 2 * EDGE
        top += HIGH + 8 * MM
        for line in (
            words.say("Cut the card out. It was printed once; its code is kept nowhere in the program."),
            card.remark,
        ):
            block = compose(line, Style(9, 400, "text2"), room, max_lines=4)
            pen.text(block, left, top)
            top += block.height + 2
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _card(pen: Pen, card: CodeCard, left: float, top: float) -> None:
    pen.rect(Rect(left + 0.5, top + 0.5, WIDE - 1, HIGH - 1, None, "edge", 0.6, 9))
    x, room = left + _INNER, WIDE - 3 * _INNER - _SIDE
    at = top + _INNER
    for text, style, lines in (
        (card.heading, Style(8, 600, "text2"), 1),
        (card.name, Style(14, 700), 2),
        (card.note, Style(9, 400, "text2"), 2),
    ):
        block = compose(flat(text), style, room, max_lines=lines)
        pen.text(block, x, at)
        at += block.height + 1
    pen.qr_code(card.code, left + WIDE - _INNER - _SIDE, top + _INNER, _SIDE)
    at = top + _INNER + _SIDE + 3 * MM
    pen.bars(card.code.replace("-", ""), x, at, WIDE - 2 * _INNER, 10 * MM)
    pen.text(
        compose(card.code, Style(8.5, 600), WIDE - 2 * _INNER, max_lines=1),
        x,
        at + 11 * MM,
        WIDE - 2 * _INNER,
        "middle",
    )
