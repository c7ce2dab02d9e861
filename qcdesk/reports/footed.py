# SPDX-License-Identifier: Apache-2.0
"""Pages whose head says whose they are and what, and whose foot at which line of which log they were printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from reportlab.pdfgen.canvas import Canvas

from qcdesk.domain.anchors import Anchor, printed
from qcdesk.domain.times import to_rfc3339
from qcdesk.i18n import Catalogue
from qcdesk.reports.paper import MM, SIZES, Box, Flow, Pen, begin, called, gap, stacked, text_box
from qcdesk.reports.typesetting import Style, TextBlock, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Paper, Shop, Unsealed
from qcdesk.wording.checked_papers import UNSEALED
from qcdesk.wording.inspection_reports import flat, moment

EDGE = 18 * MM
LOGO = 11 * MM
CODE = 30 * MM
"""The side of the square code."""
_STRONG = Style(9.5, 600)
_UNDER = Style(8.5, 400, "text2")
_SMALL = Style(7, 400, "text3")
_TWO_FREE = 26 * MM
"""How much is free below where the foot has two sentences in two languages each."""
_LOWEST = 10 * MM
"""Nothing of the foot stands lower: below is the house's own line."""


def bound(
    lay: Callable[[Flow, float], None],
    shop: Shop | str,
    title: str,
    paper: Paper,
    words: Catalogue,
    site: str,
    head: tuple[int, str],
    unsealed: Unsealed = "",
    *,
    copy: int = 0,
    anchor: Anchor | None = None,
    record: str = "",
) -> bytes:
    """Return a paper of such pages as a PDF; the same content gives the same bytes, but for the foot and the code.

    Args: lay: puts the parts into the flow, each as wide as it is told. head: number and hash of the last event that it
        was made from. unsealed: why it carries no evidence. copy: which print this is; 0: the first. anchor: what the
        square code holds, and ``record``, the hash of one beside it; None: there is no code.
    """
    width, height = SIZES[paper]
    inner = width - 2 * EDGE
    out = io.BytesIO()
    canvas = begin(out, (width, height), title, author=shop, language=words.language)
    flow = _flow_of(shop, title, paper, words, unsealed)
    lay(flow, inner)
    _coded(flow, anchor, site, words, inner, record)
    _footed(canvas, flow, (width, height), site, head, words, unsealed, copy)
    return out.getvalue()


def headed(shop: Shop | str, title: str, inner: float) -> Box:
    """Return the head of the first page: the house left, with its logo, what it is right, and a rule under both."""
    logo = None if isinstance(shop, str) else shop.logo
    beside = LOGO + 8 if logo else 0.0
    room = inner * 0.6 - beside
    left = compose(called(shop), Style(9, 400, "text2"), room, max_lines=1)
    if not isinstance(shop, str) and shop.address:
        address = compose(flat(shop.address), Style(7.5, 400, "text3"), room, max_lines=2)
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


def _flow_of(shop: Shop | str, title: str, paper: Paper, words: Catalogue, unsealed: Unsealed = "") -> Flow:
    """Return an empty flow for ``_footed``: each page after the first says at its head what it is a page of.

    Args: title: of the paper. unsealed: as for ``_footed``, which then needs more room below.
    """
    width, height = SIZES[paper]
    inner = width - 2 * EDGE
    named = compose(title, Style(8.5, 600, "text2"), inner * 0.72, max_lines=1)
    house = compose(called(shop), Style(8.5, 400, "text3"), inner - named.width - 12, max_lines=1)
    under = max(named.height, house.height) + 3

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.text(named, x, y)
        pen.text(house, x, y, inner, "end")
        pen.line((x, y + under), (x + inner, y + under), "action", 0.8)

    free = _TWO_FREE if unsealed and len(words.languages) > 1 else EDGE
    return Flow(EDGE, EDGE, height - free, again=Box(under + 3 * MM, paint))


def marked_copy(copy: int, room: float, words: Catalogue) -> TextBlock:
    """Return the words that say which copy a print is; of the first one nothing."""
    said = words.say("Copy {n}", n=copy) if copy else ""
    return compose(said, Style(8, 600, "attention"), room, max_lines=1)


def _coded(
    flow: Flow, anchor: Anchor | None, site: str, words: Catalogue, inner: float, record: str = ""
) -> None:
    """Put the square code below the last part: the log's last event, signed by the workstation, and a record's hash.

    Args: anchor: None: nobody signed one, and no code is drawn.
    """
    if anchor is None:
        return
    head, width = anchor.head, inner - CODE - 16
    zone = datetime.fromtimestamp(head.at / 1_000_000, UTC).astimezone().tzinfo or UTC
    time = moment(to_rfc3339(head.at, zone))
    said = [
        (words.say("Anchor {code}, {time}", code=printed(head.seq, head.hash, site), time=time), _STRONG),
        (
            words.say(
                "To check: qcdesk verify --anchor, with the code above or with the file that the square holds."
            ),
            _UNDER,
        ),
    ]
    text = stacked(text_box(compose(one, style, width, max_lines=3)) for one, style in said)

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.qr_code(anchor.code(record), x, top, CODE)
        text.paint(pen, x + CODE + 16, top)

    flow.place(stacked([gap(5 * MM), Box(max(CODE, text.height), paint)]))


def _footed(
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
    inner, low = width - 2 * EDGE, height - EDGE + 4 * MM
    said = words.say(
        "Workspace {site}, log at event {seq} ({hash}…).", site=site, seq=head[0], hash=head[1][:16]
    )
    why = compose(words.say(UNSEALED[unsealed]), _SMALL, inner, max_lines=2) if unsealed else None
    for number, boxes in enumerate(flow.pages, 1):
        pen = Pen(canvas, height)
        for box, x, top in boxes:
            box.paint(pen, x, top)
        place = words.say("Page {page} of {pages}", page=number, pages=flow.page_count)
        right, marked = compose(place, Style(8, 400, "text3"), inner), marked_copy(copy, inner, words)
        room = inner - right.width - marked.width - 24 if copy else inner * 0.8
        foot = compose(said, Style(7.5, 400, "text3"), room, max_lines=1)
        under = foot.height + (why.height if why else 0.0)
        top = min(low, height - _LOWEST - under)  # in two languages it is higher, and begins further up
        pen.text(foot, EDGE, top)
        pen.text(right, EDGE, top, inner, "end")
        if copy:
            pen.text(marked, EDGE, top, inner - right.width - 8, "end")
        if why:
            pen.text(why, EDGE, top + max(foot.height, 0.0 if why.second else 4 * MM))
        canvas.showPage()
    canvas.save()
