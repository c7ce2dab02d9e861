# SPDX-License-Identifier: Apache-2.0
"""The inspection report on paper: verdict first, signatures on the first page, evidence on those that follow."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qcdesk.domain.anchors import printed
from qcdesk.durable import written_whole
from qcdesk.i18n import Catalogue
from qcdesk.reports.concessions import concession_box
from qcdesk.reports.footed import marked_copy
from qcdesk.reports.inspection_charts import sections
from qcdesk.reports.paper import (
    MARGIN,
    MM,
    SCALES,
    SIZES,
    Box,
    Column,
    Flow,
    Pen,
    begin,
    beside,
    gap,
    scaled,
    stacked,
    table_row,
    text_box,
)
from qcdesk.reports.typesetting import Span, Style, TextBlock, clean, compose
from qcdesk.services.drawing_primitives import (
    Drawing,
    Rect,
    Role,
    Shape,
    status_shape,
    strip_plot,
    unit_cell,
    unit_grid,
)
from qcdesk.services.inspection_report import (
    ClassLine,
    ClassResult,
    ComparisonFacts,
    DefectLine,
    InspectionReport,
    MeasuredLine,
    Paper,
    Picture,
    Signature,
    VerdictState,
)
from qcdesk.services.trouble import unwritten
from qcdesk.wording import modes, severities, states
from qcdesk.wording.checked_papers import UNSEALED
from qcdesk.wording.inspection_reports import (
    CHECKS,
    CLASS_RESULTS,
    FOUND_AS,
    HELD,
    OPENED,
    SETTLED,
    agreement,
    class_figures,
    class_limit,
    class_name,
    day,
    decided,
    earlier,
    flat,
    found_by,
    gauge,
    grouped,
    measured_limits,
    missed_by_both,
    moment,
    next_step,
    part_lines,
    plan_line,
    readings_inside,
    said,
    set_aside,
    signed_as,
    taken_back,
    tallies_compared,
    two_samples,
    verdict,
)
from qcdesk.wording.limits import decimal, number
from qcdesk.wording.marks import by_sheet, on_paper
from qcdesk.wording.spelling import listed

LABEL = Style(7.5, 500, "text3")
SMALL = Style(7.5, 400, "text2")
BODY = Style(8.5, 400, "text")
STRONG = Style(8.5, 600, "text")
FACT = Style(9.5, 600, "text")
TITLE = Style(11.5, 700, "text")
HEAD = Style(7.5, 600, "text2")
NAME = Style(12, 600, "text")
FOOT_HEIGHT = 9 * MM
ROW_LINES = 4
LOOKS: dict[VerdictState, tuple[Shape, Role]] = {
    "accepted": ("disc_tick", "accept"),
    "released": ("disc_tick", "accept"),
    "rejected": ("octagon", "reject"),
    "disagreed": ("diamond", "attention"),
    "quarantined": ("square", "hold"),
    "released_under_concession": ("open_tick", "attention"),
    "registered": ("empty", "text2"),
    "first_check": ("half", "text2"),
    "awaiting_second": ("two", "text2"),
    "second_check": ("half", "text2"),
    "returned": ("octagon", "reject"),
    "scrapped": ("octagon", "reject"),
    "split": ("barred", "text2"),
    "withdrawn": ("barred", "text2"),
    "cancelled": ("barred", "text2"),
}


_RESULTS: dict[ClassResult, tuple[Shape, Role]] = {
    "acceptable": ("tick", "text2"),
    "not_acceptable": ("octagon", "reject"),
    "disputed": ("diamond", "attention"),
    "open": ("empty", "text2"),
    "undecided": ("diamond", "attention"),
}


def render(report: InspectionReport, words: Catalogue, *, paper: Paper | None = None) -> bytes:
    """Return the report as a PDF; the same report gives the same bytes.

    Args: paper: A4 or Letter instead of the report's own.
    """
    width, height = SIZES[paper or report.paper]
    layout = _Layout(report, words, width, height)
    pages = layout.pages()
    out = io.BytesIO()
    number = clean(report.batch.number).replace("\n", " ")
    canvas = begin(
        out,
        (width, height),
        words.say("Inspection report {batch}", batch=number),
        author=report.shop,
        language=report.language,
    )
    canvas.setSubject(clean(report.batch.product_name)[:200])
    canvas.setKeywords(report.record)
    pen = Pen(canvas, height)
    for index, page in enumerate(pages):
        for box, x, top in page:
            box.paint(pen, x, top)
        layout.foot(pen, index + 1, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(pdf: bytes, target: Path) -> None:
    """Write a PDF whole or not at all, and on the disk when this returns.

    Raises: Trouble: ``disk_full``, ``file_unwritable``.
    """
    try:
        with written_whole(target) as file:
            file.write(pdf)
    except OSError as failed:
        raise unwritten(failed, target) from failed


@dataclass
class _LongTexts:
    """Texts that were cut in their place and stand whole at the end of the report."""

    words: Catalogue
    entries: list[tuple[str, str]] = field(default_factory=list)

    def fit(self, label: str, text: str, style: Style, width: float, lines: int) -> TextBlock:
        """Return the text in at most ``lines`` lines; when cut, it is kept for the end and its number shown."""
        block = compose(text, style, width, max_lines=lines)
        if not block.cut:
            return block
        known = [kept for _, kept in self.entries]
        if text not in known:
            known.append(text)
            self.entries.append((label, text))
        mark = f" [{known.index(text) + 1}]"
        tail = compose(mark, Style(style.size, 600, "text2"), 1000)
        short = compose(text, style, width, max_lines=lines, last_line_room=tail.width)
        return short.ended(tail.lines[0])


class _Layout:
    """Lays one report out; made once for each rendering."""

    def __init__(self, report: InspectionReport, words: Catalogue, width: float, height: float) -> None:
        self.r, self.words = report, words
        self.width, self.height = width, height
        self.inner = width - 2 * MARGIN
        self.bottom = height - MARGIN - FOOT_HEIGHT
        self.long = _LongTexts(words)
        self.details_on: dict[str, int] = {}

    # Pages ------------------------------------------------------------------------------------------------------

    def pages(self) -> list[list[tuple[Box, float, float]]]:
        """Return every page as boxes with their places."""
        details = Flow(MARGIN, MARGIN, self.bottom)
        running = self._running_head()
        details.top = MARGIN + running.height
        self._details(details)
        first = self._first_page()
        self._long_texts(details)
        following = [[(running, MARGIN, MARGIN), *page] for page in details.pages]
        return [first, *following]

    def foot(self, pen: Pen, page: int, pages: int) -> None:
        """Draw what stands at the bottom of every page: batch, page, digest."""
        say = self.words.say
        top = self.height - MARGIN - FOOT_HEIGHT + 3 * MM
        pen.line((MARGIN, top), (self.width - MARGIN, top), "line", 0.6)
        top += 1.2 * MM
        left = say("Record {code}", code=grouped(self.r.record)) if self.r.record else ""
        pen.text(compose(left, SMALL, self.inner * 0.4, max_lines=1), MARGIN, top)
        place = say("page {page} of {pages}", page=page, pages=pages)
        right = compose(place, Style(7.5, 600, "text"), 90, max_lines=1)
        pen.text(right, MARGIN, top, self.inner, "end")
        copy = marked_copy(self.r.copy, self.inner * 0.2, self.words)
        beside = right.width + (copy.width + 10 if self.r.copy else 0.0) + 14
        if self.r.copy:
            pen.text(copy, MARGIN, top, self.inner - right.width - 10, "end")
        batch = compose(
            flat(self.r.batch.number),
            Style(7.5, 600, "text"),
            min(self.inner * 0.38, self.inner * 0.6 - beside - 8) if self.r.copy else self.inner * 0.38,
            max_lines=1,
        )
        pen.text(batch, MARGIN, top, self.inner - beside, "end")

    def _running_head(self) -> Box:
        shape, role = LOOKS[self.r.state]
        sign = status_shape(shape, role)
        title = compose(self.words.say("Inspection report"), STRONG, self.inner * 0.3, max_lines=1)
        batch = compose(flat(self.r.batch.number), STRONG, self.inner * 0.38, max_lines=1)
        room = self.inner - title.width - batch.width - 36  # the sign before it, and air
        word = compose(verdict(self.r.state, self.words), Style(8.5, 600, role), room, max_lines=1)
        under = max(16.0, title.height + 3, word.height + 3)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.text(title, x, top)
            pen.text(batch, x + title.width + 12, top)
            pen.text(word, x, top, self.inner, "end")
            pen.drawing(sign, x + self.inner - word.width - 15, top + 1.4, 10 / 24)
            pen.line((x, top + under), (x + self.inner, top + under), "text", 0.8)

        return Box(under + 8, paint)

    def _first_page(self) -> list[tuple[Box, float, float]]:
        """Return the first page: all that must stand there, smaller as a whole where two languages need more room."""
        whole, kept = self.inner, list(self.long.entries)
        scale = SCALES[0]
        flow, end, compared = self._first(self.bottom)
        two = len(self.words.languages) > 1
        for smaller in SCALES[1:]:
            if flow.page_count == 1 and (compared or not two):
                break
            scale = smaller
            self.inner, self.long.entries = whole / scale, list(kept)
            flow, end, compared = self._first((self.bottom - MARGIN) / scale + MARGIN)
        self.inner = whole
        page = [
            (self._smaller(box, scale), x, MARGIN + (top - MARGIN) * scale) for box, x, top in flow.pages[0]
        ]
        end = self._smaller(end, scale)
        return [*page, (end, MARGIN, self.bottom - end.height)]

    def _smaller(self, box: Box, scale: float) -> Box:
        """Return a box of the first page as it is drawn: smaller, and as wide as the page all the same."""

        def paint(pen: Pen, x: float, top: float) -> None:
            whole, self.inner = self.inner, self.inner / scale
            scaled(box, scale).paint(pen, x, top)
            self.inner = whole

        return Box(box.height * scale, paint)

    def _first(self, bottom: float) -> tuple[Flow, Box, bool]:
        """Lay the first page out; tell whether what both found had room on it."""
        end = stacked([self._signatures(), gap(8), self._verification()])
        limit = bottom - end.height - 6
        flow = Flow(MARGIN, MARGIN, limit)
        flow.new_page()
        flow.place(self._head())
        flow.place(gap(8))
        flow.place(self._banner())
        flow.place(gap(9))
        flow.place(self._facts())
        flow.place(gap(9))
        if self.r.concession is not None:
            unit = flat(self.r.batch.unit_word)
            flow.place(concession_box(self.r.concession, unit, self.words, self.inner, self.long.fit))
            flow.place(gap(9))
        flow.place(self._classes())
        y = sum(box.height for box, _, _ in flow.pages[0]) + MARGIN
        free = limit - y - 12
        units = len(self.r.comparison.units) if self.r.comparison else 0
        named = units <= 500 and any(not d.withdrawn for d in self.r.defects)
        kept = 58 if named else 0  # room for the names of the defects; a large sample's grid needs it more
        middle, room = self._middle(free - kept), free
        if middle is not None and middle.height <= free:
            flow.place(gap(12))
            flow.place(middle)
            free -= middle.height + 12
        strip = self._defect_strip(free)
        if strip is not None:
            flow.place(gap(12))
            flow.place(strip)
        return flow, end, middle is None or middle.height <= room

    def _head(self) -> Box:
        shop = self.r.shop
        title = compose(self.words.say("Inspection report"), Style(17, 700, "text"), 75 * MM, max_lines=1)
        logo_width = 16 * MM if shop.logo else 0.0
        room = self.inner - title.width - logo_width - 24
        name = self.long.fit(self.words.say("Shop"), flat(shop.name), Style(13, 600, "text"), room, 2)
        address = self.long.fit(self.words.say("Address"), flat(shop.address), SMALL, room, 2)
        height = max(name.height + address.height, title.height, 15 * MM if shop.logo else 0) + 8

        def paint(pen: Pen, x: float, top: float) -> None:
            if shop.logo:
                pen.picture(shop.logo, Rect(x, top, logo_width, 14 * MM), align="start")
            left = x + (logo_width + 8 if shop.logo else 0)
            pen.text(name, left, top)
            pen.text(address, left, top + name.height)
            pen.text(title, x, top, self.inner, "end")
            pen.line((x, top + height - 2), (x + self.inner, top + height - 2), "action", 1.2)

        return Box(height, paint)

    def _banner(self) -> Box:
        r, say = self.r, self.words.say
        shape, role = LOOKS[r.state]
        solid = role == "reject"
        on_it: Role = "surface" if solid else role
        quiet: Role = "surface" if solid else "text"
        right_width = 62 * MM
        left = 27 * MM
        room = self.inner - left - right_width - 30
        size, lines = (20.0, 2) if r.state == "released_under_concession" else (27.0, 1)
        word = compose(verdict(r.state, self.words), Style(size, 700, on_it), room, max_lines=lines)
        while word.cut and size > 17:
            size -= 1
            word = compose(verdict(r.state, self.words), Style(size, 700, on_it), room, max_lines=lines)
        if word.cut:  # never a verdict that is not whole
            word = compose(verdict(r.state, self.words), Style(size, 700, on_it), room, max_lines=2)
        step = compose(next_step(r, self.words), Style(8.5, 500, quiet), room, max_lines=2)
        reasons = [
            self.long.fit(
                say("Reason"),
                said(reason, states.OUTCOME_REASONS, self.words),
                Style(8.5, 400, quiet),
                room,
                2,
            )
            for reason in ([r.batch.hold_reason] if r.batch.hold_reason else []) + list(r.reasons)[:3]
        ]
        if r.procedure.mode == "review":  # the heading says so (trust.md §8.3)
            reasons.insert(0, compose(say(modes.NOT_TWICE), Style(8.5, 700, quiet), room, max_lines=2))
        bold = Style(8.5, 700, quiet)
        if r.repaired:
            reasons.insert(0, compose(say(states.REPAIRED), bold, room, max_lines=2))
        if r.regraded:
            told = say(states.REGRADED, terms=flat(r.regraded).rstrip(" ."))
            reasons.insert(0, self.long.fit(say("Grade or use"), told, bold, room, 3))
        batch = self.long.fit(say("Batch"), flat(r.batch.number), Style(16, 700, quiet), right_width, 2)
        quantity = f"{number(r.batch.quantity)} {flat(r.batch.unit_word)}"
        size_text = say("{quantity} · round {round}", quantity=quantity, round=r.batch.round_no)
        count = compose(size_text, Style(9.5, 400, quiet), right_width, max_lines=2)
        inside = word.height + step.height + sum(b.height for b in reasons)
        height = max(inside, batch.height + count.height, 19 * MM) + 16
        soft: dict[Role, Role] = {"accept": "surface", "hold": "hold_soft", "attention": "attention_soft"}

        def paint(pen: Pen, x: float, top: float) -> None:
            frame = 2.2 if role in ("hold", "attention") else 1.6
            fill = role if solid else soft.get(role, "surface")
            place = Rect(x + 1, top, self.inner - 2, height, fill, role, frame, 7)
            pen.rect(place, dash=(7, 4) if r.state == "disagreed" else None)
            sign = status_shape(shape, on_it, ground=fill)
            side = 17 * MM
            pen.drawing(sign, x + 6 * MM, top + (height - side) / 2, side / 24)
            y = top + (height - inside) / 2
            for block in (word, step, *reasons):
                pen.text(block, x + left, y)
                y += block.height
            y = top + (height - batch.height - count.height) / 2
            edge = x + self.inner - right_width - 14
            pen.text(batch, edge, y, right_width, "end")
            pen.text(count, edge, y + batch.height, right_width, "end")

        return Box(height, paint)

    def _facts(self) -> Box:
        r, say = self.r, self.words.say
        b, p = r.batch, r.procedure
        made = [
            say("made by {names}", names=listed(list(map(flat, b.makers)), self.words)) if b.makers else "",
            say("made on {date}", date=day(b.made_on)) if b.made_on else "",
        ]
        revision = say("revision {revision}", revision=flat(b.product_revision)) if b.product_revision else ""
        approved = (
            say("approved by {name}, {date}", name=flat(p.approved_by), date=day(p.approved_on))
            if p.approved_on
            else ""
        )
        mode = modes.second_looked(p.mode, self.words)
        ship = say("ship by {date}", date=day(b.ship_by)) if b.ship_by else ""
        cells = [
            (
                say("Supplier") if b.supplier else say("Own line"),
                b.supplier,
                [b.supplier_place, *made],
            ),
            (say("Product"), b.product_name, [" · ".join(filter(None, [flat(b.product_code), revision]))]),
            (say("Order"), b.order or "–", [ship]),
            (
                say("Procedure"),
                say("{code} version {version}", code=flat(p.code), version=p.version),
                [p.title, approved, "" if p.by_sheet is None else by_sheet(p.by_sheet, self.words), mode],
            ),
        ]
        step = self.inner / 4
        boxes = []
        for index, (label, fact, more) in enumerate(cells):
            wide = step - 12
            parts = [text_box(compose(label, LABEL, wide, max_lines=1))]
            if fact:
                parts.append(text_box(self.long.fit(label, flat(fact), FACT, wide, 2)))
            parts += [text_box(self.long.fit(label, flat(m), SMALL, wide, 2)) for m in more if m]
            boxes.append((index * step, stacked(parts)))
        return beside(boxes)

    def _classes(self) -> Box:
        r, say = self.r, self.words.say
        title = compose(say("Result by class"), TITLE, self.inner * 0.35, max_lines=1)
        line = compose(plan_line(r.plan, self.words), SMALL, self.inner * 0.63, max_lines=2)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.text(title, x, top)
            pen.text(line, x + self.inner * 0.37, top + 4, self.inner * 0.63, "end")

        share = (0.15, 0.21, 0.09, 0.16, 0.11, 0.11, 0.17)
        aligns = ("start", "start", "end", "end", "end", "end", "end")
        columns = [Column(self.inner * s, a) for s, a in zip(share, aligns, strict=True)]  # type: ignore[arg-type]
        names = [
            say("Class"),
            say("Limit"),
            say("Sample"),
            say("Found, both checks"),
            say("Allowed (Ac)"),
            say("Rejects (Re)"),
            say("Verdict"),
        ]
        heads = [compose(n, HEAD, c.width - 8, max_lines=2) for n, c in zip(names, columns, strict=True)]
        rows = [table_row(columns, heads, ground=True)]
        rows += [self._class_row(columns, item) for item in r.classes]
        return stacked([Box(max(title.height, line.height + 4) + 4, paint), *rows, *self._two_samples()])

    def _two_samples(self) -> list[Box]:
        """Return both samples of a split batch side by side, and which units only the second person had."""
        told = two_samples(self.r, self.words)
        if not told:
            return []
        return [gap(3), text_box(compose(self.words.run_on(told), SMALL, self.inner, max_lines=12))]

    def _class_row(self, columns: Sequence[Column], item: ClassLine) -> Box:
        shape, role = _RESULTS[item.result]
        width = columns[-1].width - 8
        seen: Role = role if role != "text2" else "text"
        word = self.words.say(CLASS_RESULTS[item.result])
        told = compose(word, Style(8.5, 600, seen), width - 12, max_lines=2)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.text(told, x, top, width, "end")
            pen.drawing(status_shape(shape, role), x + width - told.width - 15, top + 1, 11 / 24)

        n, found, allowed = class_figures(item)
        found_role: Role = "reject" if item.result == "not_acceptable" else "text"
        cells: list[TextBlock | Box] = [
            compose(
                class_name(item.defect_class, self.words), Style(9.5, 600), columns[0].width - 8, max_lines=1
            ),
            compose(class_limit(item, self.words), BODY, columns[1].width - 8, max_lines=2),
            compose(n, BODY, columns[2].width, max_lines=1),
            compose(found, Style(10.5, 700, found_role), columns[3].width, max_lines=1),
            compose(allowed, BODY, columns[4].width, max_lines=1),
            compose(number(item.re), BODY, columns[5].width, max_lines=1),
            Box(told.height, paint),
        ]
        return table_row(columns, cells)

    def _middle(self, free: float) -> Box | None:
        left_width = self.inner * 0.5 if self.r.measured else 0.0
        right_width = self.inner - left_width - (18 if left_width else 0)
        boxes = []
        if self.r.measured:
            boxes.append((0.0, self._measured_short(left_width, free)))
        if self.r.comparison:
            compared = self._comparison(self.r.comparison, right_width if left_width else self.inner, free)
            boxes.append((left_width + 18 if left_width else 0.0, compared))
        return beside(boxes) if boxes else None

    def _measured_short(self, width: float, free: float) -> Box:
        say = self.words.say
        lines = self.r.measured
        columns = [
            Column(width * 0.3),
            Column(width * 0.31, "end"),
            Column(width * 0.15, "end"),
            Column(width * 0.24),
        ]
        heads = [say("Characteristic"), say("Limits"), say("Mean"), say("Each reading")]
        parts = [
            text_box(compose(say("Measured", context="heading"), TITLE, width, max_lines=1)),
            table_row(
                columns,
                [compose(t, HEAD, c.width - 8, max_lines=2) for t, c in zip(heads, columns, strict=True)],
                padding=2,
            ),
        ]
        used = sum(p.height for p in parts) + 2 * 11.25 + 4
        for item in lines:
            row = self._measured_row(item, columns, full=False)
            if used + row.height > free:
                break
            parts.append(row)
            used += row.height
        total = readings_inside(lines, self.words)
        page = self.details_on.get("measured", 2)
        more = say("All characteristics with gauges: page {page}.", page=page)
        parts.append(gap(3))
        parts.append(text_box(compose(self.words.run_on((total, more)), SMALL, width, max_lines=2)))
        return stacked(parts)

    def _measured_row(self, item: MeasuredLine, columns: Sequence[Column], *, full: bool) -> Box:
        say = self.words.say
        label = say("Characteristic")
        plot_width = columns[-1].width - 8
        plot = strip_plot(
            item.readings,
            item.lower,
            item.upper,
            item.nominal,
            width=plot_width,
            height=15 if not full else 18,
        )
        picture = Box(plot.height, lambda pen, x, top: pen.drawing(plot, x, top))
        name = self.long.fit(label, flat(item.name), STRONG, columns[0].width - 8, 2)
        beside_name = [text_box(name)]
        if item.reviewed:
            remark = compose(modes.reviewed(self.words), SMALL, columns[0].width - 8, max_lines=2)
            beside_name.append(text_box(remark))
        cells: list[TextBlock | Box] = [stacked(beside_name)]
        if full:
            gauges = "; ".join(gauge(one, self.words) for one in item.instruments)
            if gauges:
                lines = 2 * min(len(item.instruments), 2)
                cells[0] = stacked(
                    [*beside_name, text_box(self.long.fit(label, gauges, SMALL, columns[0].width - 8, lines))]
                )
            texts = [
                decimal(item.nominal),
                measured_limits(item, self.words),
                number(item.count),
                decimal(item.mean),
                decimal(item.range),
                number(item.outside),
            ]
            styles = [BODY, BODY, BODY, STRONG, BODY, Style(8.5, 700, "reject") if item.outside else BODY]
        else:
            texts = [measured_limits(item, self.words), decimal(item.mean)]
            styles = [SMALL, STRONG]
        for text, style, column in zip(texts, styles, columns[1:], strict=False):
            cells.append(compose(text, style, column.width - 8, max_lines=2))
        return table_row(columns, [*cells, picture], padding=2.4)

    def _comparison(self, c: ComparisonFacts, width: float, free: float) -> Box:
        say = self.words.say
        parts = [text_box(compose(say("Two checks compared"), TITLE, width, max_lines=1)), gap(3)]
        texts = self._comparison_texts(c, width)
        tail = [*([] if self.r.tally else [self._legend(c, width), gap(3)]), *texts]
        if c.units and not self.r.tally:
            room = free - sum(p.height for p in parts) - sum(p.height for p in tail) - 6
            grid = _fitting_grid(c, width, room)
            if grid is not None:
                parts += [Box(grid.height, lambda pen, x, top: pen.drawing(grid, x, top)), gap(5)]
        return stacked([*parts, *tail])

    def _legend(self, c: ComparisonFacts, width: float) -> Box:
        items = [("both", c.both), ("first", c.first), ("second", c.second), ("neither", c.neither)]
        marks = []
        for state, count in items:
            text = self.words.say(FOUND_AS[state])
            spans = [Span(number(count), Style(8.5, 700)), Span(f" {text}", SMALL)]
            marks.append((state, compose(spans, SMALL, width / 3, max_lines=1)))
        taken = sum(block.width + 14 for _, block in marks)
        if taken + 4.0 * (len(marks) - 1) > width:  # a longer language: two lines of two
            return stacked([self._marks(marks[:2], width), gap(2), self._marks(marks[2:], width)])
        return self._marks(marks, width)

    @staticmethod
    def _marks(marks: Sequence[tuple[str, TextBlock]], width: float) -> Box:
        taken = sum(block.width + 14 for _, block in marks)
        space = min(24.0, max(4.0, (width - taken) / (len(marks) - 1)))
        boxes, left = [], 0.0
        for state, block in marks:
            boxes.append((left, _marked(Drawing(9, 9, tuple(unit_cell(state, 0, 0, 9))), block)))
            left += block.width + 14 + space
        return beside(boxes)

    def _comparison_texts(self, c: ComparisonFacts, width: float) -> list[Box]:
        big, lines = Style(10.5, 600), []
        if self.r.tally:
            counts, told = tallies_compared(c, self.words)
            return [text_box(compose(counts, big, width)), text_box(compose(told, SMALL, width))]
        estimate = list(missed_by_both(c, self.r.batch.quantity, self.words))
        if c.missed is not None and c.reliable:
            lines += [compose(text, style, width) for text, style in zip(estimate, (big, BODY), strict=False)]
        else:
            lines += [compose(text, BODY, width, max_lines=4) for text in estimate]
        lines.append(compose(agreement(c, self.words), SMALL, width, max_lines=3))
        return [text_box(b) for b in lines]

    def _defect_strip(self, free: float) -> Box | None:
        found = [d for d in self.r.defects if not d.withdrawn]
        with_photo = [d for d in found if d.photo]
        order = {"critical": 0, "major": 1, "minor": 2}
        chosen = sorted(with_photo, key=lambda d: order[d.defect_class])[:5]
        if not found:
            return None
        say = self.words.say
        title = compose(say("Defects found"), TITLE, self.inner * 0.4, max_lines=1)
        total = self.words.count("{n} defect", "{n} defects", len(found))
        page = self.details_on.get("defects", 2)
        note = compose(
            say("{total}, in full from page {page}", total=total, page=page), SMALL, self.inner * 0.5
        )

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.text(title, x, top)
            pen.text(note, x, top + 4, self.inner, "end")

        head = Box(title.height + 3, paint)
        step = (self.inner + 8) / 5
        told = [self._caption(d, step - 8) for d in chosen]
        lines = max((text.height + by.height for text, by in told), default=0.0)
        photo_height = min(22 * MM, free - head.height - max(2 * 12.75, lines) - 14)
        if not chosen or photo_height < 12 * MM:
            units = [
                " ".join(filter(None, ["" if d.sample_no is None else str(d.sample_no), flat(d.name)]))
                for d in sorted(found, key=lambda d: order[d.defect_class])[:40]
            ]
            names = compose(" · ".join(units), BODY, self.inner, max_lines=2)
            short = stacked([head, text_box(names)])
            return short if free >= short.height + 12 else None
        boxes = []
        for index, (d, (text, by)) in enumerate(zip(chosen, told, strict=True)):
            frame = self._photo(d.photo, step - 8, photo_height)
            boxes.append((index * step, stacked([frame, gap(2), text_box(text), text_box(by)])))
        return stacked([head, beside(boxes)])

    def _caption(self, d: DefectLine, wide: float) -> tuple[TextBlock, TextBlock]:
        unit = self.words.say("Unit {unit}", unit=d.sample_no) if d.sample_no is not None else ""
        spans = [Span(f"{unit}  " if unit else "", STRONG), Span(flat(d.name), BODY)]
        by = f"{class_name(d.defect_class, self.words)} · {found_by(d.found_by, self.words)}"
        return compose(spans, BODY, wide, max_lines=2), compose(by, SMALL, wide, max_lines=2)

    def _photo(self, photo: Picture | None, width: float, height: float) -> Box:
        broken = compose(self.words.say("This picture cannot be drawn."), SMALL, width - 8, max_lines=3)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rect(Rect(x, top, width, height, fill="sunken", radius=4))
            if photo and not pen.picture(photo, Rect(x + 2, top + 2, width - 4, height - 4)):
                pen.text(broken, x + 4, top + (height - broken.height) / 2)

        return Box(height, paint)

    # Signatures -------------------------------------------------------------------------------------------------

    def _signatures(self) -> Box:
        say = self.words.say
        signed = self.r.signatures
        if self.r.concession is not None:
            signed = (*signed, *self.r.concession.signatures)
        if not signed:
            block = compose(say("Nobody has signed yet."), STRONG, self.inner - 30, max_lines=1)
            return _marked(status_shape("dashed", "text2"), block, side=12)
        columns = 4 if len(signed) == 4 else min(3, max(2, len(signed)))
        width = (self.inner - 10 * (columns - 1)) / columns
        cards = [self._signature(s, width) for s in signed]
        if len(cards) == 1:
            cards.append(self._unsigned(width))
        rows = []
        for first in range(0, len(cards), columns):
            part = cards[first : first + columns]
            height = max(card.height for card in part)
            rows.append(beside((i * (width + 10), _framed(c, width, height)) for i, c in enumerate(part)))
            rows.append(gap(6))
        return stacked(rows[:-1])

    def _unsigned(self, width: float) -> Box:
        """Return the empty place of the second person: what is missing is shown, not left out."""
        say = self.words.say
        meaning = compose(
            say("Inspected independently by"), Style(8.5, 600, "text2"), width - 20, max_lines=2
        )
        block = compose(say("Not signed yet"), Style(12, 400, "text3"), width - 40, max_lines=2)
        return stacked([text_box(meaning), gap(2), _marked(status_shape("dashed", "text2"), block, side=12)])

    def _signature(self, s: Signature, width: float) -> Box:
        say = self.words.say
        inner = width - 20
        meaning = self.words.say(states.MEANINGS[s.meaning])
        role, when = signed_as(s, self.words)
        label = say("Signature")
        parts = [
            text_box(compose(meaning, Style(8.5, 600, "text2"), inner, max_lines=2)),
            gap(2),
            text_box(self.long.fit(label, flat(s.name), NAME, inner, 2)),
            text_box(self.long.fit(label, role, SMALL, inner, 2)),
            text_box(compose(when, SMALL, inner, max_lines=2)),
        ]
        if s.reason:
            parts.append(text_box(self.long.fit(say("Reason"), flat(s.reason), SMALL, inner, 2)))
        parts += [
            text_box(self.long.fit(label, m, Style(7.5, 600, "attention"), inner, 2))
            for m in on_paper(s, self.words)
        ]
        return stacked(parts)

    def _verification(self) -> Box:
        r, say = self.r, self.words.say
        side = 30 * MM
        width = self.inner - (side + 16 if r.qr else 0)
        blocks = [
            compose(
                say(
                    "The code holds the log's last event, signed, and the hash of this record: "
                    "qcdesk verify --anchor reads it off this page."
                ),
                STRONG,
                width,
                max_lines=2,
            )
            if r.qr
            else None,
            compose(say("Record {code}", code=grouped(r.record, 64)), SMALL, width, max_lines=2)
            if r.record
            else None,
            compose(
                say(
                    "Anchor {code}, {time}",
                    code=printed(r.head_seq, r.head_hash, r.site) if r.head_hash and r.site else "–",
                    time=moment(r.printed_at),
                ),
                SMALL,
                width,
                max_lines=2,
            ),
            compose(
                say("Sampling finds faults; it cannot prove there are none."),
                Style(8.5, 500),
                width,
                max_lines=2,
            ),
            compose(say(UNSEALED[r.unsealed]), SMALL, width, max_lines=3) if r.unsealed else None,
        ]
        notes = [self.long.fit(say("Note"), flat(n), SMALL, width, 2) for n in r.notes[:2]]
        text = stacked(text_box(b) for b in (*blocks, *notes) if b is not None)
        if not r.qr:
            return text

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.qr_code(r.qr, x, top, side)
            text.paint(pen, x + side + 16, top)

        return Box(max(side, text.height), paint)

    # The pages of evidence --------------------------------------------------------------------------------------

    def _section(self, flow: Flow, key: str, title: str, note: str = "", keep: float = 40) -> None:
        if flow.pages and not flow.fits(12 + keep + 30):
            flow.new_page()
        elif flow.pages:
            flow.place(gap(12))
        parts = [text_box(compose(title, TITLE, self.inner, max_lines=1))]
        if note:
            parts.append(text_box(compose(note, SMALL, self.inner, max_lines=3)))
        parts.append(gap(4))
        flow.place(stacked(parts), keep=keep)
        self.details_on[key] = flow.page_count + 1

    def _details(self, flow: Flow) -> None:
        r = self.r
        if r.measured:
            self._measured_table(flow)
        if r.comparison and r.comparison.units and not r.tally:
            self._unit_grid(flow, r.comparison)
        if r.defects:
            self._defects(flow)
        self._outside(flow)
        self._reviews(flow)
        self._decision(flow)
        self._sampling(flow)
        self._history(flow)
        self._notes(flow)
        for section in sections(r, self.words, self.inner):
            self._section(flow, section.key, section.title, section.note, keep=section.rows[0].height)
            for row in section.rows:
                flow.place(row)

    def _heading(self, columns: Sequence[Column], names: Iterable[str]) -> Box:
        heads = [compose(n, HEAD, c.width - 8, max_lines=2) for n, c in zip(names, columns, strict=True)]
        return table_row(columns, heads, ground=True)

    def _columns(self, *shares: float, ends: Iterable[int] = ()) -> list[Column]:
        right = set(ends)
        return [Column(self.inner * s, "end" if i in right else "start") for i, s in enumerate(shares)]

    def _measured_table(self, flow: Flow) -> None:
        say = self.words.say
        note = say(
            "Filled dots are the first check, rings the second; lines are the limits, × is outside. "
            "Mean and range are over both checks."
        )
        self._section(flow, "measured", say("Measured characteristics"), note, keep=60)
        columns = self._columns(0.27, 0.08, 0.17, 0.05, 0.08, 0.08, 0.09, 0.18, ends=(1, 2, 3, 4, 5, 6))
        names = [
            say("Characteristic and gauge"),
            say("Nominal"),
            say("Limits"),
            say("n"),
            say("Mean"),
            say("Range"),
            say("Outside"),
            say("Each reading"),
        ]
        rows = (self._measured_row(item, columns, full=True) for item in self.r.measured)
        flow.table(self._heading(columns, names), rows)

    def _unit_grid(self, flow: Flow, c: ComparisonFacts) -> None:
        say = self.words.say
        note = say("The number is the sample number on the goods; every cell is one unit of the sample.")
        self._section(flow, "units", say("The sample, unit by unit"), note, keep=60)
        flow.place(self._legend(c, self.inner))
        flow.place(gap(5))
        columns, space = 25, 2.6
        for first in range(0, len(c.units), columns):
            part = c.units[first : first + columns]
            wide = (self.inner + space) / columns * len(part) - space
            drawing = unit_grid(part, width=wide, columns=len(part), gap=space, numbered=True, text_size=7)
            flow.place(Box(drawing.height + space, lambda pen, x, top, d=drawing: pen.drawing(d, x, top)))  # type: ignore[misc]
        if self.r.not_done:
            units = ", ".join(map(str, self.r.not_done))
            flow.place(gap(4))
            self._lines(
                flow, say("Not done, and weighed like nonconforming units: {units}", units=units), BODY
            )

    def _defects(self, flow: Flow) -> None:
        say = self.words.say
        photos = any(d.photo for d in self.r.defects)
        self._section(flow, "defects", say("Defects"), keep=90 if photos else 50)
        if photos:
            columns = self._columns(0.2, 0.1, 0.12, 0.38, 0.2, ends=())
            names = [
                say("Picture"),
                say("Unit"),
                say("Class"),
                say("Defect, place and note"),
                say("Found by"),
            ]
        else:
            columns = self._columns(0.1, 0.13, 0.55, 0.22)
            names = [say("Unit"), say("Class"), say("Defect, place and note"), say("Found by")]
        order = {"critical": 0, "major": 1, "minor": 2}
        lines = sorted(self.r.defects, key=lambda d: (d.withdrawn, order[d.defect_class], d.sample_no or 0))
        rows = (self._defect_row(d, columns, photos) for d in lines)
        flow.table(self._heading(columns, names), rows)

    def _defect_row(self, d: DefectLine, columns: Sequence[Column], photos: bool) -> Box:
        say = self.words.say
        at = [c.width - 8 for c in (columns[1:] if photos else columns)]
        tallied = self.words.count("{n} unit", "{n} units", d.count)
        unit = tallied if d.sample_no is None else str(d.sample_no)
        title = [Span(flat(d.name), STRONG), Span(f"  {flat(d.code)}", SMALL)]
        named = compose(title, STRONG, at[2], max_lines=2)
        if named.cut:
            named = self.long.fit(say("Defect"), f"{flat(d.name)} {flat(d.code)}", STRONG, at[2], 2)
        parts = [text_box(named)]
        for text in (d.place, d.note):
            if text:
                parts.append(text_box(self.long.fit(say("Note"), text, SMALL, at[2], ROW_LINES)))
        if d.withdrawn:
            why = say("Withdrawn: {reason}", reason=d.withdrawn_reason)
            parts.append(
                text_box(self.long.fit(say("Note"), why, Style(7.5, 600, "text2"), at[2], ROW_LINES))
            )
        by = [text_box(compose(found_by(d.found_by, self.words), BODY, at[3], max_lines=2))]
        if d.reviewed:
            by.append(text_box(compose(modes.reviewed(self.words), SMALL, at[3], max_lines=2)))
        if d.settled:
            word = say(SETTLED[d.settled])
            by.append(text_box(compose(word, Style(7.5, 600, "text2"), at[3], max_lines=2)))
        cells: list[TextBlock | Box] = [
            compose(unit, STRONG, at[0], max_lines=1),
            compose(class_name(d.defect_class, self.words), BODY, at[1], max_lines=1),
            stacked(parts),
            stacked(by),
        ]
        if photos:
            cells.insert(0, self._photo(d.photo, columns[0].width - 8, 21 * MM) if d.photo else gap(0))
        return table_row(columns, cells)

    def _outside(self, flow: Flow) -> None:
        say = self.words.say
        found = [(m, r) for m in self.r.measured for r in m.readings if not r.inside]
        if not found:
            return
        self._section(flow, "outside", say("Readings outside the limits"))
        columns = self._columns(0.1, 0.4, 0.18, 0.2, 0.12, ends=(2, 3))
        names = [
            say("Unit"),
            say("Characteristic"),
            say("Reading"),
            say("Limits"),
            say("Check", context="one inspection"),
        ]
        rows = (
            table_row(
                columns,
                [
                    compose(str(reading.unit), STRONG, columns[0].width - 8, max_lines=1),
                    self.long.fit(say("Characteristic"), flat(m.name), BODY, columns[1].width - 8, 2),
                    compose(
                        f"{flat(reading.typed) or decimal(reading.value)} {flat(m.unit)}",
                        Style(8.5, 600, "reject"),
                        columns[2].width - 8,
                        max_lines=2,
                    ),
                    compose(measured_limits(m, self.words), BODY, columns[3].width - 8, max_lines=2),
                    compose(say(CHECKS[reading.check]), BODY, columns[4].width - 8, max_lines=1),
                ],
                padding=2.2,
            )
            for m, reading in found
        )
        flow.table(self._heading(columns, names), rows)

    def _reviews(self, flow: Flow) -> None:
        """Print what was not inspected again, by name, and what the second person said of each claim of the first."""
        say, names = self.words.say, self.r.procedure.reviewed
        if not names:
            return
        note = say(
            "Not inspected twice: {names}. Each defect and each value out of limits was opened by the second person.",
            names=", ".join(map(flat, names)),
        )
        self._section(flow, "reviews", say("Reviewed, not re-inspected"), note)
        if not self.r.reviews:
            self._lines(flow, say("The first check found nothing to review."), BODY)
            return
        columns = self._columns(0.1, 0.34, 0.14, 0.18, 0.24)
        heads = [
            say("Unit"),
            say("Found by the first person"),
            say("Class"),
            say("Second person"),
            say("Why not"),
        ]
        rows = (
            table_row(
                columns,
                [
                    compose(str(one.sample_no), STRONG, columns[0].width - 8, max_lines=1),
                    self.long.fit(
                        say("Defect"),
                        " ".join(filter(None, (flat(one.name), flat(one.typed)))),
                        BODY,
                        columns[1].width - 8,
                        2,
                    ),
                    compose(
                        class_name(one.defect_class, self.words), BODY, columns[2].width - 8, max_lines=1
                    ),
                    compose(
                        say(OPENED[one.agrees]),
                        BODY if one.agrees else STRONG,
                        columns[3].width - 8,
                        max_lines=2,
                    ),
                    self.long.fit(say("Note"), flat(one.note), SMALL, columns[4].width - 8, ROW_LINES),
                ],
                padding=2.2,
            )
            for one in self.r.reviews
        )
        flow.table(self._heading(columns, heads), rows)

    def _decision(self, flow: Flow) -> None:
        say, d = self.words.say, self.r.decision
        if d is None:
            return
        self._section(flow, "decision", say("Decision of the third person"), decided(d, self.words))
        if d.reason:
            self._lines(flow, d.reason, BODY)
        columns = self._columns(0.1, 0.13, 0.42, 0.15, 0.2)
        names = [say("Unit"), say("Class"), say("Claim"), say("Claimed by"), say("Decided")]
        rows = []
        for c in d.claims:
            text = " ".join(filter(None, [flat(c.name), flat(c.code)]))
            claim = [self.long.fit(say("Claim"), text, STRONG, columns[2].width - 8, 2)]
            if c.note:
                claim.append(self.long.fit(say("Note"), c.note, SMALL, columns[2].width - 8, ROW_LINES))
            rows.append(
                table_row(
                    columns,
                    [
                        compose("–" if c.sample_no is None else str(c.sample_no), STRONG, 60, max_lines=1),
                        compose(
                            class_name(c.defect_class, self.words), BODY, columns[1].width - 8, max_lines=1
                        ),
                        stacked(text_box(b) for b in claim),
                        compose(say(CHECKS[c.claimed_by]), BODY, columns[3].width - 8, max_lines=1),
                        compose(say(HELD[c.holds]), STRONG, columns[4].width - 8, max_lines=2),
                    ],
                )
            )
        flow.table(self._heading(columns, names), rows)

    def _sampling(self, flow: Flow) -> None:
        say, p = self.words.say, self.r.plan
        if not (p.seed or p.severity_reason or p.severities or p.plan_letter != p.letter):
            return
        self._section(flow, "sampling", say("How the sample was drawn"))
        if p.plan_letter and p.plan_letter != p.letter:
            arrow = say(
                "The lot size gives code letter {letter}; the table's arrow leads to {plan_letter}.",
                letter=p.letter,
                plan_letter=p.plan_letter,
            )
            self._lines(flow, arrow, BODY)
        if p.severity_reason:
            self._lines(flow, said(p.severity_reason, states.SEVERITY_REASONS, self.words), BODY)
        for one in p.severities:
            class_word = said(one.defect_class, states.CLASS_WORDS, self.words)
            self._lines(flow, severities.of_class(one, class_word, self.words), BODY)
        if p.seed:
            drawn = say(
                "{n} of {lot} units were drawn at random; the seed {seed} gives the same units again.",
                n=number(p.n),
                lot=number(p.lot),
                seed=flat(p.seed),
            )
            self._lines(flow, drawn, BODY)

    def _parts(self, flow: Flow) -> None:
        """Say what the batch was split from, into which parts it was split, and how many units stayed."""
        say, told = self.words.say, list(part_lines(self.r, self.words))
        if self.r.repaired:
            self._section(flow, "repaired", say("Repaired goods"))
            self._lines(flow, say(states.REPAIRED), BODY)
        if told:
            self._section(flow, "parts", say("Goods that went different ways"))
        for text in told:
            self._lines(flow, text, BODY)

    def _history(self, flow: Flow) -> None:
        say = self.words.say
        self._parts(flow)
        if self.r.earlier:
            whole = say("Earlier rounds of the batch that this one is part of")
            self._section(flow, "earlier", whole if self.r.part_of else say("Earlier rounds of this batch"))
            for e in self.r.earlier:
                self._lines(flow, earlier(e, self.words), BODY)
                for taken in e.taken_back:
                    self._lines(flow, taken_back(taken, self.words), BODY)
        if self.r.set_aside:
            self._section(flow, "set_aside", say("Checks that do not count"))
            for s in self.r.set_aside:
                self._lines(flow, set_aside(s, self.words), BODY)

    def _notes(self, flow: Flow) -> None:
        if len(self.r.notes) > 2 or len(self.r.reasons) > 3:
            self._section(flow, "notes", self.words.say("Notes"))
            for reason in self.r.reasons[3:]:
                self._lines(flow, said(reason, states.OUTCOME_REASONS, self.words), BODY)
            for note in self.r.notes[2:]:
                self._lines(flow, note, BODY)

    def _long_texts(self, flow: Flow) -> None:
        if not self.long.entries:
            return
        say = self.words.say
        note = say("These texts were too long for their place and stand here whole.")
        self._section(flow, "long", say("Long texts"), note)
        for index, (label, text) in enumerate(self.long.entries, 1):
            flow.place(text_box(compose(f"[{index}] {label}", STRONG, self.inner, max_lines=1)), keep=13)
            self._lines(flow, text, BODY)
            flow.place(gap(5))

    def _lines(self, flow: Flow, text: str, style: Style) -> None:
        """Put a text of any length into the flow, line by line."""
        block = compose(text, style, self.inner)
        for line in block.single_lines():
            flow.place(text_box(line))


def _framed(card: Box, width: float, height: float) -> Box:
    def paint(pen: Pen, x: float, top: float) -> None:
        pen.rect(Rect(x, top, width, height + 14, stroke="edge", stroke_width=0.9, radius=6))
        card.paint(pen, x + 10, top + 7)

    return Box(height + 14, paint)


def _marked(sign: Drawing, block: TextBlock, side: float = 9) -> Box:
    def paint(pen: Pen, x: float, top: float) -> None:
        pen.drawing(sign, x, top + (block.line_height - side) / 2, side / sign.width)
        pen.text(block, x + side + 5, top)

    return Box(block.height, paint)


def _fitting_grid(c: ComparisonFacts, width: float, room: float) -> Drawing | None:
    """Return the compact grid with the largest cells that fit, or None when they would be under 1.2 mm."""
    for columns in (20, 25, 32, 40, 50, 63):
        space = width / columns * 0.16
        drawing = unit_grid(c.units, width=width, columns=columns, gap=space, numbered=False)
        if drawing.height <= room:
            return drawing
    return None
