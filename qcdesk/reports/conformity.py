# SPDX-License-Identifier: Apache-2.0
"""The certificate of conformity on paper: one calm page that says what was released, by whom, and how to check it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import zxingcpp

from qcdesk.i18n import Catalogue
from qcdesk.reports.concessions import DEVIATION_LINES, concession_box
from qcdesk.reports.inspection import LOOKS
from qcdesk.reports.paper import (
    MM,
    SCALES,
    SIZES,
    Box,
    Column,
    Pen,
    begin,
    beside,
    gap,
    scaled,
    stacked,
    table_row,
    text_box,
)
from qcdesk.reports.typesetting import Style, TextBlock, clean, compose
from qcdesk.services.drawing_primitives import Rect, Role, status_shape
from qcdesk.services.fill_certificate import ConformityCertificate
from qcdesk.services.inspection_report import ClassLine, Paper, Signature
from qcdesk.wording import modes, states
from qcdesk.wording.certificate_pages import (
    other_than_asked_for,
    plan_line,
    product,
    released,
    signed_as,
    statement,
)
from qcdesk.wording.checked_papers import UNSEALED
from qcdesk.wording.inspection_reports import (
    class_figures,
    class_limit,
    class_name,
    day,
    flat,
    grouped,
    moment,
    stage_lines,
)
from qcdesk.wording.limits import number
from qcdesk.wording.marks import on_paper

EDGE = 18 * MM
CODE_SIDE = 30 * MM
LEAST_MODULE = 0.36 * MM  # a long name makes a finer code: then it grows
LABEL = Style(7.5, 500, "text3")
SMALL = Style(7.5, 400, "text2")
BODY = Style(8.5, 400)
FACT = Style(10, 600)
HEAD = Style(7.5, 600, "text2")
LINES = 2


def render(certificate: ConformityCertificate, words: Catalogue, *, paper: Paper | None = None) -> bytes:
    """Return the certificate as a PDF of one page; the same print gives the same bytes."""
    size = SIZES[paper or certificate.report.paper]
    out = io.BytesIO()
    batch = " ".join(clean(certificate.report.batch.number).split())
    title = words.say(
        "Certificate of conformity {number}, batch {batch}", number=shown(certificate.number), batch=batch
    )
    canvas = begin(out, size, title, author=certificate.report.shop, language=certificate.report.language)
    canvas.setKeywords(certificate.report.record)
    CertificatePage(certificate, words, *size).draw(Pen(canvas, size[1]))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def shown(certificate: int) -> str:
    """Return a certificate's number as paper and screen show it: ``000123``."""
    return f"{certificate:06d}"


