# SPDX-License-Identifier: Apache-2.0
"""Pages whose head says whose they are and what, and whose foot at which line of which log they were printed."""

from __future__ import annotations

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from qcdesk.i18n import Catalogue
from qcdesk.reports.paper import MM, Box, Flow, Pen, called
from qcdesk.reports.typesetting import Style, TextBlock, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Shop, Unsealed
from qcdesk.wording.checked_papers import UNSEALED

EDGE = 18 * MM


LOGO = 11 * MM


def headed(shop: Shop | str, title: str, inner: float) -> Box:
    """Return the head of the first page: the house left, with its logo, what it is right, and a rule under both."""
    logo = None if isinstance(shop, str) else shop.logo
    beside = LOGO + 8 if logo else 0.0
    room = inner * 0.6 - beside
    left = compose(called(shop), Style(9, 400, "text2"), room, max_lines=1)
    if not isinstance(shop, str) and shop.address:
        address = compose(" ".join(shop.address.split()), Style(7.5, 400, "text3"), room, max_lines=2)
        left = replace(left, second=address)
    right = compose(title, Style(9, 600, "text2"), inner * 0.38, max_lines=1)

    under = max(left.height, right.height, LOGO if logo else 0.0)

    def paint(pen: Pen, x: float, y: float) -> None:
        if logo:
            pen.picture(logo, Rect(x, y, LOGO, LOGO), align="start")
        pen.text(left, x + beside, y)
        pen.text(right, x, y, inner, "end")
        pen.line((x, y + under + 3), (x + inner, y + under + 3), "action", 1.0)

    return Box(under + 5 * MM, paint)


def marked_copy(copy: int, room: float, words: Catalogue) -> TextBlock:
    """Return the words that say which copy a print is; of the first one nothing."""
    said = words.say("Copy {n}", n=copy) if copy else ""
    return compose(said, Style(8, 600, "attention"), room, max_lines=1)


def footed(
    canvas: Canvas,
    flow: Flow,
    size: tuple[float, float],
    site: str,
    head: tuple[int, str],
    words: Catalogue,
    unsealed: Unsealed = "",
    copy: int = 0,
) -> None:
    """Draw every page of a flow, with the workspace, its last event and the page's number below, and end the PDF.

    Args: unsealed: why the print carries no evidence; it is said under the foot of every page. copy: which one this is;
        0: the first print, which says nothing of it.
    """
    width, height = size
    foot = words.say(
        "Workspace {site}, log at event {seq} ({hash}…).", site=site, seq=head[0], hash=head[1][:16]
    )
    for number, boxes in enumerate(flow.pages, 1):
        pen = Pen(canvas, height)
        for box, x, top in boxes:
            box.paint(pen, x, top)
        place = words.say("Page {page} of {pages}", page=number, pages=flow.page_count)
        low, inner = height - EDGE + 4 * MM, width - 2 * EDGE
        right, marked = compose(place, Style(8, 400, "text3"), inner), marked_copy(copy, inner, words)
        room = inner - right.width - marked.width - 24 if copy else inner * 0.8
        pen.text(compose(foot, Style(7.5, 400, "text3"), room, max_lines=1), EDGE, low)
        pen.text(right, EDGE, low, inner, "end")
        if copy:
            pen.text(marked, EDGE, low, inner - right.width - 8, "end")
        if unsealed:
            why = compose(words.say(UNSEALED[unsealed]), Style(7, 400, "text3"), inner, max_lines=2)
            pen.text(why, EDGE, low + 4 * MM)
        canvas.showPage()
    canvas.save()
