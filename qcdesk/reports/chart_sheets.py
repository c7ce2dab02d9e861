# SPDX-License-Identifier: Apache-2.0
"""A chart with its words and its rows on a sheet of paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from reportlab.pdfgen.canvas import Canvas

from qcdesk.i18n import Catalogue
from qcdesk.reports.charts import chart_box, interval_box
from qcdesk.reports.footed import headed
from qcdesk.reports.paper import MM, SIZES, Box, Column, Flow, Pen, begin, beside, gap, table_row, text_box
from qcdesk.reports.typesetting import Style, TextBlock, compose
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.inspection_report import Paper, Shop

EDGE = 18 * MM
CHART = 96 * MM
MORE = 58 * MM
SMALL = 31 * MM
"""How high a chart is where it stands alone, where there are several, and where all goes on one page."""
_HEAD = 1.6
"""How much higher the chart at the head is than small ones below it: its names take two lines, its note a third."""
_FITS = (
    (1.3, 2, 1.4),
    (1.15, 2, 1.5),
    (1.0, 2, _HEAD),
    (1.5, 0, 1.0),
    (1.2, 0, 1.0),
    (1.0, 0, 1.0),
    (0.7, 0, 1.0),
)
"""What is tried one after the other until all is on one page: how high charts are, how many small ones, and how much
higher than these the one at the head is."""
_TALLER = (2.0, 1.8, 1.4, 1.2)
"""How much higher the chart at the head, or where there is none the small ones, become where the page has room left:
flat bars are hard to read.
"""
_ALONE = 1.2
"""How much higher small charts are where no other stands above them."""
_LONG = 400
"""More rows than these fit on no few pages: they are drawn page by page."""
_FOOT_LINES = 8
"""Of a sentence at the end; who cannot be told apart takes many names."""
_FIRST = 2.4
"""How much wider the first column of the table is than the others."""


def render(sheet: ChartSheet, shop: Shop | str, day: str, words: Catalogue, paper: Paper) -> bytes:
    """Return the sheet as a PDF; the same sheet gives the same bytes.

    Args: shop: its name, for the head. day: on which it is printed, in words.
    """
    width, height = SIZES[paper]
    out = io.BytesIO()
    canvas = begin(out, (width, height), sheet.title, author=shop)
    low = SMALL - (SIZES["A4"][1] - height) / 5  # a shorter paper has lower charts, and still one page
    if len(sheet.rows) > _LONG:
        _draw_as_it_goes(canvas, sheet, shop, day, words, paper)
        canvas.save()
        return out.getvalue()
    tried = iter(_FITS if len(words.languages) == 1 else _FITS[:-2])
    high, charts, least = 1.0, len(sheet.small), _HEAD if sheet.small else 1.0
    flow = _laid(sheet, shop, day, paper, low, charts, least)
    while sheet.low and flow.page_count > 1 and (fit := next(tried, None)) is not None:
        high, charts, least = fit
        flow = _laid(sheet, shop, day, paper, high * low, charts, least)
    if (
        sheet.low and flow.page_count > 1
    ):  # two languages need more: rather a second page than bars too flat to read
        high, charts, least = 1.3, len(sheet.small), 1.2
        flow = _laid(sheet, shop, day, paper, high * low, charts, least)
    for taller in (
        (more for more in _TALLER if more > least) if sheet.low and sheet.picture is not None else ()
    ):
        roomy = _laid(sheet, shop, day, paper, high * low, charts, taller)
        if roomy.page_count == 1:
            flow = roomy
            break
    if flow.page_count == 1 and sheet.picture is None and charts:
        sizes = (_laid(sheet, shop, day, paper, high * low * more, charts) for more in _TALLER)
        flow = next((roomy for roomy in sizes if roomy.page_count == 1), flow)
    for number, page in enumerate(flow.pages, 1):
        pen = Pen(canvas, height)
        for box, x, top in page:
            box.paint(pen, x, top)
        if flow.page_count > 1:
            _number(pen, number, flow.page_count, words, paper)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _number(pen: Pen, page: int, pages: int, words: Catalogue, paper: Paper) -> None:
    width, height = SIZES[paper]
    place = compose(
        words.say("Page {page} of {pages}", page=page, pages=pages), Style(8, 400, "text3"), width - 2 * EDGE
    )
    pen.text(place, EDGE, height - EDGE + 4 * MM, width - 2 * EDGE, "end")


def _draw_as_it_goes(
    canvas: Canvas, sheet: ChartSheet, shop: Shop | str, day: str, words: Catalogue, paper: Paper
) -> None:
    """Draw a page as soon as it is full; how many there are is filled in at the end."""
    pages = 0

    def draw(page: list[tuple[Box, float, float]]) -> None:
        nonlocal pages
        pages += 1
        pen = Pen(canvas, SIZES[paper][1])
        for box, x, top in page:
            box.paint(pen, x, top)
        canvas.doForm(f"page{pages}")
        canvas.showPage()

    _laid(sheet, shop, day, paper, SMALL, len(sheet.small), full=draw).end_page()
    for page in range(1, pages + 1):
        canvas.beginForm(f"page{page}", 0, 0, *SIZES[paper])
        _number(Pen(canvas, SIZES[paper][1]), page, pages, words, paper)
        canvas.endForm()


def _laid(
    sheet: ChartSheet,
    shop: Shop | str,
    day: str,
    paper: Paper,
    low: float,
    charts: int,
    taller: float = 1.0,
    full: Callable[[list[tuple[Box, float, float]]], None] | None = None,
) -> Flow:
    """Lay everything out.

    Args: low: how high a chart is that goes on one page with everything else. charts: how many small ones there are.
        taller: how much higher than these the one at the head is.
    """
    width, height = SIZES[paper]
    inner = width - 2 * EDGE
    flow = Flow(EDGE, EDGE, height - EDGE, full)
    for box in _head(sheet, shop, day, inner):
        flow.place(box)
    if sheet.picture is not None:
        high = taller * low if sheet.low else MORE if sheet.more else CHART
        flow.place(chart_box(sheet.picture, inner, high))
        flow.place(gap(5 * MM))
    if sheet.table is not None:
        flow.place(interval_box(sheet.table, inner))
        flow.place(gap(6 * MM))
    if sheet.rows:
        heading, rows = _table(sheet, inner)
        flow.table(heading, rows)
        flow.place(gap(5 * MM))
    small = low if sheet.picture is not None else _ALONE * low
    shown = sheet.small[:charts]
    for begun in range(0, len(shown), 2):
        pair = shown[begun : begun + 2]
        half = (inner - 6 * MM) / 2
        flow.place(
            beside([(at * (half + 6 * MM), chart_box(one, half, small)) for at, one in enumerate(pair)])
        )
        flow.place(gap(2 * MM))
    for picture in sheet.more:
        flow.place(chart_box(picture, inner, MORE))
        flow.place(gap(4 * MM))
    for line in sheet.foot:
        flow.place(text_box(compose(line, Style(8.5, 400, "text2"), inner, max_lines=_FOOT_LINES)))
    return flow


def _head(sheet: ChartSheet, shop: Shop | str, day: str, inner: float) -> list[Box]:
    boxes = [headed(shop, day, inner)]
    boxes.append(text_box(compose(sheet.title, Style(17, 700), inner, max_lines=2)))
    if sheet.about:
        boxes.append(text_box(compose(sheet.about, Style(10, 400, "text2"), inner, max_lines=2)))
    boxes.append(gap(3 * MM))
    for place, line in enumerate(sheet.lines):
        style = Style(10.5, 400) if place else Style(13, 600)
        boxes.append(text_box(compose(line, style, inner, max_lines=4)))
    return [*boxes, gap(4 * MM)]


def _table(sheet: ChartSheet, inner: float) -> tuple[Box, Iterator[Box]]:
    shares = sheet.shares or (_FIRST, *(1.0 for _ in sheet.headings[1:]))
    unit = inner / sum(shares)
    columns = [Column(unit * share, "end" if place else "start") for place, share in enumerate(shares)]

    def cells(texts: tuple[str, ...], style: Style) -> list[TextBlock]:
        placed = enumerate(zip(texts, columns, strict=True))
        return [compose(text, style, column.width - 8, max_lines=6) for place, (text, column) in placed]

    heading = table_row(columns, cells(sheet.headings, Style(8, 600, "text3")))
    rows = (
        table_row(columns, cells(row, Style(9, 600 if place in sheet.strong else 400)))
        for place, row in enumerate(sheet.rows)
    )
    return heading, rows