class CertificatePage:
    """Lays the one page out: the goods above, the people in the middle, the proof at the bottom."""

    def __init__(self, c: ConformityCertificate, words: Catalogue, width: float, height: float) -> None:
        self.c, self.r, self.words = c, c.report, words
        self.width, self.height = width, height
        self.inner = width - 2 * EDGE
        self.kind = words.say("Certificate of conformity")

    def draw(self, pen: Pen) -> None:
        """Draw the page."""
        proof = self._proof()
        bottom = self.height - EDGE - proof.height
        whole = self.inner
        scale = SCALES[0]
        above, free = self._above(bottom - EDGE)
        for smaller in SCALES[1:]:  # two languages: all of it gets smaller, and nothing is left out
            if free >= 5 * len(above):
                break
            scale = smaller
            self.inner = whole / scale
            above, free = self._above((bottom - EDGE) / scale)
        space = max(5.0, min(11 * MM, free / len(above)))
        top = float(EDGE)
        for box in above:
            placed = scaled(box, scale)
            placed.paint(pen, EDGE, top)
            top += placed.height + space * scale
        self.inner = whole
        proof.paint(pen, EDGE, bottom)

    def _above(self, room: float) -> tuple[list[Box], float]:
        """Return what stands above the proof, and how many points of the room are left."""
        head, lines = [self._head(), self._released()], DEVIATION_LINES
        fixed = [self._facts(), self._statement(), self._classes(), self._people()]
        above = [*head, *self._concession(lines), *fixed]
        while (free := room - sum(box.height for box in above)) < 5 * len(above) and lines > 1:
            lines -= 1
            above = [*head, *self._concession(lines), *fixed]
        return above, free

    # Above ------------------------------------------------------------------------------------------------------

    def _head(self) -> Box:
        say, shop = self.words.say, self.r.shop
        size = 19.0
        while (
            title := compose(self.kind, Style(size, 700), self.inner * 0.6, max_lines=1)
        ).cut and size > 12:
            size -= 1  # a longer language
        no = compose(
            say("No. {number} · {date}", number=shown(self.c.number), date=day(self.c.on)),
            Style(10, 600),
            self.inner * 0.4,
            max_lines=1,
        )
        copy = compose(
            say("Copy {n}", n=self.c.copy) if self.c.copy else "",
            Style(10, 600, "attention"),
            self.inner * 0.2,
            max_lines=1,
        )
        logo = 16 * MM if shop.logo else 0.0
        room = self.inner - title.width - logo - 30
        name = compose(flat(shop.name), Style(13, 600), room, max_lines=LINES)
        address = compose(flat(shop.address), SMALL, room, max_lines=LINES)
        height = max(name.height + address.height, title.height + no.height, 15 * MM if shop.logo else 0) + 8

        def paint(pen: Pen, x: float, top: float) -> None:
            if shop.logo:
                pen.picture(shop.logo, Rect(x, top, logo, 14 * MM), align="start")
            left = x + (logo + 8 if shop.logo else 0)
            pen.text(name, left, top + 3)
            pen.text(address, left, top + 3 + name.height)
            pen.text(title, x, top, self.inner, "end")
            pen.text(no, x, top + title.height, self.inner, "end")
            if self.c.copy:
                pen.text(copy, x, top + title.height, self.inner - no.width - 14, "end")
            pen.line((x, top + height - 1), (x + self.inner, top + height - 1), "action", 1.2)

        return Box(height, paint)

    def _released(self) -> Box:
        say, batch = self.words.say, self.r.batch
        shape, role = LOOKS[self.r.state]
        word, told = released(self.r, self.words)
        right = 66 * MM
        room = self.inner - right - 22 * MM
        size = 24.0
        while (verdict := compose(word, Style(size, 700, role), room, max_lines=1)).cut and size > 14:
            size -= 1
        if verdict.cut:
            verdict = compose(word, Style(16, 700, role), room, max_lines=3)
        sentence = compose(told, Style(9, 400), room, max_lines=3)
        other = self.words.run_on(other_than_asked_for(self.r, self.words))
        beside = [sentence, *([compose(other, Style(9, 600), room, max_lines=8)] if other else ())]
        big = 17.0  # a long number gets smaller and is never cut: whoever checks compares it
        while (goods := compose(flat(batch.number), Style(big, 700), right, max_lines=3)).cut and big > 6:
            big -= 1
        quantity = compose(
            f"{number(batch.quantity)} {flat(batch.unit_word)}", Style(11, 500), right, max_lines=1
        )
        label = compose(say("Batch"), LABEL, right, max_lines=1)
        said = verdict.height + sum(block.height for block in beside)
        inside = max(said, label.height + goods.height + quantity.height)
        height = inside + 8

        def paint(pen: Pen, x: float, top: float) -> None:
            side = 15 * MM
            middle = top + height / 2
            pen.drawing(status_shape(shape, role, ground="surface"), x, middle - side / 2, side / 24)
            y = middle - said / 2
            pen.text(verdict, x + 20 * MM, y)
            y += verdict.height
            for block in beside:
                pen.text(block, x + 20 * MM, y)
                y += block.height
            y = middle - (label.height + goods.height + quantity.height) / 2
            for block in (label, goods, quantity):
                pen.text(block, x + self.inner - right, y, right, "end")
                y += block.height

        return Box(height, paint)

    def _concession(self, lines: int) -> list[Box]:
        """Return the frame of a concession. What is cut of a long deviation stands whole in the inspection report."""
        if self.r.concession is None:
            return []

        def fit(_label: str, text: str, style: Style, width: float, lines: int) -> TextBlock:
            return compose(text, style, width, max_lines=lines)

        unit = flat(self.r.batch.unit_word)
        return [concession_box(self.r.concession, unit, self.words, self.inner, fit, lines)]

    def _facts(self) -> Box:
        say, b, p = self.words.say, self.r.batch, self.r.procedure
        made = say("made on {date}", date=day(b.made_on)) if b.made_on else ""
        cells: Sequence[tuple[str, str, tuple[str, ...]]] = (
            (say("Product"), b.product_name, (product(b, self.words),)),
            (say("Supplier"), b.supplier, (b.supplier_place, made)),
            (say("Order"), b.order or "–", ()),
            (
                say("Procedure"),
                say("{code} version {version}", code=flat(p.code), version=p.version),
                (p.title, modes.second_looked(p.mode, self.words)),
            ),
        )
        step = self.inner / len(cells)
        boxes = []
        for index, (label, fact, more) in enumerate(cells):
            wide = step - 12
            parts = [text_box(compose(label, LABEL, wide, max_lines=1))]
            parts.append(text_box(compose(flat(fact), FACT, wide, max_lines=LINES + 1)))
            parts += [text_box(compose(flat(m), SMALL, wide, max_lines=LINES)) for m in more if m]
            boxes.append((index * step, stacked(parts)))
        return beside(boxes)

    def _statement(self) -> Box:
        return text_box(compose(statement(self.r, self.words), Style(9.5, 400), self.inner, max_lines=9))

    def _classes(self) -> Box:
        say = self.words.say
        title = compose(say("What was found"), Style(11.5, 700), self.inner * 0.28, max_lines=1)
        line = compose(plan_line(self.r.plan, self.words), SMALL, self.inner * 0.7, max_lines=LINES)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.text(title, x, top)
            pen.text(line, x + self.inner * 0.3, top + 4, self.inner * 0.7, "end")

        shares = (0.24, 0.27, 0.13, 0.21, 0.15)
        columns = [Column(self.inner * s, "start" if i < 2 else "end") for i, s in enumerate(shares)]
        names = (say("Class"), say("Limit"), say("Sample"), say("Found, both checks"), say("Allowed (Ac)"))
        heads = [compose(n, HEAD, c.width - 8, max_lines=2) for n, c in zip(names, columns, strict=True)]
        rows = [table_row(columns, heads, ground=True)]
        rows += [table_row(columns, self._class(item, columns)) for item in self.r.classes]
        told = stage_lines(self.r, self.words)
        if told:
            rows += [gap(3), text_box(compose(self.words.run_on(told), SMALL, self.inner, max_lines=12))]
        return stacked([Box(max(title.height, line.height + 4) + 4, paint), *rows])

    def _class(self, item: ClassLine, columns: Sequence[Column]) -> list[Box]:
        n, found, allowed = class_figures(item)
        texts = (
            (class_name(item.defect_class, self.words), Style(9.5, 600)),
            (class_limit(item, self.words), BODY),
            (n, BODY),
            (found, Style(9.5, 600)),
            (allowed, BODY),
        )
        cells = []
        for (text, style), column in zip(texts, columns, strict=True):
            block = compose(text, style, column.width - 8, max_lines=1)
            width, align = column.width - 8, column.align
            cells.append(
                Box(block.height, lambda pen, x, top, b=block, w=width, a=align: pen.text(b, x, top, w, a))  # type: ignore[misc]
            )
        return cells

    # The people -------------------------------------------------------------------------------------------------

    def _people(self) -> Box:
        signed = [*self.r.signatures, *(self.r.concession.signatures if self.r.concession else ())]
        released = next((s for s in signed if s.meaning == "released_by"), None)
        cards = [(self.words.say(states.MEANINGS[s.meaning]), s) for s in signed]
        if released is None or released.name != self.c.issued.name or released.staff != self.c.issued.staff:
            cards.append((self.words.say("Certified by"), self.c.issued))
        columns = len(cards) if len(cards) < 4 else 2 if len(cards) == 4 else 3 if len(cards) < 7 else 4
        width = (self.inner - 10 * (columns - 1)) / columns
        made = [self._card(meaning, s, width) for meaning, s in cards]
        rows: list[Box] = []
        for first in range(0, len(made), columns):
            part = made[first : first + columns]
            height = max(card.height for card in part)
            rows += [
                beside((i * (width + 10), _framed(card, width, height)) for i, card in enumerate(part)),
                gap(6),
            ]
        return stacked(rows[:-1])

    def _card(self, meaning: str, s: Signature, width: float) -> Box:
        inner = width - 20
        staff, when = signed_as(s, self.words)
        parts = [
            text_box(compose(meaning, Style(8.5, 600, "text2"), inner, max_lines=LINES)),
            gap(2),
            text_box(compose(flat(s.name), Style(12, 600), inner, max_lines=LINES)),
            text_box(compose(staff, SMALL, inner, max_lines=LINES)),
            text_box(compose(when, SMALL, inner, max_lines=LINES)),
        ]
        marks = on_paper(s, self.words)
        parts += [text_box(compose(m, Style(7.5, 600, "attention"), inner, max_lines=LINES)) for m in marks]
        return stacked(parts)

    # The proof --------------------------------------------------------------------------------------------------

    def _proof(self) -> Box:
        say = self.words.say
        side = max(CODE_SIDE, modules(self.c.code) * LEAST_MODULE)
        room = self.inner - side - 18
        strong: Role = "text"
        texts = [
            (
                say(
                    "The code is the releaser's own signature on batch, product, quantity, verdict and record."
                ),
                Style(8.5, 600, strong),
            ),
            (
                say(
                    "To check it without a network: qcdesk certificate check, with this site's people sheet and list."
                ),
                BODY,
            ),
            (say("Then compare what it says with this page and with the goods."), BODY),
            (say("Site fingerprint {site}", site=flat(self.r.site) or "–"), Style(9.5, 600)),
            (
                say(
                    "Certificate {number} of {date} · record {record} · printed {time}",
                    number=shown(self.c.number),
                    date=day(self.c.on),
                    record=grouped(self.r.record),
                    time=moment(self.r.printed_at),
                ),
                SMALL,
            ),
            (say("Anchor {code}", code=self.c.anchor), SMALL),
            (say("Sampling finds faults; it cannot prove there are none."), SMALL),
            *([(say(UNSEALED[self.r.unsealed]), SMALL)] if self.r.unsealed else []),
        ]
        block = stacked(text_box(compose(text, style, room, max_lines=LINES)) for text, style in texts)
        height = max(side, block.height) + 10

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.line((x, top), (x + self.inner, top), "line", 0.6)
            pen.qr_code(self.c.code, x, top + 10, side)
            block.paint(pen, x + side + 18, top + 10)

        return Box(height, paint)


def modules(code: str) -> int:
    """Return how many modules a side of the printed code has; they must not get too fine for a scanner."""
    drawn = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    shape = memoryview(drawn.to_image(scale=1, add_quiet_zones=False)).shape  # type: ignore[arg-type]
    assert shape is not None
    return int(shape[0])


def _framed(card: Box, width: float, height: float) -> Box:
    def paint(pen: Pen, x: float, top: float) -> None:
        pen.rect(Rect(x, top, width, height + 14, stroke="edge", stroke_width=0.9, radius=6))
        card.paint(pen, x + 10, top + 7)

    return Box(height + 14, paint)
